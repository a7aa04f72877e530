"""A seeded learner whose memory follows known FSRS-6 parameters, studying by the program's own scheduler."""

from __future__ import annotations

import random

import fsrs_rs_python

from studytui.memory.model import Action, Entry, Rating
from studytui.memory.schedule import DEFAULT_PARAMETERS, Scheduler

#: A learner who forgets much faster than the defaults say, and for whom the curve falls more steeply at first.
FORGETFUL = (
    0.12, 0.5, 1.1, 3.0, 6.4133, 0.8334, 3.0194, 0.001, 1.3, 0.1666, 0.796,
    1.1, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.32,
)  # fmt: skip
FIRST_DAY = 20_000


def recalled(stability, days, parameters):
    decay = -parameters[20]
    return (1 + (0.9 ** (1 / decay) - 1) * days / stability) ** decay


def studied(cards=150, days=240, *, truth=FORGETFUL, seed=7, scheduler=None, new_per_day=5, deck="deck"):
    """The journal entries of a learner, oldest first: each day what is due, then new cards; failures step again."""
    chance = random.Random(seed)
    scheduler = scheduler or Scheduler(DEFAULT_PARAMETERS)
    truly = fsrs_rs_python.FSRS(truth)
    names = [f"{deck}/card-{number}" for number in range(cards)]
    memories, minds, entries = {}, {}, []

    def answer(card, rating, day, ms):
        mind, last = minds.get(card, (None, day))
        states = truly.next_states(mind, 0.9, day - last)
        minds[card] = getattr(states, ("again", "hard", "good", "easy")[rating - 1]).memory, day
        memories[card] = scheduler.reviewed(memories.get(card), card, Rating(rating), ms, day)
        time = {1: 14_000, 2: 11_000, 3: 7_000, 4: 4_000}[rating]
        entries.append(Entry(card, Action.REVIEW, ms, 0, day, rating=Rating(rating), duration_ms=time))

    for day in range(FIRST_DAY, FIRST_DAY + days):
        ms = day * 86_400_000 + 36_000_000
        due = [card for card, memory in memories.items() if memory.due_day <= day]
        new = [card for card in names if card not in memories][:new_per_day]
        for card in [*due, *new]:
            ms += 20_000
            if card in memories:
                mind, last = minds[card]
                knows = chance.random() < recalled(mind.stability, max(day - last, 0), truth)
                rating = chance.choices((2, 3, 4), (0.15, 0.75, 0.1))[0] if knows else 1
            else:
                rating = chance.choices((1, 2, 3, 4), (0.3, 0.15, 0.45, 0.1))[0]
            answer(card, rating, day, ms)
            while memories[card].due_ms:  # the learning steps, within the day
                ms += 20_000
                answer(card, chance.choices((1, 3), (0.1, 0.9))[0], day, ms)
    return entries
