"""Card text as data: blocks of spans, ready to be shown by a screen or printed as lines.

Markdown becomes blocks once, when a deck is read (`markdown.py`); names are filled in when a variant is drawn. Screens
know only these types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

Style = Literal["plain", "strong", "em", "code", "math", "mark", "link", "strike", "name", "mathname"]
Form = Literal["paragraph", "bullet", "number", "code", "quote", "row", "head", "rule", "heading"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. Styles `name` and `mathname` hold the name of a value, not yet its text."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item, code block, table row…: what stands on lines of its own.

    `level` is the nesting of a list item or quote. `marker` is a list item's number or bullet. A table's rows follow
    each other (`head`, then `row`), each with its `cells`; every other form has `spans`.
    """

    form: Form
    spans: tuple[Span, ...] = ()
    level: int = 0
    marker: str = ""
    cells: tuple[tuple[Span, ...], ...] = ()


Text = tuple[Block, ...]


def names_in(text: Text) -> set[str]:
    """The names of values that a text asks for."""
    return {span.text for block in text for span in _all_spans(block) if span.style in {"name", "mathname"}}


def fill(text: Text, values: Mapping[str, str]) -> Text:
    """The text with every name replaced by its value; a name without a value stays, in braces."""
    return tuple(
        replace(
            block,
            spans=_fill_spans(block.spans, values),
            cells=tuple(_fill_spans(cell, values) for cell in block.cells),
        )
        for block in text
    )


def plain(text: Text) -> str:
    """The text without styles, one line a block: for messages, logs and comparison."""
    lines = []
    for block in text:
        if block.cells:
            lines.append(" | ".join("".join(span.text for span in cell) for cell in block.cells))
        else:
            lines.append(f"{block.marker} ".lstrip() + "".join(span.text for span in block.spans))
    return "\n".join(lines)


def _all_spans(block: Block) -> tuple[Span, ...]:
    return block.spans + tuple(span for cell in block.cells for span in cell)


def _fill_spans(spans: tuple[Span, ...], values: Mapping[str, str]) -> tuple[Span, ...]:
    if not any(span.style in {"name", "mathname"} for span in spans):
        return spans
    return tuple(_fill_span(span, values) for span in spans)


def _fill_span(span: Span, values: Mapping[str, str]) -> Span:
    if span.style == "name":
        return Span(values.get(span.text, f"{{{span.text}}}"))
    if span.style == "mathname":
        return Span(values.get(span.text, f"{{{{{span.text}}}}}"), "math")
    return span
