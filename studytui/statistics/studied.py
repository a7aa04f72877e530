"""What was done: answers and time by day, true retention, answer buttons, hours, slips. Columns in, tables out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studytui.frozen import frozen
from studytui.memory.model import Rating
from studytui.statistics.history import MATURE, RELEARNING, REVIEW
from studytui.statistics.model import Fact, Series, Shape, Statistic, percent, shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from studytui.statistics.history import Past
    from studytui.statistics.model import Value

    Mask = NDArray[np.bool_]

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

    def holds(self, past: Past) -> Mask:
        """Which answers were given on these days."""
        return (self.first <= past.day) & (past.day <= self.last)

    def counts(self, past: Past) -> tuple[int, ...]:
        """How many answers were given on each."""
        return _counts(past.day[self.holds(past)] - self.first, len(self))


@frozen
class SlipMade:
    """A slip by its name, how often it was made, and at how many cards."""

    name: str
    times: int
    cards: int


def iso(day: int) -> str:
    """A day as a date."""
    from datetime import date

    return date.fromordinal(min(max(day + _EPOCH, 1), date.max.toordinal())).isoformat()


# -- by day --------------------------------------------------------------------------------------------------------


def reviews(past: Past, days: Days) -> Statistic:
    """Answers per day by the state of their card."""
    kinds = _kinds(past)
    series = tuple(
        Series(name, "answers", _counts(past.day[kinds == kind] - days.first, len(days)))
        for kind, name in enumerate(_KINDS)
    )
    perday = days.counts(past)
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


_KINDS = ("learning", "relearning", "young", "mature")


def _kinds(past: Past) -> NDArray[np.int8]:
    """The places in _KINDS of answers."""
    kinds = np.zeros(past.card.size, np.int8)
    kinds[past.before == RELEARNING] = 1
    review = past.before == REVIEW
    kinds[review] = np.where(past.interval[review] < MATURE, 2, 3)
    return kinds


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
    pace = Fact("an answer", 60 * total / past.card.size if past.card.size else None, "seconds")
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


def retention(past: Past, days: Days) -> Statistic:
    """True retention by day."""
    spaced = past.within(past.spaced)
    answered = _counts(spaced.day - days.first, len(days))
    passed = _counts(spaced.day[spaced.passed] - days.first, len(days))
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


def _retained(spaced: Past) -> tuple[Fact, ...]:
    """Of young cards, of mature cards, and of all."""
    mature = spaced.interval >= MATURE
    return (
        Fact("young", _share(spaced.passed[~mature]), "%"),
        Fact("mature", _share(spaced.passed[mature]), "%"),
        Fact("all", _share(spaced.passed), "%"),
        Fact("answered", int(spaced.card.size), "cards"),
    )


def retention_by_interval(past: Past) -> Statistic:
    """True retention by the days since the answer before."""
    spaced = past.within(past.spaced)
    band = np.searchsorted(_INTERVALS, spaced.interval, "right") - 1
    answered = _counts(band, len(_INTERVALS))
    passed = _counts(band[spaced.passed], len(_INTERVALS))
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


def true_retention(past: Past, today: int) -> Statistic:
    """The table of true retention, of all days whatever the period."""
    spaced = past.within(past.spaced)
    mature, passed = spaced.interval >= MATURE, spaced.passed
    columns: dict[str, list[Value]] = {name: [] for name in ("young", "mature", "all")}
    counts: dict[str, list[Value]] = {f"{name} {what}": [] for name in columns for what in ("passed", "answered")}
    for _, back, until in (*_SPANS, ("all", None, None)):
        within = np.ones(mature.size, np.bool_)
        if back is not None and until is not None:
            within = (today - back <= spaced.day) & (spaced.day <= today - until)
        for name, of in (("young", ~mature), ("mature", mature), ("all", mature | True)):
            answered, remembered = int((within & of).sum()), int((within & of & passed).sum())
            counts[f"{name} answered"].append(answered)
            counts[f"{name} passed"].append(remembered)
            columns[name].append(percent(remembered, answered))
    series = [
        each
        for name, values in columns.items()
        for each in (
            Series(f"{name} passed", "cards", tuple(counts[f"{name} passed"])),
            Series(f"{name} answered", "cards", tuple(counts[f"{name} answered"])),
            Series(name, "%", tuple(values), (f"{name} passed", f"{name} answered")),
        )
    ]
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
    kinds = _kinds(past)
    series = tuple(
        Series(name, "answers", _counts(past.rating[kinds == kind] - 1, len(Rating)))
        for kind, name in enumerate(_KINDS)
    )
    facts = tuple(
        Fact(f"not again, {name}", _share(past.passed[kinds == kind]), "%") for kind, name in enumerate(_KINDS)
    )
    return Statistic(
        "buttons",
        "Answer buttons",
        "How often each rating was given, by what the card was before it.",
        "rating",
        tuple(f"{rating.value} {rating.name.lower()}" for rating in Rating),
        (*series, Series("all", "answers", _counts(past.rating - 1, len(Rating)))),
        (*facts, Fact("not again, all", _share(past.passed), "%")),
        Shape.NAMES,
        ("all",),
    )


def hours(past: Past) -> Statistic:
    """Answers by the hour of the day."""
    answered, passed = _counts(past.hour, 24), _counts(past.hour[past.passed], 24)
    busiest = max(range(24), key=lambda hour: answered[hour] or 0) if past.card.size else None
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
        (Fact("total", sum(slip.times for slip in ordered), "answers"), Fact("slips", len(ordered), "slips")),
        Shape.NAMES,
        ("times",),
    )


# -- counting ------------------------------------------------------------------------------------------------------


def _counts(places: NDArray[np.signedinteger[Any]], rows: int) -> tuple[int, ...]:
    return tuple(np.bincount(places, minlength=rows).tolist()) if rows else ()


def _share(passed: Mask) -> Value:
    return percent(int(passed.sum()), int(passed.size))


def spans(firsts: Sequence[float], unit: str = "") -> tuple[str, ...]:
    """Names of bands by their first numbers: `1`, `4–6`, `365 and more`."""
    names = []
    for first, after in zip(firsts, (*firsts[1:], math.inf), strict=True):
        if after == math.inf:
            names.append(f"{first:g}{unit} and more")
        else:
            names.append(f"{first:g}{unit}" if after - first == 1 else f"{first:g}–{after - 1:g}{unit}")
    return tuple(names)
