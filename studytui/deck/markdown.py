"""Markdown becomes blocks. Alone in knowing markdown-it, which is slow to import: showing a card needs none of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from studytui.deck.accidents import accidental_lists, leftover
from studytui.deck.blocks import Block, Span, Style, Text
from studytui.deck.tex import TexError, tex_spans
from studytui.frozen import frozen
from studytui.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from studytui.deck.blocks import Form

_NAME = re.compile(r"\{([A-Za-z_]\w*)\}")
_GAP_ID = re.compile(r"\{#([\w.-]+)\}")
_TASK = re.compile(r"\[([ xX])\](?: +|$)")
_SPACES = re.compile(r"\s+")
_STYLES: dict[str, Style] = {"strong": "strong", "em": "em", "s": "strike", "link": "link"}


@frozen
class Gap:
    """One `==mark==`: its text, the id written behind it (`==mark=={#id}`) or none, and its line."""

    text: str
    id: str | None
    line: int


@dataclass(slots=True)
class Converted:
    """Blocks with the line of each, and what was met on the way. `problems` are (line, code, message)."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    names: list[tuple[str, int]] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    problems: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def text(self) -> Text:
        """The blocks."""
        return tuple(self.blocks)


def convert(source: str, first_line: int) -> Converted:
    """A clean Markdown text as blocks; its first row stands on line `first_line` of the file."""
    return _Converter(first_line).run(_parser().parse(source))


def convert_line(source: str, line: int) -> Converted:
    """One line of Markdown (a heading, an option) as a single paragraph, whatever it begins with."""
    return _Converter(line).run_inline(_parser().parseInline(source))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.core.ruler.disable("text_join")  # what was escaped stays apart from what was not
    parser.inline.ruler.after("escape", "math", _math_rule)
    parser.inline.ruler.after("math", "name", _name_rule)
    parser.inline.ruler.before("emphasis", "mark", _mark_rule)
    return parser


def _math_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """`$…$` and `$$…$$`: no space inside the dollars, no digit behind them, so that “$5 and $6” stays."""
    source, start = state.src, state.pos
    if source[start] != "$":
        return False
    width = 2 if source.startswith("$$", start) else 1
    dollars = "$" * width
    end = source.find(dollars, start + width)
    while end > 0 and source[end - 1] == "\\":
        end = source.find(dollars, end + 1)
    inside = source[start + width : end]
    if end < 0 or not inside.strip() or (width == 1 and (inside[0].isspace() or inside[-1].isspace())):
        return False
    if source[end + width : end + width + 1].isdigit():
        return False
    if not silent:
        token = state.push("math", "", 0)
        token.content = inside
    state.pos = end + width
    return True


def _name_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    match = _NAME.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    if match is None:
        return False
    if not silent:
        token = state.push("name", "", 0)
        token.content = match[1]
    state.pos = match.end()
    return True


def _mark_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """`==mark==`, like emphasis: no space inside the signs. `a == b == c` stays as it is."""
    source, start, limit = state.src, state.pos, state.posMax
    if not source.startswith("==", start) or source[start + 2 : start + 3] in {"", " ", "\n", "="}:
        return False
    end = _mark_end(state, start + 2)
    if end is None:
        return False
    after = _GAP_ID.match(source, end + 2)
    if not silent:
        state.push("mark_open", "mark", 1)
        state.pos, state.posMax = start + 2, end
        state.md.inline.tokenize(state)
        token = state.push("mark_close", "mark", -1)
        token.meta = {"id": after[1] if after else None}
    state.pos, state.posMax = after.end() if after else end + 2, limit
    return True


def _mark_end(state: StateInline, start: int) -> int | None:
    """Where the mark ends; what is skipped on the way (code, formulas) cannot end it."""
    hopeless = state.env.setdefault("no mark ends in", set())
    if state.src in hopeless:
        return None
    keep, end = state.pos, None
    state.pos = start
    while state.pos < state.posMax:
        here = state.pos
        if state.src.startswith("==", here) and not state.src[here - 1].isspace() and here > start:
            end = here
            break
        if state.src.startswith("==", here):
            state.pos += 2
        else:
            state.md.inline.skipToken(state)
    state.pos = keep
    if end is None:
        hopeless.add(state.src)
    return end


class _Converter:
    """Walks markdown-it's tokens once."""

    def __init__(self, first_line: int) -> None:
        self._first, self._out = first_line, Converted()
        self._lists: list[tuple[Form, int]] = []
        self._quotes = 0
        self._item: str | None = None
        self._form: Form = "paragraph"
        self._cells: list[tuple[Span, ...]] | None = None
        self._row: Form = "row"

    def run(self, tokens: Sequence[Token]) -> Converted:
        line = self._first
        for token in tokens:
            if token.map is not None:
                line = self._first + token.map[0]
            self._block_token(token, line)
        for row, sign in accidental_lists(tokens):
            message = f"“{sign}” begins a list or a quote here: if it is prose, move it up a line, or write \\{sign}"
            self._out.problems.append((self._first + row, "accidental-list", message))
        return self._out

    def run_inline(self, tokens: Sequence[Token]) -> Converted:
        for token in tokens:
            self._add(Block("paragraph", self._inline(token, self._first)), self._first)
        return self._out

    def _block_token(self, token: Token, line: int) -> None:  # noqa: C901, PLR0912 - one case a token
        match token.type:
            case "inline":
                self._content(token, line)
            case "heading_open":
                self._form = "heading"
                if token.markup in {"-", "="}:
                    self._setext(token, line)
            case "heading_close":
                self._form = "paragraph"
            case "bullet_list_open":
                self._lists.append(("bullet", 0))
            case "ordered_list_open":
                self._lists.append(("number", int(token.attrs.get("start", 1))))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._open_item()
            case "list_item_close":
                self._item = None
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "fence" | "code_block":
                self._code(token, line)
            case "hr":
                self._add(Block("rule", level=self._depth), line)
            case "thead_open":
                self._row = "head"
            case "tbody_open":
                self._row = "row"
            case "tr_open":
                self._cells = []
            case "tr_close":
                self._add(Block(self._row, level=self._depth, cells=tuple(self._cells or ())), line)
                self._cells = None

    def _setext(self, token: Token, line: int) -> None:
        under = self._first + token.map[1] - 1 if token.map else line
        message = (
            f"{token.markup * 3} right under a line makes the line a heading: "
            "put a blank line between them, or write a heading with #"
        )
        self._out.problems.append((under, "setext-heading", message))

    @property
    def _depth(self) -> int:
        return len(self._lists)

    def _open_item(self) -> None:
        form, number = self._lists[-1]
        self._item = f"{number}." if form == "number" else ""
        self._lists[-1] = (form, number + 1)

    def _content(self, token: Token, line: int) -> None:
        if self._cells is not None:
            self._cells.append(self._inline(token, line))
            return
        spans = self._inline(token, line)
        if self._item is None:
            form: Form = "quote" if self._quotes and self._form == "paragraph" else self._form
            self._add(Block(form, spans, self._depth + max(self._quotes - 1, 0)), line)
            return
        marker, self._item = self._item, None
        form = self._lists[-1][0]
        task = _TASK.match(spans[0].text) if form == "bullet" and spans and spans[0].style == "plain" else None
        if task is not None:
            marker = "[ ]" if task[1] == " " else "[x]"
            rest = spans[0].text[task.end() :]
            spans = (Span(rest), *spans[1:]) if rest else spans[1:]
        self._add(Block(form, spans, self._depth - 1, marker), line)

    def _code(self, token: Token, line: int) -> None:
        if self._item is not None:
            self._add(Block(self._lists[-1][0], (), self._depth - 1, self._item), line)
            self._item = None
        content = token.content.removesuffix("\n")
        language = token.info.strip().split(" ", 1)[0] if token.info else ""
        self._add(Block("code", (Span(content, "code"),), self._depth, language), line)

    def _add(self, block: Block, line: int) -> None:
        self._out.blocks.append(block)
        self._out.lines.append(line)

    def _inline(self, token: Token, line: int) -> tuple[Span, ...]:
        return _Inline(self._out, line).run(token.children or [])


class _Inline:
    """The spans of one run of inline tokens."""

    def __init__(self, out: Converted, line: int) -> None:
        self._out, self._line = out, line
        self._spans: list[Span] = []
        self._styles: list[Style] = []
        self._mark_start: list[int] = []
        self._link: list[tuple[int, str]] = []

    def run(self, tokens: Sequence[Token]) -> tuple[Span, ...]:
        for token, after in zip_longest(tokens, tokens[1:]):
            for span in self._token(token):
                self._put(span)
            self._check_signs(leftover(token, after))
        return tuple(self._spans)

    def _check_signs(self, sign: str | None) -> None:
        if sign is None:
            return
        if sign == "{{":
            message = "“{{” stands for a name only between dollars: write {name} in prose"
        else:
            message = (
                f"“{sign}” is shown as it stands: it needs its partner and, behind a bracket or a formula, a space "
                f"or a full stop after it; write \\{sign[0]} if it is meant"
            )
        self._out.problems.append((self._line, "markup-shown", message))

    @property
    def _style(self) -> Style:
        return self._styles[-1] if self._styles else "plain"

    def _put(self, span: Span) -> None:
        boundary = max((*self._mark_start, *(start for start, _ in self._link)), default=0)
        mergeable = span.style not in {"name", "mathname"} and len(self._spans) > boundary
        if mergeable and self._spans[-1].style == span.style:
            self._spans[-1] = Span(self._spans[-1].text + span.text, span.style)
        elif span.text:
            self._spans.append(span)

    def _token(self, token: Token) -> Iterator[Span]:  # noqa: C901, PLR0912 - one case a token
        match token.type:
            case "text" | "text_special" | "html_inline":
                yield Span(clean(token.content), self._style)
            case "softbreak":
                self._line += 1
                yield Span(" ", self._style)
            case "hardbreak":
                self._line += 1
                yield Span("\n", self._style)
            case "code_inline":
                yield Span(token.content, "code")
            case "math":
                yield from self._math(token.content)
            case "name":
                self._out.names.append((token.content, self._line))
                yield Span(token.content, "name", self._style)
            case "mark_open":
                self._mark_start.append(len(self._spans))
            case "mark_close":
                self._close_mark(token)
            case "strong_open" | "em_open" | "s_open":
                self._styles.append(_STYLES[token.tag])
            case "strong_close" | "em_close" | "s_close":
                self._styles.pop()
            case "link_open":
                self._styles.append("link")
                self._link.append((len(self._spans), clean(str(token.attrs.get("href", "")))))
            case "link_close":
                self._styles.pop()
                yield from self._close_link()
            case "image":
                description = clean(token.content) or "image"
                message = (
                    f"the terminal shows only the description “{description[:40]}”: draw it as text in a code fence"
                )
                self._out.problems.append((self._line, "image-not-shown", message))
                yield Span(f"[{description}]", self._style)

    def _math(self, source: str) -> Iterator[Span]:
        try:
            spans = tex_spans(source.replace("\n", " "))
        except TexError as error:
            self._out.problems.append((self._line, "tex-unsupported", f"${source[:60]}$: {error}"))
            spans = (Span(source, "math"),)
        for span in spans:
            if span.style == "mathname":
                self._out.names.append((span.text, self._line))
            yield span
        self._line += source.count("\n")

    def _close_mark(self, token: Token) -> None:
        start = self._mark_start.pop()
        text = "".join(f"{{{span.text}}}" if span.style == "name" else span.text for span in self._spans[start:])
        text = _SPACES.sub(" ", text).strip()
        del self._spans[start:]
        self._out.gaps.append(Gap(text, token.meta.get("id"), self._line))
        self._spans.append(Span(text, "mark"))

    def _close_link(self) -> Iterator[Span]:
        start, target = self._link.pop()
        shown = "".join(span.text for span in self._spans[start:])
        if target.startswith(("http://", "https://")) and target not in {shown, f"https://{shown}"}:
            yield Span(f" ({target})")
