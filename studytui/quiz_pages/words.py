"""What all pages of a report say in the same words: scores, times, dates, outcomes, and the answer as a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from studytui.answer.verdict import Mark, Outcome
from studytui.deck.blocks import Span
from studytui.face import OUTCOMES
from studytui.frozen import frozen
from studytui.quiz.report import Shape

if TYPE_CHECKING:
    from fractions import Fraction

    from studytui.deck.blocks import Text
    from studytui.memory.model import Moment
    from studytui.quiz.report import Asked, Entry, Group, Report, SlipCount
    from studytui.quiz.result import Score

#: A sign and a word for each mark, and its style: no meaning hangs on colour.
MARKS = {
    Mark.RIGHT: ("✓", "right", "right"),
    Mark.WRONG: ("✗", "wrong", "wrong"),
    Mark.MISSED: ("○", "missed", "close"),
    Mark.PLAIN: ("", "", "plain"),
}
#: Headings of the sections that every page has.
SLIPS, EARLIER, QUESTIONS = "Slips made most", "Compared with earlier quizzes", "Questions"
#: What may be compared, for whoever sees the chart.
COMPARABLE = "Quizzes over the same decks, tags and kinds, the latest last."

#: A cell of a table: spans side by side.
Cell = tuple[Span, ...]


@frozen
class Table:
    """An answer as a table: what was offered or asked for, what was given, how it was judged."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    marks: tuple[Mark, ...]


def score_text(score: Score) -> str:
    """`13 1/2 of 20 (67.5 %)`."""
    return f"{mixed(score.points)} of {score.questions} ({percent(score):g} %)"


def percent(score: Score) -> float:
    """The share of the points, to a tenth."""
    return float(round(100 * score.share, 1))


def mixed(points: Fraction) -> str:
    """`13 1/2`."""
    whole, rest = divmod(points.numerator, points.denominator)
    if not rest:
        return str(whole)
    return f"{whole} {rest}/{points.denominator}" if whole else f"{rest}/{points.denominator}"


def minutes_text(milliseconds: int) -> str:
    """`12:05`, or `1:02:05` from an hour on."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def date_text(moment: Moment) -> str:
    """`2026-11-21`, as it was where the learner sat."""
    return f"{_local(moment):%Y-%m-%d}"


def moment_text(moment: Moment) -> str:
    """`2026-11-21 09:30`, as it was where the learner sat."""
    return f"{_local(moment):%Y-%m-%d %H:%M}"


def iso_text(moment: Moment) -> str:
    """`2026-11-21T09:30:00+09:00`, for other programs."""
    sign, (hours, minutes) = "-" if moment.offset < 0 else "+", divmod(abs(moment.offset), 60)
    return f"{_local(moment):%Y-%m-%dT%H:%M:%S}{sign}{hours:02}:{minutes:02}"


def _local(moment: Moment) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=moment.ms, minutes=moment.offset)


def title(report: Report) -> str:
    """What the report is of: `Quiz 12`, or `Drill 12` where a slip was practised."""
    what = "Drill" if report.plan.slip else "Quiz"
    return f"{what} {report.number}" if report.number else what


def facts(report: Report) -> list[tuple[str, str]]:
    """What there is to say of the whole, as labels and texts."""
    count = len(report.questions)
    taken = minutes_text(report.elapsed_ms)
    if report.limit_ms is not None:
        taken += f" of {minutes_text(report.limit_ms)}"
    if report.away_ms:
        taken += f", and {minutes_text(report.away_ms)} away"
    if report.out_of_time:
        taken += ", until the time was over"
    said = [
        ("Score", score_text(report.score)),
        ("Answered", f"{report.answered} of {count}"),
        ("Time", taken),
        ("A question", f"{minutes_text(sum(each.spent_ms for each in report.questions) // count)} on average"),
        ("Began", moment_text(report.when)),
        ("Paper", report.header),
    ]
    if report.plan.slip:
        said.append(("Practised", report.plan.slip))
    if report.reviews:
        said.append(("Reviews", f"{report.reviews} answer{'' if report.reviews == 1 else 's'} recorded"))
    return said + [("Note", notice) for notice in report.notices]


def groups(report: Report) -> list[tuple[str, tuple[Group, ...]]]:
    """What the score is told by: topics, which are decks, kinds and tags."""
    found = [("By topic", report.by_deck), ("By kind", report.by_kind), ("By tag", report.by_tag)]
    return [(heading, groups) for heading, groups in found if groups]


def practise(slip: SlipCount) -> str:
    """The command that begins a drill of a slip."""
    return f"studytui quiz --slip {slip.name}"


def kind_text(asked: Asked) -> str:
    """The card's kind, and whether it was asked as a choice though it is none."""
    return f"{asked.kind}, as a choice" if asked.recast else asked.kind


def notes(asked: Asked) -> list[str]:
    """What else there is to say of a question: flagged, late, recorded."""
    return [
        *(["flagged"] if asked.flagged else []),
        *(["after time"] if asked.late else []),
        *([f"recorded as {asked.rating.name.lower()}"] if asked.rating is not None else []),
    ]


def outcome_text(asked: Asked) -> tuple[str, str]:
    """How the answer was judged, in words with a sign, and the style that goes with it."""
    if asked.outcome is None:
        return "– Not answered", "wrong"
    if asked.outcome is Outcome.UNREADABLE:
        return "– Not answered: what was typed could not be read", "wrong"
    words, style = OUTCOMES[asked.outcome]
    return (f"{words} · score {asked.score}" if 0 < asked.score < 1 else words), style


def place_text(asked: Asked) -> str:
    """`deck.md:12`: where the card is written. Folders are the learner's own affair."""
    return f"{PurePath(asked.file).name}:{asked.line}"


def sentences(asked: Asked) -> list[str]:
    """What there is to say to an answer: the verdict's message, and the slips' sentences that are not in it.

    What was said of single entries stands with them.
    """
    said = [asked.message] if asked.message else []
    above = " ".join([asked.message, *(entry.told for entry in asked.entries)])
    return said + [slip.sentence for slip in asked.slips if slip.sentence not in above]


def remark(entry: Entry, asked: Asked) -> str:
    """What is said of one entry, and the sentences of its slips, but for what is said of the whole answer already."""
    said = [entry.told] if entry.told and entry.told not in asked.message else []
    above = f"{asked.message} {entry.told}"
    return " ".join([*said, *(slip.sentence for slip in entry.slips if slip.sentence not in above)])


def spans(text: Text) -> Cell:
    """A text on one line: its blocks side by side."""
    found: list[Span] = []
    for block in text:
        inner = block.spans or tuple(span for cell in block.cells for span in (*cell, Span(" ")))
        found += [Span(" "), *inner] if found else inner
    return tuple(found)


def answer_table(asked: Asked) -> Table | None:
    """What was offered, given and right, row by row; None for a question that a line answers."""
    if asked.shape is Shape.LINE or not asked.entries:
        return None
    headings, row = {
        Shape.PICK: (("Picked", "Option", "Judged"), _option),
        Shape.SEVERAL: (("Picked", "Option", "Judged"), _option),
        Shape.ORDER: (("Yours", "Item", "Right place", "Judged"), _item),
        Shape.PAIRS: (("Row", "Yours", "Right", "Judged"), _pair),
        Shape.PARTS: (("Part", "Yours", "Right", "Judged"), _pair),
    }[asked.shape]
    rows = tuple(row(entry, place, asked) for place, entry in enumerate(asked.entries, 1))
    return Table(headings, rows, tuple(entry.mark for entry in asked.entries))


def _option(entry: Entry, _: int, asked: Asked) -> tuple[Cell, ...]:
    return _cell("●" if entry.picked else ""), spans(entry.text), _judged(entry, asked)


def _item(entry: Entry, place: int, asked: Asked) -> tuple[Cell, ...]:
    yours = _cell(str(place) if asked.answered else "–")
    return yours, spans(entry.text), _cell(str(entry.place)), _judged(entry, asked)


def _pair(entry: Entry, _: int, asked: Asked) -> tuple[Cell, ...]:
    return spans(entry.text), spans(entry.given) or _cell("–"), spans(entry.truth), _judged(entry, asked)


def _judged(entry: Entry, asked: Asked) -> Cell:
    sign, word = sign_text(entry)
    said = remark(entry, asked)
    return _cell(f"{sign} {word}: {said}" if said and sign else said or f"{sign} {word}".strip())


def sign_text(entry: Entry) -> tuple[str, str]:
    """The sign and the word for how an entry was judged; nothing for an option that was rightly left alone."""
    if entry.outcome is Outcome.CLOSE:
        return "≈", "close"
    return MARKS[entry.mark][:2]


def _cell(text: str) -> Cell:
    return (Span(text),) if text else ()
