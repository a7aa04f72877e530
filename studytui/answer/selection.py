"""Options, orders and pairs that are typed as a line (in plain mode) become places, counted from 0.

Numbers count from 1 and letters from a. What cannot be read gives an unreadable verdict, with one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from studytui.answer.reading import SEMICOLON, split
from studytui.answer.unreadable import UnreadableError, quote, tidy
from studytui.answer.verdict import Verdict

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

_SEPARATORS = re.compile(r"(?:->|[\s,;>→.)(])+")
_PAIR = re.compile(r"([0-9]{1,4})\s*(?:(?:->|[-=:.)→>])\s*)?([a-z])(?![a-z])")
_PAIRS = re.compile(rf"(?:{_PAIR.pattern}[\s,;]*)+")


def _unreadable_as_verdict(read: Callable[_Given, _Result]) -> Callable[_Given, _Result | Verdict]:
    def reader(*args: _Given.args, **kwargs: _Given.kwargs) -> _Result | Verdict:
        try:
            return read(*args, **kwargs)
        except UnreadableError as unreadable:
            return unreadable.verdict

    reader.__doc__ = read.__doc__
    return reader


@_unreadable_as_verdict
def read_choice(typed: str, count: int, *, several: bool) -> frozenset[int]:
    """The picked options: `2`, `b`, `1 3`, `1,3`, `ac`."""
    places = _places(typed, count)
    if not several and len(set(places)) > 1:
        raise UnreadableError("Pick one option only.")
    return frozenset(places)


@_unreadable_as_verdict
def read_order(typed: str, count: int) -> tuple[int, ...]:
    """All items in the learner's order: `3 1 2`, `312`, `c a b`, `c > a > b`."""
    places = _places(typed, count)
    _demand_each_once(places, count)
    return tuple(places)


@_unreadable_as_verdict
def read_pairs(typed: str, count: int) -> tuple[int, ...]:
    """The right-hand partner of every row: `1b 2a 3c`, `1-b 2-a 3-c`, or the partners in turn, `b a c` or `2 1 3`."""
    line = tidy(typed).lower()
    if not _PAIRS.fullmatch(line):
        partners = _places(line, count)
        if len(partners) != count:
            raise UnreadableError(f"{count} partners are wanted, one for every row, and {len(partners)} were typed.")
        return tuple(partners)
    pairs = [(_place(row, count), _place(partner, count)) for row, partner in _PAIR.findall(line)]
    _demand_each_once([row for row, _ in pairs], count)
    return tuple(partner for _, partner in sorted(pairs))


@_unreadable_as_verdict
def read_parts(typed: str, count: int) -> tuple[str, ...]:
    """The lines of several parts, `12; 9; 5`: what is left out is empty. A `;` in brackets is its part's own."""
    lines = split(typed, SEMICOLON)
    while len(lines) > count and not lines[-1]:
        lines.pop()
    if len(lines) > count:
        typed_so_many = f"{count} answers are wanted, with ; between them, and {len(lines)} were typed"
        raise UnreadableError(f"{typed_so_many}: a ; within an answer stands in brackets.")
    return (*lines, *[""] * (count - len(lines)))


def _places(typed: str, count: int) -> list[int]:
    """The places that a line names, in its order; with fewer than ten options, digits may stand together."""
    line = tidy(typed).lower()
    words = [word for word in _SEPARATORS.split(line) if word]
    if not words:
        raise UnreadableError(f"Type numbers from 1 to {count}, or letters.")
    together = [word.isascii() and (word.isalpha() or (word.isdigit() and count < 10)) for word in words]
    names = [name for word, split in zip(words, together, strict=True) for name in (word if split else [word])]
    return [_place(name, count) for name in names]


def _place(name: str, count: int) -> int:
    """The place of an option from its number or letter."""
    if re.fullmatch("[0-9]{1,4}", name):
        place = int(name) - 1
    elif re.fullmatch("[a-z]", name):
        place = ord(name) - ord("a")
    else:
        raise UnreadableError(f"{quote(name)} is no option: type numbers from 1 to {count}, or letters.")
    if not 0 <= place < count:
        raise UnreadableError(f"There is no option {quote(name)}: there are {count}.")
    return place


def _demand_each_once(places: list[int], count: int) -> None:
    for place in range(count):
        times = places.count(place)
        if times != 1:
            problem = "is missing" if not times else f"is there {times} times"
            raise UnreadableError(f"Name every item once: {place + 1} {problem}.")
