"""What the mutation run leaves as it is, by rule.

What is no computation is left out by rule: what refuses arguments (`checks.…`, `_check_…`, `if …: raise`, `assert`,
what consists of these alone, functions that end in `raise` and give nothing), bounds called MOST_…, LARGEST_… or
LONGEST_…, texts that name an argument, docstrings, annotations, decorators, and the defaults of a reference's
parameters, which every witness must repeat.

What makes no difference is left out by rule, too: the order of the factors of a product, and of arguments that a
function does not tell apart (it gave the same for both orders, each time that they differed); which of its rows a
matrix is measured by, as in `len(rows[0])`; which of two arguments of one kind is asked for its type; what a constant
is called.
"""

from __future__ import annotations

import ast
import itertools
from collections import Counter


def validates(statement: ast.stmt) -> bool:
    """Whether a statement only refuses arguments, or does nothing."""
    match statement:
        case ast.Raise() | ast.Assert() | ast.Pass() | ast.Import() | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=function)):
            return is_check(function) or (isinstance(function, ast.Name) and function.id == "__step__")
        case ast.If(body=body, orelse=orelse):
            return (isinstance(body[-1], ast.Raise) or all(map(validates, body))) and all(map(validates, orelse))
        case ast.For(body=body, orelse=orelse):
            return all(map(validates, [*body, *orelse]))
    return False


def gives(node: ast.AST) -> bool:
    return isinstance(node, ast.Return) and node.value is not None


def is_check(function: ast.expr) -> bool:
    match function:
        case ast.Attribute(value=ast.Name(id="checks")):
            return True
        case ast.Attribute(attr=name):
            return name.startswith(("check_", "must_"))
        case ast.Name(id=name):
            return name.startswith(("_check_", "check_"))
    return False


def is_bound(node: ast.AST) -> bool:
    """Whether an expression is made of bounds alone."""
    names = [each for each in ast.walk(node) if isinstance(each, ast.Name) and each.id not in {"min", "max", "checks"}]
    names += [each for each in ast.walk(node) if isinstance(each, ast.Attribute)]  # type: ignore[misc]  # one or the other
    return bool(names) and all(
        getattr(each, "attr", getattr(each, "id", "")).lstrip("_").startswith(("MOST_", "LARGEST", "LONGEST"))
        for each in names
    )


def asks_for_a_type(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance"


def may_be_swapped(one: str, two: str, expression: ast.AST) -> bool:
    """Whether two names are used once each, as the two factors of a product or the two terms of a sum."""
    used = Counter(node.id for node in ast.walk(expression) if isinstance(node, ast.Name))
    return used[one] == used[two] == 1 and any(
        isinstance(node, ast.BinOp)
        and isinstance(node.op, (ast.Mult, ast.Add))
        and {getattr(side, "id", "") for side in (node.left, node.right)} == {one, two}
        for node in ast.walk(expression)
    )


def fixed_pairs(node: ast.Call) -> set[int]:
    """Places of arguments whose order the lambda that takes them does not see: `each(lambda a, b: a * b, …)`."""
    function = node.args[0] if node.args else None
    if not isinstance(function, ast.Lambda):
        return set()
    names = [each.arg for each in function.args.args]
    pairs = enumerate(itertools.pairwise(names), 1)
    return {place for place, (one, two) in pairs if may_be_swapped(one, two, function.body)}
