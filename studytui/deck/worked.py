"""What a computed card's texts bring to light, variant after variant: its worked solution, its question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from studytui.deck.blocks import fill, names_in
from studytui.deck.equations import equations
from studytui.deck.fit import check_fit
from studytui.deck.plan import Computed
from studytui.deck.variants import describe_givens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studytui.deck.blocks import Text
    from studytui.deck.codes import Findings
    from studytui.deck.model import Card, Value

#: Variants of a card on which the equations of its solution are computed.
SOLVED_VARIANTS = 8

#: A number that stands alone: not in a name (VGG-16), not with a sign (96%, 180°), not with a word (32-bit); a Korean
#: particle may follow (32개).
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.,-])\d+(?:,\d{3})*(?:\.\d+)?(?![A-Za-z0-9_%°]|[.,]\d|-[A-Za-z])")
_ANY_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CODE = frozenset({"code", "name", "mathname"})


class Shown(NamedTuple):
    """One variant: its givens, and what each name shows."""

    givens: Mapping[str, Value]
    texts: Mapping[str, str]


class Worked:
    """The texts of one card under trial: `see` each variant, then `finish`."""

    def __init__(self, card: Card, findings: Findings, lines: Mapping[str, int]) -> None:
        """`lines` has the line of each part's expression, where the file has it; findings elsewhere are the card's."""
        content = card.content
        assert isinstance(content, Computed)  # noqa: S101 - the registry goes by the card's kind
        self._card, self._findings, self._lines = card, findings, lines
        self._line = lines.get("answer", card.line)
        #: The first variants, whose equations are computed, and the one that takes most room.
        self.solved: list[Shown] = []
        self._seen = self._size = 0
        self._widest: Mapping[str, str] = {}
        self._wrong = False
        asked = names_in(card.heading) | names_in(card.question) | names_in(content.asks)
        self._parts = [*(step.name for step in content.steps), "answer"]
        #: By part, the names in the question that have shown its answer on every variant so far.
        self._same = dict.fromkeys(self._parts, _that_could_be_the_answer(content, asked))
        #: By step, the parts behind it that have had its answer on every variant so far.
        self._twice = {name: self._parts[place + 1 :] for place, name in enumerate(self._parts[:-1])}
        self._by_hand = _numbers_by_hand(card, content)
        self._met: dict[tuple[str, str], int] = {}

    @property
    def shown(self) -> list[Shown]:
        """Variants that are worth looking at in another language: the first ones, and that which takes most room."""
        return [*self.solved, Shown({}, self._widest)]

    def see(self, givens: Mapping[str, Value], texts: Mapping[str, str]) -> None:
        """Looks at what the names show on one more variant."""
        self._seen += 1
        size = sum(map(len, texts.values()))
        if size > self._size:
            self._size, self._widest = size, texts
        for part, same in self._same.items():
            if same:
                self._same[part] = {name for name in same if texts.get(name) == texts.get(part)}
        for part, later in self._twice.items():
            if later:
                self._twice[part] = [name for name in later if texts.get(name) == texts.get(part)]
        if self._by_hand:
            for name, text in texts.items():
                if text in self._by_hand:
                    self._met[text, name] = self._met.get((text, name), 0) + 1
        if len(self.solved) < SOLVED_VARIANTS:
            self.solved.append(Shown(givens, texts))
            self._check_solution(givens, texts)

    def finish(self) -> None:
        """Adds what all the variants together show."""
        self._find_same()
        by_hand: dict[str, list[str]] = {}
        for (number, name), times in self._met.items():
            if times < self._seen:
                by_hand.setdefault(number, []).append(name)
        for number, names in by_hand.items():
            message = (
                f"the solution says {number}, which is {' or '.join(f'{{{name}}}' for name in names)} on some variants "
                f"and not on others: write the name, or `{number}` as code if it never changes"
            )
            self._findings.add(self._line, "number-by-hand", message, self._card.id)
        check_fit(self._card, self._findings, self._widest)

    def _find_same(self) -> None:
        """What is asked for though it is shown, or asked for twice."""
        if self._seen < 2:
            return
        for part, same in self._same.items():
            what = "the answer" if part == "answer" else f"the step “{part}”"
            for name in sorted(same):
                message = f"the question shows {{{name}}}, which is {what} on every variant: leave it out"
                self._findings.add(self._line_of(part), "answer-leaked", message, self._card.id)
        for part, later in self._twice.items():
            for name in later[:1]:
                message = f"the step “{part}” has the same answer as “{name}” on every variant: leave one of them out"
                self._findings.add(self._line_of(part), "repeated-step", message, self._card.id)

    def _line_of(self, part: str) -> int:
        return self._lines.get(part, self._line)

    def _check_solution(self, givens: Mapping[str, Value], texts: Mapping[str, str]) -> None:
        """What the worked solution says is equal is equal, so that it leads to the answer."""
        if self._wrong:
            return
        for equation in equations(fill(self._card.explanation, texts)):
            if not equation.holds:
                self._wrong = True
                message = (
                    f"the solution says “{equation.left} = {equation.right}”, which is not so "
                    f"(for {describe_givens(givens)}): correct the answer or the solution"
                )
                part = next((name for name in self._parts if texts.get(name) == equation.right.strip("()")), "answer")
                self._findings.add(self._line_of(part), "solution-disagrees", message, self._card.id)
                return


def check_worked_translation(card: Card, shown: Iterable[Shown], findings: Findings) -> None:
    """Looks at a translated computed card on variants that were shown of the deck's own."""
    content = card.content
    assert isinstance(content, Computed)  # noqa: S101 - the registry goes by the card's kind
    worked, words = Worked(card, findings, {}), dict(content.words)
    for givens, texts in shown:
        worked.see(givens, {name: words.get(text, text) for name, text in texts.items()})
    worked.finish()


def _that_could_be_the_answer(content: Computed, asked: set[str]) -> set[str]:
    """The names in the question that give the answer away if they always are the answer.

    Of several givens that vary one may well be the answer: to know which one is what is asked.
    """
    varying = {given.name for given in content.givens if given.domain.count > 1} & asked
    shown = {name for name, _ in content.show} & asked
    return shown | (varying if len(varying) == 1 else set())


def _numbers_by_hand(card: Card, content: Computed) -> frozenset[str]:
    """The numbers of the explanation that neither the question nor the expressions have.

    Short ones (7, 10, 100, 0.5) are constants more often than not, and equations tell when they are none.
    """
    fixed = set(
        _ANY_NUMBER.findall(
            " ".join(
                (
                    *(step.answer for step in content.steps),
                    content.answer,
                    *content.where,
                    *(source for _, source in content.show),
                )
            )
        )
    )
    for line in _prose(card.heading + card.question + content.asks):
        fixed |= {number.replace(",", "") for number in _ANY_NUMBER.findall(line)}
    found = {number.replace(",", "") for line in _prose(card.explanation) for number in _NUMBER.findall(line)}
    return frozenset(number for number in found - fixed if len(number.replace(".", "").strip("0")) > 1)


def _prose(text: Text) -> Iterator[str]:
    """Each line without its code and names."""
    for block in text:
        if block.form != "code":
            for spans in (block.spans, *block.cells):
                yield "".join("\0" if span.style in _CODE else span.text for span in spans)
