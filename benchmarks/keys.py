"""From a key to what it paints, with a hundred thousand cards and every review on the disk before the next card."""

from __future__ import annotations

import contextlib
import os
import random
import re
import sqlite3
import statistics
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.figures import Row, quantile, within
from benchmarks.place import Place
from benchmarks.program import Program
from benchmarks.start import PROGRAM

P50_MS, P99_MS = 6.0, 20.0
_QUESTION = re.compile(rb"Question (\d{3}-\d{4})")


def rows(large: Place, presses: int) -> Iterator[Row]:
    """Space reveals, 3 rates: each is timed until its words are painted."""
    verdicts, cards, lost = _answer(large.copy("keys", new_per_day=0, reviews_per_day=9_999), presses)
    floor = statistics.median(_appends(large.folder / "floor"))
    note = f"{presses} presses; a bare 4 KiB append and fdatasync here: {floor:.2f} ms"
    yield within("key → next card painted, p50", quantile(cards, 0.50), P50_MS, "ms", note=note)
    yield within("key → next card painted, p99", quantile(cards, 0.99), P99_MS, "ms", note=f"most {max(cards):.3g}")
    yield Row("reviews not in the journal when the next card was painted", str(lost), "0", lost == 0)
    verdict = f"p50 {quantile(verdicts, 0.50):.3g} ms, p99 {quantile(verdicts, 0.99):.3g} ms"
    yield Row("key → answer painted", verdict)


def _answer(place: Place, presses: int) -> tuple[list[float], list[float], int]:
    """Milliseconds to each answer and to each next card, and how many reviews another program could not see then."""
    chance = random.Random(3)  # noqa: S311 - pauses, so that presses do not fall in step with the program's frames
    verdicts, cards = [], []
    lost = 0
    with (
        contextlib.closing(sqlite3.connect(f"file:{place.journal}?mode=ro", uri=True)) as journal,
        Program([PROGRAM, "study"], place.environment()) as program,
    ):
        program.wait_until(_QUESTION.search, "the first card")
        program.drain(2)
        shown = _QUESTION.findall(program.output)[-1]
        before = _reviews(journal)
        for press in range(presses + 10):
            program.press(b" ")
            to_verdict = program.wait_for(b"The answer of card")
            program.drain(chance.uniform(0.02, 0.06))
            program.press(b"3")
            to_card = program.wait_until(partial(_other, shown), "the next card")
            lost += _reviews(journal) - before != press + 1
            shown = _other(shown, program.output) or shown
            program.drain(chance.uniform(0.02, 0.06))
            verdicts.append(to_verdict)
            cards.append(to_card)
    return verdicts[10:], cards[10:], lost


def _other(shown: bytes, output: bytes) -> bytes | None:
    """The card in the output that is not the one shown before."""
    return next((card for card in _QUESTION.findall(output) if card != shown), None)


def _reviews(journal: sqlite3.Connection) -> int:
    return int(journal.execute("SELECT max(id) FROM reviews").fetchone()[0])


def _appends(path: Path) -> list[float]:
    """Milliseconds of one small durable write each: what no journal can be faster than."""
    taken = []
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY)
    try:
        for _ in range(100):
            begun = time.perf_counter()
            os.write(descriptor, bytes(4096))
            os.fdatasync(descriptor)
            taken.append(1000 * (time.perf_counter() - begun))
    finally:
        os.close(descriptor)
    return taken
