"""Known figures: the worked examples of the notes and their audit, of papers, and of the libraries' documentation."""

from __future__ import annotations

import math

import pytest

from reference_impl.arrays import plain
from reference_impl.catalogue import find
from reference_impl.compare import agree

FIGURES = [
    # Dumoulin and Visin's figures: no padding, same padding, strides, padding with strides
    ("convolution.output_size(4, 3)", 2),
    ("convolution.output_size(5, 3, 1, 1)", 5),
    ("convolution.output_size(5, 3, 2)", 2),
    ("convolution.output_size(5, 3, 2, 1)", 3),
    ("convolution.output_size(6, 3, 2, 1)", 3),
    ("convolution.output_size(7, 3)", 5),
    ("convolution.output_size(7, 3, 2)", 3),
    ("convolution.output_size(32, 5, 2)", 14),
    ("convolution.output_size(32, 5)", 28),
    ("convolution.output_size(224, 11, 4)", 54),
    ("convolution.leftover(224, 11, 4)", 1),
    ("convolution.leftover(6, 3, 2)", 1),
    ("convolution.size_drop(6, 3, 2)", 4),
    ("convolution.size_drop(7, 3, 2)", 4),
    ("convolution.size_drop(5, 3, 2)", 3),
    ("convolution.size_drop(9, 3, 2)", 5),
    ("convolution.size_drop(32, 5, 2)", 18),
    ("convolution.size_drop(3, 1, 1, 2)", -4),
    ("convolution.same_padding(3)", 1),
    ("convolution.same_padding(4, 2)", 3),
    ("convolution.paddings_for(7, 3, 2, 4)", (1,)),
    ("convolution.paddings_for(6, 3, 4, 2)", (1, 2)),
    ("convolution.paddings_for(9, 3, 1, 2)", ()),
    ("convolution.padding_for(6, 3, 4, 2)", 1),
    ("convolution.output_shape(32, 32, 4, 5)", (4, 28, 28)),
    ("convolution.output_shape(32, 24, 4, 5, channels_last=True)", (28, 20, 4)),
    ("convolution.weight_shape(3, 4, 5)", (4, 3, 5, 5)),
    ("convolution.weight_shape(96, 256, 5, groups=2)", (256, 48, 5, 5)),
    # the notes' two layers, with and without biases
    ("convolution.parameters(3, 4, 5, bias=False)", 300),
    ("convolution.parameters(3, 4, 5)", 304),
    ("convolution.parameters(4, 10, 5, bias=False)", 1_000),
    ("convolution.parameters(4, 10, 5)", 1_010),
    ("convolution.parameters(128, 64, 3, bias=False)", 73_728),
    ("convolution.parameters(128, 64, 3)", 73_792),
    # AlexNet on two GPUs
    ("convolution.parameters(3, 96, 11, bias=False)", 34_848),
    ("convolution.parameters(96, 256, 5, 2)", 307_456),
    ("convolution.parameters(256, 384, 3)", 885_120),
    ("convolution.parameters(384, 384, 3, 2)", 663_936),
    ("convolution.parameters(384, 256, 3, 2)", 442_624),
    ("convolution.linear_parameters(9216, 4096)", 37_752_832),
    ("convolution.linear_parameters(4096, 4096)", 16_781_312),
    ("convolution.linear_parameters(4096, 1000)", 4_097_000),
    ("convolution.linear_parameters(256, 10, bias=False)", 2_560),
    ("convolution.pool_size(13, 3, 2)", 6),
    ("convolution.pool_size(6, 2)", 3),
    ("convolution.pool_size(112, 3, 2, ceil_mode=True)", 56),
    ("convolution.multiply_adds(28, 28, 192, 128, 3, 1, 1)", 28 * 28 * 9 * 192 * 128),
    # VGG: two 3×3 see as much as one 5×5, for 18/25 of the weights
    ("convolution.receptive_field((3, 3), (1, 1))", 5),
    ("convolution.receptive_field((3, 3, 3), (1, 1, 1))", 7),
    ("convolution.receptive_field((3, 3), (2, 1))", 7),
    ("convolution.receptive_field((7, 3), (2, 2))", 11),
    ("convolution.receptive_field((3, 3), (1, 1), (1, 2))", 7),
    ("convolution.jump((2, 2, 1))", 4),
    ("convolution.stacked_parameters(2, 3, 128)", 294_912),
    ("convolution.stacked_parameters(1, 5, 128)", 409_600),
    ("convolution.reduced_parameters(128, 32, 128, 3)", 40_960),
    # GoogLeNet, block 3a
    ("convolution.inception_parameters(192, 64, 96, 128, 16, 32, 32)", 163_328),
    ("convolution.inception_channels(64, 128, 32, 32)", 256),
    ("convolution.transposed_size(4, 3)", 6),
    ("convolution.transposed_size(3, 3, 2, 1, 1)", 6),
    # the audit's image 0..24: 43 unflipped, 41 flipped
    ("convolution.cross_correlation_at(IMAGE, KERNEL, 0, 0)", 43),
    ("convolution.convolution_at(IMAGE, KERNEL, 0, 0)", 41),
    ("convolution.full_convolution((1, 2, 3), (0, 1, 0.5))", (0.0, 1.0, 2.5, 4.0, 1.5)),
    # PyTorch and Keras on (10, 20)
    ("recurrent.rnn_parameters(10, 20)", 640),
    ("recurrent.rnn_parameters(10, 20, biases=1)", 620),
    ("recurrent.lstm_parameters(10, 20)", 2_560),
    ("recurrent.lstm_parameters(10, 20, biases=1)", 2_480),
    ("recurrent.gru_parameters(10, 20)", 1_920),
    ("recurrent.gru_parameters(10, 20, biases=1)", 1_860),
    ("recurrent.gru_parameters(10, 20, biases=0)", 1_800),
    ("recurrent.output_shape(2, 5, 3, 4)", (2, 4)),
    ("recurrent.output_shape(2, 5, 3, 4, True)", (2, 5, 4)),
    ("recurrent.gate_value(0)", 0.5),
    ("recurrent.gate_value((0, math.log(3)))", (0.5, 0.75)),
    ("recurrent.gate_value(-1000)", 0.0),
    ("recurrent.candidate_value(0.5 * math.log(3))", 0.5),
    ("recurrent.lstm_gate('forget gate', 1, 0, 0, 5, 0)", 0.5),
    ("recurrent.lstm_cell_state(0.5, 2, 0.25, 1)", 1.25),
    ("recurrent.lstm_cell_state((1, 0), (3, 3), (0, 1), (0.5, 0.5))", (3.0, 0.5)),
    ("recurrent.lstm_hidden_state(0.5, 0.5 * math.log(3))", 0.25),
    ("recurrent.lstm_cell_gain((0.5, 0.5))", 0.25),
    ("recurrent.lstm_cell_gain(((0.5, 1), (0.5, 0)))", (0.25, 0.0)),
    ("recurrent.lstm_summary_length(7)", 8),
    ("recurrent.lstm_summary_length(7, 'previous')", 7),
    ("recurrent.gru_state(0.25, 1, 0)", 0.75),
    ("recurrent.gru_state(0.25, 1, 0, update_keeps=False)", 0.25),
    # reset 0 and keep 1: a GRU forgets nothing
    ("recurrent.gru_step((1,), (0.5,), ((0,),) * 3, ((0,),) * 3, (-1e4, 1e4, 0), (0, 0, 0))", (0.5,)),
]

IMAGE = tuple(tuple(range(row, row + 5)) for row in range(0, 25, 5))
KERNEL = ((1, 2, 0), (0, 1, -1), (3, 0, 1))


@pytest.mark.parametrize(("call", "figure"), FIGURES)
def test_a_known_figure_is_found(call, figure):
    name, arguments = call.split("(", 1)
    bound = eval(f"bind({arguments}", {"bind": find(name).bind, "math": math, "IMAGE": IMAGE, "KERNEL": KERNEL})
    value = plain(find(name)(**bound))
    assert agree(value, figure), value


def test_whole_numbers_stay_whole_and_mixed_ones_become_floats():
    correlate = find("convolution.cross_correlation")
    assert correlate(((1, 2), (3, 4)), ((1,),)) == ((1, 2), (3, 4))
    mixed = correlate(((1, 0.5), (3, 4)), ((1,),), 1, 1)
    assert {type(entry) for row in mixed for entry in row} == {float}


def test_numpy_arrays_are_taken_like_lists():
    import numpy as np

    step = find("recurrent.lstm_step")
    arrays = [np.full(shape, 0.25) for shape in (3, 2, 2, (8, 3), (8, 2), 8)]
    assert step(*arrays) == step(*[plain(array) for array in arrays])
