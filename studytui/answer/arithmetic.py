"""Bounded arithmetic for typed expressions: exact fractions, and floats where a result has no exact one.

Every operation predicts the size of its result and refuses before it computes, so no operand makes it slow. A float
makes the whole result a float; `settle` turns it into a fraction at the end.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction

from studytui.answer.unreadable import UnreadableError

Number = Fraction | float

#: The largest numerator or denominator, in bits.
MAX_BITS = 2048
#: Significant digits that survive a chain of float operations: `2^0.5 * 2^0.5` is 2, and `floor(3^0.5 * 3^0.5)` is 3.
FLOAT_DIGITS = 14
#: Roots that are looked for exactly: `8^(1/3)` is 2.
_MAX_EXACT_ROOT = 64


def settle(value: Number) -> Fraction:
    """The value as a fraction; a float is rounded to `FLOAT_DIGITS` significant digits."""
    return value if isinstance(value, Fraction) else Fraction(f"{value:.{FLOAT_DIGITS}g}")


def add(left: Number, right: Number) -> Number:
    """The sum."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        _demand_sum_fits(left, right)
        return left + right
    return _finite(operator.add, left, right)


def subtract(left: Number, right: Number) -> Number:
    """The difference."""
    return add(left, -right)


def multiply(left: Number, right: Number) -> Number:
    """The product."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        _demand_product_fits(left, right)
        return left * right
    return _finite(operator.mul, left, right)


def divide(left: Number, right: Number) -> Number:
    """The quotient."""
    if not right:
        raise UnreadableError("This divides by zero.")
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return multiply(left, 1 / right)
    return _finite(operator.truediv, left, right)


def divide_down(left: Number, right: Number) -> Number:
    """The quotient, rounded down."""
    return floor(divide(left, right))


def power(base: Number, exponent: Number) -> Number:
    """The power; exact when base and exponent are and a rational result exists that is easily found."""
    if not base and exponent < 0:
        raise UnreadableError("This divides by zero: 0 has no negative power.")
    if base < 0 and exponent != math.floor(exponent):
        raise UnreadableError("A root of a negative number is not a real number.")
    if isinstance(base, Fraction) and isinstance(exponent, Fraction):
        root = _root(base, exponent.denominator)
        if root is not None:
            _demand_power_fits(root, exponent.numerator)
            return root**exponent.numerator
    return _finite(operator.pow, base, exponent)


def floor(value: Number) -> Number:
    """The largest whole number that is not above."""
    return Fraction(math.floor(settle(value)))


def ceil(value: Number) -> Number:
    """The smallest whole number that is not below."""
    return Fraction(math.ceil(settle(value)))


def _square_root(value: Number) -> Number:
    return power(value, Fraction(1, 2))


def _sigmoid(value: float) -> float:
    # The half that cannot overflow: 1 / (1 + e^-x), or the same multiplied by e^x above and below.
    small = math.exp(-abs(value))
    return (1 if value >= 0 else small) / (1 + small)


def _absolute(value: Number) -> Number:
    return -value if value < 0 else value


def _relu(value: Number) -> Number:
    if value > 0:
        return value
    return Fraction(0)


def _in_floats(function: Callable[[float], float]) -> Callable[[Number], Number]:
    return lambda value: _finite(function, value)


def _of_positive(function: Callable[[float], float]) -> Callable[[Number], Number]:
    def logarithm(value: Number) -> Number:
        if value <= 0:
            raise UnreadableError("Only a positive number has a logarithm.")
        return _finite(function, value)

    return logarithm


#: The functions that an expression may use. `log` is the natural logarithm, as in Python and PyTorch.
FUNCTIONS: Mapping[str, Callable[[Number], Number]] = {
    "sqrt": _square_root,
    "exp": _in_floats(math.exp),
    "ln": _of_positive(math.log),
    "log": _of_positive(math.log),
    "log2": _of_positive(math.log2),
    "log10": _of_positive(math.log10),
    "tanh": _in_floats(math.tanh),
    "sigmoid": _in_floats(_sigmoid),
    "relu": _relu,
    "sin": _in_floats(math.sin),
    "cos": _in_floats(math.cos),
    "abs": _absolute,
    "floor": floor,
    "ceil": ceil,
}
CONSTANTS: Mapping[str, Number] = {"e": math.e, "pi": math.pi, "π": math.pi}


def _finite(function: Callable[..., float], *operands: Number) -> float:
    """The function of the operands as floats; `UnreadableError` when a number outgrows what a float can hold."""
    try:
        result = float(function(*map(float, operands)))
    except ZeroDivisionError:
        raise UnreadableError("This divides by zero, or by a number too small to tell from it.") from None
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise _too_large()
    return result


def _too_large() -> UnreadableError:
    return UnreadableError("The numbers in this grow too large to be computed here.")


def _demand_sum_fits(left: Fraction, right: Fraction) -> None:
    below_left, below_right = left.denominator.bit_length(), right.denominator.bit_length()
    above = 1 + max(left.numerator.bit_length() + below_right, right.numerator.bit_length() + below_left)
    if max(above, below_left + below_right) > MAX_BITS:
        raise _too_large()


def _demand_product_fits(left: Fraction, right: Fraction) -> None:
    above = left.numerator.bit_length() + right.numerator.bit_length()
    if max(above, left.denominator.bit_length() + right.denominator.bit_length()) > MAX_BITS:
        raise _too_large()


def _demand_power_fits(base: Fraction, exponent: int) -> None:
    largest = max(abs(base.numerator), base.denominator)
    if largest > 1 and (abs(exponent) > MAX_BITS or abs(exponent) * math.log2(largest) >= MAX_BITS):
        raise _too_large()


def _root(value: Fraction, degree: int) -> Fraction | None:
    """The exact root of a fraction that is not negative (but for `degree` 1); None when there is none or it is far."""
    if degree == 1:
        return value
    if degree > _MAX_EXACT_ROOT:
        return None
    above, below = _whole_root(value.numerator, degree), _whole_root(value.denominator, degree)
    return None if above is None or below is None else Fraction(above, below)


def _whole_root(value: int, degree: int) -> int | None:
    try:
        root = math.isqrt(value) if degree == 2 else round(value ** (1 / degree))
    except OverflowError:
        return None
    return root if root**degree == value else None
