"""How the last hidden state of a plain recurrent network depends on what came before: products of Jacobians.

    ∂h_T/∂h_t = diag(φ′_T)·W_hh · diag(φ′_{T−1})·W_hh · … · diag(φ′_{t+1})·W_hh

The later factor stands on the left. Each factor shrinks or stretches, and T − t of them make gradients vanish or
explode. Arguments are as in `unrolled.py`. Source: Pascanu and others (2013).
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reference_impl import checks
from reference_impl.arrays import Numbers, Rows, Vector, Weights, np, plain
from reference_impl.domain import choice, whole
from reference_impl.gradients.unrolled import NONLINEARITIES, Unrolled, check_step, networks, ones, transposed, unroll
from reference_impl.reference import reference

if TYPE_CHECKING:
    from reference_impl.arrays import Operand

#: The spectral norm is the largest factor by which a matrix stretches a vector, the Frobenius norm the root of the sum
#: of all squared entries.
NORMS = ("spectral", "frobenius")

_NONLINEARITY = choice(*NONLINEARITIES)


def norm_of(matrix: Operand, norm: str) -> float:
    """‖M‖; a number's norm is its magnitude."""
    if isinstance(matrix, float):
        return abs(matrix)
    return float(np.linalg.norm(matrix, 2 if norm == "spectral" else "fro"))


def matmul(left: Operand, right: Operand) -> Operand:
    """Product of matrices, or of numbers."""
    if isinstance(left, float) or isinstance(right, float):
        return left * right
    found: Operand = left @ right
    return found


def rows_scaled(slope: Any, weight: Operand) -> Operand:
    """diag(φ′)·W: each row of W times the slope of its unit."""
    if isinstance(weight, float) or isinstance(slope, float):
        found: Operand = slope * weight
        return found
    scaled: Operand = slope[:, None] * weight
    return scaled


def _state_jacobian(run: Unrolled, step: int, slopes: Sequence[Any] | None = None) -> Operand:
    """∂h_T/∂h_t; mistaken with other slopes than φ′."""
    jacobian: Operand = 1.0 if isinstance(run.weight_hh, float) else np.eye(len(run.weight_hh))
    for slope in (run.slopes if slopes is None else slopes)[step:]:
        # ∂h_j/∂h_t = diag(φ′_j)·W_hh · ∂h_{j−1}/∂h_t
        jacobian = matmul(rows_scaled(slope, run.weight_hh), jacobian)
    return jacobian


@reference(
    domain=networks(step=whole(0, 4), nonlinearity=_NONLINEARITY, where=lambda inputs, step, **_: step <= len(inputs))
)
def hidden_jacobian(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    step: int,
    nonlinearity: str = "tanh",
) -> Weights:
    """How the last hidden state depends on the one after `step` steps: ∂h_T/∂h_t (H, H), or a number for numbers.

    Row i, column j: how entry i of the last state answers to entry j of the earlier one. Step 0 is the state before the
    first input; step T gives the identity. `nonlinearity` is tanh, relu or sigmoid.
    """
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    check_step(run, step, 0)
    found: Weights = plain(_state_jacobian(run, step))
    return found


@hidden_jacobian.slip("Each step passes through the nonlinearity, so multiply by its slope as well as by the weights.")
def slopes_forgotten(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    step: int,
    nonlinearity: str,
) -> Any:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    return plain(_state_jacobian(run, step, ones(run)))


@hidden_jacobian.slip("The factor of the later step stands on the left.")
def factors_in_reverse(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    step: int,
    nonlinearity: str,
) -> Any:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    jacobian = _state_jacobian(run, run.steps)
    for slope in run.slopes[step:]:
        jacobian = matmul(jacobian, rows_scaled(slope, run.weight_hh))
    return plain(jacobian)


@hidden_jacobian.slip("There is one factor for each step from t + 1 to T, not only that of the last step.")
def last_factor_only(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    nonlinearity: str,
) -> Any:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    return plain(_state_jacobian(run, run.steps - 1))


@hidden_jacobian.slip(
    "The slopes scale the rows of W, one for each unit of the new state: diag(φ′) stands on the left."
)
def columns_scaled(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    step: int,
    nonlinearity: str,
) -> Any:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    jacobian = _state_jacobian(run, run.steps)
    for slope in run.slopes[step:]:
        jacobian = matmul(transposed(rows_scaled(slope, transposed(run.weight_hh))), jacobian)
    return plain(jacobian)


@reference(
    domain=networks(step=whole(1, 4), nonlinearity=_NONLINEARITY, where=lambda inputs, step, **_: step <= len(inputs))
)
def input_jacobian(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    step: int,
    nonlinearity: str = "tanh",
) -> Weights:
    """How the last hidden state depends on the input of one step: ∂h_T/∂x_t (H, n), or a number for numbers.

    Steps are counted from 1 to T. `nonlinearity` is tanh, relu or sigmoid.
    """
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    check_step(run, step, 1)
    # ∂h_T/∂x_t = ∂h_T/∂h_t · diag(φ′_t)·W_ih
    found: Weights = plain(matmul(_state_jacobian(run, step), rows_scaled(run.slopes[step - 1], run.weight_ih)))
    return found


@input_jacobian.slip("The input's own step passes through the nonlinearity, too: its slope is a factor.")
def own_slope_forgotten(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    step: int,
    nonlinearity: str,
) -> Any:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    return plain(matmul(_state_jacobian(run, step), run.weight_ih))


@input_jacobian.slip("An input lives on in the hidden state: later steps multiply by their slopes and weight_hh.")
def own_step_only(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    step: int,
    nonlinearity: str,
) -> Any:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    return plain(rows_scaled(run.slopes[step - 1], run.weight_ih))


@input_jacobian.slip("Each step passes through the nonlinearity, so multiply by its slope as well as by the weights.")
def all_slopes_forgotten(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    step: int,
    nonlinearity: str,
) -> Any:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    return plain(matmul(_state_jacobian(run, step, ones(run)), run.weight_ih))


@reference(domain=networks(nonlinearity=_NONLINEARITY, norm=choice(*NORMS)))
def jacobian_norms(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    nonlinearity: str = "tanh",
    norm: str = "spectral",
) -> Vector:
    """How strongly the last hidden state depends on each one: ‖∂h_T/∂h_t‖ for t = 0, 1, …, T, so T + 1 numbers.

    `norm` is spectral (the largest singular value; the last entry is 1) or frobenius (the last entry is √H).
    """
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    checks.one_of(NORMS, norm=norm)
    return tuple([norm_of(_state_jacobian(run, step), norm) for step in range(run.steps + 1)])


@jacobian_norms.slip("The first number belongs to the start, t = 0, and the last one to the last state itself.")
def norms_in_reverse(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    nonlinearity: str,
    norm: str,
) -> Vector:
    return jacobian_norms(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity, norm)[::-1]


@jacobian_norms.slip("Each step passes through the nonlinearity, so its slope is a factor, too.")
def norms_of_weights_only(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    nonlinearity: str,
    norm: str,
) -> Vector:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    return tuple([norm_of(_state_jacobian(run, step, ones(run)), norm) for step in range(run.steps + 1)])


@jacobian_norms.slip("Multiply the matrices first: the norm of a product may be less than the product of norms.")
def norms_multiplied(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    nonlinearity: str,
    norm: str,
) -> Vector:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    found = [norm_of(_state_jacobian(run, run.steps), norm)]
    for slope in reversed(run.slopes):
        found.append(found[-1] * norm_of(rows_scaled(slope, run.weight_hh), norm))
    return tuple(found[::-1])
