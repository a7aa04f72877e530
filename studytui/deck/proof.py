"""What the witnesses say about an answer: the quick ones at once, PyTorch's in the referee's process."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reference_impl.compare import Opinion
    from studytui.deck.model import Call, Card

__all__ = ["contradiction", "make_ready", "prove"]


def make_ready(card: Card) -> None:
    """Loads what asking a computed card would wait for: its expressions, their models and quick witnesses. Any thread.

    Never raises for what is wrong with the card: that is told when it is asked.
    """
    from studytui.deck.expression import ExpressionError, find_reference
    from studytui.deck.plan import Computed, plan_of

    with suppress(ExpressionError):
        if isinstance(card.content, Computed):
            for name in plan_of(card.content).references:
                _ = find_reference(name).quick_witnesses


def prove(call: Call) -> tuple[Opinion, ...]:
    """The opinions of the witnesses that need no PyTorch on one use of a reference."""
    from reference_impl.catalogue import find
    from reference_impl.compare import opinions

    return tuple(opinions(find(call.reference), call.arguments, call.value, only="quick"))


def contradiction(said: Iterable[Sequence[Opinion]]) -> str | None:
    """The first opinion, call by call, that contradicts its reference, as a sentence; None when none does."""
    for opinions in said:
        for opinion in opinions:
            if opinion.agrees is False:
                return f"the witness “{opinion.name}” disagrees ({opinion.error or opinion.value})"
    return None
