"""A report as data for other programs: one JSON object. Points are exact, as fractions (`27/2`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.blocks import plain
from studytui.quiz.exact_json import as_plain
from studytui.quiz.report import DamagedLine
from studytui.quiz_pages.chart import bars
from studytui.quiz_pages.words import iso_text, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studytui.quiz.report import Asked, Entry, Group, MadeSlip, Report, ReportLine
    from studytui.quiz.result import Score


def as_json(report: Report, lines: Iterable[ReportLine] = ()) -> dict[str, object]:
    """The whole report, with every question; docs/quiz.md lists the keys."""
    return {
        "number": report.number,
        "began": iso_text(report.when),
        "header": report.header,
        "seed": report.plan.seed,
        "plan": _plan(report),
        "score": _score(report.score),
        "by_deck": {group.name: _score(group.score) for group in report.by_deck},
        "by_tag": {group.name: _score(group.score) for group in report.by_tag},
        "by_kind": {group.name: _score(group.score) for group in report.by_kind},
        "time_ms": {
            "by_deck": _times(report.by_deck),
            "by_tag": _times(report.by_tag),
            "by_kind": _times(report.by_kind),
        },
        "elapsed_ms": report.elapsed_ms,
        "away_ms": report.away_ms,
        "limit_ms": report.limit_ms,
        "out_of_time": report.out_of_time,
        "answered": report.answered,
        "reviews": report.reviews,
        "notices": list(report.notices),
        "slips": [
            {"name": slip.name, "sentence": slip.sentence, "count": slip.count, "cards": list(slip.cards)}
            for slip in report.slips
        ],
        "compared": [{"number": bar.number, "date": bar.date, "percent": bar.percent} for bar in bars(report, lines)],
        "questions": [_question(each) for each in report.questions],
    }


def list_json(lines: Iterable[ReportLine | DamagedLine]) -> list[dict[str, object]]:
    """The quizzes in the journal; of one that cannot be read, its number and why."""
    return [
        {
            "number": line.number,
            "began": iso_text(line.when),
            "header": line.header,
            "score": _score(line.score),
            "elapsed_ms": line.elapsed_ms,
        }
        if not isinstance(line, DamagedLine)
        else {"number": line.number, "problem": line.problem}
        for line in lines
    ]


def _plan(report: Report) -> dict[str, object]:
    plan = report.plan
    return {
        "decks": list(plan.decks),
        "tags": list(plan.tags),
        "kinds": list(plan.kinds),
        "count": plan.count,
        "minutes": plan.minutes,
        "order": plan.order.value,
        "feedback": plan.feedback.value,
        "computed": plan.computed.value,
        "slip": plan.slip,
    }


def _score(score: Score) -> dict[str, object]:
    return {"points": str(score.points), "questions": score.questions, "percent": percent(score)}


def _times(groups: Iterable[Group]) -> dict[str, int]:
    return {group.name: group.spent_ms for group in groups}


def _question(asked: Asked) -> dict[str, object]:
    return {
        "number": asked.number,
        "card": asked.card,
        "deck": asked.deck,
        "title": asked.title,
        "tags": list(asked.tags),
        "kind": asked.kind,
        "recast": asked.recast,
        "file": asked.file,
        "line": asked.line,
        "seed": asked.seed,
        "givens": as_plain(asked.givens),
        "question": plain(asked.prompt),
        "shape": asked.shape.value,
        "entries": [_entry(entry) for entry in asked.entries],
        "answered": asked.answered,
        "typed": asked.typed,
        "verdict": asked.outcome.value if asked.outcome is not None else None,
        "score": str(asked.score),
        "message": asked.message,
        "slips": _slips(asked.slips),
        "truth": plain(asked.truth),
        "explanation": plain(asked.explanation),
        "flagged": asked.flagged,
        "late": asked.late,
        "spent_ms": asked.spent_ms,
        "rating": asked.rating.name.lower() if asked.rating is not None else None,
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "text": plain(entry.text),
        "mark": entry.mark.value,
        "picked": entry.picked,
        "place": entry.place,
        "given": plain(entry.given),
        "truth": plain(entry.truth),
        "verdict": entry.outcome.value if entry.outcome is not None else None,
        "score": str(entry.score),
        "message": entry.told,
        "slips": _slips(entry.slips),
    }


def _slips(slips: Sequence[MadeSlip]) -> dict[str, str]:
    return {slip.name: slip.sentence for slip in slips}
