"""Grading a question that is asked as a choice though its card has no options: what `Recast` says is what counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.answer.choices import grade_choice
from studytui.answer.verdict import Outcome
from studytui.deck.blocks import plain
from studytui.deck.kinds.kind import SHOWN
from studytui.deck.model import Pick
from studytui.text import clean_line

if TYPE_CHECKING:
    from studytui.answer.verdict import Verdict
    from studytui.deck.blocks import Text
    from studytui.deck.model import Question, Recast, Response


class Recasting:
    """What a kind does with a response, for a question that has a `recast`."""

    def grade(self, question: Question, response: Response) -> Verdict | None:
        """Right or not; a wrong pick says what is behind it, and is a slip where a slip gives the option's value."""
        if not isinstance(response, frozenset):
            return SHOWN
        recast = _recast(question)
        verdict = grade_choice(response, {recast.right}, len(recast.slips), several=False)
        if verdict.outcome is not Outcome.WRONG:
            return verdict
        (place,) = response
        if place not in range(len(recast.slips)):
            return verdict
        slips = recast.slips[place]
        outcome = Outcome.SLIP if slips else Outcome.WRONG
        return replace(verdict, outcome=outcome, message=recast.told[place], slips=slips)

    def right(self, question: Question) -> Response:
        """The place shown of the right option."""
        return frozenset({_recast(question).right})

    def describe(self, question: Question, response: Response) -> str:
        """The picked option's text: the deck has no places of its own for what is drawn."""
        if not isinstance(response, frozenset):
            return ""
        return " · ".join(text for place, text in enumerate(_texts(question)) if place in response)

    def read(self, question: Question, described: str) -> Response:
        """The place shown of the option with this text; none when no option has it."""
        return frozenset(place for place, text in enumerate(_texts(question)) if text == described)


def option_text(option: Text) -> str:
    """An option on one line, as the journal keeps it."""
    return clean_line(plain(option))


def _texts(question: Question) -> list[str]:
    return [option_text(option) for option in question.form.options] if isinstance(question.form, Pick) else []


def _recast(question: Question) -> Recast:
    assert question.recast is not None  # noqa: S101 - whoever grades has looked
    return question.recast


RECASTING = Recasting()
