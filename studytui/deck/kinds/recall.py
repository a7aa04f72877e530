"""Recall: the heading asks, the body answers, the learner judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.kinds.kind import Kind, prompt_of
from studytui.deck.model import Question, Reveal
from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from studytui.answer.verdict import Verdict
    from studytui.deck.blocks import Text
    from studytui.deck.codes import Findings
    from studytui.deck.draft import Draft
    from studytui.deck.model import Card, Response


@frozen
class Recall:
    """What is shown when the learner has thought, and whether it may be asked as a choice (not with `.nochoice`)."""

    answer: Text
    choice: bool = True


class RecallKind(Kind):
    """What every section is that is nothing else."""

    name = "recall"
    contents = (Recall,)

    def claims(self, draft: Draft) -> bool:  # noqa: ARG002 - whatever no other kind claims
        """Always: it is asked last."""
        return True

    def parse(self, draft: Draft, findings: Findings) -> Sequence[Card]:
        """A `---` splits a longer question from its answer."""
        question, answer = draft.split_at_rule()
        if answer is None:
            question, answer = (), question
        if not answer:
            message = "nothing under the heading answers it: write the answer, or remove the card"
            findings.add(draft.line, "no-answer", message, draft.id)
        draft.check_names((), findings)
        return [draft.card(self.name, question, (), Recall(answer, "nochoice" not in draft.classes))]

    def ask(self, card: Card, seed: int, *, avoid: Collection[int] = (), focus: str = "") -> Question:  # noqa: ARG002 - nothing is drawn
        """The same every time."""
        return Question(card, seed, prompt_of(card), Reveal(), _content(card).answer, ())

    def grade(self, question: Question, response: Response) -> Verdict | None:  # noqa: ARG002 - the learner judges
        """Nothing was entered, so there is nothing to grade."""
        return None

    def right(self, question: Question) -> Response:  # noqa: ARG002 - the learner judges
        """Nothing is entered."""
        return None

    def difference(self, base: Card, translated: Card) -> str:
        """Whether the question is split from the answer in the same way."""
        if bool(base.question) != bool(translated.question):
            return "only one of the two splits its question from the answer with ---"
        return ""


def _content(card: Card) -> Recall:
    content = card.content
    assert isinstance(content, Recall)  # noqa: S101 - the registry goes by the card's kind
    return content


KIND = RecallKind()
