"""The memory columns of `cards`: where each card stands, as the last entry or a replay left it."""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from operator import itemgetter
from typing import TYPE_CHECKING

from studytui.journal.rows import STATE_COLUMNS, state_of, state_row
from studytui.journal.shuffle import shuffle_of
from studytui.memory.replay import NEW, CardState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studytui.journal.store import Row, Store

#: A row of which no entry says anything; in no deck either, it goes.
EMPTY = "state IS NULL AND suspended = 0 AND buried_day = 0"

_COLUMNS = [column.strip() for column in STATE_COLUMNS.split(",")]
_LOAD = f"SELECT {STATE_COLUMNS} FROM cards WHERE id = ?"
_SAVE = (
    f"INSERT INTO cards(id, shuffle, {STATE_COLUMNS}) VALUES (?, ?, {', '.join('?' * len(_COLUMNS))}) "
    f"ON CONFLICT(id) DO UPDATE SET {', '.join(f'{column} = excluded.{column}' for column in _COLUMNS)}"
)

#: What other parameters change of a card. To write these columns alone spares the indexes that do not hold them.
_BY_PARAMETERS = ("stability", "difficulty", "due_day")
_PLACES = [_COLUMNS.index(column) for column in _BY_PARAMETERS]
_moved, _kept = itemgetter(*_PLACES), itemgetter(*(place for place in range(len(_COLUMNS)) if place not in _PLACES))
#: From so many moved cards on it is quicker to make their indexes anew.
_MANY = 20_000
_HIDE = "UPDATE cards SET suspended = ?, buried_day = ? WHERE id = ?"
_MOVE = f"UPDATE cards SET {', '.join(f'{column} = ?' for column in _BY_PARAMETERS)} WHERE id = ?"


def load(store: Store, card: str) -> CardState:
    """Where a card stands; one that the journal does not know is new."""
    row = store.row(_LOAD, (card,))
    return state_of(card, row) if row is not None else NEW


def save(store: Store, states: Iterable[tuple[str, CardState]]) -> None:
    """Writes where cards stand, inside the caller's transaction."""
    store.write_all(_SAVE, ((card, shuffle_of(card), *state_row(state)) for card, state in states))


def change(store: Store, card: str, before: CardState, after: CardState) -> None:
    """`save` for a card of which it is known where it stood: writes what has changed of it, and no other index."""
    if before == NEW:  # it may have no row yet
        save(store, [(card, after)])
        return
    rows = zip(_COLUMNS, state_row(before), state_row(after), strict=True)
    changed = [(column, value) for column, was, value in rows if value != was]
    if changed:
        columns = ", ".join([f"{column} = ?" for column, _ in changed])
        store.write(f"UPDATE cards SET {columns} WHERE id = ?", (*[value for _, value in changed], card))


def correct(store: Store, wrong: Iterable[tuple[str, Row, Row | None]]) -> None:
    """Writes for each card the row that it must have, given the one that it has, inside the caller's transaction."""
    moved, hidden, other = [], [], []
    for card, row, is_ in wrong:
        if is_ is not None and row[:-2] == is_[:-2]:
            hidden.append((*row[-2:], card))
        elif is_ is not None and _kept(row) == _kept(is_):
            moved.append((*_moved(row), card))
        else:
            other.append((card, shuffle_of(card), *row))
    with _without_indexes(store) if len(moved) > _MANY else nullcontext():
        store.write_all(_MOVE, moved)
    store.write_all(_HIDE, hidden)
    store.write_all(_SAVE, other)


@contextmanager
def _without_indexes(store: Store) -> Iterator[None]:
    """Drops the indexes by due day, and makes them again: sorting once is quicker than a search for each."""
    found = store.rows("SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'cards' AND type = 'index'")
    indexes = [(name, sql) for name, sql in found if "due_day" in (sql or "")]
    for name, _ in indexes:
        store.write(f"DROP INDEX {name}")
    yield
    for _, sql in indexes:
        store.write(sql)


def sweep(store: Store, among: Iterable[str] | None = None) -> None:
    """Drops the rows of cards that are in no deck and of which no entry stands: all of them, or those of some cards."""
    if among is None:
        store.write(f"DELETE FROM cards WHERE deck IS NULL AND {EMPTY}")
    else:
        store.write_all(f"DELETE FROM cards WHERE id = ? AND deck IS NULL AND {EMPTY}", ((card,) for card in among))
