"""The questions of a quiz: which cards are asked, in which order and in which variants."""

from __future__ import annotations

import hashlib
from dataclasses import field
from typing import TYPE_CHECKING

from studytui.deck.ask import ask
from studytui.deck.model import Reveal
from studytui.deck.proof import contradiction, prove
from studytui.frozen import frozen
from studytui.problems import Problem
from studytui.quiz.plan import LARGEST_SEED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from studytui.deck.model import Card, Question


@frozen
class Paper:
    """The questions of a quiz, in their order. `notices` say what else the learner must know of how it was made.

    `titles` are those of the decks, by id, in the learner's language.
    """

    seed: int
    questions: tuple[Question, ...]
    notices: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    def title(self, deck: str) -> str:
        """A deck's title; its id where none is known."""
        return self.titles.get(deck, deck)


def draw_paper(cards: Iterable[str], card_of: Callable[[str], Card | None], count: int, seed: int) -> Paper:
    """A paper of `count` questions from cards given by their ids; each is asked for only when its turn has come.

    Which cards, their order and their variants follow from the seed and the ids alone, so a shorter paper is the
    beginning of a longer one. Left out are: recall cards, which no machine grades; all gaps but one of a cloze, since
    they give each other away; and cards that cannot be asked or that a quick witness contradicts, with a notice. With
    fewer cards than `count` all are on the paper, with a notice. Raises Problem when no question is left.
    """
    if not 0 <= seed <= LARGEST_SEED:
        raise Problem(f"{seed} is no seed: give a whole number from 0 to {LARGEST_SEED}, such as 7")
    if count < 1:
        raise Problem(f"a quiz of {count} questions cannot be sat: ask for one at least")
    questions: list[Question] = []
    notices: list[str] = []
    families: set[str] = set()
    for card_id in sorted(set(cards), key=lambda each: _digest(seed, "order", each)):
        if len(questions) == count:
            break
        card = card_of(card_id)
        if card is None or card.family in families:
            continue
        question = _question(card, seed, notices)
        if question is not None:
            questions.append(question)
            families |= {card.family} - {""}
    if not questions:
        raise Problem(notices[0] if notices else "no card of these decks is graded by machine: choose other decks")
    if len(questions) < count:
        some = "1 question" if len(questions) == 1 else f"{len(questions)} questions"
        notices.append(f"these decks have {some} for a quiz, not {count}: the paper has no more")
    return Paper(seed, tuple(questions), tuple(notices))


def _question(card: Card, seed: int, notices: list[str]) -> Question | None:
    """The card as the paper asks it; None, and a notice where there is something to say, when it cannot."""
    try:
        question = ask(card, int.from_bytes(_digest(seed, "variant", card.id)[:4]) >> 1)
    except ValueError as error:
        notices.append(f"{card.id} is left out: {error}")
        return None
    if isinstance(question.form, Reveal):
        return None
    against = contradiction(prove(call) for call in (question.variant.calls if question.variant is not None else ()))
    if against is not None:
        notices.append(f"{card.id} is left out: {against}")
        return None
    return question


def _digest(seed: int, what: str, card: str) -> bytes:
    return hashlib.sha256(f"quiz\0{what}\0{seed}\0{card}".encode()).digest()
