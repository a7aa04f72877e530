"""Browse at a hundred thousand cards and a million reviews: finding as one types, the first page, scrolling."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import statistics
import time
from collections.abc import Iterator

from benchmarks.collection import DAY_MS
from benchmarks.figures import Row, quantile, within
from benchmarks.place import Place
from benchmarks.program import Program
from benchmarks.start import PROGRAM
from studytui.browsing.searcher import Searcher, Wanted
from studytui.journal.errors import JournalError
from studytui.search import SearchError

REVIEWS = 1_000_000
SEARCH_MS = 30.0
#: Typed key by key, as a learner would.
_TYPED = (
    "question 012-03",
    "deck:deck-012 answer",
    "is:due prop:s>3 answer",
    "tag:x or deck:deck-1* -is:new",
    "rated:7 prop:r<95%",
    "rated:7:4 is:review",
)
_AGO = (
    "INSERT INTO reviews"
    "(card, time, offset, day, action, rating, verdict, typed, seed, givens, slip, duration, engine) "
    "SELECT card, time - :ms, 0, day - :days, 'review', 1 + id % 4, '', '', 0, '', iif(id % 50, '', 'no_bias'), 5000, "
    "'benchmark' FROM reviews WHERE id <= :last"
)


def rows(large: Place, rounds: int) -> Iterator[Row]:
    """In this process for what is found, in a terminal for what is painted."""
    place = large.copy("browse", new_per_day=0)
    _fill(place)
    with place.desk() as desk, contextlib.closing(Searcher(desk.searched)) as searcher:
        begun = time.perf_counter()
        searcher.renew()
        yield Row("reading the texts of 100,000 cards, once, beside the first Browse", f"{_since(begun) / 1000:.1f} s")
        searcher.search(Wanted())
        taken = {line: _typed(searcher, line, rounds) for line in _TYPED}
        every = [one for each in taken.values() for one in each]
        note = f"{len(every)} keys; most {max(every):.3g} ms"
        yield within(
            "search as one types, all cards that are found, p50", quantile(every, 0.5), SEARCH_MS, "ms", note=note
        )
        yield within("search as one types, p95", quantile(every, 0.95), SEARCH_MS, "ms")
        for line, each in taken.items():
            yield Row(f"… `{line}`", f"p50 {statistics.median(each):.3g} ms, most {max(each):.3g} ms")
    yield from _painted(place, rounds)


def _fill(place: Place) -> None:
    """Nine earlier reviews of every card. No memory is derived from them: Browse reads what is there."""
    with contextlib.closing(sqlite3.connect(place.journal)) as connection, connection:
        last = connection.execute("SELECT max(id) FROM reviews").fetchone()[0]
        for ago in range(1, REVIEWS // last):
            connection.execute(_AGO, {"ms": ago * 20 * DAY_MS, "days": ago * 20, "last": last})


def _typed(searcher: Searcher, line: str, rounds: int) -> list[float]:
    """Milliseconds for every key at which there is something to search."""
    taken = []
    for _ in range(rounds):
        for end in range(1, len(line) + 1):
            begun = time.perf_counter()
            with contextlib.suppress(SearchError, JournalError):
                searcher.search(Wanted(line[:end]))
                taken.append(_since(begun))
    return taken


def _painted(place: Place, rounds: int) -> Iterator[Row]:
    with Program([PROGRAM], place.environment()) as program:
        program.wait_for(b"cards for today")
        program.drain(1)
        program.press(b"/")
        first = program.wait_until(re.compile(rb"1\d\d,\d{3} cards").search, "the number of all cards")
        yield Row("Browse: key → first page painted", f"{first:.0f} ms")
        program.drain(2)
        _type(program, b"deck:deck-*")
        program.press(b"\r")
        program.drain(2)
        pages = []
        for _ in range(10 * rounds):
            program.press(b"\x04")  # a page down
            pages.append(program.wait_for(b"Question"))
            program.drain(0.05)
        yield Row(
            "Browse: key → next page painted", f"p50 {quantile(pages, 0.5):.3g} ms, p99 {quantile(pages, 0.99):.3g} ms"
        )
        program.press(b"\x1b[F")
        yield Row("Browse: key → the last of 100,000 cards painted", f"{program.wait_for(b'Question'):.3g} ms")
        _type(program, b" 012-034")
        program.press(b"5")
        yield Row("Browse: key → what it finds painted", f"{program.wait_for(b'1 card'):.3g} ms")


def _type(program: Program, text: bytes) -> None:
    """Into the search field, and waits until all is found."""
    program.press(b"/")
    program.drain(0.5)
    program.press(text)
    program.drain(2)


def _since(begun: float) -> float:
    return 1000 * (time.perf_counter() - begun)
