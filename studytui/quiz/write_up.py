"""A quiz that was handed in, written up: its result becomes a report that stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.answer.verdict import Mark, Outcome
from studytui.deck.ask import describe_response, right_response
from studytui.deck.blocks import Block, Span, plain
from studytui.deck.model import Arrange, Fill, Filled, Pair, Pick
from studytui.quiz.report import Asked, Entry, MadeSlip, Report, Shape
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studytui.answer.verdict import Slip, Verdict
    from studytui.deck.blocks import Text
    from studytui.deck.model import Question, Response
    from studytui.memory.model import Rating
    from studytui.quiz.result import Marked, Result


def report_of(
    result: Result,
    *,
    started_ms: int,
    offset: int,
    number: int = 0,
    away_ms: int = 0,
    reviews: Mapping[str, Rating] | None = None,
) -> Report:
    """The report of a quiz. It began at `started_ms`, where local time was `offset` minutes ahead of UTC.

    `reviews` are the ratings that were recorded when it was handed in, by card.
    """
    paper, ratings = result.paper, reviews or {}
    return Report(
        plan=paper.plan,
        header=paper.header,
        questions=tuple(
            _asked(place, each, paper.title(each.question.card.deck), ratings.get(each.question.card.id))
            for place, each in enumerate(result.marked, 1)
        ),
        started_ms=started_ms,
        offset=offset,
        elapsed_ms=result.elapsed_ms,
        number=number,
        limit_ms=result.limit_ms,
        out_of_time=result.out_of_time,
        away_ms=away_ms,
        notices=paper.notices,
    )


def response_text(question: Question, response: Response) -> str:
    """A response on one line, in the words of what was picked, arranged, paired or filled in; empty for none."""
    match question.form, response:
        case Pick() as form, frozenset() as places:
            return "; ".join(
                _line(form.options[place]) for place in sorted(places) if place in range(len(form.options))
            )
        case Arrange() as form, tuple() as places:
            return " → ".join(_line(form.items[place]) for place in places)
        case Pair() as form, tuple() as places:
            pairs = zip(form.left, places, strict=True)
            return "; ".join(f"{_line(left)} — {_line(form.right[place])}" for left, place in pairs if place >= 0)
        case Fill() as form, Filled() as filled:
            lines = zip(form.parts, filled.lines, strict=False)
            return "; ".join(f"{_line(part.ask)}: {clean_line(line) or '–'}" for part, line in lines)
    return clean_line(describe_response(question, response))


def _asked(number: int, marked: Marked, title: str, rating: Rating | None) -> Asked:
    question, answer, verdict = marked.question, marked.answer, marked.verdict
    card, variant = question.card, question.variant
    unread = answer.unread if answer.response is None else None
    shape, entries = _entries(question, answer.response, verdict)
    return Asked(
        number=number,
        card=card.id,
        deck=card.deck,
        title=title,
        kind=card.kind,
        file=clean_line(card.file),
        line=card.line,
        seed=question.seed,
        prompt=question.prompt,
        truth=question.truth,
        explanation=question.explanation,
        shape=shape,
        entries=entries,
        recast=question.recast is not None,
        tags=card.tags,
        givens=dict(variant.givens) if variant is not None else {},
        typed=clean_line(unread.typed) if unread is not None else response_text(question, answer.response),
        outcome=verdict.outcome if verdict is not None else None,
        score=marked.score,
        message=verdict.message if verdict is not None else "",
        slips=_slips(verdict),
        flagged=answer.flagged,
        late=answer.late,
        spent_ms=answer.spent_ms,
        rating=rating,
    )


def _slips(verdict: Verdict | None) -> tuple[MadeSlip, ...]:
    """The slips that were made, in the answer and in its parts, each once."""
    if verdict is None:
        return ()
    made = [*verdict.slips, *(slip for part in verdict.parts for slip in part.slips)]
    return _named(made)


def _named(slips: Iterable[Slip]) -> tuple[MadeSlip, ...]:
    return tuple(dict.fromkeys(MadeSlip(slip.name, clean_line(slip.sentence)) for slip in slips))


def _entries(question: Question, response: Response, verdict: Verdict | None) -> tuple[Shape, tuple[Entry, ...]]:
    """How the question was to be answered, and what it was made of."""
    match question.form:
        case Pick() as form:
            return Shape.SEVERAL if form.several else Shape.PICK, _options(question, form, response, verdict)
        case Arrange() as form:
            return Shape.ORDER, _items(question, form, response, verdict)
        case Pair() as form:
            return Shape.PAIRS, _pairs(question, form, response, verdict)
        case Fill() as form:
            return Shape.PARTS, _parts(question, form, response, verdict)
        case _:
            return Shape.LINE, ()


def _options(question: Question, form: Pick, response: Response, verdict: Verdict | None) -> tuple[Entry, ...]:
    picked = response if isinstance(response, frozenset) else frozenset()
    right, recast = right_response(question), question.recast
    marks = verdict.marks if verdict is not None else ()
    made = []
    for place, option in enumerate(form.options):
        missed = isinstance(right, frozenset) and place in right
        mark = marks[place] if place < len(marks) else (Mark.MISSED if missed else Mark.PLAIN)
        slips = _named(recast.slips[place]) if recast is not None and place < len(recast.slips) else ()
        told = clean_line(recast.told[place]) if recast is not None and place < len(recast.told) else ""
        made.append(Entry(option, mark, picked=place in picked, told=told, slips=slips))
    return tuple(made)


def _items(question: Question, form: Arrange, response: Response, verdict: Verdict | None) -> tuple[Entry, ...]:
    right = sorted(range(len(form.items)), key=lambda place: question.permutation[place])
    given = response if isinstance(response, tuple) else right
    marks = verdict.marks if verdict is not None and isinstance(response, tuple) else ()
    return tuple(
        Entry(form.items[shown], marks[place] if place < len(marks) else Mark.PLAIN, place=right.index(shown) + 1)
        for place, shown in enumerate(given)
    )


def _pairs(question: Question, form: Pair, response: Response, verdict: Verdict | None) -> tuple[Entry, ...]:
    given = response if isinstance(response, tuple) else (-1,) * len(form.left)
    marks = verdict.marks if verdict is not None and isinstance(response, tuple) else ()
    partner = {question.permutation[place]: place for place in range(len(form.right))}
    return tuple(
        Entry(
            left,
            marks[row] if row < len(marks) else Mark.PLAIN,
            given=form.right[given[row]] if row < len(given) and given[row] >= 0 else (),
            truth=form.right[partner[row]],
        )
        for row, left in enumerate(form.left)
    )


def _parts(question: Question, form: Fill, response: Response, verdict: Verdict | None) -> tuple[Entry, ...]:
    variant = question.variant
    lines = response.lines if isinstance(response, Filled) else ()
    verdicts = verdict.parts if verdict is not None else ()
    names = [*(step.name for step in variant.steps), "answer"] if variant is not None else []
    made = []
    for place, part in enumerate(form.parts):
        line = clean_line(lines[place]) if place < len(lines) else ""
        truth = variant.values.get(names[place], "") if variant is not None and place < len(names) else ""
        judged = verdicts[place] if place < len(verdicts) else None
        entry = Entry(part.ask, given=_text(line), truth=_text(f"{truth} {part.unit}".strip()))
        made.append(entry if judged is None else _judged(entry, judged))
    return tuple(made)


def _judged(entry: Entry, verdict: Verdict) -> Entry:
    """A part with what was said of it; one that was left empty is missed, not wrong."""
    wrong = Mark.WRONG if entry.given else Mark.MISSED
    return Entry(
        entry.text,
        Mark.RIGHT if verdict.outcome is Outcome.RIGHT else wrong,
        given=entry.given,
        truth=entry.truth,
        outcome=verdict.outcome if entry.given else None,
        score=verdict.score,
        told=verdict.message,
        slips=_named(verdict.slips),
    )


def _text(line: str) -> Text:
    return (Block("paragraph", (Span(line),)),) if line else ()


def _line(text: Text) -> str:
    return " ".join(plain(text).split())
