"""What a quiz that was handed in came to: every question marked, scores as exact fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from studytui.deck.ask import grade
from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studytui.answer.verdict import Verdict
    from studytui.deck.model import Question
    from studytui.quiz.paper import Paper
    from studytui.quiz.sheet import Answer, Sheet


@frozen
class Score:
    """Points, exact, of at most one a question."""

    points: Fraction
    questions: int

    @property
    def share(self) -> Fraction:
        """The points of all there were, 0 to 1."""
        return self.points / self.questions


@frozen
class Marked:
    """One question of a result. `verdict` is None for one without an answer, and unreadable for what was not read."""

    question: Question
    answer: Answer
    verdict: Verdict | None

    @property
    def score(self) -> Fraction:
        """Exact, 0 to 1."""
        return self.verdict.score if self.verdict is not None else Fraction(0)

    @property
    def answered(self) -> bool:
        """Whether there is an answer that was graded."""
        return self.verdict is not None and self.verdict.counts


@frozen
class Result:
    """A quiz that was handed in: its questions marked, in the paper's order, and the time that it took.

    `away_ms` passed while nothing showed the quiz; it counts against the limit and for no question.
    """

    paper: Paper
    marked: tuple[Marked, ...]
    elapsed_ms: int
    limit_ms: int | None = None
    away_ms: int = 0

    @property
    def out_of_time(self) -> bool:
        """Whether the time had run out when the quiz was handed in."""
        return self.limit_ms is not None and self.elapsed_ms + self.away_ms >= self.limit_ms

    @property
    def total(self) -> Score:
        """The score of the whole paper."""
        return _score(self.marked)


def _score(marked: Iterable[Marked]) -> Score:
    scores = [each.score for each in marked]
    return Score(sum(scores, Fraction(0)), len(scores))


def mark(paper: Paper, sheet: Sheet, limit_ms: int | None) -> Result:
    """Grades every question of a paper as it was answered."""
    marked = zip(paper.questions, sheet.answers, strict=True)
    return Result(paper, tuple(_mark(*each) for each in marked), sheet.elapsed_ms, limit_ms, sheet.away_ms)


def _mark(question: Question, answer: Answer) -> Marked:
    if answer.response is not None:
        return Marked(question, answer, grade(question, answer.response))
    return Marked(question, answer, answer.unread.verdict if answer.unread is not None else None)
