"""A paper to be printed, and its key, as Markdown: any reader of CommonMark with GitHub's tables shows it.

The same questions give the same bytes everywhere. Nothing here knows where the questions come from.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from studytui.deck.ask import right_response
from studytui.deck.blocks import Span, plain
from studytui.deck.kinds.cloze import GAP
from studytui.deck.model import Arrange, Fill, Line, Pair, Pick
from studytui.interchange.fields import fields, mistakes
from studytui.interchange.markdown_text import escaped, markdown_cell, markdown_line, markdown_text, started
from studytui.interchange.options import options
from studytui.interchange.paper_words import hint_in, words_in
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytui.deck.blocks import Text
    from studytui.deck.model import Part, Question
    from studytui.interchange.paper_words import Words

#: Where an answer is written: a run of underscores between spaces is no markup.
_ROOM, _GAP_ROOM, _LETTER_ROOM = "_" * 24, "_" * 12, "_" * 4
#: Lines that are left free for working, where an answer is worked out.
_FREE_LINES = 4
#: A page ends here for those who print HTML; others see a rule.
_PAGE_BREAK = '<div style="page-break-after: always"></div>\n\n---'


def paper_and_key(questions: Sequence[Question], header: str, language: str = "") -> str:
    """The paper and, on a page of its own, the key."""
    return f"{paper(questions, header, language)}\n{_PAGE_BREAK}\n\n{key(questions, header, language)}"


def paper(questions: Sequence[Question], header: str, language: str = "") -> str:
    """The questions with room to answer. `header` is one line that says what the paper is made of."""
    words = words_in(language)
    total = words.point if len(questions) == 1 else words.points.format(points=len(questions))
    lines = [
        f"# {words.title}",
        f"{started(escaped(clean_line(header)))} · {total}",
        f"{words.name}: {_ROOM} {words.date}: {_ROOM[:12]} {words.score}: {_ROOM[:8]}",
    ]
    for number, question in enumerate(questions, 1):
        lines += _question(number, question, words, language)
    return "\n\n".join(lines) + "\n"


def key(questions: Sequence[Question], header: str, language: str = "") -> str:
    """What is right, worked out, and the known mistakes with the sentence that corrects each."""
    words = words_in(language)
    lines = [f"# {words.title}: {words.key}", started(escaped(clean_line(header)))]
    for number, question in enumerate(questions, 1):
        lines += _solved(number, question, words)
    return "\n\n".join(lines) + "\n"


def letter(place: int) -> str:
    """The letter of a place, from 0: a to z, then aa, ab and so on."""
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(ord("a") + place % 26)


# -- the paper ---------------------------------------------------------------------------------------------------------


def _question(number: int, question: Question, words: Words, language: str) -> Iterator[str]:
    heading, rest = _parted(_blanked(question.prompt))
    yield f"## {number}. {markdown_line(heading) if heading else words.gap} ({words.point})"
    if rest:
        yield markdown_text(rest)
    match question.form:
        case Line(hint=hint, unit=unit):
            if question.variant is not None:
                yield from ["&nbsp;"] * _FREE_LINES
            yield _room(words.answer, hint_in("the missing words" if not heading else hint, language), unit)
        case Fill(parts=parts):
            yield from _parts(parts, words, language)
        case Pick(options=shown, several=several):
            yield words.pick_several if several else words.pick_one
            yield "\n".join(f"- ☐ **{letter(place)}** {_on_one_line(each)}" for place, each in enumerate(shown))
        case Arrange(items=items):
            yield words.arrange
            yield _lettered(items)
            yield f"{words.answer}: {' '.join([_LETTER_ROOM] * len(items))}"
        case Pair() as form:
            yield words.pair
            yield _pair_table(form)


def _parted(prompt: Text) -> tuple[tuple[Span, ...], Text]:
    """The heading of a question, and what stands below it."""
    if prompt and prompt[0].form == "heading":
        return prompt[0].spans, prompt[1:]
    return (), prompt


def _blanked(prompt: Text) -> Text:
    """The prompt with room in the place of a gap."""
    return tuple(
        replace(block, spans=_room_in(block.spans), cells=tuple(map(_room_in, block.cells))) for block in prompt
    )


def _room_in(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(Span(_GAP_ROOM) if (span.style, span.text) == ("mark", GAP) else span for span in spans)


def _room(label: str, hint: str, unit: str) -> str:
    """A line to write an answer on."""
    behind = f" {escaped(unit)}" if unit else ""
    wanted = f" ({escaped(hint)})" if hint else ""
    return f"{label}: {_ROOM}{behind}{wanted}"


def _parts(parts: Sequence[Part], words: Words, language: str) -> Iterator[str]:
    yield f"({words.part.format(share=Fraction(1, len(parts)))})"
    for number, part in enumerate(parts, 1):
        yield f"**({number})** {_on_one_line(part.ask)}"
        yield _room(words.answer, hint_in(part.hint, language), part.unit)


def _lettered(items: Sequence[Text]) -> str:
    return "\n".join(f"- **{letter(place)}** {_on_one_line(item)}" for place, item in enumerate(items))


def _on_one_line(text: Text) -> str:
    return markdown_line(_spans(text))


def _spans(text: Text) -> tuple[Span, ...]:
    return tuple(span for block in text for span in block.spans)


def _pair_table(form: Pair) -> str:
    """The two columns side by side; a partner that several rows share stands there once."""
    partners = _partners(form)
    first, second = (escaped(clean_line(heading)).replace("|", "\\|") for heading in form.headings)
    rows = [f"| | {first} | | | {second} |", "| --- | --- | --- | --- | --- |"]
    for place in range(max(len(form.left), len(partners))):
        left = ("", "", "")
        if place < len(form.left):
            left = (f"**{place + 1}**", markdown_cell(_spans(form.left[place])), _LETTER_ROOM)
        right = ("", "")
        if place < len(partners):
            right = (f"**{letter(place)}**", markdown_cell(_spans(partners[place])))
        rows.append(f"| {' | '.join((*left, *right))} |")
    return "\n".join(rows)


def _partners(form: Pair) -> list[Text]:
    """The right column, each text once, in the order shown."""
    return list({plain(text): text for text in form.right}.values())


# -- the key -----------------------------------------------------------------------------------------------------------


def _solved(number: int, question: Question, words: Words) -> Iterator[str]:
    heading, _ = _parted(question.prompt)
    yield f"## {number}. {markdown_line(heading) if heading else words.gap}"
    yield f"{escaped(question.card.id)} · {question.seed}"
    yield from _right(question, words)
    if question.explanation:
        yield f"**{words.solution if question.variant is not None else words.explanation}**"
        yield markdown_text(question.explanation)
    yield from _mistakes(question, words)


def _right(question: Question, words: Words) -> Iterator[str]:
    response, form = right_response(question), question.form
    match form:
        case Pick(options=shown):
            right = [place for place, option in enumerate(options(question)) if option.right]
            yield f"**{words.right}:** {', '.join(letter(place) for place in right)}"
            yield "\n".join(f"- **{letter(place)}** {_on_one_line(shown[place])}" for place in right)
        case Arrange(items=items) if isinstance(response, tuple):
            yield f"**{words.right}:** {' '.join(letter(place) for place in response)}"
            yield "\n".join(
                f"{place}. **{letter(shown)}** {_on_one_line(items[shown])}" for place, shown in enumerate(response, 1)
            )
        case Pair() if isinstance(response, tuple):
            names = [plain(text) for text in _partners(form)]
            letters = [letter(names.index(plain(form.right[shown]))) for shown in response]
            yield f"**{words.right}:** {', '.join(f'{row} {each}' for row, each in enumerate(letters, 1))}"
            yield markdown_text(question.truth)
        case _:
            yield from _typed(question, words)


def _typed(question: Question, words: Words) -> Iterator[str]:
    asked = fields(question)
    for number, field in enumerate(asked, 1):
        part = f"**({number})** {_on_one_line(field.ask)} " if len(asked) > 1 else ""
        unit = f" {escaped(field.unit)}" if field.unit else ""
        yield f"{part}**{words.right}:** {escaped(field.shown)}{unit}"
        others = [spelling for spelling in field.accept if spelling != field.shown]
        if others:
            yield f"{words.also}: {', '.join(map(escaped, others))}"


def _mistakes(question: Question, words: Words) -> Iterator[str]:
    found = list(_told(question))
    if found:
        yield f"**{words.mistakes}**"
    for label, group in groupby(found, key=lambda each: each[0]):
        items = "\n".join(f"- **{value}**: {escaped(clean_line(sentence))}" for _, value, sentence in group)
        yield f"{f'({label})' if label else ''}\n\n{items}".strip()


def _told(question: Question) -> Iterator[tuple[str, str, str]]:
    """Each known mistake: the number of the part (empty where there is one only), what is answered, the sentence."""
    for place, option in enumerate(options(question)):
        if option.told:
            yield "", letter(place), option.told
    asked = fields(question)
    for number, field in enumerate(asked, 1):
        for mistake in mistakes(field):
            yield str(number) if len(asked) > 1 else "", escaped(mistake.shown), mistake.told
