"""The SQLite file of all reviews: the only room that opens the database."""

from __future__ import annotations

from studytui.journal.errors import JournalError
from studytui.journal.journal import Journal, Recorded
from studytui.journal.paths import journal_path
from studytui.journal.registry import Registration

__all__ = ["Journal", "JournalError", "Recorded", "Registration", "journal_path"]
