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
    if "slips" in by_name:
        yield "slips of the references", list(_slips(by_name["slips"]))
    if "variants" in by_name:
        yield "slips on variants of the built-in decks", list(_variants(by_name["variants"]))
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


def _slips(found: list[Any]) -> Iterator[str]:
    """How often slips give the answer, how often two of them give the same, and the worst of both."""
    counts: dict[str, Counter[str]] = {}
    worst: dict[str, list[tuple[float, str]]] = {"gives the answer": [], "coincide": []}
    for topic, reference, with_answer, of_pairs in found:
        for row in (topic, "total"):
            count = counts.setdefault(row, Counter())
            for sort, all_of_it in (("slip", with_answer), ("pair", of_pairs)):
                count[sort] += len(all_of_it)
                for _, same, draws in all_of_it:
                    count.update({f"{sort} same": same, f"{sort} draws": draws})
        for told, all_of_it in zip(worst, (with_answer, of_pairs), strict=True):
            worst[told] += [
                (same / draws, f"{reference}: {' and '.join(names)}") for names, same, draws in all_of_it if draws
            ]
    yield f"{'topic':<16}{'slips':>8}{'give the answer':>18}{'pairs':>8}{'coincide':>12}"
    for topic, count in sorted(counts.items(), key=_total_last):
        equal, alike = (_percent(count[f"{sort} same"], count[f"{sort} draws"]) for sort in ("slip", "pair"))
        yield f"{topic:<16}{count['slip']:>8}{equal:>18}{count['pair']:>8}{alike:>12}"
    for told, rows in worst.items():
        for share, names in sorted(rows, reverse=True)[:SHOWN]:
            yield f"{share:>7.1%} {told}: {names}"


def _percent(part: int, of: int) -> str:
    return f"{part / of if of else 0:.1%}"


def _variants(measured: list[Any]) -> Iterator[str]:
    """How often slips give the answer or coincide on variants as they are asked, and on the same cards at random."""
    yield f"{'deck':<24}{'cards':>6}{'give the answer':>24}{'coincide':>24}"
    total: Counter[str] = Counter()
    for deck, counts in [*((deck, Counter(counts)) for deck, counts in measured), ("total", total)]:
        equal, alike = (
            " / ".join(_percent(counts[f"{how} {sort} same"], counts[f"{how} {sort}"]) for how in ("asked", "random"))
            for sort in ("slip", "pair")
        )
        yield f"{deck:<24}{counts['cards']:>6}{equal:>24}{alike:>24}"
        total.update(counts)
    yield "first as asked, then at random"


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
