"""A quiz beside the earlier ones that it may be compared with, as a small chart: one bar a quiz, the latest last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.drawing.bars import drawn
from studytui.drawing.paper import padded
from studytui.frozen import frozen
from studytui.quiz.report import earlier
from studytui.quiz_pages.words import date_text, percent
from studytui.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studytui.quiz.report import Report, ReportLine

#: As many quizzes as can be taken in at a glance.
MOST_BARS = 12
#: A bar need not be longer to be read.
_LONGEST = 40


@frozen
class Bar:
    """One quiz of the chart: its number in the journal, its day, its score in percent; `this` is the one reported."""

    number: int
    date: str
    percent: float
    this: bool = False


def bars(report: Report, lines: Iterable[ReportLine]) -> list[Bar]:
    """The latest quizzes that the report may be compared with, oldest first, and its own behind them.

    None for the first quiz of its choice.
    """
    before = earlier(report, lines)[-(MOST_BARS - 1) :]
    if not before:
        return []
    own = Bar(report.number, date_text(report.when), percent(report.score), this=True)
    return [*(Bar(line.number, date_text(line.when), percent(line.score)) for line in before), own]


def chart_rows(shown: list[Bar], width: int) -> list[tuple[str, bool]]:
    """The chart in rows of at most `width` columns, each with whether it is the reported quiz, which `▸` tells, too."""
    values = [f"{bar.percent:g} %" for bar in shown]
    wide = max(map(display_width, values), default=0)
    room = max(min(width - 14 - wide, _LONGEST), 1)
    return [
        (
            f"{'▸' if bar.this else ' '} {bar.date} {padded(drawn(bar.percent, 100, room), room)} {value:>{wide}}",
            bar.this,
        )
        for bar, value in zip(shown, values, strict=True)
    ]
