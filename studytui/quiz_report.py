"""What a quiz came to, as rows of styled text and as data for JSON. Nothing is printed or graded here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.ask import describe_response
from studytui.deck.blocks import plain
from studytui.deck.model import Arrange, Pair, Pick
from studytui.face import Row, judged_face, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from studytui.deck.blocks import Text
    from studytui.deck.model import Question, Response
    from studytui.quiz.result import Marked, Result, Score


def report_rows(result: Result, width: int) -> list[Row]:
    """The score, in total and by deck and kind; then every question that did not get its whole point, worked out."""
    total, answered = result.total, sum(each.answered for each in result.marked)
    rows = [Row((("Quiz handed in", "title"),)), Row()]
    rows += sentence(f"Score: {score_text(total)}", width, "strong")
    rows += sentence(f"{answered} of {total.questions} answered, in {_time_text(result)}", width)
    decks = [(result.paper.title(deck), score) for deck, score in result.by_deck.items()]
    for groups in (decks, result.by_kind.items()):
        rows += [Row(), *(row for name, score in groups for row in _group_rows(name, score, width))]
    lost = [(number, each) for number, each in enumerate(result.marked, 1) if each.score < 1]
    if not lost:
        rows += [Row(), *sentence("Every answer is right.", width, "right")]
    for number, each in lost:
        rows += [Row(), *_question_rows(number, each, total.questions, width)]
    return rows


def report_dict(result: Result) -> dict[str, object]:
    """The same as one JSON object, with every question. Points are exact, as fractions (`27/2`)."""
    return {
        "seed": result.paper.seed,
        "score": _score_dict(result.total),
        "by_deck": {name: _score_dict(score) for name, score in result.by_deck.items()},
        "by_kind": {name: _score_dict(score) for name, score in result.by_kind.items()},
        "elapsed_ms": result.elapsed_ms,
        "limit_ms": result.limit_ms,
        "notices": list(result.paper.notices),
        "questions": [_question_dict(number, each) for number, each in enumerate(result.marked, 1)],
    }


def score_text(score: Score) -> str:
    """`13 1/2 of 20 (67.5 %)`."""
    return f"{_mixed(score.points)} of {score.questions} ({_percent(score):g} %)"


def minutes_text(milliseconds: int) -> str:
    """`12:05`, or `1:02:05` from an hour on."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def response_text(question: Question, response: Response) -> str:
    """A response on one line, in the words of what was picked, arranged or paired; empty for none."""
    match question.form, response:
        case Pick() as form, frozenset() as places:
            return "; ".join(_line(form.options[place]) for place in sorted(places))
        case Arrange() as form, tuple() as places:
            return " → ".join(_line(form.items[place]) for place in places)
        case Pair() as form, tuple() as places:
            pairs = zip(form.left, places, strict=True)
            return "; ".join(f"{_line(left)} — {_line(form.right[place])}" for left, place in pairs if place >= 0)
    return describe_response(question, response)


def _mixed(points: Fraction) -> str:
    whole, rest = divmod(points.numerator, points.denominator)
    if not rest:
        return str(whole)
    return f"{whole} {rest}/{points.denominator}" if whole else f"{rest}/{points.denominator}"


def _percent(score: Score) -> float:
    return float(round(100 * score.share, 1))


def _time_text(result: Result) -> str:
    taken = minutes_text(result.elapsed_ms)
    return taken if result.limit_ms is None else f"{taken} of {minutes_text(result.limit_ms)}"


def _group_rows(name: str, score: Score, width: int) -> list[Row]:
    return sentence(f"{name}: {score_text(score)}", width)


def _question_rows(number: int, marked: Marked, count: int, width: int) -> list[Row]:
    question, answer = marked.question, marked.answer
    notes = [f"Question {number} of {count}", question.card.id]
    notes += ["flagged"] * answer.flagged + ["after time"] * answer.late
    rows = [*sentence(" · ".join(notes), width, "accent"), Row()]
    if not marked.answered:
        why = "not answered: what was typed could not be read" if answer.unread else "not answered"
        rows += [*sentence(f"– {why}", width, "wrong"), Row()]
    typed: Response = answer.response
    if typed is None and answer.unread is not None:
        typed = answer.unread.typed
    return rows + judged_face(question, typed, marked.verdict, width)


def _score_dict(score: Score) -> dict[str, object]:
    return {"points": str(score.points), "questions": score.questions, "percent": _percent(score)}


def _question_dict(number: int, marked: Marked) -> dict[str, object]:
    question, answer, verdict = marked.question, marked.answer, marked.verdict
    card, variant = question.card, question.variant
    typed = answer.unread.typed if answer.response is None and answer.unread is not None else None
    return {
        "number": number,
        "card": card.id,
        "kind": card.kind,
        "file": card.file,
        "line": card.line,
        "seed": question.seed,
        "givens": dict(variant.givens) if variant is not None else {},
        "question": plain(question.prompt),
        "answered": marked.answered,
        "typed": response_text(question, answer.response) if typed is None else typed,
        "verdict": verdict.outcome.value if verdict is not None else None,
        "score": str(marked.score),
        "message": verdict.message if verdict is not None else "",
        "slips": _slips(marked),
        "truth": plain(question.truth),
        "explanation": plain(question.explanation),
        "flagged": answer.flagged,
        "late": answer.late,
        "spent_ms": answer.spent_ms,
    }


def _slips(marked: Marked) -> Mapping[str, str]:
    """The slips that were made, each with its sentence."""
    return {slip.name: slip.sentence for slip in marked.verdict.slips} if marked.verdict is not None else {}


def _line(text: Text) -> str:
    return " ".join(plain(text).split())
