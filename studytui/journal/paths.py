"""Where the journal is when nobody says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

#: The environment variable that names another journal.
VARIABLE = "STUDYTUI_JOURNAL"


def journal_path(explicit: Path | str | None = None) -> Path:
    """The path given, else the one in `STUDYTUI_JOURNAL`, else `journal.sqlite3` in the user's data directory."""
    named = explicit or os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("studytui", appauthor=False)) / "journal.sqlite3"
