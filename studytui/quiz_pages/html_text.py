"""Card text as HTML that is well-formed XML, too. Nothing in a text becomes markup."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from studytui.deck.blocks import plain
from studytui.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studytui.deck.blocks import Block, Span, Text

_TAGS = {"strong": "strong", "em": "em", "code": "code", "mark": "mark", "strike": "del"}
_CLASSES = {"math", "muted"}
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


def text(words: str) -> str:
    """A text that is shown as it is."""
    return escape(clean(words))


def language(words: str | Text) -> str:
    """The attribute that says that a text is Korean, where it is: a page is read aloud and set in its language."""
    return ' lang="ko"' if _HANGUL.search(words if isinstance(words, str) else plain(words)) else ""


def inline(spans: Iterable[Span]) -> str:
    """Spans with their styles."""
    return "".join(map(_span, spans))


def blocks(content: Sequence[Block]) -> str:
    """Blocks, their lists nested and their tables put together."""
    made, place = [], 0
    while place < len(content):
        block = content[place]
        end = place + 1
        if block.form in {"bullet", "number"}:
            while end < len(content) and _continues(content[end], block):
                end += 1
            made.append(_list(content[place:end]))
        elif block.form in {"head", "row"}:
            while end < len(content) and content[end].form == "row":
                end += 1
            made.append(_table(content[place:end]))
        else:
            made.append(_block(block))
        place = end
    return "\n".join(made)


def _span(span: Span) -> str:
    shown = text(span.text)
    if span.style in _TAGS:
        return f"<{_TAGS[span.style]}>{shown}</{_TAGS[span.style]}>"
    return f'<span class="{span.style}">{shown}</span>' if span.style in _CLASSES else shown


def _continues(block: Block, first: Block) -> bool:
    """Whether a block belongs to the list that another began: the next item, or what stands in an item."""
    return block.level > first.level or (block.level == first.level and block.form == first.form)


def _list(content: Sequence[Block]) -> str:
    """A list from its first item on, each item with what stands in it."""
    first = content[0]
    items: list[tuple[Block, list[Block]]] = []
    for block in content:
        if block.level == first.level:
            items.append((block, []))
        else:
            items[-1][1].append(block)
    made = "\n".join(_item(item, inside) for item, inside in items)
    return f"<ul>\n{made}\n</ul>" if first.form == "bullet" else f"<ol>\n{made}\n</ol>"


def _item(item: Block, inside: Sequence[Block]) -> str:
    number = re.sub("[^0-9]", "", item.marker)[:9] if item.form == "number" else ""
    box = f"{text(item.marker)} " if item.form == "bullet" and item.marker else ""
    value = f' value="{int(number)}"' if number else ""
    below = f"\n{blocks(inside)}" if inside else ""
    return f"<li{value}>{box}{inline(item.spans)}{below}</li>"


def _table(content: Sequence[Block]) -> str:
    made = ""
    for form, group in groupby(content, key=lambda block: block.form):
        cell, start = ("th", '<th scope="col">') if form == "head" else ("td", "<td>")
        rows = "\n".join(
            f"<tr>{''.join(f'{start}{inline(each)}</{cell}>' for each in block.cells)}</tr>" for block in group
        )
        made += f"<thead>{rows}</thead>\n" if form == "head" else f"<tbody>\n{rows}\n</tbody>\n"
    return f'<div class="wide"><table>\n{made}</table></div>'


def _block(block: Block) -> str:
    match block.form:
        case "code":
            return f"<pre><code>{text(''.join(span.text for span in block.spans))}</code></pre>"
        case "quote":
            return f"<blockquote><p>{inline(block.spans)}</p></blockquote>"
        case "rule":
            return "<hr />"
        case "heading":
            return f"<h4>{inline(block.spans)}</h4>"
        case _:
            return f"<p>{inline(block.spans)}</p>"
