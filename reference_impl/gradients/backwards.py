"""The way back through a plain recurrent network with tanh: from the loss at the last step to each hidden state.

    L = ½ · ‖h_T − y‖²
    ∂L/∂h_T = h_T − y
    ∂L/∂z_t = (1 − h_t²) ⊙ ∂L/∂h_t,   ∂L/∂h_{t−1} = W_hhᵀ · ∂L/∂z_t

where z_t is the sum that goes into tanh. Arguments are as in `unrolled.py`, target (H,). Source: Werbos (1990).
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from reference_impl import checks
from reference_impl.arrays import Numbers, Rows, Vector, Weights, numbers, plain, product
from reference_impl.domain import Domain, choice, whole
from reference_impl.gradients.unrolled import MOST_STEPS, Unrolled, check_step, networks, ones, transposed, unroll
from reference_impl.reference import reference

if TYPE_CHECKING:
    from reference_impl.arrays import Operand

#: Most steps of which states are counted.
LONGEST_SEQUENCE = 256


class Back(NamedTuple):
    """One step of the way back: ∂L/∂z_t, and what had gone in: x_t, h_{t−1}; and what came out: h_t."""

    error: Operand
    input: Operand
    before: Operand
    after: Operand


def missed(run: Unrolled, target: Numbers) -> Operand:
    """∂L/∂h_T = h_T − y."""
    wanted = checks.operand("target", target)
    checks.same_length(hidden=numbers(run.states[-1]), target=numbers(wanted))
    return run.states[-1] - wanted


def backwards(
    run: Unrolled,
    target: Numbers,
    truncation: int | None = None,
    slopes: Sequence[Any] | None = None,
    back: Operand | None = None,
) -> list[Back]:
    """The way back from the last step, truncated; mistaken with other slopes than φ′, or another matrix than W_hhᵀ."""
    if truncation is not None:
        checks.whole(1, MOST_STEPS, truncation=truncation)
    slopes = run.slopes if slopes is None else slopes
    back = transposed(run.weight_hh) if back is None else back
    gradient = missed(run, target)
    steps = []
    for t in range(run.steps, 0, -1)[:truncation]:
        # ∂L/∂z_t = φ′ ⊙ ∂L/∂h_t
        error = slopes[t - 1] * gradient
        steps.append(Back(error, run.inputs[t - 1], run.states[t - 1], run.states[t]))
        # ∂L/∂h_{t−1} = W_hhᵀ · ∂L/∂z_t
        gradient = product(back, error)
    return steps


def total(terms: Sequence[Operand]) -> Any:
    """The terms added up."""
    return plain(sum(terms[1:], terms[0]))


@reference(domain=networks(targets=True))
def sequence_loss(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers, target: Numbers
) -> float:
    """Half the squared distance of the last hidden state from a target: the loss that this topic differentiates."""
    error = missed(unroll(inputs, hidden, weight_ih, weight_hh, bias), target)
    # L = ½ · Σ (h_T − y)²
    return float(product(error, error)) / 2


@sequence_loss.slip("The squares are halved, so that the gradient is just the difference.")
def half_forgotten(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers, target: Numbers
) -> float:
    return 2 * sequence_loss(inputs, hidden, weight_ih, weight_hh, bias, target)


@sequence_loss.slip("The difference is squared, entry by entry, before it is added up and halved.")
def not_squared(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers, target: Numbers
) -> float:
    error = missed(unroll(inputs, hidden, weight_ih, weight_hh, bias), target)
    return float(sum(map(abs, [error] if isinstance(error, float) else error))) / 2


@sequence_loss.slip("The loss looks at the state after the last step, not after the first.")
def first_step_only(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers, target: Numbers
) -> float:
    return sequence_loss(inputs[:1], hidden, weight_ih, weight_hh, bias, target)


@reference(domain=networks(targets=True, step=whole(0, 4), where=lambda inputs, step, **_: step <= len(inputs)))
def hidden_gradient(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    step: int,
) -> Numbers:
    """Gradient of the loss ½·‖h_T − target‖² with respect to the hidden state after `step` steps: how much it matters.

    A vector (H,), or a number for numbers. Step 0 is the state before the first input, step T the last state.
    """
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    check_step(run, step, 0)
    return _state_gradient(run, target, step)


def _state_gradient(
    run: Unrolled, target: Numbers, step: int, slopes: Sequence[Any] | None = None, back: Operand | None = None
) -> Numbers:
    later = backwards(run, target, slopes=slopes, back=back)[: run.steps - step]
    # ∂L/∂h_t = W_hhᵀ · ∂L/∂z_{t+1}, and h_T − y at the last step
    turned = transposed(run.weight_hh) if back is None else back
    return numbers(product(turned, later[-1].error) if later else missed(run, target))


@hidden_gradient.slip("Each step back passes through tanh, so multiply by its slope, 1 − h².")
def state_slopes_left_out(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    step: int,
) -> Numbers:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    return _state_gradient(run, target, step, ones(run))


@hidden_gradient.slip("On the way back the weights are transposed: an error goes to where its input came from.")
def states_not_transposed(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    step: int,
) -> Numbers:
    run = unroll(inputs, hidden, weight_ih, weight_hh, bias)
    return _state_gradient(run, target, step, back=run.weight_hh)


@hidden_gradient.slip("That is the gradient at the last state; going back, each step multiplies by slope and weights.")
def same_at_all_steps(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers, target: Numbers
) -> Numbers:
    return numbers(missed(unroll(inputs, hidden, weight_ih, weight_hh, bias), target))


@hidden_gradient.slip("That is one step back too far: from h_T to h_t there are T − t steps.")
def one_step_more(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    step: int,
) -> Numbers:
    if not step:
        raise ValueError("there is no step before the first state")
    return hidden_gradient(inputs, hidden, weight_ih, weight_hh, bias, target, step - 1)


@reference(
    domain=Domain(
        {
            "time_steps": choice(1, 2, 3, 6),
            "hidden_size": choice(1, 2, 3, 128),
            "batch_size": choice(1, 2, 32),
            "truncation": choice(None, 1, 2, 4),
        }
    )
)
def stored_activations(time_steps: int, hidden_size: int, batch_size: int = 1, truncation: int | None = None) -> int:
    """How many numbers of hidden states a layer keeps for the way back: one state (B, H) for each step it goes back.

    The state before the first of these steps is not counted. With `truncation` k they are at most k steps.
    """
    checks.whole(1, hidden_size=hidden_size, batch_size=batch_size)
    checks.whole(1, LONGEST_SEQUENCE, time_steps=time_steps)
    if truncation is not None:
        checks.whole(1, LONGEST_SEQUENCE, truncation=truncation)
    # min(T, k)·B·H
    return min(time_steps, truncation or time_steps) * batch_size * hidden_size


@stored_activations.slip("Truncation keeps the last steps only; the states before them may be forgotten.")
def truncation_ignored(time_steps: int, hidden_size: int, batch_size: int) -> int:
    return time_steps * batch_size * hidden_size


@stored_activations.slip("The way back needs the state of every step that it passes, not only the last one.")
def last_state_only(hidden_size: int, batch_size: int) -> int:
    return batch_size * hidden_size


@stored_activations.slip("Every sample of the batch has states of its own.")
def batch_forgotten(time_steps: int, hidden_size: int, truncation: int | None) -> int:
    return stored_activations(time_steps, hidden_size, 1, truncation)


@stored_activations.slip("A state has hidden_size numbers; its square counts weights, which all steps share.")
def weights_counted(time_steps: int, hidden_size: int, batch_size: int, truncation: int | None) -> int:
    return stored_activations(time_steps, hidden_size, batch_size, truncation) * hidden_size
