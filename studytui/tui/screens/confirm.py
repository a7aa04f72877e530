"""A question before something that cannot be taken back: y does it, every usual key for leaving leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from studytui.tui.keys import key
from studytui.tui.screens.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from studytui.face import Row


class ConfirmScreen(Page):
    """Says what would be done. Enter and space, which may still be held down from before, do nothing here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("confirm.yes", "y", "yes", "yes", "Do it"),
        key("page.close", "escape,q,n", "close", "back", "Back to the screen below"),
        key(
            "confirm.wait", "enter,space", "wait", "", "Does nothing, so that a key held down does no harm", show=False
        ),
    ]

    def __init__(self, title: str, rows: Callable[[int], list[Row]], done: Callable[[], None]) -> None:
        super().__init__(title)
        self._build, self._done = rows, done

    def rows(self, width: int) -> list[Row]:
        """What would be done, at a width."""
        return self._build(width)

    def action_yes(self) -> None:
        """Does it, once this page is gone."""
        self.dismiss()
        self.app.call_later(self._done)

    def action_wait(self) -> None:
        """Does nothing."""
