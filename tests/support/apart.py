"""How well the variants of a computed card tell its slips apart, as they are asked and at random."""

from __future__ import annotations

import itertools
from collections import Counter

from studytui.deck.model import Card, Variant
from studytui.deck.plan import Computed, plan_of, rough, tells_apart
from studytui.deck.variants import draw, variant_at

SEEDS = 200

#: Names of slips: one that gave the answer, or two that gave the same.
Names = tuple[str, ...]


def counted(card: Card) -> Counter[str]:
    """On so many variants: slips and pairs of slips, and those of them that coincide.

    Slips that give the answer on every variant of the card, and pairs that never differ, are left aside: no choice of
    variants tells them apart (padding is one slip of a size, and some cards have none).
    """
    looks = {
        "asked": [_look(card, draw(card, seed)) for seed in range(SEEDS)],
        "random": [_look(card, variant_at(card, seed)) for seed in range(SEEDS)],
    }
    differ = {names for found in looks.values() for spoken, same in found for names in spoken - same}
    counts: Counter[str] = Counter()
    for how, found in looks.items():
        for spoken, same in found:
            for names in spoken & differ:
                if all((name,) in differ for name in names):
                    sort = "slip" if len(names) == 1 else "pair"
                    counts[f"{how} {sort}"] += 1
                    counts[f"{how} {sort} same"] += names in same
    return counts


def _look(card: Card, variant: Variant) -> tuple[set[Names], set[Names]]:
    """The slips, and pairs of them, that have values on a variant, and those that coincide there."""
    assert isinstance(card.content, Computed)
    plan = plan_of(card.content)
    answered = plan.answered(variant.givens)
    given = plan.values(variant.givens, answered)
    spoken: set[Names] = set()
    same: set[Names] = set()
    for stage, part in zip(plan.stages, answered.parts, strict=True):
        slips = {f"{stage.name}: {slip.name}": slip.value for slip in stage.slip_values(given, part)}
        values = {name: rough(value, stage.digits) for name, value in slips.items()}
        spoken |= {(name,) for name in values} | set(itertools.combinations(values, 2))
        same |= {(name,) for name in slips if not tells_apart(slips[name], part.value, stage.digits)}
        same |= {(one, two) for one, two in itertools.combinations(values, 2) if values[one] == values[two]}
    return spoken, same
