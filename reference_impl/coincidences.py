"""How often a slip gives the answer after all, and how often two slips give the same: what a wrong answer can tell.

The tests hold bounds on these counts, and the page of references shows them.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from reference_impl.arrays import plain

if TYPE_CHECKING:
    from reference_impl.reference import Reference

#: So many draws are looked at; of a domain that is gone through whole, so many of its points.
DRAWS = 1000
SEED = 20240606


class Coincidence(NamedTuple):
    """On how many draws two things gave the same, of those on which both gave a value."""

    names: tuple[str, ...]
    same: int
    draws: int

    @property
    def share(self) -> float:
        """From 0, never the same, to 1, always the same."""
        return self.same / self.draws if self.draws else 0.0


class Coincidences(NamedTuple):
    """Of one reference: each slip with the answer (one name), and each pair of slips (two names)."""

    reference: str
    draws: int
    with_answer: tuple[Coincidence, ...]
    of_pairs: tuple[Coincidence, ...]


def coincidences(reference: Reference[..., object], draws: int = DRAWS) -> Coincidences:
    """How often the slips of a reference coincide, over its domain."""
    names = [slip.name for slip in reference.slips]
    spoken: Counter[tuple[str, ...]] = Counter()
    same: Counter[tuple[str, ...]] = Counter()
    looked_at = sample(reference, draws)
    for arguments in looked_at:
        answer = _coarse(plain(reference(**arguments)))
        said = slip_values(reference, arguments)
        coarse = {name: _coarse(value) for name, value in said.items()}
        for name, value in coarse.items():
            spoken[name,] += 1
            same[name,] += value == answer
        for one, two in itertools.combinations(coarse, 2):
            spoken[one, two] += 1
            same[one, two] += coarse[one] == coarse[two]
    singles, pairs = [(name,) for name in names], list(itertools.combinations(names, 2))
    return Coincidences(
        reference.name,
        len(looked_at),
        tuple([Coincidence(each, same[each], spoken[each]) for each in singles]),
        tuple([Coincidence(each, same[each], spoken[each]) for each in pairs]),
    )


def slip_values(reference: Reference[..., object], arguments: Mapping[str, object]) -> dict[str, Any]:
    """What each slip gives for some arguments, by name; slips that lead to no value here are left out."""
    values = {}
    for slip in reference.slips:
        try:
            values[slip.name] = plain(slip.function(**arguments))
        except ValueError:
            continue
    return values


def sample(reference: Reference[..., object], draws: int) -> Sequence[Mapping[str, Any]]:
    """At most so many draws of a reference's domain, from all of it: for what need not see every point."""
    from random import Random

    drawn = list(reference.draws(SEED, draws))
    return drawn if len(drawn) <= draws else Random(SEED).sample(drawn, draws)  # noqa: S311 - draws are no secrets


def _coarse(value: object) -> object:
    """The value as it is compared: floats to nine digits, and whether it is a whole number or a float left aside."""
    if isinstance(value, tuple):
        return tuple([_coarse(entry) for entry in value])
    return float(f"{value:.9g}") if isinstance(value, float) else value
