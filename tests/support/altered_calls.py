"""What altered code calls: comparisons that are off by one, quotients rounded up, arguments swapped."""

from __future__ import annotations

import ast
import builtins
import math
from collections.abc import Callable
from typing import Any

#: What altered code finds built in: Python's own names, and functions of this module.
BUILT_IN: dict[str, Any] = {
    **vars(builtins),
    "__prod__": math.prod,
    "__expm1__": math.expm1,
    "__atan__": math.atan,
    "__fabs__": math.fabs,
}

#: A comparison that is off by one, for whole numbers: at equality it says the opposite.
NEXT: dict[type[ast.cmpop], tuple[Callable[[Any, Any], Any], bool]] = {
    ast.Lt: (lambda a, b: a < b, True),
    ast.LtE: (lambda a, b: a <= b, False),
    ast.Gt: (lambda a, b: a > b, True),
    ast.GtE: (lambda a, b: a >= b, False),
}


def off_by_one(compare: Callable[[Any, Any], Any], at_equality: bool, applied: list[bool]) -> Callable[[Any, Any], Any]:
    """The comparison, but at equality of whole numbers; for others the boundary is of no width, and nothing changes."""

    def compared(a: Any, b: Any) -> Any:
        if type(a) is int and type(b) is int and a == b:
            applied[0] = True
            return at_equality
        return compare(a, b)

    return compared


def swapping(place: int, seen: list[bool]) -> Callable[..., Any]:
    """A call with two neighbours swapped; `seen` ends as False where the call gave the same for different ones."""
    differed = []

    def called(function: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        one, two = arguments[place : place + 2]
        swapped = function(*arguments, **more)
        if repr(one) != repr(two):
            straight = function(*arguments[:place], two, one, *arguments[place + 2 :], **more)
            if repr(straight) != repr(swapped):
                differed.append(place)
            seen[0] = bool(differed)
        return swapped

    return called


def rounded_up(applied: list[bool]) -> Callable[[Any, Any], Any]:
    """⌈a / b⌉ in place of ⌊a / b⌋; where nothing is left over they are the same."""

    def divided(a: Any, b: Any) -> Any:
        up = -(-a // b)
        if type(up) is not int or up != a // b:
            applied[0] = True
        return up

    return divided
