"""Card text as HTML without attributes: what question banks show. What came from outside never becomes a tag."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytui.deck.blocks import Block, Span, Text

_TAGS = {"strong": "strong", "mark": "strong", "em": "em", "strike": "s", "code": "code"}
_LISTS = {"bullet": "ul", "number": "ol"}


def html_text(text: Text) -> str:
    """A text as HTML blocks, one a line."""
    return "\n".join(_blocks(text))


def html_line(text: Text) -> str:
    """A text as HTML within a line, for an option or an item."""
    return "<br>".join(html_spans(block.spans) for block in text if block.spans)


def html_spans(spans: Sequence[Span]) -> str:
    """Spans as HTML within a line."""
    runs = groupby(spans, key=lambda span: _TAGS.get(span.style, ""))
    return "".join(_run("".join(span.text for span in group), tag) for tag, group in runs)


def html_plain(words: str) -> str:
    """Words without styles as HTML within a line."""
    return escape(words, quote=False).replace("\n", "<br>")


def _run(text: str, tag: str) -> str:
    words = html_plain(text)
    return f"<{tag}>{words}</{tag}>" if tag and words.strip() else words


def _blocks(text: Sequence[Block]) -> Iterator[str]:
    place = 0
    while place < len(text):
        block = text[place]
        end = place + 1
        if block.form in _LISTS:
            while end < len(text) and _belongs(text[end], block):
                end += 1
            yield from _list(text[place:end])
        elif block.form in {"head", "row"}:
            while end < len(text) and text[end].form == "row":
                end += 1
            yield _table(text[place:end])
        else:
            yield _block(block)
        place = end


def _belongs(block: Block, item: Block) -> bool:
    """Whether a block stands below an item, or is another item of its list."""
    return block.level > item.level or (block.form == item.form and block.level == item.level)


def _list(blocks: Sequence[Block]) -> Iterator[str]:
    """A list: each of its items with what stands below it."""
    tag = _LISTS[blocks[0].form]
    start = blocks[0].marker.rstrip(".")
    yield f'<ol start="{start}">' if tag == "ol" and start.isdecimal() and start != "1" else f"<{tag}>"
    starts = [place for place, block in enumerate(blocks) if block.level == blocks[0].level]
    for place, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        item = blocks[place]
        box = f"{item.marker} " if item.form == "bullet" and item.marker else ""
        below = "".join(_blocks(blocks[place + 1 : end]))
        yield f"<li>{box}{html_spans(item.spans)}{below}</li>"
    yield f"</{tag}>"


def _table(rows: Sequence[Block]) -> str:
    parts = []
    for form, group in groupby(rows, key=lambda row: row.form):
        part, tag = ("thead", "th") if form == "head" else ("tbody", "td")
        cells = ("".join(f"<{tag}>{html_spans(cell)}</{tag}>" for cell in row.cells) for row in group)
        parts.append(f"<{part}>{''.join(f'<tr>{row}</tr>' for row in cells)}</{part}>")
    return f"<table>{''.join(parts)}</table>"


def _block(block: Block) -> str:
    match block.form:
        case "code":
            code = escape("".join(span.text for span in block.spans), quote=False)
            return f"<pre><code>{code}</code></pre>"
        case "quote":
            return f"<blockquote><p>{html_spans(block.spans)}</p></blockquote>"
        case "rule":
            return "<hr>"
        case "heading":
            return f"<p><strong>{html_spans(block.spans)}</strong></p>"
        case _:
            return f"<p>{html_spans(block.spans)}</p>"
