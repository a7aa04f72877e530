"""What grading gives: a verdict, and the slips, marks and partial score that explain it."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from studytui.frozen import frozen


class Outcome(StrEnum):
    """The five things that an answer can be."""

    RIGHT = "right"
    SLIP = "slip"
    CLOSE = "close"
    WRONG = "wrong"
    UNREADABLE = "unreadable"


class Mark(StrEnum):
    """How one option, item or row of an answer was judged."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"
    PLAIN = "plain"


#: What a typed answer scores that is close; the parts of a choice, an order or a match are counted instead.
CLOSE_SCORE = Fraction(1, 2)


@frozen
class Slip:
    """A wrong answer that has a name: the value that the typical mistake gives, and the sentence that corrects it."""

    name: str
    sentence: str
    value: object


@frozen
class Verdict:
    """What grading an answer gives.

    `score` is exact, 0 to 1. `message` is one sentence for the learner, empty when the outcome says it all.
    `slips` are the slips that were recognised. `marks` judge the parts of a choice, an order or a match,
    in the order in which the parts were shown. `parts` are the verdicts on the answers of a question that has several.
    """

    outcome: Outcome
    score: Fraction = Fraction(0)
    message: str = ""
    slips: tuple[Slip, ...] = ()
    marks: tuple[Mark, ...] = ()
    parts: tuple[Verdict, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the answer was read at all: an unreadable one is asked again, never graded."""
        return self.outcome is not Outcome.UNREADABLE
