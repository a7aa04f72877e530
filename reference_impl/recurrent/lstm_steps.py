"""One whole step of an LSTM cell, from its inputs and its stacked weights.

    z = W·x + U·h + b    C' = σ(z_f) ⊙ C + σ(z_i) ⊙ tanh(z_g)    h' = σ(z_o) ⊙ tanh(C')

The blocks of W, U and b stand one below the other in PyTorch's order i, f, g, o; `bias` is the sum of PyTorch's two.
Source: `torch.nn.LSTMCell`. Whole sequences are in `lstm_forward.py`.
"""

# ruff: noqa: A002 - `input` is PyTorch's name
# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from reference_impl import checks
from reference_impl.arrays import Matrix, Rows, Vector, np, numbers, sigmoid
from reference_impl.domain import Domain, array, stepped
from reference_impl.recurrent.rnn import ENTRIES, SIZES
from reference_impl.reference import reference

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reference_impl.arrays import Operand


class Cell(NamedTuple):
    """An LSTM cell's arguments, checked: input (n,), hidden and cell (H,), W (4H, n), U (4H, H), b (4H,)."""

    x: NDArray[np.float64]
    h: NDArray[np.float64]
    c: NDArray[np.float64]
    w: NDArray[np.float64]
    u: NDArray[np.float64]
    b: NDArray[np.float64]

    def blocks(self) -> NDArray[np.float64]:
        """The blocks i, f, g, o before their activations, (4, H)."""
        # z = W·x_t + U·h_{t−1} + b, the blocks below one another; dot costs half of @
        z: NDArray[np.float64] = self.w.dot(self.x) + self.u.dot(self.h) + self.b  # (4H,)
        return z.reshape(4, -1)


def checked(input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector) -> Cell:
    """The arguments as arrays, their shapes compared."""
    x, h, w, u, b = cast("list[NDArray[np.float64]]", checks.layer(4, input, hidden, weight_ih, weight_hh, bias=bias))
    c = checks.floats("cell", cell, 1)
    if c.shape != h.shape:
        raise ValueError(f"cell must have {len(h)} entries like hidden, not {len(c)}")
    return Cell(x, h, c, w, u, b)


def gates(z: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """The blocks behind their activations: i, f, g, o, each (H,)."""
    # i, f, o = σ(z), all at once, which costs less than one by one; g = tanh(z_g)
    i, f, _, o = cast("NDArray[np.float64]", sigmoid(z))
    return i, f, np.tanh(z[2]), o


def states(
    c: NDArray[np.float64],
    i: NDArray[np.float64],
    f: NDArray[np.float64],
    g: NDArray[np.float64],
    o: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The new hidden state and the new cell state."""
    # C_t = f ⊙ C_{t−1} + i ⊙ g
    cell = f * c + i * g
    # h_t = o ⊙ tanh(C_t)
    return o * np.tanh(cell), cell


STEPS = Domain(
    {
        "input": array("features", of=ENTRIES),
        "hidden": array("units", of=stepped(-1, 1, 0.25)),
        "cell": array("units", of=stepped(-3, 3, 0.25)),
        "weight_ih": array((4, "units"), "features", of=ENTRIES),
        "weight_hh": array((4, "units"), "units", of=ENTRIES),
        "bias": array((4, "units"), of=ENTRIES),
    },
    sizes=SIZES,
)


@reference(domain=STEPS)
def lstm_step(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> tuple[Vector, Vector]:
    """One step of an LSTM cell: the new hidden state (H,) and the new cell state (H,).

    input (n,), hidden and cell (H,), weight_ih (4H, n), weight_hh (4H, H), bias (4H,); rows in the order i, f, g, o.
    """
    given = checked(input, hidden, cell, weight_ih, weight_hh, bias)
    new_hidden, new_cell = states(given.c, *gates(given.blocks()))
    return _vector(new_hidden), _vector(new_cell)


@lstm_step.slip("The new hidden state is made from the new cell state, not from the old one.")
def hidden_from_old_cell(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> tuple[Vector, Vector]:
    given = checked(input, hidden, cell, weight_ih, weight_hh, bias)
    i, f, g, o = gates(given.blocks())
    return _vector(o * np.tanh(given.c)), _vector(f * given.c + i * g)


@lstm_step.slip("The blocks stand in PyTorch's order: input gate, forget gate, candidate, output gate.")
def blocks_in_other_order(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> tuple[Vector, Vector]:
    given = checked(input, hidden, cell, weight_ih, weight_hh, bias)
    f, i, g, o = gates(given.blocks())
    new_hidden, new_cell = states(given.c, i, f, g, o)
    return _vector(new_hidden), _vector(new_cell)


@reference(domain=STEPS)
def lstm_step_hidden(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    """The new hidden state (H,) of `lstm_step`."""
    return lstm_step(input, hidden, cell, weight_ih, weight_hh, bias)[0]


@lstm_step_hidden.slip("The new hidden state is made from the new cell state, not from the old one.")
def shown_from_old_cell(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    return hidden_from_old_cell(input, hidden, cell, weight_ih, weight_hh, bias)[0]


@lstm_step_hidden.slip("The cell state goes through tanh before the output gate scales it.")
def shown_without_tanh(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    given = checked(input, hidden, cell, weight_ih, weight_hh, bias)
    i, f, g, o = gates(given.blocks())
    return _vector(o * (f * given.c + i * g))


@lstm_step_hidden.slip("That is the new cell state; the hidden state is its tanh, scaled by the output gate.")
def cell_for_hidden(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    return lstm_step(input, hidden, cell, weight_ih, weight_hh, bias)[1]


@lstm_step_hidden.slip("The blocks stand in PyTorch's order: input gate, forget gate, candidate, output gate.")
def shown_in_other_order(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    return blocks_in_other_order(input, hidden, cell, weight_ih, weight_hh, bias)[0]


@reference(domain=STEPS)
def lstm_step_cell(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    """The new cell state (H,) of `lstm_step`."""
    return lstm_step(input, hidden, cell, weight_ih, weight_hh, bias)[1]


@lstm_step_cell.slip("The new cell state is a sum: what is kept plus what is written, not their product.")
def blocks_multiplied(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    given = checked(input, hidden, cell, weight_ih, weight_hh, bias)
    i, f, g, _ = gates(given.blocks())
    return _vector(f * given.c * i * g)


@lstm_step_cell.slip("The candidate goes through tanh; only the three gates go through a sigmoid.")
def candidate_by_sigmoid(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    given = checked(input, hidden, cell, weight_ih, weight_hh, bias)
    i, f, g, _ = cast("NDArray[np.float64]", sigmoid(given.blocks()))
    return _vector(f * given.c + i * g)


@lstm_step_cell.slip("The blocks stand in PyTorch's order: input gate, forget gate, candidate, output gate.")
def cell_in_other_order(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    return blocks_in_other_order(input, hidden, cell, weight_ih, weight_hh, bias)[1]


@reference(
    domain=Domain(
        {name: axis for name, axis in STEPS.axes.items() if name != "cell"},
        sizes=SIZES,
    )
)
def lstm_step_gates(input: Vector, hidden: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector) -> Matrix:
    """All gates of one step of an LSTM cell: input gate, forget gate, candidate and output gate, in that order, (4, H).

    Arguments as for `lstm_step`; the cell state has no say in the gates.
    """
    return _rows(gates(_gate_blocks(input, hidden, weight_ih, weight_hh, bias)))


def _gate_blocks(input: Vector, hidden: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector) -> NDArray[np.float64]:
    x, h, w, u, b = cast("list[NDArray[np.float64]]", checks.layer(4, input, hidden, weight_ih, weight_hh, bias=bias))
    return Cell(x, h, h, w, u, b).blocks()


@lstm_step_gates.slip("The candidate goes through tanh; only the three gates go through a sigmoid.")
def all_through_sigmoid(input: Vector, hidden: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector) -> Matrix:
    return _rows(sigmoid(_gate_blocks(input, hidden, weight_ih, weight_hh, bias)))


@lstm_step_gates.slip("Gates go through a sigmoid; tanh is for the candidate alone.")
def all_through_tanh(input: Vector, hidden: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector) -> Matrix:
    return _rows(np.tanh(_gate_blocks(input, hidden, weight_ih, weight_hh, bias)))


@lstm_step_gates.slip("The sums still go through their activations: sigmoids for gates, tanh for the candidate.")
def activations_forgotten(input: Vector, hidden: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector) -> Matrix:
    return _rows(_gate_blocks(input, hidden, weight_ih, weight_hh, bias))


@lstm_step_gates.slip("The third block is the candidate and the fourth the output gate: i, f, g, o.")
def candidate_last(input: Vector, hidden: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector) -> Matrix:
    i, f, o, g = _gate_blocks(input, hidden, weight_ih, weight_hh, bias)
    return _rows(gates(np.array([i, f, g, o])))


@lstm_step_gates.slip("Every gate reads the hidden state of the step before, too.")
def gates_of_input_alone(input: Vector, hidden: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector) -> Matrix:
    return lstm_step_gates(input, (0.0,) * len(hidden), weight_ih, weight_hh, bias)


def _vector(operand: Operand) -> Vector:
    return cast("Vector", numbers(operand))


def _rows(operands: Any) -> Matrix:
    return tuple([_vector(operand) for operand in operands])
