"""How thoroughly `check` tries a card, and how many variants it has tried so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from studytui.deck.worked import Shown

#: Which witnesses are heard: those that need no PyTorch, or PyTorch's, too (on a few variants a card).
Witnesses = Literal["brute-force", "all"]


@dataclass(slots=True)
class Trial:
    """`variants` to draw for each computed card; `drawn` counts them over all cards.

    `shown` has some variants of each computed card of the deck under trial, for its translations.
    """

    variants: int = 200
    witnesses: Witnesses = "brute-force"
    drawn: int = 0
    shown: dict[str, list[Shown]] = field(default_factory=dict)
