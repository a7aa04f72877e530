"""Figures as data: whatever is drawn of a domain, what a figure says can be drawn."""

from __future__ import annotations

import math

import pytest

from reference_impl.catalogue import references
from reference_impl.coincidences import sample
from reference_impl.figures import Bars, Boxes, Curves, Grid

DRAWS = 150
#: What a terminal has room for: signs in a title or note, in a label, in a cell; points of a curve, cells of a grid.
LONGEST_TITLE, LONGEST_LABEL, LONGEST_CELL = 100, 40, 12
MOST_POINTS, MOST_SERIES, MOST_BARS, MOST_CELLS, MOST_FRAMES = 1000, 12, 200, 4096, 4096


def has_figure(reference):
    reference.figure_for(sample(reference, 1)[0])
    return reference._figure is not None


WITH_FIGURE = [each for each in references() if has_figure(each)]


def is_number(value):
    return type(value) in {int, float} and math.isfinite(value)


def is_line(text, longest):
    return isinstance(text, str) and text == text.strip() and text.isprintable() and 0 < len(text) <= longest


def is_tuple_of(kind, values):
    return type(values) is tuple and all(isinstance(each, kind) for each in values)


def assert_curves(figure):
    assert is_line(figure.x_label, LONGEST_LABEL)
    assert is_line(figure.y_label, LONGEST_LABEL)
    assert is_tuple_of((int, float), figure.x)
    assert 1 <= len(figure.x) <= MOST_POINTS
    assert all(map(is_number, figure.x))
    assert list(figure.x) == sorted(set(figure.x))
    assert 1 <= len(figure.series) <= MOST_SERIES
    assert len({each.name for each in figure.series}) == len(figure.series)
    for each in figure.series:
        assert is_line(each.name, LONGEST_LABEL)
        assert is_tuple_of((int, float), each.values)
        assert len(each.values) == len(figure.x)
        assert all(map(is_number, each.values))
        assert not figure.logarithmic or min(each.values) > 0


def assert_bars(figure):
    assert is_line(figure.unit, LONGEST_LABEL)
    assert 1 <= len(figure.bars) <= MOST_BARS
    for each in figure.bars:
        assert is_line(each.label, LONGEST_LABEL)
        assert is_number(each.value)
        assert each.value >= 0


def assert_grid(figure):
    assert is_tuple_of(tuple, figure.cells)
    assert len({len(row) for row in figure.cells}) == 1
    assert 1 <= len(figure.cells) * len(figure.cells[0]) <= MOST_CELLS
    for cell in [cell for row in figure.cells for cell in row]:
        assert isinstance(cell, str)
        assert cell == "" or is_line(cell, LONGEST_CELL)
    assert len(figure.frames) <= MOST_FRAMES
    for frame in figure.frames:
        assert is_line(frame.name, LONGEST_LABEL)
        assert all(type(each) is int for each in frame[1:])
        assert 0 <= frame.row < frame.row + frame.rows <= len(figure.cells)
        assert 0 <= frame.column < frame.column + frame.columns <= len(figure.cells[0])


def assert_boxes(figure):
    assert is_number(figure.width)
    assert is_number(figure.height)
    assert min(figure.width, figure.height) > 0
    for box in figure.boxes:
        assert is_line(box.name, LONGEST_LABEL)
        assert all(map(is_number, box[1:]))
        assert box.left <= box.right
        assert box.top <= box.bottom


ASSERTIONS = {Curves: assert_curves, Bars: assert_bars, Grid: assert_grid, Boxes: assert_boxes}


@pytest.mark.parametrize("reference", WITH_FIGURE, ids=lambda each: each.name)
def test_figures_can_be_drawn_over_the_whole_domain(reference):
    found = [reference.figure_for(arguments) for arguments in sample(reference, DRAWS)]
    figures = [figure for figure in found if figure is not None]
    assert len(figures) >= len(found) / 4, "a figure that is hardly ever there"
    for figure in figures:
        assert is_line(figure.title, LONGEST_TITLE)
        assert not figure.title.endswith(".")
        assert not getattr(figure, "note", "") or is_line(figure.note, LONGEST_TITLE)
        ASSERTIONS[type(figure)](figure)
        assert hash(figure) is not None  # tuples all the way: nothing that could change afterwards


@pytest.mark.parametrize("reference", WITH_FIGURE, ids=lambda each: each.name)
def test_a_figure_of_the_same_arguments_is_the_same(reference):
    for arguments in sample(reference, 10):
        assert reference.figure_for(arguments) == reference.figure_for(dict(arguments))
