"""The day on which a card is to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from studytui.face import Row, sentence
from studytui.memory.days import due_day_of
from studytui.tui.keys import key
from studytui.tui.screens.page import Page
from studytui.tui.widgets.answer_field import AnswerField
from studytui.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType


class DueDayScreen(Page):
    """One field: enter sets the day, escape leaves without. `done` gets the day, and how it was named."""

    BINDINGS: ClassVar[list[BindingType]] = [key("page.close", "escape", "close", "back", "Back without a change")]

    def __init__(self, what: str, today: int, done: Callable[[int, str], None]) -> None:
        super().__init__("Due day")
        self._what, self._today, self._done = what, today, done

    def rows(self, width: int) -> list[Row]:
        """What is asked."""
        return [
            Row((("When is it to come?", "title"),)),
            Row(),
            *sentence(
                f"{self._what} is asked again on the day that you name, and is not new or in learning then.", width
            ),
            Row(),
            *sentence("3 is in three days, 0 today; 2026-12-01 is a date.", width, "muted"),
        ]

    def compose(self) -> ComposeResult:
        """The page with a field at its end."""
        yield from super().compose()
        yield AnswerField()

    def on_mount(self) -> None:
        """The field has the focus."""
        super().on_mount()
        self.query_one(AnswerField).focus()
        self.query_one(KeyBar).refresh()

    def on_answer_field_entered(self, event: AnswerField.Entered) -> None:
        """The day was entered."""
        event.stop()
        try:
            day = due_day_of(event.text, self._today)
        except ValueError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        self.dismiss()
        days = day - self._today
        words = "today" if not days else f"in {days} day{'' if days == 1 else 's'}"
        self.app.call_later(self._done, day, words)
