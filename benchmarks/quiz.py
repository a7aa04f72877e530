"""From a key to the next question of a quiz, with 100,000 cards and every answer on the disk before it."""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
from collections.abc import Iterator

from benchmarks.figures import Row, quantile, within
from benchmarks.keys import P50_MS, P99_MS
from benchmarks.place import Place
from benchmarks.program import Program
from benchmarks.start import PROGRAM

QUESTIONS = 100
_CHOICES = ["--kind", "choice", "--seed", "7", "--count", str(QUESTIONS)]


def rows(large: Place, rounds: int) -> Iterator[Row]:
    """1 picks an option; enter keeps it as the answer and goes on: timed until the next question is painted."""
    taken: list[float] = []
    lost = 0
    for number in range(rounds):
        moves, missing = _sit(large.copy(f"quiz-{number}"))
        taken += moves
        lost += missing
    note = f"{len(taken)} presses; most {max(taken):.3g}"
    yield within("quiz: key → next question painted, p50", quantile(taken, 0.50), P50_MS, "ms", note=note)
    yield within("quiz: key → next question painted, p99", quantile(taken, 0.99), P99_MS, "ms")
    yield Row("answers not in the journal when the next question was painted", str(lost), "0", lost == 0)


def _sit(place: Place) -> tuple[list[float], int]:
    """Milliseconds to each next question, and how many answers another program could not see then."""
    chance = random.Random(5)  # noqa: S311 - pauses, so that presses do not fall in step with the program's frames
    taken, lost = [], 0
    with Program([PROGRAM, "quiz", *_CHOICES], place.environment()) as program:
        program.wait_for(_title(1))
        with contextlib.closing(sqlite3.connect(f"file:{place.journal}?mode=ro", uri=True)) as journal:
            program.drain(2)
            for number in range(2, QUESTIONS + 1):
                program.press(b"1")
                program.drain(chance.uniform(0.02, 0.06))
                program.press(b"\r")
                taken.append(program.wait_for(_title(number)))
                lost += _answered(journal) != number - 1
                program.drain(chance.uniform(0.02, 0.06))
    return taken[10:], lost


def _title(number: int) -> bytes:
    return f"{number} of {QUESTIONS} ".encode()


def _answered(journal: sqlite3.Connection) -> int:
    """How many questions have an answer in the sheet that is kept."""
    sheet = json.loads(journal.execute("SELECT sheet FROM quizzes ORDER BY id DESC").fetchone()[0])
    return sum(answer.get("response") is not None for answer in sheet["answers"])
