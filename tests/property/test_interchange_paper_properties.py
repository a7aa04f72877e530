"""Card text as Markdown and HTML: read back by parsers of others, it says what the card says, whatever that is."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.markdown_read import shape, squeezed, words

from studytui.deck.blocks import Block, Span
from studytui.interchange.html_text import html_line, html_text
from studytui.interchange.markdown_text import escaped, markdown_cell, markdown_line, markdown_text, started
from studytui.text import clean

SIGNS = """# ## ``` ` * ** _ __ ~ ~~ [ ] ]( [a](b) [a]: ![ | |-| :-: --- === = - + 1. 12) > < <b> <!-- --> <a@b.c> {a}
& &amp; &#42; $ $$ $x$ \\ \\\\ \\* { } {#a} [x] [^1] [@a] a b1 가 은 ( ) . , : ; ! ? " ' x^2 ]]> é http://a.b <http://a>"""
PIECES = st.sampled_from([*SIGNS.split(), "[ ]", " ", "  ", "    ", "\n", "\u00a0"])
MESS = st.lists(PIECES | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=4), max_size=8).map(
    lambda parts: clean("".join(parts))
)
STYLES = st.sampled_from(["plain", "plain", "strong", "em", "code", "math", "mark", "link", "strike", "muted"])
SPANS = st.lists(st.builds(lambda text, style: Span(" ".join(text.split()) if style == "code" else text, style),
                           MESS.filter(str.strip), STYLES), min_size=1, max_size=4).map(tuple)  # fmt: skip


def said(spans):
    return "".join(span.text for span in spans)


@given(SPANS)
@settings(max_examples=150)
@example((Span("a"), Span("b", "strong"), Span("은 c")))
@example((Span("값(x)", "strong"), Span("은")))
@example((Span("a_"), Span("b", "em"), Span("_c")))
@example((Span("`"), Span("`a`", "code")))
def test_a_line_of_markdown_says_what_the_spans_say(spans):
    line = markdown_line(spans)
    assert words(line) == squeezed(said(spans))
    assert shape(line) == ["paragraph_open", "inline", "paragraph_close"]


@given(st.lists(SPANS, min_size=2, max_size=3))
@settings(max_examples=80)
def test_a_row_of_a_table_has_its_cells(cells):
    text = (Block("head", cells=tuple(cells)), Block("row", cells=tuple(cells)))
    markdown = markdown_text(text)
    assert shape(markdown).count("th_open") == shape(markdown).count("td_open") == len(cells)
    assert words(markdown) == squeezed(" ".join(said(cell) for cell in (*cells, *cells)))
    assert all("\n" not in markdown_cell(cell) for cell in cells)


PLAIN_BLOCKS = st.builds(Block, st.sampled_from(["paragraph", "quote", "heading"]), SPANS)
CODE_BLOCKS = st.builds(
    lambda code: Block("code", (Span(code, "code"),), marker="python"), MESS.map(lambda text: text.strip("\n"))
)
ITEMS = st.builds(lambda form, spans: Block(form, spans, 0, "1." if form == "number" else ""),
                  st.sampled_from(["bullet", "number"]), SPANS)  # fmt: skip
BELOW = st.builds(lambda spans: Block("bullet", spans, 1), SPANS)


@given(st.lists(PLAIN_BLOCKS | CODE_BLOCKS | ITEMS, min_size=1, max_size=5))
@settings(max_examples=100)
def test_blocks_say_what_they_said_in_markdown(blocks):
    markdown = markdown_text(tuple(blocks))
    assert words(markdown) == squeezed(" ".join(said(block.spans) for block in blocks))
    kinds = shape(markdown)
    assert kinds.count("fence") == sum(block.form == "code" for block in blocks)
    assert kinds.count("list_item_open") == sum(block.form in {"bullet", "number"} for block in blocks)
    assert not {"html_block", "code_block", "table_open", "hr"} & set(kinds)


@given(SPANS, BELOW, SPANS)
@settings(max_examples=40)
def test_what_stands_below_an_item_stays_below_it(first, below, last):
    item = Block("number", first, 0, "1.")
    markdown = markdown_text((item, below, Block("code", (Span("x", "code"),), 1), Block("number", last, 0, "2.")))
    kinds = shape(markdown)
    assert kinds.count("ordered_list_open") == 1
    assert kinds.count("bullet_list_open") == 1
    assert kinds.count("list_item_open") == 3
    assert kinds.count("fence") == 1


@given(st.text("abcxyz가나다0123456789 .,;:?!()/%+'\"-=|{}[]", max_size=40).map(lambda text: f"a {text} a"))
def test_common_text_needs_few_backslashes(text):
    assert set(escaped(text).replace(text, "")) <= {"\\"} | set(text)
    assert started(f"a {text}") == f"a {text}"


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.open, self.tags = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag in {"br", "hr"}:
            self.seen.append(" ")
        else:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if tag not in {"strong", "em", "code", "s"}:
            self.seen.append(" ")

    def handle_data(self, data):
        self.seen.append(data)


@given(st.lists(PLAIN_BLOCKS | CODE_BLOCKS | ITEMS | BELOW, min_size=1, max_size=5))
@settings(max_examples=100)
def test_blocks_say_what_they_said_in_html(blocks):
    reader = Reader()
    reader.feed(html_text(tuple(blocks)))
    reader.close()
    assert not reader.open
    assert "".join("".join(reader.seen).split()) == "".join("".join(said(block.spans) for block in blocks).split())
    assert reader.tags.count("li") == sum(block.form in {"bullet", "number"} for block in blocks)
    assert "]]>" not in html_text(tuple(blocks))


@given(SPANS)
def test_html_of_a_line_holds_no_tag_but_its_own(spans):
    reader = Reader()
    reader.feed(html_line((Block("paragraph", spans),)))
    assert set(reader.tags) <= {"strong", "em", "code", "s", "br"}
