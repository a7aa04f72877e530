"""The settings as rows: a line a setting, and what is said of the one under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studytui.face import Row, sentence
from studytui.settings.commented import sentence as told
from studytui.settings.declared import DECKS, KEYS
from studytui.settings.kinds import KeyNames, OneOf, Parameters, YesNo
from studytui.text import display_width, fitting
from studytui.tui.keys import PRINTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.settings.choosing import Line

_TITLE = 20


def settings_rows(lines: Sequence[Line], cursor: int, unfolded: set[tuple[str, ...]], width: int) -> list[Row]:
    """Group by group; what differs from the default is marked •, what is wrong in the file ✗."""
    rows: list[Row] = []
    group = ""
    for number, line in enumerate(lines):
        if line.group != group:
            group = line.group
            rows += [Row(), Row(((group, "accent"),))] if rows else [Row(((group, "accent"),))]
        here = number == cursor
        row = _row(line, width, here=here, is_open=line.place in unfolded)
        rows.append(Row(row, f"row({number})", cursor=here))
    return rows


def _row(line: Line, width: int, *, here: bool, is_open: bool) -> tuple[tuple[str, str], ...]:
    mark = "✗" if line.mistake else "!" if line.clashes else "•" if line.changed else " "
    style = "cursor" if here else "plain"
    sign = f"{'▸' if here else ' '} "
    title = f"{'  ' if line.inside else ''}{line.title}"
    room = max(width - 4, 1) if line.setting is None and line.group == DECKS else _TITLE
    value = shown(line)
    if line.setting is None:
        value = f"{'[-]' if is_open else '[+]'} {value}"
        room = min(max(_TITLE, display_width(title)), max(width - 5 - display_width(value), 8))
    elif here and _steps(line):
        value = f"‹ {value} ›"
    title = cut(title, room)
    gap = " " * (room - display_width(title) + 1)
    value = cut(value, max(width - 5 - room, 1))
    marked = {"✗": "wrong", "!": "close", "•": "accent"}.get(mark, style)
    return (sign, style), (f"{mark} ", marked), (f"{title}{gap}", style), (value, "strong" if line.changed else style)


def _steps(line: Line) -> bool:
    return line.place == ("language",) or (line.setting is not None and _next(line) is not None)


def _next(line: Line) -> Any:
    return line.setting.kind.next(line.held, 1) if line.setting is not None else None


def shown(line: Line) -> str:
    """The value that holds, in words."""
    if line.setting is None:
        if line.group == KEYS:
            clash = ", clash" if line.clashes else ""
            return f"{line.value} changed{clash}" if line.value else f"as they are{clash}"
        return f"{line.value} set" if line.value else "as all"
    words = value_words(line)
    return f"{words} (as all)" if line.group == DECKS and line.inside and line.value is None else words


def value_words(line: Line, value: Any = None) -> str:
    """A value of a line in words; the one that holds, when no other is given."""
    value = line.held if value is None else value
    if line.setting is None:
        return ""
    match line.setting.kind:
        case YesNo():
            return "yes" if value else "no"
        case Parameters():
            return "fitted" if value else "the defaults"
        case KeyNames():
            return "  ".join(PRINTED.get(name, name) for name in value.split(",")) or "none"
        case kind if line.place == ("language",):
            return value or "each deck's own"
        case kind:
            plain = kind.plain(value)
            return ", ".join(map(str, plain)) or "none" if isinstance(plain, list) else str(plain)


def typed_words(line: Line) -> str:
    """What stands in the field when a value begins to be typed."""
    if line.setting is None or isinstance(line.setting.kind, Parameters):
        return ""
    return str(line.held) if line.place == ("language",) else "" if line.held == () else value_words(line)


def about_rows(line: Line, width: int) -> list[Row]:
    """What is said of the line under the cursor: what is wrong with it, else what it does."""
    if line.mistake:
        place = f"line {line.at}: " if line.at else ""
        return sentence(f"✗ {place}{line.mistake}", width, "wrong")
    if line.clashes:
        return sentence(_clash_words(line), width, "close")
    setting = line.setting
    if setting is None:
        what = "the keys of this screen" if line.group == KEYS else "what holds for this deck alone"
        return sentence(f"Space shows {what}.", width, "muted")
    own = value_words(line, line.default)
    default = f"As all: {own}" if line.group == DECKS and line.inside else f"Default: {own}"
    if isinstance(setting.kind, KeyNames):
        return sentence(f"{setting.help}. {default}. Enter sets another key, a adds one.", width, "muted")
    does = f"{setting.help[0].upper()}{setting.help[1:]}." if isinstance(setting.kind, OneOf) else told(setting)
    return sentence(f"{does} {default}; a change holds {setting.effect}.", width, "muted")


def _clash_words(line: Line) -> str:
    names = ", ".join(line.clashes)
    if line.setting is None:
        return f"! Some keys do two things: {names}. Space shows which."
    if line.value is None:
        return f"! The same key was set for {names}, which comes first."
    return f"! The same key is on {names}: what was set here comes first, and d puts the default back."


def cut(words: str, width: int) -> str:
    """Words cut where they have no room."""
    return words if display_width(words) <= width else fitting(words, width - 1) + "…"
