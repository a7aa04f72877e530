"""Browse at a hundred thousand cards and a million reviews: finding as one types, the first page, scrolling."""

from __future__ import annotations

import contextlib
import re
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Row, quantile, within
from benchmarks.place import Place
from benchmarks.program import Program
from benchmarks.shelf import shelf
from benchmarks.start import PROGRAM
from studytui.browsing.searcher import Searched, Searcher, Wanted
from studytui.search import SearchError

SEARCH_MS = 30.0
#: Typed key by key, as a learner would. The last is the line that the design promises.
TYPED = (
    "what does padding",
    '"the hidden state"',
    "deck:shelf-012 answer",
    "is:due prop:s>3 gate",
    "tag:cnn or deck:shelf-1* -is:new",
    "rated:7 prop:r<95%",
    "rated:7:4 is:review",
    "rated:365:1 image",
    "게이트 id:card-00*",
    'deck:lstm is:due tag:cnn rated:7 slip:bias prop:d>7 "forget gate"',
)


def rows(root: Path, rounds: int) -> Iterator[Row]:
    """In this process for what is found, in a terminal for what is painted."""
    place = shelf(root)
    with place.desk() as desk, contextlib.closing(Searcher(desk.search.searched)) as searcher:
        begun = time.process_time()
        searcher.renew()
        seconds = time.process_time() - begun
        yield Row("reading the texts of 100,000 cards, once, beside the first Browse", f"{seconds:.1f} s of CPU")
        counts = {line: _counts(searcher, line) for line in TYPED}
    with place.desk() as desk:
        taken = {line: [one for _ in range(rounds) for one in _found(desk.search.searched, line)] for line in TYPED}
    every = [one for each in taken.values() for one in each]
    shown = f"p50 {quantile(every, 0.5):.3g} ms, p95 {quantile(every, 0.95):.3g} ms, most {max(every):.3g} ms"
    yield Row(f"all cards that a key finds, without painting ({len(every)} keys)", shown)
    for line, each in taken.items():
        yield Row(f"… `{line}`", f"p50 {statistics.median(each):.3g} ms, most {max(each):.3g} ms")
    yield from _painted(place, rounds, counts)


def _counts(searcher: Searcher, line: str) -> list[int | None]:
    """How many cards are found behind each key; None where what stands there is no search."""
    counts: list[int | None] = []
    for end in range(1, len(line) + 1):
        try:
            counts.append(len(searcher.search(Wanted(line[:end].strip()))))
        except SearchError:
            counts.append(None)
    return counts


def _found(searched: Searched, line: str) -> Iterator[float]:
    """Milliseconds for every key of a line, at which there is something to search; nothing is known from before."""
    with contextlib.closing(Searcher(searched)) as searcher:
        searcher.search(Wanted())
        for end in range(1, len(line) + 1):
            begun = time.perf_counter()
            with contextlib.suppress(SearchError):
                searcher.search(Wanted(line[:end].strip()))
                yield _since(begun)


def _painted(place: Place, rounds: int, counts: dict[str, list[int | None]]) -> Iterator[Row]:
    with Program([PROGRAM], place.environment()) as program:
        program.wait_for(b"cards for today")
        program.drain(1)
        program.press(b"/")
        first = program.wait_until(re.compile(rb"1\d\d,\d{3} cards").search, "the number of all cards")
        yield Row("Browse: key → first page painted", f"{first:.0f} ms")
        program.drain(2)
        program.press(b"\x1b")  # from the field to the table
        program.drain(0.3)
        typed = [one for _ in range(rounds) for line in TYPED for one in _typed(program, line, counts[line])]
        note = f"{len(typed)} keys; most {max(typed):.3g} ms"
        yield within("search as one types: key → painted, p50", quantile(typed, 0.5), SEARCH_MS, "ms", note=note)
        yield within("search as one types: key → painted, p95", quantile(typed, 0.95), SEARCH_MS, "ms")
        moves = []
        for _ in range(20):
            program.press(b"j")
            moves.append(program.wait_for("▸".encode()))
            program.drain(0.05)
        yield Row("Browse: key → cursor moved, nothing searched", f"p50 {quantile(moves, 0.5):.3g} ms")
        pages = []
        for _ in range(10 * rounds):
            program.press(b"\x04")  # a page down
            pages.append(program.wait_for("▸".encode()))
            program.drain(0.05)
        yield Row(
            "Browse: key → next page painted", f"p50 {quantile(pages, 0.5):.3g} ms, p99 {quantile(pages, 0.99):.3g} ms"
        )
        program.press(b"\x1b[F")
        yield Row("Browse: key → the last of 100,000 cards painted", f"{program.wait_for('▸'.encode()):.3g} ms")


def _typed(program: Program, line: str, counts: list[int | None]) -> Iterator[float]:
    """Milliseconds until the number of cards that a key finds is painted; where it stays the same, nothing is."""
    program.press(b"/")
    program.drain(0.3)
    before = None
    for character, count in zip(line, counts, strict=True):
        program.press(character.encode())
        if count is not None and count != before:
            yield program.wait_for(f" {count:,} card".encode())
            before = count
        program.drain(0.1)
    program.press(b"\x7f" * len(line))
    program.drain(1)
    program.press(b"\x1b")
    program.drain(0.3)


def _since(begun: float) -> float:
    return 1000 * (time.perf_counter() - begun)
