"""The scheduler in use, and the way to the one that the settings ask for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studytui.memory.balance import COUNTED, Load
from studytui.memory.schedule import DEFAULT_PARAMETERS, Scheduler

if TYPE_CHECKING:
    from studytui.desk import Desk
    from studytui.journal import Journal
    from studytui.journal.learnt import Moved
    from studytui.settings import Settings


class Schedule:
    """By which rules the memory of all cards was computed: `scheduler`, until others are taken."""

    def __init__(self, desk: Desk, journal: Journal, scheduler: Scheduler) -> None:
        self._desk, self._journal, self.scheduler = desk, journal, scheduler

    @property
    def is_as_set(self) -> bool:
        """Whether the memory of all cards is the one that the settings ask for."""
        wanted = scheduler_of(self._desk.settings)
        return (wanted.identity, wanted.day_start) == (self.scheduler.identity, self.scheduler.day_start)

    def reviews_count(self) -> int:
        """How many reviews the journal holds, but those that were taken back."""
        return self._journal.learnt.count()

    def moved(self) -> Moved:
        """Which due dates `recompute` would move; takes as long."""
        return self._journal.learnt.moved(scheduler_of(self._desk.settings))

    def recompute(self) -> None:
        """Schedules by the settings as they are now. Computes the memory of all cards again if they ask for another."""
        self.scheduler = scheduler_of(self._desk.settings)
        self._journal.reschedule(self.scheduler)

    def take(self) -> bool:
        """`recompute` once the journal was computed by the settings beside this; whether it was."""
        if not self._journal.is_computed_by(scheduler_of(self._desk.settings)):
            return False
        self.recompute()
        return True

    def load(self) -> Load:
        """How busy the coming days are, for whoever gives new due dates; by the settings of this moment."""
        desk = self._desk
        counts = partial(self._journal.due_on_days, self.scheduler.day_of(desk.clock()), COUNTED)
        return Load(counts if desk.settings.load_balance else None, desk.settings.easy_days)


def scheduler_of(settings: Settings) -> Scheduler:
    """The scheduler that the learner's settings ask for."""
    return Scheduler(
        settings.parameters or DEFAULT_PARAMETERS,
        desired_retention=settings.desired_retention,
        deck_retention=settings.deck_retention,
        learning_steps=settings.learning_steps,
        relearning_steps=settings.relearning_steps,
        maximum_interval=settings.maximum_interval,
        day_start=settings.day_start,
    )
