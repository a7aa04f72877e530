"""All questions of a quiz on one page, and the way to any of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from studytui.face import Row, sentence
from studytui.quiz_pages.sitting import overview_rows
from studytui.tui.keys import key
from studytui.tui.screens.page import Page
from studytui.tui.widgets.bars import TitleBar
from studytui.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from studytui.quiz.sitting import Quiz


class OverviewScreen(Page):
    """One question a row, behind the last one handing in. `chosen` is told of the place, or of the count for that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("overview.open", "enter,space", "open", "open", "Open the question, or hand in"),
        key("overview.hand_in", "h", "hand_in", "hand in", "Hand in; asks first"),
        key("overview.next", "n", "pending", "next open", "The next question that is open or flagged"),
        key("overview.down", "down,j", "move(1)", "down", "Next question", show=False),
        key("overview.up", "up,k", "move(-1)", "up", "Question before", show=False),
        key("overview.page_down", "pagedown,ctrl+d", "move(10)", "page down", "Ten questions on", show=False),
        key("overview.page_up", "pageup,ctrl+u", "move(-10)", "page up", "Ten questions back", show=False),
        # The view would scroll by these.
        replace(key("overview.first", "home", "jump(0)", "first", "First question", show=False), priority=True),
        replace(key("overview.last", "end", "jump(-1)", "hand in", "Handing in", show=False), priority=True),
        *(
            key(f"overview.digit{digit}", str(digit), f"digit({digit})", str(digit), "A number", show=False)
            for digit in range(10)
        ),
        key("page.close", "escape,q,o,ctrl+o", "close", "back", "Back to the question"),
    ]

    def __init__(self, quiz: Quiz, cursor: int, words: Callable[[int], str], chosen: Callable[[int], None]) -> None:
        super().__init__("Overview")
        self._quiz, self._words, self._chosen = quiz, words, chosen
        self._count = len(quiz.sheet.answers)
        self._cursor, self._typed = cursor, ""

    def on_screen_resume(self) -> None:
        """With the cursor in view: where the learner is, or where there is something left to do."""
        self._to(self._cursor)

    def tell_time(self, words: str, short: str) -> None:
        """The clock goes on here, too."""
        self.query_one(TitleBar).show("Overview", words, short)

    def rows(self, width: int) -> list[Row]:
        """The questions at a width, below what the paper is."""
        head = sentence(self._quiz.paper.header, width, "muted")
        return [*head, Row(), *overview_rows(self._quiz, self._cursor, width, self._words)]

    def action_move(self, by: int) -> None:
        """Another question; it stops at the ends."""
        self._to(min(max(self._cursor + by, 0), self._count))

    def action_jump(self, place: int) -> None:
        """To the first question, or to handing in."""
        self._to(place % (self._count + 1))

    def action_pending(self) -> None:
        """The next question that is open or flagged; behind the last one, handing in."""
        wanted = {*self._quiz.open_places, *self._quiz.flagged_places}
        self._to(next((place for place in range(self._cursor + 1, self._count) if place in wanted), self._count))

    def action_digit(self, digit: int) -> None:
        """A number that is typed digit by digit; one that goes too far begins anew."""
        typed = f"{self._typed}{digit}".lstrip("0")
        if typed and not 1 <= int(typed) <= self._count:
            typed = str(digit or "")
        if typed and 1 <= int(typed) <= self._count:
            self._to(int(typed) - 1)
            self._typed = typed

    def _to(self, place: int) -> None:
        self._cursor, self._typed = place, ""
        view = self.query_one(CardView)
        view.show(self.rows, keep_scroll=True, below=0)
        view.reveal_cursor()

    def action_open(self) -> None:
        """The question under the cursor, or handing in."""
        self.dismiss()
        self.app.call_later(self._chosen, self._cursor)

    def action_hand_in(self) -> None:
        """Handing in, from wherever the cursor is."""
        self._cursor = self._count
        self.action_open()

    def action_row(self, row: int) -> None:
        """A question was clicked: it opens."""
        self._to(row)
        self.action_open()

    async def on_card_view_pressed(self, event: CardView.Pressed) -> None:
        """A row was clicked."""
        await self.run_action(event.action)
