"""What references refuse, and the sentence with which they do."""

from __future__ import annotations

import functools
import math
import re

import pytest
from support.oddities import doubtful, impossible

from reference_impl.arrays import plain
from reference_impl.catalogue import find, references
from reference_impl.coincidences import sample

NAN = float("nan")
INFINITY = float("inf")
ROWS = ((1, 2), (3, 4))


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("convolution.output_size", (7, 0), "kernel_size must be a whole number of at least 1, not 0"),
        ("convolution.output_size", (7, 3, 0), "stride must be a whole number of at least 1, not 0"),
        ("convolution.output_size", (7, 3, 1, -1), "padding must be a whole number of at least 0, not -1"),
        ("convolution.output_size", (7, True), "kernel_size must be a whole number of at least 1, not True"),
        ("convolution.output_size", (7.0, 3), "input_size must be a whole number of at least 1, not 7.0"),
        ("convolution.output_size", (NAN, 3), "input_size must be a whole number of at least 1, not nan"),
        ("convolution.output_size", ("7", 3), "input_size must be a whole number of at least 1, not “7”"),
        ("convolution.output_size", (10**9, 3), "input_size must be at most 100,000, not 1000000000"),
        ("convolution.output_size", (4, 5), "kernel_size must fit into the padded input: 5 in 4 + 2·0"),
        (
            "convolution.output_size",
            (4, 3, 1, 0, 2),
            "kernel_size must fit into the padded input: 3 with dilation 2 in 4 + 2·0",
        ),
        (
            "convolution.same_padding",
            (4,),
            "kernel_size must span an odd number of pixels to have an equal padding on both sides, not 4",
        ),
        (
            "convolution.padding_for",
            (9, 3, 1, 2),
            "output_size must be reachable: no padding turns 9 pixels into 2 with kernel_size 3 and stride 1",
        ),
        (
            "convolution.parameters",
            (6, 4, 3, 4),
            "in_channels must be divisible by groups: 4 does not divide 6",
        ),
        ("convolution.parameters", (8, 4, 3, 1, 1), "bias must be True or False, not 1"),
        ("convolution.pool_size", (8, 2, None, 2), "padding must be at most half of kernel_size when pooling, not 2"),
        (
            "convolution.transposed_size",
            (3, 3, 2, 0, 2),
            "output_padding must be smaller than stride or dilation, not 2 for 2",
        ),
        ("convolution.transposed_size", (1, 1, 1, 1), "padding must leave at least one pixel of the output"),
        (
            "convolution.receptive_field",
            ((3, 3), (1,)),
            "strides must be a list of 2 like kernel_sizes, not a list of 1",
        ),
        ("convolution.receptive_field", ((), ()), "kernel_sizes must be a list of 1 to 256 whole numbers, not ()"),
        ("convolution.receptive_field", ((3, 0), (1, 1)), "every entry of kernel_sizes must be a whole number of at "),
        ("convolution.receptive_field", (3, 1), "kernel_sizes must be a list of 1 to 256 whole numbers, not 3"),
        ("convolution.jump", ((64, 64, 64),), "strides must stay within 10,000 pixels of the input"),
        ("convolution.inception_parameters", (8, 1, 1, 1, 1, 1, 1, 4), "kernel5 must be 3 or 5, not 4"),
        ("convolution.cross_correlation", (((1, 2), (3,)), ((1,),)), "image must have rows of one length, not of 2 "),
        ("convolution.cross_correlation", (ROWS, ((1, 1, 1),)), "kernel must fit into the padded image: 1×3 in 2×2"),
        ("convolution.cross_correlation", (((NAN,),), ((1,),)), "every entry of each row of image must be a number "),
        ("convolution.cross_correlation", ((1, 2), ((1,),)), "each row of image must be a list of 1 to 64 numbers"),
        (
            "convolution.cross_correlation",
            (((1,) * 40,) * 40, ((1,) * 20,) * 20),
            "kernel and image must need at most 200,000 multiplications: choose smaller ones",
        ),
        ("convolution.convolution_at", (ROWS, ((1,),), 2, 0), "row and column must be a place of the output, which is"),
        ("convolution.full_convolution", ((1,), ()), "kernel must be a list of 1 to 64 numbers, not ()"),
        ("recurrent.lstm_parameters", (0, 4), "input_size must be a whole number of at least 1, not 0"),
        ("recurrent.gru_parameters", (3, 4, 1, False, 3), "biases must be at most 2, not 3"),
        ("recurrent.gate_value", (INFINITY,), "pre_activation must be a number from −1,000,000 to 1,000,000, not inf"),
        ("recurrent.gate_value", (NAN,), "pre_activation must be a number from −1,000,000 to 1,000,000, not nan"),
        ("recurrent.gate_value", (True,), "pre_activation must be a list of 1 to 64 numbers, not True"),
        ("recurrent.lstm_cell_state", (1.5, 0, 0, 0), "forget_gate must be a number from 0 to 1, not 1.5"),
        (
            "recurrent.lstm_cell_state",
            ((0.5, 2), (0, 0), (0, 0), (0, 0)),
            "every entry of forget_gate must be a number",
        ),
        ("recurrent.lstm_cell_state", (0.5, 0, 0, -1.5), "candidate must be a number from −1 to 1, not -1.5"),
        ("recurrent.lstm_cell_state", ((0.5,), 0, 0, 0), "cell must be a list of 1 like forget_gate, not one number"),
        ("recurrent.lstm_gate", ("reset", 0, 0, 0, 0, 0), "gate must be “input”, “forget”, “candidate”, “output”, "),
        ("recurrent.rnn_step", ((1, 2), (1,), ((1,),), ((1,),), (0,)), "weight_ih must be 1×2, 1 row for each of 1 "),
        ("recurrent.lstm_step", ((1,), (1,), (1, 2), ((1,),) * 4, ((1,),) * 4, (1,) * 4), "cell must have 1 entries "),
        (
            "recurrent.lstm_step",
            ((1,), (1,), (1,), ((1,),) * 3, ((1,),) * 4, (1,) * 4),
            "weight_ih must be 4×1, 4 rows ",
        ),
        ("recurrent.rnn_forward", ((1, (2, 3)), 0, 1, 1, 0), "every step of inputs must be one number like the first "),
        ("recurrent.rnn_forward", (5, 0, 1, 1, 0), "inputs must be a list of 1 to 64 steps, not 5"),
        ("recurrent.lstm_cell_gain", ((0.5, 1.5),), "forget_gates must be a number from 0 to 1, not 1.5"),
        ("recurrent.lstm_summary_length", (3, "next"), "state must be “current” or “previous”, not “next”"),
        ("recurrent.output_shape", (2, 5, 3, 4, 1), "return_sequences must be True or False, not 1"),
    ],
)
def test_a_refusal_names_the_argument_and_the_rule(name, arguments, sentence):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the sentence is compared below
        find(name)(*arguments)
    assert str(raised.value).startswith(sentence)
    assert "\n" not in str(raised.value)


COUNTED = [
    (each.name, parameter.name) for each in references() for parameter in each.parameters if parameter.type == "int"
]
#: Arguments for which nothing is a number like any other.
MAY_BE_ZERO = {
    "age",
    "biases",
    "bin_index",
    "channel",
    "column",
    "eos",
    "index",
    "layer",
    "output_padding",
    "padding",
    "row",
    "sos",
    "step",
    "target",
    "token",
}


@pytest.mark.parametrize(("name", "parameter"), COUNTED)
def test_what_is_counted_is_a_whole_number_within_bounds(name, parameter):
    reference = find(name)
    arguments = some_draws(name)[0]
    for odd in (-1, 1.5, NAN, True, None, "x", (1,), 10**12):
        with pytest.raises(ValueError, match=parameter):
            reference(**{**arguments, parameter: odd})
    if parameter not in MAY_BE_ZERO:
        with pytest.raises(ValueError, match=f"{parameter} must be"):
            reference(**{**arguments, parameter: 0})


@pytest.mark.parametrize(
    ("name", "parameter"),
    [(each.name, parameter.name) for each in references() for parameter in each.parameters if parameter.type == "bool"],
)
def test_what_is_true_or_false_is_nothing_else(name, parameter):
    reference = find(name)
    arguments = some_draws(name)[0]
    for odd in (0, 1, None, "yes"):
        with pytest.raises(ValueError, match=f"{parameter} must be True or False"):
            reference(**{**arguments, parameter: odd})


PARAMETERS = [(each.name, parameter.name) for each in references() for parameter in each.parameters]
EVERY_PARAMETER = pytest.mark.parametrize(("name", "parameter"), PARAMETERS)


@functools.cache
def some_draws(name):
    """A few draws of a reference's domain."""
    return sample(find(name), 6)


def tried(reference, arguments):
    """What a reference gives, or the sentence with which it refuses."""
    try:
        return plain(reference(**arguments)), None
    except ValueError as refusal:
        return None, str(refusal)


def declared(reference, parameter):
    """The values that a parameter is declared to take besides numbers and arrays: its default, and its choices."""
    parts = getattr(reference.domain, "parts", (reference.domain,))
    choices = [part.axes[parameter].values for part in parts if hasattr(part.axes[parameter], "values")]
    return [
        *[value for values in choices if len(values) <= 50 for value in values],
        *[each.default for each in reference.parameters if each.name == parameter],
    ]


def among(value, known):
    return any(type(value) is type(each) and value == each for each in known)


def assert_is_a_sentence(sentence, *names):
    assert any(re.search(rf"\b{name}\b", sentence) for name in names), sentence
    assert "\n" not in sentence
    assert not re.search(r"[.!?] |\.$", sentence), sentence
    assert len(sentence) <= 220


def numbers_in(value):
    return [leaf for entry in value for leaf in numbers_in(entry)] if isinstance(value, tuple) else [value]


@EVERY_PARAMETER
def test_what_cannot_be_is_refused_with_a_sentence_that_names_the_argument(name, parameter):
    reference = find(name)
    known = declared(reference, parameter)
    for arguments in some_draws(name):
        for odd in impossible(arguments[parameter]):
            if not among(odd, known) and arguments[parameter] is not None:
                value, sentence = tried(reference, {**arguments, parameter: odd})
                assert sentence is not None, (arguments, odd, value)
                assert_is_a_sentence(sentence, parameter)


@EVERY_PARAMETER
def test_what_may_not_be_gives_a_value_or_a_sentence_never_another_error(name, parameter):
    reference = find(name)
    names = [each.name for each in reference.parameters]
    for arguments in some_draws(name):
        for odd in doubtful(arguments[parameter]):
            value, sentence = tried(reference, {**arguments, parameter: odd})
            if sentence is not None:
                assert_is_a_sentence(sentence, *names)
            else:
                assert not any(isinstance(leaf, float) and math.isnan(leaf) for leaf in numbers_in(value))


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        (each.name, parameter.name)
        for each in references()
        for parameter in each.parameters
        if any(isinstance(value, str) for value in declared(each, parameter.name))
    ],
)
def test_an_unknown_word_is_refused_with_the_words_that_there_are(name, parameter):
    reference = find(name)
    words = [value for value in declared(reference, parameter) if isinstance(value, str)]
    arguments = some_draws(name)[0]
    for odd in ("no such word", words[0].upper() + "!", ""):
        _, sentence = tried(reference, {**arguments, parameter: odd})
        assert sentence is not None
        assert_is_a_sentence(sentence, parameter)
        assert words[0] in sentence
