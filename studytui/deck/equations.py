"""The equations of a worked solution, read back from the text and computed: `⌊(7 − 3)/2⌋ + 1 = 3`.

A solution that does not add up, or that leads to another number than the answer, teaches the wrong thing.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from studytui.answer import UnreadableError, evaluate
from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studytui.deck.blocks import Text

#: What arithmetic is written with. Anything else ends an expression: words, names, brackets of vectors.
_CHOICE = r"(max|min)\(([^()=≈]*)\)"
_SIGN = r"(?:max|min)\([^()=≈]*\)|(?:tanh|exp|sqrt|σ)(?=\()|[0-9]+(?:\.[0-9]+)?|[()⌊⌋⌈⌉+\-−·×*/÷^⁰¹²³⁴⁵⁶⁷⁸⁹⁻√]"
_LAST = re.compile(rf"(?:(?:{_SIGN})\s*)+$")
_FIRST = re.compile(rf"\s*(?:(?:{_SIGN})\s*)+")
_SIGNS = re.compile("[=≈]")
_WORDS = {"⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "σ": "sigmoid"}
_OPEN, _CLOSE = "(⌊⌈", ")⌋⌉"
#: Numbers that are shown rounded may differ by so much of themselves.
_ROUNDED = Fraction(1, 50)


@frozen
class Equation:
    """Two sides that are said to be equal, as they stand in the text, with their values."""

    left: str
    right: str
    left_value: Fraction
    right_value: Fraction

    @property
    def holds(self) -> bool:
        """Whole numbers exactly; decimals and what is rounded to a whole number nearly, as they are shown."""
        gap = abs(self.left_value - self.right_value)
        if "." not in self.left + self.right and self.left_value.denominator == 1:
            return gap == 0
        return gap <= max(_ROUNDED * abs(self.right_value), _half_a_place(self.right))


def equations(text: Text) -> Iterator[Equation]:
    """The equations in a text whose names are filled in, as far as both sides are plain arithmetic."""
    for block in text:
        for spans in (block.spans, *block.cells):
            line = "".join(span.text if span.style != "code" else "\0" for span in spans)
            yield from _in_line(line)


def _in_line(line: str) -> Iterator[Equation]:
    parts = _SIGNS.split(line)
    for before, after in pairwise(parts):
        left, right = _side(_LAST.search(before), before), _side(_FIRST.match(after), after)
        if left and right:
            try:
                yield Equation(left, right, _value(left), _value(right))
            except UnreadableError:
                continue


def _side(found: re.Match[str] | None, part: str) -> str:
    """The arithmetic next to a sign, or nothing when it belongs to a name, or is not whole."""
    if found is None:
        return ""
    before, after = part[: found.start()][-1:], "" if found[0][-1:].isspace() else part[found.end() :][:1]
    side = found[0].strip()
    touching = [sign for sign in before + after if sign.isalnum() or sign in "_}]°%\0"]
    return "" if touching or not _balanced(side) else side


def _balanced(side: str) -> bool:
    depth = 0
    for sign in side:
        depth += (sign in _OPEN) - (sign in _CLOSE)
        if depth < 0:
            return False
    return depth == 0


@lru_cache(maxsize=2048)  # a translation has the equations of its deck
def _value(side: str) -> Fraction:
    plain = side.replace("√(", "sqrt(")
    plain = re.sub(_CHOICE, _chosen, plain)
    return evaluate("".join(_WORDS.get(sign, sign) for sign in plain))


def _chosen(choice: re.Match[str]) -> str:
    """The largest or the smallest of the numbers between a pair of brackets, in brackets."""
    values = [_value(part.strip("[] ")) for part in choice[2].split(",")]  # of a matrix, too
    return f"({max(values) if choice[1] == 'max' else min(values)})"


def _half_a_place(side: str) -> Fraction:
    """Half a unit of the last place of the last number."""
    decimals = re.match("[0-9]*", side.rpartition(".")[2]) if "." in side else None
    return Fraction(1, 2 * 10 ** len(decimals[0] if decimals else ""))
