"""The learner's calendar: which day a moment belongs to, and what travel and a wrong clock do to it. No clock here.

A day is a label, not 24 hours: DST makes days of 23 and 25 hours, and a flight can repeat or skip one. So everything
that is counted in days compares labels, and everything shorter than a day compares UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytui.memory.model import Moment

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS

#: Minutes after local midnight at which a day begins.
DAY_START = 4 * 60

#: A day that is set may be fewer days away than can be written with so many digits.
_DIGITS = 5

#: Days by which the calendar can go back without a wrong clock: UTC+14 to UTC−12, and the hour of DST.
TRAVEL = 2


def day_of(moment: Moment, day_start: int = DAY_START) -> int:
    """The learner's day, as days since 1970-01-01 of the local calendar; `day_start` is in minutes after midnight."""
    return (moment.ms + (moment.offset - day_start) * MINUTE_MS) // DAY_MS


def day_end_ms(moment: Moment, day_start: int = DAY_START) -> int:
    """The UTC millisecond at which the day of a moment is over, if the offset stays as it is."""
    return (day_of(moment, day_start) + 1) * DAY_MS - (moment.offset - day_start) * MINUTE_MS


def due_day_of(text: str, today: int) -> int:
    """The day that a learner names: so many days from today (`3`), or a date (`2026-12-01`).

    Raises ValueError, with a sentence, for what is neither and for a day that is over.
    """
    from datetime import date

    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS:
        return today + int(text)
    try:
        day = date.fromisoformat(text).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        raise ValueError("name a day: 3 is in three days, 2026-12-01 is a date") from None
    if not today <= day < today + 10**_DIGITS:
        raise ValueError("that day is over" if day < today else "that day is too far away")
    return day


def away(day: int, today: int) -> str:
    """How far away a day is that is not over, in words."""
    days = day - today
    return f"in {days} day{'' if days == 1 else 's'}" if days else "today"


def elapsed_days(last_day: int, day: int) -> int:
    """Days from one day to another; none when the calendar went back."""
    return max(day - last_day, 0)


def carried(last_day: int, day: int) -> int:
    """The day on which a review counts for its card, whose last one was on `last_day`.

    After a flight eastwards and back, the calendar may show a day before `last_day`; the card stays on the later one,
    or it could be due twice on it. Further back than travel can go, the earlier review was made under a wrong clock,
    and the present day counts.
    """
    return last_day if day < last_day <= day + TRAVEL else day


def from_the_future(last_day: int, day: int) -> bool:
    """Whether a day lies so far ahead that only a clock that was wrong can have written it."""
    return last_day > day + TRAVEL


def waiting_until(due_ms: int, last_ms: int, now_ms: int) -> int:
    """When a learning card comes: at `due_ms`, but after a clock was set back no later than its step from now."""
    return due_ms if last_ms <= now_ms else min(due_ms, now_ms + due_ms - last_ms)
