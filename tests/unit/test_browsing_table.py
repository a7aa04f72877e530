"""Cards as a table, and what is marked in it: Browse without a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.browsing.listing import Listing
from studytui.browsing.searcher import Wanted
from studytui.browsing.table import as_dict, as_text, column_at, fitted, head_text, heads, line_text, sorts
from studytui.journal.finding import COLUMNS, CardLine
from studytui.memory.model import State
from studytui.text import display_width

LINE = CardLine(
    1, "deck/card", "deck", "합성곱의 출력 크기는 얼마인가?", "recall", "deck.md", 3, State.REVIEW, due=-3,
    interval=7, stability=7.26, difficulty=5.04, recall=0.871, reps=4, lapses=1,
)  # fmt: skip


# -- the table -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", range(16, 160, 3))
def test_every_row_is_as_wide_as_the_table(width):
    assert display_width(line_text(LINE, width)) == width
    assert display_width(line_text(LINE, width, {"deck": "합성곱: 스트라이드와 패딩"})) == width
    assert display_width(head_text(width, "due", backwards=False)) == width


def test_wide_tables_have_more_columns_and_a_narrow_one_says_when_a_card_is_due():
    assert [head.column for head, _ in heads(38)] == ["card", "due"]
    assert [head.column for head, _ in heads(78)] == ["card", "state", "due", "stability", "difficulty", "reps"]
    assert {head.column for head, _ in heads(120)} == set(COLUMNS)
    assert line_text(LINE, 78).split()[-5:] == ["review", "−3d", "7.3", "5.0", "4"]


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"suspended": True}, "susp."),
        ({"buried": True}, "buried"),
        ({"deck": ""}, "gone"),
        ({"due": 0}, "today"),
        ({"state": State.LEARNING}, "now"),
        ({"state": None, "due": None}, "new"),
    ],
)
def test_a_narrow_table_says_by_a_word_why_a_card_is_not_due(changed, word):
    values = {name: getattr(LINE, name) for name in LINE.__match_args__} | changed
    assert line_text(CardLine(**values), 38).endswith(word)


@given(st.text(max_size=30), st.integers(1, 20), st.booleans())
def test_a_cell_takes_its_columns_whatever_its_text(text, width, right):
    assert display_width(fitted(text, width, right=right)) == width


def test_a_click_on_a_title_finds_its_column():
    text = head_text(78, "deck", backwards=False)
    for head, _ in heads(78):
        assert column_at(text.index(head.title), 78) == head.column
    assert sorts(38) == ["deck", "card", "due"]


def test_what_is_printed_is_safe_and_has_no_column_for_nothing():
    assert as_text([LINE]) == "deck/card  review          −3d      7.3  합성곱의 출력 크기는 얼마인가?"
    assert as_dict(LINE)["retrievability"] == 0.871
    assert as_dict(CardLine(1, "a/b", ""))["deck"] is None


# -- the listing ---------------------------------------------------------------------------------------------------


def listing(*keys):
    made = Listing()
    made.show(keys, same=False)
    return made


def test_the_cursor_stays_on_its_card_when_the_order_changes_and_goes_to_the_top_when_it_is_gone():
    made = listing(1, 2, 3)
    made.move(1)
    made.show([3, 2, 1], same=True)
    assert made.current == 2
    made.move(1)
    made.show([3, 2], same=True)
    assert made.current == 2
    made.show([5, 6], same=False)
    assert made.current == 5
    made.show([], same=True)
    assert made.current is None


def test_marks_survive_another_search_and_an_action_is_about_those_in_view():
    made = listing(1, 2, 3, 4)
    assert made.chosen == [1]
    made.move(2, mark=True)
    assert made.chosen == [1, 2, 3]
    made.show([3, 4], same=False)
    assert made.chosen == [3]
    assert made.told == "1 of 2 cards marked"
    made.show([4], same=False)
    assert made.chosen == [4]
    made.show([1, 2, 3, 4], same=False)
    made.toggle_all()
    assert made.chosen == [1, 2, 3, 4]
    made.toggle_all()
    assert made.marked == set()


def test_sorting_by_the_same_column_again_turns_it_round():
    made = listing(1)
    assert made.sort("due") == Wanted("", "due", backwards=False)
    assert made.sort("due") == Wanted("", "due", backwards=True)
    assert made.search("x") == Wanted("x", "due", backwards=True)
    assert made.sort("card") == Wanted("x", "card", backwards=False)
