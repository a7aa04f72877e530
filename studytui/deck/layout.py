"""Blocks become lines of at most a given width: wrapping, hanging indents, tables. Screens and `--plain` use it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytui.deck.blocks import Block, Span, Style
from studytui.text import display_width, fitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studytui.deck.blocks import Text

#: One line on the screen: spans side by side, without a line end.
Row = tuple[Span, ...]

_WORDS = re.compile(r"\s+|\S+")
_BULLETS = ("•", "◦", "▪")
_BLANK: Row = ()


def lay_out(text: Text, width: int) -> list[Row]:
    """The rows of a text, with a blank row between blocks that are not parts of one list or table."""
    rows: list[Row] = []
    previous: Block | None = None
    blocks = list(text)
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if previous is not None and not _tight(previous, block):
            rows.append(_BLANK)
        if block.form in {"head", "row"}:
            table = [block]
            while index + 1 < len(blocks) and blocks[index + 1].form == "row":
                index += 1
                table.append(blocks[index])
            rows += _table(table, width)
        else:
            rows += _block(block, width)
        previous = blocks[index]
        index += 1
    return rows


def wrap_spans(spans: Iterable[Span], width: int, first: Row = (), rest: Row = ()) -> list[Row]:
    """Spans broken at spaces into rows of at most `width` columns; `first` and `rest` stand at the rows' starts.

    A word wider than a row is broken inside. Line feeds in the text break the row.
    """
    wrapper = _Wrapper(width, first, rest)
    for span in spans:
        for number, line in enumerate(span.text.split("\n")):
            if number:
                wrapper.end_row()
            for word in _WORDS.findall(line):
                wrapper.add(word, span.style)
    wrapper.end_row()
    return wrapper.rows


def row_width(row: Row) -> int:
    """Columns that a row takes."""
    return sum(display_width(span.text) for span in row)


#: Text in a style. Words are many and short-lived: with a Span for each, long texts took half as long again.
_Word = tuple[str, Style]


class _Wrapper:
    """Fills rows word by word; a word may be made of pieces in several styles."""

    def __init__(self, width: int, first: Row, rest: Row) -> None:
        self.rows: list[Row] = []
        self._width, self._rest, self._rest_width = max(width, row_width(rest) + 1), _words(rest), row_width(rest)
        self._row, self._used, self._bare = _words(first), row_width(first), True
        self._gap: _Word | None = None
        self._indent = len(first)

    def add(self, word: str, style: Style) -> None:
        if word.isspace():
            self._gap = (" " if style != "code" else word, style)
            return
        gap = self._gap if not self._bare else None
        size = display_width(word)
        if self._used + size + (display_width(gap[0]) if gap else 0) > self._width and not self._bare:
            if gap is None:
                self._carry()
            else:
                self.end_row()
            gap = None
        if gap is not None:
            self._put(*gap, display_width(gap[0]))
        self._gap = None
        while self._used + size > self._width:
            head = fitting(word, self._width - self._used)
            self._put(head, style, display_width(head))
            self.end_row()
            word = word[len(head) :]
            size = display_width(word)
        if word:
            self._put(word, style, size)

    def _carry(self) -> None:
        """The row is full in the middle of a word of several styles: its beginning moves to the next row."""
        for index in range(len(self._row) - 1, self._indent - 1, -1):
            if self._row[index][0].isspace():
                moved = self._row[index + 1 :]
                self._row = self._row[:index]
                self.end_row()
                for text, style in moved:
                    self._put(text, style, display_width(text))
                return
        self.end_row()

    def _put(self, text: str, style: Style, size: int) -> None:
        self._row.append((text, style))
        self._used += size
        self._bare = False

    def end_row(self) -> None:
        self.rows.append(_joined(self._row))
        self._row, self._used, self._bare = self._rest.copy(), self._rest_width, True
        self._indent, self._gap = len(self._rest), None


def _words(row: Iterable[Span]) -> list[_Word]:
    return [(span.text, span.style) for span in row]


def _joined(words: Iterable[_Word]) -> Row:
    """Neighbours of one style become one span, so that a screen has less to draw."""
    row: list[Span] = []
    texts: list[str] = []
    last: Style | None = None
    for text, style in words:
        if style != last:
            if last is not None:
                row.append(Span("".join(texts), last))
            texts, last = [], style
        texts.append(text)
    if last is not None:
        row.append(Span("".join(texts), last))
    return tuple(row)


def _tight(above: Block, below: Block) -> bool:
    lists = {"bullet", "number"}
    return above.form in lists and below.form in lists


def _block(block: Block, width: int) -> list[Row]:
    indent = "  " * block.level
    match block.form:
        case "bullet" | "number":
            marker = block.marker or _BULLETS[min(block.level, 2)]
            start = f"{indent}{marker} "
            return wrap_spans(block.spans, width, (Span(start),), (Span(" " * display_width(start)),))
        case "quote":
            bar = (Span(indent + "│ "),)
            return wrap_spans(block.spans, width, bar, bar)
        case "code":
            return _code("".join(span.text for span in block.spans).rstrip("\n").split("\n"), width)
        case "rule":
            return [(Span("─" * min(width, 20)),)]
        case "heading":
            return wrap_spans([Span(span.text, "strong") for span in block.spans], width)
        case _:
            return wrap_spans(block.spans, width)


def _code(lines: list[str], width: int) -> list[Row]:
    """Code keeps its spaces; a line that is too long goes on in the next row."""
    rows: list[Row] = []
    for line in lines:
        left = "  " + line
        while display_width(left) > width:
            head = fitting(left, width)
            rows.append((Span(head, "code"),))
            left = "  " + left[len(head) :]
        rows.append((Span(left, "code"),))
    return rows


def _table(blocks: list[Block], width: int) -> list[Row]:
    """A table with aligned columns, or, when it is too wide, each cell on rows of its own."""
    widths = table_widths(blocks, width)
    rows: list[Row] = []
    for block in blocks:
        style: Style | None = "strong" if block.form == "head" else None
        rows += _table_row(block, widths, style)
        if block.form == "head":
            rows.append((Span("─┼─".join("─" * size for size in widths)),))
    return rows


def table_widths(blocks: Sequence[Block], width: int) -> list[int]:
    """The widths of a table's columns, made narrower where they do not fit side by side."""
    columns = max(len(block.cells) for block in blocks)
    widths = [
        max((row_width(block.cells[column]) for block in blocks if column < len(block.cells)), default=0)
        for column in range(columns)
    ]
    if sum(widths) + 3 * (columns - 1) > width:
        widths = _shrunk(widths, width - 3 * (columns - 1))
    return widths


def _shrunk(widths: list[int], room: int) -> list[int]:
    """Column widths within the room there is: the widest gives first, none below four columns."""
    widths = list(widths)
    while sum(widths) > room and max(widths) > 4:
        widths[widths.index(max(widths))] -= 1
    return widths


def _table_row(block: Block, widths: list[int], style: Style | None) -> list[Row]:
    cells = []
    for column, size in enumerate(widths):
        spans = block.cells[column] if column < len(block.cells) else ()
        if style:
            spans = tuple(Span(span.text, style) for span in spans)
        cells.append(wrap_spans(spans, size))
    rows = []
    for number in range(max(len(cell) for cell in cells)):
        row: list[Span] = []
        for column, cell in enumerate(cells):
            part = cell[number] if number < len(cell) else ()
            row += part
            if column + 1 < len(cells):
                row.append(Span(" " * (widths[column] - row_width(part)) + " │ "))
        rows.append(_joined(_words(row)))
    return rows
