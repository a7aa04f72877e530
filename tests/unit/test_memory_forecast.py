"""The simulation behind `forecast`: against fsrs-rs's own, and by what must hold of any."""

from __future__ import annotations

import itertools

import fsrs_rs_python
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.forgetful import FORGETFUL

from studytui.memory import forecast as module
from studytui.memory.forecast import (
    DEFAULT_HABITS,
    LEAST_DAYS,
    LONGEST_ANSWER_MS,
    Cards,
    Fsrs,
    Habits,
    Rules,
    forecast,
    habits,
    simulate,
)
from studytui.memory.model import Rating, State
from studytui.memory.schedule import DEFAULT_PARAMETERS, Scheduler

RULES = Rules(DEFAULT_PARAMETERS)
FEW = (0.7, 0.8, 0.9, 0.97)


def unseen(count, new_per_day=10):
    return Cards((), (), (), count, new_per_day)


@pytest.mark.parametrize("parameters", [DEFAULT_PARAMETERS, FORGETFUL])
@given(
    st.integers(1, 4),
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 500)), max_size=8),
    st.integers(0, 3),
)
@settings(max_examples=60, deadline=None)
def test_memories_are_those_of_the_scheduler(parameters, first, reviews, steps):
    scheduler, fsrs = Scheduler(parameters, learning_steps=(), relearning_steps=()), Fsrs(parameters)
    memory = scheduler.reviewed(None, "a/b", Rating(first), 0, 20_000)
    stability, difficulty = fsrs.first(np.array([first]))
    day = 20_000
    for rating, days in reviews:
        day += days
        recall = module.retrievability(stability, np.array([days]), parameters)
        stability, difficulty = fsrs.review(stability, difficulty, recall, np.array([rating]))
        memory = scheduler.reviewed(memory, "a/b", Rating(rating), 0, day)
    stability, difficulty = fsrs.steps(stability, difficulty, np.array([steps]))
    for _ in range(steps):
        memory = scheduler.reviewed(memory, "a/b", Rating.GOOD, 0, day)
    assert memory.state is State.REVIEW
    assert stability[0] == pytest.approx(memory.stability, rel=1e-3)
    assert difficulty[0] == pytest.approx(memory.difficulty, rel=1e-3)


@pytest.mark.parametrize("retention", [0.75, 0.9, 0.95])
def test_a_year_from_nothing_is_the_year_of_fsrs_rs(retention):
    config = fsrs_rs_python.default_simulator_config()
    config.deck_size, config.learn_limit, config.learn_span, config.max_cost_perday = 2_000, 10, 200, 1e9
    config.learning_step_count = config.relearning_step_count = 0
    theirs = fsrs_rs_python.simulate(DEFAULT_PARAMETERS, retention, config, 1)
    rules = Rules(DEFAULT_PARAMETERS, learning_steps=0, relearning_steps=0)
    theirs_habits = Habits(first=tuple(config.first_rating_prob), kept=tuple(config.review_rating_prob))
    ours = simulate(unseen(2_000), rules, theirs_habits, 200, [retention])[0]
    assert ours.reviews == pytest.approx(sum(theirs.review_cnt_per_day) / 200, rel=0.05)
    assert ours.remembered == pytest.approx(theirs.memorized_cnt_per_day[-1], rel=0.02)
    assert ours.new == sum(theirs.learn_cnt_per_day) / 200


def test_a_higher_retention_costs_more_reviews_and_remembers_more():
    outlooks = forecast(unseen(500), RULES, days=200, retentions=FEW).outlooks
    for lower, higher in itertools.pairwise(outlooks):
        assert lower.reviews < higher.reviews
        assert lower.remembered < higher.remembered


def test_the_same_seed_gives_the_same_forecast_and_another_one_nearly_the_same():
    one = forecast(unseen(800), RULES, days=100, retentions=FEW)
    assert forecast(unseen(800), RULES, days=100, retentions=FEW) == one
    other = forecast(unseen(800), RULES, days=100, retentions=FEW, seed=7)
    assert other != one
    assert other.at(0.9).reviews == pytest.approx(one.at(0.9).reviews, rel=0.1)


@given(st.integers(0, 30), st.integers(0, 40), st.integers(0, 12), st.integers(1, 40))
@settings(max_examples=25, deadline=None)
def test_no_card_is_lost_or_made(seen, left, new_per_day, days):
    cards = Cards((3.0,) * seen, (5.0,) * seen, (4,) * seen, left, new_per_day)
    outlook = simulate(cards, RULES, DEFAULT_HABITS, days, [0.9])[0]
    learnt = outlook.new * days
    assert learnt == pytest.approx(min(left, new_per_day * days))
    assert outlook.remembered <= seen + learnt + 1e-9
    # No more than once a day for each card.
    assert outlook.reviews * days <= (seen + learnt) * days


@given(
    st.lists(st.tuples(st.integers(0, 30), st.none() | st.integers(0, 6)), max_size=5),
    st.integers(0, 12),
    st.integers(1, 40),
)
def test_new_cards_keep_to_the_limits_of_the_day_and_of_their_decks(decks, new_per_day, days):
    cards = Cards((), (), (), sum(count for count, _ in decks), new_per_day, tuple(decks))
    fresh = cards.fresh(days)
    assert len(fresh) == days
    assert sum(fresh) <= cards.unseen
    left = [count for count, _ in decks]
    for brought in fresh:  # as the queue would have it: as many as both limits and what is left allow
        room = new_per_day
        for number, (_, own) in enumerate(decks):
            taken = min(left[number], room, room if own is None else own)
            left[number] -= taken
            room -= taken
        assert brought == new_per_day - room


def test_a_deck_that_learns_slowly_has_new_cards_for_longer():
    cards = Cards((), (), (), 30, 10, ((10, 1), (20, None)))
    assert cards.fresh(12) == [10, 10, 3, *[1] * 7, 0, 0]


def test_cards_that_are_known_go_on_from_where_they_stand():
    fresh, old = (Cards((50.0,) * 300, (5.0,) * 300, (days,) * 300, 0, 0) for days in (0, 49))
    assert simulate(fresh, RULES, DEFAULT_HABITS, 30, [0.9])[0].reviews == 0
    assert simulate(old, RULES, DEFAULT_HABITS, 30, [0.9])[0].reviews >= 10


def test_without_cards_there_is_no_work():
    outlook = forecast(unseen(0), RULES, days=10, retentions=FEW).least_work
    assert (outlook.reviews, outlook.minutes, outlook.remembered) == (0, 0, 0)


def test_the_least_work_is_the_fewest_minutes_for_a_card_remembered():
    found = forecast(unseen(500), RULES, Habits(review_seconds=(300, 15, 12, 9)), days=200)
    costs = {each.retention: each.minutes * 200 / each.remembered for each in found.outlooks}
    assert found.least_work.retention == min(costs, key=costs.get)
    assert 0.7 < found.least_work.retention < 0.97  # forgetting that is dear pushes it up from the edge


def test_minutes_are_the_times_of_what_was_done():
    quick = simulate(unseen(100), RULES, Habits(60, (60, 60, 60, 60)), 50, [0.9])[0]
    assert quick.minutes == pytest.approx(quick.reviews + quick.new)


def test_habits_are_taken_from_days_not_from_answers():
    rows = []
    for number in range(LEAST_DAYS):
        card = f"card-{number:02}"
        rows += [(card, 1, 1, 8_000), (card, 3, 1, 4_000), (card, 3, 4, 6_000)]  # a step on the first day
    found = habits(rows)
    assert found.new_seconds == 12
    assert found.review_seconds == (35.0, 15.0, 6.0, 9.0)  # the others are the defaults
    assert found.first == (1, 0, 0, 0)
    assert found.kept == (0, 1, 0)
    assert found.own == 2


def test_too_few_days_leave_the_default_or_what_other_decks_say():
    few = [("a", 3, 1, 1_000), ("a", 3, 3, 1_000)]
    assert habits(few) == DEFAULT_HABITS
    many = [(f"b{number}", 3, day, 2_000) for number in range(LEAST_DAYS) for day in (1, 3)]
    assert habits(few, many).review_seconds[2] == 2.0


def test_an_interruption_counts_as_five_minutes():
    rows = [(f"c{number}", 3, 1, 10 * LONGEST_ANSWER_MS) for number in range(LEAST_DAYS)]
    assert habits(rows).new_seconds == LONGEST_ANSWER_MS / 1000


def test_many_cards_are_simulated_part_by_part(monkeypatch):
    whole = forecast(unseen(800), RULES, days=60, retentions=FEW)
    monkeypatch.setattr(module, "_AT_ONCE", 5_000)
    told = []
    parts = forecast(unseen(800), RULES, days=60, retentions=FEW, progress=lambda *step: told.append(step[:2]))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4)]
    for one, other in zip(whole.outlooks, parts.outlooks, strict=True):
        assert one.reviews == pytest.approx(other.reviews, rel=0.1)
