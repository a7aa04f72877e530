"""Brute force for gains and checks: factors met one by one as exact fractions, slopes scanned for and averaged."""

from __future__ import annotations

import cmath
import functools
import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from reference_impl import gradients as ref
from reference_impl.arrays import Rows, Vector
from reference_impl.witnesses.gradients.brute_networks import stable_sigmoid, stretch
from reference_impl.witnesses.gradients.growth import growth_rate

_STEP = 1e-30


@ref.scalar_gain.witness("brute force")
def nudge_the_start(weight: float, slope: float, steps: int) -> float:
    """Runs the unit twice, from 0 and from 1, in exact fractions, and measures how far apart it ends."""
    low, high = Fraction(0), Fraction(1)
    for _ in range(steps):
        low = Fraction(weight) * Fraction(slope) * low + 1
        high = Fraction(weight) * Fraction(slope) * high + 1
    return float(high - low)


_TEXTBOOK: dict[str, Callable[[complex], complex]] = {
    "sigmoid": stable_sigmoid,
    "tanh": cmath.tanh,
    "relu": lambda z: z if z.real > 0 else 0j,
    "square": lambda z: z * z,
    "cube": lambda z: z * z * z,
    "exp": cmath.exp,
    "gaussian": lambda z: cmath.exp(-z * z),
}


def _slope(function: str, x: float) -> float:
    """A complex step."""
    return _TEXTBOOK[function](complex(x, _STEP)).imag / _STEP


@functools.cache
def _steepest(nonlinearity: str) -> float:
    """The largest slope that is met between −5 and 5."""
    return max(_slope(nonlinearity, place / 100) for place in range(-500, 501))


@ref.gain_bound.witness("brute force")
def scan_for_the_steepest(weight: float, steps: int, nonlinearity: str = "sigmoid") -> float:
    """Looks for the steepest place, and stays there for all steps."""
    gain = Fraction(1)
    for _ in range(steps):
        gain *= abs(Fraction(weight) * Fraction(_steepest(nonlinearity)))
    return float(gain)


@ref.nested_forward.witness("brute force")
def from_the_outside(
    inputs: Vector, hidden: float, weight_ih: float, weight_hh: float, nonlinearity: str = "tanh"
) -> float:
    """Opens the brackets from the outside: the last state asks for the one before, down to the first."""

    def state(step: int) -> complex:
        if not step:
            return complex(hidden)
        return _TEXTBOOK[nonlinearity](weight_hh * state(step - 1) + weight_ih * inputs[step - 1])

    return state(len(inputs)).real


def _exact_power(weight: Rows, steps: int) -> list[list[Fraction]]:
    """Sends unit vectors through the network, one step after the other, in exact fractions."""
    rows = [[Fraction(entry) for entry in row] for row in weight]
    columns = []
    for place in range(len(rows)):
        vector = [Fraction(place == other) for other in range(len(rows))]
        for _ in range(steps):
            vector = [sum((w * v for w, v in zip(row, vector, strict=True)), Fraction(0)) for row in rows]
        columns.append(vector)
    return [list(row) for row in zip(*columns, strict=True)]


@ref.power_norm.witness("brute force")
def send_units_through(weight: Rows, steps: int, norm: str = "spectral") -> float:
    """Sends unit vectors through all steps, and measures how far the matrix of what comes out can stretch."""
    return stretch([[float(entry) for entry in row] for row in _exact_power(weight, steps)], norm)


@ref.spectral_radius.witness("brute force")
def growth_of_powers(weight: Rows) -> float:
    """Squares the matrix again and again, in whole numbers, and sees by how much it grows in one step."""
    return growth_rate(weight)


#: Terms of the sum, and Newton’s steps to each place: from so near a guess, four find it to the last digit.
_TERMS, _NEWTON = 16, 4


@functools.cache
def _nodes() -> list[tuple[float, float]]:
    """Places between −1 and 1, and weights that add up to 2, of a Gauss–Legendre sum of sixteen terms."""
    found = []
    for number in range(_TERMS):
        place = math.cos(math.pi * (number + 0.75) / (_TERMS + 0.5))  # near the root, which Newton's steps then find
        for _ in range(_NEWTON):
            value, slope = _legendre(place)
            place -= value / slope
        found.append((place, 2 / ((1 - place * place) * _legendre(place)[1] ** 2)))
    return found


def _legendre(x: float) -> tuple[float, float]:
    """The Legendre polynomial of as many roots as there are terms at x, and its slope there."""
    before, value = 1.0, x
    for degree in range(2, _TERMS + 1):
        # n·P_n = (2n − 1)·x·P_{n−1} − (n − 1)·P_{n−2}
        before, value = value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree
    return value, _TERMS * (x * value - before) / (x * x - 1)


def _rise(slope: Callable[[float], float], low: float, high: float) -> float:
    """How much a function rises, from its slopes on the way; kinks lie at 0 only."""
    if low < 0 < high:
        return _rise(slope, low, 0.0) + _rise(slope, 0.0, high)
    half, middle = (high - low) / 2, (high + low) / 2
    return half * math.fsum(weight * slope(middle + half * place) for place, weight in _nodes())


@ref.numerical_derivative.witness("brute force")
def average_slope(function: str, x: float, eps: float) -> float:
    """The mean of the slopes on the way from x − ε to x + ε."""
    return _rise(lambda place: _slope(function, place), x - eps, x + eps) / (2 * eps)


@ref.gradient_check.witness("brute force")
def slope_against_average(function: str, x: float, eps: float) -> float:
    """The slope at x against the mean of the slopes around it, as a part of the larger one."""
    slopes: Sequence[float] = sorted((_slope(function, x), average_slope(function, x, eps)), key=abs)
    smaller, larger = slopes
    return abs(1 - smaller / larger) if larger else 0.0
