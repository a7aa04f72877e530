r"""Questions as GIFT, the text format of Moodle's question banks: docs.moodle.org/en/GIFT_format.

Texts are HTML, so that nothing in them is read as Moodle's own shorthand. Signs that GIFT gives a meaning get a
backslash, line feeds become `\n`: no blank line ends a question too early.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytui.answer.answer_type import AnswerType
from studytui.deck.ask import right_response
from studytui.deck.blocks import plain
from studytui.deck.model import Arrange, Fill, Pair, Pick
from studytui.interchange.alternatives import decimal, is_exact, is_number, numbers, shares, spellings, starred
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
from studytui.interchange.options import options
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studytui.deck.blocks import Text
    from studytui.deck.model import Question
    from studytui.interchange.fields import Field

_SPECIAL = re.compile(r"[\\~=#{}:]")
#: What Moodle puts in the place of escaped signs while it reads: in a plain text it would be taken for one.
_PLACEHOLDER = re.compile(r"&&(?:010|035|058|061|092|123|125|126)")
#: What Moodle takes for a format or a share where a text begins.
_BEGINNINGS = {"[": "&#91;", "%": "&#37;"}
_IN_TAGS = re.compile(r"[\[\]]")


def gift(questions: Sequence[Question], titles: Mapping[str, str], language: str = "") -> Exported:
    """The questions, each deck's in a category of its own. `titles` are those of the decks, by id."""

    def head(deck: str) -> str:
        # A backslash in a category is not taken back.
        return f"$CATEGORY: {category(titles.get(deck, deck)).replace(chr(92), '')}"

    blocks, left_out = written(questions, lambda question, name: _question(question, name, language), head)
    return Exported("\n\n".join(blocks) + "\n", left_out)


def _question(question: Question, name: str, language: str) -> str:
    answers = "\n".join(f"\t{answer}" for answer in _answers(question))
    sign, _, answers = answers.partition("\n") if answers.startswith("\t#") else ("", "", answers)
    feedback = f"\n\t####{_escaped(solution_html(question, language))}"
    prompt = _escaped(prompt_html(question, language))
    return f"{_comment(question)}\n::{_escaped(name)}::[html]{prompt}{{{sign.strip()}\n{answers}{feedback}\n}}"


def _comment(question: Question) -> str:
    """Where the question comes from; newer Moodles read its number and tags from here."""
    tags = "".join(f" [tag:{_IN_TAGS.sub('', clean_line(tag))}]" for tag in question.card.tags)
    return f"// {_IN_TAGS.sub('', origin(question))} [id:{_IN_TAGS.sub('', id_number(question))}]{tags}"


def _answers(question: Question) -> Iterator[str]:
    """The lines between the braces; a first line of `#` makes them numbers."""
    match question.form:
        case Pick(several=several):
            yield from _several(question) if several else _one(question)
        case Pair(left=left, right=right):
            partners = right_response(question)
            assert isinstance(partners, tuple)  # noqa: S101 - what pairs are answered with
            yield from (_pair(html_line(item), right[shown]) for item, shown in zip(left, partners, strict=True))
        case Arrange(items=items):
            places = right_response(question)
            assert isinstance(places, tuple)  # noqa: S101 - what an order is answered with
            yield from (_pair(str(place), items[shown]) for place, shown in enumerate(places, 1))
        case Fill():
            raise NoForm("GIFT has no question with several answers; Moodle XML has")
        case _:
            for field in fields(question):
                yield from _typed(field)


def _one(question: Question) -> Iterator[str]:
    for option in options(question):
        yield f"{'=' if option.right else '~'}{_begun(html_line(option.text))}{_told(option.told)}"


def _several(question: Question) -> Iterator[str]:
    """Whoever ticks all options gets nothing: what is wrong takes off as much as what is right gives."""
    found = options(question)
    right = shares(sum(option.right for option in found))
    wrong = shares(sum(not option.right for option in found)) if not all(option.right for option in found) else []
    if right is None or wrong is None:
        raise NoForm("Moodle shares a point among 20 options at most")
    for option in found:
        share = right.pop() if option.right else f"-{wrong.pop()}"
        yield f"~%{share}%{_begun(html_line(option.text))}"


def _pair(left: str, right: Text) -> str:
    return f"={_begun(left)} -> {_plain(clean_line(plain(right)))}"


def _typed(field: Field) -> Iterator[str]:
    if field.answer_type is AnswerType.YES_NO:
        told = " ".join(mistake.told for mistake in mistakes(field))
        yield f"{'TRUE' if field.truth else 'FALSE'}{_told(told)}"
    elif is_number(field):
        yield "#"
        for number in numbers(field):
            share = "100" if number.right else "0"
            yield f"=%{share}%{decimal(number.value)}:{decimal(number.margin)}{_told(number.told)}"
    elif is_exact(field):
        found = spellings(field)
        if any("->" in spelling.text for spelling in found):
            raise NoForm("an answer with “->” in it is a pair to GIFT")
        for spelling in found:
            share = "100" if spelling.right else "0"
            yield f"=%{share}%{_format(spelling.text)}{_plain(starred(spelling.text))}{_told(spelling.told)}"
    else:
        raise NoForm("GIFT has no tolerance for several numbers; Moodle XML has")


def _told(sentence: str) -> str:
    return f"#{_escaped(html_plain(sentence))}" if sentence else ""


def _format(text: str) -> str:
    """A text that begins with a bracket says its format, so that the bracket is no format."""
    return "[plain]" if text.startswith("[") else ""


def _plain(text: str) -> str:
    """A text that is no HTML."""
    if _PLACEHOLDER.search(text):
        raise NoForm("“&&” before a number means something to GIFT")
    return _escaped(text)


def _begun(html: str) -> str:
    """HTML at the beginning of an answer."""
    return _escaped(_BEGINNINGS.get(html[:1], html[:1]) + html[1:])


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\n")
