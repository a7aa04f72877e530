"""Counting statistics beside everything else: what is kept, what is read again, how it is stopped, how it fails."""

import threading

import pytest
from support.studied import studied
from support.world import COMPUTED, RECALL, TEXT, World

from studytui.journal import JournalError, statistics
from studytui.journal.counting import Counter
from studytui.memory.model import Action, Entry, Moment, Rating
from studytui.statistics import Period


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path, RECALL, COMPUTED, TEXT)
    studied(world)
    return world


def counter_of(desk, *goes_on):
    return Counter(desk._journal.path, desk.schedule.scheduler, *goes_on)


def total(tables):
    return sum(next(table for table in tables if table.name == "reviews").named("all").values)


def minutes(tables):
    return sum(next(table for table in tables if table.name == "time").named("time").values)


def test_another_period_does_not_read_the_answers_again(world, monkeypatch):
    read = []
    real = statistics.events
    monkeypatch.setattr(statistics, "events", lambda *given: read.append(1) or real(*given))
    with world.desk() as desk, counter_of(desk) as counter:
        decks = [deck.id for deck in desk.decks.library.decks()]
        assert total(counter.count(desk.clock(), Period.WEEK, decks)) == 3
        assert total(counter.count(desk.clock(), Period.ALL, decks)) == 17
        assert len(read) == 1
        assert total(counter.count(desk.clock(), Period.ALL, [])) == 0
        assert len(read) == 2


def test_what_was_answered_meanwhile_is_counted(world):
    with world.desk() as desk, counter_of(desk) as counter:
        decks = [deck.id for deck in desk.decks.library.decks()]
        assert total(counter.count(desk.clock(), Period.ALL, decks)) == 17
        now, card = desk.clock(), desk.decks.library.ids(decks[0])[0]
        entry = Entry(card, Action.REVIEW, now.ms, now.offset, desk.schedule.scheduler.day_of(now), 0, Rating.GOOD)
        desk._journal.record(entry)
        assert total(counter.count(desk.clock(), Period.ALL, decks)) == 18


def test_the_next_day_is_another_day(world):
    with world.desk() as desk, counter_of(desk) as counter:
        decks, now = [deck.id for deck in desk.decks.library.decks()], desk.clock()
        assert total(counter.count(now, Period.WEEK, decks)) == 3
        later = Moment(now.ms + 7 * 86_400_000, now.offset)
        assert total(counter.count(later, Period.WEEK, decks)) == 0


def test_a_count_that_nobody_wants_any_more_ends_within_a_query(world, monkeypatch):
    monkeypatch.setattr("studytui.journal.store._WATCHED", 1)
    wanted = threading.Event()
    wanted.set()
    with world.desk() as desk, counter_of(desk, wanted.is_set) as counter:
        decks = [deck.id for deck in desk.decks.library.decks()]
        wanted.clear()
        with pytest.raises(JournalError):
            counter.count(desk.clock(), Period.ALL, decks)
        wanted.set()
        assert total(counter.count(desk.clock(), Period.ALL, decks)) == 17


def test_what_goes_wrong_in_the_other_thread_is_raised_here(world, monkeypatch):
    def broken(*_):
        raise JournalError("journal.db: is damaged")

    monkeypatch.setattr(statistics, "events", broken)
    with world.desk() as desk, counter_of(desk) as counter:
        with pytest.raises(JournalError, match="is damaged"):
            counter.count(desk.clock(), Period.ALL, [])
        assert not [thread for thread in threading.enumerate() if thread.name == "answers"]


@pytest.mark.parametrize(("duration", "counted"), [(-5, 0), (12, 12), (2**32 - 1, 2**32 - 1), (2**40, 2**32 - 1)])
def test_a_duration_that_cannot_be_is_the_nearest_that_can(world, duration, counted):
    with world.desk() as desk, counter_of(desk) as counter:
        decks, now = [deck.id for deck in desk.decks.library.decks()], desk.clock()
        before = counter.count(now, Period.ALL, decks)
        card, day = desk.decks.library.ids(decks[0])[0], desk.schedule.scheduler.day_of(now)
        entry = Entry(card, Action.REVIEW, now.ms, now.offset, day, 0, Rating.GOOD, duration_ms=duration)
        desk._journal.record(entry)
        after = counter.count(now, Period.ALL, decks)
        assert (minutes(after) - minutes(before)) * 60_000 == pytest.approx(counted, abs=1e-3)
