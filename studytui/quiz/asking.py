"""A card as a quiz asks it: graded by machine, proved, and given again from what is kept of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from studytui.deck.ask import ask
from studytui.deck.blocks import plain
from studytui.deck.model import Arrange, Fill, Line, Pair, Pick, Reveal
from studytui.deck.proof import contradiction, prove
from studytui.frozen import frozen
from studytui.quiz.plan import AskedAs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studytui.deck.model import Card, Form, Question
    from studytui.deck.recast_siblings import Siblings
    from studytui.quiz.pool import Pool


class LeftOut(Exception):  # noqa: N818 - no error: the paper does without this card
    """A card that is not asked; the text says which and why."""


@frozen
class Item:
    """What is kept of a question: with the decks of then, it gives the question again.

    `digest` stands for what is asked, so that a card that was edited meanwhile is noticed.
    """

    card: str
    seed: int
    recast: bool
    digest: str


class Asking:
    """Asks the cards of a pool: what has no options of its own as a choice, where that is wanted and fair."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._recall: dict[tuple[str, str], _Recall | None] = {}

    def question(self, card: Card, seed: int, computed: AskedAs) -> Question | None:
        """The question that a card becomes; None for one that no machine grades. Raises LeftOut.

        A computed card of which no fair choice can be made is typed, also where choices are asked for.
        """
        try:
            if card.kind == "recall":
                return self.recall_choice(card, seed)
            question = ask(card, seed)
            if computed is AskedAs.CHOICE and card.kind == "computed":
                question = as_choice(question) or question
        except ValueError as error:
            raise LeftOut(f"{card.id} is left out: {error}") from error
        return None if isinstance(question.form, Reveal) else proved(question)

    def recall_choice(self, card: Card, seed: int) -> Question | None:
        """A recall card among its siblings' answers; None where that is not fair.

        Whether it is decides the deck's own language, so that the paper has the same cards in every other; where a
        translation makes no fair choice, the card is asked in the deck's language.
        """
        own = self._recall_cards(card.deck, "")
        if own is None or card.id not in own.cards:
            return None
        from studytui.deck.recast import choice_of_recall

        question = choice_of_recall(own.cards[card.id], own.siblings, seed)
        if question is None or not self._pool.language:
            return question
        translated = self._recall_cards(card.deck, self._pool.language)
        return (choice_of_recall(card, translated.siblings, seed) if translated is not None else None) or question

    def _recall_cards(self, deck: str, language: str) -> _Recall | None:
        """A deck's recall cards; None where they are too few for a choice."""
        key = (deck, language)
        if key not in self._recall:
            from studytui.deck.recast_siblings import WRONG_OPTIONS, Siblings

            ids = [
                card.id for each in self._pool.decks if each.id == deck for card in each.cards if card.kind == "recall"
            ]
            self._recall[key] = None
            if len(ids) > WRONG_OPTIONS:
                cards = self._pool.read(ids, language)
                self._recall[key] = _Recall(cards, Siblings(cards.values()))
        return self._recall[key]


class _Recall(NamedTuple):
    """The recall cards of a deck in one language."""

    cards: Mapping[str, Card]
    siblings: Siblings


def proved(question: Question) -> Question:
    """The question, unless a quick witness contradicts one of its calls: then LeftOut is raised."""
    calls = question.variant.calls if question.variant is not None else ()
    against = contradiction(prove(call) for call in calls)
    if against is not None:
        raise LeftOut(f"{question.card.id} is left out: {against}")
    return question


def item_of(question: Question) -> Item:
    """What to keep of a question."""
    return Item(question.card.id, question.seed, question.recast is not None, _digest(question))


def retake(items: Sequence[Item], pool: Pool) -> tuple[Question | None, ...]:
    """The questions of which items were kept, exactly as they were asked; the pool has to be in the same language.

    None stands for a question whose card is gone, cannot be asked any more, or asks something else by now.
    """
    cards = pool.cards(list(dict.fromkeys(item.card for item in items)))
    asking = Asking(pool)
    return tuple([_again(item, cards.get(item.card), asking) for item in items])


def _again(item: Item, card: Card | None, asking: Asking) -> Question | None:
    from studytui.deck.recast import choices_of_computed

    if card is None:
        return None
    questions: Iterable[Question | None]
    try:
        if item.recast and card.kind == "recall":
            questions = [asking.recall_choice(card, item.seed)]
        else:
            question = ask(card, item.seed)
            questions = choices_of_computed(question) if item.recast else [question]
        return next((each for each in questions if each is not None and _digest(each) == item.digest), None)
    except ValueError:
        return None


def as_choice(question: Question, focus: str = "") -> Question | None:
    """A typed computed question as a choice; None where no fair one, or none with the slip `focus`, can be made."""
    from studytui.deck.recast import choice_of_computed

    return choice_of_computed(question, focus)


def _digest(question: Question) -> str:
    texts = [plain(question.prompt), *_form_texts(question.form)]
    return hashlib.sha256("\0".join(texts).encode(errors="replace")).hexdigest()[:16]


def _form_texts(form: Form) -> list[str]:
    """What the form shows, and what sort of form it is."""
    match form:
        case Pick(options, several):
            return ["several" if several else "one", *map(plain, options)]
        case Arrange(items):
            return ["arrange", *map(plain, items)]
        case Pair(left, right):
            return ["pair", *map(plain, left), "with", *map(plain, right)]
        case Fill(parts):
            return ["fill", *(f"{plain(part.ask)}\0{part.hint}\0{part.unit}" for part in parts)]
        case Line(hint, unit):
            return ["line", hint, unit]
        case Reveal():
            return ["reveal"]
