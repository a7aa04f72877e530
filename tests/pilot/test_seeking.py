"""Searching beside the screen: what is told, and what a search that was stopped may not leave undone."""

import asyncio
import threading
import time

from studytui.browsing import searcher
from studytui.journal import JournalError
from studytui.tui.seeking import Seeker


class Straw:
    """A searcher whose first renewal goes on until it is stopped, as SQLite's interrupt stops it."""

    last = None

    def __init__(self, _):
        self.renewals, self.begun, self.stopped = 0, threading.Event(), threading.Event()
        Straw.last = self

    def search(self, wanted):
        return [wanted]

    def renew(self, progress):
        self.renewals += 1
        if self.renewals == 1:
            self.begun.set()
            assert self.stopped.wait(10)
            raise JournalError("interrupted")
        progress(3, 3)

    def stop(self):
        self.stopped.set()

    def close(self):
        pass


async def test_a_search_that_comes_while_the_index_is_renewed_leaves_none_of_it_undone(monkeypatch):
    monkeypatch.setattr(searcher, "Searcher", Straw)
    found, renewed, failed = [], [], []
    seeker = Seeker(None, lambda _, keys: found.append(keys), lambda *part: renewed.append(part), failed.append)
    seeker.want("a")
    while Straw.last is None or not Straw.last.begun.is_set():
        time.sleep(0.001)  # the loop stands still: “a” is answered, and that is not yet told
    seeker.want("b")
    async with asyncio.timeout(10):
        while not renewed:
            await asyncio.sleep(0.01)
    seeker.close()
    assert found == [["b"]]
    assert renewed == [(3, 3)]
    assert failed == []
