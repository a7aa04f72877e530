"""The search language: what is written is read again as it was, and no line does anything but say so or be refused."""

import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from studytui.search import SearchError, parse, unparse
from studytui.search.parse import DEEPEST
from studytui.search.tree import (
    COMPARISONS,
    PROPERTIES,
    STATUSES,
    InDeck,
    Introduced,
    Is,
    Named,
    OfKind,
    Prop,
    Rated,
    Slipped,
    Tagged,
    Words,
    all_of,
    any_of,
    negated,
)
from studytui.text import clean_line

texts = st.text(min_size=1, max_size=12).map(clean_line).filter(bool) | st.sampled_from(
    ["or", "NOT", "-a", 'a"b', "\\", "a b", "(", "deck:x", "3:1", "패딩", "forget*", "-"]
)
numbers = st.floats(-1e8, 1e8).map(lambda value: float(f"{value:.4f}")) | st.sampled_from([0.9, 7.0, 1e-05, 0.1])
terms = st.one_of(
    texts.map(Words),
    texts.map(InDeck),
    texts.map(Tagged),
    texts.map(Named),
    texts.map(Slipped),
    st.sampled_from(["recall", "Cloze", "c*"]).map(OfKind),
    st.sampled_from(sorted(STATUSES)).map(Is),
    st.builds(Rated, st.integers(1, 36_500), st.none() | st.integers(1, 4)),
    st.integers(1, 36_500).map(Introduced),
    st.builds(Prop, st.sampled_from(sorted(PROPERTIES)), st.sampled_from(COMPARISONS), numbers),
)


def _combined(parts):
    several = st.lists(parts, min_size=2, max_size=4)
    return several.map(all_of) | several.map(any_of) | parts.map(negated)


queries = st.recursive(terms, _combined, max_leaves=12)


@settings(max_examples=150, deadline=None)
@given(queries)
def test_what_is_written_is_read_as_it_was(query):
    assert parse(unparse(query)) == query


pieces = st.sampled_from(
    ["(", ")", "-", '"', "or ", "and ", "not ", " ", "deck:", "is:due", "prop:d>", "rated:7:", "x", "\\", "7", "패"]
)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40) | st.lists(pieces, max_size=30).map("".join))
def test_any_line_is_a_query_or_a_mistake_at_a_place_within_it(line):
    try:
        query, error = parse(line), None
    except SearchError as found:
        query, error = None, found
    if error is None:
        assert parse(unparse(query)) == query
    else:
        assert 0 <= error.start < error.end <= len(error.text) + 1
        assert error.text == clean_line(line)
        assert "\n" not in str(error)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(["(", "-", "a ", 'a"', "(a or ", "-(", "not ", "\\", "is:", '"', "a:"]), st.integers(1, 1_000))
def test_reading_takes_steps_in_proportion_to_the_line(piece, times):
    """Counted in lines of the parser that are run, whatever the clock says."""
    line = (piece * times)[:2_000]
    steps = 0

    def count(frame, event, _):
        nonlocal steps
        if "/studytui/search/" not in frame.f_code.co_filename:
            return None
        steps += event == "line"
        return count

    sys.settrace(count)
    try:
        parse(line)
    except SearchError:
        pass
    finally:
        sys.settrace(None)
    assert steps < 2_500 + 60 * len(line) + 100 * DEEPEST
