"""How much a day may bring: limits of new cards and reviews, and what is left of them."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Done:
    """What was done on one day. A card counts once a day: as new on its first day, otherwise as a review.

    `answers` counts every answer, the learning steps included, and `duration_ms` the time they took.
    """

    new: int = 0
    reviews: int = 0
    answers: int = 0
    duration_ms: int = 0


@frozen
class Limits:
    """The most new cards and reviews of one day, over all decks; None is no limit. Learning cards are never limited.

    `decks` are the limits of decks that have some of their own, by id; those of the whole day hold for them, too.
    """

    new: int | None = 20
    reviews: int | None = 200
    decks: Mapping[str, Limits] = field(default_factory=dict)

    def after(self, done: Done, decks: Mapping[str, Done] | None = None) -> Limits:
        """What is left of the limits when so much was done, in all and by deck."""
        own = decks or {}
        return Limits(
            _left(self.new, done.new),
            _left(self.reviews, done.reviews),
            {deck: limits.after(own.get(deck, Done())) for deck, limits in self.decks.items()},
        )

    def raised(self, new: int, reviews: int) -> Limits:
        """So many more, in all and for each deck."""
        return Limits(
            None if self.new is None else self.new + new,
            None if self.reviews is None else self.reviews + reviews,
            {deck: limits.raised(new, reviews) for deck, limits in self.decks.items()},
        )

    def of(self, deck: str) -> Limits:
        """The limits of one deck: its own, within those of the day."""
        own = self.decks.get(deck)
        if own is None:
            return Limits(self.new, self.reviews)
        return Limits(_within(own.new, self.new), _within(own.reviews, self.reviews))


@frozen
class Allowance:
    """What the learner has decided about one day: so many cards beyond its limits, or that it is finished."""

    new: int = 0
    reviews: int = 0
    finished: bool = False


def _left(limit: int | None, done: int) -> int | None:
    return None if limit is None else max(limit - done, 0)


def _within(own: int | None, whole: int | None) -> int | None:
    return whole if own is None else capped(own, whole)


def capped(count: int, limit: int | None) -> int:
    """A count, within a limit."""
    return count if limit is None else min(count, limit)


@frozen
class Counts:
    """How many cards a deck has for today, within the limits, and how many it has at all."""

    new: int = 0
    learning: int = 0
    review: int = 0
    total: int = 0
    suspended: int = 0

    @property
    def due(self) -> int:
        """Cards to ask today that are not new."""
        return self.learning + self.review


@frozen
class Overview:
    """What a day brings, by deck, and over all of them. Limits hold for the whole: `all` may be less than the sum.

    On a day that is finished nothing is left.
    """

    decks: Mapping[str, Counts] = field(default_factory=dict)
    all: Counts = field(default_factory=Counts)
    finished: bool = False
