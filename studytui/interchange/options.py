"""What may be picked for a question: which of it is right, and what is told about each afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.ask import grade, right_response
from studytui.deck.model import Pick
from studytui.frozen import frozen

if TYPE_CHECKING:
    from studytui.deck.blocks import Text
    from studytui.deck.model import Question


@frozen
class Option:
    """One of the options, and the sentence that is told when it is picked alone."""

    text: Text
    right: bool
    told: str = ""


def options(question: Question) -> tuple[Option, ...]:
    """The options in the order shown; none where nothing is picked."""
    form, right = question.form, right_response(question)
    if not isinstance(form, Pick) or not isinstance(right, frozenset):
        return ()
    return tuple(
        Option(text, place in right, "" if place in right or form.several else _told(question, place))
        for place, text in enumerate(form.options)
    )


def _told(question: Question, place: int) -> str:
    verdict = grade(question, frozenset({place}))
    return verdict.message if verdict is not None else ""
