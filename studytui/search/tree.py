"""What a search says, as frozen data, and the line that says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

Status = Literal["due", "new", "learning", "review", "suspended", "buried", "orphan", "leech"]
Property = Literal["d", "s", "r", "ivl", "due", "reps", "lapses"]
Comparison = Literal["<=", ">=", "!=", "<", ">", "="]

#: What `is:` can say.
STATUSES: dict[Status, str] = {
    "due": "to be asked today",
    "new": "never answered",
    "learning": "in its learning steps, the first time or again",
    "review": "learnt, and asked by the day",
    "suspended": "suspended",
    "buried": "buried until tomorrow",
    "orphan": "answered once, and in no deck any more",
    "leech": "forgotten so often that it is a leech",
}
#: What `prop:` can compare.
PROPERTIES: dict[Property, str] = {
    "d": "difficulty, 1 to 10",
    "s": "stability in days",
    "r": "the chance to remember it now, 0 to 1 or in percent",
    "ivl": "days from the last answer to the next one",
    "due": "days until it is due, below 0 when overdue",
    "reps": "answers",
    "lapses": "times that it was forgotten",
}
COMPARISONS: tuple[Comparison, ...] = ("<=", ">=", "!=", "<", ">", "=")


@frozen
class Words:
    """The card's text, in any of its languages, holds this, whatever the case of its letters."""

    text: str


@frozen
class InDeck:
    """The deck's id or title is this; `*` stands for anything, here as in the other patterns."""

    pattern: str


@frozen
class Tagged:
    """The card, or its deck, has this tag."""

    pattern: str


@frozen
class OfKind:
    """The card is of this kind."""

    pattern: str


@frozen
class Named:
    """The card's id is this, with or without its deck's in front."""

    pattern: str


@frozen
class Slipped:
    """This slip was made at the card."""

    pattern: str


@frozen
class Is:
    """How the card stands."""

    status: Status


@frozen
class Rated:
    """The card was answered within so many days, today among them; with a rating if one is named."""

    days: int
    rating: int | None = None


@frozen
class Introduced:
    """The card's first answer was within so many days, today among them."""

    days: int


@frozen
class Prop:
    """A number of the card's memory, compared. New cards have none, so that nothing holds of them."""

    name: Property
    comparison: Comparison
    value: float


@frozen
class Not:
    """The part does not hold."""

    part: Query


@frozen
class All:
    """Every part holds; without any, every card is found."""

    parts: tuple[Query, ...] = ()


@frozen
class Any:
    """One part or more holds."""

    parts: tuple[Query, ...]


Term = Words | InDeck | Tagged | OfKind | Named | Slipped | Is | Rated | Introduced | Prop
Query = Term | Not | All | Any

EVERYTHING = All()


def all_of(parts: Iterable[Query]) -> Query:
    """A query for cards of which every part holds, without parentheses that say nothing."""
    flat = [each for part in parts for each in (part.parts if isinstance(part, All) else (part,))]
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def any_of(parts: Iterable[Query]) -> Query:
    """A query for cards of which a part holds; of one part it is that part."""
    flat = [each for part in parts for each in (part.parts if isinstance(part, Any) else (part,))]
    return flat[0] if len(flat) == 1 else Any(tuple(flat))


def negated(part: Query) -> Query:
    """A query for all other cards; twice is not at all."""
    return part.part if isinstance(part, Not) else Not(part)


# -- the line that says it -----------------------------------------------------------------------------------------

#: A text that can stand as it is: no space, quote or parenthesis, no colon, no minus in front.
_BARE = re.compile(r'[^\s"():\\-][^\s"():\\]*')
_KEYWORDS = {"or", "and", "not"}


def unparse(query: Query) -> str:
    """The line that is read as this query."""
    match query:
        case All(parts):
            return " ".join(_part(each) for each in parts)
        case Any(parts):
            return " or ".join(_part(each) for each in parts)
        case Not(part):
            return f"-{_part(part)}"
        case _:
            return _term(query)


def _part(query: Query) -> str:
    return f"({unparse(query)})" if isinstance(query, All | Any) else unparse(query)


def _term(term: Term) -> str:
    match term:
        case Words(text):
            return _quoted(text)
        case Is(status):
            return f"is:{status}"
        case Rated(days, rating):
            return f"rated:{days}" if rating is None else f"rated:{days}:{rating}"
        case Introduced(days):
            return f"introduced:{days}"
        case Prop(name, comparison, value):
            short = f"{value:g}"
            return f"prop:{name}{comparison}{short if float(short) == value else repr(value)}"
        case _:
            return f"{_NAMES[type(term)]}:{_quoted(term.pattern)}"


_NAMES: dict[type, str] = {InDeck: "deck", Tagged: "tag", OfKind: "kind", Named: "id", Slipped: "slip"}


def _quoted(text: str) -> str:
    if _BARE.fullmatch(text) and text.lower() not in _KEYWORDS:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
