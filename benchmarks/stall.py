"""How long the screen stands still while PyTorch loads beside it."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from benchmarks.figures import Row
from benchmarks.place import Place

BUDGET_MS = 20.0


def rows(computed: Place, rounds: int) -> Iterator[Row]:
    """The longest gap between ticks of the event loop, with the referee and without it, in turn."""
    loud, silent = [], []
    for _ in range(rounds):
        loud.append(_watch(computed, "referee"))
        silent.append(_watch(computed, "silent"))
    worst = max(each["longest"] for each in loud)
    without = max(each["longest"] for each in silent)
    loading = statistics.median(each["seconds"] for each in loud)
    measured = f"{worst:.3g} ms at worst of {rounds} runs ({loading:.1f} s each); without the referee {without:.3g} ms"
    yield Row("longest stall while PyTorch loads", measured, f"{BUDGET_MS:g} ms", worst <= BUDGET_MS)


def _watch(place: Place, how: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=place.folder) as folder:
        command = [sys.executable, "-m", "benchmarks.ticking", f"{folder}/journal.db", str(place.decks), how]
        said: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        return said
