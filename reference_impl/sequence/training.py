"""Training a decoder: what it reads under teacher forcing, and its loss then and when it reads its own predictions.

Losses are in nats and added up over the steps. The decoder is that of `decoder.py`; the target ends with its eos.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reference_impl import checks
from reference_impl.activations.classes import surprise
from reference_impl.arrays import Rows, Vector
from reference_impl.domain import Array, Axis, Domain, array, whole
from reference_impl.reference import reference
from reference_impl.sequence.decoder import (
    LONGEST,
    SIZES,
    STATES,
    TOKENS,
    WEIGHTS,
    Decoder,
    check_tokens,
    checked,
    emitted,
    has_winners,
)

#: Largest number of a token where no decoder bounds it.
LARGEST_TOKEN = 100_000


@reference(
    domain=Domain({"target": array("steps", of=whole(1, 9)), "sos": whole(0, 2)}, sizes={"steps": whole(1, 6)}),
)
def teacher_inputs(target: Sequence[int], sos: int = 0) -> Vector:
    """Tokens that a decoder reads in training with teacher forcing: sos, then the target without its last token."""
    tokens = checks.wholes("target", target, 0, LARGEST_TOKEN, LONGEST)
    checks.whole(0, LARGEST_TOKEN, sos=sos)
    return (sos, *tokens[:-1])


@teacher_inputs.slip("Each step reads the true token of the step before, so the target is shifted by one.")
def target_not_shifted(target: Sequence[int]) -> Vector:
    return tuple(target)


@teacher_inputs.slip("The last token is only predicted: nothing reads it, and there are as many inputs as targets.")
def last_token_read(target: Sequence[int], sos: int) -> Vector:
    return (sos, *target)


@teacher_inputs.slip("A step reads the token before the one that it predicts, not the one behind it.")
def shifted_the_other_way(target: Sequence[int], sos: int) -> Vector:
    return (*target[1:], sos)


_LOSSES: Mapping[str, Axis | Array] = {"context": STATES, **WEIGHTS, "target": array("steps", of=TOKENS), "sos": TOKENS}


def _begin(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int
) -> tuple[Vector, Decoder, tuple[int, ...]]:
    """The first state, the decoder and the target."""
    state, decoder = checked("context", context, weight_ih, weight_hh, weight_ho)
    check_tokens(decoder, sos=sos)
    wanted = checks.wholes("target", target, 0, LARGEST_TOKEN, LONGEST)
    for token in wanted:
        check_tokens(decoder, **{"every entry of target": token})
    return state, decoder, wanted


def _losses(state: Vector, decoder: Decoder, inputs: Iterable[int], target: Iterable[int]) -> list[float]:
    """The loss of each step, reading these inputs."""
    found = []
    for read, wanted in zip(inputs, target, strict=True):
        state = decoder.state(read, state)
        # −ln p(y_t)
        found.append(surprise(decoder.scores(state), wanted))
    return found


@reference(domain=Domain(_LOSSES, sizes=SIZES))
def teacher_forced_loss(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int = 0
) -> float:
    """Loss of a decoder on a target with teacher forcing: each step reads the true token of the step before.

    The sum of −ln p(true token) over the steps; e^−loss is the probability of the whole target, given the context.
    """
    state, decoder, wanted = _begin(context, weight_ih, weight_hh, weight_ho, target, sos)
    # −Σ_t ln p(y_t | y_1, …, y_{t−1}, context)
    return sum(_losses(state, decoder, teacher_inputs(wanted, sos), wanted))  # type: ignore[arg-type]  # tokens


@teacher_forced_loss.slip("Teacher forcing feeds the true tokens, not what the decoder itself has predicted.")
def own_predictions_fed(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int
) -> float:
    return free_running_loss(context, weight_ih, weight_hh, weight_ho, target, sos)


@teacher_forced_loss.slip("Each step reads the true token of the step before, not the one that it is to predict.")
def target_fed_unshifted(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int
) -> float:
    state, decoder, wanted = _begin(context, weight_ih, weight_hh, weight_ho, target, sos)
    return sum(_losses(state, decoder, wanted, wanted))


@teacher_forced_loss.slip("The losses of the steps are added up here; this is their mean.")
def mean_of_losses(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int
) -> float:
    return teacher_forced_loss(context, weight_ih, weight_hh, weight_ho, target, sos) / len(target)


@teacher_forced_loss.slip("That is the probability of the target; the loss is its negative logarithm.")
def probability_of_target(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int
) -> float:
    return math.exp(-teacher_forced_loss(context, weight_ih, weight_hh, weight_ho, target, sos))


def _can_run_free(**arguments: Any) -> bool:
    return has_winners(free_running_loss, arguments)


@reference(domain=Domain(_LOSSES, where=_can_run_free, sizes={**SIZES, "steps": whole(2, 5)}))
def free_running_loss(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int = 0
) -> float:
    """Loss of a decoder on a target when each step reads what the decoder itself found likeliest at the step before.

    The sum of −ln p(true token) over the steps of the target; a predicted eos does not end it. A tie of scores before
    the last step is refused.
    """
    state, decoder, wanted = _begin(context, weight_ih, weight_hh, weight_ho, target, sos)
    # −Σ_t ln p(y_t | ŷ_1, …, ŷ_{t−1}, context), where ŷ is what the decoder emits
    return sum(_losses(state, decoder, _own_inputs(state, decoder, len(wanted), sos), wanted))


def _own_inputs(state: Vector, decoder: Decoder, steps: int, sos: int) -> list[int]:
    """sos, then what the decoder emits at all steps but the last."""
    return [sos, *[token for _, (token, _) in zip(range(steps - 1), emitted(state, decoder, sos), strict=False)]]


@free_running_loss.slip("Without a teacher each step reads the decoder's own prediction, not the true token.")
def true_tokens_fed(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int
) -> float:
    return teacher_forced_loss(context, weight_ih, weight_hh, weight_ho, target, sos)


@free_running_loss.slip("The loss looks at the probability of the true token, not of the predicted one.")
def predictions_scored(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int
) -> float:
    state, decoder, wanted = _begin(context, weight_ih, weight_hh, weight_ho, target, sos)
    steps = zip(wanted, emitted(state, decoder, sos), strict=False)
    return sum([surprise(scores, token) for _, (token, scores) in steps])


@free_running_loss.slip("The losses of the steps are added up here; this is their mean.")
def mean_of_free_losses(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int
) -> float:
    return free_running_loss(context, weight_ih, weight_hh, weight_ho, target, sos) / len(target)
