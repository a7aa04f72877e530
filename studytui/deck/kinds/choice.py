"""Choice: a task list; the boxes that are ticked are right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.answer.choices import grade_choice
from studytui.deck.blocks import Block, Text
from studytui.deck.givens import shuffled
from studytui.deck.kinds.kind import SHOWN, Kind, places_text, prompt_of, read_places
from studytui.deck.model import Pick, Question
from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from studytui.answer.verdict import Verdict
    from studytui.deck.codes import Findings
    from studytui.deck.draft import Draft
    from studytui.deck.model import Card, Response


@frozen
class Choice:
    """The options in the deck's order, and the places of the right ones, from 0."""

    options: tuple[Text, ...]
    correct: tuple[int, ...]


class ChoiceKind(Kind):
    """Sections with a task list. Options are shuffled; several ticks make it multi-select."""

    name = "choice"
    contents = (Choice,)

    def claims(self, draft: Draft) -> bool:
        """By a box on any item."""
        from studytui.deck.draft import is_task

        return any(is_task(block) for block in draft.body.blocks)

    def parse(self, draft: Draft, findings: Findings) -> Sequence[Card]:
        """Prose before the list is the question, prose behind it the explanation."""
        from studytui.deck.draft import check_count, check_distinct, find_list, is_task

        listing = find_list(draft, is_task)
        draft.check_names((), findings)
        if listing is None:
            findings.add(draft.line, "mixed-list", "the boxes stand in a nested list: move them out", draft.id)
            return []
        if listing.before and listing.before[-1].form == "bullet":
            line = draft.body.lines[len(listing.before) - 1]
            findings.add(line, "mixed-list", "this item has no box: begin it with [ ] or [x]", draft.id)
        for line, marker in zip(listing.lines, listing.markers, strict=True):
            if not marker:
                findings.add(line, "mixed-list", "this item has no box: begin it with [ ] or [x]", draft.id)
        if listing.second:
            message = "a choice has one list: join the two, or write the second without boxes and with numbers"
            findings.add(listing.second, "second-list", message, draft.id)
        correct = tuple(place for place, marker in enumerate(listing.markers) if marker == "[x]")
        if not correct:
            findings.add(listing.lines[0], "no-correct-option", "no option is right: tick one with [x]", draft.id)
        check_count(len(listing.items), 2, "too-few-options", "options", draft, findings)
        check_distinct(listing.items, listing.lines, "duplicate-option", draft, findings)
        return [draft.card(self.name, listing.before, listing.after, Choice(listing.items, correct))]

    def ask(self, card: Card, seed: int, *, avoid: Collection[int] = (), focus: str = "") -> Question:  # noqa: ARG002 - nothing is drawn
        """The options in an order that depends on card and seed."""
        content = _content(card)
        permutation = shuffled(len(content.options), card.id, seed)
        options = tuple(content.options[place] for place in permutation)
        truth = tuple(_option(content.options[place]) for place in permutation if place in content.correct)
        form = Pick(options, several=len(content.correct) > 1)
        return Question(card, seed, prompt_of(card), form, truth, card.explanation, permutation=permutation)

    def grade(self, question: Question, response: Response) -> Verdict | None:
        """Every option is judged."""
        if not isinstance(response, frozenset):
            return SHOWN
        content = _content(question.card)
        return grade_choice(response, _correct(question), len(content.options), several=len(content.correct) > 1)

    def right(self, question: Question) -> Response:
        """The places shown of the right options."""
        return _correct(question)

    def describe(self, question: Question, response: Response) -> str:
        """The picked options' places in the deck."""
        if not isinstance(response, frozenset):
            return ""
        return places_text(sorted(question.permutation[shown] for shown in response))

    def read(self, question: Question, described: str) -> Response:
        """The places shown of the options picked."""
        picked = read_places(described)
        return frozenset(shown for shown, place in enumerate(question.permutation) if place in picked)

    def difference(self, base: Card, translated: Card) -> str:
        """Whether there are as many options, with the same ones ticked."""
        ours, theirs = _content(base), _content(translated)
        if len(ours.options) != len(theirs.options):
            return f"{len(theirs.options)} options stand where the deck has {len(ours.options)}"
        return "" if ours.correct == theirs.correct else "other options are ticked than in the deck"


def _correct(question: Question) -> frozenset[int]:
    correct = _content(question.card).correct
    return frozenset(shown for shown, place in enumerate(question.permutation) if place in correct)


def _option(text: Text) -> Block:
    """An option on one line of the truth."""
    return Block("bullet", tuple(span for block in text for span in block.spans))


def _content(card: Card) -> Choice:
    content = card.content
    assert isinstance(content, Choice)  # noqa: S101 - the registry goes by the card's kind
    return content


KIND = ChoiceKind()
