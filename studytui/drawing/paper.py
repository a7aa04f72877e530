"""What all drawings are made with: a sheet of cells whose lines join where they meet, wrapped words, short numbers."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from studytui.deck.blocks import Span
from studytui.deck.layout import wrap_spans
from studytui.text import clean_line, display_width, fitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Names of frames and boxes on a drawing, explained below it.
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

_UP, _RIGHT, _DOWN, _LEFT = 1, 2, 4, 8
#: The character of a cell from the sides at which lines leave it; a line's end is drawn as the line.
_LINES = " │─└││┌├─┘─┴┐┤┬┼"


class Paper:
    """Rows and columns of cells. Text lies over lines; what falls off the sheet is not there."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._text: dict[tuple[int, int], str] = {}
        self._lines: dict[tuple[int, int], int] = {}

    def write(self, row: int, column: int, text: str) -> None:
        """Text from a cell on to the right; a wide character takes two cells."""
        for character in text:
            size = display_width(character)
            if not size:  # a mark belongs to the character before it
                self._text[row, column - 1] = self._text.get((row, column - 1), "") + character
                continue
            self._text[row, column] = character
            for more in range(1, size):
                self._text[row, column + more] = ""
            column += size

    def free(self, row: int, column: int) -> bool:
        """Whether no text lies there."""
        return (row, column) not in self._text

    def frame(self, top: int, left: int, bottom: int, right: int) -> None:
        """The border of a rectangle, its corners included; lines that meet join."""
        for column in range(left, right):
            for row in {top, bottom}:
                self._join(row, column, _RIGHT)
                self._join(row, column + 1, _LEFT)
        for row in range(top, bottom):
            for column in {left, right}:
                self._join(row, column, _DOWN)
                self._join(row + 1, column, _UP)

    def _join(self, row: int, column: int, side: int) -> None:
        self._lines[row, column] = self._lines.get((row, column), 0) | side

    def dot(self, row: int, column: int) -> None:
        """A dot, where nothing else is."""
        if self.free(row, column) and (row, column) not in self._lines:
            self._text[row, column] = "·"

    def name(self, letter: str, top: int, left: int, right: int) -> None:
        """A letter on the upper border of a rectangle: at its corner, or at the next place that is free."""
        column = next((column for column in range(left, right + 1) if self.free(top, column)), left)
        self.write(top, column, letter)

    def rows(self) -> list[str]:
        """The sheet, row by row."""
        return ["".join(self._cell(row, column) for column in range(self._width)) for row in range(self._height)]

    def _cell(self, row: int, column: int) -> str:
        found = self._text.get((row, column))
        return _LINES[self._lines.get((row, column), 0)] if found is None else found


def wrapped(words: str, width: int) -> list[str]:
    """Words on as many rows as they need; none for no words."""
    return [_text(row) for row in wrap_spans([Span(clean_line(words))], width)] if words else []


def listed(entries: Iterable[str], width: int) -> list[str]:
    """Entries beside each other, two spaces between; none is broken unless it is wider than a row."""
    rows: list[str] = []
    for entry in map(clean_line, entries):
        if rows and display_width(rows[-1]) + 2 + display_width(entry) <= width:
            rows[-1] += f"  {entry}"
        else:
            rows += wrapped(entry, width)
    return rows


def as_many(entries: list[str], width: int, height: int) -> list[str] | None:
    """`listed`, in at most `height` rows: what has no room is counted. None where not even one entry has room."""
    for count in range(len(entries), 0, -1):
        more = [f"… and {len(entries) - count} more"] if count < len(entries) else []
        rows = listed([*entries[:count], *more], width)
        if len(rows) <= height:
            return rows
    return None if entries else []


def cut(text: str, width: int) -> str:
    """A text in one row of at most `width` columns; `…` says that something is missing."""
    text = clean_line(text)
    return text if display_width(text) <= width else fitting(text, width - 1) + "…"


def padded(text: str, width: int, *, right: bool = False) -> str:
    """A text with spaces to fill `width` columns; `right` puts the spaces first."""
    room = " " * (width - display_width(text))
    return room + text if right else text + room


def number(value: float) -> str:
    """A number as short as it is still told: whole ones whole, others to four digits."""
    whole = isinstance(value, int) or (value.is_integer() and abs(value) < 1e6)
    return (str(int(value)) if whole else f"{value:.4g}").replace("-", "−").replace("e+", "e").replace("e−0", "e−")


def ticks(low: float, high: float, most: int, *, whole: bool = False) -> list[float]:
    """At most so many round numbers from `low` to `high`, equally far apart; the ends, where there are not two.

    `whole` asks for whole numbers.
    """
    least = (high - low) / max(most, 2)
    for step in _steps(max(least, 1) if whole else least):
        first = math.ceil(low / step - 1e-9)
        last = math.floor(high / step + 1e-9)
        if last - first + 1 <= max(most, 2):
            return [each * step for each in range(first, last + 1)] if last > first else [low, high]
    return [low, high]


def _steps(least: float) -> Iterator[float]:
    """1, 2 and 5 times the powers of ten, from the greatest that is at most `least` on."""
    exponent = math.floor(math.log10(least))
    for power in itertools.islice(itertools.count(exponent), 3):
        for digit in (1, 2, 5):
            yield float(f"{digit}e{power}")


def _text(row: Iterable[Span]) -> str:
    return "".join(span.text for span in row)
