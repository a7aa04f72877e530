"""A paper of 200 questions from all built-in decks: in a process that has drawn none yet, and in one that has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from benchmarks.figures import Row, within
from benchmarks.place import Place

MILLISECONDS = 150.0
QUESTIONS, SEEDS = 200, (7, 8, 9)
#: Prints the milliseconds of the first paper and of the second, as JSON. The decks and the journal are open before.
_PROGRAM = f"""
import json, sys, time
from studytui.desk import Desk

def milliseconds(desk, seed):
    begun = time.perf_counter()
    from studytui.quiz.plan import Plan
    assert len(desk.papers.paper(Plan(seed, count={QUESTIONS})).questions) == {QUESTIONS}
    return 1e3 * (time.perf_counter() - begun)

with Desk.open() as desk:
    print(json.dumps([milliseconds(desk, int(sys.argv[1])) for _ in range(2)]))
"""


def rows(place: Place, rounds: int) -> Iterator[Row]:
    """Medians over some processes, with seeds in turn: another seed draws other cards. Nothing is loaded beforehand."""
    _papers(place, SEEDS[0])  # the first run writes byte code
    first, second = zip(*(_papers(place, SEEDS[number % len(SEEDS)]) for number in range(max(rounds, 3))), strict=True)
    what = f"a paper of {QUESTIONS} questions from all built-in decks"
    note = f"{min(first):.0f}–{max(first):.0f}; imports of all models included"
    yield within(f"{what}, the first of a process", median(first), MILLISECONDS, "ms", note=note)
    note = f"{min(second):.0f}–{max(second):.0f}"
    yield within(f"{what}, the next", median(second), MILLISECONDS, "ms", note=note)


def _papers(place: Place, seed: int) -> tuple[float, float]:
    command = [sys.executable, "-c", _PROGRAM, str(seed)]
    done = subprocess.run(command, check=True, capture_output=True, env=os.environ | place.environment())
    first, second = json.loads(done.stdout)
    return first, second
