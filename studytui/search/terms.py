"""The terms of the language that have a name: `deck:`, `is:`, `prop:`… Each reads what stands behind its colon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytui.search.tree import (
    COMPARISONS,
    PROPERTIES,
    STATUSES,
    InDeck,
    Introduced,
    Is,
    Named,
    OfKind,
    Prop,
    Rated,
    Slipped,
    Tagged,
)
from studytui.text import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.search.tree import Term

#: Further back than anyone has learnt.
MOST_DAYS = 36_500
_RATINGS = {"again": 1, "hard": 2, "good": 3, "easy": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_KINDS = ("recall", "cloze", "choice", "order", "match", "text", "computed")
_PROP = re.compile(r"([^<>=!:]*)(<=|>=|!=|<|>|=)?(.*)")
_NUMBER = re.compile(r"([+-]?\d{1,9}(?:\.\d{0,17})?(?:e[+-]?\d{1,2})?)(%?)", re.IGNORECASE)


class Misread(Exception):  # noqa: N818 - caught in `parse.py`, which knows the place
    """What is wrong behind a name's colon."""


def read_term(name: str, value: str) -> Term:
    """The term that a name and its value say. Raises Misread."""
    return NAMES[name](value)


def _pattern(what: str, make: Callable[[str], Term]) -> Callable[[str], Term]:
    def read(value: str) -> Term:
        if not value:
            raise Misread(f"{what} is missing behind the colon: write it there, or leave the term out")
        return make(value)

    return read


def _kind(value: str) -> Term:
    kinds = ", ".join(_KINDS)
    if not value:
        raise Misread(f"a kind is missing: write one of {kinds}")
    if "*" not in value and value.lower() not in _KINDS:
        near = did_you_mean(value.lower(), _KINDS)
        raise Misread(f"there is no kind “{value}”{near or f': write one of {kinds}'}")
    return OfKind(value)


def _is(value: str) -> Term:
    status = next((each for each in STATUSES if each == value.lower()), None)
    if status is None:
        words = ", ".join(STATUSES)
        if not value:
            raise Misread(f"is: says how a card stands: write one of {words}")
        near = "learning" if value.lower() in {"learn", "relearning"} else nearest(value.lower(), STATUSES)
        raise Misread(f"a card cannot be “{value}”" + (f" — did you mean is:{near}?" if near else f": write {words}"))
    return Is(status)


def _days(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value[:9]) <= MOST_DAYS:
        shown = f"“{value}” is no number of days" if value else "the number of days is missing"
        raise Misread(f"{shown}: write {name}:7 for the last seven days, today among them")
    return int(value[:9])


def _rated(value: str) -> Term:
    days, colon, rating = value.partition(":")
    if colon and rating.lower() not in _RATINGS:
        shown = f"“{rating}” is no rating" if rating else "the rating is missing"
        raise Misread(f"{shown}: write 1 again, 2 hard, 3 good or 4 easy, as in rated:7:1")
    return Rated(_days("rated", days), _RATINGS[rating.lower()] if colon else None)


def _introduced(value: str) -> Term:
    return Introduced(_days("introduced", value))


def _prop(value: str) -> Term:
    match = _PROP.fullmatch(value)
    name, comparison, number = match.groups() if match else (value, None, "")
    prop = next((each for each in PROPERTIES if each == name.lower()), None)
    if prop is None:
        named = f"there is no number “{name}” to compare" if name else "prop: compares a number of the card"
        raise Misread(f"{named}: write {', '.join(PROPERTIES)}, as in prop:d>7")
    sign = next((each for each in COMPARISONS if each == comparison), None)
    if sign is None:
        raise Misread(f"how to compare “{prop}” is missing: write <, <=, =, !=, >= or >, as in prop:{prop}>1")
    read = _NUMBER.fullmatch(number)
    if read is None or (read[2] and prop != "r"):
        shown = f"“{number}” is no number" if number else "the number is missing"
        raise Misread(f"{shown}: write one behind {sign}, as in prop:{prop}{sign}{'0.9' if prop == 'r' else '7'}")
    return Prop(prop, sign, float(read[1]) / (100 if read[2] else 1))


NAMES: dict[str, Callable[[str], Term]] = {
    "deck": _pattern("the deck's id or title", InDeck),
    "tag": _pattern("the tag", Tagged),
    "kind": _kind,
    "is": _is,
    "rated": _rated,
    "introduced": _introduced,
    "slip": _pattern("the slip's name", Slipped),
    "prop": _prop,
    "id": _pattern("the card's id", Named),
}
