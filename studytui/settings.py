"""The learner's settings: a TOML file in the configuration directory, each value checked, with a default for each.

What the program writes into the file is in `settings_file.py`.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.text import clean_line, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: The environment variable that names another settings file.
VARIABLE = "STUDYTUI_SETTINGS"


@frozen
class DeckSettings:
    """What is set for one deck, under `[deck."id"]`; None where what is set for all decks holds."""

    id: str
    desired_retention: float | None = None
    new_per_day: int | None = None
    reviews_per_day: int | None = None


@frozen
class Settings:
    """What a learner can choose. Times of day and steps are in minutes, intervals in days.

    `parameters` are FSRS-6's, none for the defaults; `parameters_before` those that fitting replaced on the day
    `parameters_since`.
    """

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
    parameters: tuple[float, ...] = ()
    parameters_before: tuple[float, ...] = ()
    parameters_since: str = ""
    deck: tuple[DeckSettings, ...] = ()
    order: str = "due"
    new_cards: str = "spread"
    bury_siblings: bool = True
    load_balance: bool = True
    easy_days: tuple[tuple[int, float], ...] = ()
    leech_lapses: int = 8

    def deck_settings(self, deck: str) -> DeckSettings:
        """What is set for a deck; nothing is, for most."""
        return next((each for each in self.deck if each.id == deck), DeckSettings(deck))

    @property
    def deck_retention(self) -> dict[str, float]:
        """The desired retention of the decks that have one of their own."""
        return {each.id: each.desired_retention for each in self.deck if each.desired_retention is not None}

    @property
    def deck_limits(self) -> dict[str, tuple[int | None, int | None]]:
        """New cards and reviews a day, of the decks that have limits of their own."""
        limits = {each.id: (each.new_per_day, each.reviews_per_day) for each in self.deck}
        return {deck: own for deck, own in limits.items() if own != (None, None)}


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
        if name == "deck":  # tables, each of them read for itself
            decks, wrong = _read_decks(value, source)
            settings = replace(settings, deck=decks)
            problems += wrong
            continue
        reader = _READERS.get(name)
        if reader is None:
            near = did_you_mean(name, (*_READERS, "deck"))
            problems.append(f"{source}: unknown setting “{clean_line(name)}”{near or '; remove it'}")
            continue
        try:
            settings = replace(settings, **{name: reader(value)})  # type: ignore[arg-type]  # readers give each field's type
        except (TypeError, ValueError) as error:
            default = getattr(settings, name)
            used = f"the default is used ({default})" if default != () else "the defaults are used"
            problems.append(f"{source}: {name} {error}; {used}")
    return replace(settings, problems=tuple(problems))


def _read_decks(value: object, source: str) -> tuple[tuple[DeckSettings, ...], list[str]]:
    """The tables `[deck."id"]`, and a line for each mistake in them, which leaves the rest as it is."""
    if not isinstance(value, dict) or not all(isinstance(table, dict) for table in value.values()):
        return (), [f'{source}: deck must be tables such as [deck."stride-and-padding"]; none is used']
    decks, problems = [], []
    for deck, table in value.items():
        found = DeckSettings(deck)
        for name, each in table.items():
            where = f'{source}: [deck."{clean_line(deck)}"]'
            reader = _DECK_READERS.get(name)
            if reader is None:
                near = did_you_mean(name, _DECK_READERS)
                problems.append(f"{where} has an unknown setting “{clean_line(name)}”{near or '; remove it'}")
                continue
            try:
                found = replace(found, **{name: reader(each)})  # type: ignore[arg-type]  # readers give each field's type
            except (TypeError, ValueError) as error:
                problems.append(f"{where} {name} {error}; what is set for all decks is used")
        decks.append(found)
    return tuple(decks), problems


# -- writing ----------------------------------------------------------------------------------------------------------


def keep_language(language: str, path: Path) -> str:
    """Writes the language into the settings file, for the next start; gives why it could not, in a line, or nothing."""
    from studytui.settings_file import keep

    why = keep({("language",): language}, path)
    return f"{why}; the language holds until you leave" if why else ""


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


def _parameters(value: object) -> tuple[float, ...]:
    from studytui.memory.schedule import GREATEST_PARAMETERS, LEAST_PARAMETERS

    if not isinstance(value, list) or not all(
        isinstance(each, int | float) and not isinstance(each, bool) for each in value
    ):
        raise TypeError("must be a list of 21 numbers, as `studytui fit` writes them")
    if not value:
        return ()
    if len(value) != len(LEAST_PARAMETERS):
        raise ValueError(f"must have {len(LEAST_PARAMETERS)} numbers, not {len(value)}")
    for number, (each, least, most) in enumerate(zip(value, LEAST_PARAMETERS, GREATEST_PARAMETERS, strict=True)):
        if not least <= each <= most:
            raise ValueError(f"must have a number from {least:g} to {most:g} in place {number + 1}, not {each:g}")
    return tuple(float(each) for each in value)


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _easy_days(value: object) -> tuple[tuple[int, float], ...]:
    """Weekdays from Monday, 0, each with its share of a usual day's cards; a list of days asks for none on them."""
    shares = dict.fromkeys(value, 0.0) if isinstance(value, list) and _are_texts(value) else value
    if not isinstance(shares, dict) or not all(day in _DAYS for day in shares):
        raise TypeError('must be days such as ["sat", "sun"], or shares of a day such as { sat = 0.5, sun = 0 }')
    read = _real(0, 1)
    return tuple(sorted((_DAYS.index(day), read(share)) for day, share in shares.items()))


def _are_texts(values: list[object]) -> bool:
    return all(isinstance(value, str) for value in values)


_DECK_READERS: dict[str, Callable[[object], object]] = {
    "desired_retention": _real(0.7, 0.99),
    "new_per_day": _whole(0, 9_999),
    "reviews_per_day": _whole(0, 9_999),
}

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
    "parameters": _parameters,
    "parameters_before": _parameters,
    "parameters_since": _text,
    "order": _one_of("due", "retrievability", "deck", "backlog"),
    "new_cards": _one_of("spread", "first", "last"),
    "bury_siblings": _yes_no,
    "load_balance": _yes_no,
    "easy_days": _easy_days,
    "leech_lapses": _whole(3, 99),
}
