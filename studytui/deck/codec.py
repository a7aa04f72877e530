"""Frozen dataclasses as JSON and back: what the cache of decks is written in. Never pickle: a cache is outside data.

An object is `{"Span": ["padding", "strong"]}`: its class, and its fields in their order as far as the last that is not
at its default. Names of fields are left out, since a paper of 200 questions waits for 8,000 objects to be read.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cached_property
from typing import Any

#: Stands in the place of a class for a mapping, written as pairs; no class has this name.
_MAPPING = ""


class Codec:
    """Knows some dataclasses by name. Tuples become lists and come back as tuples; the last defaults are left out."""

    def __init__(self, classes: Iterable[type]) -> None:
        self._classes = {each.__name__: each for each in classes}
        self._decoder = json.JSONDecoder(object_hook=self._made)

    @cached_property
    def _defaults(self) -> dict[str, dict[str, object]]:
        return {name: _defaults(each) for name, each in self._classes.items()}

    def encode(self, value: object) -> str:
        """One line of JSON. Raises TypeError for what is not made of these classes and JSON's own types."""
        return json.dumps(self._plain(value), ensure_ascii=False, separators=(",", ":"))

    def decode(self, text: str | bytes) -> Any:
        """The value again. Raises ValueError, KeyError or TypeError for anything that `encode` did not write."""
        return _tuples(self._decoder.decode(text if isinstance(text, str) else text.decode()))

    def _plain(self, value: object) -> object:
        if value is None or type(value) in {str, int, float, bool}:
            return value
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, tuple | list):
            return [self._plain(item) for item in value]
        if isinstance(value, Mapping):
            return {_MAPPING: [[str(key), self._plain(item)] for key, item in value.items()]}
        name = type(value).__name__
        if self._classes.get(name) is not type(value):
            raise TypeError(f"{name} is none of the classes that this codec knows")
        parts = [(getattr(value, field), default) for field, default in self._defaults[name].items()]
        while parts and parts[-1][0] == parts[-1][1]:
            parts.pop()
        return {name: [self._plain(part) for part, _ in parts]}

    def _made(self, found: dict[str, Any]) -> Any:
        """What an object of JSON stands for. The objects in it are made already; its lists are lists still."""
        ((name, parts),) = found.items()
        if name == _MAPPING:
            return {key: _tuples(item) for key, item in parts}
        for place, part in enumerate(parts):
            if type(part) is list:
                parts[place] = _tuples(part)
        return self._classes[name](*parts)


def _tuples(value: Any) -> Any:
    return tuple([_tuples(item) if type(item) is list else item for item in value]) if type(value) is list else value


def _defaults(each: type) -> dict[str, object]:
    """The fields of a class with their defaults, MISSING where there is none."""
    found: dict[str, object] = {}
    for field in dataclasses.fields(each):
        made = field.default_factory
        found[field.name] = made() if made is not dataclasses.MISSING else field.default
    return found
