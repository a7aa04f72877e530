"""New parameters into the settings, and the way back. They hold at once, and every due date follows."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from studytui.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studytui.desk import Desk
    from studytui.settings import Settings
    from studytui.settings.kinds import Value

    #: Settings by their places as they were; None for those that did not stand in the file.
    Before = Mapping[tuple[str, ...], Value | None]


def adopt(desk: Desk, parameters: Sequence[float]) -> Before:
    """Writes parameters into the settings, and beside them those that they replace. Raises Problem if it cannot.

    Gives what `put_back` needs; as the other ways to change settings do here.
    """
    return _write(
        desk,
        {
            ("parameters",): tuple(parameters),
            ("parameters_before",): desk.settings.parameters,
            ("parameters_since",): _date(desk.day.today),
        },
    )


def can_go_back(settings: Settings) -> bool:
    """Whether there are other parameters to go back to than those in use; none stand for the defaults."""
    return settings.parameters != settings.parameters_before


def go_back(desk: Desk) -> Before:
    """Takes the parameters from before into use, or the defaults; those in use until now are kept in their place."""
    if not can_go_back(desk.settings):
        raise Problem("the defaults are in use, and nothing was before them; `studytui fit` fits parameters")
    return adopt(desk, desk.settings.parameters_before)


def keep_retention(desk: Desk, retention: float, deck: str = "") -> Before:
    """Writes the desired retention of a deck, or of all that have none of their own."""
    return _write(desk, {("deck", deck, "desired_retention") if deck else ("desired_retention",): retention})


def put_back(desk: Desk, before: Before) -> None:
    """Puts settings back as they were. Raises Problem if it cannot."""
    why = desk.settings_file.write(before)
    if why:
        raise Problem(why)


def _write(desk: Desk, values: Before) -> Before:
    from studytui.settings.naming import value_of
    from studytui.settings.reading import Reading, examine

    path = desk.settings_file.path
    reading = Reading(desk.settings) if path is None else examine(path)
    before = {place: value_of(desk.settings, place) if reading.line_of(place) else None for place in values}
    why = desk.settings_file.write(values)
    if why:
        raise Problem(f"{why}; nothing was changed")
    return before


def _date(day: int) -> str:
    return (datetime.date(1970, 1, 1) + datetime.timedelta(days=day)).isoformat()
