"""Witnesses of the topic `attention`: memories kept step by step, shares with forty digits, and PyTorch."""

from __future__ import annotations

import decimal
from fractions import Fraction

from reference_impl import attention as ref
from reference_impl.arrays import Rows, Vector, plain

_EXACT = decimal.Context(prec=40)


def _decimal(value: Fraction) -> decimal.Decimal:
    return _EXACT.divide(decimal.Decimal(value.numerator), decimal.Decimal(value.denominator))


def _exact_shares(parts: list[decimal.Decimal]) -> Vector:
    total = decimal.Decimal(0)
    for part in parts:
        total = _EXACT.add(total, part)
    return tuple([float(_EXACT.divide(part, total)) for part in parts])


@ref.attention_weights.witness("brute force")
def share_out(query: Vector, keys: Rows) -> Vector:
    """Adds up each product as exact fractions, and takes each exponential's share with forty digits."""
    root = _EXACT.sqrt(decimal.Decimal(len(query)))
    parts = []
    for key in keys:
        product = sum((Fraction(q) * Fraction(k) for q, k in zip(query, key, strict=True)), Fraction(0))
        parts.append(_EXACT.exp(_EXACT.divide(_decimal(product), root)))
    return _exact_shares(parts)


@ref.attention_weights.witness("PyTorch")
def attend_to_units(query: Vector, keys: Rows) -> Vector:
    """nn.functional.scaled_dot_product_attention: values that are unit vectors bring the weights to light."""
    import torch

    q, k = torch.tensor([query], dtype=torch.float64), torch.tensor(keys, dtype=torch.float64)
    weights = torch.nn.functional.scaled_dot_product_attention(q, k, torch.eye(len(keys), dtype=torch.float64))
    found: Vector = plain(weights[0])
    return found


@ref.expire_mask.witness("brute force")
def fade_step_by_step(span: float, age: int, ramp_length: int) -> float:
    """Lets the token grow old: when its span is used up, each step, or the part of one, takes its share of the ramp."""
    left, factor = Fraction(span), Fraction(1)
    for _ in range(age):
        used = min(left, Fraction(1))
        left -= used
        factor = max(Fraction(0), factor - (1 - used) / ramp_length)
        if not factor:
            break
    return float(factor)


@ref.expire_mask.witness("PyTorch")
def torch_clamp(span: float, age: int, ramp_length: int) -> float:
    """torch.clamp, as in the paper's code."""
    import torch

    remaining = torch.tensor(span, dtype=torch.float64) - age
    return float((remaining / ramp_length + 1).clamp(0, 1))


@ref.expire_lifetime.witness("brute force")
def wait_until_dropped(span: float, ramp_length: int) -> int:
    """Counts the steps until nothing of the token is left."""
    left = Fraction(span) + ramp_length
    steps = 0
    while left > 0:
        steps += 1
        left -= 1
    return steps


@ref.expire_lifetime.witness("PyTorch")
def count_factors(span: float, ramp_length: int) -> int:
    """Counts the factors above 0 in a tensor of all ages."""
    import torch

    ages = torch.arange(ref.LONGEST_SPAN + ref.LONGEST_RAMP + 1, dtype=torch.float64)
    return int((((span - ages) / ramp_length + 1).clamp(0, 1) > 0).sum())


def _memory(spans: Vector, ramp_length: int) -> dict[int, float]:
    """Reads token after token: each step ages all that are held, and those are dropped of which nothing is left."""
    ages: dict[int, int] = {}
    for token in range(len(spans)):
        ages = {held: age + 1 for held, age in ages.items()} | {token: 0}
        ages = {held: age for held, age in ages.items() if fade_step_by_step(spans[held], age, ramp_length) > 0}
    return {held: fade_step_by_step(spans[held], age, ramp_length) for held, age in ages.items()}


@ref.expire_masks.witness("brute force")
def factors_of_memory(spans: Vector, ramp_length: int) -> Vector:
    """Reads token after token, and looks up what is left of each."""
    memory = _memory(spans, ramp_length)
    return tuple([memory.get(token, 0.0) for token in range(len(spans))])


@ref.expire_masks.witness("PyTorch")
def clamp_all(spans: Vector, ramp_length: int) -> Vector:
    """torch.clamp of all tokens at once."""
    import torch

    ages = torch.arange(len(spans), dtype=torch.float64).flip(0)
    masks: Vector = plain(((torch.tensor(spans, dtype=torch.float64) - ages) / ramp_length + 1).clamp(0, 1))
    return masks


@ref.expire_kept.witness("brute force")
def size_of_memory(spans: Vector, ramp_length: int) -> int:
    """Reads token after token, and counts what is held at the end."""
    return len(_memory(spans, ramp_length))


@ref.expire_kept.witness("PyTorch")
def count_clamped(spans: Vector, ramp_length: int) -> int:
    """torch.count_nonzero of all factors."""
    import torch

    return int(torch.count_nonzero(torch.tensor(clamp_all(spans, ramp_length), dtype=torch.float64)))


@ref.expired_attention.witness("brute force")
def fade_shares(scores: Vector, masks: Vector) -> Vector:
    """Scales each exponential by its factor and takes its share, with forty digits."""
    parts = []
    for score, mask in zip(scores, masks, strict=True):
        parts.append(_EXACT.multiply(_EXACT.exp(decimal.Decimal(score)), decimal.Decimal(mask)))
    return _exact_shares(parts)


@ref.expired_attention.witness("PyTorch")
def softmax_with_logarithms(scores: Vector, masks: Vector) -> Vector:
    """torch.softmax, the logarithm of each factor added to its score: −∞ where it is 0."""
    import torch

    logarithms = torch.tensor(masks, dtype=torch.float64).log()
    weights: Vector = plain((torch.tensor(scores, dtype=torch.float64) + logarithms).softmax(0))
    return weights


@ref.expire_loss.witness("brute force")
def pay_token_by_token(task_loss: float, spans: Vector, alpha: float) -> float:
    """Charges each token for its steps, in exact fractions, and adds its part of the charge."""
    loss = Fraction(task_loss)
    for span in spans:
        loss += Fraction(alpha) * Fraction(span) / len(spans)
    return float(loss)


@ref.expire_loss.witness("PyTorch")
def penalised_loss(task_loss: float, spans: Vector, alpha: float) -> float:
    """The spans' L1 loss against 0, which is their mean, on top of the task's."""
    import torch

    lengths = torch.tensor(spans, dtype=torch.float64)
    return float(task_loss + alpha * torch.nn.functional.l1_loss(lengths, torch.zeros_like(lengths)))
