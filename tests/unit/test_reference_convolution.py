"""Convolution: known figures of pooling, named filters and savings, what is refused, and what the figures show."""

from __future__ import annotations

import pytest

from reference_impl.arrays import plain
from reference_impl.catalogue import find
from reference_impl.convolution import (
    average_pool,
    break_even_channels,
    convolution,
    filtered,
    full_convolution,
    inception_shape,
    kernel_ratio,
    max_pool,
    output_shape,
    parameters,
    receptive_field,
    reduced_parameters,
    stacked_parameters,
    stacked_ratio,
)
from reference_impl.figures import Bar, Frame, Series

IMAGE = ((1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12), (13, 14, 15, 16))
PLAIN = ((7,) * 4,) * 4
STEP = ((0, 0, 9, 9),) * 4


def figure(name, *arguments, **more):
    reference = find(name)
    return reference.figure_for(reference.bind(*arguments, **more))


def test_max_pooling_takes_the_largest_of_each_window():
    assert max_pool(IMAGE, 2) == ((6, 8), (14, 16))
    assert max_pool(IMAGE, 3, 1) == ((11, 12), (15, 16))
    assert max_pool(((-7, -2), (-3, -4)), 2) == ((-2,),)


def test_one_float_makes_floats_of_all_maxima():
    pooled = max_pool(((1, 2.5), (3, 4)), 1)
    assert pooled == ((1.0, 2.5), (3.0, 4.0))
    assert {type(entry) for row in pooled for entry in row} == {float}


def test_padding_never_wins_a_maximum():
    assert max_pool(((-7, -2), (-3, -4)), 2, 2, 1) == ((-7, -2), (-3, -4))


def test_average_pooling_takes_the_mean_of_each_window():
    assert average_pool(IMAGE, 2) == ((3.5, 5.5), (11.5, 13.5))
    assert average_pool(((4, 8), (0, 2)), 2, 2, 1) == ((1.0, 2.0), (0.0, 0.5))
    assert average_pool(((4, 8), (0, 2)), 2, 2, 1, count_include_pad=False) == ((4.0, 8.0), (0.0, 2.0))


@pytest.mark.parametrize("name", ["blur", "sharpen", "emboss"])
def test_filters_whose_weights_add_up_to_one_leave_a_plain_area_alone(name):
    for row in filtered(PLAIN, name):
        assert row == pytest.approx((7, 7))


@pytest.mark.parametrize("name", ["outline", "horizontal edges", "vertical edges"])
def test_filters_whose_weights_add_up_to_zero_see_nothing_in_a_plain_area(name):
    assert filtered(PLAIN, name) == ((0.0, 0.0), (0.0, 0.0))


def test_edges_are_seen_in_their_own_direction():
    assert filtered(STEP, "vertical edges") == ((36.0, 36.0), (36.0, 36.0))
    assert filtered(STEP, "horizontal edges") == ((0.0, 0.0), (0.0, 0.0))
    assert filtered(STEP, "outline") == ((-27.0, 27.0), (-27.0, 27.0))


def test_one_float_makes_floats_of_all_values():
    values = full_convolution((1, 2), (1, 0.5))
    assert values == (1.0, 2.5, 1.0)
    assert set(map(type, values)) == {float}
    assert set(map(type, full_convolution((1, 2), (3, 4)))) == {int}


def test_eleven_against_three_is_121_to_9():
    assert kernel_ratio(11, 3) == 121 / 9
    assert kernel_ratio(5, 3) == 25 / 9


def test_two_small_kernels_have_72_percent_of_the_weights_of_one_large():
    assert stacked_ratio(2, 3) == 0.72
    assert stacked_ratio(3, 3) == pytest.approx(27 / 49)
    assert stacked_ratio(2, 3) == stacked_parameters(2, 3, 128) / stacked_parameters(1, 5, 128)
    assert receptive_field((3, 3), (1, 1)) == 5


def test_a_reduction_of_128_channels_breaks_even_at_115():
    assert break_even_channels(128, 128, 3) == 115
    direct = parameters(128, 128, 3, bias=False)
    assert reduced_parameters(128, 32, 128, 3) == 40_960
    assert reduced_parameters(128, 115, 128, 3) < direct < reduced_parameters(128, 116, 128, 3)


def test_a_width_that_only_breaks_even_saves_nothing():
    # 2·m + 1·m·2 = 4·m against 4, so one channel costs as much
    assert break_even_channels(2, 2, 1) == 0
    assert reduced_parameters(2, 1, 2, 1) == parameters(2, 2, 1, bias=False)


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("convolution.max_pool", (IMAGE, 5), "kernel_size must fit into the padded input: 5 in 4 + 2·0"),
        ("convolution.max_pool", (IMAGE, 2, 0), "stride must be a whole number of at least 1, not 0"),
        ("convolution.max_pool", (IMAGE, 2, 1, 2), "padding must be at most half of kernel_size when pooling, not 2 "),
        ("convolution.max_pool", (((1,) * 64,) * 64, 32, 1), "kernel_size and stride must need at most 200,000 "),
        ("convolution.average_pool", (IMAGE, 2, None, 0, 1), "count_include_pad must be True or False, not 1"),
        ("convolution.filtered", (IMAGE, "blurr"), "name must be “blur”, “sharpen”, “outline”, "),
        ("convolution.filtered", (((1, 2), (3, 4)), "blur"), "kernel must fit into the padded image: 3×3 in 2×2"),
        ("convolution.stacked_ratio", (0, 3), "layers must be a whole number of at least 1, not 0"),
        ("convolution.kernel_ratio", (3, 0), "other_kernel_size must be a whole number of at least 1, not 0"),
        ("convolution.break_even_channels", (0, 4, 3), "in_channels must be a whole number of at least 1, not 0"),
        ("convolution.stacked_parameters", (2, 3, 0), "channels must be a whole number of at least 1, not 0"),
        ("convolution.receptive_field", ((3,), (1,), None), "dilations must be a list of 1 to 256 whole numbers, not "),
    ],
)
def test_a_refusal_names_the_argument_and_the_rule(name, arguments, sentence):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the sentence is compared below
        find(name)(*arguments)
    assert str(raised.value).startswith(sentence)


@pytest.mark.parametrize(
    ("name", "arguments", "slip", "value"),
    [
        ("convolution.max_pool", (((-7, 2), (1, 0)), 2), "largest_magnitude", ((-7,),)),
        ("convolution.max_pool", (IMAGE, 2), "max_one_apart", ((6, 7, 8), (10, 11, 12), (14, 15, 16))),
        ("convolution.average_pool", (IMAGE, 2), "sums_not_divided", ((14.0, 22.0), (46.0, 54.0))),
        ("convolution.average_pool", (IMAGE, 2), "divided_by_side", ((7.0, 11.0), (23.0, 27.0))),
        ("convolution.kernel_ratio", (11, 3), "ratio_of_sides", 11 / 3),
        ("convolution.stacked_ratio", (2, 3), "large_kernel_too_large", 0.5),
        ("convolution.break_even_channels", (128, 128, 3), "reduction_is_free", 127),
        ("convolution.filtered", (STEP, "vertical edges"), "filter_turned", ((-36.0, -36.0), (-36.0, -36.0))),
    ],
)
def test_a_slip_gives_what_the_mistake_gives(name, arguments, slip, value):
    reference = find(name)
    (found,) = [each for each in reference.slips if each.name == slip]
    assert plain(found.function(**reference.bind(*arguments))) == value


def test_whole_and_broken_numbers_may_meet_in_one_layer():
    assert convolution(((1, 2), (3, 4)), ((0.5,),)) == ((0.5, 1.0), (1.5, 2.0))


def test_the_figure_of_a_size_is_the_padded_row_with_its_windows():
    found = figure("convolution.output_size", 6, 3, 2, 1)
    assert found.title == "3 places on 6 pixels with padding 1"
    assert found.cells == (("·", "0", "1", "2", "3", "4", "5", "·"),)
    assert found.frames == tuple(Frame(f"place {place}", 0, 2 * place, 1, 3) for place in range(3))
    assert found.note == "1 column behind the last place"
    assert figure("convolution.output_size", 41, 3) is None


def test_the_figure_of_a_shape_is_the_padded_image_with_its_windows():
    found = figure("convolution.output_shape", 3, 4, 8, 3, 2, 1)
    assert (len(found.cells), len(found.cells[0]), len(found.frames)) == (5, 6, 4)
    assert found.cells[1] == ("·", "□", "□", "□", "□", "·")
    assert found.frames[-1] == Frame("(1, 1)", 2, 2, 3, 3)


def test_the_figure_of_a_pooling_shows_the_window_that_hangs_over_the_edge():
    found = figure("convolution.pool_size", 5, 2, ceil_mode=True)
    assert len(found.frames) == 3
    assert found.cells == (("0", "1", "2", "3", "4", ""),)
    assert found.note == "the last window hangs over the edge by 1"


def test_the_figure_of_values_shows_the_pixels():
    found = figure("convolution.cross_correlation", ((1, -2), (0.25, 4)), ((1,),), 1, 1)
    assert found.cells[1] == ("·", "1", "−2", "·")
    assert found.cells[2] == ("·", "0.25", "4", "·")
    assert len(found.frames) == 16


def test_the_figure_of_a_receptive_field_is_its_growth():
    found = figure("convolution.receptive_field", (3, 3, 3), (1, 2, 1))
    assert found.series == (Series("receptive field", (1, 3, 5, 9)), Series("jump", (1, 1, 2, 2)))
    assert found.x == (0, 1, 2, 3)


def test_the_figure_of_a_stack_sets_it_beside_the_large_kernel():
    found = figure("convolution.stacked_parameters", 2, 3, 128)
    assert found.bars == (Bar("2 × 3×3", 294_912), Bar("1 × 5×5", 409_600))


def test_the_figure_of_an_inception_block_has_all_of_its_parameters():
    found = figure("convolution.inception_parameters", 192, 64, 96, 128, 16, 32, 32)
    assert sum(bar.value for bar in found.bars) == 163_328


def test_the_figure_of_a_transposed_convolution_crops_both_sides():
    found = figure("convolution.transposed_size", 3, 3, 2, 1)
    assert found.cells == (("×", "0", "1", "2", "3", "4", "×"),)
    assert [frame.column for frame in found.frames] == [0, 2, 4]


def test_an_inception_block_puts_out_what_ends_its_branches():
    block = (28, 28, 192, 64, 96, 128, 16, 32, 32)  # 3a of the paper
    assert inception_shape(*block) == (256, 28, 28)
    slips = {slip.name: slip for slip in inception_shape.slips}
    arguments = inception_shape.bind(*block)
    assert slips["reducers_put_out"].function(**arguments) == (368, 28, 28)
    assert slips["pool_keeps_channels"].function(**arguments) == (416, 28, 28)


def test_the_channels_of_the_image_have_no_say_in_the_shape_but_in_its_slips():
    slips = {slip.name: slip for slip in output_shape.slips}
    arguments = output_shape.bind(32, 32, 4, 5, in_channels=3)
    assert output_shape(**arguments) == output_shape(32, 32, 4, 5) == (4, 28, 28)
    assert slips["channels_of_image"].function(**arguments) == (3, 28, 28)
    assert slips["channels_multiplied"].function(**{**arguments, "channels_last": True}) == (28, 28, 12)
    with pytest.raises(ValueError, match="the image's channels are not given"):
        slips["channels_of_image"].function(**output_shape.bind(32, 32, 4, 5))
