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
    from collections.abc import Callable, Collection

    from studytui.deck.blocks import Text
    from studytui.deck.givens import Given
    from studytui.deck.model import Call, Value


@frozen
class Step:
    """One answer on the way to a computed card's own, which has a name in the expressions behind it.

    `ask` is what it is called where it is asked for.
    """

    name: str
    ask: Text
    answer: str
    digits: int = 3
    unit: str = ""


@frozen
class Computed:
    """A computed card's own data: expressions as written, givens, and the line of each key in the file.

    `slips` names the slips that are used; empty means all that the references have. `words` are what texts among the
    values are called in the card's language: (value, word). `steps` are asked for before the answer, which `ask` names.
    `choice` says whether it may be asked as a choice.
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
    steps: tuple[Step, ...] = ()
    ask: Text = ()
    choice: bool = True

    @property
    def asks(self) -> Text:
        """What the parts are called, one after the other: they are read with the question."""
        return tuple(block for step in self.steps for block in step.ask) + self.ask


class Answered(NamedTuple):
    """An answer for some givens, how it is asked, and the uses of references behind it.

    For a card's own answer `steps` are those to its steps, whose calls come first among its own.
    """

    value: Value
    answer_type: AnswerType
    calls: tuple[Call, ...]
    steps: tuple[Answered, ...] = ()

    @property
    def parts(self) -> tuple[Answered, ...]:
        """All that is asked for, in order: each with its own calls."""
        if not self.steps:
            return (self,)
        before = sum(len(step.calls) for step in self.steps)
        return (*self.steps, Answered(self.value, self.answer_type, self.calls[before:]))


class KnownSlip(NamedTuple):
    """A slip of a reference that an answer uses."""

    reference: str
    name: str
    sentence: str
    function: Callable[..., object]


class Stage:
    """One answer that is asked for, made ready: that to a step or, last of all, the card's own."""

    def __init__(self, asked: Step, names: Collection[str], wanted: Collection[str]) -> None:
        self.name, self.digits, self.unit = asked.name, asked.digits, asked.unit
        self.expression = compile_expression(asked.answer, names)
        self._wanted = wanted
        self._slips: tuple[KnownSlip, ...] | None = None
        self._returns: str | None = None

    @property
    def slips(self) -> tuple[KnownSlip, ...]:
        """The slips of all references that the expression uses, or those that the card names. Loads their topics."""
        if self._slips is None:
            known = [
                KnownSlip(reference.name, slip.name, slip.sentence, slip.function)
                for reference in map(find_reference, self.expression.references)
                for slip in reference.slips
            ]
            self._slips = tuple(slip for slip in known if not self._wanted or slip.name in self._wanted)
        return self._slips

    def answered(self, scope: Scope) -> Answered:
        """The answer, with the calls that it adds to the scope's. Raises Refusal where there is none."""
        before = len(scope.calls)
        value: Any = self.expression.evaluate(scope)
        if not _is_askable(value):
            raise Refusal("the answer is empty, or no finite number")
        return Answered(value, self._type_of(value), tuple(scope.calls[before:]))

    def slip_values(self, values: Mapping[str, Value], answered: Answered) -> list[Slip]:
        """What each slip gives in place of its reference; slips that give no value here are left out."""
        found = []
        calls = answered.calls
        if len(calls) == 1 and calls[0].reference == self.expression.root:
            # The answer is one call and nothing else: a slip in its place needs no evaluation around it.
            for slip in self.slips:
                try:
                    value = plain(slip.function(**calls[0].arguments))
                except Exception:  # noqa: S112 - a slip that fails gives no value, as in `Expression.evaluate`
                    continue
                found.append(Slip(slip.name, slip.sentence, value))
            return found
        for slip in self.slips:
            scope = Scope(values, replaced=slip.reference, slip=slip.function, accepted=calls)
            try:
                value = self.expression.evaluate(scope)
            except Refusal:
                continue
            found.append(Slip(slip.name, slip.sentence, value))
        return found

    def telling_slips(self, values: Mapping[str, Value], answered: Answered) -> tuple[Slip, ...]:
        """The slips that can be told from the answer here."""
        found = self.slip_values(values, answered)
        return tuple([slip for slip in found if tells_apart(slip.value, answered.value, self.digits)])

    def _type_of(self, value: object) -> AnswerType:
        """How a value is asked. References say whether a tuple is a shape or a vector."""
        if not isinstance(value, tuple):
            return AnswerType.of(value)
        if self._returns is None:
            root = self.expression.root
            self._returns = find_reference(root).returns if root else ""
        shape = self._returns == "Shape" or self._returns.startswith("tuple")
        return AnswerType.SHAPE if shape else AnswerType.VECTOR


class Plan:
    """One card's expressions, ready. Raises ExpressionError where one cannot be compiled."""

    def __init__(self, content: Computed) -> None:
        self.content = content
        names = [given.name for given in content.givens]
        self.where = [compile_expression(source, names) for source in content.where]
        self.stages: list[Stage] = []
        for step in (*content.steps, Step("answer", content.ask, content.answer, content.digits, content.unit)):
            self.stages.append(Stage(step, tuple(names), content.slips))
            names.append(step.name)
        self.answer = self.stages[-1].expression
        self.show: list[tuple[str, Expression]] = []
        for name, source in content.show:
            self.show.append((name, compile_expression(source, names)))
            names.append(name)

    @property
    def references(self) -> tuple[str, ...]:
        """The references that its expressions use."""
        expressions = (*self.where, *(stage.expression for stage in self.stages), *(each for _, each in self.show))
        return tuple(dict.fromkeys(name for expression in expressions for name in expression.references))

    @property
    def slips(self) -> tuple[KnownSlip, ...]:
        """The slips of all that is asked for, as `Stage.slips`."""
        return tuple(slip for stage in self.stages for slip in stage.slips)

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
        """The answer, and those to the steps. Raises Refusal where there is none for these givens."""
        scope = Scope(givens)
        if len(self.stages) == 1:
            return self.stages[0].answered(scope)
        values = scope.values = dict(givens)
        parts = []
        for stage in self.stages:
            parts.append(stage.answered(scope))
            values[stage.name] = parts[-1].value
        return Answered(parts[-1].value, parts[-1].answer_type, tuple(scope.calls), tuple(parts[:-1]))

    def values(self, givens: Mapping[str, Value], answered: Answered) -> Mapping[str, Value]:
        """The givens, and the answers to the steps by name: what the expressions of answers may use."""
        if not answered.steps:
            return givens
        steps = zip(self.stages, answered.steps, strict=False)
        return {**givens, **{stage.name: step.value for stage, step in steps}}

    def telling_slips(self, givens: Mapping[str, Value], answered: Answered) -> list[tuple[Slip, ...]]:
        """For each stage, the slips that can be told from its answer here."""
        values = self.values(givens, answered)
        return [stage.telling_slips(values, part) for stage, part in zip(self.stages, answered.parts, strict=True)]

    def shown(self, givens: Mapping[str, Value], answered: Answered) -> tuple[dict[str, str], tuple[Call, ...]]:
        """What each name shows, and the uses of references of answers and `[show]` together."""
        digits, words = self.content.digits, dict(self.content.words)
        texts = {name: show_given(value) for name, value in givens.items()}
        values: dict[str, object] = {**self.values(givens, answered), "answer": answered.value}
        scope = Scope(values, accepted=answered.calls)
        scope.calls = list(answered.calls)
        for name, expression in self.show:
            value: Any = expression.evaluate(scope)
            values[name] = value
            texts[name] = show_value(value, digits)
        for stage, part in zip(self.stages, answered.parts, strict=True):
            texts[stage.name] = show_answer(part.value, part.answer_type, stage.digits)
        if words:
            texts = {name: words.get(text, text) for name, text in texts.items()}
        return texts, tuple(scope.calls)


@lru_cache(maxsize=256)
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
