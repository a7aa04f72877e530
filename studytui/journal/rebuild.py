"""The whole journal folded again: what the memory columns of `cards` and the rows of `undone` must be."""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING, Final

from studytui.frozen import frozen
from studytui.journal import cards, meta
from studytui.journal.rows import STATE_COLUMNS, state_of, state_row
from studytui.memory.model import Action, Rating
from studytui.memory.replay import NEW, CardState, aside, moved_to, taken_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from studytui.journal.store import Row, Store
    from studytui.memory.bulk import Array, Reviews
    from studytui.memory.model import Memory
    from studytui.memory.schedule import Scheduler

    #: Is told how many entries are folded, and of how many.
    Progress = Callable[[int, int], None]

#: Each card's reviews as texts of numbers, which SQLite makes and numpy reads in a third of the time that a million rows
#: take.
_REVIEWS = (
    "SELECT card, count(*), group_concat(id), group_concat(day * 8 + rating), group_concat(time) FROM reviews "
    "WHERE rating IS NOT NULL GROUP BY card"
)
_SPREADS = "SELECT id, spread FROM reviews WHERE spread IS NOT NULL ORDER BY id"
_OTHERS = "SELECT id, card, action, day FROM reviews WHERE action NOT IN ('review', 'undo') ORDER BY id"
_OF_CARD = (
    "SELECT id, action, rating, time, day, due_day, spread FROM reviews WHERE card = ? AND action <> 'undo' ORDER BY id"
)
#: What changes a memory beside reviews.
_MOVES = frozenset({Action.RESET.value, Action.SET_DUE.value})
_ACTIONS = {action.value: action for action in Action}
#: Where a memory of `bulk` has the number of reviews.
_COUNT: Final = 9
_NEW_ROW = state_row(NEW)
#: Cards whose reviews are read at once.
_AT_ONCE = 1_000


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

    gone = taken_back(store.stream("SELECT id, target FROM reviews WHERE action = 'undo'"))
    # What suspends and buries does not touch memories, and the other way round: so each is folded for itself.
    hidden: dict[str, CardState] = {}
    moved: set[str] = set()
    for id_, card, action, day in store.stream(_OTHERS):
        if id_ in gone:
            continue
        if action in _MOVES:
            moved.add(card)
        else:
            hidden[card] = aside(hidden.get(card, NEW), _ACTIONS[action], day)
    reviews = _reviews(store, gone, moved)
    total, done = len(reviews.card), 0
    if progress is not None:
        progress(0, total)
    rows: dict[str, Row] = {}
    for memories in bulk.folded(reviews, scheduler):
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


def _reviews(store: Store, gone: set[int], but: set[str]) -> Reviews:
    """The reviews that stand, but those of some cards, as arrays: as rows, a million of them would take 300 MB."""
    import numpy as np

    from studytui.memory.bulk import Reviews

    cards, parts = list[str](), [np.zeros((4, 0), int)]
    for rows in store.batches(_REVIEWS, _AT_ONCE):
        of, counts, *texts = zip(*rows, strict=True)
        numbers = np.repeat(np.arange(len(cards), len(cards) + len(of)), counts)
        parts.append(np.array([numbers, *(np.fromstring(",".join(each), int, sep=",") for each in texts)]))
        cards.extend(of)
    whole = np.concatenate(parts, axis=1)
    # SQLite promises no order within a group. It is there all the same, and to sort what is sorted costs nothing.
    card, id_, packed, time_ms = whole[:, np.lexsort(whole[1::-1])]
    stands = np.ones(len(card), bool)
    if gone:
        stands &= ~np.isin(id_, np.array(sorted(gone), int))
    if but:
        stands &= ~np.isin(card, [number for number, each in enumerate(cards) if each in but])
    card, id_, packed, time_ms = (each[stands] for each in (card, id_, packed, time_ms))
    return Reviews(cards, card, time_ms, packed // 8, packed % 8, _spreads(store, id_))


def _spreads(store: Store, ids: Array) -> Array:
    """Where some reviews were put among their possible days; not a number where chance did."""
    import numpy as np

    put = store.rows(_SPREADS)
    found = np.full(len(ids), np.nan)
    if put:
        of, where = (np.array(column) for column in zip(*put, strict=True))
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
    for card, *is_ in store.stream(f"SELECT id, {STATE_COLUMNS} FROM cards"):
        known.add(card)
        row = rows.get(card, _NEW_ROW)
        if tuple(is_) != row:
            yield card, row, tuple(is_)
    for card, row in rows.items():
        if card not in known and row != _NEW_ROW:
            yield card, row, None


def undone_differs(store: Store, gone: set[int]) -> bool:
    """Whether `undone` is not what it must be."""
    return {id_ for (id_,) in store.rows("SELECT id FROM undone")} != gone


def rebuild(store: Store, scheduler: Scheduler, progress: Progress | None = None) -> Rebuilt:
    """Folds everything again and corrects what differs, in one transaction: all of it or nothing."""
    with store.transaction(), _uncollected():
        rows, gone = folded(store, scheduler, progress)
        wrong = list(differing(store, rows))
        cards.correct(store, wrong)
        cards.sweep(store)
        if undone_differs(store, gone):
            store.write("DELETE FROM undone")
            store.write_all("INSERT INTO undone(id) VALUES (?)", ((id_,) for id_ in gone))
        meta.set_scheduler(store, scheduler.identity)
    return Rebuilt(len(rows), len(wrong), sum(row[_COUNT - 1] or 0 for row in rows.values()))
