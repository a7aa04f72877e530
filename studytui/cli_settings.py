"""The command `studytui settings`: what holds and where it is set, one value, another value, the commented file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from studytui.cli_base import Failure, formats

if TYPE_CHECKING:
    from pathlib import Path

    from studytui.settings.declared import Setting
    from studytui.settings.reading import Place, Reading


@click.command()
@click.argument("name", required=False)
@click.argument("value", required=False)
@click.option("--reset", is_flag=True, help="Put the default of NAME back.")
@click.option("--write", is_flag=True, help="Put every setting that the file does not name into it, as a comment.")
@formats("json")
def settings(name: str | None, value: str | None, form: str, *, reset: bool, write: bool) -> None:
    """All settings with their values and where they are set; or NAME alone; or set NAME to VALUE.

    NAME is such as new_per_day, keys.study.undo or deck.lstm.desired_retention. Everything else in the file stays as
    it is.
    """
    from studytui.settings import settings_path

    path = settings_path()
    if write:
        if name is not None or reset:
            raise Failure("--write goes without NAME. See `studytui settings --help`.")
        _write_comments(path, form)
    elif name is None:
        if reset:
            raise Failure("--reset needs the NAME of a setting. See `studytui settings --help`.")
        _show_all(path, form)
    elif value is None and not reset:
        _show_one(path, name, form)
    elif value is not None and reset:
        raise Failure("--reset puts the default back and takes no VALUE. See `studytui settings --help`.")
    else:
        _set(path, name, value, form)


def _write_comments(path: Path, form: str) -> None:
    from studytui.settings.commented import commented
    from studytui.settings.writing import change

    was_there = path.exists()
    why, changed = change(path, commented)
    if why:
        raise Failure(f"{why}; nothing was changed")
    words = "nothing to add: every setting stands in it" if not changed else "added what it did not name, as comments"
    if not was_there:
        words = "written, every setting as a comment"
    click.echo(json.dumps({"file": str(path), "changed": changed}) if form == "json" else f"{path}: {words}")


def _show_all(path: Path, form: str) -> None:
    from studytui.settings.declared import declared
    from studytui.settings.naming import named, own_places

    reading = _read(path)
    facts = [_facts((each.name,), each, reading) for each in declared().values() if each.name not in {"keys", "deck"}]
    facts += [_facts(place, named(".".join(place))[1], reading) for place in own_places(reading.settings)]
    if form == "json":
        problems = list(reading.settings.problems)
        click.echo(json.dumps({"file": str(path), "settings": facts, "problems": problems}, ensure_ascii=False))
        return
    widths = [max(len(each[part]) for each in facts) for part in ("name", "text")]
    for each in facts:
        where = f"line {each['line']}" if each["line"] else "default"
        click.echo(f"{each['name'].ljust(widths[0])}  {each['text'].ljust(min(widths[1], 32))}  {where}")
    click.echo(f"{'' if path.exists() else 'not there yet: '}{path}")


def _show_one(path: Path, name: str, form: str) -> None:
    from studytui.settings.naming import named

    reading = _read(path)
    facts = _facts(*named(name), reading)
    click.echo(json.dumps(facts, ensure_ascii=False) if form == "json" else facts["text"])


def _set(path: Path, name: str, value: str | None, form: str) -> None:
    """Writes a value, or the default by taking the setting out."""
    from studytui.settings.naming import named, typed
    from studytui.settings.writing import keep

    place, setting = named(name)
    if place[0] == "keys":
        _check_binding(place[1])
    wanted = None if value is None else setting.kind.plain(typed(setting, value))
    why = keep({place: wanted}, path)
    if why:
        raise Failure(f"{why}; nothing was changed")
    facts = _facts(place, setting, _read(path))
    words = f"{name} = {facts['text']}{' (default)' if not facts['line'] else ''}; {setting.effect}"
    click.echo(json.dumps(facts, ensure_ascii=False) if form == "json" else words)


def _check_binding(name: str) -> None:
    from studytui.tui.rebinding import check_binding

    check_binding(name)


def _read(path: Path) -> Reading:
    """The file as it is read at the start; what is wrong in it goes to stderr."""
    from studytui.settings.reading import examine

    reading = examine(path)
    for problem in reading.settings.problems:
        click.echo(f"studytui: {problem}", err=True)
    return reading


def _facts(place: Place, setting: Setting, reading: Reading) -> dict[str, Any]:
    """What is said of a setting; `text` as the file would have it."""
    from studytui.settings.naming import plain, value_of
    from studytui.settings.writing import literal

    value = plain(setting, value_of(reading.settings, place))
    return {
        "name": ".".join(place),
        "value": value,
        "text": "none of its own" if value is None else literal(value),
        "default": plain(setting, setting.default) if place[0] != "keys" else None,
        "line": reading.line_of(place),
        "group": setting.group,
        "help": setting.help,
        "effect": setting.effect,
    }
