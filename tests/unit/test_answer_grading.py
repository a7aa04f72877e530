"""Typed values: right, a slip, close, wrong or unreadable."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from studytui.answer import AnswerType, Outcome, Slip, grade_value

RIGHT, SLIP, CLOSE, WRONG, UNREADABLE = Outcome


@pytest.mark.parametrize(
    "typed", ["12", "12.0", "1.2e1", "24/2", "3x4", "sqrt(144)", " 12 ", "+12", "12\u200b", "1200%"]
)
def test_an_integer_is_right_in_every_notation(typed):
    assert grade_value(typed, 12).outcome is RIGHT


@pytest.mark.parametrize("typed", ["13", "12.5", "12.0000000001", "11.999999999999", "2**2000"])
def test_an_integer_is_graded_exactly(typed):
    assert grade_value(typed, 12).outcome is WRONG


def test_a_forgotten_bias_is_not_within_a_tolerance():
    assert grade_value("3*3*128*64", 73_792).outcome is WRONG


def test_a_fraction_for_a_whole_number_says_so():
    assert grade_value("12.5", 12).message == "The answer is a whole number."


@pytest.mark.parametrize(
    ("typed", "truth"),
    [
        ("0.333", 1 / 3),
        ("1/3", 1 / 3),
        ("33.3%", 1 / 3),
        ("0.3333333333333333333", 1 / 3),
        ("0.33345", 1 / 3),
        ("1e-3", 0.001),
        ("0.0999", 0.09999999999999999),
        ("0.30", 0.1 + 0.2),
        ("1.23e300", 1.2345e300),
        ("4.94e-324", 5e-324),
        ("-2.72", -2.718281828),
    ],
)
def test_a_real_number_is_right_to_three_digits_or_more(typed, truth):
    assert grade_value(typed, truth).outcome is RIGHT


@pytest.mark.parametrize("typed", ["0.123", "0.124"])
def test_a_tie_may_be_rounded_either_way(typed):
    assert grade_value(typed, 0.1235).outcome is RIGHT


@pytest.mark.parametrize(
    ("truth", "typed", "outcome"),
    [
        (1.0, "1.005", RIGHT),
        (1.0, "1.0051", WRONG),
        (1.0, "0.995", RIGHT),
        (0.999, "0.9995", RIGHT),
        (0.999, "0.99951", WRONG),
        (10.0, "10.05", RIGHT),
        (10.0, "10.06", WRONG),
    ],
)
def test_the_margin_is_half_a_unit_of_the_last_digit_at_powers_of_ten_too(truth, typed, outcome):
    assert grade_value(typed, truth).outcome is outcome


@pytest.mark.parametrize(("typed", "outcome"), [("0", RIGHT), ("-0.0005", RIGHT), ("0.0006", WRONG), ("1e-9", RIGHT)])
def test_zero_is_graded_to_so_many_decimals(typed, outcome):
    assert grade_value(typed, 0.0).outcome is outcome


@pytest.mark.parametrize(("digits", "outcome"), [(1, RIGHT), (2, RIGHT), (3, CLOSE), (6, CLOSE)])
def test_the_card_says_how_many_digits(digits, outcome):
    assert grade_value("0.67", 2 / 3, digits=digits).outcome is outcome


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("0.67", "Right to 2 significant digits, but 3 significant digits are wanted."),
        ("0.7", "Right to 1 significant digit, but 3 significant digits are wanted."),
        ("0.66", "Cut off instead of rounded: 3 significant digits are wanted, the last of them rounded."),
        ("0.666", "Cut off instead of rounded: 3 significant digits are wanted, the last of them rounded."),
        ("-0.667", "Right but for the sign."),
        ("66.7", "Right but for a power of ten: 100 times too large. A percentage is typed with its %."),
        ("0.0667", "Right but for a power of ten: 10 times too small."),
        ("6.67e8", "Right but for a power of ten: 10^9 times too large."),
    ],
)
def test_a_nearly_right_number_is_told_what_is_missing(typed, message):
    verdict = grade_value(typed, 2 / 3)
    assert (verdict.outcome, verdict.message) == (CLOSE, message)


@pytest.mark.parametrize("typed", ["0.65", "0.68", "0.6", "0.6659", "67.7", "-0.67", "2/5"])
def test_a_number_that_is_no_rounding_of_the_truth_is_wrong(typed):
    assert grade_value(typed, 2 / 3).outcome is WRONG


def test_rounding_over_a_power_of_ten_is_recognised_when_scaled():
    assert "10 times too large" in grade_value("100", 9.996).message


@pytest.mark.parametrize(("typed", "factor"), [("120", "10 times too large"), ("0.12", "100 times too small")])
def test_an_integer_off_by_a_power_of_ten_is_close(typed, factor):
    verdict = grade_value(typed, 12)
    assert verdict.outcome is CLOSE
    assert factor in verdict.message


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("30 MB", "MB"), ("30MB", "MB"), ("30 mb", "MB"), ("30", "MB"), ("60/2 MB", "MB"), ("30%", "%"), ("30", "%")],
)
def test_the_unit_of_the_card_may_be_typed(typed, unit):
    assert grade_value(typed, 30.0, unit=unit).outcome is RIGHT


@pytest.mark.parametrize(
    ("typed", "unit"), [("30 KB", "MB"), ("30 Mb", "MB"), ("30 MB", "B"), ("30 px", ""), ("12개", "")]
)
def test_another_unit_is_asked_back(typed, unit):
    verdict = grade_value(typed, 30, unit=unit)
    assert verdict.outcome is UNREADABLE
    assert "is not read" in verdict.message


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("1,234", "Did you mean “1234” or “1.234”? Type it without commas."),
        ("1,234,567", "Did you mean “1234567”? Type it without commas."),
        ("1,234.5", "Did you mean “1234.5”? Type it without commas."),
        ("1,5", "Did you mean “1.5”? Type it without commas."),
        ("2*1,234", "Did you mean “1234” or “1.234”? Type it without commas."),
        ("1,2,3", "One number is wanted. Type it without commas."),
        ("12,", "One number is wanted, without commas."),
        ("1 000", "Did you mean “1000”? Type it without spaces."),
        ("", "Nothing was typed: type a whole number such as 12, or 3*3*64."),
        (" \t\0 ", "Nothing was typed: type a whole number such as 12, or 3*3*64."),
        ("1" * 2000, "This is too long to be read: at most 1024 characters."),
        ("1" + " " * 5000 + "2", "This is too long to be read: at most 1024 characters."),
    ],
)
def test_what_can_be_misread_is_asked_back(typed, message):
    verdict = grade_value(typed, 1234)
    assert (verdict.outcome, verdict.message) == (UNREADABLE, message)
    assert not verdict.counts


PADDED_ONCE = Slip("padded once", "Padding is added on both sides, so it counts twice.", 30)
NO_STRIDE = Slip("no stride", "The stride divides.", 30)
NOT_FLOORED = Slip("not floored", "The quotient is rounded down.", 7 / 3)


def test_a_slip_names_itself():
    verdict = grade_value("30", 32, slips=[NOT_FLOORED, PADDED_ONCE])
    assert (verdict.outcome, verdict.slips, verdict.score) == (SLIP, (PADDED_ONCE,), 0)
    assert verdict.message == PADDED_ONCE.sentence


def test_two_slips_that_match_are_both_named():
    verdict = grade_value("30", 32, slips=[PADDED_ONCE, NO_STRIDE])
    assert verdict.slips == (PADDED_ONCE, NO_STRIDE)
    assert verdict.message == "Padding is added on both sides, so it counts twice. Or: The stride divides."


def test_a_fractional_slip_of_an_integer_is_recognised_rounded():
    assert grade_value("2.33", 2, slips=[NOT_FLOORED]).slips == (NOT_FLOORED,)


def test_a_real_slip_is_recognised_rounded():
    slip = Slip("no root", "Take the root.", 0.4449)
    assert grade_value("0.445", 0.667, slips=[slip]).slips == (slip,)


def test_a_slip_comes_before_a_near_miss():
    slip = Slip("sign", "The error is signed.", -12)
    assert grade_value("-12", 12, slips=[slip]).outcome is SLIP


def test_the_truth_comes_before_a_slip_that_equals_it():
    same = Slip("same", "Never shown.", 12)
    assert grade_value("12", 12, slips=[same]).outcome is RIGHT


def test_a_slip_within_the_rounding_of_the_truth_is_ignored():
    slip = Slip("near", "Never shown.", 0.6671)
    assert grade_value("0.6674", 0.6667, slips=[slip]).outcome is WRONG


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), "12", (1, 2), 1j, [], object()])
def test_a_slip_without_a_comparable_value_is_ignored(value):
    assert grade_value("7", 12, slips=[Slip("odd", "Never shown.", value)]).outcome is WRONG


SHAPES = ["28x28x4", "28X28X4", "28×28×4", "28*28*4", "28·28·4", "28 x 28 x 4", "28 28 4", "28,28,4", "28, 28, 4"]


@pytest.mark.parametrize(
    "typed",
    [
        *SHAPES,
        "(28, 28, 4)",
        "[28,28,4]",
        "[28 28 4]",
        "(28x28x4)",
        "28; 28; 4",
        "28.0x28x4",
        "56/2 x 28 x 2^2",
        "(7*4)x28x4",
        "torch.Size([28, 28, 4])",
    ],
)
def test_a_shape_is_read_in_every_notation(typed):
    assert grade_value(typed, (28, 28, 4)).outcome is RIGHT


@pytest.mark.parametrize("typed", ["28", "(28,)", "[28]"])
def test_a_shape_of_one_axis_is_read(typed):
    assert grade_value(typed, (28,)).outcome is RIGHT


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("4x28x32", "The sizes are right, but axes 1 and 3 are swapped."),
        ("32x4x28", "The sizes are right, but axes 2 and 3 are swapped."),
        ("4x32x28", "The sizes are right, but their order is not."),
    ],
)
def test_swapped_axes_are_named(typed, message):
    verdict = grade_value(typed, (32, 28, 4))
    assert (verdict.outcome, verdict.message) == (CLOSE, message)


def test_reversed_axes_are_named():
    assert grade_value("1x2x3x4", (4, 3, 2, 1)).message == "The sizes are right, but in reverse order."


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("28x28", "3 sizes are wanted, and 2 sizes are typed."),
        ("3136", "3 sizes are wanted, and 1 size is typed."),
        ("28x28x8", "2 of 3 sizes are right."),
        ("280x280x40", ""),
        ("1x2x3", ""),
    ],
)
def test_another_shape_is_wrong(typed, message):
    verdict = grade_value(typed, (28, 28, 4))
    assert (verdict.outcome, verdict.message) == (WRONG, message)


@pytest.mark.parametrize("typed", ["28x28,4", "28x28x", "28,,4", "28x", "x", "28x28 4", "0x1c", "28 px", ""])
def test_an_unclear_shape_is_asked_back(typed):
    assert grade_value(typed, (28, 28, 4)).outcome is UNREADABLE


@pytest.mark.parametrize(
    "typed",
    [
        "0.1, -0.2, 3",
        "[0.1 -0.2 3]",
        "0.1 -0.2 3",
        "0.1 −0.2 3",
        "(1/10, -1/5, 3)",
        "0.1; -0.2; 3",
        "0.1, 0.2 - 0.4, 3",
    ],
)
def test_a_vector_is_read_in_every_notation(typed):
    assert grade_value(typed, [0.1, -0.2, 3.0]).outcome is RIGHT


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("1 - 2", 1),
        ("1 -2", 2),
        ("1 + -2", 1),
        ("exp (0) 2", 2),
        ("2 (3)", 2),
        ("50 % 3", 2),
        ("1 * 2 3", 2),
        ("[]", 0),
    ],
)
def test_spaces_separate_entries_but_not_operands(typed, count):
    message = grade_value(typed, [1.0, 2.0, 3.0]).message
    assert f"and {count} number" in message


def test_vector_entries_are_rounded_one_by_one():
    assert grade_value("0.333, 66.7", [1 / 3, 200 / 3]).outcome is RIGHT


def test_a_vector_of_whole_numbers_is_graded_exactly():
    assert grade_value("1, 2.001", [1, 2]).outcome is WRONG


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("-0.1, 0.2", "Right but for the sign."),
        ("1, -2", "Right but for a power of ten: 10 times too large."),
        ("-0.2, 0.1", "The numbers are right, but entries 1 and 2 are swapped."),
    ],
)
def test_a_nearly_right_vector_is_named(typed, message):
    verdict = grade_value(typed, [0.1, -0.2])
    assert (verdict.outcome, verdict.message) == (CLOSE, message)


def test_a_vector_rounded_too_coarsely_is_named():
    assert grade_value("0.12, 0.679", [0.1234, 0.6789]).message.startswith("Right to 2 significant digits")


def test_a_vector_slip_names_itself():
    slip = Slip("no transpose", "W is transposed.", (0.3, 0.4))
    assert grade_value("0.3, 0.4", [0.1, 0.2], slips=[slip]).slips == (slip,)


@pytest.mark.parametrize(
    "typed", ["[[1, 2], [3, 4]]", "[[1 2] [3 4]]", "1 2; 3 4", "1, 2; 3, 4", "1 2 3 4", "(1,2),(3,4)"]
)
def test_a_matrix_is_read_row_by_row(typed):
    assert grade_value(typed, [[1.0, 2.0], [3.0, 4.0]]).outcome is RIGHT


@pytest.mark.parametrize(
    ("typed", "outcome"), [("ReLU", RIGHT), ("relu", RIGHT), ("sigmoid", SLIP), ("ReLu6", WRONG), ("", UNREADABLE)]
)
def test_a_text_is_graded_as_words(typed, outcome):
    assert grade_value(typed, "ReLU", slips=[Slip("squashed", "It is not squashed.", "Sigmoid")]).outcome is outcome


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [("yes", RIGHT), ("True.", RIGHT), ("예", RIGHT), ("no", WRONG), ("거짓", WRONG), ("1", UNREADABLE)],
)
def test_a_truth_value_is_answered_with_yes_or_no(typed, outcome):
    assert grade_value(typed, True).outcome is outcome


@pytest.mark.parametrize(
    ("truth", "answer_type"),
    [
        (3, AnswerType.INTEGER),
        (3.0, AnswerType.REAL),
        (np.float64(3), AnswerType.REAL),
        ((3,), AnswerType.SHAPE),
        ([3], AnswerType.VECTOR),
        ("3", AnswerType.TEXT),
        (True, AnswerType.YES_NO),
    ],
)
def test_the_type_of_the_truth_decides_how_it_is_graded(truth, answer_type):
    assert AnswerType.of(truth) is answer_type


def test_a_tuple_is_graded_as_a_vector_when_the_card_says_so():
    assert grade_value("0.333 0.667", (1 / 3, 2 / 3), answer_type=AnswerType.VECTOR).outcome is RIGHT


@pytest.mark.parametrize("truth", [float("nan"), float("inf"), None, [1.0, None], (float("nan"),)])
def test_a_truth_that_cannot_be_asked_for_is_refused(truth):
    with pytest.raises(ValueError, match=r"cannot be asked for|no finite number"):
        grade_value("1", truth)


@pytest.mark.parametrize(("typed", "score"), [("12", 1), ("-12", Fraction(1, 2)), ("13", 0), ("", 0)])
def test_close_scores_one_half(typed, score):
    assert grade_value(typed, 12).score == score
