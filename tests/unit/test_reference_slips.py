"""Slips: they are of the answer's type, differ from it somewhere, and are mostly told apart from each other."""

from __future__ import annotations

import pytest

from reference_impl.arrays import plain
from reference_impl.catalogue import find, references
from reference_impl.coincidences import Coincidence, coincidences, sample, slip_values
from reference_impl.domain import Domain, whole
from reference_impl.reference import reference

EACH = pytest.mark.parametrize("each", references(), ids=lambda each: each.name)


def slip_of(reference, name):
    (slip,) = [each for each in reference.slips if each.name == name]
    return slip


def kind(value):
    return kind(value[0]) if isinstance(value, tuple) and value else type(value)


@EACH
def test_slips_are_of_the_answers_type(each):
    for arguments in sample(each, 200):
        value = plain(each(**arguments))
        for name, wrong in slip_values(each, arguments).items():
            assert isinstance(wrong, tuple) == isinstance(value, tuple)
            if wrong != () and value != ():
                assert kind(wrong) is kind(value), (name, arguments, wrong, value)


@EACH
def test_slips_differ_from_the_answer_on_many_draws_and_from_each_other_somewhere(each, record_property):
    found = coincidences(each)
    counts = [[list(count) for count in counted] for counted in (found.with_answer, found.of_pairs)]
    record_property("slips", [each.topic, each.name, *counts])
    for slip in found.with_answer:
        assert slip.draws, f"{slip.names[0]} never leads to a value"
        assert slip.share <= 0.92, f"{slip.names[0]} gives the answer on {slip.share:.0%} of the draws"
    for pair in found.of_pairs:
        assert pair.share < 1 or pair.draws < found.draws, f"{' and '.join(pair.names)} are one slip"


def test_coincidences_are_counted_over_the_whole_of_a_small_domain():
    @reference(domain=Domain({"sides": whole(1, 4), "colours": whole(1, 3)}))
    def outcomes(sides: int, colours: int) -> int:
        return sides * colours

    @outcomes.slip("Multiply, do not add.")
    def added(sides: int, colours: int) -> int:
        return sides + colours

    @outcomes.slip("Colours count, too.")
    def sides_only(sides: int) -> int:
        if sides == 4:
            raise ValueError
        return sides

    found = coincidences(outcomes)
    assert found.draws == 12
    # 2 + 2 = 2·2; one colour leaves the sides
    assert found.with_answer == (Coincidence(("added",), 1, 12), Coincidence(("sides_only",), 3, 9))
    assert found.of_pairs == (Coincidence(("added", "sides_only"), 0, 9),)
    assert found.with_answer[1].share == pytest.approx(1 / 3)
    assert Coincidence(("never",), 0, 0).share == 0


def test_a_sample_is_taken_from_all_of_the_domain():
    drawn = sample(find("convolution.output_size"), 300)
    assert len(drawn) == 300
    assert {each["dilation"] for each in drawn} == {1, 2, 3}
    assert {each["input_size"] for each in drawn} == set(range(1, 14))


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
