"""From the start of the program to its first card, against the smallest Textual app."""

from __future__ import annotations

import statistics
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import collection, hello
from benchmarks.figures import Row, spread
from benchmarks.place import Place
from benchmarks.program import Program

BUDGET = 1.15
#: As fast: what two runs of the same program differ by.
AS_FAST = 1.03
PROGRAM = str(Path(sysconfig.get_path("scripts")) / "studytui")
HELLO = [sys.executable, str(hello.__file__)]


def first_paint(command: list[str], environment: Mapping[str, str], words: bytes) -> float:
    """Milliseconds from before the fork until the words were on the terminal."""
    with Program(command, environment) as program:
        return program.wait_for(words)


def _pairs(place: Place, command: list[str], words: bytes, rounds: int) -> tuple[list[float], list[float]]:
    """Ours and the other in turn, A B A B …, so that a machine that gets slower is slower for both."""
    ours: list[float] = []
    other: list[float] = []
    for _ in range(rounds + 2):
        ours.append(first_paint(command, place.environment(), words))
        other.append(first_paint(HELLO, place.environment(), b"Hello, world!"))
    return ours[2:], other[2:]  # the first two write byte code and fill the disk's cache


def _row(what: str, place: Place, command: list[str], words: bytes, rounds: int, budget: float | None) -> Row:
    ours, other = _pairs(place, command, words, rounds)
    ratio = statistics.median(ours) / statistics.median(other)
    fastest = min(ours) / min(other)
    measured = f"{ratio:.3f} × (fastest runs {fastest:.3f}): {spread(ours)} against {spread(other)}"
    return Row(what, measured, f"{budget} ×" if budget else "", ratio <= budget if budget else None)


def _all_decks_beside_two(root: Path, rounds: int) -> Row:
    """The home screen of the same program with all of its decks and with the first two, in turn."""
    places = [
        collection.fresh(root, f"decks-{decks or 'all'}").environment()
        | {"PYTHONPATH": str(collection.program_with(root, decks))}
        for decks in (None, 2)
    ]
    times: list[list[float]] = [[], []]
    for _ in range(rounds + 2):
        for taken, environment in zip(times, places, strict=True):
            taken.append(first_paint([sys.executable, "-m", "studytui"], environment, b"Sequence models"))
    ours, two = times[0][2:], times[1][2:]
    ratio = statistics.median(ours) / statistics.median(two)
    what = "start → home, all built-in decks beside two of them"
    return Row(what, f"{ratio:.3f} ×: {spread(ours)} against {spread(two)}", f"{AS_FAST} ×", ratio <= AS_FAST)


def rows(root: Path, small: Place, large: Place, computed: Place, rounds: int) -> Iterator[Row]:
    """The sitting and the home screen, with few cards and with many."""
    study, home = [PROGRAM, "study"], [PROGRAM]
    words, kind = small.first_words()
    yield _row(f"start → first card, built-in decks ({kind})", small, study, words, rounds, BUDGET)
    words, kind = large.first_words()
    yield _row(f"start → first card, 100,000 cards ({kind})", large, study, words, rounds, BUDGET)
    study_one = [*study, "b-computed"]
    yield _row("start → first card, computed and proved", computed, study_one, b"An image", rounds, None)
    yield _row("start → home, built-in decks", small, home, b"Sequence models", rounds, None)
    yield _row("start → home, 100,000 cards in 200 files more", large, home, b"Sequence models", rounds, None)
    yield _all_decks_beside_two(root, rounds)
