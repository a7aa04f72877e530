"""Where a figure stands when there is room for one: at the right of the result, else below it, else nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.drawing import draw
from studytui.face import Row, judged_face, result_face, text_rows
from studytui.text import display_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reference_impl.figures import Figure
    from studytui.answer.verdict import Verdict
    from studytui.deck.model import Question, Response

#: Columns that text beside a figure keeps, those between them, those that the figure then needs, and those it takes.
TEXT, GAP, NARROWEST, WIDEST = 58, 3, 36, 60
#: Rows of a figure: what it needs below the text, and what is enough.
LOWEST, HIGHEST = 5, 20


def illustrated_face(
    question: Question,
    response: Response,
    verdict: Verdict | None,
    badge: Callable[[int], Sequence[Row]],
    figure: Figure,
    width: int,
    room: tuple[int, int],
) -> list[Row]:
    """`judged_face` at a width, with the figure where it fits into the room: columns and rows that can be seen.

    `badge` makes the rows of who confirmed the answer. A figure at the right must not push text out of view.
    """
    alone = judged_face(question, response, verdict, width, badge(width))
    columns, rows = room
    # At its right: the question stays as it was, the result is narrower.
    beside = min(columns - TEXT - GAP, WIDEST)
    if beside >= NARROWEST:
        prompt = text_rows(question.prompt, width)
        text = columns - GAP - beside
        lines = draw(figure, beside, min(rows - len(prompt) - 1, HIGHEST))
        result = result_face(question, response, verdict, text, badge(text))
        face = [*prompt, *_side_by_side(result, ["", *(lines or ())], text + GAP)]
        if lines and len(face) <= max(rows, len(alone)):
            return face
    left = min(rows - len(alone) - 1, HIGHEST)
    below = draw(figure, width, left) if left >= LOWEST else None
    return [*alone, Row(), *(Row(((line, "plain"),)) for line in below)] if below else alone


def _side_by_side(rows: Sequence[Row], lines: Sequence[str], margin: int) -> list[Row]:
    """Rows with lines at their right, which begin behind `margin` columns."""
    joined = []
    for number in range(max(len(rows), len(lines))):
        row = rows[number] if number < len(rows) else Row()
        line = lines[number] if number < len(lines) else ""
        gap = " " * (margin - display_width(row.text))
        joined.append(Row((*row.pieces, (gap + line, "plain")), row.action, row.cursor) if line else row)
    return joined
