"""What the design measures by Anki: both programs do the same work on the same cards and reviews, in turn."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.figures import Row
from benchmarks.place import Place
from studytui.desk import Desk
from studytui.journal import Journal
from studytui.memory.clock import now
from studytui.memory.model import Rating
from studytui.memory.schedule import DEFAULT_PARAMETERS, Scheduler

PEER = Path(__file__).with_name("peer.py")
PARAMETERS, ANSWER, COUNTS = 0.6, 0.6, 0.25
#: Other parameters, as a fit might have found them: every stability and every difficulty is another.
OTHERS = tuple(value * (0.93 if index % 2 else 1.06) for index, value in enumerate(DEFAULT_PARAMETERS))


class Peer:
    """Anki in an environment of its own, as a process that takes commands."""

    def __init__(self, root: Path, journal: Path, today: int) -> None:
        home = root / "anki"
        venv.create(home / "environment", with_pip=True)
        python = str(next((home / "environment").glob("[Sb][ci][rn]*/python*")))
        subprocess.run([python, "-m", "pip", "install", "--quiet", "anki"], check=True, stdout=sys.stderr)
        # Anki counts days by local time; the reviews are placed by UTC.
        self._process = subprocess.Popen(
            [python, str(PEER), str(journal), str(home), str(today)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {"TZ": "UTC"},
        )  # fmt: skip
        self._hear()

    def ask(self, command: str, *arguments: object) -> Any:
        """What a command of the peer gives."""
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        self._process.stdin.write(json.dumps([command, *arguments]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._hear())

    def _hear(self) -> str:
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("Anki's process has ended; what it said stands above")
        return line

    def close(self) -> None:
        """Lets it close its collection and end."""
        self._process.communicate()


def rows(million: Place, root: Path, rounds: int) -> Iterator[Row]:
    """Ratios of medians; the programs take turns."""
    today = Scheduler().day_of(now())
    peer = Peer(root, million.journal, today)
    try:
        yield from _rows(million.copy("beside-anki", new_per_day=0, reviews_per_day=9_999), peer, rounds)
    finally:
        peer.close()


def _rows(place: Place, peer: Peer, rounds: int) -> Iterator[Row]:
    peer.ask("parameters", DEFAULT_PARAMETERS)  # turns FSRS on, and writes that each card was rescheduled: not counted
    about = peer.ask("about")
    yield Row(
        f"Anki {about['anki']} on Python {about['python']}: journal mode {about['journal_mode']}, synchronous "
        f"{about['synchronous']}",
        f"{about['cards']:,} cards, {about['reviews']:,} reviews, {about['remembered']:,} with an FSRS memory",
    )
    ours, theirs = [], []
    for number in range(max(2 * (rounds // 2), 2)):
        parameters = DEFAULT_PARAMETERS if number % 2 else OTHERS
        theirs.append(peer.ask("parameters", parameters))
        ours.append(_reschedule(place, parameters))
    yield _ratio("other parameters: 100,000 cards rescheduled from 1,000,000 reviews", ours, theirs, PARAMETERS)
    with place.desk() as desk:
        answer, answers, trees = _answering(desk), ([], []), ([], [])
        _timed(answer, 5), peer.ask("answer", 5)
        for _ in range(rounds):
            answers[0].extend(_timed(answer, 50))
            answers[1].extend(peer.ask("answer", 50))
            trees[0].extend(_timed(desk.day.overview, 10))
            trees[1].extend(peer.ask("tree", 10))
    yield _ratio("durable answer + next card, without screen", *answers, ANSWER)
    yield _ratio("deck counts at 100,000 cards beside the deck tree", *trees, COUNTS)


def _reschedule(place: Place, parameters: tuple[float, ...]) -> float:
    """Seconds until all cards are rescheduled, on the disk."""
    begun = time.perf_counter()
    journal = Journal.open(place.journal, Scheduler(parameters))
    taken = time.perf_counter() - begun
    journal.close()
    return taken


def _answering(desk: Desk) -> Callable[[], None]:
    session = desk.day.session()
    session.begin()

    def answer() -> None:
        session.answer(None)
        session.rate(Rating.GOOD)

    return answer


def _timed(work: Callable[[], object], count: int) -> list[float]:
    taken = []
    for _ in range(count):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return taken


def _ratio(what: str, ours: list[float], theirs: list[float], budget: float) -> Row:
    mine, other = statistics.median(ours), statistics.median(theirs)
    measured = (
        f"{mine / other:.2f} × (fastest {min(ours) / min(theirs):.2f}): {1e3 * mine:.3g} ms against "
        f"{1e3 * other:.3g} ms"
    )
    return Row(what, measured, f"{budget} × Anki", mine <= budget * other)
