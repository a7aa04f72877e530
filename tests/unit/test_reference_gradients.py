"""Gradients: figures of the notes' audit, what truncation and repetition do, refusals, slips and figures as data."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from reference_impl import gradients as ref
from reference_impl import recurrent
from reference_impl.arrays import plain
from reference_impl.compare import agree, opinions
from reference_impl.figures import Curves

NAN = float("nan")
#: A network of one unit: inputs, hidden, weight_ih, weight_hh, bias.
ONE = ((1.0, 0.5, -1.0), 0.25, 0.5, 0.75, 0.1)
#: A network of two units that read one feature.
TWO = (((1.0,), (0.5,), (-1.0,)), (0.25, -0.5), ((0.5,), (1.0,)), ((0.75, -0.25), (0.5, 0.25)), (0.1, 0.0))
NILPOTENT = ((0, 2), (0, 0))
SHEARED = ((0.5, 10), (0, 0.5))
TURNED = ((0.6, -0.8), (0.8, 0.6))


def slip_of(reference, name, *args):
    (slip,) = [each for each in reference.slips if each.name == name]
    return slip.function(**reference.bind(*args))


@pytest.mark.parametrize(
    ("value", "figure"),
    [
        (ref.scalar_gain(0.9, 1, 50), 0.00515377520732),
        (ref.scalar_gain(1.1, 1, 50), 117.390852879695),
        (ref.scalar_gain(1, 1, 50), 1),
        (ref.scalar_gain(0.5, 1, 20), 9.5367431640625e-7),
        (ref.scalar_gain(1.5, 1, 20), 3325.256730079651),
        (ref.gain_bound(1, 10), 9.5367431640625e-7),
        (ref.gain_bound(-4, 10), 1),
        (ref.gain_bound(-2, 3, "tanh"), 8),
        # a sigmoid may explode all the same: w = 6, b = −3, h = 0.5 stays in the middle, where its slope is 1/4
        (ref.hidden_jacobian((0,) * 10, 0.5, 0, 6, -3, 0, "sigmoid"), 57.6650390625),
        (ref.power_norm(NILPOTENT, 1), 2),
        (ref.power_norm(NILPOTENT, 2), 0),
        (ref.spectral_radius(NILPOTENT), 0),
        (ref.power_norm(SHEARED, 2), 10.006246098625),
        (ref.power_norm(SHEARED, 20), 3.814721107e-4),
        (ref.spectral_radius(SHEARED), 0.5),
        (ref.power_norm(TURNED, 40), 1),
        (ref.power_norm(TURNED, 40, "frobenius"), math.sqrt(2)),
        (ref.spectral_radius(TURNED), 1),
        (ref.spectral_radius(((-3,),)), 3),
        (ref.numerical_derivative("square", 3, 0.1), 6),
        (ref.numerical_derivative("cube", 0, 0.1), 0.01),
        (ref.numerical_derivative("relu", 0, 0.5), 0.5),
        (ref.numerical_derivative("gaussian", 1, 1), (math.exp(-4) - 1) / 2),
        (ref.gradient_check("cube", 1, 0.5), 0.25 / 3.25),
        (ref.gradient_check("relu", 0, 0.5), 1),
    ],
)
def test_a_known_figure_is_found(value, figure):
    assert value == pytest.approx(figure, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("x", [-1.7, 0, 0.3])
def test_a_parabola_passes_its_check_exactly(x):
    assert ref.gradient_check("square", x, 0.01) == 0.0


@pytest.mark.parametrize("network", [ONE, TWO])
def test_the_forward_pass_is_that_of_the_recurrent_topic(network):
    last = recurrent.rnn_forward(*network)[-1]
    assert ref.sequence_loss(*network, last) == 0
    assert ref.hidden_gradient(*network, last, 3) == plain(0.0 if network is ONE else (0.0, 0.0))


def test_the_gradients_of_one_step_are_as_written_on_paper():
    h = math.tanh(0.5 * 1 + 0.75 * 0.25 + 0.1)
    error = (h - 1) * (1 - h * h)
    single = ((1.0,), *ONE[1:], 1.0)
    assert ref.weight_hh_gradient(*single) == pytest.approx(error * 0.25)
    assert ref.weight_ih_gradient(*single) == pytest.approx(error)
    assert ref.bias_gradient(*single) == pytest.approx(error)
    assert ref.hidden_gradient(*single, 0) == pytest.approx(0.75 * error)


@pytest.mark.parametrize("gradient", [ref.weight_hh_gradient, ref.weight_ih_gradient, ref.bias_gradient])
def test_truncation_behind_the_first_step_changes_nothing(gradient):
    whole = gradient(*TWO, (1.0, 0.0))
    assert gradient(*TWO, (1.0, 0.0), 3) == gradient(*TWO, (1.0, 0.0), 32) == whole
    assert gradient(*TWO, (1.0, 0.0), 2) != whole


def test_truncated_terms_grow_into_the_whole_gradient():
    terms = [ref.weight_hh_gradient(*ONE, 1.0, truncation) for truncation in (1, 2, 3)]
    h = [ONE[1], *recurrent.rnn_forward(*ONE)]
    errors = [(h[3] - 1) * (1 - h[3] ** 2)]
    for state in (h[2], h[1]):
        errors.append(errors[-1] * 0.75 * (1 - state**2))
    assert terms == pytest.approx(
        [errors[0] * h[2], errors[0] * h[2] + errors[1] * h[1], errors[0] * h[2] + errors[1] * h[1] + errors[2] * h[0]]
    )


def test_the_gradient_at_a_state_is_the_error_times_the_jacobian():
    for step in range(4):
        jacobian = ref.hidden_jacobian(*TWO, step)
        error = ref.hidden_gradient(*TWO, (1.0, 0.0), 3)
        product = [sum(error[row] * jacobian[row][column] for row in range(2)) for column in range(2)]
        assert ref.hidden_gradient(*TWO, (1.0, 0.0), step) == pytest.approx(product)


def test_a_state_depends_on_itself_as_the_identity():
    assert ref.hidden_jacobian(*TWO, 3) == ((1, 0), (0, 1))
    assert ref.jacobian_norms(*TWO)[-1] == 1
    assert ref.jacobian_norms(*TWO, norm="frobenius")[-1] == pytest.approx(math.sqrt(2))


def test_every_input_so_far_is_felt_in_the_last_state():
    assert all(ref.input_jacobian(*ONE, step) > 0 for step in (1, 2, 3))
    assert ref.input_jacobian(*TWO, 3) != ref.input_jacobian(*TWO, 1)


def test_late_steps_tend_to_weigh_more():
    norms = ref.jacobian_norms(*TWO)
    assert list(norms) == sorted(norms)


def test_a_network_of_numbers_is_one_of_lists_of_one():
    listed = ([[x] for x in ONE[0]], [ONE[1]], [[ONE[2]]], [[ONE[3]]], [ONE[4]])
    for nonlinearity in ("tanh", "relu", "sigmoid"):
        norms = ref.jacobian_norms(*ONE, nonlinearity)
        assert agree(norms, ref.jacobian_norms(*listed, nonlinearity))
        assert agree(((ref.hidden_jacobian(*ONE, 1, nonlinearity),),), ref.hidden_jacobian(*listed, 1, nonlinearity))
    assert agree(((ref.weight_hh_gradient(*ONE, 1.0),),), ref.weight_hh_gradient(*listed, (1.0,)))


def test_nested_brackets_are_the_forward_pass_without_bias():
    inputs, hidden, weight_ih, weight_hh, _ = ONE
    nested = ref.nested_forward(inputs, hidden, weight_ih, weight_hh)
    assert agree(nested, recurrent.rnn_forward(inputs, hidden, weight_ih, weight_hh, 0)[-1])


@pytest.mark.parametrize("weight", [NILPOTENT, SHEARED, ((0.5, -1.25), (1.25, -2.0)), ((0.3, 0.1), (-0.1, 0.1))])
def test_where_eigenvalues_coincide_the_radius_is_exact_and_pytorch_is_silent(weight):
    heard = opinions(ref.spectral_radius, {"weight": weight}, ref.spectral_radius(weight))
    assert [(each.name, each.agrees) for each in heard] == [("brute force", True), ("PyTorch", None)]


@pytest.mark.parametrize(
    "arguments",
    [
        ((60.0, -1e6), 1e6, 100, -100, 1e6, 0, "sigmoid"),
        ((1e6,) * 32, 1e6, 100, 100, 1e6, 0, "relu"),
        ((1e6,) * 32, 1e6, -100, 100, 1e6, 0, "tanh"),
    ],
)
def test_the_largest_networks_stay_finite_and_are_witnessed(arguments):
    value = ref.hidden_jacobian(*arguments)
    assert math.isfinite(value)
    heard = opinions(ref.hidden_jacobian, ref.hidden_jacobian.bind(*arguments), value)
    assert all(each.agrees for each in heard), heard


def test_the_largest_power_stays_finite():
    assert math.isfinite(ref.power_norm(((100,) * 8,) * 8, 50, "frobenius"))
    assert math.isfinite(slip_of(ref.power_norm, "power_of_norm", ((100,) * 8,) * 8, 50))


@pytest.mark.parametrize(
    ("reference", "arguments", "sentence"),
    [
        (ref.weight_hh_gradient, (*ONE, (1.0,)), "target must be one number like hidden, not a list of 1"),
        (ref.weight_hh_gradient, (*TWO, (1.0,)), "target must be a list of 2 like hidden, not a list of 1"),
        (ref.bias_gradient, (*ONE, NAN), "target must be a number from −1,000,000 to 1,000,000, not nan"),
        (ref.weight_ih_gradient, (*ONE, 1, 0), "truncation must be a whole number of at least 1, not 0"),
        (ref.hidden_gradient, (*ONE, 1, 4), "step must be at most the number of inputs, 3, not 4"),
        (ref.hidden_jacobian, (*ONE, 4), "step must be at most the number of inputs, 3, not 4"),
        (ref.hidden_jacobian, (*ONE, 1, "linear"), "nonlinearity must be “tanh”, “relu” or “sigmoid”, not “linear”"),
        (ref.input_jacobian, (*ONE, 0), "step must be a whole number of at least 1, not 0"),
        (ref.input_jacobian, ((), 0, 1, 1, 0, 1), "inputs must be a list of 1 to 32 steps, not ()"),
        (ref.jacobian_norms, ((1, (2,)), 0, 1, 1, 0), "every step of inputs must be one number like the first step"),
        (ref.jacobian_norms, (*ONE, "tanh", "largest"), "norm must be “spectral” or “frobenius”, not “largest”"),
        (ref.jacobian_norms, ((1,), 0, 1, 101, 0), "weight_hh must be a number from −100 to 100, not 101"),
        (
            ref.jacobian_norms,
            (((1,),), (0,), ((-101,),), ((1,),), (0,)),
            "every entry of weight_ih must be a number from −100 to 100",
        ),
        (
            ref.sequence_loss,
            (((1,),), (0,) * 17, ((1,),) * 17, ((1,) * 17,) * 17, (0,) * 17, (0,) * 17),
            "weight_ih must have at most 16 rows and columns, not 17",
        ),
        (ref.stored_activations, (257, 1), "time_steps must be at most 256, not 257"),
        (ref.stored_activations, (3, 1, 1, True), "truncation must be a whole number of at least 1, not True"),
        (ref.scalar_gain, (1, 1.5, 3), "slope must be a number from 0 to 1, not 1.5"),
        (ref.gain_bound, (101, 3), "weight must be a number from −100 to 100, not 101"),
        (ref.gain_bound, (1, 3, "softmax"), "nonlinearity must be “sigmoid”, “tanh” or “relu”, not “softmax”"),
        (ref.nested_forward, ((1,), NAN, 1, 1), "hidden must be a number from −1,000,000 to 1,000,000, not nan"),
        (ref.power_norm, (((1, 2),), 2), "weight must be a square matrix of at most 8 rows, not 1×2"),
        (
            ref.power_norm,
            (((101,),), 2),
            "every entry of weight must be a number from −100 to 100",
        ),
        (ref.spectral_radius, (((1,) * 3,) * 3,), "weight must be a square matrix of at most 2 rows, not 3×3"),
        (
            ref.numerical_derivative,
            ("sine", 1, 0.1),
            "function must be “square”, “cube”, “exp”, “sigmoid”, “tanh”, “relu” or “gaussian”, not “sine”",
        ),
        (ref.numerical_derivative, ("exp", 5, 0.1), "x must be a number from −4 to 4, not 5"),
        (ref.numerical_derivative, ("exp", 1, 0), "eps must be at least 0.001, so that rounding does not drown the"),
        (ref.gradient_check, ("exp", 1, 0.001), "eps must be at least 0.01, so that rounding does not drown the"),
    ],
)
def test_a_refusal_names_the_argument_and_the_rule(reference, arguments, sentence):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the sentence is compared below
        reference(*arguments)
    assert str(raised.value).startswith(sentence)


@pytest.mark.parametrize(
    ("reference", "arguments", "slip", "value"),
    [
        (ref.scalar_gain, (0.5, 0.5, 3), "times_steps", 0.75),
        (ref.scalar_gain, (0.5, 0.5, 3), "slope_left_out", 0.125),
        (ref.gain_bound, (2, 3), "value_for_slope", 1.0),
        (ref.gain_bound, (2, 3), "steepest_of_another", 8.0),
        (ref.nested_forward, ((1, 2, 3), 0.5, 1, 1), "everything_added", 6.5),
        (ref.power_norm, (NILPOTENT, 3), "power_of_norm", 8.0),
        (ref.spectral_radius, (SHEARED,), "largest_entry", 10.0),
        (ref.numerical_derivative, ("square", 3, 0.5), "forward_difference", 6.5),
        (ref.numerical_derivative, ("square", 3, 0.5), "divided_by_one_step", 12.0),
        (ref.stored_activations, (5, 4, 2, 3), "truncation_ignored", 40),
    ],
)
def test_a_slip_gives_what_the_mistake_gives(reference, arguments, slip, value):
    assert agree(slip_of(reference, slip, *arguments), value)


def test_gradient_norms_are_drawn_for_each_nonlinearity():
    figure = ref.jacobian_norms.figure_for(ref.jacobian_norms.bind(*ONE))
    assert isinstance(figure, Curves)
    assert figure.logarithmic
    assert [each.name for each in figure.series] == ["tanh", "ReLU", "sigmoid"]
    assert figure.series[0].values == ref.jacobian_norms(*ONE)
    assert figure.x == (0, 1, 2, 3)


def test_gradient_norms_are_drawn_at_several_spectral_radii():
    figure = ref.spectral_radius.figure_for({"weight": TURNED})
    assert isinstance(figure, Curves)
    curves = {each.name: each.values for each in figure.series}
    assert len(curves) == 9
    assert all(value > 0 for values in curves.values() for value in values)
    assert curves["ReLU, radius 1.5"][-1] > curves["ReLU, radius 0.5"][-1]
    assert curves["tanh, radius 0.5"][-1] < 1e-6
    assert curves["sigmoid, radius 1.5"][10] < (1.5 / 4) ** 10 * (1 + 1e-9)
    # without a nonlinearity's slope in its way, a unit of ReLU grows by its weight
    positive = ref.spectral_radius.figure_for({"weight": ((2,),)})
    assert {each.name: each.values for each in positive.series}["ReLU, radius 1.5"][4] == pytest.approx(1.5**4)
    assert ref.spectral_radius.figure_for({"weight": NILPOTENT}) is None


def test_gains_are_drawn_over_the_steps():
    figure = ref.scalar_gain.figure_for({"weight": -2, "slope": 0, "steps": 3})
    assert figure.series[0].values == (1, 1e-12, 1e-12, 1e-12)
    bounds = ref.gain_bound.figure_for(ref.gain_bound.bind(2, 3))
    assert [each.values for each in bounds.series] == [(1, 0.5, 0.25, 0.125), (1, 2, 4, 8)]


def test_networks_of_numbers_load_no_numpy():
    code = (
        "import sys; from reference_impl import gradients as g; one = ((1, 2), 0, 0.5, 0.5, 0)\n"
        "g.weight_hh_gradient(*one, 1, 1); g.hidden_gradient(*one, 1, 0); g.jacobian_norms(*one, 'relu')\n"
        "g.sequence_loss(*one, 1); g.input_jacobian(*one, 1, 'sigmoid'); g.spectral_radius(((1, 2), (3, 4)))\n"
        "g.truncation_gap(*one, 1, 1); g.scalar_gain(1, 1, 3); g.gradient_check('tanh', 1, 0.1)\n"
        "sys.exit('numpy' in sys.modules or 'torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_gap_of_truncation_is_the_distance_of_both_gradients():
    network = ((1.0, -1.0, 0.5), 0.5, 0.75, 1.25, 0.0, 0.25)
    full = ref.weight_hh_gradient(*network)
    gaps = [ref.truncation_gap(*network, length) for length in (1, 2, 3, 9)]
    assert gaps[:2] == [pytest.approx(abs(full - ref.weight_hh_gradient(*network, length))) for length in (1, 2)]
    assert gaps[0] > 0 < gaps[1]
    assert gaps[2:] == [0, 0]


def test_the_figure_of_the_gap_ends_where_nothing_is_cut_off():
    network = ((1.0, -1.0, 0.5), 0.5, 0.75, 1.25, 0.0, 0.25)
    found = ref.truncation_gap.figure_for(ref.truncation_gap.bind(*network, 1))
    (series,) = found.series
    assert found.x == (1, 2, 3)
    assert series.values[0] == ref.truncation_gap(*network, 1)
    assert series.values[-1] == 0
    assert ref.truncation_gap.figure_for(ref.truncation_gap.bind((1.0,), *network[1:], 1)) is None
