"""Counting statistics beside the screen: one thread with its own connections; only what was wanted last is told."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.browsing.searcher import Searched
    from studytui.journal.counting import Counter
    from studytui.statistics.model import Period, Statistics


@frozen
class Wanted:
    """What is to be counted. `decks` is None for all; `cards` is what `search` finds, None where that is not known."""

    period: Period
    decks: tuple[str, ...] | None = None
    search: str = ""
    cards: tuple[str, ...] | None = None

    @property
    def is_searched(self) -> bool:
        """Whether its cards must be searched for first."""
        return bool(self.search) and self.cards is None


class Counting:
    """Counts what is wanted, in place of what was wanted before; that is stopped.

    `told` hears, in the screen's loop, what was counted with the cards that a search has found, or of the problem.
    """

    def __init__(self, searched: Searched, told: Callable[[Wanted, Statistics | Problem], None]) -> None:
        self._searched = searched
        self._told = told
        self._wants: queue.SimpleQueue[tuple[int, Wanted] | None] = queue.SimpleQueue()
        self._newest = self._current = self._done = 0
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._work, name="count", daemon=True).start()

    @property
    def pending(self) -> bool:
        """Whether something has still to be told of."""
        return self._done < self._newest

    def want(self, wanted: Wanted) -> None:
        """Asks for statistics."""
        self._newest += 1
        self._wants.put((self._newest, wanted))

    def close(self) -> None:
        """Ends the thread; nothing more is told."""
        self._newest += 1
        self._done = self._newest
        self._wants.put(None)

    def _hear(self, number: int, wanted: Wanted, found: Statistics | Problem) -> None:
        if number == self._newest > self._done:
            self._done = number
            self._told(wanted, found)

    # -- in the thread -------------------------------------------------------------------------------------------------

    def _goes_on(self) -> bool:
        return self._current == self._newest

    def _work(self) -> None:
        from studytui.journal.counting import Counter

        with contextlib.ExitStack() as stack:
            counter: Counter | None = None
            while (next_ := self._wants.get()) is not None:
                self._current, wanted = next_
                if not self._goes_on():
                    continue
                found: Statistics | Problem
                try:
                    if counter is None:
                        counter = Counter(self._searched.journal, self._searched.scheduler, self._goes_on)
                        stack.enter_context(counter)
                    wanted = self._with_cards(wanted)
                    found = self._count(counter, wanted)
                except Problem as problem:
                    found = problem
                with contextlib.suppress(RuntimeError):  # the loop has ended: the program is closing
                    self._loop.call_soon_threadsafe(self._hear, self._current, wanted, found)

    def _with_cards(self, wanted: Wanted) -> Wanted:
        """The first search of all reads the texts of the decks; that ends, too, when it is no longer wanted."""
        if not wanted.is_searched:
            return wanted
        from studytui.browsing.searcher import found

        return replace(wanted, cards=tuple(found(self._searched, wanted.search, lambda *_: not self._goes_on())))

    def _count(self, counter: Counter, wanted: Wanted) -> Statistics:
        from studytui.statistics.model import Statistics

        moment, all_ = self._searched.clock(), wanted.decks is None
        decks = tuple(self._searched.decks) if wanted.decks is None else wanted.decks
        tables = counter.count(moment, wanted.period, decks, everything=all_, cards=wanted.cards)
        # Drawing needs it, and importing it takes as long as to count a small collection: not in the screen's loop.
        from studytui.statistics.studied import iso
        from studytui.tui.widgets import plot  # noqa: F401

        today = iso(self._searched.scheduler.day_of(moment))
        return Statistics(today, wanted.period, wanted.decks, wanted.search, tables)
