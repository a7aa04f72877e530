"""The domains of givens, and drawing from them: by SHA-256, so that no order and no library version changes a draw."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.text import clean_line

if TYPE_CHECKING:
    from studytui.deck.model import Value

#: Bounds: values in a list, entries of an array, digits of a range's end, characters of a text.
MOST_VALUES, MOST_ENTRIES, MOST_DIGITS, LONGEST_TEXT = 1000, 256, 15, 100

_NUMBER = r"[-−]?\d+(?:\.\d+)?"
_RANGE = re.compile(rf"\s*({_NUMBER})\s*(?:\.\.|…)\s*({_NUMBER})(?:\s+step\s+(\d+(?:\.\d+)?))?\s*")
_ARRAY_KEYS = {"shape", "of"}


class BadRange(ValueError):  # noqa: N818 - named after its finding
    """A given whose values cannot be read; the text says what to write."""


@frozen
class Listed:
    """One of a few values."""

    values: tuple[Value, ...]

    @property
    def count(self) -> int:
        """The number of values."""
        return len(self.values)

    def at(self, place: int) -> Value:
        """The value at a place from 0."""
        return self.values[place]


@frozen
class Stepped:
    """`first`, `first + step`… in units of `10^-places`, `count` of them: decimals stay exact. Ints unless `real`."""

    first: int
    step: int
    count: int
    places: int
    real: bool

    def at(self, place: int) -> Value:
        """The value at a place from 0."""
        whole = self.first + place * self.step
        return whole / 10**self.places if self.real else whole


@frozen
class Arrayed:
    """An array whose entries are drawn one by one."""

    shape: tuple[int, ...]
    of: Listed | Stepped

    @property
    def count(self) -> int:
        """The number of arrays, which may be huge."""
        count: int = self.of.count ** _size(self.shape)
        return count

    def at(self, place: int) -> Value:
        """The array at a place from 0, all arrays being counted like numbers."""
        entries = []
        for _ in range(_size(self.shape)):
            place, entry = divmod(place, self.of.count)
            entries.append(self.of.at(entry))
        return _folded(entries, self.shape)


Domain = Listed | Stepped | Arrayed


@frozen
class Given:
    """A named quantity and where its values come from."""

    name: str
    domain: Domain


class Source:
    """Draws of one card with one seed: each given's hash is its own, whatever the others are."""

    __slots__ = ("_start",)

    def __init__(self, card: str, seed: int) -> None:
        self._start = hashlib.sha256(f"{card}\0{seed}\0".encode())

    def draw(self, given: Given, attempt: int) -> Value:
        """The given's value at the n-th attempt."""
        domain = given.domain
        if isinstance(domain, Arrayed):
            entries = [
                domain.of.at(self._number(f"{given.name}\0{attempt}\0{place}") % domain.of.count)
                for place in range(_size(domain.shape))
            ]
            return _folded(entries, domain.shape)
        return domain.at(self._number(f"{given.name}\0{attempt}") % domain.count)

    def _number(self, name: str) -> int:
        state = self._start.copy()
        state.update(name.encode())
        return int.from_bytes(state.digest()[:8])


def read_domain(value: object) -> Domain:
    """A given's domain as a deck writes it. Raises BadRange."""
    match value:
        case str():
            return _read_range(value)
        case bool() | int() | float():
            return Listed((_value(value),))
        case list():
            return _read_list(value)
        case dict():
            return _read_array(value)
    raise BadRange('write a list of values, a range such as "0..3", or { shape = [2, 2], of = "0..3" }')


def shuffled(count: int, *key: object) -> tuple[int, ...]:
    """The places 0 to count − 1 in an order that depends on the key alone (Fisher and Yates, by SHA-256)."""
    start = hashlib.sha256("\0".join(map(str, key)).encode())
    places = list(range(count))
    for last in range(count - 1, 0, -1):
        state = start.copy()
        state.update(str(last).encode())
        chosen = int.from_bytes(state.digest()[:8]) % (last + 1)
        places[last], places[chosen] = places[chosen], places[last]
    return tuple(places)


def _read_range(text: str) -> Stepped:
    match = _RANGE.fullmatch(text)
    if match is None:
        message = f"“{clean_line(text)[:40]}” is no range"
        raise BadRange(f'{message}: write "0..3" or "-2.0..2.0 step 0.5"; texts stand in a list')
    ends = [part.replace("−", "-") for part in match.groups(default="")]
    if any(len(part) > MOST_DIGITS for part in ends):
        raise BadRange(f"a range's numbers have at most {MOST_DIGITS} digits")
    real = any("." in part for part in ends)
    if real and not ends[2]:
        raise BadRange(f'say the step: "{match[1]}..{match[2]} step 0.5"')
    first, last, step = (Fraction(part or 1) for part in ends)
    if last < first:
        raise BadRange(f"the range goes from {match[1]} down to {match[2]}: write the smaller end first")
    if step == 0:
        raise BadRange("the step is 0: write a step above 0")
    places = max(len(part.partition(".")[2]) for part in ends)
    count = (last - first) // step + 1
    return Stepped(int(first * 10**places), int(step * 10**places), count, places, real)


def _read_list(values: list[object]) -> Listed:
    if not values:
        raise BadRange("the list is empty: write at least one value")
    if len(values) > MOST_VALUES:
        raise BadRange(f"the list has {len(values)} values, at most {MOST_VALUES} are read: write a range")
    listed = tuple(_value(value) for value in values)
    if len({_sort(value) for value in listed}) > 1:
        raise BadRange("the list mixes numbers, texts and arrays: write one sort of value")
    return Listed(listed)


def _read_array(table: Mapping[str, object]) -> Arrayed:
    if set(table) != _ARRAY_KEYS:
        raise BadRange('an array is written { shape = [2, 2], of = "0..3" }')
    shape = table["shape"]
    if (
        not isinstance(shape, list)
        or not 1 <= len(shape) <= 3
        or not all(type(size) is int and size > 0 for size in shape)
    ):
        raise BadRange("an array's shape is a list of one to three sizes such as [2, 2]")
    if max(shape) > MOST_ENTRIES or _size(shape) > MOST_ENTRIES:
        raise BadRange(f"an array has at most {MOST_ENTRIES} entries, or no learner reads it")
    of = read_domain(table["of"])
    if isinstance(of, Arrayed) or (isinstance(of, Listed) and not all(_sort(value) == "number" for value in of.values)):
        raise BadRange("an array's entries are numbers, from a list or a range")
    return Arrayed(tuple(shape), of)


def _value(value: object, depth: int = 3) -> Value:
    match value:
        case bool():
            return value
        case int() if abs(value) < 10**MOST_DIGITS:
            return value
        case float() if abs(value) < 10**MOST_DIGITS:
            return value
        case str() if 0 < len(value) <= LONGEST_TEXT:
            return clean_line(value)
        case list() if depth and 0 < len(value) <= MOST_ENTRIES:
            entries = tuple(_value(item, depth - 1) for item in value)
            if {_sort(entry) for entry in entries} in ({"number"}, {"array"}):
                return entries
            raise BadRange("an array holds numbers, or rows of numbers")
    shown = clean_line(str(value))[:30]
    raise BadRange(f"“{shown}” is no value: values are numbers, true or false, short texts, and arrays of numbers")


def _sort(value: object) -> str:
    if isinstance(value, str):
        return "text"
    return "array" if isinstance(value, tuple) else "truth" if isinstance(value, bool) else "number"


def _size(shape: list[int] | tuple[int, ...]) -> int:
    size = 1
    for extent in shape:
        size *= extent
    return size


def _folded(entries: list[Value], shape: tuple[int, ...]) -> Value:
    for extent in reversed(shape[1:]):
        entries = [tuple(entries[start : start + extent]) for start in range(0, len(entries), extent)]
    return tuple(entries)
