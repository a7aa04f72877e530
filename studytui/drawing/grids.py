"""Grids: cells with short texts, and frames around some of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.drawing.paper import LETTERS, Paper, as_many, padded, wrapped
from studytui.text import clean_line, display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reference_impl.figures import Frame, Grid

#: Stands for a cell whose text has no room.
FILLED = "▪"


def draw_grid(figure: Grid, width: int, height: int) -> list[str] | None:
    """Title, cells and note. Of a single row each frame is drawn below the cells, since there they often overlap."""
    if not figure.cells or not max(map(len, figure.cells)):
        return None
    above, below = wrapped(figure.title, width), wrapped(figure.note, width)
    left = height - len(above) - len(below)
    if len(figure.cells) == 1:
        drawn = _row(figure, width, left)
    elif figure.frames:
        drawn = _framed(figure, width, left)
    else:
        drawn = _table(figure, width, left)
    return above + drawn + below if drawn is not None else None


def _table(figure: Grid, width: int, height: int) -> list[str] | None:
    """Cells under each other, each column as wide as it needs, or, where that is too wide, all cells one character."""
    for rows in (figure.cells, _small(figure.cells)):
        texts = [[clean_line(text) for text in row] for row in rows]
        sizes = [max(map(display_width, column)) for column in zip(*_even(texts), strict=True)]
        if sum(sizes) + len(sizes) - 1 <= width and len(texts) <= height:
            return [" ".join(map(_right, row, sizes)) for row in _even(texts)]
    return None


def _row(figure: Grid, width: int, height: int) -> list[str] | None:
    """One row of cells, below it a bracket for each frame; narrow cells have some of their texts above them."""
    texts = [clean_line(text) for text in figure.cells[0]]
    size = max(map(display_width, texts))
    ruler: list[str] = []
    step = size + 1
    if len(texts) * step - 1 > width:
        size = step = 1
        ruler = [line for line in [_ruler(texts, width)] if line]
        texts = [text if display_width(text) == 1 else FILLED for text in texts]
    gap = " " * (step - size)
    if len(texts) * step - len(gap) > width:
        return None
    cells = gap.join(_right(text, size) for text in texts)
    left = height - len(ruler) - 1
    frames = figure.frames
    if len(frames) > left:
        frames = frames[: max(left - 1, 0)]
        if not frames:
            return None
    brackets = [_bracket(frame, size, step, width) for frame in frames]
    more = len(figure.frames) - len(frames)
    return [*ruler, cells, *brackets, *([f"… and {more} more"] if more else [])]


def _ruler(texts: Sequence[str], width: int) -> str:
    """Texts of cells that are one column wide, each beginning over its cell, as many as have room."""
    line = ""
    for place, text in enumerate(texts):
        if display_width(text) > 1 and display_width(line) + (1 if line else 0) <= place:
            if place + display_width(text) > width:
                break
            line = padded(line, place) + text
    return line


def _bracket(frame: Frame, size: int, step: int, width: int) -> str:
    """The cells that a frame spans, as a bracket with its name behind it, or else before it."""
    start, end = frame.column * step, (frame.column + frame.columns - 1) * step + size
    name = clean_line(frame.name)
    line = f"└{'─' * (end - start - 2)}┘" if end - start > 1 else "┴"
    if end + 1 + display_width(name) <= width:
        return " " * start + f"{line} {name}"
    if display_width(name) < start:
        return padded(name, start - 1, right=True) + f" {line}"
    return " " * start + line


def _framed(figure: Grid, width: int, height: int) -> list[str] | None:
    """Cells with room for lines between them; each frame has a letter at its corner, which a list explains."""
    for rows in (figure.cells, _small(figure.cells)):
        texts = _even([[clean_line(text) for text in row] for row in rows])
        step = max(display_width(text) for row in texts for text in row) + 1
        wide, tall = len(texts[0]) * step + 1, len(texts) * 2 + 1
        named = [frame for frame in figure.frames if frame.name]
        letters = len(named) > 1
        entries = [
            f"{letter} {frame.name}" if letters else frame.name
            for letter, frame in zip(LETTERS, named, strict=False)
        ]  # fmt: skip
        if len(named) > len(LETTERS):
            entries.append(f"… and {len(named) - len(LETTERS)} more")
        if wide > width or tall > height:
            continue
        legend = as_many(entries, width, height - tall)
        if legend is None:
            return None
        paper = Paper(wide, tall)
        for number, row in enumerate(texts):
            for place, text in enumerate(row):
                paper.write(number * 2 + 1, place * step + 1, _right(text, step - 1))
        for frame in figure.frames:
            paper.frame(
                frame.row * 2, frame.column * step,
                (frame.row + frame.rows) * 2, (frame.column + frame.columns) * step,
            )  # fmt: skip
        for letter, frame in zip(LETTERS, named if letters else [], strict=False):
            paper.name(letter, frame.row * 2, frame.column * step, (frame.column + frame.columns) * step)
        return _without_margins(paper.rows()) + legend
    return None


def _without_margins(rows: list[str]) -> list[str]:
    """Rows above the first and below the last that has anything on it are left out."""
    seen = [place for place, row in enumerate(rows) if row.strip()]
    return rows[seen[0] : seen[-1] + 1] if seen else rows


def _small(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The cells as one character each: those with longer texts are only there."""
    return [[text if display_width(text) <= 1 else FILLED for text in row] for row in rows]


def _even(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """All rows as long as the longest."""
    most = max(map(len, rows))
    return [[*row, *[""] * (most - len(row))] for row in rows]


def _right(text: str, size: int) -> str:
    return padded(text, size, right=True)
