"""What a deck is about: its title and introduction, in the learner's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.face import Row, sentence, text_rows
from studytui.tui.screens.page import Page

if TYPE_CHECKING:
    from studytui.deck.cache import DeckSummary
    from studytui.desk import Desk


class AboutScreen(Page):
    """One deck. The introduction is read when the page is opened: home never waits for it."""

    def __init__(self, desk: Desk, deck: DeckSummary) -> None:
        super().__init__(f"About · {deck.id}")
        self._deck, self._heading = deck, desk.decks.title(deck.id)
        self._introduction = desk.decks.library.introduction(deck.id, desk.language)

    def rows(self, width: int) -> list[Row]:
        """Title, introduction, and what else the deck says of itself."""
        deck = self._deck
        cards = "1 card" if deck.size == 1 else f"{deck.size} cards"
        languages = f"translated: {', '.join(deck.languages)}" if deck.languages else ""
        facts = " · ".join(fact for fact in (cards, languages, deck.source) if fact)
        rows = [*sentence(self._heading, width, "title"), Row(), *text_rows(self._introduction, width)]
        return [*rows, *([Row()] if self._introduction else []), *sentence(facts, width, "muted")]
