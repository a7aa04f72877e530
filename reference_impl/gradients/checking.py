"""Gradient checks: a slope measured by small steps to both sides, and how far it is from the one by rule.

Source: Stanford's CS231n, notes on gradient checks; `torch.autograd.gradcheck`.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import math
from collections.abc import Callable

from reference_impl import checks
from reference_impl.arrays import logistic
from reference_impl.domain import Domain, choice, stepped
from reference_impl.reference import reference

#: Each function that may be named, and its derivative.
FUNCTIONS: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "square": (lambda x: x * x, lambda x: 2 * x),
    "cube": (lambda x: x**3, lambda x: 3 * x * x),
    "exp": (math.exp, math.exp),
    "sigmoid": (logistic, lambda x: logistic(x) * logistic(-x)),
    "tanh": (math.tanh, lambda x: 1 - math.tanh(x) ** 2),
    "relu": (lambda x: max(0.0, x), lambda x: 1.0 if x > 0 else 0.0),
    "gaussian": (lambda x: 1 / math.exp(x * x), lambda x: -2 * x / math.exp(x * x)),
}
#: Gaps below this are what rounding leaves of nothing.
_NOTHING = 1e-12

_NAMES = choice(*FUNCTIONS)


def _check_point(function: str, x: float, eps: float, farthest: float, least: float) -> None:
    checks.one_of(tuple(FUNCTIONS), function=function)
    checks.number(-farthest, farthest, x=x)
    checks.number(0, 1, eps=eps)
    if eps < least:
        raise ValueError(f"eps must be at least {least}, so that rounding does not drown the difference, not {eps}")


@reference(
    domain=Domain({"function": _NAMES, "x": stepped(-4, 4, 0.25), "eps": choice(0.001, 0.01, 0.1, 0.25, 0.5, 1)})
)
def numerical_derivative(function: str, x: float, eps: float) -> float:
    """Slope of a function at x by the central difference over steps of `eps` to both sides; its error goes as eps².

    `function` is square, cube, exp, sigmoid, tanh, relu or gaussian, which is e^(−x²). x lies between −4 and 4, eps
    between 0.001 and 1.
    """
    _check_point(function, x, eps, 4, 0.001)
    value, _ = FUNCTIONS[function]
    # f′(x) ≈ (f(x + ε) − f(x − ε)) / 2ε
    return (value(x + eps) - value(x - eps)) / (2 * eps)


@numerical_derivative.slip("Step to both sides: the one-sided difference has a much larger error, which goes as eps.")
def forward_difference(function: str, x: float, eps: float) -> float:
    value, _ = FUNCTIONS[function]
    return (value(x + eps) - value(x)) / eps


@numerical_derivative.slip("The two points are 2·eps apart, so divide by 2·eps.")
def divided_by_one_step(function: str, x: float, eps: float) -> float:
    return 2 * numerical_derivative(function, x, eps)


@numerical_derivative.slip("That is the difference of the values; divide it by 2·eps to get a slope.")
def not_divided(function: str, x: float, eps: float) -> float:
    return 2 * eps * numerical_derivative(function, x, eps)


@numerical_derivative.slip("That is the slope by rule; the numerical one is computed from two values of the function.")
def slope_by_rule(function: str, x: float) -> float:
    _, derivative = FUNCTIONS[function]
    return float(derivative(x))


@reference(domain=Domain({"function": _NAMES, "x": stepped(-2, 2, 0.125), "eps": choice(0.01, 0.1, 0.25, 0.5, 1)}))
def gradient_check(function: str, x: float, eps: float) -> float:
    """Relative gap between the slope by rule and the numerical one (central difference) of a named function at x.

    The larger of the two magnitudes is what it is relative to; 0 where both are 0. `function` as in
    `numerical_derivative`, x between −2 and 2, eps between 0.01 and 1. At 0 the slope of relu is taken as 0.
    """
    _check_point(function, x, eps, 2, 0.01)
    return _gap(float(FUNCTIONS[function][1](x)), numerical_derivative(function, x, eps))


def _gap(analytic: float, numerical: float) -> float:
    # |a − n| / max(|a|, |n|)
    largest = max(abs(analytic), abs(numerical))
    gap = abs(analytic - numerical) / largest if largest else 0.0
    return gap if gap > _NOTHING else 0.0


@gradient_check.slip("The gap is relative: divide by the larger of the two magnitudes.")
def absolute_gap(function: str, x: float, eps: float) -> float:
    gap = abs(float(FUNCTIONS[function][1](x)) - numerical_derivative(function, x, eps))
    return gap if gap > _NOTHING else 0.0


@gradient_check.slip("Step to both sides: the one-sided difference has a much larger error, which goes as eps.")
def gap_of_forward_difference(function: str, x: float, eps: float) -> float:
    return _gap(float(FUNCTIONS[function][1](x)), forward_difference(function, x, eps))


@gradient_check.slip("The two points are 2·eps apart, so divide by 2·eps.")
def gap_of_doubled(function: str, x: float, eps: float) -> float:
    return _gap(float(FUNCTIONS[function][1](x)), divided_by_one_step(function, x, eps))
