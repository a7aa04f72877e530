"""Match: a table of two columns; every row on the left finds its partner on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.answer.choices import grade_match
from studytui.deck.blocks import Block, Span, Text, plain
from studytui.deck.givens import shuffled
from studytui.deck.kinds.kind import SHOWN, Kind, places_text, prompt_of, read_places
from studytui.deck.model import Pair, Question
from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from studytui.answer.verdict import Verdict
    from studytui.deck.codes import Findings
    from studytui.deck.draft import Draft
    from studytui.deck.model import Card, Response


@frozen
class Match:
    """The rows: left and right, partners at the same place."""

    left: tuple[Text, ...]
    right: tuple[Text, ...]
    headings: tuple[str, str]


class MatchKind(Kind):
    """Sections with the class `.match` and a table. The right column is shuffled; equal texts in it are one."""

    name = "match"
    contents = (Match,)

    def claims(self, draft: Draft) -> bool:
        """By its class."""
        return "match" in draft.classes

    def parse(self, draft: Draft, findings: Findings) -> Sequence[Card]:
        """Prose before the table is the question, prose behind it the explanation."""
        from studytui.deck.draft import check_count, check_distinct

        draft.check_names((), findings)
        blocks = draft.body.blocks
        start = next((place for place, block in enumerate(blocks) if block.form == "head"), None)
        if start is None or len(blocks[start].cells) != 2:
            message = "a .match card needs a table of two columns (| a | b |): write one"
            findings.add(draft.line, "no-table", message, draft.id)
            return []
        end = start + 1
        while end < len(blocks) and blocks[end].form == "row":
            end += 1
        rows, lines = blocks[start + 1 : end], draft.body.lines[start + 1 : end]
        for row, line in zip(rows, lines, strict=True):
            if not all(_said(cell) for cell in row.cells):
                findings.add(line, "no-table", "a cell of this row is empty: fill it, or remove the row", draft.id)
        left, right = (tuple((Block("paragraph", row.cells[side]),) for row in rows) for side in (0, 1))
        check_count(len(rows), 2, "too-few-items", "rows", draft, findings)
        check_distinct(left, lines, "duplicate-item", draft, findings)
        first, second = (_said(cell) for cell in blocks[start].cells)
        content = Match(left, right, (first, second))
        return [draft.card(self.name, tuple(blocks[:start]), tuple(blocks[end:]), content)]

    def ask(self, card: Card, seed: int, *, avoid: Collection[int] = (), focus: str = "") -> Question:  # noqa: ARG002 - nothing is drawn
        """The right column in an order that depends on card and seed, and is not the deck's."""
        content = _content(card)
        count = len(content.right)
        permutation, attempt = tuple(range(count)), 0
        while permutation == tuple(range(count)) and count > 1:
            permutation, attempt = shuffled(count, card.id, seed, attempt), attempt + 1
        form = Pair(content.left, tuple(content.right[place] for place in permutation), content.headings)
        head = Block("head", cells=tuple((Span(heading),) for heading in content.headings))
        rows = (
            Block("row", cells=(left[0].spans, right[0].spans))
            for left, right in zip(content.left, content.right, strict=True)
        )
        return Question(card, seed, prompt_of(card), form, (head, *rows), card.explanation, permutation=permutation)

    def grade(self, question: Question, response: Response) -> Verdict | None:
        """Every row is judged; a row without a partner is missed."""
        if not isinstance(response, tuple):
            return SHOWN
        partners = [question.permutation[shown] if shown >= 0 else None for shown in response]
        return grade_match(partners, [plain(right) for right in _content(question.card).right])

    def right(self, question: Question) -> Response:
        """For every row, where its partner is shown."""
        return _places_shown(question)

    def describe(self, question: Question, response: Response) -> str:
        """For every row, its partner's place in the deck."""
        if not isinstance(response, tuple):
            return ""
        return places_text([question.permutation[shown] if shown >= 0 else -1 for shown in response])

    def read(self, question: Question, described: str) -> Response:
        """For every row, the place shown of its partner."""
        shown = _places_shown(question)
        return tuple(shown[place] if 0 <= place < len(shown) else -1 for place in read_places(described))

    def difference(self, base: Card, translated: Card) -> str:
        """Whether there are as many rows."""
        ours, theirs = len(_content(base).left), len(_content(translated).left)
        return "" if ours == theirs else f"{theirs} rows stand where the deck has {ours}"


def _places_shown(question: Question) -> tuple[int, ...]:
    """For every place in the deck, where it is shown."""
    return tuple(sorted(range(len(question.permutation)), key=lambda shown: question.permutation[shown]))


def _said(cell: tuple[Span, ...]) -> str:
    return "".join(span.text for span in cell).strip()


def _content(card: Card) -> Match:
    content = card.content
    assert isinstance(content, Match)  # noqa: S101 - the registry goes by the card's kind
    return content


KIND = MatchKind()
