"""Activations: figures of the notes' audit and of PyTorch's documentation, refusals, slips and figures as data."""

from __future__ import annotations

import math

import pytest

from reference_impl import activations as ref
from reference_impl.compare import agree
from reference_impl.figures import Bars, Curves

NAN = float("nan")
#: The audit's sample for local response normalisation, with the paper's n = 5, k = 2, α = 1e−4, β = 0.75.
CHANNELS = (10, 200, 30)
PAPER = {"size": 5, "alpha": 5e-4, "beta": 0.75, "k": 2}


def slip_of(reference, name, *args, **kwargs):
    (slip,) = [each for each in reference.slips if each.name == name]
    return slip.function(**reference.bind(*args, **kwargs))


@pytest.mark.parametrize(
    ("value", "figure"),
    [
        (ref.sigmoid(0), 0.5),
        (ref.sigmoid((0, math.log(3), -1000, 1000)), (0.5, 0.75, 0.0, 1.0)),
        (ref.sigmoid_derivative(0), 0.25),
        (ref.sigmoid_derivative((2, -2)), (0.10499358540350662, 0.10499358540350662)),
        (ref.tanh(0.5 * math.log(3)), 0.5),
        (ref.tanh_derivative(0), 1.0),
        (ref.tanh_derivative(1), 0.41997434161402614),
        (ref.relu((-2, 0, 3)), (0.0, 0.0, 3.0)),
        (ref.relu_derivative((-2, 0, 3)), (0.0, 0.0, 1.0)),
        (ref.softmax((0, math.log(3))), (0.25, 0.75)),
        (ref.softmax((1e6, -1e6)), (1.0, 0.0)),
        (ref.class_probability((0, math.log(3)), 1), 0.75),
        (ref.cross_entropy((0, 0, 0, 0), 2), math.log(4)),
        (ref.cross_entropy((1e6, 0), 1), 1e6),
    ],
)
def test_a_known_figure_is_found(value, figure):
    assert agree(value, figure), value


def test_the_character_model_of_hello_pays_two_nats():
    assert ref.cross_entropy((1.0, 2.2, -3.0, 4.1), 1) == pytest.approx(2.078517, abs=1e-6)


def test_scores_choose_the_class_before_and_after_a_softmax():
    scores = (0.45, 0.94, 0.02, 0.05, 0.21)
    assert ref.argmax(scores) == ref.argmax(ref.softmax(scores)) == 1


def test_of_equal_scores_the_first_is_chosen():
    assert ref.argmax((1, 3, 3)) == 1


def test_the_papers_normalisation_damps_all_three_channels_alike():
    damped = ref.local_response_norm(CHANNELS, **PAPER)
    assert [after / before for before, after in zip(CHANNELS, damped, strict=True)] == pytest.approx(
        [0.257634] * 3, abs=1e-6
    )
    assert agree(ref.local_response_norm_at(CHANNELS, 1, **PAPER), damped[1])


def test_the_papers_alpha_is_what_the_slip_takes():
    wrong = slip_of(ref.local_response_norm, "alpha_not_divided", CHANNELS, 5, 1e-4, 0.75, 2)
    assert agree(wrong, ref.local_response_norm(CHANNELS, **PAPER))


def test_a_window_of_even_size_reaches_farther_back():
    energies = [1 / value - 1 for value in ref.local_response_norm((1, 1, 1), 2, alpha=2, beta=1)]
    assert energies == pytest.approx([1, 2, 2])


def test_two_linear_layers_are_one():
    assert ref.collapsed_weight(((1, 2), (0, 1)), ((1, 1), (0, 3))) == ((1, 3), (0, 3))
    assert ref.collapsed_bias(((1, 1), (0, 3)), (1, 2), (0.5, 0)) == (3.5, 6.0)


def test_whole_weights_stay_whole_and_mixed_ones_become_floats():
    mixed = ref.collapsed_weight(((1, 2),), ((0.5,), (1,)))
    assert mixed == ((0.5, 1.0), (1.0, 2.0))
    assert {type(entry) for row in mixed for entry in row} == {float}


@pytest.mark.parametrize(
    ("reference", "arguments", "sentence"),
    [
        (ref.sigmoid, (NAN,), "input must be a number from −1,000,000 to 1,000,000, not nan"),
        (ref.relu, ("3",), "input must be a list of 1 to 64 numbers, not “3”"),
        (ref.tanh_derivative, ((),), "input must be a list of 1 to 64 numbers, not ()"),
        (ref.softmax, (3,), "logits must be a list of 1 to 64 numbers, not 3"),
        (ref.softmax, ((1, NAN),), "every entry of logits must be a number from −1,000,000 to 1,000,000, not nan"),
        (ref.cross_entropy, ((1, 2), 2), "target must be a class from 0 to 1, not 2"),
        (ref.class_probability, ((1, 2), True), "target must be a whole number of at least 0, not True"),
        (ref.argmax, ((),), "scores must be a list of 1 to 64 numbers, not ()"),
        (ref.local_response_norm, ((1,), 3, -1), "alpha must be a number from 0 to 1,000, not -1"),
        (ref.local_response_norm, ((1,), 3, 1, 1, 0), "k must be at least 0.001, so that silent channels are not"),
        (ref.local_response_norm, ((1,), 65), "size must be at most 64, not 65"),
        (ref.local_response_norm_at, ((1, 2), 2, 3), "channel must be one from 0 to 1, not 2"),
        (
            ref.collapsed_weight,
            (((1, 2),), ((1, 2),)),
            "weight2 must have a column for each row of weight1: 2 columns for 1 rows",
        ),
        (ref.collapsed_bias, (((1, 2),), (1,), (1,)), "bias1 must have an entry for each column of weight2: 1 for 2"),
        (ref.collapsed_bias, (((1, 2),), (1, 1), (1, 1)), "bias2 must have an entry for each row of weight2: 2 for 1"),
    ],
)
def test_a_refusal_names_the_argument_and_the_rule(reference, arguments, sentence):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the sentence is compared below
        reference(*arguments)
    assert str(raised.value).startswith(sentence)


@pytest.mark.parametrize(
    ("reference", "arguments", "slip", "value"),
    [
        (ref.sigmoid_derivative, (0,), "sigmoid_for_slope", 0.5),
        (ref.tanh_derivative, (0.5 * math.log(3),), "square_forgotten", 0.5),
        (ref.relu_derivative, (3,), "value_for_slope", 3.0),
        (ref.softmax, ((1, 3),), "shares_of_logits", (0.25, 0.75)),
        (ref.cross_entropy, ((math.e, 0), 0), "log_of_raw_score", -1.0),
        (ref.cross_entropy, ((0, math.log(3)), 1), "one_minus_probability", 0.25),
        (ref.collapsed_weight, (((1, 2), (0, 1)), ((1, 1), (0, 3))), "order_reversed", ((1, 7), (0, 3))),
    ],
)
def test_a_slip_gives_what_the_mistake_gives(reference, arguments, slip, value):
    assert agree(slip_of(reference, slip, *arguments), value)


@pytest.mark.parametrize("reference", [ref.sigmoid, ref.tanh, ref.relu])
def test_a_curve_is_drawn_with_its_slope(reference):
    figure = reference.figure_for({"input": 0.5})
    assert isinstance(figure, Curves)
    curve, slope = figure.series
    middle = figure.x.index(0)
    assert curve.values[middle + 4] == reference(1)
    assert all(len(series.values) == len(figure.x) for series in figure.series)
    # between two neighbours the curve rises by about its slope
    rises = [4 * (after - before) for before, after in zip(curve.values, curve.values[1:], strict=False)]
    means = [(one + other) / 2 for one, other in zip(slope.values, slope.values[1:], strict=False)]
    away = [abs(rise - mean) for rise, mean in zip(rises, means, strict=True)]
    assert max(away[:middle] + away[middle + 1 :]) < 0.02


def test_the_slopes_of_three_activations_are_drawn_together():
    figure = ref.tanh_derivative.figure_for({"input": (1, 2)})
    assert isinstance(figure, Curves)
    assert {series.name: max(series.values) for series in figure.series} == {"sigmoid": 0.25, "tanh": 1, "ReLU": 1}


def test_probabilities_are_drawn_as_bars():
    figure = ref.softmax.figure_for({"logits": (0, math.log(3))})
    assert isinstance(figure, Bars)
    assert [bar.value for bar in figure.bars] == pytest.approx([0.25, 0.75])
    assert figure.bars[0].label == "0: 0"
