"""Brute force for gradients through time: every weight, bias or state is nudged in turn, by a complex step.

The network is run unit by unit with complex numbers. What is nudged by ih moves the loss by ih times its gradient: the
imaginary part tells it, and nothing is subtracted, so nothing is rounded off.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Sequence
from typing import Any

from reference_impl import gradients as ref
from reference_impl.arrays import Numbers, Rows, Vector, Weights
from reference_impl.witnesses.gradients.growth import growth_rate

_STEP = 1e-30

Column = list[complex]
Table = list[Column]


def stable_sigmoid(z: complex) -> complex:
    """The textbook's fraction, the side chosen on which nothing overflows."""
    return 1 / (1 + cmath.exp(-z)) if z.real >= 0 else cmath.exp(z) / (1 + cmath.exp(z))


_ACTIVATIONS: dict[str, Callable[[complex], complex]] = {
    "tanh": cmath.tanh,
    "sigmoid": stable_sigmoid,
    "relu": lambda z: z if z.real > 0 else 0j,
}


class Network:
    """A plain recurrent network of lists, numbers put in as lists of one."""

    def __init__(
        self,
        inputs: Vector | Rows,
        hidden: Numbers,
        weight_ih: Weights,
        weight_hh: Weights,
        bias: Numbers,
        nonlinearity: str = "tanh",
    ) -> None:
        self.scalar = not isinstance(hidden, Sequence)
        self.inputs = [_column(step) for step in inputs]
        self.hidden, self.bias = _column(hidden), _column(bias)
        self.weight_ih, self.weight_hh = _table(weight_ih), _table(weight_hh)
        self.activation = _ACTIVATIONS[nonlinearity]

    def run(self, first: int = 0, last: int | None = None, hidden: Column | None = None) -> Column:
        """The state after the steps from first to last, from a state before them."""
        state = self.hidden if hidden is None else hidden
        for x in self.inputs[first:last]:
            sums = []
            for unit, offset in enumerate(self.bias):
                total = offset
                for weight, value in zip(self.weight_ih[unit], x, strict=True):
                    total += weight * value
                for weight, value in zip(self.weight_hh[unit], state, strict=True):
                    total += weight * value
                sums.append(total)
            state = [self.activation(total) for total in sums]
        return state

    def nudged(self, column: Column, result: Callable[[], Column]) -> list[list[float]]:
        """What the result answers to each entry of a column: one list of slopes an entry."""
        answers = []
        for place, value in enumerate(column):
            column[place] = value + _STEP * 1j
            answers.append([entry.imag / _STEP for entry in result()])
            column[place] = value
        return answers

    def shaped(self, rows: Any) -> Any:
        """Nested lists as tuples, or, for a network of numbers, the one number in them."""
        if self.scalar:
            while isinstance(rows, list):
                rows = rows[0]
            return rows
        return _tuples(rows)


def _column(value: Any) -> Column:
    return [complex(entry) for entry in value] if isinstance(value, Sequence) else [complex(value)]


def _table(value: Any) -> Table:
    return [_column(row) for row in value] if isinstance(value, Sequence) else [[complex(value)]]


def _tuples(value: Any) -> Any:
    return tuple([_tuples(item) for item in value]) if isinstance(value, list) else value


def _loss(state: Column, target: Numbers) -> Column:
    """Half the squared distance, as a list of one."""
    return [sum(((value - wanted) ** 2 for value, wanted in zip(state, _column(target), strict=True)), 0j) / 2]


def _last_steps(network: Network, truncation: int | None, target: Numbers) -> Callable[[], Column]:
    """The loss over the last steps, from the state before them, which is held fixed."""
    first = max(0, len(network.inputs) - (truncation or len(network.inputs)))
    held = network.run(0, first)
    return lambda: _loss(network.run(first, None, held), target)


@ref.sequence_loss.witness("brute force")
def distance_unit_by_unit(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers, target: Numbers
) -> float:
    """Runs the network unit by unit and measures the distance from the target as a length."""
    state = Network(inputs, hidden, weight_ih, weight_hh, bias).run()
    length = math.dist([value.real for value in state], [value.real for value in _column(target)])
    return length**2 / 2


@ref.weight_hh_gradient.witness("brute force")
def nudge_weight_hh(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None = None,
) -> Weights:
    """Nudges every entry of weight_hh and looks at the loss."""
    network = Network(inputs, hidden, weight_ih, weight_hh, bias)
    loss = _last_steps(network, truncation, target)
    rows = [[answer for (answer,) in network.nudged(row, loss)] for row in network.weight_hh]
    found: Weights = network.shaped(rows)
    return found


@ref.weight_ih_gradient.witness("brute force")
def nudge_weight_ih(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None = None,
) -> Weights:
    """Nudges every entry of weight_ih and looks at the loss."""
    network = Network(inputs, hidden, weight_ih, weight_hh, bias)
    loss = _last_steps(network, truncation, target)
    rows = [[answer for (answer,) in network.nudged(row, loss)] for row in network.weight_ih]
    found: Weights = network.shaped(rows)
    return found


@ref.bias_gradient.witness("brute force")
def nudge_bias(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None = None,
) -> Numbers:
    """Nudges every entry of the bias and looks at the loss."""
    network = Network(inputs, hidden, weight_ih, weight_hh, bias)
    loss = _last_steps(network, truncation, target)
    found: Numbers = network.shaped([answer for (answer,) in network.nudged(network.bias, loss)])
    return found


@ref.truncation_gap.witness("brute force")
def nudge_both_losses(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int,
) -> float:
    """Nudges every entry of weight_hh, looks how differently the whole and the cut loss answer, and takes a length."""
    network = Network(inputs, hidden, weight_ih, weight_hh, bias)
    losses = (_last_steps(network, None, target), _last_steps(network, truncation, target))

    def both() -> Column:
        return [loss for compute in losses for loss in compute()]

    answers = [answer for row in network.weight_hh for answer in network.nudged(row, both)]
    return math.dist(*zip(*answers, strict=True))


@ref.hidden_gradient.witness("brute force")
def nudge_state(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    step: int,
) -> Numbers:
    """Runs up to the step, nudges every entry of the state there, runs on, and looks at the loss."""
    network = Network(inputs, hidden, weight_ih, weight_hh, bias)
    state = network.run(0, step)
    answers = network.nudged(state, lambda: _loss(network.run(step, None, state), target))
    found: Numbers = network.shaped([answer for (answer,) in answers])
    return found


@ref.stored_activations.witness("brute force")
def keep_states(time_steps: int, hidden_size: int, batch_size: int = 1, truncation: int | None = None) -> int:
    """Keeps a state step by step, forgets the oldest one when there are too many, and counts what is kept."""
    state = 0
    for _ in range(batch_size):
        state += hidden_size
    kept: list[int] = []
    for _ in range(time_steps):
        kept.append(state)
        if truncation is not None and len(kept) > truncation:
            kept.pop(0)
    return sum(kept)


def _jacobian(network: Network, step: int) -> list[list[float]]:
    """How each entry of the last state answers to each entry of the state after a step: rows of the last state."""
    state = network.run(0, step)
    columns = network.nudged(state, lambda: network.run(step, None, state))
    return [list(row) for row in zip(*columns, strict=True)]


@ref.hidden_jacobian.witness("brute force")
def nudge_and_run_on(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    step: int,
    nonlinearity: str = "tanh",
) -> Weights:
    """Runs up to the step, nudges every entry of the state there, and looks at the last state."""
    network = Network(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    found: Weights = network.shaped(_jacobian(network, step))
    return found


@ref.input_jacobian.witness("brute force")
def nudge_input(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    step: int,
    nonlinearity: str = "tanh",
) -> Weights:
    """Nudges every entry of the step's input, runs all steps, and looks at the last state."""
    network = Network(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    columns = network.nudged(network.inputs[step - 1], network.run)
    found: Weights = network.shaped([list(row) for row in zip(*columns, strict=True)])
    return found


@ref.jacobian_norms.witness("brute force")
def stretch_most(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    nonlinearity: str = "tanh",
    norm: str = "spectral",
) -> Vector:
    """Nudges every state; the spectral norm is the root of how fast the powers of JᵀJ grow."""
    network = Network(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    return tuple([stretch(_jacobian(network, step), norm) for step in range(len(network.inputs) + 1)])


def stretch(matrix: Sequence[Sequence[float]], norm: str) -> float:
    """The norm of a matrix, from its columns' products with each other (JᵀJ)."""
    columns = list(zip(*matrix, strict=True))
    products = [[math.fsum(a * b for a, b in zip(one, other, strict=True)) for other in columns] for one in columns]
    if norm == "frobenius":
        return math.sqrt(math.fsum(products[place][place] for place in range(len(columns))))
    return math.sqrt(growth_rate(products))
