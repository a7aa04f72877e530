"""Questions as Moodle XML, the format of Moodle's question banks: docs.moodle.org/en/Moodle_XML_format.

Texts are HTML in CDATA sections; `html_text` never writes what would end one. Questions with several answers are
clozes. An order is of the type `ordering`, which is part of Moodle since 4.4 and was a plugin before.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from studytui.answer.answer_type import AnswerType
from studytui.deck.ask import right_response
from studytui.deck.blocks import plain
from studytui.deck.model import Arrange, Pair, Pick
from studytui.interchange.alternatives import decimal, is_number, numbers, shares, spellings, starred
from studytui.interchange.bank import (
    Exported,
    NoForm,
    category,
    id_number,
    origin,
    prompt_html,
    solution_html,
    written,
)
from studytui.interchange.fields import fields, mistakes
from studytui.interchange.html_text import html_line, html_plain
from studytui.interchange.moodle_cloze import cloze_html, is_cloze
from studytui.interchange.options import options
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studytui.deck.model import Question
    from studytui.interchange.fields import Field

#: What no XML can hold, not even escaped.
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARTLY = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def moodle_xml(questions: Sequence[Question], titles: Mapping[str, str], language: str = "") -> Exported:
    """The questions, each deck's in a category of its own. `titles` are those of the decks, by id."""

    def head(deck: str) -> str:
        return _element("question", [_texted("category", category(titles.get(deck, deck)))], type="category")

    parts, left_out = written(questions, lambda question, name: _question(question, name, language), head)
    body = "\n".join(parts)
    return Exported(_NO_XML.sub("", f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{body}\n</quiz>\n'), left_out)


def _question(question: Question, name: str, language: str) -> str:
    cloze = is_cloze(question)
    prompt = cloze_html(question, language) if cloze else prompt_html(question, language)
    kind, own = ("cloze", []) if cloze else _own(question)
    parts = [
        _texted("name", name),
        _html("questiontext", prompt),
        _html("generalfeedback", solution_html(question, language)),
        *([] if cloze else [_plain("defaultgrade", "1")]),
        _plain("penalty", "0.3333333"),
        _plain("hidden", "0"),
        _plain("idnumber", id_number(question)),
        *own,
        *_tags(question),
    ]
    return f"{_comment(origin(question))}\n{_element('question', parts, type=kind)}"


def _own(question: Question) -> tuple[str, list[str]]:
    """The type of a question, and what it has that others have not."""
    match question.form:
        case Pick(several=several):
            return "multichoice", _choice(question, several=several)
        case Pair(left=left, right=right):
            places = _places(question)
            rows = (
                _answered("subquestion", html_line(item), clean_line(plain(right[shown])))
                for item, shown in zip(left, places, strict=True)
            )
            return "matching", [_plain("shuffleanswers", "true"), *_combined(), *rows]
        case Arrange(items=items):
            return "ordering", _ordering([html_line(items[shown]) for shown in _places(question)])
    (field,) = fields(question)
    if field.answer_type is AnswerType.YES_NO:
        return "truefalse", list(_true_false(field))
    if is_number(field):
        return "numerical", _numerical(field)
    found = (_answer("100" if one.right else "0", starred(one.text), one.told) for one in spellings(field))
    return "shortanswer", [_plain("usecase", "0"), *found]


def _places(question: Question) -> tuple[int, ...]:
    places = right_response(question)
    assert isinstance(places, tuple)  # noqa: S101 - what pairs and orders are answered with
    return places


def _choice(question: Question, *, several: bool) -> list[str]:
    """With several right ones, whoever ticks all options gets nothing."""
    found = options(question)
    right, wrong = shares(sum(option.right for option in found)), None
    if right is not None and several:
        count = sum(not option.right for option in found)
        wrong = [f"-{share}" for share in shares(count) or []] if count <= 20 else None
    elif right is not None:
        wrong = ["0"] * len(found)
    if right is None or wrong is None:
        raise NoForm("Moodle shares a point among 20 options at most")
    answers = []
    for option in found:
        share = right.pop() if option.right else wrong.pop()
        answers.append(_answer(share, html_line(option.text), option.told, html=True))
    head = [("single", "false" if several else "true"), ("shuffleanswers", "true"), ("answernumbering", "abc")]
    return [*(_plain(tag, value) for tag, value in head), *_combined(), *answers]


def _ordering(items: Sequence[str]) -> list[str]:
    """Items in their order, graded as here: by the most of them that stand in order among each other."""
    head = [("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", str(len(items)))]
    head += [("gradingtype", "LONGEST_ORDERED_SUBSET"), ("showgrading", "SHOW"), ("numberingstyle", "none")]
    answers = (_answer(f"{place}.0000000", item, html=True) for place, item in enumerate(items, 1))
    return [*(_plain(tag, value) for tag, value in head), *_combined(), *answers]


def _true_false(field: Field) -> Iterator[str]:
    told = " ".join(mistake.told for mistake in mistakes(field))
    for value, word in ((True, "true"), (False, "false")):
        right = value == field.truth
        yield _answer("100" if right else "0", word, "" if right else told)


def _numerical(field: Field) -> list[str]:
    answers = [
        _answer("100" if one.right else "0", decimal(one.value), one.told, _plain("tolerance", decimal(one.margin)))
        for one in numbers(field)
    ]
    if not field.unit:
        return [*answers, _plain("unitgradingtype", "0"), _plain("showunits", "3"), _plain("unitsleft", "0")]
    # A unit may be typed behind the number, and need not be.
    unit = _element("unit", [_plain("multiplier", "1"), _plain("unit_name", field.unit)])
    return [
        *answers,
        _element("units", [unit]),
        _plain("unitgradingtype", "0"),
        _plain("unitpenalty", "0"),
        _plain("showunits", "0"),
        _plain("unitsleft", "0"),
    ]


# -- elements ----------------------------------------------------------------------------------------------------------


def _element(tag: str, parts: Sequence[str], **attributes: str) -> str:
    given = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    inside = "\n".join(parts)
    return f"<{tag}{given}>\n{inside}\n</{tag}>"


def _plain(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text, quote=False)}</{tag}>"


def _texted(tag: str, text: str) -> str:
    return f"<{tag}>{_plain('text', text)}</{tag}>"


def _html(tag: str, html: str, *below: str, **attributes: str) -> str:
    given = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    text = f"<text><![CDATA[{html}]]></text>" if html else "<text></text>"
    return f'<{tag}{given} format="html">{text}{"".join(below)}</{tag}>'


def _answer(fraction: str, text: str, told: str = "", *below: str, html: bool = False) -> str:
    """An answer with its share of the point, in per cent, and what is told of it."""
    more = (_html("feedback", html_plain(told)), *below)
    if html:
        return _html("answer", text, *more, fraction=fraction)
    return f'<answer fraction="{fraction}" format="plain_text">{_plain("text", text)}{"".join(more)}</answer>'


def _answered(tag: str, html: str, answer: str) -> str:
    return _html(tag, html, f"<answer>{_plain('text', answer)}</answer>")


def _combined() -> Iterator[str]:
    """What Moodle says of an answer by itself: nothing here, but without these elements it complains."""
    yield from (_html(tag, "") for tag in _PARTLY)


def _tags(question: Question) -> Iterator[str]:
    if question.card.tags:
        yield _element("tags", [_texted("tag", clean_line(tag)) for tag in question.card.tags])


def _comment(text: str) -> str:
    """A comment; two hyphens would end it."""
    return f"<!-- {re.sub('-(?=-)', '- ', text).rstrip('-')} -->"
