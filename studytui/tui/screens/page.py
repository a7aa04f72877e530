"""A page of text over another screen: what help and the proof view have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import ModalScreen

from studytui.tui.keys import key, own_keys
from studytui.tui.widgets.bars import KeyBar, TitleBar
from studytui.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studytui.face import Row


class Page(ModalScreen[None]):
    """Rows that scroll; every usual key for leaving leaves."""

    DEFAULT_CSS = """
    Page { background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("page.close", "escape,q,enter,space", "close", "back", "Back to the screen below"),
        key("page.down", "down,j", "scroll(1)", "scroll", "Scroll down"),
        key("page.up", "up,k", "scroll(-1)", "up", "Scroll up", show=False),
        key("page.page_down", "pagedown,ctrl+d", "scroll(10)", "page down", "Scroll down by a page", show=False),
        key("page.page_up", "pageup,ctrl+u", "scroll(-10)", "page up", "Scroll up by a page", show=False),
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def rows(self, width: int) -> list[Row]:
        """What the page shows at a width."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """A title, the text, the keys."""
        yield TitleBar(self._title)
        yield CardView()
        yield KeyBar()

    def on_mount(self) -> None:
        """The text is laid out once the width is known."""
        own_keys(self)
        view = self.query_one(CardView)
        view.show(self.rows)
        view.focus()

    def action_scroll(self, by: int) -> None:
        """Scrolls by rows."""
        self.query_one(CardView).scroll_relative(y=by, animate=False)

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss()
