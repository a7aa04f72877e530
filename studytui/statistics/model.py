"""What a statistic is: rows with labels, series of numbers with units, and facts in words. Nothing is computed here."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A number of a series; None where there is nothing to take a share of.
Value = float | None


class Period(Enum):
    """The days that statistics look back over, today included, and that what is due is looked ahead over."""

    WEEK = ("7d", "last 7 days", 7)
    MONTH = ("30d", "last 30 days", 30)
    QUARTER = ("90d", "last 90 days", 90)
    YEAR = ("1y", "last year", 365)
    ALL = ("all", "all days", None)

    def __init__(self, key: str, words: str, days: int | None) -> None:
        self.key, self.words, self.days = key, words, days

    @classmethod
    def named(cls, key: str) -> Period:
        """The period with a key. Raises ValueError for none."""
        for period in cls:
            if period.key == key:
                return period
        raise ValueError(f"there is no period “{key}”; choose one of {', '.join(period.key for period in cls)}")


#: The names of those that a longer period may add to.
OF_PERIOD = frozenset({"reviews", "time", "retention", "retention-by-interval", "buttons", "hours", "slips"})


class Shape(StrEnum):
    """What the rows of a statistic are, and so how they are drawn."""

    DAYS = "days"
    CALENDAR = "calendar"
    BANDS = "bands"
    NAMES = "names"


@frozen
class Series:
    """One number for each row. A percentage names the two series of counts that it is the share of."""

    name: str
    unit: str
    values: tuple[Value, ...]
    share: tuple[str, str] | None = None


@frozen
class Fact:
    """One number about all rows; None where there is none."""

    name: str
    value: Value
    unit: str = ""


@frozen
class Statistic:
    """One table of numbers: `labels` name its rows, which are `label`s; `drawn` names the series that a drawing shows.

    Rows of DAYS and CALENDAR are all days from the first to the last, as ISO dates.
    """

    name: str
    title: str
    about: str
    label: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    facts: tuple[Fact, ...] = ()
    shape: Shape = Shape.BANDS
    drawn: tuple[str, ...] = ()

    def named(self, name: str) -> Series:
        """One series."""
        return next(series for series in self.series if series.name == name)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for series in self.series for value in series.values)

    def binned(self, most: int) -> Statistic:
        """The same in at most `most` rows: neighbours are added up, shares taken again; a row is named by its first.

        The last row is whole, so that the newest days are never a short rest; the first may be.
        """
        size = -(-len(self.labels) // max(most, 1))
        if size <= 1:
            return self
        rest = len(self.labels) % size
        edges = [*([0] if rest else []), *range(rest, len(self.labels) + 1, size)]
        spans = list(pairwise(edges))
        labels = tuple(self.labels[start] for start, _ in spans)
        counted = {
            series.name: replace(series, values=tuple(sum(filter(None, series.values[a:b])) for a, b in spans))
            for series in self.series
            if series.share is None
        }
        series = tuple(
            counted[each.name]
            if each.share is None
            else replace(each, values=shares(*(counted[name].values for name in each.share)))
            for each in self.series
        )
        return replace(self, labels=labels, series=series)


@frozen
class SlipMade:
    """A slip by its name, how often it was made, and at how many cards."""

    name: str
    times: int
    cards: int


@frozen
class Statistics:
    """All statistics of some cards over a period. `decks` is None for all, `search` empty for none."""

    day: str
    period: Period
    decks: tuple[str, ...] | None
    search: str
    statistics: tuple[Statistic, ...]

    def __getitem__(self, name: str) -> Statistic:
        for statistic in self.statistics:
            if statistic.name == name:
                return statistic
        raise KeyError(name)

    def __iter__(self) -> Iterator[Statistic]:
        return iter(self.statistics)


def percent(part: float, whole: float) -> Value:
    """A share in per cent, None of nothing."""
    return 100 * part / whole if whole else None


def shares(parts: tuple[Value, ...], wholes: tuple[Value, ...]) -> tuple[Value, ...]:
    """Shares in per cent, row by row."""
    return tuple(percent(part or 0, whole or 0) for part, whole in zip(parts, wholes, strict=True))
