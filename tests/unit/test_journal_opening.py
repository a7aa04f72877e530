from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studytui.journal import Journal, JournalError, journal_path
from studytui.journal.backups import backups
from studytui.journal.schema import STEPS
from studytui.memory.model import Action, Entry, Moment, Rating
from studytui.memory.schedule import Scheduler

if TYPE_CHECKING:
    from sqlite_utils import Database

SCHEDULER = Scheduler()
START = 1_780_000_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def fill(path: Path, count: int = 5) -> None:
    with Journal.open(path, SCHEDULER) as journal:
        for number in range(count):
            journal.record(Entry(f"deck/{number}", Action.REVIEW, START + number, 0, 20_600, rating=Rating.GOOD))


def entries(path: Path, count: int = 5) -> int:
    with Journal.open(path, SCHEDULER) as journal:
        return sum(len(journal.history(f"deck/{number}")) for number in range(count))


def refusal(path: Path, **options: object) -> str:
    """The one line with which opening is refused."""
    with pytest.raises(JournalError) as refused:
        Journal.open(path, SCHEDULER, **options)  # type: ignore[arg-type]  # steps and timeout
    message = str(refused.value)
    assert "\n" not in message
    assert str(path) in message
    return message


def test_the_folders_of_a_first_journal_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "journal.sqlite3"
    fill(path)
    assert entries(path) == 5


def test_an_empty_file_becomes_a_journal(path: Path) -> None:
    path.touch()
    fill(path)
    assert entries(path) == 5


def test_a_database_without_tables_becomes_a_journal(path: Path) -> None:
    """What a program that was killed between creating the file and its tables leaves."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    fill(path)
    assert entries(path) == 5


def test_a_newer_journal_is_left_as_it_is(path: Path) -> None:
    fill(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    assert "newer StudyTUI (version 99" in (message := refusal(path))
    assert "update StudyTUI" in message
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"dear diary", b"# A deck\n" * 1000, b"SQLite format 2\0" + bytes(5000), b"\0" * 700]
)
def test_a_file_that_is_no_database_is_never_overwritten(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert "is no journal" in refusal(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_never_touched(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photos(id)")
    connection.close()
    before = path.read_bytes()
    assert "another program's database" in refusal(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("size", [10, 99, 400, 512, 5000, 40_000])
def test_a_truncated_journal_names_the_way_back(path: Path, size: int) -> None:
    fill(path, 200)
    content = path.read_bytes()[:size]
    path.write_bytes(content)
    message = refusal(path)
    assert "damaged" in message
    assert "doctor --restore" in message
    assert path.read_bytes() == content


def test_an_emptied_file_with_reviews_in_its_log_is_not_taken_for_a_fresh_one(path: Path) -> None:
    journal = Journal.open(path, SCHEDULER)
    journal.record(Entry("deck/0", Action.REVIEW, START, 0, 20_600, rating=Rating.GOOD))
    log = path.with_name(path.name + "-wal")
    content = log.read_bytes()
    journal.close()
    path.write_bytes(b"")
    log.write_bytes(content)
    assert "holds reviews" in refusal(path)
    assert log.read_bytes() == content


def test_a_folder_is_no_journal(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_a_parent_that_is_a_file_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "--journal" in refusal(tmp_path / "file" / "journal.sqlite3")


def test_damage_found_in_use_is_one_clear_line_and_never_a_traceback(path: Path) -> None:
    fill(path, 400)
    content = bytearray(path.read_bytes())
    for page in range(8, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = os.urandom(200)
    path.write_bytes(content)
    with pytest.raises(JournalError, match="damaged") as found, Journal.open(path, SCHEDULER) as journal:  # noqa: PT012 - wherever it shows
        for number in range(400):
            journal.record(Entry(f"deck/{number}", Action.REVIEW, START, 0, 20_601, rating=Rating.GOOD))
    assert "doctor" in str(found.value)


def test_a_journal_locked_by_another_program_is_one_clear_line(path: Path) -> None:
    fill(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Journal.open(path, SCHEDULER, timeout=0.05) as journal:
        with pytest.raises(JournalError, match="another program is writing"):
            journal.record(Entry("deck/0", Action.REVIEW, START, 0, 20_600, rating=Rating.GOOD))
        other.execute("ROLLBACK")
        journal.record(Entry("deck/0", Action.REVIEW, START, 0, 20_600, rating=Rating.GOOD))
    other.close()
    assert entries(path) == 6


# -- migrations --------------------------------------------------------------------------------------------------------


def with_notes(database: Database) -> None:
    """A step of some later version."""
    database.execute("ALTER TABLE reviews ADD COLUMN note TEXT NOT NULL DEFAULT ''")


def broken(database: Database) -> None:
    """A step that fails half-way."""
    with_notes(database)
    database.execute("CREATE TABLE reviews(id)")


def test_an_older_journal_is_backed_up_and_migrated(path: Path) -> None:
    fill(path)
    Journal.open(path, SCHEDULER, steps=(*STEPS, with_notes)).close()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(note) FROM reviews").fetchone() == (5,)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS) + 1,)
    connection.close()
    (backup,) = backups(path)
    assert backup.label == f"before-v{len(STEPS) + 1}"
    assert entries(backup.path) == 5


def test_a_failed_migration_leaves_the_journal_as_it_was(path: Path) -> None:
    fill(path)
    message = refusal(path, steps=(*STEPS, broken))
    assert "it is as it was" in message
    assert "backup" in message
    assert entries(path) == 5
    Journal.open(path, SCHEDULER, steps=(*STEPS, with_notes)).close()


# -- what opening costs ------------------------------------------------------------------------------------------------


def loaded(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_opening_and_answering_load_no_sqlite_utils(path: Path) -> None:
    fill(path)
    modules = loaded(f"""
from pathlib import Path
from studytui.journal import Journal
from studytui.memory.model import Action, Entry, Moment, Rating
from studytui.memory.schedule import Scheduler
journal = Journal.open(Path({str(path)!r}), Scheduler())
journal.counts(Moment({START}))
journal.due(Moment({START}))
journal.record(Entry("deck/0", Action.REVIEW, {START}, 0, 20_600, rating=Rating.GOOD))
journal.close()
""")
    assert not {"sqlite_utils", "platformdirs", "numpy", "torch", "textual", "click"} & modules


# -- where it is -------------------------------------------------------------------------------------------------------


def test_a_path_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYTUI_JOURNAL", "/from/environment")
    assert journal_path("/given") == Path("/given")
    assert journal_path() == Path("/from/environment")


def test_without_either_it_is_in_the_users_data_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("STUDYTUI_JOURNAL", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert journal_path().name == "journal.sqlite3"
    assert journal_path().parent.name == "studytui"


def test_moments_far_from_now_can_be_asked_about(path: Path) -> None:
    fill(path)
    with Journal.open(path, SCHEDULER) as journal:
        for ms in (0, -(10**13), 10**15):
            journal.due(Moment(ms))
            journal.counts(Moment(ms))
