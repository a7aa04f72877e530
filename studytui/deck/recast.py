"""Cards that have no options, asked as a choice where that is fair.

A computed card is asked among the values of its slips, a recall card among its siblings' answers. Nothing is random
here: which options there are follows from the question, their order from card and seed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.deck.givens import shuffled
from studytui.deck.model import Pick, Recast
from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytui.answer.verdict import Slip
    from studytui.deck.blocks import Text
    from studytui.deck.model import Card, Question
    from studytui.deck.recast_siblings import Siblings

#: A choice has so many options. With fewer than three, a guess is right as often as not.
FEWEST_OPTIONS, MOST_OPTIONS = 3, 5


@frozen
class Option:
    """What may be picked, the slips that lead to it, and the sentence that is told about it afterwards.

    `card` is the id of the recall card whose answer it is.
    """

    text: Text
    slips: tuple[Slip, ...] = ()
    told: str = ""
    card: str = ""


def choice_of_computed(question: Question, focus: str = "") -> Question | None:
    """A typed computed question among the values of its slips; None where they make no fair choice.

    The question's card asked with the question's seed gives the same choice again. With `focus`, the name of a slip,
    there is a choice only where one of its options is that slip's.
    """
    choice = next(choices_of_computed(question), None)
    if choice is None or choice.recast is None or not focus:
        return choice
    return choice if any(slip.name == focus for slips in choice.recast.slips for slip in slips) else None


def choices_of_computed(question: Question) -> Iterator[Question]:
    """The choice of a computed question, and behind it what earlier versions of the program made of it.

    A paper that was begun with one of those is gone on with in it.
    """
    from studytui.deck.recast_values import WAYS, value_options

    for way in WAYS:
        options = value_options(question, way)
        if options:
            yield as_choice(question, options)


def choice_of_recall(card: Card, siblings: Siblings, seed: int) -> Question | None:
    """A recall card among the answers of its siblings; None where they make no fair choice."""
    from studytui.deck.ask import ask

    options = siblings.options(card, seed)
    return as_choice(ask(card, seed), options) if options else None


def choice_among(question: Question, cards: Sequence[Card]) -> Question:
    """A recall question among the answers of these cards, its own first."""
    from studytui.deck.recast_siblings import options_of

    return as_choice(question, options_of(cards))


def as_choice(question: Question, options: Sequence[Option]) -> Question:
    """The question with these options, the right one first, in an order that depends on card and seed."""
    permutation = shuffled(len(options), question.card.id, question.seed, "recast")
    shown = [options[place] for place in permutation]
    recast = Recast(
        permutation.index(0),
        tuple(each.slips for each in shown),
        tuple(each.told for each in shown),
        tuple(each.card for each in shown if each.card),
    )
    form = Pick(tuple(each.text for each in shown))
    return replace(question, form=form, permutation=permutation, recast=recast)
