"""`studytui check` over the built-in decks: the whole command, and what one more variant adds to it."""

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
VARIANTS = 200


def rows(place: Place, rounds: int) -> Iterator[Row]:
    """The fastest of some runs. Starting up and reading the decks are in the seconds, not in the time of a variant."""
    _check(place, 1)  # the first run writes byte code
    few, little = min((_check(place, 1) for _ in range(rounds)), key=_seconds)
    many, report = min((_check(place, VARIANTS) for _ in range(rounds)), key=_seconds)
    drawn, least = report["variants"], little["variants"]
    what = f"`check` of the built-in decks, {report['cards']} cards, {drawn:,} variants, brute-force witnesses"
    yield within(what, many, SECONDS, "s", note=f"fastest of {rounds}; with one variant a card {few:.2f} s")
    yield within("`check`, each further variant", 1e6 * (many - few) / (drawn - least), MICROSECONDS, "µs")


def _check(place: Place, variants: int) -> tuple[float, dict[str, int]]:
    command = [PROGRAM, "check", "--variants", str(variants), "--witnesses", "brute-force", "--format", "json"]
    begun = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, env=os.environ | place.environment())
    return time.perf_counter() - begun, json.loads(done.stdout)


def _seconds(run: tuple[float, dict[str, int]]) -> float:
    return run[0]
