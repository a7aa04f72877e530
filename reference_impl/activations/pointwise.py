"""Sigmoid, tanh and ReLU: values and derivatives, of one number or of each entry of a vector.

Source: `torch.sigmoid`, `torch.tanh`, `torch.relu`. A sigmoid's slope is at most 1/4 and that of tanh at most 1, both
at 0, and both die out on the sides; the slope of ReLU is 0 or 1.
"""

# ruff: noqa: A002 - `input` is PyTorch's name
# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import math

from reference_impl import checks
from reference_impl.arrays import Numbers, each, logistic
from reference_impl.domain import Domain, array, stepped, whole
from reference_impl.reference import reference

_INPUTS = Domain({"input": stepped(-40, 40, 0.125)}) | Domain(
    {"input": array("entries", of=stepped(-6, 6, 0.125))}, sizes={"entries": whole(1, 4)}
)


@reference(domain=_INPUTS)
def sigmoid(input: Numbers) -> Numbers:
    """Sigmoid of a number, or of each entry of a vector. Between 0 and 1, and 1/2 at 0."""
    checks.elements(input=input)
    # σ(x) = 1 / (1 + e^−x)
    return each(logistic, input)


@sigmoid.slip("That is tanh, between −1 and 1; a sigmoid lies between 0 and 1.")
def tanh_for_sigmoid(input: Numbers) -> Numbers:
    return each(math.tanh, input)


@sigmoid.slip("Mind the sign of the exponent: σ(x) = 1 / (1 + e^−x), which rises with x.")
def exponent_sign_lost(input: Numbers) -> Numbers:
    return each(lambda x: logistic(-x), input)


@sigmoid.slip("That is the slope, σ·(1 − σ); the value is σ itself.")
def slope_for_sigmoid(input: Numbers) -> Numbers:
    return each(_sigmoid_slope, input)


@reference(domain=_INPUTS)
def sigmoid_derivative(input: Numbers) -> Numbers:
    """Slope of the sigmoid at a number, or at each entry of a vector. At most 1/4, at 0."""
    checks.elements(input=input)
    return each(_sigmoid_slope, input)


def _sigmoid_slope(x: float) -> float:
    # σ′(x) = σ(x)·(1 − σ(x)), and 1 − σ(x) = σ(−x)
    return logistic(x) * logistic(-x)


@sigmoid_derivative.slip("That is the value σ; its slope is σ·(1 − σ).")
def sigmoid_for_slope(input: Numbers) -> Numbers:
    return each(logistic, input)


@sigmoid_derivative.slip("The slope is σ·(1 − σ): the factor σ is missing.")
def one_minus_sigmoid(input: Numbers) -> Numbers:
    return each(lambda x: logistic(-x), input)


@sigmoid_derivative.slip("The rule 1 − y² belongs to tanh; for the sigmoid it is y·(1 − y).")
def squared_like_tanh(input: Numbers) -> Numbers:
    return each(lambda x: 1 - logistic(x) ** 2, input)


@sigmoid_derivative.slip("Take σ of the input first: the rule is σ(x)·(1 − σ(x)), not x·(1 − x).")
def rule_on_the_input(input: Numbers) -> Numbers:
    return each(lambda x: x * (1 - x), input)


@reference(domain=_INPUTS)
def tanh(input: Numbers) -> Numbers:
    """Hyperbolic tangent of a number, or of each entry of a vector. Between −1 and 1, and 0 at 0."""
    checks.elements(input=input)
    # tanh(x) = (e^x − e^−x) / (e^x + e^−x)
    return each(math.tanh, input)


@tanh.slip("That is the sigmoid, between 0 and 1; tanh lies between −1 and 1.")
def sigmoid_for_tanh(input: Numbers) -> Numbers:
    return each(logistic, input)


@tanh.slip("tanh(x) is 2σ(2x) − 1: both the argument and the value are stretched.")
def half_stretched(input: Numbers) -> Numbers:
    return each(lambda x: 2 * logistic(x) - 1, input)


@tanh.slip("That is the slope, 1 − tanh²; the value is tanh itself.")
def slope_for_tanh(input: Numbers) -> Numbers:
    return each(_tanh_slope, input)


@reference(domain=_INPUTS)
def tanh_derivative(input: Numbers) -> Numbers:
    """Slope of tanh at a number, or at each entry of a vector. At most 1, at 0."""
    checks.elements(input=input)
    return each(_tanh_slope, input)


def _tanh_slope(x: float) -> float:
    # tanh′(x) = 1 − tanh²(x)
    return 1 - math.tanh(x) ** 2


@tanh_derivative.slip("The square is missing: the slope of tanh is 1 − tanh².")
def square_forgotten(input: Numbers) -> Numbers:
    return each(lambda x: 1 - math.tanh(x), input)


@tanh_derivative.slip("That is the value tanh; its slope is 1 − tanh².")
def tanh_for_slope(input: Numbers) -> Numbers:
    return each(math.tanh, input)


@tanh_derivative.slip("The rule y·(1 − y) belongs to the sigmoid; for tanh it is 1 − y².")
def ruled_like_sigmoid(input: Numbers) -> Numbers:
    return each(lambda x: math.tanh(x) * (1 - math.tanh(x)), input)


@tanh_derivative.slip("That is the slope of the sigmoid, which is at most 1/4; the slope of tanh reaches 1.")
def slope_of_sigmoid(input: Numbers) -> Numbers:
    return each(_sigmoid_slope, input)


@reference(domain=_INPUTS)
def relu(input: Numbers) -> Numbers:
    """Rectified linear unit of a number, or of each entry of a vector: what is positive stays, the rest becomes 0."""
    checks.elements(input=input)
    # ReLU(x) = max(0, x)
    return each(lambda x: max(0.0, x), input)


@relu.slip("Negative numbers become 0; they are not mirrored.")
def mirrored(input: Numbers) -> Numbers:
    return each(abs, input)


@relu.slip("The positive numbers stay, and the negative ones become 0.")
def negative_kept(input: Numbers) -> Numbers:
    return each(lambda x: min(0.0, x), input)


@relu.slip("That is the slope, 0 or 1; the value of a positive number is the number itself.")
def slope_for_relu(input: Numbers) -> Numbers:
    return each(_relu_slope, input)


@relu.slip("A negative number does not pass: ReLU is linear on the positive side only.")
def passed_through(input: Numbers) -> Numbers:
    return each(float, input)


@reference(domain=_INPUTS)
def relu_derivative(input: Numbers) -> Numbers:
    """Slope of ReLU at a number, or at each entry of a vector: 1 above 0, else 0.

    At 0 itself there is no slope, and 0 is used, as in PyTorch.
    """
    checks.elements(input=input)
    return each(_relu_slope, input)


def _relu_slope(x: float) -> float:
    # ReLU′(x) = 1 for x > 0, else 0
    return 1.0 if x > 0 else 0.0


@relu_derivative.slip("The slope of a straight line is the same everywhere on it: 1, however large the number is.")
def value_for_slope(input: Numbers) -> Numbers:
    return each(lambda x: max(0.0, x), input)


@relu_derivative.slip("On the negative side ReLU is flat, so its slope is 0 there.")
def sloped_everywhere(input: Numbers) -> Numbers:
    return each(lambda _: 1.0, input)


@relu_derivative.slip("ReLU does not fall on the negative side, so its slope is 0 there, not −1.")
def slope_of_magnitude(input: Numbers) -> Numbers:
    return each(lambda x: -1.0 if x < 0 else _relu_slope(x), input)


@relu_derivative.slip("The slope is 1 on the positive side and 0 on the negative side.")
def sides_swapped(input: Numbers) -> Numbers:
    return each(lambda x: 1.0 if x < 0 else 0.0, input)
