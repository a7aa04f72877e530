"""A report as rows of styled text: for the screen, for `--plain` and for `--format text`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.answer.verdict import Mark, Outcome
from studytui.deck.blocks import Span, plain
from studytui.deck.layout import row_width, wrap_spans
from studytui.drawing.bars import drawn
from studytui.drawing.paper import cut, padded
from studytui.face import Row, sentence, text_rows
from studytui.quiz.report import DamagedLine, Shape
from studytui.quiz_pages import words
from studytui.quiz_pages.chart import bars, chart_rows
from studytui.text import display_width

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from studytui.deck.blocks import Text
    from studytui.quiz.report import Asked, Entry, Group, Report, ReportLine, SlipCount

#: From this width on a group has one row: title, bar, score and time side by side.
_SIDE_BY_SIDE = 64
_BAR = 12


def rows(report: Report, width: int, lines: Iterable[ReportLine] = (), opened: Collection[int] = ()) -> list[Row]:
    """The whole report. `lines` are the quizzes in the journal, for comparison.

    Questions that lost points come first, worked out. A right one has one row, unless its number is among `opened`; a
    click on it is `question(NUMBER)`, and one on a slip `practise(PLACE)`, its place in `report.slips` from 0.
    """
    found = [*_head(report, width)]
    for heading, groups in words.groups(report):
        found += [*_heading(heading, width), *_group_rows(groups, width)]
    if report.slips:
        found += [*_heading(words.SLIPS, width), *_slip_rows(report.slips, width)]
    shown = bars(report, lines)
    if shown:
        found += [*_heading(words.EARLIER, width), *sentence(words.COMPARABLE, width, "muted")]
        found += [Row(((row, "accent" if this else "plain"),)) for row, this in chart_rows(shown, width)]
    return found + _question_rows(report, width, opened)


def as_text(report: Report, lines: Iterable[ReportLine] = (), width: int = 80) -> str:
    """The rows as text, each with its line end."""
    return "".join(f"{row.text.rstrip()}\n" for row in rows(report, width, lines))


def list_text(lines: Sequence[ReportLine | DamagedLine], width: int = 80) -> str:
    """The quizzes in the journal: number, day, score and time; below, where it does not fit beside them, the header."""
    if not lines:
        return "No quiz was handed in yet: studytui quiz begins one\n"
    number = max(len(str(line.number)) for line in lines)
    scores = [display_width(words.score_text(line.score)) for line in lines if not isinstance(line, DamagedLine)]
    score = max(scores, default=0)
    found = []
    for line in lines:
        if isinstance(line, DamagedLine):
            found.append(f"{line.number:>{number}}  {line.problem}")
            continue
        start = f"{line.number:>{number}}  {words.date_text(line.when)}  {padded(words.score_text(line.score), score)}"
        start += f"  {words.minutes_text(line.elapsed_ms):>7}"
        if display_width(start) + 2 + display_width(line.header) <= width:
            found.append(f"{start}  {line.header}")
        else:
            indent = " " * (number + 2)
            found += [start, indent + cut(line.header, width - len(indent))]
    return "".join(f"{each.rstrip()}\n" for each in found)


def _head(report: Report, width: int) -> list[Row]:
    made = [Row(((f"{words.title(report)} handed in", "title"),)), Row()]
    for label, text in words.facts(report):
        made += _labelled(label, (Span(text, "strong" if label == "Score" else "plain"),), width)
    return made


def _heading(text: str, width: int) -> list[Row]:
    return [Row(), *sentence(text, width, "title")]


def _group_rows(groups: Sequence[Group], width: int) -> list[Row]:
    scores = [words.score_text(group.score) for group in groups]
    times = [words.minutes_text(group.spent_ms) for group in groups]
    wide, long = max(map(display_width, scores)), max(map(len, times))
    room = width - _BAR - wide - long - 4
    made = []
    for group, score, time in zip(groups, scores, times, strict=True):
        bar = padded(drawn(words.percent(group.score), 100, _BAR), _BAR)
        if width >= _SIDE_BY_SIDE:
            name = padded(cut(group.title, room), room)
            made.append(Row(((f"{name} ", "plain"), (bar, "accent"), (f" {score:>{wide}}  {time:>{long}}", "plain"))))
        else:
            made += [
                *sentence(group.title, width),
                *_hanging("  ", "plain", (Span(f"{score} · {time}", "muted"),), width),
            ]
    return made


def _slip_rows(slips: Sequence[SlipCount], width: int) -> list[Row]:
    made: list[Row] = []
    for place, slip in enumerate(slips):
        action = f"practise({place})"
        start = f"{slip.count}× "
        told = (Span(slip.name, "code"), Span(f": {slip.sentence}"))
        indent = " " * len(start)
        made += _hanging(start, "wrong", told, width, action)
        made += _hanging(indent, "muted", (Span(f"on {', '.join(slip.cards)}", "muted"),), width, action)
        told = (Span("practise this: ", "link"), Span(words.practise(slip), "code"))
        made += _hanging(indent, "muted", told, width, action)
    return made


def _question_rows(report: Report, width: int, opened: Collection[int]) -> list[Row]:
    lost = [each for each in report.questions if each.score < 1]
    right = [each for each in report.questions if each.score == 1]
    made: list[Row] = []
    if not lost:
        made += [Row(), *sentence("Every answer is right.", width, "right")]
    elif right:
        made += [*_heading("What lost points", width)]
    for each in lost:
        made += [Row(), *_worked_out(each, len(report.questions), width)]
    if right:
        made += [*_heading("Right answers", width)]
    for each in right:
        if each.number in opened:
            made += [Row(), *_worked_out(each, len(report.questions), width), Row()]
        else:
            made.append(_right_row(each, len(str(len(report.questions))), width))
    return made


def _right_row(asked: Asked, digits: int, width: int) -> Row:
    """The sign, the number, what was asked, and the time, on one row."""
    start, end = f"✓ {asked.number:>{digits}}  ", f"  {words.minutes_text(asked.spent_ms)}"
    prompt = [" ".join(plain((block,)).split()) for block in asked.prompt]
    told = " · ".join([*filter(None, prompt), *words.notes(asked)])
    room = max(width - display_width(start) - display_width(end), 4)
    text = padded(cut(told, room), room)
    return Row(((start, "right"), (text, "plain"), (end, "muted")), f"question({asked.number})")


def _worked_out(asked: Asked, count: int, width: int) -> list[Row]:
    told = [f"── Question {asked.number} of {count}", asked.title, words.kind_text(asked)]
    told += [words.minutes_text(asked.spent_ms), *words.notes(asked)]
    made = [
        *sentence(" · ".join(told), width, "accent"),
        *sentence(f"{asked.card} · {words.place_text(asked)}", width, "muted"),
    ]
    if made and asked.score == 1:
        made = [Row(row.pieces, f"question({asked.number})") for row in made]
    made += [Row(), *text_rows(asked.prompt, width), *_entry_rows(asked, width), Row()]
    outcome, style = words.outcome_text(asked)
    made += sentence(outcome, width, style)
    if asked.typed and (asked.shape is Shape.LINE or asked.outcome is Outcome.UNREADABLE):
        made += _labelled("You typed", (Span(asked.typed),), width)
    for said in words.sentences(asked):
        made += sentence(said, width)
    if asked.truth and asked.shape is Shape.LINE:
        made += _answer_rows(asked.truth, width)
    if asked.explanation:
        made += [Row(), *text_rows(asked.explanation, width)]
    return made


def _answer_rows(truth: Text, width: int) -> list[Row]:
    if len(truth) == 1 and truth[0].form == "paragraph":
        return _labelled("Answer", truth[0].spans, width)
    return [*_labelled("Answer", (), width), *text_rows(truth, width)]


def _entry_rows(asked: Asked, width: int) -> list[Row]:
    """The options, items, rows or parts, each with its sign; what was wrong with it, and what is right, below it."""
    made: list[Row] = [Row()] if asked.entries else []
    for place, entry in enumerate(asked.entries, 1):
        sign, style = words.sign_text(entry)[0] or " ", words.MARKS[entry.mark][2]
        label, told, below = _told(asked, entry, place)
        start = f"{sign} {label} " if label else f"{sign} "
        made += _hanging(start, style, told, width)
        for line in below:
            made += _hanging("    ", "plain", line, width)
    if asked.shape is Shape.ORDER and asked.answered and asked.score < 1:
        made.append(Row((("The order is:", "muted"),)))
        for entry in sorted(asked.entries, key=lambda each: each.place):
            made += _hanging(f"  {entry.place} ", "plain", words.spans(entry.text), width)
    return made


def _told(asked: Asked, entry: Entry, place: int) -> tuple[str, words.Cell, list[words.Cell]]:
    """The label of an entry, its text, and what stands below it."""
    text, said = words.spans(entry.text), words.remark(entry, asked)
    below: list[words.Cell] = [(Span(said, "muted"),)] if said else []
    match asked.shape:
        case Shape.PICK | Shape.SEVERAL:
            right = (Span(" ← right", "strong"),) if words.MARKS[entry.mark][1] == "missed" else ()
            several = asked.shape is Shape.SEVERAL
            box = ("[x]" if several else "(•)") if entry.picked else ("[ ]" if several else "( )")
            return box, (*text, *right), below
        case Shape.ORDER:
            return str(place), text, below
        case _:
            wrong = entry.given and entry.mark is not Mark.RIGHT
            if wrong:
                below.insert(0, (Span("you said: ", "muted"), *words.spans(entry.given)))
            # A right answer may be written in another way than the true one.
            shown = entry.given if entry.mark is Mark.RIGHT and asked.shape is Shape.PARTS else entry.truth
            return "", (*text, Span(" — "), *words.spans(shown)), below


def _hanging(start: str, style: str, told: Iterable[Span], width: int, action: str = "") -> list[Row]:
    """A start in a style, and behind it a text with a hanging indent."""
    indent = row_width((Span(start),))
    made = []
    for number, line in enumerate(wrap_spans(told, max(width - indent, 8))):
        head = (start, style) if number == 0 else (" " * indent, "plain")
        made.append(Row((head, *((span.text, span.style) for span in line)), action))
    return made


def _labelled(label: str, told: Sequence[Span], width: int) -> list[Row]:
    """A label and what it labels, as one paragraph."""
    found = wrap_spans(told, width, (Span(f"{label}: ", "muted"),))
    return [Row(tuple((span.text, span.style) for span in row)) for row in found]
