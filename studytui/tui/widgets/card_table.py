"""A table of any number of cards: only the rows in view are read and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from studytui.browsing.table import column_at, head_text, line_text
from studytui.tui.theme import looks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.binding import BindingType
    from textual.color import Color
    from textual.geometry import Region

    from studytui.browsing.listing import Listing
    from studytui.journal.finding import CardLine, Column

#: Columns before a row: whether the cursor is there, and whether it is marked.
_SIGNS = 2
_STYLES = ("plain", "title", "cursor", "accent", "muted")


class CardTable(ScrollView, can_focus=True, inherit_bindings=False):
    """The cards of a listing, below a row of titles. The keys are the screen's."""

    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    CardTable { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """

    class Pressed(Message):
        """A card was clicked: its place in the listing."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    class HeadPressed(Message):
        """The title of a column was clicked."""

        def __init__(self, column: Column) -> None:
            super().__init__()
            self.column = column

    def __init__(
        self, listing: Listing, read: Callable[[Sequence[int]], Sequence[CardLine]], titles: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._listing, self._read, self._titles = listing, read, dict(titles)
        self._lines: dict[int, CardLine] = {}
        self._looks: dict[str, Style] = {}
        #: What was drawn last, and where: Textual asks for it again whenever anything on the screen is drawn.
        self._drawn: tuple[object, list[Strip]] = (None, [])

    @property
    def page(self) -> int:
        """How many cards are in view at once."""
        return max(self.scrollable_content_region.height - 1, 1)

    @property
    def columns(self) -> int:
        """How wide a card's row is."""
        return max(self.scrollable_content_region.width - _SIGNS, 1)

    def renew(self) -> None:
        """The cards are others, or have changed."""
        self._lines = {}
        self.follow()

    def follow(self) -> None:
        """Draws again, scrolled as little as needed to have the cursor in view."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._listing.keys) + 1)
        top = min(max(int(self.scroll_y), self._listing.cursor - self.page + 1), self._listing.cursor)
        if top != int(self.scroll_y):
            self.scroll_to(y=top, animate=False, immediate=True)
        self.refresh()

    def line(self, key: int) -> CardLine | None:
        """The line of a card; None when it is gone."""
        if key not in self._lines:
            self._lines |= {line.key: line for line in self._read([key])}
        return self._lines.get(key)

    def on_resize(self) -> None:
        """The cursor stays in view."""
        self.follow()

    def notify_style_update(self) -> None:
        """A new theme has new styles."""
        super().notify_style_update()
        self._looks = {}

    def _styles(self) -> dict[str, Style]:
        """The styles of rows upon the table's own, which Textual works out anew whenever it is asked."""
        if not self._looks:
            self._looks = looks(self.app.current_theme)
        own = self.rich_style
        return {name: own + self._looks.get(name, Style.null()) for name in _STYLES}

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Whatever changes asks for this: it is drawn anew."""
        self._drawn = (None, [])
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is in view, drawn anew when it has changed."""
        background = self.background_colors[1]
        what = (crop, int(self.scroll_y), self.region.size, background)
        if self._drawn[0] != what:
            self._drawn = (what, self._draw(crop, background))
        return self._drawn[1]

    def _draw(self, crop: Region, background: Color) -> list[Strip]:
        """The titles, and what is scrolled into view below them; the lines that are missing are read in one go."""
        top, width = int(self.scroll_y), self.region.width
        keys = self._listing.keys
        shown = [keys[place] for place in range(top, min(top + self.region.height, len(keys)))]
        missing = [key for key in shown if key not in self._lines]
        if missing:
            if len(self._lines) > 10_000:
                self._lines = {}
                missing = shown
            self._lines |= {line.key: line for line in self._read(missing)}
        styles, columns = self._styles(), self.columns
        strips = [
            self._row(y, top, columns, styles).adjust_cell_length(width, styles["plain"]) for y in crop.line_range
        ]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips if crop.column_span == (0, width) else [strip.crop(*crop.column_span) for strip in strips]

    def _row(self, y: int, top: int, columns: int, styles: Mapping[str, Style]) -> Strip:
        listing = self._listing
        if y == 0:
            wanted = listing.wanted
            head = head_text(columns, wanted.sort, backwards=wanted.backwards)
            return Strip([Segment(" " * _SIGNS + head, styles["title"])])
        place = top + y - 1
        if place >= len(listing.keys):
            return Strip([])
        key = listing.keys[place]
        line = self._lines.get(key)
        cursor, marked = place == listing.cursor, key in listing.marked
        style = "cursor" if cursor else "accent" if marked else "plain"
        if line is not None and not cursor and not marked and (line.suspended or not line.deck):
            style = "muted"
        text = line_text(line, columns, self._titles) if line is not None else "…"
        return Strip([Segment(f"{'▸' if cursor else ' '}{'●' if marked else ' '}{text}", styles[style])])

    def on_click(self, event: events.Click) -> None:
        """A click on a title sorts, one on a card goes there."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y == 0:
            self.post_message(self.HeadPressed(column_at(offset.x - _SIGNS, self.columns)))
            return
        place = int(self.scroll_y) + offset.y - 1
        if place < len(self._listing.keys):
            self.post_message(self.Pressed(place))
