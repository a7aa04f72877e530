"""One line asked for over another screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from studytui.tui.keys import key, own_keys
from studytui.tui.widgets.answer_field import AnswerField

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class OneLine(ModalScreen[str | None]):
    """Gives what was typed, also when that is nothing, or None when the learner went back."""

    DEFAULT_CSS = """
    OneLine { align: center bottom; }
    OneLine Static { background: $panel; padding: 0 1; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("line.close", "escape", "dismiss(None)", "back", "Back without a change", show=False)
    ]

    def __init__(self, question: str, hint: str, text: str = "") -> None:
        super().__init__()
        self._question, self._hint, self._text = question, hint, text

    def compose(self) -> ComposeResult:
        """What is asked, and the field."""
        yield Static(Content(self._question))
        field = AnswerField()
        field.placeholder, field.value = self._hint, self._text
        yield field

    def on_mount(self) -> None:
        """The field has the focus, behind what stands in it already."""
        own_keys(self)
        field = self.query_one(AnswerField)
        field.focus()
        field.cursor_position = len(field.value)

    def on_answer_field_entered(self, event: AnswerField.Entered) -> None:
        """Enter hands it in."""
        event.stop()
        self.dismiss(event.text.strip())
