"""A report as one HTML file that needs no other: no script, no picture, no font, nothing from the network.

It is well-formed XML as well, reads in light and dark, and prints without breaking a question over two pages.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from studytui.quiz.report import Shape
from studytui.quiz_pages import words
from studytui.quiz_pages.chart import bars
from studytui.quiz_pages.html_text import blocks, inline, language, text
from studytui.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studytui.quiz.report import Asked, Group, Report, ReportLine
    from studytui.quiz_pages.chart import Bar
    from studytui.quiz_pages.words import Table

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
{content}
</main>
</body>
</html>
"""
#: The chart's measures, in units of its drawing: a row's height, where bars begin, and how long 100 % is.
_ROW, _LEFT, _LONG = 24, 110, 400


def as_html(report: Report, lines: Iterable[ReportLine] = ()) -> str:
    """The whole report, with every question worked out."""
    from importlib.resources import files

    style = (files("studytui.quiz_pages") / "report.css").read_text(encoding="utf-8")
    parts = [_head(report)]
    for heading, groups in words.groups(report):
        parts.append(_section(heading, _groups(heading, groups)))
    if report.slips:
        parts.append(_section(words.SLIPS, _slips(report)))
    shown = bars(report, lines)
    if shown:
        parts.append(_section(words.EARLIER, _chart(shown)))
    parts.append(_section(words.QUESTIONS, _overview(report)))
    parts += [_question(each, len(report.questions)) for each in report.questions]
    name = f"{words.title(report)}, {words.date_text(report.when)}"
    return _PAGE.format(title=text(name), style=style, content="\n".join(parts))


def _head(report: Report) -> str:
    said = "\n".join(f"<dt>{text(label)}</dt><dd>{text(value)}</dd>" for label, value in words.facts(report)[1:])
    score = text(words.score_text(report.score))
    return (
        f'<header>\n<h1>{text(words.title(report))}</h1>\n<p class="score">{score}</p>\n<dl>\n{said}\n</dl>\n</header>'
    )


def _section(heading: str, content: str) -> str:
    return f"<section>\n<h2>{text(heading)}</h2>\n{content}\n</section>"


def _table(headings: Sequence[str], rows: Iterable[str], numbers: Sequence[int] = ()) -> str:
    """A table of rows that are HTML; `numbers` are the places of the columns that hold numbers."""
    heads = "".join(
        f'<th scope="col"{_class("number") if place in numbers else ""}>{text(heading)}</th>'
        for place, heading in enumerate(headings)
    )
    body = "\n".join(rows)
    return f'<div class="wide"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>'


def _cells(cells: Sequence[str], numbers: Sequence[int] = (), style: str = "") -> str:
    """A row of cells that are HTML, the first of which says what the row is of."""
    made = ""
    for place, cell in enumerate(cells):
        kind = _class("number") if place in numbers else ""
        made += f'<th scope="row"{kind}>{cell}</th>' if place == 0 else f"<td{kind}>{cell}</td>"
    return f"<tr{_class(style) if style else ''}>{made}</tr>"


def _class(name: str) -> str:
    return f' class="{escape(name)}"'


def _groups(heading: str, groups: Sequence[Group]) -> str:
    rows = [
        _cells(
            [
                _worded(group.title),
                _share(words.percent(group.score)),
                words.mixed(group.score.points),
                str(group.score.questions),
                words.minutes_text(group.spent_ms),
            ],
            (1, 2, 3, 4),
        )
        for group in groups
    ]
    return _table((heading.removeprefix("By ").capitalize(), "Score", "Points", "Of", "Time"), rows, (1, 2, 3, 4))


def _share(share: float) -> str:
    return f'<div class="share">{_bar(share)}<span>{share:g} %</span></div>'


def _bar(share: float) -> str:
    """A bar that a printer draws, too, as it would not draw a background; the number stands beside it.

    Its colours are the style sheet's; those on the spot are for whatever applies no style sheet to drawings.
    """
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" fill="#c9ced4" width="100" height="8" />'
        f'<rect class="fill" fill="#1f5fa8" width="{share:g}" height="8" /></svg>'
    )


def _slips(report: Report) -> str:
    made = "\n".join(
        f"<li><strong>{slip.count}×</strong> <code>{text(slip.name)}</code>: {_worded(slip.sentence)}\n"
        f'<p class="about">On {_links(report, slip.cards)}. '
        f"Practise this: <code>{text(words.practise(slip))}</code></p></li>"
        for slip in report.slips
    )
    return f'<ul class="slips">\n{made}\n</ul>'


def _links(report: Report, cards: Sequence[str]) -> str:
    """The cards, each leading to its first question."""
    first = {each.card: each.number for each in reversed(report.questions)}
    return ", ".join(f'<a href="#q{first[card]}">{text(card)}</a>' for card in cards)


def _chart(shown: Sequence[Bar]) -> str:
    told = ", ".join(f"{bar.date}: {bar.percent:g} %" for bar in shown)
    rows = []
    for place, bar in enumerate(shown):
        top = place * _ROW
        long = bar.percent / 100 * _LONG
        style = 'class="fill this" fill="#1f5fa8"' if bar.this else 'class="fill" fill="#575e66"'
        rows.append(
            f'<text x="{_LEFT - 10}" y="{top + 16}" text-anchor="end">{text(bar.date)}</text>'
            f'<rect {style} x="{_LEFT}" y="{top + 4}" width="{max(long, 1):g}" height="{_ROW - 8}" />'
            f'<text x="{_LEFT + long + 8:g}" y="{top + 16}">{bar.percent:g} %{" this quiz" if bar.this else ""}</text>'
        )
    inside = "\n".join(rows)
    return (
        f'<figure>\n<svg class="chart" viewBox="0 0 {_LEFT + _LONG + 130} {len(shown) * _ROW}" role="img" '
        f'aria-label="{escape(clean(told))}">\n{inside}\n</svg>\n'
        f"<figcaption>{text(words.COMPARABLE)}</figcaption>\n</figure>"
    )


def _overview(report: Report) -> str:
    rows = []
    for each in report.questions:
        outcome, style = words.outcome_text(each)
        number = f'<a href="#q{each.number}">{each.number}</a>'
        cells = [number, _worded(each.title), text(words.kind_text(each)), _outcome(outcome, style)]
        cells += [str(each.score), words.minutes_text(each.spent_ms)]
        rows.append(_cells(cells, (0, 4, 5)))
    return _table(("No.", "Topic", "Kind", "Judged", "Score", "Time"), rows, (0, 4, 5))


def _outcome(outcome: str, style: str) -> str:
    return f"<span{_class(style)}>{text(outcome)}</span>"


def _worded(words_: str) -> str:
    """A text in its own language."""
    tongue = language(words_)
    return f"<span{tongue}>{text(words_)}</span>" if tongue else text(words_)


def _question(asked: Asked, count: int) -> str:
    outcome, style = words.outcome_text(asked)
    told = [_worded(asked.title), text(words.kind_text(asked)), words.minutes_text(asked.spent_ms)]
    told += [*map(text, words.notes(asked)), f"<code>{text(asked.card)}</code>, {text(words.place_text(asked))}"]
    parts = [
        f"<h3>Question {asked.number} of {count}</h3>",
        f'<p class="about">{" · ".join(told)}</p>',
        f'<div class="prompt"{language(asked.prompt)}>{blocks(asked.prompt)}</div>',
    ]
    answers = words.answer_table(asked)
    if answers is not None:
        parts.append(_answers(answers))
    parts.append(f'<p class="outcome">{_outcome(outcome, style)}</p>')
    parts += [f"<p>{_worded(said)}</p>" for said in words.sentences(asked)]
    if asked.typed and (answers is None or not asked.answered):
        parts.append(f'<p><span class="label">Typed:</span> <code>{text(asked.typed)}</code></p>')
    if asked.shape is Shape.LINE and asked.truth:
        one = len(asked.truth) == 1 and asked.truth[0].form == "paragraph"
        label, tongue = '<span class="label">Answer:</span>', language(asked.truth)
        truth = inline(asked.truth[0].spans) if one else blocks(asked.truth)
        parts.append(f"<p{tongue}>{label} {truth}</p>" if one else f"<p>{label}</p><div{tongue}>{truth}</div>")
    if asked.explanation:
        parts.append(f'<div class="worked"{language(asked.explanation)}>{blocks(asked.explanation)}</div>')
    content = "\n".join(parts)
    return f'<article id="q{asked.number}"{_class(f"question {style}")}>\n{content}\n</article>'


def _answers(answers: Table) -> str:
    rows = [
        _answer_row([inline(cell) for cell in row], words.MARKS[mark][2])
        for row, mark in zip(answers.rows, answers.marks, strict=True)
    ]
    return _table(answers.headings, rows)


def _answer_row(cells: Sequence[str], style: str) -> str:
    *told, judged = cells
    inside = "".join(f"<td>{cell}</td>" for cell in told)
    return f"<tr>{inside}<td{_class(style)}>{judged}</td></tr>"
