"""The past of cards as columns: what each standing answer was, what its card was before it, and how long after.

A million answers are no objects here but numpy arrays, so this module is imported only for statistics.

Before each answer its card was *new*, in *learning*, in *relearning* or in *review*, by the rules of today's scheduler:
as `doctor --rebuild` would have it. An answer is *spaced* when its card was in review and was last answered on an
earlier day; only such answers say how well memory holds (true retention), and their *interval* is the number of days
that have passed since then: not the days that were planned, of which memory knows nothing. A card in review is *young*
or *mature* by that number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studytui.frozen import frozen
from studytui.memory.days import TRAVEL
from studytui.memory.model import Rating, State
from studytui.statistics.packing import (
    BETWEEN,
    CODE_BITS,
    DURATION_BITS,
    HOUR_BITS,
    LEARNING,
    NEW,
    RELEARNING,
    REVIEW,
    SET_DUE,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studytui.memory.model import Memory
    from studytui.memory.schedule import Scheduler

    Whole = NDArray[np.signedinteger[Any]]

#: An interval from which on a card is mature, in days; Anki's.
MATURE = 21

_CODES = {State.LEARNING: LEARNING, State.RELEARNING: RELEARNING, State.REVIEW: REVIEW}
#: What a card was before an answer: new cards are in learning, those in review young or mature.
KINDS = ("learning", "relearning", "young", "mature")
_RELEARNING, _YOUNG, _MATURE = range(1, 4)


@frozen
class Events:
    """What happened to cards, card by card and in order: the first `counts[0]` rows are those of one card."""

    counts: Whole
    code: Whole
    day: Whole
    hour: Whole
    duration_ms: Whole


@frozen
class Past:
    """The standing answers. `interval` is the days since the card's last answer, 0 on the same day and for new ones.

    `kind` is a place in KINDS.
    """

    rating: Whole
    day: Whole
    hour: Whole
    duration_ms: Whole
    kind: Whole
    interval: Whole

    def __len__(self) -> int:
        return int(self.rating.size)

    @property
    def passed(self) -> NDArray[np.bool_]:
        """Rated better than again."""
        passed: NDArray[np.bool_] = self.rating > Rating.AGAIN
        return passed

    @property
    def spaced(self) -> NDArray[np.bool_]:
        """The first answer of a day to a card in review: what true retention counts."""
        spaced: NDArray[np.bool_] = (self.kind >= _YOUNG) & (self.interval > 0)
        return spaced

    def within(self, which: NDArray[np.bool_]) -> Past:
        """Some of the answers."""
        if which.all():
            return self
        columns = (self.rating, self.day, self.hour, self.duration_ms, self.kind, self.interval)
        return Past(*(column[which] for column in columns))


def unpacked(packed: str) -> Events:
    """Events as the journal packs them: numbers with commas between, and BETWEEN two cards that number."""
    whole = np.fromstring(packed, np.int64, sep=",") if packed else np.empty(0, np.int64)
    between = np.flatnonzero(whole == BETWEEN)
    ends = np.append(between, whole.size) if whole.size else between
    counts = np.diff(ends, prepend=-1) - 1
    numbers = np.delete(whole, between)

    def bits(low: int, count: int) -> Whole:
        return numbers >> low & (1 << count) - 1

    above = DURATION_BITS + CODE_BITS
    return Events(
        counts,
        bits(DURATION_BITS, CODE_BITS).astype(np.int8),
        (numbers >> above + HOUR_BITS).astype(np.int32),
        bits(above, HOUR_BITS).astype(np.int8),
        bits(0, DURATION_BITS),
    )


def past(events: Events, scheduler: Scheduler) -> Past:
    """Each answer with the state that it met: the rules are run for all cards at once, event by event."""
    path, states = _path(scheduler)
    starts = np.cumsum(events.counts) - events.counts
    longest_first = np.argsort(-events.counts, kind="stable")
    rising = events.counts[longest_first][::-1]
    before = np.zeros(events.code.size, np.int8)
    interval = np.zeros(events.code.size, np.int32)
    node, last = np.zeros(rising.size, np.int64), np.zeros(rising.size, np.int32)
    for number in range(int(rising[-1]) if rising.size else 0):
        some = longest_first[: rising.size - int(np.searchsorted(rising, number, "right"))]
        place = starts[some] + number
        was, day, code, then = node[some], events.day[place], events.code[place], last[some]
        seen = states[was] != NEW
        before[place] = states[was]
        interval[place] = np.where(seen, np.maximum(day - then, 0), 0)
        # A setting of the day is no answer: the card was last answered when it was.
        kept = seen & ((code == SET_DUE) | ((day < then) & (then <= day + TRAVEL)))
        last[some] = np.where(kept, then, day)
        node[some] = path[was, code]
    answers = events.code <= max(Rating)
    columns = (events.code, events.day, events.hour, events.duration_ms, _kinds(before, interval), interval)
    return Past(*columns).within(answers)


def _kinds(before: Whole, interval: Whole) -> Whole:
    kinds = np.array([0, 0, _RELEARNING, _YOUNG], np.int8)[before]
    kinds[(before == REVIEW) & (interval >= MATURE)] = _MATURE
    return kinds


def _path(scheduler: Scheduler) -> tuple[Whole, Whole]:
    """Where each event leads a card from each place on its path, new ones at 0; and the state of each place.

    Places are steps of learning and relearning, and review. The scheduler itself is asked, so its rules are here once.
    """
    found: dict[tuple[State, int] | None, Memory | None] = {None: None}
    places = list(found)
    rows: list[list[int]] = []
    for place in places:  # grows while it is walked through
        row = [0] * (SET_DUE + 1)
        for rating in Rating:
            memory = scheduler.reviewed(found[place], "", rating, 0, 0)
            reached = (memory.state, memory.step)
            if reached not in found:
                found[reached] = memory
                places.append(reached)
            row[rating] = places.index(reached)
        rows.append(row)
    review = (State.REVIEW, 0)
    for place, row in zip(places, rows, strict=True):
        row[SET_DUE] = places.index(review) if place is not None else 0
    kinds = [NEW if place is None else _CODES[place[0]] for place in places]
    return np.array(rows, np.int64), np.array(kinds, np.int8)
