"""The settings file with every setting shown in a comment: what it does, what it may be, and its default."""

from __future__ import annotations

import re
import textwrap
import tomllib
from typing import TYPE_CHECKING

from studytui.settings.declared import DeckSettings, Settings, declared
from studytui.settings.outline import outline
from studytui.settings.writing import above_tables, commented_tables, literal
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytui.settings.declared import Setting

_WIDTH = 100
_HEAD = """\
# The settings of StudyTUI. Each stands here as a comment with its default: take the # away and write another value.
# The program changes single lines of this file and keeps all others. `studytui settings` shows what holds.
"""
#: Shown for the tables, whose names are the learner's own.
_TABLES = {
    "keys": ('"study.undo" = "z"',),
    "deck": tuple(
        f"{setting.name} = {literal(getattr(Settings(), setting.name, setting.default))}"
        for setting in declared(DeckSettings).values()
    ),
}
_HEADERS = {"keys": "[keys]", "deck": '[deck."stride-and-padding"]'}


def commented(text: str) -> str:
    """A file's text with every setting that it does not name put in as a comment; nothing else is changed.

    Raises ValueError for a text that is not TOML.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"is not valid TOML: {clean_line(str(error))}") from error
    end = "\r\n" if "\r\n" in text else "\n"
    missing = [each for each in declared().values() if each.name not in table and not _is_shown(text, each)]
    plain = "\n".join(_plain([each for each in missing if each.name not in _TABLES])).replace("\n", end)
    tables = "\n".join(_table(each) for each in missing if each.name in _TABLES).replace("\n", end)
    if not text:
        return f"{_HEAD}\n{plain}\n{tables}"
    after = text
    if plain:
        # One blank line on either side of what is put in.
        first = outline(text).first_header
        after = next(above_tables(text, f"{end}{plain}", first, end))
    if tables:
        after += f"{'' if after.endswith(chr(10)) else end}{end}{tables}"
    return after


def sentence(setting: Setting) -> str:
    """What a setting does and what it may be."""
    words = f" ({setting.kind.words})" if setting.kind.words else ""
    return f"{setting.help[0].upper()}{setting.help[1:]}{words}."


def _is_shown(text: str, setting: Setting) -> bool:
    if setting.name in _TABLES:
        return re.search(rf"(?m)^[ \t]*#[# \t]*\[{setting.name}\b", text) is not None
    above = text[: commented_tables(text)]
    return re.search(rf"(?m)^[ \t]*#[# \t]*{setting.name}[ \t]*=", above) is not None


def _plain(settings: Sequence[Setting]) -> Iterator[str]:
    """Group by group, as the screen shows them."""
    group = ""
    for setting in settings:
        if setting.group != group:
            group = setting.group
            yield f"# -- {group} --\n"
        lines = textwrap.wrap(sentence(setting), _WIDTH, break_long_words=False, break_on_hyphens=False)
        lines.append(f"{setting.name} = {literal(setting.kind.plain(setting.default))}")
        yield "".join(f"# {line}\n" for line in lines)


def _table(setting: Setting) -> str:
    lines = (sentence(setting), _HEADERS[setting.name], *_TABLES[setting.name])
    return "".join(f"# {line}\n" for line in lines)
