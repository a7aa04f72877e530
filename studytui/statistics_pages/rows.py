"""A statistic as rows: its facts, a small drawing, and the numbers behind it as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.drawing.bars import drawn as bar
from studytui.drawing.paper import cut, listed, padded, wrapped
from studytui.face import Row
from studytui.statistics.model import Shape
from studytui.statistics_pages.charts import LEVELS, calendar, columns, room
from studytui.statistics_pages.told import NOTHING, fact_text, told
from studytui.text import clean_line, display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.statistics.model import Series, Statistic, Statistics

NOTHING_YET = "There is nothing to count yet."
#: With more rows than this a drawing stands upright.
_LYING, _HEIGHT = 13, 6
#: A lying bar is drawn where it has at least so many columns.
_SHORTEST = 6
_STYLES = {"·": "muted", "░": "plain", "▒": "plain", "▓": "right", "█": "right"}


def page_text(statistics: Statistics, width: int) -> str:
    """All of them below each other."""
    of = ", ".join(map(clean_line, statistics.decks)) if statistics.decks is not None else "all decks"
    searched = f" · {clean_line(statistics.search)}" if statistics.search else ""
    lines = wrapped(f"{statistics.day} · {statistics.period.words} · {of}{searched}", width)
    for statistic in statistics:
        lines += ["", *wrapped(statistic.title, width), "─" * min(display_width(statistic.title), width)]
        lines += [row.text.rstrip() for row in statistic_rows(statistic, width)]
    return "\n".join(lines)


def statistic_rows(statistic: Statistic, width: int, *, facts_last: bool = False) -> list[Row]:
    """Facts and a drawing, in which each number can be read or is told below.

    With `facts_last` the drawing comes first: where there are few rows, it is what should be seen whole.
    """
    if statistic.empty:
        return [Row(((NOTHING_YET, "muted"),))]
    facts, drawing = fact_rows(statistic, width), _drawing_rows(statistic, width)
    return [*drawing, *([Row(), *facts] if facts else [])] if facts_last else [*facts, *drawing]


def _drawing_rows(statistic: Statistic, width: int) -> list[Row]:
    if statistic.shape is Shape.CALENDAR:
        return calendar_rows(statistic, width)
    if statistic.shape is Shape.NAMES or len(statistic.labels) <= _LYING:
        if len(statistic.drawn) > 1:
            return _table(statistic.label, statistic.labels, _drawn(statistic, width), width)
        return bar_rows(statistic, width)
    return column_rows(statistic, width, _HEIGHT)


def fact_rows(statistic: Statistic, width: int) -> list[Row]:
    """The facts, beside each other."""
    return [Row(((line, "plain"),)) for line in listed(map(fact_text, statistic.facts), width)]


def numbers_rows(statistic: Statistic, width: int) -> list[Row]:
    """The facts, all numbers as a table, and what they are. Of past days the newest come first."""
    about = [Row(((line, "muted"),)) for line in wrapped(statistic.about, width)]
    if statistic.empty:
        return [*about, Row(), Row(((NOTHING_YET, "muted"),))]
    labels: Sequence[str] = statistic.labels
    numbers = [(series, [told(value) for value in series.values]) for series in statistic.series]
    if statistic.shape in {Shape.DAYS, Shape.CALENDAR} and statistic.name != "future-due":
        labels, numbers = labels[::-1], [(series, values[::-1]) for series, values in numbers]
    facts = fact_rows(statistic, width)
    return [*facts, *([Row()] if facts else []), *_table(statistic.label, labels, numbers, width), Row(), *about]


def nothing_rows(statistic: Statistic, width: int, *, longer: bool) -> list[Row]:
    """Instead of a drawing of nothing: what it would show; with `longer`, that a longer period may have some."""
    words = "There is nothing to count in this period; a longer one may have some." if longer else NOTHING_YET
    said = [Row(((line, "plain"),)) for line in wrapped(words, width)]
    return [*said, Row(), *(Row(((line, "muted"),)) for line in wrapped(statistic.about, width))]


# -- drawings ------------------------------------------------------------------------------------------------------


def calendar_rows(statistic: Statistic, width: int) -> list[Row]:
    """The weeks, and below them what the signs mean."""
    rows = []
    for name, *cells in calendar(statistic, width):
        pieces = [(f"{name} ", "muted")]
        for sign in cells:
            style = _STYLES.get(sign, "muted")
            if pieces[-1][1] == style:
                pieces[-1] = (pieces[-1][0] + sign, style)
            else:
                pieces.append((sign, style))
        rows.append(Row(tuple(pieces)))
    legend = f"   {LEVELS[0]} none   less {LEVELS[1:]} more"
    return [*rows, Row(((legend, "muted"),))]


def column_rows(statistic: Statistic, width: int, height: int) -> list[Row]:
    """An upright bar for each row, or for several days together where there is no room for each."""
    rows: list[Row] = []
    labels = statistic.labels
    for name in statistic.drawn:
        whole = statistic.named(name)
        most = 100 if whole.unit == "%" else 0
        # Adding up makes numbers longer; with two digits more there is room for them all.
        highest = most or max(filter(None, whole.values), default=0)
        less = statistic.binned(room(width, highest * 100))
        series = less.named(name)
        together = -(-len(statistic.labels) // max(len(less.labels), 1))
        said = f"{name} in {series.unit}" if name != series.unit else series.unit
        if together > 1:
            said += f", {together} {statistic.label}s in a column"
        rows += [Row(((line, "muted"),)) for line in wrapped(said, width)]
        drawing = columns(series.values, (labels[0], labels[-1]), width, height, most)
        rows += [Row(((line, "plain"),)) for line in drawing]
    return rows


def bar_rows(statistic: Statistic, width: int) -> list[Row]:
    """A lying bar for each row, with its number and, of a share, what it is the share of."""
    series = statistic.named(statistic.drawn[0])
    values = [told(value) for value in series.values]
    if series.share is not None:
        of = statistic.named(series.share[1]).values
        values = [f"{value} % of {told(whole)}" if whole else "–" for value, whole in zip(values, of, strict=True)]
    wide = max(map(display_width, values))
    margin = min(max(map(display_width, statistic.labels)), max(width - wide - _SHORTEST - 2, width // 3))
    length = width - margin - wide - 2
    most = 100.0 if series.unit == "%" else max(filter(None, series.values), default=1)
    rows = []
    for label, value, number in zip(statistic.labels, values, series.values, strict=True):
        line = f"{padded(cut(label, margin), margin)} {padded(value, wide, right=True)}"
        drawing = bar(number or 0, most, length) if length >= _SHORTEST else ""
        rows.append(Row(((f"{line} ", "plain"), (drawing, "right"))))
    return rows


# -- tables --------------------------------------------------------------------------------------------------------


def _drawn(statistic: Statistic, width: int) -> list[tuple[Series, list[str]]]:
    """The series that are drawn, with what each is the share of where all of them have room beside each other."""
    bare, whole = [], []
    for name in statistic.drawn:
        series = statistic.named(name)
        values = [told(value) for value in series.values]
        bare.append((series, values))
        if series.share is not None:
            of = statistic.named(series.share[1]).values
            values = [f"{value} of {all_}" if all_ else NOTHING for value, all_ in zip(values, of, strict=True)]
        whole.append((series, values))
    margin = _margin(statistic.label, statistic.labels, width)
    return whole if margin + sum(_size(*each) + 2 for each in whole) <= width else bare


def _table(label: str, labels: Sequence[str], numbers: Sequence[tuple[Series, list[str]]], width: int) -> list[Row]:
    """Columns of numbers; those that have no room stand in a further table below."""
    margin = _margin(label, labels, width)
    rows: list[Row] = []
    left = list(numbers)
    while left:
        sizes, taken = 0, 0
        for series, values in left:
            size = _size(series, values) + 2
            if taken and margin + sizes + size > width:
                break
            sizes, taken = sizes + size, taken + 1
        rows += [Row()] if rows else []
        rows += _block(cut(label, margin), [cut(each, margin) for each in labels], left[:taken], margin)
        left = left[taken:]
    return rows


def _margin(label: str, labels: Sequence[str], width: int) -> int:
    """Columns of the names of rows."""
    return min(max(map(display_width, (label, *labels))), max(width // 2, 8))


def _size(series: Series, values: Sequence[str]) -> int:
    """Columns of a column of numbers."""
    return max(map(display_width, (*_heads(series), *values)))


def _block(label: str, labels: Sequence[str], numbers: Sequence[tuple[Series, list[str]]], margin: int) -> list[Row]:
    heads, units, cells = padded(label, margin), " " * margin, [padded(each, margin) for each in labels]
    for series, values in numbers:
        name, unit = _heads(series)
        size = _size(series, values)
        heads += "  " + padded(name, size, right=True)
        units += "  " + padded(unit, size, right=True)
        cells = [f"{line}  {padded(value, size, right=True)}" for line, value in zip(cells, values, strict=True)]
    above = [Row(((heads, "strong"),))]
    if units.strip():
        above.append(Row(((units, "muted"),)))
    return above + [Row(((line, "plain"),)) for line in cells]


def _heads(series: Series) -> tuple[str, str]:
    """The name and the unit above a column; a unit that is the name is said once."""
    return series.name, "" if series.unit == series.name else series.unit
