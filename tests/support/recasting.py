"""Computed questions with an answer and slips made up for a test."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from studytui.answer.answer_type import AnswerType
from studytui.answer.verdict import Slip
from studytui.deck.ask import ask
from studytui.deck.blocks import Block, Span, plain
from studytui.deck.kinds.computed import question_for
from studytui.deck.load import load
from studytui.deck.model import Card, Deck, Pick, Question, Variant
from studytui.deck.plan import Computed
from studytui.deck.recast import choice_of_computed, choice_of_recall
from studytui.deck.show import show_answer

if TYPE_CHECKING:
    from pathlib import Path

    from studytui.deck.model import Value
    from studytui.deck.recast_siblings import Siblings


def made_up(
    answer: Value,
    *wrong: Value,
    answer_type: AnswerType | None = None,
    digits: int = 3,
    unit: str = "",
    words: tuple[tuple[str, str], ...] = (),
    seed: int = 1,
) -> Question:
    """A typed question with this answer; its slips are called a, b, c…, and are corrected by “Not a.”, “Not b.”…"""
    answer_type = answer_type or AnswerType.of(answer)
    slips = tuple(Slip(name, f"Not {name}.", value) for name, value in zip("abcdefgh", wrong, strict=False))
    content = Computed("0", digits=digits, unit=unit, words=words)
    heading = (Block("paragraph", (Span("How many?"),)),)
    card = Card("d/c", "d", "computed", "d.md", 1, heading, (), (), content)
    shown = show_answer(answer, answer_type, digits)
    values = {"answer": dict(words).get(shown, shown)}
    return question_for(card, Variant(seed, {}, answer, values, slips=slips, answer_type=answer_type))


def asked_as_choice(card: Card, seed: int, siblings: Siblings | None = None) -> Question | None:
    """The card as a choice, as a quiz makes it; None where no fair choice can be made of it."""
    if siblings is not None:
        return choice_of_recall(card, siblings, seed)
    return choice_of_computed(ask(card, seed))


def options(question: Question | None) -> list[str]:
    """What may be picked, as it is read: the right one first, the others in their canonical order."""
    assert question is not None
    assert isinstance(question.form, Pick)
    shown = [plain(option) for option in question.form.options]
    return [shown[question.permutation.index(place)] for place in range(len(shown))]


@cache
def built_in(directory: Path) -> tuple[Deck, ...]:
    """The decks of a directory, read once."""
    return tuple(load(path) for path in sorted(directory.glob("*.md")) if path.suffixes == [".md"])
