"""Why a search may have found nothing: decks that it names and that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.search.tree import All, Any, InDeck, Not
from studytui.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from studytui.search.tree import Query


def no_such_deck(query: Query, decks: Mapping[str, Iterable[str]]) -> str:
    """A sentence on the first deck that the search names and that is not there; nothing where all are.

    `decks` are the titles by id. A pattern with a `*` may well stand for nothing.
    """
    known = {name.casefold() for deck, titles in decks.items() for name in (deck, *titles)}
    for name in _named(query):
        if "*" not in name and name.casefold() not in known:
            near = did_you_mean(name.lower(), decks) or "; `studytui due` lists the decks"
            return f"There is no deck “{name}”{near}"
    return ""


def _named(query: Query) -> Iterator[str]:
    match query:
        case All(parts) | Any(parts):
            for part in parts:
                yield from _named(part)
        case Not(part):
            yield from _named(part)
        case InDeck(pattern):
            yield pattern
