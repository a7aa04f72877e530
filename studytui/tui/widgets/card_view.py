"""The one view that shows cards: rows of styled pieces, drawn line by line and updated in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from studytui.tui.theme import looks

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.binding import BindingType
    from textual.geometry import Region

    from studytui.face import Row

#: Lines longer than this are tiring to read, however wide the terminal is.
WIDEST = 92


class CardView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows rows made for its size, and makes them again when that changes.

    The arrow keys are the screen's: they would scroll here, and only sometimes, where a cursor is to move.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "scroll_home", "top", show=False),
        Binding("end", "scroll_end", "end", show=False),
    ]

    DEFAULT_CSS = """
    CardView {
        height: 1fr;
        padding: 0 1;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    """

    class Pressed(Message):
        """A row that stands for an action was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._build: Callable[[int], list[Row]] | None = None
        self._rows: list[Row] = []
        self._built_for = (0, 0)
        self._below: int | None = None
        self._for_height = False
        self._styles_by_name: dict[str, Style] = {}
        self._looks: dict[str, Style] = {}
        self._strips: dict[int, Strip] = {}
        self._drawn_for = 0

    @property
    def rows(self) -> list[Row]:
        """What is shown now."""
        return self._rows

    @property
    def room(self) -> tuple[int, int]:
        """Columns and rows that can be seen at once."""
        return self.scrollable_content_region.width, self.scrollable_content_region.height

    def show(
        self,
        build: Callable[[int], list[Row]],
        *,
        keep_scroll: bool = False,
        below: int | None = None,
        for_height: bool = False,
    ) -> None:
        """Shows the rows that `build` makes for a width. The view begins at the top, unless the scroll is kept.

        With `below` it scrolls, now and at every new size, as little as needed to show the cursor's row and so many
        rows below it. With `for_height` the rows depend on all of the room, and are made again when its height changes.
        """
        self._build = build
        self._built_for, self._below, self._for_height = (0, 0), below, for_height
        if self.scroll_y and not keep_scroll:
            self.scroll_to(y=0, animate=False, immediate=True)
        self._rebuild()
        if not keep_scroll:
            self.reveal_cursor()
        self.refresh()

    def action_scroll_home(self) -> None:
        """To the top, at once."""
        self.scroll_home(animate=False)

    def action_scroll_end(self) -> None:
        """To the end, at once."""
        self.scroll_end(animate=False)

    @property
    def shows_cursor(self) -> bool:
        """Whether the cursor's row is in view."""
        number = next((number for number, row in enumerate(self._rows) if row.cursor), None)
        return number is not None and 0 <= number - int(self.scroll_y) < self.scrollable_content_region.height

    def reveal_cursor(self) -> None:
        """Scrolls as little as needed to bring the cursor's row, and those that belong to it, into view."""
        number = next((number for number, row in enumerate(self._rows) if row.cursor), None)
        height = self.scrollable_content_region.height
        if number is None or self._below is None or not height:
            return
        last = min(number + self._below, len(self._rows) - 1)
        top = min(max(int(self.scroll_y), last - height + 1), number)
        if top != int(self.scroll_y):
            self.scroll_to(y=top, animate=False, immediate=True)

    def _rebuild(self) -> None:
        columns, height = self.room
        size = (columns, height if self._for_height else 0)
        if self._build is None or columns <= 0 or size == self._built_for:
            return
        self._built_for = size
        self._rows = self._build(min(columns, WIDEST))
        self._strips = {}
        self.virtual_size = Size(columns, len(self._rows))

    def on_resize(self) -> None:
        """The rows are made again for the new size; what matters stays in view."""
        self._rebuild()
        self.reveal_cursor()

    def notify_style_update(self) -> None:
        """A new theme has new styles."""
        super().notify_style_update()
        self._styles_by_name.clear()
        self._looks = {}
        self._strips = {}

    def _style(self, name: str) -> Style:
        style = self._styles_by_name.get(name)
        if style is None:
            if not self._looks:
                self._looks = looks(self.app.current_theme)
            style = self._styles_by_name[name] = self.rich_style + self._looks.get(name, Style.null())
        return style

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is scrolled into view, the padding included.

        Textual's way, line by line, costs 1 ms a key press for borders and effects that this view does not have. The
        first frame comes before `Resize`, so its rows are made here: the first card would be in the second frame else,
        8 ms later.
        """
        if self._built_for == (0, 0):
            self._rebuild()
        width = self.region.width
        if width != self._drawn_for:
            self._strips, self._drawn_for = {}, width
        top = int(self.scroll_y)
        strips = [self._strip(y + top, width) for y in crop.line_range]
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _strip(self, number: int, width: int) -> Strip:
        """One row as wide as the view; behind the last row all are the same blank one."""
        number = min(number, len(self._rows))
        strip = self._strips.get(number)
        if strip is None:
            plain = self._style("plain")
            pieces = self._rows[number].pieces if number < len(self._rows) else ()
            segments = [Segment(text, self._style(style)) for text, style in pieces]
            strip = Strip([Segment(" " * self.styles.padding.left, plain), *segments])
            strip = strip.adjust_cell_length(width, plain)
            background = self.background_colors[1]
            for line_filter in self.get_line_filters():
                strip = strip.apply_filter(line_filter, background)
            self._strips[number] = strip
        return strip

    def on_click(self, event: events.Click) -> None:
        """A click on a row that means something says so."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        number = offset.y + int(self.scroll_y)
        if number < len(self._rows) and self._rows[number].action:
            self.post_message(self.Pressed(self._rows[number].action))
