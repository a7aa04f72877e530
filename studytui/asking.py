"""A card becomes the question that a sitting asks: a variant unlike those seen last, proved by the quick witnesses."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from studytui.deck.ask import ask, varies
from studytui.deck.proof import contradiction, prove

if TYPE_CHECKING:
    from reference_impl.compare import Opinion
    from studytui.deck.model import Card, Question
    from studytui.memory.model import Moment
    from studytui.reviews import Reviews


def proved_question(card: Card, seed: int, reviews: Reviews) -> tuple[Question, dict[int, tuple[Opinion, ...]]]:
    """The question, and by call what the quick witnesses say.

    Raises ValueError, with a clause, where the card cannot be asked or a witness disagrees.
    """
    question = _question(card, seed, reviews)
    calls = question.variant.calls if question.variant is not None else ()
    opinions = {number: prove(call) for number, call in enumerate(calls)}
    against = contradiction(opinions.values())
    if against is not None:
        raise ValueError(against)
    return question, opinions


def _question(card: Card, seed: int, reviews: Reviews) -> Question:
    """A variant unlike those seen last, and one that shows the slip made last."""
    if not varies(card):
        return ask(card, seed)
    seen = reviews.seen(card.id, 3)
    # One name: where two slips give the same value, a variant that shows the one mostly tells them apart.
    return ask(card, seed, avoid=seen.seeds, focus=seen.slip.partition(", ")[0])


def fresh_seed(card: str, now: Moment) -> int:
    """A seed that no earlier review of the card had: it comes from the card and the millisecond."""
    digest = hashlib.sha256(f"{card}\0{now.ms}".encode()).digest()
    return int.from_bytes(digest[:4]) >> 1
