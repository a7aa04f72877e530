"""What the options of a choice, and those of a whole deck, give away: equal ones, and habits of whoever wrote them."""

from __future__ import annotations

import re
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

from studytui.deck.blocks import plain
from studytui.deck.kinds.choice import Choice
from studytui.deck.phrases import normal, said
from studytui.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studytui.deck.codes import Findings
    from studytui.deck.model import Card

#: A habit is told from so many choices on, when it shows in more than this share of them and chance would bring that
#: about in fewer than this share of decks: with four options and five choices, four longest ones (1.6 %) are a habit.
FEWEST_CHOICES, SHARE, CHANCE = 5, 0.6, 0.05

_NUMBER = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?(?:/\d+)?%?")


def check_options(card: Card, findings: Findings) -> None:
    """Finds two options of one value, written in different ways."""
    if not isinstance(card.content, Choice):
        return
    values: dict[Fraction, str] = {}
    for option in card.content.options:
        words = plain(option).strip()
        value = _value(words)
        if value is None:
            continue
        if value in values:
            message = f"the options “{values[value]}” and “{words}” are one value: change or remove one"
            findings.add(card.line, "equal-options", message, card.id)
        values.setdefault(value, words)


def check_habits(cards: Iterable[Card], findings: Findings, *, places: bool = True) -> None:
    """Finds what a learner could go by without knowing: the right option is the longest, or always stands first."""
    choices = [card for card in cards if isinstance(card.content, Choice) and len(card.content.correct) == 1]
    if len(choices) < FEWEST_CHOICES:
        return
    longest = [card for card in choices if _is_longest(card)]
    if _is_habit(len(longest), choices):
        message = (
            f"the right option is the longest in {len(longest)} of {len(choices)} choices, which a learner notices: "
            "shorten it, or say more in the wrong ones"
        )
        findings.add(longest[0].line, "right-is-longest", message)
    if not places:
        return
    stand = [_content(card).correct[0] for card in choices]
    place = max(set(stand), key=stand.count)
    if _is_habit(stand.count(place), choices, ways=len(_content(choices[0]).options)):
        message = (
            f"the right option is written in place {place + 1} in {stand.count(place)} of {len(choices)} choices: "
            "vary it, for whoever reads the file"
        )
        findings.add(choices[stand.index(place)].line, "right-in-one-place", message)


def _is_habit(hits: int, choices: Sequence[Card], ways: int = 1) -> bool:
    """Whether so many hits are a habit; there are `ways` in which chance could have brought them about."""
    count = len(choices)
    chance = sum(1 / len(_content(card).options) for card in choices) / count
    by_chance = sum(comb(count, n) * chance**n * (1 - chance) ** (count - n) for n in range(hits, count + 1))
    return hits > SHARE * count and ways * by_chance < CHANCE


def _is_longest(card: Card) -> bool:
    content = _content(card)
    widths = [display_width(said(option)) for option in content.options]
    right = widths.pop(content.correct[0])
    return right > max(widths)


def _value(words: str) -> Fraction | None:
    """The value of an option that is a number: with commas, as a fraction, as a percentage."""
    text = normal(words).replace("−", "-").rstrip(".").replace(" ", "")
    if _NUMBER.fullmatch(text) is None:
        return None
    try:
        number = Fraction(text.rstrip("%").replace(",", ""))
    except (ValueError, ZeroDivisionError):
        return None
    return number / 100 if text.endswith("%") else number


def _content(card: Card) -> Choice:
    assert isinstance(card.content, Choice)  # noqa: S101 - only choices are looked at
    return card.content
