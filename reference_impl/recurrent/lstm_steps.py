"""One whole step of an LSTM cell, from its inputs and its stacked weights.

    z = W·x + U·h + b    C' = σ(z_f) ⊙ C + σ(z_i) ⊙ tanh(z_g)    h' = σ(z_o) ⊙ tanh(C')

The blocks of W, U and b stand one below the other in PyTorch's order i, f, g, o; `bias` is the sum of PyTorch's two.
Source: `torch.nn.LSTMCell`.
"""

# ruff: noqa: A002 - `input` is PyTorch's name
# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from reference_impl import checks
from reference_impl.arrays import Rows, Vector, np, numbers, sigmoid, tanh
from reference_impl.domain import Domain, array, stepped
from reference_impl.recurrent.rnn import ENTRIES, SIZES
from reference_impl.reference import reference

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reference_impl.arrays import Operand


def _blocks(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> list[NDArray[np.float64]]:
    """The old cell state and the four blocks before their activations, i, f, g, o, each (H,)."""
    operands = checks.layer(4, input, hidden, weight_ih, weight_hh, bias=bias)
    x, h, w, u, b = cast("list[NDArray[np.float64]]", operands)
    c = checks.floats("cell", cell, 1)
    if c.shape != h.shape:
        raise ValueError(f"cell must have {len(h)} entries like hidden, not {len(c)}")
    # z = W·x_t + U·h_{t−1} + b, the blocks below one another
    z = w @ x + u @ h + b  # (4H,)
    return [c, *z.reshape(4, -1)]  # (H,) each


_STEPS = Domain(
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


@reference(domain=_STEPS)
def lstm_step(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> tuple[Vector, Vector]:
    """One step of an LSTM cell: the new hidden state (H,) and the new cell state (H,).

    input (n,), hidden and cell (H,), weight_ih (4H, n), weight_hh (4H, H), bias (4H,); rows in the order i, f, g, o.
    """
    c, i, f, g, o = _blocks(input, hidden, cell, weight_ih, weight_hh, bias)
    # C_t = σ(z_f) ⊙ C_{t−1} + σ(z_i) ⊙ tanh(z_g)
    new_cell = sigmoid(f) * c + sigmoid(i) * tanh(g)
    # h_t = σ(z_o) ⊙ tanh(C_t)
    new_hidden = sigmoid(o) * tanh(new_cell)
    return _vector(new_hidden), _vector(new_cell)


@lstm_step.slip("The new hidden state is made from the new cell state, not from the old one.")
def hidden_from_old_cell(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> tuple[Vector, Vector]:
    c, _, _, _, o = _blocks(input, hidden, cell, weight_ih, weight_hh, bias)
    return _vector(sigmoid(o) * tanh(c)), lstm_step(input, hidden, cell, weight_ih, weight_hh, bias)[1]


@lstm_step.slip("The blocks stand in PyTorch's order: input gate, forget gate, candidate, output gate.")
def blocks_in_other_order(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> tuple[Vector, Vector]:
    c, f, i, g, o = _blocks(input, hidden, cell, weight_ih, weight_hh, bias)
    new_cell = sigmoid(f) * c + sigmoid(i) * tanh(g)
    return _vector(sigmoid(o) * tanh(new_cell)), _vector(new_cell)


@reference(domain=_STEPS)
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
    c, i, f, g, o = _blocks(input, hidden, cell, weight_ih, weight_hh, bias)
    return _vector(sigmoid(o) * (sigmoid(f) * c + sigmoid(i) * tanh(g)))


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


@reference(domain=_STEPS)
def lstm_step_cell(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    """The new cell state (H,) of `lstm_step`."""
    return lstm_step(input, hidden, cell, weight_ih, weight_hh, bias)[1]


@lstm_step_cell.slip("The new cell state is a sum: what is kept plus what is written, not their product.")
def blocks_multiplied(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    c, i, f, g, _ = _blocks(input, hidden, cell, weight_ih, weight_hh, bias)
    return _vector(sigmoid(f) * c * sigmoid(i) * tanh(g))


@lstm_step_cell.slip("The candidate goes through tanh; only the three gates go through a sigmoid.")
def candidate_by_sigmoid(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    c, i, f, g, _ = _blocks(input, hidden, cell, weight_ih, weight_hh, bias)
    return _vector(sigmoid(f) * c + sigmoid(i) * sigmoid(g))


@lstm_step_cell.slip("The blocks stand in PyTorch's order: input gate, forget gate, candidate, output gate.")
def cell_in_other_order(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    return blocks_in_other_order(input, hidden, cell, weight_ih, weight_hh, bias)[1]


def _vector(operand: Operand) -> Vector:
    return cast("Vector", numbers(operand))
