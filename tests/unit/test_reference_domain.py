"""Domains: what is drawn, how much of it, and that the same seed draws the same for ever."""

from __future__ import annotations

import pytest

from reference_impl.domain import WHOLE, Domain, array, choice, flag, stepped, whole

UNIT = stepped(-1, 1, 0.5)


def test_a_small_domain_is_gone_through_whole():
    domain = Domain({"a": whole(1, 3), "b": flag()})
    assert [tuple(draw.values()) for draw in domain.draws(0, 1)] == [
        (1, False),
        (1, True),
        (2, False),
        (2, True),
        (3, False),
        (3, True),
    ]


def test_where_takes_points_out():
    domain = Domain({"a": whole(1, 4), "b": whole(1, 4)}, where=lambda a, b: a < b)
    assert len(list(domain.draws(0, 1))) == 6


def test_a_large_domain_is_drawn():
    domain = Domain({"a": whole(1, WHOLE), "b": flag()})
    assert len(list(domain.draws(0, 50))) == 50


def test_drawn_points_satisfy_where_too():
    domain = Domain({"a": whole(1, 1000), "b": whole(1, 1000)}, where=lambda a, b: a < b)
    assert all(draw["a"] < draw["b"] for draw in domain.draws(3, 200))


def test_a_seed_draws_the_same_on_every_python():
    domain = Domain({"a": whole(1, 10**6), "b": choice("x", "y", "z")})
    assert [tuple(draw.values()) for draw in domain.draws(7, 3)] == [
        (323833, "x"),
        (650935, "x"),
        (535883, "y"),
    ]


def test_seeds_draw_differently():
    domain = Domain({"a": whole(1, 10**6)})
    assert list(domain.draws(1, 20)) != list(domain.draws(2, 20))


def test_steps_include_both_ends():
    assert UNIT.values == (-1.0, -0.5, 0.0, 0.5, 1.0)
    assert stepped(0.1, 0.9, 0.1).values[-1] == pytest.approx(0.9)


def test_arrays_share_their_sizes():
    domain = Domain(
        {"x": array("n", of=UNIT), "w": array((4, "h"), "n", of=UNIT), "pair": array(2, of=UNIT)},
        sizes={"n": whole(1, 3), "h": whole(1, 2)},
    )
    for draw in domain.draws(0, 50):
        assert len(draw["w"]) in {4, 8}
        assert {len(row) for row in draw["w"]} == {len(draw["x"])}
        assert len(draw["pair"]) == 2


def test_domains_side_by_side_share_the_draws():
    both = Domain({"x": UNIT}) | Domain({"x": array(3, of=UNIT)}) | Domain({"x": array(2, of=UNIT)})
    kinds = [type(draw["x"]) for draw in both.draws(0, 30)]
    assert kinds.count(float) == 5  # the whole of a small part
    assert kinds.count(tuple) == 20


def test_an_almost_empty_domain_says_so():
    domain = Domain({"a": whole(1, 10**6)}, where=lambda a: a < 0)
    with pytest.raises(ValueError, match="the domain of a is almost empty: loosen its where"):
        next(iter(domain.draws(0, 1)))
