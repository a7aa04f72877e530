"""A drill: questions on which one slip shows, several variants of a card if need be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.ask import ask
from studytui.deck.expression import ExpressionError
from studytui.deck.plan import Computed, plan_of
from studytui.problems import Problem
from studytui.quiz.asking import LeftOut, as_choice, proved
from studytui.quiz.plan import AskedAs
from studytui.quiz.seeds import digest, variant_seed
from studytui.text import clean_line, did_you_mean, there_is

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.deck.model import Card, Question, Variant
    from studytui.quiz.plan import Plan
    from studytui.quiz.pool import Pool, PoolDeck

#: A card is done with after so many draws, one after the other, that gave nothing new.
_PATIENCE = 3


def draw_drill(plan: Plan, pool: Pool, decks: Sequence[PoolDeck]) -> tuple[list[Question], list[str]]:
    """Questions whose variants show the slip of a plan, with notices. Raises Problem when there are none.

    All cards that can show it are asked once before one is asked again, in an order that follows from the seed.
    """
    cards, slips = _with_slips(pool, decks)
    able = [_Drilled(card, plan) for card in cards if plan.slip in slips[card.id]]
    if not able:
        shown = clean_line(plan.slip[:100])[:60]
        near = did_you_mean(shown, {slip for known in slips.values() for slip in known})
        raise Problem(f"no card chosen here can show the slip “{shown}”{near or ': choose other decks'}")
    questions: list[Question] = []
    notices: list[str] = []
    round_ = 0
    while able and len(questions) < plan.count:
        able.sort(key=lambda each: digest(plan.seed, f"drill\0{round_}", each.card.id))
        for each in list(able):
            if len(questions) == plan.count:
                break
            try:
                question = each.next()
            except LeftOut as reason:
                notices.append(str(reason))
                question = None
            if question is None:
                able.remove(each)
            else:
                questions.append(question)
        round_ += 1
    if not questions:
        raise Problem(
            notices[0] if notices else f"no variant of these cards shows the slip “{plan.slip}”: choose other decks"
        )
    if len(questions) < plan.count:
        some = there_is(len(questions), "variant")
        notices.append(f"{some} on which this slip shows, not {plan.count}: the drill has no more")
    return questions, notices


def _with_slips(pool: Pool, decks: Sequence[PoolDeck]) -> tuple[list[Card], dict[str, set[str]]]:
    """The computed cards, and the names of the slips that each can show."""
    ids = [card.id for deck in decks for card in deck.cards if card.kind == "computed"]
    contents = pool.cards(ids)
    cards = [contents[each] for each in ids if each in contents]
    return cards, {card.id: _slips_of(card) for card in cards}


def _slips_of(card: Card) -> set[str]:
    if not isinstance(card.content, Computed):
        return set()
    try:
        return {slip.name for slip in plan_of(card.content).slips}
    except ExpressionError:
        return set()


class _Drilled:
    """A card of a drill, and what was drawn of it so far."""

    def __init__(self, card: Card, plan: Plan) -> None:
        self.card, self._plan = card, plan
        self._number = 0
        self._seen: list[Question] = []

    def next(self) -> Question | None:
        """Another variant on which the slip shows; None when there is none to be found. Raises LeftOut."""
        for _ in range(_PATIENCE):
            self._number += 1
            seed = variant_seed(self._plan.seed, self.card.id, self._number)
            try:
                question = ask(self.card, seed, avoid=[each.seed for each in self._seen], focus=self._plan.slip)
            except ValueError as error:
                raise LeftOut(f"{self.card.id} is left out: {error}") from error
            if self._is_new(question):
                self._seen.append(question)
                return proved(self._as_asked(question))
        return None

    def _is_new(self, question: Question) -> bool:
        variant = question.variant
        if variant is None or not _shows(variant, self._plan.slip):
            return False
        return all(each.variant is None or each.variant.givens != variant.givens for each in self._seen)

    def _as_asked(self, question: Question) -> Question:
        """As a choice where choices are asked for and one of the options is the slip's."""
        choice = as_choice(question, self._plan.slip) if self._plan.computed is AskedAs.CHOICE else None
        return choice or question


def _shows(variant: Variant, slip: str) -> bool:
    """Whether the slip can be told from the answer here, or from the answer to a step."""
    return any(
        each.name == slip for slips in (variant.slips, *(step.slips for step in variant.steps)) for each in slips
    )
