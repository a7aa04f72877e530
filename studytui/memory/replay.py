"""From a card's journal entries to where the card stands: a fold, the same one live and in a replay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.memory.days import TRAVEL
from studytui.memory.model import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studytui.memory.model import Entry, Memory, Rating
    from studytui.memory.schedule import Scheduler


@frozen
class CardState:
    """Where a card stands: its memory (None when new), whether it is suspended, the day it was buried on (or 0)."""

    memory: Memory | None = None
    suspended: bool = False
    buried_day: int = 0

    def buried(self, day: int) -> bool:
        """Whether the card is hidden on a day: on the one it was buried on, even when travel comes to it again."""
        return self.buried_day > 0 and self.buried_day - TRAVEL <= day <= self.buried_day


NEW = CardState()


def apply(state: CardState, entry: Entry, scheduler: Scheduler) -> CardState:
    """The state after one entry that is no undo."""
    return step(state, entry.card, entry.action, entry.rating, entry.time_ms, entry.day, scheduler)


def step(
    state: CardState,
    card: str,
    action: Action,
    rating: Rating | None,
    time_ms: int,
    day: int,
    scheduler: Scheduler,
) -> CardState:
    """`apply` on the parts of an entry that matter to it: making an Entry for each of a million rows costs seconds."""
    if action is Action.REVIEW and rating is not None:
        memory = scheduler.reviewed(state.memory, card, rating, time_ms, day)
        return CardState(memory, state.suspended, state.buried_day)
    if action is Action.SUSPEND:
        return CardState(state.memory, suspended=True, buried_day=state.buried_day)
    if action is Action.RESUME:
        return CardState(state.memory)
    if action is Action.BURY:
        return CardState(state.memory, state.suspended, day)
    raise ValueError(f"a journal entry “{action}” with rating {rating} changes no card")


def taken_back(undos: Iterable[tuple[int, int]]) -> set[int]:
    """The ids of all entries that are undone, by the (id, target) of every undo.

    An undo that was itself undone takes nothing back. A target is always older than its undo, so the newest decides
    first.
    """
    gone: set[int] = set()
    for id_, target in sorted(undos, reverse=True):
        if id_ not in gone:
            gone.add(target)
    return gone


def standing(entries: Sequence[Entry]) -> list[Entry]:
    """The entries of one card that still count: neither undone nor undos, in their order."""
    gone = taken_back((entry.id, entry.target) for entry in entries if entry.action is Action.UNDO)
    return [entry for entry in entries if entry.action is not Action.UNDO and entry.id not in gone]


def replay(entries: Sequence[Entry], scheduler: Scheduler) -> CardState:
    """The state that all entries of one card, in the order of their ids, lead to."""
    state = NEW
    for entry in standing(entries):
        state = apply(state, entry, scheduler)
    return state
