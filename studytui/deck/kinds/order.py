"""Order: a numbered list, to be put back into its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.answer.choices import grade_order
from studytui.deck.blocks import Block, Text
from studytui.deck.givens import shuffled
from studytui.deck.kinds.kind import SHOWN, Kind, places_text, prompt_of, read_places
from studytui.deck.model import Arrange, Question
from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from studytui.answer.verdict import Verdict
    from studytui.deck.codes import Findings
    from studytui.deck.draft import Draft
    from studytui.deck.model import Card, Response


@frozen
class Order:
    """The items, first to last."""

    items: tuple[Text, ...]


class OrderKind(Kind):
    """Sections with the class `.order` and a numbered list."""

    name = "order"
    contents = (Order,)

    def claims(self, draft: Draft) -> bool:
        """By its class."""
        return "order" in draft.classes

    def parse(self, draft: Draft, findings: Findings) -> Sequence[Card]:
        """Prose before the list is the question, prose behind it the explanation."""
        from studytui.deck.draft import check_count, check_distinct, find_list

        listing = find_list(draft, lambda block: block.form == "number")
        draft.check_names((), findings)
        if listing is None:
            findings.add(draft.line, "no-list", "an .order card needs a numbered list (1. 2. 3.): write one", draft.id)
            return []
        if listing.second:
            findings.add(listing.second, "second-list", "an .order card has one numbered list: join the two", draft.id)
        check_count(len(listing.items), 2, "too-few-items", "items", draft, findings)
        check_distinct(listing.items, listing.lines, "duplicate-item", draft, findings)
        return [draft.card(self.name, listing.before, listing.after, Order(listing.items))]

    def ask(self, card: Card, seed: int, *, avoid: Collection[int] = (), focus: str = "") -> Question:  # noqa: ARG002 - nothing is drawn
        """The items in an order that depends on card and seed, and is never the true one."""
        items = _content(card).items
        permutation, attempt = tuple(range(len(items))), 0
        while permutation == tuple(range(len(items))) and len(items) > 1:
            permutation, attempt = shuffled(len(items), card.id, seed, attempt), attempt + 1
        truth = tuple(
            Block("number", tuple(span for block in item for span in block.spans), marker=f"{number}.")
            for number, item in enumerate(items, 1)
        )
        form = Arrange(tuple(items[place] for place in permutation))
        return Question(card, seed, prompt_of(card), form, truth, card.explanation, permutation=permutation)

    def grade(self, question: Question, response: Response) -> Verdict | None:
        """What stands in the longest run that is in order is right."""
        if not isinstance(response, tuple):
            return SHOWN
        return grade_order([question.permutation[shown] for shown in response])

    def right(self, question: Question) -> Response:
        """The places shown, first to last."""
        return _places_shown(question)

    def describe(self, question: Question, response: Response) -> str:
        """The items' places in the deck, in the learner's order."""
        return places_text([question.permutation[shown] for shown in response]) if isinstance(response, tuple) else ""

    def read(self, question: Question, described: str) -> Response:
        """The places shown, in the learner's order."""
        shown = _places_shown(question)
        return tuple(shown[place] for place in read_places(described) if 0 <= place < len(shown))

    def difference(self, base: Card, translated: Card) -> str:
        """Whether there are as many items."""
        ours, theirs = len(_content(base).items), len(_content(translated).items)
        return "" if ours == theirs else f"{theirs} items stand where the deck has {ours}"


def _places_shown(question: Question) -> tuple[int, ...]:
    """For every place in the deck, where it is shown."""
    return tuple(sorted(range(len(question.permutation)), key=lambda shown: question.permutation[shown]))


def _content(card: Card) -> Order:
    content = card.content
    assert isinstance(content, Order)  # noqa: S101 - the registry goes by the card's kind
    return content


KIND = OrderKind()
