"""What does not fit a terminal of 80 columns: code, tables, formulas and words that a card would show cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from studytui.deck.blocks import Block, fill
from studytui.deck.kinds.choice import Choice
from studytui.deck.kinds.cloze import Cloze
from studytui.deck.kinds.match import Match
from studytui.deck.kinds.order import Order
from studytui.deck.kinds.recall import Recall
from studytui.deck.layout import row_width, table_widths
from studytui.deck.plan import Computed
from studytui.text import display_width

if TYPE_CHECKING:
    from studytui.deck.blocks import Span, Text
    from studytui.deck.codes import Findings
    from studytui.deck.model import Card

#: Columns of a card's text in a terminal of 80, and those that stand before an option, an item or a partner.
COLUMNS, BEFORE_OPTION, BEFORE_ITEM = 76, 8, 6
#: Code is shown two columns in.
_BEFORE_CODE = 2
#: A run of characters without a space that could be too wide: wide characters take two columns.
_LONG = re.compile(rf"\S{{{(COLUMNS - BEFORE_OPTION) // 4},}}")


def check_fit(card: Card, findings: Findings, values: Mapping[str, str] | None = None) -> None:
    """Finds what is wider than a row. `values` are the widest that the names of a computed card show."""
    for text, before in _texts(card):
        for what in _too_wide(fill(text, values) if values else text, COLUMNS - before):
            findings.add(card.line, "too-wide", f"{what}: shorten or split it", card.id)
            return


def _texts(card: Card) -> Iterator[tuple[Text, int]]:
    """What the card shows, with the columns that stand before it."""
    for text in (card.heading, card.question, card.explanation):
        yield text, 0
    match card.content:
        case Recall(answer):
            yield answer, 0
        case Computed() as computed:
            yield computed.asks, BEFORE_OPTION
        case Cloze(text):
            yield text, 0
        case Choice(options):
            yield from ((option, BEFORE_OPTION) for option in options)
        case Order(items):
            yield from ((item, BEFORE_ITEM) for item in items)
        case Match(left, right):
            yield from ((side, BEFORE_ITEM) for side in (*left, *right))


def _too_wide(text: Text, room: int) -> Iterator[str]:
    table: list[Block] = []
    for block in text:
        if block.form in {"head", "row"}:
            if block.form == "head":
                yield from _wide_table(table, room)
                table = []
            table.append(block)
        elif block.form == "code":
            yield from _wide_code(block, room)
        else:
            before = 2 * block.level + (len(block.marker) + 1 if block.marker else 2) * (block.form != "paragraph")
            yield from _wide_spans(block.spans, room - before)
    yield from _wide_table(table, room)


def _wide_code(block: Block, room: int) -> Iterator[str]:
    for line in "".join(span.text for span in block.spans).split("\n"):
        width = display_width(line) + _BEFORE_CODE
        if width > room:
            yield f"the line of code “{line.strip()[:30]}…” takes {width} columns, a card has {room}"


def _wide_spans(spans: Iterable[Span], room: int) -> Iterator[str]:
    """Words wider than a row, which may be made of several spans; formulas, which are read in one row."""
    spans = tuple(spans)
    for word in _LONG.findall("".join(span.text for span in spans)):
        width = display_width(word)
        if width > room:
            yield f"the word “{word[:30]}…” takes {width} columns, there are {room}"
    for formula in _formulas(spans):
        width = display_width(formula)
        if width > room:
            yield f"the formula “{formula[:30]}…” takes {width} columns, there are {room}"


def _formulas(spans: Iterable[Span]) -> Iterator[str]:
    formula = ""
    for span in spans:
        if span.style in {"math", "mathname"}:
            formula += span.text
        else:
            yield formula
            formula = ""
    yield formula


def _wide_table(blocks: list[Block], room: int) -> Iterator[str]:
    """A table is too wide when its columns, made narrower, cut words in two."""
    if not blocks:
        return
    widths = table_widths(blocks, room)
    for block in blocks:
        for cell, size in zip(block.cells, widths, strict=False):
            if row_width(cell) > size:
                for word in "".join(span.text for span in cell).split():
                    if display_width(word) > size:
                        yield f"the table is wider than {room} columns: “{word[:30]}” is cut in two"
