"""Reports for tests: of a quiz over the breakfast deck, answered as a test says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from support.quizzes import MINUTE, SECOND, at, place_of

from studytui.answer.verdict import Mark, Outcome
from studytui.deck.ask import right_response
from studytui.deck.blocks import Block, Span
from studytui.memory.model import Moment
from studytui.quiz.report import Entry, MadeSlip, ReportLine, Shape, comparable_key
from studytui.quiz.result import Score
from studytui.quiz.sitting import Quiz
from studytui.quiz.write_up import report_of

#: 2026-05-28, 20:26 in UTC: where local time is nine hours ahead, the next day.
BEGAN = 1_780_000_000_000
DAY = 24 * 60 * MINUTE
PADDED = MadeSlip("padded_once", "Padding is added on both sides, so it counts twice.")
HOSTILE = '<script>alert("1")</script> [link](http://x.test) `code` **bold** | & ]]> <!-- \x1b[31m'


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


def text(words):
    return (Block("paragraph", (Span(words),)),)


def slipped(report, card="eggs", **changes):
    """The report, one of its questions answered with a slip."""
    told = {"outcome": Outcome.SLIP, "typed": "28", "message": PADDED.sentence, "slips": (PADDED,), **changes}
    return replace(
        report,
        questions=tuple(
            replace(each, **told) if each.card == f"breakfast/{card}" else each for each in report.questions
        ),
    )


def parted(report):
    """The report, its computed question having two parts: the first wrong, the second right for the first."""
    entries = (
        Entry(text("padded size"), Mark.WRONG, given=text("8"), truth=text("9 px"), outcome=Outcome.SLIP,
              told=PADDED.sentence, slips=(PADDED,)),
        Entry(text("output size"), Mark.RIGHT, given=text("4"), truth=text("5"), outcome=Outcome.RIGHT,
              score=Fraction(1), told="Right for your padded size."),
    )  # fmt: skip
    return slipped(report, shape=Shape.PARTS, entries=entries, message="One of two.", score=Fraction(1, 2))


def hostile(report):
    """The report with markup in each of its texts."""
    bad = text(HOSTILE)
    slip = MadeSlip(HOSTILE, HOSTILE)
    entries = tuple(
        Entry(bad, mark, given=bad, truth=bad, told=HOSTILE, slips=(slip,)) for mark in (Mark.RIGHT, Mark.WRONG)
    )
    styled = tuple(Block("bullet", (Span(HOSTILE, style),)) for style in ("strong", "em", "code", "math", "mark"))
    questions = tuple(
        replace(
            each, title=HOSTILE, card=HOSTILE, file=HOSTILE, tags=(HOSTILE,), prompt=(*bad, *styled), truth=bad,
            explanation=(Block("head", cells=((Span(HOSTILE),),)), Block("row", cells=((Span(HOSTILE, "code"),),))),
            message=HOSTILE, slips=(slip,), entries=entries if each.entries else (),
        )
        for each in report.questions
    )  # fmt: skip
    return replace(report, questions=questions, header=HOSTILE, notices=(HOSTILE,))
