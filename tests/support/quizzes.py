"""A deck with every kind of card, papers of it, and what tests of quizzes do with them."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from studytui.deck.ask import right_response
from studytui.deck.load import load
from studytui.memory.model import Moment
from studytui.quiz.paper import draw_paper
from studytui.quiz.plan import Plan
from studytui.quiz.pool import Pool, PoolCard, PoolDeck
from studytui.quiz.sitting import Quiz

SAMPLE = Path(__file__).parent.parent / "data" / "decks" / "stride-and-padding.md"
CARDS = {card.id: card for card in load(SAMPLE).cards}
SECOND, MINUTE = 1000, 60_000

BREAKFAST = """# Breakfast

## Who eats? {#who}

Everybody.

## Which is a fruit? {#fruit}

- [x] apple
- [ ] bread

## Which are drinks? {#drinks}

- [x] tea
- [x] milk
- [ ] bread
- [ ] salt

## What spreads? {#spread}

```toml
accept = ["butter"]
```

Butter is soft.

## How many eggs? {#eggs}

{people} people eat {eggs} eggs each.

```toml
answer = "people * eggs"

[given]
people = "3..9"
eggs = "3..9"
```

{people} · {eggs} = {answer}

## First to last {#sequence .order}

1. wake
2. cook
3. eat
4. wash

## What goes where? {#places .match}

| food | place |
| --- | --- |
| soup | bowl |
| tea | cup |
| toast | plate |

## Gaps {#gaps .cloze}

Tea is poured from the ==pot== into the ==cup==.
"""


def at(milliseconds):
    return Moment(1_780_000_000_000 + milliseconds, 60)


def cards_of(path):
    """The cards of a deck file that is in order, by id."""
    deck = load(path)
    assert deck.findings == ()
    return {card.id: card for card in deck.cards}


def pool_of(cards, *, titles=None, weakest=lambda decks: ()):
    """A pool of cards given by id, or by the ids of which some may be gone."""
    contents = {each: card for each, card in cards.items() if card is not None}
    decks = {}
    for card in contents.values():
        decks.setdefault(card.deck, []).append(PoolCard(card.id, card.deck, card.kind, card.family, card.tags))
    return Pool(
        tuple(PoolDeck(deck, (titles or {}).get(deck, deck), tuple(found)) for deck, found in decks.items()),
        lambda ids, language: {each: contents[each] for each in ids if each in contents},
        weakest=weakest,
    )


def paper_of(cards, count=20, seed=7, **plan):
    """A paper of cards given by id."""
    return draw_paper(Plan(seed, count=count, **plan), pool_of(cards))


def place_of(paper, card):
    return next(place for place, each in enumerate(paper.questions) if each.card.id.partition("/")[2] == card)


def planned(paper, **changes):
    """The same questions under another plan."""
    return replace(paper, plan=replace(paper.plan, **changes))


def opened(paper, card, minutes=None):
    """A quiz with the question of a card open."""
    quiz = Quiz(planned(paper, minutes=minutes), at(0))
    quiz.go(place_of(paper, card), at(0))
    return quiz


def typed(paper):
    """What to type for a right answer, by card."""
    lines = {}
    for question in paper.questions:
        response = right_response(question)
        if isinstance(response, str):
            lines[question.card.id] = response
        else:
            places = sorted(response) if isinstance(response, frozenset) else response
            lines[question.card.id] = " ".join(str(place + 1) for place in places)
    return lines


class Keyboard(io.StringIO):
    """Lines that a person types."""

    def isatty(self):
        return True
