"""The queue of one sitting: which card comes next. Pure: what is due, and the moment, are passed in."""

from __future__ import annotations

import heapq
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.memory.model import State
from studytui.memory.schedule import LEARN_AHEAD_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytui.memory.model import Memory, Moment


@frozen
class DueCard:
    """A card for today. Cards of one `family` (unless it is empty) are siblings; `due_ms` is for learning cards."""

    card: str
    deck: str = ""
    family: str = ""
    due_ms: int = 0


@frozen
class Due:
    """What the journal has for today: each list in the order of asking, `until_ms` the end of the day."""

    day: int
    until_ms: int
    learning: tuple[DueCard, ...] = ()
    review: tuple[DueCard, ...] = ()
    new: tuple[DueCard, ...] = ()


class Order(StrEnum):
    """Which reviews come first: the longest due, in random order within a day; the best remembered; as decks have them.

    When more is due than can be asked, the best remembered first loses least: a card that is nearly forgotten costs no
    more when it waits a week longer, but one that is still known is saved. BACKLOG does so on such days alone, and is
    DUE on all others.
    """

    DUE = "due"
    RETRIEVABILITY = "retrievability"
    DECK = "deck"
    BACKLOG = "backlog"


class Mix(StrEnum):
    """Where new cards go among reviews."""

    SPREAD = "spread"
    NEW_FIRST = "first"
    REVIEWS_FIRST = "last"


class _Kind(StrEnum):
    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"


class Queue:
    """The cards of one sitting. The card that `next` names stays until `after`, `remove` or `put_back` moves it.

    Each step takes time in the logarithm of the number of cards at most: what has been moved stays in its old place and
    is passed over there, by its number.
    """

    def __init__(self, due: Due, *, mix: Mix = Mix.SPREAD, learn_ahead_ms: int = LEARN_AHEAD_MS) -> None:
        self._until_ms = due.until_ms
        self._ahead_ms = learn_ahead_ms
        self._numbers = count()
        self._alive: dict[str, tuple[int, _Kind]] = {}
        self._counts = dict.fromkeys(_Kind, 0)
        self._front: list[tuple[int, str]] = []
        self._waiting: list[tuple[int, int, str]] = []
        self._last = ""
        self._latest_ms: int | None = None
        learning, review, new = _without_siblings(due)
        for card in learning:
            self._wait(card.card, card.due_ms)
        self._main = [(self._enter(card, kind), card) for card, kind in _mixed(review, new, mix)]
        self._main.reverse()

    def next(self, now: Moment) -> str | None:
        """The card to ask now; None when nothing is left, or only learning cards that are still to wait.

        What was put back comes first, then learning cards whose step has come, then reviews and new cards, and at last
        learning cards a little before their time, the one just answered only when there is no other.
        """
        self._follow_clock(now.ms)
        front = self._top(self._front)
        if front is not None:
            return front
        head = self._first_waiting()
        if head is not None and head[0] <= now.ms:
            return head[2]
        main = self._top(self._main)
        if main is not None:
            return main
        return self._ahead_of_time(now.ms + self._ahead_ms)

    def behind(self, card: str | None) -> str | None:
        """The review or new card that comes after a card that is shown, if no learning card comes before it."""
        behind = (each for number, each in reversed(self._main) if each != card and self._stands(number, each))
        return next(behind, None)

    def next_due_ms(self) -> int | None:
        """When the next learning card of today comes; None without one."""
        head = self._first_waiting()
        return head[0] if head is not None else None

    def counts(self) -> tuple[int, int, int]:
        """New, learning and review cards still to come, the one that `next` names included."""
        return self._counts[_Kind.NEW], self._counts[_Kind.LEARNING], self._counts[_Kind.REVIEW]

    def after(self, card: str, memory: Memory | None) -> None:
        """Moves a card on after its review: learning cards come again today, if their step ends today."""
        self.remove(card)
        self._last = card
        if memory is not None and memory.state is not State.REVIEW and memory.due_ms < self._until_ms:
            self._wait(card, memory.due_ms)

    def remove(self, card: str) -> None:
        """Takes a card out of the sitting."""
        place = self._alive.pop(card, None)
        if place is not None:
            self._counts[place[1]] -= 1

    def put_back(self, card: str, memory: Memory | None) -> None:
        """Brings a card to the front, as what its memory makes it: for an undo, or to ask it once more."""
        self.remove(card)
        self._front.append((self._enter(card, _kind(memory)), card))

    def at_the_end(self, card: str, memory: Memory | None) -> None:
        """Asks a card once more, after all others but those in learning."""
        self.remove(card)
        self._main.insert(0, (self._enter(card, _kind(memory)), card))

    def clear(self) -> None:
        """Takes all cards out of the sitting."""
        for card in list(self._alive):
            self.remove(card)

    # -- places ------------------------------------------------------------------------------------------------------

    def _enter(self, card: str, kind: _Kind) -> int:
        number = next(self._numbers)
        self._alive[card] = number, kind
        self._counts[kind] += 1
        return number

    def _wait(self, card: str, due_ms: int) -> None:
        heapq.heappush(self._waiting, (due_ms, self._enter(card, _Kind.LEARNING), card))

    def _stands(self, number: int, card: str) -> bool:
        place = self._alive.get(card)
        return place is not None and place[0] == number

    def _top(self, stack: list[tuple[int, str]]) -> str | None:
        while stack and not self._stands(*stack[-1]):
            stack.pop()
        return stack[-1][1] if stack else None

    def _first_waiting(self) -> tuple[int, int, str] | None:
        while self._waiting and not self._stands(*self._waiting[0][1:]):
            heapq.heappop(self._waiting)
        return self._waiting[0] if self._waiting else None

    def _ahead_of_time(self, horizon_ms: int) -> str | None:
        head = self._first_waiting()
        if head is None or head[0] > horizon_ms:
            return None
        if head[2] != self._last:
            return head[2]
        heapq.heappop(self._waiting)
        second = self._first_waiting()
        heapq.heappush(self._waiting, head)
        return second[2] if second is not None and second[0] <= horizon_ms else head[2]

    def _follow_clock(self, now_ms: int) -> None:
        """When the clock was set back, the waiting cards come as much earlier: a step is as long as it was."""
        if self._latest_ms is not None and now_ms < self._latest_ms:
            back = self._latest_ms - now_ms
            self._waiting = [(due - back, number, card) for due, number, card in self._waiting]
        self._latest_ms = now_ms


def _kind(memory: Memory | None) -> _Kind:
    if memory is None:
        return _Kind.NEW
    return _Kind.REVIEW if memory.state is State.REVIEW else _Kind.LEARNING


def _without_siblings(due: Due) -> tuple[list[DueCard], list[DueCard], list[DueCard]]:
    """Each card once, and of each family its learning cards, or else its first review, or else its first new card."""
    cards: set[str] = set()
    families: set[str] = set()

    def taken(candidates: Sequence[DueCard], *, siblings: bool) -> Iterator[DueCard]:
        for candidate in candidates:
            if candidate.card in cards or (candidate.family and candidate.family in families and not siblings):
                continue
            cards.add(candidate.card)
            families.add(candidate.family)
            yield candidate

    learning = list(taken(due.learning, siblings=True))
    review = list(taken(due.review, siblings=False))
    return learning, review, list(taken(due.new, siblings=False))


def _mixed(review: list[DueCard], new: list[DueCard], mix: Mix) -> list[tuple[str, _Kind]]:
    reviews = [(card.card, _Kind.REVIEW) for card in review]
    fresh = [(card.card, _Kind.NEW) for card in new]
    if mix is Mix.NEW_FIRST:
        return fresh + reviews
    if mix is Mix.REVIEWS_FIRST:
        return reviews + fresh
    return [card for _, _, card in sorted((*_spaced(reviews, 1), *_spaced(fresh, 0)))]


def _spaced(cards: list[tuple[str, _Kind]], rank: int) -> Iterator[tuple[float, int, tuple[str, _Kind]]]:
    """Places from 0 to 1 at equal distances, so that two lists sorted together are spread evenly among each other."""
    for index, card in enumerate(cards, start=1):
        yield index / (len(cards) + 1), rank, card
