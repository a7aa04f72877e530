from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studytui.memory.balance import Load
from studytui.memory.days import DAY_MS
from studytui.memory.model import Memory, Moment, Rating, State
from studytui.memory.schedule import Scheduler

NOON = Moment(20_600 * DAY_MS + DAY_MS // 2)
SCHEDULER = Scheduler()
TODAY = SCHEDULER.day_of(NOON)
CARD = "deck/card"
#: Monday is 0; 20,600 days after a Thursday.
WEEKDAY = (TODAY + 3) % 7


def known(stability: float = 10.0, days: int = 10, card: str = CARD) -> Memory:
    return Memory(card, State.REVIEW, stability, 5.0, TODAY, 0, 0, NOON.ms - days * DAY_MS, TODAY - days, 3, 0)


def put(load: Load, memory: Memory | None = None, rating: Rating = Rating.GOOD) -> int:
    """The interval that a rating gives."""
    memory = memory or known()
    spreads = SCHEDULER.turn(memory, CARD, NOON).spreads(load)
    after = SCHEDULER.turn(memory, CARD, NOON).options(spreads)[rating]
    return after.due_day - after.last_day


def load_of(count: Callable[[int], int]) -> Load:
    return Load(lambda: {TODAY + days: count(days) for days in range(120)}, ())


def test_a_review_is_put_on_the_day_with_least_to_do() -> None:
    by_chance = put(Load(None, ()))
    assert put(load_of(lambda days: 0 if days == by_chance + 1 else 9)) == by_chance + 1
    assert put(load_of(lambda days: 0 if days == by_chance - 1 else 9)) == by_chance - 1


def test_among_equal_days_chance_decides_and_nothing_is_noted() -> None:
    assert SCHEDULER.turn(known(), CARD, NOON).spreads(load_of(lambda _: 7)) == {}


def test_a_day_out_of_reach_is_not_taken_however_empty_it_is() -> None:
    by_chance = put(Load(None, ()))
    assert abs(put(load_of(lambda days: 0 if days > 2 * by_chance else 9)) - by_chance) <= 6


def test_long_intervals_do_not_ask_what_is_due_then() -> None:
    memory = known(stability=400, days=400)
    assert put(load_of(lambda days: days), memory) == put(Load(None, ()), memory)


@pytest.mark.parametrize("easy", range(7))
def test_nothing_is_put_on_an_easy_day_that_another_day_can_take(easy: int) -> None:
    days = {(TODAY + put(Load(None, ((easy, 0.0),)), rating=rating) + 3) % 7 for rating in Rating if rating > 1}
    assert easy not in days


def test_a_day_with_half_a_share_is_full_with_half_as_many() -> None:
    by_chance = put(Load(None, ()))
    other = by_chance + 1
    weekday = (WEEKDAY + by_chance) % 7
    counts = {TODAY + days: 100 for days in range(120)}

    def with_share(here: int) -> int:
        return put(Load(lambda: counts | {TODAY + by_chance: here, TODAY + other: 30}, ((weekday, 0.5),)))

    assert with_share(10) == by_chance
    assert with_share(20) == other


def test_the_counts_follow_what_is_answered() -> None:
    asked = []

    def counts() -> dict[int, int]:
        asked.append(1)
        return dict.fromkeys(range(TODAY, TODAY + 120), 1)

    load = Load(counts, ())
    first = put(load)
    for _ in range(3):
        load.moved(known(), Memory(CARD, State.REVIEW, 9.0, 5.0, TODAY + first, 0, 0, NOON.ms, TODAY, 4, 0))
    assert put(load) != first
    assert len(asked) == 1
    load.forget()
    assert put(load) == first
    assert len(asked) == 2


def test_steps_need_no_day() -> None:
    assert SCHEDULER.turn(None, CARD, NOON).spreads(load_of(lambda _: 0)).keys() <= {Rating.EASY}


@settings(max_examples=150, deadline=None)
@example(176.0, 0, "a", [int(day == 49) for day in range(100)], {}, (), 50)  # again came after hard, by a day
@given(
    st.floats(0.5, 2000), st.integers(0, 400), st.sampled_from(["a", "b", "c"]),
    st.lists(st.integers(0, 300), min_size=100, max_size=100),
    st.dictionaries(st.integers(0, 6), st.sampled_from([0.0, 0.5, 1.0])),
    st.sampled_from([(), (10.0,)]), st.sampled_from([50, 36_500]),
)  # fmt: skip
def test_wherever_it_is_put_hard_is_shorter_than_good_and_good_than_easy_within_the_fuzz(
    stability: float,
    days: int,
    card: str,
    counts: list[int],
    shares: dict[int, float],
    steps: tuple[float, ...],
    most: int,
) -> None:
    scheduler = Scheduler(relearning_steps=steps, maximum_interval=most)
    memory = known(stability, days, card)
    load = Load(lambda: {TODAY + day: count for day, count in enumerate(counts)}, shares.items())
    spreads = scheduler.turn(memory, card, NOON).spreads(load)
    after = scheduler.turn(memory, card, NOON).options(spreads)
    length = {rating: each.due_day - each.last_day for rating, each in after.items()}
    assert length[Rating.HARD] < length[Rating.GOOD] < length[Rating.EASY] or length[Rating.EASY] == most
    assert length[Rating.AGAIN] <= length[Rating.HARD]
    for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
        reach = [scheduler.reviewed(memory, card, rating, NOON.ms, TODAY, place / 50).due_day for place in range(50)]
        assert min(reach) <= after[rating].due_day <= max(reach)
