"""One whole step of a GRU cell, and whole sequences, from the stacked weights.

The equations and the two conventions are in `gru.py`. The blocks of W, U and the biases stand one below the other in
PyTorch's order r, z, n. Source: `torch.nn.GRUCell` and `torch.nn.GRU`, whose conventions are the defaults.
"""

# ruff: noqa: A002 - `input` is PyTorch's name
# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - the conventions are given by place or name in decks

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from reference_impl import checks
from reference_impl.arrays import Matrix, Rows, Vector, np, numbers, sigmoid
from reference_impl.domain import Domain, array, flag, stepped
from reference_impl.recurrent.gru import candidate_sum
from reference_impl.recurrent.rnn import ENTRIES, MOST_GATED_STEPS, SIZES
from reference_impl.reference import reference

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reference_impl.arrays import Operand


class Cell(NamedTuple):
    """A GRU cell's arguments, checked: input (n,), hidden (H,), W (3H, n), U (3H, H), both biases (3H,)."""

    x: NDArray[np.float64]
    h: NDArray[np.float64]
    w: NDArray[np.float64]
    u: NDArray[np.float64]
    b_ih: NDArray[np.float64]
    b_hh: NDArray[np.float64]

    def gates(self, reset_after: bool) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Reset gate, update gate and candidate, each (H,)."""
        gates = slice(0, 2 * len(self.h))
        # r, z = σ(W·x + U·h + b)
        both = self.w[gates] @ self.x + self.u[gates] @ self.h + self.b_ih[gates] + self.b_hh[gates]  # (2H,)
        r, z = cast("NDArray[np.float64]", sigmoid(both.reshape(2, -1)))  # (H,) each
        return r, z, np.tanh(self.candidate_sum(r, reset_after))

    def candidate_sum(self, r: NDArray[np.float64], reset_after: bool) -> NDArray[np.float64]:
        """The candidate's block before its tanh, (H,)."""
        last = slice(2 * len(self.h), None)
        weights = (self.w[last], self.u[last], self.b_ih[last], self.b_hh[last])
        return cast("NDArray[np.float64]", candidate_sum(self.x, self.h, r, weights, reset_after))

    def state(self, reset_after: bool, update_keeps: bool) -> NDArray[np.float64]:
        """The new hidden state (H,)."""
        _, z, n = self.gates(reset_after)
        # h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}, or with the shares swapped
        keep = z if update_keeps else 1 - z
        return (1 - keep) * n + keep * self.h


def _checked(input: Vector, hidden: Vector, weight_ih: Rows, weight_hh: Rows, bias_ih: Vector, bias_hh: Vector) -> Cell:
    operands = checks.layer(3, input, hidden, weight_ih, weight_hh, bias_ih=bias_ih, bias_hh=bias_hh)
    return Cell(*cast("list[NDArray[np.float64]]", operands))


_ONE_STEP = {
    "input": array("features", of=ENTRIES),
    "hidden": array("units", of=stepped(-1, 1, 0.25)),
    "weight_ih": array((3, "units"), "features", of=ENTRIES),
    "weight_hh": array((3, "units"), "units", of=ENTRIES),
    "bias_ih": array((3, "units"), of=ENTRIES),
    "bias_hh": array((3, "units"), of=ENTRIES),
}


@reference(domain=Domain({**_ONE_STEP, "reset_after": flag(), "update_keeps": flag()}, sizes=SIZES))
def gru_step(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool = True,
    update_keeps: bool = True,
) -> Vector:
    """One step of a GRU cell: the new hidden state (H,).

    input (n,), hidden (H,), weight_ih (3H, n), weight_hh (3H, H), biases (3H,); rows in PyTorch's order r, z, n.
    """
    checks.flag(reset_after=reset_after, update_keeps=update_keeps)
    cell = _checked(input, hidden, weight_ih, weight_hh, bias_ih, bias_hh)
    return _vector(cell.state(reset_after, update_keeps))


@gru_step.slip("Mind the convention: does the update gate say how much is kept, or how much is new?")
def update_swapped(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool,
    update_keeps: bool,
) -> Vector:
    return gru_step(input, hidden, weight_ih, weight_hh, bias_ih, bias_hh, reset_after, not update_keeps)


@gru_step.slip("Mind the place of the reset gate: PyTorch applies it behind the matrix and its bias.")
def reset_moved(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool,
    update_keeps: bool,
) -> Vector:
    return gru_step(input, hidden, weight_ih, weight_hh, bias_ih, bias_hh, not reset_after, update_keeps)


@gru_step.slip("The candidate goes through tanh; only the two gates go through a sigmoid.")
def candidate_squashed_to_share(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool,
    update_keeps: bool,
) -> Vector:
    cell = _checked(input, hidden, weight_ih, weight_hh, bias_ih, bias_hh)
    r, z, _ = cell.gates(reset_after)
    kept = z if update_keeps else 1 - z
    return _vector(kept * cell.h + (1 - kept) * sigmoid(cell.candidate_sum(r, reset_after)))


@gru_step.slip("The rows stand in PyTorch's order: reset gate, update gate, candidate.")
def gates_in_other_order(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool,
    update_keeps: bool,
) -> Vector:
    units = len(hidden)

    def swapped(rows: Any) -> Any:
        return (*rows[units : 2 * units], *rows[:units], *rows[2 * units :])

    return gru_step(
        input, hidden, swapped(weight_ih), swapped(weight_hh), swapped(bias_ih), swapped(bias_hh),
        reset_after, update_keeps,
    )  # fmt: skip


@reference(domain=Domain({**_ONE_STEP, "reset_after": flag()}, sizes=SIZES))
def gru_step_gates(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool = True,
) -> Matrix:
    """All gates of one step of a GRU cell: reset gate, update gate and candidate, in that order, (3, H).

    Arguments as for `gru_step`.
    """
    checks.flag(reset_after=reset_after)
    return _rows(_checked(input, hidden, weight_ih, weight_hh, bias_ih, bias_hh).gates(reset_after))


@gru_step_gates.slip("Mind the place of the reset gate: PyTorch applies it behind the matrix and its bias.")
def reset_at_other_side(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool,
) -> Matrix:
    return gru_step_gates(input, hidden, weight_ih, weight_hh, bias_ih, bias_hh, not reset_after)


@gru_step_gates.slip("The reset gate scales what the old state contributes to the candidate.")
def candidate_not_reset(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool,
) -> Matrix:
    cell = _checked(input, hidden, weight_ih, weight_hh, bias_ih, bias_hh)
    r, z, _ = cell.gates(reset_after)
    return _rows((r, z, np.tanh(cell.candidate_sum(np.ones_like(r), reset_after))))


@gru_step_gates.slip("The candidate goes through tanh; only the two gates go through a sigmoid.")
def three_sigmoids(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool,
) -> Matrix:
    cell = _checked(input, hidden, weight_ih, weight_hh, bias_ih, bias_hh)
    r, z, _ = cell.gates(reset_after)
    return _rows((r, z, sigmoid(cell.candidate_sum(r, reset_after))))


@gru_step_gates.slip("The rows stand in PyTorch's order: reset gate, update gate, candidate.")
def update_gate_first(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool,
) -> Matrix:
    r, z, n = gru_step_gates(input, hidden, weight_ih, weight_hh, bias_ih, bias_hh, reset_after)
    return z, r, n


@reference(
    domain=Domain(
        {
            "inputs": array("steps", "features", of=ENTRIES),
            **{name: axis for name, axis in _ONE_STEP.items() if name != "input"},
            "reset_after": flag(),
            "update_keeps": flag(),
        },
        sizes=SIZES,
    )
)
def gru_forward(
    inputs: Rows,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool = True,
    update_keeps: bool = True,
) -> Matrix:
    """Hidden states of all steps of a GRU, the same weights at each: inputs (T, n) give (T, H).

    `hidden` is the state before the first step; other arguments as for `gru_step`.
    """
    steps = checks.steps("inputs", inputs, MOST_GATED_STEPS)
    checks.flag(reset_after=reset_after, update_keeps=update_keeps)
    checks.floats("every step of inputs", steps[0], 1)
    cell = _checked(steps[0], hidden, weight_ih, weight_hh, bias_ih, bias_hh)
    states = []
    for step in steps:
        checks.same_length(**{"the first step of inputs": steps[0], "every step of inputs": step})
        cell = cell._replace(x=checks.floats("every step of inputs", step, 1))
        cell = cell._replace(h=cell.state(reset_after, update_keeps))
        states.append(cell.h)
    return _rows(states)


@gru_forward.slip("The state is handed on: each step starts from the state of the step before, not from the first one.")
def gru_state_not_handed_on(
    inputs: Rows,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool,
    update_keeps: bool,
) -> Matrix:
    weights = (weight_ih, weight_hh, bias_ih, bias_hh)
    return tuple([gru_step(step, hidden, *weights, reset_after, update_keeps) for step in inputs])  # type: ignore[arg-type]  # steps


@gru_forward.slip("Mind the convention: does the update gate say how much is kept, or how much is new?")
def forward_with_update_swapped(
    inputs: Rows,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool,
    update_keeps: bool,
) -> Matrix:
    return gru_forward(inputs, hidden, weight_ih, weight_hh, bias_ih, bias_hh, reset_after, not update_keeps)


@gru_forward.slip("The inputs are read from the first to the last; the order matters.")
def gru_read_backwards(
    inputs: Rows,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool,
    update_keeps: bool,
) -> Matrix:
    return gru_forward(inputs[::-1], hidden, weight_ih, weight_hh, bias_ih, bias_hh, reset_after, update_keeps)


def _vector(operand: Operand) -> Vector:
    return cast("Vector", numbers(operand))


def _rows(operands: Any) -> Matrix:
    return tuple([_vector(operand) for operand in operands])
