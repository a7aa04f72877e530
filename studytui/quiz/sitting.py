"""A sitting over a paper, as a state machine without a screen.

Whatever shows a quiz calls the verbs of `Quiz` with the moment at which they happen and looks at `question`, `here`
and `result`. `Quiz.sheet` is all that a sitting has become so far: kept, it goes on where it was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from studytui.answer.verdict import Outcome, Verdict
from studytui.deck.ask import grade
from studytui.deck.model import Filled
from studytui.quiz.plan import Feedback
from studytui.quiz.result import mark
from studytui.quiz.sheet import Answer, Sheet, Unread
from studytui.text import clean_line

if TYPE_CHECKING:
    from studytui.deck.model import Question, Response
    from studytui.memory.model import Moment
    from studytui.quiz.paper import Paper
    from studytui.quiz.result import Result

MINUTE_MS = 60_000
#: How much time is left when the learner is told so.
WARN_AT_MS = (5 * MINUTE_MS, MINUTE_MS)
#: A draft is written down at most so often: to wait for the disk at every key would be felt.
DRAFT_EVERY_MS = 1000
#: And the time at least so often, so that a killed terminal costs a question little of its own.
KEEP_EVERY_MS = 30_000


class Keeper(Protocol):
    """What keeps a sitting while it goes on. Both are durable on return, or raise and have kept nothing."""

    @property
    def number(self) -> int:
        """The number by which the quiz is found again."""

    def keep(self, sheet: Sheet) -> None:
        """Keeps the sheet as it stands."""

    def hand_in(self, result: Result, sheet: Sheet, now: Moment) -> None:
        """Closes the quiz with what it came to."""


class Quiz:
    """One sitting over a paper. Answers can be changed until it is handed in; after that the verbs change nothing.

    With feedback at once an answer that was read is judged and cannot be changed any more. Time is what passes from one
    verb to the next, so a clock that is set back takes none away and gives none; between a sheet that was kept and the
    sitting that takes it up, it is time away. When the limit is passed, the quiz hands itself in at the next verb; if
    that verb is an answer, it was under way and counts, as late. A verb whose change cannot be kept raises what the
    keeper raises, and has changed nothing.
    """

    def __init__(self, paper: Paper, now: Moment, *, sheet: Sheet | None = None, keeper: Keeper | None = None) -> None:
        self.paper = paper
        self.limit_ms = paper.plan.limit_ms
        self.result: Result | None = None
        self._keeper = keeper
        self._verdicts: dict[int, Verdict | None] = {}
        self._drafted_ms: int | None = None
        self._kept_ms = now.ms
        if sheet is None:
            sheet = Sheet((Answer(),) * len(paper.questions))
        elif sheet.seen_ms:
            sheet = replace(sheet, away_ms=sheet.away_ms + max(now.ms - sheet.seen_ms, 0))
        self.sheet = replace(sheet, seen_ms=now.ms)
        self._told_ms = self.left_ms(now)
        self.tick(now)

    # -- looking -------------------------------------------------------------------------------------------------------

    @property
    def number(self) -> int:
        """The quiz's number in the journal; 0 where nothing keeps it."""
        return self._keeper.number if self._keeper is not None else 0

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

    def judged(self, place: int) -> Verdict | None:
        """With feedback at once: the verdict on a question that was answered. It is locked from then on."""
        if self.paper.plan.feedback is not Feedback.AT_ONCE:
            return None
        response = self.sheet.answers[place].response
        if response is None:
            return None
        if place not in self._verdicts:
            self._verdicts[place] = grade(self.paper.questions[place], response)
        return self._verdicts[place]

    def left_ms(self, now: Moment) -> int | None:
        """The time that is left; None without a limit."""
        if self.limit_ms is None:
            return None
        return max(self.limit_ms - self.sheet.used_ms - max(now.ms - self.sheet.seen_ms, 0), 0)

    def warning(self, now: Moment) -> str:
        """What is to be said of the time just now, once each time that one of `WARN_AT_MS` is passed; else nothing."""
        before, left = self._told_ms, self.left_ms(now)
        if before is None or left is None or self.result is not None:
            return ""
        self._told_ms = min(before, left)
        return warning(before, left)

    def retell(self, question: Question, language: str) -> None:
        """The open question in the words of another language; it is graded by them from now on, and when taken up."""
        questions = list(self.paper.questions)
        questions[self.sheet.place] = question
        self.paper = replace(self.paper, questions=tuple(questions))
        self.sheet = _written(self.sheet, language=language)

    # -- verbs ---------------------------------------------------------------------------------------------------------

    def go(self, place: int, now: Moment) -> None:
        """Opens another question; a place that is not on the paper changes nothing."""
        if self._goes_on(now) and 0 <= place < len(self.sheet.answers):
            self._keep(replace(self.sheet, place=place))

    def flag(self, now: Moment) -> None:
        """Flags the open question, or takes its flag away."""
        if self._goes_on(now):
            self._keep(_written(self.sheet, flagged=not self.here.flagged))

    def answer(self, response: Response, now: Moment, *, then: int | None = None) -> Verdict | None:
        """Answers the open question, in place of any earlier answer; None or an empty line takes that one back.

        A response that cannot be read changes no answer; its verdict is given back. `then` is the place that is opened
        by the same writing, so that one waits for the disk once; an answer that could not be read, or was judged at
        once, stays open.
        """
        at_once = self.paper.plan.feedback is Feedback.AT_ONCE
        return self.answer_and_go(response, now, None if at_once and _something(response) is not None else then)

    def answer_and_go(self, response: Response, now: Moment, then: int | None) -> Verdict | None:
        """Answers and opens the place `then`, also where the answer was judged at once.

        For whoever tells the verdict of a question that is open no more, as lines do: `judged` has it.
        """
        if self.result is not None or self._locked:
            self.tick(now)
            return None
        response = _something(response)
        verdict = grade(self.question, response) if response is not None else None
        if verdict is not None and not verdict.counts:
            self.misread(response if isinstance(response, str) else "", verdict, now)
            return verdict
        over = self._pass(now)
        sheet = _written(self.sheet, response=response, unread=None, draft=None, late=over)
        if then is not None and 0 <= then < len(sheet.answers):
            sheet = replace(sheet, place=then)
        self._enter(sheet, now)
        return None

    def misread(self, typed: str, verdict: Verdict, now: Moment) -> None:
        """Notes a line that no response could be made of, with the verdict that says why. It changes no answer."""
        if self.result is None and not self._locked:
            self._pass(now)
            self._enter(_written(self.sheet, unread=_unread(typed, verdict), draft=None), now)

    def draft(self, response: Response, now: Moment) -> None:
        """Notes what is being typed or picked and was not entered: where it can be read, it counts when the time ends.

        It is kept within a second, by the next verb or `tick`.
        """
        if self._goes_on(now) and not self._locked:
            drafted = None if response == frozenset() else _something(response)
            changed = None if drafted == self.here.response else drafted
            if changed != self.here.draft:
                self.sheet = _written(self.sheet, draft=changed)
                self._drafted_ms = now.ms if self._drafted_ms is None else self._drafted_ms

    def tick(self, now: Moment) -> None:
        """Lets time pass: hands in when it is over, and keeps what was drafted and how long a question took so far."""
        if self._goes_on(now) and (
            now.ms >= self._kept_ms + KEEP_EVERY_MS
            or (self._drafted_ms is not None and now.ms >= self._drafted_ms + DRAFT_EVERY_MS)
        ):
            self._keep(self.sheet)

    def leave(self, now: Moment) -> None:
        """Keeps the sitting as it stands, to be taken up later; the time goes on, but for no question."""
        if self._goes_on(now):
            self._keep(self.sheet)

    def hand_in(self, now: Moment) -> Result:
        """Ends the sitting and marks every question."""
        if self._goes_on(now):
            self._end(self.sheet, now)
        assert self.result is not None  # noqa: S101 - either the time or the line above has ended it
        return self.result

    # -- time ----------------------------------------------------------------------------------------------------------

    def _goes_on(self, now: Moment) -> bool:
        """Whether the verb may change anything: lets time pass, no more than there is, and hands in when none is left.

        What was drafted in the open question counts then: it stood there in time.
        """
        if self.result is None and self._pass(now, within_limit=True):
            self._end(self._with_draft(self.sheet), now)
        return self.result is None

    def _pass(self, now: Moment, *, within_limit: bool = False) -> bool:
        """Counts the time since the last verb for the open question; whether there is none left."""
        passed = max(now.ms - self.sheet.seen_ms, 0)
        if within_limit and self.limit_ms is not None:
            passed = min(passed, max(self.limit_ms - self.sheet.used_ms, 0))
        sheet = replace(self.sheet, elapsed_ms=self.sheet.elapsed_ms + passed, seen_ms=now.ms)
        self.sheet = _written(sheet, spent_ms=self.here.spent_ms + passed)
        return self.left_ms(now) == 0

    # -- writing -------------------------------------------------------------------------------------------------------

    @property
    def _locked(self) -> bool:
        return self.judged(self.sheet.place) is not None

    def _with_draft(self, sheet: Sheet) -> Sheet:
        """The sheet of a quiz whose time is over: what stood in the open question then counts as if it was entered."""
        draft = sheet.answers[sheet.place].draft
        if draft is None:
            return sheet
        verdict = grade(self.question, draft)
        if verdict is None or verdict.counts:
            return _written(sheet, response=draft, unread=None, draft=None)
        return _written(sheet, unread=_unread(draft if isinstance(draft, str) else "", verdict), draft=None)

    def _enter(self, sheet: Sheet, now: Moment) -> None:
        if self.left_ms(now) == 0:
            self._end(sheet, now)
        else:
            self._keep(sheet)

    def _keep(self, sheet: Sheet) -> None:
        if self._keeper is not None:
            self._keeper.keep(sheet)
        self.sheet, self._drafted_ms, self._kept_ms = sheet, None, sheet.seen_ms

    def _end(self, sheet: Sheet, now: Moment) -> Result:
        result = mark(self.paper, sheet, self.limit_ms)
        if self._keeper is not None:
            self._keeper.hand_in(result, sheet, now)
        self.sheet, self.result = sheet, result
        return result


def warning(before_ms: int, left_ms: int) -> str:
    """What is to be said when the time left has gone down from `before_ms`: the last of WARN_AT_MS that was passed."""
    passed = [mark for mark in WARN_AT_MS if left_ms <= mark < before_ms]
    if not passed or left_ms == 0:
        return ""
    minutes = passed[-1] // MINUTE_MS
    said = "1 minute" if minutes == 1 else f"{minutes} minutes"
    exact = left_ms > passed[-1] - MINUTE_MS // 6
    return f"{said} left" if exact else f"less than {said} left"


def _written(sheet: Sheet, **changes: object) -> Sheet:
    """The sheet with changes in what stands on it for the open question."""
    answers, place = sheet.answers, sheet.place
    changed = replace(answers[place], **changes)  # type: ignore[arg-type]  # the callers give each field's type
    return replace(sheet, answers=(*answers[:place], changed, *answers[place + 1 :]))


def _something(response: Response) -> Response:
    """None for lines without a word in them, and for rows of which none has a partner."""
    match response:
        case str() if not response.strip():
            return None
        case Filled(lines=lines) if not any(line.strip() for line in lines):
            return None
        case tuple() if all(place < 0 for place in response):
            return None
    return response


def _unread(typed: str, verdict: Verdict) -> Unread:
    """As it is kept: the sentence is what there is to say of it."""
    return Unread(clean_line(typed), Verdict(Outcome.UNREADABLE, message=verdict.message))
