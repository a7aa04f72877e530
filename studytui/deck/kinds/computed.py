"""Computed: the answer comes from references, for numbers drawn when the card is asked."""

from __future__ import annotations

import keyword
from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.answer.answer_type import AnswerType
from studytui.answer.verdict import Outcome
from studytui.deck.blocks import Block, Span, fill
from studytui.deck.expression import ExpressionError, compile_expression
from studytui.deck.givens import Arrayed, BadRange, Given, Listed, Stepped, read_domain
from studytui.deck.kinds.kind import SHOWN, Kind, prompt_of
from studytui.deck.model import Line, Question
from studytui.deck.plan import Computed
from studytui.deck.variants import draw
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from studytui.answer.verdict import Verdict
    from studytui.deck.codes import Findings
    from studytui.deck.draft import Draft
    from studytui.deck.model import Card, Response, Variant
    from studytui.deck.table import Table
    from studytui.deck.trial import Trial

#: Bounds of one card.
MOST_GIVENS, MOST_WHERE, MOST_SHOWN, MOST_DIGITS, LONGEST_UNIT, MOST_WORDS = 32, 16, 32, 12, 20, 100

_RESERVED = frozenset({"answer", "abs", "ceil", "floor", "max", "min"})


class ComputedKind(Kind):
    """Sections whose fence has `answer`."""

    name = "computed"
    contents = (Computed, Given, Listed, Stepped, Arrayed)
    keys = ("answer", "where", "given", "show", "digits", "unit", "slips", "words")
    prose_keys = ("unit", "words")

    def claims(self, draft: Draft) -> bool:
        """By its key."""
        return draft.has("answer")

    def parse(self, draft: Draft, findings: Findings) -> Sequence[Card]:
        """Prose before the fence is the question, behind it the worked solution. No reference is looked up yet."""
        assert draft.table is not None  # noqa: S101 - the key that claims stands in it
        reader = _Reader(draft.table, draft.id, findings)
        content = reader.content()
        question, explanation = draft.split_at_fence()
        names = {given.name for given in content.givens} | {name for name, _ in content.show}
        draft.check_names(names | {"answer"}, findings)
        for name, line in draft.names:
            if name == "answer" and line < draft.table.line:
                message = "the question would show its {answer}: put it behind the fence"
                findings.add(line, "unknown-placeholder", message, draft.id)
        return [draft.card(self.name, question, explanation, content)]

    def ask(self, card: Card, seed: int, *, avoid: Collection[int] = (), focus: str = "") -> Question:
        """A variant that follows from the seed; the question's own seed is the variant's and gives it again."""
        variant = draw(card, seed, avoid=avoid, focus=focus)
        return question_for(card, variant)

    def grade(self, question: Question, response: Response) -> Verdict | None:
        """Compared with the variant's answer and its slips."""
        variant, content = question.variant, question.card.content
        if not isinstance(response, str) or variant is None or not isinstance(content, Computed):
            return SHOWN
        verdict = _graded(response, variant, content, {})
        if content.words and isinstance(variant.answer, str) and verdict.outcome is not Outcome.RIGHT:
            return _graded(response, variant, content, dict(content.words))
        return verdict

    def right(self, question: Question) -> Response:
        """The answer as it is shown."""
        return question.variant.values["answer"] if question.variant is not None else None

    def difference(self, base: Card, translated: Card) -> str:  # noqa: ARG002 - the data are the deck's own
        """Never: a translation holds prose only."""
        return ""

    def check(self, card: Card, trial: Trial, findings: Findings) -> None:
        """Draws many variants and tries everything on each."""
        from studytui.deck.computed_check import check_computed

        check_computed(card, trial, findings)


def question_for(card: Card, variant: Variant) -> Question:
    """The question that a variant makes."""
    content = card.content
    assert isinstance(content, Computed)  # noqa: S101 - the registry goes by the card's kind
    answer = variant.values["answer"] + (f" {content.unit}" if content.unit else "")
    form = Line(_hint(variant, content), content.unit)
    truth = (Block("paragraph", (Span(answer),)),)
    return Question(
        card,
        variant.seed,
        prompt_of(card, lambda text: fill(text, variant.values)),
        form,
        truth,
        fill(card.explanation, variant.values),
        variant,
    )


def _graded(response: str, variant: Variant, content: Computed, words: Mapping[str, str]) -> Verdict:
    """The verdict; texts among answer and slips are compared in their translation, if `words` has one."""
    from studytui.answer.grading import grade_value  # 10 ms that no card needs to be painted

    answer = variant.answer
    slips = variant.slips
    if words:
        answer = words.get(answer, answer) if isinstance(answer, str) else answer
        slips = tuple(replace(slip, value=words.get(str(slip.value), slip.value)) for slip in slips)
    return grade_value(
        response, answer, answer_type=variant.answer_type, digits=content.digits, unit=content.unit, slips=slips
    )


def _hint(variant: Variant, content: Computed) -> str:
    """What is wanted, in a few words."""
    answer = variant.answer
    match variant.answer_type:
        case AnswerType.INTEGER:
            return "a whole number"
        case AnswerType.REAL:
            return f"a number, {_digits(content.digits)}"
        case AnswerType.SHAPE:
            return "a shape such as 28×28×4"
        case AnswerType.YES_NO:
            return "yes or no"
        case AnswerType.VECTOR if isinstance(answer, tuple):
            rows = any(isinstance(entry, tuple) for entry in answer)
            numbers = _entries(answer)
            rounded = f", {_digits(content.digits)}" if any(isinstance(number, float) for number in numbers) else ""
            return f"{len(numbers)} number{'s' * (len(numbers) > 1)}{', row by row' if rows else ''}{rounded}"
    return "a word or a few"


def _digits(digits: int) -> str:
    return f"{digits} significant digit{'s' * (digits > 1)}"


def _entries(value: object) -> list[object]:
    return [entry for part in value for entry in _entries(part)] if isinstance(value, tuple) else [value]


class _Reader:
    """Reads the fence of one card; what is wrong becomes findings, and a harmless value takes its place."""

    def __init__(self, table: Table, card: str, findings: Findings) -> None:
        self._table, self._card, self._findings = table, card, findings

    def content(self) -> Computed:
        """The card's data."""
        givens = self._givens()
        names = [given.name for given in givens]
        where = self._where(names)
        show = self._show(names)
        answer = self._text("answer")
        self._compile(answer, names, "answer")
        return Computed(
            answer,
            givens,
            where,
            show,
            self._whole("digits", 3, 1, MOST_DIGITS),
            self._unit(),
            self._slips(),
            self._words(),
            tuple(self._table.lines.items()),
        )

    def _add(self, code: str, message: str, *path: str) -> None:
        self._findings.add(self._table.line_of(*path), code, message, self._card)

    def _wrong(self, key: str, message: str) -> None:
        self._add("wrong-value", f"{key} {message}", key)

    def _text(self, key: str) -> str:
        value = self._table.values[key]
        if isinstance(value, str):
            return value
        self._wrong(key, 'must be an expression in quotes: write answer = "…"')
        return "0"

    def _compile(self, source: str, names: Collection[str], *path: str) -> None:
        try:
            compile_expression(source, names)
        except ExpressionError as error:
            self._add(error.code, f"{'.'.join(path)}: {error}", *path)

    def _givens(self) -> tuple[Given, ...]:
        givens = []
        for name, value in self._subtable("given", MOST_GIVENS).items():
            self._check_name(name, "given")
            try:
                givens.append(Given(name, read_domain(value)))
            except BadRange as error:
                self._add("bad-range", f"{name}: {error}", "given", name)
                givens.append(Given(name, Listed((1,))))
        return tuple(givens)

    def _where(self, names: Collection[str]) -> tuple[str, ...]:
        value = self._table.values.get("where", [])
        where = [value] if isinstance(value, str) else value
        if (
            not isinstance(where, list)
            or not all(isinstance(source, str) for source in where)
            or len(where) > MOST_WHERE
        ):
            self._wrong("where", f'must be a list of at most {MOST_WHERE} comparisons: write where = ["a < b"]')
            return ()
        for source in where:
            self._compile(source, names, "where")
        return tuple(where)

    def _show(self, names: list[str]) -> tuple[tuple[str, str], ...]:
        show: list[tuple[str, str]] = []
        known = [*names, "answer"]
        for name, source in self._subtable("show", MOST_SHOWN).items():
            self._check_name(name, "show")
            if name in names:
                self._add("bad-name", f"“{name}” is a given already: call it something else", "show", name)
            if not isinstance(source, str):
                self._add(
                    "wrong-value", f'show.{name} must be an expression in quotes: write {name} = "…"', "show", name
                )
                source = "0"  # noqa: PLW2901 - stands in, so that the name is known further down
            self._compile(source, known, "show", name)
            show.append((name, source))
            known.append(name)
        return tuple(show)

    def _subtable(self, key: str, most: int) -> Mapping[str, object]:
        value = self._table.values.get(key, {})
        if not isinstance(value, dict):
            self._wrong(key, f"must be a table: write [{key}] and below it one line for each name")
            return {}
        if len(value) > most:
            self._wrong(key, f"has {len(value)} names, at most {most} are read: split the card")
            return {}
        return value

    def _check_name(self, name: str, table: str) -> None:
        if name in _RESERVED or keyword.iskeyword(name):
            self._add("bad-name", f"“{name}” is a word of expressions: call it something else", table, name)
        elif not name.isidentifier() or not name.isascii():
            self._add("bad-name", f"“{name}” is no name: use letters, digits and _", table, name)

    def _whole(self, key: str, default: int, least: int, most: int) -> int:
        value = self._table.values.get(key, default)
        if type(value) is int and least <= value <= most:
            return value
        self._wrong(key, f"must be a whole number from {least} to {most}: write {key} = {default}")
        return default

    def _unit(self) -> str:
        value = self._table.values.get("unit", "")
        if isinstance(value, str) and len(value) <= LONGEST_UNIT and "\n" not in value:
            return value.strip()
        self._wrong("unit", f'must be a short text of at most {LONGEST_UNIT} characters: write unit = "MB"')
        return ""

    def _slips(self) -> tuple[str, ...]:
        value = self._table.values.get("slips", [])
        if isinstance(value, list) and all(isinstance(name, str) for name in value) and len(value) <= MOST_SHOWN:
            return tuple(value)
        self._wrong("slips", 'must be a list of slip names: write slips = ["padded_once"]')
        return ()

    def _words(self) -> tuple[tuple[str, str], ...]:
        value = self._table.values.get("words", {})
        if (
            isinstance(value, dict)
            and all(isinstance(word, str) for word in value.values())
            and len(value) <= MOST_WORDS
        ):
            return tuple((str(name), clean_line(word)) for name, word in value.items())
        self._wrong("words", 'must be a table of texts: write words = { "forget gate" = "망각 게이트" }')
        return ()


KIND = ComputedKind()
