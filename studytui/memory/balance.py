"""On which of its possible days a review is put: one with little to do, and few cards on easy days. Pure.

An interval's possible days are those of the fuzz, so memory suffers as little as from chance. What is chosen is a place
among them, from 0 to 1, which the review records: a replay puts it there again, whatever else was due at the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from studytui.memory.model import Memory

#: Intervals beyond this many days are not balanced by what is due then: until that day all will have changed.
HORIZON = 90
#: The days for which counts are needed: those to which the fuzz can carry an interval within the horizon.
COUNTED = HORIZON + 7
#: No more places are tried: a day more than a week has. Each costs two microseconds of a key press.
_PLACES = 8
#: More than any day has cards: a day on which there should be none is taken only when all are such.
_NEVER = 1e9


class Load:
    """How many cards are due on each day, and the share of a usual day's cards that the weekdays should have.

    `counts` is asked for when it is first needed; None takes no account of what is due. Shares are by weekday from
    Monday, 0; a day without one has a usual day's.
    """

    def __init__(self, counts: Callable[[], Mapping[int, int]] | None, shares: Iterable[tuple[int, float]]) -> None:
        self._ask, self._shares = counts, dict(shares)
        self._counts: dict[int, int] | None = None

    @property
    def matters(self) -> bool:
        """Whether any day is to be preferred to another."""
        return self._ask is not None or bool(self._shares)

    def weight(self, day: int, interval: int) -> float:
        """How much there is to do on a day, measured by what it should have."""
        count = 0
        if self._ask is not None and interval <= HORIZON:
            if self._counts is None:
                self._counts = dict(self._ask())
            count = self._counts.get(day, 0)
        share = self._shares.get((day + 3) % 7, 1.0) if self._shares else 1.0  # 1970-01-01 was a Thursday
        return (count + 1) / share if share else _NEVER + count

    def moved(self, before: Memory | None, after: Memory) -> None:
        """A card is due on another day than before."""
        if self._counts is not None:
            if before is not None and not before.due_ms:
                self._counts[before.due_day] = self._counts.get(before.due_day, 0) - 1
            if not after.due_ms:
                self._counts[after.due_day] = self._counts.get(after.due_day, 0) + 1

    def forget(self) -> None:
        """Something else has changed what is due: it is asked for again."""
        self._counts = None


def places(interval: float) -> tuple[float, ...]:
    """Places among the possible days of an interval, from 0 to 1: about one a day."""
    days = 1 if interval < 2.5 else 3 + int(interval * (0.3 if interval < 20 else 0.15))
    count = min(days, _PLACES)
    return tuple([(index + 0.5) / count for index in range(count)])
