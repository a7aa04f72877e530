"""One row of styled pieces that stays where it is: progress, or what a choice comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from studytui.face import Row
from studytui.tui.theme import looks

if TYPE_CHECKING:
    from collections.abc import Callable


class RowBar(Widget):
    """Shows the row that is made for its width."""

    DEFAULT_CSS = """
    RowBar { height: 1; padding: 0 1; background: $boost; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._build: Callable[[int], Row] = lambda _: Row()

    def show(self, build: Callable[[int], Row]) -> None:
        """Shows another row."""
        self._build = build
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is only the one
        """The row in the styles of the theme that is on."""
        width, base, styles = self.content_size.width, self.rich_style, looks(self.app.current_theme)
        pieces = self._build(width).pieces
        segments = [Segment(text, base + styles.get(style, Style.null())) for text, style in pieces]
        return Strip(segments).adjust_cell_length(width, base)
