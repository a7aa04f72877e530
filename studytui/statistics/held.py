"""What is in memory now: what comes due, cards by state, how stability, difficulty and retrievability are spread."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from studytui.frozen import frozen
from studytui.statistics.history import MATURE
from studytui.statistics.model import Fact, Series, Shape, Statistic
from studytui.statistics.packing import LEARNING, NEW, RELEARNING, REVIEW
from studytui.statistics.studied import Days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from studytui.statistics.model import Value

    Numbers = NDArray[np.float64]

#: Lower ends of the bands of stability, in days; those of difficulty and retrievability are one and five points wide.
_STABILITIES = (0, 1, 3, 7, 14, 21, 30, 60, 90, 180, 365, 730, 1825)
_HARDEST, _POINTS = 10, 5
#: The furthest that is looked ahead, in days.
FURTHEST = 3650


@frozen
class Held:
    """Cards of decks, a row of an array each; 0 where a new card has nothing.

    `state` is one of those of `packing`. `due_day` is, for a learning card, the day of its next step. `waiting` is
    whether the card is buried today.
    """

    state: Numbers
    stability: Numbers
    difficulty: Numbers
    due_day: Numbers
    last_day: Numbers
    suspended: Numbers
    waiting: Numbers

    @property
    def interval(self) -> Numbers:
        """The days between a card's last answer and the day on which it is due."""
        return self.due_day - self.last_day

    def within(self, which: NDArray[np.bool_]) -> Held:
        """Some of the cards."""
        columns = (
            self.state, self.stability, self.difficulty, self.due_day, self.last_day, self.suspended, self.waiting,
        )  # fmt: skip
        return Held(*(column[which] for column in columns))


def future_due(held: Held, today: int, ahead: int | None) -> Statistic:
    """Cards that come due on each of the next days; what is overdue comes today."""
    cards = held.within((held.state != NEW) & (held.suspended == 0))
    overdue = int(((cards.state == REVIEW) & (cards.due_day < today)).sum())
    day = np.maximum(cards.due_day - today, 0).astype(np.int64)
    latest = int(day.max()) if day.size else 0
    days = Days(today, today + (min(latest, FURTHEST) if ahead is None else ahead - 1))
    perday = tuple(np.bincount(day[day < len(days)], minlength=len(days)).tolist())
    return Statistic(
        "future-due",
        "Future due",
        "Cards by the day on which they come due, if none is answered before; what is overdue comes today. New and "
        "suspended cards are left out, limits and buried siblings are not taken off.",
        "day",
        days.labels,
        (Series("cards", "cards", perday),),
        (
            Fact("today", perday[0], "cards"),
            Fact("of them overdue", overdue, "cards"),
            Fact("tomorrow", int((day == 1).sum()), "cards"),
            Fact("on any day", sum(perday) / len(perday), "cards"),
            Fact("later", int((day >= len(days)).sum()), "cards"),
        ),
        Shape.DAYS,
        ("cards",),
    )


def states(held: Held) -> Statistic:
    """How many cards there are, by where they stand; each is counted once."""
    active = held.suspended == 0
    mature = held.interval >= MATURE
    counts = {
        "new": active & (held.state == NEW),
        "learning": active & (held.state == LEARNING),
        "relearning": active & (held.state == RELEARNING),
        "young": active & (held.state == REVIEW) & ~mature,
        "mature": active & (held.state == REVIEW) & mature,
        "suspended": ~active,
    }
    return Statistic(
        "states",
        "Cards by state",
        f"All cards, each once; young ones have intervals of up to {MATURE - 1} days, suspended ones may be anything.",
        "state",
        tuple(counts),
        (Series("cards", "cards", tuple(int(which.sum()) for which in counts.values())),),
        (
            Fact("total", int(held.state.size), "cards"),
            Fact("buried today", int((active & (held.waiting != 0)).sum()), "cards"),
        ),
        Shape.NAMES,
        ("cards",),
    )


def stability(held: Held) -> Statistic:
    """Cards by stability."""
    values = held.stability[held.state != NEW]
    band = np.searchsorted(_STABILITIES, values, "right") - 1
    return Statistic(
        "stability",
        "Stability",
        "The days after which a card is remembered with a chance of 90 %, for all cards that were answered.",
        "stability in days",
        tuple(_spans(_STABILITIES)),
        (Series("cards", "cards", _counts(band, len(_STABILITIES))),),
        _spread(values, "days"),
        Shape.BANDS,
        ("cards",),
    )


def difficulty(held: Held) -> Statistic:
    """Cards by difficulty."""
    values = held.difficulty[held.state != NEW]
    band = np.clip(values.astype(np.int64), 1, _HARDEST - 1) - 1
    return Statistic(
        "difficulty",
        "Difficulty",
        "From 1 to 10, as FSRS rates it by the answers, for all cards that were answered.",
        "difficulty",
        tuple(f"{low}–{low + 1}" for low in range(1, _HARDEST)),
        (Series("cards", "cards", _counts(band, _HARDEST - 1)),),
        _spread(values, ""),
        Shape.BANDS,
        ("cards",),
    )


def retrievability(held: Held, today: int, decay: float) -> Statistic:
    """Cards by the chance that they are remembered today: `recall.retrievability`, for all of them at once."""
    cards = held.within(held.state != NEW)
    factor = 0.9 ** (-1 / decay) - 1
    # R(t, S) = (1 + f·t/S)^(−decay)
    chance = 100 * (1 + factor * np.maximum(today - cards.last_day, 0) / cards.stability) ** -decay
    band = np.minimum(chance.astype(np.int64) // _POINTS, 100 // _POINTS - 1)
    return Statistic(
        "retrievability",
        "Retrievability",
        "The chance that a card is remembered today, for all cards that were answered. The sum is the number of cards "
        "that are remembered, if memory is as FSRS has it.",
        "chance in per cent",
        tuple(f"{low}–{low + _POINTS}" for low in range(0, 100, _POINTS)),
        (Series("cards", "cards", _counts(band, 100 // _POINTS)),),
        (*_spread(chance, "%"), Fact("sum", float(chance.sum()) / 100, "cards")),
        Shape.BANDS,
        ("cards",),
    )


def _spread(values: Numbers, unit: str) -> tuple[Fact, ...]:
    size = int(values.size)
    return (
        Fact("cards", size, "cards"),
        Fact("mean", float(values.mean()) if size else None, unit),
        Fact("median", float(np.median(values)) if size else None, unit),
    )


def _spans(lows: Sequence[int]) -> list[str]:
    """Names of bands of numbers with fractions: `3–7` is from 3 up to, but not including, 7."""
    return [f"{low}–{high}" for low, high in pairwise(lows)] + [f"{lows[-1]} and more"]


def _counts(band: NDArray[np.int64], rows: int) -> tuple[Value, ...]:
    return tuple(np.bincount(band, minlength=rows).tolist())
