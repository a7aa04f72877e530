"""Many entries recorded in one go: appended, and their cards moved on, some thousands with each question to SQLite.

`together` holds the ranges of ids of what is taken back and brought back in one go. Where a range is lost, as it can be
in what was salvaged, the same entries are taken back one by one.
"""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from studytui.journal import cards
from studytui.journal.errors import JournalError
from studytui.journal.rows import APPEND as APPEND_ENTRY
from studytui.journal.rows import ENTRY_COLUMNS, NEW_ROW, STATE_COLUMNS, entry_of, entry_row, state_of, state_row
from studytui.memory.model import Action
from studytui.memory.replay import NEW, CardState, apply, aside, taken_back

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from studytui.journal.store import Row, Store
    from studytui.memory.model import Entry
    from studytui.memory.schedule import Scheduler

    #: A card, the row that it must have, and the one that it has; None where it has none.
    Wrong = tuple[str, Row, Row | None]
    #: Is told how much is done, and of how much. What it raises ends the work, and nothing of it is kept.
    Progress = Callable[[int, int], object]

T = TypeVar("T")

COLUMNS = "first, last"
#: Takes a row of COLUMNS.
APPEND = "INSERT INTO together(first, last) VALUES (?, ?)"

#: Entries, or cards, for each question to SQLite: a few milliseconds, so that progress moves and an end is heard.
_AT_ONCE: Final = 1_000
#: One card's fold takes as long as so many reviews of a fold of the whole journal.
_REVIEWS_OF_A_FOLD: Final = 60
_AMONG = "IN (SELECT value FROM json_each(?))"
_TARGETS = f"SELECT id, card, action, target FROM reviews WHERE id {_AMONG}"
_STATES = f"SELECT id, {STATE_COLUMNS} FROM cards WHERE id {_AMONG}"
_STANDS = "id NOT IN (SELECT id FROM undone)"
#: What has no rating is found in the index: of the reviews, which are most of a card's entries, no row is read.
_UNDOS = f"SELECT id, target FROM reviews WHERE card {_AMONG} AND rating IS NULL AND action = 'undo'"
_ASIDES = (
    f"SELECT card, action, day FROM reviews WHERE card {_AMONG} AND rating IS NULL "
    f"AND action IN ('suspend', 'resume', 'bury') AND {_STANDS} ORDER BY card, id"
)
_WHOLE = f"SELECT {ENTRY_COLUMNS} FROM reviews WHERE card {_AMONG} AND action <> 'undo' AND {_STANDS} ORDER BY card, id"
#: What hides a card from sittings and shows it again, without a change to its memory.
_ASIDE = frozenset({Action.SUSPEND, Action.RESUME, Action.BURY})
#: After these nothing may stand of a card.
_EMPTYING = frozenset({Action.UNDO, Action.RESET})
_ACTIONS = {action.value: action for action in Action}


def note(store: Store, ids: Sequence[int]) -> None:
    """Notes that entries which were just appended belong together, inside the caller's transaction."""
    if len(ids) > 1:
        store.write(APPEND, (ids[0], ids[-1]))


def around(store: Store, entry: int) -> tuple[int, int]:
    """The first and the last id of what was recorded in one go with an entry: twice its own, when it was alone."""
    row = store.row("SELECT first, last FROM together WHERE first <= ? ORDER BY first DESC LIMIT 1", (entry,))
    return (row[0], row[1]) if row is not None and entry <= row[1] else (entry, entry)


def stands(store: Store, entry: int) -> list[tuple[int, str]]:
    """The ids and cards of what was recorded in one go with an entry and still stands, newest first."""
    sql = f"SELECT id, card FROM reviews WHERE id BETWEEN ? AND ? AND {_STANDS} ORDER BY id DESC"
    return [(id_, card) for id_, card in store.rows(sql, around(store, entry))]


def record(store: Store, scheduler: Scheduler, entries: Iterable[Entry], progress: Progress | None = None) -> range:
    """Appends entries and moves their cards on, inside the caller's transaction; the ids that they were given."""
    wanted = list(entries)
    tell = _Told(progress, len(wanted))
    tell(0)  # how much it is, while nothing is done
    undos = [each for each in wanted if each.action is Action.UNDO]
    targets = _targets(store, undos)
    ids = _append(store, scheduler, wanted, tell)
    note(store, ids)
    _note_undone(store, undos, targets)
    changes: dict[str, list[Entry]] = {}
    hidden, whole = set(), set()
    for each in wanted:
        if each.action is not Action.UNDO:
            changes.setdefault(each.card, []).append(each)
        elif _origin(each.target, targets) in _ASIDE:
            hidden.add(each.card)
        else:
            whole.add(each.card)
    whole |= hidden & changes.keys()
    hidden -= whole
    tell.more(len(whole) + len(hidden) + len(changes))
    for state in (
        _hidden(store, hidden), _whole(store, scheduler, whole, tell), _changed(store, scheduler, changes, whole),
    ):  # fmt: skip
        for wrong in state:
            cards.correct(store, wrong)
            tell(len(wrong))
    cards.sweep(store, {each.card for each in wanted if each.action in _EMPTYING})
    return ids


class _Told:
    """Adds up what is done."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._done, self._total = progress, 0, 2 * total  # twice: appended, and moved on

    def __call__(self, done: int) -> None:
        self._done += done
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)

    def more(self, cards: int) -> None:
        """So many cards are to be moved on, now that they are known."""
        self._total = self._done + cards


def _in(values: Iterable[T]) -> Iterator[tuple[Sequence[T], tuple[str]]]:
    """Values by the thousand, and as the parameter of `_AMONG`."""
    rest = iter(values)
    while part := list(islice(rest, _AT_ONCE)):
        yield part, (json.dumps(part),)


# -- entries -----------------------------------------------------------------------------------------------------------


def _targets(store: Store, undos: Sequence[Entry]) -> dict[int, tuple[str, Action, int]]:
    """Card, action and target of what is taken back, and of what that took back. Raises JournalError for none."""
    found: dict[int, tuple[str, Action, int]] = {}
    asked = {each.target for each in undos}
    while asked:
        for _, ids in _in(asked):
            rows = store.rows(_TARGETS, ids)
            found |= {id_: (card, _ACTIONS[action], target or 0) for id_, card, action, target in rows}
        asked = {target for _, action, target in found.values() if action is Action.UNDO} - found.keys()
    for each in undos:
        if each.target not in found or found[each.target][0] != each.card:
            raise JournalError(f"{store.path}: there is no entry {each.target} of {each.card} to take back")
    return found


def _origin(target: int, targets: Mapping[int, tuple[str, Action, int]]) -> Action:
    """The action that is taken back, or brought back, at the end of a chain of undos."""
    while targets[target][1] is Action.UNDO:
        target = targets[target][2]
    return targets[target][1]


def _append(store: Store, scheduler: Scheduler, entries: Sequence[Entry], tell: _Told) -> range:
    row = store.row("SELECT ifnull(max(id), 0) + 1 FROM reviews")
    first = row[0] if row is not None else 1
    for start in range(0, len(entries), _AT_ONCE):
        part = entries[start : start + _AT_ONCE]
        ids = range(first + start, first + start + len(part))
        store.write_all(APPEND_ENTRY, (entry_row(*each, scheduler.engine) for each in zip(part, ids, strict=True)))
        tell(len(part))
    return range(first, first + len(entries))


def _note_undone(store: Store, undos: Sequence[Entry], targets: Mapping[int, tuple[str, Action, int]]) -> None:
    """Of an entry that is no undo, an undo decides at once; where undos are taken back, all of their cards do."""
    direct = [each for each in undos if targets[each.target][1] is not Action.UNDO]
    store.write_all("INSERT OR IGNORE INTO undone(id) VALUES (?)", ((each.target,) for each in direct))
    for _, ids in _in({each.card for each in undos if targets[each.target][1] is Action.UNDO}):
        known = store.rows(_UNDOS, ids)
        store.write_all("DELETE FROM undone WHERE id = ?", ((target,) for _, target in known))
        store.write_all("INSERT INTO undone(id) VALUES (?)", ((id_,) for id_ in taken_back(known)))


# -- cards: for each whose row becomes another, what it must be, and what it is ----------------------------------------


def _hidden(store: Store, among: Collection[str]) -> Iterator[list[Wrong]]:
    """Cards of which only suspensions, burials and their ends are taken back: their memories stay."""
    for part, ids in _in(among):
        before = _rows(store, ids)
        states = dict.fromkeys(part, NEW)
        for card, action, day in store.rows(_ASIDES, ids):
            states[card] = aside(states[card], _ACTIONS[action], day)
        yield _wrong(before, {card: _set_aside(before.get(card), state) for card, state in states.items()})


def _whole(store: Store, scheduler: Scheduler, among: Collection[str], tell: _Told) -> Iterator[list[Wrong]]:
    """Cards that are folded from the first entry on; where they are many, with all others, which is then faster."""
    last = store.row("SELECT ifnull(max(id), 0) FROM reviews")
    if last is not None and len(among) * _REVIEWS_OF_A_FOLD > last[0] and len(among) > _AT_ONCE:
        from studytui.journal.rebuild import folded

        rows, _ = folded(store, scheduler, lambda *_: tell(0))
        for part, ids in _in(among):
            yield _wrong(_rows(store, ids), {card: rows.get(card, NEW_ROW) for card in part})
        return
    for part, ids in _in(among):
        states = dict.fromkeys(part, NEW)
        for row in store.rows(_WHOLE, ids):
            entry = entry_of(row)
            states[entry.card] = apply(states[entry.card], entry, scheduler)
        yield _wrong(_rows(store, ids), {card: state_row(state) for card, state in states.items()})


def _changed(
    store: Store, scheduler: Scheduler, changes: Mapping[str, Sequence[Entry]], but: Collection[str]
) -> Iterator[list[Wrong]]:
    """Cards of which nothing is taken back: each goes on from where it is."""
    for part, ids in _in(card for card in changes if card not in but):
        before = _rows(store, ids)
        after = {}
        for card in part:
            row = before.get(card, NEW_ROW)
            only_aside = all(entry.action in _ASIDE for entry in changes[card])
            state = CardState(None, bool(row[-2]), row[-1]) if only_aside else state_of(card, row)
            for entry in changes[card]:
                state = apply(state, entry, scheduler)
            after[card] = _set_aside(row, state) if only_aside else state_row(state)
        yield _wrong(before, after)


def _rows(store: Store, ids: tuple[str]) -> dict[str, Row]:
    return {card: tuple(row) for card, *row in store.rows(_STATES, ids)}


def _set_aside(row: Row | None, state: CardState) -> Row:
    """A row with its memory as it is, hidden or not as a state says."""
    return (*(row or NEW_ROW)[:-2], int(state.suspended), state.buried_day)


def _wrong(before: Mapping[str, Row], after: Mapping[str, Row]) -> list[Wrong]:
    return [(card, row, before.get(card)) for card, row in after.items() if before.get(card) != row]
