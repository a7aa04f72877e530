"""Writing into the settings file: one value, and every other byte as it was. The file is the learner's.

Imported only to write. Whatever is put together here is read again before it is taken: it must say the same as before
but for that value.
"""

from __future__ import annotations

import os
import re
import tomllib
from typing import TYPE_CHECKING

from studytui.settings.outline import outline
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from studytui.settings.kinds import Value
    from studytui.settings.outline import Entry
    from studytui.settings.reading import Place


def keep(values: Mapping[Place, Value | None], path: Path) -> str:
    """Writes settings into the file, all of them or none; gives why it could not, in a line, else nothing.

    None takes a setting out. A file that is not there is made.
    """

    def changed(text: str) -> str:
        for place, value in values.items():
            place = _written_place(text, place)  # noqa: PLW2901 - the same one, as it is spelt here
            text = without_value(text, place) if value is None else with_value(text, place, value)
        return text

    return change(path, changed)[0]


def change(path: Path, changed: Callable[[str], str]) -> tuple[str, bool]:
    """Writes what `changed` makes of the file's text; gives why it could not, in a line, and whether it is another."""
    from studytui.deck.atomic import write_atomically

    try:
        try:
            before = path.read_bytes()
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            before = b""
        after = changed(before.decode()).encode()
        if after == before:
            return "", False
        if path.exists() and not os.access(path, os.W_OK):  # a file made read-only could be replaced all the same
            raise PermissionError(13, os.strerror(13))
        write_atomically(path, after)
    except OSError as error:
        return f"{path} cannot be written ({error.strerror})", False
    except UnicodeDecodeError:
        return f"{path} is not UTF-8", False
    except ValueError as error:
        return f"{path} {error}", False
    return "", True


def _written_place(text: str, place: Place) -> Place:
    """A place as the file spells it: a binding's id stands as one name in quotes, or as the names of two tables."""
    if place[0] != "keys" or "." not in place[-1]:
        return place
    screen, name = place[-1].split(".", 1)
    keys = _parsed(text).get("keys")
    inner = keys.get(screen) if isinstance(keys, dict) else None
    return ("keys", screen, name) if isinstance(inner, dict) and name in inner else place


def with_value(text: str, place: Place, value: Value) -> str:
    """The text of a settings file with another value, changed where it stands, or put in as a new line.

    A text or a list that is not there is the empty one. Raises ValueError for a text that is not TOML, or in which the
    value cannot be changed without touching something else.
    """
    before = _parsed(text)
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
    under = f" under [{'.'.join(map(bare, tables))}]" if tables else ""
    raise ValueError(f"cannot be changed safely: write {bare(name)} = {written}{under} into it yourself")


def without_value(text: str, place: Place) -> str:
    """The text of a settings file without a value; a comment behind it stays. Raises ValueError as `with_value`."""
    before = _parsed(text)
    if _taken(before, place, None) is None:
        return text
    for entry in outline(text).entries:
        if entry.place != place or entry.commented:
            continue
        for candidate in _without(text, entry):
            try:
                after = tomllib.loads(candidate)
            except tomllib.TOMLDecodeError:
                continue
            if _taken(after, place, None) is None and repr(after) == repr(before):
                return candidate
    raise ValueError(f"cannot be changed safely: take {'.'.join(map(bare, place))} out of it yourself")


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


def bare(name: str) -> str:
    """A key as it is written: in quotes where it must be, and where a dash makes that easier to read."""
    return name if re.fullmatch("[A-Za-z0-9_]+", name) else literal(name)


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"is not valid TOML: {clean_line(str(error))}") from error


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


# -- ways to change a text ---------------------------------------------------------------------------------------------


def _candidates(text: str, place: Place, written: str) -> Iterator[str]:
    """The text with a value changed or put in, the best way first: reading it finds out whether it is right."""
    found = outline(text)
    for entry in found.entries:
        if entry.place == place:
            if not entry.commented:
                yield text[: entry.value] + written + text[entry.end :]
            return
    end = "\r\n" if "\r\n" in text else "\n"
    *tables, name = place
    new = f"{bare(name)} = {written}"
    starts = [header.start for header in found.headers]
    if not tables:
        stop = min([commented_tables(text), *starts])
        yield from _below_its_comment(text, name, new, 0, stop)
        yield from above_tables(text, new + end, found.first_header, end)
        yield new + end + text
        return
    for header in found.headers:
        if header.place == tuple(tables):
            behind = next((start for start in starts if start > header.start), None)
            yield from _below_its_comment(text, name, new, header.end, behind)
            above = text[: header.end]
            yield f"{above}{'' if above.endswith(chr(10)) else end}{new}{end}{text[header.end :]}"
    for entry in reversed(found.entries):
        if entry.place == tuple(tables) and text[entry.value] == "{":
            inside = text[entry.value + 1 : entry.end - 1].rstrip()
            yield f"{text[: entry.value + 1]}{inside}{',' if inside.strip() else ''} {new} }}{text[entry.end :]}"
        elif entry.place[: len(tables)] == tuple(tables) and not entry.inline:
            line = text.find("\n", entry.end)
            above, below = (text + end, "") if line < 0 else (text[: line + 1], text[line + 1 :])
            yield f"{above}{'.'.join(map(bare, tables))}.{new}{end}{below}"
    gap = ("" if text.endswith("\n") else end) + end if text else ""
    yield f"{text}{gap}[{'.'.join(map(bare, tables))}]{end}{new}{end}"


def commented_tables(text: str) -> int:
    """Where the first table begins that is only shown, in a comment; the end of the text where there is none."""
    match = re.search(r"(?m)^[ \t]*#[# \t]*\[", text)
    return match.start() if match else len(text)


def _below_its_comment(text: str, name: str, new: str, start: int, stop: int | None) -> Iterator[str]:
    """A new line below the comment that shows the setting with its default, if one is in this part of the text."""
    pattern = rf"""(?m)^#[ \t]*["']?{re.escape(name)}["']?[ \t]*=[^\n]*(\n|\Z)"""
    for match in re.compile(pattern).finditer(text, start, len(text) if stop is None else stop):
        end = "\r\n" if match[0].endswith("\r\n") else "\n"
        above = text[: match.end()]
        yield f"{above}{'' if above.endswith(chr(10)) else end}{new}{end}{text[match.end() :]}"


def above_tables(text: str, line: str, table: int | None, end: str) -> Iterator[str]:
    """The text with a new line behind the settings that stand before the first table."""
    above, below = (text, "") if table is None else (text[:table], text[table:])
    if table is not None:
        above = above[: above.rfind("\n") + 1]
        below = text[len(above) :]
        # A comment right above a table belongs to it; blank lines above that stay between the two.
        lines = above.splitlines(keepends=True)
        while lines and lines[-1].lstrip().startswith("#"):
            below = lines.pop() + below
        while lines and not lines[-1].strip():
            below = lines.pop() + below
        above = "".join(lines)
    gap = end if above and not above.endswith("\n") else ""
    yield f"{above}{gap}{line}{below}"


def _without(text: str, entry: Entry) -> Iterator[str]:
    """The text without an entry: its line, or what of an inline table it takes."""
    above, below = text[: entry.start], text[entry.end :]
    if entry.inline:
        yield above + re.sub(r"^\s*,[ \t]*", "", below)  # the comma behind it
        yield re.sub(r",\s*$", "", above) + below  # as the last one: the comma before it
        return
    line = above.rfind("\n") + 1
    rest, newline, after = below.partition("\n")
    comment = rest.strip()
    yield (
        text[:line]
        + (above[line:] + comment + ("\r" if rest.endswith("\r") else "") + newline if comment else "")
        + after
    )
