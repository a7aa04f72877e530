"""Backpropagation through time, whole or truncated: the gradients of a plain recurrent network's weights and bias.

The same weights serve every step, so their gradients add up over the steps, on the way back that `backwards.py` goes.
Truncated to k steps, only the last k of them count. Source: Werbos (1990); Williams and Peng (1990) for truncation.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from typing import Any

from reference_impl.arrays import Numbers, Rows, Vector, Weights, plain
from reference_impl.domain import choice
from reference_impl.gradients.backwards import backwards, total
from reference_impl.gradients.unrolled import networks, ones, outer, unroll
from reference_impl.reference import reference

_TRUNCATED = networks(targets=True, truncation=choice(None, 1, 2, 3))


@reference(domain=_TRUNCATED)
def weight_hh_gradient(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None = None,
) -> Weights:
    """Gradient of the loss ½·‖h_T − target‖² with respect to weight_hh: a matrix (H, H), or a number for numbers.

    With `truncation` k the gradient flows through the last k steps only, and the state before them is taken as given.
    """
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    # ∂L/∂W_hh = Σ_t ∂L/∂z_t · h_{t−1}ᵀ
    found: Weights = total([outer(step.error, step.before) for step in backwards(run, target, truncation)])
    return found


@weight_hh_gradient.slip("Each step back passes through tanh, so multiply by its slope, 1 − h².")
def slopes_left_out(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None,
) -> Any:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    return total([outer(step.error, step.before) for step in backwards(run, target, truncation, ones(run))])


@weight_hh_gradient.slip("On the way back the weights are transposed: an error goes to where its input came from.")
def weights_not_transposed(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None,
) -> Any:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    steps = backwards(run, target, truncation, back=run.weight_hh)
    return total([outer(step.error, step.before) for step in steps])


@weight_hh_gradient.slip("What weight_hh multiplies is the state before the step: the factor is h_{t−1}, not h_t.")
def state_after_the_step(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None,
) -> Any:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    return total([outer(step.error, step.after) for step in backwards(run, target, truncation)])


@weight_hh_gradient.slip("The weights serve every step, so the terms of all steps add up, not only the last one's.")
def last_term_only(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers, target: Numbers
) -> Weights:
    return weight_hh_gradient(inputs, hidden, weight_ih, weight_hh, bias, target, 1)


@weight_hh_gradient.slip("The terms differ from step to step: add them up instead of taking the last one T times.")
def last_term_for_all(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None,
) -> Any:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    steps = backwards(run, target, truncation)
    return plain(outer(steps[0].error, steps[0].before) * len(steps))


@reference(domain=_TRUNCATED)
def weight_ih_gradient(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None = None,
) -> Weights:
    """Gradient of the loss ½·‖h_T − target‖² with respect to weight_ih: a matrix (H, n), or a number for numbers.

    With `truncation` k the gradient flows through the last k steps only, and the state before them is taken as given.
    """
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    # ∂L/∂W_ih = Σ_t ∂L/∂z_t · x_tᵀ
    found: Weights = total([outer(step.error, step.input) for step in backwards(run, target, truncation)])
    return found


@weight_ih_gradient.slip("Each step back passes through tanh, so multiply by its slope, 1 − h².")
def input_slopes_left_out(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None,
) -> Any:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    return total([outer(step.error, step.input) for step in backwards(run, target, truncation, ones(run))])


@weight_ih_gradient.slip("The weights serve every step, so the terms of all steps add up, not only the last one's.")
def last_input_only(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers, target: Numbers
) -> Weights:
    return weight_ih_gradient(inputs, hidden, weight_ih, weight_hh, bias, target, 1)


@weight_ih_gradient.slip("Each error belongs to the input of its own step: the last error to the last input.")
def inputs_in_reverse(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None,
) -> Any:
    steps = backwards(unroll(inputs, hidden, weight_ih, weight_hh, bias), target, truncation)
    pairs = zip(steps, reversed(steps), strict=True)
    return total([outer(step.error, other.input) for step, other in pairs])


@reference(domain=_TRUNCATED)
def bias_gradient(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None = None,
) -> Numbers:
    """Gradient of the loss ½·‖h_T − target‖² with respect to the bias: a vector (H,), or a number for numbers.

    With `truncation` k the gradient flows through the last k steps only, and the state before them is taken as given.
    """
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    # ∂L/∂b = Σ_t ∂L/∂z_t
    found: Numbers = total([step.error for step in backwards(run, target, truncation)])
    return found


@bias_gradient.slip("Each step back passes through tanh, so multiply by its slope, 1 − h².")
def bias_slopes_left_out(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None,
) -> Any:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    return total([step.error for step in backwards(run, target, truncation, ones(run))])


@bias_gradient.slip("The bias is added at every step, so the errors of all steps add up, not only the last one.")
def last_error_only(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers, target: Numbers
) -> Numbers:
    return bias_gradient(inputs, hidden, weight_ih, weight_hh, bias, target, 1)


@bias_gradient.slip("The errors differ from step to step: add them up instead of taking the last one T times.")
def last_error_for_all(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None,
) -> Any:
    steps = backwards(unroll(inputs, hidden, weight_ih, weight_hh, bias), target, truncation)
    return plain(steps[0].error * len(steps))
