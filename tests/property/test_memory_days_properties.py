"""A year of study under clocks that travel, change to summer time and are set back."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from studytui.memory.days import DAY_MS, TRAVEL, day_end_ms, day_of
from studytui.memory.model import Memory, Moment, Rating, State
from studytui.memory.replay import CardState
from studytui.memory.schedule import Scheduler

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe", "Pacific/Kiritimati",
         "Pacific/Pago_Pago", "Asia/Kathmandu", "America/St_Johns"]  # fmt: skip
HOUR_MS = 3_600_000
BEGIN = int(datetime(2026, 1, 10, tzinfo=UTC).timestamp()) * 1000

#: Where the learner is, and what the hours to the next look at the cards are.
LOOKS = st.lists(
    st.tuples(st.sampled_from(ZONES), st.one_of(st.integers(0, 30), st.integers(0, 400)), st.sampled_from(Rating)),
    min_size=1,
    max_size=60,
)


def seen_in(zone: str, ms: int) -> Moment:
    offset = datetime.fromtimestamp(ms / 1000, ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return Moment(ms, int(offset.total_seconds()) // 60)


@settings(max_examples=150, deadline=None)
@given(LOOKS, st.sampled_from([0, 240, 720]))
def test_a_graduated_card_is_never_due_twice_on_one_day(looks: list[tuple[str, int, Rating]], day_start: int) -> None:
    scheduler = Scheduler(day_start=day_start)
    ms, memory, days = BEGIN, None, set()
    for zone, hours, rating in looks:
        ms += hours * HOUR_MS
        now = seen_in(zone, ms)
        if not scheduler.still_due(CardState(memory), now):
            continue
        if memory is not None and memory.state is State.REVIEW:
            day = scheduler.day_of(now)
            assert day not in days
            days.add(day)
        memory = scheduler.review(memory, "deck/card", rating, now)


@settings(max_examples=150, deadline=None)
@given(LOOKS, st.lists(st.integers(0, 59), max_size=4), st.integers(1, 400))
def test_no_card_is_lost_by_any_clock(looks: list[tuple[str, int, Rating]], wrong: list[int], days_ahead: int) -> None:
    """Some looks are under a clock that is far ahead. Who then looks every day meets the card within its interval."""
    scheduler = Scheduler()
    ms, memory = BEGIN, None
    for index, (zone, hours, rating) in enumerate(looks):
        ms += hours * HOUR_MS
        now = seen_in(zone, ms + (days_ahead * DAY_MS if index in wrong else 0))
        if scheduler.still_due(CardState(memory), now):
            memory = scheduler.review(memory, "deck/card", rating, now)
    if memory is None:
        return
    if memory.state is State.REVIEW:
        later = [day * DAY_MS for day in range(memory.due_day - memory.last_day + TRAVEL + 2)]
    else:
        later = [21 * 60_000]
    assert any(scheduler.still_due(CardState(memory), seen_in("UTC", ms + wait)) for wait in later)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ZONES), st.integers(0, 365 * 24 * 60), st.integers(0, 24 * 60 - 1))
def test_a_day_is_over_when_the_next_begins(zone: str, minutes: int, day_start: int) -> None:
    now = seen_in(zone, BEGIN + minutes * 60_000)
    end = day_end_ms(now, day_start)
    assert now.ms < end <= now.ms + DAY_MS
    assert day_of(Moment(end, now.offset), day_start) == day_of(now, day_start) + 1


@settings(max_examples=100, deadline=None)
@given(LOOKS, st.lists(st.integers(-3, 3), min_size=60, max_size=60))
def test_elapsed_days_are_never_negative(looks: list[tuple[str, int, Rating]], back: list[int]) -> None:
    """Whatever the order of the days, every review leaves a sound memory."""
    scheduler = Scheduler()
    ms = BEGIN
    memory: Memory | None = None
    for (zone, hours, rating), days in zip(looks, back, strict=False):
        ms += hours * HOUR_MS + days * DAY_MS
        memory = scheduler.review(memory, "deck/card", rating, seen_in(zone, ms))
        assert 0 < memory.stability <= 36_500
        assert 1 <= memory.difficulty <= 10
        assert memory.due_day >= scheduler.day_of(seen_in(zone, ms))
