"""Figures as data: what a reference's arguments look like, as numbers and labels.

The types are here and each topic's figures in the module of its name; how a figure is drawn is the program's business.
"""

from __future__ import annotations

from typing import NamedTuple

from reference_impl.arrays import Vector


class Series(NamedTuple):
    """One curve: its name, and its value at each x of the figure."""

    name: str
    values: Vector


class Curves(NamedTuple):
    """Curves over a common x axis. `logarithmic` asks for a logarithmic y axis, on which every value is above zero."""

    title: str
    x_label: str
    y_label: str
    x: Vector
    series: tuple[Series, ...]
    logarithmic: bool = False


class Bar(NamedTuple):
    """One labelled amount, 0 or more."""

    label: str
    value: float


class Bars(NamedTuple):
    """Amounts beside each other, in order. `unit` says what is counted."""

    title: str
    unit: str
    bars: tuple[Bar, ...]


class Frame(NamedTuple):
    """A named rectangle of cells: its first row and column, and how many of each it spans."""

    name: str
    row: int
    column: int
    rows: int
    columns: int


class Grid(NamedTuple):
    """Cells in rows, each with a short text, and frames around some of them, which may overlap."""

    title: str
    cells: tuple[tuple[str, ...], ...]
    frames: tuple[Frame, ...] = ()
    note: str = ""


class Box(NamedTuple):
    """A named rectangle in pixels: y points down, right and bottom lie behind the last pixel."""

    name: str
    left: float
    top: float
    right: float
    bottom: float


class Boxes(NamedTuple):
    """Rectangles over an image of `width` × `height` pixels; they may overlap, and reach over its edges."""

    title: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    note: str = ""


Figure = Curves | Bars | Grid | Boxes
