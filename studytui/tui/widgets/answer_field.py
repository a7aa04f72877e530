"""The field in which answers are typed: one line, without a frame."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

if TYPE_CHECKING:
    from textual.binding import BindingType


class AnswerField(Input):
    """A compact input. Enter hands in what stands there, unchanged."""

    DEFAULT_CSS = """
    AnswerField { padding: 0 1; background: $boost; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "answer", id="field.submit", tooltip="Hand in what is typed", priority=False)
    ]

    class Entered(Message):
        """Enter was pressed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__(compact=True, max_length=2_000, select_on_focus=False)

    def replace(self, text: str, start: int, end: int) -> None:
        """Everything that is typed and pasted comes here. Hangul in letters (macOS pastes it so) is composed.

        A vowel or a final consonant by itself joins the syllable before it.
        """
        if not text.isascii():
            start, end = sorted((max(0, start), min(len(self.value), end)))
            before = self.value[max(start - 1, 0) : start]
            text = unicodedata.normalize("NFC", before + text)
            start -= len(before)
        super().replace(text, start, end)

    async def action_submit(self) -> None:
        """What was typed goes to the screen, an empty line, too."""
        self.post_message(self.Entered(self.value))
