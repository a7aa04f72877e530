"""A day as the learner wants it: what is due, the sitting over it, and when it is enough."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.memory.limits import Allowance, Counts, Limits
from studytui.memory.queue import Due, Mix, Order, Queue
from studytui.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.desk import Desk
    from studytui.journal import Journal


@frozen
class DeckLine:
    """A deck as the home screen lists it."""

    id: str
    title: str
    file: str
    counts: Counts


@frozen
class Overview:
    """What the home screen and `studytui due` show. `all` holds the day's limits: it may be less than the sum.

    `quiz` is the header of the quiz that waits to be gone on with; empty without one.
    """

    day: int
    decks: tuple[DeckLine, ...]
    all: Counts
    streak: int
    answers_today: int
    orphans: int
    findings: int
    finished: bool = False
    quiz: str = ""


class Day:
    """The learner's present day, over the open decks."""

    def __init__(self, desk: Desk, journal: Journal) -> None:
        self._desk, self._journal = desk, journal

    @property
    def today(self) -> int:
        """The learner's day of this moment."""
        return self._desk.schedule.scheduler.day_of(self._desk.clock())

    def overview(self, decks: Sequence[str] | None = None) -> Overview:
        """The decks with what they have for today."""
        desk, moment = self._desk, self._desk.clock()
        day, known = desk.schedule.scheduler.day_of(moment), desk.decks.open
        siblings = not desk.settings.bury_siblings
        counts = self._journal.counts(moment, desk.decks.or_all(decks), self._limits, siblings=siblings)
        lines = tuple(
            DeckLine(deck, known[deck].title_in(desk.language), known[deck].file, count)
            for deck, count in counts.decks.items()
            if deck in known
        )
        done = self._journal.today(day)
        return Overview(
            day, lines, counts.all, self._journal.streak(day), done.answers, len(self._journal.decks.orphans()),
            len(desk.decks.findings), counts.finished, self._journal.waiting_quiz(),
        )  # fmt: skip

    def session(self, decks: Sequence[str] | None = None) -> Session:
        """A sitting over what is due now in some decks, or in all."""
        desk = self._desk
        session = Session(
            self._journal,
            desk.decks.card,
            Queue(self._due(decks), mix=Mix(desk.settings.new_cards)),
            desk.schedule.scheduler,
            desk.clock,
            quick_seconds=desk.settings.quick_seconds,
            load=desk.schedule.load(),
            leech_lapses=desk.settings.leech_lapses,
        )
        session.finished = not any(session.counts) and self.is_finished
        return session

    def finish(self) -> None:
        """The rest of today's cards wait until tomorrow; their schedule stays as it is."""
        self._journal.allow(self._desk.clock(), lambda allowed: replace(allowed, finished=True))

    @property
    def is_finished(self) -> bool:
        """Whether the learner has finished the present day."""
        return self._journal.allowance(self._desk.clock()).finished

    def go_on(self, decks: Sequence[str] | None = None, count: int = 10) -> int:
        """Takes a finished day up as it was left; where nothing was left, and on any other, so many cards `more`."""
        if self.is_finished:
            self._take_up()
            due = self._due(decks)
            if left := len(due.learning) + len(due.review) + len(due.new):
                return left
        return self.more(decks, count)

    def more(self, decks: Sequence[str] | None = None, count: int = 10) -> int:
        """Allows so many cards beyond today's limits, reviews before new ones, and takes a finished day up again.

        Gives how many cards there are then to ask; none when nothing is left beyond the limits.
        """
        self._take_up()
        now, beyond = self._due(decks), self._due(decks, self._limits.raised(count, count))
        reviews = len(beyond.review) - len(now.review)
        new = min(len(beyond.new) - len(now.new), count - reviews)
        if reviews or new:
            self._journal.allow(
                self._desk.clock(), lambda allowed: Allowance(allowed.new + new, allowed.reviews + reviews)
            )
        return len(now.learning) + len(now.review) + len(now.new) + reviews + new

    def _take_up(self) -> None:
        self._journal.allow(self._desk.clock(), lambda allowed: replace(allowed, finished=False))

    def _due(self, decks: Sequence[str] | None, limits: Limits | None = None) -> Due:
        desk = self._desk
        return self._journal.due(
            desk.clock(),
            desk.decks.or_all(decks),
            limits or self._limits,
            Order(desk.settings.order),
            siblings=not desk.settings.bury_siblings,
        )

    @property
    def _limits(self) -> Limits:
        settings = self._desk.settings
        own = {deck: Limits(*limits) for deck, limits in settings.deck_limits.items()}
        return Limits(settings.new_per_day, settings.reviews_per_day, own)
