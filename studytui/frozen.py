"""`@frozen`: `@dataclass(frozen=True, slots=True)`, made twenty times faster.

`dataclass` compiles six methods for every class, half a millisecond each time. Forty such classes stand between the
start of the program and the first card: 16 ms of the 25 that it may take longer than an empty Textual app. Here the
methods are shared, a class gets its own `__init__` when its first object is made, and `dataclass` itself is asked when
someone asks for `fields`. `fields`, `replace` and `match` work as ever.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class _Fields:
    """Stands for `__dataclass_fields__` until someone asks: few classes are asked, and `dataclass` takes its time."""

    def __init__(self, written: type) -> None:
        self._written = written

    def __get__(self, instance: object, made: Any) -> Any:
        whole: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(self._written)
        made.__dataclass_fields__ = whole.__dataclass_fields__  # from now on it stands there itself
        return made.__dataclass_fields__


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def frozen(cls: type[T]) -> type[T]:
    """Makes a class of annotated fields, without a base class, into an immutable, hashable dataclass with slots."""
    names = tuple(cls.__annotations__)
    defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
    compared = [name for name in names if getattr(defaults.get(name), "compare", True)]
    namespace = {name: value for name, value in cls.__dict__.items() if name not in {*names, "__dict__", "__weakref__"}}
    namespace |= _SHARED
    namespace |= {
        "__qualname__": cls.__qualname__,
        "__slots__": names,
        "__match_args__": names,
        "__dataclass_fields__": _Fields(cls),
        "_values": _getter(names),
        "_compared": _getter(compared),
        "_defaults": defaults,
    }
    made: Any = type(cls)
    return made(cls.__name__, cls.__bases__, namespace)  # type: ignore[no-any-return]  # the class, with slots


def _getter(names: Sequence[str]) -> Any:
    """These values of an object as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return staticmethod(lambda self: tuple(getattr(self, name) for name in names))


def _first_init(self: Any, *arguments: Any, **named: Any) -> None:
    """Stands in until the first object is made; then the class gets the `__init__` that `dataclass` would have made."""
    cls = type(self)
    scope: dict[str, Any] = {"_missing": dataclasses.MISSING}
    parameters, made = ["self"], []
    for name in cls.__match_args__:
        scope[f"_set_{name}"] = getattr(cls, name).__set__  # the slot's own: `object.__setattr__` would look it up
        default = cls._defaults.get(name, dataclasses.MISSING)
        if isinstance(default, dataclasses.Field):
            scope[f"_make_{name}"], default = default.default_factory, default.default
        if scope.get(f"_make_{name}", dataclasses.MISSING) is not dataclasses.MISSING:
            parameters.append(f"{name}=_missing")
            made.append(f"    if {name} is _missing: {name} = _make_{name}()")
        elif default is not dataclasses.MISSING:
            scope[f"_default_{name}"] = default
            parameters.append(f"{name}=_default_{name}")
        else:
            parameters.append(name)
    body = [*made, *(f"    _set_{name}(self, {name})" for name in cls.__match_args__)] or ["    pass"]
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(body), scope)  # noqa: S102 - names of fields only
    cls.__init__ = scope["__init__"]
    self.__init__(*arguments, **named)


def _repr(self: Any) -> str:
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({values})"


def _equal(self: Any, other: Any) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    values = self._compared
    return values(self) == values(other)


def _hash(self: Any) -> int:
    return hash(self._compared(self))


def _refuse(self: Any, name: str, *_: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change “{name}” of a {type(self).__name__}")


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), self._values(self)


_SHARED = {
    "__init__": _first_init,
    "__repr__": _repr,
    "__eq__": _equal,
    "__hash__": _hash,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__reduce__": _reduce,
}
