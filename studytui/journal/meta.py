"""What the journal notes beside reviews: the scheduler it was computed by, the day's decisions, renames declined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.memory.limits import Allowance

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


def allowance(store: Store, day: int) -> Allowance:
    """What the learner decided about a day."""
    row = store.row("SELECT value FROM meta WHERE name = 'allowance'")
    noted, new, reviews, finished = map(int, str(row[0]).split()) if row is not None else (day, 0, 0, 0)
    return Allowance(new, reviews, bool(finished)) if noted == day else Allowance()


def set_allowance(store: Store, day: int, allowed: Allowance) -> None:
    """Notes it, inside the caller's transaction; what was decided about another day is over."""
    value = f"{day} {allowed.new} {allowed.reviews} {int(allowed.finished)}"
    store.write("INSERT OR REPLACE INTO meta(name, value) VALUES ('allowance', ?)", (value,))


def decline(store: Store, old: str, new: str) -> None:
    """Notes that a card which is gone did not become another one. No id holds a space."""
    store.write("INSERT OR REPLACE INTO meta(name, value) VALUES (?, '')", (f"declined {old} {new}",))


def declined(store: Store) -> set[tuple[str, str]]:
    """What was declined."""
    rows = store.rows("SELECT name FROM meta WHERE name LIKE 'declined %'")
    return {(old, new) for _, old, new in (name.split(" ", 2) for (name,) in rows)}
