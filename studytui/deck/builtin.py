"""Where the decks that come with the program are."""

from __future__ import annotations

from pathlib import Path


def builtin_decks() -> Path:
    """The folder of the built-in decks: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "decks"
    return installed if installed.is_dir() else package.parent / "decks"
