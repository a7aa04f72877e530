"""Typed expressions: what they are worth, and what is asked back."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from studytui.answer import UnreadableError, evaluate


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 12),
        ("0.5", Fraction(1, 2)),
        (".5", Fraction(1, 2)),
        ("5.", 5),
        ("1e-3", Fraction(1, 1000)),
        ("1E3", 1000),
        ("2.5e+2", 250),
        ("1/3", Fraction(1, 3)),
        ("3*3*128*64+64", 73_792),
        ("(32 - 5 + 2*2)//1 + 1", 32),
        ("7//2", 3),
        ("-7//2", -4),
        ("2+3*4", 14),
        ("(2+3)*4", 20),
        ("10-3-2", 5),
        ("24/2/3", 4),
        ("--5", 5),
        ("-+-5", 5),
        ("2--3", 5),
        ("2*-3", -6),
        ("  1 +\t2 ", 3),
    ],
)
def test_arithmetic_is_exact(typed, value):
    assert evaluate(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2^10", 1024),
        ("2**10", 1024),
        ("2^-1", Fraction(1, 2)),
        ("-2^2", -4),
        ("(-2)^2", 4),
        ("2^3^2", 512),
        ("2**-3**2", Fraction(1, 512)),
        ("2*3^2", 18),
        ("0^0", 1),
        ("3²", 9),
        ("-3²", -9),
        ("2³*2", 16),
        ("10⁻³", Fraction(1, 1000)),
        ("2¹⁰", 1024),
        ("2^3²", 512),
        ("(1+2)²", 9),
    ],
)
def test_powers_bind_as_on_paper(typed, value):
    assert evaluate(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("7 − 2", 5),
        ("7 – 2", 5),
        ("1e−3", Fraction(1, 1000)),
        ("3 × 4", 12),
        ("3·4", 12),
        ("3⋅4", 12),
        ("3∗4", 12),
        ("12 ÷ 4", 3),
        ("1⁄2", Fraction(1, 2)),
        ("3x4", 12),
        ("3 X 4 x 2", 24),
        ("2x10^3", 2000),
    ],
)
def test_signs_on_paper_are_read(typed, value):
    assert evaluate(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12.5%", Fraction(1, 8)),
        ("12.5 %", Fraction(1, 8)),
        ("-50%", Fraction(-1, 2)),
        ("50% * 3", Fraction(3, 2)),
        ("(1/3)%", Fraction(1, 300)),
        ("100% - 20%", Fraction(4, 5)),
    ],
)
def test_a_percent_sign_divides_what_stands_before_it(typed, value):
    assert evaluate(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("sqrt(144)", 12),
        ("SQRT(1/4)", Fraction(1, 2)),
        ("8^(1/3)", 2),
        ("(8/27)^(2/3)", Fraction(4, 9)),
        ("16^0.5", 4),
        ("sqrt(3^900)", 3**450),
        ("floor(7/2)", 3),
        ("ceil(7/2)", 4),
        ("abs(-3)", 3),
        ("relu(-3)", 0),
        ("relu(3)", 3),
    ],
)
def test_functions_with_an_exact_result_are_exact(typed, value):
    assert evaluate(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1/(1+exp(-0.5))", 1 / (1 + math.exp(-0.5))),
        ("sigmoid(0.5)", 1 / (1 + math.exp(-0.5))),
        ("sigmoid(-800)", math.exp(-800)),
        ("sigmoid(800)", 1),
        ("tanh(0.3)", math.tanh(0.3)),
        ("relu(tanh(0.3))", math.tanh(0.3)),
        ("-log(0.25)", math.log(4)),
        ("ln(4)", math.log(4)),
        ("log2(10)", math.log2(10)),
        ("log10(2)", math.log10(2)),
        ("e^-1", math.exp(-1)),
        ("2*pi", 2 * math.pi),
        ("sin(pi/6)", 0.5),
        ("cos(π)", -1),
        ("2^0.5", math.sqrt(2)),
    ],
)
def test_other_functions_give_the_nearest_float(typed, value):
    assert float(evaluate(typed)) == pytest.approx(value, rel=1e-13)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("2^0.5 * 2^0.5", 2), ("exp(ln(12))", 12), ("floor(3^0.5 * 3^0.5)", 3), ("log10(1000)", 3), ("exp(0)", 1)],
)
def test_the_rounding_errors_of_floats_are_taken_out(typed, value):
    assert evaluate(typed) == value


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Nothing was typed."),
        ("1/0", "divides by zero"),
        ("0^-1", "0 has no negative power"),
        ("1//0", "divides by zero"),
        ("1/(e*0)", "divides by zero"),
        ("1/(e-2.718281828459045)", "divides by zero"),
        ("sqrt(-1)", "not a real number"),
        ("(-8)^(1/3)", "not a real number"),
        ("ln(0)", "Only a positive number"),
        ("NaN", "A finite number is wanted, not “NaN”."),
        ("-inf", "A finite number is wanted"),
        ("∞", "not infinity"),
        ("0x10", "“0x10” is hexadecimal"),
        ("٣", "Use the digits 0 to 9: “٣”"),
        ("１２", "Use the digits 0 to 9: “１”"),
        ("½", "Use the digits 0 to 9"),
        ("2(3)", "no sign between “2” and “(”"),
        ("(2)(3)", "no sign between “)” and “(”"),
        ("2pi", "no sign between “2” and “pi”"),
        ("3 4", "“3” and “4” stand side by side"),
        ("1.2.3", "stand side by side"),
        ("%", "“%” stands where a number is wanted"),
        ("10 % 3", "a percentage here, not a remainder"),
        ("12.5%%", "a percentage here"),
        ("x", "“x” stands where a number is wanted"),
        ("2 + × 3", "“×” stands where a number is wanted"),
        ("()", "“)” stands where a number is wanted"),
        ("2 +", "ends where a number is wanted"),
        ("(2", "is not closed"),
        ("2)", "closed that was not opened"),
        ("exp 3", "Write exp(…)"),
        ("foo(3)", "“foo” is not known here"),
        ("1if", "no sign between “1” and “if”"),
        ("lambda: 1", "“:” is not part of a number"),
        ("1_000", "“_” is not part of a number"),
        ("'a'", "is not part of a number"),
        ("a.b", "is not part of a number"),
        ("[1]", "is not part of a number"),
        ("ㅓ", "“ㅓ” is not part of a number"),
        ("1e999", "too large or too small"),
        ("1e-99999999999999999999", "too large or too small"),
    ],
)
def test_what_cannot_be_read_is_explained_in_one_sentence(typed, sentence):
    with pytest.raises(UnreadableError) as caught:
        evaluate(typed)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1" * 257, "at most 256 characters"),
        ("1" * 31, "at most 30 digits"),
        ("0." + "1" * 30, "at most 30 digits"),
        ("+".join(["1"] * 65), "at most 128"),
        ("(" * 25 + "1" + ")" * 25, "at most 24 levels"),
        ("-" * 25 + "1", "at most 24 levels"),
        ("^".join("1" * 26), "at most 24 levels"),
        ("9**9**9**9", "too large"),
        ("2**2048", "too large"),
        ("2**-2048", "too large"),
        ("10**600 * 10**600", "too large"),
        ("10**-600 / 10**600", "too large"),
        ("1/3**1000 + 1/7**600", "too large"),
        ("exp(1000)", "too large"),
        ("10**600 * e", "too large"),
        ("e*1e300*1e300", "too large"),
    ],
)
def test_limits_are_named_when_they_are_met(typed, sentence):
    with pytest.raises(UnreadableError) as caught:
        evaluate(typed)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1" * 30, int("1" * 30)),
        ("+".join(["1"] * 64), 64),
        ("(" * 24 + "1" + ")" * 24, 1),
        ("-" * 24 + "1", 1),
        ("2**2047", 2**2047),
        ("10**616", 10**616),
        ("1e586", 10**586),
        ("1**9**300", 1),
        ("0**9**300", 0),
        ("(-1)**9**300", -1),
    ],
)
def test_the_limits_themselves_are_allowed(typed, value):
    assert evaluate(typed) == value


def test_a_long_quotation_is_shortened():
    with pytest.raises(UnreadableError) as caught:
        evaluate("a" * 200)
    assert "“" + "a" * 23 + "…”" in str(caught.value)
