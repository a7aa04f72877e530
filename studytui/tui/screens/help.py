"""Help: every key of the screen below with its id, how answers are written, and what the words mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.binding import Binding

from studytui.deck.blocks import Block, Span
from studytui.deck.layout import wrap_spans
from studytui.face import Row, text_rows
from studytui.tui.screens.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from textual.screen import Screen

#: Letters that are bound beside the Latin ones on the same keys need no mention.
_HANGUL = re.compile("[ㄱ-ㅣ]")
#: One line for each of ten digits would hide the rest; what they do is said below.
_DIGIT = re.compile(r"\.digit\d")
_ANSWERS = (
    ("a number", "28, -0.5, 1e-3, 12.5%"),
    ("an expression", "3*3*128*64 + 64, 1/(1+exp(-0.5)), 2^10"),
    ("a shape", "28x28x4, (28, 28, 4)"),
    ("a vector", "0.1, -0.2 or [0.1, -0.2]"),
    ("a choice", "a digit; with several right ones space picks and enter hands in"),
    ("an order", "space takes and puts down an item, ↑ ↓ move it"),
    ("a match", "the cursor is on the left, a digit names the partner on the right"),
)
_WORDS = (
    ("right", "equal to the computed answer; decimals as far as the card asks, more are welcome"),
    ("slip", "a wrong answer with a name: the sentence says which mistake gives it"),
    ("close", "right but for a sign, a power of ten, rounding or the order of axes"),
    ("wrong", "none of these"),
    ("unreadable", "not understood; asked again and never counted"),
    ("withdrawn", "a witness disagreed with the answer, so the card is not asked until that is mended"),
)


class HelpScreen(Page):
    """The keys come from the screen below, so that rebound keys stand here as they are."""

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__("Help")
        self._below = below

    def rows(self, width: int) -> list[Row]:
        """All of help at a width."""
        rows = _heading("Keys of this screen", width)
        rows += _table(self._keys(), width)
        rows += [Row(), *_heading("How to write an answer", width), *_table(_ANSWERS, width)]
        rows += [Row(), *_heading("Words", width), *_table(_WORDS, width)]
        rows += [Row(), *_heading("Changing keys", width)]
        text = (
            "The settings screen (, at home) sets other keys. The name in brackets is the key's id: in settings.toml, "
            "under [keys], one writes for example"
        )
        rows += text_rows((_paragraph(text), Block("code", (Span('"study.undo" = "z"'),))), width)
        return rows

    def _keys(self) -> list[tuple[str, str]]:
        keys: dict[str, tuple[list[str], str]] = {}
        for bound in self._below._bindings.key_to_bindings.values():  # noqa: SLF001 - all keys, not only those valid now
            for binding in bound:
                if binding.id and not _DIGIT.search(binding.id):
                    shown, _ = keys.setdefault(binding.id, ([], binding.tooltip or binding.description))
                    name = self.app.get_key_display(Binding(binding.key, "", ""))
                    if not _HANGUL.search(name):
                        shown.append(name)
        return [(" ".join(shown), f"{tooltip} [{name}]") for name, (shown, tooltip) in keys.items()]


def _heading(words: str, width: int) -> list[Row]:
    return [Row(((row[0].text, "accent"),)) for row in wrap_spans([Span(words)], width)]


def _paragraph(words: str) -> Block:
    return Block("paragraph", (Span(words),))


def _table(lines: Iterable[tuple[str, str]], width: int) -> list[Row]:
    column = min(16, width // 3)
    rows = []
    for left, right in lines:
        first = (Span(left.ljust(column) + " ", "strong"),)
        rest = (Span(" " * (column + 1)),)
        rows += [
            Row(tuple((span.text, span.style) for span in row)) for row in wrap_spans([Span(right)], width, first, rest)
        ]
    return rows
