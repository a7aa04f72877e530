"""What FSRS learns from is what the scheduler did: the same days between the same reviews."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
import fsrs_rs_python
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from studytui.memory.evaluation import Dataset, item_of, retrievability
from studytui.memory.model import Action, Entry, Rating
from studytui.memory.replay import standing
from studytui.memory.schedule import DEFAULT_PARAMETERS, Scheduler
from studytui.memory.training import histories, history, history_of, targets

#: Days as the journal may hold them: mostly later, sometimes earlier after a flight, or much earlier.
STEPS = st.one_of(st.integers(0, 3), st.integers(0, 400), st.integers(-2, 0), st.integers(-60, -3), st.just(50_000))
REVIEWS = st.lists(st.tuples(st.integers(1, 4), STEPS), min_size=1, max_size=25)


def on_days(reviews):
    day, found = 20_000, []
    for rating, step in reviews:
        day = max(day + step, 1)
        found.append((rating, day))
    return found


@settings(max_examples=150)
@given(REVIEWS)
def test_gaps_are_the_days_that_the_scheduler_lets_pass(reviews):
    """Replayed by the scheduler, and by the engine from the gaps alone: the memory is the same after every review."""
    scheduler, memory = Scheduler(), None
    card = history("deck/card", on_days(reviews))
    data = Dataset([card])
    states = []
    for rating, day in on_days(reviews):
        memory = scheduler.reviewed(memory, "deck/card", Rating(rating), 0, day)
        states.append(memory)
    theirs = fsrs_rs_python.FSRS(DEFAULT_PARAMETERS).historical_memory_states(item_of(card, len(reviews) - 1))
    for ours, state, day in zip(states, theirs, card.days, strict=True):
        assert abs(ours.stability - state.stability) <= 1e-4 * state.stability
        assert abs(ours.difficulty - state.difficulty) <= 1e-4
        assert ours.last_day == day
    assert len(data) == sum(gap > 0 for gap in card.gaps)


@given(REVIEWS)
def test_targets_are_the_first_reviews_of_later_days(reviews):
    card = history("deck/card", on_days(reviews))
    brute = [place for place in range(1, len(card.days)) if card.days[place] > card.days[place - 1] or card.gaps[place]]
    assert list(card.targets()) == brute
    assert card.gaps[0] == 0


ENTRIES = st.lists(
    st.one_of(
        st.tuples(st.just("review"), st.integers(1, 4), st.integers(0, 3)),
        st.tuples(st.just("suspend"), st.none(), st.just(0)),
        st.tuples(st.just("undo"), st.integers(0, 30), st.just(0)),
    ),
    max_size=25,
)


@given(ENTRIES)
def test_what_was_taken_back_and_what_is_no_review_teaches_nothing(steps):
    entries, day = [], 20_000
    for number, (what, value, step) in enumerate(steps, 1):
        day += step
        if what == "review":
            entries.append(Entry("d/c", Action.REVIEW, number, 0, day, id=number, rating=Rating(value)))
        elif what == "suspend":
            entries.append(Entry("d/c", Action.SUSPEND, number, 0, day, id=number))
        elif entries:
            target = entries[value % len(entries)].id
            entries.append(Entry("d/c", Action.UNDO, number, 0, day, id=number, target=target))
    stands = [(entry.rating, entry.day) for entry in standing(entries) if entry.action is Action.REVIEW]
    found = history_of(entries)
    assert found.ratings == tuple(rating for rating, _ in stands)
    assert found.days == tuple(day for _, day in stands)


@given(st.lists(REVIEWS, max_size=6))
def test_targets_of_all_cards_come_day_by_day(cards):
    rows = [(f"card-{n}", rating, day) for n, reviews in enumerate(cards) for rating, day in on_days(reviews)]
    found = histories(rows)
    assert [each.card for each in found] == [f"card-{n}" for n in range(len(cards))]
    order = targets(found)
    assert [each.day for each in order] == sorted(each.day for each in order)
    assert len(order) == sum(len(list(each.targets())) for each in found)


@given(st.floats(0.01, 36_500), st.integers(1, 36_500), st.integers(1, 1_000))
def test_retrievability_falls_with_time_and_grows_with_stability(stability, days, more):
    def at(stability, days):
        return float(retrievability(np.array([stability]), np.array([days]), DEFAULT_PARAMETERS)[0])

    assert 0 < at(stability, days + more) < at(stability, days) < 1
    assert at(stability + 1, days) > at(stability, days)
    assert abs(at(float(days), days) - 0.9) < 1e-9


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 300)), min_size=2, max_size=12))
def test_predictions_are_those_of_py_fsrs(reviews):
    oracle, card = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card(card_id=1)
    at, expected = datetime(2026, 1, 1, 12, tzinfo=UTC), []
    for place, (rating, days) in enumerate(reviews):
        at += timedelta(days=days)
        if place and days:
            expected.append(oracle.get_card_retrievability(card, at))
        card, _ = oracle.review_card(card, fsrs.Rating(rating), at)
    day, rows = 20_000, []
    for rating, days in reviews:
        day += days
        rows.append((rating, day))
    foretold = Dataset([history("deck/card", rows)]).predictions(DEFAULT_PARAMETERS)
    assert np.allclose(foretold, expected, atol=1e-3)
