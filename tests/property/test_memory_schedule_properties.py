from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import fsrs
from hypothesis import given, settings
from hypothesis import strategies as st

from studytui.memory.days import DAY_MS
from studytui.memory.model import Memory, Moment, Rating, State
from studytui.memory.schedule import LONGEST_INTERVAL, Scheduler, describe_interval

RATINGS = st.sampled_from(Rating)
#: (rating, whole days since the review before): same day, days, months, decades.
HISTORIES = st.lists(
    st.tuples(RATINGS, st.one_of(st.just(0), st.integers(0, 30), st.integers(0, 800), st.integers(0, 20_000))),
    min_size=1,
    max_size=30,
)
#: Parameters within py-fsrs's bounds: the defaults, each scaled a little.
PARAMETERS = st.lists(st.floats(0.8, 1.1), min_size=21, max_size=21).map(
    lambda factors: [
        min(max(value * factor, low), high)
        for value, factor, low, high in zip(
            fsrs.scheduler.DEFAULT_PARAMETERS,
            factors,
            fsrs.scheduler.LOWER_BOUNDS_PARAMETERS,
            fsrs.scheduler.UPPER_BOUNDS_PARAMETERS,
            strict=True,
        )
    ]
)


def close(ours: float, theirs: float) -> bool:
    return abs(ours - theirs) <= 1e-4 * max(1.0, abs(theirs))


def compare(scheduler: Scheduler, oracle: fsrs.Scheduler, history: list[tuple[Rating, int]]) -> None:
    """Reviews one card by both, at whole days from each other, and compares the memory after every review."""
    card, at, memory = fsrs.Card(card_id=1), datetime(2026, 1, 1, 12, tzinfo=UTC), None
    for rating, days in history:
        at += timedelta(days=min(days, 20_000))
        card, _ = oracle.review_card(card, fsrs.Rating(rating), at)
        assert card.stability is not None
        # The one difference: fsrs-rs lets no stability grow beyond 36,500 days, py-fsrs has no upper bound.
        card.stability = min(card.stability, LONGEST_INTERVAL)
        memory = scheduler.review(memory, "deck/card", rating, Moment(int(at.timestamp()) * 1000))
        assert card.difficulty is not None
        assert close(memory.stability, card.stability), (memory, card)
        assert close(memory.difficulty, card.difficulty), (memory, card)


@settings(max_examples=150, deadline=None)
@given(HISTORIES)
def test_memory_is_the_one_of_py_fsrs(history: list[tuple[Rating, int]]) -> None:
    compare(Scheduler(), fsrs.Scheduler(enable_fuzzing=False), history)


@settings(max_examples=100, deadline=None)
@given(PARAMETERS, HISTORIES)
def test_memory_is_the_one_of_py_fsrs_for_fitted_parameters(
    parameters: list[float], history: list[tuple[Rating, int]]
) -> None:
    compare(Scheduler(parameters), fsrs.Scheduler(parameters, enable_fuzzing=False), history)


def test_memory_is_the_one_of_py_fsrs_over_a_thousand_reviews() -> None:
    """32-bit floats do not drift away."""
    history = [(Rating(1 + (index * 7 + index // 5) % 4), index * 13 % 40) for index in range(1000)]
    compare(Scheduler(), fsrs.Scheduler(enable_fuzzing=False), history)


def memory_after(scheduler: Scheduler, history: list[tuple[Rating, int]]) -> tuple[Memory | None, Moment]:
    at, memory = 20_500 * DAY_MS, None
    for rating, days in history:
        at += days * DAY_MS
        memory = scheduler.review(memory, "deck/card", rating, Moment(at))
    return memory, Moment(at)


SCHEDULERS = st.builds(
    Scheduler,
    desired_retention=st.sampled_from([0.7, 0.9, 0.97]),
    learning_steps=st.sampled_from([(), (1.0,), (1.0, 10.0), (1.0, 10.0, 600.0)]),
    relearning_steps=st.sampled_from([(), (10.0,), (5.0, 20.0)]),
    maximum_interval=st.sampled_from([1, 30, 36_500]),
)


@settings(max_examples=150, deadline=None)
@given(SCHEDULERS, st.lists(st.tuples(RATINGS, st.integers(0, 400)), max_size=12), st.integers(0, 900))
def test_intervals_are_ordered_and_the_key_gives_what_it_shows(
    scheduler: Scheduler, history: list[tuple[Rating, int]], wait: int
) -> None:
    memory, last = memory_after(scheduler, history)
    now = Moment(last.ms + wait * DAY_MS)
    options = scheduler.turn(memory, "deck/card", now).options()
    for rating, shown in options.items():
        given_ = scheduler.review(memory, "deck/card", rating, now)
        assert given_ == shown
        assert describe_interval(given_, now) == describe_interval(shown, now)
    days = {
        rating: option.due_day - option.last_day for rating, option in options.items() if option.state is State.REVIEW
    }
    assert all(1 <= length <= scheduler.maximum_interval for length in days.values())
    graduating = [days[rating] for rating in (Rating.HARD, Rating.GOOD, Rating.EASY) if rating in days]
    for shorter, longer in itertools.pairwise(graduating):
        assert shorter < longer or longer == scheduler.maximum_interval
    if Rating.AGAIN in days:
        assert days[Rating.AGAIN] <= days[Rating.HARD]
    delays = [option.due_ms for option in options.values() if option.state is not State.REVIEW]
    assert delays == sorted(delays)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(RATINGS, st.integers(0, 90)), min_size=1, max_size=10))
def test_what_fsrs_lengthens_also_grows_in_whole_days(history: list[tuple[Rating, int]]) -> None:
    scheduler = Scheduler()
    memory, _ = memory_after(scheduler, [*history, (Rating.EASY, 1)])
    assert memory is not None
    before = memory.due_day - memory.last_day
    after = scheduler.review(memory, "deck/card", Rating.GOOD, Moment(memory.due_day * DAY_MS + DAY_MS // 2))
    if after.stability >= before + 0.5:
        assert after.due_day - after.last_day > before


@settings(max_examples=100, deadline=None)
@given(HISTORIES, st.floats(0.7, 0.97), st.floats(0.7, 0.97))
def test_a_deck_with_a_retention_of_its_own_is_scheduled_as_if_it_held_for_all(
    history: list[tuple[Rating, int]], own: float, others: float
) -> None:
    mixed = Scheduler(desired_retention=others, deck_retention={"own": own})
    for card, alone in (
        ("own/card", Scheduler(desired_retention=own)),
        ("card/own", Scheduler(desired_retention=others)),
    ):
        ours = theirs = None
        day = 20_000
        for rating, days in history:
            day += days
            ours = mixed.reviewed(ours, card, rating, day * DAY_MS, day)
            theirs = alone.reviewed(theirs, card, rating, day * DAY_MS, day)
            assert ours == theirs


def test_a_decks_retention_makes_another_scheduler() -> None:
    identities = [
        Scheduler().identity,
        Scheduler(deck_retention={"a": 0.95}).identity,
        Scheduler(deck_retention={"b": 0.95}).identity,
        Scheduler(deck_retention={"a": 0.95, "b": 0.8}).identity,
    ]
    assert len(set(identities)) == len(identities)
    assert (
        Scheduler(deck_retention={"a": 0.95, "b": 0.8}).identity
        == Scheduler(deck_retention={"b": 0.8, "a": 0.95}).identity
    )
    assert Scheduler(deck_retention={}).identity == Scheduler().identity
