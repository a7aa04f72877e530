"""Agreement and plain values, for whatever values there are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.arrays import plain
from reference_impl.compare import agree

NUMBERS = st.integers() | st.floats(allow_nan=False) | st.booleans() | st.text(max_size=3)
VALUES = st.recursive(NUMBERS, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=6)


@given(VALUES)
def test_every_value_agrees_with_itself(value):
    assert agree(value, value)


@given(VALUES, VALUES)
def test_agreement_goes_both_ways(one, other):
    assert agree(one, other) is agree(other, one)


@given(VALUES, VALUES)
def test_agreeing_values_have_the_same_shape_and_types(one, other):
    if agree(one, other):
        assert type(one) is type(other)
        if isinstance(one, tuple):
            assert len(one) == len(other)


@given(st.floats(1e-6, 1e6), st.floats(-1e-10, 1e-10))
def test_rounding_errors_agree(value, error):
    assert agree(value, value * (1 + error))


@given(st.floats(1e-3, 1e6), st.floats(1e-8, 1))
def test_larger_differences_do_not(value, error):
    assert not agree(value, value * (1 + error))


@given(st.integers(), st.integers())
def test_whole_numbers_agree_only_when_equal(one, other):
    assert agree(one, other) is (one == other)


@given(VALUES)
def test_plain_values_stay_as_they_are(value):
    assert plain(value) == value
    assert agree(plain(value), value)


@given(st.lists(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=2), max_size=4))
def test_arrays_become_the_tuples_of_their_entries(rows):
    assert plain(np.array(rows).reshape(-1, 2)) == tuple(tuple(row) for row in rows)
