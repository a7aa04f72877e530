"""The questions of a quiz: which cards are asked, in which order and in which variants."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import field
from itertools import islice
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.garbage import let_what_is_there_be_old
from studytui.problems import Problem
from studytui.quiz.asking import Asking, LeftOut, item_of
from studytui.quiz.plan import AskedAs, Order, checked
from studytui.quiz.seeds import digest, variant_seed
from studytui.text import counted, there_is

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from studytui.deck.model import Question
    from studytui.quiz.asking import Item
    from studytui.quiz.plan import Plan
    from studytui.quiz.pool import Pool, PoolCard, PoolDeck


#: What makes a paper another one than its seed, decks, tags and kinds say.
_OTHERWISE: dict[Order | AskedAs, str] = {
    Order.TOPIC: "by topic",
    Order.WEAK: "weakest first, as you remember them today",
    AskedAs.CHOICE: "computed cards as choice",
}
_NO_CHOICE = "none of these recall cards can be asked as a choice: choose other kinds or decks"
_NO_QUESTION = "no card chosen here is graded by machine: choose other decks or kinds"


@frozen
class Paper:
    """The questions of a quiz, in their order. `notices` say what else the learner must know of how it was made.

    `titles` are those of the decks, by id, in the learner's language, which is `language`.
    """

    plan: Plan
    questions: tuple[Question, ...]
    notices: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    language: str = ""

    @property
    def seed(self) -> int:
        """The number that gives this paper again."""
        return self.plan.seed

    @property
    def items(self) -> tuple[Item, ...]:
        """What to keep of the questions, to take them up again."""
        return tuple([item_of(question) for question in self.questions])

    @property
    def header(self) -> str:
        """One line that says which paper this is: `seed 7 · 20 questions · 15 minutes · 2 decks`."""
        plan = self.plan
        parts = [f"drill: {plan.slip}"] if plan.slip else []
        parts += [f"seed {plan.seed}", counted(len(self.questions), "question")]
        if plan.minutes is not None:
            parts.append(counted(plan.minutes, "minute"))
        decks = [self.title(deck) for deck in plan.decks]
        parts.append(decks[0] if len(decks) == 1 else counted(len(decks), "deck") if decks else "all decks")
        for names, what in ((plan.tags, "tag"), (plan.kinds, "kind")):
            if names:
                parts.append(f"{what if len(names) == 1 else what + 's'} {', '.join(names)}")
        if not plan.slip:
            parts += [_OTHERWISE[each] for each in (plan.order, plan.computed) if each in _OTHERWISE]
        return " · ".join(parts)

    def title(self, deck: str) -> str:
        """A deck's title; its id where none is known."""
        return self.titles.get(deck, deck)


def draw_paper(plan: Plan, pool: Pool) -> Paper:
    """The paper of a plan. Raises Problem when nothing can be asked.

    Which cards, their order and their variants follow from the plan and the decks alone, but for the order `weak`,
    which looks at the learner's memory, too. At random, a shorter paper is the beginning of a longer one. Left out
    are: recall cards of which no fair choice can be made, since no machine grades them; all gaps but one of a cloze,
    since they give each other away; and cards that cannot be asked or that a quick witness contradicts, with a notice.
    With fewer cards than there are to be questions, all are on the paper, with a notice.
    """
    decks = pool.chosen(checked(plan))
    if plan.slip:
        from studytui.quiz.drill import draw_drill

        questions, notices = draw_drill(plan, pool, decks)
    else:
        with _without_collection():
            questions, notices = _drawn(plan, pool, _in_order(plan, pool, decks))
        if plan.order is Order.TOPIC:
            questions = _by_topic(questions, decks)
    return Paper(plan, tuple(questions), tuple(notices), pool.titles, pool.language)


@contextmanager
def _without_collection() -> Iterator[None]:
    """No garbage is collected meanwhile: nearly all that is made stays, and looking through it would take a tenth.

    Afterwards all of it counts as old.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            let_what_is_there_be_old()
            gc.enable()


def _drawn(plan: Plan, pool: Pool, cards: Iterable[PoolCard]) -> tuple[list[Question], list[str]]:
    """The first cards that can be asked, as questions, with notices. Reads only those whose turn has come."""
    questions: list[Question] = []
    notices: list[str] = []
    families: set[str] = set()
    asking = Asking(pool)
    waiting = (card for card in cards if card.family not in families)
    while batch := list(islice(waiting, plan.count - len(questions))):
        contents = pool.cards([each.id for each in batch])
        for each in batch:
            if each.id not in contents or each.family in families:
                continue
            try:
                question = asking.question(contents[each.id], variant_seed(plan.seed, each.id), plan.computed)
            except LeftOut as reason:
                notices.append(str(reason))
                continue
            if question is not None:
                questions.append(question)
                families |= {each.family} - {""}
    if not questions:
        raise Problem(notices[0] if notices else _NO_CHOICE if plan.kinds == ("recall",) else _NO_QUESTION)
    if len(questions) < plan.count:
        some = there_is(len(questions), "question")
        notices.append(f"{some} for this quiz, not {plan.count}: the paper has no more")
    return questions, notices


# -- the order ---------------------------------------------------------------------------------------------------------


def _in_order(plan: Plan, pool: Pool, decks: Sequence[PoolDeck]) -> Iterator[PoolCard]:
    """The cards in the order in which they come on the paper, as long as there is room."""
    shuffled = sorted(
        (card for deck in decks for card in deck.cards), key=lambda card: digest(plan.seed, "order", card.id)
    )
    if plan.order is Order.TOPIC:
        return _spread(shuffled)
    if plan.order is Order.WEAK:
        place = {card: number for number, card in enumerate(pool.weakest([deck.id for deck in decks]))}
        shuffled.sort(key=lambda card: place.get(card.id, len(place)))
    return iter(shuffled)


def _spread(shuffled: Sequence[PoolCard]) -> Iterator[PoolCard]:
    """The cards so that the decks are spread evenly: of however many, each deck has its share."""
    sizes: dict[str, int] = {}
    for card in shuffled:
        sizes[card.deck] = sizes.get(card.deck, 0) + 1
    taken = dict.fromkeys(sizes, 0)
    places = []
    for number, card in enumerate(shuffled):
        taken[card.deck] += 1
        places.append(((2 * taken[card.deck] - 1) / sizes[card.deck], number))
    return (shuffled[number] for _, number in sorted(places))


def _by_topic(questions: Sequence[Question], decks: Sequence[PoolDeck]) -> list[Question]:
    """Deck by deck in the order in which one learns them, within a deck in its order."""
    place = {card.id: number for number, card in enumerate(card for deck in decks for card in deck.cards)}
    return sorted(questions, key=lambda question: place[question.card.id])
