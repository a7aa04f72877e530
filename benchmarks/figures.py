"""What the benchmarks say: rows of a table, and the few statistics that they need."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `ok` is None where the design sets no budget, or where the budget needs another program."""

    what: str
    measured: str
    budget: str = ""
    ok: bool | None = None

    def __str__(self) -> str:
        verdict = {True: "ok", False: "**miss**", None: "–"}[self.ok]
        return f"| {self.what} | {self.measured} | {self.budget or '–'} | {verdict} |"


def within(what: str, value: float, most: float, unit: str, *, note: str = "") -> Row:
    """A figure that has a budget, in one unit."""
    measured = f"{value:.3g} {unit}{f' ({note})' if note else ''}"
    return Row(what, measured, f"{most:g} {unit}", value <= most)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(-int(-share * len(ordered) // 1) - 1, 0)]


def spread(values: Sequence[float]) -> str:
    """Median and range of milliseconds."""
    return f"{statistics.median(values):.1f} ms ({min(values):.1f}–{max(values):.1f})"


def table(rows: Iterable[Row]) -> str:
    """The rows as Markdown."""
    return "\n".join(["| what | measured | budget | |", "| --- | --- | --- | --- |", *map(str, rows)])


def machine(folder: Path) -> str:
    """One line about where the figures were taken; `folder` is where the journals were."""
    return " · ".join(
        [
            _processor(),
            f"{os.cpu_count()} cores",
            platform.system(),
            f"journals on {_file_system(folder)}",
            f"Python {platform.python_version()}",
            f"Textual {version('textual')}",
            time.strftime("%Y-%m-%d"),
        ]
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _file_system(folder: Path) -> str:
    """The type of the file system that holds a folder: a review is as durable, and as slow, as that makes it."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return "an unknown file system"
    holding = [(len(mount[1]), mount[2]) for mount in mounts if folder.resolve().is_relative_to(mount[1])]
    return max(holding)[1] if holding else "an unknown file system"
