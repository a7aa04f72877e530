"""The search language: what a line says, and what is said of a line that says nothing."""

import pytest

from studytui.search import SearchError, parse, unparse
from studytui.search.tree import (
    All,
    Any,
    InDeck,
    Introduced,
    Is,
    Named,
    Not,
    OfKind,
    Prop,
    Rated,
    Slipped,
    Tagged,
    Words,
)


def test_terms_behind_each_other_must_all_hold():
    assert parse('deck:lstm is:due tag:cnn rated:7 slip:bias prop:d>7 "forget gate"') == All(
        (InDeck("lstm"), Is("due"), Tagged("cnn"), Rated(7), Slipped("bias"), Prop("d", ">", 7.0), Words("forget gate"))
    )


@pytest.mark.parametrize(
    ("line", "query"),
    [
        ("", All()),
        ("   ", All()),
        ("a or b c", Any((Words("a"), All((Words("b"), Words("c")))))),
        ("(a or b) c", All((Any((Words("a"), Words("b"))), Words("c")))),
        ("a AND b", All((Words("a"), Words("b")))),
        ("-a", Not(Words("a"))),
        ("not a", Not(Words("a"))),
        ("--a", Words("a")),
        ("-(a b)", Not(All((Words("a"), Words("b"))))),
        ('"or"', Words("or")),
        (r'"a \"b\" \\ c"', Words(r'a "b" \ c')),
        ('deck:"A deck"', InDeck("A deck")),
        ('"deck:a"', Words("deck:a")),
        ("DECK:a IS:Due", All((InDeck("a"), Is("due")))),
        ("3:1", Words("3:1")),
        ("kind:c*", OfKind("c*")),
        ("id:lstm/forget-gate", Named("lstm/forget-gate")),
        ("slip:bias", Slipped("bias")),
        ("rated:7:again", Rated(7, 1)),
        ("rated:7:4", Rated(7, 4)),
        ("introduced:30", Introduced(30)),
        ("prop:r<90%", Prop("r", "<", 0.9)),
        ("prop:due<=-3", Prop("due", "<=", -3.0)),
        ("prop:s!=1.5", Prop("s", "!=", 1.5)),
        ("패딩 or 합성곱", Any((Words("패딩"), Words("합성곱")))),
    ],
)
def test_a_line_says(line, query):
    assert parse(line) == query


@pytest.mark.parametrize(
    ("line", "words", "place"),
    [
        ("a dek:lstm", "did you mean “deck”", (2, 6)),
        ("http://x", "put them in quotes", (0, 5)),
        ("is:learn", "did you mean is:learning?", (0, 8)),
        ("is:sleepy", "write due, new, learning", (0, 9)),
        ("is:", "write one of due, new", (0, 3)),
        ("tag:", "the tag is missing", (0, 4)),
        ("added:7", "introduced:7", (0, 6)),
        ("kind:clze", "did you mean “cloze”", (0, 9)),
        ("rated:0", "write rated:7", (0, 7)),
        ("rated:7:5", "write 1 again", (0, 9)),
        ("rated:٣", "no number of days", (0, 7)),
        ("prop:d", "how to compare “d” is missing", (0, 6)),
        ("prop:x>1", "write d, s, r, ivl", (0, 8)),
        ("prop:d>", "the number is missing", (0, 7)),
        ("prop:d>much", "“much” is no number", (0, 11)),
        ("prop:d>50%", "no number", (0, 10)),
        ('"forget gate', "this quote is never closed", (0, 12)),
        ('a ""', "nothing stands between these quotes", (2, 4)),
        ("(a b", "never closed", (0, 1)),
        ("a)", "closes none", (1, 2)),
        ("a ()", "nothing stands in these parentheses", (2, 3)),
        ("a or", "a term is missing at the end", (2, 4)),
        ("or a", "a term is missing before “or”", (0, 2)),
        ("a -(b or )", "a term is missing before “)”", (9, 10)),
    ],
)
def test_a_mistake_is_explained_at_its_place(line, words, place):
    with pytest.raises(SearchError) as found:
        parse(line)
    assert words in found.value.message
    assert (found.value.start, found.value.end) == place
    assert str(found.value).endswith(f"(at character {place[0] + 1} of the search)")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a" * 2_001, "at most 2,000 characters"),
        ("a " * 101, "at most 100 terms"),
        ("(" * 41 + "a" + ")" * 41, "40 deep"),
    ],
)
def test_a_search_has_bounds(line, words):
    with pytest.raises(SearchError, match=words):
        parse(line)


def test_control_characters_are_no_part_of_a_search():
    assert parse("for\x1b[2Jget") == Words("for[2Jget")


def test_a_query_is_written_as_short_as_it_can_be():
    assert unparse(parse('("a" and (b)) or not (c or "d e")')) == '(a b) or -(c or "d e")'
