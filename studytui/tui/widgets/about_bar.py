"""Three rows below a list that say what is under its cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from studytui.text import fitting
from studytui.tui.theme import looks

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.face import Row

_ABOUT = 3


class AboutBar(Widget):
    """What is said of the setting under the cursor: three rows that stay where they are."""

    DEFAULT_CSS = f"""
    AboutBar {{ height: {_ABOUT}; dock: bottom; margin: 0 0 1 0; padding: 0 1; background: $boost; }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._build: Callable[[int], list[Row]] = lambda _: []

    def show(self, build: Callable[[int], list[Row]]) -> None:
        """Says something else."""
        self._build = build
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One of the rows; the last one tells when there are more words."""
        width, base, styles = self.content_size.width, self.rich_style, looks(self.app.current_theme)
        rows = self._build(max(width, 10))
        pieces = rows[y].pieces if y < len(rows) else ()
        if y == _ABOUT - 1 and len(rows) > _ABOUT:
            pieces = ((f"{fitting(rows[y].text, width - 1)}…", pieces[0][1]),)
        segments = [Segment(text, base + styles.get(style, Style.null())) for text, style in pieces]
        return Strip(segments).adjust_cell_length(width, base)
