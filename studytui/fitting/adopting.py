"""New parameters into the settings, and the way back. They hold at once, and every due date follows."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from studytui.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.desk import Desk
    from studytui.settings import Settings
    from studytui.settings.kinds import Value


def adopt(desk: Desk, parameters: Sequence[float]) -> None:
    """Writes parameters into the settings, and beside them those that they replace. Raises Problem if it cannot."""
    _write(
        desk,
        {
            ("parameters",): tuple(parameters),
            ("parameters_before",): desk.settings.parameters,
            ("parameters_since",): _date(desk.today),
        },
    )


def can_go_back(settings: Settings) -> bool:
    """Whether there are other parameters to go back to than those in use; none stand for the defaults."""
    return settings.parameters != settings.parameters_before


def go_back(desk: Desk) -> None:
    """Takes the parameters from before into use, or the defaults; those in use until now are kept in their place."""
    if not can_go_back(desk.settings):
        raise Problem("the defaults are in use, and nothing was before them; `studytui fit` fits parameters")
    adopt(desk, desk.settings.parameters_before)


def keep_retention(desk: Desk, retention: float, deck: str = "") -> None:
    """Writes the desired retention of a deck, or of all that have none of their own."""
    _write(desk, {("deck", deck, "desired_retention") if deck else ("desired_retention",): retention})


def _write(desk: Desk, values: dict[tuple[str, ...], Value]) -> None:
    why = desk.write_settings(values)
    if why:
        raise Problem(f"{why}; nothing was changed")


def _date(day: int) -> str:
    return (datetime.date(1970, 1, 1) + datetime.timedelta(days=day)).isoformat()
