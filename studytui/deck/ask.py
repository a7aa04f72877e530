"""Asking and grading, whatever the kind: a card becomes a question, a response a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.registry import kind_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from studytui.answer.verdict import Verdict
    from studytui.deck.kinds.kind import Kind
    from studytui.deck.model import Card, Question, Response
    from studytui.deck.recast_graded import Recasting


def ask(card: Card, seed: int, *, avoid: Collection[int] = (), focus: str = "") -> Question:
    """The card as it is asked now: `ask(card, question.seed)` gives the same question again.

    `avoid` holds the seeds of questions seen last; `focus` names a slip that the variant should show, if any can.
    Raises CardError, a ValueError, when the card cannot be asked.
    """
    return kind_of(card.kind).ask(card, seed, avoid=avoid, focus=focus)


def varies(card: Card) -> bool:
    """Whether `avoid` and `focus` make a difference to how the card is asked."""
    return kind_of(card.kind).varies


def grade(question: Question, response: Response) -> Verdict | None:
    """The verdict on a response; None when the learner judges alone. `None` as a response (“show me”) is wrong.

    Never raises, whatever was entered in the question's form.
    """
    return _grader(question).grade(question, response)


def right_response(question: Question) -> Response:
    """A response that is graded as right; None where the learner judges."""
    return _grader(question).right(question)


def describe_response(question: Question, response: Response) -> str:
    """A response as the journal keeps it: one line; places count from 1 in the deck's order. Empty for “show me”."""
    return _grader(question).describe(question, response)


def read_response(question: Question, described: str) -> Response:
    """The response that `describe_response` described, for the same question."""
    return _grader(question).read(question, described)


def _grader(question: Question) -> Kind | Recasting:
    """Who grades the question: its card's kind, unless it is asked as a choice though its card is none."""
    if question.recast is None:
        return kind_of(question.card.kind)
    from studytui.deck.recast_graded import RECASTING  # only a quiz asks cards in this way

    return RECASTING
