"""Where things stand in a TOML text: each value with its place, each table's header. The text must be valid.

tomllib reads the values but not where they stand. Strings, arrays and tables are walked over here, never understood:
whoever changes a text by this reads it again with tomllib, to see that it says what it should.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING

from studytui.frozen import frozen

if TYPE_CHECKING:
    #: The names of the tables that a value is in, and its own; behind an array of tables the number of the table.
    Names = tuple[str | int, ...]

_KEY = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+')
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_BARE = re.compile(r"[^,\]}#\n]*")
_BLANK = re.compile(r"[ \t]*")


@frozen
class Entry:
    """`key = value`: from `start` to `end`, the value from `value` on.

    `inline` is whether it stands in an inline table, `commented` whether there are comments inside the value.
    """

    place: Names
    start: int
    value: int
    end: int
    inline: bool
    commented: bool


@frozen
class Header:
    """A table's header: from `start` to the end of its line, the line's end included."""

    place: Names
    start: int
    end: int


@frozen
class Outline:
    """All entries and headers in the order in which they stand."""

    entries: tuple[Entry, ...]
    headers: tuple[Header, ...]

    @property
    def first_header(self) -> int | None:
        """Where the first table begins; None where there is no table."""
        return self.headers[0].start if self.headers else None


def outline(text: str) -> Outline:
    """The outline of a valid TOML text."""
    return _Walk(text).walk()


@lru_cache(maxsize=2)
def lines_of(text: str) -> dict[Names, int]:
    """The line of each place, counted from 1; a table's is its header's, or that of its first value."""
    found = outline(text)
    lines: dict[Names, int] = {}
    stands = [(each.start, each.place) for each in found.entries]
    stands += [(each.start, each.place) for each in found.headers]
    for start, place in sorted(stands, key=lambda each: each[0]):
        line = text.count("\n", 0, start) + 1
        for length in range(1, len(place) + 1):
            lines.setdefault(place[:length], line)
    return lines


class _Walk:
    """One way through a text."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._entries: list[Entry] = []
        self._headers: list[Header] = []
        self._tables: dict[Names, int] = {}  # how many tables each array of tables has so far
        self._comments = 0

    def walk(self) -> Outline:
        prefix: Names = ()
        while self._skip() < len(self._text):
            if self._text[self._at] == "[":
                prefix = self._header()
            else:
                self._entry(prefix, inline=False)
        return Outline(tuple(sorted(self._entries, key=lambda entry: entry.start)), tuple(self._headers))

    def _skip(self) -> int:
        """Goes over blanks, line ends and comments; gives the place behind them."""
        text = self._text
        while self._at < len(text):
            if text[self._at] == "#":
                self._comments += 1
                end = text.find("\n", self._at)
                self._at = len(text) if end < 0 else end
            elif text[self._at] not in " \t\r\n":
                break
            else:
                self._at += 1
        return self._at

    def _header(self) -> Names:
        start = self._at
        many = self._text.startswith("[[", start)
        self._at += 2 if many else 1
        *tables, name = self._key()
        place = (*self._resolved(tables), name)
        if many:
            number = self._tables.get(place, 0)
            self._tables[place] = number + 1
            place = (*place, number)
        else:
            place = self._resolved([*tables, name])
        end = self._text.find("\n", self._at)
        self._at = end = len(self._text) if end < 0 else end + 1
        self._headers.append(Header(place, start, end))
        return place

    def _resolved(self, names: list[str]) -> Names:
        """The place that a header names: of an array of tables it is the last one."""
        place: Names = ()
        for name in names:
            place = (*place, name)
            if place in self._tables:
                place = (*place, self._tables[place] - 1)
        return place

    def _key(self) -> list[str]:
        """The parts of a key, up to what stands behind it."""
        parts = []
        while True:
            self._blank()
            match = _KEY.match(self._text, self._at)
            assert match is not None  # noqa: S101 - tomllib has read this
            written = match[0]
            parts.append(tomllib.loads(f"value = {written}")["value"] if written[0] in "\"'" else written)
            self._at = match.end()
            self._blank()
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _blank(self) -> None:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _entry(self, prefix: Names, *, inline: bool) -> None:
        start = self._at
        place = (*prefix, *self._key())
        self._at += 1  # the equals sign
        self._blank()
        value, before = self._at, self._comments
        self._value(place)
        self._entries.append(Entry(place, start, value, self._at, inline, self._comments > before))

    def _value(self, place: Names | None) -> None:
        """Goes over a value. What stands in an inline table is noted, unless that is in an array."""
        text = self._text
        if text[self._at] == "[":
            self._at += 1
            while text[self._skip()] != "]":
                self._value(None)
                if text[self._skip()] == ",":
                    self._at += 1
            self._at += 1
        elif text[self._at] == "{":
            self._at += 1
            while text[self._skip()] != "}":
                entries = len(self._entries)
                self._entry(place or (), inline=True)
                if place is None:
                    del self._entries[entries:]
                if text[self._skip()] == ",":
                    self._at += 1
            self._at += 1
        elif match := _STRING.match(text, self._at):
            self._at = match.end()
        else:
            match = _BARE.match(text, self._at)
            self._at += len(match[0].rstrip()) if match else 1
