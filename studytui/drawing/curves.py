"""Curves: each series has a character of its own, so that neither colours nor fine dots have to tell them apart."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from studytui.drawing.paper import cut, listed, number, padded, ticks, wrapped
from studytui.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reference_impl.figures import Curves, Series

#: Plain letters and signs: they are one column wide on every terminal.
MARKERS = "*+ox#%@&~^$v"
#: Where curves meet.
SEVERAL = "="
#: What a plot needs to say anything, and the columns that one label of its x axis may take.
LEAST_ROWS, LEAST_COLUMNS, LABEL = 3, 12, 8

Point = tuple[float, float]


class Scale:
    """The places of the values from `low` to `high` on `count` cells, from 0 on."""

    def __init__(self, low: float, high: float, count: int) -> None:
        if low == high:
            low, high = low - (abs(low) or 1) / 2, high + (abs(high) or 1) / 2
        self.low, self.high, self.last = low, high, count - 1

    def place(self, value: float) -> int:
        """The cell of a value."""
        return round((value - self.low) / (self.high - self.low) * self.last)

    def value(self, place: int) -> float:
        """The value in the middle of a cell."""
        return self.low + place / self.last * (self.high - self.low)


def draw_curves(figure: Curves, width: int, height: int) -> list[str] | None:
    """Title, what is drawn over what, the plot with its axes, and which character is which series.

    Where rows are few, the line of the x axis and what the axes mean are left out.
    """
    curves = [list(_points(figure, series)) for series in figure.series]
    if len(curves) > len(MARKERS) or not any(curves):
        return None
    title = wrapped(figure.title, width)
    meaning = f"{figure.y_label} over {figure.x_label}".strip() + (", logarithmic" if figure.logarithmic else "")
    names = [f"{marker} {series.name}" for marker, series in zip(MARKERS, figure.series, strict=False) if series.name]
    legend = listed([*names, f"{SEVERAL} several"] if len(names) > 1 else names, width)
    least = max(LEAST_ROWS, len(curves) + 1)  # in fewer rows, many curves are one blot
    for above, axis in ((title + wrapped(meaning, width), True), ([cut(figure.title, width)], False)):
        rows = height - len(above) - len(legend) - 1 - axis
        plot = _plot(figure, curves, width, rows, axis=axis) if rows >= least else None
        if plot is not None:
            return above + plot + legend
    return None


def _points(figure: Curves, series: Series) -> Iterator[Point]:
    """What can be drawn, from left to right, on a logarithmic axis as powers of ten; what cannot breaks the curve."""
    for x, y in sorted(zip(figure.x, series.values, strict=True)):
        if math.isfinite(x) and math.isfinite(y) and (y > 0 or not figure.logarithmic):
            yield x, math.log10(y) if figure.logarithmic else y
        else:
            yield x, math.nan


def _plot(figure: Curves, curves: list[list[Point]], width: int, rows: int, *, axis: bool) -> list[str] | None:
    """The rows of the plot, the x axis and its labels."""
    seen = [y for curve in curves for _, y in curve if not math.isnan(y)]
    along = [x for curve in curves for x, _ in curve if math.isfinite(x)]
    if not seen:
        return None
    vertical = Scale(min(seen), max(seen), rows)
    labels = (_powers if figure.logarithmic else _labels)(vertical, rows)
    margin = max(map(display_width, labels.values()))
    columns = width - margin - 2
    if columns < LEAST_COLUMNS:
        return None
    horizontal = Scale(min(along), max(along), columns)
    cells: dict[tuple[int, int], set[int]] = {}
    for index, curve in enumerate(curves):
        for cell in _trace(curve, horizontal, vertical):
            cells.setdefault(cell, set()).add(index)
    zero = vertical.place(0) if vertical.low < 0 < vertical.high and not figure.logarithmic else -1
    lines = []
    for place in reversed(range(rows)):
        drawn = "".join(_cell(cells.get((place, column)), faint=place == zero) for column in range(columns))
        lines.append(f"{padded(labels.get(place, ''), margin, right=True)} {'┤' if place in labels else '│'}{drawn}")
    return lines + _x_axis(horizontal, columns, margin, whole=all(x == round(x) for x in along), axis=axis)


def _labels(scale: Scale, rows: int) -> dict[int, str]:
    """The places of the y axis that have a label."""
    return {scale.place(mark): number(mark) for mark in ticks(scale.low, scale.high, (rows + 1) // 2)}


def _powers(scale: Scale, rows: int) -> dict[int, str]:
    """The same on a logarithmic axis: powers of ten; where there are not two, round numbers between, or the ends."""
    most = max((rows + 1) // 2, 2)
    first, last = math.ceil(scale.low), math.floor(scale.high)
    if last > first:
        step = -(-(last - first + 1) // most)
        return {scale.place(power): f"1e{power}".replace("-", "−") for power in range(last, first - 1, -step)}
    low, high = 10**scale.low, 10**scale.high
    between = [digit * 10.0**power for power in (first - 1, first, first + 1) for digit in (1, 2, 5)]
    marks = [mark for mark in between if low <= mark <= high]
    return {scale.place(math.log10(mark)): number(mark) for mark in (marks if 1 < len(marks) <= most else (low, high))}


def _trace(curve: list[Point], horizontal: Scale, vertical: Scale) -> Iterator[tuple[int, int]]:
    """The cells (row from below, column) of a curve: its points, and straight lines between neighbours."""
    for x, y in curve:
        if not math.isnan(y):
            yield vertical.place(y), horizontal.place(x)
    for (x, y), (next_x, next_y) in itertools.pairwise(curve):
        if math.isnan(y) or math.isnan(next_y):
            continue
        first, last = horizontal.place(x), horizontal.place(next_x)
        slope = (next_y - y) / (next_x - x) if last > first else 0
        between = [y + (horizontal.value(column) - x) * slope for column in range(first + 1, last)]
        way = [vertical.place(value) for value in (y, *between, next_y)]
        for column, (row, next_row) in enumerate(itertools.pairwise(way), first):
            yield row, column
            # A steep way fills the rows between, half of them in the next column.
            step = 1 if next_row > row else -1
            middle = (row + next_row) // 2
            for filled in range(row + step, next_row, step):
                yield filled, column if (filled - middle) * step <= 0 else min(column + 1, last)


def _cell(series: set[int] | None, *, faint: bool) -> str:
    """One cell of the plot; the row of zero is faintly there."""
    if not series:
        return "┈" if faint else " "
    return SEVERAL if len(series) > 1 else MARKERS[min(series)]


def _x_axis(scale: Scale, columns: int, margin: int, *, whole: bool, axis: bool) -> list[str]:
    """The line of the x axis, and its labels below their places, as many as have room. `whole` steps have no halves."""
    marks: Mapping[int, str] = {
        scale.place(tick): number(tick) for tick in ticks(scale.low, scale.high, columns // LABEL + 1, whole=whole)
    }
    line, labels = ["─"] * columns, ""
    for place, label in marks.items():
        start = min(max(place - display_width(label) // 2, 0), columns - display_width(label))
        if labels and start <= display_width(labels):
            continue
        labels = padded(labels, start) + label
        line[place] = "┬"
    under = " " * (margin + 2) + labels
    return [" " * (margin + 1) + "└" + "".join(line), under] if axis else [under]
