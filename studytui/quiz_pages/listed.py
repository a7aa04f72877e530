"""The list of the quizzes that were handed in, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.face import Row, sentence
from studytui.quiz.report import DamagedLine
from studytui.quiz_pages.setup import cut
from studytui.quiz_pages.sitting import clock_text
from studytui.quiz_pages.words import date_text, score_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.quiz.report import ReportLine


def reports_rows(lines: Sequence[ReportLine | DamagedLine], cursor: int, width: int) -> list[Row]:
    """The quizzes that were handed in, two rows each: day, score and time, and what was asked."""
    if not lines:
        return [Row(), *sentence("No quiz was handed in yet.", width)]
    rows = []
    for number, line in enumerate(lines):
        here = number == cursor
        if isinstance(line, DamagedLine):
            facts, below = f"quiz {line.number}", line.problem
        else:
            facts = f"{date_text(line.when)}  {score_text(line.score)}  {clock_text(line.elapsed_ms)}"
            below = f"quiz {line.number}: {line.header}"
        head = cut(f"{'▸' if here else ' '} {facts}", width, "cursor" if here else "plain")
        about = cut(f"    {below}", width, "muted")
        rows += [Row(head.pieces, f"row({number})", cursor=here), Row(about.pieces, f"row({number})")]
    return rows
