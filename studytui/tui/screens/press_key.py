"""Waits for one key, which is then set for something. Every key is heard; escape leaves without."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import ModalScreen

from studytui.face import Row, sentence
from studytui.tui.keys import pressed
from studytui.tui.widgets.bars import TitleBar
from studytui.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType


class PressKeyScreen(ModalScreen[str]):
    """Gives the name of the key that was pressed; nothing for escape."""

    DEFAULT_CSS = """
    PressKeyScreen { background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, does: str, *, beside: bool) -> None:
        super().__init__()
        self._does, self._beside = does, beside

    def compose(self) -> ComposeResult:
        """A title and what is asked."""
        yield TitleBar("Press a key")
        yield CardView()

    def on_mount(self) -> None:
        """The text is laid out once the width is known. Nothing has the focus: every key comes here."""
        self.query_one(CardView).show(self._rows)
        self.query_one(CardView).can_focus = False
        self.set_focus(None)

    def _rows(self, width: int) -> list[Row]:
        what = "as one more key for this" if self._beside else "in place of the keys that it has"
        return [
            *sentence(self._does, width, "title"),
            Row(),
            *sentence(f"Press the key, {what}. Escape leaves it as it is.", width),
        ]

    def on_key(self, event: events.Key) -> None:
        """The key, whatever it is."""
        event.stop()
        event.prevent_default()
        self.dismiss("" if event.key == "escape" else pressed(event.key))
