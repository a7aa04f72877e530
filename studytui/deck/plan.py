"""A computed card made ready: its expressions compiled once, evaluated for given after given.

Which variant a learner gets is decided in `variants.py`; what is wrong with a card is found in `kinds/computed.py`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from studytui.answer.answer_type import AnswerType
from studytui.answer.verdict import Slip
from studytui.deck.expression import (
    Expression,
    ExpressionError,
    Refusal,
    Scope,
    compile_expression,
    find_reference,
    plain,
)
from studytui.deck.show import show_answer, show_given, show_value
from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.deck.givens import Given
    from studytui.deck.model import Call, Value


@frozen
class Computed:
    """A computed card's own data: expressions as written, givens, and the line of each key in the file.

    `slips` names the slips that are used; empty means all that the references have. `words` are what texts among the
    values are called in the card's language: (value, word).
    """

    answer: str
    givens: tuple[Given, ...] = ()
    where: tuple[str, ...] = ()
    show: tuple[tuple[str, str], ...] = ()
    digits: int = 3
    unit: str = ""
    slips: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[str, int], ...] = field(default=(), compare=False)


class Answered(NamedTuple):
    """An answer for some givens, how it is asked, and the uses of references behind it."""

    value: Value
    answer_type: AnswerType
    calls: tuple[Call, ...]


class KnownSlip(NamedTuple):
    """A slip of a reference that the answer uses."""

    reference: str
    name: str
    sentence: str
    function: Callable[..., object]


class Plan:
    """One card's expressions, ready. Raises ExpressionError where one cannot be compiled."""

    def __init__(self, content: Computed) -> None:
        self.content = content
        names = [given.name for given in content.givens]
        self.where = [compile_expression(source, names) for source in content.where]
        self.answer = compile_expression(content.answer, names)
        self.show: list[tuple[str, Expression]] = []
        for name, source in content.show:
            self.show.append((name, compile_expression(source, [*names, "answer"])))
            names.append(name)
        self._slips: tuple[KnownSlip, ...] | None = None
        self._returns: str | None = None

    @property
    def slips(self) -> tuple[KnownSlip, ...]:
        """The slips of all references that the answer uses, or those that the card names. Loads their topics."""
        if self._slips is None:
            known = [
                KnownSlip(reference.name, slip.name, slip.sentence, slip.function)
                for reference in map(find_reference, self.answer.references)
                for slip in reference.slips
            ]
            wanted = self.content.slips
            self._slips = tuple(slip for slip in known if not wanted or slip.name in wanted)
        return self._slips

    def allows(self, givens: Mapping[str, Value]) -> bool:
        """Whether every `where` holds. Raises Refusal, or ExpressionError when one is no comparison."""
        scope = Scope(givens)
        for expression in self.where:
            holds = expression.evaluate(scope)
            if type(holds) is not bool:
                raise ExpressionError(f"where “{expression.source}” is no comparison: write one, such as a < b")
            if not holds:
                return False
        return True

    def answered(self, givens: Mapping[str, Value]) -> Answered:
        """The answer. Raises Refusal where there is none for these givens."""
        scope = Scope(givens)
        value: Any = self.answer.evaluate(scope)
        if not _is_askable(value):
            raise Refusal("the answer is empty, or no finite number")
        return Answered(value, self._type_of(value), tuple(scope.calls))

    def slip_values(self, givens: Mapping[str, Value], answered: Answered) -> list[Slip]:
        """What each slip gives in place of its reference; slips that give no value here are left out."""
        found = []
        calls = answered.calls
        if len(calls) == 1 and calls[0].reference == self.answer.root:
            # The answer is one call and nothing else: a slip in its place needs no evaluation around it.
            for slip in self.slips:
                try:
                    value = plain(slip.function(**calls[0].arguments))
                except Exception:  # noqa: S112 - a slip that fails gives no value, as in `Expression.evaluate`
                    continue
                found.append(Slip(slip.name, slip.sentence, value))
            return found
        for slip in self.slips:
            scope = Scope(givens, replaced=slip.reference, slip=slip.function, accepted=answered.calls)
            try:
                value = self.answer.evaluate(scope)
            except Refusal:
                continue
            found.append(Slip(slip.name, slip.sentence, value))
        return found

    def shown(self, givens: Mapping[str, Value], answered: Answered) -> tuple[dict[str, str], tuple[Call, ...]]:
        """What each name shows, and the uses of references of answer and `[show]` together."""
        digits, words = self.content.digits, dict(self.content.words)
        texts = {name: show_given(value) for name, value in givens.items()}
        scope = Scope({**givens, "answer": answered.value}, accepted=answered.calls)
        scope.calls = list(answered.calls)
        values = dict(scope.values)
        scope.values = values
        for name, expression in self.show:
            value: Any = expression.evaluate(scope)
            values[name] = value
            texts[name] = show_value(value, digits)
        texts["answer"] = show_answer(answered.value, answered.answer_type, digits)
        if words:
            texts = {name: words.get(text, text) for name, text in texts.items()}
        return texts, tuple(scope.calls)

    def _type_of(self, value: object) -> AnswerType:
        """How a value is asked. References say whether a tuple is a shape or a vector."""
        if not isinstance(value, tuple):
            return AnswerType.of(value)
        if self._returns is None:
            self._returns = find_reference(self.answer.root).returns if self.answer.root else ""
        shape = self._returns == "Shape" or self._returns.startswith("tuple")
        return AnswerType.SHAPE if shape else AnswerType.VECTOR


@lru_cache(maxsize=128)
def plan_of(content: Computed) -> Plan:
    """The plan of a card's content, compiled once. Raises ExpressionError."""
    return Plan(content)


def _is_askable(value: object) -> bool:
    """Whether an answer can be typed: a finite number, a text, or an array of finite numbers; never nothing."""
    if isinstance(value, tuple):
        return bool(value) and all(not isinstance(entry, str) and _is_askable(entry) for entry in value)
    return math.isfinite(value) if isinstance(value, float) else value != ""


def tells_apart(slip: object, truth: object, digits: int) -> bool:
    """Whether a wrong value, rounded as it would be typed, differs from the truth by more than grading allows."""
    if type(truth) is tuple and type(slip) is tuple:
        if len(slip) != len(truth):
            return True
        return any(tells_apart(left, right, digits) for left, right in zip(slip, truth, strict=True))
    if type(truth) is float and isinstance(slip, (int, float)):
        first = math.floor(math.log10(abs(truth))) if truth else -1
        # A hair more than half a unit of the last digit: a tie is accepted as right.
        return abs(float(f"{slip:.{digits}g}") - truth) > 0.500001 * 10.0 ** (first + 1 - digits)
    return slip != truth


def rough(value: object, digits: int) -> object:
    """The value as coarse as it is typed: two slips of one rough value cannot be told apart."""
    if isinstance(value, tuple):
        return tuple(rough(item, digits) for item in value)
    return f"{value:.{digits}g}" if isinstance(value, float) else value
