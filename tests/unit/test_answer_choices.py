"""Choices, orders and matches, picked on screen or typed as a line."""

from __future__ import annotations

from fractions import Fraction

import pytest

from studytui.answer import (
    Mark,
    Outcome,
    Verdict,
    grade_choice,
    grade_match,
    grade_order,
    read_choice,
    read_order,
    read_pairs,
)

R, W, M, P = Mark


def test_every_option_of_a_multiple_choice_is_judged():
    verdict = grade_choice({0, 1}, {0, 2}, 4, several=True)
    assert verdict.marks == (R, W, M, P)
    assert verdict.score == Fraction(1, 2)
    assert verdict.message == "1 missed, 1 picked that should not be."


@pytest.mark.parametrize(
    ("picked", "outcome", "score"),
    [({0, 2}, "right", 1), ({0}, "close", Fraction(3, 4)), ({0, 1, 2}, "close", Fraction(3, 4)), ({1, 3}, "wrong", 0)],
)
def test_a_multiple_choice_is_close_above_one_half(picked, outcome, score):
    verdict = grade_choice(picked, {0, 2}, 4, several=True)
    assert (verdict.outcome, verdict.score) == (outcome, score)


@pytest.mark.parametrize(
    ("picked", "outcome", "marks"), [({1}, "right", (P, R, P)), ({0}, "wrong", (W, M, P)), ({2}, "wrong", (P, M, W))]
)
def test_a_single_choice_is_right_or_wrong(picked, outcome, marks):
    verdict = grade_choice(picked, {1}, 3, several=False)
    assert (verdict.outcome, verdict.score, verdict.marks) == (outcome, int(outcome == "right"), marks)


@pytest.mark.parametrize(("picked", "several"), [((), True), ((), False), ((0, 1), False)])
def test_no_pick_or_too_many_are_asked_back(picked, several):
    assert grade_choice(picked, {1}, 3, several=several).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize(
    ("arranged", "outcome", "score", "marks"),
    [
        ((0, 1, 2), "right", 1, (R, R, R)),
        ((1, 0, 2), "wrong", Fraction(2, 3), (W, R, R)),
        ((1, 2, 3, 0), "close", Fraction(3, 4), (R, R, R, W)),
        ((0, 2, 1, 3, 4), "close", Fraction(4, 5), (R, W, R, R, R)),
        ((1, 0, 3, 2), "wrong", Fraction(1, 2), (W, R, W, R)),
        ((1, 0), "wrong", Fraction(1, 2), (W, R)),
        ((0,), "right", 1, (R,)),
    ],
)
def test_an_order_is_scored_by_what_stands_in_place(arranged, outcome, score, marks):
    verdict = grade_order(arranged)
    assert (verdict.outcome, verdict.score, verdict.marks) == (outcome, score, marks)


def test_what_is_out_of_place_is_counted():
    assert grade_order((0, 2, 1, 3, 4)).message == "1 of 5 has to move; ✓ may stay."


def test_the_reverse_order_is_named():
    verdict = grade_order((3, 2, 1, 0))
    assert (verdict.outcome, verdict.score) == (Outcome.CLOSE, Fraction(1, 4))
    assert verdict.message == "This is exactly the reverse order."


@pytest.mark.parametrize(
    ("partners", "outcome", "score", "marks"),
    [
        ((0, 1, 2), "right", 1, (R, R, R)),
        ((0, 2, 1), "wrong", Fraction(1, 3), (R, W, W)),
        ((0, 1, None), "close", Fraction(2, 3), (R, R, M)),
        ((0, 1, -1), "close", Fraction(2, 3), (R, R, W)),
        ((0, 1, 2, 4, 3), "close", Fraction(3, 5), (R, R, R, W, W)),
    ],
)
def test_every_row_of_a_match_is_judged(partners, outcome, score, marks):
    verdict = grade_match(partners)
    assert (verdict.outcome, verdict.score, verdict.marks) == (outcome, score, marks)


def test_rows_with_the_same_partner_may_exchange_it():
    assert grade_match((1, 0, 2), ["shrinks", "shrinks", "grows"]).outcome is Outcome.RIGHT


@pytest.mark.parametrize("partners", [(), (None, None)])
def test_an_empty_match_is_asked_back(partners):
    assert grade_match(partners).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize("typed", ["1 3", "3,1", "13", "ac", "a c", "A, C", "(a) (c)", "1) 3)", "a.c.", "1 c", "1 1 3"])
def test_a_choice_is_read_in_every_notation(typed):
    assert read_choice(typed, 4, several=True) == {0, 2}


def test_digits_stand_together_only_when_there_are_fewer_than_ten_options():
    assert read_choice("12", 12, several=True) == {11}


@pytest.mark.parametrize(
    ("typed", "several", "message"),
    [
        ("", True, "Type numbers from 1 to 4, or letters."),
        ("5", True, "There is no option “5”: there are 4."),
        ("0", True, "There is no option “0”: there are 4."),
        ("z", True, "There is no option “z”: there are 4."),
        ("1-3", True, "“1-3” is no option: type numbers from 1 to 4, or letters."),
        ("٣", True, "“٣” is no option: type numbers from 1 to 4, or letters."),
        ("ㅓ", True, "“ㅓ” is no option: type numbers from 1 to 4, or letters."),
        ("1 2", False, "Pick one option only."),
    ],
)
def test_an_unclear_choice_is_asked_back(typed, several, message):
    assert read_choice(typed, 4, several=several) == Verdict(Outcome.UNREADABLE, message=message)


@pytest.mark.parametrize("typed", ["3 1 2", "312", "cab", "c, a, b", "3 > 1 > 2", "c->a->b", "3→1→2", "3. 1. 2."])
def test_an_order_is_read_in_every_notation(typed):
    assert read_order(typed, 3) == (2, 0, 1)


@pytest.mark.parametrize(
    ("typed", "message"),
    [("1 2", "Name every item once: 3 is missing."), ("1 1 2 3", "Name every item once: 1 is there 2 times.")],
)
def test_an_incomplete_order_is_asked_back(typed, message):
    assert read_order(typed, 3) == Verdict(Outcome.UNREADABLE, message=message)


@pytest.mark.parametrize(
    "typed",
    [
        "1b 2a 3c",
        "1b2a3c",
        "1-b, 2-a, 3-c",
        "1 = b; 2 = a; 3 = c",
        "3c 1B 2A",
        "1->b 2->a 3->c",
        "b a c",
        "bac",
        "2 1 3",
    ],
)
def test_pairs_are_read_in_every_notation(typed):
    assert read_pairs(typed, 3) == (1, 0, 2)


@pytest.mark.parametrize("typed", ["", "1b 2a", "1b 1a 3c", "1b 2a 3d", "4b 2a 3c", "b a", "1x 2y", "b a c a"])
def test_unclear_pairs_are_asked_back(typed):
    verdict = read_pairs(typed, 3)
    assert isinstance(verdict, Verdict)
    assert verdict.outcome is Outcome.UNREADABLE
