"""The words of memory as frozen data: ratings, the moment, what is remembered of a card, and journal entries.

Days are whole numbers: the days since 1970-01-01 of the learner's own calendar, each beginning at the day start
(04:00). Times are UTC milliseconds.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

from studytui.frozen import frozen


class Rating(IntEnum):
    """How well a card was remembered, in FSRS's words."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class State(StrEnum):
    """Where a card stands. A card without a memory is new."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@frozen
class Moment:
    """Now, as the clock gives it: UTC milliseconds, and the minutes by which local time is ahead of UTC."""

    ms: int
    offset: int = 0


@frozen
class Memory:
    """What is remembered of one card, derived from its reviews alone.

    `stability` is in days, `difficulty` from 1 to 10, both FSRS-6. A card in learning or relearning is due at `due_ms`
    (`due_day` is then `last_day`); one in review is due on `due_day` (`due_ms` is then 0). `step` counts the learning
    steps done. `first_day` is the day on which the card was new.
    """

    card: str
    state: State
    stability: float
    difficulty: float
    due_day: int
    due_ms: int
    step: int
    last_ms: int
    last_day: int
    reviews: int
    lapses: int
    first_day: int = 0


class Action(StrEnum):
    """What a journal entry records."""

    REVIEW = "review"
    UNDO = "undo"
    SUSPEND = "suspend"
    RESUME = "resume"
    BURY = "bury"
    RESET = "reset"
    SET_DUE = "set-due"


@frozen
class Entry:
    """One row of the journal: a review, or something else that changes when a card is asked. Never altered.

    `id` is 0 until the journal has given one. `target` is the entry that an undo takes back. `verdict` is the
    outcome's name. `typed` is what the learner gave, cleaned. `givens` is JSON. `duration_ms` runs from question to
    rating. `due_day` is the day that was set with SET_DUE. `spread` says where among the days that its interval could
    have a review was put, from 0 to 1; None is where `fuzz.chance` puts it.
    """

    card: str
    action: Action
    time_ms: int
    offset: int
    day: int
    id: int = 0
    rating: Rating | None = None
    verdict: str = ""
    typed: str = ""
    seed: int = 0
    givens: str = ""
    slip: str = ""
    duration_ms: int = 0
    target: int = 0
    engine: str = ""
    due_day: int = 0
    spread: float | None = None
