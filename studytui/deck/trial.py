"""How thoroughly `check` tries a card, and how many variants it has tried so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: Which witnesses are heard: those that need no PyTorch, or PyTorch's, too (on a few variants a card).
Witnesses = Literal["brute-force", "all"]


@dataclass(slots=True)
class Trial:
    """`variants` to draw for each computed card; `drawn` counts them over all cards."""

    variants: int = 200
    witnesses: Witnesses = "brute-force"
    drawn: int = 0
