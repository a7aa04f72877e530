"""The suspended cards, to take them into study again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from studytui.pages import suspended_rows
from studytui.tui.keys import key
from studytui.tui.reporting import reporting
from studytui.tui.screens.page import Page
from studytui.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from textual.binding import BindingType

    from studytui.desk import Desk
    from studytui.face import Row


class SuspendedScreen(Page):
    """One suspended card a row. Enter resumes the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("suspended.resume", "enter,space", "resume", "resume", "Take the card into study again"),
        key("suspended.down", "down,j", "move(1)", "down", "Next card"),
        key("suspended.up", "up,k", "move(-1)", "up", "Previous card", show=False),
        key("page.close", "escape,q", "close", "back", "Back to the screen below"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__("Suspended cards")
        self._desk = desk
        self._cards = desk.cards.suspended()
        self._cursor = 0

    def rows(self, width: int) -> list[Row]:
        """The cards at a width."""
        return suspended_rows(self._cards, self._cursor, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Without a card there is only the way back."""
        return action not in {"resume", "move"} or bool(self._cards)

    def action_move(self, by: int) -> None:
        """Another card."""
        self._cursor = (self._cursor + by) % max(len(self._cards), 1)
        view = self.query_one(CardView)
        view.show(self.rows, keep_scroll=True, below=0)
        view.reveal_cursor()

    def action_resume(self) -> None:
        """The card under the cursor is studied again; taking that back is an undo."""
        with reporting(self):
            card = self._cards[self._cursor].id
            self._desk.cards.resume(card)
            self._cards = self._desk.cards.suspended()
            self.notify(f"Resumed: {card}", markup=False, timeout=3)
            self._cursor = min(self._cursor, max(len(self._cards) - 1, 0))
            self.action_move(0)
            self.refresh_bindings()

    def action_row(self, row: int) -> None:
        """A card was clicked: the first click chooses it, the next one resumes it."""
        if row == self._cursor:
            self.action_resume()
        else:
            self.action_move(row - self._cursor)

    async def on_card_view_pressed(self, event: CardView.Pressed) -> None:
        """A row was clicked."""
        await self.run_action(event.action)
