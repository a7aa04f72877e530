"""What tests have measured, as tables for the end of the test report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

#: So many of the worst are shown in a table.
SHOWN = 5


def sections(recorded: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """Titles and lines, from the properties that tests have recorded."""
    by_name: dict[str, list[Any]] = {}
    for name, value in recorded:
        by_name.setdefault(name, []).append(value)
    if "witnesses" in by_name:
        yield "witnesses of the references", list(_witnesses(by_name["witnesses"]))
    if "mutants" in by_name:
        yield "mutants of the references", list(_mutants(by_name["mutants"]))


def _witnesses(heard: list[Any]) -> Iterator[str]:
    counts: dict[str, Counter[str]] = {}
    dearest: list[tuple[float, str]] = []
    for topic, reference, draws, opinions, seconds in heard:
        for row in (topic, "total"):
            counts.setdefault(row, Counter()).update(references=1, draws=draws, opinions=opinions)
        dearest += [(spent, f"{reference} by {witness}") for witness, spent in seconds.items()]
    yield f"{'topic':<16}{'references':>12}{'draws':>10}{'opinions':>10}"
    for topic, found in sorted(counts.items(), key=_total_last):
        yield f"{topic:<16}{found['references']:>12}{found['draws']:>10,}{found['opinions']:>10,}"
    yield "dearest: " + ", ".join(f"{name} {spent:.2f} s" for spent, name in sorted(dearest, reverse=True)[:SHOWN])


def _total_last(row: tuple[str, Any]) -> bool:
    return row[0] == "total"


def _mutants(scores: list[Any]) -> Iterator[str]:
    counts: dict[str, Counter[str]] = {}
    for topic, mutants, survivors, excused in scores:
        for row in (topic, "total"):
            found = counts.setdefault(row, Counter())
            found.update(mutants=mutants, excused=excused, caught=mutants - len(survivors) - excused)
    yield f"{'topic':<16}{'mutants':>8}{'caught':>8}{'excused':>8}"
    for topic, found in sorted(counts.items(), key=_total_last):
        yield f"{topic:<16}{found['mutants']:>8}{found['caught']:>8}{found['excused']:>8}"
    for _, _, survivors, _ in scores:
        yield from survivors
