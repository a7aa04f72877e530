"""Attention: how one query shares its attention out, and how Expire-Span lets tokens go.

Expire-Span predicts a span for each token. When the token is older than that it fades along a ramp, and is then dropped
for good. Source: Vaswani and others (2017); Sukhbaatar and others (2021), “Not All Memories are Created Equal”.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import math
from collections.abc import Callable

from reference_impl import checks
from reference_impl.activations.classes import shares
from reference_impl.arrays import Rows, Vector, logistic
from reference_impl.domain import Domain, array, choice, stepped, whole
from reference_impl.reference import reference

#: Longest span and age, and longest ramp, in tokens.
LONGEST_SPAN = 10_000
LONGEST_RAMP = 1_000

_ENTRIES = stepped(-2, 2, 0.25)


@reference(
    domain=Domain(
        {"query": array("features", of=_ENTRIES), "keys": array("tokens", "features", of=_ENTRIES)},
        sizes={"tokens": whole(1, 5), "features": whole(2, 4)},
    )
)
def attention_weights(query: Vector, keys: Rows) -> Vector:
    """How much of its attention a query gives to each position: a softmax over positions, which adds up to 1.

    query (d,), keys (T, d), weights (T,). Products are divided by √d. Source:
    `torch.nn.functional.scaled_dot_product_attention`.
    """
    # a_i = e^s_i / Σ_j e^s_j
    return shares(_scores(query, keys, math.sqrt))


def _scores(query: Vector, keys: Rows, scale: Callable[[float], float]) -> Vector:
    """The query's product with each key, divided by the scale of their length."""
    wanted, rows = checks.vector("query", query), checks.matrix("keys", keys)
    if len(rows[0]) != len(wanted):
        raise ValueError(f"keys must have rows as long as query: {len(rows[0])} for {len(wanted)}")
    # s_i = q·k_i / √d
    return tuple([math.fsum(q * k for q, k in zip(wanted, row, strict=True)) / scale(len(wanted)) for row in rows])


@attention_weights.slip("The products are divided by √d, the root of the length of a key, before the softmax.")
def not_scaled(query: Vector, keys: Rows) -> Vector:
    return shares(_scores(query, keys, lambda _: 1.0))


@attention_weights.slip("The products are divided by the root of d, not by d.")
def scaled_by_length(query: Vector, keys: Rows) -> Vector:
    return shares(_scores(query, keys, float))


@attention_weights.slip("These are the scores; a softmax over the positions makes weights of them.")
def scores_for_weights(query: Vector, keys: Rows) -> Vector:
    return _scores(query, keys, math.sqrt)


@attention_weights.slip("Positions compete: a softmax over all of them, not a sigmoid of each one.")
def sigmoid_of_each(query: Vector, keys: Rows) -> Vector:
    return tuple([logistic(score) for score in _scores(query, keys, math.sqrt)])


@reference(
    domain=Domain(
        {"span": stepped(0, 6, 0.25), "age": whole(0, 12), "ramp_length": choice(1, 2, 4, 6, 8)},
    )
)
def expire_mask(span: float, age: int, ramp_length: int) -> float:
    """Expire-Span's factor for a token that is `age` steps old: 1 keeps it, 0 drops it, between them lies the ramp.

    `span` is the predicted count of steps, 0 or more; after it the factor falls to 0 over `ramp_length` steps.
    """
    _span(span, ramp_length)
    checks.whole(0, LONGEST_SPAN, age=age)
    # m = clip(1 + (e − age)/R, 0, 1)
    return min(max(_unclipped(span, age, ramp_length), 0.0), 1.0)


def _span(span: float, ramp_length: int) -> None:
    checks.number(0, LONGEST_SPAN, span=span)
    checks.whole(1, LONGEST_RAMP, ramp_length=ramp_length)


def _unclipped(span: float, age: int, ramp_length: int) -> float:
    return 1 + (span - age) / ramp_length


@expire_mask.slip("Past its span a token fades along the ramp; it is not cut off at once.")
def cut_at_once(span: float, age: int) -> float:
    return 1.0 if age <= span else 0.0


@expire_mask.slip("The ramp begins where the span ends: until then the factor is 1.")
def ramp_within_span(span: float, age: int, ramp_length: int) -> float:
    return min(max((span - age) / ramp_length, 0.0), 1.0)


@expire_mask.slip("The factor is clipped: never above 1 and never below 0.")
def clip_forgotten(span: float, age: int, ramp_length: int) -> float:
    return _unclipped(span, age, ramp_length)


@expire_mask.slip("A factor of 1 keeps a token and one of 0 drops it, not the other way round.")
def keeping_and_dropping_swapped(span: float, age: int, ramp_length: int) -> float:
    return 1 - expire_mask(span, age, ramp_length)


@reference(domain=Domain({"span": stepped(0, 20, 0.25), "ramp_length": whole(1, 12)}))
def expire_lifetime(span: float, ramp_length: int) -> int:
    """For how many steps a token takes up memory (its factor is above 0), that of its arrival at age 0 counted.

    Whole steps pass, so a part of a step counts as one.
    """
    _span(span, ramp_length)
    # 1 + (e − age)/R > 0 for age = 0, 1, …, ⌈e + R⌉ − 1
    return math.ceil(span) + ramp_length


@expire_lifetime.slip("A token is still held along the ramp, after its span has ended.")
def ramp_not_held(span: float) -> int:
    return math.floor(span) + 1


@expire_lifetime.slip("The step at which a token arrives, at age 0, is one of its steps.")
def arrival_not_counted(span: float, ramp_length: int) -> int:
    return expire_lifetime(span, ramp_length) - 1


@expire_lifetime.slip("At an age of span plus ramp_length the factor has come down to 0: that step is no longer held.")
def dropped_step_counted(span: float, ramp_length: int) -> int:
    return math.floor(span + ramp_length) + 1


_MEMORY = Domain(
    {"spans": array("tokens", of=stepped(0, 8, 0.25)), "ramp_length": choice(1, 2, 3, 4)}, sizes={"tokens": whole(1, 8)}
)


def _spans(spans: Vector, ramp_length: int) -> Vector:
    """The spans, once everything is found to be as it must be."""
    found = checks.vector("spans", spans)
    checks.elements(0, LONGEST_SPAN, spans=found)
    checks.whole(1, LONGEST_RAMP, ramp_length=ramp_length)
    return found


def _masks(spans: Vector, ramp_length: int) -> Vector:
    """The factors of all tokens, the oldest first, when the newest one has age 0."""
    last = len(spans) - 1
    return tuple([expire_mask(span, last - place, ramp_length) for place, span in enumerate(spans)])


def _one_step_later(spans: Vector, ramp_length: int) -> Vector:
    """Their factors when one more token has arrived."""
    return _masks((*spans, 0.0), ramp_length)[:-1]


@reference(domain=_MEMORY)
def expire_masks(spans: Vector, ramp_length: int) -> Vector:
    """Expire-Span's factors of all tokens at the step at which the last one arrives; the oldest token comes first.

    spans (T,), the result (T,): the last token's age is 0, that of the first T − 1.
    """
    # m_i = clip(1 + (e_i − (t − i))/R, 0, 1)
    return _masks(_spans(spans, ramp_length), ramp_length)


@expire_masks.slip("The newest token, which comes last, has age 0.")
def newest_has_age_one(spans: Vector, ramp_length: int) -> Vector:
    return _one_step_later(spans, ramp_length)


@expire_masks.slip("The first token came first, so it is the oldest.")
def ages_reversed(spans: Vector, ramp_length: int) -> Vector:
    return _masks(tuple(spans)[::-1], ramp_length)[::-1]


@expire_masks.slip("Past its span a token fades along the ramp; it is not cut off at once.")
def all_cut_at_once(spans: Vector) -> Vector:
    return tuple([cut_at_once(span, len(spans) - 1 - place) for place, span in enumerate(spans)])


@reference(domain=_MEMORY)
def expire_kept(spans: Vector, ramp_length: int) -> int:
    """How many tokens are still in memory (factor > 0) at the step at which the last one arrives, itself included.

    spans (T,), the oldest token first.
    """
    masks = _masks(_spans(spans, ramp_length), ramp_length)
    # how many m_i > 0
    return sum(mask > 0 for mask in masks)


@expire_kept.slip("A token on the ramp is weaker, but still in memory.")
def full_factors_only(spans: Vector, ramp_length: int) -> int:
    return sum(mask == 1 for mask in _masks(spans, ramp_length))


@expire_kept.slip("That is how many have been dropped.")
def dropped_counted(spans: Vector, ramp_length: int) -> int:
    return len(spans) - expire_kept(spans, ramp_length)


@expire_kept.slip("The newest token has age 0, so every token is one step younger.")
def kept_one_step_later(spans: Vector, ramp_length: int) -> int:
    return sum(mask > 0 for mask in _one_step_later(spans, ramp_length))


#: Scores as they are on cards, and scores of which the exponentials are more than a float can hold.
_SCORED = [
    Domain(
        {"scores": array("tokens", of=entries), "masks": array("tokens", of=choice(0, 0.25, 0.5, 0.75, 1))},
        where=lambda masks, **_: any(masks),
        sizes={"tokens": whole(1, 5)},
    )
    for entries in (_ENTRIES, stepped(-1500, 1500, 250))
]


@reference(domain=_SCORED[0] | _SCORED[1])
def expired_attention(scores: Vector, masks: Vector) -> Vector:
    """Attention weights of positions of which some expire: softmax weights times their factors, adding up to 1 again.

    scores (T,) as they enter the softmax, masks (T,) between 0 and 1, not all 0.
    """
    found = checks.vector("scores", scores)
    kept = checks.vector("masks", masks)
    checks.elements(0, 1, masks=kept)
    checks.same_length(scores=found, masks=kept)
    if not any(kept):
        raise ValueError("masks must keep at least one position, and all of them are 0")
    # a_i = m_i·e^s_i / Σ_j m_j·e^s_j, the largest score that is kept taken off, so that nothing overflows
    largest = max([score for score, mask in zip(found, kept, strict=True) if mask])
    parts = [mask * math.exp(score - largest) if mask else 0.0 for score, mask in zip(found, kept, strict=True)]
    total = math.fsum(parts)
    return tuple([part / total for part in parts])


@expired_attention.slip("Divide by the new sum, so that the weights add up to 1 again.")
def not_shared_out_again(scores: Vector, masks: Vector) -> Vector:
    return tuple([float(weight * mask) for weight, mask in zip(shares(scores), masks, strict=True)])


@expired_attention.slip("A factor scales the weight; a score scaled to 0 would still get attention, as e^0 is 1.")
def scores_scaled(scores: Vector, masks: Vector) -> Vector:
    return shares(tuple([score * mask for score, mask in zip(scores, masks, strict=True)]))


@expired_attention.slip("What has expired gets less attention, or none: multiply the weights by their factors.")
def masks_forgotten(scores: Vector) -> Vector:
    return shares(scores)


@reference(
    domain=Domain(
        {
            "task_loss": stepped(0, 3, 0.125),
            "spans": array("tokens", of=stepped(0, 40, 0.5)),
            "alpha": choice(0.001, 0.01, 0.05, 0.25),
        },
        sizes={"tokens": whole(1, 6)},
    )
)
def expire_loss(task_loss: float, spans: Vector, alpha: float) -> float:
    """Expire-Span's loss: that of the task, and alpha for each step that a token is meant to stay on average.

    Without the second part every token would be kept for ever.
    """
    checks.number(0, task_loss=task_loss)
    checks.number(0, 1, alpha=alpha)
    found = checks.vector("spans", spans)
    checks.elements(0, LONGEST_SPAN, spans=found)
    # L = L_task + α · 1/T · Σ_i e_i
    return task_loss + alpha * math.fsum(found) / len(found)


@expire_loss.slip("The spans are averaged over the tokens, not only added up.")
def spans_added_up(task_loss: float, spans: Vector, alpha: float) -> float:
    return task_loss + alpha * math.fsum(spans)


@expire_loss.slip("Long spans cost: their part is added to the loss, not taken off.")
def spans_rewarded(task_loss: float, spans: Vector, alpha: float) -> float:
    return 2 * task_loss - expire_loss(task_loss, spans, alpha)


@expire_loss.slip("The mean span is scaled by alpha before it is added.")
def alpha_forgotten(task_loss: float, spans: Vector) -> float:
    return task_loss + math.fsum(spans) / len(spans)


@expire_loss.slip("The longest span alone does not decide: it is the mean that costs.")
def longest_span_only(task_loss: float, spans: Vector, alpha: float) -> float:
    return task_loss + alpha * max(spans)
