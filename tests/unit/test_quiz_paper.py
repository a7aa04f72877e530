"""The paper of a quiz: which questions it has, in which order and in which variants, and which are left out."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from support.quizzes import BREAKFAST, CARDS, SAMPLE, cards_of, paper_of, pool_of
from support.world import World

import studytui.deck.proof
from reference_impl.compare import Opinion
from studytui import garbage
from studytui.deck.ask import grade, right_response
from studytui.deck.blocks import plain
from studytui.deck.load import load
from studytui.deck.model import Card, Line, Pick, Reveal
from studytui.problems import Problem
from studytui.quiz.asking import retake
from studytui.quiz.paper import Paper, draw_paper
from studytui.quiz.plan import AskedAs, Order, Plan


def ids(paper: Paper) -> list[str]:
    return [question.card.id.partition("/")[2] for question in paper.questions]


def test_a_paper_has_what_the_machine_grades_and_one_gap_of_a_cloze(paper: Paper) -> None:
    assert sorted(question.card.kind for question in paper.questions) == [
        "choice", "choice", "cloze", "computed", "match", "order", "text",
    ]  # fmt: skip
    assert not any(isinstance(question.form, Reveal) for question in paper.questions)


def test_fewer_cards_than_asked_are_all_asked_and_said(paper: Paper) -> None:
    assert paper.notices == ("there are 7 questions for this quiz, not 20: the paper has no more",)


def test_that_there_is_one_question_only_is_said_as_of_one(breakfast: dict[str, Card]) -> None:
    paper = paper_of({"breakfast/fruit": breakfast["breakfast/fruit"]}, 20)
    assert paper.notices == ("there is 1 question for this quiz, not 20: the paper has no more",)


# -- the same paper ----------------------------------------------------------------------------------------------------


def test_a_single_question_is_told_of_in_the_singular(breakfast: dict[str, Card]) -> None:
    paper = draw_paper(Plan(7, kinds=("text",)), pool_of(breakfast))
    assert paper.notices == ("there is 1 question for this quiz, not 20: the paper has no more",)


def test_the_same_seed_and_cards_give_the_same_paper_in_any_order(breakfast: dict[str, Card], paper: Paper) -> None:
    assert paper_of(dict(reversed(breakfast.items()))).questions == paper.questions


def test_another_seed_gives_another_paper(breakfast: dict[str, Card]) -> None:
    papers = [paper_of(breakfast, 20, seed) for seed in range(20)]
    assert len({tuple(question.card.id for question in paper.questions) for paper in papers}) > 10
    assert len({question.prompt for paper in papers for question in paper.questions if question.variant}) > 5


def test_a_paper_is_the_same_in_every_release() -> None:
    questions = paper_of(CARDS, 4).questions
    assert [(question.card.id.partition("/")[2], question.seed) for question in questions] == [
        ("symbols", 816554176),
        ("output-size", 7790098884949431265),
        ("forget-gate.cell-state", 1658186063),
        ("border", 1786643575),
    ]


PROGRAM = """
import sys
from pathlib import Path
from studytui.desk import Desk
from studytui.quiz.plan import AskedAs, Order, Plan
journal, order, *decks = sys.argv[1:]
with Desk.open(Path(journal), decks) as desk:
    chosen = tuple(desk.decks.chosen(decks))
    paper = desk.papers.paper(Plan(7, tuple(sorted(chosen)), count=12, order=Order(order), computed=AskedAs.CHOICE))
    print(paper.header, paper.notices)
    for each in paper.questions:
        print(each.card.id, each.seed, each.prompt, each.form, each.truth, each.explanation)
"""


@pytest.mark.parametrize("order", ["random", "topic"])
def test_two_processes_print_the_same_paper_byte_for_byte_wherever_the_decks_lie(tmp_path: Path, order: str) -> None:
    places = [tmp_path / "z" / "breakfast.md", tmp_path / "a" / "strides.md"]
    for place in places:
        place.parent.mkdir()
    places[0].write_text(BREAKFAST)
    places[1].write_text(SAMPLE.read_text().replace(f'id = "{SAMPLE.stem}"', 'id = "strides"'))
    said = []
    for seed, decks in (("1", places), ("2", places[::-1])):
        home = tmp_path / seed
        environment = {
            **os.environ, "PYTHONHASHSEED": seed, "XDG_CACHE_HOME": str(home), "STUDYTUI_SETTINGS": str(home / "none"),
        }  # fmt: skip
        command = [sys.executable, "-c", PROGRAM, str(home / "journal.db"), order, *map(str, decks)]
        said.append(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert said[0] == said[1]
    by_topic = " · by topic" if order == "topic" else ""
    assert said[0].startswith(f"seed 7 · 12 questions · 2 decks{by_topic} · computed cards as choice ()\n".encode())


@pytest.mark.parametrize("count", [1, 4])
def test_a_shorter_paper_is_the_beginning_of_a_longer_one(paper: Paper, breakfast: dict[str, Card], count: int) -> None:
    assert paper_of(breakfast, count).questions == paper.questions[:count]


# -- which cards -------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_decks(breakfast: dict[str, Card]) -> dict[str, Card]:
    """Breakfast has twice as many cards that a quiz can ask as the other deck, tea."""
    tea = {
        f"tea/{number}": replace(breakfast["breakfast/fruit"], id=f"tea/{number}", deck="tea", tags=("hot",))
        for number in range(4)
    }
    toast = {
        f"breakfast/{number}": replace(breakfast["breakfast/fruit"], id=f"breakfast/{number}") for number in range(8)
    }
    return tea | toast


def test_by_topic_the_decks_follow_each_other_with_their_cards_in_their_order(two_decks: dict[str, Card]) -> None:
    paper = paper_of(two_decks, 12, order=Order.TOPIC)
    assert [question.card.id for question in paper.questions] == list(two_decks)


@pytest.mark.parametrize("seed", range(6))
def test_by_topic_each_deck_has_its_share_of_a_short_paper(two_decks: dict[str, Card], seed: int) -> None:
    paper = paper_of(two_decks, 6, seed, order=Order.TOPIC)
    assert [question.card.deck for question in paper.questions] == ["tea"] * 2 + ["breakfast"] * 4


def test_by_topic_the_seed_decides_which_cards(two_decks: dict[str, Card]) -> None:
    papers = {tuple(ids(paper_of(two_decks, 6, seed, order=Order.TOPIC))) for seed in range(10)}
    assert len(papers) > 5


def test_weak_cards_come_first_and_what_was_never_met_comes_last(breakfast: dict[str, Card]) -> None:
    weakest = ["breakfast/spread", "breakfast/who", "breakfast/gone", "breakfast/eggs"]
    plan = Plan(7, order=Order.WEAK)
    paper = draw_paper(plan, pool_of(breakfast, weakest=lambda decks: weakest))
    assert ids(paper)[:2] == ["spread", "eggs"]
    rest = draw_paper(replace(plan, order=Order.RANDOM), pool_of(breakfast))
    assert ids(paper)[2:] == [each for each in ids(rest) if each not in {"spread", "eggs"}]
    assert paper.header.endswith(" · weakest first, as you remember them today")


def test_only_the_chosen_decks_are_asked_for_what_is_remembered(two_decks: dict[str, Card]) -> None:
    asked: list[Sequence[str]] = []

    def weakest(decks: Sequence[str]) -> Sequence[str]:
        asked.append(decks)
        return ()

    draw_paper(Plan(7, ("tea",), order=Order.WEAK), pool_of(two_decks, weakest=weakest))
    assert asked == [["tea"]]


# -- how they are asked ------------------------------------------------------------------------------------------------


def test_computed_cards_are_asked_as_a_choice_where_that_is_fair() -> None:
    card = CARDS["stride-and-padding/output-size"]
    forms = {type(paper_of({card.id: card}, 1, seed, computed=AskedAs.CHOICE).questions[0].form) for seed in range(20)}
    assert Pick in forms
    assert type(paper_of({card.id: card}, 1).questions[0].form) is Line


def test_a_computed_card_of_which_no_choice_can_be_made_is_typed(breakfast: dict[str, Card]) -> None:
    eggs = {"breakfast/eggs": breakfast["breakfast/eggs"]}
    paper = paper_of(eggs, 1, computed=AskedAs.CHOICE)
    assert type(paper.questions[0].form) is Line
    assert paper.notices == ()


CAPITALS = "# Capitals\n" + "".join(
    f"\n## What is the capital of {country}? {{#{country.lower()}}}\n\n{city}\n"
    for country, city in (("France", "Paris"), ("Peru", "Lima"), ("Norway", "Oslo"), ("Kenya", "Nairobi"))
)
IN_KOREAN = "# 수도\n\n## 노르웨이의 수도는? {#norway}\n\n오슬로\n"


@pytest.fixture
def capitals(tmp_path: Path) -> dict[str, Card]:
    (tmp_path / "capitals.md").write_text(CAPITALS)
    return cards_of(tmp_path / "capitals.md")


def test_recall_cards_are_asked_among_their_siblings_answers(capitals: dict[str, Card]) -> None:
    paper = paper_of(capitals)
    assert len(paper.questions) == 4
    for question in paper.questions:
        assert isinstance(question.form, Pick)
        assert question.recast is not None
        assert plain(question.form.options[question.recast.right]) == plain(question.truth)
    assert retake(paper.items, pool_of(capitals)) == paper.questions


def test_siblings_need_not_be_chosen_themselves(capitals: dict[str, Card]) -> None:
    tagged = {**capitals, "capitals/peru": replace(capitals["capitals/peru"], tags=("america",))}
    assert ids(draw_paper(Plan(7, tags=("america",)), pool_of(tagged))) == ["peru"]


def test_recall_cards_alone_that_have_no_siblings_are_one_sentence(breakfast: dict[str, Card]) -> None:
    with pytest.raises(Problem, match=r"^none of these recall cards can be asked as a choice: choose other kinds or "):
        paper_of(breakfast, kinds=("recall",))


def test_a_paper_has_the_same_cards_in_every_language(tmp_path: Path) -> None:
    world = World(tmp_path)
    (world.decks / "capitals.md").write_text(CAPITALS)
    (world.decks / "capitals.ko.md").write_text(IN_KOREAN)
    with world.desk() as desk:
        plan = Plan(7, ("capitals",))
        papers = [draw_paper(plan, desk.papers.pool(language)) for language in ("", "ko")]
        again = retake(papers[1].items, desk.papers.pool("ko"))
    assert ids(papers[0]) == ids(papers[1])
    assert [paper.language for paper in papers] == ["", "ko"]
    assert papers[1].title("capitals") == "수도"
    assert again == papers[1].questions


# -- what is left out --------------------------------------------------------------------------------------------------


def test_cards_are_read_only_when_their_turn_has_come(breakfast: dict[str, Card]) -> None:
    read: list[str] = []
    pool = pool_of(breakfast)

    def reading(cards: Sequence[str], language: str) -> Mapping[str, Card]:
        read.extend(cards)
        return pool.read(cards, language)

    draw_paper(Plan(7, count=1), replace(pool, read=reading))
    assert len(read) < len(breakfast)


def test_a_card_that_is_gone_is_passed_over(breakfast: dict[str, Card], paper: Paper) -> None:
    pool = pool_of(breakfast)
    gone = replace(pool, read=lambda cards, _: {each: breakfast[each] for each in cards if each != "breakfast/fruit"})
    questions = draw_paper(Plan(7, count=6), gone).questions
    assert questions == tuple(each for each in paper.questions if each.card.id != "breakfast/fruit")


def test_no_machine_graded_card_is_one_sentence(breakfast: dict[str, Card]) -> None:
    only = {"breakfast/who": breakfast["breakfast/who"]}
    with pytest.raises(Problem, match=r"^no card chosen here is graded by machine: choose other decks or kinds$"):
        paper_of(only)


def test_a_card_that_cannot_be_asked_leaves_its_place_to_another(tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text('# D\n\n## A {#a}\n\n```toml\nanswer = "1 / 0"\n```\n\n## B {#b}\n\n- [x] 1\n- [ ] 2\n')
    cards = {card.id: card for card in load(path).cards}
    for seed in range(8):
        paper = paper_of(cards, 1, seed)
        assert ids(paper) == ["b"]
    with pytest.raises(Problem, match=f"^d/a is left out: {path}:3: "):
        paper_of({"d/a": cards["d/a"]}, 1)


def test_an_answer_that_a_witness_contradicts_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    card = CARDS["stride-and-padding/output-size"]
    assert paper_of({card.id: card}, 1).questions
    monkeypatch.setattr("studytui.quiz.asking.prove", lambda call: (Opinion("brute force", 5, agrees=False),))
    with pytest.raises(Problem, match=r"output-size is left out: the witness “brute force” disagrees \(5\)$"):
        paper_of({card.id: card}, 1)


def test_opinions_that_agree_or_say_nothing_contradict_nothing() -> None:
    opinions = (Opinion("brute force", 5, agrees=True), Opinion("PyTorch", None, agrees=None))
    assert studytui.deck.proof.contradiction([opinions, ()]) is None


# -- the header --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "header"),
    [
        ({}, "seed 7 · 7 questions · all decks"),
        ({"decks": ("breakfast",), "minutes": 1, "count": 1}, "seed 7 · 1 question · 1 minute · Breakfast"),
        ({"decks": ("breakfast", "tea"), "minutes": 15}, "seed 7 · 7 questions · 15 minutes · 2 decks"),
        ({"kinds": ("choice",)}, "seed 7 · 2 questions · all decks · kind choice"),
        (
            {"kinds": ("choice", "text"), "tags": ("hot",)},
            "seed 7 · 3 questions · all decks · tag hot · kinds choice, text",
        ),
        ({"order": Order.TOPIC}, "seed 7 · 7 questions · all decks · by topic"),
        ({"computed": AskedAs.CHOICE}, "seed 7 · 7 questions · all decks · computed cards as choice"),
    ],
)
def test_one_line_says_which_paper_it_is(breakfast: dict[str, Card], chosen: dict[str, object], header: str) -> None:
    cards = {each: replace(card, tags=("hot", "dry")) for each, card in breakfast.items()}
    cards["tea/who"] = replace(cards["breakfast/who"], id="tea/who", deck="tea")
    plan = replace(Plan(7), **chosen)  # type: ignore[arg-type]  # fields of a plan
    assert draw_paper(plan, pool_of(cards, titles={"breakfast": "Breakfast"})).header == header


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("enabled", [False, True])
def test_a_paper_leaves_the_collector_of_garbage_as_it_was(
    breakfast: dict[str, Card], monkeypatch: pytest.MonkeyPatch, *, frozen: bool, enabled: bool
) -> None:
    monkeypatch.setattr(garbage, "_is_kept", frozen)
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        gc.unfreeze()
        if frozen:
            gc.freeze()
        paper_of(breakfast, seed=1)
        assert gc.isenabled() is enabled
        assert bool(gc.get_freeze_count()) is frozen
    finally:
        gc.unfreeze()
        (gc.enable if before else gc.disable)()


# -- the same questions again ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("computed", AskedAs)
def test_what_is_kept_of_a_paper_gives_its_questions_again(computed: AskedAs) -> None:
    paper = paper_of(CARDS, 12, computed=computed)
    assert retake(paper.items, pool_of(CARDS)) == paper.questions


def test_a_question_that_was_edited_meanwhile_is_noticed(
    tmp_path: Path, breakfast: dict[str, Card], paper: Paper
) -> None:
    path = tmp_path / "breakfast.md"
    path.write_text(BREAKFAST.replace("- [ ] bread\n\n", "- [ ] ham\n\n").replace('eggs = "3..9"', 'eggs = "13..99"'))
    changed = {each: card for each, card in cards_of(path).items() if each != "breakfast/places"}
    again = retake(paper.items, pool_of(changed))
    noticed = {
        item.card.partition("/")[2] for item, question in zip(paper.items, again, strict=True) if question is None
    }
    assert noticed == {"fruit", "eggs", "places"}


def test_a_corrected_answer_is_the_same_question_with_another_truth(tmp_path: Path, breakfast: dict[str, Card]) -> None:
    paper = paper_of({"breakfast/fruit": breakfast["breakfast/fruit"]}, 1)
    path = tmp_path / "breakfast.md"
    path.write_text(BREAKFAST.replace("- [x] apple\n- [ ] bread", "- [ ] apple\n- [x] bread"))
    (again,) = retake(paper.items, pool_of(cards_of(path)))
    assert again is not None
    verdict = grade(again, right_response(paper.questions[0]))
    assert verdict is not None
    assert verdict.score == 0
