"""What a search finds among the cards of the open decks, and what Browse does to what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.browsing.searcher import Searched, found
from studytui.desk.decks import register

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.browsing.browser import Browser
    from studytui.desk import Desk
    from studytui.journal import Journal


class Search:
    """Searches through a desk's cards."""

    def __init__(self, desk: Desk, journal: Journal) -> None:
        self._desk, self._journal = desk, journal

    @property
    def searched(self) -> Searched:
        """What a search looks through: all cards of the open decks."""
        desk = self._desk
        return Searched(
            self._journal.path, desk.decks.library, desk.schedule.scheduler, desk.clock, tuple(desk.decks.open),
            desk.settings.leech_lapses,
        )  # fmt: skip

    def found(self, query: str, progress: Callable[[int, int], object] | None = None) -> list[str]:
        """The ids of the cards that a search finds, deck by deck. Raises Problem for one that cannot be read.

        `progress` is called with (decks read, decks to read) where texts of decks are read for the first time.
        """
        return found(self.searched, query, progress)

    def why_nothing(self, query: str) -> str:
        """Why a search that can be read may have found nothing, in a sentence without a full stop; else nothing."""
        from studytui.search import parse
        from studytui.search.hints import no_such_deck

        decks = self._desk.decks.open
        return no_such_deck(parse(query), {deck.id: (deck.title, *deck.titles.values()) for deck in decks.values()})

    def browser(self) -> Browser:
        """What Browse does to cards."""
        from studytui.browsing.browser import Browser

        return Browser(self._journal, lambda: self.searched, self._desk.decks.refresh, register)
