"""What stands on a learner's sheet while a quiz is sat: data, kept and taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.frozen import frozen

if TYPE_CHECKING:
    from studytui.answer.verdict import Verdict
    from studytui.deck.model import Response


@frozen
class Unread:
    """A line that could not be read, with the verdict that says why."""

    typed: str
    verdict: Verdict


@frozen
class Answer:
    """What stands on the sheet for one question: the response, None being none yet, and when something was unreadable.

    `unread` is the last line that could not be read, if nothing readable came after it. `late` marks a response that
    was under way when the time ran out.
    """

    response: Response = None
    unread: Unread | None = None
    flagged: bool = False
    late: bool = False
    spent_ms: int = 0


@frozen
class Sheet:
    """A sitting so far: the place of the question that is open, what was answered, and the time that it took."""

    answers: tuple[Answer, ...]
    place: int = 0
    elapsed_ms: int = 0
