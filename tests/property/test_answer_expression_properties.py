"""The evaluator agrees with fractions that were computed another way."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytui.answer import UnreadableError, evaluate


@dataclass(frozen=True)
class Tree:
    """An expression with its text and its value; None is a division by zero somewhere in it."""

    text: str
    value: Fraction | None


def _literal(digits: str) -> Tree:
    return Tree(digits, Fraction(digits))


_LITERALS = st.from_regex(r"[0-9]{1,4}(\.[0-9]{1,3})?(e-?[0-3])?", fullmatch=True).map(_literal)
_SPACES = st.sampled_from(["", " ", "  "])


@st.composite
def _joined(draw: st.DrawFn, inner: st.SearchStrategy[Tree]) -> Tree:
    left, right = draw(inner), draw(inner)
    sign = draw(st.sampled_from("+-−*×x·/÷"))
    value: Fraction | None = None
    if left.value is not None and right.value is not None:
        if sign == "+":
            value = left.value + right.value
        elif sign in "-−":
            value = left.value - right.value
        elif sign in "*×x·":
            value = left.value * right.value
        elif right.value:
            value = left.value / right.value
    return Tree(f"({left.text}){draw(_SPACES)}{sign}{draw(_SPACES)}({right.text})", value)


@st.composite
def _powered(draw: st.DrawFn, inner: st.SearchStrategy[Tree]) -> Tree:
    base, exponent = draw(inner), draw(st.integers(-3, 3))
    undefined = base.value is None or (base.value == 0 and exponent < 0)
    value = None if undefined or base.value is None else base.value**exponent
    return Tree(f"({base.text}){draw(st.sampled_from(['^', '**']))}{exponent}", value)


@st.composite
def _changed(draw: st.DrawFn, inner: st.SearchStrategy[Tree]) -> Tree:
    tree = draw(inner)
    text, factor = draw(st.sampled_from([("-({})", -1), ("+({})", 1), ("({})%", Fraction(1, 100))]))
    return Tree(text.format(tree.text), None if tree.value is None else tree.value * factor)


_TREES = st.recursive(_LITERALS, lambda inner: _joined(inner) | _powered(inner) | _changed(inner), max_leaves=8)


@settings(deadline=None, max_examples=300)
@given(_TREES.filter(lambda tree: len(tree.text) <= 256))
def test_a_tree_is_worth_what_its_fractions_are_worth(tree):
    if tree.value is None:
        with pytest.raises(UnreadableError):
            evaluate(tree.text)
    else:
        assert evaluate(tree.text) == tree.value


_OPERANDS = st.lists(st.integers(1, 9), min_size=2, max_size=12)


@settings(deadline=None, max_examples=300)
@given(_OPERANDS, st.data())
def test_signs_bind_as_in_python_without_parentheses(numbers, data):
    signs = data.draw(st.lists(st.sampled_from(["+", "-", "*", "//", "+-", "*-", "/"]), min_size=len(numbers) - 1))
    text = "".join(f"{number} {sign} " for number, sign in zip(numbers, signs, strict=False)) + str(numbers[-1])
    # Every number becomes a Fraction in Python's own evaluator: the same precedence, computed another way.
    expected = eval("".join(f"F({part})" if part.isdigit() else part for part in text.split()), {"F": Fraction})
    assert evaluate(text) == expected


@settings(deadline=None, max_examples=200)
@given(st.floats(allow_nan=False, allow_infinity=False, min_value=1e-280, max_value=1e280))
def test_the_digits_of_a_float_are_read_exactly(number):
    assert evaluate(repr(number)) == Fraction(repr(number))


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 2**64), st.integers(1, 2**64), st.integers(2, 8))
def test_the_root_of_a_power_is_exact(above, below, degree):
    number = Fraction(above, below)
    power = number**degree
    if max(power.numerator, power.denominator) >= 10**30:  # more digits than a literal may have
        power, number = Fraction(above % 10**3, 7) ** degree, Fraction(above % 10**3, 7)
    assert evaluate(f"({power.numerator}/{power.denominator})^(1/{degree})") == number
