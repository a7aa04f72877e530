"""Brute force for cells: one unit after the other, one product after the other, with the textbook's exponentials."""

# ruff: noqa: A002 - `input` is PyTorch's name
# ruff: noqa: FBT001, FBT002 - the conventions are booleans, as in the references

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from reference_impl import recurrent as ref
from reference_impl.arrays import Matrix, Numbers, Rows, Vector, Weights


def sigma(z: float) -> float:
    """The textbook's sigmoid; e^700 is the last that a float can hold."""
    return 1 / (1 + math.exp(min(-z, 700)))


def squash(z: float) -> float:
    """The textbook's tanh; beyond ±20 it is ±1 to the last digit."""
    z = max(-20, min(z, 20))
    return (math.exp(z) - math.exp(-z)) / (math.exp(z) + math.exp(-z))


def listed(value: Any) -> list[Any]:
    """A number as a list of one."""
    return list(value) if isinstance(value, Sequence) else [value]


def like(pattern: Numbers, values: list[float]) -> Numbers:
    """A number where the pattern is one, else a vector."""
    return tuple(values) if isinstance(pattern, Sequence) else values[0]


def unit_by_unit(pattern: Numbers, function: Callable[..., float], *values: Numbers) -> Numbers:
    """The function of the first entries, then of the second ones, and so on."""
    lists = [listed(value) for value in values]
    return like(pattern, [float(function(*[entries[unit] for entries in lists])) for unit in range(len(lists[0]))])


def weigh(weights: Sequence[float], values: Sequence[float]) -> float:
    """Each value times its weight, added up."""
    total = 0.0
    for weight, value in zip(weights, values, strict=True):
        total += weight * value
    return total


def sums(input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers) -> list[float]:
    """What goes into the activations, row after row."""
    x, h = listed(input), listed(hidden)
    rows_ih = [listed(row) for row in listed(weight_ih)]
    rows_hh = [listed(row) for row in listed(weight_hh)]
    found = []
    for row, offset in enumerate(listed(bias)):
        found.append(weigh(rows_ih[row], x) + weigh(rows_hh[row], h) + offset)
    return found


@ref.gate_value.witness("brute force")
def search_log_odds(pre_activation: Numbers) -> Numbers:
    """Halves an interval until it has the fraction p whose log-odds ln(p / (1 − p)) are z."""

    def fraction(z: float) -> float:
        if z > 0:
            return 1 - fraction(-z)
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            if math.log(middle) - math.log1p(-middle) < z:
                low = middle
            else:
                high = middle
        return high

    return unit_by_unit(pre_activation, fraction, pre_activation)


@ref.candidate_value.witness("brute force")
def textbook_tanh(pre_activation: Numbers) -> Numbers:
    """The fraction of exponentials that defines tanh."""
    return unit_by_unit(pre_activation, squash, pre_activation)


@ref.rnn_step.witness("brute force")
def step_input_by_input(
    input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Numbers:
    """Each entry that is read sends its share to every unit; at last they squash what has come together."""
    together = list(listed(bias))
    for weights, values in ((weight_ih, input), (weight_hh, hidden)):
        rows = [listed(row) for row in listed(weights)]
        for column, value in enumerate(listed(values)):
            for unit, row in enumerate(rows):
                together[unit] += row[column] * value
    return like(hidden, [squash(z) for z in together])


@ref.rnn_forward.witness("brute force")
def steps_unit_by_unit(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Vector | Matrix:
    """Each unit of each step adds up what it reads and squashes it."""
    states: list[Any] = [hidden]
    for step in inputs:
        states.append(like(hidden, [squash(z) for z in sums(step, states[-1], weight_ih, weight_hh, bias)]))
    return tuple(states[1:])


@ref.lstm_gate.witness("brute force")
def gate_unit_by_unit(
    gate: str, input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Numbers:
    """Each unit adds up what it reads; gates are fractions, the candidate may be negative."""
    activation = {"candidate": squash}.get(gate, sigma)
    return like(hidden, [activation(z) for z in sums(input, hidden, weight_ih, weight_hh, bias)])


@ref.lstm_cell_state.witness("brute force")
def pour_together(forget_gate: Numbers, cell: Numbers, input_gate: Numbers, candidate: Numbers) -> Numbers:
    """Takes from the old entry what is forgotten, then adds to it what is written, in a hundred small portions each."""

    def entry(forget: float, old: float, write: float, new: float) -> float:
        dropped = math.fsum([old * (1 - forget) / 100] * 100)
        written = math.fsum([new * write / 100] * 100)
        return math.fsum([old, -dropped, written])

    return unit_by_unit(cell, entry, forget_gate, cell, input_gate, candidate)


@ref.lstm_hidden_state.witness("brute force")
def show_a_share(output_gate: Numbers, cell: Numbers) -> Numbers:
    """Squashes each entry with the textbook's tanh and shows the gate's share of it."""
    return unit_by_unit(cell, lambda gate, entry: gate * squash(entry), output_gate, cell)


@ref.lstm_step.witness("brute force")
def lstm_unit_by_unit(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> tuple[Vector, Vector]:
    """Each unit finds its four rows, then keeps, writes and shows."""
    z = sums(input, hidden, weight_ih, weight_hh, bias)
    units = len(hidden)
    new_hidden, new_cell = [], []
    for unit, old in enumerate(cell):
        row_of = {name: unit + units * place for place, name in enumerate("ifgo")}
        kept = sigma(z[row_of["f"]]) * old
        written = sigma(z[row_of["i"]]) * squash(z[row_of["g"]])
        new_cell.append(kept + written)
        new_hidden.append(sigma(z[row_of["o"]]) * squash(kept + written))
    return tuple(new_hidden), tuple(new_cell)


@ref.lstm_step_hidden.witness("brute force")
def lstm_hidden_unit_by_unit(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    """The first half of the whole step."""
    return lstm_unit_by_unit(input, hidden, cell, weight_ih, weight_hh, bias)[0]


@ref.lstm_step_cell.witness("brute force")
def lstm_cell_unit_by_unit(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    """The second half of the whole step."""
    return lstm_unit_by_unit(input, hidden, cell, weight_ih, weight_hh, bias)[1]


@ref.lstm_cell_gain.witness("brute force")
def change_the_start(forget_gates: Vector | Rows) -> Numbers:
    """Runs the cell twice, the second time with one more in it at the start, and measures the difference at the end."""

    def last_cell(gates: Sequence[float], cell: float) -> float:
        for gate in gates:
            cell = gate * cell + 0.25  # what is written is the same in both runs
        return cell

    steps = [listed(step) for step in forget_gates]
    gains = []
    for unit in range(len(steps[0])):
        gates = [step[unit] for step in steps]
        gains.append(last_cell(gates, 1.0) - last_cell(gates, 0.0))
    return like(forget_gates[0], gains)


@ref.gru_state.witness("brute force")
def move_towards(update_gate: Numbers, candidate: Numbers, hidden: Numbers, update_keeps: bool = True) -> Numbers:
    """Starts at one of the two values and walks the gate's share of the way to the other."""

    def entry(gate: float, new: float, old: float) -> float:
        start, end = (new, old) if update_keeps else (old, new)
        return start + gate * (end - start)

    return unit_by_unit(hidden, entry, update_gate, candidate, hidden)


def reset_candidate(
    input: Numbers,
    hidden: Numbers,
    reset_gate: Numbers,
    weights: tuple[Weights, Weights, Numbers, Numbers],
    reset_after: bool,
) -> list[float]:
    """The candidate, unit by unit."""
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    x, h, r = listed(input), listed(hidden), listed(reset_gate)
    found = []
    for unit in range(len(h)):
        from_input = weigh(listed(listed(weight_ih)[unit]), x) + listed(bias_ih)[unit]
        row = listed(listed(weight_hh)[unit])
        if reset_after:
            from_hidden = r[unit] * (weigh(row, h) + listed(bias_hh)[unit])
        else:
            from_hidden = weigh(row, [gate * value for gate, value in zip(r, h, strict=True)]) + listed(bias_hh)[unit]
        found.append(squash(from_input + from_hidden))
    return found


@ref.gru_candidate.witness("brute force")
def candidate_unit_by_unit(
    input: Numbers,
    hidden: Numbers,
    reset_gate: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias_ih: Numbers,
    bias_hh: Numbers,
    reset_after: bool = True,
) -> Numbers:
    """Each unit adds up what it reads of the input and, reset, of the old state."""
    weights = (weight_ih, weight_hh, bias_ih, bias_hh)
    return like(hidden, reset_candidate(input, hidden, reset_gate, weights, reset_after))


@ref.gru_step.witness("brute force")
def gru_unit_by_unit(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool = True,
    update_keeps: bool = True,
) -> Vector:
    """Each unit finds its three rows, resets, makes its candidate and mixes."""
    units = len(hidden)
    both = [one + other for one, other in zip(bias_ih, bias_hh, strict=True)]
    gates = [sigma(z) for z in sums(input, hidden, weight_ih[: 2 * units], weight_hh[: 2 * units], both[: 2 * units])]
    last = (weight_ih[2 * units :], weight_hh[2 * units :], bias_ih[2 * units :], bias_hh[2 * units :])
    candidate = reset_candidate(input, hidden, gates[:units], last, reset_after)
    mixed = []
    for unit, old in enumerate(hidden):
        update = gates[units + unit]
        kept = update if update_keeps else 1 - update
        mixed.append(kept * old + candidate[unit] - kept * candidate[unit])
    return tuple(mixed)
