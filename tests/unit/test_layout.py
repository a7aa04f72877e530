"""Blocks become rows that fit."""

from hypothesis import given
from hypothesis import strategies as st

from studytui.deck.blocks import Block, Span
from studytui.deck.layout import lay_out, row_width, wrap_spans


def texts(rows):
    return ["".join(span.text for span in row) for row in rows]


def paragraph(text):
    return Block("paragraph", (Span(text),))


def test_paragraphs_are_wrapped_at_spaces_and_parted_by_a_blank_row():
    assert texts(lay_out((paragraph("one two three"), paragraph("four")), 8)) == ["one two", "three", "", "four"]


def test_wide_characters_take_two_columns():
    assert texts(lay_out((paragraph("망각 게이트"),), 7)) == ["망각", "게이트"]


def test_a_list_item_hangs_under_its_own_text():
    rows = lay_out((Block("bullet", (Span("alpha beta"),)), Block("bullet", (Span("gamma"),))), 8)
    assert texts(rows) == ["• alpha", "  beta", "• gamma"]


def test_a_nested_item_is_indented():
    assert texts(lay_out((Block("bullet", (Span("in"),), level=1),), 10)) == ["  ◦ in"]


def test_code_keeps_its_spaces():
    rows = lay_out((Block("code", (Span("def f():\n    return 1\n", "code"),)),), 40)
    assert texts(rows) == ["  def f():", "      return 1"]


def test_a_table_is_aligned_by_display_width():
    rows = lay_out(
        (Block("head", cells=((Span("망각"),), (Span("b"),))), Block("row", cells=((Span("x"),), (Span("y"),)))), 40
    )
    assert texts(rows) == ["망각 │ b", "─────┼──", "x    │ y"]


def test_a_table_that_is_too_wide_is_wrapped_inside_its_cells():
    cells = ((Span("a long cell of words"),), (Span("another long cell"),))
    assert all(row_width(row) <= 24 for row in lay_out((Block("row", cells=cells),), 24))


def test_a_word_in_several_styles_is_not_torn_at_the_change_of_style():
    rows = wrap_spans([Span("aaaa "), Span("bb", "strong"), Span("cc")], 7)
    assert texts(rows) == ["aaaa", "bbcc"]


def test_styles_survive_wrapping():
    rows = wrap_spans([Span("plain "), Span("strong words", "strong")], 12)
    assert rows == [(Span("plain "), Span("strong", "strong")), (Span("words", "strong"),)]


words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"]), max_size=60)


@given(st.lists(st.builds(Span, words, st.sampled_from(["plain", "strong", "code"])), max_size=6), st.integers(4, 40))
def test_no_row_is_wider_than_the_width_and_no_character_is_lost(spans, width):
    rows = wrap_spans(spans, width)
    assert all(row_width(row) <= width for row in rows)
    kept = "".join("".join(texts(rows)).split())
    assert kept == "".join("".join(span.text for span in spans).split())
