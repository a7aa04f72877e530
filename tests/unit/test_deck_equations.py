"""Worked solutions are read back and computed."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.deck.blocks import Block, Span
from studytui.deck.builtin import builtin_decks
from studytui.deck.check import check
from studytui.deck.equations import equations


def found(text, style="plain"):
    return list(equations((Block("paragraph", (Span(text, style),)),)))


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("fits at ⌊(7 − 3) / 2⌋ + 1 = 3 places.", [("⌊(7 − 3) / 2⌋ + 1", "3")]),
        ("3·3·4 = 9·4 = 36", [("3·3·4", "9·4"), ("9·4", "36")]),
        ("in all 2² + 1 = 5.", [("2² + 1", "5")]),
        ("tanh(0.5) ≈ 0.462", [("tanh(0.5)", "0.462")]),
        ("σ(0.75) = 0.679", [("σ(0.75)", "0.679")]),
        ("4 / √(2.5 + 1.5) = 2", [("4 / √(2.5 + 1.5)", "2")]),
        ("the scores 3, 4 have max(3, 4, −5) = 4", [("max(3, 4, −5)", "4")]),
        ("max([[1, 5], [2, 3]]) = 5", [("max([[1, 5], [2, 3]])", "5")]),
        ("min(1, 1.25) − 0.5 = 0.5", [("min(1, 1.25) − 0.5", "0.5")]),
    ],
)
def test_arithmetic_on_both_sides_is_an_equation_that_holds(text, sides):
    assert [(each.left, each.right) for each in found(text)] == sides
    assert all(each.holds for each in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "k = 3",
        "h₁ = 5",
        "x2 = 4",
        "f(2) = 9",
        "[1, 2] = [3]",
        "2 = two",
        "(3 = 4",
        "10 % = 0.2",
        "a ≤ 3",
    ],
)
def test_what_is_not_plain_arithmetic_is_left_alone(text):
    assert found(text) == []


def test_code_is_left_alone():
    assert found("1 = 2", "code") == []


@pytest.mark.parametrize("text", ["2 + 2 = 5", "⌊7/2⌋ = 4", "0.5·3 = 1.6", "100·3 = 301", "1/2 = 0.4", "max(1, 2) = 1"])
def test_what_does_not_add_up_does_not_hold(text):
    assert [each.holds for each in found(text)] == [False]


@pytest.mark.parametrize("text", ["1/3 ≈ 0.33", "2/3 = 0.667", "0.123·0.456 = 0.0561", "22/7 ≈ 3"])
def test_rounded_numbers_hold(text):
    assert all(each.holds for each in found(text))


@given(st.integers(-999, 999), st.integers(-999, 999), st.integers(-5, 5))
def test_sums_hold_exactly_when_they_are_right(a, b, off):
    (equation,) = found(f"so ({a}) + ({b}) = {a + b + off} in all")
    assert equation.left_value == Fraction(a + b)
    assert equation.holds == (off == 0)


@given(st.text(alphabet="0123456789+-*/()⌊⌋.=≈ abcσ²^", max_size=60))
def test_no_text_raises(text):
    found(text)


def answers():
    """Every computed card of the built-in decks whose answer could be off by one without anything else noticing."""
    for path in sorted(Path(builtin_decks()).glob("*.md")):
        if ".ko." not in path.name:
            for match in re.finditer(r'^answer = "(.*)"$', path.read_text(), re.M):
                yield pytest.param(
                    path, match, id=f"{path.stem}:{path.read_text()[: match.start()].count(chr(10)) + 1}"
                )


@pytest.mark.parametrize(("path", "match"), answers())
def test_an_answer_broken_on_purpose_is_found_at_its_line(path, match, tmp_path):
    text = path.read_text()
    broken = text[: match.start()] + f'answer = "2 * ({match[1]}) + 1"' + text[match.end() :]
    (tmp_path / path.name).write_text(broken)
    line = text[: match.start()].count("\n") + 1
    # Of a step, a later part may be the first to refuse what it makes of it.
    later = text[match.start() : text.index("```", match.start())].split("\n")
    lines = {line + place for place, row in enumerate(later) if row.startswith("answer = ")}
    report = check([tmp_path / path.name], variants=10)
    found = {finding.line for finding in report.findings if finding.level == "error"}
    assert found & lines
