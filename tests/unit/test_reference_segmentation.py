"""The topic `segmentation`: figures of the notes and their audit, refusals, slips, and figures as data."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from reference_impl import convolution, segmentation
from reference_impl.arrays import plain
from reference_impl.catalogue import find
from reference_impl.figures import Bar, Curves, Frame, Grid

NAN = float("nan")
#: The audit's pixel: dog, cat, tree, computer, tiger.
PIXEL = (((0.45,),), ((0.94,),), ((0.02,),), ((0.05,),), ((0.21,),))


@pytest.mark.parametrize(
    ("name", "arguments", "value"),
    [
        ("dense_kernel_shape", (16, 4, 4, 10), (10, 16, 4, 4)),
        ("dense_parameters", (16, 4, 4, 10, False), 2_560),
        ("dense_parameters", (16, 4, 4, 10), 2_570),
        # VGG-16: fc6 becomes a convolution of 7×7, and what is behind it one of 1×1
        ("dense_parameters", (512, 7, 7, 4096), 102_764_544),
        ("dense_parameters", (4096, 1, 1, 4096), 16_781_312),
        ("dense_column", (512, 7, 7, 1, 0, 0), 49),
        ("dense_column", (512, 7, 7, 511, 6, 6), 25_087),
        ("dense_value", ((((1, 2), (3, 4)), ((5, 6), (7, 8))), (1, 0, 0, 0, 0, 10, 0, 0)), 61),
        ("map_size", (4, (4,)), 1),
        ("map_size", (5, (4,)), 2),
        ("map_size", (8, (4,)), 5),
        ("map_size", (12, (4,)), 9),
        # five 2×2 poolings and fc6, behind a padding of 100 like that of FCN-32s
        ("map_size", (224, (3, 2, 2, 2, 2, 2, 7), (1, 2, 2, 2, 2, 2, 1), (100, 0, 0, 0, 0, 0, 0)), 7),
        ("least_input_size", ((4,),), 4),
        ("least_input_size", ((2, 2, 2, 2, 2, 7), (2, 2, 2, 2, 2, 1)), 224),
        ("least_input_size", ((3,), (), (1,)), 1),
        # FCN-32s upsamples by 32 in one layer, FCN-8s by 2, 2 and 8
        ("upsampled_size", (7, (64,), (32,)), 256),
        ("upsampled_size", (7, (4, 4, 16), (2, 2, 8)), 280),
        ("upsampled_size", (7, (4,), (2,), (1,)), 14),
        ("transposed_convolution1d", ((1, 2), (1, 10, 100), 2), (1, 10, 102, 20, 200)),
        ("transposed_convolution1d", ((1, 2), (1, 10, 100), 2, 1, 1), (10, 102, 20, 200)),
        ("transposed_convolution", (((1, 2), (3, 4)), ((1, 1), (1, 1))), ((1, 3, 2), (4, 10, 6), (3, 7, 4))),
        ("transposed_convolution_at", (((1, 2), (3, 4)), ((1, 1), (1, 1)), 1, 1), 10),
        ("transposed_convolution_at", (((1, 2), (3, 4)), ((1, 2), (3, 4)), 2, 3, 2), 8),
        ("convolution_matrix", ((1, 2, 3), 4), ((1, 2, 3, 0), (0, 1, 2, 3))),
        ("convolution_matrix", ((1, 0.5), 2), ((1.0, 0.5),)),
        ("convolution_matrix", ((1, 2, 3), 3, 2, 1), ((2, 3, 0), (0, 1, 2))),
        ("transposed_matrix", ((1, 2, 3), 2), ((1, 0), (2, 1), (3, 2), (0, 3))),
        ("convolution_matrix_shape", (4, 3), (4, 16)),
        ("convolution_rank", (4, 3), 4),
        ("null_space_dimensions", (4, 3), 12),
        ("null_space_dimensions", (4, 1), 0),
        ("label_at", (PIXEL, 0, 0), 1),
        ("label_map", (PIXEL,), ((1,),)),
        ("label_map", ((((0.5, 0.1),), ((0.5, 0.2),)),), ((0, 1),)),
    ],
)
def test_a_known_figure_is_found(name, arguments, value):
    assert plain(find(f"segmentation.{name}")(*arguments)) == value


@pytest.mark.parametrize("bias", [False, True])
def test_a_dense_layer_and_its_convolution_have_the_same_number_of_parameters(bias):
    count = segmentation.dense_parameters(16, 4, 4, 10, bias)
    assert count == convolution.linear_parameters(256, 10, bias) == convolution.parameters(16, 10, 4, bias=bias)


def test_a_map_larger_than_the_kernel_holds_the_dense_layer_at_every_place():
    generator = torch.Generator().manual_seed(1)
    maps = torch.randint(-5, 6, (3, 6, 7), generator=generator)
    weights = torch.randint(-5, 6, (3 * 4 * 4,), generator=generator)
    heat = functional.conv2d(maps[None], weights.view(1, 3, 4, 4))[0, 0]
    for top in range(segmentation.map_size(6, (4,))):
        for left in range(segmentation.map_size(7, (4,))):
            seen = maps[:, top : top + 4, left : left + 4]
            assert segmentation.dense_value(plain(seen), plain(weights)) == heat[top, left]


def test_a_sum_cannot_be_undone_though_its_shape_can():
    # 2 + 8 and 3 + 7 are both 10
    both = [convolution.cross_correlation((row,), ((1, 1),)) for row in ((2, 8), (3, 7))]
    assert both == [((10,),), ((10,),)]
    assert segmentation.transposed_convolution(both[0], ((1, 1),)) == ((10, 10),)


def test_the_matrix_does_what_the_layer_does():
    matrix = torch.tensor(segmentation.transposed_matrix((1, 2, 3), 4, 2, 1))
    assert plain(matrix @ torch.tensor((1, -1, 2, 5))) == segmentation.transposed_convolution1d(
        (1, -1, 2, 5), (1, 2, 3), 2, 1
    )


def test_numbers_of_both_kinds_become_floats():
    mixed = segmentation.transposed_convolution(((1, 0.5),), ((1,),))
    assert {type(entry) for row in mixed for entry in row} == {float}
    assert type(segmentation.dense_value((((1,),),), (2.0,))) is float
    assert {type(entry) for row in segmentation.convolution_matrix((1, 0.5), 3) for entry in row} == {float}


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("dense_column", (3, 4, 4, 3, 0, 0), "channel must be at most 2, not 3"),
        ("dense_column", (3, 4, 4, 0, 0, 4), "column must be at most 3, not 4"),
        ("dense_column", (2000, 4, 4, 0, 0, 0), "in_channels must be at most 1,024, not 2000"),
        ("dense_value", ((((1, 2),),), (1,)), "weights must be 2, one for each entry of maps, not 1"),
        ("dense_value", ((((1, 2),), ((1,),)), (1,)), "maps must have maps of one size, not of 1×2 and of 1×1"),
        ("dense_value", ((((1, NAN),),), (1, 2)), "every entry of each row of each map of maps must be a number from"),
        ("dense_value", (3, (1,)), "maps must be a list of 1 to 64 maps, not 3"),
        ("map_size", (3, (2, 3)), "kernel_sizes must fit into what they read: layer 2 has 3 for 2 + 2·0"),
        ("map_size", (3, (2,), (0,)), "every entry of strides must be a whole number of at least 1, not 0"),
        ("map_size", (3, (2,), (1, 1)), "strides must be a list of 1 like kernel_sizes, not a list of 2"),
        ("map_size", (3, ()), "kernel_sizes must be a list of 1 to 32 whole numbers, not ()"),
        ("least_input_size", ((1000, 3),), "kernel_sizes and strides must need an input of at most 1,000 pixels"),
        ("upsampled_size", (1, (1,), (1,), (1,)), "paddings must leave at least one pixel, and layer 1 crops all"),
        ("upsampled_size", (1000, (2,), (64,)), "strides must give at most 10,000 pixels, and layer 1 gives 63,938"),
        (
            "transposed_convolution1d",
            ((1, 2), (1,), 2, 0, 2),
            "output_padding must be smaller than stride or dilation, not 2 for 2",
        ),
        ("transposed_convolution", (((1,),), ((1,),), 1, 1), "padding must leave at least one pixel of the output"),
        (
            "transposed_convolution",
            (((1,) * 9,), ((1,),)),
            "image and kernel must be at most 8×8: choose smaller ones",
        ),
        (
            "transposed_convolution_at",
            (((1,),), ((1,),), 1, 0),
            "row and column must be a place of the output, which is 1×1, not (1, 0)",
        ),
        ("convolution_matrix", ((1, 2, 3), 2), "kernel must fit into the padded input: 3 in 2 + 2·0"),
        ("convolution_rank", (3, 4), "kernel_size must fit into the image: 4 in 3"),
        ("convolution_rank", (40, 4), "input_size must be at most 12, not 40"),
        ("label_at", (PIXEL, 1, 0), "row and column must be a pixel of the maps, which are 1×1, not (1, 0)"),
        ("label_map", ((((1,),), ((1, 2),)),), "scores must have maps of one size, not of 1×1 and of 1×2"),
    ],
)
def test_a_refusal_names_the_argument_and_the_rule(name, arguments, sentence):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the sentence is compared below
        find(f"segmentation.{name}")(*arguments)
    assert str(raised.value).startswith(sentence)


@pytest.mark.parametrize(
    ("name", "arguments", "slip", "value"),
    [
        ("dense_parameters", (16, 4, 4, 10, False), "one_by_one_weights", 160),
        ("dense_column", (3, 4, 4, 1, 2, 3), "pixel_by_pixel", 34),
        ("map_size", (12, (4,)), "in_proportion", 3),
        ("upsampled_size", (7, (64,), (32,)), "strides_times_input", 224),
        ("transposed_convolution1d", ((1, 2), (1, 10, 100), 2), "later_copies_win", (1, 10, 2, 20, 200)),
        ("null_space_dimensions", (4, 3), "weights_taken_off", 7),
        ("label_map", (PIXEL,), "labels_from_one", ((2,),)),
    ],
)
def test_a_slip_gives_what_the_mistake_gives(name, arguments, slip, value):
    reference = find(f"segmentation.{name}")
    (found,) = [each for each in reference.slips if each.name == slip]
    assert plain(found.function(**reference.bind(*arguments))) == value


def figure(name, *arguments):
    reference = find(f"segmentation.{name}")
    return reference.figure_for(reference.bind(*arguments))


def test_the_map_is_drawn_beside_one_in_proportion():
    curves = figure("map_size", 5, (4,))
    assert isinstance(curves, Curves)
    assert curves.x == (4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0)
    assert [(each.name, each.values[-1]) for each in curves.series] == [("map", 9.0), ("in proportion", 3.0)]
    assert figure("map_size", 9_999, (4,)) is None


def test_sizes_are_drawn_layer_by_layer():
    bars = figure("upsampled_size", 7, (4, 4, 16), (2, 2, 8)).bars
    assert bars == (Bar("input", 7), Bar("layer 1", 16), Bar("layer 2", 34), Bar("layer 3", 280))


def test_the_copies_of_a_kernel_are_framed_and_the_crop_is_marked():
    grid = figure("transposed_convolution1d", (1, 2), (1, 10, 100), 2, 1, 0)
    assert grid.cells == (("·", "10", "102", "20", "·"),)
    assert grid.frames == (Frame("1 × kernel", 0, 0, 1, 3), Frame("2 × kernel", 0, 2, 1, 3))
    assert grid.note == "“·” is cropped"
    assert figure("transposed_convolution1d", (1, 2), (1, 10, 100), 2).note == ""
    assert figure("transposed_convolution1d", (1,) * 16, (1,) * 16, 8) is None


def test_matrices_and_labels_are_drawn_as_they_are():
    assert figure("convolution_matrix", (1, -2), 3).cells == (("1", "-2", "·"), ("·", "1", "-2"))
    assert figure("transposed_matrix", (1, -2), 2).cells == (("1", "·"), ("-2", "1"), ("·", "-2"))
    assert figure("transposed_matrix", (1,), 30, 8) is None
    assert figure("label_map", PIXEL) == Grid("Each pixel's best class", (("1",),))
    assert figure("label_map", (((1,) * 41,),)) is None
