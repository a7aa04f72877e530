"""A sitting as text, and back: its plan, what it asks, its sheet. Damaged text is a Problem.

What was typed is kept as it was typed, since it is what will be graded; it is cleaned wherever it is shown.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studytui.answer.verdict import Outcome, Verdict
from studytui.deck.model import Arrange, Fill, Filled, Line, Pair, Pick
from studytui.frozen import frozen
from studytui.problems import Problem
from studytui.quiz.asking import Item
from studytui.quiz.exact_json import as_plain, as_written
from studytui.quiz.plan import Plan, checked
from studytui.quiz.sheet import Answer, Sheet, Unread
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studytui.deck.model import Form, Response
    from studytui.quiz.paper import Paper

#: No place, and no time in milliseconds, is larger; several together have room in the journal's numbers.
_LARGEST = 10**15
#: What reading a text raises that is not what was written.
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


@frozen
class KeptPaper:
    """What a paper is made of again: its questions, the language in which they were asked, and its notices."""

    items: tuple[Item, ...]
    language: str = ""
    notices: tuple[str, ...] = ()


def paper_json(paper: Paper) -> str:
    """What is kept of a paper beside its plan, as JSON."""
    return _json(as_plain(KeptPaper(paper.items, paper.language, paper.notices)))


def read_paper(text: str) -> KeptPaper:
    """What was kept of a paper. Raises Problem."""
    try:
        kept: KeptPaper = as_written(KeptPaper, json.loads(text))
    except _DAMAGE as error:
        raise Problem(f"the questions that were kept cannot be read ({_reason(error)})") from error
    return kept


def plan_json(plan: Plan) -> str:
    """A plan as JSON."""
    return _json(as_plain(plan))


def read_plan(text: str) -> Plan:
    """The plan that was written. Raises Problem."""
    try:
        plan: Plan = as_written(Plan, json.loads(text))
        return checked(plan)
    except _DAMAGE as error:
        raise Problem(f"the plan that was kept cannot be read ({_reason(error)})") from error


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


# -- the sheet ---------------------------------------------------------------------------------------------------------


def sheet_json(sheet: Sheet, places: Sequence[int], count: int) -> str:
    """A sheet as JSON. `places` says for each answer which of `count` questions it is to; the others were withdrawn."""
    answers: list[object] = [None] * count
    for place, answer in zip(places, sheet.answers, strict=True):
        answers[place] = _answer_data(answer)
    data = {
        "place": places[sheet.place],
        "elapsed_ms": sheet.elapsed_ms,
        "away_ms": sheet.away_ms,
        "seen_ms": sheet.seen_ms,
        "answers": answers,
    }
    return json.dumps(data, separators=(",", ":"))


def read_sheet(text: str) -> tuple[Sheet, tuple[int, ...]]:
    """The sheet that was written, and the places of its answers. Raises Problem."""
    try:
        data = json.loads(text)
        places = tuple(place for place, answer in enumerate(data["answers"]) if answer is not None)
        answers = tuple(_answer(data["answers"][place]) for place in places)
        return (
            Sheet(
                answers,
                places.index(_whole(data["place"])),
                _time(data["elapsed_ms"]),
                _time(data["away_ms"]),
                _whole(data["seen_ms"]),
            ),
            places,
        )
    except _DAMAGE as error:
        raise Problem(f"the answers that were kept cannot be read ({_reason(error)})") from error


def _answer_data(answer: Answer) -> dict[str, object]:
    """What is not as on an empty sheet."""
    data: dict[str, object] = {}
    if answer.response is not None:
        data["response"] = _response_data(answer.response)
    if answer.unread is not None:
        data["unread"] = [answer.unread.typed, answer.unread.verdict.message]
    if answer.flagged:
        data["flagged"] = True
    if answer.late:
        data["late"] = True
    if answer.spent_ms:
        data["spent_ms"] = answer.spent_ms
    if answer.draft is not None:
        data["draft"] = _response_data(answer.draft)
    if answer.language is not None:
        data["language"] = answer.language
    return data


def _answer(data: Mapping[str, Any]) -> Answer:
    unread = None
    if "unread" in data:
        typed, message = data["unread"]
        unread = Unread(_text(typed), Verdict(Outcome.UNREADABLE, message=clean_line(_text(message))))
    return Answer(
        _response(data.get("response")),
        unread,
        data.get("flagged") is True,
        data.get("late") is True,
        _time(data.get("spent_ms", 0)),
        _response(data.get("draft")),
        _text(data["language"]) if "language" in data else None,
    )


def _response_data(response: Response) -> object:
    match response:
        case frozenset():
            return {"picked": sorted(response)}
        case tuple():
            return {"places": list(response)}
        case Filled(lines=lines):
            return {"lines": list(lines)}
    return response


def _response(data: object) -> Response:
    match data:
        case None | str():
            return data
        case {"picked": list(picked)}:
            return frozenset(map(_whole, picked))
        case {"places": list(places)}:
            return tuple(map(_whole, places))
        case {"lines": list(lines)}:
            return Filled(tuple(map(_text, lines)))
    raise ValueError(f"{str(data)[:40]!r} is no answer")


def fits(response: Response, form: Form) -> bool:  # noqa: PLR0911 - one for each form
    """Whether a response can have been given in a form."""
    match response, form:
        case None, _:
            return True
        case str(), Line():
            return True
        case frozenset(), Pick(options=options):
            return response <= set(range(len(options)))
        case tuple(), Arrange(items=items):
            return sorted(response) == list(range(len(items)))
        case tuple(), Pair(left=left, right=right):
            return len(response) == len(left) and all(-1 <= place < len(right) for place in response)
        case Filled(lines=lines), Fill(parts=parts):
            return len(lines) == len(parts)
    return False


# -- reading one value -------------------------------------------------------------------------------------------------


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:40]!r} is no text")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{str(value)[:40]!r} is no whole number")
    if abs(value) > _LARGEST:
        raise ValueError("a number is out of range")
    return value


def _time(value: object) -> int:
    if _whole(value) < 0:
        raise ValueError(f"{value} is no time")
    return _whole(value)


def _reason(error: Exception) -> str:
    """In a few words, on one line, what is wrong with a text."""
    return clean_line(str(error))[:80] or type(error).__name__
