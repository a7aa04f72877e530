"""Whatever a deck hands to a reference: a value that its brute force confirms, or a ValueError of one sentence."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reference_impl.arrays import plain
from reference_impl.catalogue import UnknownReference, find, references
from reference_impl.compare import agree, opinions

NAMES = [each.name for each in references()]

small = st.integers(-2, 12) | st.floats(-2, 2) | st.booleans()
odd = (
    st.sampled_from(
        [None, "", "forget", "current", float("nan"), float("inf"), 10**6, 10**30, -1e300, b"x", {}, object()]
    )
    | st.integers()
    | st.floats()
)
vectors = st.lists(small | odd, max_size=4).map(tuple)
matrices = st.lists(st.lists(small, min_size=2, max_size=2).map(tuple), max_size=4).map(tuple) | vectors.map(
    lambda row: (row, row)
)
anything = small | odd | vectors | matrices


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_arguments_give_a_value_or_a_sentence(name, data):
    reference = find(name)
    arguments = {parameter.name: data.draw(anything) for parameter in reference.parameters}
    try:
        value = plain(reference(**arguments))
    except ValueError as error:
        refusal = str(error)
    else:
        heard = opinions(reference, arguments, value, only="quick")
        assert all(opinion.agrees for opinion in heard if opinion.name != "published"), (arguments, value, heard)
        assert all(opinion.agrees is not False for opinion in heard), (arguments, value, heard)
        return
    assert refusal.strip()
    assert "\n" not in refusal


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_draw_is_accepted_and_bound_to_itself(name, seed):
    reference = find(name)
    arguments = next(iter(reference.draws(seed, 1)))
    assert list(arguments) == [parameter.name for parameter in reference.parameters]
    assert reference.bind(**arguments) == arguments
    value = plain(reference(**arguments))
    assert agree(value, plain(reference(*arguments.values())))


@given(st.text(max_size=40))
def test_any_name_is_found_or_explained(name):
    try:
        found = find(name)
    except UnknownReference as error:
        explanation = str(error)
    else:
        assert found.name == name
        return
    assert explanation.startswith(("there is no", "the reference"))
