"""The keys of Browse, and its search field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from studytui.tui.keys import key
from studytui.tui.widgets.answer_field import AnswerField

if TYPE_CHECKING:
    from textual.binding import BindingType

#: Actions that need a card.
ABOUT_CARDS = frozenset(
    {"preview", "mark", "mark_all", "suspend", "do", "tag", "set_due", "cram", "history", "sort", "reverse"}
)

KEYS: list[BindingType] = [
    key("browse.preview", "enter", "preview", "card", "The card under the cursor, with its answer"),
    # At once: of keys that come in one go, those behind it are text already.
    replace(key("browse.search", "slash,ctrl+f", "search", "search", "Type what to look for"), priority=True),
    key("browse.mark", "space", "mark", "mark", "Mark the card, and go on to the next"),
    key("browse.suspend", "s", "suspend", "suspend", "Suspend the marked cards, or resume them if all are"),
    key("browse.bury", "b", "do('bury')", "bury", "Hide the marked cards until tomorrow"),
    key("browse.tag", "t", "tag", "tag", "Write a tag into the decks of the marked cards, or take it out"),
    key("browse.reset", "n", "do('reset')", "new again", "Make the marked cards new again; their past is kept"),
    key("browse.set_due", "d", "set_due", "due day", "Choose the day on which the marked cards come again"),
    key("browse.cram", "c", "cram", "cram", "Cram the marked cards, or else all found ones; nothing is recorded"),
    key("browse.history", "h", "history", "history", "Every answer to the card under the cursor"),
    key("browse.edit", "e", "edit", "edit", "Open the card in $EDITOR, at its line"),
    key("browse.sort", "o", "sort", "order", "Sort by the next column"),
    key("browse.reverse", "r", "reverse", "reverse", "Sort the other way round"),
    key("browse.all", "a,ctrl+a", "mark_all", "all", "Mark all cards that are found, or none"),
    key("browse.gone", "g", "gone", "gone", "Cards that are gone, and what they have become"),
    key("browse.undo", "u,ctrl+z", "undo", "undo", "Take back what was done last"),
    key("browse.redo", "U,ctrl+y", "redo", "redo", "Bring back what the last undo took back", show=False),
    key("browse.down", "down,j", "move(1)", "down", "Next card", show=False),
    key("browse.up", "up,k", "move(-1)", "up", "Previous card", show=False),
    key("browse.page_down", "pagedown,ctrl+d", "page(1)", "page down", "A page down", show=False),
    key("browse.page_up", "pageup,ctrl+u", "page(-1)", "page up", "A page up", show=False),
    key("browse.top", "home", "move(-1000000000)", "top", "First card", show=False),
    key("browse.end", "end", "move(1000000000)", "end", "Last card", show=False),
    key("browse.mark_down", "shift+down", "move(1, True)", "mark down", "Mark, going down", show=False),
    key("browse.mark_up", "shift+up", "move(-1, True)", "mark up", "Mark, going up", show=False),
    key("browse.close", "q,escape", "close", "back", "Back to the screen below"),
    key("browse.help", "question_mark,f1", "app.help", "help", "All keys and words"),
]


class SearchField(AnswerField):
    """The line that says which cards are shown."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "cards", tooltip="To the cards")]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._begin_with = text
        self.placeholder = "deck:lstm is:due tag:cnn prop:d>7 “forget gate”"

    def on_mount(self) -> None:
        """The cursor is here before the first key is looked at."""
        self.value = self._begin_with
        self.cursor_position = len(self.value)
        self.screen.set_focus(self)
