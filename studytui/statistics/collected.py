"""All statistics of what was studied and of what is in memory, in the order in which they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.memory.days import TRAVEL
from studytui.statistics import held as now
from studytui.statistics import studied
from studytui.statistics.model import Period, Statistic
from studytui.statistics.studied import Days

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studytui.statistics.held import Held
    from studytui.statistics.history import Past
    from studytui.statistics.model import SlipMade

#: The calendar goes back so far at least, in days: 53 weeks.
CALENDAR = 371


def all_statistics(
    past: Past, held: Held, slips: Iterable[SlipMade], today: int, period: Period, decay: float
) -> tuple[Statistic, ...]:
    """All of them. `slips` are those of the period; `past` is the whole one."""
    days = period_days(past, today, period)
    year = Days(min(days.first, days.last - CALENDAR + 1), days.last)
    within = past.within(days.holds(past))
    spaced = studied.recalled(past)
    spaced_within = spaced if within is past else studied.recalled(within)
    return (
        now.future_due(held, today, period.days),
        studied.calendar(past, year),
        studied.reviews(within, days),
        studied.time(within, days),
        studied.true_retention(spaced, today),
        studied.retention(spaced_within, days),
        studied.retention_by_interval(spaced_within),
        studied.buttons(within),
        studied.hours(within),
        now.states(held),
        now.stability(held),
        now.difficulty(held),
        now.retrievability(held, today, decay),
        studied.slips(slips),
    )


def period_days(past: Past, today: int, period: Period) -> Days:
    """The days of a period. They end today, or on a later day with answers, as a flight back can leave behind.

    What lies further ahead was answered under a wrong clock, on a day that nobody knows: it is in no period.
    """
    known = past.day[past.day <= today + TRAVEL]
    last = max(today, int(known.max())) if known.size else today
    if period.days is not None:
        return Days(today - period.days + 1, last)
    return Days(min(int(known.min()), today) if known.size else today, last)
