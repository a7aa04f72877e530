"""Figures of the topic `activations`: the curves and their slopes, and the probabilities of a softmax."""

from __future__ import annotations

from reference_impl import activations as ref
from reference_impl.arrays import Vector
from reference_impl.figures import Bar, Bars, Curves, Series
from reference_impl.reference import Reference

#: What the curves are drawn over: −6 to 6 in quarter steps, on which the bend of ReLU lies.
_X = tuple([quarter / 4 for quarter in range(-24, 25)])


def _values(function: Reference[..., object]) -> Vector:
    found: Vector = function(_X)  # type: ignore[assignment]  # a vector for a vector
    return found


def _with_slope(name: str, value: Reference[..., object], derivative: Reference[..., object]) -> Curves:
    series = (Series(name, _values(value)), Series("slope", _values(derivative)))
    return Curves(f"{name} and its slope", "x", "value and slope", _X, series)


@ref.sigmoid.figure
def sigmoid_and_slope() -> Curves:
    """The sigmoid, and its slope."""
    return _with_slope("sigmoid", ref.sigmoid, ref.sigmoid_derivative)


@ref.tanh.figure
def tanh_and_slope() -> Curves:
    """The hyperbolic tangent, and its slope."""
    return _with_slope("tanh", ref.tanh, ref.tanh_derivative)


@ref.relu.figure
def relu_and_slope() -> Curves:
    """ReLU, and its slope."""
    return _with_slope("ReLU", ref.relu, ref.relu_derivative)


@ref.sigmoid_derivative.figure
@ref.tanh_derivative.figure
@ref.relu_derivative.figure
def slopes() -> Curves:
    """The slopes of all three, side by side."""
    functions = {"sigmoid": ref.sigmoid_derivative, "tanh": ref.tanh_derivative, "ReLU": ref.relu_derivative}
    series = tuple([Series(name, _values(function)) for name, function in functions.items()])
    return Curves("Slopes of activations", "x", "slope", _X, series)


@ref.softmax.figure
def probabilities(logits: Vector) -> Bars:
    """The probability of each class, named by its index and its logit."""
    shares = ref.softmax(logits)
    bars = tuple([Bar(f"{place}: {logits[place]:g}", share) for place, share in enumerate(shares)])
    return Bars("Each class with its logit", "probability", bars)
