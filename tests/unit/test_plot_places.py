"""Where the bars of a plot stand: each can be told from its neighbour, none is wider than another, all are inside."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from studytui.tui.widgets.plot import spread


def columns(count, inside):
    """The columns that each bar takes, as plotext rounds them."""
    middles, part = spread(count, inside)
    step = (middles[-1] - middles[0]) / (count - 1)
    half = part * step / 2
    return [(int(round(at - half + 0.5, 8)), int(round(at + half + 0.5, 8))) for at in middles]


@given(st.integers(2, 100), st.integers(0, 100))
def test_bars_are_inside_and_do_not_overlap(count, more):
    bars = columns(count, count + more)
    assert bars[0][0] >= 0
    assert bars[-1][1] <= count + more - 1
    assert all(first <= last for first, last in bars)
    assert all(last < first for (_, last), (first, _) in pairwise(bars))


@given(st.integers(2, 50), st.integers(0, 100))
def test_where_there_is_room_bars_are_as_wide_as_each_other_with_a_column_between(count, more):
    bars = columns(count, 2 * count + more)
    assert len({last - first for first, last in bars}) == 1
    assert {first - last for (_, last), (first, _) in pairwise(bars)} == {2}


@given(st.integers(2, 50), st.data())
def test_where_there_is_none_they_touch(count, data):
    bars = columns(count, data.draw(st.integers(count, 2 * count - 1)))
    assert {first - last for (_, last), (first, _) in pairwise(bars)} == {1}
