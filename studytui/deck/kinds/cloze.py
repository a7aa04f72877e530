"""Cloze: every `==mark==` of a section is a card that asks for the marked words. Typed, or judged by the learner."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.answer.texts import grade_text
from studytui.deck.blocks import Block, Span, Text
from studytui.deck.kinds.kind import Kind
from studytui.deck.model import Card, Line, Question
from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.answer.verdict import Verdict
    from studytui.deck.codes import Findings
    from studytui.deck.draft import Draft
    from studytui.deck.model import Response

#: What stands in the place of the words that are asked for.
GAP = "[…]"


@frozen
class Cloze:
    """The sentence with all its marks, and which of them is asked for, from 0. `gap` is its text."""

    text: Text
    place: int
    gap: str


class ClozeKind(Kind):
    """Sections with the class `.cloze`.

    A gap's id is the section's id, a dot, and the id written behind the mark (`==forget=={#gate}`) or else the slug of
    the marked words: gaps may be added, removed and moved, and the others keep their schedules. Changing the marked
    words makes another card, unless the mark has an id.
    """

    name = "cloze"
    contents = (Cloze,)

    def claims(self, draft: Draft) -> bool:
        """By its class."""
        return "cloze" in draft.classes

    def parse(self, draft: Draft, findings: Findings) -> Sequence[Card]:
        """One card a mark; what stands behind a `---` is the explanation."""
        from studytui.deck.identity import distinct, slug

        text, explanation = draft.split_at_rule()
        draft.check_names((), findings)
        marks = sum(span.style == "mark" for span in _spans(text))
        gaps = draft.body.gaps[:marks]
        if not gaps:
            message = "nothing is marked: put == on both sides of the words to ask for"
            findings.add(draft.line, "no-gap", message, draft.id)
        taken: set[str] = set()
        cards = []
        for place, gap in enumerate(gaps):
            if not gap.text:
                findings.add(gap.line, "empty-gap", "the mark holds no words: write what to ask for", draft.id)
            own = distinct(gap.id or slug(gap.text), taken)
            card = draft.card(self.name, (), explanation or (), Cloze(text, place, gap.text))
            cards.append(replace(card, id=f"{draft.id}.{own}", family=draft.id, line=gap.line))
        return cards

    def ask(self, card: Card, seed: int, *, avoid: Collection[int] = (), focus: str = "") -> Question:  # noqa: ARG002 - nothing is drawn
        """The sentence with one gap. The heading is left out: it often says the words."""
        content = _content(card)
        prompt = _with_marks(content.text, lambda place, span: _hidden(span, asked=place == content.place))
        whole = _with_marks(content.text, lambda place, span: span if place == content.place else Span(span.text))
        truth = (Block("paragraph", (Span(content.gap),)),)
        form = Line("the missing words, or nothing to judge yourself", optional=True)
        return Question(card, seed, prompt, form, truth, whole + card.explanation)

    def grade(self, question: Question, response: Response) -> Verdict | None:
        """Typed words are compared; without any the learner judges."""
        if not isinstance(response, str) or not response.strip():
            return None
        return grade_text(response, [_content(question.card).gap])

    def right(self, question: Question) -> Response:
        """The marked words."""
        return _content(question.card).gap

    def difference(self, base: Card, translated: Card) -> str:
        """Whether as many words are marked."""
        theirs, ours = _marks(translated), _marks(base)
        return "" if theirs == ours else f"{theirs} marks stand where the deck has {ours}"


def _marks(card: Card) -> int:
    return sum(span.style == "mark" for span in _spans(_content(card).text))


def _hidden(span: Span, *, asked: bool) -> Span:
    return Span(GAP, "mark") if asked else Span(span.text)


def _spans(text: Text) -> list[Span]:
    return [span for block in text for span in (*block.spans, *(part for cell in block.cells for part in cell))]


def _with_marks(text: Text, change: Callable[[int, Span], Span]) -> Text:
    """The text with every marked span changed, by its place among the marks."""
    place = -1

    def changed(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        nonlocal place
        out = []
        for span in spans:
            if span.style == "mark":
                place += 1
                out.append(change(place, span))
            else:
                out.append(span)
        return tuple(out)

    return tuple(
        replace(block, spans=changed(block.spans), cells=tuple(changed(cell) for cell in block.cells)) for block in text
    )


def _content(card: Card) -> Cloze:
    content = card.content
    assert isinstance(content, Cloze)  # noqa: S101 - the registry goes by the card's kind
    return content


KIND = ClozeKind()
