"""A settings file is read: each value by its declaration; a mistake is a line with its place, and keeps the default."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studytui.frozen import frozen
from studytui.settings.declared import DeckSettings, Setting, Settings, declared
from studytui.text import clean_line, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    #: A setting by its name, or by the names of the tables that it is in, and its own.
    Place = tuple[str, ...]


@frozen
class Mistake:
    """What is wrong at a place of the file; the empty place is the file itself. `line` is 0 where none is known."""

    place: Place
    words: str
    line: int = 0


@frozen
class Reading:
    """What a file holds: the settings, with `problems` as lines, and the same mistakes by their places."""

    settings: Settings
    mistakes: tuple[Mistake, ...] = ()
    text: str = ""

    def line_of(self, place: Place) -> int:
        """The line on which a setting stands; 0 where it does not stand in the file."""
        from studytui.settings.outline import lines_of

        lines = lines_of(self.text)
        if place[0] == "keys" and place not in lines:  # an id may be written as the names of tables
            place = ("keys", *(part for name in place[1:] for part in name.split(".", 1)))
        return lines.get(place, 0)


def examine(path: Path) -> Reading:
    """The settings of a file, and what is wrong in it; a missing file gives the defaults."""
    try:
        return read_bytes(path.read_bytes(), str(path))
    except FileNotFoundError:
        return Reading(Settings())
    except OSError as error:
        words = f"cannot be read ({error.strerror}); the defaults are used"
        return Reading(Settings(problems=(f"{path}: {words}",)), (Mistake((), words),))


def read_bytes(raw: bytes, source: str) -> Reading:
    """The settings of a file that was read."""
    import tomllib

    try:
        text = raw.decode()
        table = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        words = f"not valid TOML: {clean_line(str(error))}; the defaults are used"
        return Reading(Settings(problems=(f"{source}: {words}",)), (Mistake((), words),))
    return read_table(table, source, text)


def read_table(table: Mapping[str, object], source: str, text: str = "") -> Reading:
    """The settings of a parsed table; `text` is what it was parsed from, for the lines of mistakes."""
    found: list[Mistake] = []
    values, known = {}, declared()
    for name, value in table.items():
        setting = known.get(name)
        if setting is None:
            near = did_you_mean(name, known)
            found.append(Mistake((name,), f"unknown setting “{clean_line(name)}”{near or '; remove it'}"))
            continue
        try:
            values[name] = setting.kind.read(value)
        except (TypeError, ValueError) as error:
            found.append(Mistake((name,), f"{name} {error}; {_used(setting)}"))
    if "deck" in values:
        values["deck"], wrong = _decks(values["deck"])
        found += wrong
    if found and text:
        from studytui.settings.outline import lines_of

        lines = lines_of(text)
        found = [replace(each, line=lines.get(each.place, 0)) for each in found]
    problems = tuple(
        f"{source}:{each.line}: {each.words}" if each.line else f"{source}: {each.words}" for each in found
    )
    return Reading(Settings(**values, problems=problems), tuple(found), text)


def _used(setting: Setting) -> str:
    if setting.name == "deck":
        return "none is used"
    default = setting.kind.plain(setting.default)
    from studytui.settings.writing import literal  # only where something is wrong

    return f"the default is used ({literal(default)})" if default not in ([], "") else "the defaults are used"


def _decks(tables: Mapping[str, Mapping[str, object]]) -> tuple[tuple[DeckSettings, ...], list[Mistake]]:
    """The tables `[deck."id"]`, and each mistake in them."""
    decks, mistakes = [], []
    known = declared(DeckSettings)
    for deck, table in tables.items():
        values: dict[str, Any] = {}
        where = f'[deck."{clean_line(deck)}"]'
        for name, value in table.items():
            place = ("deck", deck, name)
            setting = known.get(name)
            if setting is None:
                near = did_you_mean(name, known)
                words = f"{where} has an unknown setting “{clean_line(name)}”{near or '; remove it'}"
                mistakes.append(Mistake(place, words))
                continue
            try:
                values[name] = setting.kind.read(value)
            except (TypeError, ValueError) as error:
                mistakes.append(Mistake(place, f"{where} {name} {error}; what is set for all decks is used"))
        decks.append(DeckSettings(deck, **values))
    return tuple(decks), mistakes
