"""The work behind the screen at a hundred thousand cards: an answer and the next card; what a day holds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

from benchmarks.figures import Row
from benchmarks.place import Place
from studytui.memory.model import Rating

LATER = "by Anki: see `anki`"


def rows(large: Place, rounds: int) -> Iterator[Row]:
    """Medians, in this process."""
    with large.copy("engine", new_per_day=0, reviews_per_day=9_999).desk() as desk:
        session = desk.day.session()
        session.begin()

        def answer() -> None:
            session.answer(None)
            session.rate(Rating.GOOD)

        microseconds = 1e6 * _median(answer, rounds)
        yield Row("durable answer + next card, without screen", f"{microseconds:.0f} µs", LATER)
        counts = 1e3 * _median(desk.day.overview, rounds // 10)
        yield Row("deck counts (`Day.overview`: decks, streak, answers of today)", f"{counts:.2f} ms", LATER)
        sitting = 1e3 * _median(desk.day.session, rounds // 10)
        yield Row("what is due, as a queue (5,000 cards)", f"{sitting:.1f} ms")


def _median(work: Callable[[], object], rounds: int) -> float:
    """Seconds."""
    taken = []
    for _ in range(rounds + 3):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken[3:])
