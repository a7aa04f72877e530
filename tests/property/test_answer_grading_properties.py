"""Rounding, exactness and notations hold for all numbers, not for the examples only."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studytui.answer import Outcome, Slip, grade_value
from studytui.answer.closeness import magnitude

_REALS = st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False, min_value=-1e280, max_value=1e280)
_FAR_FROM_ZERO = _REALS.filter(lambda number: abs(number) > 1e-280)


@settings(deadline=None, max_examples=300)
@given(_FAR_FROM_ZERO, st.integers(1, 9), st.integers(0, 8))
def test_a_number_rounded_to_the_digits_wanted_or_more_is_right(truth, digits, more):
    typed = str(Context(prec=digits + more, rounding=ROUND_HALF_UP).create_decimal(Decimal(truth)))
    assert grade_value(typed, truth, digits=digits).outcome is Outcome.RIGHT


@settings(deadline=None, max_examples=300)
@given(_FAR_FROM_ZERO, st.integers(1, 6), st.integers(-3, 3).filter(bool))
def test_a_number_that_rounds_to_another_is_not_right(truth, digits, steps):
    rounded = Decimal(f"{truth:.{digits - 1}e}")
    neighbour = rounded + steps * Decimal(1).scaleb(rounded.adjusted() - digits + 1)
    half = Fraction(10) ** (magnitude(Fraction(truth)) + 1 - digits) / 2
    assume(abs(Fraction(neighbour) - Fraction(truth)) > half * (1 + Fraction(1, 10**6)))
    assert grade_value(str(neighbour), truth, digits=digits).outcome is not Outcome.RIGHT


@settings(deadline=None, max_examples=200)
@given(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12), st.sampled_from(["{}", "{}.0", "{}*1", "({})"]))
def test_an_integer_is_right_when_it_is_equal_and_only_then(typed, truth, form):
    assert (grade_value(form.format(typed), truth).outcome is Outcome.RIGHT) == (typed == truth)


@settings(deadline=None, max_examples=200)
@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(2, 10**6))
def test_an_integer_is_never_accepted_with_a_fraction(truth, above, below):
    assume(above % below)
    assert grade_value(f"{truth} + {above}/{below}", truth).outcome is not Outcome.RIGHT


@settings(deadline=None, max_examples=200)
@given(st.integers(-(10**9), 10**9).filter(bool), st.integers(-9, 9).filter(bool))
def test_a_factor_of_a_power_of_ten_is_always_close(truth, exponent):
    verdict = grade_value(f"({truth}) * 10^{exponent}", truth)
    assert verdict.outcome is Outcome.CLOSE
    assert "power of ten" in verdict.message


@settings(deadline=None, max_examples=100)
@given(_FAR_FROM_ZERO)
def test_the_opposite_number_is_always_close(truth):
    assert grade_value(repr(-truth), truth).message == "Right but for the sign."


@settings(deadline=None, max_examples=200)
@given(st.integers(-100, 100), st.lists(st.integers(-100, 100), max_size=5), st.integers(-100, 100))
def test_exactly_the_slips_that_match_are_named(truth, mistakes, typed):
    slips = [Slip(str(place), f"Sentence {place}.", value) for place, value in enumerate(mistakes)]
    verdict = grade_value(str(typed), truth, slips=slips)
    matching = tuple(slip for slip in slips if slip.value == typed) if typed != truth else ()
    assert verdict.slips == matching
    assert (verdict.outcome is Outcome.SLIP) == bool(matching)


_SIZES = st.lists(st.integers(0, 5000), min_size=2, max_size=6).filter(lambda sizes: sizes[0] > 0)
_NOTATIONS = ["x", "X", "×", "*", "·", " x ", " × ", ",", ", ", " ", "  ", ";", " * "]


@settings(deadline=None, max_examples=300)
@given(_SIZES, st.sampled_from(_NOTATIONS), st.sampled_from(["{}", "({})", "[{}]", " [ {} ] ", "({},)"]))
def test_a_shape_is_the_same_in_every_notation(sizes, separator, brackets):
    assume("," not in brackets or "," in separator)
    assume(0 not in sizes or separator not in {"x", "X"})  # `0x10` is hexadecimal
    typed = brackets.format(separator.join(map(str, sizes)))
    assert grade_value(typed, tuple(sizes)).outcome is Outcome.RIGHT


@settings(deadline=None, max_examples=200)
@given(st.permutations([2, 3, 5, 7]))
def test_a_shape_in_another_order_is_close(sizes):
    expected = Outcome.RIGHT if sizes == [2, 3, 5, 7] else Outcome.CLOSE
    assert grade_value("x".join(map(str, sizes)), (2, 3, 5, 7)).outcome is expected


_ENTRIES = st.lists(st.integers(-999, 999).map(lambda thousandths: thousandths / 1000), min_size=2, max_size=6)


@settings(deadline=None, max_examples=200)
@given(_ENTRIES, st.sampled_from([", ", ",", " ", "; "]), st.sampled_from(["{}", "[{}]", "({})"]))
def test_a_vector_is_the_same_in_every_notation(entries, separator, brackets):
    assert grade_value(brackets.format(separator.join(map(str, entries))), entries).outcome is Outcome.RIGHT


@settings(deadline=None, max_examples=200)
@given(st.fractions().filter(bool), st.integers(-600, 600))
def test_the_magnitude_is_exact(number, exponent):
    number *= Fraction(10) ** exponent
    size = magnitude(number)
    assert Fraction(10) ** size <= abs(number) < Fraction(10) ** (size + 1)


@settings(deadline=None, max_examples=50)
@given(st.integers(-300, 300))
def test_the_magnitude_is_exact_at_powers_of_ten(exponent):
    assert magnitude(Fraction(10) ** exponent) == exponent
