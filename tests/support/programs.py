"""The code of the references taken apart, so that one definition can be altered and run apart from the real one.

A module of a topic is cut into definitions: its functions, classes and constants. A program is the definitions that one
reference needs; it is executed in namespaces of its own, so that no other test ever sees what was altered.
"""

from __future__ import annotations
import __future__

import ast
import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

from support.altered_calls import BUILT_IN
from support.mutants import computing_parts

import reference_impl
from reference_impl.catalogue import topics
from reference_impl.reference import Reference

#: A definition is known by its module and its name there.
Key = tuple[str, str]

#: Code outside the topics that references compute with.
SHARED = "reference_impl.arrays"
#: Loops of one call may take so many steps together; references take some thousands.
MOST_STEPS = 200_000
#: The name of the step counter in altered code.
STEP = "__step__"

_FUTURE = __future__.annotations.compiler_flag


class TooManySteps(Exception):  # noqa: N818 - named for what happened
    """An altered loop goes on and on."""


class Definition(NamedTuple):
    """A function, class or constant of a module: its statement, and the definitions that it names."""

    key: Key
    statement: ast.stmt
    file: str
    needs: tuple[Key, ...]
    computes_with: tuple[Key, ...]
    is_reference: bool


class Program:
    """The definitions that a reference needs, in an order in which they can be executed."""

    def __init__(self, root: Key) -> None:
        self.root = root
        self._order: list[Key] = []
        self._collect(root, set())
        modules = {module for module, _ in self._order}
        needed = set(self._order)
        self._live = {module: vars(importlib.import_module(module)) for module in modules}
        #: Under which names, in which modules, each definition is known.
        self._names = {key: [key] for key in self._order}
        #: Modules that definitions reach into by attribute.
        self._reached: list[tuple[str, str, str]] = []
        for module in modules:
            for name, target in _taken_apart(module).imported.items():
                if target in needed:
                    self._names[target].append((module, name))
            self._reached += [(module, name, target) for name, target in _taken_apart(module).modules.items()]

    def _collect(self, key: Key, seen: set[Key]) -> None:
        seen.add(key)
        for needed in definition(key).needs:
            if needed not in seen:
                self._collect(needed, seen)
        self._order.append(key)

    def run(self, altered: Key | None = None, code: CodeType | None = None) -> tuple[Any, Steps]:
        """Executes the definitions, one of them altered; gives the reference and the counter of its steps."""
        steps = Steps()
        spaces: dict[str, dict[str, Any]] = {
            module: {**live, "__builtins__": BUILT_IN, STEP: steps} for module, live in self._live.items()
        }
        for module, name, target in self._reached:
            if target in spaces:
                spaces[module][name] = _Reached(spaces[target], spaces[module][name])
        for key in self._order:
            module, name = key
            space = spaces[module]
            exec(code if key == altered and code is not None else compiled(key), space)
            value = Reference(space[name], None) if definition(key).is_reference else space[name]  # type: ignore[arg-type]  # its domain is the real one's
            for where, called in self._names[key]:
                spaces[where][called] = value
        return spaces[self.root[0]][self.root[1]], steps


class Steps:
    """Counts the steps of loops, and stops what does not end."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MOST_STEPS

    def __call__(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooManySteps


class _Reached:
    """A module as a program sees it: its own definitions, and what else the real module has."""

    def __init__(self, space: Mapping[str, Any], live: ModuleType) -> None:
        self._space, self._live = space, live

    def __getattr__(self, name: str) -> Any:
        return self._space[name] if name in self._space else getattr(self._live, name)


class _Module(NamedTuple):
    """A module taken apart: its definitions, and where imported names come from."""

    statements: dict[str, ast.stmt]
    imported: dict[str, Key]
    modules: dict[str, str]
    references: frozenset[str]
    file: str


def modules_of(topic: str) -> list[str]:
    """The modules that a topic consists of."""
    return modules_below(f"reference_impl.{topic}")


def modules_below(name: str) -> list[str]:
    """A module, and those inside if it is a package."""
    package = importlib.import_module(name)
    inner = pkgutil.walk_packages(getattr(package, "__path__", []), f"{package.__name__}.")
    return [package.__name__, *sorted(module.name for module in inner)]


@functools.cache
def _all_modules() -> frozenset[str]:
    return frozenset([SHARED, *[module for topic in topics() for module in modules_of(topic)]])


@functools.cache
def _taken_apart(module: str) -> _Module:
    live = importlib.import_module(module)
    path = Path(live.__file__ or "")
    file = path.relative_to(Path(reference_impl.__file__ or "").parent.parent).as_posix()
    taken = _Module({}, {}, {}, frozenset(), file)
    references = set()
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        match statement:
            case ast.FunctionDef() | ast.ClassDef():
                if isinstance(statement, ast.FunctionDef) and any(map(_makes_reference, statement.decorator_list)):
                    references.add(statement.name)
                taken.statements[statement.name] = _Bare().visit(statement)
            case ast.Assign(targets=targets):
                names = [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
                taken.statements.update(dict.fromkeys(names, statement))
            case ast.AnnAssign(target=ast.Name(id=name)):
                taken.statements[name] = statement
            case ast.ImportFrom(module=source, names=aliases) if source is not None:
                for alias in aliases:
                    _note_import(taken, source, alias)
    return taken._replace(references=frozenset(references))


def _note_import(taken: _Module, source: str, alias: ast.alias) -> None:
    name = alias.asname or alias.name
    if f"{source}.{alias.name}" in _all_modules():
        taken.modules[name] = f"{source}.{alias.name}"
    elif source in _all_modules():
        defined = _source_of((source, alias.name))
        if defined is not None:
            taken.imported[name] = defined


def _source_of(key: Key) -> Key | None:
    """Where a name is defined that may be imported from elsewhere."""
    module, name = key
    taken = _taken_apart(module)
    return key if name in taken.statements else taken.imported.get(name)


@functools.cache
def definition(key: Key) -> Definition:
    """The definition of a name. KeyError where it is none."""
    module, name = key
    taken = _taken_apart(module)
    statement = taken.statements[name]
    needs = _named_in(module, statement)
    computes_with = [found for part in computing_parts(statement) for found in _named_in(module, part)]
    return Definition(
        key,
        statement,
        taken.file,
        tuple(dict.fromkeys(found for found in needs if found != key)),
        tuple(dict.fromkeys(found for found in computes_with if found != key)),
        name in taken.references,
    )


def _named_in(module: str, tree: ast.AST) -> Iterator[Key]:
    taken = _taken_apart(module)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            if node.id in taken.statements:
                yield module, node.id
            elif node.id in taken.imported:
                yield taken.imported[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in taken.modules:
            found = _source_of((taken.modules[node.value.id], node.attr))
            if found is not None:
                yield found


def key_of(reference: Reference[..., object]) -> Key:
    """The definition that makes a reference."""
    (name,) = [
        name for name, value in vars(importlib.import_module(reference.__module__)).items() if value is reference
    ]
    return reference.__module__, name


@functools.cache
def reached(key: Key) -> tuple[Key, ...]:
    """The definitions that one computes with, itself first, the nearest ones before those that they need."""
    found = [key]
    for each in found:
        found += [needed for needed in definition(each).computes_with if needed not in found]
    return tuple(found)


@functools.cache
def program(root: Key) -> Program:
    """The program of a reference."""
    return Program(root)


@functools.cache
def compiled(key: Key) -> CodeType:
    """A definition as it stands, ready to be executed."""
    return compile_statement(definition(key))


def compile_statement(each: Definition) -> CodeType:
    """The definition's statement as it is now, ready to be executed."""
    tree = ast.Module([each.statement], [])
    return compile(tree, each.file, "exec", flags=_FUTURE, dont_inherit=True)


def _makes_reference(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "reference"


def _registers(decorator: ast.expr) -> bool:
    """Whether a decorator makes a reference, a slip, a witness or a figure."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return _makes_reference(decorator) or (
        isinstance(called, ast.Attribute) and called.attr in {"slip", "witness", "figure"}
    )


class _Bare(ast.NodeTransformer):
    """A definition without registration, docstrings and annotations, that counts the steps of its loops."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(node)
        node.decorator_list = [each for each in node.decorator_list if not _registers(each)]
        node.returns = None
        if ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.copy_location(ast.Pass(), node)]
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def _counted(self, node: Any) -> Any:
        self.generic_visit(node)
        step = ast.Expr(ast.Call(ast.Name(STEP, ast.Load()), [], []))
        node.body.insert(0, ast.fix_missing_locations(ast.copy_location(step, node)))
        return node

    visit_For: Callable[[_Bare, Any], Any] = _counted  # noqa: N815 - ast's names
    visit_While: Callable[[_Bare, Any], Any] = _counted  # noqa: N815
