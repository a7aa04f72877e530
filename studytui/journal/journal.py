"""The journal: records what the learner does, durable on return, and says what is due."""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

from studytui.frozen import frozen
from studytui.journal import cards, meta, standing, together
from studytui.journal.errors import JournalError
from studytui.journal.registry import Registry
from studytui.journal.rows import APPEND, ENTRY_COLUMNS, entry_of, entry_row
from studytui.journal.schema import STEPS
from studytui.journal.store import LARGE_CACHE_KIB, TIMEOUT, inspect_store, open_store
from studytui.memory.limits import Limits
from studytui.memory.model import Action, Entry
from studytui.memory.queue import Due, Order
from studytui.memory.replay import apply
from studytui.memory.replay import standing as standing_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from studytui.journal.learnt import Learnt
    from studytui.journal.quizzes import KeptQuizzes
    from studytui.journal.schema import Step
    from studytui.journal.store import Store
    from studytui.journal.together import Progress
    from studytui.memory.limits import Allowance, Done, Overview
    from studytui.memory.model import Memory, Moment
    from studytui.memory.recall import Remembered
    from studytui.memory.replay import CardState
    from studytui.memory.schedule import Scheduler
    from studytui.statistics.model import Period, Statistic

_LAST_STANDING = (
    f"SELECT {ENTRY_COLUMNS} FROM reviews WHERE action <> 'undo' AND id NOT IN (SELECT id FROM undone) "
    "ORDER BY id DESC LIMIT 1"
)
#: Undos of something else than an undo: those are redos.
_LAST_UNDO = (
    f"SELECT {ENTRY_COLUMNS} FROM reviews AS undo WHERE id > ? AND action = 'undo' "
    "AND id NOT IN (SELECT id FROM undone) AND (SELECT action FROM reviews WHERE id = undo.target) <> 'undo' "
    "ORDER BY id DESC LIMIT 1"
)
_ONE = f"SELECT {ENTRY_COLUMNS} FROM reviews WHERE id = ?"
#: What was recorded from an id to another, newest first.
_BETWEEN = f"SELECT {ENTRY_COLUMNS} FROM reviews WHERE id BETWEEN ? AND ? ORDER BY id DESC"
_ENTRIES = f"SELECT id IN (SELECT id FROM undone), {ENTRY_COLUMNS} FROM reviews ORDER BY id"
_HISTORY = f"SELECT {ENTRY_COLUMNS} FROM reviews WHERE card = ? ORDER BY id"
#: What was taken back was seen all the same: its variant is avoided, but its slip is none.
_SEEN = (
    "SELECT seed, (SELECT slip FROM reviews WHERE card = :card AND action = 'review' "
    "AND (slip <> '' OR verdict = 'right') AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id) "
    "ORDER BY id DESC LIMIT 1) FROM reviews WHERE card = :card AND action = 'review' ORDER BY id DESC LIMIT :count"
)


@frozen
class Seen:
    """What was seen of a card: seeds, newest first, and the names of the slip that stands, or an empty text."""

    seeds: tuple[int, ...] = ()
    slip: str = ""


@frozen
class Recorded:
    """An entry with its id, and where its card stands after it."""

    entry: Entry
    state: CardState


class Journal:
    """An open journal. Every method raises JournalError, with one line for the learner, when it cannot do its work.

    Used from the thread that opened it; several programs may use one file at once. Beside what is here, it has three
    parts: `decks`, `quizzes` and `learnt`, the last two loaded when they are first asked for.
    """

    def __init__(self, store: Store, scheduler: Scheduler) -> None:
        self._store = store
        self._scheduler = scheduler
        self.path = store.path
        self.decks = Registry(store)

    @cached_property
    def quizzes(self) -> KeptQuizzes:
        """The quizzes that it keeps."""
        from studytui.journal.quizzes import KeptQuizzes

        return KeptQuizzes(
            self._store,
            lambda moment: self._scheduler.day_of(moment),  # noqa: PLW0108 - `reschedule` changes the scheduler
            self._record_in_turn,
        )

    @cached_property
    def learnt(self) -> Learnt:
        """What it knows of the learner's memory in general."""
        from studytui.journal.learnt import Learnt

        return Learnt(self._store)

    @classmethod
    def open(
        cls,
        path: Path,
        scheduler: Scheduler,
        *,
        steps: Sequence[Step] = STEPS,
        timeout: float = TIMEOUT,
        progress: Callable[[int, int], None] | None = None,
    ) -> Self:
        """Opens a journal, or creates it with its folders.

        Other settings than the last time lead all reviews to other memories: they are then computed again, which takes
        up to ten seconds for a million reviews; `progress` is told how many are, and of how many.
        """
        store = open_store(path, steps, timeout)
        try:
            if meta.scheduler_of(store) != scheduler.identity:
                from studytui.journal.rebuild import rebuild

                rebuild(store, scheduler, progress)
        except BaseException:
            store.close()
            raise
        return cls(store, scheduler)

    @classmethod
    def inspect(cls, path: Path, scheduler: Scheduler) -> Self:
        """Opens a journal that is there, only to read it, as it is: nothing is created, migrated or written."""
        return cls(inspect_store(path), scheduler)

    def twin(self) -> Journal:
        """Another connection to the same file, for work on many cards: asked for, used and closed in another thread.

        While it writes, this one can read, but not write.
        """
        store = open_store(self.path)
        store.write(f"PRAGMA cache_size = {-LARGE_CACHE_KIB}")
        return Journal(store, self._scheduler)

    def close(self) -> None:
        """Closes the file; to do it twice is fine."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- recording -----------------------------------------------------------------------------------------------------

    def record(self, entry: Entry) -> Recorded:
        """Appends an entry and moves its card on, both or neither; durable on return."""
        with self._store.transaction():
            return self._record(entry)

    def record_review(self, entry: Entry, before: Memory | None) -> Recorded | None:
        """`record` for a review of a card that has a memory; None, with nothing recorded, where it has another one."""
        with self._store.transaction():
            state = cards.load(self._store, entry.card)
            return self._move_on(entry, state) if state.memory == before else None

    def record_together(self, entries: Iterable[Entry], progress: Progress | None = None) -> int:
        """Appends entries and moves their cards on, all or none, durable on return; how many. One undo is for all.

        `progress` is told how much is done, and of how much; where it raises, nothing was done.
        """
        with self._store.transaction():
            return len(self._record_together(entries, progress))

    def _record(self, entry: Entry) -> Recorded:
        if entry.action is Action.UNDO:
            id_ = self._record_together([entry])[0]
            return Recorded(replace(entry, id=id_), cards.load(self._store, entry.card))
        return self._move_on(entry, cards.load(self._store, entry.card))

    def _move_on(self, entry: Entry, before: CardState) -> Recorded:
        """`_record` of what is no undo, for a card that stands there."""
        self._note_scheduler()
        row = entry_row(entry, engine=self._scheduler.engine)
        entry = replace(entry, id=self._store.write(APPEND, row), engine=entry.engine or self._scheduler.engine)
        state = apply(before, entry, self._scheduler)
        cards.change(self._store, entry.card, before, state)
        if entry.action is Action.RESET:
            cards.sweep(self._store, [entry.card])
        return Recorded(entry, state)

    def _record_in_turn(self, entries: Iterable[Entry]) -> list[Recorded]:
        """Each entry as `record` does it, inside the caller's transaction; one undo is for all."""
        recorded = [self._record(entry) for entry in entries]
        together.note(self._store, [each.entry.id for each in recorded])
        return recorded

    def _record_together(self, entries: Iterable[Entry], progress: Progress | None = None) -> range:
        self._note_scheduler()
        return together.record(self._store, self._scheduler, entries, progress)

    def _note_scheduler(self) -> None:
        if meta.scheduler_of(self._store) not in {self._scheduler.identity, meta.MIXED}:
            meta.set_scheduler(self._store, meta.MIXED)

    def undo(self, moment: Moment, progress: Progress | None = None) -> Entry | None:
        """Takes back the last entry that still stands, whoever recorded it and when; None when there is none left.

        All that was recorded in one go with it goes with it: `recorded_with` tells it.
        """
        with self._store.transaction():
            row = self._store.row(_LAST_STANDING)
            if row is None:
                return None
            self._take_back(entry_of(row), moment, progress)
            return entry_of(row)

    def redo(self, moment: Moment, progress: Progress | None = None) -> Entry | None:
        """Takes back the last undo and gives the entry that stands again; None once something new was recorded.

        What was taken back in one go comes back in one go.
        """
        with self._store.transaction():
            last = self._store.row(_LAST_STANDING)
            row = self._store.row(_LAST_UNDO, (entry_of(last).id if last is not None else 0,))
            if row is None:
                return None
            undo = entry_of(row)
            self._take_back(undo, moment, progress)
            again = self._store.row(_ONE, (undo.target,))
            if again is None:
                return None
            newest = self._store.row(_ONE, (together.around(self._store, undo.target)[1],))
            return entry_of(newest or again)

    def _take_back(self, target: Entry, moment: Moment, progress: Progress | None) -> None:
        """Undoes an entry and, in one go and newest first, what was recorded with it and stands."""
        day = self._scheduler.day_of(moment)
        self._record_together(
            (
                Entry(card, Action.UNDO, moment.ms, moment.offset, day, target=id_)
                for id_, card in together.stands(self._store, target.id)
            ),
            progress,
        )

    def recorded_with(self, entry: Entry) -> list[Entry]:
        """The entries that were recorded in one go with an entry, itself among them, newest first."""
        return [entry_of(row) for row in self._store.rows(_BETWEEN, together.around(self._store, entry.id))]

    def count_with(self, entry: Entry) -> int:
        """How many entries were recorded in one go with an entry, itself counted."""
        row = self._store.row(
            "SELECT count(*) FROM reviews WHERE id BETWEEN ? AND ?", together.around(self._store, entry.id)
        )
        return row[0] if row is not None else 1

    def move(self, old: str, new: str, moment: Moment) -> int:
        """Makes what was recorded of one card that of another, with what that one has; how many entries.

        Nothing is changed: the entries that stand are taken back, and appended again for the other card with their own
        times, in their order. One undo takes it all back.
        """
        with self._store.transaction():
            moved = [entry for card in (old, new) for entry in standing_entries(self.history(card))]
            if not any(entry.card == old for entry in moved):
                raise JournalError(f"{self.path}: nothing is recorded of {old} that could be moved to {new}")
            day = self._scheduler.day_of(moment)
            undos = [Entry(each.card, Action.UNDO, moment.ms, moment.offset, day, target=each.id) for each in moved]
            moved.sort(key=lambda entry: (entry.time_ms, entry.id))
            self._record_together([*undos, *(replace(entry, card=new, id=0) for entry in moved)])
            return len(moved)

    def last_standing(self) -> int:
        """The id of the entry that `undo` would take back; 0 when there is none."""
        row = self._store.row(_LAST_STANDING)
        return entry_of(row).id if row is not None else 0

    # -- one card ------------------------------------------------------------------------------------------------------

    def state(self, card: str) -> CardState:
        """Where a card stands; one that the journal does not know is new."""
        return cards.load(self._store, card)

    def history(self, card: str) -> list[Entry]:
        """All entries of a card, the undone ones and the undos included, oldest first."""
        return [entry_of(row) for row in self._store.rows(_HISTORY, (card,))]

    def entries(self) -> Iterator[tuple[Entry, bool]]:
        """All entries, oldest first, each with whether it was taken back; read as they are asked for."""
        for undone, *row in self._store.stream(_ENTRIES):
            yield entry_of(tuple(row)), bool(undone)

    def seen(self, card: str, count: int) -> Seen:
        """The seeds of the variants seen last, and the slip that was made last and not set right since."""
        rows = self._store.rows(_SEEN, {"card": card, "count": count})
        return Seen(tuple(seed for seed, _ in rows), rows[0][1] or "" if rows else "")

    def slips(self, card: str) -> list[tuple[str, int]]:
        """The slips that were made on a card and not taken back, the most frequent first, each with how often."""
        return standing.slips(self._store, card)

    def suspended(self, decks: Sequence[str]) -> list[str]:
        """The suspended cards of some decks, deck by deck in the order of the file."""
        return standing.suspended(self._store, decks)

    def leeches(self, decks: Sequence[str], lapses: int) -> list[tuple[str, int, bool]]:
        """The cards of some decks that were forgotten so often, the worst first: id, lapses, whether suspended."""
        return standing.leeches(self._store, decks, lapses)

    def remembered(self, decks: Sequence[str]) -> list[Remembered]:
        """The cards of some decks that were answered, with their memory and how the last answer went."""
        return standing.remembered(self._store, decks)

    # -- a day ---------------------------------------------------------------------------------------------------------

    def due(
        self,
        now: Moment,
        decks: Sequence[str] | None = None,
        limits: Limits | None = None,
        order: Order = Order.DUE,
        *,
        siblings: bool = False,
    ) -> Due:
        """The cards of today for a sitting over some decks (new cards in the order given), or over all of them.

        `limits` are those of a whole day; what was done today is taken off, and what was allowed beyond them is added.
        `siblings` is whether cards of a family may come on one day.
        """
        return standing.due(self._store, self._today(now, siblings), decks, limits or Limits(), order)

    def counts(
        self, now: Moment, decks: Sequence[str] | None = None, limits: Limits | None = None, *, siblings: bool = False
    ) -> Overview:
        """How many cards `due` would give, for each deck alone and for all of them together."""
        return standing.counts(self._store, self._today(now, siblings), decks, limits or Limits())

    def _today(self, now: Moment, siblings: bool) -> standing.Today:  # noqa: FBT001 - handed through
        return standing.Today(self._store, now, self._scheduler.day_start, siblings=siblings)

    def allowance(self, now: Moment) -> Allowance:
        """What the learner has decided about the present day."""
        return meta.allowance(self._store, self._scheduler.day_of(now))

    def allow(self, now: Moment, change: Callable[[Allowance], Allowance]) -> None:
        """Changes what the learner has decided about the present day; durable on return, for all programs."""
        day = self._scheduler.day_of(now)
        with self._store.transaction():
            meta.set_allowance(self._store, day, change(meta.allowance(self._store, day)))

    def waiting_quiz(self) -> str:
        """The header of `quizzes.unfinished`, empty without one.

        Home asks for it on every start, and for nothing else of quizzes: so it is found without what keeps them.
        """
        row = self._store.row("SELECT header FROM quizzes WHERE state = 'open' ORDER BY id DESC LIMIT 1")
        return str(row[0]) if row is not None else ""

    def today(self, day: int) -> Done:
        """What was done on a day and not taken back."""
        return standing.done_on(self._store, day)

    def due_on_days(self, first: int, days: int) -> dict[int, int]:
        """How many reviews fall due on each of some days, over all decks."""
        return standing.due_on_days(self._store, first, days)

    def streak(self, day: int) -> int:
        """Days in a row with a review, up to a day, or up to the one before while it has none yet."""
        return standing.streak(self._store, day)

    def days_behind(self, now: Moment) -> int:
        """Days by which the clock is behind the newest review: one of them was wrong. 0 when all is well."""
        return standing.days_behind(self._store, self._scheduler.day_of(now))

    # -- statistics ----------------------------------------------------------------------------------------------------

    def statistics(
        self,
        now: Moment,
        period: Period,
        decks: Sequence[str],
        *,
        everything: bool = False,
        cards: Sequence[str] | None = None,
    ) -> tuple[Statistic, ...]:
        """All statistics of some decks, or of the cards in them that `cards` names.

        With `everything`, answers to cards that are in none of the decks any more count, too.
        """
        from studytui.journal.counting import Counter

        with Counter(self.path, self._scheduler) as counter:
            return counter.count(now, period, decks, everything=everything, cards=cards)

    # -- keeping -------------------------------------------------------------------------------------------------------

    def backup_if_due(self, now: Moment) -> Path | None:
        """Takes the day's backup unless there is one. May be called from any thread: it opens the file for itself."""
        from studytui.journal.backups import back_up_daily

        return back_up_daily(self.path, self._scheduler.day_of(now))

    def rebuild(self) -> int:
        """Folds all reviews again; returns how many cards stood elsewhere than their reviews lead to."""
        from studytui.journal.rebuild import rebuild

        return rebuild(self._store, self._scheduler).differed

    def reschedule(self, scheduler: Scheduler) -> None:
        """Goes on with another scheduler; computes all memories again unless another program has done it already."""
        self._scheduler = scheduler
        if not self.is_computed_by(scheduler):
            self.rebuild()

    def is_computed_by(self, scheduler: Scheduler) -> bool:
        """Whether all memories are those of a scheduler."""
        return meta.scheduler_of(self._store) == scheduler.identity
