"""What a learner chooses when a quiz is set up, as data: the same plan gives the same paper."""

from __future__ import annotations

from enum import StrEnum

from studytui.frozen import frozen
from studytui.problems import Problem
from studytui.text import clean_line

#: Seeds are short enough to be read out in a classroom.
LARGEST_SEED = 999_999_999
#: Bounds of a quiz.
MOST_QUESTIONS, MOST_MINUTES = 1000, 24 * 60


class Order(StrEnum):
    """Which cards come on the paper, and in which order: by chance, deck by deck, or what is remembered worst first."""

    RANDOM = "random"
    TOPIC = "topic"
    WEAK = "weak"


class Feedback(StrEnum):
    """When the learner hears what an answer was worth. What has been judged cannot be changed any more."""

    AT_ONCE = "at-once"
    AT_END = "at-end"


class AskedAs(StrEnum):
    """How computed cards are asked: their answer is typed, or picked among the values of their slips."""

    TYPED = "typed"
    CHOICE = "choice"


@frozen
class Plan:
    """A quiz as it was set up.

    `decks` are ids, `tags` and `kinds` names; none of them means all. A card is chosen that is in one of the decks, has
    one of the tags and is of one of the kinds. `minutes` is None without a limit. A plan with a `slip` is a drill: it
    asks for variants on which that slip shows, and nothing of it is recorded as a review.
    """

    seed: int
    decks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    count: int = 20
    minutes: int | None = None
    order: Order = Order.RANDOM
    feedback: Feedback = Feedback.AT_END
    computed: AskedAs = AskedAs.TYPED
    slip: str = ""

    @property
    def limit_ms(self) -> int | None:
        """The time that there is; None without a limit."""
        return None if self.minutes is None else self.minutes * 60_000


def checked(plan: Plan) -> Plan:
    """The plan, when its numbers can be used. Raises Problem when one cannot."""
    if not 0 <= plan.seed <= LARGEST_SEED:
        raise Problem(f"{plan.seed} is no seed: give a whole number from 0 to {LARGEST_SEED}, such as 7")
    if not 1 <= plan.count <= MOST_QUESTIONS:
        raise Problem(f"a quiz has 1 to {MOST_QUESTIONS} questions, not {plan.count}")
    if plan.minutes is not None and not 1 <= plan.minutes <= MOST_MINUTES:
        raise Problem(f"a quiz has 1 to {MOST_MINUTES} minutes, not {plan.minutes}; without a number it has no limit")
    return plan


def read_seed(typed: str) -> int:
    """The seed in a text. Raises Problem when there is none."""
    digits = typed.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= 100 and int(digits) <= LARGEST_SEED:
        return int(digits)
    shown = clean_line(typed[:100])[:40]
    raise Problem(f"“{shown}” is no seed: give a whole number from 0 to {LARGEST_SEED}, such as 7")
