"""A second connection that only reads: which cards a search finds, in which order, and the line of each."""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from studytui.frozen import frozen
from studytui.journal import sets
from studytui.journal.picking import Picker
from studytui.journal.searching import LEECH, Asked
from studytui.journal.standing import Today
from studytui.journal.store import inspect_store
from studytui.memory.days import TRAVEL
from studytui.memory.model import State
from studytui.memory.recall import retrievability
from studytui.search.tree import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from studytui.journal.store import Row, Store
    from studytui.memory.model import Moment
    from studytui.memory.schedule import Scheduler
    from studytui.search.tree import Query

Column = Literal["deck", "card", "state", "due", "stability", "difficulty", "recall", "reps", "lapses"]

#: By column: what the rows are sorted by, and whether it is unknown of some: those come last either way.
_SORTS: dict[Column, tuple[str, str]] = {
    "deck": ("decks.title COLLATE NOCASE {way}, decks.key, position {way}", "cards.deck IS NULL"),
    "card": ("ifnull(heading, cards.id) COLLATE NOCASE {way}", "NULL"),
    "state": (
        "suspended {way}, instr('learning relearning review', ifnull(state, '-')) {way}",
        "cards.deck IS NULL",
    ),
    "due": ("due_day {way}, due_ms {way}", "state IS NULL"),
    "stability": ("stability {way}", "state IS NULL"),
    "difficulty": ("difficulty {way}", "state IS NULL"),
    "recall": ("-(:day - last_day) / stability {way}", "state IS NULL"),
    "reps": ("cards.reviews {way}", "state IS NULL"),
    "lapses": ("cards.lapses {way}", "state IS NULL"),
}
COLUMNS: tuple[Column, ...] = tuple(_SORTS)

_LINE = (
    "SELECT cards.key, cards.id, decks.id, ifnull((SELECT heading FROM texts.headings "
    "WHERE key = cards.key AND language = :language), text.heading), text.kind, text.line, decks.file, "
    "state, suspended, buried_day, stability, difficulty, due_day, due_ms, last_day, reviews, lapses "
    "FROM cards LEFT JOIN decks ON decks.key = cards.deck LEFT JOIN texts.cards AS text ON text.key = cards.key "
)


@frozen
class CardLine:
    """A card as Browse and `studytui search` list it. `deck` is empty for an orphan, `state` is None for a new card.

    `due` counts days from today, below 0 when overdue; a learning card has `due_ms`. `recall` is the chance to remember
    it now. What is not known is None. `line` is 0, and `heading` empty, until the index has read the card's deck.
    """

    key: int
    id: str
    deck: str
    heading: str = ""
    kind: str = ""
    file: str = ""
    line: int = 0
    state: State | None = None
    suspended: bool = False
    buried: bool = False
    due: int | None = None
    due_ms: int = 0
    interval: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    recall: float | None = None
    reps: int = 0
    lapses: int = 0


class Finder:
    """Searches. Used from the thread that opened it, but for `stop`. Raises JournalError."""

    def __init__(self, store: Store, scheduler: Scheduler, *, trigrams: bool) -> None:
        self._store = store
        self._scheduler = scheduler
        self.picker = Picker(store, trigrams=trigrams)
        self._orders: dict[tuple[Column, bool], list[int]] = {}
        self._seen: object = None

    @classmethod
    def open(cls, path: Path, index: Path, scheduler: Scheduler) -> Finder:
        """Opens a journal and its index, which must be there, to read them."""
        store = inspect_store(path)
        try:
            store.write("ATTACH ? AS texts", (str(index),))
            store.write("PRAGMA cache_size = -16000")
            trigrams = bool(store.rows("SELECT 1 FROM texts.sqlite_schema WHERE name = 'words'"))
        except BaseException:
            store.close()
            raise
        return cls(store, scheduler, trigrams=trigrams)

    def close(self) -> None:
        """Closes the connection."""
        self._store.close()

    def stop(self) -> None:
        """Ends what another thread is looking for just now: it raises JournalError."""
        self._store.interrupt()

    def find(
        self, query: Query, now: Moment, decks: Collection[str], sort: Column = "deck", *, backwards: bool = False,
        leech: int = LEECH,
    ) -> list[int]:  # fmt: skip
        """The keys of the cards that a query finds in these decks and among orphans, in order."""
        today = Today(self._store, now, self._scheduler.day_start)
        order = self._order(today, decks, sort, backwards=backwards)
        if query == EVERYTHING:
            return order
        asked = Asked(today, self._scheduler.decay, leech)
        return sets.among(order, self.picker.pick(query, asked))

    def _order(self, today: Today, decks: Collection[str], sort: Column, *, backwards: bool) -> list[int]:
        """All cards in an order, kept until a file has changed: sorting takes longer than finding."""
        seen = (
            self._store.rows("PRAGMA main.data_version"), self._store.rows("PRAGMA texts.data_version"),
            today.day, tuple(decks),
        )  # fmt: skip
        if seen != self._seen:
            self._orders, self._seen = {}, seen
        kept = self._orders.get((sort, backwards))
        if kept is None:
            by, unknown = _SORTS[sort]
            way = "DESC" if backwards else "ASC"
            keys = [key for key, deck in self._store.rows("SELECT key, id FROM decks") if deck in frozenset(decks)]
            kept = self._orders[sort, backwards] = self.picker.keys(
                "SELECT cards.key FROM cards LEFT JOIN decks ON decks.key = cards.deck "
                + ("LEFT JOIN texts.cards AS text ON text.key = cards.key " if sort == "card" else "")
                + f"WHERE cards.deck IS NULL OR cards.deck IN ({', '.join(map(str, keys))}) "
                f"ORDER BY {unknown}, {by.format(way=way)}, cards.deck, position, cards.key",
                {"day": today.day},
            )
        return kept

    def lines(self, keys: Sequence[int], now: Moment, language: str = "") -> list[CardLine]:
        """The lines of cards, in the order of their keys; those that are gone are left out."""
        rows = self._store.rows(f"{_LINE} WHERE cards.key IN ({', '.join(map(str, keys))})", {"language": language})
        day = self._scheduler.day_of(now)
        found = {row[0]: self._line(row, day) for row in rows}
        return [found[key] for key in keys if key in found]

    def ids(self, keys: Iterable[int]) -> list[str]:
        """The ids of cards, in the order of their keys."""
        keys = list(keys)
        found: dict[int, str] = dict(
            self._store.rows(f"SELECT key, id FROM cards WHERE key IN ({', '.join(map(str, keys))})")
        )
        return [found[key] for key in keys if key in found]

    def _line(self, row: Row, day: int) -> CardLine:
        (key, id_, deck, heading, kind, line, file, state, suspended, buried_day, stability, difficulty, due_day,
         due_ms, last_day, reviews, lapses) = row  # fmt: skip
        known = state is not None
        in_review = state == State.REVIEW.value
        return CardLine(
            key, id_, deck or "", heading or "", kind or "", file or "", line or 0,
            State(state) if known else None,
            bool(suspended),
            buried_day > 0 and buried_day - TRAVEL <= day <= buried_day,
            due_day - day if known else None,
            due_ms or 0,
            (due_day - last_day if in_review else 0) if known else None,
            stability, difficulty,
            retrievability(stability, day - last_day, self._scheduler.decay) if known else None,
            reviews or 0, lapses or 0,
        )  # fmt: skip
