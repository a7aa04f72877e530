"""What the journal knows of a learner's memory, for fitting and forecasting. Read once, and not on a hot path."""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.journal.rebuild import replayed
from studytui.memory.model import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studytui.journal.store import Store
    from studytui.memory.schedule import Scheduler

#: Of a card that was made new, only what came after counts.
_REVIEWS = """WITH reset AS (
    SELECT card AS of_card, max(id) AS since FROM reviews
    WHERE action = 'reset' AND id NOT IN (SELECT id FROM undone) GROUP BY card
) SELECT card, rating, day, duration FROM reviews LEFT JOIN reset ON of_card = card
WHERE action = 'review' AND id NOT IN (SELECT id FROM undone) AND id > ifnull(since, 0) ORDER BY card, id"""


@frozen
class Strengths:
    """The cards of some decks: of those that were seen stability, difficulty and last day; each deck's unseen ones.

    Suspended cards are left out. Decks stand in the order in which new cards are learnt.
    """

    seen: tuple[tuple[float, float, int], ...]
    unseen: tuple[tuple[str, int], ...]


@frozen
class Moved:
    """What another scheduler does to the due dates of the cards in review: how many come earlier, how many later."""

    cards: int
    earlier: int
    later: int

    @classmethod
    def between(cls, before: Mapping[str, int], after: Mapping[str, int]) -> Moved:
        """What has become of `due_days`."""
        both = [(day, after[card]) for card, day in before.items() if card in after]
        return cls(len(both), sum(new < old for old, new in both), sum(new > old for old, new in both))


class Learnt:
    """What one journal knows of its learner's memory. Raises JournalError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def reviews(self) -> Iterator[tuple[str, int, int, int]]:
        """The reviews that stand as (card, rating, day, milliseconds), card by card, each card's oldest first."""
        return self._store.stream(_REVIEWS)

    def count(self) -> int:
        """How many reviews stand."""
        row = self._store.row(
            "SELECT (SELECT count(*) FROM reviews WHERE action = 'review') - "
            "(SELECT count(*) FROM reviews WHERE action = 'review' AND id IN (SELECT id FROM undone))"
        )
        return row[0] if row is not None else 0

    def strengths(self, decks: Sequence[str], cards: Sequence[str] | None = None) -> Strengths:
        """How well the cards of some decks are known, or of `cards` in them alone."""
        keys = {deck: key for key, deck in self._store.rows("SELECT key, id FROM decks")}
        places = {keys[deck]: deck for deck in decks if deck in keys}
        where = f"suspended = 0 AND deck IN ({', '.join(map(str, places))})"
        if cards is not None:
            where += " AND id IN (SELECT value FROM json_each(:cards))"
        values: dict[str, object] = {"cards": json.dumps(cards)}
        seen = self._store.rows(
            f"SELECT stability, difficulty, last_day FROM cards WHERE state IS NOT NULL AND {where}", values
        )
        unseen: dict[int, int] = dict(
            self._store.rows(f"SELECT deck, count(*) FROM cards WHERE state IS NULL AND {where} GROUP BY deck", values)
        )
        return Strengths(tuple(seen), tuple((deck, unseen[key]) for key, deck in places.items() if key in unseen))

    def due_days(self) -> dict[str, int]:
        """The due dates of the cards in review."""
        return dict(self._store.rows("SELECT id, due_day FROM cards WHERE state = ?", (State.REVIEW.value,)))

    def moved(self, scheduler: Scheduler) -> Moved:
        """How another scheduler would move the due dates. Folds all reviews: as long as a rebuild."""
        states, _ = replayed(self._store, scheduler)
        memories = ((card, state.memory) for card, state in states.items())
        after = {card: each.due_day for card, each in memories if each is not None and each.state is State.REVIEW}
        return Moved.between(self.due_days(), after)
