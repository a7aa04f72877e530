"""Drawings of statistics in characters: columns over days and bands, and the calendar. Pure: numbers in, lines out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from studytui.drawing.paper import padded
from studytui.statistics_pages.told import told
from studytui.text import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.statistics.model import Statistic, Value

_EIGHTHS = " ▁▂▃▄▅▆▇█"
#: A day without answers, and the four quarters of those with some.
LEVELS = "·░▒▓█"
_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
#: A column is never wider than this: a bar is not a wall.
_WIDEST = 6


def columns(values: Sequence[Value], ends: tuple[str, str], width: int, height: int, most: float = 0) -> list[str]:
    """A column for each value, `height` rows high, and below them what both ends are.

    `most` is what the full height stands for; 0 is the largest value. A value that is more than nothing is seen; where
    there is none, the column is empty.
    """
    top = most or max(filter(None, values), default=0) or 1
    margin = max(display_width(told(top)), 1)
    wide = min(max((width - margin - 2) // max(len(values), 1), 1), _WIDEST)
    eighths = [0 if not value else max(round(min(value / top, 1) * height * 8), 1) for value in values]
    lines = []
    for row in reversed(range(height)):
        cells = "".join(_EIGHTHS[min(max(each - row * 8, 0), 8)] * wide for each in eighths)
        label = told(top) if row == height - 1 else "0" if row == 0 else ""
        lines.append(f"{padded(label, margin, right=True)} {'┤' if label else '│'}{cells}".rstrip())
    long = wide * len(values)
    lines.append(f"{' ' * margin} └{'─' * long}")
    first, last = ends if len(values) > 1 else (ends[0], "")
    gap = long - display_width(first) - display_width(last)
    under = first + " " * gap + last if gap > 0 else padded(last, long, right=True)
    return [*lines, " " * (margin + 2) + under.rstrip()]


def room(width: int, most: float) -> int:
    """How many columns of one character `columns` has room for."""
    return max(width - display_width(told(most)) - 2, 1)


def calendar(statistic: Statistic, width: int) -> list[list[str]]:
    """A week in each column, as many of the newest as have room; each row a weekday, as its name and its cells.

    The first row holds the months, each over the week in which it begins. Days that are not there are spaces.
    """
    values = statistic.series[0].values
    first = date.fromisoformat(statistic.labels[0])
    before = first.weekday()
    levels = [" "] * before + [level(value, cuts) for cuts in [quarters(values)] for value in values]
    weeks = [levels[start : start + 7] for start in range(0, len(levels), 7)]
    weeks[-1] += [" "] * (7 - len(weeks[-1]))
    shown = min(len(weeks), max(width - 3, 1))
    monday = first.toordinal() - before + (len(weeks) - shown) * 7
    rows = [["  ", *_months(monday, shown)]]
    return rows + [[name, *(week[day] for week in weeks[-shown:])] for day, name in enumerate(_WEEKDAYS)]


def quarters(values: Sequence[Value]) -> tuple[float, float, float]:
    """What a day with answers must exceed to belong to the second, third and fourth quarter of them."""
    some = sorted(value for value in values if value)
    if not some:
        return (0, 0, 0)
    return tuple(some[max(-(-len(some) * part // 4) - 1, 0)] for part in (1, 2, 3))  # type: ignore[return-value]  # three


def level(value: Value, cuts: tuple[float, float, float]) -> str:
    """The sign of a day."""
    return LEVELS[1 + sum(value > cut for cut in cuts)] if value else LEVELS[0]


def _months(monday: int, weeks: int) -> list[str]:
    """A cell for each week: the names of the months, written over as many cells as they have letters."""
    cells = [" "] * weeks
    free = 0
    for week in range(weeks):
        begins = next(
            (day for day in (date.fromordinal(monday + week * 7 + each) for each in range(7)) if day.day == 1), None
        )
        name = f"{begins:%b}" if begins is not None else ""
        if name and week >= free and week + len(name) <= weeks:
            cells[week : week + len(name)] = list(name)
            free = week + len(name) + 1
    return cells
