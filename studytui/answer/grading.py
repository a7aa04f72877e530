"""A typed value becomes a verdict: right, a known slip, close, wrong, or unreadable — looked for in this order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from numbers import Integral

from studytui.answer.answer_type import AnswerType
from studytui.answer.closeness import Target, all_accept, coarseness, scale_error, slip_target, target
from studytui.answer.reading import read_number, read_shape, read_vector, without_unit
from studytui.answer.texts import grade_text, grade_yes_no, same_text
from studytui.answer.unreadable import UnreadableError, tidy
from studytui.answer.verdict import CLOSE_SCORE, Outcome, Slip, Verdict
from studytui.frozen import frozen
from studytui.text import clean_line

_READERS: dict[AnswerType, Callable[[str], tuple[Fraction, ...]]] = {
    AnswerType.INTEGER: lambda line: (read_number(line),),
    AnswerType.REAL: lambda line: (read_number(line),),
    AnswerType.SHAPE: read_shape,
    AnswerType.VECTOR: read_vector,
}
_EXAMPLES: dict[AnswerType, str] = {
    AnswerType.INTEGER: "a whole number such as 12, or 3*3*64",
    AnswerType.REAL: "a number such as 0.25, 1/4 or 25%",
    AnswerType.SHAPE: "a shape such as 28x28x4",
    AnswerType.VECTOR: "a vector such as 0.1, -0.2",
}
_EXACT = frozenset({AnswerType.INTEGER, AnswerType.SHAPE})


def grade_value(
    typed: str,
    truth: object,
    *,
    answer_type: AnswerType | None = None,
    digits: int = 3,
    unit: str = "",
    slips: Sequence[Slip] = (),
) -> Verdict:
    """The verdict on what was typed, for any text at all.

    `truth` is an int, a float, a str, a bool, a tuple or list of numbers (or of rows of numbers); `answer_type` is
    taken from its Python type when it is not given. `digits` are the significant digits wanted of a real number; a
    vector of whole numbers is wanted exactly. Slips that equal the truth, or cannot be compared with it, are ignored.
    Raises ValueError when the truth itself cannot be asked for (NaN, an unknown type).
    """
    answer_type = answer_type or AnswerType.of(truth)
    if answer_type is AnswerType.TEXT:
        return _grade_text(typed, str(truth), slips)
    if answer_type is AnswerType.YES_NO:
        return grade_yes_no(typed, truth=bool(truth))
    return _grade_numbers(typed, _wanted(truth, answer_type, max(digits, 1)), clean_line(unit), slips)


def _grade_numbers(typed: str, wanted: _Wanted, unit: str, slips: Sequence[Slip]) -> Verdict:
    try:
        numbers = read_numbers(typed, wanted.answer_type, unit)
    except UnreadableError as unreadable:
        return unreadable.verdict
    if all_accept(wanted.targets, numbers):
        return Verdict(Outcome.RIGHT, Fraction(1))
    if matching := tuple(slip for slip in slips if _is_slip(slip, numbers, wanted)):
        return _slip_verdict(matching)
    if diagnosis := _diagnosis(numbers, wanted):
        return Verdict(Outcome.CLOSE, CLOSE_SCORE, diagnosis)
    return Verdict(Outcome.WRONG, message=_remark(numbers, wanted))


@frozen
class _Wanted:
    """The numbers that are asked for; `digits` is 0 when they are wanted exactly."""

    answer_type: AnswerType
    digits: int
    targets: list[Target]


def _wanted(truth: object, answer_type: AnswerType, digits: int) -> _Wanted:
    values = _flat(truth)
    if answer_type in _EXACT or (answer_type is AnswerType.VECTOR and all(isinstance(one, Integral) for one in values)):
        digits = 0
    return _Wanted(answer_type, digits, [target(value, digits) for value in values])


def read_numbers(typed: str, answer_type: AnswerType, unit: str = "") -> tuple[Fraction, ...]:
    """The numbers that were typed for an answer of one of the types that have numbers. Raises UnreadableError."""
    line = tidy(typed)
    if not line:
        raise UnreadableError(f"Nothing was typed: type {_EXAMPLES[answer_type]}.")
    return _READERS[answer_type](without_unit(line, unit))


def _flat(value: object) -> list[object]:
    """The numbers of a scalar, a vector or the rows of a matrix, in reading order."""
    if isinstance(value, (tuple, list)):
        return [number for part in value for number in _flat(part)]
    return [value]


def _is_slip(slip: Slip, numbers: Sequence[Fraction], wanted: _Wanted) -> bool:
    """Whether these are the numbers that the slip gives, and the slip is told apart from the truth."""
    values = _flat(slip.value)
    if len(values) != len(numbers):
        return False
    mistaken = []
    try:
        for value, number in zip(values, numbers, strict=True):
            mistaken.append(slip_target(value, wanted.digits))
            if not mistaken[-1].accepts(number):
                return False
    except ValueError:
        return False
    return not all_accept(wanted.targets, [one.value for one in mistaken])


def _slip_verdict(slips: tuple[Slip, ...]) -> Verdict:
    sentences = dict.fromkeys(clean_line(slip.sentence) for slip in slips)
    return Verdict(Outcome.SLIP, message=" Or: ".join(sentences), slips=slips)


def _grade_text(typed: str, truth: str, slips: Sequence[Slip]) -> Verdict:
    verdict = grade_text(typed, [truth])
    if verdict.outcome in {Outcome.RIGHT, Outcome.UNREADABLE}:
        return verdict
    matching = tuple(
        slip
        for slip in slips
        if isinstance(slip.value, str) and same_text(typed, slip.value) and not same_text(slip.value, truth)
    )
    return _slip_verdict(matching) if matching else verdict


def _diagnosis(numbers: Sequence[Fraction], wanted: _Wanted) -> str:
    """What is nearly right about wrong numbers, as a sentence; empty when nothing is."""
    targets = wanted.targets
    if not targets or len(numbers) != len(targets):
        return ""
    if wanted.answer_type is AnswerType.SHAPE:
        return _order_diagnosis(numbers, targets, "sizes", "axes")
    if all_accept(targets, [-number for number in numbers]):
        return "Right but for the sign."
    if exponent := scale_error(targets, numbers):
        return _scale_message(exponent, wanted)
    if wanted.digits and (coarse := _coarseness_message(numbers, wanted)):
        return coarse
    return _order_diagnosis(numbers, targets, "numbers", "entries") if len(targets) > 1 else ""


def _scale_message(exponent: int, wanted: _Wanted) -> str:
    size = abs(exponent)
    factor = str(10**size) if size <= 6 else f"10^{size}"
    percent = " A percentage is typed with its %." if exponent == 2 and wanted.digits else ""
    return f"Right but for a power of ten: {factor} times too {'large' if exponent > 0 else 'small'}.{percent}"


def _coarseness_message(numbers: Sequence[Fraction], wanted: _Wanted) -> str:
    pairs = zip(wanted.targets, numbers, strict=True)
    found = [coarseness(one, number) for one, number in pairs if not one.accepts(number)]
    coarse = [one for one in found if one]
    if len(coarse) < len(found):
        return ""
    digits, how = min(coarse)
    asked = f"{_digits(wanted.digits)} {'is' if wanted.digits == 1 else 'are'} wanted"
    if how == "cut off":
        return f"Cut off instead of rounded: {asked}, the last of them rounded."
    return f"Right to {_digits(digits)}, but {asked}."


def _digits(count: int) -> str:
    return f"{count} significant digit{'' if count == 1 else 's'}"


def _order_diagnosis(numbers: Sequence[Fraction], targets: Sequence[Target], parts: str, places: str) -> str:
    """What is wrong with the order, when the numbers are right in another one."""
    by_value = sorted(targets, key=lambda one: one.value)
    if not all_accept(by_value, sorted(numbers)):
        return ""
    misplaced = [place for place, one in enumerate(targets) if not one.accepts(numbers[place])]
    if len(misplaced) == 2:
        first, second = (place + 1 for place in misplaced)
        return f"The {parts} are right, but {places} {first} and {second} are swapped."
    if all_accept(targets, numbers[::-1]):
        return f"The {parts} are right, but in reverse order."
    return f"The {parts} are right, but their order is not."


def _remark(numbers: Sequence[Fraction], wanted: _Wanted) -> str:
    """What can be said of wrong numbers without a diagnosis."""
    count = len(wanted.targets)
    part = "size" if wanted.answer_type is AnswerType.SHAPE else "number"
    if len(numbers) != count:
        return f"{_are(count, part)} wanted, and {_are(len(numbers), part)} typed."
    if wanted.answer_type is AnswerType.INTEGER and numbers[0].denominator != 1:
        return "The answer is a whole number."
    right = sum(one.accepts(number) for one, number in zip(wanted.targets, numbers, strict=True))
    return f"{right} of {count} {part}s are right." if right else ""


def _are(count: int, part: str) -> str:
    return f"1 {part} is" if count == 1 else f"{count} {part}s are"
