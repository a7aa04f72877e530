"""Arguments that no reference takes, and arguments that it may not take, made from one that it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NAN, INFINITY = float("nan"), float("inf")
#: The largest whole number that an expression can give is of this order.
HUGE = 10**600
#: A list, and a text, that nobody computes with.
TOO_MANY = 100_000


def impossible(value: object) -> Iterator[object]:
    """Values of which none may stand in the place of `value`: not finite, of another kind, too long."""
    yield from (None, NAN, INFINITY, -INFINITY, HUGE, -HUGE, (), ((),), _nested(30))
    match value:
        case bool():
            yield from (0, 1, 0.5, "yes", (value,))
        case int():
            yield from (True, 1.5, "x", (value,), f"{value}")
        case float():
            yield from (True, "x", ("x",), f"{value}")
        case str():
            yield from (True, 5, 0.5, (value,), value * TOO_MANY)
        case tuple() if value:
            yield from (True, *_with_leaf(value, _impossible_leaf), value * (TOO_MANY // len(value) + 1))
            if not isinstance(_first_leaf(value), str):
                yield "x"


def doubtful(value: object) -> Iterator[object]:
    """Values that may be refused or not, as the reference says: other shapes, ragged rows, numbers out of range."""
    match value:
        case int() | float():
            yield from (-value - 1, -0.5, 10**6, 1e-300, 1e300, (1, 2), (1, (2, 3)), ((1, 2), (3,)))
        case str():
            yield from ("", "x", value.upper(), "0")
        case tuple() if value:
            yield from (5, 0.5, (value,), value[:-1], (*value, value[-1]), (*value, 1), value[::-1])
            yield from _with_leaf(value, _doubtful_leaf)
            if isinstance(value[0], tuple):
                yield (*value[:-1], value[-1][:-1])
                yield (*value[:-1], (*value[-1], 1))
                yield tuple([row[:1] for row in value])
                yield value[0]


def _impossible_leaf(leaf: object) -> tuple[object, ...]:
    if isinstance(leaf, str):
        return (None, 5, NAN)
    return (None, NAN, INFINITY, -INFINITY, HUGE, "x", 2 if isinstance(leaf, bool) else True)


def _doubtful_leaf(leaf: Any) -> tuple[object, ...]:
    if isinstance(leaf, str):
        return ("", "x")
    return (0, -1, -leaf, 0.5, 10**6, 1e-300, (leaf,), ())


def _first_leaf(value: object) -> object:
    return _first_leaf(value[0]) if isinstance(value, tuple) and value else value


def _with_leaf(value: Any, others: Any) -> Iterator[object]:
    """The array with its first entry replaced, and with its last."""
    for place in {0, len(value) - 1}:
        entry = value[place]
        inner = _with_leaf(entry, others) if isinstance(entry, tuple) and entry else others(entry)
        yield from ((*value[:place], other, *value[place + 1 :]) for other in inner)


def _nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = (value,)
    return value
