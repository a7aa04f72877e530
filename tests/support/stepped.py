"""A deck with a card of several steps, changed by replacements."""

from __future__ import annotations

from pathlib import Path

from support.world import STEPPED


def write_stepped(folder: Path, text: str = STEPPED, *changes: tuple[str, str]) -> Path:
    """Writes a deck of some cards, changed by replacements."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / "deck.md"
    path.write_text("# A deck\n" + text)
    return path
