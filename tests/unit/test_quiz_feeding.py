"""What a quiz tells memory: which answers become reviews, and what they are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from support.quizzes import CARDS, at, paper_of, planned

from studytui.answer.verdict import Outcome, Slip, Verdict
from studytui.deck.model import Recast
from studytui.memory.balance import Load
from studytui.memory.model import Action, Entry, Memory, Rating, State
from studytui.memory.replay import NEW, CardState
from studytui.memory.schedule import Scheduler
from studytui.quiz.feeding import entries_of
from studytui.quiz.result import Marked, Result
from studytui.quiz.sheet import Answer

SCHEDULER = Scheduler()
NOW = at(0)
TODAY = SCHEDULER.day_of(NOW)
PAPER = paper_of(CARDS, 3)
FIRST = PAPER.questions[0].card.id


def memory(due_in: int, state: State = State.REVIEW, due_ms: int = 0) -> Memory:
    return Memory(FIRST, state, 5.0, 5.0, TODAY + due_in, due_ms, 0, NOW.ms - 9, TODAY - 5, 3, 0)


def handed_in(*outcomes: Outcome | None, question: int = 0) -> Result:
    """A result in which one question was asked as often as there are outcomes."""
    asked = PAPER.questions[question]
    marked = tuple(
        Marked(asked, Answer("7", spent_ms=900 + number), Verdict(outcome, Fraction(outcome is Outcome.RIGHT)))
        if outcome is not None
        else Marked(asked, Answer(), None)
        for number, outcome in enumerate(outcomes)
    )
    return Result(PAPER, marked, 1000)


def reviews(result: Result, state: CardState = NEW, **states: CardState) -> list[Entry]:
    return entries_of(result, lambda card: states.get(card, state), SCHEDULER, NOW)


def ratings(result: Result, state: CardState = NEW) -> list[Rating | None]:
    return [entry.rating for entry in reviews(result, state)]


DUE, NOT_DUE = CardState(memory(0)), CardState(memory(1))


@pytest.mark.parametrize(
    ("outcome", "due", "not_due", "new"),
    [
        (Outcome.RIGHT, [Rating.GOOD], [], []),
        (Outcome.CLOSE, [Rating.HARD], [], []),
        (Outcome.SLIP, [Rating.AGAIN], [Rating.AGAIN], [Rating.AGAIN]),
        (Outcome.WRONG, [Rating.AGAIN], [Rating.AGAIN], [Rating.AGAIN]),
        (Outcome.UNREADABLE, [], [], []),
        (None, [], [], []),
    ],
)
def test_right_counts_when_the_card_was_due_and_wrong_always(
    outcome: Outcome | None, due: list[Rating], not_due: list[Rating], new: list[Rating]
) -> None:
    result = handed_in(outcome)
    assert (ratings(result, DUE), ratings(result, NOT_DUE), ratings(result)) == (due, not_due, new)


@pytest.mark.parametrize(("ahead_ms", "expected"), [(0, [Rating.GOOD]), (-5, [Rating.GOOD]), (1, [])])
def test_a_learning_card_is_due_when_its_step_is_over_and_not_ahead_of_it(
    ahead_ms: int, expected: list[Rating]
) -> None:
    state = CardState(memory(0, State.LEARNING, NOW.ms + ahead_ms))
    assert ratings(handed_in(Outcome.RIGHT), state) == expected


def test_to_recognise_is_not_to_recall() -> None:
    result = handed_in(Outcome.RIGHT)
    question = replace(PAPER.questions[0], recast=Recast(0, ((), ()), ("", "")))
    picked = replace(result, marked=(replace(result.marked[0], question=question),))
    assert ratings(picked, DUE) == [Rating.HARD]
    assert ratings(picked, NOT_DUE) == []


@pytest.mark.parametrize("outcome", [Outcome.RIGHT, Outcome.WRONG])
def test_a_suspended_card_is_left_alone(outcome: Outcome) -> None:
    assert ratings(handed_in(outcome), CardState(memory(0), suspended=True)) == []


def test_a_buried_card_was_only_put_off() -> None:
    buried = CardState(memory(0), buried_day=TODAY)
    assert ratings(handed_in(Outcome.RIGHT), buried) == [Rating.GOOD]
    assert ratings(handed_in(Outcome.WRONG), buried) == [Rating.AGAIN]


def test_a_card_asked_twice_has_one_review_of_its_worst_answer() -> None:
    (entry,) = reviews(handed_in(Outcome.RIGHT, Outcome.WRONG, Outcome.CLOSE, None), DUE)
    assert (entry.rating, entry.duration_ms) == (Rating.AGAIN, 901)
    assert ratings(handed_in(Outcome.RIGHT, Outcome.RIGHT), DUE) == [Rating.GOOD]


def test_a_drill_records_nothing() -> None:
    result = replace(handed_in(Outcome.WRONG), paper=planned(PAPER, slip="padded_once"))
    assert ratings(result, DUE) == []


def test_a_review_of_a_quiz_is_recorded_like_any_other() -> None:
    number = next(place for place, each in enumerate(PAPER.questions) if each.variant is not None)
    result = handed_in(Outcome.WRONG, question=number)
    made = Verdict(
        Outcome.SLIP,
        slips=(Slip("one", "", 1), Slip("two", "", 1)),
        parts=(Verdict(Outcome.SLIP, slips=(Slip("two", "", 1), Slip("three", "", 1))),),
    )
    result = replace(result, marked=(replace(result.marked[0], verdict=made),))
    (entry,) = reviews(result)
    question = PAPER.questions[number]
    assert question.variant is not None
    assert (entry.card, entry.action, entry.time_ms, entry.day, entry.seed) == (
        question.card.id, Action.REVIEW, NOW.ms, TODAY, question.seed,
    )  # fmt: skip
    assert (entry.verdict, entry.slip, entry.typed, entry.duration_ms) == ("slip", "one, two, three", "7", 900)
    assert all(name in entry.givens for name in question.variant.givens)


def due_days(entries: list[Entry], known: Memory) -> list[int]:
    """The days on which the reviews put their cards."""
    return [
        SCHEDULER.reviewed(known, each.card, Rating.GOOD, each.time_ms, each.day, each.spread).due_day
        for each in entries
    ]


def test_cards_that_a_quiz_answers_together_part_as_in_study() -> None:
    marked = tuple(Marked(each, Answer("x"), Verdict(Outcome.RIGHT)) for each in PAPER.questions)
    known = Memory(FIRST, State.REVIEW, 20.0, 5.0, TODAY, 0, 0, NOW.ms - 9, TODAY - 20, 3, 0)
    result = Result(PAPER, marked, 0)
    entries = entries_of(result, lambda _: CardState(known), SCHEDULER, NOW, Load(dict, ()))
    days = due_days(entries, known)
    assert len(entries) == len(set(days)) == len(PAPER.questions)


def test_a_quiz_puts_reviews_on_days_with_little_to_do_and_not_on_easy_ones() -> None:
    marked = (Marked(PAPER.questions[0], Answer("x"), Verdict(Outcome.RIGHT)),)
    known = Memory(FIRST, State.REVIEW, 20.0, 5.0, TODAY, 0, 0, NOW.ms - 9, TODAY - 20, 3, 0)
    result = Result(PAPER, marked, 0)

    def put(load: Load) -> int:
        return due_days(entries_of(result, lambda _: CardState(known), SCHEDULER, NOW, load), known)[0]

    by_chance = put(Load(None, ()))
    assert put(Load(lambda: {by_chance: 9}, ())) != by_chance
    assert put(Load(None, (((by_chance + 3) % 7, 0.0),))) != by_chance


def test_reviews_come_in_the_papers_order() -> None:
    marked = tuple(Marked(each, Answer("x"), Verdict(Outcome.WRONG)) for each in PAPER.questions)
    states: Mapping[str, CardState] = {}
    entries = entries_of(Result(PAPER, marked, 0), lambda card: states.get(card, NEW), SCHEDULER, NOW)
    assert [entry.card for entry in entries] == [each.card.id for each in PAPER.questions]
