"""A learner made of numbers: forgets by FSRS with parameters of their own, and studies day after day, from a seed.

Used where a test needs a journal that looks like years of study: statistics, fitting, rebuilds. What the learner truly
remembers is known here and hidden from the program, as it is in life:

    learner = Learner(cards=[f"deck/card-{n}" for n in range(2_000)])
    entries = learner.entries(days=365)            # about 29,000, in the order of time, in a second
    learner.write(path, scheduler, entries)        # a journal on the disk, rebuilt once

Each morning the learner opens the program; due cards come first, the longest due before the others, then new ones, and
learning steps are waited for. Whether a card is remembered is drawn from its true retrievability; the ratings of what
is remembered are drawn like those of people (hard 10 %, good 80 %, easy 10 %). The scheduler that says when cards come
is the program's; the memory that decides is `truth`, another one.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studytui.journal import Journal, Registration
from studytui.journal.rows import APPEND, entry_row
from studytui.memory.model import Action, Entry, Memory, Moment, Rating, State
from studytui.memory.recall import retrievability
from studytui.memory.schedule import DEFAULT_PARAMETERS, Scheduler

DAY_MS = 86_400_000
MINUTE_MS = 60_000
#: A learner whose memories last somewhat less long than those of FSRS's average one.
TRUTH = tuple(value * 0.8 if index < 4 else value for index, value in enumerate(DEFAULT_PARAMETERS))
#: Now and then even what was seen a minute ago is not known.
_ATTENTION = 0.98


@dataclass
class Learner:
    """Settings of a life with cards.

    `offsets` are the minutes ahead of UTC on each day, repeated: one for who stays at home, several for travel and DST.
    `missed` is the chance that a day passes without study. Sessions begin at `hour` of local time, give or take two.
    """

    cards: Sequence[str]
    seed: int = 1
    truth: Sequence[float] = TRUTH
    scheduler: Scheduler = field(default_factory=Scheduler)
    new_per_day: int = 20
    reviews_per_day: int = 200
    missed: float = 0.05
    hour: int = 18
    offsets: Sequence[int] = (0,)
    first_day: int = 20_000

    def entries(self, days: int) -> list[Entry]:
        """The reviews of so many days, oldest first. The same for the same settings."""
        life = _Life(self)
        for number in range(days):
            life.live(self.first_day + number, self.offsets[number % len(self.offsets)])
        return life.entries

    def write(self, path: Path, entries: Iterable[Entry]) -> None:
        """A journal that knows the cards' decks and holds the entries, its memories derived from them.

        The rows are written past the journal: a durable answer takes a millisecond, sixty thousand a minute.
        """
        with Journal.open(path, self.scheduler) as journal:
            journal.decks.register_all(_registrations(self.cards))
        with contextlib.closing(sqlite3.connect(path)) as connection, connection:
            connection.executemany(APPEND, map(entry_row, entries))
        with Journal.open(path, self.scheduler) as journal:
            journal.rebuild()


class _Life:
    """The days as they pass."""

    def __init__(self, learner: Learner) -> None:
        self._learner = learner
        self._chance = random.Random(learner.seed)
        self._truth = Scheduler(learner.truth, learning_steps=(), relearning_steps=())
        self._true: dict[str, Memory] = {}
        self._known: dict[str, Memory] = {}
        self._unseen = list(reversed(learner.cards))
        self._due: dict[int, list[str]] = {}
        self._late: list[str] = []
        self.entries: list[Entry] = []

    def live(self, day: int, offset: int) -> None:
        """One day: what is due, then what is new, then learning steps until none is left."""
        self._late += sorted(self._due.pop(day, []))
        if self._chance.random() < self._learner.missed:
            return
        hour = self._learner.hour + self._chance.uniform(-2, 2)
        now = day * DAY_MS + int(hour * 60) * MINUTE_MS - offset * MINUTE_MS
        today, self._late = self._late[: self._learner.reviews_per_day], self._late[self._learner.reviews_per_day :]
        today += [self._unseen.pop() for _ in range(min(self._learner.new_per_day, len(self._unseen)))]
        while today:
            again = []
            for card in today:
                now += self._answer(card, now, offset)
                known = self._known[card]
                if known.state is State.REVIEW:
                    self._due.setdefault(max(known.due_day, day + 1), []).append(card)
                else:
                    again.append(card)
            today = again
            now = max([now, *(self._known[card].due_ms for card in again)])

    def _answer(self, card: str, now: int, offset: int) -> int:
        """Answers a card; the milliseconds that it took."""
        day = self._learner.scheduler.day_of(Moment(now, offset))
        rating = self._rating(card, day)
        taken = int(self._chance.lognormvariate(1.8, 0.5) * 1_000) * (2 if rating is Rating.AGAIN else 1)
        self._true[card] = self._truth.reviewed(self._true.get(card), card, rating, now, day)
        self._known[card] = self._learner.scheduler.reviewed(self._known.get(card), card, rating, now, day)
        verdict = "wrong" if rating is Rating.AGAIN else "right"
        self.entries.append(
            Entry(
                card, Action.REVIEW, now, offset, day, rating=rating, verdict=verdict, duration_ms=taken,
                seed=len(self.entries), engine=self._learner.scheduler.engine,
            )
        )  # fmt: skip
        return taken

    def _rating(self, card: str, day: int) -> Rating:
        true = self._true.get(card)
        if true is None:
            return self._chance.choices(tuple(Rating), (30, 10, 50, 10))[0]
        if self._chance.random() > _ATTENTION * retrievability(true.stability, day - true.last_day, self._truth.decay):
            return Rating.AGAIN
        return self._chance.choices((Rating.HARD, Rating.GOOD, Rating.EASY), (10, 80, 10))[0]


def _registrations(cards: Sequence[str]) -> list[Registration]:
    decks: dict[str, list[tuple[str, str]]] = {}
    for card in cards:
        decks.setdefault(card.partition("/")[0], []).append((card, ""))
    return [Registration(deck, deck.title(), f"{deck}.md", "learner", of_deck) for deck, of_deck in decks.items()]
