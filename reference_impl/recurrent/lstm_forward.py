"""An LSTM over a whole sequence: the same weights at each step, hidden state and cell state handed on.

Arguments and equations are those of `lstm_steps.py`, inputs (T, n). Source: `torch.nn.LSTM`.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from reference_impl import checks
from reference_impl.arrays import Matrix, Rows, Vector, np, numbers
from reference_impl.domain import Domain, array
from reference_impl.recurrent.lstm_steps import STEPS, checked, gates, states
from reference_impl.recurrent.rnn import ENTRIES, MOST_GATED_STEPS, SIZES
from reference_impl.reference import reference

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SEQUENCES = Domain(
    {
        "inputs": array("steps", "features", of=ENTRIES),
        **{name: axis for name, axis in STEPS.axes.items() if name != "input"},
    },
    sizes=SIZES,
)


def lstm_states(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64], tuple[NDArray[np.float64], ...]]]:
    """Step by step: the hidden state (H,), the cell state (H,), and the gates i, f, g, o, each (H,)."""
    steps = checks.steps("inputs", inputs, MOST_GATED_STEPS)
    checks.floats("every step of inputs", steps[0], 1)
    given = checked(steps[0], hidden, cell, weight_ih, weight_hh, bias)
    for step in steps:
        checks.same_length(**{"the first step of inputs": steps[0], "every step of inputs": step})
        given = given._replace(x=checks.floats("every step of inputs", step, 1))
        opened = gates(given.blocks())
        new_hidden, new_cell = states(given.c, *opened)
        yield new_hidden, new_cell, opened
        given = given._replace(h=new_hidden, c=new_cell)


@reference(domain=_SEQUENCES)
def lstm_forward(inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector) -> Matrix:
    """Hidden states of all steps of an LSTM: inputs (T, n) give (T, H).

    `hidden` and `cell` are the states before the first step.
    """
    everything = lstm_states(inputs, hidden, cell, weight_ih, weight_hh, bias)
    return tuple([cast("Vector", numbers(state)) for state, _, _ in everything])


@reference(domain=_SEQUENCES)
def lstm_forward_cell(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    """Cell state (H,) of an LSTM behind the last of its inputs (T, n)."""
    *_, (_, last, _) = lstm_states(inputs, hidden, cell, weight_ih, weight_hh, bias)
    return cast("Vector", numbers(last))


@lstm_forward.slip("Both states are handed on: a step starts from those of the step before, not from the first ones.")
def states_not_handed_on(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Matrix:
    return tuple([lstm_forward((step,), hidden, cell, weight_ih, weight_hh, bias)[0] for step in inputs])


@lstm_forward.slip("Besides the hidden state, the cell state is handed on from step to step.")
def cell_not_handed_on(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Matrix:
    found = []
    for step in inputs:
        (hidden,) = lstm_forward((step,), hidden, cell, weight_ih, weight_hh, bias)
        found.append(hidden)
    return tuple(found)


@lstm_forward.slip("The inputs are read from the first to the last; the order matters.")
def lstm_read_backwards(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Matrix:
    return lstm_forward(inputs[::-1], hidden, cell, weight_ih, weight_hh, bias)


@lstm_forward.slip("Those are the cell states; a hidden state is tanh of one, scaled by the output gate.")
def cell_states_shown(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Matrix:
    everything = lstm_states(inputs, hidden, cell, weight_ih, weight_hh, bias)
    return tuple([cast("Vector", numbers(state)) for _, state, _ in everything])


@lstm_forward_cell.slip("That is the last hidden state; the cell state is what it is made from.")
def hidden_for_last_cell(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    return lstm_forward(inputs, hidden, cell, weight_ih, weight_hh, bias)[-1]


@lstm_forward_cell.slip("The states are handed on: the last step starts from those of the step before it.")
def last_step_alone(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    return lstm_forward_cell(inputs[-1:], hidden, cell, weight_ih, weight_hh, bias)


@lstm_forward_cell.slip("The cell state goes on behind the first step, through all the others.")
def cell_of_first_step(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    return lstm_forward_cell(inputs[:1], hidden, cell, weight_ih, weight_hh, bias)
