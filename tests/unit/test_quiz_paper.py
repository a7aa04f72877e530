"""The paper of a quiz: which questions it has, in which order and in which variants."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.quizzes import CARDS, SAMPLE, paper_of

import studytui.deck.proof
from reference_impl.compare import Opinion
from studytui.deck.load import load
from studytui.deck.model import Card, Reveal
from studytui.problems import Problem
from studytui.quiz.paper import Paper, draw_paper
from studytui.quiz.plan import LARGEST_SEED


def test_a_paper_has_what_the_machine_grades_and_one_gap_of_a_cloze(paper: Paper) -> None:
    assert sorted(question.card.kind for question in paper.questions) == [
        "choice", "choice", "cloze", "computed", "match", "order", "text",
    ]  # fmt: skip
    assert not any(isinstance(question.form, Reveal) for question in paper.questions)


def test_fewer_cards_than_asked_are_all_asked_and_said(paper: Paper) -> None:
    assert paper.notices == ("these decks have 7 questions for a quiz, not 20: the paper has no more",)


def test_the_same_seed_and_cards_give_the_same_paper_in_any_order(breakfast: dict[str, Card], paper: Paper) -> None:
    backwards = list(breakfast)[::-1]
    assert draw_paper([*backwards, *backwards], breakfast.get, 20, 7) == paper


def test_another_seed_gives_another_paper(breakfast: dict[str, Card]) -> None:
    papers = [paper_of(breakfast, 20, seed) for seed in range(20)]
    assert len({tuple(question.card.id for question in paper.questions) for paper in papers}) > 10
    assert len({question.prompt for paper in papers for question in paper.questions if question.variant}) > 5


def test_a_paper_is_the_same_in_every_release() -> None:
    questions = draw_paper(CARDS, CARDS.get, 4, 7).questions
    assert [(question.card.id.partition("/")[2], question.seed) for question in questions] == [
        ("symbols", 816554176),
        ("output-size", 7790098884949431265),
        ("forget-gate.cell-state", 1658186063),
        ("border", 1786643575),
    ]


def test_two_processes_make_the_same_paper() -> None:
    program = (
        "from pathlib import Path; from studytui.deck.load import load; from studytui.quiz.paper import draw_paper;"
        f"cards = {{card.id: card for card in load(Path({str(SAMPLE)!r})).cards}};"
        "paper = draw_paper(set(cards), cards.get, 9, 7);"
        "print([(q.card.id, q.seed, q.prompt, q.form, q.truth) for q in paper.questions])"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1] != b"[]\n"


def test_cards_are_asked_for_only_when_their_turn_has_come(breakfast: dict[str, Card]) -> None:
    asked: list[str] = []

    def card_of(card: str) -> Card | None:
        asked.append(card)
        return breakfast.get(card)

    draw_paper(breakfast, card_of, 1, 7)
    assert len(asked) < len(breakfast)


def test_a_card_that_is_gone_is_passed_over(breakfast: dict[str, Card]) -> None:
    paper = draw_paper([*breakfast, "breakfast/gone"], breakfast.get, 7, 7)
    assert (len(paper.questions), paper.notices) == (7, ())


def test_no_machine_graded_card_is_one_sentence(breakfast: dict[str, Card]) -> None:
    with pytest.raises(Problem, match=r"^no card of these decks is graded by machine: choose other decks$"):
        draw_paper(["breakfast/who"], breakfast.get, 20, 7)


def test_a_card_that_cannot_be_asked_leaves_its_place_to_another(tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text('# D\n\n## A {#a}\n\n```toml\nanswer = "1 / 0"\n```\n\n## B {#b}\n\n- [x] 1\n- [ ] 2\n')
    cards = {card.id: card for card in load(path).cards}
    paper = draw_paper(cards, cards.get, 1, 0)
    assert [question.card.id for question in paper.questions] == ["d/b"]
    with pytest.raises(Problem, match=f"^d/a is left out: {path}:3: "):
        draw_paper(["d/a"], cards.get, 1, 7)


def test_an_answer_that_a_witness_contradicts_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    card = CARDS["stride-and-padding/output-size"]
    assert draw_paper([card.id], CARDS.get, 1, 7).questions
    monkeypatch.setattr("studytui.quiz.paper.prove", lambda call: (Opinion("brute force", 5, agrees=False),))
    with pytest.raises(Problem, match=r"output-size is left out: the witness “brute force” disagrees \(5\)$"):
        draw_paper([card.id], CARDS.get, 1, 7)


def test_opinions_that_agree_or_say_nothing_contradict_nothing() -> None:
    opinions = (Opinion("brute force", 5, agrees=True), Opinion("PyTorch", None, agrees=None))
    assert studytui.deck.proof.contradiction([opinions, ()]) is None


@pytest.mark.parametrize(("count", "seed"), [(0, 7), (20, -1), (20, LARGEST_SEED + 1)])
def test_a_paper_refuses_what_it_cannot_be(breakfast: dict[str, Card], count: int, seed: int) -> None:
    with pytest.raises(Problem):
        paper_of(breakfast, count, seed)
