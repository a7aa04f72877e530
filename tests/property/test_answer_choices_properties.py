"""Orders, choices and typos against slow and obvious computations."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from studytui.answer import Mark, Outcome, grade_choice, grade_match, grade_order, read_choice, read_order, read_pairs
from studytui.answer.texts import _within_one_edit

_PERMUTATIONS = st.integers(1, 7).flatmap(lambda count: st.permutations(range(count)))


def _longest_common_subsequence(arranged: list[int]) -> int:
    """By trying all subsequences, the longest first."""
    for length in range(len(arranged), 0, -1):
        for kept in combinations(arranged, length):
            if all(left < right for left, right in pairwise(kept)):
                return length
    return 0


@settings(deadline=None, max_examples=300)
@given(_PERMUTATIONS)
def test_the_order_score_is_the_longest_common_subsequence(arranged):
    verdict = grade_order(arranged)
    assert verdict.score == Fraction(_longest_common_subsequence(arranged), len(arranged))


@settings(deadline=None, max_examples=200)
@given(_PERMUTATIONS)
def test_the_items_marked_right_are_in_the_right_order(arranged):
    verdict = grade_order(arranged)
    kept = [item for item, mark in zip(arranged, verdict.marks, strict=True) if mark is Mark.RIGHT]
    assert kept == sorted(kept)
    assert Fraction(len(kept), len(arranged)) == verdict.score


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=10))
def test_every_misjudged_option_costs_the_same(options):
    picked = {place for place, (was_picked, _) in enumerate(options) if was_picked}
    correct = {place for place, (_, is_correct) in enumerate(options) if is_correct}
    verdict = grade_choice(picked, correct, len(options), several=True)
    errors = sum(was_picked != is_correct for was_picked, is_correct in options)
    assert not picked or verdict.score == 1 - Fraction(errors, len(options))
    assert (verdict.outcome is Outcome.RIGHT) == (bool(picked) and not errors)


@settings(deadline=None, max_examples=100)
@given(_PERMUTATIONS)
def test_the_match_score_is_the_share_of_right_rows(partners):
    assert grade_match(partners).score == Fraction(sum(row == one for row, one in enumerate(partners)), len(partners))


@settings(deadline=None, max_examples=200)
@given(st.integers(2, 26).flatmap(lambda count: st.permutations(range(count))), st.booleans(), st.sampled_from(" ,;>"))
def test_what_was_listed_is_read_back(places, as_letters, separator):
    count = len(places)
    names = [chr(ord("a") + place) if as_letters else str(place + 1) for place in places]
    typed = separator.join(names)
    assert read_order(typed, count) == tuple(places)
    assert read_pairs(typed, count) == tuple(places)
    assert read_choice(typed, count, several=True) == frozenset(places)
    assert read_pairs(" ".join(f"{row + 1}{chr(ord('a') + one)}" for row, one in enumerate(places)), count) == tuple(
        places
    )


def _edit_distance(left: str, right: str) -> int:
    """Damerau-Levenshtein with adjacent transpositions, by its recurrence."""
    rows = [[max(row, column) for column in range(len(right) + 1)] for row in range(len(left) + 1)]
    for row in range(1, len(left) + 1):
        for column in range(1, len(right) + 1):
            changed = left[row - 1] != right[column - 1]
            best = min(rows[row - 1][column] + 1, rows[row][column - 1] + 1, rows[row - 1][column - 1] + changed)
            if row > 1 and column > 1 and left[row - 2 : row] == right[column - 2 : column][::-1]:
                best = min(best, rows[row - 2][column - 2] + 1)
            rows[row][column] = best
    return rows[-1][-1]


@settings(deadline=None, max_examples=500)
@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_one_typo_is_an_edit_distance_of_at_most_one(left, right):
    assert _within_one_edit(left, right) == (_edit_distance(left, right) <= 1)
