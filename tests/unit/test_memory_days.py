from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from studytui.memory import clock
from studytui.memory.days import carried, day_end_ms, day_of, elapsed_days, from_the_future, waiting_until
from studytui.memory.model import Moment


def moment(local: str, zone: str = "UTC") -> Moment:
    """A moment from local time, as a clock in that zone gives it."""
    at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
    offset = at.utcoffset() or timedelta()
    return Moment(int(at.timestamp() * 1000), int(offset.total_seconds()) // 60)


def label(moment: Moment, day_start: int = 240) -> str:
    return str((datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day_of(moment, day_start))).date())


@pytest.mark.parametrize(
    ("local", "zone", "day"),
    [
        ("2026-07-21T03:59:59", "UTC", "2026-07-20"),
        ("2026-07-21T04:00:00", "UTC", "2026-07-21"),
        ("2026-07-21T03:59:59", "Asia/Seoul", "2026-07-20"),
        ("2026-07-21T04:00:00", "Asia/Seoul", "2026-07-21"),
        ("2026-07-21T23:30:00", "America/Los_Angeles", "2026-07-21"),
        ("2026-07-22T01:30:00", "Asia/Kathmandu", "2026-07-21"),
        ("1969-12-31T05:00:00", "UTC", "1969-12-31"),
    ],
)
def test_a_day_begins_at_four_local_time(local: str, zone: str, day: str) -> None:
    assert label(moment(local, zone)) == day


def test_a_day_can_begin_at_another_hour() -> None:
    assert label(moment("2026-07-21T00:00:00"), day_start=0) == "2026-07-21"
    assert label(moment("2026-07-21T05:59:00"), day_start=360) == "2026-07-20"


@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        ("2026-03-28T23:00:00", "2026-03-29T04:30:00"),  # 23 hours: clocks go forward
        ("2026-10-24T23:00:00", "2026-10-25T04:30:00"),  # 25 hours: clocks go back
    ],
)
def test_the_night_of_dst_is_one_night(evening: str, morning: str) -> None:
    before, after = moment(evening, "Europe/Berlin"), moment(morning, "Europe/Berlin")
    assert day_of(after) - day_of(before) == 1


def test_a_day_ends_where_the_next_begins() -> None:
    now = moment("2026-07-21T15:00:00", "Asia/Seoul")
    end = day_end_ms(now)
    assert day_of(Moment(end - 1, now.offset)) == day_of(now)
    assert day_of(Moment(end, now.offset)) == day_of(now) + 1


def test_days_that_went_back_are_no_days() -> None:
    assert elapsed_days(100, 98) == 0
    assert elapsed_days(100, 103) == 3


def test_travel_keeps_a_card_on_the_later_day() -> None:
    assert carried(last_day=100, day=99) == 100
    assert carried(last_day=100, day=101) == 101


def test_a_clock_that_was_a_year_ahead_does_not_hold_its_cards_back() -> None:
    assert carried(last_day=465, day=100) == 100
    assert from_the_future(465, 100)
    assert not from_the_future(101, 100)


def test_a_clock_set_back_makes_no_learning_step_longer() -> None:
    assert waiting_until(due_ms=700_000, last_ms=100_000, now_ms=50_000) == 650_000
    assert waiting_until(due_ms=700_000, last_ms=100_000, now_ms=200_000) == 700_000


def test_the_real_clock_gives_this_moment_with_its_offset() -> None:
    now = clock.now()
    local = datetime.now().astimezone()
    offset = local.utcoffset()
    assert offset is not None
    assert abs(now.ms - local.timestamp() * 1000) < 5_000
    assert now.offset == int(offset.total_seconds()) // 60
