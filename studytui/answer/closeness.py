"""How near a number is to the truth: within its rounding, or off by a sign, a power of ten, a few digits.

Everything here is exact: fractions, never floats. A scalar is a sequence of one number.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from numbers import Rational, Real
from typing import Literal

from studytui.frozen import frozen

#: A float carries the rounding errors of its own computation: it is read to this many digits (or to three more than
#: are asked for), so that 0.30000000000000004 is 0.3 and a tie such as 0.1235 may be rounded up as on paper.
_FLOAT_DIGITS = 12
_MAX_DIGITS = 15
_SLIP_DIGITS = 3


@frozen
class Target:
    """A true number, and how far from it an answer may lie.

    `digits` significant digits of it are wanted; 0 asks for all, exactly.
    """

    value: Fraction
    digits: int
    margin: Fraction

    def accepts(self, number: Fraction) -> bool:
        """Whether the number is the true one, rounded to `digits` significant digits or more."""
        return abs(number - self.value) <= self.margin


def target(value: object, digits: int) -> Target:
    """The target that a true number sets; raises ValueError for what is not a finite real number."""
    digits = min(digits, _MAX_DIGITS)
    number = _exact(value, digits)
    return Target(number, digits, half_unit(number, digits) if digits else Fraction(0))


def slip_target(value: object, digits: int) -> Target:
    """The target that a mistaken number sets where the true one has `digits`; raises ValueError as `target` does."""
    exact = target(value, digits)
    # A mistake may give a fraction where a whole number is wanted; nobody types all of its digits.
    return exact if digits or exact.value.denominator == 1 else target(value, _SLIP_DIGITS)


def _exact(value: object, digits: int) -> Fraction:
    if isinstance(value, Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if not isinstance(value, Real) or not math.isfinite(value):
        raise ValueError(f"{value!r} is no finite number, so no answer can be compared with it.")
    number = float(value)
    return Fraction(f"{number:.{max(_FLOAT_DIGITS, digits + 3)}g}") if digits else Fraction(number)


def half_unit(number: Fraction, digits: int) -> Fraction:
    """Half a unit of the last of so many significant digits, 0.5·10^(⌊log10|t|⌋+1−d); of zero, so many decimals."""
    first = magnitude(number) if number else -1
    return power_of_ten(first + 1 - digits) / 2


@lru_cache(maxsize=256)
def power_of_ten(exponent: int) -> Fraction:
    """10 to a whole power, exactly."""
    return Fraction(10**exponent) if exponent >= 0 else Fraction(1, 10**-exponent)


def magnitude(number: Fraction) -> int:
    """⌊log10|x|⌋, exactly; the number is not zero."""
    number = abs(number)
    # The bit lengths give it within one; then the powers of ten decide.
    exponent = (number.numerator.bit_length() - number.denominator.bit_length()) * 30103 // 100000
    while power_of_ten(exponent) > number:
        exponent -= 1
    while power_of_ten(exponent + 1) <= number:
        exponent += 1
    return exponent


def all_accept(targets: Sequence[Target], numbers: Sequence[Fraction]) -> bool:
    """Whether there are as many numbers as targets, each accepted by its own."""
    return len(targets) == len(numbers) and all(
        one.accepts(number) for one, number in zip(targets, numbers, strict=True)
    )


def scale_error(targets: Sequence[Target], numbers: Sequence[Fraction]) -> int | None:
    """The power of ten, never 0, by which all numbers are too large (negative: too small); None when none is."""
    largest = max(range(len(targets)), key=lambda place: abs(targets[place].value))
    if not targets[largest].value or not numbers[largest]:
        return None
    # Rounding may carry a number over a power of ten: 9.996 typed as 100 is ten times too large.
    near = magnitude(numbers[largest]) - magnitude(targets[largest].value)
    for exponent in (near, near - 1, near + 1):
        scale = power_of_ten(exponent)
        if exponent and all_accept(targets, [number / scale for number in numbers]):
            return exponent
    return None


def coarseness(one: Target, number: Fraction) -> tuple[int, Literal["rounded", "cut off"]] | None:
    """To how many digits too few, or how wrongly, the true number was rounded: (digits, how); None when it was not."""
    if not one.digits or not one.value:
        return None
    for digits in range(one.digits, 0, -1):
        half = half_unit(one.value, digits)
        off = abs(number - one.value)
        if off >= 2 * half or (number / (2 * half)).denominator != 1:
            continue
        if off <= half:
            return digits, "rounded"
        if digits > 1 and abs(number) < abs(one.value):
            return digits, "cut off"
    return None
