"""The `toml` fence of a computed card, read; what is wrong becomes findings, and a harmless value takes its place."""

from __future__ import annotations

import keyword
from typing import TYPE_CHECKING

from studytui.deck.blocks import plain
from studytui.deck.expression import ExpressionError, compile_expression
from studytui.deck.givens import BadRange, Given, Listed, read_domain
from studytui.deck.markdown import convert_line
from studytui.deck.plan import Computed, Step
from studytui.text import clean_line, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from studytui.deck.blocks import Text
    from studytui.deck.codes import Findings
    from studytui.deck.table import Table

#: Bounds of one card.
MOST_GIVENS, MOST_WHERE, MOST_SHOWN, MOST_DIGITS, LONGEST_UNIT, MOST_WORDS = 32, 16, 32, 12, 20, 100
MOST_STEPS, LONGEST_ASK = 8, 200

_RESERVED = frozenset({"answer", "abs", "ceil", "floor", "max", "min"})
_STEP_KEYS = ("name", "ask", "answer", "digits", "unit")


class ComputedReader:
    """Reads the fence of one card. `asked` are the names that the texts of its parts hold, with their lines."""

    def __init__(self, table: Table, card: str, findings: Findings) -> None:
        self._table, self._card, self._findings = table, card, findings
        self.asked: list[tuple[str, int]] = []

    def content(self) -> Computed:
        """The card's data."""
        givens = self._givens()
        names = [given.name for given in givens]
        where = self._where(names)
        steps = self._steps(names)
        names += [step.name for step in steps]
        show = self._show(names)
        values = self._table.values
        answer = self._text(values, "answer")
        self._compile(answer, names, "answer")
        return Computed(
            answer,
            givens,
            where,
            show,
            self._digits(values, "digits"),
            self._unit(values, "unit"),
            self._slips(),
            self._words(),
            tuple(self._table.lines.items()),
            steps,
            self._ask(values, "ask") if "ask" in values else (),
        )

    def _add(self, code: str, message: str, *path: str) -> None:
        self._findings.add(self._table.line_of(*path), code, message, self._card)

    def _wrong(self, message: str, *path: str) -> None:
        self._add("wrong-value", f"{_named(path)} {message}", *path)

    def _text(self, values: Mapping[str, object], *path: str) -> str:
        value = values.get(path[-1])
        if isinstance(value, str):
            return value
        self._wrong('must be an expression in quotes: write answer = "…"', *path)
        return "0"

    def _compile(self, source: str, names: Collection[str], *path: str) -> None:
        try:
            compile_expression(source, names)
        except ExpressionError as error:
            self._add(error.code, f"{_named(path)}: {error}", *path)

    def _givens(self) -> tuple[Given, ...]:
        givens = []
        for name, value in self._subtable("given", MOST_GIVENS).items():
            self._check_name(name, "given", name)
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
            self._wrong(f'must be a list of at most {MOST_WHERE} comparisons: write where = ["a < b"]', "where")
            return ()
        for source in where:
            self._compile(source, names, "where")
        return tuple(where)

    # -- steps -------------------------------------------------------------------------------------------------------

    def _steps(self, givens: Collection[str]) -> tuple[Step, ...]:
        value = self._table.values.get("step", [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self._wrong("must be a list of tables: write [[step]] and below it name, ask and answer", "step")
            return ()
        if len(value) > MOST_STEPS:
            self._wrong(f"is there {len(value)} times, at most {MOST_STEPS} steps are read: split the card", "step")
            return ()
        steps: list[Step] = []
        for number, values in enumerate(value):
            step = self._step(values, number, givens, [each.name for each in steps])
            steps.append(step)
        return tuple(steps)

    def _step(self, values: Mapping[str, object], number: int, givens: Collection[str], before: list[str]) -> Step:
        path = ("step", str(number))
        for key in values:
            if key not in _STEP_KEYS:
                near = did_you_mean(key, _STEP_KEYS) or f": remove it, or use one of {', '.join(_STEP_KEYS)}"
                self._add("unknown-key", f"“{key}” means nothing in a step{near}", *path, key)
        name = values.get("name")
        if not isinstance(name, str):
            self._wrong('must be a name in quotes: write name = "padded"', *path, "name")
            name = f"step{number + 1}"
        self._check_name(name, *path, "name")
        if name in givens or name in before:
            what = "a given" if name in givens else "an earlier step"
            self._add("bad-name", f"“{name}” is {what} already: call it something else", *path, "name")
        source = self._text(values, *path, "answer")
        self._compile(source, [*givens, *before], *path, "answer")
        return Step(
            name,
            self._ask(values, *path, "ask"),
            source,
            self._digits(values, *path, "digits"),
            self._unit(values, *path, "unit"),
        )

    def _ask(self, values: Mapping[str, object], *path: str) -> Text:
        """What a part is called: a line of prose, which may hold givens."""
        value = values.get(path[-1])
        if not isinstance(value, str) or not clean_line(value) or len(value) > LONGEST_ASK:
            example = 'write ask = "Width of the padded input"'
            self._wrong(f"must be a text of 1 to {LONGEST_ASK} characters: {example}", *path)
            return ()
        line = self._table.line_of(*path)
        read = convert_line(clean_line(value), line)
        for at, code, message in read.problems:
            self._findings.add(at, code, message, self._card)
        self.asked += read.names
        if not plain(read.text).strip():
            self._wrong("says nothing: write what is asked for", *path)
        return read.text

    # -- the rest ------------------------------------------------------------------------------------------------------

    def _show(self, names: list[str]) -> tuple[tuple[str, str], ...]:
        show: list[tuple[str, str]] = []
        known = [*names, "answer"]
        for name, source in self._subtable("show", MOST_SHOWN).items():
            self._check_name(name, "show", name)
            if name in names:
                self._add("bad-name", f"“{name}” is a given or a step already: call it something else", "show", name)
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
            self._wrong(f"must be a table: write [{key}] and below it one line for each name", key)
            return {}
        if len(value) > most:
            self._wrong(f"has {len(value)} names, at most {most} are read: split the card", key)
            return {}
        return value

    def _check_name(self, name: str, *path: str) -> None:
        if name in _RESERVED or keyword.iskeyword(name):
            self._add("bad-name", f"“{name}” is a word of expressions: call it something else", *path)
        elif not name.isidentifier() or not name.isascii():
            self._add("bad-name", f"“{clean_line(name)[:40]}” is no name: use letters, digits and _", *path)

    def _digits(self, values: Mapping[str, object], *path: str) -> int:
        value = values.get("digits", 3)
        if type(value) is int and 1 <= value <= MOST_DIGITS:
            return value
        self._wrong(f"must be a whole number from 1 to {MOST_DIGITS}: write digits = 3", *path)
        return 3

    def _unit(self, values: Mapping[str, object], *path: str) -> str:
        value = values.get("unit", "")
        if isinstance(value, str) and len(value) <= LONGEST_UNIT and "\n" not in value:
            return value.strip()
        self._wrong(f'must be a short text of at most {LONGEST_UNIT} characters: write unit = "MB"', *path)
        return ""

    def _slips(self) -> tuple[str, ...]:
        value = self._table.values.get("slips", [])
        if isinstance(value, list) and all(isinstance(name, str) for name in value) and len(value) <= MOST_SHOWN:
            return tuple(value)
        self._wrong('must be a list of slip names: write slips = ["padded_once"]', "slips")
        return ()

    def _words(self) -> tuple[tuple[str, str], ...]:
        value = self._table.values.get("words", {})
        if (
            isinstance(value, dict)
            and all(isinstance(word, str) for word in value.values())
            and len(value) <= MOST_WORDS
        ):
            return tuple((str(name), clean_line(word)) for name, word in value.items())
        self._wrong('must be a table of texts: write words = { "forget gate" = "망각 게이트" }', "words")
        return ()


def _named(path: tuple[str, ...]) -> str:
    """How messages call a key: those of the first step as `step 1: answer`."""
    match path:
        case ("step", number, *key):
            return f"step {int(number) + 1}: {'.'.join(key)}"
    return ".".join(path)
