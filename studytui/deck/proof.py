"""What the witnesses say about an answer: the quick ones at once, PyTorch's in the referee's process."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reference_impl.compare import Opinion
    from studytui.deck.model import Call

__all__ = ["contradiction", "prove"]


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
