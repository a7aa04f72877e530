"""Outside text made safe, and measured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.text import clean, clean_line, did_you_mean, display_width, fitting, nearest, place, unsafe_characters


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("a\x07b\x00c", "abc"),
        ("title\x9d0;x\x9c", "title0;x"),
        ("left\u202eright", "leftright"),
        ("\ufeffbyte order mark", "byte order mark"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\tb", "a    b"),
        ("zero\u200bwidth", "zerowidth"),
        ("tag\U000e0041", "tag"),
    ],
)
def test_clean_removes_what_a_terminal_would_obey(raw, safe):
    assert clean(raw) == safe


def test_clean_composes_hangul_jamo_into_syllables():
    assert clean("\u1112\u1161\u11ab") == "한"


def test_clean_keeps_the_joiner_that_emoji_and_korean_need():
    assert clean("👩\u200d💻") == "👩\u200d💻"


@given(st.text())
def test_clean_text_stays_as_it_is_when_cleaned_again(text):
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_clean_text_holds_no_unsafe_character(text):
    assert unsafe_characters(clean(text)) == []
    assert "\x1b" not in clean(text)


@given(st.text())
def test_a_clean_line_is_one_line(text):
    assert "\n" not in clean_line(text)


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("망각", 4), ("e\u0301", 1), ("×", 1), ("", 0), ("가a", 3), ("ᄀᆞᆷ", 2)]
)
def test_display_width_counts_terminal_columns(text, width):
    assert display_width(text) == width


@given(st.text(min_size=1), st.integers(2, 20))
def test_the_fitting_start_of_a_word_fits_and_is_never_empty(word, width):
    head = fitting(word, width)
    assert head
    assert word.startswith(head)
    assert display_width(head) <= width


def test_nearest_finds_a_mistyped_name_and_nothing_for_a_strange_one():
    assert nearest("strid", ["stride", "padding"]) == "stride"
    assert nearest("xyz", ["stride", "padding"]) is None
    assert nearest("str", ["stride-and-padding", "padding"]) == "stride-and-padding"  # only begun
    assert nearest("str", ["stride-and-padding", "string-theory-for-all"]) is None
    assert did_you_mean("strid", ["stride"]) == " — did you mean “stride”?"
    assert did_you_mean("xyz", ["stride"]) == ""


@pytest.mark.parametrize(
    ("file", "width", "shown"),
    [
        ("/home/ada/decks/cnn.md", 40, "~/decks/cnn.md:7"),
        ("/home/ada/decks/cnn.md", 16, "~/decks/cnn.md:7"),
        ("/home/ada/decks/cnn.md", 12, "…ks/cnn.md:7"),
        ("/home/adam/cnn.md", 40, "/home/adam/cnn.md:7"),
        ("/srv/decks/신경망.md", 12, "…신경망.md:7"),
        ("/srv/decks/신경망.md", 11, "…경망.md:7"),
        ("/srv/a\x1bb\n.md", 40, "/srv/ab .md:7"),
    ],
)
def test_a_place_has_the_home_folder_as_a_tilde_and_is_cut_at_the_left(monkeypatch, file, width, shown):
    monkeypatch.setenv("HOME", "/home/ada")
    assert place(file, 7, width) == shown
    assert display_width(shown) <= width
