"""What can be asked of the process, and how it is answered. The journal is read there, so that no screen waits for it.

The engine gives no progress within a fit and cannot be interrupted in it: so its work is done in a process, step by
step, which tells of each step and can be ended at any time. Nothing is written here but memories, in one transaction.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studytui.desk import scheduler_of
from studytui.frozen import frozen
from studytui.journal import Journal
from studytui.journal.learnt import Moved
from studytui.memory.fitting import Fit
from studytui.memory.forecast import DAYS, Cards, Forecast, Rules
from studytui.memory.schedule import DEFAULT_PARAMETERS
from studytui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    #: How many steps are done, of how many, and what comes now.
    Tell = Callable[[int, int, str], None]


@frozen
class FitRequest:
    """Fit parameters to a journal. `settings` has those in use."""

    journal: Path
    settings: Settings


@frozen
class Fitted:
    """A fit, and how the due dates would move if it were adopted; None when it is not better."""

    fit: Fit
    moved: Moved | None


@frozen
class ForecastRequest:
    """Forecast the work with some decks from a day on, or with some of their cards alone."""

    journal: Path
    settings: Settings
    decks: tuple[str, ...]
    today: int
    days: int = DAYS
    cards: tuple[str, ...] | None = None


@frozen
class Reschedule:
    """Compute all memories by the settings, before the program itself goes on with them; tells what moves."""

    journal: Path
    settings: Settings


Request = FitRequest | ForecastRequest | Reschedule
Answer = Fitted | Forecast | Moved


def answer(request: Request, tell: Tell) -> Answer:
    """Does what is asked. Raises Problem when it cannot be done."""
    match request:
        case FitRequest():
            return _fitted(request, tell)
        case ForecastRequest():
            return _forecast(request, tell)
        case Reschedule():
            return _rescheduled(request, tell)


def _rescheduled(request: Reschedule, tell: Tell) -> Moved:
    def progress(done: int, of: int) -> None:
        tell(0, 1, f"{100 * done // max(of, 1)} %")

    scheduler = scheduler_of(request.settings)
    with Journal.inspect(request.journal, scheduler) as journal:
        before = journal.learnt.due_days()
    with Journal.open(request.journal, scheduler, progress=progress) as journal:
        return Moved.between(before, journal.learnt.due_days())


def _fitted(request: FitRequest, tell: Tell) -> Fitted:
    from dataclasses import replace

    from studytui.memory.evaluation import Dataset
    from studytui.memory.fitting import fit
    from studytui.memory.training import histories

    with Journal.inspect(request.journal, scheduler_of(request.settings)) as journal:
        tell(0, 1, "reading the journal")
        data = Dataset(histories((card, rating, day) for card, rating, day, _ in journal.learnt.reviews()))
        found = fit(
            data,
            request.settings.parameters or DEFAULT_PARAMETERS,
            relearning_steps=len(request.settings.relearning_steps),
            progress=tell,
        )
        if not found.better:
            return Fitted(found, None)
        return Fitted(found, journal.learnt.moved(scheduler_of(replace(request.settings, parameters=found.parameters))))


def _forecast(request: ForecastRequest, tell: Tell) -> Forecast:
    from studytui.memory.forecast import forecast, habits

    settings = request.settings
    with Journal.inspect(request.journal, scheduler_of(settings)) as journal:
        tell(0, 1, "reading the journal")
        strengths = journal.learnt.strengths(request.decks, request.cards)
        reviews = list(journal.learnt.reviews())
    chosen = set(request.decks if request.cards is None else request.cards)
    known = habits(
        (row for row in reviews if (row[0].partition("/")[0] if request.cards is None else row[0]) in chosen), reviews
    )
    cards = Cards(
        tuple(stability for stability, _, _ in strengths.seen),
        tuple(difficulty for _, difficulty, _ in strengths.seen),
        tuple(max(request.today - last, 0) for _, _, last in strengths.seen),
        sum(count for _, count in strengths.unseen),
        settings.new_per_day,
        tuple((count, settings.deck_settings(deck).new_per_day) for deck, count in strengths.unseen),
    )
    rules = Rules(
        settings.parameters or DEFAULT_PARAMETERS,
        settings.maximum_interval,
        len(settings.learning_steps),
        len(settings.relearning_steps),
    )
    return forecast(cards, rules, known, request.days, progress=tell)
