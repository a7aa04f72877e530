"""The mutation run: whether a witness contradicts each alteration of a reference, and the score."""

from __future__ import annotations

import functools
import itertools
import random
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from support.excused_mutants import EXCUSED
from support.mutants import Change, changes_of
from support.programs import (
    SHARED,
    Definition,
    Key,
    TooManySteps,
    compile_statement,
    definition,
    key_of,
    modules_of,
    program,
    reached,
)

from reference_impl.arrays import plain
from reference_impl.catalogue import references, topics
from reference_impl.compare import agree
from reference_impl.domain import WHOLE, Domain
from reference_impl.reference import NoOpinion, Reference

SEED, DRAWS = 20240605, 1000
#: Most mutants are caught by one of the first draws: all judges are asked for a few, then for some, before any of them
#: is asked for the rest.
FEW, SOME = 4, 20
ROUNDS: tuple[tuple[int, int | None], ...] = ((0, FEW), (FEW, SOME), (SOME, None))
#: A mutant of a helper is shown to so many of the references that use it; the nearest come first.
MOST_JUDGES = 12


#: File, definition, code before, code after.
Excuse = tuple[str, str, str, str]


class Score(NamedTuple):
    """How many mutants of some definitions there were, and which of them nobody noticed."""

    mutants: int
    survivors: tuple[str, ...]
    #: Excuses that stood for a survivor, and those for which there was none.
    excused: tuple[Excuse, ...] = ()
    needless: tuple[Excuse, ...] = ()


class Judge:
    """A reference's witnesses, asked over its domain until one contradicts."""

    def __init__(self, reference: Reference[..., object]) -> None:
        self.name = reference.name
        self._program = program(key_of(reference))
        self._witnesses = sorted(reference.witnesses, key=lambda witness: witness.needs_torch)
        self._coming = _shuffled_draws(reference)
        #: Draws with what the witnesses say, those that have contradicted a mutant lately first.
        self._heard: list[tuple[Mapping[str, Any], object]] = []
        if self.contradicts(None, None, last=SOME):
            raise AssertionError(f"the program of {reference.name}, taken apart, is not what it was")
        if not self._heard:
            raise AssertionError(f"no witness of {reference.name} says anything")

    def contradicts(self, altered: Key | None, code: Any, first: int = 0, last: int | None = None) -> bool:
        """Whether one of its draws from the first up to the last, or up to the end, tells altered from true."""
        try:
            function, steps = self._program.run(altered, code)
        except Exception:
            if altered is None:
                raise
            return True
        place = first
        while (last is None or place < last) and self._has_heard(place):
            arguments, said = self._heard[place]
            steps.__init__()  # type: ignore[misc]  # each call counts from the start
            try:
                value = plain(function(**arguments))
            except (Exception, TooManySteps):
                value = None
            if not agree(value, said):
                self._heard.insert(0, self._heard.pop(place))
                return True
            place += 1
        return False

    def _has_heard(self, place: int) -> bool:
        """Whether there is a draw at this place; the witnesses are asked for it if they have not been."""
        while len(self._heard) <= place:
            arguments = next(self._coming, None)
            if arguments is None:
                return False
            for witness in self._witnesses:
                try:
                    self._heard.append((arguments, plain(witness.function(**arguments))))
                except NoOpinion:
                    continue
                break
        return True


def _shuffled_draws(reference: Reference[..., object]) -> Iterator[Mapping[str, Any]]:
    """The draws of a reference, in an order that shows much of the domain early."""
    parts: tuple[Domain, ...] = getattr(reference.domain, "parts", (reference.domain,))
    shares = []
    for part in parts:
        draws: Any = part.draws(SEED, -(-DRAWS // len(parts)))
        if part.points <= WHOLE:
            draws = list(draws)
            random.Random(SEED).shuffle(draws)
        shares.append(iter(draws))
    rounds = itertools.zip_longest(*shares)
    return (each for drawn in rounds for each in drawn if each is not None)


@functools.cache
def _judge(reference: Reference[..., object]) -> Judge:
    return Judge(reference)


def score_of_reference(reference: Reference[..., object]) -> Score:
    """The mutants of a reference's own function, before its own witnesses."""
    return _score([(definition(key_of(reference)), [reference])])


def score_of_helpers(module: str) -> Score:
    """The mutants of the functions and constants of a module that references compute with."""
    return _score([(definition(key), list(judges)) for key, judges in _helpers().items() if key[0] == module])


def known_definitions() -> set[tuple[str, str]]:
    """File and name of all that is altered."""
    keys = {*_helpers(), *map(key_of, references())}
    return {(definition(key).file, key[1]) for key in keys}


def modules() -> list[str]:
    """What `score_of_helpers` takes."""
    return [SHARED, *[module for topic in topics() for module in modules_of(topic)]]


@functools.cache
def _helpers() -> dict[Key, list[Reference[..., object]]]:
    """Definitions that are no references, with the references that reach them, the nearest first."""
    near: dict[Key, list[tuple[int, Reference[..., object]]]] = {}
    for reference in references():
        for distance, key in enumerate(reached(key_of(reference))):
            if distance and not definition(key).is_reference:
                near.setdefault(key, []).append((distance, reference))
    return {
        key: [each for _, each in sorted(found, key=lambda pair: pair[0])[:MOST_JUDGES]] for key, found in near.items()
    }


def _score(tried: list[tuple[Definition, list[Reference[..., object]]]]) -> Score:
    mutants = 0
    survivors: list[str] = []
    excused: list[Excuse] = []
    for each, judges in tried:
        for change in changes_of(each.statement, is_reference=each.is_reference):
            if _caught(each, change, judges):
                mutants += 1
            elif _makes_a_difference(each, change, judges):
                mutants += 1
                before, after = change.texts
                excuse = (each.file, each.key[1], before, after)
                if excuse in EXCUSED:
                    excused.append(excuse)
                else:
                    survivors.append(f"{each.file}:{change.line}: {before} → {after}")
    names = {(each.file, each.key[1]) for each, _ in tried}
    needless = [excuse for excuse in EXCUSED if excuse[:2] in names and excuse not in excused]
    return Score(mutants, tuple(survivors), tuple(excused), tuple(needless))


def _makes_a_difference(each: Definition, change: Change, judges: list[Reference[..., object]]) -> bool:
    """Whether a mutant that nobody noticed is a mistake at all, by what its own code has seen."""
    if change.suspected is not None:
        other, applied = change.suspected
        noticed = _caught(each, change._replace(new=other), judges)
        return noticed if applied is None else applied[0]
    return change.applied != [False]


def _caught(each: Definition, change: Change, judges: list[Reference[..., object]]) -> bool:
    with change.made():
        try:
            code = compile_statement(each)
        except SyntaxError:
            return True
    for first, last in ROUNDS:
        for place, reference in enumerate(judges):
            if _judge(reference).contradicts(each.key, code, first, last):
                judges.insert(0, judges.pop(place))  # who has contradicted one mutant is likely to contradict the next
                return True
    return False
