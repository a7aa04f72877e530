"""From a card's journal entries to where the card stands: a fold, the same one live and in a replay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.memory.days import TRAVEL
from studytui.memory.model import Action, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studytui.memory.model import Entry, Memory
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
    memory, rating = state.memory, entry.rating
    match entry.action:
        case Action.REVIEW if rating is not None:
            memory = scheduler.reviewed(memory, entry.card, rating, entry.time_ms, entry.day, entry.spread)
        case Action.RESET:
            memory = None
        case Action.SET_DUE:
            memory = moved_to(memory, entry.due_day)
        case action:
            return aside(state, action, entry.day)
    return CardState(memory, state.suspended, state.buried_day)


def aside(state: CardState, action: Action, day: int) -> CardState:
    """The state after what changes no memory: a suspension, its end, a burial."""
    match action:
        case Action.SUSPEND:
            return CardState(state.memory, suspended=True, buried_day=state.buried_day)
        case Action.RESUME:
            return CardState(state.memory)
        case Action.BURY:
            return CardState(state.memory, state.suspended, day)
    raise ValueError(f"a journal entry “{action}” changes no card")


def moved_to(memory: Memory | None, due_day: int) -> Memory | None:
    """A memory that is due on a day that the learner set; learning steps end with it. A new card stays new."""
    return replace(memory, state=State.REVIEW, due_day=due_day, due_ms=0, step=0) if memory is not None else None


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
