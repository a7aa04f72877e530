"""What is typed for a question, and what of it is right or a known mistake: what a key says, and what is exported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.answer.answer_type import AnswerType
from studytui.answer.grading import grade_value
from studytui.answer.verdict import Outcome
from studytui.deck.kinds.cloze import Cloze
from studytui.deck.kinds.text import Accepted
from studytui.deck.model import Fill, Line, Part
from studytui.deck.plan import Computed
from studytui.deck.show import show_answer
from studytui.frozen import frozen
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studytui.answer.verdict import Slip
    from studytui.deck.blocks import Text
    from studytui.deck.model import Question, Variant


@frozen
class Field:
    """One answer that is typed. `accept` are the spellings of a text, the first being the one that is shown."""

    answer_type: AnswerType
    truth: object
    shown: str
    accept: tuple[str, ...] = ()
    digits: int = 3
    unit: str = ""
    hint: str = ""
    slips: tuple[Slip, ...] = ()
    ask: Text = ()


@frozen
class Mistake:
    """A wrong answer that has a name: its value, how it is shown, and the sentence that corrects it."""

    value: object
    shown: str
    told: str


def fields(question: Question) -> tuple[Field, ...]:
    """The answers that are typed for a question, in their order; none where something is picked, arranged or paired."""
    return tuple(_fields(question))


def _fields(question: Question) -> Iterator[Field]:
    form, content, variant = question.form, question.card.content, question.variant
    match form, content:
        case Line(hint=hint), Accepted(accept=accept):
            yield _words(accept, hint)
        case Line(), Cloze(gap=gap):
            yield _words((gap,), "the missing words")  # its own hint offers to leave the line empty
        case Line(hint=hint, unit=unit), Computed() if variant is not None:
            yield _computed(Part((), hint, unit), "answer", variant, content, content.digits)
        case Fill(parts=parts), Computed() if variant is not None:
            names = [(step.name, step.digits) for step in content.steps] + [("answer", content.digits)]
            for part, (name, digits) in zip(parts, names, strict=True):
                yield _computed(part, name, variant, content, digits)


def _computed(part: Part, name: str, variant: Variant, content: Computed, digits: int) -> Field:
    """The answer of that name, which a part of a computed card asks for."""
    asked = next((step for step in variant.steps if step.name == name), None) or variant
    return Field(
        asked.answer_type or AnswerType.of(asked.answer),
        asked.answer,
        variant.values[name],
        _spellings(asked.answer, content),
        digits,
        part.unit,
        part.hint,
        tuple(_in_words(slip, content) for slip in asked.slips),
        part.ask,
    )


def _words(accept: tuple[str, ...], hint: str) -> Field:
    return Field(AnswerType.TEXT, accept[0], accept[0], accept, hint=hint)


def _spellings(answer: object, content: Computed) -> tuple[str, ...]:
    """A text that is the answer: as the card's language calls it, and as the reference does."""
    if not isinstance(answer, str):
        return ()
    return tuple(dict.fromkeys((dict(content.words).get(answer, answer), answer)))


def _in_words(slip: Slip, content: Computed) -> Slip:
    words = dict(content.words)
    return replace(slip, value=words.get(slip.value, slip.value)) if isinstance(slip.value, str) else slip


def mistakes(field: Field) -> tuple[Mistake, ...]:
    """The slips' values that grading calls slips, each once, with all that grading says of it."""
    found: dict[str, Mistake] = {}
    for slip in field.slips:
        shown = _shown(slip.value, field)
        if field.answer_type is AnswerType.YES_NO:
            if slip.value != field.truth:
                before = f"{found[shown].told} Or: " if shown in found else ""
                found[shown] = Mistake(slip.value, shown, before + clean_line(slip.sentence))
            continue
        verdict = grade_value(shown, field.truth, answer_type=field.answer_type, digits=field.digits, slips=field.slips)
        if verdict.outcome is Outcome.SLIP:
            found.setdefault(shown, Mistake(slip.value, shown, verdict.message))
    return tuple(found.values())


def _shown(value: object, field: Field) -> str:
    """A value as it is typed, to as many digits as are wanted."""
    return show_answer(value, field.answer_type, field.digits)  # type: ignore[arg-type]  # slips give values of cards
