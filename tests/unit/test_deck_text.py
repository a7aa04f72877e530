"""Markdown and TeX become blocks: structure, styles, names, lines; and the cutting of a file into sections."""

from __future__ import annotations

import pytest

from studytui.deck.blocks import Block, Span, fill, names_in, plain
from studytui.deck.codes import Findings
from studytui.deck.markdown import convert
from studytui.deck.scan import scan
from studytui.deck.tex import TexError, tex_spans


def tex(source: str) -> str:
    return "".join(span.text if span.style == "math" else f"<{span.text}>" for span in tex_spans(source))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"\frac{a+b}{c}", "(a+b)/c"),
        (r"\frac{1}{2}", "1/2"),
        (r"\frac{a}{bc}", "a/(bc)"),
        (r"\frac{\partial L}{\partial W}", "∂L/∂W"),
        (r"2\frac{a}{b}", "2(a/b)"),
        (r"\frac{a}{b} + 1", "a/b + 1"),
        (r"\left( \frac{a}{b} \right)^2", "(a/b)²"),
        (r"\sigma(z) = \frac{1}{1 + e^{-z}}", "σ(z) = 1/(1 + e⁻ᶻ)"),
        (r"h_{t-1}", "hₜ₋₁"),
        (r"W_{xf}", "W_xf"),
        (r"W_{f,i}", "W_(f,i)"),
        (r"x^{a/b}", "x^(a/b)"),
        (r"{a+b}^2", "(a+b)²"),
        (r"\tilde{C}_t", "C̃ₜ"),
        (r"f_t \odot C_{t-1}", "fₜ ⊙ Cₜ₋₁"),
        (r"\lfloor \frac{n + 2p - k}{s} \rfloor + 1", "⌊(n + 2p − k)/s⌋ + 1"),
        (r"\sum_{t=1}^{T} x_t", "∑ₜ₌₁ᵀ xₜ"),
        (r"\prod_k w_k", "∏ₖ wₖ"),
        (r"\sqrt{x+1}", "√(x+1)"),
        (r"\sqrt[3]{x}", "³√x"),
        (r"\text{out size} \le 5 \cdot 10^{-3}", "out size ≤ 5 · 10⁻³"),
        (r"x \in \mathbb{R}", "x ∈ ℝ"),
        (r"\{1, 2\}", "{1, 2}"),
        (r"P(x_1)\cdot P(x_2)", "P(x₁)·P(x₂)"),
        (r"y'", "y′"),
        (r"\frac{{{n}} + 2}{s}", "(<n> + 2)/s"),
        (r"2{{n}}", "2·<n>"),
        (r"{{x}}^2", "<x>²"),
        (r"2^{{{n}}}", "2^<n>"),
    ],
)
def test_formulas_are_shown_with_explicit_parentheses(source: str, shown: str) -> None:
    assert tex(source) == shown


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (r"\begin{bmatrix}", r"\begin"),
        (r"\sigm x", "did you mean"),
        (r"\frac{a}", r"\frac needs"),
        ("a^", "a ^ needs"),
        ("{a", "close it"),
        ("a}", "remove it"),
        (r"\tilde{ab}", "single letter"),
        ("a & b", r"\&"),
        ("{" * 40 + "}" * 40, "nested too deep"),
        ("x" * 2000, "too long"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_next_step(source: str, says: str) -> None:
    with pytest.raises(TexError, match=says.replace("\\", "\\\\").replace("^", "\\^")):
        tex_spans(source)


def test_inline_styles_become_spans() -> None:
    (block,) = convert("a **b** *c* `d{x}` ~~e~~ ==f $g_t$== [h](https://i.j) $k$ {x}", 1).text
    assert [(span.text, span.style) for span in block.spans if span.text.strip()] == [
        ("a ", "plain"),
        ("b", "strong"),
        ("c", "em"),
        ("d{x}", "code"),
        ("e", "strike"),
        ("f gₜ", "mark"),
        ("h", "link"),
        (" (https://i.j) ", "plain"),
        ("k", "math"),
        ("x", "name"),
    ]


def test_names_are_never_found_in_code() -> None:
    converted = convert("`{a}` {b} \\{c\\}\n\n```\n{d}\n```\n\n    {e}\n", 1)
    assert [name for name, _ in converted.names] == ["b"]
    assert "{c}" in plain(converted.text)


def test_names_know_their_lines() -> None:
    converted = convert("one\n{a} two\n\n- {b}\n\n| x |\n|---|\n| ${{c}}$ |\n", 10)
    assert converted.names == [("a", 11), ("b", 13), ("c", 17)]
    assert names_in(converted.text) == {"a", "b", "c"}


def test_a_filled_name_takes_the_style_around_it() -> None:
    (block,) = fill(convert("**{answer}** and $\\frac{{{n}}}{2}$", 1).text, {"answer": "28", "n": "5"})
    assert block.spans == (Span("28", "strong"), Span(" and "), Span("5", "math"), Span("/2", "math"))


def test_a_name_without_a_value_stays() -> None:
    assert plain(fill(convert("{a} ${{b}}$", 1).text, {})) == "{a} {{b}}"


@pytest.mark.parametrize(
    ("source", "filled"),
    [
        ("2·{x}", "2·(−3)"),
        ("a − {x}", "a − (−3)"),
        ("${{x}}^2$", "(−3)²"),
        ("x = {x}", "x = −3"),
        ("{x} is it", "−3 is it"),
        ("({x})", "(−3)"),
    ],
)
def test_negative_values_get_parentheses_where_they_need_them(source: str, filled: str) -> None:
    assert plain(fill(convert(source, 1).text, {"x": "−3"})) == filled


def test_money_and_comparisons_are_no_formulas_and_no_marks() -> None:
    (block,) = convert("It costs $5 and $6, and a == b == c.", 1).text
    assert block.spans == (Span("It costs $5 and $6, and a == b == c."),)


def test_lists_tables_quotes_and_code() -> None:
    converted = convert(
        "- a\n  - b\n\n  more\n3. c\n\n> d\n\n| e | f |\n|---|---|\n| g | h |\n\n```py\ni\n```\n\n---\n", 1
    )
    shape = [(block.form, block.level, block.marker) for block in converted.blocks]
    assert shape == [
        ("bullet", 0, ""),
        ("bullet", 1, ""),
        ("paragraph", 1, ""),
        ("number", 0, "3."),
        ("quote", 0, ""),
        ("head", 0, ""),
        ("row", 0, ""),
        ("code", 0, "py"),
        ("rule", 0, ""),
    ]
    assert converted.lines == [1, 2, 4, 5, 7, 9, 11, 13, 17]


def test_task_boxes_are_markers() -> None:
    converted = convert("- [x] right\n- [ ] wrong\n- [X] also right\n- no box\n", 1)
    assert [block.marker for block in converted.blocks] == ["[x]", "[ ]", "[x]", ""]
    assert plain(converted.text).startswith("[x] right\n[ ] wrong")


def test_html_and_entities_stay_text_and_clean() -> None:
    text = plain(convert("<b>bold</b> &amp; &#8238;x &#27;[31m", 1).text)
    assert "<b>" in text
    assert "\u202e" not in text
    assert "\x1b" not in text


def test_gaps_have_their_words_ids_and_lines() -> None:
    gaps = convert("==a `b`== and\n==c=={#d} ==e== f==", 3).gaps
    assert [(gap.text, gap.id, gap.line) for gap in gaps] == [("a b", None, 3), ("c", "d", 4), ("e", None, 4)]


def scanned(text: str) -> tuple[list[str], list[tuple[int, str]]]:
    findings = Findings("deck.md")
    outline = scan(text, findings)
    return [section.heading for section in outline.sections], [(each.line, each.code) for each in findings.found]


def test_sections_begin_at_second_level_headings_only() -> None:
    text = "# T\n\nintro\n\n## A\n### no\n    ## code\n~~~\n## fenced\n```\n~~~\n##B\n## C ##\n"
    assert scanned(text) == (["A", "C"], [])


def test_a_longer_fence_holds_a_shorter_one() -> None:
    assert scanned("# T\n````md\n```\n## no\n```\n## no\n````\n## A\n") == (["A"], [])


def test_an_unclosed_fence_hides_no_card() -> None:
    headings, findings = scanned("# T\n## A\n```python\nx\n\n## B\n```toml\ny = 1\n\n## C\n")
    assert headings == ["A", "B", "C"]
    assert findings == [(3, "unclosed-fence"), (7, "unclosed-fence")]


def test_attributes_are_told_from_placeholders() -> None:
    outline = scan("# T\n## A {n} wide {#id .cloze}\n## B {n}\n## C ## {#c}\n", Findings(""))
    assert [(section.heading, section.id, section.classes) for section in outline.sections] == [
        ("A {n} wide", "id", ("cloze",)),
        ("B {n}", None, ()),
        ("C", "c", ()),
    ]


def test_the_fence_leaves_blank_lines() -> None:
    section = scan("# T\n## A\none\n```toml\na = 1\n```\ntwo\n", Findings("")).sections[0]
    assert section.text.split("\n")[:5] == ["one", "", "", "", "two"]
    assert section.fence is not None
    assert (section.fence.line, section.fence.text) == (4, "a = 1")


def test_plain_text_of_blocks() -> None:
    blocks = (Block("number", (Span("a"),), marker="1."), Block("code", (Span("x = 1"),), marker="py"))
    assert plain(blocks) == "1. a\nx = 1"
