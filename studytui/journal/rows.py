"""Between rows and the words of memory: entries, memories, card states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.memory.model import Action, Entry, Memory, Rating, State
from studytui.memory.replay import NEW, CardState

if TYPE_CHECKING:
    from studytui.journal.store import Row

ENTRY_COLUMNS = (
    "card, action, time, offset, day, id, rating, verdict, typed, seed, givens, slip, duration, target, engine, "
    "due_day, spread"
)
#: Takes an `entry_row`.
APPEND = f"INSERT INTO reviews({ENTRY_COLUMNS}) VALUES ({', '.join('?' * len(ENTRY_COLUMNS.split(',')))})"  # noqa: S608 - a constant
STATE_COLUMNS = (
    "state, stability, difficulty, due_day, due_ms, step, last_ms, last_day, reviews, lapses, first_day, suspended, "
    "buried_day"
)

_RATINGS = {rating.value: rating for rating in Rating}
_ACTIONS = {action.value: action for action in Action}
_STATES = {state.value: state for state in State}


def entry_of(row: Row) -> Entry:
    """The entry in a row of ENTRY_COLUMNS."""
    card, action, time_ms, offset, day, id_, rating, verdict, typed, seed, givens, slip, duration, *rest = row
    target, engine, due_day, spread = rest
    return Entry(
        card, _ACTIONS[action], time_ms, offset, day, id_, _RATINGS.get(rating), verdict, typed, seed, givens, slip,
        duration, target or 0, engine, due_day or 0, spread,
    )  # fmt: skip


def entry_row(entry: Entry, id_: int = 0, engine: str = "") -> Row:
    """The values of ENTRY_COLUMNS; an id of 0 lets SQLite choose. `engine` stands where the entry has none."""
    return (
        entry.card, entry.action.value, entry.time_ms, entry.offset, entry.day, id_ or None,
        entry.rating.value if entry.rating is not None else None,
        entry.verdict, entry.typed, entry.seed, entry.givens, entry.slip, entry.duration_ms, entry.target or None,
        entry.engine or engine, entry.due_day if entry.action is Action.SET_DUE else None, entry.spread,
    )  # fmt: skip


def state_of(card: str, row: Row) -> CardState:
    """The card's state in a row of STATE_COLUMNS."""
    state, *columns, suspended, buried_day = row
    memory = Memory(card, _STATES[state], *columns) if state is not None else None
    return CardState(memory, bool(suspended), buried_day)


def state_row(state: CardState) -> Row:
    """The values of STATE_COLUMNS."""
    memory = state.memory
    if memory is None:
        return (*(None,) * 11, int(state.suspended), state.buried_day)
    return (
        memory.state.value, memory.stability, memory.difficulty, memory.due_day, memory.due_ms, memory.step,
        memory.last_ms, memory.last_day, memory.reviews, memory.lapses, memory.first_day,
        int(state.suspended), state.buried_day,
    )  # fmt: skip


#: The row of a card that is new.
NEW_ROW = state_row(NEW)
