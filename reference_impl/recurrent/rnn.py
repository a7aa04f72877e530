"""The plain recurrent cell, and the two activations that all cells share.

Arguments are numbers (one input, one unit) or arrays: input (n,), hidden (H,), weight_ih (H, n), weight_hh (H, H),
bias (H,). `bias` is the sum of PyTorch's two. Source: `torch.nn.RNNCell`; Elman (1990).
"""

# ruff: noqa: A002 - `input` is PyTorch's name

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import functools
import math
import operator
from typing import cast

from reference_impl import checks
from reference_impl.arrays import (
    Matrix,
    Numbers,
    Rows,
    Vector,
    Weights,
    each,
    logistic,
    numbers,
    product,
    tanh,
    weighted,
)
from reference_impl.domain import Domain, array, choice, stepped, whole
from reference_impl.reference import reference

#: Most steps of a forward pass, and of one whose cell has several blocks.
MOST_STEPS = 64
MOST_GATED_STEPS = 32

ENTRIES = stepped(-1.5, 1.5, 0.25)
SIZES = {"units": whole(1, 3), "features": whole(1, 3), "steps": whole(1, 4)}
CELLS = Domain(dict.fromkeys(("input", "hidden", "weight_ih", "weight_hh", "bias"), ENTRIES)) | Domain(
    {
        "input": array("features", of=ENTRIES),
        "hidden": array("units", of=ENTRIES),
        "weight_ih": array("units", "features", of=ENTRIES),
        "weight_hh": array("units", "units", of=ENTRIES),
        "bias": array("units", of=ENTRIES),
    },
    sizes=SIZES,
)
_ACTIVATIONS = (
    Domain({"pre_activation": stepped(-40, 40, 0.125)})
    | Domain({"pre_activation": choice(-1000.0, 1000.0)})  # where e^1000 would overflow
    | Domain({"pre_activation": array("units", of=stepped(-6, 6, 0.125))}, sizes=SIZES)
)


@reference(domain=_ACTIVATIONS)
def gate_value(pre_activation: Numbers) -> Numbers:
    """Value of a gate: the sigmoid of a number, or of each entry of a vector. Between 0 and 1."""
    checks.elements(pre_activation=pre_activation)
    # σ(z) = 1 / (1 + e^−z)
    return each(logistic, pre_activation)


@gate_value.slip("A gate goes through a sigmoid, between 0 and 1; tanh is for the candidate.")
def tanh_for_sigmoid(pre_activation: Numbers) -> Numbers:
    return each(math.tanh, pre_activation)


@gate_value.slip("Mind the sign of the exponent: σ(z) = 1 / (1 + e^−z), which rises with z.")
def sign_lost(pre_activation: Numbers) -> Numbers:
    return each(lambda z: logistic(-z), pre_activation)


@gate_value.slip("That is the slope of the sigmoid, σ·(1 − σ); the gate is σ itself.")
def slope_of_sigmoid(pre_activation: Numbers) -> Numbers:
    return each(lambda z: logistic(z) * logistic(-z), pre_activation)


@reference(domain=_ACTIVATIONS)
def candidate_value(pre_activation: Numbers) -> Numbers:
    """Value of a candidate: the hyperbolic tangent of a number, or of each entry of a vector. Between −1 and 1."""
    checks.elements(pre_activation=pre_activation)
    # tanh(z) = (e^z − e^−z) / (e^z + e^−z)
    return each(math.tanh, pre_activation)


@candidate_value.slip("A candidate goes through tanh, between −1 and 1; the sigmoid is for gates.")
def sigmoid_for_tanh(pre_activation: Numbers) -> Numbers:
    return each(logistic, pre_activation)


@candidate_value.slip("That is the slope of tanh, 1 − tanh²; the candidate is tanh itself.")
def slope_of_tanh(pre_activation: Numbers) -> Numbers:
    return each(lambda z: 1 - math.tanh(z) ** 2, pre_activation)


@candidate_value.slip("tanh(z) is 2σ(2z) − 1: both the argument and the value are stretched.")
def half_stretched(pre_activation: Numbers) -> Numbers:
    return each(lambda z: 2 * logistic(z) - 1, pre_activation)


@reference(domain=CELLS)
def rnn_step(input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers) -> Numbers:
    """New hidden state of a plain recurrent cell: a vector (H,), or a number for numbers.

    Arrays: input (n,), hidden (H,), weight_ih (H, n), weight_hh (H, H), bias (H,). Source: `torch.nn.RNNCell`, whose
    two biases are added up to the one here.
    """
    x, h, w, u, b = checks.cell(input, hidden, weight_ih, weight_hh, bias)
    # h_t = tanh(W·x_t + U·h_{t−1} + b)
    return each(math.tanh, _added(weighted(w, x), weighted(u, h), b))


def _added(*parts: Numbers) -> Numbers:
    return each(lambda *entries: functools.reduce(operator.add, entries), *parts)


@rnn_step.slip("The hidden state of the step before is read, too.")
def hidden_forgotten(input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers) -> Numbers:
    x, _, w, _, b = checks.cell(input, hidden, weight_ih, weight_hh, bias)
    return each(math.tanh, _added(weighted(w, x), b))


@rnn_step.slip("The sum still goes through tanh.")
def tanh_forgotten(input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers) -> Numbers:
    x, h, w, u, b = checks.cell(input, hidden, weight_ih, weight_hh, bias)
    return _added(weighted(w, x), weighted(u, h), b)


@rnn_step.slip("The state of a plain recurrent cell goes through tanh, not through a sigmoid.")
def sigmoid_for_state(
    input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Numbers:
    x, h, w, u, b = checks.cell(input, hidden, weight_ih, weight_hh, bias)
    return each(logistic, _added(weighted(w, x), weighted(u, h), b))


@rnn_step.slip("The weights belong to the rows: entry i of the result uses row i, so do not transpose the matrix.")
def hidden_weights_transposed(
    input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Numbers:
    x, h, w, u, b = checks.cell(input, hidden, weight_ih, weight_hh, bias)
    turned = u if isinstance(u, (int, float)) else tuple(zip(*u, strict=True))
    return each(math.tanh, _added(weighted(w, x), weighted(turned, h), b))


@reference(
    domain=Domain(
        {
            "inputs": array("steps", of=ENTRIES),
            **dict.fromkeys(("hidden", "weight_ih", "weight_hh", "bias"), ENTRIES),
        },
        sizes=SIZES,
    )
    | Domain(
        {
            "inputs": array("steps", "features", of=ENTRIES),
            "hidden": array("units", of=ENTRIES),
            "weight_ih": array("units", "features", of=ENTRIES),
            "weight_hh": array("units", "units", of=ENTRIES),
            "bias": array("units", of=ENTRIES),
        },
        sizes=SIZES,
    )
)
def rnn_forward(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Vector | Matrix:
    """Hidden states of all steps, the same weights at each: inputs (T, n) give (T, H); T numbers give T numbers.

    `hidden` is the state before the first step; weights and bias as for `rnn_step`. Source: `torch.nn.RNN`.
    """
    steps = checks.steps("inputs", inputs, MOST_STEPS)
    _, h, w, u, b = checks.layer(
        1, steps[0], hidden, weight_ih, weight_hh, bias=bias, input_name="every step of inputs"
    )
    states: list[Numbers] = []
    for step in steps:
        checks.same_length(**{"the first step of inputs": steps[0], "every step of inputs": step})
        x = checks.operand("every step of inputs", step)
        # h_t = tanh(W·x_t + U·h_{t−1} + b)
        h = tanh(product(w, x) + product(u, h) + b)
        states.append(numbers(h))
    return cast("Vector | Matrix", tuple(states))


@rnn_forward.slip("The state is handed on: each step starts from the state of the step before, not from the first one.")
def state_not_handed_on(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Vector | Matrix:
    states = [rnn_step(step, hidden, weight_ih, weight_hh, bias) for step in checks.steps("inputs", inputs, MOST_STEPS)]
    return cast("Vector | Matrix", tuple(states))


@rnn_forward.slip("The inputs are read from the first to the last; the order matters.")
def read_backwards(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Vector | Matrix:
    return rnn_forward(inputs[::-1], hidden, weight_ih, weight_hh, bias)


@rnn_forward.slip("Each step's sum still goes through tanh.")
def linear_states(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Vector | Matrix:
    states = []
    for step in checks.steps("inputs", inputs, MOST_STEPS):
        hidden = tanh_forgotten(step, hidden, weight_ih, weight_hh, bias)
        states.append(hidden)
    return cast("Vector | Matrix", tuple(states))
