"""A statistic drawn by textual-plotext. Only the statistics screen loads this, and only when it draws something.

What plotext is given is plain: it places wide letters wrongly, tells stacked series apart by colour alone and puts
fractions on axes of whole numbers. So its labels are dates, bands and numbers made here, a plot has one series, and
what has names for its rows (states, slips) or is no plot (the calendar) is drawn by `statistics_pages`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual_plotext import PlotextPlot

from studytui.drawing.paper import number, ticks
from studytui.statistics.model import Shape
from studytui.text import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import RenderResult

    from studytui.statistics.model import Series, Statistic

#: Columns that the frame and the axis take at most.
_AROUND = 10


class StatisticPlot(PlotextPlot):
    """Columns for counts, a line with a mark for each value for shares; without colour both can be read."""

    DEFAULT_CSS = """
    StatisticPlot { padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._statistic: Statistic | None = None
        self._color = "blue"

    def show(self, statistic: Statistic, color: str) -> None:
        """Draws a statistic, in a colour of the theme."""
        self._statistic, self._color = statistic, color
        self.refresh()

    def render(self) -> RenderResult:
        """Drawn for the room that there is now: it decides how many days are added up in a column."""
        self._draw()
        return super().render()

    def _draw(self) -> None:
        statistic, (width, height) = self._statistic, self.content_size
        if statistic is None or width <= _AROUND or height < 4:
            return
        room = max(width - _AROUND, 1)
        less = statistic.binned(room if statistic.shape is Shape.DAYS else len(statistic.labels))
        series = less.named(less.drawn[0])
        plot = self.plt
        plot.clear_figure()
        plot.title(caption(series, len(statistic.labels), len(less.labels), statistic.label))
        highest = 100.0 if series.unit == "%" else float(max(filter(None, series.values), default=0)) or 1.0
        marks = ticks(0, highest, max((height - 3) // 2, 2), whole=highest > 2 or _is_counted(series))
        beside = [number(mark) for mark in marks]
        plot.ylim(0, highest)
        plot.yticks(marks, beside)
        # The frame takes a column on either side. With an axis that counts columns, a value is put where it is wanted.
        inside = max(width - max(map(display_width, beside)) - 2, 1)
        plot.xlim(0, max(inside - 1, 1))
        centres, wide = spread(len(less.labels), inside)
        if series.unit == "%":
            known = [(place, value) for place, value in zip(centres, series.values, strict=True) if value is not None]
            at, values = [place for place, _ in known], [value for _, value in known]
            plot.plot(at, values, marker="dot" if len(at) == 1 else "braille")
            plot.scatter(at, values, marker="o", color=self._rgb())
        else:
            plot.bar(centres, [value or 0 for value in series.values], width=wide, color=self._rgb())
        places, names = _labels(statistic, less.labels, room)
        plot.xticks([centres[place] for place in places], names)

    def _rgb(self) -> tuple[int, int, int] | str:
        from textual.color import Color

        return Color.parse(self._color).rgb


def _is_counted(series: Series) -> bool:
    return all(isinstance(value, int) for value in series.values)


def caption(series: Series, rows: int, drawn: int, label: str) -> str:
    """What stands above a plot: the series, its unit, and how many rows are added up in a column."""
    said = series.name if series.unit in {series.name, ""} else f"{series.name} in {series.unit}"
    together = -(-rows // max(drawn, 1))
    return f"{said}, {together} {label}s in a column" if together > 1 else said


def spread(count: int, inside: int) -> tuple[list[float], float]:
    """The columns of the middles of so many bars, and how wide plotext is to draw each, as a part of their distance.

    Where there is room, bars are equally wide with a column between them, so that each can be told from its neighbour;
    else they touch, and what is empty is nothing.
    """
    whole = inside // max(count, 1)
    step, free = (float(whole), 1) if whole > 1 else (inside / max(count, 1), 0)
    margin = (inside - round(count * step) + free) // 2
    # A bar from column a to column b is b - a wide.
    return [margin + step * place + (step - 1 - free) / 2 for place in range(count)], (step - 1 - free) / step


def _apart(size: int) -> int:
    """How far apart labels must be for plotext to put each below its place.

    It places labels in the order of a set of strings, another one in every process, and moves or drops those that come
    near one that is there already.
    """
    return size * 3 // 2 + 3


def _labels(statistic: Statistic, labels: Sequence[str], room: int) -> tuple[list[int], list[str]]:
    """As many labels as have room, evenly, the first and the last among them; days without their year where they can.

    The last column is named by the newest day in it.
    """
    names = [name.replace(" and more", "+") for name in (*labels[:-1], statistic.labels[-1])]
    if statistic.shape is Shape.DAYS and names[0][:4] == names[-1][:4]:
        names = [name[5:] for name in names]
    most = max(room // _apart(max(map(display_width, names))), 1)
    step = -(-len(names) // most)
    places = list(range(len(names) - 1, -1, -step))[::-1]
    return places, [names[place] for place in places]
