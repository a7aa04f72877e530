"""`studytui check` over the built-in decks."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator

from benchmarks.figures import Row, within
from benchmarks.place import Place
from benchmarks.start import PROGRAM

SECONDS, MICROSECONDS = 10.0, 80.0
COMMAND = [PROGRAM, "check", "--variants", "200", "--witnesses", "brute-force", "--format", "json"]


def rows(place: Place, rounds: int) -> Iterator[Row]:
    """The whole command, the fastest of some runs: its start-up is in it."""
    taken, report = [], {}
    for _ in range(rounds):
        begun = time.perf_counter()
        done = subprocess.run(COMMAND, check=True, capture_output=True, env=os.environ | place.environment())
        taken.append(time.perf_counter() - begun)
        report = json.loads(done.stdout)
    seconds, variants = min(taken), report["variants"]
    what = f"`check` of the built-in decks, {report['cards']} cards, {variants:,} variants, brute-force witnesses"
    yield within(what, seconds, SECONDS, "s", note=f"fastest of {rounds}")
    yield within(
        "`check`, a variant", 1e6 * seconds / variants, MICROSECONDS, "µs", note="the command's start-up included"
    )
