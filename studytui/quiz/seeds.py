"""What follows from the seed of a quiz: the same in every process, on every machine and in every release."""

from __future__ import annotations

import hashlib


def digest(seed: int, what: str, card: str) -> bytes:
    """Bytes by which to sort or to choose."""
    return hashlib.sha256(f"quiz\0{what}\0{seed}\0{card}".encode()).digest()


def variant_seed(seed: int, card: str, number: int = 0) -> int:
    """The seed with which a card is asked; a drill asks one several times, by number."""
    what = f"variant\0{number}" if number else "variant"
    return int.from_bytes(digest(seed, what, card)[:4]) >> 1
