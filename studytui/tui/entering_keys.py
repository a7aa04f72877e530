"""The keys that work on an answer that is being entered, the same ones in Study and in a quiz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from studytui.entering import Arranging, Pairing
from studytui.tui.parts import typed_into

if TYPE_CHECKING:
    from studytui.entering import Entering
    from studytui.face import Row
    from studytui.tui.widgets.answer_field import AnswerField
    from studytui.tui.widgets.card_view import CardView


class EnteringKeys(Screen[None]):
    """A screen with a question and the form that is being filled in; nothing here answers it."""

    _card: CardView
    _field: AnswerField | None

    def __init__(self) -> None:
        super().__init__()
        self._entering: Entering | None = None

    def _face(self, width: int) -> list[Row]:
        """The question's rows at a width."""
        raise NotImplementedError

    def _enter(self, entering: Entering) -> None:
        """Takes and shows what is entered by now."""
        raise NotImplementedError

    def action_take(self) -> None:
        """Picks, or takes hold of, what is under the cursor."""
        if self._entering is not None:
            self._enter(self._entering.press(self._entering.cursor))

    def action_row(self, row: int) -> None:
        """A row on the left of a match was clicked."""
        if isinstance(self._entering, Pairing):
            self._enter(self._entering.row(row))

    def action_move(self, by: int) -> None:
        """The cursor moves; where there is none, the card scrolls."""
        if self._entering is not None:
            self._enter(typed_into(self._entering, self._field).move(by))
        else:
            self._card.scroll_relative(y=by, animate=False)

    def action_carry(self, by: int) -> None:
        """The item under the cursor moves without being taken first."""
        if isinstance(self._entering, Arranging):
            self._enter(self._entering.carry(by))

    def action_scroll(self, by: int) -> None:
        """A page up or down."""
        self._card.scroll_relative(y=by * max(self._card.size.height - 1, 1), animate=False)

    def action_type(self) -> None:
        """Back to the answer field."""
        if self._field is not None:
            self._field.focus()

    def action_commands(self) -> None:
        """Out of the answer field, so that letters are keys."""
        self._card.focus()
        self.refresh_bindings()
