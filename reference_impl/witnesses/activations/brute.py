"""Brute force for activations: values are searched for, slopes taken by a complex step, sums made with forty digits."""

# ruff: noqa: A002 - `input` is PyTorch's name

from __future__ import annotations

import cmath
import decimal
import math
from collections.abc import Callable
from fractions import Fraction

from reference_impl import activations as ref
from reference_impl.arrays import Matrix, Numbers, Rows, Vector, each

#: So small that its square is nothing beside any number.
_STEP = 1e-30
_EXACT = decimal.Context(prec=40)


def complex_slope(function: Callable[[complex], complex], x: float) -> float:
    """f(x + ih) = f(x) + ih·f′(x) − …: the imaginary part is the slope, and nothing is subtracted."""
    return function(complex(x, _STEP)).imag / _STEP


def searched(rises: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    """Halves the interval from low to high until it has the place where a rising function is as large as wanted."""
    for _ in range(60):
        middle = (low + high) / 2
        if rises(middle) < wanted:
            low = middle
        else:
            high = middle
    return high


@ref.sigmoid.witness("brute force")
def search_log_odds(input: Numbers) -> Numbers:
    """The fraction p whose log-odds ln(p / (1 − p)) are x."""

    def fraction(x: float) -> float:
        if x > 0:
            return 1 - fraction(-x)
        return searched(lambda p: math.log(p) - math.log1p(-p), x, 0.0, 1.0)

    return each(fraction, input)


@ref.tanh.witness("brute force")
def search_area(input: Numbers) -> Numbers:
    """The number y between −1 and 1 of which the inverse, half of ln((1 + y) / (1 − y)), is x."""

    def height(x: float) -> float:
        if x < 0:
            return -height(-x)
        return searched(lambda y: (math.log1p(y) - math.log1p(-y)) / 2, x, 0.0, math.nextafter(1, 0))

    return each(height, input)


@ref.relu.witness("brute force")
def half_of_sum(input: Numbers) -> Numbers:
    """Half of the number and its magnitude together."""
    return each(lambda x: (x + abs(x)) / 2, input)


def complex_sigmoid(x: complex) -> complex:
    """The textbook's fraction, the side chosen on which nothing overflows."""
    return 1 / (1 + cmath.exp(-x)) if x.real >= 0 else cmath.exp(x) / (1 + cmath.exp(x))


def complex_tanh(x: complex) -> complex:
    """The textbook's fraction of exponentials, divided by the larger one."""
    if x.real < 0:
        return -complex_tanh(-x)
    return (1 - cmath.exp(-2 * x)) / (1 + cmath.exp(-2 * x))


@ref.sigmoid_derivative.witness("brute force")
def complex_step_of_sigmoid(input: Numbers) -> Numbers:
    """A complex step from the textbook's sigmoid."""
    return each(lambda x: complex_slope(complex_sigmoid, x), input)


@ref.tanh_derivative.witness("brute force")
def complex_step_of_tanh(input: Numbers) -> Numbers:
    """A complex step from the textbook's tanh."""
    return each(lambda x: complex_slope(complex_tanh, x), input)


@ref.relu_derivative.witness("brute force")
def rise_from_the_left(input: Numbers) -> Numbers:
    """How much the value rises on a step that ends at the number and does not cross 0."""

    def rise(x: float) -> float:
        step = Fraction(abs(x)) or Fraction(1)
        before, after = max(Fraction(0), Fraction(x) - step), max(Fraction(0), Fraction(x))
        return float((after - before) / step)

    return each(rise, input)


@ref.softmax.witness("brute force")
def slopes_of_log_sum(logits: Vector) -> Vector:
    """How fast ln Σ e^z grows with each logit, by a complex step."""
    largest = max(logits)

    def log_sum(place: int, moved: complex) -> complex:
        terms = [cmath.exp((moved if place == other else score) - largest) for other, score in enumerate(logits)]
        return cmath.log(sum(terms))

    slopes = []
    for place, score in enumerate(logits):
        slopes.append(complex_slope(lambda z, place=place: log_sum(place, z), score))  # type: ignore[misc]  # place is bound
    return tuple(slopes)


def _exact_probability(logits: Vector, target: int) -> decimal.Decimal:
    """The target's exponential over the sum of all, as they stand, with forty digits."""
    exponentials = [_EXACT.exp(decimal.Decimal(score)) for score in logits]
    total = decimal.Decimal(0)
    for value in exponentials:
        total = _EXACT.add(total, value)
    return _EXACT.divide(exponentials[target], total)


@ref.class_probability.witness("brute force")
def search_probability(logits: Vector, target: int) -> float:
    """The p with which all classes make 1 in all: a class is e times as likely as one with a logit lower by 1."""

    def total(p: float) -> float:
        return math.fsum(p * math.exp(score - logits[target]) for score in logits)

    return searched(total, 1.0, 0.0, 1.0)


@ref.cross_entropy.witness("brute force")
def exact_surprise(logits: Vector, target: int) -> float:
    """Minus the logarithm of the target's share, with forty digits."""
    return -float(_EXACT.ln(_exact_probability(logits, target)))


@ref.argmax.witness("brute force")
def knock_out(scores: Vector) -> int:
    """Each class in turn meets the best so far and must beat it."""
    best = 0
    for challenger in range(1, len(scores)):
        if scores[challenger] > scores[best]:
            best = challenger
    return best


@ref.local_response_norm_at.witness("brute force")
def damp_channel(
    input: Vector, channel: int, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> float:
    """Pads the channels with silent ones, adds up the squares in the window, and divides with forty digits."""
    before = size // 2
    padded = (0.0,) * before + tuple(input) + (0.0,) * (size - 1 - before)
    energy = Fraction(0)
    for value in padded[channel : channel + size]:
        energy += Fraction(value) ** 2
    base = Fraction(k) + Fraction(alpha) * energy / size
    logarithm = _EXACT.ln(_EXACT.divide(decimal.Decimal(base.numerator), decimal.Decimal(base.denominator)))
    return input[channel] * float(_EXACT.exp(_EXACT.multiply(logarithm, -decimal.Decimal(beta))))


@ref.local_response_norm.witness("brute force")
def damp_all(input: Vector, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> Vector:
    """One channel after the other."""
    return tuple([damp_channel(input, channel, size, alpha, beta, k) for channel in range(len(input))])


def _through(weight: Rows, values: Vector, bias: Vector) -> Vector:
    """A linear layer, wire by wire."""
    outputs = []
    for row, offset in zip(weight, bias, strict=True):
        total = offset
        for wire, value in zip(row, values, strict=True):
            total += wire * value
        outputs.append(total)
    return tuple(outputs)


@ref.collapsed_weight.witness("brute force")
def send_units_through(weight1: Rows, weight2: Rows) -> Matrix:
    """Sends a 1 into one input at a time, through both layers: what comes out is a column of the result."""
    one = 1 if {type(entry) for rows in (weight1, weight2) for row in rows for entry in row} == {int} else 1.0
    columns = []
    for place in range(len(weight1[0])):
        signal = tuple([one if place == other else 0 * one for other in range(len(weight1[0]))])
        columns.append(_through(weight2, _through(weight1, signal, (0,) * len(weight1)), (0,) * len(weight2)))
    return tuple(zip(*columns, strict=True))


@ref.collapsed_bias.witness("brute force")
def send_nothing_through(weight2: Rows, bias1: Vector, bias2: Vector) -> Vector:
    """Sends zeros into both layers: what comes out is the bias."""
    silent = tuple([(0.0,)] * len(bias1))
    return _through(weight2, _through(silent, (0.0,), bias1), bias2)
