"""A question as a question bank keeps it, whatever the format: its name, its number, its texts, its category."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from studytui.answer.answer_type import AnswerType
from studytui.deck.blocks import plain
from studytui.deck.model import Line
from studytui.deck.variants import describe_givens
from studytui.frozen import frozen
from studytui.interchange.fields import fields
from studytui.interchange.html_text import html_line, html_plain, html_text
from studytui.interchange.paper_words import hint_in, words_in
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from studytui.deck.model import Question
    from studytui.interchange.fields import Field

#: How long Moodle lets a question's number and name be, and how much of a heading a name has.
LONGEST_NUMBER, LONGEST_HEADING, LONGEST_NAME = 100, 80, 240


@frozen
class Exported:
    """A file's text, and one line for each question that the format has no form for."""

    text: str
    left_out: tuple[str, ...] = ()


class NoForm(ValueError):  # noqa: N818 - what a format lacks is no error of anyone
    """A question that a format cannot hold; the text says why, as a clause."""


def id_number(question: Question) -> str:
    """What tells a question from every other one: the card's id and the seed, or a digest where that is too long."""
    whole = f"{question.card.id}:{question.seed}"
    if len(whole) <= LONGEST_NUMBER:
        return whole
    return f"{question.card.id[:60]}:{hashlib.sha256(whole.encode()).hexdigest()[:32]}"


def name(question: Question, number: int) -> str:
    """A name for the teacher's list: the heading and the card's id; from the second draw of a card on, its number."""
    first = question.prompt[:1]
    heading = clean_line(plain(first)) if first and first[0].form == "heading" else ""
    short = heading if len(heading) <= LONGEST_HEADING else f"{heading[: LONGEST_HEADING - 1].rstrip()}…"
    parts = [short, question.card.id, str(number) if number > 1 else ""]
    # Moodle takes out what looks like a tag.
    return " · ".join(filter(None, parts)).replace("<", "‹").replace(">", "›")[:LONGEST_NAME]


def numbered(questions: Iterable[Question]) -> Iterator[tuple[Question, str]]:
    """Each question with its name."""
    drawn: dict[str, int] = {}
    for question in questions:
        drawn[question.card.id] = drawn.get(question.card.id, 0) + 1
        yield question, name(question, drawn[question.card.id])


def by_deck(questions: Iterable[Question]) -> Mapping[str, list[Question]]:
    """The questions of each deck, decks and questions in the order in which they come."""
    decks: dict[str, list[Question]] = {}
    for question in questions:
        decks.setdefault(question.card.deck, []).append(question)
    return decks


def written(
    questions: Sequence[Question], write: Callable[[Question, str], str], head: Callable[[str], str]
) -> tuple[list[str], tuple[str, ...]]:
    """What a format writes of questions and their names, each deck's behind a head of its own.

    Beside it stands a line for each question that the format has no form for; a deck with no other has no head.
    """
    names = {id(question): name for question, name in numbered(questions)}
    parts: list[str] = []
    left_out: list[str] = []
    for deck, asked in by_deck(questions).items():
        found = []
        for question in asked:
            try:
                found.append(write(question, names[id(question)]))
            except NoForm as reason:
                left_out.append(f"{question.card.id} is left out: {reason}")
        if found:
            parts += [head(deck), *found]
    return parts, tuple(left_out)


def category(title: str) -> str:
    """Where a deck's questions are put: a category of its own below StudyTUI's; a slash in its title is doubled."""
    return f"$course$/top/StudyTUI/{clean_line(title).replace('/', '//')}"


def origin(question: Question) -> str:
    """Where a question comes from, in a line: card, seed, givens."""
    givens = question.variant.givens if question.variant is not None else {}
    drawn = f" · {describe_givens(givens)}" if givens else ""
    return clean_line(f"{question.card.id} · seed {question.seed}{drawn}")


def prompt_html(question: Question, language: str) -> str:
    """The question as HTML, with what is wanted where one line is typed."""
    typed = fields(question) if isinstance(question.form, Line) else ()
    parts = [html_text(question.prompt)]
    for field in typed:
        commas = words_in(language).commas if field.answer_type is AnswerType.VECTOR else ""
        parts += [wanted_html(field, language, commas)] if field.answer_type is not AnswerType.YES_NO else []
    return "\n".join(parts)


def wanted_html(field: Field, language: str, between: str = "") -> str:
    """What is wanted of a typed answer, with its unit and what stands between several numbers, as a paragraph."""
    told = ", ".join(filter(None, (hint_in(field.hint, language), field.unit, between)))
    return f"<p><em>({html_plain(told)})</em></p>"


def solution_html(question: Question, language: str) -> str:
    """How one comes to the right answer, as HTML; for what is typed, with the answer itself."""
    words, shown = words_in(language), []
    for field in fields(question):
        ask = f"{html_line(field.ask)} " if field.ask else ""
        unit = f" {field.unit}" if field.unit else ""
        shown.append(f"<p>{ask}<strong>{words.right}:</strong> {html_plain(field.shown + unit)}</p>")
    return "\n".join((*shown, html_text(question.explanation))).strip()
