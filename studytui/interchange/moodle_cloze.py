"""Several answers in one question, as Moodle's cloze writes them into the text: `{1:NUMERICAL:=35:0~%0%32:0#told}`."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from studytui.answer.answer_type import AnswerType
from studytui.deck.model import Fill
from studytui.interchange.alternatives import (
    decimal,
    is_number,
    numbers,
    numbers_of_entries,
    spellings,
    starred,
)
from studytui.interchange.bank import wanted_html
from studytui.interchange.fields import fields, mistakes
from studytui.interchange.html_text import html_line, html_plain, html_text
from studytui.interchange.paper_words import words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studytui.deck.model import Question
    from studytui.interchange.alternatives import Number
    from studytui.interchange.fields import Field
    from studytui.interchange.paper_words import Words

#: What ends an answer or a feedback, or begins another: written as the entities that Moodle reads back.
_SPECIAL = re.compile(r"[~#={}%\\/\"]")


def is_cloze(question: Question) -> bool:
    """Whether a question is written as a cloze: it has several answers, or one of several numbers."""
    return isinstance(question.form, Fill) or any(field.answer_type is AnswerType.VECTOR for field in fields(question))


def cloze_html(question: Question, language: str) -> str:
    """The question with its answers in it, as HTML."""
    parts = [_unbraced(html_text(question.prompt))]
    for field in fields(question):
        ask = f"<p>{_unbraced(html_line(field.ask))}</p>" if field.ask else ""
        parts += filter(
            None, (ask, f"<p>{_answer(field, words_in(language))}</p>", _unbraced(wanted_html(field, language)))
        )
    return "\n".join(parts)


def _unbraced(html: str) -> str:
    """A text in which nothing looks like an answer."""
    return html.replace("{", "&#123;")


def _answer(field: Field, words: Words) -> str:
    if field.answer_type is AnswerType.YES_NO:
        told = " ".join(mistake.told for mistake in mistakes(field))
        right, wrong = (words.yes, words.no) if field.truth else (words.no, words.yes)
        return _written("MULTICHOICE", [("=", right, ""), ("%0%", wrong, told)])
    if field.answer_type is AnswerType.VECTOR:
        return " ".join(_number(each) for each in numbers_of_entries(field))
    if is_number(field):
        return _number(numbers(field))
    found = spellings(field)
    return _written("SHORTANSWER", ((_mark(right=one.right), starred(one.text), one.told) for one in found))


def _number(found: Iterable[Number]) -> str:
    numbers = ((_mark(right=one.right), f"{decimal(one.value)}:{decimal(one.margin)}", one.told) for one in found)
    return _written("NUMERICAL", numbers)


def _mark(*, right: bool) -> str:
    return "=" if right else "%0%"


def _written(kind: str, alternatives: Iterable[tuple[str, str, str]]) -> str:
    """An answer of a kind: each alternative with its mark, its text and what is told of it."""
    return f"{{1:{kind}:{'~'.join(_alternatives(alternatives))}}}"


def _alternatives(alternatives: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for mark, text, told in alternatives:
        # What is told is HTML by itself; the entities around it are those of the text that it stands in.
        yield f"{mark}{_entities(text)}{f'#{_entities(html_plain(told))}' if told else ''}"


def _entities(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", escape(text, quote=False))
