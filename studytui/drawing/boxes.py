"""Boxes over an image, to scale: a row is taken to be twice as high as a column is wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.drawing.paper import LETTERS, Paper, as_many, number, padded, wrapped
from studytui.text import display_width

if TYPE_CHECKING:
    from reference_impl.figures import Box, Boxes

#: What an image needs to be one, in cells; and how many times as high as wide a cell is.
LEAST_ROWS, LEAST_COLUMNS, ASPECT = 4, 8, 2


def draw_boxes(figure: Boxes, width: int, height: int) -> list[str] | None:
    """Title, the image's dotted border with the boxes over it, and each box with its exact coordinates.

    The list stands beside the image or below it, wherever the image becomes larger.
    """
    if len(figure.boxes) > len(LETTERS) or not figure.width > 0 or not figure.height > 0:
        return None
    above = wrapped(figure.title, width)
    below = wrapped(figure.note, width)
    rows = height - len(above) - len(below)
    entries = [f"{letter} {_told(box)}" for letter, box in zip(LETTERS, figure.boxes, strict=False)]
    choices = []
    under = as_many(entries, width, max(rows // 2, 1))
    if under is not None:
        image = _image(figure, width, rows - len(under))
        choices += [(len(image), image + under)] if image else []
    wide = max(map(display_width, entries), default=0)
    if len(entries) <= rows:
        image = _image(figure, width - wide - 2, rows)
        if image:
            margin = len(image[0])
            beside = [*entries, *[""] * (len(image) - len(entries))]
            drawn = [*image, *[" " * margin] * (len(entries) - len(image))]
            rows_beside = [f"{left}  {padded(right, wide)}" for left, right in zip(drawn, beside, strict=True)]
            choices.append((len(image), rows_beside))
    if not choices:
        return None
    return above + max(choices, key=lambda choice: choice[0])[1] + below


def _told(box: Box) -> str:
    left, top, right, bottom = [number(round(edge, 1)) for edge in box[1:]]  # tenths of pixels: no dust of rounding
    return f"{box.name} ({left}, {top})–({right}, {bottom})"


def _image(figure: Boxes, columns: int, rows: int) -> list[str]:
    """Image and boxes within so many cells; nothing where they are too few."""
    left = min(0, *(box.left for box in figure.boxes), 0)
    top = min(0, *(box.top for box in figure.boxes), 0)
    right = max(figure.width, *(box.right for box in figure.boxes), figure.width)
    bottom = max(figure.height, *(box.bottom for box in figure.boxes), figure.height)
    # Columns a pixel, so that both directions fit.
    scale = min((columns - 1) / (right - left), ASPECT * (rows - 1) / (bottom - top))
    wide, tall = round((right - left) * scale) + 1, round((bottom - top) * scale / ASPECT) + 1
    if scale <= 0 or wide < LEAST_COLUMNS or tall < LEAST_ROWS:
        return []

    def place(x: float, y: float) -> tuple[int, int]:
        return round((y - top) * scale / ASPECT), round((x - left) * scale)

    paper = Paper(wide, tall)
    first, last = place(0, 0), place(figure.width, figure.height)
    edges: list[tuple[int, int, int, int]] = []
    for box in figure.boxes:
        edges.append((*place(box.left, box.top), *place(box.right, box.bottom)))
        paper.frame(*edges[-1])
    for row in range(first[0], last[0] + 1):
        for column in range(first[1], last[1] + 1) if row in {first[0], last[0]} else (first[1], last[1]):
            paper.dot(row, column)
    for letter, (row, start, _, end) in zip(LETTERS, edges, strict=False):
        paper.name(letter, row, start, end)
    return paper.rows()
