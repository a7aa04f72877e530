"""The learner's settings: a TOML file in the configuration directory, each value checked, with a default for each.

A setting is declared once, in `declared`: from that come its reader and messages (`reading`), the commented file
(`commented`), the table in docs/settings.md, and its row on the settings screen (`choosing`). What the program writes
into the file is in `writing`. Nothing but the declarations is loaded where there is no file.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from studytui.settings.declared import DeckSettings, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DeckSettings", "Settings", "keep_language", "load", "read", "settings_path"]

#: The environment variable that names another settings file.
VARIABLE = "STUDYTUI_SETTINGS"


def settings_path() -> Path:
    """Where the settings file is: `STUDYTUI_SETTINGS`, else the platform's configuration directory."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_config_dir("studytui", appauthor=False)) / "settings.toml"


def load(path: Path | None = None) -> Settings:
    """The settings of a file; a missing file gives the defaults.

    A value that cannot be used keeps its default, and `problems` says so: one line each, with the place and what to do.
    """
    path = path or settings_path()
    with contextlib.suppress(OSError):  # told when it is read
        if not path.exists():
            return Settings()
    from studytui.settings.reading import examine

    return examine(path).settings


def read(table: Mapping[str, object], source: str) -> Settings:
    """The settings of a parsed table; what is wrong in it becomes a line of `problems` that begins with `source`."""
    from studytui.settings.reading import read_table

    return read_table(table, source).settings


def keep_language(language: str, path: Path) -> str:
    """Writes the language into the settings file, for the next start; gives why it could not, in a line, or nothing."""
    from studytui.settings.writing import keep

    why = keep({("language",): language}, path)
    return f"{why}; the language holds until you leave" if why else ""
