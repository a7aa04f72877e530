"""The day on which a card, or each of many, is to come, asked for in one line over another screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from studytui.memory.days import away, due_day_of
from studytui.tui.keys import key, own_keys
from studytui.tui.widgets.answer_field import AnswerField

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType


class DueDayScreen(ModalScreen[None]):
    """One field: enter sets the day, escape leaves without. `done` gets the day, and how far away it is in words."""

    DEFAULT_CSS = """
    DueDayScreen { align: center bottom; }
    DueDayScreen Static { background: $panel; padding: 0 1; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("due_day.close", "escape", "close", "back", "Back without a change", show=False)
    ]

    def __init__(self, today: int, done: Callable[[int, str], None], cards: str = "this card") -> None:
        super().__init__()
        self._today, self._done, self._cards = today, done, cards

    def compose(self) -> ComposeResult:
        """What is asked, and the field."""
        yield Static(Content(f"When is {self._cards} to come again? Esc leaves it as it is."))
        field = AnswerField()
        field.placeholder = "3: in three days · 2026-12-01"
        yield field

    def on_mount(self) -> None:
        """The field has the focus."""
        own_keys(self)
        self.query_one(AnswerField).focus()

    def on_answer_field_entered(self, event: AnswerField.Entered) -> None:
        """The day was entered."""
        event.stop()
        try:
            day = due_day_of(event.text, self._today)
        except ValueError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        self.dismiss()
        self.app.call_later(self._done, day, away(day, self._today))

    def action_close(self) -> None:
        """Back to the card."""
        self.dismiss()
