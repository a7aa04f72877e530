"""How what was typed for a computed card is marked: one answer, or several of which later ones rest on earlier ones.

An early mistake costs once: a later part is right, too, when it is what its expression gives with the learner's own
earlier answers in place of the true ones.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from studytui.answer.answer_type import AnswerType
from studytui.answer.grading import grade_value, read_numbers
from studytui.answer.texts import grade_yes_no
from studytui.answer.unreadable import UnreadableError
from studytui.answer.verdict import Mark, Outcome, Verdict
from studytui.deck.blocks import plain
from studytui.deck.expression import ExpressionError, Refusal, Scope
from studytui.deck.plan import plan_of
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studytui.answer.verdict import Slip
    from studytui.deck.model import Filled, Value, Variant
    from studytui.deck.plan import Computed, Stage

CARRIED = "Follows from your earlier step."
ROUNDED = "Follows from your earlier step as you rounded it."
BLANK = "Nothing was typed here."

#: The best first: what a part is, when it can be read in more than one way.
_BEST = (Outcome.RIGHT, Outcome.SLIP, Outcome.CLOSE, Outcome.WRONG)
#: What stands for `;` and for itself within a line of several.
_ESCAPED = re.compile(r"\\([\\;])|;")


class _Truth(NamedTuple):
    """What is wanted of one part."""

    value: Value
    answer_type: AnswerType
    slips: Sequence[Slip]


def mark_one(typed: str, variant: Variant, content: Computed) -> Verdict:
    """The verdict on the answer of a card without steps."""
    truth = _Truth(variant.answer, _type_of(variant.answer, variant.answer_type), variant.slips)
    return _marked(typed, truth, content.digits, content.unit, dict(content.words))


def mark_parts(filled: Filled, variant: Variant, content: Computed) -> Verdict:
    """The verdict on all the parts of a card with steps, each of which counts the same.

    The whole is right when each part is right by itself; wrong when one is wrong or empty; else a known slip when one
    is that, and close when one is close: an answer that follows from an earlier mistake makes it no worse. What cannot
    be read is asked again, with everything else that was typed.
    """
    parts = _Parts(variant, content).marked([line.strip() for line in filled.lines])
    for number, part in enumerate(parts):
        if not part.counts:
            ask = content.steps[number].ask if number < len(content.steps) else content.ask
            name = clean_line(plain(ask)) or f"Answer {number + 1}"
            return replace(part, message=f"{name}: {part.message}", parts=parts)
    if not any(line.strip() for line in filled.lines):
        message = f"Nothing was typed: type {len(parts)} answers, one for each part."
        return Verdict(Outcome.UNREADABLE, message=message)
    right = sum(part.outcome is Outcome.RIGHT for part in parts)
    outcomes = {part.outcome for part in parts}
    outcome = next(each for each in (Outcome.WRONG, Outcome.SLIP, Outcome.CLOSE, Outcome.RIGHT) if each in outcomes)
    return Verdict(
        outcome,
        sum((part.score for part in parts), Fraction(0)) / len(parts),
        "" if right == len(parts) else f"{right} of {len(parts)} parts {'is' if right == 1 else 'are'} right.",
        tuple(slip for part in parts for slip in part.slips),
        tuple(_mark(part) for part in parts),
        parts,
    )


def join_lines(lines: Sequence[str]) -> str:
    r"""The lines of several parts as one line, `12; 9; 5`; a `;` within one is written `\;`."""
    return "; ".join(clean_line(line).replace("\\", "\\\\").replace(";", "\\;") for line in lines)


def split_lines(joined: str) -> tuple[str, ...]:
    """The lines that `join_lines` joined."""
    lines = [""]
    at = 0
    for found in _ESCAPED.finditer(joined):
        lines[-1] += joined[at : found.start()] + (found[1] or "")
        if found[1] is None:
            lines.append("")
        at = found.end()
    lines[-1] += joined[at:]
    return tuple(line.strip() for line in lines)


class _Parts:
    """The parts of one question, marked one after the other."""

    def __init__(self, variant: Variant, content: Computed) -> None:
        self._variant, self._content, self._words = variant, content, dict(content.words)
        self._stages = plan_of(content).stages
        last = _Truth(variant.answer, _type_of(variant.answer, variant.answer_type), variant.slips)
        self._truths = [
            *(_Truth(step.answer, _type_of(step.answer, step.answer_type), step.slips) for step in variant.steps),
            last,
        ]
        #: The earlier answers by name: the true ones; the learner's own where they are wrong; the learner's own.
        self._true: dict[str, Value] = dict(variant.givens)
        self._mistaken: dict[str, Value] = dict(variant.givens)
        self._own: dict[str, Value] = dict(variant.givens)

    def marked(self, lines: Sequence[str]) -> tuple[Verdict, ...]:
        """A verdict for each part; one that is empty is wrong."""
        verdicts = []
        for stage, truth, line in zip(self._stages, self._truths, lines, strict=True):
            verdict = self._mark(stage, truth, line) if line else Verdict(Outcome.WRONG, message=BLANK)
            verdicts.append(verdict)
            self._note(stage, truth, line, verdict)
        return tuple(verdicts)

    def _mark(self, stage: Stage, truth: _Truth, line: str) -> Verdict:
        """By the true earlier answers or, where that is better, by the learner's own."""
        verdict = _marked(line, truth, stage.digits, stage.unit, self._words)
        tried = [self._true]
        for values, message in ((self._mistaken, CARRIED), (self._own, ROUNDED)):
            if verdict.outcome in {Outcome.RIGHT, Outcome.UNREADABLE}:
                break
            if values in tried:
                continue
            tried.append(values)
            carried = _carried(stage, values)
            if carried is None:
                continue
            other = _marked(line, carried, stage.digits, stage.unit, self._words)
            if _BEST.index(other.outcome) < _BEST.index(verdict.outcome):
                verdict = replace(other, message=message) if other.outcome is Outcome.RIGHT else other
        return verdict

    def _note(self, stage: Stage, truth: _Truth, line: str, verdict: Verdict) -> None:
        """What later parts may rest on."""
        name = stage.name
        self._true[name] = self._mistaken[name] = self._own[name] = truth.value
        by_itself = verdict.outcome is Outcome.RIGHT and not verdict.message
        if not line or not verdict.counts or (by_itself and not _is_real(truth.value)):
            return  # what is right is the truth, however it was written; only decimals may be rounded
        typed = _read(line, truth, stage.unit, self._words)
        if typed is None:
            return
        self._own[name] = typed
        if not by_itself:
            self._mistaken[name] = typed


def _marked(typed: str, truth: _Truth, digits: int, unit: str, words: Mapping[str, str]) -> Verdict:
    """The verdict on one line. Texts may also be typed as they are called in the card's language."""
    verdict = _graded(typed, truth, digits, unit)
    if words and isinstance(truth.value, str) and verdict.outcome is not Outcome.RIGHT:
        slips = tuple(replace(slip, value=words.get(str(slip.value), slip.value)) for slip in truth.slips)
        told = _Truth(words.get(truth.value, truth.value), truth.answer_type, slips)
        return _graded(typed, told, digits, unit)
    return verdict


def _graded(typed: str, truth: _Truth, digits: int, unit: str) -> Verdict:
    return grade_value(typed, truth.value, answer_type=truth.answer_type, digits=digits, unit=unit, slips=truth.slips)


def _carried(stage: Stage, values: Mapping[str, Value]) -> _Truth | None:
    """What is wanted of a part whose earlier answers were these; None where there is nothing."""
    try:
        answered = stage.answered(Scope(values))
        return _Truth(answered.value, answered.answer_type, stage.telling_slips(values, answered))
    except (Refusal, ExpressionError, OverflowError):
        return None


def _read(line: str, truth: _Truth, unit: str, words: Mapping[str, str]) -> Value | None:
    """What was typed as a value of the truth's type, such as expressions use; None where it can be none."""
    if truth.answer_type is AnswerType.YES_NO:
        return grade_yes_no(line, truth=True).outcome is Outcome.RIGHT
    if truth.answer_type is AnswerType.TEXT:
        return next((value for value, word in words.items() if word == line), line)
    try:
        numbers = read_numbers(line, truth.answer_type, unit)
        # A number of a kind that expressions cannot hold, such as one too large for a float, is carried nowhere.
        values: list[Value] = [_number(number, real=_is_real(truth.value)) for number in numbers]
    except (UnreadableError, OverflowError):
        return None
    if not isinstance(truth.value, tuple):
        return values[0]
    return _shaped(values, truth.value)


def _number(number: Fraction, *, real: bool) -> Value:
    return int(number) if number.denominator == 1 and not real else float(number)


def _is_real(value: Value) -> bool:
    return any(map(_is_real, value)) if isinstance(value, tuple) else isinstance(value, float)


def _shaped(values: list[Value], like: tuple[Value, ...]) -> Value | None:
    """The numbers in rows as those of the truth; a shape may have another number of sizes."""
    if not any(isinstance(row, tuple) for row in like):
        return tuple(values)
    lengths = [len(row) if isinstance(row, tuple) else 0 for row in like]
    if sum(lengths) != len(values) or any(isinstance(entry, tuple) for row in like for entry in _entries(row)):
        return None
    rest = iter(values)
    return tuple(tuple(next(rest) for _ in range(length)) for length in lengths)


def _entries(row: Value) -> tuple[Value, ...]:
    return row if isinstance(row, tuple) else ()


def _type_of(value: Value, answer_type: AnswerType | None) -> AnswerType:
    return answer_type or AnswerType.of(value)


def _mark(part: Verdict) -> Mark:
    if part.outcome is Outcome.RIGHT:
        return Mark.RIGHT
    return Mark.MISSED if part.message == BLANK else Mark.WRONG
