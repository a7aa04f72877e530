"""Card text as Markdown that any reader shows alike: CommonMark, with the tables of GitHub's.

What came from outside never becomes markup: signs that mean something get a backslash. Formulas are Unicode already.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytui.deck.blocks import Block, Span, Text

#: What means something wherever it stands, in CommonMark, on code hosts ($ and single ~) or in tables.
_INLINE = re.compile(
    r"""
      [\\`*<~$]
    | (?<![^\W_])_|_(?![^\W_])
    | \[(?=[\^@])
    | \](?=[(\[:{])
    | &(?=\#?\w+;)
    """,
    re.VERBOSE,
)
#: What means something at the start of a line: headings, quotes, items, rules, underlines of headings and of tables.
_START = re.compile(r"\#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[|:\- ]+$|=+\s*$|\[[ xX]\]")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_MARKS = {"strong": "**", "mark": "**", "em": "*", "strike": "~~"}
_STYLED = frozenset({"code", *_MARKS})
#: Beside these a sign would be another one.
_SIGNS = frozenset("*~_\\")


def markdown_text(text: Text) -> str:
    """A text as Markdown blocks, a blank line between them; without a line feed at the end."""
    return "\n".join(_lines(text))


def markdown_line(spans: Sequence[Span]) -> str:
    """Spans as one line that is nothing but a line, whatever it begins with."""
    return started(" ".join(_inline(spans).split()))


def markdown_cell(spans: Sequence[Span]) -> str:
    """Spans as the cell of a table."""
    return _barred(" ".join(_inline(spans).split()))


def escaped(text: str, before: str = "", after: str = "") -> str:
    """Clean text without styles as Markdown, for the middle of a line, between neighbours that are Markdown already."""
    whole, start = before + text + after, len(before)
    end = start + len(text)
    signs = {found.start() for found in _INLINE.finditer(whole) if start <= found.start() < end}
    return "".join(f"\\{whole[place]}" if place in signs else whole[place] for place in range(start, end))


def started(line: str) -> str:
    """A line of Markdown that begins no block."""
    if _START.match(line):
        return f"\\{line}"
    number = _NUMBER.match(line)
    return f"{number[1]}\\{number[2]}{line[number.end() :]}" if number is not None else line


def _barred(text: str) -> str:
    """In a table a bar ends the cell, in code, too."""
    return text.replace("|", "\\|")


def _lines(text: Text) -> Iterator[str]:
    indents: list[int] = []
    before: Block | None = None
    for block in text:
        del indents[block.level :]
        indent = " " * (indents[-1] if indents else 0)
        if before is not None and not _continues(before, block):
            yield ""
        yield from (f"{indent}{line}".rstrip() if line else "" for line in _block(block, before))
        # What stands below an item stands behind its sign.
        sign = f"{block.marker} " if block.form == "number" else "- "
        indents += [len(indent) + len(sign)] * (block.level + 1 - len(indents))
        before = block


def _continues(before: Block, block: Block) -> bool:
    """Whether a block follows the one before without a blank line: the next item, the next row."""
    if block.form == "row":
        return before.form in {"head", "row"}
    return block.form == before.form and block.form in {"bullet", "number"} and block.level >= before.level


def _block(block: Block, before: Block | None) -> Iterator[str]:
    match block.form:
        case "bullet" | "number":
            sign = block.marker if block.form == "number" else "-"
            box = f"{block.marker} " if block.form == "bullet" and block.marker else ""
            first, *more = _started_lines(block.spans)
            yield f"{sign} {box}{first}"
            yield from (" " * (len(sign) + 1) + line for line in more)
        case "code":
            yield from _code_block("".join(span.text for span in block.spans), block.marker)
        case "quote":
            yield from (f"> {line}" for line in _started_lines(block.spans))
        case "rule":
            yield "* * *"
        case "heading":
            yield f"**{line}**" if _can_be_marked(line := markdown_line(block.spans)) else line
        case "head":
            yield from _table_head(block.cells)
        case "row":
            if before is None or before.form not in {"head", "row"}:
                yield from _table_head(((),) * len(block.cells))
            yield _row(block.cells)
        case "paragraph":
            yield from _started_lines(block.spans)


def _table_head(cells: Sequence[Sequence[Span]]) -> Iterator[str]:
    yield _row(cells)
    yield _row_of("---" for _ in cells)


def _row(cells: Sequence[Sequence[Span]]) -> str:
    return _row_of(map(markdown_cell, cells))


def _row_of(cells: Iterator[str] | map[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _code_block(code: str, language: str) -> Iterator[str]:
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
    yield fence + (language if re.fullmatch(r"[\w.+-]+", language) else "")
    yield from code.split("\n")
    yield fence


def _started_lines(spans: Sequence[Span]) -> list[str]:
    """The lines of a paragraph, one at least; a backslash at the end says that the next one begins a line, too."""
    lines = [started(line.strip(" ")) for line in _inline(spans).split("\n") if line.strip()]
    return [f"{line}\\" for line in lines[:-1]] + (lines[-1:] or [""])


def _inline(spans: Sequence[Span]) -> str:
    runs = [
        (style, "".join(span.text for span in group))
        for style, group in groupby(spans, key=lambda span: span.style if span.style in _STYLED else "plain")
    ]
    out = ""
    for place, (style, text) in enumerate(runs):
        after = runs[place + 1][1][:1] if place + 1 < len(runs) else ""
        out += _code_span(text) if style == "code" else _styled(text, _MARKS.get(style, ""), out, after)
    return out


def _styled(text: str, sign: str, before: str, after: str) -> str:
    """A text between the signs of its style, where they are sure to be read as signs."""
    text = escaped(text, before[-1:], after)
    if sign and _can_be_marked(text) and not {before[-1:], after[:1]} & _SIGNS:
        return f"{sign}{text}{sign}"
    return text


def _can_be_marked(text: str) -> bool:
    """Whether emphasis can begin and end at the ends of a text: at letters and digits it always can."""
    return "\n" not in text and text[:1].isalnum() and text[-1:].isalnum()


def _code_span(code: str) -> str:
    code = code.replace("\n", " ")
    if not code.strip():
        return escaped(code)
    fence = "`" * (1 + max(map(len, re.findall("`+", code)), default=0))
    padding = " " if code[0] in "` " or code[-1] in "` " else ""
    return f"{fence}{padding}{code}{padding}{fence}"
