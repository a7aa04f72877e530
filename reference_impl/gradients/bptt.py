"""Backpropagation through time, whole or truncated: the gradients of a plain recurrent network's weights and bias.

The same weights serve every step, so their gradients add up over the steps, on the way back that `backwards.py` goes.
Truncated to k steps, only the last k of them count. Source: Werbos (1990); Williams and Peng (1990) for truncation.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reference_impl import checks
from reference_impl.arrays import Numbers, Rows, Vector, Weights, np, plain
from reference_impl.domain import choice, whole
from reference_impl.gradients.backwards import Back, backwards, total
from reference_impl.gradients.unrolled import MOST_STEPS, networks, ones, outer, unroll
from reference_impl.reference import reference

if TYPE_CHECKING:
    from reference_impl.arrays import Operand

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
    found: Weights = plain(_weights_gradient(backwards(run, target, truncation)))
    return found


def _weights_gradient(steps: Sequence[Back]) -> Operand:
    # ∂L/∂W_hh = Σ_t ∂L/∂z_t · h_{t−1}ᵀ
    return sum([outer(step.error, step.before) for step in steps], 0.0)


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


_CUT_SHORT = networks(lambda inputs, truncation, **_: truncation <= len(inputs), targets=True, truncation=whole(1, 3))


@reference(domain=_CUT_SHORT)
def truncation_gap(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int,
) -> float:
    """How far the truncated gradient with respect to weight_hh is from the whole one: the norm of their difference.

    Frobenius norm, the root of all squares together; of numbers the magnitude. It is 0 where nothing is cut off, and
    need not shrink with every step that is added.
    """
    checks.whole(1, MOST_STEPS, truncation=truncation)
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    full, truncated = [_weights_gradient(backwards(run, target, cut)) for cut in (None, truncation)]
    # ‖∂L/∂W_hh − ∂L/∂W_hh truncated‖
    return _norm(full - truncated)


def _norm(gradient: Operand) -> float:
    # ‖G‖ = √(Σ G²); of a number |G|
    return abs(gradient) if isinstance(gradient, float) else float(np.sqrt(np.vdot(gradient, gradient)))


@truncation_gap.slip("Take the difference first and its norm then: norms can be alike where gradients are not.")
def difference_of_norms(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int,
) -> float:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    norms = [_norm(_weights_gradient(backwards(run, target, cut))) for cut in (None, truncation)]
    return abs(norms[0] - norms[1])


@truncation_gap.slip("That is what truncation keeps; the gap is what it leaves out: the steps before the cut.")
def what_is_kept(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int,
) -> float:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    return _norm(_weights_gradient(backwards(run, target, truncation)))


@truncation_gap.slip("Truncation is no full cure: what lies before the cut is lost from the gradient.")
def nothing_lost() -> float:
    return 0.0


@truncation_gap.slip("All steps before the cut are lost, not only the one just before it.")
def first_lost_step_only(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int,
) -> float:
    steps = backwards(unroll(inputs, hidden, weight_ih, weight_hh, bias), target)[truncation:]
    if not steps:
        raise ValueError("nothing is cut off")
    return _norm(outer(steps[0].error, steps[0].before))
