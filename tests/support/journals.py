"""A journal at noon of a day: decks are registered, and cards answered and set aside."""

from __future__ import annotations

from studytui.journal import Journal
from studytui.memory.days import DAY_MS
from studytui.memory.model import Action, Entry, Moment, Rating
from studytui.memory.schedule import Scheduler

SCHEDULER = Scheduler()
NOON = Moment(20_600 * DAY_MS + DAY_MS // 2)
TODAY = SCHEDULER.day_of(NOON)


def at(days: float = 0, minutes: float = 0) -> Moment:
    return Moment(NOON.ms + round(days * DAY_MS + minutes * 60_000))


def deck(journal: Journal, name: str, *cards: str, family: str = "", fingerprint: str = "1") -> None:
    journal.decks.register(
        name, name.title(), f"/decks/{name}.md", fingerprint, [(f"{name}/{card}", family) for card in cards]
    )


def answer(journal: Journal, card: str, now: Moment = NOON, rating: Rating = Rating.EASY, ms: int = 0) -> int:
    """Answers a card; the day it is then due on."""
    entry = Entry(card, Action.REVIEW, now.ms, now.offset, SCHEDULER.day_of(now), rating=rating, duration_ms=ms)
    memory = journal.record(entry).state.memory
    assert memory is not None
    return memory.due_day


def set_aside(journal: Journal, card: str, action: Action, now: Moment = NOON) -> None:
    journal.record(Entry(card, action, now.ms, now.offset, SCHEDULER.day_of(now)))


def names(cards: tuple[object, ...]) -> list[str]:
    return [card.card for card in cards]  # type: ignore[attr-defined]  # DueCard
