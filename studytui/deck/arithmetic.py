"""Arithmetic for deck expressions, bounded before it is done: no operand makes it slow or large.

Numbers are Python's int, float and bool (True counts as 1). Unlike what learners type (`answer.arithmetic`), a deck's
floats stay floats: they are handed to references.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

#: The largest whole number, in bits.
MAX_BITS = 4096

_NUMBERS = frozenset({int, float, bool})


class ArithmeticRefusal(ValueError):  # noqa: N818 - not an error in the program: arithmetic that is refused
    """Arithmetic that has no value here; its text says why."""


def add(left: object, right: object) -> object:
    """The sum."""
    return _finite(_numbers("+", left, right, operator.add))


def subtract(left: object, right: object) -> object:
    """The difference."""
    return _finite(_numbers("-", left, right, operator.sub))


def multiply(left: object, right: object) -> object:
    """The product."""
    if type(left) is int and type(right) is int and left.bit_length() + right.bit_length() > MAX_BITS:
        raise ArithmeticRefusal("the product is too large")
    return _finite(_numbers("*", left, right, operator.mul))


def divide(left: object, right: object) -> object:
    """The quotient, always a float."""
    return _finite(_numbers("/", left, right, operator.truediv))


def divide_down(left: object, right: object) -> object:
    """The quotient rounded down."""
    return _finite(_numbers("//", left, right, operator.floordiv))


def remainder(left: object, right: object) -> object:
    """What division down leaves; it has the divisor's sign."""
    return _finite(_numbers("%", left, right, operator.mod))


def power(left: object, right: object) -> object:
    """The power; of whole numbers a whole number when the exponent is not negative."""
    if isinstance(left, int) and isinstance(right, int) and right >= 0:
        if right * left.bit_length() > MAX_BITS and left not in {-1, 0, 1}:
            raise ArithmeticRefusal("the power is too large")
    elif isinstance(left, int | float) and isinstance(right, float) and left < 0 and not right.is_integer():
        raise ArithmeticRefusal("a root of a negative number is no real number")
    return _finite(_numbers("**", left, right, operator.pow))


def negative(value: object) -> object:
    """The value with the other sign."""
    return _number("-", value, operator.neg)


def positive(value: object) -> object:
    """The value itself, a number."""
    return _number("+", value, operator.pos)


def order(sign: str) -> Callable[[object, object], bool]:
    """The comparison `<`, `<=`, `>` or `>=`, of numbers only."""
    comparisons: dict[str, Callable[..., object]] = {
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
    }
    compare = comparisons[sign]

    def run(left: object, right: object) -> bool:
        return bool(_numbers(sign, left, right, compare))

    return run


def equal(left: object, right: object) -> bool:
    """Whether two values are the same; a text never equals a number, which is refused as a mistake."""
    if (type(left) in _NUMBERS) is not (type(right) in _NUMBERS) or isinstance(left, str) is not isinstance(right, str):
        raise ArithmeticRefusal(f"{_kind(left)} cannot equal {_kind(right)}")
    return left == right


def unequal(left: object, right: object) -> bool:
    """Whether two values differ."""
    return not equal(left, right)


def _smallest(*values: object) -> object:
    return min(_all_numbers("min", values))


def _largest(*values: object) -> object:
    return max(_all_numbers("max", values))


def _absolute(value: object) -> object:
    return _number("abs", value, abs)


def _floor(value: object) -> object:
    return _number("floor", value, math.floor)


def _ceil(value: object) -> object:
    return _number("ceil", value, math.ceil)


#: The functions that an expression may use besides references, with the least and most arguments of each.
FUNCTIONS: Mapping[str, tuple[Callable[..., object], int, int]] = {
    "abs": (_absolute, 1, 1),
    "ceil": (_ceil, 1, 1),
    "floor": (_floor, 1, 1),
    "max": (_largest, 2, 16),
    "min": (_smallest, 2, 16),
}


def _numbers(sign: str, left: object, right: object, operation: Callable[..., object]) -> object:
    if type(left) not in _NUMBERS or type(right) not in _NUMBERS:
        other = left if type(left) not in _NUMBERS else right
        raise ArithmeticRefusal(f"{sign} needs numbers, not {_kind(other)}")
    try:
        return operation(left, right)
    except ZeroDivisionError:
        raise ArithmeticRefusal("this divides by zero") from None
    except OverflowError:
        raise ArithmeticRefusal("the numbers grow too large") from None


def _number(name: str, value: object, operation: Callable[..., object]) -> object:
    if type(value) not in _NUMBERS:
        raise ArithmeticRefusal(f"{name} needs a number, not {_kind(value)}")
    return operation(value)


def _all_numbers(name: str, values: tuple[object, ...]) -> tuple[float, ...]:
    return tuple(_number(name, value, lambda number: number) for value in values)  # type: ignore[misc]  # numbers, as checked


def _finite(value: object) -> object:
    if type(value) is float and not math.isfinite(value):
        raise ArithmeticRefusal("the numbers grow too large")
    return value


def _kind(value: object) -> str:
    if isinstance(value, str):
        return f"the text “{value}”"
    return "an array" if isinstance(value, tuple) else f"the number {value}" if type(value) in _NUMBERS else "nothing"
