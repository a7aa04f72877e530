"""The one-line bars: what is going on at the top, the keys that are valid now at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from studytui.text import display_width

if TYPE_CHECKING:
    from textual import events
    from textual.screen import Screen


class TitleBar(Widget):
    """One line: a title on the left, a short state on the right."""

    DEFAULT_CSS = """
    TitleBar { height: 1; dock: top; background: $panel; color: $text; padding: 0 1; }
    """

    def __init__(self, title: str = "", state: str = "") -> None:
        super().__init__()
        self._title, self._state = title, state

    def show(self, title: str, state: str) -> None:
        """Shows a new line, if it is new."""
        if (title, state) != (self._title, self._state):
            self._title, self._state = title, state
            self.refresh()

    def render(self) -> Content:
        """The state keeps its place; the title gives way when there is little room."""
        room = self.content_size.width - display_width(self._state) - 1
        title = Content(self._title).truncate(max(room, 0), ellipsis=True)
        gap = self.content_size.width - title.cell_length - display_width(self._state)
        return Content.assemble((title.plain, "bold"), " " * max(gap, 1), self._state)


class KeyBar(Widget):
    """The keys that are valid now, each clickable. What does not fit is left out from the end."""

    DEFAULT_CSS = """
    KeyBar { height: 1; dock: bottom; background: $panel; color: $text-muted; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Follows the screen: whenever its keys change, so does the bar."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        """`key label` for every binding that is shown and enabled, in the order of declaration."""
        parts: list[Content] = []
        self._places = []
        used, room = 0, self.content_size.width
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not (binding.show and active.enabled) or binding.action in seen:
                continue
            seen.add(binding.action)
            key = self.app.get_key_display(binding)
            size = display_width(key) + 1 + display_width(binding.description)
            if used + size > room:
                break
            parts.append(Content.assemble((key, "bold $text-accent"), " ", binding.description))
            self._places.append((used, used + size, binding.action))
            used += size + 2
        return Content("  ").join(parts)

    async def on_click(self, event: events.Click) -> None:
        """A click on a key is the key."""
        offset = event.get_content_offset(self)
        for start, end, action in self._places:
            if offset is not None and start <= offset.x < end:
                await self.screen.run_action(action)
                return
