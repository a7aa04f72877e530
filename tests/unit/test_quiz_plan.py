"""What is chosen when a quiz is set up: what is no seed is told in one line."""

from __future__ import annotations

import pytest

from studytui.problems import Problem
from studytui.quiz.plan import LARGEST_SEED, read_seed


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
