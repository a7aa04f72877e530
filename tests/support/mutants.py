"""Altering code the way that mistakes do: every alteration of a definition's syntax tree, one at a time.

What is taken for what stands in `exchanges.py`, what is left as it is in `mutation_rules.py`, and what altered code
calls in `altered_calls.py`.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from support.altered_calls import BUILT_IN, NEXT, off_by_one, rounded_up, swapping
from support.exchanges import FUNCTIONS, OPERATORS, OPPOSITES, SYMMETRIC, exchanged, other_constants
from support.mutation_rules import asks_for_a_type, fixed_pairs, gives, is_bound, is_check, may_be_swapped, validates


class Change(NamedTuple):
    """One alteration: where a node hangs in the tree, the node, and what takes its place."""

    parent: Any
    field: str
    index: int | None
    old: ast.AST
    new: ast.AST
    #: Set by the altered code itself, where it says whether it made a difference at all.
    applied: list[bool] | None = None
    #: What to run should nobody notice, to see whether it is a mistake at all: its flag says so, or else a witness.
    suspected: tuple[ast.AST, list[bool] | None] | None = None

    @property
    def line(self) -> int:
        """The line of the file."""
        return int(getattr(self.old, "lineno", 0))

    @property
    def texts(self) -> tuple[str, str]:
        """The code before and after, on one line each."""
        before, after = (" ".join(ast.unparse(node).split()) for node in (self.old, self.new))
        return before, re.sub(r"__([a-z_]+?)(?:_\d+)?__", r"\1", after)

    @contextmanager
    def made(self) -> Iterator[None]:
        """The tree is altered as long as this lasts."""
        self._put(self.new)
        try:
            yield
        finally:
            self._put(self.old)

    def _put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def changes_of(statement: ast.stmt, *, is_reference: bool) -> list[Change]:
    """All alterations of a definition."""
    walker = _Walker()
    walker.definition(statement, defaults=not is_reference)
    return walker.changes


def computing_parts(statement: ast.stmt) -> list[ast.expr]:
    """The names in a definition that a value is computed with: those outside of what refuses arguments."""
    walker = _Walker()
    walker.definition(statement, defaults=True)
    return walker.names


class _Walker:
    """Goes through a definition and notes what could be altered, and the names it computes with."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.names: list[ast.expr] = []
        self._parameters: set[str] = set()

    def definition(self, statement: ast.stmt, *, defaults: bool) -> None:
        """A function, class or constant."""
        match statement:
            case ast.FunctionDef(args=arguments):
                self._parameters |= {each.arg for each in arguments.args}
                if isinstance(statement.body[-1], ast.Raise) and not any(map(gives, ast.walk(statement))):
                    return
                if defaults:
                    self._defaults(arguments)
                self._statements(statement, "body")
            case ast.ClassDef():
                self._statements(statement, "body")
            case ast.Assign(value=value) | ast.AnnAssign(value=value):
                if not (isinstance(value, ast.Constant) and isinstance(value.value, str)):  # a name by another name
                    self._field(statement, "value")

    def _defaults(self, arguments: ast.arguments) -> None:
        """Defaults of a helper, which are mistaken only where some call leaves the argument out."""
        first = len(self.changes)
        self._list(arguments, "defaults")
        self._list(arguments, "kw_defaults")
        for place, change in enumerate(self.changes[first:], first):
            unusable = ast.copy_location(ast.Constant(...), change.old)
            self.changes[place] = change._replace(suspected=(unusable, None))

    def _statements(self, parent: Any, field: str) -> None:
        for index, statement in enumerate(getattr(parent, field)):
            if not validates(statement):
                self._statement(statement, parent, field, index)

    def _statement(self, statement: ast.stmt, parent: Any, field: str, index: int) -> None:  # noqa: C901, PLR0912 - one case for each kind of statement
        match statement:
            case ast.FunctionDef() | ast.ClassDef():
                self.definition(statement, defaults=True)
            case ast.If(body=body):
                if not isinstance(body[-1], ast.Raise):
                    self._test(statement)
                    self._statements(statement, "body")
                self._statements(statement, "orelse")
            case ast.While():
                self._test(statement)
                self._statements(statement, "body")
            case ast.For():
                self._field(statement, "iter")
                self._statements(statement, "body")
            case ast.With() | ast.Try():
                self._statements(statement, "body")
            case ast.Return(value=ast.expr()):
                self._field(statement, "value")
                self._swapped_axes(statement, "value")
            case ast.AugAssign():
                self._add(parent, field, index, statement, ast.Pass())
                operator = OPERATORS.get(type(statement.op))
                if operator is not None:
                    other = ast.AugAssign(statement.target, operator(), statement.value)
                    self._add(parent, field, index, statement, other)
                self._field(statement, "target")
                self._field(statement, "value")
            case ast.Expr(value=ast.Call(func=ast.Attribute())):
                self._add(parent, field, index, statement, ast.Pass())
                self._field(statement, "value")
            case ast.Break() | ast.Continue():
                other = ast.Continue() if isinstance(statement, ast.Break) else ast.Break()
                self._add(parent, field, index, statement, other)
            case ast.Match():
                self._field(statement, "subject")
                for case in statement.cases:
                    self._statements(case, "body")
            case ast.Assign(targets=targets):
                self._field(statement, "value")
                for target in targets:
                    if isinstance(target, ast.Subscript):
                        self._field(target, "slice")
            case ast.AnnAssign() | ast.Expr():
                self._field(statement, "value")

    def _add(
        self,
        parent: Any,
        field: str,
        index: int | None,
        old: Any,
        new: Any,
        applied: list[bool] | None = None,
    ) -> None:
        for node in ast.walk(new):
            if "lineno" in node._attributes and not hasattr(node, "lineno"):
                ast.copy_location(node, old)
        self.changes.append(Change(parent, field, index, old, new, applied))

    def _test(self, parent: Any) -> None:
        """A condition: the other way round, and whatever stands in it."""
        test = parent.test
        if not isinstance(test, ast.Compare):
            self._add(parent, "test", None, test, ast.UnaryOp(ast.Not(), test))
        self._field(parent, "test")

    def _field(self, parent: Any, field: str) -> None:
        value = getattr(parent, field)
        if value is not None:
            self._expression(value, parent, field, None)

    def _list(self, parent: Any, field: str) -> None:
        for index, value in enumerate(getattr(parent, field)):
            if value is not None:
                self._expression(value, parent, field, index)

    def _expression(self, node: Any, parent: Any, field: str, index: int | None) -> None:  # noqa: C901, PLR0912 - one case for each kind of expression
        def replace(new: ast.AST, applied: list[bool] | None = None) -> None:
            self._add(parent, field, index, node, new, applied)

        match node:
            case _ if is_bound(node):
                pass
            case ast.Constant(value=str(text)) if isinstance(parent, ast.Call) and self._names_an_argument(text):
                pass
            case ast.Constant():
                for value in other_constants(node.value):
                    replace(ast.Constant(value))
            case ast.BinOp():
                self._operation(node, replace)
            case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
                replace(node.operand)
                self._field(node, "operand")
            case ast.BoolOp(values=values) if all(map(asks_for_a_type, values)):
                pass
            case ast.BoolOp():
                replace(ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))
                self._list(node, "values")
            case ast.Compare():
                self._comparison(node, replace)
            case ast.IfExp():
                self._test(node)
                self._field(node, "body")
                self._field(node, "orelse")
            case ast.Call():
                self._call(node, replace)
            case ast.Lambda():
                self._field(node, "body")
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                self._comprehension(node)
            case ast.JoinedStr():
                for part in node.values:
                    if isinstance(part, ast.FormattedValue):
                        self._field(part, "value")
            case ast.Name() | ast.Attribute():
                self.names.append(node)
                if isinstance(node, ast.Attribute):
                    self._field(node, "value")
            case ast.Subscript():
                self._field(node, "value")
                self._field(node, "slice")
            case ast.Slice():
                for bound in ("lower", "upper", "step"):
                    self._field(node, bound)
            case ast.Dict():
                self._list(node, "keys")
                self._list(node, "values")
            case ast.Tuple() | ast.List() | ast.Set():
                self._list(node, "elts")
            case ast.Starred() | ast.NamedExpr():
                self._field(node, "value")

    def _names_an_argument(self, text: str) -> bool:
        return not self._parameters.isdisjoint(text.split())

    def _operation(self, node: ast.BinOp, replace: Callable[..., None]) -> None:
        left, right = node.left, node.right
        operator = type(node.op)
        if operator is ast.MatMult:
            replace(ast.BinOp(right, node.op, left))
        elif isinstance(left, (ast.Tuple, ast.List, ast.JoinedStr)) or isinstance(right, (ast.Tuple, ast.List)):
            replace(left)  # a list put together: a part is missing
        else:
            replace(ast.BinOp(left, OPERATORS[operator](), right))
            if not isinstance(right, ast.Constant):
                replace(left)
            if operator in {ast.Add, ast.Mult} and not isinstance(left, ast.Constant):
                replace(right)
            if operator is ast.FloorDiv:
                self._helped(rounded_up, "rounded_up", [left, right], replace)
        self._field(node, "left")
        self._field(node, "right")

    def _comparison(self, node: ast.Compare, replace: Callable[..., None]) -> None:
        for place, operator in enumerate(node.ops):
            opposite = OPPOSITES[type(operator)]()
            replace(ast.Compare(node.left, [*node.ops[:place], opposite, *node.ops[place + 1 :]], node.comparators))
        if len(node.ops) == 1 and type(node.ops[0]) in NEXT:
            helped = functools.partial(off_by_one, *NEXT[type(node.ops[0])])
            self._helped(helped, "off_by_one", [node.left, node.comparators[0]], replace)
        self._field(node, "left")
        self._list(node, "comparators")

    def _helped(
        self,
        make: Callable[[list[bool]], Callable[..., Any]],
        name: str,
        arguments: list[ast.expr],
        replace: Callable[..., None],
    ) -> None:
        """An alteration that is a call of ours, which notes whether it ever made a difference."""
        applied = [False]
        helper = f"__{name}_{len(BUILT_IN)}__"
        BUILT_IN[helper] = make(applied)
        replace(ast.Call(ast.Name(helper, ast.Load()), arguments, []), applied)

    def _comprehension(self, node: Any) -> None:
        for part in ("elt", "key", "value"):
            if hasattr(node, part):
                self._field(node, part)
        for generator in node.generators:
            match generator:
                case ast.comprehension(
                    target=ast.Tuple(elts=[ast.Name(id=one), ast.Name(id=two)]),
                    iter=ast.Call(func=ast.Name(id="zip"), args=[_, _]),
                ) if not generator.ifs and hasattr(node, "elt") and may_be_swapped(one, two, node.elt):
                    self._list(generator.iter, "args")
                case _:
                    self._field(generator, "iter")
            for index, test in enumerate(generator.ifs):
                if not isinstance(test, ast.Compare):
                    self._add(generator, "ifs", index, test, ast.UnaryOp(ast.Not(), test))
                self._expression(test, generator, "ifs", index)

    def _call(self, node: ast.Call, replace: Callable[..., None]) -> None:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if is_check(node.func):
            # What is checked may be computed on the way; names, bounds and order of the arguments are the check's own.
            self.names.append(node.func)
            for index, argument in enumerate(node.args):
                if not isinstance(argument, (ast.Constant, ast.Name, ast.Attribute)):
                    self._expression(argument, node, "args", index)
        elif name == "cast":
            self._expression(node.args[1], node, "args", 1)
        elif name == "reshape":  # its −1 is a word, not a number
            self._field(node, "func")
        elif name == "len" and isinstance(node.args[0], ast.Subscript):
            self._field(node.args[0], "value")
        else:
            self._computing_call(node, name, replace)

    def _computing_call(self, node: ast.Call, name: str, replace: Callable[..., None]) -> None:
        if name in FUNCTIONS:
            replace(ast.Call(exchanged(node.func), node.args, node.keywords))
        if name.lstrip("_") not in SYMMETRIC:
            alike = fixed_pairs(node)
            for place, (one, two) in enumerate(zip(node.args, node.args[1:], strict=False)):
                starred = isinstance(one, ast.Starred) or isinstance(two, ast.Starred)
                if place not in alike and not starred and ast.dump(one) != ast.dump(two):
                    arguments = [*node.args[:place], two, one, *node.args[place + 2 :]]
                    replace(ast.Call(node.func, arguments, node.keywords))
                    self._suspect_symmetry(node, arguments, place)
        self._field(node, "func")
        self._list(node, "args")
        for keyword in node.keywords:
            if keyword.arg != "strict":  # of zip: lengths were checked
                self._field(keyword, "value")

    def _suspect_symmetry(self, node: ast.Call, arguments: list[ast.expr], place: int) -> None:
        """The alteration noted last, should nobody notice it: the same, but seeing whether the function does."""
        seen = [True]
        helper = f"__swapped_{len(BUILT_IN)}__"
        BUILT_IN[helper] = swapping(place, seen)
        again = ast.Call(ast.Name(helper, ast.Load()), [node.func, *arguments], node.keywords)
        for each in ast.walk(again):
            if "lineno" in each._attributes and not hasattr(each, "lineno"):
                ast.copy_location(each, node)
        self.changes[-1] = self.changes[-1]._replace(suspected=(again, seen))

    def _swapped_axes(self, parent: Any, field: str) -> None:
        """A tuple that is returned: neighbours swapped."""
        value = getattr(parent, field)
        if isinstance(value, ast.IfExp):
            self._swapped_axes(value, "body")
            self._swapped_axes(value, "orelse")
        elif isinstance(value, ast.Tuple):
            for place, (one, two) in enumerate(zip(value.elts, value.elts[1:], strict=False)):
                if ast.dump(one) != ast.dump(two):
                    swapped = [*value.elts[:place], two, one, *value.elts[place + 2 :]]
                    self._add(parent, field, None, value, ast.Tuple(swapped, ast.Load()))
