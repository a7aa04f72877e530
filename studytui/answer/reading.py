"""What was typed becomes exact numbers: one number, the sizes of a shape, the entries of a vector.

What can be misread is asked back, never guessed: these functions raise `UnreadableError` with one sentence.
"""

from __future__ import annotations

import re
from fractions import Fraction

from studytui.answer.expression import ON_PAPER, evaluate
from studytui.answer.unreadable import UnreadableError, quote

_COMMA_NUMBER = re.compile(r"[0-9]++(?:,[0-9]++)++(?:\.[0-9]++)?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_SPACED_THOUSANDS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")

_LAST_WORD = re.compile(r"(?<=[0-9.)%\s])[^\W\d_]+(?:/[^\W\d_]+)?$")
_NUMBER_WORDS = frozenset({"e", "pi", "π", "nan", "inf", "infinity", "x"})

_COMMA = re.compile(",")
SEMICOLON = re.compile(";")
_COMMA_OR_SEMICOLON = re.compile("[,;]")
#: `28x28`, `28*28`: but the x of `exp` is none, and ** is a power.
_TIMES = re.compile(r"(?<![A-Za-z])[xX](?![A-Za-z])|(?<!\*)\*(?!\*)")
#: A space between two entries; none beside an operation: `1 - 2` is one entry, but `1 -2` is two; `exp (1)` is one.
_SPACE = re.compile(r"(?<![-+*/^]) (?![*/^%]|[-+](?: |$)|(?<=[A-Za-z] )\()")
_BRACKETS = {"(": ")", "[": "]"}
_MAX_BRACKETS = 8


def without_unit(line: str, unit: str) -> str:
    """The line without the card's unit behind it; raises `UnreadableError` when another word stands there."""
    # A unit in lower case is a lazy finger; `Mb` for `MB` would be another unit.
    for spelling in (unit, unit.lower()):
        rest = line.removesuffix(spelling).rstrip() if spelling else line
        if rest != line and rest and not (rest[-1].isalpha() and spelling[0].isalpha()):
            return rest
    word = _LAST_WORD.search(line)
    if word and word[0].replace("/", "").isalpha() and word[0].lower() not in _NUMBER_WORDS:
        wanted = f"The answer is wanted in {quote(unit)}" if unit else "A number without a unit is wanted"
        raise UnreadableError(f"{wanted}: {quote(word[0])} is not read.")
    return line


def read_number(line: str) -> Fraction:
    """One number: an expression, or a percentage (`12.5%` is 1/8). A comma or a space between digits is asked back."""
    if found := _COMMA_NUMBER.search(line):
        raise _comma(found[0])
    if "," in line:
        raise UnreadableError("One number is wanted, without commas.")
    if _SPACED_THOUSANDS.fullmatch(line):
        raise UnreadableError(f"Did you mean {quote(line.replace(' ', ''))}? Type it without spaces.")
    return evaluate(line)


def read_shape(line: str) -> tuple[Fraction, ...]:
    """The sizes of a shape: `28x28x4`, `28×28×4`, `28*28*4`, `(28, 28, 4)`, `[28,28,4]`, `28 28 4`.

    A size may be an expression; one with a product in it stands in parentheses. PyTorch's own notation is read too.
    """
    inner = _unwrapped(line.removeprefix("torch.Size").translate(ON_PAPER))
    sizes = split(inner, _COMMA_OR_SEMICOLON)
    if len(sizes) > 1:
        if any(_TIMES.search(size) for size in sizes):
            raise UnreadableError("Separate the sizes in one way: 28x28x4, or 28, 28, 4.")
        return _evaluate_all(sizes)
    sizes = split(inner, _TIMES)
    return _evaluate_all(sizes if len(sizes) > 1 else split(inner, _SPACE))


def read_vector(line: str) -> tuple[Fraction, ...]:
    """The entries of a vector, `0.1, -0.2` or `[0.1 0.2]`; of a matrix, `[[1, 2], [3, 4]]` or `1 2; 3 4`, row by row.

    An entry may be an expression. Without commas, a sign that touches only its number begins an entry: `1 -2` is two.
    """
    return _evaluate_all(_entries(line.translate(ON_PAPER), _MAX_BRACKETS))


def _comma(typed: str) -> UnreadableError:
    """What to ask back about a number with a comma in it: digits in groups, a decimal comma, or neither."""
    whole, _, decimals = typed.partition(".")
    readings = []
    if _THOUSANDS.fullmatch(whole):
        readings.append(typed.replace(",", ""))
    if not decimals and typed.count(",") == 1:
        readings.append(typed.replace(",", "."))
    question = f"Did you mean {' or '.join(map(quote, readings))}?" if readings else "One number is wanted."
    return UnreadableError(f"{question} Type it without commas.")


def _evaluate_all(parts: list[str]) -> tuple[Fraction, ...]:
    if parts == [""]:
        return ()
    if not all(parts):
        raise UnreadableError("There is nothing between two separators.")
    return tuple(map(evaluate, parts))


def _entries(text: str, brackets: int) -> list[str]:
    """The entries of a vector, or of a matrix row by row, within so many levels of brackets."""
    inner = _unwrapped(text)
    for separator in (SEMICOLON, _COMMA, _SPACE):
        parts = split(inner, separator)
        if len(parts) > 1:
            is_row = separator is SEMICOLON
            return [entry for part in parts for entry in _row(part, brackets - 1, is_row=is_row)]
    return parts


def _row(part: str, brackets: int, *, is_row: bool) -> list[str]:
    if not is_row and _unwrapped(part) == part:
        return [part]
    if not brackets:
        raise UnreadableError(f"There are too many brackets in this: at most {_MAX_BRACKETS} levels.")
    return _entries(part, brackets)


def split(text: str, separator: re.Pattern[str]) -> list[str]:
    """The pieces of a text between separators that stand outside all brackets."""
    depths = _depths(text)
    places = [found.span() for found in separator.finditer(text) if depths[found.start()] == 0]
    starts = [0, *(end for _, end in places)]
    ends = [*(start for start, _ in places), len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _unwrapped(text: str) -> str:
    """The text without the brackets that enclose the whole of it, and without a comma at its end."""
    for _ in range(_MAX_BRACKETS):
        if len(text) < 2 or text[-1] != _BRACKETS.get(text[0]) or 0 in _depths(text)[:-1]:
            break
        text = text[1:-1].strip()
    return text.removesuffix(",")  # of `(28,)`


def _depths(text: str) -> list[int]:
    """How many brackets are open after each character."""
    depth = 0
    depths = []
    for character in text:
        depth += (character in "([") - (character in ")]")
        depths.append(depth)
    return depths
