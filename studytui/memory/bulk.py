"""The reviews of many cards folded at once: what `Scheduler.reviewed` gives one after the other, bit for bit.

Stability and difficulty come from fsrs-rs, which folds whole histories with the arithmetic that it has for one step.
Learning steps are an automaton that knows nothing of FSRS; its table is asked of the scheduler. What is left is the day
on which a card comes: it needs the last interval, and the one before where that can make a difference. Cards whose
calendar went back are folded one review at a time. Imports numpy: it is for a rebuild, not for a sitting.
"""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from studytui.frozen import frozen
from studytui.memory.fuzz import chance
from studytui.memory.model import Memory, Rating, State
from studytui.memory.schedule import LONGEST_INTERVAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import fsrs_rs_python as fsrs

    from studytui.memory.schedule import Scheduler

    Array = np.ndarray[Any, np.dtype[Any]]
    #: The fields of a Memory, in their order; the state by its name.
    MemoryRow = tuple[str, str, float, float, int, int, int, int, int, int, int, int]

#: Cards that are best folded together: so many keep arrays long and the memory that they take small.
CHUNK = 8_192

_INTERVALS = attrgetter("again.interval", "hard.interval", "good.interval", "easy.interval")
_STABILITY, _DIFFICULTY = attrgetter("stability"), attrgetter("difficulty")


@frozen
class Reviews:
    """Reviews card by card, each card's in the order of the journal; `card` is an index into `ids`, growing.

    `spread` is where each was put among the possible days, not a number where that was left to chance.
    """

    ids: Sequence[str]
    card: Array
    time_ms: Array
    day: Array
    rating: Array
    spread: Array


def folded(parts: Iterable[Reviews], scheduler: Scheduler) -> Iterator[list[MemoryRow]]:
    """Where the reviews lead each card that has any; all reviews of a card are in one part."""
    steps = _Steps(scheduler)
    for reviews in parts:
        if len(reviews.card):
            yield list(_Chunk(reviews, scheduler, steps).memories())


class _Steps:
    """Learning steps as a table of places: `after[place, rating - 1]` and the milliseconds to wait there.

    Place 0 is a new card. The table holds what the scheduler says of each place that can be come to.
    """

    def __init__(self, scheduler: Scheduler) -> None:
        places: list[tuple[State | None, int]] = [(None, 0), (State.REVIEW, 0)]
        after, delays = [], []
        for place in places:  # grows on the way
            row, waits = [], []
            for rating in Rating:
                known = _at(place)
                memory = scheduler.reviewed(known, "", rating, 0, 0)
                reached = (memory.state, memory.step)
                if reached not in places:
                    places.append(reached)
                row.append(places.index(reached))
                waits.append(memory.due_ms)
            after.append(row)
            delays.append(waits)
        self.after, self.delays = np.array(after), np.array(delays)
        self.states = [state.value if state is not None else "" for state, _ in places]
        self.done = [step for _, step in places]


def _at(place: tuple[State | None, int]) -> Memory | None:
    state, step = place
    return Memory("", state, 1.0, 5.0, 0, 0, step, 0, 0, 1, 0, 0) if state is not None else None


_REVIEW = 1  # the place of a card in review
#: An interval that is worked out here, not by fsrs-rs, is not off by more than this part of it.
_DOUBT = 1e-4


class _Chunk:
    """Some cards with all their reviews, each card's together and in their order."""

    def __init__(self, reviews: Reviews, scheduler: Scheduler, steps: _Steps) -> None:
        self.scheduler, self.steps = scheduler, steps
        counts = np.bincount(reviews.card)
        cards = np.flatnonzero(counts)
        self.ids = [reviews.ids[card] for card in cards.tolist()]
        self.counts = counts[cards]
        self.last = np.cumsum(self.counts) - 1
        self.first = self.last + 1 - self.counts
        self.time, self.day, self.rating, self.spread = reviews.time_ms, reviews.day, reviews.rating, reviews.spread
        self.elapsed = np.diff(self.day, prepend=self.day[:1])
        self.elapsed[self.first] = 0

    def memories(self) -> Iterator[MemoryRow]:
        """Each card's memory."""
        back = np.logical_or.reduceat(self.elapsed < 0, self.first)
        places, lapses = self._walk()
        place, rating = places[self.last], self.rating[self.last] - 1
        reached, delays = self.steps.after[place, rating], self.steps.delays[place, rating]
        time, day = self.time[self.last], self.day[self.last]
        in_review = reached == _REVIEW
        states = self._remembered()
        intervals = np.zeros(len(day), int)
        intervals[in_review & ~back] = self._intervals(self.last[in_review & ~back], states, places)
        final = [states[last] for last in self.last.tolist()]
        columns = (
            self.ids, [self.steps.states[one] for one in reached.tolist()],
            map(_STABILITY, final), map(_DIFFICULTY, final),
            (day + intervals).tolist(), np.where(in_review, 0, time + delays).tolist(),
            [self.steps.done[one] for one in reached.tolist()], time.tolist(), day.tolist(),
            self.counts.tolist(), lapses.tolist(), self.day[self.first].tolist(),
        )  # fmt: skip
        for number, (went_back, memory) in enumerate(zip(back.tolist(), zip(*columns, strict=True), strict=True)):
            yield self._one_by_one(number) if went_back else memory

    def _one_by_one(self, number: int) -> MemoryRow:
        """A card whose calendar went back."""
        card, memory = self.ids[number], None
        for index in range(self.first[number], self.last[number] + 1):
            rating = Rating(int(self.rating[index]))
            spread = None if np.isnan(self.spread[index]) else float(self.spread[index])
            memory = self.scheduler.reviewed(memory, card, rating, int(self.time[index]), int(self.day[index]), spread)
        assert memory is not None  # noqa: S101 - every card has a review
        return (
            card, memory.state.value, memory.stability, memory.difficulty, memory.due_day, memory.due_ms, memory.step,
            memory.last_ms, memory.last_day, memory.reviews, memory.lapses, memory.first_day,
        )  # fmt: skip

    def _walk(self) -> tuple[Array, Array]:
        """The place before each review, and how often each card lapsed: all first reviews, then all second ones."""
        places, lapses = np.zeros(len(self.day), int), np.zeros(len(self.counts), int)
        cards = np.argsort(-self.counts, kind="stable")
        firsts, counts = self.first[cards], self.counts[cards]
        place = np.zeros(len(cards), int)
        going = len(cards)
        for number in range(int(counts[0])):
            going = int(np.searchsorted(-counts[:going], -number))
            at = firsts[:going] + number
            place = place[:going]
            places[at] = place
            rating = self.rating[at]
            lapses[cards[:going]] += (place == _REVIEW) & (rating == Rating.AGAIN)
            place = self.steps.after[place, rating - 1]
        return places, lapses

    def _remembered(self) -> list[fsrs.MemoryState]:
        """Stability and difficulty after each review."""
        import fsrs_rs_python

        packed = np.clip(self.elapsed, 0, LONGEST_INTERVAL) * 8 + self.rating
        kinds = np.flatnonzero(np.bincount(packed))
        made = np.empty(int(packed.max()) + 1, object)
        made[kinds] = [fsrs_rs_python.FSRSReview(kind % 8, kind // 8) for kind in kinds.tolist()]
        all_reviews = made[packed].tolist()
        items = [
            fsrs_rs_python.FSRSItem(all_reviews[first : last + 1])
            for first, last in zip(self.first.tolist(), self.last.tolist(), strict=True)
        ]
        engine = fsrs_rs_python.FSRS(self.scheduler.parameters)
        return list(chain.from_iterable(engine.historical_memory_state_batch(items)))

    # -- intervals -----------------------------------------------------------------------------------------------------

    def _intervals(self, at: Array, states: Sequence[fsrs.MemoryState], places: Array) -> Array:
        """The whole days that some reviews, each of which leads to a card in review, give.

        What the interval before was decides nothing for most of them: neither the shortest nor the longest that it can
        have been would make another one of this. Only where they would, the review before is looked at, and so on.
        """
        asked: list[tuple[_Given, Array]] = []
        while len(at):
            given = _Given(self, at, states, places)
            open_ = (given.whole(np.zeros(len(at), int)) != given.longest(*given.before())) & (places[at] == _REVIEW)
            asked.append((given, open_))
            at = at[open_] - 1
        found = np.zeros(0, int)
        for given, open_ in reversed(asked):
            before = np.zeros(len(open_), int)
            before[open_] = found
            found = given.whole(before)
        return found


class _Given:
    """What FSRS gives for each rating at some reviews, and what else their whole days depend on."""

    def __init__(self, chunk: _Chunk, at: Array, states: Sequence[fsrs.MemoryState], places: Array) -> None:
        scheduler = chunk.scheduler
        card = np.searchsorted(chunk.last, at)
        ids = [chunk.ids[number] for number in card.tolist()]
        self.second = at - chunk.first[card] == 1
        remembered = [
            states[index - 1] if index != first else None
            for index, first in zip(at.tolist(), chunk.first[card].tolist(), strict=True)
        ]
        elapsed = np.clip(chunk.elapsed[at], 0, LONGEST_INTERVAL).tolist()
        following = list(map(scheduler.next_states, remembered, map(scheduler.retention_of, ids), elapsed))
        self.intervals = np.array(list(map(_INTERVALS, following))).reshape(-1, 4).T
        # An interval is the stability times what the desired retention makes of it.
        kept = np.array([_STABILITY(state) if state is not None else 0.0 for state in remembered])
        self.interval_before = kept * self.intervals[2] / np.array([_STABILITY(each.good.memory) for each in following])
        spread = chunk.spread[at]
        self.where = np.where(np.isnan(spread), np.array(list(map(chance, ids, chunk.day[at].tolist()))), spread)
        self.rating, self.rating_before = chunk.rating[at], chunk.rating[at - 1]
        self.hard_graduates = chunk.steps.after[places[at], Rating.HARD - 1] == _REVIEW
        self.most = scheduler.maximum_interval
        self.is_ordered = scheduler.is_ordered

    def before(self) -> tuple[Array, Array]:
        """The shortest and the longest that the interval before each can have been, if there was one."""
        if not self.is_ordered:
            return np.zeros(len(self.rating), int), np.full(len(self.rating), self.most)
        one = np.ones(len(self.rating), int)
        least = self._possible(self.interval_before * (1 - _DOUBT), one)[0]
        # One that grows is taken to the next day, and each rating's for longer than that of the rating below.
        grown = self.interval_before * (1 + _DOUBT) + 0.5
        hard = self._possible(grown, one)[1]
        good = self._possible(grown, hard + 1)[1]
        easy = self._possible(grown, good + 1)[1]
        most = np.array([hard, hard, good, easy])[self.rating_before - 1, np.arange(len(one))]
        # After a lapse hard may have shortened it, and what a first answer leaves is not in the order of the ratings.
        least[(self.rating_before == Rating.AGAIN) | self.second] = 0
        most[self.second] = self.most
        return np.minimum(least, self.most), np.minimum(most, self.most)

    def whole(self, before: Array) -> Array:
        """The days that `Turn` gives for each."""

        def growing(interval: Array, least: Array) -> Array:
            """How long it is at least, as `Turn` has it."""
            grows = (before > 0) & (before >= least) & (interval >= before + 0.5)
            return np.where(grows, before + 1, least)

        return self._whole(growing)

    def longest(self, least_before: Array, most_before: Array) -> Array:
        """The most that `whole` gives for any interval before that lies between these."""

        def growing(interval: Array, least: Array) -> Array:
            grown = np.minimum(most_before + 1, np.floor(interval + 0.5).astype(int))
            return np.where(interval >= least_before + 0.5, np.maximum(grown, least), least)

        return self._whole(growing)

    def _whole(self, growing: Callable[[Array, Array], Array]) -> Array:
        again, hard, good, easy = self.intervals
        one = np.ones(len(hard), int)
        hard = np.where(self.hard_graduates, self._days(hard, growing(hard, one)), 0)
        again = np.minimum(self._days(again, one), hard)
        good = self._days(good, growing(good, hard + 1))
        easy = self._days(easy, growing(easy, good + 1))
        chosen: Array = np.array([again, hard, good, easy])[self.rating - 1, np.arange(len(one))]
        return chosen

    def _days(self, interval: Array, least: Array) -> Array:
        """`fuzz.whole_days` for each."""
        low, high = self._possible(interval, least)
        whole: Array = np.where(least >= self.most, self.most, low + (self.where * (1 + high - low)).astype(int))
        return whole

    def _possible(self, interval: Array, least: Array) -> tuple[Array, Array]:
        """The days between which the fuzz puts each."""
        most = self.most
        interval = np.minimum(np.maximum(interval, least), most)
        spread = np.where(
            interval < 7,
            1.0 + 0.15 * (interval - 2.5),
            np.where(interval < 20, 1.675 + 0.1 * (interval - 7), 2.975 + 0.05 * (interval - 20)),
        )
        spread[interval < 2.5] = 0.0
        low = np.maximum(np.rint(interval - spread).astype(int), least)
        high = np.minimum(np.rint(interval + spread).astype(int), most)
        high += (low == high) & (high > 2) & (high < most)
        return low, high
