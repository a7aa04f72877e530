"""Typed expressions become numbers, on exact fractions and behind limits that hold for any input.

A tokenizer and a precedence parser that computes as it reads; nothing of Python's own evaluator takes part. What is
read: + - * / // ** with their signs on paper (− × ÷ · ^ and raised digits), `x` between numbers, a % behind a number,
parentheses, and the functions and constants of `arithmetic.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from studytui.answer.arithmetic import (
    CONSTANTS,
    FUNCTIONS,
    MAX_BITS,
    Number,
    add,
    divide,
    divide_down,
    multiply,
    power,
    settle,
    subtract,
)
from studytui.answer.unreadable import UnreadableError, quote

MAX_CHARACTERS = 256
MAX_NODES = 128
MAX_DEPTH = 24
MAX_DIGITS = 30
#: 10 to this power is the last that fits into `MAX_BITS`.
_MAX_EXPONENT = MAX_BITS * 30103 // 100000

#: Signs as they are written on paper, and the signs that stand for them here.
ON_PAPER = str.maketrans("−–×✕·⋅∙∗÷∕⁄", "--******///")
_RAISED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")

_TOKEN = re.compile(
    r"""(?P<number> (?: [0-9]+ (?: \.[0-9]* )? | \.[0-9]+ ) (?: [eE][+-]?[0-9]+ )? )
    |   (?P<sign> \*\* | // | [-+*/^()%] | [xX](?![A-Za-z]) )
    |   (?P<raised> [⁺⁻]? [⁰¹²³⁴⁵⁶⁷⁸⁹]+ )
    |   (?P<name> [lL][oO][gG](?:2|10)(?![0-9]) | [A-Za-zπ]+ )
    |   (?P<space> \s+ )
    """,
    re.VERBOSE,
)
_HEXADECIMAL = re.compile(r"(?<![0-9.])0[xX][0-9a-fA-F]+")
_INFINITE = frozenset({"nan", "inf", "infinity"})


class _Token(NamedTuple):
    kind: str
    text: str
    typed: str


_END: Final = _Token("end", "", "")
_SYNONYMS = {"^": "**", "x": "*", "X": "*"}

_Operation = Callable[[Number, Number], Number]
_BINARY: Mapping[str, tuple[int, _Operation]] = {
    "+": (1, add),
    "-": (1, subtract),
    "*": (2, multiply),
    "/": (2, divide),
    "//": (2, divide_down),
}
#: Signs bind more loosely than powers and more tightly than products: -2**2 is -4.
_SIGN_LEVEL = 3


def evaluate(text: str) -> Fraction:
    """The value of an expression; raises `UnreadableError` with a sentence for the learner.

    Exact but for functions, `e`, `pi` and roots without an exact value: these give a float, rounded to 14 digits.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(f"This is too long for one number: at most {MAX_CHARACTERS} characters.")
    if found := _HEXADECIMAL.search(text):
        raise UnreadableError(
            f"{quote(found[0])} is hexadecimal: write the number in decimal digits, with * to multiply."
        )
    return settle(_Parser(_tokens(text)).value())


def _tokens(text: str) -> list[_Token]:
    plain = text.translate(ON_PAPER)
    tokens = []
    place = 0
    while place < len(text):
        found = _TOKEN.match(plain, place)
        if found is None:
            raise _strange(text[place])
        if (kind := found.lastgroup or "") != "space":
            tokens.append(_Token(kind, _SYNONYMS.get(found[0], found[0]), text[place : found.end()]))
        place = found.end()
    return tokens


def _strange(character: str) -> UnreadableError:
    if character.isnumeric():
        return UnreadableError(f"Use the digits 0 to 9: {quote(character)} is not read.")
    if character == "∞":
        return UnreadableError("A finite number is wanted, not infinity.")
    return UnreadableError(f"{quote(character)} is not part of a number.")


class _Parser:
    """Reads tokens from left to right, and computes as soon as both sides of an operation are known."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._nodes = 0
        self._depth = 0

    def value(self) -> Number:
        value = self._chain(level=0)
        if self._next is not _END:
            raise self._stray()
        return value

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place] if self._place < len(self._tokens) else _END

    def _take(self) -> _Token:
        token = self._next
        self._place += 1
        return token

    def _count_node(self) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise UnreadableError(f"This has too many parts: at most {MAX_NODES} numbers and signs.")

    def _chain(self, level: int) -> Number:
        """Operands joined by signs that bind more tightly than `level`, from the left."""
        left = self._signed()
        while (binary := _BINARY.get(self._next.text)) and binary[0] > level:
            self._take()
            self._count_node()
            left = binary[1](left, self._chain(binary[0]))
        return left

    def _nested(self, level: int) -> Number:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UnreadableError(f"This is nested too deeply: at most {MAX_DEPTH} levels.")
        value = self._chain(level)
        self._depth -= 1
        return value

    def _signed(self) -> Number:
        if self._next.text in {"+", "-"}:
            sign = self._take().text
            self._count_node()
            value = self._nested(_SIGN_LEVEL)
            return -value if sign == "-" else value
        return self._powered()

    def _powered(self) -> Number:
        base = self._followed()
        if self._next.text != "**":
            return base
        self._take()
        self._count_node()
        # From the right, and the exponent may have a sign of its own: 2**-3**2 is 2**(-(3**2)).
        return power(base, self._nested(_SIGN_LEVEL))

    def _followed(self) -> Number:
        """A number, name or parenthesis, with the raised digits or the % behind it."""
        value = self._operand()
        if self._next.kind == "raised":
            self._count_node()
            value = power(value, _number(self._take().text.translate(_RAISED)))
        if self._next.text == "%":
            self._take()
            self._count_node()
            value = divide(value, Fraction(100))
        return value

    def _operand(self) -> Number:
        token = self._take()
        self._count_node()
        if token.kind == "number":
            return _number(token.text)
        if token.kind == "name":
            return self._named(token.text)
        if token.text == "(":
            return self._in_parentheses()
        if token is _END:
            raise UnreadableError("This ends where a number is wanted." if self._tokens else "Nothing was typed.")
        raise UnreadableError(f"{quote(token.typed)} stands where a number is wanted.")

    def _in_parentheses(self) -> Number:
        value = self._nested(level=0)
        if self._next.text != ")":
            raise self._stray()
        self._take()
        return value

    def _named(self, name: str) -> Number:
        lower = name.lower()
        if lower in CONSTANTS:
            return CONSTANTS[lower]
        if lower in _INFINITE:
            raise UnreadableError(f"A finite number is wanted, not {quote(name)}.")
        if lower not in FUNCTIONS:
            raise UnreadableError(f"{quote(name)} is not known here. Known are {', '.join(FUNCTIONS)}, e and pi.")
        if self._take().text != "(":
            raise UnreadableError(f"Write {lower}(…), with parentheses.")
        return FUNCTIONS[lower](self._in_parentheses())

    def _stray(self) -> UnreadableError:
        """What is wrong with the next token, where an operation or the end is wanted."""
        token = self._next
        if token is _END:
            return UnreadableError("A parenthesis is not closed.")
        if token.text == ")":
            return UnreadableError("A parenthesis is closed that was not opened.")
        before = self._tokens[self._place - 1]
        if before.kind == token.kind == "number":
            return UnreadableError(
                f"{quote(before.typed)} and {quote(token.typed)} stand side by side: one number is wanted."
            )
        if before.text == "%":
            return UnreadableError("A % is a percentage here, not a remainder: nothing but an operation can follow it.")
        return UnreadableError(
            f"There is no sign between {quote(before.typed)} and {quote(token.typed)}: write * to multiply."
        )


def _number(literal: str) -> Fraction:
    """The exact value of a decimal literal, within `MAX_DIGITS` digits and a power of ten that fits."""
    digits, _, exponent = literal.lower().partition("e")
    if sum(map(str.isdigit, digits)) > MAX_DIGITS:
        raise UnreadableError(f"A number has at most {MAX_DIGITS} digits here.")
    if len(exponent.lstrip("+-0")) > 4 or abs(int(exponent or "0")) > _MAX_EXPONENT - MAX_DIGITS:
        raise UnreadableError(f"{quote(literal)} is too large or too small to be read.")
    whole, _, decimals = digits.partition(".")
    shift = int(exponent or "0") - len(decimals)
    value = int(whole + decimals)
    return Fraction(value * 10**shift) if shift >= 0 else Fraction(value, 10**-shift)
