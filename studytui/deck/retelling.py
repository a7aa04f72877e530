"""A question in other words: those of its card in another language, or as its file has them now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.ask import ask

if TYPE_CHECKING:
    from studytui.deck.model import Card, Question, Variant


def retold(question: Question, card: Card | None) -> Question | None:
    """The same question in a card's words; None where these ask for something else, or cannot be asked.

    A recall card that is asked among its siblings' answers is not retold: their words belong to it.
    """
    if card is None:
        return None
    try:
        other: Question | None = ask(card, question.seed)
    except ValueError:
        return None
    if question.recast is not None and other is not None:
        from studytui.deck.recast import choice_of_computed

        other = choice_of_computed(other) if card.kind == "computed" else None
    return other if other is not None and asks_the_same(other, question) else None


def asks_the_same(question: Question, other: Question) -> bool:
    """Whether two questions of a card ask for the same, in whatever words."""
    variants = [_wanted(each.variant) if each.variant is not None else None for each in (question, other)]
    rights = [each.recast.right if each.recast is not None else None for each in (question, other)]
    return (
        question.card.kind == other.card.kind
        and question.permutation == other.permutation
        and type(question.form) is type(other.form)
        and rights[0] == rights[1]
        and variants[0] == variants[1]
    )


def _wanted(variant: Variant) -> tuple[object, ...]:
    """What a variant asks for, in whatever words."""
    return variant.givens, variant.answer, [(step.name, step.answer) for step in variant.steps]
