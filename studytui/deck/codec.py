"""Frozen dataclasses as JSON and back: what the cache of decks is written in. Never pickle: a cache is outside data."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cached_property
from typing import Any

#: The key that names a dataclass; no field has this name.
_CLASS = "$"


class Codec:
    """Knows some dataclasses by name. Tuples become lists and come back as tuples; defaults are not written."""

    def __init__(self, classes: Iterable[type]) -> None:
        self._classes = {each.__name__: each for each in classes}

    @cached_property
    def _defaults(self) -> dict[str, dict[str, object]]:
        return {name: _defaults(each) for name, each in self._classes.items()}

    def encode(self, value: object) -> str:
        """One line of JSON. Raises TypeError for what is not made of these classes and JSON's own types."""
        return json.dumps(self._plain(value), ensure_ascii=False, separators=(",", ":"))

    def decode(self, text: str | bytes) -> Any:
        """The value again. Raises ValueError, KeyError or TypeError for anything that `encode` did not write."""
        return self._made(json.loads(text))

    def _plain(self, value: object) -> object:
        if value is None or type(value) in {str, int, float, bool}:
            return value
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, tuple | list):
            return [self._plain(item) for item in value]
        if isinstance(value, Mapping):
            return {str(key): self._plain(item) for key, item in value.items()}
        name = type(value).__name__
        if self._classes.get(name) is not type(value):
            raise TypeError(f"{name} is none of the classes that this codec knows")
        made: dict[str, object] = {_CLASS: name}
        for field, default in self._defaults[name].items():
            content = getattr(value, field)
            if default is dataclasses.MISSING or content != default:
                made[field] = self._plain(content)
        return made

    def _made(self, value: Any) -> Any:
        kind = type(value)
        if kind is list:
            return tuple([self._made(item) for item in value])
        if kind is not dict:
            return value
        name = value.pop(_CLASS, None)
        made = {key: item if type(item) is str else self._made(item) for key, item in value.items()}
        return made if name is None else self._classes[name](**made)


def _defaults(each: type) -> dict[str, object]:
    """The fields of a class with their defaults, MISSING where there is none."""
    found: dict[str, object] = {}
    for field in dataclasses.fields(each):
        made = field.default_factory
        found[field.name] = made() if made is not dataclasses.MISSING else field.default
    return found
