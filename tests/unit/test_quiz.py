"""A quiz: which questions the paper has, what the sitting's verbs do, what the result says. And the command."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result as Run

import studytui.deck.proof
from reference_impl.compare import Opinion
from studytui.answer.verdict import Outcome, Verdict
from studytui.cli import cli
from studytui.deck.ask import right_response
from studytui.deck.load import load
from studytui.deck.model import Card, Reveal
from studytui.memory.model import Moment
from studytui.problems import Problem
from studytui.quiz.paper import Paper, draw_paper
from studytui.quiz.plan import LARGEST_SEED, read_seed
from studytui.quiz.sitting import Quiz
from studytui.quiz_plain import sit_plainly
from studytui.quiz_report import minutes_text, report_rows, response_text, score_text

SAMPLE = Path(__file__).parent.parent / "data" / "decks" / "stride-and-padding.md"
CARDS = {card.id: card for card in load(SAMPLE).cards}
SECOND, MINUTE = 1000, 60_000

BREAKFAST = """# Breakfast

## Who eats? {#who}

Everybody.

## Which is a fruit? {#fruit}

- [x] apple
- [ ] bread

## Which are drinks? {#drinks}

- [x] tea
- [x] milk
- [ ] bread
- [ ] salt

## What spreads? {#spread}

```toml
accept = ["butter"]
```

Butter is soft.

## How many eggs? {#eggs}

{people} people eat {eggs} eggs each.

```toml
answer = "people * eggs"

[given]
people = "3..9"
eggs = "3..9"
```

{people} · {eggs} = {answer}

## First to last {#sequence .order}

1. wake
2. cook
3. eat
4. wash

## What goes where? {#places .match}

| food | place |
| --- | --- |
| soup | bowl |
| tea | cup |
| toast | plate |

## Gaps {#gaps .cloze}

Tea is poured from the ==pot== into the ==cup==.
"""


def at(milliseconds: int) -> Moment:
    return Moment(1_780_000_000_000 + milliseconds, 60)


@pytest.fixture
def breakfast(tmp_path: Path) -> dict[str, Card]:
    path = tmp_path / "breakfast.md"
    path.write_text(BREAKFAST)
    deck = load(path)
    assert deck.findings == ()
    return {card.id: card for card in deck.cards}


@pytest.fixture
def paper(breakfast: dict[str, Card]) -> Paper:
    return draw_paper(breakfast, breakfast.get, 20, 7)


def place_of(paper: Paper, card: str) -> int:
    return next(place for place, each in enumerate(paper.questions) if each.card.id == f"breakfast/{card}")


def opened(paper: Paper, card: str, limit_ms: int | None = None) -> Quiz:
    """A quiz with the question of a card open."""
    quiz = Quiz(paper, at(0), limit_ms=limit_ms)
    quiz.go(place_of(paper, card), at(0))
    return quiz


# -- the paper --------------------------------------------------------------------------------------------------------


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
    papers = [draw_paper(breakfast, breakfast.get, 20, seed) for seed in range(20)]
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


@pytest.mark.parametrize(("typed", "seed"), [("7", 7), (" 007 ", 7), ("0", 0), (str(LARGEST_SEED), LARGEST_SEED)])
def test_a_seed_is_a_whole_number(typed: str, seed: int) -> None:
    assert read_seed(typed) == seed


@pytest.mark.parametrize(
    "typed", ["", "x", "-1", "+1", "1.0", "1e3", "٣", "²", str(LARGEST_SEED + 1), "9" * 5000, "\x1b[1m"]
)
def test_anything_else_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Problem, match=r"is no seed: give a whole number from 0 to 999999999, such as 7$") as caught:
        read_seed(typed)
    assert len(str(caught.value)) < 120
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(("count", "seed"), [(0, 7), (20, -1), (20, LARGEST_SEED + 1)])
def test_a_paper_refuses_what_it_cannot_be(breakfast: dict[str, Card], count: int, seed: int) -> None:
    with pytest.raises(Problem):
        draw_paper(breakfast, breakfast.get, count, seed)


# -- the sitting ------------------------------------------------------------------------------------------------------


def test_a_quiz_with_every_answer_right_has_every_point(paper: Paper) -> None:
    quiz = Quiz(paper, at(0))
    for place, question in enumerate(paper.questions):
        quiz.go(place, at(0))
        assert quiz.answer(right_response(question), at(0)) is None
    result = quiz.hand_in(at(0))
    assert result.total.share == 1
    assert quiz.open_places == ()


def test_an_answer_can_be_changed_until_the_quiz_is_handed_in(paper: Paper) -> None:
    quiz = opened(paper, "spread")
    quiz.answer("jam", at(1))
    quiz.answer("butter", at(2))
    result = quiz.hand_in(at(3))
    quiz.answer("jam", at(4))
    quiz.misread("?", Verdict(Outcome.UNREADABLE), at(4))
    quiz.flag(at(4))
    quiz.go(0, at(4))
    assert quiz.hand_in(at(5)) is result is quiz.result
    assert result.total.points == 1
    assert quiz.here.response == "butter"


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_an_answer_can_be_taken_back(paper: Paper, nothing: str | None) -> None:
    quiz = opened(paper, "spread")
    quiz.answer("butter", at(1))
    quiz.answer(nothing, at(2))
    assert quiz.here.response is None
    assert quiz.hand_in(at(3)).total.points == 0


def test_one_moves_to_any_place_and_stays_on_the_paper(paper: Paper) -> None:
    quiz = Quiz(paper, at(0))
    for place, arrives in ((5, 5), (0, 0), (-1, 0), (6, 6), (7, 6)):
        quiz.go(place, at(0))
        assert quiz.sheet.place == arrives
        assert quiz.question is paper.questions[arrives]


def test_a_flag_goes_up_and_down_and_changes_no_score(paper: Paper) -> None:
    quiz = opened(paper, "spread")
    quiz.flag(at(0))
    assert quiz.flagged_places == (place_of(paper, "spread"),)
    quiz.flag(at(0))
    assert quiz.flagged_places == ()


def test_what_is_unreadable_stays_unanswered_and_says_so(paper: Paper) -> None:
    quiz = opened(paper, "eggs")
    unread = quiz.answer("1,234", at(0))
    assert unread is not None
    assert unread.outcome is Outcome.UNREADABLE
    place = place_of(paper, "eggs")
    assert place in quiz.open_places
    marked = quiz.hand_in(at(0)).marked[place]
    assert (marked.answered, marked.score, marked.verdict) == (False, 0, unread)
    assert marked.answer.unread is not None
    assert marked.answer.unread.typed == "1,234"


def test_what_is_unreadable_leaves_the_earlier_answer(paper: Paper) -> None:
    quiz = opened(paper, "eggs")
    right = right_response(quiz.question)
    quiz.answer(right, at(0))
    quiz.answer("0x10", at(0))
    assert quiz.here.response == right
    assert quiz.hand_in(at(0)).total.points == 1


def test_a_readable_answer_takes_the_place_of_an_unreadable_one(paper: Paper) -> None:
    quiz = opened(paper, "eggs")
    quiz.answer("0x10", at(0))
    quiz.answer("1000", at(0))
    assert quiz.here.unread is None
    verdict = quiz.hand_in(at(0)).marked[place_of(paper, "eggs")].verdict
    assert verdict is not None
    assert verdict.outcome is Outcome.WRONG


def test_a_line_that_no_response_can_be_made_of_is_kept_clean(paper: Paper) -> None:
    quiz = opened(paper, "fruit")
    quiz.misread("\x1b[31m9", Verdict(Outcome.UNREADABLE, message="There is no option 9."), at(0))
    marked = quiz.hand_in(at(0)).marked[place_of(paper, "fruit")]
    assert marked.answer.unread is not None
    assert marked.answer.unread.typed == "[31m9"
    assert not marked.answered


# -- time -------------------------------------------------------------------------------------------------------------


def test_time_is_counted_for_the_question_that_is_open(paper: Paper) -> None:
    quiz = Quiz(paper, at(0))
    quiz.go(1, at(5 * SECOND))
    quiz.answer(right_response(quiz.question), at(7 * SECOND))
    quiz.go(0, at(8 * SECOND))
    result = quiz.hand_in(at(10 * SECOND))
    assert [each.answer.spent_ms for each in result.marked][:3] == [7 * SECOND, 3 * SECOND, 0]
    assert result.elapsed_ms == 10 * SECOND


def test_the_time_left_runs_down_to_nothing(paper: Paper) -> None:
    quiz = Quiz(paper, at(0), limit_ms=MINUTE)
    quiz.flag(at(20 * SECOND))
    assert quiz.left_ms(at(30 * SECOND)) == 30 * SECOND
    assert quiz.left_ms(at(2 * MINUTE)) == 0
    assert Quiz(paper, at(0)).left_ms(at(MINUTE)) is None


@pytest.mark.parametrize("verb", [lambda quiz, now: quiz.go(0, now), lambda quiz, now: quiz.flag(now)])
def test_a_verb_after_the_time_only_hands_in(paper: Paper, verb: Callable[[Quiz, Moment], None]) -> None:
    quiz = opened(paper, "spread", MINUTE)
    quiz.answer("butter", at(SECOND))
    verb(quiz, at(MINUTE))
    assert quiz.result is not None
    assert quiz.result.out_of_time
    assert quiz.result.total.points == 1
    assert quiz.sheet.place == place_of(paper, "spread")
    assert quiz.flagged_places == ()


def test_the_answer_under_way_when_the_time_runs_out_counts_as_late(paper: Paper) -> None:
    quiz = opened(paper, "spread", MINUTE)
    quiz.answer("butter", at(MINUTE + SECOND))
    assert quiz.result is not None
    marked = quiz.result.marked[place_of(paper, "spread")]
    assert (marked.score, marked.answer.late) == (1, True)


def test_an_unreadable_line_after_the_time_hands_in_too(paper: Paper) -> None:
    quiz = opened(paper, "eggs", MINUTE)
    quiz.answer("0x10", at(MINUTE))
    assert quiz.result is not None
    assert not quiz.here.late


def test_a_clock_that_is_set_back_takes_no_time_away(paper: Paper) -> None:
    quiz = Quiz(paper, at(0), limit_ms=MINUTE)
    quiz.flag(at(10 * SECOND))
    quiz.flag(at(-60 * MINUTE))
    assert quiz.left_ms(at(-60 * MINUTE)) == 50 * SECOND
    quiz.flag(at(-60 * MINUTE + SECOND))
    assert quiz.sheet.elapsed_ms == 11 * SECOND


def test_a_sheet_that_was_kept_goes_on_where_it_was(paper: Paper) -> None:
    first = opened(paper, "spread", MINUTE)
    first.answer("butter", at(20 * SECOND))
    second = Quiz(paper, at(30 * MINUTE), limit_ms=MINUTE, sheet=first.sheet)
    assert (second.sheet.place, second.here.response) == (place_of(paper, "spread"), "butter")
    assert second.left_ms(at(30 * MINUTE + 10 * SECOND)) == 30 * SECOND


# -- the result -------------------------------------------------------------------------------------------------------


def test_scores_are_exact_in_total_by_deck_and_by_kind(paper: Paper) -> None:
    quiz = opened(paper, "drinks")
    (form, right) = quiz.question.form, right_response(quiz.question)
    assert isinstance(right, frozenset)
    assert hasattr(form, "options")
    quiz.answer(frozenset(sorted(right)[:1]), at(0))
    quiz.go(place_of(paper, "places"), at(0))
    partners = right_response(quiz.question)
    assert isinstance(partners, tuple)
    quiz.answer((partners[0], -1, -1), at(0))
    result = quiz.hand_in(at(0))
    assert result.total.points == Fraction(3, 4) + Fraction(1, 3)
    assert {name: score.points for name, score in result.by_deck.items()} == {"breakfast": Fraction(13, 12)}
    assert {name: (score.points, score.questions) for name, score in result.by_kind.items()} == {
        "choice": (Fraction(3, 4), 2), "cloze": (0, 1), "computed": (0, 1), "match": (Fraction(1, 3), 1),
        "order": (0, 1), "text": (0, 1),
    }  # fmt: skip


def test_scores_can_be_had_by_any_topic(paper: Paper) -> None:
    result = Quiz(paper, at(0)).hand_in(at(0))
    assert {name: score.questions for name, score in result.by(lambda card: card.id[10]).items()} == {
        "d": 1, "e": 1, "f": 1, "g": 1, "p": 1, "s": 2,
    }  # fmt: skip


def test_a_slip_is_reported_with_its_sentence_and_the_worked_solution() -> None:
    paper = draw_paper(["stride-and-padding/output-size"], CARDS.get, 1, 7)
    variant = paper.questions[0].variant
    assert variant is not None
    slip = variant.slips[0]
    quiz = Quiz(paper, at(0))
    quiz.answer(str(slip.value), at(0))
    result = quiz.hand_in(at(0))
    report = " ".join(row.text for row in report_rows(result, 500))
    assert result.total.points == 0
    for said in (slip.sentence, f"You typed: {slip.value}", f"Answer: {variant.answer}", "places."):
        assert said in report


def test_a_report_of_right_answers_only_says_so(breakfast: dict[str, Card]) -> None:
    paper = draw_paper(["breakfast/spread"], breakfast.get, 1, 7)
    quiz = Quiz(paper, at(0))
    quiz.answer("butter", at(0))
    report = "\n".join(row.text for row in report_rows(quiz.hand_in(at(0)), 76))
    assert "Score: 1 of 1 (100 %)" in report
    assert report.endswith("Every answer is right.")


def test_responses_are_told_in_the_words_of_the_question(paper: Paper) -> None:
    told = {question.card.id: response_text(question, right_response(question)) for question in paper.questions}
    assert told["breakfast/fruit"] == "apple"
    assert set(told["breakfast/drinks"].split("; ")) == {"tea", "milk"}
    assert told["breakfast/sequence"] == "wake → cook → eat → wash"
    assert told["breakfast/places"] == "soup — bowl; tea — cup; toast — plate"
    assert told["breakfast/spread"] == "butter"
    assert response_text(paper.questions[0], None) == ""


@pytest.mark.parametrize(
    ("milliseconds", "text"), [(0, "0:00"), (59_999, "0:59"), (15 * MINUTE, "15:00"), (3_725_000, "1:02:05")]
)
def test_times_are_minutes_and_seconds(milliseconds: int, text: str) -> None:
    assert minutes_text(milliseconds) == text


def test_points_are_mixed_numbers(paper: Paper) -> None:
    total = Quiz(paper, at(0)).hand_in(at(0)).total
    shown = [
        score_text(type(total)(points, 3)) for points in (Fraction(0), Fraction(2, 3), Fraction(5, 2), Fraction(3))
    ]
    assert shown == ["0 of 3 (0 %)", "2/3 of 3 (22.2 %)", "2 1/2 of 3 (83.3 %)", "3 of 3 (100 %)"]


# -- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Runs a command with typed lines, in a world of its own; `breakfast.md` is the deck."""
    deck = tmp_path / "breakfast.md"
    deck.write_text(BREAKFAST)
    monkeypatch.setenv("STUDYTUI_JOURNAL", str(tmp_path / "journal.sqlite3"))
    monkeypatch.setenv("STUDYTUI_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def runner(*arguments: str, lines: str | bytes = "") -> Run:
        return CliRunner().invoke(cli, ["quiz", str(deck), *arguments], input=lines)

    return runner


def typed(paper: Paper) -> dict[str, str]:
    """What to type for a right answer, by card."""
    lines: dict[str, str] = {}
    for question in paper.questions:
        response = right_response(question)
        if isinstance(response, str):
            lines[question.card.id] = response
        else:
            assert response is not None
            places = sorted(response) if isinstance(response, frozenset) else response
            lines[question.card.id] = " ".join(str(place + 1) for place in places)
    return lines


def test_a_whole_quiz_in_a_pipe(run: Callable[..., Run], paper: Paper) -> None:
    done = run("--seed", "7", lines="".join(f"{line}\n" for line in typed(paper).values()))
    assert done.exit_code == 0
    assert "7 questions, seed 7" in done.stdout
    assert "not 20: the paper has no more" in done.stdout
    assert "Every question has an answer." in done.stdout
    assert "Score: 7 of 7 (100 %)" in done.stdout


def test_skip_back_flag_jump_and_hand_in(run: Callable[..., Run], paper: Paper) -> None:
    place = place_of(paper, "spread")
    lines = ["", ":b", ":b", f":{place + 1}", "jam", f":{place + 1}", ":f", "butter", ":h"]
    done = run("--seed", "7", lines="\n".join(lines))
    assert "This is the first question." in done.stdout
    assert "Your answer so far: jam" in done.stdout
    assert "Flagged." in done.stdout
    assert "Score: 1 of 7 (14.3 %)" in done.stdout
    assert "1 of 7 answered" in done.stdout


def test_the_end_of_the_paper_lists_what_is_open_and_goes_there(run: Callable[..., Run], paper: Paper) -> None:
    skipped = ["", ":f", *[""] * 6]
    done = run("--seed", "7", lines="\n".join([*skipped, "", ":?", "", *[""] * 6, "9", "x", "7", ":h"]))
    assert "Without an answer: 1, 2, 3, 4, 5, 6, 7" in done.stdout
    assert "Flagged: 2" in done.stdout
    assert "The questions have numbers from 1 to 7." in done.stdout
    assert done.stdout.count("== 7 of 7") == 3
    assert done.stdout.count("– not answered") == 7


class Keyboard(io.StringIO):
    """Lines that a person types."""

    def isatty(self) -> bool:
        return True


def test_a_person_is_asked_an_unreadable_answer_again(paper: Paper) -> None:
    place, out = place_of(paper, "fruit") + 1, io.StringIO()
    result = sit_plainly(paper, None, lambda: at(0), Keyboard(f":{place}\n9\n:h\n"), out)
    assert out.getvalue().count(f"== {place} of 7") == 2
    assert result is not None
    assert result.total.points == 0


def test_a_late_line_in_a_terminal_ends_the_quiz_and_counts(paper: Paper) -> None:
    time = [0]

    class Slow(Keyboard):
        def readline(self, size: int | None = -1, /) -> str:
            time[0] += 40 * SECOND
            return super().readline(size)

    out = io.StringIO()
    result = sit_plainly(
        paper, 1, lambda: at(time[0]), Slow(f":{place_of(paper, 'spread') + 1}\nbutter\n:b\n:f\n"), out
    )
    assert result is not None
    assert (result.total.points, result.elapsed_ms) == (1, 80 * SECOND)
    assert result.marked[place_of(paper, "spread")].answer.late
    assert out.getvalue().endswith("The time is over: the quiz is handed in.\n")


def test_in_a_file_an_unreadable_line_is_for_its_question_only(run: Callable[..., Run], paper: Paper) -> None:
    place = place_of(paper, "fruit") + 1
    done = run("--seed", "7", lines=f":{place}\n9\n:h\n")
    assert done.stdout.count(f"== {place} of 7") == 1
    assert "Not read, no answer: There is no option “9”: there are 2." in done.stdout
    assert "– not answered: what was typed could not be read" in done.stdout
    assert "You typed: 9" in done.stdout
    again = run("--seed", "7", lines=f":{place}\n1\n:b\n9\n:h\n")
    assert "Your earlier answer stands." in again.stdout


def test_an_unknown_command_is_no_answer(run: Callable[..., Run]) -> None:
    done = run("--seed", "7", lines=":x\x1b[31m\n")
    assert "There is no command “:x[31m” here" in done.stdout
    assert "0 of 7 answered" in done.stdout
    assert "\x1b" not in done.stdout


def test_leaving_gives_no_result(run: Callable[..., Run]) -> None:
    done = run("--seed", "7", lines="1\n:q\n")
    assert done.exit_code == 1
    assert done.stdout.endswith("Left without handing in; nothing is kept.\n")


def test_the_id_of_a_cloze_is_not_shown_before_the_end(run: Callable[..., Run]) -> None:
    asked = run("--seed", "7", lines="\n" * 7).stdout.partition("Quiz handed in")[0]
    assert "Breakfast · cloze" in asked
    assert "gaps." not in asked


def test_the_json_report_stands_alone_on_stdout(run: Callable[..., Run], paper: Paper) -> None:
    lines = typed(paper) | {"breakfast/spread": "jam", "breakfast/eggs": "0x10"}
    done = run(
        "--seed", "7", "--minutes", "15", "--format", "json", lines="".join(f"{line}\n" for line in lines.values())
    )
    report = json.loads(done.stdout)
    assert "Quiz: 7 questions, 15:00, seed 7" in done.stderr
    assert report["seed"] == 7
    assert report["score"] == {"points": "5", "questions": 7, "percent": 71.4}
    assert report["by_deck"] == {"breakfast": report["score"]}
    assert report["limit_ms"] == 15 * MINUTE
    assert len(report["notices"]) == 1
    by_card = {question["card"]: question for question in report["questions"]}
    jam = by_card["breakfast/spread"]
    assert (jam["typed"], jam["verdict"], jam["truth"], jam["explanation"]) == (
        "jam",
        "wrong",
        "butter",
        "Butter is soft.",
    )
    assert by_card["breakfast/fruit"]["typed"] == "apple"


def test_a_drawn_seed_is_shown_and_gives_the_same_paper_again(run: Callable[..., Run]) -> None:
    first = json.loads(run("--format", "json").stdout)
    again = json.loads(run("--format", "json", "--seed", str(first["seed"])).stdout)
    assert [each["question"] for each in first["questions"]] == [each["question"] for each in again["questions"]]


def test_bytes_that_are_no_text_are_no_answer(run: Callable[..., Run], paper: Paper) -> None:
    done = run("--seed", "7", lines=f":{place_of(paper, 'spread') + 1}\n".encode() + b"\xff\xfe\n:h\n")
    assert done.exit_code == 0
    assert "0 of 7 answered" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--seed", "x"], "studytui: “x” is no seed: give a whole number from 0 to 999999999, such as 7\n"),
        (["nowhere"], "studytui: there is no deck “nowhere”; `studytui due` lists the decks\n"),
        (["nowhere.md"], "studytui: nowhere.md: no deck there; studytui check nowhere.md says why\n"),
    ],
)
def test_what_cannot_be_a_quiz_is_one_line(run: Callable[..., Run], arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stderr, done.stdout) == (2, message, "")


def test_decks_without_machine_graded_cards_are_one_line(run: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "breakfast.md").write_text("# B\n\n## Who eats? {#who}\n\nEverybody.\n")
    done = run()
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "studytui: no card of these decks is graded by machine: choose other decks\n"


def test_a_quiz_records_nothing(run: Callable[..., Run], tmp_path: Path) -> None:
    run("--seed", "7", lines="1\n" * 7)
    counted = CliRunner().invoke(cli, ["doctor", "--format", "json"])
    assert json.loads(counted.stdout)["entries"] == 0
