"""All that a card says, as one line: what a search looks through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from studytui.deck.blocks import Block, plain

if TYPE_CHECKING:
    from studytui.deck.model import Card


def wording(card: Card) -> str:
    """Heading, question, answer, options and explanation, with single spaces; of a computed card its formulas, too."""
    parts = (card.heading, card.question, card.content, card.explanation)
    return " ".join(" ".join(text for part in parts for text in _texts(part)).split())


def _texts(part: object) -> Iterator[str]:
    """The texts in data of whatever shape a kind has made."""
    match part:
        case str():
            yield part
        case Block():
            yield plain((part,))
        case tuple() | list():
            for each in part:
                yield from _texts(each)
        case Mapping():
            yield from _texts(list(part.items()))
        case _:
            for name in getattr(part, "__match_args__", ()):
                yield from _texts(getattr(part, name))
