"""A sitting over a paper, as a state machine without a screen.

Whatever shows a quiz calls the verbs of `Quiz` with the moment at which they happen and looks at `question`, `here`
and `result`. `Quiz.sheet` is all that a sitting has become so far: kept, it goes on where it was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.deck.ask import grade
from studytui.quiz.result import mark
from studytui.quiz.sheet import Answer, Sheet, Unread
from studytui.text import clean_line

if TYPE_CHECKING:
    from studytui.answer.verdict import Verdict
    from studytui.deck.model import Question, Response
    from studytui.memory.model import Moment
    from studytui.quiz.paper import Paper
    from studytui.quiz.result import Result


class Quiz:
    """One sitting over a paper. Answers can be changed until it is handed in; after that the verbs change nothing.

    Time is what passes from one verb to the next, so a clock that is set back takes none away. When the limit is
    passed, the quiz hands itself in at the next verb; if that verb is an answer, it was under way and counts, as late.
    """

    def __init__(self, paper: Paper, now: Moment, *, limit_ms: int | None = None, sheet: Sheet | None = None) -> None:
        self.paper, self.limit_ms = paper, limit_ms
        self.sheet = sheet or Sheet((Answer(),) * len(paper.questions))
        self.result: Result | None = None
        self._seen_ms = now.ms

    @property
    def question(self) -> Question:
        """The question that is open."""
        return self.paper.questions[self.sheet.place]

    @property
    def here(self) -> Answer:
        """What stands on the sheet for the question that is open."""
        return self.sheet.answers[self.sheet.place]

    @property
    def open_places(self) -> tuple[int, ...]:
        """The places, from 0, of the questions without an answer."""
        return tuple(place for place, answer in enumerate(self.sheet.answers) if answer.response is None)

    @property
    def flagged_places(self) -> tuple[int, ...]:
        """The places, from 0, of the questions that are flagged."""
        return tuple(place for place, answer in enumerate(self.sheet.answers) if answer.flagged)

    def left_ms(self, now: Moment) -> int | None:
        """The time that is left; None without a limit."""
        if self.limit_ms is None:
            return None
        return max(self.limit_ms - self.sheet.elapsed_ms - self._since(now), 0)

    def go(self, place: int, now: Moment) -> None:
        """Opens another question; a place that is not on the paper changes nothing."""
        if self._goes_on(now) and 0 <= place < len(self.sheet.answers):
            self.sheet = replace(self.sheet, place=place)

    def flag(self, now: Moment) -> None:
        """Flags the open question, or takes its flag away."""
        if self._goes_on(now):
            self._write(flagged=not self.here.flagged)

    def answer(self, response: Response, now: Moment) -> Verdict | None:
        """Answers the open question, in place of any earlier answer; None or an empty line takes that one back.

        A response that cannot be read changes no answer; its verdict is given back.
        """
        if isinstance(response, str) and not response.strip():
            response = None
        verdict = grade(self.question, response) if response is not None else None
        if verdict is not None and not verdict.counts:
            self.misread(response if isinstance(response, str) else "", verdict, now)
            return verdict
        if self.result is None:
            in_time = self._pass_time(now)
            self._write(response=response, unread=None, late=not in_time)
            self._end_if_over(now)
        return None

    def misread(self, typed: str, verdict: Verdict, now: Moment) -> None:
        """Notes a line that no response could be made of, with the verdict that says why. It changes no answer."""
        if self.result is None:
            self._pass_time(now)
            self._write(unread=Unread(clean_line(typed), verdict))
            self._end_if_over(now)

    def hand_in(self, now: Moment) -> Result:
        """Ends the sitting and marks every question."""
        if self.result is None:
            self._pass_time(now)
            self.result = mark(self.paper, self.sheet, self.limit_ms)
        return self.result

    def _goes_on(self, now: Moment) -> bool:
        """Whether there is still something to do; counts the time, and hands in what has run out of it."""
        if self.result is None:
            self._pass_time(now)
            self._end_if_over(now)
        return self.result is None

    def _end_if_over(self, now: Moment) -> None:
        if self.left_ms(now) == 0:
            self.hand_in(now)

    def _pass_time(self, now: Moment) -> bool:
        """Counts the time since the last verb for the open question. False when it has run out."""
        passed = self._since(now)
        self._seen_ms = now.ms
        self.sheet = replace(self.sheet, elapsed_ms=self.sheet.elapsed_ms + passed)
        self._write(spent_ms=self.here.spent_ms + passed)
        return self.left_ms(now) != 0

    def _since(self, now: Moment) -> int:
        return max(now.ms - self._seen_ms, 0)

    def _write(self, **changes: object) -> None:
        """Changes what stands on the sheet for the open question."""
        answers, place = self.sheet.answers, self.sheet.place
        changed = replace(answers[place], **changes)  # type: ignore[arg-type]  # the callers give each field's type
        self.sheet = replace(self.sheet, answers=(*answers[:place], changed, *answers[place + 1 :]))
