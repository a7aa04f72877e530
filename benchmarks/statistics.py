"""All statistics of 100,000 cards and 1,000,000 answers, of all days and decks: in a process that has made none yet."""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.collection import DAY_MS
from benchmarks.figures import Row, within
from studytui.journal import Journal, Registration
from studytui.memory.clock import now
from studytui.memory.schedule import Scheduler

SECONDS = 1.0
DECKS, CARDS, ANSWERS = 200, 500, 10
_APPEND = (
    "INSERT INTO reviews"
    "(card, time, offset, day, action, rating, verdict, typed, seed, givens, slip, duration, engine) "
    "VALUES (?, ?, 60, ?, 'review', ?, 'right', '42', ?, '{\"padding\": 1}', ?, ?, 'benchmark')"
)
#: Prints the seconds of the first time, numpy's import included, and of the second, as JSON.
_PROGRAM = """
import json, sys, time
from pathlib import Path
from studytui.journal import Journal
from studytui.memory.clock import now
from studytui.memory.schedule import Scheduler
from studytui.statistics import Period

def seconds(journal, decks):
    begun = time.perf_counter()
    journal.statistics(now(), Period.ALL, decks, everything=True)
    return time.perf_counter() - begun

with Journal.open(Path(sys.argv[1]), Scheduler()) as journal:
    decks = [deck for deck, _ in journal.decks.registered().values()]
    print(json.dumps([seconds(journal, decks) for _ in range(2)]))
"""


def rows(root: Path, rounds: int) -> Iterator[Row]:
    """Medians over some processes."""
    path = root / "statistics" / "journal.db"
    _fill(path)
    taken = [_seconds(path) for _ in range(max(rounds, 3))]
    what = "all statistics, 1,000,000 answers of 100,000 cards"
    yield within(f"{what}, the first time", median(first for first, _ in taken), SECONDS, "s")
    yield within(f"{what}, the second time", median(second for _, second in taken), SECONDS, "s")


def _seconds(path: Path) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(path)], check=True, stdout=subprocess.PIPE, text=True, timeout=120
    )
    first, second = json.loads(done.stdout)
    return first, second


def _fill(path: Path) -> None:
    """Two years of answers, written past the journal: each card's lie further apart the more there are."""
    scheduler, moment, chance = Scheduler(), now(), random.Random(3)  # noqa: S311 - a synthetic collection
    names = {f"deck-{deck:03}": [f"deck-{deck:03}/card-{card:04}" for card in range(CARDS)] for deck in range(DECKS)}
    with Journal.open(path, scheduler) as journal:
        journal.decks.register_all(
            Registration(deck, deck, f"/{deck}.md", "1", [(card, "") for card in cards])
            for deck, cards in names.items()
        )
    answers = []
    for cards in names.values():
        for card in cards:
            back = 720 - chance.randrange(150)
            for number in range(ANSWERS):
                back -= number * chance.randint(1, 12)
                rating = chance.choices((1, 2, 3, 4), (1, 1, 7, 1))[0]
                slip = "convolution.output_size.padded_once" if rating == 1 and chance.random() < 0.5 else ""
                ms = moment.ms - back * DAY_MS + number * 60_000
                day = scheduler.day_of(moment) - back
                answers.append((card, ms, day, rating, chance.randrange(2**31), slip, chance.randrange(2_000, 20_000)))
    answers.sort(key=lambda answer: answer[1])
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(_APPEND, answers)
    with Journal.open(path, scheduler) as journal:
        journal.rebuild()
