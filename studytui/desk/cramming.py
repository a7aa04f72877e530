"""Sittings over any cards that record nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.cram import CramSession
from studytui.memory.queue import Due, DueCard, Queue
from studytui.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studytui.desk import Desk
    from studytui.journal import Journal
    from studytui.session import Session


class Cramming:
    """Which cards to cram, and the sitting."""

    def __init__(self, desk: Desk, journal: Journal) -> None:
        self._desk, self._journal = desk, journal

    def cards(
        self, decks: Sequence[str] | None, search: str, progress: Callable[[int, int], object] | None = None
    ) -> list[str]:
        """The ids of the cards of some decks, or of all, that a search finds. Raises Problem where there is none."""
        cards = self._desk.decks.cards_of(decks)
        if search:
            among = set(cards)
            cards = [card for card in self._desk.search.found(search, progress) if card in among]
        if not cards:
            raise Problem("no card is found to cram; `studytui search` shows what a search finds")
        return cards

    def session(self, cards: Sequence[str]) -> Session:
        """A sitting over any cards, in this order, that records nothing: whatever is answered, no schedule changes.

        Cards that no deck holds are left out.
        """
        desk = self._desk
        held = set(desk.decks.cards_of())
        asked = tuple([DueCard(card) for card in cards if card in held])
        day = Due(desk.day.today, 0, review=asked)
        return CramSession(self._journal, desk.decks.card, Queue(day), desk.schedule.scheduler, desk.clock)
