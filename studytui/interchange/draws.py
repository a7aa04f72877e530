"""More draws of computed cards, for question banks, which draw among the questions that they hold."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from studytui.deck.ask import ask
from studytui.deck.proof import contradiction, prove
from studytui.deck.recast import choice_of_computed
from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studytui.deck.model import Question, Value


@frozen
class Drawn:
    """Questions, each card's draws behind each other, and a line for each card that has fewer than were asked for."""

    questions: tuple[Question, ...]
    notes: tuple[str, ...] = ()


def drawn(questions: Iterable[Question], count: int) -> Drawn:
    """Each question, and behind that of a computed card other variants of it, so that there are `count` of each.

    They follow from the card and the question's own seed; no two have the same givens, and none is there that a quick
    witness contradicts.
    """
    found: list[Question] = []
    notes: list[str] = []
    for question in questions:
        draws = _draws(question, count) if question.variant is not None else [question]
        found += draws
        if question.variant is not None and len(draws) < count:
            notes.append(f"{question.card.id} has {len(draws)} of {count} variants: there are no more to be drawn")
    return Drawn(tuple(found), tuple(notes))


def _draws(question: Question, count: int) -> list[Question]:
    found = [question]
    # A card with few givens meets its variants again and again.
    for number in range(1, 4 * count):
        if len(found) == count:
            break
        another = _another(question, number, found)
        if another is not None and _givens(another) not in map(_givens, found):
            found.append(another)
    return found


def _another(question: Question, number: int, found: Iterable[Question]) -> Question | None:
    digest = hashlib.sha256(f"{question.card.id}\0{question.seed}\0draw\0{number}".encode()).digest()
    try:
        another = ask(question.card, int.from_bytes(digest[:4]) >> 1, avoid=[each.seed for each in found])
    except ValueError:
        return None
    calls = another.variant.calls if another.variant is not None else ()
    if contradiction(prove(call) for call in calls) is not None:
        return None
    return choice_of_computed(another) if question.recast is not None else another


def _givens(question: Question) -> Mapping[str, Value]:
    return question.variant.givens if question.variant is not None else {}
