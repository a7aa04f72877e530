"""Expressions of decks and of `studytui compute`: read through a whitelist, compiled to closures, evaluated in a scope.

Arithmetic, comparisons, names, and references by dotted name; nothing else evaluates, and no text takes long.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from studytui.deck import arithmetic
from studytui.deck.arithmetic import FUNCTIONS, ArithmeticRefusal
from studytui.deck.model import Call
from studytui.text import clean_line, did_you_mean

if TYPE_CHECKING:
    from reference_impl.reference import Reference

#: Bounds of one expression.
LONGEST, MOST_NODES, DEEPEST, LONGEST_LITERAL, LONGEST_STRING, MOST_ENTRIES = 1000, 250, 30, 30, 100, 256

_BINARY: Mapping[type[ast.operator], Callable[[object, object], object]] = {
    ast.Add: arithmetic.add,
    ast.Sub: arithmetic.subtract,
    ast.Mult: arithmetic.multiply,
    ast.Div: arithmetic.divide,
    ast.FloorDiv: arithmetic.divide_down,
    ast.Mod: arithmetic.remainder,
    ast.Pow: arithmetic.power,
}
_COMPARE: Mapping[type[ast.cmpop], Callable[[object, object], bool]] = {
    ast.Eq: arithmetic.equal,
    ast.NotEq: arithmetic.unequal,
    ast.Lt: arithmetic.order("<"),
    ast.LtE: arithmetic.order("<="),
    ast.Gt: arithmetic.order(">"),
    ast.GtE: arithmetic.order(">="),
}
_NAMED = {
    ast.Attribute: "a dot that names no reference",
    ast.Subscript: "an index in brackets",
    ast.Lambda: "a lambda",
    ast.ListComp: "a comprehension",
    ast.GeneratorExp: "a comprehension",
    ast.IfExp: "if … else",
    ast.JoinedStr: "an f-string",
    ast.Dict: "a dictionary",
    ast.Set: "a set",
    ast.NamedExpr: ":=",
    ast.Starred: "a star",
    ast.Await: "await",
    ast.Yield: "yield",
}


class ExpressionError(ValueError):
    """An expression that cannot be used. The text says what is wrong in it; `code` is the finding that it makes."""

    def __init__(self, message: str, code: str = "bad-expression") -> None:
        super().__init__(message)
        self.code = code


class Refusal(ValueError):  # noqa: N818 - not an error in the program: these values have no answer
    """A well-formed expression that has no value for these values: a reference's domain, a division by zero."""


class Scope:
    """The names' values, and what becomes of calls: recorded, or answered by a slip in place of its reference."""

    __slots__ = ("accepted", "calls", "replaced", "slip", "values")

    def __init__(
        self,
        values: Mapping[str, object],
        *,
        replaced: str = "",
        slip: Callable[..., object] | None = None,
        accepted: Sequence[Call] = (),
    ) -> None:
        self.values = values
        self.calls: list[Call] = []
        self.replaced, self.slip, self.accepted = replaced, slip, accepted

    def call(self, reference: Reference[..., object], bound: dict[str, Any]) -> object:
        """The reference's value, or the slip's for arguments that the reference accepts."""
        name = reference.name
        known = None
        for call in self.calls or self.accepted:
            if call.reference == name and call.arguments == bound:
                known = call
                break
        if self.slip is not None and name == self.replaced:
            if known is None:
                reference.function(**bound)
            return plain(self.slip(**bound))
        if known is not None:
            return known.value
        value = plain(reference.function(**bound))
        if self.slip is None:
            self.calls.append(Call(name, bound, value))
        return value


_Code = Callable[[Scope], object]


class Expression(NamedTuple):
    """A compiled expression: what it uses, and how it is evaluated."""

    source: str
    names: frozenset[str]
    references: tuple[str, ...]
    #: The reference whose call is the whole expression, if it is one.
    root: str | None
    code: _Code

    def evaluate(self, scope: Scope) -> object:
        """The value. Raises Refusal where there is none here, ExpressionError where the expression itself is wrong."""
        try:
            return self.code(scope)
        except ExpressionError:
            raise
        except ValueError as error:
            raise Refusal(clean_line(str(error)) or type(error).__name__) from error
        except Exception as error:
            # Whatever else a reference raises, for arguments of a type that it was not made for, is a refusal, too: no
            # deck brings the program down.
            raise Refusal(f"these values cannot be used: {clean_line(str(error)) or type(error).__name__}") from error


def compile_expression(source: str, names: Collection[str]) -> Expression:
    """Reads an expression that may use `names`. Raises ExpressionError.

    References are not looked up before the first evaluation.
    """
    if len(source) > LONGEST:
        raise ExpressionError(f"the expression has {len(source)} characters, at most {LONGEST} are read: split it")
    if "\\" in source or "\0" in source:
        raise ExpressionError("a backslash has no meaning here: remove it")
    source = source.strip()
    tree = _parsed(source)
    compiler = _Compiler(source, names)
    code = compiler.compile(tree, DEEPEST)
    root = _dotted(tree.func) if isinstance(tree, ast.Call) else None
    return Expression(source, frozenset(compiler.names), tuple(dict.fromkeys(compiler.references)), root, code)


def find_reference(name: str) -> Reference[..., object]:
    """The reference of a dotted name; its topic is imported now. Raises ExpressionError that names the nearest one."""
    from reference_impl.catalogue import UnknownReference, find

    try:
        return find(name)
    except UnknownReference as error:
        raise ExpressionError(str(error), "unknown-reference") from error


def _topics() -> Collection[str]:
    from reference_impl.catalogue import topics

    return topics()


def plain(value: object) -> object:
    """The value as Python's own numbers, texts and nested tuples."""
    kind = type(value)
    if kind is int or kind is float or kind is bool or kind is str:
        return value
    from reference_impl import arrays

    return arrays.plain(value)


def _parsed(source: str) -> ast.expr:
    if not source:
        raise ExpressionError("the expression is empty: write one")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python warns of (`1if x`) is refused or means the same
            return ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else "it is nested too deep"
        at = f" at “{_excerpt(source, error.offset)}”" if isinstance(error, SyntaxError) and error.offset else ""
        raise ExpressionError(f"“{_short(source)}” cannot be read{at}: {clean_line(reason)}") from None


class _Compiler:
    """Turns the whitelisted part of Python's syntax tree into closures."""

    def __init__(self, source: str, names: Collection[str]) -> None:
        self._source, self._known = source, names
        self._left = MOST_NODES
        self.names: set[str] = set()
        self.references: list[str] = []

    def compile(self, node: ast.expr, depth: int) -> _Code:  # noqa: C901, PLR0911 - one case a node
        self._left -= 1
        if depth <= 0 or self._left < 0:
            raise ExpressionError("the expression is too long or nested too deep: split it")
        match node:
            case ast.Constant(value):
                return self._constant(value)
            case ast.Name(name):
                return self._name(name)
            case ast.BinOp(left, sign, right) if type(sign) in _BINARY:
                return _binary(_BINARY[type(sign)], self.compile(left, depth - 1), self.compile(right, depth - 1))
            case ast.UnaryOp(ast.USub(), operand):
                return _unary(arithmetic.negative, self.compile(operand, depth - 1))
            case ast.UnaryOp(ast.UAdd(), operand):
                return _unary(arithmetic.positive, self.compile(operand, depth - 1))
            case ast.UnaryOp(ast.Not(), operand):
                return _unary(lambda value: not _truth(value), self.compile(operand, depth - 1))
            case ast.BoolOp(joint, values):
                parts = [self.compile(value, depth - 1) for value in values]
                return _joint(parts, stop=isinstance(joint, ast.Or))
            case ast.Compare(first, signs, others) if all(type(sign) in _COMPARE for sign in signs):
                parts = [self.compile(part, depth - 1) for part in (first, *others)]
                return _comparison(parts, [_COMPARE[type(sign)] for sign in signs])
            case ast.Call(function, arguments, keywords):
                return self._call(function, arguments, keywords, depth)
            case ast.List(items) | ast.Tuple(items):
                return self._array(items, depth)
        dotted = _dotted(node)
        if dotted is not None and dotted.split(".")[0] in _topics():
            raise ExpressionError(f"“{dotted}” needs its arguments: {dotted}{find_reference(dotted).signature}")
        raise ExpressionError(f"“{self._excerpt(node)}” is not arithmetic: {_what(node)} has no meaning here")

    def _argument(self, node: ast.expr, depth: int) -> _Code:
        """An argument of a call. None, which is no value by itself, may be one."""
        none = isinstance(node, ast.Constant) and node.value is None
        return (lambda _: None) if none else self.compile(node, depth)

    def _constant(self, value: object) -> _Code:
        kind = type(value)
        if kind is str:
            if len(str(value)) > LONGEST_STRING:
                raise ExpressionError(f"a text has at most {LONGEST_STRING} characters")
        elif kind is int or kind is float:
            if len(repr(value)) > LONGEST_LITERAL or value in {float("inf")}:
                raise ExpressionError(f"a number has at most {LONGEST_LITERAL} digits")
        elif kind is not bool:
            only = ": it can only be an argument" if value is None else ""
            raise ExpressionError(f"“{_short(repr(value))}” is no number, text, True or False{only}")
        return lambda _: value

    def _name(self, name: str) -> _Code:
        if name not in self._known:
            if name in FUNCTIONS:
                raise ExpressionError(f"“{name}” needs its arguments in parentheses")
            if name in _topics():
                raise ExpressionError(f"“{name}” is a topic: write {name}.reference(…)")
            listed = (
                f"; names are {', '.join(sorted(self._known))}"
                if self._known
                else ": write a number, or a text in quotes"
            )
            near = did_you_mean(name, self._known) or listed
            raise ExpressionError(f"there is no value “{_short(name)}”{near}", "unknown-name")
        self.names.add(name)
        return lambda scope: scope.values[name]

    def _call(self, function: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword], depth: int) -> _Code:
        for part in (*arguments, *keywords):
            if isinstance(part, ast.Starred) or (isinstance(part, ast.keyword) and part.arg is None):
                raise ExpressionError("a star has no meaning here: write each argument")
        codes = [self._argument(argument, depth - 1) for argument in arguments]
        named = {str(keyword.arg): self._argument(keyword.value, depth - 1) for keyword in keywords}
        if isinstance(function, ast.Name):
            return self._function(function.id, codes, named)
        dotted = _dotted(function)
        if dotted is None:
            raise ExpressionError(f"“{self._excerpt(function)}” is no reference: write topic.name(…)")
        self.references.append(dotted)
        return _reference_call(dotted, codes, named)

    def _function(self, name: str, codes: list[_Code], named: Mapping[str, _Code]) -> _Code:
        if name not in FUNCTIONS:
            find_reference(name)  # raises, and knows the topics in which there is such a reference
        function, least, most = FUNCTIONS[name]
        if named or not least <= len(codes) <= most:
            count = str(least) if least == most else f"{least} to {most}"
            raise ExpressionError(f"“{name}” takes {count} arguments, without names", "wrong-argument")
        return lambda scope: function(*[code(scope) for code in codes])

    def _array(self, items: list[ast.expr], depth: int) -> _Code:
        if len(items) > MOST_ENTRIES:
            raise ExpressionError(f"a list has at most {MOST_ENTRIES} entries")
        self._left += len(items)  # entries are bounded by the length of the text
        codes = [self.compile(item, depth - 1) for item in items]
        return lambda scope: tuple([code(scope) for code in codes])

    def _excerpt(self, node: ast.expr) -> str:
        """The node as it was written; unlike `ast.unparse`, never deep."""
        written = "\n".join(self._source.split("\n")[node.lineno - 1 : node.end_lineno])
        rows = self._source.encode().split(b"\n")
        if node.lineno == node.end_lineno:
            written = rows[node.lineno - 1][node.col_offset : node.end_col_offset].decode(errors="replace")
        return _short(written)


def _binary(operation: Callable[[object, object], object], left: _Code, right: _Code) -> _Code:
    return lambda scope: operation(left(scope), right(scope))


def _unary(operation: Callable[[object], object], operand: _Code) -> _Code:
    return lambda scope: operation(operand(scope))


def _joint(parts: list[_Code], *, stop: bool) -> _Code:
    def run(scope: Scope) -> bool:
        return any(_truth(part(scope)) for part in parts) if stop else all(_truth(part(scope)) for part in parts)

    return run


def _comparison(parts: list[_Code], compares: list[Callable[[object, object], bool]]) -> _Code:
    if len(parts) == 2:
        left, right, compare = parts[0], parts[1], compares[0]
        return lambda scope: compare(left(scope), right(scope))

    def chain(scope: Scope) -> bool:
        before = parts[0](scope)
        for part, compare in zip(parts[1:], compares, strict=True):
            here = part(scope)
            if not compare(before, here):
                return False
            before = here
        return True

    return chain


def _reference_call(name: str, codes: list[_Code], named: Mapping[str, _Code]) -> _Code:
    """A call of a reference. Where each argument goes is the same every time, so it is found out once."""
    found: Reference[..., object] | None = None
    places: list[tuple[str, _Code | None, object]] = []

    def run(scope: Scope) -> object:
        nonlocal found, places
        if found is None:
            reference = find_reference(name)
            places = _places(reference, codes, named)
            found = reference
        bound = {each: default if code is None else code(scope) for each, code, default in places}
        return scope.call(found, bound)

    return run


def _places(
    reference: Reference[..., object], codes: list[_Code], named: Mapping[str, _Code]
) -> list[tuple[str, _Code | None, object]]:
    """Every parameter with the code of its argument, or with its default. Raises ExpressionError."""
    try:
        bound: dict[str, Any] = reference.bind(*codes, **named)
    except TypeError as error:
        raise ExpressionError(clean_line(str(error)), "wrong-argument") from error
    given = {id(code): code for code in (*codes, *named.values())}
    return [(each, given.get(id(value)), value) for each, value in bound.items()]


def _truth(value: object) -> bool:
    if type(value) is not bool:
        raise ArithmeticRefusal("and, or and not need comparisons")
    return value


def _dotted(node: ast.expr) -> str | None:
    match node:
        case ast.Attribute(ast.Name(topic), function):
            return f"{topic}.{function}"
    return None


def _what(node: ast.expr) -> str:
    return _NAMED.get(type(node), "this")


def _short(text: str) -> str:
    text = clean_line(text)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _excerpt(source: str, offset: int) -> str:
    return _short(source[max(offset - 1, 0) : offset + 19]) or "the end"
