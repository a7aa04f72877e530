"""Figures become lines of characters. Pure: a figure and a size go in, lines come out; nothing hangs on colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl.figures import Bars, Boxes, Curves, Grid
from studytui.drawing.bars import draw_bars
from studytui.drawing.boxes import draw_boxes
from studytui.drawing.curves import draw_curves
from studytui.drawing.grids import draw_grid

if TYPE_CHECKING:
    from reference_impl.figures import Figure

__all__ = ["draw", "tallest"]


def draw(figure: Figure, width: int, height: int) -> tuple[str, ...] | None:
    """The figure in at most `height` lines of at most `width` columns; None where that is too little for it."""
    match figure:
        case Curves():
            lines = draw_curves(figure, width, height)
        case Bars():
            lines = draw_bars(figure, width, height)
        case Grid():
            lines = draw_grid(figure, width, height)
        case Boxes():
            lines = draw_boxes(figure, width, height)
    return tuple([line.rstrip() for line in lines]) if lines is not None else None


def tallest(figure: Figure) -> int:
    """How many lines a drawing may have where they can be scrolled: plots and images are good at a screen's height."""
    return 24 if isinstance(figure, Curves | Boxes) else 1000
