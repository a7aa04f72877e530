"""Where a measured program lives: a folder with its own journal, settings and cache; nothing of the user's is touched."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from studytui import settings as settings_file
from studytui.deck.builtin import builtin_decks
from studytui.deck.library import Library
from studytui.desk import Desk, scheduler_of
from studytui.entering import begin
from studytui.face import asking_face
from studytui.journal import Journal


@dataclass(frozen=True, slots=True)
class Place:
    """A home for the program, with the built-in decks and those of its own folder."""

    folder: Path

    @property
    def journal(self) -> Path:
        """The file of all reviews."""
        return self.folder / "journal.db"

    @property
    def decks(self) -> Path:
        """The folder of synthetic decks."""
        return self.folder.parent / "decks" / self.folder.name

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.folder / "settings.toml"

    def environment(self) -> dict[str, str]:
        """What makes the program live here, in a terminal with all colours."""
        return {
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "STUDYTUI_JOURNAL": str(self.journal),
            "STUDYTUI_SETTINGS": str(self.settings),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
