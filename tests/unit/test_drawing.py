"""Figures as characters: what a drawing shows, and that it is honest about what it has no room for."""

from __future__ import annotations

import itertools
import math
from random import Random

import pytest

from reference_impl.catalogue import references
from reference_impl.figures import Bar, Bars, Box, Boxes, Curves, Frame, Grid, Series
from studytui.drawing import draw, tallest
from studytui.text import display_width

Z = tuple(step / 4 for step in range(-20, 21))
ACTIVATIONS = Curves(
    "Activations",
    "z",
    "value",
    Z,
    (
        Series("sigmoid", tuple(1 / (1 + math.exp(-z)) for z in Z)),
        Series("tanh", tuple(math.tanh(z) for z in Z)),
    ),
)
VANISHING = Curves(
    "Gradients", "step", "norm", tuple(range(21)), (Series("half", tuple(0.5**k for k in range(21))),), logarithmic=True
)
LAYERS = Bars("Parameters", "weights", (Bar("conv1", 34_944), Bar("합성곱 2", 307_456), Bar("fc6", 37_752_832)))
ROW = Grid(
    "5 pixels", (("·", "0", "1", "2", "3", "4", "·"),), (Frame("place 0", 0, 0, 1, 3), Frame("place 1", 0, 2, 1, 3))
)
PADDED = Grid(
    "Windows",
    tuple(tuple("·" if 0 in {row, column} else str(10 * row + column) for column in range(4)) for row in range(4)),
    (Frame("first", 0, 0, 3, 3), Frame("second", 1, 1, 3, 3)),
)
ANCHORS = Boxes("Anchors", 600, 400, (Box("square", 200, 100, 400, 300), Box("tall", 250, -50, 350, 450)))
ALL = {"curves": ACTIVATIONS, "log": VANISHING, "bars": LAYERS, "row": ROW, "grid": PADDED, "boxes": ANCHORS}


def drawn(figure, width=60, height=20):
    lines = draw(figure, width, height)
    assert lines is not None
    return "\n".join(lines)


@pytest.mark.parametrize("figure", ALL.values(), ids=ALL)
@pytest.mark.parametrize("width", [*range(1, 60, 3), 80, 120])
def test_a_drawing_keeps_to_its_size_or_is_none(figure, width):
    for height in [*range(1, 24), 40]:
        lines = draw(figure, width, height)
        if lines is not None:
            assert 0 < len(lines) <= height
            assert max(map(display_width, lines)) <= width
            assert "".join(lines).strip()


@pytest.mark.parametrize("figure", ALL.values(), ids=ALL)
def test_every_drawing_has_room_in_a_small_window_and_uses_a_large_one(figure):
    assert draw(figure, 40, 12) is not None
    assert draw(figure, 120, 40) is not None


@pytest.mark.parametrize("figure", ALL.values(), ids=ALL)
def test_what_is_too_small_is_not_drawn(figure):
    assert draw(figure, 5, 6) is None
    assert draw(figure, 60, 1) is None


# -- curves ----------------------------------------------------------------------------------------------------------


def test_curves_differ_by_character_and_where_they_meet_by_another():
    assert drawn(ACTIVATIONS, 50, 13).splitlines() == [
        "Activations",
        "value over z",
        "     │                            ++==============",
        "     │                        *===**",
        " 0.5 ┤                  ******+",
        "   0 ┤******************┈┈┈┈++┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
        "     │                    ++",
        "−0.5 ┤                   +",
        "     │                +++",
        "     │++++++++++++++++",
        "     └────┬────────┬────────┬───────┬────────┬────",
        "         −4       −2        0       2        4",
        "* sigmoid  + tanh  = several",
    ]


def test_a_logarithmic_axis_is_labelled_with_powers_of_ten_and_says_so():
    text = drawn(VANISHING)
    assert "norm over step, logarithmic" in text
    assert "1e0 ┤*" in text
    assert "1e−6 ┤" in text


def test_a_logarithmic_curve_is_straight_where_the_values_shrink_by_a_factor():
    starts = [line.index("*") for line in drawn(VANISHING).splitlines()[2:17]]
    steps = [right - left for left, right in itertools.pairwise(starts)]
    assert max(steps[1:-1]) - min(steps[1:-1]) <= 2


def test_every_point_of_a_curve_is_drawn_a_single_peak_too():
    peak = Curves("Peak", "x", "y", tuple(range(1000)), (Series("", tuple(float(x == 500) for x in range(1000))),))
    (top,) = [line for line in drawn(peak, 40, 12).splitlines() if line.strip().startswith("1 ┤")]
    assert top.count("*") == 1


def test_values_that_cannot_be_drawn_break_the_curve():
    holes = Curves("Holes", "x", "y", (0, 1, 2, 3), (Series("a", (1.0, math.nan, math.inf, 2.0)),))
    assert drawn(holes, 40, 10).count("*") == 3  # two points and the legend
    assert draw(Curves("None", "x", "y", (0, 1), (Series("a", (math.nan, math.nan)),)), 60, 20) is None


def test_a_curve_of_one_point_or_one_value_is_drawn():
    assert drawn(Curves("Flat", "x", "y", (0, 1), (Series("a", (2.0, 2.0)),)), 40, 10).count("*") > 20
    assert "*" in drawn(Curves("Point", "x", "y", (3,), (Series("a", (0.0,)),)), 40, 10)


def test_more_curves_than_signs_are_not_drawn():
    many = tuple(Series(str(number), (0.0, float(number))) for number in range(13))
    assert draw(Curves("Many", "x", "y", (0, 1), many), 120, 40) is None
    assert draw(Curves("Many", "x", "y", (0, 1), many[:12]), 120, 40) is not None


def test_steps_in_time_have_no_halves():
    steps = Curves("Two steps", "t", "norm", (0, 1, 2), (Series("", (1.0, 0.5, 0.25)),))
    assert drawn(steps, 60, 12).splitlines()[-1].split() == ["0", "1", "2"]


def test_a_logarithmic_axis_within_a_decade_has_round_numbers():
    short = Curves("Short", "t", "norm", (0, 1), (Series("", (1.5, 9.0)),), logarithmic=True)
    assert [line.split()[0] for line in drawn(short, 60, 16).splitlines() if "┤" in line] == ["5", "2"]
    shorter = Curves("Shorter", "t", "norm", (0, 1), (Series("", (3.0, 4.0)),), logarithmic=True)
    assert [line.split()[0] for line in drawn(shorter, 60, 16).splitlines() if "┤" in line] == ["4", "3"]


# -- bars ------------------------------------------------------------------------------------------------------------


def test_bars_are_to_scale_and_tell_their_numbers():
    assert drawn(LAYERS, 40, 10).splitlines() == [
        "Parameters (weights)",
        "conv1    ▏                         34944",
        "합성곱 2 ▏                        307456",
        "fc6      ██████████████████████ 37752832",
    ]


def test_nothing_has_no_bar_and_the_least_has_one():
    lines = drawn(Bars("Few", "", (Bar("none", 0), Bar("least", 1), Bar("most", 10**6)))).splitlines()
    assert "▏" not in lines[1]
    assert "▏" in lines[2]
    assert drawn(Bars("Nothing", "", (Bar("a", 0), Bar("b", 0)))).count("0") == 2


def test_bars_without_room_are_the_smallest_and_are_counted():
    many = Bars("Many", "", tuple(Bar(f"layer {number}", (number * 7) % 20) for number in range(20)))
    lines = drawn(many, 40, 8).splitlines()
    assert [int(line.split()[-1]) for line in lines[1:-1]] == [14, 15, 16, 17, 18, 19]
    assert lines[-1] == "… and 14 smaller ones"
    assert draw(many, 40, 4) is None


def test_of_long_labels_the_end_is_kept():
    blocks = Bars(
        "Blocks", "", (Bar("features.denseblock1.denselayer1", 1), Bar("features.denseblock1.denselayer2", 2))
    )
    text = drawn(blocks, 40, 10)
    assert "layer1 " in text
    assert "layer2 " in text


# -- grids -----------------------------------------------------------------------------------------------------------


def test_frames_of_one_row_stand_below_it():
    assert drawn(ROW).splitlines() == [
        "5 pixels",
        "· 0 1 2 3 4 ·",
        "└───┘ place 0",
        "    └───┘ place 1",
    ]


def test_a_row_that_is_too_wide_has_narrow_cells_and_some_texts_above():
    long = Grid("", (tuple(map(str, range(30))),), (Frame("window", 0, 26, 1, 4),))
    assert drawn(long, 40, 10).splitlines() == [
        "          10 13 16 19 22 25 28",
        "0123456789▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪",
        "                          └──┘ window",
    ]
    assert draw(long, 29, 10) is None


def test_frames_without_room_are_counted():
    many = ROW._replace(frames=tuple(Frame(f"place {place}", 0, place, 1, 1) for place in range(7)))
    assert drawn(many, 60, 6).splitlines()[-1] == "… and 4 more"


def test_frames_of_a_grid_join_where_they_meet_and_are_named_by_a_letter():
    assert drawn(PADDED).splitlines() == [
        "Windows",
        "a────────┐",
        "│ ·  ·  ·│ ·",
        "│  b─────┼──┐",
        "│ ·│11 12│13│",
        "│  │     │  │",
        "│ ·│21 22│23│",
        "└──┼─────┘  │",
        "  ·│31 32 33│",
        "   └────────┘",
        "a first  b second",
    ]


def test_a_matrix_has_its_columns_under_each_other():
    assert drawn(Grid("", (("1", "0", "20"), ("0", "가", "1")))).splitlines() == ["1  0 20", "0 가  1"]


# -- boxes -----------------------------------------------------------------------------------------------------------


def test_boxes_are_to_scale_reach_over_the_edges_and_tell_their_coordinates():
    assert drawn(ANCHORS, 50, 13).splitlines() == [
        "Anchors",
        "         b───┐",
        "·········│···│·········",
        "·        │   │        ·",
        "·      a─┼───┼┐       ·",
        "·      │ │   ││       ·",
        "·      │ │   ││       ·",
        "·      └─┼───┼┘       ·",
        "·        │   │        ·",
        "·········│···│·········",
        "         └───┘",
        "a square (200, 100)–(400, 300)",
        "b tall (250, −50)–(350, 450)",
    ]


def test_the_list_of_boxes_stands_beside_the_image_where_the_image_is_larger_then():
    assert drawn(ANCHORS, 80, 13).splitlines()[1].endswith("b───┐             a square (200, 100)–(400, 300)")


def test_boxes_with_one_corner_both_have_their_letter():
    same = Boxes("Same", 100, 100, (Box("large", 10, 10, 90, 90), Box("small", 10, 10, 50, 50)))
    assert "ab──" in drawn(same)


def test_a_box_too_small_to_be_one_is_its_letter():
    dot = Boxes("Dot", 1000, 1000, (Box("pixel", 500, 500, 501, 501),))
    assert drawn(dot, 60, 12).splitlines()[6] == "·         a         ·"


# -- outside text ------------------------------------------------------------------------------------------------------


def test_nothing_that_a_terminal_obeys_is_drawn():
    bad = "\x1b[31m\x9b1m\u202e"
    figures = [
        Curves(bad, bad, bad, (0, 1), (Series(bad, (0.0, 1.0)),)),
        Bars(bad, bad, (Bar(bad, 1),)),
        Grid(bad, ((bad, "a"), ("b", bad)), (Frame(bad, 0, 0, 1, 1), Frame(bad, 1, 1, 1, 1)), bad),
        Grid(bad, ((bad,),), (Frame(bad, 0, 0, 1, 1),), bad),
        Boxes(bad, 10, 10, (Box(bad, 0, 0, 5, 5),), bad),
    ]
    for figure in figures:
        assert not {"\x1b", "\x9b", "\u202e"} & set(drawn(figure))


# -- every figure there is ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reference", [each for each in references() if each.offers_figure], ids=lambda each: each.name)
def test_what_a_reference_offers_can_be_drawn(reference):
    seen = 0
    drawn = list(itertools.islice(reference.draws(5, 400), 4_000))
    for arguments in Random(5).sample(drawn, min(len(drawn), 40)):
        figure = reference.figure_for(arguments)
        if figure is None:
            continue
        for width, height in ((36, 12), (56, 20), (77, 10), (120, 40)):
            lines = draw(figure, width, height)
            assert lines is None or (len(lines) <= height and max(map(display_width, lines)) <= width)
        assert draw(figure, 120, tallest(figure)) is not None, arguments
        seen += 1
    assert seen
