"""The leeches: cards that are forgotten again and again, each with the slips that were made on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from studytui.memory.model import Action
from studytui.pages import leech_rows
from studytui.tui.keys import key
from studytui.tui.reporting import reporting
from studytui.tui.screens.page import Page
from studytui.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from textual.binding import BindingType

    from studytui.desk import Desk
    from studytui.face import Row


class LeechesScreen(Page):
    """The worst first. What is done to the card under the cursor is undone here and on every other screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("leeches.suspend", "s", "suspend", "suspend", "Take the card out of study, or into it again"),
        key("leeches.bury", "b", "do('bury')", "bury", "Hide the card until tomorrow"),
        key("leeches.reset", "R", "do('reset')", "reset", "Make the card new again; its history stays"),
        key("leeches.set_due", "d", "set_due", "due day", "Choose the day on which the card comes again"),
        key("leeches.undo", "u,ctrl+z", "undo", "undo", "Take back what was done last"),
        key("leeches.redo", "U,ctrl+y", "redo", "redo", "Bring back what the last undo took back", show=False),
        key("leeches.edit", "e", "edit", "edit", "Open the card in $EDITOR at its line"),
        key("leeches.down", "down,j", "move(1)", "down", "Next card"),
        key("leeches.up", "up,k", "move(-1)", "up", "Previous card", show=False),
        key("page.close", "escape,q", "close", "back", "Back to the screen below"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__("Leeches")
        self._desk = desk
        self._cards = desk.cards.leeches()
        self._cursor = 0

    def rows(self, width: int) -> list[Row]:
        """The cards at a width."""
        return leech_rows(self._cards, self._cursor, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Without a card there is only the way back: to the screen below, or that of an undo."""
        return action in {"close", "undo", "redo"} or bool(self._cards)

    def action_move(self, by: int) -> None:
        """Another card."""
        self._cursor = (self._cursor + by) % max(len(self._cards), 1)
        view = self.query_one(CardView)
        view.show(self.rows, keep_scroll=True, below=0)
        view.reveal_cursor()

    def action_row(self, row: int) -> None:
        """A card was clicked."""
        self.action_move(row - self._cursor)

    async def on_card_view_pressed(self, event: CardView.Pressed) -> None:
        """A row was clicked."""
        await self.run_action(event.action)

    def action_suspend(self) -> None:
        """Out of study, or into it again."""
        self.action_do(Action.RESUME if self._cards[self._cursor].suspended else Action.SUSPEND)

    def action_do(self, action: str) -> None:
        """Does something to the card under the cursor."""
        words = {"suspend": "Suspended", "resume": "Resumed", "bury": "Buried until tomorrow", "reset": "New again"}
        with reporting(self):
            card = self._cards[self._cursor].id
            self._desk.cards.do(Action(action), card)
            self._renew(f"{words[action]}: {card}")

    def action_set_due(self) -> None:
        """Asks for the day, then sets it."""
        from studytui.tui.screens.due_day import DueDayScreen

        card = self._cards[self._cursor].id

        def set_due(day: int, words: str) -> None:
            with reporting(self):
                self._desk.cards.do(Action.SET_DUE, card, day)
                self._renew(f"Due {words}: {card}")

        self.app.push_screen(DueDayScreen(self._desk.day.today, set_due, card))

    def action_undo(self) -> None:
        """Takes back what was done last."""
        with reporting(self):
            entry = self._desk.cards.undo()
            self._renew(f"Undone: {self._desk.cards.told(entry)}" if entry else "Nothing to undo.")

    def action_redo(self) -> None:
        """Brings back what the last undo took back."""
        with reporting(self):
            entry = self._desk.cards.redo()
            self._renew(f"Redone: {self._desk.cards.told(entry)}" if entry else "Nothing to redo.")

    def _renew(self, words: str) -> None:
        """The cards as they now are, and what was done."""
        self._cards = self._desk.cards.leeches()
        self._cursor = min(self._cursor, max(len(self._cards) - 1, 0))
        self.notify(words, markup=False, timeout=3)
        self.action_move(0)
        self.refresh_bindings()

    def action_edit(self) -> None:
        """A leech is often a card that should be two, or one that asks unclearly."""
        from studytui.tui.editor import edited

        card = self._desk.decks.card(self._cards[self._cursor].id)
        if card is not None and edited(self, card.file, card.line):
            with reporting(self):
                self._desk.decks.refresh()
                self._cards = self._desk.cards.leeches()
            self.action_move(0)
