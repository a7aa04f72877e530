"""Backups, examination, rebuilding and the ways back from damage."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from studytui.journal import Journal, JournalError
from studytui.journal.backups import KEPT, back_up, backup_folder, backups
from studytui.journal.doctor import examine, rebuild
from studytui.journal.errors import DamagedError
from studytui.journal.restore import restore, salvage
from studytui.journal.schema import STEPS
from studytui.memory.days import DAY_MS
from studytui.memory.model import Action, Entry, Moment, Rating
from studytui.memory.schedule import Scheduler

SCHEDULER = Scheduler()
NOON = Moment(20_600 * DAY_MS + DAY_MS // 2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def fill(path: Path, count: int = 20, first: int = 0) -> None:
    with Journal.open(path, SCHEDULER) as journal:
        for number in range(first, first + count):
            now = Moment(NOON.ms + number * 60_000)
            day = SCHEDULER.day_of(now)
            rating = Rating(1 + number % 4)
            journal.record(Entry(f"deck/{number % 5}", Action.REVIEW, now.ms, 0, day, rating=rating, typed="x" * 100))


def entries(path: Path) -> list[Entry]:
    with Journal.open(path, SCHEDULER) as journal:
        return sorted((entry for card in range(5) for entry in journal.history(f"deck/{card}")), key=lambda one: one.id)


def wreck(path: Path, *pages: int) -> None:
    """Overwrites pages, counted from 1, as a dying disk does."""
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * 4096)
            file.write(os.urandom(4096))


def table_pages(path: Path) -> list[int]:
    """The leaf pages of `reviews`, in the order of the ids."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT pageno FROM dbstat WHERE name = 'reviews' AND pagetype = 'leaf' ORDER BY path")
    pages = [page for (page,) in rows]
    connection.close()
    return pages


# -- backups -----------------------------------------------------------------------------------------------------------


def test_the_first_opening_of_a_day_takes_a_backup(path: Path) -> None:
    fill(path)
    with Journal.open(path, SCHEDULER) as journal:
        taken = journal.backup_if_due(NOON)
        assert taken is not None
        assert taken == backup_folder(path) / "journal-2026-05-27.sqlite3"
        assert journal.backup_if_due(Moment(NOON.ms + 3_600_000)) is None
        assert journal.backup_if_due(Moment(NOON.ms + DAY_MS)) is not None
    assert entries(taken) == entries(path)


def test_a_backup_is_one_file_that_needs_no_log(path: Path) -> None:
    fill(path)
    back_up(path, "2026-01-01")
    assert {file.name for file in backup_folder(path).iterdir()} == {"journal-2026-01-01.sqlite3"}


def test_a_backup_holds_what_is_still_in_the_log(path: Path) -> None:
    with Journal.open(path, SCHEDULER) as journal:
        journal.record(Entry("deck/0", Action.REVIEW, NOON.ms, 0, 20_600, rating=Rating.GOOD))
        taken = journal.backup_if_due(NOON)
    assert taken is not None
    assert len(entries(taken)) == 1


def test_a_backup_can_be_taken_in_another_thread_while_reviews_go_on(path: Path) -> None:
    fill(path, 200)
    with Journal.open(path, SCHEDULER) as journal:
        thread = threading.Thread(target=journal.backup_if_due, args=(NOON,))
        thread.start()
        for number in range(50):
            journal.record(Entry("deck/0", Action.REVIEW, NOON.ms + number, 0, 20_600, rating=Rating.GOOD))
        thread.join()
    (backup,) = backups(path)
    assert examine(backup.path, SCHEDULER).sound
    assert 200 <= len(entries(backup.path)) <= 250


def test_the_newest_ten_backups_are_kept(path: Path) -> None:
    fill(path, 1)
    for day in range(1, 15):
        back_up(path, f"2026-01-{day:02}")
    assert KEPT == 10
    assert [backup.label for backup in backups(path)] == [f"2026-01-{day:02}" for day in range(14, 4, -1)]


def test_other_files_in_the_folder_are_left_alone(path: Path) -> None:
    fill(path, 1)
    back_up(path, "2026-01-01")
    for name in ("journal-notes.txt", "other-2026-01-01.sqlite3", "journal-extra-2026-01-01.sqlite3"):
        (backup_folder(path) / name).write_text("x")
    for day in range(1, 13):
        back_up(path, f"2026-02-{day:02}")
    assert len(list(backup_folder(path).iterdir())) == KEPT + 3


def test_a_damaged_journal_does_not_push_out_the_good_backups(path: Path) -> None:
    fill(path, 300)
    for day in range(1, 11):
        back_up(path, f"2026-01-{day:02}")
    wreck(path, table_pages(path)[3])
    with pytest.raises(DamagedError, match="when backing it up"):
        back_up(path, "2026-01-11")
    assert len(backups(path)) == 10
    assert all("part" not in file.name for file in backup_folder(path).iterdir())


def test_what_a_killed_backup_left_goes_after_an_hour(path: Path) -> None:
    fill(path, 1)
    backup_folder(path).mkdir()
    old, young = (backup_folder(path) / f"journal-2026-01-01.sqlite3.{number}.part" for number in (1, 2))
    for file in (old, young):
        file.write_text("half a copy")
    os.utime(old, (0, 0))
    back_up(path, "2026-01-02")
    assert (old.exists(), young.exists()) == (False, True)


# -- examining and rebuilding ------------------------------------------------------------------------------------------


def test_a_sound_journal_is_described(path: Path) -> None:
    fill(path)
    with Journal.open(path, SCHEDULER) as journal:
        journal.decks.register("deck", "Deck", "/deck.md", "1", [("deck/0", ""), ("deck/new", "")])
        journal.backup_if_due(NOON)
    report = examine(path, SCHEDULER)
    assert report.sound
    assert (report.entries, report.decks, report.cards, report.journal_mode) == (20, 1, 2, "wal")
    assert report.version == len(STEPS)
    assert report.orphans == ("deck/1", "deck/2", "deck/3", "deck/4")
    assert [backup.label for backup in report.backups] == ["2026-05-27"]
    assert report.size == path.stat().st_size


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE cards SET stability = stability * 1.0000000000000002 WHERE id = 'deck/1'",
        "UPDATE cards SET due_day = due_day + 1 WHERE id = 'deck/1'",
        "DELETE FROM cards WHERE id = 'deck/1'",
        "UPDATE cards SET suspended = 1 WHERE id = 'deck/1'",
        "INSERT INTO cards(id, shuffle, suspended) VALUES ('deck/ghost', 1, 1)",
        "INSERT INTO undone(id) VALUES (3)",
    ],
)
def test_a_cache_that_is_wrong_in_one_bit_is_found_and_rebuilt(path: Path, damage: str) -> None:
    fill(path)
    with Journal.open(path, SCHEDULER) as journal:
        journal.undo(NOON)
        before = [journal.state(f"deck/{card}") for card in range(5)]
    connection = sqlite3.connect(path)
    connection.execute(damage)
    connection.commit()
    connection.close()
    report = examine(path, SCHEDULER)
    assert len(report.differing) == 1
    assert "doctor --rebuild" in report.problems[0]
    rebuild(path, SCHEDULER)
    assert examine(path, SCHEDULER).sound
    with Journal.open(path, SCHEDULER) as journal:
        assert [journal.state(f"deck/{card}") for card in range(5)] == before


def test_examining_changes_nothing(path: Path) -> None:
    fill(path)
    before = path.read_bytes()
    examine(path, SCHEDULER)
    assert path.read_bytes() == before


def test_a_damaged_journal_is_examined_without_a_traceback(path: Path) -> None:
    fill(path, 300)
    wreck(path, *table_pages(path)[2:5])
    report = examine(path, SCHEDULER)
    assert not report.sound
    assert all("\n" not in problem for problem in report.problems)
    assert any("doctor" in problem for problem in report.problems)


@pytest.mark.parametrize("content", [None, b"", b"no database at all"])
def test_what_is_no_journal_is_a_problem_and_no_traceback(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.write_bytes(content)
    report = examine(path, SCHEDULER)
    assert len(report.problems) == 1
    assert path.exists() == (content is not None)


def test_a_row_without_its_deck_is_found(path: Path) -> None:
    fill(path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE cards SET deck = 77")
    connection.commit()
    connection.close()
    assert any("belongs to nothing" in problem for problem in examine(path, SCHEDULER).problems)


# -- ways back ---------------------------------------------------------------------------------------------------------


def test_a_restored_backup_takes_the_place_of_the_damaged_file_which_is_kept(path: Path) -> None:
    fill(path)
    back_up(path, "2026-01-01")
    wreck(path, 1)
    damaged = path.read_bytes()
    restored = restore(path)
    assert restored.source.name == "journal-2026-01-01.sqlite3"
    assert [file.read_bytes() for file in restored.aside] == [damaged]
    assert len(entries(path)) == 20
    assert examine(path, SCHEDULER).sound
    fill(path, 5, first=20)
    assert len(entries(path)) == 25


def test_the_log_of_the_damaged_file_is_not_applied_to_the_backup(path: Path) -> None:
    fill(path)
    back_up(path, "2026-01-01")
    journal = Journal.open(path, SCHEDULER)
    journal.record(Entry("deck/0", Action.REVIEW, NOON.ms, 0, 20_600, rating=Rating.GOOD))
    log = path.with_name(path.name + "-wal")
    left = log.read_bytes()
    journal.close()
    log.write_bytes(left)  # as after a kill
    path.write_bytes(damaged := path.read_bytes()[:5000])
    restored = restore(path)
    assert [file.read_bytes() for file in restored.aside] == [damaged, left]
    assert len(entries(path)) == 20


def test_a_backup_can_be_chosen_by_its_day_or_its_file(path: Path) -> None:
    for count in (1, 2, 3):
        fill(path, 1, first=count)
        back_up(path, f"2026-01-0{count}")
    restore(path, "2026-01-02")
    assert len(entries(path)) == 2
    restore(path, "journal-2026-01-01.sqlite3")
    assert len(entries(path)) == 1
    restore(path, backup_folder(path) / "journal-2026-01-03.sqlite3")
    assert len(entries(path)) == 3


def test_a_damaged_backup_is_passed_over_for_the_newest_sound_one(path: Path) -> None:
    fill(path)
    back_up(path, "2026-01-01")
    newest = back_up(path, "2026-01-02")
    wreck(newest, 1)
    with pytest.raises(JournalError):
        restore(path, "2026-01-02")
    assert restore(path).source.name == "journal-2026-01-01.sqlite3"


def test_without_a_backup_nothing_is_restored_and_nothing_changes(path: Path) -> None:
    fill(path)
    before = path.read_bytes()
    with pytest.raises(JournalError, match="no sound backup"):
        restore(path)
    with pytest.raises(JournalError, match="there are: none"):
        restore(path, "2026-01-01")
    assert path.read_bytes() == before


def test_nothing_is_restored_under_a_program_that_is_running(path: Path) -> None:
    fill(path)
    back_up(path, "2026-01-01")
    with Journal.open(path, SCHEDULER) as journal:
        with pytest.raises(JournalError, match="open in another program"):
            restore(path)
        journal.record(Entry("deck/0", Action.REVIEW, NOON.ms, 0, 20_600, rating=Rating.GOOD))
    assert len(entries(path)) == 21


def test_a_missing_journal_is_restored_too(path: Path) -> None:
    fill(path)
    back_up(path, "2026-01-01")
    path.unlink()
    assert restore(path).aside == ()
    assert len(entries(path)) == 20


def test_salvage_reads_around_the_damage_and_fills_the_gap_from_a_backup(path: Path) -> None:
    fill(path, 200)
    back_up(path, "2026-01-01")
    fill(path, 200, first=200)
    whole = entries(path)
    pages = table_pages(path)
    wreck(path, pages[2], pages[-3])
    saved = salvage(path, SCHEDULER)
    assert saved.read < 400
    assert saved.added > 0
    assert 0 < saved.lost < 60
    assert len(saved.aside) == 1
    kept = entries(path)
    assert len(kept) == saved.read + saved.added == 400 - saved.lost
    assert kept[:200] == whole[:200]
    assert set(kept) <= set(whole)
    assert examine(path, SCHEDULER).sound


def test_salvage_without_a_readable_page_takes_the_backups(path: Path) -> None:
    fill(path)
    back_up(path, "2026-01-01")
    path.write_bytes(os.urandom(9000))
    saved = salvage(path, SCHEDULER)
    assert (saved.read, saved.added, saved.lost) == (0, 20, 0)
    assert len(entries(path)) == 20


def test_where_nothing_can_be_salvaged_nothing_changes(path: Path) -> None:
    path.write_bytes(b"dear diary")
    with pytest.raises(JournalError, match="no review can be read"):
        salvage(path, SCHEDULER)
    assert path.read_bytes() == b"dear diary"
    assert list(path.parent.iterdir()) == [path]
