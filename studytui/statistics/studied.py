"""What was done: answers and time by day, true retention, answer buttons, hours, slips. Columns in, tables out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studytui.frozen import frozen
from studytui.memory.model import Rating
from studytui.statistics.history import KINDS, MATURE
from studytui.statistics.model import Fact, Series, Shape, Statistic, percent, shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from studytui.statistics.history import Past
    from studytui.statistics.model import SlipMade, Value

    Whole = NDArray[np.signedinteger[Any]]

#: 1970-01-01 as `date` counts days.
_EPOCH = 719_163
#: First days of the bands of intervals.
_INTERVALS = (1, 2, 3, 4, 7, 14, 21, 30, 60, 90, 180, 365)
#: Spans of the table of true retention, by the days that they take back from today.
_SPANS = (("today", 0, 0), ("yesterday", 1, 1), ("last 7 days", 6, 0), ("last 30 days", 29, 0), ("last year", 364, 0))


@frozen
class Days:
    """Days in a row, both ends included."""

    first: int
    last: int

    @property
    def labels(self) -> tuple[str, ...]:
        """ISO dates."""
        return tuple(iso(day) for day in range(self.first, self.last + 1))

    def __len__(self) -> int:
        return max(self.last - self.first + 1, 0)

    def holds(self, past: Past) -> NDArray[np.bool_]:
        """Which answers were given on these days."""
        return (self.first <= past.day) & (past.day <= self.last)

    def counts(self, past: Past) -> tuple[int, ...]:
        """How many answers were given on each."""
        return _row(np.bincount(past.day[self.holds(past)] - self.first, minlength=len(self)))


def iso(day: int) -> str:
    """A day as a date."""
    from datetime import date

    return date.fromordinal(min(max(day + _EPOCH, 1), date.max.toordinal())).isoformat()


# -- by day --------------------------------------------------------------------------------------------------------


def reviews(past: Past, days: Days) -> Statistic:
    """Answers per day by the state of their card."""
    counts = _crossed(past.kind, past.day - days.first, (len(KINDS), len(days)))
    series = tuple(Series(name, "answers", _row(row)) for name, row in zip(KINDS, counts, strict=True))
    perday = _row(counts.sum(axis=0))
    return Statistic(
        "reviews",
        "Answers per day",
        "Answers that stand, by what their card was before them: in learning (new ones included), in relearning, in "
        f"review and young (up to {MATURE - 1} days since the last answer), in review and mature.",
        "day",
        days.labels,
        (*series, Series("all", "answers", perday)),
        _per_day(perday, "answers"),
        Shape.DAYS,
        ("all",),
    )


def _per_day(perday: Sequence[Value], unit: str) -> tuple[Fact, ...]:
    total = sum(filter(None, perday))
    studied = sum(1 for value in perday if value)
    return (
        Fact("total", total, unit),
        Fact("days studied", studied),
        Fact("out of", len(perday)),
        Fact("on a day studied", total / studied if studied else None, unit),
        Fact("on any day", total / len(perday) if perday else None, unit),
    )


def time(past: Past, days: Days) -> Statistic:
    """Minutes per day."""
    spent = np.bincount(past.day - days.first, past.duration_ms, len(days)) / 60_000
    perday = tuple(float(value) for value in spent)
    total = sum(perday)
    pace = Fact("an answer", 60 * total / len(past) if len(past) else None, "seconds")
    return Statistic(
        "time",
        "Time per day",
        "From question to rating, for all answers that stand.",
        "day",
        days.labels,
        (Series("time", "minutes", perday),),
        (*_per_day(perday, "minutes"), pace),
        Shape.DAYS,
        ("time",),
    )


def calendar(past: Past, days: Days) -> Statistic:
    """Answers per day, to be drawn in weeks."""
    perday = days.counts(past)
    longest = run = 0
    for value in perday:
        run = run + 1 if value else 0
        longest = max(longest, run)
    best = max(perday, default=0) or 0
    return Statistic(
        "calendar",
        "Calendar",
        "Answers per day, a week in each column. Of the days with answers, each sign stands for a quarter.",
        "day",
        days.labels,
        (Series("answers", "answers", perday),),
        (
            Fact("total", sum(filter(None, perday)), "answers"),
            Fact("days studied", sum(1 for value in perday if value)),
            Fact("out of", len(perday)),
            Fact("longest streak", longest, "days"),
            Fact("most on a day", best, "answers"),
        ),
        Shape.CALENDAR,
        ("answers",),
    )


# -- true retention ------------------------------------------------------------------------------------------------


@frozen
class Recalled:
    """The spaced answers, which alone say how memory holds: when, whether mature (1) and whether passed (1).

    `by_interval[n]` is how many came after n days, those of the last row and of all longer ones together: not passed,
    and passed.
    """

    day: Whole
    mature: NDArray[np.int8]
    passed: NDArray[np.int8]
    by_interval: Whole


def recalled(past: Past) -> Recalled:
    """The spaced ones among some answers."""
    spaced = past.spaced
    interval, passed = past.interval[spaced], past.passed[spaced].view(np.int8)
    longest = _INTERVALS[-1]
    by_interval = _crossed(np.minimum(interval, longest), passed, (longest + 1, 2))
    return Recalled(past.day[spaced], (interval >= MATURE).view(np.int8), passed, by_interval)


def retention(spaced: Recalled, days: Days) -> Statistic:
    """True retention by day."""
    counts = _crossed(spaced.day - days.first, spaced.passed, (len(days), 2))
    answered, passed = _row(counts.sum(axis=1)), _row(counts[:, 1])
    return Statistic(
        "retention",
        "True retention by day",
        "Of cards in review, the share remembered (hard, good or easy) at the first answer of a day. Learning steps "
        "and further answers of the same day do not count.",
        "day",
        days.labels,
        (
            Series("answered", "cards", answered),
            Series("remembered", "cards", passed),
            Series("retention", "%", shares(passed, answered), ("remembered", "answered")),
        ),
        _retained(spaced),
        Shape.DAYS,
        ("retention",),
    )


def _retained(spaced: Recalled) -> tuple[Fact, ...]:
    """Of young cards, of mature cards, and of all."""
    counts = spaced.by_interval
    return (
        Fact("young", _share(counts[:MATURE]), "%"),
        Fact("mature", _share(counts[MATURE:]), "%"),
        Fact("all", _share(counts), "%"),
        Fact("answered", int(counts.sum()), "cards"),
    )


def retention_by_interval(spaced: Recalled) -> Statistic:
    """True retention by the days since the answer before."""
    bands = np.add.reduceat(spaced.by_interval, _INTERVALS)
    answered, passed = _row(bands.sum(axis=1)), _row(bands[:, 1])
    return Statistic(
        "retention-by-interval",
        "True retention by interval",
        "The same by the number of days that had passed since the card was answered before.",
        "days since the last answer",
        spans(_INTERVALS),
        (
            Series("answered", "cards", answered),
            Series("remembered", "cards", passed),
            Series("retention", "%", shares(passed, answered), ("remembered", "answered")),
        ),
        _retained(spaced),
        Shape.BANDS,
        ("retention",),
    )


def true_retention(spaced: Recalled, today: int) -> Statistic:
    """The table of true retention, of all days whatever the period."""
    # By the days back from today; the first row is of later days, the last of all that are in no span.
    furthest = max(back for _, back, _ in _SPANS)
    place = np.clip(today - spaced.day, -1, furthest + 1) + 1
    counts = _crossed(place, 2 * spaced.mature + spaced.passed, (furthest + 3, 4)).reshape(-1, 2, 2)
    table = np.array([*(counts[until + 1 : back + 2].sum(axis=0) for _, back, until in _SPANS), counts.sum(axis=0)])
    series: list[Series] = []
    for name, of in (("young", table[:, 0]), ("mature", table[:, 1]), ("all", table.sum(axis=1))):
        passed, answered = _row(of[:, 1]), _row(of.sum(axis=1))
        parts = f"{name} passed", f"{name} answered"
        series += (
            Series(parts[0], "cards", passed),
            Series(parts[1], "cards", answered),
            Series(name, "%", shares(passed, answered), parts),
        )
    return Statistic(
        "true-retention",
        "True retention",
        f"The share of cards in review that were remembered: young ones (up to {MATURE - 1} days since the answer "
        "before) and mature ones.",
        "days",
        (*(name for name, _, _ in _SPANS), "all days"),
        tuple(series),
        (),
        Shape.NAMES,
        ("young", "mature", "all"),
    )


# -- answers -------------------------------------------------------------------------------------------------------


def buttons(past: Past) -> Statistic:
    """How often each rating was given."""
    counts = _crossed(past.kind, past.rating - 1, (len(KINDS), len(Rating)))
    named = [*zip(KINDS, counts, strict=True), ("all", counts.sum(axis=0))]
    return Statistic(
        "buttons",
        "Answer buttons",
        "How often each rating was given, by what the card was before it.",
        "rating",
        tuple(f"{rating.value} {rating.name.lower()}" for rating in Rating),
        tuple(Series(name, "answers", _row(row)) for name, row in named),
        tuple(Fact(f"not again, {name}", percent(int(row[1:].sum()), int(row.sum())), "%") for name, row in named),
        Shape.NAMES,
        ("all",),
    )


def hours(past: Past) -> Statistic:
    """Answers by the hour of the day."""
    counts = _crossed(past.hour, past.passed, (24, 2))
    answered, passed = _row(counts.sum(axis=1)), _row(counts[:, 1])
    busiest = max(range(24), key=lambda hour: answered[hour] or 0) if len(past) else None
    return Statistic(
        "hours",
        "Hours",
        "Answers by the hour at which they were given, on the clock of the place where they were given; and the share "
        "that was not rated again.",
        "hour",
        tuple(f"{hour:02}" for hour in range(24)),
        (
            Series("answers", "answers", answered),
            Series("passed", "answers", passed),
            Series("not again", "%", shares(passed, answered), ("passed", "answers")),
        ),
        (Fact("busiest hour", busiest, "o'clock"),),
        Shape.BANDS,
        ("answers",),
    )


def slips(made: Iterable[SlipMade]) -> Statistic:
    """The slips that were made, the most frequent first."""
    ordered = sorted(made, key=lambda slip: (-slip.times, slip.name))
    return Statistic(
        "slips",
        "Slips made",
        "Known mistakes that answers matched, the most frequent first; `studytui quiz --slip NAME` drills one.",
        "slip",
        tuple(slip.name for slip in ordered),
        (
            Series("times", "answers", tuple(slip.times for slip in ordered)),
            Series("cards", "cards", tuple(slip.cards for slip in ordered)),
        ),
        (Fact("total", sum(slip.times for slip in ordered), "answers"), Fact("slips", len(ordered))),
        Shape.NAMES,
        ("times",),
    )


# -- counting ------------------------------------------------------------------------------------------------------


def _crossed(rows: Whole, columns: Whole | NDArray[np.bool_], shape: tuple[int, int]) -> Whole:
    """How often each row comes together with each column."""
    return np.bincount(rows.astype(np.int64) * shape[1] + columns, minlength=shape[0] * shape[1]).reshape(shape)


def _row(counts: Whole) -> tuple[int, ...]:
    """As numbers of Python."""
    return tuple(counts.tolist())


def _share(counts: Whole) -> Value:
    """What was passed, of counts of what was not and what was."""
    return percent(int(counts[:, 1].sum()), int(counts.sum()))


def spans(firsts: Sequence[float], unit: str = "") -> tuple[str, ...]:
    """Names of bands by their first numbers: `1`, `4–6`, `365 and more`."""
    names = []
    for first, after in zip(firsts, (*firsts[1:], math.inf), strict=True):
        if after == math.inf:
            names.append(f"{first:g}{unit} and more")
        else:
            names.append(f"{first:g}{unit}" if after - first == 1 else f"{first:g}–{after - 1:g}{unit}")
    return tuple(names)
