"""Slips: they are of the answer's type, differ from it somewhere, and are mostly told apart from each other."""

from __future__ import annotations

import itertools

import pytest

from reference_impl.arrays import plain
from reference_impl.catalogue import find, references
from reference_impl.compare import agree

SLIPS = [(each.name, slip.name) for each in references() for slip in each.slips]


def slip_of(reference, name):
    (slip,) = [each for each in reference.slips if each.name == name]
    return slip


def kind(value):
    return kind(value[0]) if isinstance(value, tuple) and value else type(value)


@pytest.mark.parametrize(("reference_name", "slip_name"), SLIPS)
def test_a_slip_differs_from_the_answer_on_many_draws(reference_name, slip_name):
    reference = find(reference_name)
    slip = slip_of(reference, slip_name)
    differs = drawn = 0
    for arguments in reference.draws(1, 300):
        value = plain(reference(**arguments))
        try:
            wrong = plain(slip.function(**arguments))
        except ValueError:
            continue  # the mistake leads to no value here
        drawn += 1
        differs += not agree(wrong, value)
        assert isinstance(wrong, tuple) == isinstance(value, tuple)
        if wrong != () and value != ():
            assert kind(wrong) is kind(value), (arguments, wrong, value)
    assert differs >= 0.08 * drawn > 0


@pytest.mark.parametrize("reference", references(), ids=lambda each: each.name)
def test_two_slips_of_a_reference_are_told_apart_somewhere(reference):
    told_apart = set()
    names = [slip.name for slip in reference.slips]
    for arguments in reference.draws(2, 300):
        said = {}
        for slip in reference.slips:
            try:
                said[slip.name] = plain(slip.function(**arguments))
            except ValueError:
                said[slip.name] = None
        told_apart |= {(one, two) for one, two in itertools.combinations(names, 2) if said[one] != said[two]}
    assert told_apart == set(itertools.combinations(names, 2))


@pytest.mark.parametrize(
    ("name", "arguments", "slip", "value"),
    [
        ("convolution.output_size", (7, 3, 2, 1), "padded_once", 3),
        ("convolution.output_size", (6, 3, 2, 0), "rounded_up", 3),
        ("convolution.output_size", (32, 5), "start_not_counted", 27),
        ("convolution.size_drop", (9, 3, 2), "two_per_stride", 4),
        ("convolution.same_padding", (5,), "both_sides", 4),
        ("convolution.parameters", (3, 4, 5), "depth_forgotten", 104),
        ("convolution.parameters", (128, 64, 3), "bias_mistaken", 73_728),
        ("convolution.inception_parameters", (192, 64, 96, 128, 16, 32, 32), "without_reducers", 393_216),
        ("convolution.transposed_size", (3, 3, 2), "stride_times_input", 6),
        ("recurrent.lstm_parameters", (10, 20), "biases_of_the_other", 2480),
        ("recurrent.lstm_parameters", (10, 20), "one_block_of_four", 640),
        ("recurrent.gru_parameters", (10, 20), "four_blocks", 2560),
        ("recurrent.lstm_cell_state", (0.5, 2.0, 0.25, 0.5), "gates_swapped", 0.75),
        ("recurrent.lstm_summary_length", (4, "previous"), "other_state", 5),
        ("recurrent.output_shape", (2, 5, 3, 4), "time_axis_of_one", (2, 1, 4)),
    ],
)
def test_a_slip_gives_what_the_mistake_gives(name, arguments, slip, value):
    reference = find(name)
    assert plain(slip_of(reference, slip).function(**reference.bind(*arguments))) == value
