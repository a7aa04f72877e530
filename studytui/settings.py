"""The learner's settings: a TOML file in the configuration directory, each value checked, with a default for each.

The file is the learner's: what the program writes into it changes one line, and leaves every other byte as it was.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.text import clean_line, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: The environment variable that names another settings file.
VARIABLE = "STUDYTUI_SETTINGS"


@frozen
class Settings:
    """What a learner can choose. Times of day and steps are in minutes, intervals in days."""

    day_start: int = 4 * 60
    new_per_day: int = 20
    reviews_per_day: int = 200
    learning_steps: tuple[float, ...] = (1.0, 10.0)
    relearning_steps: tuple[float, ...] = (10.0,)
    desired_retention: float = 0.9
    maximum_interval: int = 36_500
    quick_seconds: int = 5
    quiz_reviews: bool = True
    theme: str = "studytui-dark"
    language: str = ""
    decks: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()


def settings_path() -> Path:
    """Where the settings file is: `STUDYTUI_SETTINGS`, else the platform's configuration directory."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_config_dir("studytui", appauthor=False)) / "settings.toml"


def load(path: Path | None = None) -> Settings:
    """The settings of a file; a missing file gives the defaults.

    A value that cannot be used keeps its default, and `problems` says so: one line each, with the file and what to do.
    """
    path = path or settings_path()
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        return Settings(problems=(f"{path}: cannot be read ({error.strerror}); the defaults are used",))
    import tomllib

    try:
        table = tomllib.loads(raw.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Settings(problems=(f"{path}: not valid TOML: {clean_line(str(error))}; the defaults are used",))
    return read(table, str(path))


def read(table: Mapping[str, object], source: str) -> Settings:
    """The settings of a parsed table; what is wrong in it becomes a line of `problems` that begins with `source`."""
    settings = Settings()
    problems: list[str] = []
    for name, value in table.items():
        reader = _READERS.get(name)
        if reader is None:
            near = did_you_mean(name, _READERS)
            problems.append(f"{source}: unknown setting “{clean_line(name)}”{near or '; remove it'}")
            continue
        try:
            settings = replace(settings, **{name: reader(value)})  # type: ignore[arg-type]  # readers give each field's type
        except (TypeError, ValueError) as error:
            default = getattr(settings, name)
            problems.append(f"{source}: {name} {error}; the default is used ({default})")
    return replace(settings, problems=tuple(problems))


# -- writing ----------------------------------------------------------------------------------------------------------


def keep_language(language: str, path: Path) -> str:
    """Writes the language into the settings file, for the next start; gives why it could not, in a line, else nothing.

    A file that is not there is made.
    """
    from studytui.deck.atomic import write_atomically

    try:
        try:
            before = path.read_bytes()
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            before = b""
        after = with_language(before.decode(), language).encode()
        if after == before:
            return ""
        if path.exists() and not os.access(path, os.W_OK):  # a file made read-only could be replaced all the same
            raise PermissionError(13, os.strerror(13))
        write_atomically(path, after)
    except OSError as error:
        why = f"cannot be written ({error.strerror})"
    except UnicodeDecodeError:
        why = "is not UTF-8"
    except ValueError as error:
        why = str(error)
    else:
        return ""
    return f"{path} {why}; the language holds until you leave"


def with_language(text: str, language: str) -> str:
    """The text of a settings file with another language: one line is changed, or put in, and nothing else.

    Raises ValueError for a text that is not TOML, or that holds its language in a way that no one line can change.
    """
    import tomllib

    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"is not valid TOML: {clean_line(str(error))}") from error
    if before.pop("language", "") == language:
        return text
    for candidate in (*_changed(text, language), *_put_in(text, language)):
        try:
            after = tomllib.loads(candidate)
        except tomllib.TOMLDecodeError:
            continue
        # Compared as they are written: one nan is not equal to another.
        if after.pop("language", None) == language and repr(after) == repr(before):
            return candidate
    raise ValueError(f'cannot be changed safely: write language = "{language}" into it yourself')


#: Patterns as texts: they are compiled when something is written, not at every start.
_LANGUAGE = (
    r"""(?m)^(?P<key>[ \t]*(?:language|"language"|'language')[ \t]*=[ \t]*)"""
    r"""(?P<value>\"\"\".*?\"\"\"|'''.*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^"'#\s][^#\n]*?)"""
    r"""(?=[ \t]*(?:\#[^\n]*)?\r?$)"""
)
_TABLE = r"(?m)^[ \t]*\["


def _changed(text: str, language: str) -> Iterator[str]:
    """The text with one line changed that may be the language's: what only looks like it is found out by reading."""
    for match in re.finditer(_LANGUAGE, text):
        yield f'{text[: match.end("key")]}"{language}"{text[match.end("value") :]}'


def _put_in(text: str, language: str) -> Iterator[str]:
    """The text with a new line: behind the settings that stand before the first table, or else at the top."""
    end = "\r\n" if "\r\n" in text else "\n"
    line = f'language = "{language}"{end}'
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


# -- reading one value -------------------------------------------------------------------------------------------------


def _whole(least: int, most: int) -> Callable[[object], int]:
    def reader(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return value

    return reader


def _yes_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("must be true or false")
    return value


def _real(least: float, most: float) -> Callable[[object], float]:
    def reader(value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(f"must be a number from {least} to {most}")
        return float(value)

    return reader


def _steps(value: object) -> tuple[float, ...]:
    if not isinstance(value, list) or len(value) > 10:
        raise TypeError('must be a list of at most ten steps such as ["1m", "10m"]')
    return tuple(_minutes(step) for step in value)


def _minutes(step: object) -> float:
    units = {"s": 1 / 60, "m": 1.0, "h": 60.0}
    if isinstance(step, str) and step[-1:] in units:
        try:
            minutes = float(step[:-1]) * units[step[-1]]
        except ValueError:
            minutes = 0.0
        if 0 < minutes < 24 * 60:
            return minutes
    raise ValueError('must have steps of less than a day such as "30s", "10m", "2h"')


def _time_of_day(value: object) -> int:
    import datetime

    if isinstance(value, str):
        try:
            value = datetime.time.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, datetime.time):
        raise TypeError('must be a time such as "04:00"')
    return value.hour * 60 + value.minute


def _one_of(*names: str) -> Callable[[object], str]:
    def reader(value: object) -> str:
        if value not in names:
            raise ValueError(f"must be one of {', '.join(names)}")
        return str(value)

    return reader


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 100:
        raise TypeError("must be a short text in quotes")
    return clean_line(value)


def _paths(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError('must be a list of folders or files such as ["~/decks"]')
    return tuple(value)


def _key_table(value: object) -> tuple[tuple[str, str], ...]:
    """Ids with dots may be written with or without quotes: TOML takes the latter for tables."""
    pairs: dict[str, object] = {}
    for name, key in value.items() if isinstance(value, dict) else ():
        pairs |= {f"{name}.{inner}": each for inner, each in key.items()} if isinstance(key, dict) else {name: key}
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in pairs.values()):
        raise TypeError('must be a table such as [keys] with lines like study.undo = "z,ctrl+z"')
    return tuple((name, str(key)) for name, key in pairs.items())


_READERS: dict[str, Callable[[object], object]] = {
    "day_start": _time_of_day,
    "new_per_day": _whole(0, 9_999),
    "reviews_per_day": _whole(0, 9_999),
    "learning_steps": _steps,
    "relearning_steps": _steps,
    "desired_retention": _real(0.7, 0.99),
    "maximum_interval": _whole(1, 36_500),
    "quick_seconds": _whole(0, 600),
    "quiz_reviews": _yes_no,
    "theme": _one_of("studytui-dark", "studytui-light"),
    "language": _text,
    "decks": _paths,
    "keys": _key_table,
}
