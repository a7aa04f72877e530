"""What a question bank compares a typed answer with: numbers with their tolerances, spellings, shares of a point.

Shared by the formats of Moodle, whose graders these are made for. The right answers come first: the first one that
fits decides.
"""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from studytui.answer.answer_type import AnswerType
from studytui.answer.closeness import slip_target, target
from studytui.answer.texts import same_text
from studytui.frozen import frozen
from studytui.interchange.fields import mistakes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytui.answer.closeness import Target
    from studytui.interchange.fields import Field

#: Moodle computes with floats and forgives one part in 10^14: whole numbers beyond are compared as texts.
LARGEST_EXACT = 10**13
#: The shares of a point that Moodle knows, by how many options have it together.
_SHARES = {
    1: "100", 2: "50", 3: "33.33333", 4: "25", 5: "20", 6: "16.66667", 7: "14.28571", 8: "12.5", 9: "11.11111",
}  # fmt: skip


@frozen
class Number:
    """A number within a tolerance; `told` is the feedback. Wrong ones are known mistakes."""

    value: Fraction
    margin: Fraction
    right: bool
    told: str = ""


@frozen
class Spelling:
    """A text that may be typed; `told` is the feedback. Wrong ones are known mistakes."""

    text: str
    right: bool
    told: str = ""


def is_number(field: Field) -> bool:
    """Whether the answer is one number that can be compared as a number."""
    if field.answer_type is AnswerType.INTEGER:
        return isinstance(field.truth, int) and abs(field.truth) <= LARGEST_EXACT
    return field.answer_type is AnswerType.REAL


def is_exact(field: Field) -> bool:
    """Whether spellings can say what is right: no tolerance is needed."""
    return field.answer_type not in {AnswerType.REAL, AnswerType.VECTOR} or all(
        isinstance(entry, int) for entry in entries(field.truth)
    )


def entries(value: object) -> list[object]:
    """The numbers of a shape, a vector or the rows of a matrix, in reading order."""
    return [entry for part in value for entry in entries(part)] if isinstance(value, (tuple, list)) else [value]


def numbers(field: Field) -> list[Number]:
    """The right number, and the known mistakes, of an answer that is one number."""
    return _numbers(field, field.truth, [(mistake.value, mistake.told) for mistake in mistakes(field)])


def numbers_of_entries(field: Field) -> list[list[Number]]:
    """The same for each entry of a vector or a matrix, in reading order; mistakes of another length tell nothing."""
    truth = entries(field.truth)
    wrong = [(entries(mistake.value), mistake.told) for mistake in mistakes(field)]
    return [
        _numbers(field, value, [(found[place], told) for found, told in wrong if len(found) == len(truth)])
        for place, value in enumerate(truth)
    ]


def _numbers(field: Field, truth: object, wrong: Sequence[tuple[object, str]]) -> list[Number]:
    digits = 0 if is_exact(field) else max(field.digits, 1)
    right = target(truth, digits)
    told: dict[Target, str] = {}
    for value, sentence in wrong:
        try:
            found = slip_target(value, digits)
        except ValueError:
            continue
        if not right.accepts(found.value):
            told[found] = f"{told[found]} Or: {sentence}" if found in told and sentence not in told[found] else sentence
    return [
        Number(right.value, right.margin, right=True),
        *(Number(one.value, one.margin, right=False, told=sentence) for one, sentence in told.items()),
    ]


def decimal(number: Fraction) -> str:
    """A number in digits, exactly where they are no more than 40; with an exponent where it is very large or small."""
    found = Context(prec=40).divide(Decimal(number.numerator), Decimal(number.denominator)).normalize()
    return f"{found:f}" if -20 <= found.adjusted() <= 20 else f"{found:e}"


def spellings(field: Field) -> list[Spelling]:
    """What may be typed for the right answer, and for the known mistakes, each spelling once."""
    found: dict[str, Spelling] = {}
    for text in _right_spellings(field):
        found.setdefault(text.casefold(), Spelling(text, right=True))
    for mistake in mistakes(field):
        for text in _written(mistake.value, field.answer_type):
            found.setdefault(text.casefold(), Spelling(text, right=False, told=mistake.told))
    return list(found.values())


def _right_spellings(field: Field) -> Iterator[str]:
    if field.answer_type is not AnswerType.TEXT:
        yield from _written(field.truth, field.answer_type)
        return
    for text in field.accept:
        yield from _worded(text)


def _worded(text: str) -> Iterator[str]:
    """A text as it may be typed: with spaces or hyphens between its words, or nothing, where that is the same to us."""
    joined = (between.join(text.replace("-", " ").split()) for between in (" ", "-", ""))
    yield from (text, *(spelling for spelling in joined if same_text(spelling, text)))


def _written(value: object, answer_type: AnswerType) -> Iterator[str]:
    if isinstance(value, str):
        yield from _worded(value)
        return
    sizes = [str(entry) for entry in entries(value)]
    lists = (", ".join(sizes), ",".join(sizes))
    if answer_type is AnswerType.SHAPE:
        yield from (between.join(sizes) for between in ("×", "x", " × ", " x ", "*"))
        yield from (f"({inside})" for inside in lists)
    yield from lists
    if len(sizes) > 1:
        yield from (f"[{inside}]" for inside in lists)
        yield " ".join(sizes)


def starred(text: str) -> str:
    """A spelling as Moodle compares it: a star would stand for anything, unless it is escaped."""
    return text.replace("*", "\\*")


def shares(count: int) -> list[str] | None:
    """A point in so many parts, in per cent, made of the shares that Moodle knows; None for more than 20 parts."""
    if count in _SHARES:
        return [_SHARES[count]] * count
    if count <= 20:
        return ["10"] * (20 - count) + ["5"] * (2 * count - 20)
    return None
