"""Computed: the answer comes from references, for numbers drawn when the card is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.answer.answer_type import AnswerType
from studytui.deck.blocks import Block, Span, fill
from studytui.deck.draft import same_names_in
from studytui.deck.givens import Arrayed, Given, Listed, Stepped
from studytui.deck.kinds.kind import SHOWN, Kind, prompt_of
from studytui.deck.model import Fill, Filled, Line, Part, Question
from studytui.deck.plan import Computed, Step
from studytui.deck.variants import draw

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from studytui.answer.verdict import Verdict
    from studytui.deck.blocks import Text
    from studytui.deck.codes import Findings
    from studytui.deck.draft import Draft
    from studytui.deck.model import Card, Form, Response, Value, Variant
    from studytui.deck.trial import Trial


class ComputedKind(Kind):
    """Sections whose fence has `answer`."""

    name = "computed"
    contents = (Computed, Step, Given, Listed, Stepped, Arrayed)
    keys = ("answer", "where", "given", "show", "digits", "unit", "slips", "words", "ask", "step")
    prose_keys = ("unit", "words", "ask", "step")
    varies = True

    def claims(self, draft: Draft) -> bool:
        """By its key."""
        return draft.has("answer")

    def parse(self, draft: Draft, findings: Findings) -> Sequence[Card]:
        """Prose before the fence is the question, behind it the worked solution. No reference is looked up yet."""
        from studytui.deck.computed_reader import ComputedReader  # a card that is shown was read before

        assert draft.table is not None  # noqa: S101 - the key that claims stands in it
        reader = ComputedReader(draft.table, draft.id, findings)
        content = replace(reader.content(), choice="nochoice" not in draft.classes)
        question, explanation = draft.split_at_fence()
        asked_for = {step.name for step in content.steps} | {"answer"}
        names = asked_for | {given.name for given in content.givens} | {name for name, _ in content.show}
        draft.check_names(names, findings)
        for name, line in reader.asked:
            if name not in names:
                findings.add(line, "unknown-placeholder", f"nothing is called “{name}” here", draft.id)
        before_fence = [(name, line) for name, line in draft.names if line < draft.table.line]
        for name, line in (*before_fence, *reader.asked):
            if name in asked_for:
                message = f"the question would show its {{{name}}}, which is asked for: put it behind the fence"
                findings.add(line, "unknown-placeholder", message, draft.id)
        return [draft.card(self.name, question, explanation, content)]

    def ask(self, card: Card, seed: int, *, avoid: Collection[int] = (), focus: str = "") -> Question:
        """A variant that follows from the seed; the question's own seed is the variant's and gives it again."""
        variant = draw(card, seed, avoid=avoid, focus=focus)
        return question_for(card, variant)

    def grade(self, question: Question, response: Response) -> Verdict | None:
        """Compared with the variant's answers and their slips."""
        variant, content = question.variant, question.card.content
        if response is None or variant is None or not isinstance(content, Computed):
            return SHOWN
        from studytui.deck.marking import mark_one, mark_parts  # with the graders, 10 ms that no card needs at first

        if isinstance(question.form, Fill):
            return mark_parts(self._filled(question, response), variant, content)
        return mark_one(response, variant, content) if isinstance(response, str) else SHOWN

    def right(self, question: Question) -> Response:
        """The answers as they are shown."""
        variant = question.variant
        if variant is None:
            return None
        if variant.steps:
            return Filled(tuple(variant.values[name] for name in (*(step.name for step in variant.steps), "answer")))
        return variant.values["answer"]

    def describe(self, question: Question, response: Response) -> str:
        """The lines of several parts behind each other, with `;` between."""
        if isinstance(response, Filled):
            from studytui.deck.marking import join_lines

            return join_lines(response.lines)
        return super().describe(question, response)

    def read(self, question: Question, described: str) -> Response:
        """The line, or the lines of the parts."""
        return self._filled(question, described) if isinstance(question.form, Fill) else described

    def difference(self, base: Card, translated: Card) -> str:
        """A translation holds prose only: what its parts are called must hold the same names."""
        ours, theirs = base.content, translated.content
        assert isinstance(ours, Computed)  # noqa: S101 - the registry goes by the card's kind
        assert isinstance(theirs, Computed)  # noqa: S101 - made by the same kind
        return same_names_in("question of a part", ours.asks, theirs.asks)

    def retold(self, values: Mapping[str, object], prose: Mapping[str, object]) -> Mapping[str, object]:
        """A translation calls the steps by name: `[step]`, below it `padded = "…"`, or `{ ask = "…", unit = "…" }`."""
        told = prose.get("step", {})
        steps = values.get("step", [])
        if not isinstance(told, dict) or not isinstance(steps, list):
            message = '“step” must be a table here: write [step] and below it padded = "…"'
            raise ValueError(message)  # noqa: TRY004 - what an author wrote is no type of the program's
        merged = []
        left = dict(told)
        for step in steps:
            own = left.pop(step.get("name"), {}) if isinstance(step, dict) else {}
            own = own if isinstance(own, dict) else {"ask": own}
            if stray := own.keys() - {"ask", "unit"}:
                raise ValueError(f"“{min(stray)}” of a step belongs in the deck: a translation holds ask and unit only")
            merged.append({**step, **own} if own else step)
        if left:
            raise ValueError(f"the deck's card has no step “{min(left)}”")
        return {**values, **prose, **({"step": merged} if steps else {})}

    def check(self, card: Card, trial: Trial, findings: Findings) -> None:
        """Draws many variants and tries everything on each."""
        from studytui.deck.computed_check import check_computed

        check_computed(card, trial, findings)

    def _filled(self, question: Question, response: Response) -> Filled:
        """A response with as many lines as there are parts."""
        from studytui.deck.marking import split_lines

        assert isinstance(question.form, Fill)  # noqa: S101 - the callers have looked
        count = len(question.form.parts)
        lines = response.lines if isinstance(response, Filled) else ()
        if isinstance(response, str):
            lines = split_lines(response)
        return Filled((*lines, *[""] * count)[:count])


def question_for(card: Card, variant: Variant) -> Question:
    """The question that a variant makes."""
    content = card.content
    assert isinstance(content, Computed)  # noqa: S101 - the registry goes by the card's kind
    form, truth = _form(variant, content)
    return Question(
        card,
        variant.seed,
        prompt_of(card, lambda text: fill(text, variant.values)),
        form,
        truth,
        fill(card.explanation, variant.values),
        variant,
    )


def _form(variant: Variant, content: Computed) -> tuple[Form, Text]:
    """What is typed, and the right answer: for a card with steps, a line of it for each part."""
    hint = _hint(variant.answer, variant.answer_type, content.digits)
    answer = _with_unit(variant.values["answer"], content.unit)
    if not variant.steps:
        return Line(hint, content.unit), (Block("paragraph", (Span(answer),)),)
    parts, truth = [], []
    for step, given in zip(content.steps, variant.steps, strict=True):
        ask = fill(step.ask, variant.values)
        parts.append(Part(ask, _hint(given.answer, given.answer_type, step.digits), step.unit))
        truth.append(_told(ask, _with_unit(variant.values[step.name], step.unit)))
    ask = fill(content.ask, variant.values) or _ANSWER
    parts.append(Part(ask, hint, content.unit))
    truth.append(_told(ask, answer))
    return Fill(tuple(parts)), tuple(truth)


#: What the last part is called where the card does not say.
_ANSWER: Text = (Block("paragraph", (Span("Answer"),)),)


def _told(ask: Text, answer: str) -> Block:
    return Block("paragraph", (*(span for block in ask for span in block.spans), Span(f": {answer}")))


def _with_unit(shown: str, unit: str) -> str:
    return f"{shown} {unit}" if unit else shown


def _hint(answer: Value, answer_type: AnswerType | None, digits: int) -> str:
    """What is wanted, in a few words."""
    match answer_type:
        case AnswerType.INTEGER:
            return "a whole number"
        case AnswerType.REAL:
            return f"a number, {_digits(digits)}"
        case AnswerType.SHAPE:
            return "a shape such as 28×28×4"
        case AnswerType.YES_NO:
            return "yes or no"
        case AnswerType.VECTOR if isinstance(answer, tuple):
            rows = any(isinstance(entry, tuple) for entry in answer)
            numbers = _entries(answer)
            rounded = f", {_digits(digits)}" if any(isinstance(number, float) for number in numbers) else ""
            return f"{len(numbers)} number{'s' * (len(numbers) > 1)}{', row by row' if rows else ''}{rounded}"
    return "a word or a few"


def _digits(digits: int) -> str:
    return f"{digits} significant digit{'s' * (digits > 1)}"


def _entries(value: object) -> list[object]:
    return [entry for part in value for entry in _entries(part)] if isinstance(value, tuple) else [value]


KIND = ComputedKind()
