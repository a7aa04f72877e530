"""What a desired retention costs: cards simulated day by day, as FSRS-6 and the learner's habits have them.

fsrs-rs has a simulator, too, but what its Python package offers of it begins with no card learnt; here the learner's
own cards go on from where they stand. Imported only to forecast: it brings numpy.

A card is asked once a day: by chance it is remembered, with the probability that FSRS gives it, and rated as the
learner rates. What follows on the same day, the learning steps, is taken to go well. No limit of reviews holds, since
the question is how much work there is; new cards come as many a day as the settings say, until there are none left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studytui.frozen import frozen
from studytui.memory.evaluation import retrievability
from studytui.memory.schedule import LONGEST_INTERVAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

#: The retentions that are simulated.
RETENTIONS = tuple(round(0.70 + step / 100, 2) for step in range(28))
DAYS = 365
SEED = 2026
#: With fewer cards, chance would show: they are simulated several times over, and the mean is told.
_ENOUGH_CARDS = 5_000
_MOST_COPIES = 40
#: An answer that took longer was an interruption, and counts as so long.
LONGEST_ANSWER_MS = 5 * 60_000
#: With fewer days of a kind the learner's own mean says little: a default is taken.
LEAST_DAYS = 20
#: So many cards, with all their copies, are simulated at a time.
_AT_ONCE = 500_000
_LEAST_STABILITY = 0.001


@frozen
class Habits:
    """How long a card takes on a day, all its showings together, and how the learner rates.

    Seconds: of a new card, and of a review by its first rating (again, hard, good, easy). `first` are the shares of the
    four ratings on new cards, `kept` those of hard, good and easy on remembered ones. `own` says how many of the five
    times are the learner's.
    """

    new_seconds: float = 30.0
    review_seconds: tuple[float, float, float, float] = (35.0, 15.0, 12.5, 9.0)
    first: tuple[float, float, float, float] = (0.24, 0.095, 0.495, 0.17)
    kept: tuple[float, float, float] = (0.225, 0.63, 0.145)
    own: int = 0


#: What is taken where the journal says too little; near to what fsrs-rs's own simulator assumes.
DEFAULT_HABITS = Habits()


@frozen
class Cards:
    """The cards that a forecast is about. Lists by card: stability, difficulty, and days since the last review.

    `unseen` are the cards still to be learnt, `new_per_day` of them a day. `decks` says how they lie in decks, in
    the order in which these are learnt: how many cards, and the deck's own new cards a day, None where it sets none.
    """

    stability: tuple[float, ...]
    difficulty: tuple[float, ...]
    elapsed: tuple[int, ...]
    unseen: int
    new_per_day: int
    decks: tuple[tuple[int, int | None], ...] = ()

    def fresh(self, days: int) -> list[int]:
        """How many new cards each of some days brings, deck after deck within the limits."""
        left = [[count, count if own is None else own] for count, own in self.decks or ((self.unseen, None),)]
        fresh = []
        for _ in range(days):
            room = self.new_per_day
            for deck in left:
                taken = min(room, *deck)
                deck[0] -= taken
                room -= taken
            fresh.append(self.new_per_day - room)
        return fresh

    @property
    def count(self) -> int:
        """All of them."""
        return len(self.stability) + self.unseen


@frozen
class Rules:
    """What a card is scheduled by. The steps are how many there are."""

    parameters: tuple[float, ...]
    maximum_interval: int = LONGEST_INTERVAL
    learning_steps: int = 2
    relearning_steps: int = 1


@frozen
class Outlook:
    """What one desired retention brings: means a day, and the cards that are remembered at the end of it all."""

    retention: float
    reviews: float
    new: float
    minutes: float
    remembered: float

    def cost(self, days: int) -> float:
        """Minutes for each card that is remembered in the end."""
        return self.minutes * days / self.remembered if self.remembered else float("inf")


@frozen
class Forecast:
    """Outlooks by rising retention, over so many days and cards."""

    days: int
    cards: int
    unseen: int
    habits: Habits
    outlooks: tuple[Outlook, ...]

    @property
    def least_work(self) -> Outlook:
        """The one that costs the fewest minutes for each card remembered in the end."""
        return min(self.outlooks, key=lambda each: each.cost(self.days))

    def at(self, retention: float) -> Outlook:
        """The outlook nearest to a retention."""
        return min(self.outlooks, key=lambda each: abs(each.retention - retention))


def forecast(
    cards: Cards,
    rules: Rules,
    habits: Habits = DEFAULT_HABITS,
    days: int = DAYS,
    *,
    retentions: Sequence[float] = RETENTIONS,
    seed: int = SEED,
    progress: Callable[[int, int, str], None] = lambda done, total, what: None,  # noqa: ARG005 - nobody listens
) -> Forecast:
    """Simulates the retentions, as many at a time as is quick. The same arguments always give the same forecast."""
    group = max(_AT_ONCE // max(cards.count * _copies(cards), 1), 1)
    outlooks: list[Outlook] = []
    for first in range(0, len(retentions), group):
        chosen = retentions[first : first + group]
        progress(first, len(retentions), f"retention {chosen[0]:.2f}")
        outlooks += simulate(cards, rules, habits, days, chosen, seed)
    return Forecast(days, cards.count, cards.unseen, habits, tuple(outlooks))


def _copies(cards: Cards) -> int:
    return min(max(_ENOUGH_CARDS // max(cards.count, 1), 1), _MOST_COPIES)


def simulate(
    cards: Cards, rules: Rules, habits: Habits, days: int, retentions: Sequence[float], seed: int = SEED
) -> list[Outlook]:
    """The outlook of each retention."""
    copies, count = _copies(cards), len(retentions)
    deck = _Deck(cards, rules, retentions, copies)
    chance = np.random.default_rng(seed)
    reviews, new, seconds = np.zeros(count), np.zeros(count), np.zeros(count)
    kept, first = np.cumsum(habits.kept), np.cumsum(habits.first)
    times = np.asarray(habits.review_seconds)
    for day, newcomers in enumerate(cards.fresh(days)):
        due = deck.due(day)
        remembered = chance.random(len(due)) < deck.retrievability(due, day)
        rating = np.where(remembered, 2 + _drawn(kept, chance.random(len(due))), 1)
        deck.review(due, day, rating)
        fresh = deck.fresh(newcomers)
        deck.learn(fresh, day, 1 + _drawn(first, chance.random(len(fresh))))
        reviews += deck.by_retention(due)
        new += deck.by_retention(fresh)
        seconds += deck.by_retention(due, times[rating - 1])
    minutes = (seconds + habits.new_seconds * new) / 60
    table = np.stack([reviews / days, new / days, minutes / days, deck.remembered(days)]) / copies
    return [Outlook(each, *map(float, column)) for each, column in zip(retentions, table.T, strict=True)]


def _drawn(cumulative: Floats, chance: Floats) -> Whole:
    """The place of each chance among shares that add up."""
    drawn: Whole = np.minimum(np.searchsorted(cumulative, chance, side="right"), len(cumulative) - 1)
    return drawn


class _Deck:
    """All copies of the cards under all retentions at once: those of one card side by side, the unseen ones last."""

    def __init__(self, cards: Cards, rules: Rules, retentions: Sequence[float], copies: int) -> None:
        self._memory, self._rules, self._count = Fsrs(rules.parameters), rules, len(retentions)
        width = copies * len(retentions)
        decay = -rules.parameters[20]
        # An interval is so many stabilities long: R(t, S) = retention, solved for t.
        stretches = (np.asarray(retentions) ** (1 / decay) - 1) / (0.9 ** (1 / decay) - 1)
        self._which = np.tile(np.repeat(np.arange(len(retentions)), copies), cards.count)
        self._stretch = stretches[self._which]
        self._width, self._seen, self._all = width, len(cards.stability) * width, cards.count * width
        unseen = [0] * cards.unseen
        self.stability = np.repeat(np.asarray([*cards.stability, *unseen], float), width)
        self.difficulty = np.repeat(np.asarray([*cards.difficulty, *unseen], float), width)
        self._last = -np.repeat(np.asarray([*cards.elapsed, *unseen], np.int64), width)
        self._due = self._last + self._interval(np.arange(self._all))

    def due(self, day: int) -> Whole:
        """The places of the cards to review on a day."""
        return np.flatnonzero(self._due[: self._seen] <= day)

    def fresh(self, count: int) -> Whole:
        """The places of the day's new cards, so many of them, which are then seen."""
        first = self._seen
        self._seen = min(self._seen + count * self._width, self._all)
        return np.arange(first, self._seen)

    def retrievability(self, places: Whole, day: int) -> Floats:
        """How likely cards are remembered."""
        return retrievability(self.stability[places], day - self._last[places], self._rules.parameters)

    def remembered(self, day: int) -> Floats:
        """How many of the cards that were seen are remembered on a day, by retention."""
        seen = np.arange(self._seen)
        return self.by_retention(seen, self.retrievability(seen, day))

    def by_retention(self, places: Whole, weights: Floats | None = None) -> Floats:
        """How many places there are of each retention, or what they weigh."""
        counts: Floats = np.bincount(self._which[places], weights, self._count).astype(np.float64)
        return counts

    def review(self, places: Whole, day: int, rating: Whole) -> None:
        """Reviews with these ratings; what was forgotten goes through the relearning steps."""
        stability, difficulty = self._memory.review(
            self.stability[places], self.difficulty[places], self.retrievability(places, day), rating
        )
        steps = np.where(rating == 1, self._rules.relearning_steps, 0)
        self._keep(places, day, *self._memory.steps(stability, difficulty, steps))

    def learn(self, places: Whole, day: int, rating: Whole) -> None:
        """First reviews with these ratings, and the learning steps that follow."""
        count = self._rules.learning_steps
        steps = np.where(rating == 4, 0, np.where(rating == 3, max(count - 1, 0), count))
        self._keep(places, day, *self._memory.steps(*self._memory.first(rating), steps))

    def _keep(self, places: Whole, day: int, stability: Floats, difficulty: Floats) -> None:
        self.stability[places], self.difficulty[places], self._last[places] = stability, difficulty, day
        self._due[places] = day + self._interval(places)

    def _interval(self, places: Whole) -> Whole:
        days = np.rint(self.stability[places] * self._stretch[places])
        whole: Whole = np.clip(days, 1, self._rules.maximum_interval).astype(np.int64)
        return whole


class Fsrs:
    """FSRS-6 over arrays. fsrs-rs has the formulas; tests compare the two."""

    def __init__(self, parameters: Sequence[float]) -> None:
        self._w = tuple(parameters)

    def first(self, rating: Whole) -> tuple[Floats, Floats]:
        """Stability and difficulty after the first rating."""
        # S₀(g) = w[g−1]
        stability = np.asarray(self._w)[rating - 1]
        return np.clip(stability, _LEAST_STABILITY, LONGEST_INTERVAL), np.clip(self._first_difficulty(rating), 1, 10)

    def _first_difficulty(self, rating: Whole | int) -> Floats:
        # D₀(g) = w₄ − e^(w₅·(g − 1)) + 1
        difficulty: Floats = self._w[4] - np.exp(self._w[5] * (np.asarray(rating) - 1.0)) + 1
        return difficulty

    def review(self, stability: Floats, difficulty: Floats, recall: Floats, rating: Whole) -> tuple[Floats, Floats]:
        """The same after a review on a later day, when retrievability was `recall`."""
        w = self._w
        # S′ = S·(1 + e^w₈·(11 − D)·S^−w₉·(e^(w₁₀·(1 − R)) − 1)·hard·easy)
        extra = np.where(rating == 2, w[15], np.where(rating == 4, w[16], 1.0))
        grown = np.exp(w[8]) * (11 - difficulty) * stability ** -w[9] * np.expm1(w[10] * (1 - recall)) * extra
        # S′ = min(w₁₁·D^−w₁₂·((S + 1)^w₁₃ − 1)·e^(w₁₄·(1 − R)), S / e^(w₁₇·w₁₈)) when forgotten
        lost = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * np.exp(w[14] * (1 - recall))
        lost = np.minimum(lost, stability / np.exp(w[17] * w[18]))
        after = np.where(rating == 1, lost, stability * (1 + grown))
        return np.clip(after, _LEAST_STABILITY, LONGEST_INTERVAL), self._next_difficulty(difficulty, rating)

    def _next_difficulty(self, difficulty: Floats, rating: Whole | int) -> Floats:
        # D′ = w₇·D₀(4) + (1 − w₇)·(D − w₆·(g − 3)·(10 − D)/9)
        moved = difficulty - self._w[6] * (np.asarray(rating) - 3.0) * (10 - difficulty) / 9
        after: Floats = np.clip(self._w[7] * self._first_difficulty(4) + (1 - self._w[7]) * moved, 1, 10)
        return after

    def steps(self, stability: Floats, difficulty: Floats, count: Whole) -> tuple[Floats, Floats]:
        """The same after so many more showings on the day, all of them rated good."""
        w = self._w
        for done in range(int(np.max(count, initial=0))):
            again = count > done
            # S′ = S·max(e^(w₁₇·(3 − 3 + w₁₈))·S^−w₁₉, 1)
            grown = stability * np.maximum(np.exp(w[17] * w[18]) * stability ** -w[19], 1.0)
            stability = np.where(again, np.clip(grown, _LEAST_STABILITY, LONGEST_INTERVAL), stability)
            difficulty = np.where(again, self._next_difficulty(difficulty, 3), difficulty)
        return stability, difficulty


# -- habits ------------------------------------------------------------------------------------------------------------


def habits(*journals: Iterable[tuple[str, int, int, int]]) -> Habits:
    """What reviews (card, rating, day, milliseconds), card by card, oldest first, say of a learner.

    The first journal that has enough to say of something is believed: those of the decks asked for, then all.
    """
    tallies = [_tally(each) for each in journals]
    means = [
        next((sum(tally[kind]) / len(tally[kind]) for tally in tallies if len(tally[kind]) >= LEAST_DAYS), None)
        for kind in range(5)
    ]
    new, again, hard, good, easy = (
        default if mean is None else mean
        for mean, default in zip(means, (DEFAULT_HABITS.new_seconds, *DEFAULT_HABITS.review_seconds), strict=True)
    )
    first = next((tally[5] for tally in tallies if len(tally[5]) >= LEAST_DAYS), None)
    kept = next((tally[6] for tally in tallies if len(tally[6]) >= LEAST_DAYS), None)
    return Habits(
        new,
        (again, hard, good, easy),
        _shares(first, (1, 2, 3, 4)) if first else DEFAULT_HABITS.first,  # type: ignore[arg-type]  # as many as asked for
        _shares(kept, (2, 3, 4)) if kept else DEFAULT_HABITS.kept,  # type: ignore[arg-type]
        sum(mean is not None for mean in means),
    )


def _shares(ratings: Sequence[float], names: Sequence[int]) -> tuple[float, ...]:
    return tuple(sum(rating == name for rating in ratings) / len(ratings) for name in names)


def _tally(reviews: Iterable[tuple[str, int, int, int]]) -> list[list[float]]:
    """Seconds of days with a new card, and with a review by its rating 1 to 4; first ratings; ratings of the kept."""
    kinds: list[list[float]] = [[] for _ in range(7)]
    last: tuple[str, int] | None = None
    kind = 0
    for card, rating, day, duration in reviews:
        if last != (card, day):
            is_new = last is None or last[0] != card
            kind = 0 if is_new else rating
            kinds[kind].append(0.0)
            if is_new:
                kinds[5].append(rating)
            elif rating > 1:
                kinds[6].append(rating)
            last = card, day
        kinds[kind][-1] += min(max(duration, 0), LONGEST_ANSWER_MS) / 1000
    return kinds
