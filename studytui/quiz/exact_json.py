"""Frozen dataclasses as JSON, and back by their annotations: what does not fit a field is refused, never guessed.

For what is kept for years. (`deck.codec` is faster and believes what it reads: a cache can be thrown away.) Fields that
hold their default are not written, so a field that is added with a default leaves older texts readable.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
import unicodedata
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Literal

from studytui.text import clean

#: Nothing that is kept is nested deeper; a damaged text must not exhaust the stack.
_DEEPEST = 32
#: Only what `as_plain` writes: `1e999999999` is a fraction, too, that no memory has room for.
_FRACTION = re.compile(r"[0-9]{1,60}(/[1-9][0-9]{0,59})?")
#: Times, counts and seeds have room in the journal's numbers; the values of a card may be of any size.
_LARGEST = 2**63 - 1


def as_plain(value: object) -> Any:
    """A value as what JSON can hold: fractions as `2/3`, dataclasses as objects of the fields that are not default."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, tuple):
        return [as_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: as_plain(item) for key, item in value.items()}
    made = {}
    kind: Any = type(value)
    for name, (_, default) in _fields(kind).items():
        content = getattr(value, name)
        if default is dataclasses.MISSING or content != default:
            made[name] = as_plain(content)
    return made


def as_written(kind: Any, data: object) -> Any:
    """The value of type `kind` that `as_plain` gave. Raises ValueError where the data are no such value.

    Texts are made safe to show once more: between writing and reading, anybody may have changed them.
    """
    if dataclasses.is_dataclass(kind):
        return _object(kind, data)
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _tuple(typing.get_args(kind), data)
    if origin is Mapping and isinstance(data, dict):
        inner = typing.get_args(kind)[1]
        return {_safe(key): as_written(inner, item) for key, item in data.items()}
    if origin is Literal and data in typing.get_args(kind):
        return data
    if origin in {types.UnionType, typing.Union}:
        return _either(typing.get_args(kind), data)
    return _simple(kind, data)


def _simple(kind: Any, data: object) -> Any:
    if kind is Fraction and isinstance(data, str) and _FRACTION.fullmatch(data):
        return Fraction(data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if kind is str and isinstance(data, str):
        return _safe(data)
    if kind is bool and isinstance(data, bool):
        return data
    if kind is int and type(data) is int and abs(data) <= _LARGEST:
        return data
    raise ValueError(f"{str(data)[:40]!r} is no {getattr(kind, '__name__', kind)}")


def _object(kind: Any, data: object) -> Any:
    if not isinstance(data, dict):
        raise ValueError(f"a {kind.__name__} is missing")  # noqa: TRY004 - every refusal is a ValueError
    fields = _fields(kind)
    made = {name: as_written(inner, data[name]) for name, (inner, _) in fields.items() if name in data}
    missing = [name for name, (_, default) in fields.items() if name not in made and default is dataclasses.MISSING]
    if missing:
        raise ValueError(f"a {kind.__name__} has no {missing[0]}")
    return kind(**made)


def _tuple(kinds: tuple[Any, ...], data: object) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise ValueError("a list is missing")  # noqa: TRY004 - every refusal is a ValueError
    return tuple([as_written(kinds[0], item) for item in data])


def _either(kinds: tuple[Any, ...], data: object) -> Any:
    """One type or None; or, of several, a value of a card: a number, a text, a truth, an array of them."""
    if type(None) in kinds:
        other = next(kind for kind in kinds if kind is not type(None))
        return None if data is None else as_written(other, data)
    return _value(data, 0)


def _value(data: object, depth: int) -> Any:
    if isinstance(data, list) and depth < _DEEPEST:
        return tuple([_value(item, depth + 1) for item in data])
    if isinstance(data, str):
        return _safe(data)
    if isinstance(data, bool | int | float):
        return data
    raise ValueError(f"{str(data)[:40]!r} is no value of a card")


def _safe(text: str) -> str:
    """The text, safe to show. Letters stay composed or not as they were: formulas put their marks behind the letter."""
    cleaned = clean(text)
    return text if cleaned == unicodedata.normalize("NFC", text) else cleaned


@cache
def _fields(kind: Any) -> dict[str, tuple[Any, Any]]:
    """For each field of a dataclass its type and its default, MISSING where there is none."""
    hints = typing.get_type_hints(kind)
    found = {}
    for field in dataclasses.fields(kind):
        made = field.default_factory
        found[field.name] = hints[field.name], made() if made is not dataclasses.MISSING else field.default
    return found
