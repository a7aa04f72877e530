"""The pages over Browse: a card with its answer, its past, and the cards that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from studytui.browsing.past import past_rows
from studytui.browsing.table import cell, standing
from studytui.deck.ask import ask
from studytui.face import Row, judged_face, sentence
from studytui.problems import Problem
from studytui.tui.keys import key
from studytui.tui.screens.page import Page
from studytui.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from textual.binding import BindingType

    from studytui.browsing.browser import Browser, Offer
    from studytui.desk import Desk
    from studytui.journal.finding import CardLine

_FACTS = {
    "due": "due", "stability": "stability", "difficulty": "difficulty", "recall": "recall", "reps": "answers",
    "lapses": "lapses",
}  # fmt: skip


class PreviewScreen(Page):
    """Question and answer as they are shown, with the numbers seen last, and how the card stands."""

    BINDINGS: ClassVar[list[BindingType]] = [key("preview.past", "h", "past", "history", "Every answer to this card")]

    def __init__(self, desk: Desk, browser: Browser, line: CardLine) -> None:
        super().__init__(line.id)
        self._desk, self._browser, self._line = desk, browser, line
        self._question, self._problem = None, ""
        card = desk.decks.card(line.id)
        if card is None:
            self._problem = "This card is in no deck any more. What was recorded of it is kept (h shows it)."
            return
        try:
            self._question = ask(card, browser.seed(line.id))
        except ValueError as error:
            self._problem = str(error)

    def rows(self, width: int) -> list[Row]:
        """The card, and below it its numbers."""
        line = self._line
        rows = (
            judged_face(self._question, None, None, width)
            if self._question is not None
            else sentence(self._problem, width, "close")
        )
        facts = [standing(line), line.kind, *(f"{word} {cell(line, column)}" for column, word in _FACTS.items())]  # type: ignore[arg-type] # columns
        known = [fact for fact in facts if not fact.endswith(" ") and fact]
        where = f"{line.file}:{line.line}" if line.file else ""
        return [*rows, Row(), *sentence(" · ".join(known), width, "muted"), *sentence(where, width, "muted")]

    def action_past(self) -> None:
        """Its past, over it."""
        self.app.push_screen(PastScreen(self._browser, self._line.id))


class PastScreen(Page):
    """Every review of one card."""

    def __init__(self, browser: Browser, card: str) -> None:
        super().__init__(f"History · {card}")
        self._past = browser.past(card)

    def rows(self, width: int) -> list[Row]:
        """Newest first."""
        return past_rows(self._past, width)


class GoneScreen(Page):
    """Cards that are gone, each with the card that it seems to have become: accepted or declined one by one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("gone.accept", "enter", "accept", "move", "Make what is recorded of the old card that of the new one"),
        key("gone.decline", "d", "decline", "not the same", "Do not offer this again"),
        key("gone.down", "down,j", "move(1)", "down", "Next offer"),
        key("gone.up", "up,k", "move(-1)", "up", "Previous offer", show=False),
        key("page.close", "escape,q", "close", "back", "Back to the screen below"),
    ]

    def __init__(self, browser: Browser) -> None:
        super().__init__("Cards that are gone")
        self._browser = browser
        self._offers: list[Offer] = browser.offers()
        self._cursor = 0

    def rows(self, width: int) -> list[Row]:
        """Two rows an offer."""
        if not self._offers:
            words = "No card that is gone looks like one that is there. The search is:orphan lists those that are gone."
            return [Row(), *sentence(words, width)]
        rows = []
        for number, offer in enumerate(self._offers):
            chosen = number == self._cursor
            style = "cursor" if chosen else "plain"
            answers = f"{offer.entries} recorded"
            rows.append(Row(((f"{'▸' if chosen else ' '} {offer.old} ({answers})", style),), cursor=chosen))
            rows.append(Row(((f"    → {offer.new}", style),)))
        return rows

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Without an offer there is only the way back."""
        return action not in {"accept", "decline", "move"} or bool(self._offers)

    def action_move(self, by: int) -> None:
        """Another offer."""
        self._cursor = (self._cursor + by) % max(len(self._offers), 1)
        view = self.query_one(CardView)
        view.show(self.rows, keep_scroll=True, below=1)
        view.reveal_cursor()

    def action_accept(self) -> None:
        """The history moves; taking that back is an undo."""
        self._decide(accept=True)

    def action_decline(self) -> None:
        """They are two cards."""
        self._decide(accept=False)

    def _decide(self, *, accept: bool) -> None:
        offer = self._offers[self._cursor]
        try:
            said = (self._browser.accept if accept else self._browser.decline)(offer.old, offer.new)
        except Problem as problem:
            self.notify(str(problem), severity="error", timeout=30, markup=False)
            return
        self.notify(said, markup=False, timeout=4)
        self._offers = self._browser.offers()
        self._cursor = min(self._cursor, max(len(self._offers) - 1, 0))
        self.action_move(0)
        self.refresh_bindings()
