"""Property tests: all reviews folded at once come to the very same rows as one after the other did."""

from __future__ import annotations

import math
import tempfile
from operator import itemgetter
from pathlib import Path
from random import Random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studytui.journal import Journal, cards
from studytui.journal.rows import STATE_COLUMNS
from studytui.memory import bulk
from studytui.memory.bulk import Reviews, folded
from studytui.memory.model import Action, Entry, Memory, Moment, Rating, State
from studytui.memory.schedule import DEFAULT_PARAMETERS, Scheduler

DAY_MS = 86_400_000
CARDS = ("deck/a", "deck/b", "other/c")

#: What a learner may do next: with which card, what, and how many hours later; the clock goes back now and then.
_MOVES = st.tuples(
    st.sampled_from(CARDS),
    st.sampled_from(["1", "2", "3", "3", "3", "4", "undo", "redo", "suspend", "resume", "bury", "reset", "set-due"]),
    st.sampled_from([0, 0, 1, 5, 24, 24, 30, 72, 240, 2_000, -3, -30, -100, 900_000]),
    st.sampled_from([0, 0, 0, 540, -720, 840]),
)
#: Days from one review, of any card, to the next: mostly few, some of travel and of a clock that is set back.
_DAYS = st.sampled_from([0, 0, 0, 1, 1, 2, 4, 9, 30, 400, 40_000, -1, -2, -3, -50])
#: Where among the possible days a review was put; mostly that was left to chance.
_SPREADS = st.one_of(st.none(), st.none(), st.floats(0, 1, exclude_max=True))
_SCHEDULERS = st.builds(
    lambda factors, retention, learning, relearning, longest, own: Scheduler(
        [value * factor for value, factor in zip(DEFAULT_PARAMETERS, factors, strict=True)],
        desired_retention=retention,
        learning_steps=learning,
        relearning_steps=relearning,
        maximum_interval=longest,
        deck_retention=own,
    ),
    st.lists(st.floats(0.8, 1.2), min_size=21, max_size=21),
    st.floats(0.7, 0.98),
    st.sampled_from([(1.0, 10.0), (), (5.0,), (1.0, 10.0, 60.0)]),
    st.sampled_from([(10.0,), (), (1.0, 30.0)]),
    st.sampled_from([36_500, 36_500, 40, 3, 1]),
    st.sampled_from([{}, {}, {"other": 0.8}]),
)


def rows(journal: Journal) -> dict[str, tuple[object, ...]]:
    """The memory columns of every card of which anything is known, as they are on the disk."""
    found = journal._store.rows(f"SELECT id, {STATE_COLUMNS} FROM cards")
    return {card: tuple(columns) for card, *columns in found if any(columns)}


def play(journal: Journal, scheduler: Scheduler, moves: list[tuple[str, str, int, int]]) -> None:
    """Records what a learner did, as the program does."""
    now = 20_000 * DAY_MS
    for card, what, hours, offset in moves:
        now += hours * 3_600_000
        moment = Moment(now, offset)
        if what in {"undo", "redo"}:
            getattr(journal, what)(moment)
            continue
        action = Action(what) if not what.isdigit() else Action.REVIEW
        rating = Rating(int(what)) if what.isdigit() else None
        day = scheduler.day_of(moment)
        due_day = day + hours % 50 if action is Action.SET_DUE else 0
        spread = hours % 10 / 10 if rating is not None and hours % 3 == 0 else None
        journal.record(Entry(card, action, moment.ms, offset, day, rating=rating, due_day=due_day, spread=spread))


@settings(max_examples=150, deadline=None)
@given(_SCHEDULERS, st.lists(st.tuples(st.sampled_from(CARDS), st.sampled_from(Rating), _DAYS, _SPREADS), max_size=60))
@example(Scheduler(), [("deck/a", Rating.EASY, 0, None)] + [("deck/a", Rating.GOOD, 3, None)] * 100)
@example(Scheduler(relearning_steps=()), [("deck/a", Rating.EASY, 1, 0.99), ("deck/a", Rating.AGAIN, 30, None)] * 20)
def test_folding_all_reviews_at_once_gives_what_folding_each_gives(
    scheduler: Scheduler, history: list[tuple[str, Rating, int, float | None]]
) -> None:
    expected: dict[str, Memory] = {}
    taken, day = [], 20_000
    for number, (card, rating, days, spread) in enumerate(history):
        day += days
        taken.append((CARDS.index(card), day * DAY_MS + number, day, rating, math.nan if spread is None else spread))
        expected[card] = scheduler.reviewed(expected.get(card), card, rating, day * DAY_MS + number, day, spread)
    taken.sort(key=itemgetter(0))
    *numbers, spreads = np.array(taken, float).reshape(-1, 5).T
    reviews = Reviews(CARDS, *(column.astype(int) for column in numbers), spreads)
    found = [memory for memories in folded([reviews], scheduler) for memory in memories]
    assert {memory[0]: Memory(memory[0], State(memory[1]), *memory[2:]) for memory in found} == expected


#: As a fit might have found them.
_FITTED = tuple(value * (0.93 if index % 2 else 1.06) for index, value in enumerate(DEFAULT_PARAMETERS))


@pytest.mark.parametrize("scheduler", [Scheduler(_FITTED), Scheduler(maximum_interval=60, relearning_steps=())])
def test_twenty_thousand_early_and_late_reviews_folded_at_once_give_what_folding_each_gives(
    scheduler: Scheduler,
) -> None:
    # Reviews of cards that were not due yet leave intervals that depend on the one before, and so on.
    random = Random(3)
    ids = [f"deck/card-{number}" for number in range(2_000)]
    taken, expected = [], []
    for number, card in enumerate(ids):
        memory, day = None, 20_000 + random.randrange(50)
        for _ in range(random.randrange(2, 18)):
            rating = random.choice((Rating.AGAIN, Rating.HARD, *[Rating.GOOD] * 4, *[Rating.EASY] * 2))
            time_ms, spread = day * DAY_MS + len(taken), random.choice((math.nan, random.random()))
            taken.append((number, time_ms, day, rating, spread))
            memory = scheduler.reviewed(memory, card, rating, time_ms, day, None if math.isnan(spread) else spread)
            due = max(memory.due_day - day, 0)
            day += random.choice((0, 1, 2, due // 4, due // 2, due, due, due + 3))
        expected.append(memory)
    *numbers, spreads = np.array(taken).T
    reviews = Reviews(ids, *(column.astype(int) for column in numbers), spreads)
    found = [Memory(row[0], State(row[1]), *row[2:]) for rows in folded([reviews], scheduler) for row in rows]
    assert found == expected


@settings(max_examples=20, deadline=None)
@given(_SCHEDULERS, st.lists(_MOVES, max_size=40))
@example(Scheduler(), [("deck/a", "3", 0, 0)] * 3 + [("deck/a", "3", 240, 0)] * 30)
@example(Scheduler(relearning_steps=()), [("deck/a", "4", 0, 0)] + [("deck/a", "1", 24, 0)] * 12)
def test_rebuild_comes_to_what_the_live_journal_has(
    scheduler: Scheduler, moves: list[tuple[str, str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, Journal.open(Path(folder) / "j.db", scheduler) as journal:
        play(journal, scheduler, moves)
        live = rows(journal)
        assert journal.rebuild() == 0
        assert rows(journal) == live


@settings(max_examples=10, deadline=None)
@given(_SCHEDULERS, _SCHEDULERS, st.lists(_MOVES, max_size=30))
def test_other_parameters_come_to_what_they_would_have_given_from_the_beginning(
    first: Scheduler, then: Scheduler, moves: list[tuple[str, str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with Journal.open(Path(folder) / "changed.db", first) as journal:
            play(journal, first, moves)
        with Journal.open(Path(folder) / "always.db", then) as journal:
            play(journal, then, moves)
            expected = rows(journal)
        with Journal.open(Path(folder) / "changed.db", then) as journal:
            assert rows(journal) == expected


@settings(max_examples=10, deadline=None)
@given(st.lists(_MOVES, min_size=10, max_size=40))
def test_cards_that_are_folded_in_parts_and_moved_without_indexes_come_to_the_same(
    moves: list[tuple[str, str, int, int]],
) -> None:
    def schema(journal: Journal) -> list[tuple[object, ...]]:
        return journal._store.rows("SELECT name, sql FROM sqlite_schema ORDER BY name")

    first, then = Scheduler(), Scheduler(desired_retention=0.8)
    with tempfile.TemporaryDirectory() as folder:
        with Journal.open(Path(folder) / "always.db", then) as journal:
            play(journal, then, moves)
            expected = rows(journal)
        with Journal.open(Path(folder) / "changed.db", first) as journal:
            play(journal, first, moves)
            before = schema(journal)
            with patch.object(bulk, "CHUNK", 2), patch.object(cards, "_MANY", 0):
                journal.reschedule(then)
            assert rows(journal) == expected
            assert schema(journal) == before
            assert journal._store.rows("PRAGMA integrity_check") == [("ok",)]


def test_a_card_without_any_name_keeps_its_reviews_in_a_rebuild(tmp_path: Path) -> None:
    scheduler = Scheduler()
    with Journal.open(tmp_path / "j.db", scheduler) as journal:
        play(journal, scheduler, [("", "4", 0, 0), ("\0", "4", 1, 0), ("deck/a", "4", 1, 0)])
        live = rows(journal)
        with patch.object(bulk, "CHUNK", 1):
            assert journal.rebuild() == 0
        assert rows(journal) == live


@pytest.mark.parametrize("column", ["stability", "due_day", "reviews", "suspended"])
def test_rebuild_sets_right_what_was_altered_behind_its_back(tmp_path: Path, column: str) -> None:
    scheduler = Scheduler()
    with Journal.open(tmp_path / "j.db", scheduler) as journal:
        play(journal, scheduler, [("deck/a", "4", 0, 0), ("deck/b", "4", 0, 0)])
        live = rows(journal)
        journal._store.write(f"UPDATE cards SET {column} = {column} + 1 WHERE id = 'deck/a'")
        assert rows(journal) != live
        assert journal.rebuild() == 1
        assert rows(journal) == live
