"""What a card shows while it is asked and after it was judged, as rows of styled pieces: for the screen and `--plain`.

No colours and no keys are decided here: a piece names its style, a row may name the action that a click on it means.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.answer.verdict import Mark, Outcome
from studytui.deck.ask import right_response
from studytui.deck.blocks import Block, Span
from studytui.deck.layout import lay_out, row_width, wrap_spans
from studytui.deck.model import Arrange, Fill, Filled, Line, Pair, Pick, Reveal
from studytui.entering import Arranging, Filling, Pairing, Picking
from studytui.frozen import frozen
from studytui.text import clean_line, display_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reference_impl.compare import Opinion
    from studytui.answer.verdict import Verdict
    from studytui.deck.blocks import Text
    from studytui.deck.model import Part, Question, Recast, Response
    from studytui.entering import Entering

#: Text in a style: those of `blocks.Style`, and `right`, `wrong`, `muted`, `cursor`, `accent`, `title`.
Piece = tuple[str, str]

#: A sign and a word for each outcome, so that no meaning hangs on colour.
OUTCOMES = {
    Outcome.RIGHT: ("✓ Right", "right"),
    Outcome.CLOSE: ("≈ Close", "close"),
    Outcome.SLIP: ("✗ A known slip", "wrong"),
    Outcome.WRONG: ("✗ Wrong", "wrong"),
    Outcome.UNREADABLE: ("? Not read, not counted", "close"),
}
_MARKS = {
    Mark.RIGHT: ("✓", "right"),
    Mark.WRONG: ("✗", "wrong"),
    Mark.MISSED: ("○", "close"),
    Mark.PLAIN: (" ", "plain"),
}
_SIGNS = {
    Outcome.RIGHT: _MARKS[Mark.RIGHT],
    Outcome.CLOSE: ("≈", "close"),
    Outcome.SLIP: _MARKS[Mark.WRONG],
    Outcome.WRONG: _MARKS[Mark.WRONG],
    Outcome.UNREADABLE: ("?", "close"),
}
#: The columns before an option's text when it has a mark and a box.
_TOLD_INDENT = 6


@frozen
class Row:
    """One row of a card's face. `action` is what a click on it means, for example `press(2)`.

    `cursor` marks what must not be scrolled out of view: the row under the cursor, or the outcome.
    """

    pieces: tuple[Piece, ...] = ()
    action: str = ""
    cursor: bool = False

    @property
    def text(self) -> str:
        """The row without styles."""
        return "".join(text for text, _ in self.pieces)


def text_rows(text: Text, width: int) -> list[Row]:
    """A text laid out, as rows."""
    return [Row(_pieces(row)) for row in lay_out(text, width)]


def asking_face(question: Question, entering: Entering | None, width: int, unread: Verdict | None = None) -> list[Row]:
    """The question, and below it what can be picked, arranged, paired or filled in; last, why it was not read."""
    rows = text_rows(question.prompt, width)
    match question.form, entering:
        case Pick() as form, Picking() as state:
            rows += [Row(), *sentence("Several may be right." if form.several else "", width, "muted")]
            for place, option in enumerate(form.options):
                box = _box(form.several, place in state.picked)
                rows += _item(f"{place + 1} {box}", option, width, place, cursor=place == state.cursor)
        case Arrange() as form, Arranging() as state:
            rows.append(Row())
            for number, place in enumerate(state.order):
                grip = "↕" if state.held and number == state.cursor else " "
                rows += _item(f"{number + 1}{grip}", form.items[place], width, number, cursor=number == state.cursor)
        case Pair() as form, Pairing() as state:
            rows += [Row(), *_pair_rows(form, state, width)]
        case Fill() as form, Filling() as state:
            rows.append(Row())
            for place, (part, line) in enumerate(zip(form.parts, state.lines, strict=True)):
                wanted = f"({', '.join(filter(None, (part.hint, part.unit)))})"
                text = _part_text(part, line, wanted)
                rows += _item(str(place + 1), text, width, place, cursor=place == state.cursor)
    if unread is not None:
        rows += [Row(), Row((OUTCOMES[unread.outcome],), cursor=True), *sentence(unread.message, width)]
    return rows


def judged_face(
    question: Question,
    response: Response,
    verdict: Verdict | None,
    width: int,
    badge: Sequence[Row] = (),
) -> list[Row]:
    """The question, and below it what `result_face` shows."""
    return [*text_rows(question.prompt, width), *result_face(question, response, verdict, width, badge)]


def result_face(
    question: Question,
    response: Response,
    verdict: Verdict | None,
    width: int,
    badge: Sequence[Row] = (),
) -> list[Row]:
    """What was entered with its marks, the outcome, the answer, who proved it, the explanation.

    Without a verdict the learner judges. The row of the outcome, or else of the answer, is to be kept in view.
    """
    rows = [*_marked_form(question, response, verdict, width), Row()]
    result: list[Row] = []
    if verdict is not None:
        words, style = OUTCOMES[verdict.outcome]
        score = f" · score {verdict.score}" if 0 < verdict.score < 1 else ""
        result.append(Row(((words + score, style),)))
        if isinstance(response, str) and response:
            result += _labelled("You typed:", (Span(clean_line(response)),), width)
        result += sentence(verdict.message, width)
    if question.truth and not isinstance(question.form, Pick | Arrange | Pair | Fill):
        result += _answer_rows(question.truth, width)
    result += badge
    if question.explanation:
        result += [*([Row()] if result else []), *text_rows(question.explanation, width)]
    if result:
        result[0] = replace(result[0], cursor=True)
    return rows + result


def _answer_rows(truth: Text, width: int) -> list[Row]:
    if len(truth) == 1 and truth[0].form == "paragraph":
        return _labelled("Answer:", truth[0].spans, width)
    return text_rows(truth, width)


def _labelled(label: str, spans: Sequence[Span], width: int) -> list[Row]:
    """A label and what it labels, as one paragraph."""
    return [Row(_pieces(row)) for row in wrap_spans(spans, width, (Span(f"{label} ", "muted"),))]


def _marked_form(question: Question, response: Response, verdict: Verdict | None, width: int) -> list[Row]:
    """The options, items or pairs as answered, each with its mark, and what would have been right."""
    marks: Sequence[Mark] = verdict.marks if verdict is not None else ()
    match question.form:
        case Pick() as form:
            picked = response if isinstance(response, frozenset) else frozenset()
            if response is None:
                truth = right_response(question)
                assert isinstance(truth, frozenset)  # noqa: S101 - what a choice is answered with
                marks = [Mark.MISSED if place in truth else Mark.PLAIN for place in range(len(form.options))]
            rows: list[Row] = [Row()]
            for place, option in enumerate(form.options):
                mark = marks[place] if place < len(marks) else Mark.PLAIN
                told = (Block("paragraph", (Span("← right", "strong"),)),) if mark is Mark.MISSED else ()
                rows += _item(f"{_box(form.several, place in picked)}", (*option, *told), width, mark=mark)
                if question.recast is not None and place not in picked:
                    rows += _behind(question.recast, place, width)
            return rows
        case Arrange() as form:
            return [Row(), *_arranged(question, form, response, marks, width)]
        case Pair() as form:
            return [Row(), *_paired(question, form, response, marks, width)]
        case Fill() as form:
            return [Row(), *_filled(question, form, response, verdict, width)]
        case Line() | Reveal():
            return []


def _behind(recast: Recast, place: int, width: int) -> list[Row]:
    """The mistake behind an option that has none of the deck's own; that of the picked one stands with the outcome."""
    lines = _wrapped(recast.told[place], max(width - _TOLD_INDENT, 8)) if recast.told[place] else []
    return [Row(((" " * _TOLD_INDENT, "plain"), (line, "muted"))) for line in lines]


def _arranged(question: Question, form: Arrange, response: Response, marks: Sequence[Mark], width: int) -> list[Row]:
    given = response if isinstance(response, tuple) else ()
    rows: list[Row] = []
    for number, place in enumerate(given):
        mark = marks[number] if number < len(marks) else Mark.PLAIN
        rows += _item(f"{number + 1}", form.items[place], width, mark=mark)
    if not given or Mark.WRONG in marks:
        rows.append(Row((("The order is:", "muted"),)))
        truth = sorted(range(len(form.items)), key=lambda place: question.permutation[place])
        for number, place in enumerate(truth):
            rows += _item(f"{number + 1}", form.items[place], width)
    return rows


def _paired(question: Question, form: Pair, response: Response, marks: Sequence[Mark], width: int) -> list[Row]:
    given = response if isinstance(response, tuple) else ()
    truth = {question.permutation[place]: place for place in range(len(form.right))}
    rows: list[Row] = []
    for row, left in enumerate(form.left):
        mark = marks[row] if row < len(marks) else Mark.PLAIN
        right = _spans(form.right[truth[row]])
        rows += _item("", (Block("paragraph", (*_spans(left), Span(" — "), *right)),), width, mark=mark)
        if mark is Mark.WRONG and row < len(given) and given[row] >= 0:
            yours = (Block("paragraph", (Span("you said: "), *_spans(form.right[given[row]]))),)
            rows += _item("  ", yours, width)
    return rows


def _pair_rows(form: Pair, state: Pairing, width: int) -> list[Row]:
    rows = []
    for row, left in enumerate(form.left):
        partner = state.partners[row]
        number = str(partner + 1) if partner >= 0 else "…"
        rows += _item(f"{number} ←", left, width, cursor=row == state.cursor, action=f"row({row})")
    rows.append(Row())
    for place, right in enumerate(form.right):
        rows += _item(f"{place + 1}{'·' if place in state.partners else ' '}", right, width, place)
    return rows


def _filled(question: Question, form: Fill, response: Response, verdict: Verdict | None, width: int) -> list[Row]:
    """Each part with its mark and what was typed; where that is not the right answer, the right one and why."""
    truth = right_response(question)
    assert isinstance(truth, Filled)  # noqa: S101 - what such a card is answered with
    given = response.lines if isinstance(response, Filled) else ()
    parts = verdict.parts if verdict is not None else ()
    rows: list[Row] = []
    for place, (part, right) in enumerate(zip(form.parts, truth.lines, strict=True)):
        if place >= len(parts) or place >= len(given):
            rows += _item("", _part_text(part, right), width)
            continue
        judged = parts[place]
        rows += _item("", _part_text(part, given[place], "–"), width, sign=_SIGNS[judged.outcome])
        if judged.outcome is not Outcome.RIGHT or judged.message:
            rows += _item("  ", _words(f"right: {right}{f' {part.unit}' if part.unit else ''}"), width)
            rows += _item("  ", _words(judged.message), width) if judged.message else []
    return rows


def _part_text(part: Part, line: str, empty: str = "") -> Text:
    """A part with what stands in it; where that is nothing, something else."""
    spans = [*_spans(part.ask), Span(": ")]
    if line.strip():
        spans += [Span(clean_line(line), "strong"), Span(f" {part.unit}" if part.unit else "")]
    else:
        spans.append(Span(empty, "muted"))
    return (Block("paragraph", tuple(spans)),)


def _words(words: str) -> Text:
    return (Block("paragraph", (Span(words),)),)


def _box(several: bool, picked: bool) -> str:  # noqa: FBT001 - two independent facts of one option
    if several:
        return "[x]" if picked else "[ ]"
    return "(•)" if picked else "( )"


def _item(
    label: str,
    text: Text,
    width: int,
    place: int | None = None,
    *,
    mark: Mark = Mark.PLAIN,
    sign: Piece | None = None,
    cursor: bool = False,
    action: str = "",
) -> list[Row]:
    """An option, item or row: the cursor, the mark or another sign, the label, the text with a hanging indent."""
    first, style = ("▸", "cursor") if cursor else sign or _MARKS[mark]
    start = f"{first} {label} " if label else f"{first} "
    action = action or (f"press({place})" if place is not None else "")
    indent = row_width((Span(start),))
    lines = wrap_spans(_spans(text), max(width - indent, 8))
    rows = []
    for number, line in enumerate(lines):
        head: Piece = (start, style) if number == 0 else (" " * indent, "plain")
        body = tuple((piece, "cursor" if cursor and kind == "plain" else kind) for piece, kind in _pieces(line))
        rows.append(Row((head, *body), action, cursor))
    return rows


def _spans(text: Text) -> tuple[Span, ...]:
    """An option's spans on one line: its blocks side by side."""
    spans: list[Span] = []
    for number, block in enumerate(text):
        if number:
            spans.append(Span(" "))
        spans += block.spans
    return tuple(spans)


def _pieces(row: Sequence[Span]) -> tuple[Piece, ...]:
    return tuple((span.text, span.style) for span in row)


def badge_rows(opinions: Mapping[int, Sequence[Opinion]], width: int, *, pending: bool = False) -> list[Row]:
    """Who confirmed the answer: `Proved by brute force ✓ · PyTorch ✓`. Nothing for a card without references.

    Little is published: what is not published here is told in the proof view only.
    """
    said: dict[str, bool | None] = {}
    for opinion in (opinion for call in opinions.values() for opinion in call):
        if opinion.agrees is None and opinion.name == "published":
            continue
        agrees = opinion.agrees if said.get(opinion.name, True) else said[opinion.name]
        said[opinion.name] = agrees
    if not said:
        return []
    signs = {True: ("✓", "right"), False: ("✗", "wrong"), None: ("did not speak", "muted")}
    voices: list[tuple[Piece, ...]] = [((f"{name} ", "muted"), signs[agrees]) for name, agrees in said.items()]
    if pending:
        voices.append((("PyTorch is loading…", "muted"),))
    row: list[Piece] = [("Proved by ", "muted")]
    rows: list[Row] = []
    for number, voice in enumerate(voices):
        if number and display_width("".join(text for text, _ in (*row, *voice))) + 3 > width:
            rows.append(Row(tuple(row)))
            row = []
        row += [*([(" · ", "muted")] if number and row else []), *voice]
    return [*rows, Row(tuple(row))]


def sentence(words: str, width: int, style: str = "plain") -> list[Row]:
    """A sentence in one style, on as many rows as it needs; nothing for no words."""
    return [Row(((row_text, style),)) for row_text in _wrapped(words, width)] if words else []


def _wrapped(words: str, width: int) -> list[str]:
    return ["".join(span.text for span in row) for row in wrap_spans([Span(words)], width)]
