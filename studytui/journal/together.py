"""Which entries were recorded in one go: ranges of ids, for what is taken back and brought back in one go.

Where a range is lost, as it can be in what was salvaged, the same entries are taken back one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.journal.store import Store
    from studytui.memory.model import Entry

COLUMNS = "first, last"
#: Takes a row of COLUMNS.
APPEND = "INSERT INTO together(first, last) VALUES (?, ?)"


def note(store: Store, entries: Sequence[Entry]) -> None:
    """Notes that entries which were just appended belong together, inside the caller's transaction."""
    if len(entries) > 1:
        store.write(APPEND, (entries[0].id, entries[-1].id))


def around(store: Store, entry: int) -> tuple[int, int]:
    """The first and the last id of what was recorded in one go with an entry: twice its own, when it was alone."""
    row = store.row("SELECT first, last FROM together WHERE first <= ? ORDER BY first DESC LIMIT 1", (entry,))
    return (row[0], row[1]) if row is not None and entry <= row[1] else (entry, entry)
