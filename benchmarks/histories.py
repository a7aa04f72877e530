"""A million reviews of a hundred thousand cards, seeded: the same for StudyTUI's journal and Anki's collection.

No memory model is at work here, or the benchmark would need the program that it measures: intervals grow by a factor of
the card's own, nine of ten answers are right, and learning steps come within the day, as in collections that people
have. `tests/support/learner.py` is the learner that forgets by FSRS.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

DAY_MS = 86_400_000
MINUTE_MS = 60_000
#: Answers are given between these milliseconds of a UTC day: far from where a day begins, for Anki and for StudyTUI.
_FROM, _TO = 9 * 3_600_000, 21 * 3_600_000
#: The days over which cards are begun, and those after which no card is followed any more.
_BEGUN, _LONGEST = 80, 400

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Histories:
    """One array each, oldest review first. `day` counts from 1970, `rating` is 1 to 4, `duration` in milliseconds."""

    card: Array
    time: Array
    day: Array
    rating: Array
    duration: Array


def histories(cards: int, reviews: int, today: int, seed: int = 1) -> Histories:
    """The first so many `reviews` of so many `cards`, moved so that the last of them was made yesterday.

    Raises ValueError when so many reviews are more than the cards come to in a year.
    """
    chance = np.random.default_rng(seed)
    number = np.arange(cards)
    day = np.sort(chance.integers(0, _BEGUN, cards))
    moment = chance.integers(_FROM, _TO, cards)
    growth = chance.uniform(1.6, 2.6, cards)
    interval = np.zeros(cards)
    steps = np.full(cards, 2)  # learning steps that are still to come
    rows: list[tuple[Array, ...]] = []
    while number.size:
        learning = steps > 0
        luck = chance.random(number.size)
        rating = np.where(luck < 0.1, 1, np.where(luck < 0.2, 2, np.where(luck < 0.9, 3, 4)))
        rows.append((number, day, moment, rating))
        again = rating == 1
        steps = np.where(again, np.where(learning, 2, 1), np.where(rating == 4, 0, np.maximum(steps - (rating > 2), 0)))
        interval = np.where(again, 0.0, np.where(learning, interval, np.maximum(interval * growth, interval + 1)))
        within = steps > 0
        # Some cards are seen a day or two late.
        late = np.where(chance.random(number.size) < 0.15, chance.integers(1, 3, number.size), 0)
        day = np.where(within, day, day + np.maximum(np.rint(interval), 1).astype(int) + late)
        moment = np.where(within, moment + 10 * MINUTE_MS, chance.integers(_FROM, _TO, number.size))
        going = day < _LONGEST
        number, day, moment, growth, interval, steps = (
            each[going] for each in (number, day, moment, growth, interval, steps)
        )
    card, days, moments, ratings = (np.concatenate(column) for column in zip(*rows, strict=True))
    if card.size < reviews:
        raise ValueError(f"{cards} cards have only {card.size} reviews; ask for fewer")
    order = np.argsort(days * DAY_MS + moments, kind="stable")[:reviews]
    card, days, moments, ratings = (each[order] for each in (card, days, moments, ratings))
    days += today - 1 - days[-1]
    return Histories(card, days * DAY_MS + moments, days, ratings, chance.integers(2_000, 20_000, reviews))
