"""A card's place in random order."""

from __future__ import annotations

import hashlib


def shuffle_of(card: str) -> int:
    """Looks random, and is the same for ever, so that an index can hold it."""
    return int.from_bytes(hashlib.sha256(card.encode("utf-8", "surrogatepass")).digest()[:4])
