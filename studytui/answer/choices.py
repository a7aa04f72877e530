"""Choices, orders and matches are judged part by part; places count from 0, scores are exact fractions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Hashable, Sequence
from fractions import Fraction

from studytui.answer.verdict import Mark, Outcome, Verdict

#: Fewer items than this are too easily nearly right by luck.
_MIN_CLOSE_ORDER = 4


def grade_choice(picked: Collection[int], correct: Collection[int], count: int, *, several: bool) -> Verdict:
    """The verdict on the picked options of `count`; marks per option.

    With `several`, every option is judged: score 1 − errors/count, close above one half. Else the score is 1 or 0.
    """
    picked, correct = set(picked), set(correct)
    if not picked:
        return Verdict(Outcome.UNREADABLE, message="Nothing was picked.")
    if not several and len(picked) > 1:
        return Verdict(Outcome.UNREADABLE, message="Pick one option only.")
    marks = tuple(_choice_mark(place in picked, place in correct) for place in range(count))
    if not several:
        right = picked <= correct
        return Verdict(Outcome.RIGHT if right else Outcome.WRONG, Fraction(right), marks=marks)
    missed, added = marks.count(Mark.MISSED), marks.count(Mark.WRONG)
    if not missed and not added:
        return Verdict(Outcome.RIGHT, Fraction(1), marks=marks)
    score = 1 - Fraction(missed + added, count)
    told = [f"{missed} missed"] * bool(missed) + [f"{added} picked that should not be"] * bool(added)
    return Verdict(_partial(score), score, f"{', '.join(told)}.", marks=marks)


def grade_order(arranged: Sequence[int]) -> Verdict:
    """The verdict on items in the learner's order; the true order is 0, 1, 2, 3.

    A longest common subsequence with the true order stands in place (marks follow the learner's order), and its share
    is the score. Close: one item of at least four is out of place, or the order is exactly reversed.
    """
    count = len(arranged)
    kept = _longest_rising(arranged)
    marks = tuple(Mark.RIGHT if place in kept else Mark.WRONG for place in range(count))
    if len(kept) == count:
        return Verdict(Outcome.RIGHT, Fraction(1), marks=marks)
    score = Fraction(len(kept), count)
    if count > 2 and list(arranged) == sorted(arranged, reverse=True):
        return Verdict(Outcome.CLOSE, score, "This is exactly the reverse order.", marks=marks)
    out = count - len(kept)
    close = out == 1 and count >= _MIN_CLOSE_ORDER
    message = f"{out} of {count} {'has' if out == 1 else 'have'} to move; ✓ may stay."
    return Verdict(Outcome.CLOSE if close else Outcome.WRONG, score, message, marks=marks)


def grade_match(partners: Sequence[int | None], labels: Sequence[Hashable] = ()) -> Verdict:
    """The verdict on pairs: `partners[i]` is the right-hand place given to row i, or None; its true partner is i.

    `labels` are the right-hand texts in the true order: rows that share a text may share or exchange their partners.
    The score is the share of right rows, close above one half; marks per row.
    """
    count = len(partners)
    if not count or all(partner is None for partner in partners):
        return Verdict(Outcome.UNREADABLE, message="Nothing was matched.")
    marks = tuple(_match_mark(row, partner, labels) for row, partner in enumerate(partners))
    right = marks.count(Mark.RIGHT)
    if right == count:
        return Verdict(Outcome.RIGHT, Fraction(1), marks=marks)
    score = Fraction(right, count)
    return Verdict(_partial(score), score, f"{right} of {count} are right.", marks=marks)


def _partial(score: Fraction) -> Outcome:
    return Outcome.CLOSE if score > Fraction(1, 2) else Outcome.WRONG


def _choice_mark(picked: bool, correct: bool) -> Mark:  # noqa: FBT001 - the two columns of a truth table
    if picked:
        return Mark.RIGHT if correct else Mark.WRONG
    return Mark.MISSED if correct else Mark.PLAIN


def _match_mark(row: int, partner: int | None, labels: Sequence[Hashable]) -> Mark:
    if partner is None:
        return Mark.MISSED
    same_label = max(row, partner) < len(labels) and partner >= 0 and labels[partner] == labels[row]
    return Mark.RIGHT if partner == row or same_label else Mark.WRONG


def _longest_rising(items: Sequence[int]) -> set[int]:
    """The places of one longest strictly rising subsequence (patience sorting)."""
    tops: list[int] = []
    top_places: list[int] = []
    before: list[int] = []
    for place, item in enumerate(items):
        pile = bisect_left(tops, item)
        before.append(top_places[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [item]
        top_places[pile : pile + 1] = [place]
    kept: set[int] = set()
    place = top_places[-1] if top_places else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept
