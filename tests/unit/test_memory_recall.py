"""How well cards are remembered, and in which order the weak ones come."""

from __future__ import annotations

import datetime
from dataclasses import replace

import fsrs
import pytest

from studytui.memory.recall import Remembered, retrievability, weakest_first
from studytui.memory.schedule import Scheduler

DECAY = Scheduler().decay
KNOWN = Remembered("a", stability=15.0, last_day=90, lapses=0, failed=False, slipped=False)


@pytest.mark.parametrize("stability", [0.3, 1.0, 12.5, 400.0])
@pytest.mark.parametrize("days", [0, 1, 7, 365])
def test_the_chance_of_recall_is_that_of_another_implementation(stability: float, days: int) -> None:
    now = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)
    card = fsrs.Card(state=fsrs.State.Review, stability=stability, difficulty=5.0, last_review=now)
    later = now + datetime.timedelta(days=days)
    expected = fsrs.Scheduler(Scheduler().parameters).get_card_retrievability(card, later)
    assert retrievability(stability, days, DECAY) == pytest.approx(expected, rel=1e-9)


def test_after_its_stability_nine_of_ten_cards_are_remembered() -> None:
    assert retrievability(33.0, 33.0, DECAY) == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        pytest.param(replace(KNOWN, failed=True, last_day=100), replace(KNOWN, last_day=0), id="not known last time"),
        pytest.param(replace(KNOWN, last_day=40), replace(KNOWN, lapses=9, slipped=True), id="forgotten more"),
        pytest.param(replace(KNOWN, lapses=2), replace(KNOWN, slipped=True), id="more lapses"),
        pytest.param(replace(KNOWN, slipped=True), replace(KNOWN, stability=14.9), id="a slip last time"),
        pytest.param(replace(KNOWN, stability=14.9), KNOWN, id="a little less sure"),
    ],
)
def test_what_is_weaker_comes_first(weaker: Remembered, stronger: Remembered) -> None:
    for names in ("ab", "ba"):
        weak, strong = replace(weaker, card=names[0]), replace(stronger, card=names[1])
        assert weakest_first([strong, weak], 100, DECAY) == [weak.card, strong.card]


def test_a_clock_that_was_set_back_makes_no_card_better_known_than_on_its_day() -> None:
    ahead = replace(KNOWN, card="b", last_day=500)
    assert weakest_first([ahead, replace(KNOWN, last_day=100)], 100, DECAY) == ["a", "b"]
