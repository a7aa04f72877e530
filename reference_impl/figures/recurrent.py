"""Figures of the topic `recurrent`: states and gates over time, and what is left along the direct path."""

# ruff: noqa: FBT001 - `update_keeps` is a boolean, as in the reference

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from reference_impl import recurrent as ref
from reference_impl.arrays import Numbers, Rows, Vector, Weights
from reference_impl.figures import Bar, Bars, Curves, Series
from reference_impl.recurrent.lstm_forward import lstm_states

#: More units than this are not told apart in a figure: their mean is shown.
MOST_UNITS = 4


def over_time(title: str, y_label: str, first: int, series: Sequence[Series]) -> Curves | None:
    """Curves over the steps, which count on from `first`; one step alone is no curve."""
    steps = range(first, first + len(series[0].values))
    return Curves(title, "step", y_label, tuple(map(float, steps)), tuple(series)) if len(steps) > 1 else None


def by_unit(states: Sequence[Any]) -> list[Series]:
    """A series for each unit, or the mean over the units where there are many."""
    units = [tuple(map(float, values)) for values in zip(*states, strict=True)]
    if len(units) > MOST_UNITS:
        return [Series(f"mean of {len(units)} units", tuple([_mean(values) for values in zip(*units, strict=True)]))]
    return [Series(f"unit {number}", values) for number, values in enumerate(units, 1)]


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


@ref.rnn_forward.figure
def hidden_states(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Curves | None:
    """The hidden state of each unit, from the one before the first step."""
    states: list[Any] = [hidden, *ref.rnn_forward(inputs, hidden, weight_ih, weight_hh, bias)]
    rows = [[state] if isinstance(state, (int, float)) else state for state in states]
    return over_time("Hidden state over time", "hidden state", 0, by_unit(rows))


@ref.lstm_forward.figure
def gates_over_time(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Curves | None:
    """Input, forget and output gate at each step: of the one unit, or their means over the units."""
    opened = [gates for _, _, gates in lstm_states(inputs, hidden, cell, weight_ih, weight_hh, bias)]
    series = [
        Series(f"{name} gate", tuple([_mean(gates[place].tolist()) for gates in opened]))
        for name, place in (("input", 0), ("forget", 1), ("output", 3))
    ]
    of = "" if len(hidden) == 1 else f", mean of {len(hidden)} units"
    return over_time(f"Gates over time{of}", "gate", 1, series)


@ref.lstm_forward_cell.figure
def cell_states(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Curves | None:
    """The cell state of each unit, from the one before the first step."""
    cells = [state.tolist() for _, state, _ in lstm_states(inputs, hidden, cell, weight_ih, weight_hh, bias)]
    return over_time("Cell state over time", "cell state", 0, by_unit([cell, *cells]))


@ref.gru_forward.figure
def gru_states(
    inputs: Rows,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool,
    update_keeps: bool,
) -> Curves | None:
    """The hidden state of each unit, from the one before the first step."""
    states = ref.gru_forward(inputs, hidden, weight_ih, weight_hh, bias_ih, bias_hh, reset_after, update_keeps)
    return over_time("Hidden state over time", "hidden state", 0, by_unit([hidden, *states]))


def _left(title: str, steps: Sequence[Any]) -> Curves | None:
    """What is left behind each step of 1, or of a vector of ones, that is multiplied by each step's shares."""
    rows = [[step] if isinstance(step, (int, float)) else step for step in steps]
    left = [[1.0] * len(rows[0])]
    for row in rows:
        left.append([kept * share for kept, share in zip(left[-1], row, strict=True)])
    return over_time(title, "share that is left", 0, by_unit(left))


@ref.lstm_cell_gain.figure
def gain_over_time(forget_gates: Vector | Rows) -> Curves | None:
    """What is left of a change of the first cell state, behind each step."""
    return _left("What is left of the first cell state", forget_gates)


@ref.gru_state_gain.figure
def state_gain_over_time(update_gates: Vector | Rows, update_keeps: bool) -> Curves | None:
    """What is left of a change of the first hidden state, behind each step."""

    def kept(step: Any) -> Any:
        return 1 - step if isinstance(step, (int, float)) else [1 - gate for gate in step]

    return _left("What is left of the first state", update_gates if update_keeps else list(map(kept, update_gates)))


def _by_layer(
    blocks: int, input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int
) -> Bars:
    """The parameters of each layer of a stack."""
    bars = []
    for layer in range(num_layers):
        width = ref.layer_input_size(input_size, hidden_size, layer, bidirectional)
        count = (1 + bidirectional) * blocks * ref.rnn_parameters(width, hidden_size, biases=biases)
        bars.append(Bar(f"layer {layer}", float(count)))
    return Bars("Parameters of each layer", "parameters", tuple(bars))


@ref.rnn_parameters.figure
def rnn_layers(input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int) -> Bars:
    """One block a layer and direction."""
    return _by_layer(1, input_size, hidden_size, num_layers, bidirectional, biases)


@ref.lstm_parameters.figure
def lstm_layers(input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int) -> Bars:
    """Four blocks a layer and direction."""
    return _by_layer(4, input_size, hidden_size, num_layers, bidirectional, biases)


@ref.gru_parameters.figure
def gru_layers(input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int) -> Bars:
    """Three blocks a layer and direction."""
    return _by_layer(3, input_size, hidden_size, num_layers, bidirectional, biases)
