"""Whatever stands on a sheet is read back as it stood, whatever is damaged is told, and no result inflates a memory."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.quizzes import CARDS, paper_of

from studytui.answer.verdict import Outcome, Verdict
from studytui.deck.model import Filled
from studytui.journal.quizzes import points_of
from studytui.memory.model import Moment, Rating
from studytui.memory.replay import CardState, apply
from studytui.memory.schedule import Scheduler
from studytui.problems import Problem
from studytui.quiz.feeding import entries_of
from studytui.quiz.kept import plan_json, read_paper, read_plan, read_sheet, sheet_json
from studytui.quiz.plan import AskedAs, Feedback, Order, Plan
from studytui.quiz.result import Marked, Result
from studytui.quiz.sheet import Answer, Sheet, Unread
from studytui.text import clean_line

TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)
TIMES = st.integers(0, 10**12)
RESPONSES = (
    st.none()
    | TEXTS
    | st.frozensets(st.integers(0, 9), max_size=5)
    | st.lists(st.integers(-1, 9), max_size=5).map(tuple)
    | st.lists(TEXTS, max_size=4).map(lambda lines: Filled(tuple(lines)))
)
UNREAD = st.none() | st.builds(
    Unread, TEXTS, TEXTS.map(lambda message: Verdict(Outcome.UNREADABLE, message=clean_line(message)))
)
LANGUAGES = st.none() | st.sampled_from(["", "ko"])
ANSWERS = st.builds(Answer, RESPONSES, UNREAD, st.booleans(), st.booleans(), TIMES, RESPONSES, LANGUAGES)


@st.composite
def kept_sheets(draw: st.DrawFn) -> tuple[Sheet, tuple[int, ...], int]:
    answers = draw(st.lists(ANSWERS, min_size=1, max_size=5))
    count = len(answers) + draw(st.integers(0, 3))
    places = tuple(sorted(draw(st.permutations(range(count)))[: len(answers)]))
    place = draw(st.integers(0, len(answers) - 1))
    return Sheet(tuple(answers), place, draw(TIMES), draw(TIMES), draw(TIMES)), places, count


@given(kept_sheets())
@settings(max_examples=200, deadline=None)
def test_a_sheet_is_read_back_as_it_was_written(kept: tuple[Sheet, tuple[int, ...], int]) -> None:
    sheet, places, count = kept
    assert read_sheet(sheet_json(sheet, places, count)) == (sheet, places)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["place", "answers", "elapsed_ms", "away_ms", "seen_ms", "response", "unread", "picked"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@given(JSON.map(json.dumps) | st.text(max_size=20))
@settings(max_examples=300, deadline=None)
def test_what_is_no_sheet_is_one_line(text: str) -> None:
    said = ""
    for read in (read_sheet, read_paper, read_plan):
        try:
            read(text)
        except Problem as problem:
            said += str(problem)
    assert "\n" not in said


@given(kept_sheets(), st.data())
@settings(max_examples=200, deadline=None)
def test_a_sheet_with_a_damaged_byte_is_read_or_refused(
    kept: tuple[Sheet, tuple[int, ...], int], data: st.DataObject
) -> None:
    text = sheet_json(*kept)
    place = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:place] + data.draw(st.characters()) + text[place + 1 :]
    try:
        sheet, places = read_sheet(damaged)
    except Problem:
        return
    assert len(places) == len(sheet.answers)
    assert 0 <= sheet.place < len(places)


HUGE = st.integers(min_value=2**63).flatmap(lambda number: st.sampled_from([number, -number])) | st.just(10**4000)


@pytest.mark.parametrize("where", ["elapsed_ms", "away_ms", "seen_ms", "place"])
@given(HUGE)
@settings(max_examples=20, deadline=None)
def test_a_time_that_no_journal_has_room_for_is_damage(where: str, number: int) -> None:
    sheet = json.loads(sheet_json(Sheet((Answer(),), 0, 1, 1, 1), (0,), 1))
    sheet[where] = number
    with pytest.raises(Problem):
        read_sheet(json.dumps(sheet))


@given(HUGE)
@settings(max_examples=20, deadline=None)
def test_a_seed_of_a_question_that_is_none_is_damage(number: int) -> None:
    item = {"card": "a/b", "seed": number, "recast": False, "digest": ""}
    with pytest.raises(Problem):
        read_paper(json.dumps({"items": [item]}))


POINTS = st.fractions(0, 1000, max_denominator=10**50)


@given(POINTS, st.integers(1, 1000))
def test_points_are_read_as_they_were_written(points: Fraction, questions: int) -> None:
    if points <= questions:
        assert points_of(str(points), questions) == points
    else:
        with pytest.raises(ValueError, match="points of"):
            points_of(str(points), questions)


@given(st.text(max_size=12) | st.from_regex(r"[0-9]+[eE./_-][0-9]{1,9}", fullmatch=True))
@settings(max_examples=200, deadline=None)
def test_any_text_is_points_of_a_quiz_or_refused(text: str) -> None:
    try:
        assert 0 <= points_of(text, 9) <= 9
    except ValueError as error:
        assert "\n" not in str(error)  # noqa: PT017 - it may be raised or not


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(Problem):
        read_sheet("[" * 100_000)


NAMES = st.lists(st.sampled_from(["cnn", "rnn", "합성곱"]), unique=True, max_size=2).map(tuple)
PLANS = st.builds(
    Plan, st.integers(0, 999_999_999), NAMES, NAMES, NAMES, st.integers(1, 1000), st.none() | st.integers(1, 1440),
    st.sampled_from(Order), st.sampled_from(Feedback), st.sampled_from(AskedAs), st.sampled_from(["", "padded_once"]),
)  # fmt: skip


@given(PLANS)
@settings(max_examples=60, deadline=None)
def test_a_plan_is_read_back_as_it_was_written(plan: Plan) -> None:
    assert read_plan(plan_json(plan)) == plan


# -- memory ------------------------------------------------------------------------------------------------------------

SCHEDULER = Scheduler()
PAPER = paper_of(CARDS, 6)
DAY_MS = 86_400_000
HISTORIES = st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 40 * DAY_MS)), max_size=6)
OUTCOMES = st.none() | st.sampled_from(Outcome)


@given(
    st.lists(st.tuples(st.sampled_from(PAPER.questions), OUTCOMES), min_size=1, max_size=9),
    st.lists(HISTORIES, min_size=6, max_size=6),
    st.integers(0, 60 * DAY_MS),
)
@settings(max_examples=150, deadline=None)
def test_a_card_that_was_not_due_keeps_its_memory_exactly_unless_it_was_answered_wrong(
    answered: list[tuple[object, Outcome | None]], histories: list[list[tuple[Rating, int]]], later: int
) -> None:
    now = Moment(1_780_000_000_000)
    states: dict[str, CardState] = {}
    for question, history in zip(PAPER.questions, histories, strict=True):
        memory, then = None, now
        for rating, gap in history:
            memory = SCHEDULER.review(memory, question.card.id, rating, then)
            then = Moment(then.ms + gap)
        states[question.card.id] = CardState(memory)
    end = Moment(now.ms + later)
    marked = tuple(
        Marked(question, Answer("x"), Verdict(outcome, Fraction(0)) if outcome is not None else None)  # type: ignore[arg-type]  # drawn
        for question, outcome in answered
    )
    entries = entries_of(Result(PAPER, marked, 0), states.__getitem__, SCHEDULER, end)
    assert len({entry.card for entry in entries}) == len(entries)
    wrong = {each.question.card.id for each in marked if each.verdict and each.verdict.outcome in {"wrong", "slip"}}
    after = states | {entry.card: apply(states[entry.card], entry, SCHEDULER) for entry in entries}
    for card, state in states.items():
        due = state.memory is not None and SCHEDULER.is_due(state.memory, end)
        if card in wrong:
            assert after[card].memory != state.memory
            assert next(entry.rating for entry in entries if entry.card == card) is Rating.AGAIN
        elif not due:
            assert after[card] == state
