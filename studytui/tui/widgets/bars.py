"""The one-line bars: what is going on at the top, the keys that are valid now at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from studytui.text import display_width

if TYPE_CHECKING:
    from textual import events
    from textual.binding import ActiveBinding
    from textual.screen import Screen


def valid_keys(screen: Screen[Any]) -> list[ActiveBinding]:
    """The bindings that are shown and valid now, one of those that do the same, what has the focus first.

    They stand in the order of declaration, which Textual does not keep for keys that the learner has chosen.
    """
    valid: dict[str, ActiveBinding] = {}
    order: dict[tuple[object, str | None], int] = {}
    for active in screen.active_bindings.values():
        node = active.node
        if (node, None) not in order:
            order[node, None] = len(order)
            declared = (binding.id for binding in node.BINDINGS if isinstance(binding, Binding) and binding.id)
            order |= {(node, id_): len(order) + place for place, id_ in enumerate(declared)}
        if active.binding.show and active.enabled:
            valid.setdefault(active.binding.action, active)
    last = len(order)
    return sorted(valid.values(), key=lambda active: order.get((active.node, active.binding.id), last))


#: Columns of a title that say enough of it.
_TITLE = 28


class TitleBar(Widget):
    """One line: a title on the left, a state on the right, which has a short form for narrow terminals."""

    DEFAULT_CSS = """
    TitleBar { height: 1; dock: top; background: $panel; color: $text; padding: 0 1; }
    """

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self._line = (title, "", "")

    def show(self, title: str, state: str, short: str = "") -> None:
        """Shows a new line, if it is new."""
        if (title, state, short) != self._line:
            self._line = (title, state, short)
            self.refresh()

    def render(self) -> Content:
        """The title gives way to the state; where little would be left of it, the state takes its short form."""
        (title, state, short), width = self._line, self.content_size.width
        if short and width - display_width(state) - 1 < min(display_width(title), _TITLE):
            state = short
        shown = Content(title).truncate(max(width - display_width(state) - 1, 0), ellipsis=True)
        gap = width - shown.cell_length - display_width(state)
        return Content.assemble((shown.plain, "bold"), " " * max(gap, 1), state)


class KeyBar(Widget):
    """The keys that are valid now, each clickable.

    The first key and the last two (leaving and help) stay longest: what does not fit is left out before those.
    """

    DEFAULT_CSS = """
    KeyBar { height: 1; dock: bottom; background: $panel; color: $text-muted; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[int, int, ActiveBinding]] = []

    def on_mount(self) -> None:
        """Follows the screen: whenever its keys change, so does the bar."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        """`key label` for every valid binding."""
        labels = [
            (active, self.app.get_key_display(active.binding), active.binding.description)
            for active in valid_keys(self.screen)
        ]
        while len(labels) > 1 and sum(_size(label) + 2 for label in labels) - 2 > self.content_size.width:
            del labels[-3 if len(labels) > 3 else -1]
        self._places = []
        start = 0
        for label in labels:
            self._places.append((start, start + _size(label), label[0]))
            start += _size(label) + 2
        return Content("  ").join(Content.assemble((key, "bold $text-accent"), " ", does) for _, key, does in labels)

    async def on_click(self, event: events.Click) -> None:
        """A click on a key is the key."""
        offset = event.get_content_offset(self)
        for start, end, active in self._places:
            if offset is not None and start <= offset.x < end:
                await self.app.run_action(active.binding.action, active.node)
                return


def _size(label: tuple[ActiveBinding, str, str]) -> int:
    return display_width(label[1]) + 1 + display_width(label[2])
