"""`studytui doctor --rebuild` on a million reviews: the whole command."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator

from benchmarks.figures import Row, within
from benchmarks.place import Place
from benchmarks.start import PROGRAM

SECONDS = 10.0


def rows(million: Place, rounds: int) -> Iterator[Row]:
    """The slowest of some runs, and how many cards they found to stand elsewhere: none may."""
    taken, changed = [], 0
    for _ in range(max(rounds, 1)):
        begun = time.perf_counter()
        command = [PROGRAM, "doctor", "--rebuild", "--format", "json"]
        done = subprocess.run(command, check=True, capture_output=True, env=os.environ | million.environment())
        taken.append(time.perf_counter() - begun)
        changed += json.loads(done.stdout)["rebuilt"]["differed"]
    yield within("`doctor --rebuild`, 1,000,000 reviews of 100,000 cards, examined too", max(taken), SECONDS, "s")
    yield Row("cards that the rebuild found to differ from the live cache", str(changed), "0", changed == 0)
