"""From a sequence to one state, and from one input to a sequence: the plain recurrent cell, begun at zero.

    h_0 = 0    h_t = tanh(W·x_t + U·h_{t−1})

Without biases, to fit on a card; with them, and from any first state, it is `recurrent.rnn_forward`. Arguments are
numbers (one input, one unit) or arrays: weight_ih (H, n), weight_hh (H, H). Source: `torch.nn.RNN` with `bias=False`.
"""

# ruff: noqa: A002 - `input` is PyTorch's name
# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import math
from typing import cast

from reference_impl import checks
from reference_impl.arrays import Matrix, Numbers, Rows, Vector, Weights, each
from reference_impl.domain import Domain, array, stepped, whole
from reference_impl.recurrent import rnn_forward
from reference_impl.reference import reference

#: Most steps of a sequence.
LONGEST = 64

_ENTRIES = stepped(-1.5, 1.5, 0.25)
_SIZES = {"units": whole(1, 3), "features": whole(1, 3), "steps": whole(1, 4)}
_CELL = {"weight_ih": array("units", "features", of=_ENTRIES), "weight_hh": array("units", "units", of=_ENTRIES)}
_COARSE = stepped(-1.5, 1.5, 0.5)
_ONE_UNIT = dict.fromkeys(("weight_ih", "weight_hh"), _COARSE)


def _states(inputs: Vector | Rows, weight_ih: Weights, weight_hh: Weights) -> Vector | Matrix:
    """The states of all steps, from zeros."""
    steps = checks.steps("inputs", inputs, LONGEST)
    checks.elements(**{"every step of inputs": steps[0]})
    # h_0 = 0, as many zeros as there are units; and a bias that adds nothing
    zeros: Numbers = 0.0
    if type(steps[0]) not in {int, float}:
        zeros = (0.0,) * len(checks.matrix("weight_hh", weight_hh))
    return rnn_forward(inputs, zeros, weight_ih, weight_hh, zeros)


@reference(
    domain=Domain({"inputs": array("steps", of=_ENTRIES), **_ONE_UNIT}, sizes=_SIZES)
    | Domain({"inputs": array("steps", "features", of=_ENTRIES), **_CELL}, sizes=_SIZES)
)
def encode(inputs: Vector | Rows, weight_ih: Weights, weight_hh: Weights) -> Numbers:
    """Context vector of a plain encoder: its last hidden state, (H,), when it has read inputs (T, n) from zeros.

    T numbers, and numbers as weights, give a number. An encoder of LSTM cells hands over its cell state, too.
    """
    # context = h_T
    return _states(inputs, weight_ih, weight_hh)[-1]


@encode.slip("The state is handed on from step to step: the context sums up all inputs, not only the last.")
def last_input_only(inputs: Vector | Rows, weight_ih: Weights, weight_hh: Weights) -> Numbers:
    return encode(inputs[-1:], weight_ih, weight_hh)


@encode.slip("The context is the state behind the last input, not behind the first.")
def first_state(inputs: Vector | Rows, weight_ih: Weights, weight_hh: Weights) -> Numbers:
    return encode(inputs[:1], weight_ih, weight_hh)


@encode.slip("Inputs are read from the first to the last; in the other order the state is another.")
def read_from_the_end(inputs: Vector | Rows, weight_ih: Weights, weight_hh: Weights) -> Numbers:
    return encode(inputs[::-1], weight_ih, weight_hh)


@encode.slip("The context is the last state alone; the states of earlier steps are not averaged in.")
def mean_of_states(inputs: Vector | Rows, weight_ih: Weights, weight_hh: Weights) -> Numbers:
    return each(lambda *values: sum(values) / len(values), *_states(inputs, weight_ih, weight_hh))


@reference(
    domain=Domain({"input": _COARSE, "time_steps": whole(1, 5), **_ONE_UNIT})
    | Domain({"input": array("features", of=_ENTRIES), "time_steps": whole(1, 5), **_CELL}, sizes=_SIZES)
)
def one_to_many(input: Numbers, time_steps: int, weight_ih: Weights, weight_hh: Weights) -> Vector | Matrix:
    """Hidden states of a one-to-many network that reads its input at the first step and zeros at all later ones.

    input (n,) gives (T, H), a number T numbers. Feeding zeros is one design; captioning feeds back the last word.
    """
    checks.whole(1, LONGEST, time_steps=time_steps)
    checks.elements(input=input)
    # x_1 = input, x_2 = … = x_T = 0
    return _states(_steps(input, *[each(lambda _: 0.0, input)] * (time_steps - 1)), weight_ih, weight_hh)


def _steps(*inputs: Numbers) -> Vector | Rows:
    """The inputs of all steps: all numbers, or all vectors."""
    return cast("Vector | Rows", inputs)


@one_to_many.slip("The input is read once, at the first step; later steps read zeros in its place.")
def input_repeated(input: Numbers, time_steps: int, weight_ih: Weights, weight_hh: Weights) -> Vector | Matrix:
    return _states(_steps(*[input] * time_steps), weight_ih, weight_hh)


@one_to_many.slip("The state goes on changing: at each step it goes through weight_hh and tanh again.")
def state_repeated(input: Numbers, time_steps: int, weight_ih: Weights, weight_hh: Weights) -> Vector | Matrix:
    return cast("Vector | Matrix", tuple(_states(_steps(input), weight_ih, weight_hh) * time_steps))


@one_to_many.slip("Zeros as input do not empty the state: it carries on what the first input left in it.")
def state_lost(input: Numbers, time_steps: int, weight_ih: Weights, weight_hh: Weights) -> Vector | Matrix:
    (first,) = _states(_steps(input), weight_ih, weight_hh)
    return cast("Vector | Matrix", (first, *[each(lambda _: 0.0, first)] * (time_steps - 1)))


@reference(
    domain=Domain({"inputs": array("steps", of=_ENTRIES)}, sizes={"steps": whole(1, 6)})
    | Domain({"inputs": array("steps", "features", of=_ENTRIES)}, sizes={"steps": whole(2, 6), "features": whole(1, 3)})
)
def mean_pool(inputs: Vector | Rows) -> Numbers:
    """Mean of all inputs (T, n), feature by feature (n,): it does not change when the order of the inputs does.

    T numbers give a number. Beside `encode`, which sees the order: reverse the inputs of both. Source:
    `torch.nn.AvgPool1d` over all steps.
    """
    steps = checks.steps("inputs", inputs, LONGEST)
    for step in steps:
        checks.elements(**{"every step of inputs": step})
        checks.same_length(**{"the first step of inputs": steps[0], "every step of inputs": step})
    # m = (x_1 + x_2 + … + x_T) / T
    return each(lambda *values: math.fsum(values) / len(values), *steps)


@mean_pool.slip("A mean looks at all inputs alike; it has no last one.")
def last_input_alone(inputs: Vector | Rows) -> Numbers:
    return each(lambda *values: values[-1], *inputs)


@mean_pool.slip("Divide the sum by the number of steps.")
def sum_for_mean(inputs: Vector | Rows) -> Numbers:
    return each(lambda *values: math.fsum(values), *inputs)


@mean_pool.slip("Mean pooling takes the mean of each feature; the largest is what max pooling takes.")
def largest_for_mean(inputs: Vector | Rows) -> Numbers:
    return each(lambda *values: max(values), *inputs)
