"""How values are written for learners: numbers with enough digits, shapes as `28×28×4`, vectors as `[0.1, −0.2]`."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from studytui.answer.answer_type import AnswerType

if TYPE_CHECKING:
    from studytui.deck.model import Value

#: Floats that are this short are shown whole; beyond, a value on the way has at least so many significant digits.
_WHOLE_UP_TO, _ON_THE_WAY = 6, 4
#: What a float carries of its own computation is not shown.
_FLOAT_DIGITS = 12


def show_given(value: Value) -> str:
    """A given exactly as it was drawn: what is shown is what is computed with."""
    return _show(value, lambda number: _decimal(Decimal(repr(number))))


def show_value(value: Value, digits: int) -> str:
    """A value on the way to an answer of `digits` digits: short ones whole, others with two digits more."""
    return _show(value, lambda number: _on_the_way(number, digits))


def show_answer(value: Value, answer_type: AnswerType, digits: int) -> str:
    """An answer: floats to `digits` significant digits, a shape as sizes with × between them."""
    if answer_type is AnswerType.SHAPE and isinstance(value, tuple):
        return "×".join(_show(size, lambda number: _rounded(number, digits)) for size in value)
    if answer_type is AnswerType.YES_NO:
        return "yes" if value else "no"
    return _show(value, lambda number: _rounded(number, digits))


def _show(value: Value, show_float: Callable[[float], str]) -> str:
    if type(value) is int:
        return str(value) if value >= 0 else f"−{-value}"
    match value:
        case bool() | str():
            return str(value)
        case int():
            return str(value).replace("-", "−")
        case float():
            return show_float(value).replace("-", "−")
        case tuple():
            return "[" + ", ".join(_show(item, show_float) for item in value) + "]"


def _on_the_way(number: float, digits: int) -> str:
    exact = Decimal(f"{number:.{_FLOAT_DIGITS}g}").normalize()
    if len(exact.as_tuple().digits) <= _WHOLE_UP_TO:
        return _decimal(exact)
    return _rounded(number, max(digits + 2, _ON_THE_WAY))


def _rounded(number: float, digits: int) -> str:
    """The number to so many significant digits, but no digit before the point is rounded away."""
    if not number:
        return "0"
    exact = Decimal(f"{number:.{max(_FLOAT_DIGITS, digits + 3)}g}")
    before_point = math.floor(math.log10(abs(number))) + 1
    rounded = Decimal(f"{exact:.{max(digits, min(before_point, _FLOAT_DIGITS)) - 1}e}")
    return _decimal(rounded, zeros=rounded != exact)


def _decimal(number: Decimal, *, zeros: bool = False) -> str:
    """Plain digits; a power of ten for what is very large or small. Zeros at the end only say that it was rounded."""
    if not zeros:
        number = number.normalize()
    if not number:
        return "0"
    if -5 <= number.adjusted() <= 15:
        return f"{number:f}"
    mantissa, _, exponent = f"{number.normalize():e}".partition("e")
    return f"{mantissa}e{int(exponent)}"
