"""Searching beside the screen: one thread with its own connection; only the newest search is told of."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from typing import TYPE_CHECKING

from studytui.journal.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.browsing.searcher import Searched, Searcher, Wanted


class Seeker:
    """Asks for searches; `found` is told of the keys, `renewed` of the index's progress, `failed` of errors.

    All three are told in the screen's loop. The index is renewed while nobody searches, a deck at a time.
    """

    def __init__(
        self,
        searched: Searched,
        found: Callable[[Wanted, list[int]], None],
        renewed: Callable[[int, int], None],
        failed: Callable[[str], None],
    ) -> None:
        self._searched = searched
        self._found, self._renewed, self._failed = found, renewed, failed
        self._wants: queue.SimpleQueue[Wanted | None] = queue.SimpleQueue()
        self._waiting = 0
        self._stopped = False
        self._is_stale = True
        self._looks = False
        self._searcher: Searcher | None = None
        self._closed = False
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._work, name="search", daemon=True)
        self._thread.start()

    @property
    def pending(self) -> bool:
        """Whether a search, or the end of a look at the index, has still to be told of."""
        return self._waiting > 0 or self._looks

    def want(self, wanted: Wanted) -> None:
        """Asks for a search, in place of those asked for before; what runs for them is stopped."""
        self._waiting += 1
        self._wants.put(wanted)
        if self._searcher is not None and self._waiting > 1:
            self._stopped = True
            self._searcher.stop()

    def renew(self, searched: Searched) -> None:
        """The decks have changed: the index is looked through again behind the next search."""
        self._searched = searched
        if self._searcher is not None:
            self._searcher.use(searched)
        self._is_stale = True

    def close(self) -> None:
        """Ends the thread; what it still finds is told to nobody."""
        self._closed = True
        self._wants.put(None)
        if self._searcher is not None:
            self._searcher.stop()

    def _tell(self, what: Callable[..., None], *arguments: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended: the program is closing
            self._loop.call_soon_threadsafe(self._told, what, arguments)

    def _told(self, what: Callable[..., None], arguments: tuple[object, ...]) -> None:
        if not self._closed:
            what(*arguments)

    # -- in the thread -------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        from studytui.browsing.searcher import Searcher

        try:
            searcher = self._searcher = Searcher(self._searched)
        except JournalError as error:
            self._tell(self._failed, str(error))
            return
        try:
            while (wanted := self._wants.get()) is not None:
                self._answer(searcher, wanted)
        finally:
            searcher.close()

    def _answer(self, searcher: Searcher, wanted: Wanted) -> None:
        """Answers the newest of what waits; then renews the index until something else is wanted."""
        count = 1
        while not self._wants.empty():
            later = self._wants.get()
            if later is None:
                self._wants.put(None)
                return
            wanted, count = later, count + 1
        keys = None
        while keys is None:
            self._stopped = False
            try:
                keys = searcher.search(wanted)
            except JournalError as error:
                if not self._wants.empty():
                    break
                if not self._stopped:  # else what was meant for the search before it has stopped this one
                    self._tell(self._answered, wanted, None, count, str(error))
                    return
        if keys is None or not self._is_stale:
            self._tell(self._answered, wanted, keys, count, "")
        else:
            self._tell(self._look_begins)
            self._tell(self._answered, wanted, keys, count, "")
            self._is_stale = False
            try:
                searcher.renew(self._progress)
            except JournalError as error:
                if self._stopped:  # what was meant for the search before it has stopped this: behind the next, again
                    self._is_stale = True
                else:
                    self._tell(self._failed, str(error))
            self._tell(self._look_ends)

    def _look_begins(self) -> None:
        self._looks = True

    def _look_ends(self) -> None:
        self._looks = False

    def _answered(self, wanted: Wanted, keys: list[int] | None, count: int, error: str) -> None:
        self._waiting -= count
        if error:
            self._failed(error)
        elif keys is not None and not self._waiting:
            self._found(wanted, keys)

    def _progress(self, read: int, of: int) -> bool:
        self._tell(self._renewed, read, of)
        wanted = not self._wants.empty()  # asked once: what comes between two looks would leave the index as it is
        self._is_stale = self._is_stale or (read < of and wanted)
        return self._closed or wanted
