"""Writing into the settings file: one line for a value, and every other byte as it was. The file is the learner's.

Imported only to write: the patterns are compiled then, not at every start.
"""

from __future__ import annotations

import os
import re
import tomllib
from typing import TYPE_CHECKING

from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    #: A setting by its name, or by the names of the tables that it is in, and its own.
    Place = tuple[str, ...]
    Value = str | float | Sequence[str] | Sequence[float]


def keep(values: Mapping[Place, Value], path: Path) -> str:
    """Writes settings into the file, all of them or none; gives why it could not, in a line, else nothing.

    A file that is not there is made.
    """
    from studytui.deck.atomic import write_atomically

    try:
        try:
            before = path.read_bytes()
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            before = b""
        text = before.decode()
        for place, value in values.items():
            text = with_value(text, place, value)
        after = text.encode()
        if after == before:
            return ""
        if path.exists() and not os.access(path, os.W_OK):  # a file made read-only could be replaced all the same
            raise PermissionError(13, os.strerror(13))
        write_atomically(path, after)
    except OSError as error:
        return f"{path} cannot be written ({error.strerror})"
    except UnicodeDecodeError:
        return f"{path} is not UTF-8"
    except ValueError as error:
        return f"{path} {error}"
    return ""


def with_value(text: str, place: Place, value: Value) -> str:
    """The text of a settings file with another value: one line is changed, or put in, and nothing else.

    A text or a list that is not there is the empty one. Raises ValueError for a text that is not TOML, or that
    holds the value in a way that no one line can change.
    """
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"is not valid TOML: {clean_line(str(error))}") from error
    written = literal(value)
    wanted = tomllib.loads(f"value = {written}")["value"]
    if _taken(before, place, type(wanted)() if isinstance(wanted, str | list) else None) == wanted:
        return text
    for candidate in _candidates(text, place, written):
        try:
            after = tomllib.loads(candidate)
        except tomllib.TOMLDecodeError:
            continue
        # Compared as they are written: one nan is not equal to another.
        if _taken(after, place, None) == wanted and repr(after) == repr(before):
            return candidate
    *tables, name = place
    under = f" under [{_header(tables)}]" if tables else ""
    raise ValueError(f"cannot be changed safely: write {name} = {written}{under} into it yourself")


def literal(value: Value) -> str:
    """A value as TOML has it, on one line."""
    if isinstance(value, str):
        # TOML's basic strings have the escapes of JSON.
        import json

        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return repr(value)
    return f"[{', '.join(map(literal, value))}]"


def _taken(table: dict[str, Any], place: Place, default: object) -> object:
    """A value, taken out of the parsed text; a table that has nothing else goes with it, as its header says nothing."""
    tables = [table]
    for name in place[:-1]:
        inner = tables[-1].get(name)
        if not isinstance(inner, dict):
            return default
        tables.append(inner)
    value = tables[-1].pop(place[-1], default)
    for outer, name in zip(reversed(tables[:-1]), reversed(place[:-1]), strict=True):
        if not outer[name]:
            del outer[name]
    return value


#: A value as it may stand in a file: strings of all kinds, arrays of plain values, and whatever has no comment.
_VALUE = (
    r"""(?P<value>\"\"\".*?\"\"\"|'''.*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\[[^][#"']*\]|[^"'#\s][^#\n]*?)"""
    r"""(?=[ \t]*(?:\#[^\n]*)?\r?$)"""
)
_TABLE = r"(?m)^[ \t]*\["


def _candidates(text: str, place: Place, written: str) -> Iterator[str]:
    """The text with one line changed or put in, in every way that may be right: reading it finds out which is."""
    *tables, name = place
    line = rf"(?m)^(?P<key>[ \t]*{_named(name)}[ \t]*=[ \t]*){_VALUE}"
    for match in re.finditer(line, text):
        yield f"{text[: match.end('key')]}{written}{text[match.end('value') :]}"
    end = "\r\n" if "\r\n" in text else "\n"
    new = f"{name} = {written}{end}"
    if not tables:
        yield from _put_in(text, new, end)
        return
    names = r"[ \t]*\.[ \t]*".join(map(_named, tables))
    header = rf"(?m)^[ \t]*\[[ \t]*{names}[ \t]*\][^\n]*\n?"
    for match in re.finditer(header, text):
        above = text[: match.end()]
        yield f"{above}{'' if above.endswith(chr(10)) else end}{new}{text[match.end() :]}"
    gap = ("" if text.endswith("\n") else end) + end if text else ""
    yield f"{text}{gap}[{_header(tables)}]{end}{new}"


def _put_in(text: str, line: str, end: str) -> Iterator[str]:
    """The text with a new line: behind the settings that stand before the first table, or else at the top."""
    table = re.search(_TABLE, text)
    above, below = (text[: table.start()], text[table.start() :]) if table else (text, "")
    if table:
        # A comment right above a table belongs to it; blank lines above that stay between the two.
        lines = above.splitlines(keepends=True)
        while lines and lines[-1].lstrip().startswith("#"):
            below = lines.pop() + below
        while lines and not lines[-1].strip():
            below = lines.pop() + below
        above = "".join(lines)
    gap = end if above and not above.endswith("\n") else ""
    yield f"{above}{gap}{line}{below}"
    yield line + text


def _named(name: str) -> str:
    """A pattern for a key, bare or in quotes."""
    plain = re.escape(name)
    return rf"""(?:{plain}|"{plain}"|'{plain}')"""


def _header(tables: Sequence[str]) -> str:
    return ".".join(name if re.fullmatch("[A-Za-z0-9_]+", name) else literal(name) for name in tables)
