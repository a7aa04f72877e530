"""What a quiz can be drawn from: decks, and their cards by id, kind and tags. What they hold is read later."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from studytui.deck.registry import KINDS
from studytui.frozen import frozen
from studytui.problems import Problem
from studytui.text import clean_line, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from studytui.deck.model import Card
    from studytui.quiz.plan import Plan

#: So many tags are told where none is near the one that was asked for.
_MOST_TOLD = 12


class PoolCard(NamedTuple):
    """A card that can be chosen. `tags` are its deck's and its own."""

    id: str
    deck: str
    kind: str
    family: str = ""
    tags: tuple[str, ...] = ()


class PoolDeck(NamedTuple):
    """A deck and its cards in its order. `title` is in the learner's language."""

    id: str
    title: str
    cards: tuple[PoolCard, ...]


@frozen
class Pool:
    """Decks in the order in which one learns them.

    `read` gives the cards of some ids in a language, the deck's own where it is empty or there is no translation, and
    leaves out those that are gone. `language` is the learner's. `weakest` gives the cards of some decks that the
    learner has met, worst remembered first.
    """

    decks: tuple[PoolDeck, ...]
    read: Callable[[Sequence[str], str], Mapping[str, Card]]
    language: str = ""
    weakest: Callable[[Sequence[str]], Sequence[str]] = lambda _: ()

    @property
    def titles(self) -> Mapping[str, str]:
        """The decks' titles, by id."""
        return {deck.id: deck.title for deck in self.decks}

    @property
    def tags(self) -> Mapping[str, int]:
        """How many cards have each tag, sorted by name."""
        counted = Counter(tag for deck in self.decks for card in deck.cards for tag in card.tags)
        return {tag: counted[tag] for tag in sorted(counted)}

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many cards there are of each kind that there is, sorted by name."""
        counted = Counter(card.kind for deck in self.decks for card in deck.cards)
        return {kind: counted[kind] for kind in sorted(counted)}

    def cards(self, ids: Sequence[str]) -> Mapping[str, Card]:
        """The cards of some ids, in the learner's language; those that are gone are left out."""
        return self.read(ids, self.language)

    def chosen(self, plan: Plan) -> tuple[PoolDeck, ...]:
        """The decks of a plan with the cards that it lets through, those without any left out.

        Raises Problem for a deck, a tag or a kind that is not there, and when no card is left.
        """
        _known(plan.decks, self.titles, "there is no deck “{}”", "; `studytui due` lists the decks")
        tags = self.tags
        _known(plan.tags, tags, "no card has the tag “{}”", f"; {_some_tags(tags)}")
        _known(plan.kinds, KINDS, "there is no kind “{}”", f"; kinds are {', '.join(sorted(KINDS))}")
        decks = tuple(
            deck._replace(cards=cards)
            for deck in self.decks
            if not plan.decks or deck.id in plan.decks
            if (cards := tuple(card for card in deck.cards if _lets_through(plan, card)))
        )
        if not decks:
            raise Problem(f"{_where(plan)} no card{_which(plan)}: choose others")
        return decks


def _lets_through(plan: Plan, card: PoolCard) -> bool:
    return (not plan.kinds or card.kind in plan.kinds) and (not plan.tags or not set(plan.tags).isdisjoint(card.tags))


def _known(names: Iterable[str], known: Collection[str], unknown: str, otherwise: str) -> None:
    """Raises Problem for the first name that is not known, with the one that was meant, if any is near."""
    for name in names:
        if name not in known:
            shown = clean_line(name[:100])[:40]
            raise Problem(unknown.format(shown) + (did_you_mean(shown, known) or otherwise))


def _some_tags(tags: Collection[str]) -> str:
    if not tags:
        return "these decks have no tags"
    more = f" and {len(tags) - _MOST_TOLD} more" if len(tags) > _MOST_TOLD else ""
    return f"tags are {', '.join(sorted(tags)[:_MOST_TOLD])}{more}"


def _where(plan: Plan) -> str:
    return "this deck has" if len(plan.decks) == 1 else "these decks have" if plan.decks else "the decks have"


def _which(plan: Plan) -> str:
    """What the cards had to be."""
    kinds = f" of the kind {_one_of(plan.kinds)}" if plan.kinds else ""
    return kinds + (f" with the tag {_one_of(plan.tags)}" if plan.tags else "")


def _one_of(names: Sequence[str]) -> str:
    """`a, b or c`."""
    *most, last = map(clean_line, names)
    return f"{', '.join(most)} or {last}" if most else last
