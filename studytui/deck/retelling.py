"""A question in other words: those of its card in another language, or as its file has them now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.ask import ask
from studytui.deck.blocks import plain
from studytui.deck.model import Pick
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studytui.deck.model import Card, Question, Recast, Variant


def retold(question: Question, card_of: Callable[[str], Card | None]) -> Question | None:
    """The same question in other words; None where these ask for something else, or cannot be asked.

    `card_of` gives a card in these words, by its id: the question's own and, where it is asked among its siblings'
    answers, the siblings.
    """
    card = card_of(question.card.id)
    if card is None:
        return None
    try:
        other = ask(card, question.seed)
    except ValueError:
        return None
    others: Iterable[Question | None] = [other]
    if question.recast is not None:
        from studytui.deck.recast import choices_of_computed

        recall = card.kind == "recall"
        others = [_among_siblings(other, question, card_of)] if recall else choices_of_computed(other)
    return next((each for each in others if each is not None and asks_the_same(each, question)), None)


def _among_siblings(other: Question, question: Question, card_of: Callable[[str], Card | None]) -> Question | None:
    """A recall card among the answers that it was asked among; None where one of them is not told in these words.

    A single option in another language than the rest would say of itself that it is another one.
    """
    assert question.recast is not None  # noqa: S101 - the caller looked
    by_place = dict(zip(question.permutation, question.recast.cards, strict=False))
    cards = [card_of(by_place[place]) for place in sorted(by_place)]
    if not cards or any(card is None or card.kind != "recall" for card in cards):
        return None
    from studytui.deck.recast import choice_among

    among = choice_among(other, [card for card in cards if card is not None])
    ours, theirs = _options(question), _options(among)
    same = [one == another for one, another in zip(ours, theirs, strict=True)]
    return among if len(set(theirs)) == len(theirs) and (all(same) or not any(same)) else None


def _options(question: Question) -> list[str]:
    """The options as they are told from each other, each with what is said of it afterwards."""
    assert isinstance(question.form, Pick)  # noqa: S101 - every recast question is one
    assert question.recast is not None  # noqa: S101 - the caller looked
    heading = plain(question.card.heading)
    told = [each or heading for each in question.recast.told]
    return [clean_line(plain(text)) + said for text, said in zip(question.form.options, told, strict=True)]


def asks_the_same(question: Question, other: Question) -> bool:
    """Whether two questions of a card ask for the same, in whatever words."""
    variants = [_wanted(each.variant) if each.variant is not None else None for each in (question, other)]
    options = [_behind(each.recast) if each.recast is not None else None for each in (question, other)]
    return (
        question.card.kind == other.card.kind
        and question.permutation == other.permutation
        and type(question.form) is type(other.form)
        and options[0] == options[1]
        and variants[0] == variants[1]
    )


def _behind(recast: Recast) -> tuple[object, ...]:
    """What stands behind the options, in whatever words."""
    return recast.right, [[slip.name for slip in slips] for slips in recast.slips], recast.cards


def _wanted(variant: Variant) -> tuple[object, ...]:
    """What a variant asks for, in whatever words."""
    return variant.givens, variant.answer, [(step.name, step.answer) for step in variant.steps]
