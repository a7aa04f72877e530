"""The whole journal folded again: what the memory columns of `cards` and the rows of `undone` must be."""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

from studytui.journal import cards, meta
from studytui.journal.rows import STATE_COLUMNS, state_row
from studytui.memory.model import Action, Rating
from studytui.memory.replay import NEW, CardState, aside, moved_to, taken_back

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studytui.journal.store import Store
    from studytui.memory.model import Memory
    from studytui.memory.schedule import Scheduler

_ENTRIES = "SELECT id, card, action, rating, time, day, due_day, spread FROM reviews WHERE action <> 'undo' ORDER BY id"
_ACTIONS = {action.value: action for action in Action}
_RATINGS = {rating.value: rating for rating in Rating}


def replayed(store: Store, scheduler: Scheduler) -> tuple[dict[str, CardState], set[int]]:
    """Where each card stands by all entries, and the ids of the entries that are undone. Reads the table once."""
    gone = taken_back(store.stream("SELECT id, target FROM reviews WHERE action = 'undo'"))
    # What suspends and buries does not touch memories, and the other way round: so each is folded for itself, and a
    # million reviews make no million CardStates.
    memories: dict[str, Memory] = {}
    hidden: dict[str, CardState] = {}
    reviewed, review, reset, set_due = scheduler.reviewed, Action.REVIEW.value, Action.RESET.value, Action.SET_DUE.value
    entries = store.stream(_ENTRIES)
    for id_, card, action, rating, time_ms, day, due_day, spread in entries:
        if id_ in gone:
            continue
        if action == review:
            memories[card] = reviewed(memories.get(card), card, _RATINGS[rating], time_ms, day, spread)
        elif action == reset:
            memories.pop(card, None)
        elif action == set_due:
            memory = moved_to(memories.get(card), due_day)
            if memory is not None:
                memories[card] = memory
        else:
            hidden[card] = aside(hidden.get(card, NEW), _ACTIONS[action], day)
    states = {card: CardState(memory) for card, memory in memories.items()}
    for card, state in hidden.items():
        states[card] = CardState(memories.get(card), state.suspended, state.buried_day)
    return states, gone


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Keeps the collector of cycles, of which there are none, from walking through all memories again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def differing(store: Store, states: dict[str, CardState]) -> Iterator[tuple[str, CardState]]:
    """The cards whose row is not what it must be, each with what it must be."""
    known = set()
    for card, *row in store.stream(f"SELECT id, {STATE_COLUMNS} FROM cards"):
        known.add(card)
        state = states.get(card, NEW)
        if tuple(row) != state_row(state):
            yield card, state
    for card, state in states.items():
        if card not in known and state != NEW:
            yield card, state


def undone_differs(store: Store, gone: set[int]) -> bool:
    """Whether `undone` is not what it must be."""
    return {id_ for (id_,) in store.rows("SELECT id FROM undone")} != gone


def rebuild(store: Store, scheduler: Scheduler) -> int:
    """Folds everything again and corrects what differs, in one transaction. Returns how many cards differed."""
    with store.transaction(), _uncollected():
        states, gone = replayed(store, scheduler)
        wrong = list(differing(store, states))
        cards.save(store, wrong)
        cards.sweep(store)
        if undone_differs(store, gone):
            store.write("DELETE FROM undone")
            store.write_all("INSERT INTO undone(id) VALUES (?)", ((id_,) for id_ in gone))
        meta.set_scheduler(store, scheduler.identity)
    return len(wrong)
