"""What a kind of card has to say for itself. Each kind is one file beside this one and one line in `registry.py`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from studytui.answer.verdict import Outcome, Verdict
from studytui.deck.blocks import Block, Text
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from studytui.deck.codes import Findings
    from studytui.deck.draft import Draft
    from studytui.deck.model import Card, Question, Response
    from studytui.deck.trial import Trial

#: How many shuffles of a card `check` grades.
_GRADED = 4
#: The verdict when a machine-graded card is shown without an answer.
SHOWN = Verdict(Outcome.WRONG)


class Kind(ABC):
    """How cards of one kind are read, asked, graded and checked. Kinds have no state."""

    #: As in `Card.kind`.
    name: ClassVar[str]
    #: The class of `Card.content`, and what it is made of: the cache needs to know them.
    contents: ClassVar[tuple[type, ...]]
    #: The keys that its `toml` fence may have, besides `tags`.
    keys: ClassVar[tuple[str, ...]] = ()
    #: Those of its keys that hold prose: a translation may have them.
    prose_keys: ClassVar[tuple[str, ...]] = ()
    #: Whether a card is drawn anew each time, so that what was seen of it matters.
    varies: ClassVar[bool] = False

    @abstractmethod
    def claims(self, draft: Draft) -> bool:
        """Whether a section asks to be of this kind."""

    @abstractmethod
    def parse(self, draft: Draft, findings: Findings) -> Sequence[Card]:
        """The section's cards; what is wrong becomes findings, and a card with an error is left out later."""

    @abstractmethod
    def ask(self, card: Card, seed: int, *, avoid: Collection[int] = (), focus: str = "") -> Question:
        """The card as it is asked. Raises CardError when it cannot be asked."""

    @abstractmethod
    def grade(self, question: Question, response: Response) -> Verdict | None:
        """The verdict; None when the learner judges alone."""

    @abstractmethod
    def right(self, question: Question) -> Response:
        """A right response; None where the learner judges."""

    @abstractmethod
    def difference(self, base: Card, translated: Card) -> str:
        """How a translation's structure differs from the deck's, as a clause; empty when it does not."""

    def retold(self, values: Mapping[str, object], prose: Mapping[str, object]) -> Mapping[str, object]:
        """The values of the deck's fence with those of its translation, which are prose, in the place of its own.

        Raises ValueError, with a clause, where the prose has no place in the deck's card.
        """
        return {**values, **prose}

    def check(self, card: Card, trial: Trial, findings: Findings) -> None:
        """Finds what only asking and grading the card brings to light."""
        for seed in range(min(trial.variants, _GRADED)):
            question = self.ask(card, seed)
            response = self.right(question)
            verdict = self.grade(question, response) if response is not None else None
            if verdict is not None and verdict.outcome is not Outcome.RIGHT:
                message = (
                    f"the answer “{self.describe(question, response)}” is not graded as right: change how it is written"
                )
                findings.add(card.line, "truth-not-accepted", message, card.id)
                return

    def describe(self, question: Question, response: Response) -> str:  # noqa: ARG002 - a line needs no question
        """A response as the journal keeps it: places count from 1 in the deck's order, so that no shuffle matters."""
        return clean_line(response) if isinstance(response, str) else ""

    def read(self, question: Question, described: str) -> Response:  # noqa: ARG002 - a line needs no question
        """The response that `describe` described."""
        return described


def prompt_of(card: Card, fill: Callable[[Text], Text] = lambda text: text) -> Text:
    """The heading above the question."""
    return fill(tuple(Block("heading", block.spans) for block in card.heading) + card.question)


def places_text(places: Sequence[int]) -> str:
    """Places from 0 as the journal keeps them: from 1, with commas; `-` for none."""
    return ",".join(str(place + 1) if place >= 0 else "-" for place in places)


def read_places(described: str) -> tuple[int, ...]:
    """The places that `places_text` wrote; what is no number counts as none."""
    return tuple(int(part) - 1 if part.isdigit() else -1 for part in described.split(",") if part)
