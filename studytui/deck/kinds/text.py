"""Text: a word or phrase is typed and compared with what the card accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.answer.texts import grade_text
from studytui.deck.blocks import Block, Span
from studytui.deck.kinds.kind import SHOWN, Kind, prompt_of
from studytui.deck.model import Line, Question
from studytui.frozen import frozen
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from studytui.answer.verdict import Verdict
    from studytui.deck.codes import Findings
    from studytui.deck.draft import Draft
    from studytui.deck.model import Card, Response

#: Most answers that one card may accept, and the longest of them.
MOST_ACCEPTED, LONGEST_ACCEPTED = 100, 200


@frozen
class Accepted:
    """What is accepted, the answer that is shown first."""

    accept: tuple[str, ...]


class TextKind(Kind):
    """Sections whose fence has `accept`."""

    name = "text"
    contents = (Accepted,)
    keys = ("accept",)
    prose_keys = ("accept",)

    def claims(self, draft: Draft) -> bool:
        """By its key."""
        return draft.has("accept")

    def parse(self, draft: Draft, findings: Findings) -> Sequence[Card]:
        """Prose before the fence is the question, prose behind it the explanation."""
        assert draft.table is not None  # noqa: S101 - the key that claims stands in it
        line, accept = draft.table.line_of("accept"), draft.table.values["accept"]
        draft.check_names((), findings)
        if not isinstance(accept, list) or not all(isinstance(text, str) for text in accept):
            message = 'accept must be a list of texts: write accept = ["forget gate"]'
            findings.add(line, "wrong-value", message, draft.id)
            return []
        texts = tuple(dict.fromkeys(clean_line(text) for text in accept))
        if not texts or not all(texts):
            findings.add(line, "no-accept", "accept holds no answer: write what is right", draft.id)
        if len(texts) > MOST_ACCEPTED or any(len(text) > LONGEST_ACCEPTED for text in texts):
            message = f"accept holds at most {MOST_ACCEPTED} texts of {LONGEST_ACCEPTED} characters: shorten it"
            findings.add(line, "wrong-value", message, draft.id)
        question, explanation = draft.split_at_fence()
        return [draft.card(self.name, question, explanation, Accepted(texts))]

    def ask(self, card: Card, seed: int, *, avoid: Collection[int] = (), focus: str = "") -> Question:  # noqa: ARG002 - nothing is drawn
        """The same every time."""
        truth = (Block("paragraph", (Span(_content(card).accept[0]),)),)
        return Question(card, seed, prompt_of(card), Line("a word or a few"), truth, card.explanation)

    def grade(self, question: Question, response: Response) -> Verdict | None:
        """Compared without regard to case, spaces and punctuation; a typo is close."""
        return grade_text(response, _content(question.card).accept) if isinstance(response, str) else SHOWN

    def right(self, question: Question) -> Response:
        """The first answer that is accepted."""
        return _content(question.card).accept[0]

    def difference(self, base: Card, translated: Card) -> str:  # noqa: ARG002 - words may be as many as they like
        """Never: a language has as many words for a thing as it has."""
        return ""


def _content(card: Card) -> Accepted:
    content = card.content
    assert isinstance(content, Accepted)  # noqa: S101 - the registry goes by the card's kind
    return content


KIND = TextKind()
