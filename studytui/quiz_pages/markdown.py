"""A report as Markdown that reads well on a code host. No text of a card or of the learner becomes markup here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytui.deck.blocks import Span
from studytui.quiz.report import Shape
from studytui.quiz_pages import words
from studytui.quiz_pages.chart import bars
from studytui.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from studytui.deck.blocks import Block, Text
    from studytui.quiz.report import Asked, Group, Report, ReportLine

#: What can be markup anywhere in a line. `<` and `&` are escaped as well, so that no text is HTML.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~$&])")
#: What can be markup at the beginning of a line; what a code host makes a link of without any markup.
_AT_START, _ORDINAL, _LINK = (
    re.compile(r"^([#+\-=:])"),
    re.compile(r"^(\d{1,9})([.)])(?=\s|$)"),
    re.compile(r"(://|(?i:www)\.|@)"),
)
_TAGS = {"strong": "strong", "em": "em", "mark": "strong", "strike": "del"}
_STARS = {"strong": "**", "em": "*", "mark": "**", "strike": "~~"}


def as_markdown(report: Report, lines: Iterable[ReportLine] = ()) -> str:
    """The whole report, with every question worked out."""
    parts = [f"# {escaped(words.title(report))}", *_facts(report)]
    for heading, groups in words.groups(report):
        parts += [f"## {heading}", _groups(heading, groups)]
    if report.slips:
        parts += [f"## {words.SLIPS}", _slips(report)]
    shown = bars(report, lines)
    if shown:
        rows = [
            (f"{bar.date}{', this quiz' if bar.this else ''}", str(bar.number or "–"), f"{bar.percent:g} %")
            for bar in shown
        ]
        parts += [f"## {words.EARLIER}", escaped(words.COMPARABLE), table(("Date", "Quiz", "Score"), rows, "lrr")]
    parts += [f"## {words.QUESTIONS}", _overview(report)]
    for each in report.questions:
        parts += _question(each, len(report.questions))
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """A text on one line that is shown as it is."""
    line = _ANYWHERE.sub(r"\\\1", " ".join(clean(text).split()))
    line = _LINK.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}" if found[0][-1] != "/" else r"\://", line)
    return _ORDINAL.sub(r"\1\\\2", _AT_START.sub(r"\\\1", line))


def inline(spans: Iterable[Span], *, cell: bool = False) -> str:
    """Spans on one line, their styles as markup."""
    made = ""
    for span in spans:
        text = " ".join(clean(span.text).split("\n"))
        bare = text.strip()
        if not bare:
            made += " " if text and made else ""
            continue
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        made += " " if before else ""
        made += _styled(bare, span.style, made, cell=cell) + (" " if after else "")
    return made.strip()


def blocks(text: Text) -> str:
    """A text as blocks of Markdown, blank lines between."""
    made = ""
    previous: Block | None = None
    for block in text:
        inside = "    " * block.level
        content = "\n".join(f"{inside}{line}".rstrip() for line in _block(block).split("\n"))
        lists = {"bullet", "number"}
        tight = previous is not None and (
            (block.form in lists and previous.form in lists)
            or (block.form == "row" and previous.form in {"head", "row"})
        )
        made += ("" if not made else "\n" if tight else "\n\n") + content
        previous = block
    return made


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], sides: str) -> str:
    """A table of cells that are Markdown already; `sides` has an `l` or an `r` for each column."""
    rules = ["---" if side == "l" else "---:" for side in sides]
    return "\n".join(f"| {' | '.join(row)} |" for row in (headings, rules, *rows))


def _styled(text: str, style: str, before: str, *, cell: bool) -> str:
    if style == "code":
        return _code(text, cell=cell)
    shown = escaped(text) if not before else _inside(text)
    if style not in _STARS:
        return shown
    # Stars are read as stars only where letters or digits stand inside of them, and nothing of theirs before.
    if shown[0].isalnum() and shown[-1].isalnum() and before[-1:] not in {"*", "~"} and style != "em":
        return f"{_STARS[style]}{shown}{_STARS[style]}"
    return f"<{_TAGS[style]}>{shown}</{_TAGS[style]}>"


def _inside(text: str) -> str:
    """A text that does not begin a line: nothing at its beginning can be markup.

    A comma stands in front meanwhile: no accent that the text may begin with joins it to one character.
    """
    return escaped(f",{text}")[1:]


def _code(text: str, *, cell: bool) -> str:
    if not text:
        return ""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    # A table is cut at every bar, also in code; the backslash is taken away again.
    return f"{fence}{pad}{text.replace('|', chr(92) + '|') if cell else text}{pad}{fence}"


def _block(block: Block) -> str:
    make = _FORMS.get(block.form)
    return make(block) if make is not None else inline(block.spans)


def _bullet(block: Block) -> str:
    return f"- {f'{escaped(block.marker)} ' if block.marker else ''}{inline(block.spans)}"


def _number(block: Block) -> str:
    return f"{re.sub('[^0-9]', '', block.marker)[:9] or 1}. {inline(block.spans)}"


def _heading(block: Block) -> str:
    """A line of its own, so stars are read as stars whatever stands inside of them, if that has none itself."""
    return f"**{inline(Span(span.text, 'code' if span.style == 'code' else 'plain') for span in block.spans)}**"


def _cells(block: Block) -> str:
    return f"| {' | '.join(inline(cell, cell=True) for cell in block.cells)} |"


_FORMS: Mapping[str, Callable[[Block], str]] = {
    "bullet": _bullet,
    "number": _number,
    "code": lambda block: _fenced("".join(span.text for span in block.spans), block.marker),
    "quote": lambda block: f"> {inline(block.spans)}",
    "rule": lambda _: "***",
    "heading": _heading,
    "head": lambda block: f"{_cells(block)}\n|{' --- |' * len(block.cells)}",
    "row": _cells,
}


def _fenced(code: str, language: str) -> str:
    code = clean(code).rstrip("\n")
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", code)), default=0) + 1)
    return f"{fence}{re.sub('[^A-Za-z0-9_+#-]', '', language)}\n{code}\n{fence}"


def _facts(report: Report) -> list[str]:
    return [table(("", ""), [(f"**{label}**", escaped(text)) for label, text in words.facts(report)], "ll")]


def _groups(heading: str, groups: Sequence[Group]) -> str:
    rows = [
        (escaped(group.title), words.mixed(group.score.points), str(group.score.questions),
         f"{words.percent(group.score):g} %", words.minutes_text(group.spent_ms))
        for group in groups
    ]  # fmt: skip
    return table((heading.removeprefix("By ").capitalize(), "Points", "Of", "Score", "Time"), rows, "lrrrr")


def _slips(report: Report) -> str:
    rows = [
        (str(slip.count), _code(slip.name, cell=True), escaped(slip.sentence), ", ".join(map(escaped, slip.cards)),
         _code(words.practise(slip), cell=True))
        for slip in report.slips
    ]  # fmt: skip
    return table(("Times", "Slip", "What is right", "Cards", "Practise this"), rows, "rllll")


def _overview(report: Report) -> str:
    rows = [
        (str(each.number), escaped(each.title), escaped(words.kind_text(each)), escaped(words.outcome_text(each)[0]),
         str(each.score), words.minutes_text(each.spent_ms))
        for each in report.questions
    ]  # fmt: skip
    return table(("No.", "Topic", "Kind", "Judged", "Score", "Time"), rows, "rlllrr")


def _question(asked: Asked, count: int) -> list[str]:
    told = [asked.title, words.kind_text(asked), words.minutes_text(asked.spent_ms), *words.notes(asked)]
    where = f"{_code(asked.card, cell=False)}, {escaped(words.place_text(asked))}"
    parts = [f"### Question {asked.number} of {count}", f"{escaped(' · '.join(told))} · {where}", blocks(asked.prompt)]
    answers = words.answer_table(asked)
    if answers is not None:
        rows = [[inline(cell, cell=True) for cell in row] for row in answers.rows]
        parts.append(table(answers.headings, rows, "l" * len(answers.headings)))
    parts.append(f"**{escaped(words.outcome_text(asked)[0])}**")
    said = [escaped(each) for each in words.sentences(asked)]
    if said:
        parts.append(" ".join(said))
    if asked.typed and (answers is None or not asked.answered):
        parts.append(f"Typed: {_code(asked.typed, cell=False)}")
    if asked.shape is Shape.LINE and asked.truth:
        one = len(asked.truth) == 1 and asked.truth[0].form == "paragraph"
        parts.append(f"Answer: {inline(asked.truth[0].spans)}" if one else f"Answer:\n\n{blocks(asked.truth)}")
    if asked.explanation:
        parts.append(blocks(asked.explanation))
    return parts
