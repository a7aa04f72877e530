"""What `check` tries on a computed card: many variants, each with its answer, texts, slips, grading and witnesses."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

from studytui.answer.answer_type import AnswerType
from studytui.answer.grading import grade_value
from studytui.answer.verdict import Outcome
from studytui.deck.blocks import names_in
from studytui.deck.expression import Expression, ExpressionError, Refusal, Scope, find_reference, plain
from studytui.deck.givens import Source
from studytui.deck.plan import Computed, Plan, plan_of, tells_apart
from studytui.deck.show import show_answer, show_given
from studytui.deck.variants import Draw, EmptyDomainError, describe_givens, draw_givens
from studytui.deck.witness_check import WitnessCheck
from studytui.deck.worked import Worked
from studytui.text import clean_line, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studytui.answer.verdict import Slip
    from studytui.deck.codes import Findings
    from studytui.deck.model import Card, Value
    from studytui.deck.plan import Answered, Stage
    from studytui.deck.trial import Trial

#: Variants of a card on which PyTorch is heard, and on which answer and slips are handed in for grading.
TORCH_VARIANTS, GRADED_VARIANTS = 8, 8
#: More draws than this for one variant, on average, are a waste that a learner waits for.
_MOST_ATTEMPTS = 10
#: From so many variants on it is told that a slip never differs.
_ENOUGH = 10


def check_computed(card: Card, trial: Trial, findings: Findings) -> None:
    """Adds what is wrong with the card: each code once, with the givens that show it."""
    content = card.content
    assert isinstance(content, Computed)  # noqa: S101 - the registry goes by the card's kind
    _Check(card, content, trial, findings).run()


class _Check:
    """One card under trial."""

    def __init__(self, card: Card, content: Computed, trial: Trial, findings: Findings) -> None:
        self._card, self._content, self._trial, self._findings = card, content, trial, findings
        self._lines = dict(content.lines)
        self._said: set[str] = set()
        self._types: tuple[AnswerType, ...] = ()
        self._telling: set[tuple[str, str]] = set()
        self._slip_count = 0
        self._witnesses = WitnessCheck(self._add)
        self._question = names_in(card.heading) | names_in(card.question) | names_in(content.asks)
        self._asks_with = sorted(self._question)
        self._asked: dict[tuple[str, ...], tuple[Answered, Mapping[str, Value]]] = {}
        keys = {step.name: f"step.{number}.answer" for number, step in enumerate(content.steps)} | {"answer": "answer"}
        self._worked = Worked(card, findings, {name: self._lines.get(key, card.line) for name, key in keys.items()})

    def run(self) -> None:
        """Looks at the card as a whole, then at variant after variant."""
        try:
            plan = plan_of(self._content)
        except ExpressionError as error:
            self._add(error.code, str(error), "answer")
            return
        if not self._references_exist(plan):
            return
        self._slip_count = sum(len({slip.name for slip in stage.slips}) for stage in plan.stages)
        self._check_names(plan)
        self._check_slip_names(plan)
        if self._try_variants(plan):
            self._check_slips(plan)
            self._witnesses.finish()
            self._worked.finish()
            self._trial.shown[self._card.id] = self._worked.shown

    def _add(self, code: str, message: str, *path: str) -> None:
        """A finding at a key's line, the first of its code and key only."""
        if code + str(path) not in self._said:
            self._said.add(code + str(path))
            line = next(
                (self._lines[".".join(path[:n])] for n in range(len(path), 0, -1) if ".".join(path[:n]) in self._lines),
                0,
            )
            self._findings.add(line or self._card.line, code, message, self._card.id)

    # -- the card as a whole ---------------------------------------------------------------------------------------

    def _expressions(self, plan: Plan) -> Iterable[tuple[tuple[str, ...], Expression]]:
        for number, stage in enumerate(plan.stages):
            yield _path(plan, number), stage.expression
        yield from ((("where",), expression) for expression in plan.where)
        yield from ((("show", name), expression) for name, expression in plan.show)

    def _references_exist(self, plan: Plan) -> bool:
        """Whether all do; those that do not are findings."""
        exist = True
        for path, expression in self._expressions(plan):
            for name in expression.references:
                try:
                    find_reference(name)
                except ExpressionError as error:
                    exist = False
                    self._add(error.code, f"{_named(path)}: {error}", *path)
        return exist

    def _check_names(self, plan: Plan) -> None:
        """Givens that the answers need are shown; nothing is declared in vain."""
        question = self._question
        everywhere = question | names_in(self._card.explanation)
        behind = _dependencies(plan)
        revealed = question | {given for name in question for given in behind.get(name, ())}
        wanted = {name for stage in plan.stages for name in stage.expression.names}
        used = {name for _, expression in self._expressions(plan) for name in expression.names}
        for given in self._content.givens:
            if given.name in wanted and given.name not in revealed and given.domain.count > 1:
                message = (
                    f"the answer depends on “{given.name}”, which the question does not show: write {{{given.name}}}"
                )
                self._add("hidden-given", message, "given", given.name)
            elif given.name not in used | everywhere:
                self._add("unused-given", f"nothing uses “{given.name}”: remove it", "given", given.name)
        shown_later = set().union(*(expression.names for _, expression in plan.show)) if plan.show else set()
        for name, _ in plan.show:
            if name not in everywhere | shown_later:
                self._add("unused-show", f"no text uses “{name}”: write {{{name}}}, or remove it", "show", name)

    def _check_slip_names(self, plan: Plan) -> None:
        """Slips that the card names exist."""
        references = dict.fromkeys(name for stage in plan.stages for name in stage.expression.references)
        known = [slip.name for name in references for slip in find_reference(name).slips]
        for name in self._content.slips:
            if name not in known:
                near = did_you_mean(name, known) or f": it has {', '.join(known) or 'none'}"
                self._add(
                    "unknown-slip", f"the answer's reference has no slip “{clean_line(name)[:40]}”{near}", "slips"
                )

    # -- variant after variant -------------------------------------------------------------------------------------

    def _try_variants(self, plan: Plan) -> bool:
        """Draws and tries the variants; False when the card fails as a whole."""
        attempts = 0
        tried: set[tuple[object, ...]] = set()
        for seed in range(self._trial.variants):
            try:
                drawn = draw_givens(self._card.id, plan, seed)
            except ExpressionError as error:
                self._blame(plan, error, seed)
                return False
            except EmptyDomainError as error:
                self._add_refusals(plan, error.refused)
                if not error.refused:
                    message = "where rejects every draw of the givens: loosen it, or widen the ranges"
                    self._add("empty-domain", message, "where")
                return False
            attempts += drawn.attempts
            self._add_refusals(plan, drawn.refused)
            self._trial.drawn += 1
            key = tuple(drawn.givens.values())
            if key not in tried:
                tried.add(key)
                if not self._try(plan, drawn, len(tried)):
                    return False
        if not self._try_the_rest(plan, tried):
            return False
        if attempts > _MOST_ATTEMPTS * max(self._trial.variants, 1):
            share = attempts // self._trial.variants
            message = f"where lets one draw in {share} through: narrow the ranges, so that fewer are rejected"
            self._add("mostly-rejected-domain", message, "where")
        return True

    def _try_the_rest(self, plan: Plan, tried: set[tuple[object, ...]]) -> bool:
        """Where all combinations are no more than the variants wanted, none is left to chance."""
        domains = [given.domain for given in self._content.givens]
        if math.prod(domain.count for domain in domains) > self._trial.variants:
            return True
        for values in itertools.product(*([domain.at(n) for n in range(domain.count)] for domain in domains)):
            if values in tried:
                continue
            givens = dict(zip((given.name for given in self._content.givens), values, strict=True))
            try:
                drawn = Draw(givens, plan.answered(givens), 1) if plan.allows(givens) else None
            except Refusal as refusal:
                self._add_refusals(plan, ((givens, str(refusal)),))
                continue
            tried.add(values)
            if drawn is not None and not self._try(plan, drawn, len(tried)):
                return False
        return True

    def _add_refusals(self, plan: Plan, refused: tuple[tuple[Mapping[str, Value], str], ...]) -> None:
        for givens, reason in refused:
            message = f"{reason} (for {describe_givens(givens)}): exclude such givens with where"
            self._add("outside-domain", message, *_refusing(plan, givens))

    def _blame(self, plan: Plan, error: ExpressionError, seed: int) -> None:
        """A finding at the key that is at fault: where, or else the answer."""
        source = Source(self._card.id, seed)
        scope = Scope({given.name: source.draw(given, 0) for given in self._content.givens})
        at_fault = "answer"
        for expression in plan.where:
            try:
                comparison = type(expression.evaluate(scope)) is bool
            except Refusal:
                continue
            except ExpressionError:
                comparison = False
            if not comparison:
                at_fault = "where"
        self._add(error.code, f"{at_fault}: {error}", at_fault)

    def _try(self, plan: Plan, drawn: Draw, number: int) -> bool:
        answered = drawn.answered
        types = tuple([part.answer_type for part in answered.parts])
        self._types = self._types or types
        if types != self._types:
            number = next(place for place, kind in enumerate(types) if kind is not self._types[place])
            kinds = " and ".join(sorted((types[number].value, self._types[number].value)))
            what = _what(plan, number)
            self._add(
                "changing-type",
                f"{what} is of type {kinds}, depending on the givens: make it one",
                *_path(plan, number),
            )
            return False
        try:
            texts, calls = plan.shown(drawn.givens, answered)
        except ExpressionError as error:
            self._add(error.code, f"[show]: {error}", *self._show_at_fault(plan, drawn))
            return False
        except Refusal as refusal:
            message = f"[show]: {refusal} (for {describe_givens(drawn.givens)}): exclude such givens with where"
            self._add("outside-domain", message, *self._show_at_fault(plan, drawn))
            return False
        # What a slip gives matters until it has differed once; the first variants are handed in with all of them.
        graded = number <= GRADED_VARIANTS
        slips = self._slips(plan, drawn) if graded or len(self._telling) < self._slip_count else ()
        self._check_display(plan, drawn, texts)
        self._worked.see(drawn.givens, texts)
        if graded:
            for place, own in enumerate(slips):
                self._check_grading(plan, place, drawn, texts, own)
        self._witnesses.hear(calls, torch=self._trial.witnesses == "all" and number <= TORCH_VARIANTS)
        return True

    def _show_at_fault(self, plan: Plan, drawn: Draw) -> tuple[str, ...]:
        """The path of the first `[show]` value that cannot be had."""
        values: dict[str, object] = {**plan.values(drawn.givens, drawn.answered), "answer": drawn.answered.value}
        for name, expression in plan.show:
            try:
                values[name] = expression.evaluate(Scope(values))
            except ValueError:
                return ("show", name)
        return ("show",)

    def _slips(self, plan: Plan, drawn: Draw) -> Sequence[tuple[Slip, ...]]:
        """For each part, the slips that differ from its answer here."""
        slips = plan.telling_slips(drawn.givens, drawn.answered)
        self._telling.update(
            (stage.name, slip.name) for stage, own in zip(plan.stages, slips, strict=True) for slip in own
        )
        return slips

    def _check_display(self, plan: Plan, drawn: Draw, texts: Mapping[str, str]) -> None:
        """Two variants that look the same have the same answers."""
        shown = tuple([texts[name] for name in self._asks_with if name in texts])
        answered, givens = self._asked.setdefault(shown, (drawn.answered, drawn.givens))
        for number, (stage, here, there) in enumerate(
            zip(plan.stages, drawn.answered.parts, answered.parts, strict=True)
        ):
            if tells_apart(here.value, there.value, stage.digits):
                message = (
                    f"the question looks the same for {describe_givens(givens)} and for "
                    f"{describe_givens(drawn.givens)}, but the answers differ: show what decides"
                )
                self._add("display-too-short", message, *_path(plan, number))

    def _check_grading(
        self, plan: Plan, number: int, drawn: Draw, texts: Mapping[str, str], slips: Iterable[Slip]
    ) -> None:
        """The answer to a part as it is shown is right, also with its unit; a slip's value is not."""
        stage, part, path = plan.stages[number], drawn.answered.parts[number], _path(plan, number)
        shown = texts[stage.name]
        typed = f"{shown} {stage.unit}" if stage.unit else shown
        outcome = _graded(stage, part, typed)
        if outcome is not Outcome.RIGHT:
            message = f"{_what(plan, number)} as it is shown, “{typed}”, is graded {outcome.value}"
            message += f" (for {describe_givens(drawn.givens)})"
            self._add("truth-not-accepted", f"{message}: change digits or unit", *path)
        for slip in slips:
            text = _typed(slip.value, part.answer_type, stage.digits)
            if _graded(stage, part, text, slip) is Outcome.RIGHT:
                message = (
                    f"the slip {slip.name} gives {text}, which is graded as right (for {describe_givens(drawn.givens)})"
                )
                self._add("slip-accepted", f"{message}: raise digits", *path)

    # -- slips over all variants ---------------------------------------------------------------------------------------

    def _check_slips(self, plan: Plan) -> None:
        """Slips that the card names can fire; of the others at least two. A few variants say nothing of that."""
        if not plan.slips and not self._content.slips:
            message = "no slip is known for this answer: a wrong answer cannot be diagnosed; add one to its reference"
            self._add("no-slip", message, "answer")
        elif self._trial.variants >= _ENOUGH:
            self._check_that_slips_fire(plan)

    def _check_that_slips_fire(self, plan: Plan) -> None:
        telling = {name for _, name in self._telling}
        for name in self._content.slips:
            if any(slip.name == name for slip in plan.slips) and name not in telling:
                message = f"the slip {name} gives the right answer on every variant: remove it, or widen the givens"
                self._add("slip-never-differs", message, "slips", name)
        if not self._telling and not self._content.slips:
            message = "every slip gives the right answer on every variant: widen the givens, so that mistakes show"
            self._add("slip-never-differs", message, "answer")
        elif len(self._telling) == 1:
            message = (
                f"only one slip, {next(iter(telling))}, ever differs from the answer: widen the givens, name "
                "more slips, or add one to the reference"
            )
            self._add("one-slip", message, "answer")


def _dependencies(plan: Plan) -> dict[str, set[str]]:
    """For each name of a step and of `[show]`, the givens behind it."""
    givens = {given.name for given in plan.content.givens}
    behind: dict[str, set[str]] = {}
    for name, expression in [*((stage.name, stage.expression) for stage in plan.stages), *plan.show]:
        behind[name] = set()
        for used in expression.names:
            behind[name] |= {used} & givens | behind.get(used, set())
    return behind


def _path(plan: Plan, number: int) -> tuple[str, ...]:
    """The keys of a part's expression."""
    return ("answer",) if number == len(plan.stages) - 1 else ("step", str(number), "answer")


def _refusing(plan: Plan, givens: Mapping[str, Value]) -> tuple[str, ...]:
    """The keys of the first part that has no answer for some givens."""
    values: dict[str, object] = dict(givens)
    for number, stage in enumerate(plan.stages):
        try:
            values[stage.name] = stage.answered(Scope(values)).value
        except (Refusal, ExpressionError):
            return _path(plan, number)
    return ("answer",)


def _what(plan: Plan, number: int) -> str:
    """How messages call a part's answer."""
    return "the answer" if number == len(plan.stages) - 1 else f"the step “{plan.stages[number].name}”"


def _named(path: tuple[str, ...]) -> str:
    return f"step {int(path[1]) + 1}" if path[0] == "step" else ".".join(path)


def _graded(stage: Stage, part: Answered, typed: str, *slips: Slip) -> Outcome:
    """How a line is graded that was typed for a part."""
    verdict = grade_value(
        typed, part.value, answer_type=part.answer_type, digits=stage.digits, unit=stage.unit, slips=slips
    )
    return verdict.outcome


def _typed(value: object, answer_type: AnswerType, digits: int) -> str:
    """A slip's value as a learner would type it."""
    mistaken = _plain(value)
    if answer_type is AnswerType.SHAPE and not isinstance(mistaken, tuple):
        return show_given(mistaken)
    if answer_type is AnswerType.INTEGER and isinstance(mistaken, float):
        return show_given(mistaken)
    return show_answer(mistaken, answer_type, digits)


def _plain(value: object) -> Value:
    made: Any = plain(value)
    return made  # type: ignore[no-any-return]  # numbers, texts and tuples, as `plain` promises
