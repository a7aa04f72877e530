"""Brute force for gates and whole sequences, built from the single units of `brute_cells.py`."""

# ruff: noqa: A002 - `input` is PyTorch's name
# ruff: noqa: FBT001, FBT002 - the conventions are booleans, as in the references

from __future__ import annotations

from collections.abc import Sequence

from reference_impl import recurrent as ref
from reference_impl.arrays import Matrix, Numbers, Rows, Vector, Weights
from reference_impl.witnesses.recurrent.brute_cells import (
    gru_unit_by_unit,
    like,
    listed,
    lstm_unit_by_unit,
    reset_candidate,
    sigma,
    squash,
    sums,
    weigh,
)


@ref.rnn_step_joined.witness("brute force")
def wires_in_turn(input: Vector, hidden: Vector, weight: Rows, bias: Vector) -> Vector:
    """Each unit goes along its row: first it reads the units, then, with what is left of the row, the input."""
    found = []
    for row, total in zip(weight, bias, strict=True):
        wires = list(row)
        for value in hidden:
            total += wires.pop(0) * value  # noqa: PLW2901 - the sum begins with the bias
        for value in input:
            total += wires.pop(0) * value  # noqa: PLW2901 - and goes on
        found.append(squash(total))
    return tuple(found)


@ref.rnn_output.witness("brute force")
def outputs_one_by_one(hidden: Numbers, weight: Weights, bias: Numbers) -> Numbers:
    """Each output adds up what it reads of the units, and its bias."""
    rows = zip(listed(weight), listed(bias), strict=True)
    return like(bias, [weigh(listed(row), listed(hidden)) + offset for row, offset in rows])


@ref.lstm_step_gates.witness("brute force")
def all_gates_unit_by_unit(input: Vector, hidden: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector) -> Matrix:
    """Goes through the rows; every block has as many as there are units, and the third is the candidate's."""
    found: list[list[float]] = [[], [], [], []]
    for row, z in enumerate(sums(input, hidden, weight_ih, weight_hh, bias)):
        block = row // len(hidden)
        found[block].append(squash(z) if block == 2 else sigma(z))
    return tuple([tuple(values) for values in found])


def _lstm_states(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> list[tuple[Vector, Vector]]:
    """Hidden state and cell state of every step."""
    states = [(hidden, cell)]
    for step in inputs:
        states.append(lstm_unit_by_unit(tuple(step), *states[-1], weight_ih, weight_hh, bias))
    return states[1:]


@ref.lstm_forward.witness("brute force")
def hidden_states_in_turn(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Matrix:
    """Step after step, each from the states of the one before."""
    return tuple([state for state, _ in _lstm_states(inputs, hidden, cell, weight_ih, weight_hh, bias)])


@ref.lstm_forward_cell.witness("brute force")
def last_cell_state(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    """The cell state that the last step leaves."""
    return _lstm_states(inputs, hidden, cell, weight_ih, weight_hh, bias)[-1][1]


@ref.gru_state_gain.witness("brute force")
def change_the_first_state(update_gates: Vector | Rows, update_keeps: bool = True) -> Numbers:
    """Runs the state twice, the second time with one more in it at the start, and measures what is left of it."""

    def last_state(gates: Sequence[float], state: float) -> float:
        for gate in gates:
            start, end = (0.25, state) if update_keeps else (state, 0.25)  # the candidate is the same in both runs
            state = start + gate * (end - start)
        return state

    gains = []
    for gates in zip(*map(listed, update_gates), strict=True):
        gains.append(last_state(gates, 1.0) - last_state(gates, 0.0))  # noqa: PERF401 - a loop that says what it does
    return like(update_gates[0], gains)


@ref.gru_step_gates.witness("brute force")
def gru_gates_unit_by_unit(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool = True,
) -> Matrix:
    """Each unit finds its three rows; the candidate needs the reset gates of all units first."""
    units = len(hidden)
    reset: list[float] = []
    update: list[float] = []
    for row, z in enumerate(sums(input, hidden, weight_ih, weight_hh, bias_ih)[: 2 * units]):
        (reset if row < units else update).append(sigma(z + bias_hh[row]))
    last = (weight_ih[2 * units :], weight_hh[2 * units :], bias_ih[2 * units :], bias_hh[2 * units :])
    return tuple(reset), tuple(update), tuple(reset_candidate(input, hidden, tuple(reset), last, reset_after))


@ref.gru_forward.witness("brute force")
def gru_states_in_turn(
    inputs: Rows,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool = True,
    update_keeps: bool = True,
) -> Matrix:
    """Step after step, each from the state of the one before."""
    weights = (weight_ih, weight_hh, bias_ih, bias_hh)
    states = [hidden]
    for step in inputs:
        states.append(gru_unit_by_unit(tuple(step), states[-1], *weights, reset_after, update_keeps))
    return tuple(states[1:])
