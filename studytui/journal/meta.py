"""What the journal notes about itself: which scheduler the memory columns were computed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytui.journal.store import Store

#: Noted when two programs with different settings wrote at once: equal to no scheduler, so the next opening rebuilds.
MIXED = "mixed"


def scheduler_of(store: Store) -> str:
    """The identity of the scheduler that computed the memory columns; empty in a fresh journal."""
    row = store.row("SELECT value FROM meta WHERE name = 'scheduler'")
    return str(row[0]) if row is not None else ""


def set_scheduler(store: Store, identity: str) -> None:
    """Notes the scheduler, inside the caller's transaction."""
    store.write("INSERT OR REPLACE INTO meta(name, value) VALUES ('scheduler', ?)", (identity,))
