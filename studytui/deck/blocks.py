"""Card text as data: blocks of spans, ready to be shown by a screen or printed as lines.

Markdown becomes blocks once, when a deck is read (`markdown.py`); names are filled in when a variant is drawn. Screens
know only these types.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from studytui.frozen import frozen

Style = Literal["plain", "strong", "em", "code", "math", "mark", "link", "strike", "muted", "name", "mathname"]
Form = Literal["paragraph", "bullet", "number", "code", "quote", "row", "head", "rule", "heading"]

#: The styles of spans that hold a value's name.
_NAMES = frozenset(("name", "mathname"))
#: A negative number behind one of the first, or before one of the second, needs parentheses: `2·(−1)`, `(−1)²`.
_OPERATORS, _POWERS = frozenset("-+−±·×÷∗⊙^/√"), frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽ⁿⁱᵀᵗ^")


@frozen
class Span:
    """A run of text in one style. Styles `name` and `mathname` hold the name of a value, not yet its text.

    `around` is the style that the text of a name takes when it is filled in.
    """

    text: str
    style: Style = "plain"
    around: Style = "plain"


@frozen
class Block:
    """One paragraph, list item, code block, table row…: what stands on lines of its own.

    `level` is the nesting of a list item or quote, from 0; what continues an item stands one level below it. `marker`
    is a list item's number (`1.`), a task's box (`[x]`), or a code block's language. A table's rows follow each other
    (`head`, then `row`), each with its `cells`; every other form has `spans`.
    """

    form: Form
    spans: tuple[Span, ...] = ()
    level: int = 0
    marker: str = ""
    cells: tuple[tuple[Span, ...], ...] = ()


Text = tuple[Block, ...]


def names_in(text: Text) -> set[str]:
    """The names of values that a text asks for."""
    return {span.text for block in text for span in _all_spans(block) if span.style in _NAMES}


def fill(text: Text, values: Mapping[str, str]) -> Text:
    """The text with every name replaced by its value; a name without a value stays, in braces.

    A negative number gets parentheses behind an operator and before a power.
    """
    return tuple([_fill_block(block, values) for block in text])


def _fill_block(block: Block, values: Mapping[str, str]) -> Block:
    spans = _fill_spans(block.spans, values)
    cells = tuple([_fill_spans(cell, values) for cell in block.cells]) if block.cells else ()
    if spans is block.spans and cells == block.cells:
        return block
    return Block(block.form, spans, block.level, block.marker, cells)


def plain(text: Text) -> str:
    """The text without styles, one line a block: for messages, logs and comparison."""
    lines = []
    for block in text:
        if block.cells:
            lines.append(" | ".join("".join(span.text for span in cell) for cell in block.cells))
        else:
            marker = f"{block.marker} " if block.marker and block.form != "code" else ""
            lines.append(marker + "".join(span.text for span in block.spans))
    return "\n".join(lines)


def _all_spans(block: Block) -> tuple[Span, ...]:
    return block.spans + tuple(span for cell in block.cells for span in cell)


def _fill_spans(spans: tuple[Span, ...], values: Mapping[str, str]) -> tuple[Span, ...]:
    for span in spans:
        if span.style in _NAMES:
            break
    else:
        return spans
    filled: list[Span] = []
    for place, span in enumerate(spans):
        if span.style not in _NAMES:
            filled.append(span)
            continue
        text = values.get(span.text)
        if text and text[0] in "-−" and text[1:2].isdigit():
            before = filled[-1].text.removesuffix(" ")[-1:] if filled else ""
            after = spans[place + 1].text[:1] if place + 1 < len(spans) else ""
            if before in _OPERATORS or after in _POWERS:
                text = f"({text})"
        if span.style == "name":
            filled.append(Span(f"{{{span.text}}}" if text is None else text, span.around))
        else:
            filled.append(Span(f"{{{{{span.text}}}}}" if text is None else text, "math"))
    return tuple(filled)
