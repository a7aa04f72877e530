"""The learner's settings file: what is written into it, and taken from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.settings import load

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from studytui.desk import Desk
    from studytui.settings.kinds import Value


class SettingsFile:
    """The file of a desk's settings. `path` is None where there is none to write to."""

    def __init__(self, desk: Desk, path: Path | None) -> None:
        self._desk, self.path = desk, path
        self._kept_language = desk.language

    def write(self, values: Mapping[tuple[str, ...], Value | None]) -> str:
        """Writes settings into the learner's file and goes by them; gives why it could not, in a line, else nothing.

        None takes one out, and its default holds. What the scheduler needs holds from the next `schedule.recompute`
        on, the folders of decks from `decks.take` on.
        """
        from studytui.settings.writing import keep

        if self.path is None:
            return "there is no settings file to write to"
        why = keep(values, self.path)
        if not why:
            self.take({name for name, *_ in values})
        return why

    def take(self, names: Collection[str]) -> None:
        """Goes by what the learner's file says of some settings."""
        written, desk = load(self.path), self._desk
        desk.settings = replace(desk.settings, **{name: getattr(written, name) for name in names})
        if "language" in names:
            desk.language = self._kept_language = desk.settings.language

    def keep_language(self) -> str:
        """Writes the language into the settings, if it has changed; gives why it could not, in a line, else nothing."""
        language = self._desk.language
        if language == self._kept_language or self.path is None:
            return ""
        from studytui.settings import keep_language

        self._kept_language = language  # what cannot be written is told once
        return keep_language(language, self.path)
