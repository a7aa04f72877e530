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

    `unread` is the last line that could not be read, if nothing readable came after it. `draft` is what was typed or
    picked and not entered: None when there is nothing of it. `late` marks a response that was entered after the time
    had run out. `language` is the one in whose words it was answered, None being the paper's.
    """

    response: Response = None
    unread: Unread | None = None
    flagged: bool = False
    late: bool = False
    spent_ms: int = 0
    draft: Response = None
    language: str | None = None


@frozen
class Sheet:
    """A sitting so far: the place of the question that is open, what was answered, and the time that it took.

    `elapsed_ms` is the time over the questions, `away_ms` what passed while nothing showed the quiz; together they are
    held against the limit. `seen_ms` is the moment at which the sitting was last there, 0 before it began.
    """

    answers: tuple[Answer, ...]
    place: int = 0
    elapsed_ms: int = 0
    away_ms: int = 0
    seen_ms: int = 0

    @property
    def used_ms(self) -> int:
        """The time that the limit has lost."""
        return self.elapsed_ms + self.away_ms
