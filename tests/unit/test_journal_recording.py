from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studytui.journal import Journal, JournalError
from studytui.journal.doctor import examine
from studytui.memory.model import Action, Entry, Moment, Rating
from studytui.memory.replay import NEW
from studytui.memory.schedule import Scheduler

SCHEDULER = Scheduler()
START = 1_780_000_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal.open(path, SCHEDULER) as journal:
        yield journal


def at(minutes: float) -> Moment:
    return Moment(START + round(minutes * 60_000), 60)


def entry(
    minutes: float, card: str = "deck/card", action: Action = Action.REVIEW, rating: Rating = Rating.GOOD
) -> Entry:
    now = at(minutes)
    given = rating if action is Action.REVIEW else None
    return Entry(card, action, now.ms, now.offset, SCHEDULER.day_of(now), rating=given)


def test_every_word_of_a_review_comes_back(journal: Journal) -> None:
    written = Entry(
        "deck/card", Action.REVIEW, START, 540, 20_600, rating=Rating.AGAIN, verdict="slip", typed="3×3 ≠ 9\nnein",
        seed=2**31 - 1, givens='{"stride": 2}', slip="padded_once", duration_ms=4321, engine="of its time",
    )  # fmt: skip
    recorded = journal.record(written)
    assert journal.history("deck/card") == [recorded.entry]
    assert recorded.entry.id == 1
    assert recorded.entry == replace(written, id=1)


def test_the_engine_is_noted_with_each_review(journal: Journal) -> None:
    assert journal.record(entry(0)).entry.engine == SCHEDULER.engine


def test_the_state_given_back_is_the_state_kept(path: Path, journal: Journal) -> None:
    recorded = journal.record(entry(0))
    assert recorded.state.memory == SCHEDULER.review(None, "deck/card", Rating.GOOD, at(0))
    assert journal.state("deck/card") == recorded.state
    journal.close()
    with Journal.open(path, SCHEDULER) as again:
        assert again.state("deck/card") == recorded.state


def test_an_unknown_card_is_new(journal: Journal) -> None:
    assert journal.state("deck/never-seen") == NEW
    assert journal.history("deck/never-seen") == []


def test_undo_takes_back_the_last_entries_one_by_one_across_restarts(path: Path, journal: Journal) -> None:
    journal.record(entry(0, "deck/a"))
    before = journal.state("deck/a")
    journal.record(entry(1, "deck/b"))
    journal.record(entry(2, "deck/a", rating=Rating.AGAIN))
    assert (undone := journal.undo(at(3))) is not None
    assert (undone.id, undone.card, undone.rating) == (3, "deck/a", Rating.AGAIN)
    assert journal.state("deck/a") == before
    journal.close()
    with Journal.open(path, SCHEDULER) as again:
        assert [undone.id for undone in (again.undo(at(4)), again.undo(at(5))) if undone is not None] == [2, 1]
        assert again.undo(at(6)) is None
        assert again.state("deck/a") == again.state("deck/b") == NEW
        assert len(again.history("deck/a")) == 4


def test_a_card_in_no_deck_of_which_nothing_stands_is_no_orphan(journal: Journal) -> None:
    journal.record(entry(0))
    assert journal.decks.orphans() == ["deck/card"]
    journal.undo(at(1))
    assert journal.decks.orphans() == []


def test_undo_only_ever_appends(journal: Journal) -> None:
    journal.record(entry(0))
    journal.undo(at(1))
    assert [(one.id, one.action, one.target) for one in journal.history("deck/card")] == [
        (1, Action.REVIEW, 0),
        (2, Action.UNDO, 1),
    ]


def test_suspending_and_burying_are_undone_too(journal: Journal) -> None:
    journal.record(entry(0, action=Action.SUSPEND))
    journal.record(entry(1, action=Action.BURY))
    journal.undo(at(2))
    assert (journal.state("deck/card").suspended, journal.state("deck/card").buried_day) == (True, 0)
    journal.undo(at(3))
    assert journal.state("deck/card") == NEW


def test_redo_brings_back_what_was_undone_in_its_order(journal: Journal) -> None:
    journal.record(entry(0, "deck/a"))
    journal.record(entry(1, "deck/b"))
    done = journal.state("deck/a"), journal.state("deck/b")
    journal.undo(at(2))
    journal.undo(at(3))
    assert [redone.card for redone in (journal.redo(at(4)), journal.redo(at(5))) if redone] == ["deck/a", "deck/b"]
    assert (journal.state("deck/a"), journal.state("deck/b")) == done
    assert journal.redo(at(6)) is None


def test_undo_and_redo_can_alternate(journal: Journal) -> None:
    journal.record(entry(0))
    state = journal.state("deck/card")
    for minute in range(1, 9, 2):
        journal.undo(at(minute))
        assert journal.state("deck/card") == NEW
        journal.redo(at(minute + 1))
        assert journal.state("deck/card") == state


def test_a_new_review_ends_what_can_be_redone(journal: Journal) -> None:
    journal.record(entry(0, "deck/a"))
    journal.undo(at(1))
    journal.record(entry(2, "deck/b"))
    assert journal.redo(at(3)) is None


def test_an_undo_of_nothing_is_refused_and_leaves_nothing(journal: Journal) -> None:
    journal.record(entry(0, "deck/a"))
    now = at(1)
    with pytest.raises(JournalError, match="no entry 1 of deck/b"):
        journal.record(Entry("deck/b", Action.UNDO, now.ms, 0, 20_600, target=1))
    assert journal.history("deck/b") == []


def test_the_seeds_seen_last_come_newest_first(journal: Journal) -> None:
    for number in range(5):
        now = at(number)
        journal.record(Entry("deck/card", Action.REVIEW, now.ms, 0, 20_600, rating=Rating.GOOD, seed=100 + number))
    assert journal.seen("deck/card", 3).seeds == (104, 103, 102)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews SET rating = 4",
        "DELETE FROM reviews",
        "INSERT OR REPLACE INTO reviews SELECT * FROM reviews",
        "INSERT OR IGNORE INTO reviews SELECT * FROM reviews",
        "UPDATE OR IGNORE reviews SET rating = 4",
    ],
)
def test_reviews_can_only_be_appended(path: Path, journal: Journal, statement: str) -> None:
    journal.record(entry(0))
    stranger = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match=r"never|not a sound entry"):
        stranger.execute(statement)
    stranger.close()
    assert len(journal.history("deck/card")) == 1


@pytest.mark.parametrize(
    "columns",
    [
        {"action": "peek"},
        {"rating": 5},
        {"rating": None},
        {"action": "undo", "rating": None},
        {"action": "undo", "target": 1},
        {"time": "noon"},
        {"typed": None},
        {"due_day": 20_600},
        {"action": "set-due", "rating": None},
        {"spread": 1.0},
        {"action": "bury", "rating": None, "spread": 0.5},
    ],
)
def test_unsound_rows_are_refused_by_the_file_itself(path: Path, journal: Journal, columns: dict[str, object]) -> None:
    journal.record(entry(0))
    row: dict[str, object] = {
        "card": "deck/card", "time": 1, "offset": 0, "day": 1, "action": "review", "rating": 3, "verdict": "",
        "typed": "", "seed": 0, "givens": "", "slip": "", "duration": 0, "target": None, "engine": "",
    } | columns  # fmt: skip
    stranger = sqlite3.connect(path)
    names = ", ".join(row)
    with pytest.raises(sqlite3.IntegrityError):
        stranger.execute(f"INSERT INTO reviews({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    stranger.close()


def test_text_that_is_not_unicode_is_one_clear_line(journal: Journal) -> None:
    with pytest.raises(JournalError, match="not Unicode"):
        journal.record(entry(0, "deck/\udcff"))
    assert journal.record(entry(1)).entry.id == 1


def test_reviews_are_durable_before_record_returns(journal: Journal) -> None:
    connection = journal._store._connection
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_all_tables_are_strict(journal: Journal) -> None:
    tables = journal._store.rows("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    assert {name for name, strict in tables if not strict} <= {"sqlite_schema"}


def test_other_settings_lead_all_reviews_to_other_memories(path: Path, journal: Journal) -> None:
    for minute in (0, 10, 20):
        journal.record(entry(minute))
    journal.close()
    wanted = Scheduler(desired_retention=0.8)
    with Journal.open(path, wanted) as again:
        assert again.state("deck/card") != journal_state(path, SCHEDULER)
    assert examine(path, wanted).differing == ("deck/card",)  # `journal_state` just turned it back
    with Journal.open(path, wanted):
        pass
    assert examine(path, wanted).sound


def journal_state(path: Path, scheduler: Scheduler) -> object:
    with Journal.open(path, scheduler) as journal:
        return journal.state("deck/card")


def test_two_programs_with_different_settings_are_put_right_at_the_next_opening(path: Path, journal: Journal) -> None:
    journal.record(entry(0))
    other = Journal.open(path, Scheduler(desired_retention=0.8))
    journal.record(entry(10))
    other.close()
    journal.close()
    Journal.open(path, SCHEDULER).close()
    assert examine(path, SCHEDULER).sound


def test_a_closed_journal_can_be_closed_again_and_refuses_the_rest(journal: Journal) -> None:
    journal.close()
    journal.close()
    with pytest.raises(JournalError):
        journal.record(entry(0))


def test_a_review_of_a_card_that_was_answered_meanwhile_is_not_recorded(journal: Journal) -> None:
    before = journal.state("deck/card").memory
    first = journal.record_review(entry(1), before)
    assert first is not None
    assert journal.record_review(entry(2), before) is None
    assert journal.history("deck/card") == [first.entry]
    second = journal.record_review(entry(2), first.state.memory)
    assert second is not None
    assert journal.state("deck/card") == second.state
