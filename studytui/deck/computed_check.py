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
from studytui.deck.worked import Worked
from studytui.text import clean_line, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reference_impl.compare import Opinion
    from reference_impl.reference import Witness
    from studytui.answer.verdict import Slip
    from studytui.deck.codes import Findings
    from studytui.deck.model import Call, Card, Value
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
        self._types: set[AnswerType] = set()
        self._telling: set[str] = set()
        self._slip_count = 0
        self._heard: dict[tuple[object, ...], bool] = {}
        self._spoke: dict[str, bool] = {}
        self._witnesses: dict[str, tuple[list[Witness], list[Witness]]] = {}
        self._asks_with = sorted(names_in(card.heading) | names_in(card.question))
        self._asked: dict[tuple[str, ...], tuple[Value, Mapping[str, Value]]] = {}
        self._worked = Worked(card, findings, self._lines.get("answer", card.line))

    def run(self) -> None:
        """Looks at the card as a whole, then at variant after variant."""
        try:
            plan = plan_of(self._content)
        except ExpressionError as error:
            self._add(error.code, str(error), "answer")
            return
        if not self._references_exist(plan):
            return
        self._slip_count = len({slip.name for slip in plan.slips})
        self._check_names(plan)
        self._check_slip_names(plan)
        if self._try_variants(plan):
            self._check_slips(plan)
            self._check_witnesses()
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
        yield ("answer",), plan.answer
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
                    self._add(error.code, f"{'.'.join(path)}: {error}", *path)
        return exist

    def _check_names(self, plan: Plan) -> None:
        """Givens that the answer needs are shown; nothing is declared in vain."""
        card = self._card
        question = names_in(card.heading) | names_in(card.question)
        everywhere = question | names_in(card.explanation)
        behind = _dependencies(plan)
        revealed = question | {given for name in question for given in behind.get(name, ())}
        used = set(plan.answer.names).union(*(expression.names for _, expression in self._expressions(plan)))
        for given in self._content.givens:
            if given.name in plan.answer.names and given.name not in revealed and given.domain.count > 1:
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
        known = [slip.name for name in plan.answer.references for slip in find_reference(name).slips]
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
                self._add_refusals(error.refused)
                if not error.refused:
                    message = "where rejects every draw of the givens: loosen it, or widen the ranges"
                    self._add("empty-domain", message, "where")
                return False
            attempts += drawn.attempts
            self._add_refusals(drawn.refused)
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
                self._add_refusals(((givens, str(refusal)),))
                continue
            tried.add(values)
            if drawn is not None and not self._try(plan, drawn, len(tried)):
                return False
        return True

    def _add_refusals(self, refused: tuple[tuple[Mapping[str, Value], str], ...]) -> None:
        for givens, reason in refused:
            message = f"{reason} (for {describe_givens(givens)}): exclude such givens with where"
            self._add("outside-domain", message, "answer")

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
        self._types.add(answered.answer_type)
        if len(self._types) > 1:
            kinds = " and ".join(sorted(kind.value for kind in self._types))
            self._add("changing-type", f"the answer is of type {kinds}, depending on the givens: make it one", "answer")
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
        slips = self._slips(plan, drawn) if graded or len(self._telling) < self._slip_count else []
        self._check_display(drawn, texts)
        self._worked.see(drawn.givens, texts)
        if graded:
            self._check_grading(drawn, texts["answer"], slips)
        self._hear(calls, torch=self._trial.witnesses == "all" and number <= TORCH_VARIANTS)
        return True

    def _show_at_fault(self, plan: Plan, drawn: Draw) -> tuple[str, ...]:
        """The path of the first `[show]` value that cannot be had."""
        values: dict[str, object] = {**drawn.givens, "answer": drawn.answered.value}
        for name, expression in plan.show:
            try:
                values[name] = expression.evaluate(Scope(values))
            except ValueError:
                return ("show", name)
        return ("show",)

    def _slips(self, plan: Plan, drawn: Draw) -> list[Slip]:
        """The slips that differ from the answer here."""
        digits, truth = self._content.digits, drawn.answered.value
        slips = [
            slip for slip in plan.slip_values(drawn.givens, drawn.answered) if tells_apart(slip.value, truth, digits)
        ]
        self._telling.update(slip.name for slip in slips)
        return slips

    def _check_display(self, drawn: Draw, texts: Mapping[str, str]) -> None:
        """Two variants that look the same have the same answer."""
        shown = tuple([texts[name] for name in self._asks_with if name in texts])
        answer, givens = self._asked.setdefault(shown, (drawn.answered.value, drawn.givens))
        if tells_apart(drawn.answered.value, answer, self._content.digits):
            message = (
                f"the question looks the same for {describe_givens(givens)} and for {describe_givens(drawn.givens)}, "
                "but the answers differ: show what decides"
            )
            self._add("display-too-short", message, "answer")

    def _check_grading(self, drawn: Draw, shown: str, slips: Iterable[Slip]) -> None:
        """The answer as shown is right, also with its unit; a slip's value is not."""
        answered, content = drawn.answered, self._content
        typed = f"{shown} {content.unit}" if content.unit else shown
        outcome = self._graded(drawn, typed)
        if outcome is not Outcome.RIGHT:
            message = (
                f"the answer as it is shown, “{typed}”, is graded {outcome.value} (for {describe_givens(drawn.givens)})"
            )
            self._add("truth-not-accepted", f"{message}: change digits or unit", "answer")
        for slip in slips:
            text = _typed(slip.value, answered.answer_type, content.digits)
            if self._graded(drawn, text, slip) is Outcome.RIGHT:
                message = (
                    f"the slip {slip.name} gives {text}, which is graded as right (for {describe_givens(drawn.givens)})"
                )
                self._add("slip-accepted", f"{message}: raise digits", "answer")

    def _graded(self, drawn: Draw, typed: str, *slips: Slip) -> Outcome:
        content, answered = self._content, drawn.answered
        verdict = grade_value(
            typed,
            answered.value,
            answer_type=answered.answer_type,
            digits=content.digits,
            unit=content.unit,
            slips=slips,
        )
        return verdict.outcome

    # -- witnesses and slips over all variants -----------------------------------------------------------------------

    def _hear(self, calls: Iterable[Call], *, torch: bool) -> None:
        """Asks the witnesses about each use of a reference, once for the same arguments."""
        for call in calls:
            key = (call.reference, *call.arguments.values())
            heard = self._heard.get(key)
            if heard is None or (torch and not heard):
                self._heard[key] = torch
                quick, slow = self._witnesses_of(call.reference)
                for witness in (*(quick if heard is None else ()), *(slow if torch else ())):
                    self._hear_one(call, witness)

    def _witnesses_of(self, name: str) -> tuple[list[Witness], list[Witness]]:
        """A reference's witnesses: those that need no PyTorch, and those that do."""
        if name not in self._witnesses:
            witnesses = find_reference(name).witnesses
            self._spoke[name] = False
            self._witnesses[name] = (
                [witness for witness in witnesses if not witness.needs_torch],
                [witness for witness in witnesses if witness.needs_torch],
            )
        return self._witnesses[name]

    def _hear_one(self, call: Call, witness: Witness) -> None:
        from reference_impl.compare import hear

        opinion = hear(witness, call.arguments, call.value)
        if opinion.agrees is not None:
            self._spoke[call.reference] = True
        if opinion.agrees is False:
            self._disagreement(call, opinion)

    def _disagreement(self, call: Call, opinion: Opinion) -> None:
        arguments = describe_givens({name: _plain(value) for name, value in call.arguments.items()})
        says = opinion.error or f"gives {clean_line(str(opinion.value))[:60]}"
        message = (
            f"{call.reference} gives {clean_line(str(call.value))[:60]}, its witness “{opinion.name}” {says} "
            f"(for {arguments}): correct the one that is wrong"
        )
        self._add("witness-disagrees", message, "answer", call.reference, opinion.name)

    def _check_witnesses(self) -> None:
        for name, spoke in self._spoke.items():
            if not spoke:
                message = (
                    f"no witness confirms {name} here: add one in reference_impl/witnesses, or ask with all witnesses"
                )
                self._add("no-witness", message, "answer", name)

    def _check_slips(self, plan: Plan) -> None:
        """Slips that the card names can fire; of the others at least two. A few variants say nothing of that."""
        if not plan.slips and not self._content.slips:
            message = "no slip is known for this answer: a wrong answer cannot be diagnosed; add one to its reference"
            self._add("no-slip", message, "answer")
        elif self._trial.variants >= _ENOUGH:
            self._check_that_slips_fire(plan)

    def _check_that_slips_fire(self, plan: Plan) -> None:
        for name in self._content.slips:
            if any(slip.name == name for slip in plan.slips) and name not in self._telling:
                message = f"the slip {name} gives the right answer on every variant: remove it, or widen the givens"
                self._add("slip-never-differs", message, "slips", name)
        if not self._telling and not self._content.slips:
            message = "every slip gives the right answer on every variant: widen the givens, so that mistakes show"
            self._add("slip-never-differs", message, "answer")
        elif len(self._telling) == 1:
            message = (
                f"only one slip, {next(iter(self._telling))}, ever differs from the answer: widen the givens, name "
                "more slips, or add one to the reference"
            )
            self._add("one-slip", message, "answer")


def _dependencies(plan: Plan) -> dict[str, set[str]]:
    """For each `[show]` name, the givens behind it."""
    givens = {given.name for given in plan.content.givens}
    behind: dict[str, set[str]] = {}
    for name, expression in plan.show:
        behind[name] = set()
        for used in expression.names:
            behind[name] |= {used} & givens | behind.get(used, set())
    return behind


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
