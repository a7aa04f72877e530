"""`python -m benchmarks`: takes every figure of the design, and prints them as a table."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import (
    anki,
    browse,
    checking,
    collection,
    engine,
    keys,
    memory,
    models,
    paper,
    quiz,
    rebuild,
    stall,
    start,
    statistics,
)
from benchmarks.figures import Row, machine, table

NAMES = (
    "start", "keys", "stall", "engine", "check", "paper", "quiz", "memory", "browse", "statistics", "rebuild", "anki",
    "models",
)  # fmt: skip
#: Those that need a collection of their own, or none.
_OTHERS = frozenset({"browse", "statistics", "rebuild", "anki", "models"})


def main() -> None:
    """Makes the collections anew, takes the figures that were asked for, and prints them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a fifth of the rounds")
    parser.add_argument("--only", choices=NAMES, action="append", help="this group of rows; may be given several times")
    parser.add_argument(
        "--folder", type=Path, help="where journals are made, if not with temporary files: on a real disk"
    )
    arguments = parser.parse_args()
    # An installed package has byte code; so has the program measured, whatever this shell says.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # small arrays are slower on many threads
    with tempfile.TemporaryDirectory(prefix="studytui-benchmark-", dir=arguments.folder) as folder:
        root = Path(folder)
        print(table(_rows(root, arguments.only or NAMES, 5 if arguments.quick else 1)))
        print(f"\n{machine(root)}")


def _rows(root: Path, names: Sequence[str], divided: int) -> Iterator[Row]:
    """The rows of each group, those that change nothing first; progress goes to standard error."""
    if chosen := [name for name in NAMES if name in names and name not in _OTHERS]:
        yield from _rows_of_the_program(root, chosen, divided)
    if not {"rebuild", "anki"}.isdisjoint(names):
        yield from _rows_of_a_million(root, names, divided)
    if "browse" in names:
        _say("browse")
        yield from browse.rows(root, max(3 // divided, 1))
    if "statistics" in names:
        _say("statistics")
        yield from statistics.rows(root, 5 // divided)
    if "models" in names:
        _say("models")
        yield from models.rows(50 // divided)


def _rows_of_the_program(root: Path, names: Sequence[str], divided: int) -> Iterator[Row]:
    """The rows that need a collection."""
    few, proved = collection.small(root), collection.computed(root)
    _say("reading 100,000 cards for the first time")
    many, seconds = collection.large(root)
    groups = {
        "start": lambda: start.rows(root, few, many, proved, 20 // divided),
        "keys": lambda: keys.rows(many, 500 // divided),
        "stall": lambda: stall.rows(proved, 5 // divided),
        "engine": lambda: engine.rows(many, 1_000 // divided),
        "check": lambda: checking.rows(few, max(3 // divided, 1)),
        "paper": lambda: paper.rows(few, 20 // divided),
        "quiz": lambda: quiz.rows(many, max(5 // divided, 1)),
        "memory": lambda: memory.rows(proved, many),
    }
    for name in names:
        _say(name)
        yield from groups[name]()
    if "start" in names:
        yield Row("reading 100,000 new cards (200 files), once", f"{seconds:.1f} s")


def _rows_of_a_million(root: Path, names: Sequence[str], divided: int) -> Iterator[Row]:
    """The rows that need many reviews."""
    _say("a million reviews")
    place = collection.million(root)
    if "rebuild" in names:
        _say("rebuild")
        yield from rebuild.rows(place, 3 // divided)
    if "anki" in names:
        _say("anki")
        yield from anki.rows(place, root, 10 // divided)


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
