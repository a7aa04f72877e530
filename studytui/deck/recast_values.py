"""The options of a computed card that is asked as a choice: its answer, and what its slips give in place of it.

An option is fair when its form does not sort it out. So the answer needs a twin: a wrong value that is written like
it, with as many digits, of one magnitude and sign. Without a twin the answer is told by its looks, and the card is
typed. Fairness is decided on the deck's own values, so that a question is the same one in every language.
"""

from __future__ import annotations

import hashlib
import math
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from studytui.answer.answer_type import AnswerType
from studytui.answer.closeness import coarseness, target
from studytui.deck.blocks import Block, Span
from studytui.deck.givens import shuffled
from studytui.deck.model import Line
from studytui.deck.plan import Computed
from studytui.deck.recast import FEWEST_OPTIONS, MOST_OPTIONS, Option
from studytui.deck.recast_look import NUMBER, as_float, look
from studytui.deck.show import show_answer
from studytui.text import clean_line, display_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from studytui.answer.verdict import Slip
    from studytui.deck.blocks import Text
    from studytui.deck.model import Question, Value, Variant

#: What chooses few of all wrong values.
WrongValues: TypeAlias = "Callable[[dict[str, list[Slip]], str, Question], dict[str, list[Slip]]]"

#: How much more often the answer is put at an end of the order, and no wrong value is left out, where either can be.
#: With these, whoever knows which place is right most often is right in 32 of 100 choices of the built-in cards, and by
#: chance in 25.
_END, _ALL = 3, 4
#: Longer values (a matrix of many rows) are not compared at a glance, and are no options.
LONGEST_OPTION = 60
#: A value that is the answer rounded to so many digits is no mistake to be told apart by eye.
_COARSE = 2
#: No rounding of a number, to one digit or to two and more, is off by such a part of it.
_FAR_OF_ONE_DIGIT, _FAR = 0.6, 0.2


def value_options(question: Question, few: WrongValues | None = None) -> list[Option]:
    """The options, the right one first, the others in the order of the card's slips; none where no choice is fair.

    `few` is one of `WAYS`; the first of them is how it is done.
    """
    variant, content = question.variant, question.card.content
    if not isinstance(question.form, Line) or variant is None or variant.steps:
        return []
    if not isinstance(content, Computed) or not content.choice:
        return []
    answer_type = variant.answer_type or AnswerType.of(variant.answer)
    truth = show_answer(variant.answer, answer_type, content.digits)
    if display_width(truth) > LONGEST_OPTION:
        return []
    if answer_type is AnswerType.YES_NO:
        wrong = {"no" if truth == "yes" else "yes": [slip for slip in variant.slips if isinstance(slip.value, bool)]}
    else:
        wrong = (few or by_place)(_wrong_values(variant, answer_type, content.digits, truth), truth, question)
        if not wrong:
            return []
    words, unit = dict(content.words), f" {content.unit}" if content.unit else ""
    texts = [words.get(text, text) + unit for text in (truth, *wrong)]
    if len(set(map(clean_line, texts))) < len(texts):
        return []  # two values are one word in this language
    told: Mapping[str, Sequence[Slip]] = {truth: (), **wrong}
    return [
        Option(_option(text), tuple(slips), _sentences(slips)) for text, slips in zip(texts, told.values(), strict=True)
    ]


def by_place(wrong: dict[str, list[Slip]], truth: str, question: Question) -> dict[str, list[Slip]]:
    """As many wrong values as a choice has; none where they are too few, or none of them is a twin of the answer.

    Mistakes go both ways, so that the answer would mostly stand among its slips: of 100 choices 39 would be right by
    picking always the same place. So the answer's place in the order of sizes is drawn, and wrong values are taken that
    put it there. Twins come before others, and among equals the seeds take turns.
    """
    twins, others = _in_turn(wrong, truth, question)
    ordered = twins if len(twins) >= MOST_OPTIONS - 1 else [*twins, *others]
    size = _size(question.variant.answer) if question.variant is not None else None
    if size is None or not ordered:
        return _kept(wrong, ordered[: MOST_OPTIONS - 1])
    sizes = {text: _size(slips[0].value) for text, slips in wrong.items()}
    below = [text for text in ordered if (own := sizes[text]) is not None and own < size]
    above = [text for text in ordered if text not in below]
    ways = [
        (texts, weight)
        for lower, upper, weight in _places(len(below), len(above), spare=len(wrong) >= MOST_OPTIONS)
        if not set(texts := (*below[:lower], *above[:upper])).isdisjoint(twins)
    ]
    drawn = _drawn(sum(weight for _, weight in ways), question)
    for texts, weight in ways:
        drawn -= weight
        if drawn < 0:
            return _kept(wrong, texts)
    return {}


def by_turn(wrong: dict[str, list[Slip]], truth: str, question: Question) -> dict[str, list[Slip]]:
    """As `by_place`, but for the place: papers that were begun before it was looked at are taken up by this."""
    twins, others = _in_turn(wrong, truth, question)
    return _kept(wrong, [*twins, *others][: MOST_OPTIONS - 1])


#: The ways in which wrong values are and were chosen, the latest first.
WAYS: tuple[WrongValues, ...] = (by_place, by_turn)


def _in_turn(wrong: dict[str, list[Slip]], truth: str, question: Question) -> tuple[list[str], list[str]]:
    """The wrong values that are twins, and the others, in an order of this seed; none where no choice is fair."""
    own = look(truth)
    twins = {text for text in wrong if own.is_twin_of(look(text))}
    if not twins or len(wrong) + 1 < FEWEST_OPTIONS:
        return [], []
    turns = shuffled(len(wrong), question.card.id, question.seed, "slips")
    ordered = [text for _, text in sorted(zip(turns, wrong, strict=True))]
    return [text for text in ordered if text in twins], [text for text in ordered if text not in twins]


def _kept(wrong: dict[str, list[Slip]], texts: Iterable[str]) -> dict[str, list[Slip]]:
    kept = frozenset(texts)
    return {text: slips for text, slips in wrong.items() if text in kept}


def _places(below: int, above: int, *, spare: bool) -> Iterator[tuple[int, int, int]]:
    """How many smaller and how many larger values there may be in a choice, with a weight for each pair.

    Without any to `spare`, more than a choice has, one of them may be left out: with two below and one above the answer
    is the third of four, or the second or third of three. Few questions can have the answer at an end, so an end counts
    more where it can be had.
    """
    most = min(below + above, MOST_OPTIONS - 1)
    fewest = most if spare else max(most - 1, FEWEST_OPTIONS - 1)
    for count in range(fewest, most + 1):
        for lower in range(max(count - above, 0), min(count, below) + 1):
            yield lower, count - lower, (_END if lower in {0, count} else 1) * (_ALL if count == most else 1)


def _drawn(count: int, question: Question) -> int:
    """A number below `count` that follows from card and seed."""
    key = f"{question.card.id}\0{question.seed}\0place"
    return int.from_bytes(hashlib.sha256(key.encode(errors="replace")).digest()[:8]) % max(count, 1)


def _size(value: object) -> float | None:
    """By what values stand in an order that is seen at a glance: a shape by its entries; None where there is none."""
    if isinstance(value, tuple):
        return math.prod(value) if value and all(type(each) is int for each in value) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _wrong_values(variant: Variant, answer_type: AnswerType, digits: int, truth: str) -> dict[str, list[Slip]]:
    """What the slips give, as it is shown; several may give one value. Nothing that could pass for the answer."""
    wrong: dict[str, list[Slip]] = {}
    for slip in variant.slips:
        value: Value = slip.value  # type: ignore[assignment]  # a slip gives what a reference gives
        if not _is_of_type(value, answer_type):
            continue
        text = show_answer(value, answer_type, digits)
        if display_width(text) > LONGEST_OPTION:
            continue
        if text in wrong:
            wrong[text].append(slip)
        elif text != truth and not _passes(text, value, variant, answer_type, digits):
            wrong[text] = [slip]
    return wrong


def _is_of_type(value: object, answer_type: AnswerType) -> bool:
    """Whether a value can be taken for an answer of the type: no fraction where a whole number is asked for."""
    match answer_type:
        case AnswerType.INTEGER:
            return type(value) is int
        case AnswerType.REAL:
            return type(value) is int or (type(value) is float and math.isfinite(value))
        case AnswerType.SHAPE:
            return isinstance(value, tuple) and bool(value) and all(type(size) is int for size in value)
        case AnswerType.VECTOR:
            return isinstance(value, tuple) and bool(value) and all(map(_is_entry, value))
        case _:
            return isinstance(value, str) and bool(value.strip())


def _is_entry(value: object) -> bool:
    return _is_of_type(value, AnswerType.VECTOR if isinstance(value, tuple) else AnswerType.REAL)


def _passes(text: str, value: Value, variant: Variant, answer_type: AnswerType, digits: int) -> bool:
    """Whether a wrong value, shown as this text, would be taken for the answer: typed, or as a rounding of it."""
    if answer_type in {AnswerType.INTEGER, AnswerType.SHAPE}:
        return False
    if answer_type is AnswerType.TEXT:
        from studytui.answer.texts import same_text

        return same_text(text, str(variant.answer))
    truths, values, numbers = _flat(variant.answer), _flat(value), NUMBER.findall(text)
    if len(truths) != len(numbers) or all(type(truth) is int for truth in truths):
        return False
    return all(
        _is_rounding(truth, value, number, digits) for truth, value, number in zip(truths, values, numbers, strict=True)
    )


def _is_rounding(truth: object, value: object, text: str, digits: int) -> bool:
    """Whether a number is the true one to the digits wanted, or to so many that it is no other one."""
    far = _FAR_OF_ONE_DIGIT if digits == 1 else _FAR
    if isinstance(truth, int | float) and truth and abs(as_float(text) - truth) > far * abs(truth):
        return False  # the exact comparison takes ten times as long
    wanted, number = target(truth, digits), Fraction(text.replace("−", "-"))
    if wanted.accepts(number) or wanted.accepts(target(value, digits).value):
        return True
    coarse = coarseness(wanted, number)
    return coarse is not None and coarse[0] >= _COARSE


def _flat(value: Value) -> list[Value]:
    return [number for part in value for number in _flat(part)] if isinstance(value, tuple) else [value]


def _option(text: str) -> Text:
    return (Block("paragraph", (Span(text),)),)


def _sentences(slips: Sequence[Slip]) -> str:
    """What corrects the slips, as grading a typed answer says it."""
    return " Or: ".join(dict.fromkeys(clean_line(slip.sentence) for slip in slips))
