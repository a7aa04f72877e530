"""The whole journal folded again: what the memory columns of `cards` and the rows of `undone` must be."""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

import contextlib
import gc
import json
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeVar

from studytui.frozen import frozen
from studytui.journal import cards, meta
from studytui.journal.rows import STATE_COLUMNS, state_of, state_row
from studytui.journal.store import inspect_store
from studytui.memory.model import Action, Rating
from studytui.memory.replay import NEW, CardState, aside, moved_to, taken_back

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping
    from pathlib import Path

    from studytui.journal.store import Row, Store
    from studytui.memory.bulk import Array, Reviews
    from studytui.memory.model import Memory
    from studytui.memory.schedule import Scheduler

    #: Is told how many entries are folded, and of how many.
    Progress = Callable[[int, int], None]

#: The reviews of the next cards as texts of numbers, one of each column: SQLite makes them, and numpy reads them, in a
#: third of the time that rows take. As it is one row, the program goes on meanwhile.
_REVIEWS = (
    "SELECT json_group_array(card), group_concat(count), group_concat(ids), group_concat(packed), group_concat(times) "
    "FROM (SELECT card, count(*) AS count, group_concat(id) AS ids, group_concat(day * 8 + rating) AS packed, "
    "group_concat(time) AS times FROM reviews WHERE card >= ? AND rating IS NOT NULL "
    "GROUP BY card ORDER BY card LIMIT ?)"
)
_COUNT_REVIEWS = "SELECT count(*) FROM reviews WHERE rating IS NOT NULL"
_SPREADS = "SELECT id, spread FROM reviews WHERE spread IS NOT NULL ORDER BY id"
_OTHERS = "SELECT id, card, action, day, target FROM reviews WHERE rating IS NULL ORDER BY id"
_OF_CARD = (
    "SELECT id, action, rating, time, day, due_day, spread FROM reviews WHERE card = ? AND action <> 'undo' ORDER BY id"
)
_Item = TypeVar("_Item")
#: What changes a memory beside reviews.
_MOVES = frozenset({Action.RESET.value, Action.SET_DUE.value})
_ACTIONS = {action.value: action for action in Action}
#: Where a memory of `bulk` has the number of reviews.
_COUNT: Final = 9
_NEW_ROW = state_row(NEW)


@frozen
class Rebuilt:
    """What a rebuild did: how many cards it knows, how many of them stood elsewhere, from how many reviews."""

    cards: int
    differed: int
    reviews: int


def replayed(store: Store, scheduler: Scheduler) -> tuple[dict[str, CardState], set[int]]:
    """Where each card stands by all entries, and the ids of the entries that are undone. Reads the table once."""
    with _uncollected():
        rows, gone = folded(store, scheduler)
        return {card: state_of(card, row) for card, row in rows.items()}, gone


def folded(store: Store, scheduler: Scheduler, progress: Progress | None = None) -> tuple[dict[str, Row], set[int]]:
    """`replayed` as the rows of `cards` that it comes to."""
    from studytui.memory import bulk

    others = store.rows(_OTHERS)
    gone = taken_back((id_, target) for id_, _, _, _, target in others if target is not None)
    # What suspends and buries does not touch memories, and the other way round: so each is folded for itself.
    hidden: dict[str, CardState] = {}
    moved: set[str] = set()
    for id_, card, action, day, target in others:
        if id_ in gone or target is not None:
            continue
        if action in _MOVES:
            moved.add(card)
        else:
            hidden[card] = aside(hidden.get(card, NEW), _ACTIONS[action], day)
    total, done = 0, 0
    if progress is not None:
        total = store.rows(_COUNT_REVIEWS)[0][0]
        progress(0, total)
    rows: dict[str, Row] = {}
    for memories in bulk.folded(_reviews(store, gone, moved), scheduler):
        rows |= {card: (*memory, 0, 0) for card, *memory in memories}
        done += sum(memory[_COUNT] for memory in memories)
        if progress is not None:
            progress(done, total)
    for card in moved:
        rows[card] = state_row(CardState(_moved(store, card, gone, scheduler)))
    for card, state in hidden.items():
        rows[card] = (*rows.get(card, _NEW_ROW)[:-2], int(state.suspended), state.buried_day)
    return rows, gone


def _moved(store: Store, card: str, gone: set[int], scheduler: Scheduler) -> Memory | None:
    """The memory of a card that was made new, or due on a day, somewhere among its reviews."""
    memory: Memory | None = None
    for id_, action, rating, time_ms, day, due_day, spread in store.rows(_OF_CARD, (card,)):
        if id_ in gone:
            continue
        match _ACTIONS[action]:
            case Action.REVIEW:
                memory = scheduler.reviewed(memory, card, Rating(rating), time_ms, day, spread)
            case Action.RESET:
                memory = None
            case Action.SET_DUE:
                memory = moved_to(memory, due_day)
    return memory


def _reviews(store: Store, gone: set[int], but: set[str]) -> Iterator[Reviews]:
    """The reviews that stand, but those of some cards, some thousand cards at a time."""
    import numpy as np

    from studytui.memory.bulk import CHUNK, Reviews

    undone, put = np.array(sorted(gone), int), store.rows(_SPREADS)
    spreads = np.array([id_ for id_, _ in put], int), np.array([spread for _, spread in put], float)
    of_cards = _texts(store, CHUNK) if store.is_ahead else _ahead(_apart(store.path, CHUNK))
    for ids, *texts in of_cards:
        counts, id_, packed, time_ms = (np.fromstring(text, int, sep=",") for text in texts)
        of = np.repeat(np.arange(len(ids)), counts)
        # SQLite promises no order within a group. It is there all the same, and to sort what is sorted costs nothing.
        order = np.lexsort((id_, of))
        if gone:
            order = order[~np.isin(id_[order], undone)]
        if but:
            order = order[~np.isin(of[order], [number for number, card in enumerate(ids) if card in but])]
        of, id_, packed, time_ms = (each[order] for each in (of, id_, packed, time_ms))
        yield Reviews(ids, of, time_ms, packed // 8, packed % 8, _put(id_, spreads))


def _texts(store: Store, cards: int) -> Iterator[tuple[list[str], str, str, str, str]]:
    """What `_REVIEWS` gives, for so many cards at a time."""
    first = ""
    while of := json.loads((row := store.rows(_REVIEWS, (first, cards))[0])[0]):
        yield (of, *row[1:])
        first = f"{of[-1]}\0"  # no text lies between


def _apart(path: Path, cards: int) -> Generator[tuple[list[str], str, str, str, str], None, None]:
    """`_texts` by a connection of its own, for another thread."""
    with contextlib.closing(inspect_store(path)) as store:
        yield from _texts(store, cards)


def _ahead(items: Generator[_Item, None, None]) -> Iterator[_Item]:
    """The items, each of which is made, in another thread, while the one before is used."""
    with ThreadPoolExecutor(1) as thread:
        try:
            following = thread.submit(next, items, None)
            while (item := following.result()) is not None:
                following = thread.submit(next, items, None)
                yield item
        finally:
            thread.submit(items.close)  # where it was made, as a connection has to be


def _put(ids: Array, spreads: tuple[Array, Array]) -> Array:
    """Where some reviews were put among their possible days; not a number where chance did."""
    import numpy as np

    found = np.full(len(ids), np.nan)
    of, where = spreads
    if len(of):
        at = np.minimum(np.searchsorted(of, ids), len(of) - 1)
        known = of[at] == ids
        found[known] = where[at[known]]
    return found


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


def differing(store: Store, rows: Mapping[str, Row]) -> Iterator[tuple[str, Row, Row | None]]:
    """The cards whose row is not what it must be: what it must be, and what it is, None when there is none."""
    known = set()
    for card, *_is in chain.from_iterable(store.batches(f"SELECT id, {STATE_COLUMNS} FROM cards", 1_000)):
        known.add(card)
        row, is_ = rows.get(card, _NEW_ROW), tuple(_is)
        if is_ != row:
            yield card, row, is_
    for card, row in rows.items():
        if card not in known and row != _NEW_ROW:
            yield card, row, None


def undone_differs(store: Store, gone: set[int]) -> bool:
    """Whether `undone` is not what it must be."""
    return {id_ for (id_,) in store.rows("SELECT id FROM undone")} != gone


def rebuild(store: Store, scheduler: Scheduler, progress: Progress | None = None) -> Rebuilt:
    """Folds everything again and corrects what differs, in one transaction: all of it or nothing."""
    with store.large_cache(), store.transaction(), _uncollected():
        rows, gone = folded(store, scheduler, progress)
        wrong = list(differing(store, rows))
        cards.correct(store, wrong)
        cards.sweep(store)
        if undone_differs(store, gone):
            store.write("DELETE FROM undone")
            store.write_all("INSERT INTO undone(id) VALUES (?)", ((id_,) for id_ in gone))
        meta.set_scheduler(store, scheduler.identity)
    return Rebuilt(len(rows), len(wrong), sum(row[_COUNT - 1] or 0 for row in rows.values()))
