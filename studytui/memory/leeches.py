"""Leeches: cards that are forgotten again and again. Anki's rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytui.memory.model import Memory

#: Lapses from which on a card is one, unless the settings say otherwise.
LEECH_LAPSES = 8


def is_leech(memory: Memory | None, lapses: int = LEECH_LAPSES) -> bool:
    """Whether a card was forgotten so often."""
    return memory is not None and memory.lapses >= lapses


def told_again(before: Memory | None, after: Memory | None, lapses: int = LEECH_LAPSES) -> bool:
    """Whether a review makes a card a leech, or has a leech forgotten half as often again since it was told last."""
    if after is None or (before is not None and after.lapses <= before.lapses):
        return False
    return is_leech(after, lapses) and (after.lapses - lapses) % ((lapses + 1) // 2) == 0
