"""What is chosen when a quiz is set up: what is no seed is told in one line."""

from __future__ import annotations

import pytest

from studytui.problems import Problem
from studytui.quiz.plan import LARGEST_SEED, Plan, checked, read_seed


@pytest.mark.parametrize(("typed", "seed"), [("7", 7), (" 007 ", 7), ("0", 0), (str(LARGEST_SEED), LARGEST_SEED)])
def test_a_seed_is_a_whole_number(typed: str, seed: int) -> None:
    assert read_seed(typed) == seed


@pytest.mark.parametrize(
    "typed", ["", "x", "-1", "+1", "1.0", "1e3", "٣", "²", str(LARGEST_SEED + 1), "9" * 5000, "\x1b[1m"]
)
def test_anything_else_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Problem, match=r"is no seed: give a whole number from 0 to 999999999, such as 7$") as caught:
        read_seed(typed)
    assert len(str(caught.value)) < 120
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize("plan", [Plan(0, count=1, minutes=1), Plan(LARGEST_SEED, count=1000, minutes=1440), Plan(7)])
def test_a_plan_within_bounds_can_be_used(plan: Plan) -> None:
    assert checked(plan) is plan


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        (Plan(-1), "-1 is no seed: give a whole number from 0 to 999999999, such as 7"),
        (Plan(LARGEST_SEED + 1), "1000000000 is no seed: give a whole number from 0 to 999999999, such as 7"),
        (Plan(7, count=0), "a quiz has 1 to 1000 questions, not 0"),
        (Plan(7, count=1001), "a quiz has 1 to 1000 questions, not 1001"),
        (Plan(7, minutes=0), "a quiz has 1 to 1440 minutes, not 0; without a number it has no limit"),
        (Plan(7, minutes=1441), "a quiz has 1 to 1440 minutes, not 1441; without a number it has no limit"),
    ],
)
def test_a_plan_out_of_bounds_is_told_in_one_line(plan: Plan, message: str) -> None:
    with pytest.raises(Problem) as caught:
        checked(plan)
    assert str(caught.value) == message
