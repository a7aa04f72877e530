"""A year of simulated study: what the live journal's arithmetic came to is what a rebuild comes to."""

from __future__ import annotations

from collections import Counter

import pytest
from support.learner import Learner

from studytui.journal import Journal
from studytui.memory.model import Memory, Rating, State
from studytui.memory.schedule import DEFAULT_PARAMETERS, Scheduler

CARDS = [f"deck-{number % 3}/card-{number}" for number in range(300)]
#: At home, half a year with DST, a week ten hours eastwards, and back.
TRAVELLED = (60,) * 80 + (120,) * 90 + (660,) * 7 + (120,) * 100 + (60,) * 88


@pytest.fixture(scope="module")
def learner() -> Learner:
    return Learner(CARDS, offsets=TRAVELLED)


def live(learner: Learner, entries) -> dict[str, Memory]:
    """Each card's memory, one review after the other."""
    memories: dict[str, Memory] = {}
    for entry in entries:
        before = memories.get(entry.card)
        memories[entry.card] = learner.scheduler.reviewed(before, entry.card, entry.rating, entry.time_ms, entry.day)
    return memories


def test_after_a_year_the_rebuild_is_what_each_answer_led_to(learner, tmp_path):
    entries = learner.entries(365)
    learner.write(tmp_path / "j.db", entries)
    expected = live(learner, entries)
    with Journal.open(tmp_path / "j.db", learner.scheduler) as journal:
        assert {card: journal.state(card).memory for card in CARDS} == expected
        assert journal.rebuild() == 0
    other = Learner(CARDS, scheduler=Scheduler([value * 1.05 for value in DEFAULT_PARAMETERS], desired_retention=0.8))
    with Journal.open(tmp_path / "j.db", other.scheduler) as journal:
        assert {card: journal.state(card).memory for card in CARDS} == live(other, entries)


def test_the_learner_is_the_same_for_the_same_seed_and_another_for_another(learner):
    again, other = Learner(CARDS, offsets=TRAVELLED), Learner(CARDS, offsets=TRAVELLED, seed=2)
    assert again.entries(20) == learner.entries(20)
    assert other.entries(20) != learner.entries(20)


def test_the_learner_lives_through_days_in_order_and_forgets_about_as_much_as_people_do(learner):
    entries = learner.entries(365)
    assert [entry.time_ms for entry in entries] == sorted(entry.time_ms for entry in entries)
    assert {entry.card for entry in entries} == set(CARDS)
    known: dict[str, Memory] = {}
    long_term: Counter[bool] = Counter()
    for entry in entries:
        before = known.get(entry.card)
        if before is not None and before.state is State.REVIEW:
            long_term[entry.rating is not Rating.AGAIN] += 1
        known[entry.card] = learner.scheduler.reviewed(before, entry.card, entry.rating, entry.time_ms, entry.day)
    assert 0.75 < long_term[True] / long_term.total() < 0.95
