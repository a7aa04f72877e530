"""A card's turn: what each rating would leave of its memory, and on which days its interval is best put. Pure.

A turn asks FSRS once, however many ratings are looked at: the learner waits for it at every answer.
"""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from studytui.memory.balance import places
from studytui.memory.fuzz import chance, possible_days, whole_days
from studytui.memory.model import Memory, Rating, State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studytui.memory.balance import Load
    from studytui.memory.schedule import Scheduler

#: FSRS's states by rating, in the order of their numbers, which begin at 1.
_OF = (attrgetter("again"), attrgetter("hard"), attrgetter("good"), attrgetter("easy"))

_BETTER = (Rating.HARD, Rating.GOOD, Rating.EASY)


class Turn:
    """What can become of a card that is answered at a time, on a day; a memory of None is a new card."""

    def __init__(self, scheduler: Scheduler, memory: Memory | None, card: str, time_ms: int, day: int) -> None:
        self._scheduler, self._memory, self._card, self._time_ms = scheduler, memory, card, time_ms
        self._day, self._states = scheduler.outcomes(memory, card, day)

    @cached_property
    def _chance(self) -> float:
        return chance(self._card, self._day)

    def options(self, spreads: Mapping[Rating, float] | None = None) -> dict[Rating, Memory]:
        """The memory that each rating would leave, put where `spreads` says."""
        chosen = spreads or {}
        return {rating: self.after(rating, chosen.get(rating)) for rating in Rating}

    def after(self, rating: Rating, spread: float | None = None) -> Memory:
        """The memory that a rating leaves.

        `spread` is where among the possible days it was put, when it was not left to chance.
        """
        memory, last = self._memory, self._day
        learning = self._scheduler.step(memory, rating)
        if learning is None:
            state, step, due_ms = State.REVIEW, 0, 0
            due_day = last + self._lengths(rating, (self._chance if spread is None else spread,))[0]
        else:
            step, delay = learning
            state = State.LEARNING if memory is None or memory.state is State.LEARNING else State.RELEARNING
            due_day, due_ms = last, self._time_ms + delay
        lapsed = memory is not None and memory.state is State.REVIEW and rating is Rating.AGAIN
        left = _OF[rating - 1](self._states).memory
        return Memory(
            self._card,
            state,
            left.stability,
            left.difficulty,
            due_day,
            due_ms,
            step,
            self._time_ms,
            last,
            memory.reviews + 1 if memory is not None else 1,
            (memory.lapses if memory is not None else 0) + lapsed,
            memory.first_day if memory is not None else last,
        )

    def spreads(self, load: Load) -> dict[Rating, float]:
        """Where each rating's interval is best put; one that chance puts as well is not named.

        Whatever is chosen, again stays no longer than hard, hard shorter than good, and good than easy.
        """
        if not load.matters or not any(self._graduates(rating) for rating in Rating):
            return {}
        own, most = self._chance, self._scheduler.maximum_interval
        found: dict[Rating, float] = {}
        days, before = 0, own
        if self._graduates(Rating.AGAIN):  # left to chance, and hard is not to come before it
            days = self._lengths(Rating.AGAIN, (own,))[0] - 1
        for rating in _BETTER:
            if not self._graduates(rating):
                continue
            best: tuple[float, float, int] | None = None
            weighed = set()
            tried = (own, before, *places(_OF[rating - 1](self._states).interval))
            for where, length in zip(tried, self._lengths(rating, tried), strict=True):
                if length not in weighed and (length > days or length == most):
                    weighed.add(length)
                    weight = load.weight(self._day + length, length)
                    if best is None or weight < best[0]:
                        best = weight, where, length
            if best is not None:  # the place of the rating before is always possible
                _, before, days = best
                if before != own:
                    found[rating] = before
        return found

    def _graduates(self, rating: Rating) -> bool:
        return self._scheduler.step(self._memory, rating) is None

    def _lengths(self, rating: Rating, where: Sequence[float]) -> list[int]:
        """Whole days at each of some places: at least 1, and hard < good < easy up to the maximum."""
        states, hard = self._states, [0] * len(where)
        if self._graduates(Rating.HARD):
            hard = self._longer(hard, states.hard.interval, where)
        if rating is Rating.HARD:
            return hard
        if rating is Rating.AGAIN:
            most = self._scheduler.maximum_interval
            again = [whole_days(states.again.interval, place, 1, most) for place in where]
            return list(map(min, again, hard))
        good = self._longer(hard, states.good.interval, where)
        return good if rating is Rating.GOOD else self._longer(good, states.easy.interval, where)

    def _longer(self, shorter: Sequence[int], interval: float, where: Sequence[float]) -> list[int]:
        """An interval at each place, longer than the one that the rating before has there.

        What FSRS lengthens also grows in whole days, which the spread alone might hide (Anki does the same).
        """
        memory, most, before = self._memory, self._scheduler.maximum_interval, 0
        if memory is not None and memory.state is State.REVIEW:
            before = memory.due_day - memory.last_day
        grown = before + 1 if before and interval >= before + 0.5 else 0
        first, count = possible_days(interval, max(grown, 1), most)
        if max(shorter) < first:  # mostly: then nothing is pushed
            return [first + int(place * count) for place in where]
        pushed = {days: possible_days(interval, max(days + 1, grown), most) for days in set(shorter)}
        return [pushed[days][0] + int(place * pushed[days][1]) for days, place in zip(shorter, where, strict=True)]
