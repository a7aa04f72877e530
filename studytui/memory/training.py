"""From the reviews that stand to what FSRS learns from: each card's history in whole days, and what it can predict.

The days are the scheduler's own: `reviewed` lets the same days pass between two reviews, so parameters are fitted to
the very intervals by which they will be used. Within a day FSRS forgets nothing that could be predicted: only the first
review of a later day is a target. The other reviews of a day stay in the history with a gap of 0, because they change
the memory, here as in a replay.
"""

from __future__ import annotations

import itertools
from operator import itemgetter
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.memory.days import carried, elapsed_days
from studytui.memory.model import Action
from studytui.memory.replay import standing
from studytui.memory.schedule import LONGEST_INTERVAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studytui.memory.model import Entry

#: A review as it stands in the journal, for training: card, rating, day.
Reviewed = tuple[str, int, int]


@frozen
class History:
    """The reviews of one card, oldest first, since it was last new.

    `gaps` are the whole days since the review before, 0 for the first and for more on one day. `days` are those on
    which the reviews count for the card.
    """

    card: str
    ratings: tuple[int, ...]
    gaps: tuple[int, ...]
    days: tuple[int, ...]

    def targets(self) -> Iterator[int]:
        """The places of the reviews whose outcome the earlier ones can predict: the first on a later day."""
        return (place for place, gap in enumerate(self.gaps) if gap > 0)


def history(card: str, reviews: Iterable[tuple[int, int]]) -> History:
    """The history of a card from its reviews as (rating, day), oldest first."""
    ratings, gaps, days = [], [], []
    last: int | None = None
    for rating, day in reviews:
        ratings.append(rating)
        gaps.append(0 if last is None else min(elapsed_days(last, day), LONGEST_INTERVAL))
        last = day if last is None else carried(last, day)
        days.append(last)
    return History(card, tuple(ratings), tuple(gaps), tuple(days))


def history_of(entries: Sequence[Entry]) -> History:
    """The history of one card from all its journal entries; what was taken back is not in it."""
    reviews = [entry for entry in standing(entries) if entry.action is Action.REVIEW and entry.rating is not None]
    card = entries[0].card if entries else ""
    return history(card, ((entry.rating, entry.day) for entry in reviews if entry.rating is not None))


def histories(reviews: Iterable[Reviewed]) -> list[History]:
    """The histories of all cards from the reviews that stand, card by card, each card's oldest first."""
    return [
        history(card, ((rating, day) for _, rating, day in group))
        for card, group in itertools.groupby(reviews, key=itemgetter(0))
    ]


@frozen
class Target:
    """One review that can be predicted: whose history, which place in it, and the day."""

    history: int
    place: int
    day: int


def targets(cards: Sequence[History]) -> list[Target]:
    """All targets in the order of their days, which is the order in which the engine weighs them: newer counts more."""
    found = [Target(number, place, each.days[place]) for number, each in enumerate(cards) for place in each.targets()]
    found.sort(key=lambda target: target.day)
    return found
