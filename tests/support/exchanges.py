"""What is taken for what by mistake: operators, comparisons, functions and constants."""

from __future__ import annotations

import ast
from typing import Any

from support.altered_calls import BUILT_IN

OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mod,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
FUNCTIONS = {
    "min": "max",
    "max": "min",
    "floor": "ceil",
    "ceil": "floor",
    "any": "all",
    "all": "any",
    "sum": "prod",
    "prod": "sum",
    "exp": "expm1",
    "log": "log1p",
    "sqrt": "fabs",
    "tanh": "atan",
    "minimum": "maximum",
    "maximum": "minimum",
    "argmax": "argmin",
    "argmin": "argmax",
    "abs": "float",
}
#: Functions whose arguments may be given in any order.
SYMMETRIC = {"dot", "min", "max", "gcd", "lcm", "hypot", "logaddexp", "minimum", "maximum", "isclose", "isinstance"}


def other_constants(value: object) -> tuple[object, ...]:
    """What a constant could be by mistake."""
    match value:
        case bool():
            return (not value,)
        case int():
            return (value + 1, value - 1) if value > 0 else (value + 1,)
        case float():
            return (value + 1,)
        case str():
            return (f"{value}_",)
    return ()


def exchanged(function: Any) -> ast.expr:
    """The function that is taken by mistake: of the same module, or Python's own."""
    if isinstance(function, ast.Attribute):
        other = FUNCTIONS[function.attr]
        if other == "sum" and isinstance(function.value, ast.Name) and function.value.id == "math":
            return ast.Name("sum", ast.Load())
        return ast.Attribute(function.value, other, ast.Load())
    other = FUNCTIONS[function.id]
    return ast.Name(f"__{other}__" if f"__{other}__" in BUILT_IN else other, ast.Load())
