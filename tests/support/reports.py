"""Reports for tests: of a quiz over the breakfast deck, answered as a test says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from support.quizzes import MINUTE, SECOND, at, place_of

from studytui.deck.ask import right_response
from studytui.memory.model import Moment
from studytui.quiz.report import ReportLine, comparable_key
from studytui.quiz.result import Score
from studytui.quiz.sitting import Quiz
from studytui.quiz.write_up import report_of

#: 2026-05-28, 20:26 in UTC: where local time is nine hours ahead, the next day.
BEGAN = 1_780_000_000_000
DAY = 24 * 60 * MINUTE


def sat(paper, answers=None, *, flagged=(), **known):
    """The report of a quiz in which some cards got a response, 5 seconds each; “right” is a right one."""
    quiz = Quiz(paper, at(0))
    now = 0
    for card, response in (answers or {}).items():
        quiz.go(place_of(paper, card), at(now))
        now += 5 * SECOND
        quiz.answer(right_response(quiz.question) if response == "right" else response, at(now))
    for card in flagged:
        quiz.go(place_of(paper, card), at(now))
        quiz.flag(at(now))
    return report_of(quiz.hand_in(at(now)), **{"started_ms": BEGAN, "offset": 540, **known})


def asked(report, card):
    """The question of a card in a report."""
    return next(each for each in report.questions if each.card.partition("/")[2] == card)


def line(report, number, days, points, **changes):
    """A quiz like the reported one, some days from it, with so many points."""
    return replace(
        ReportLine(
            number,
            Moment(report.started_ms + days * DAY, report.offset),
            report.header,
            Score(Fraction(points), len(report.questions)),
            MINUTE,
            comparable_key(report.plan),
        ),
        **changes,
    )
