"""`doctor` as a shell sees it: a journal looked through, rebuilt, restored and salvaged."""

import json
import sqlite3

import pytest
from support.commands import refused, run
from support.world import CHOICE, RECALL, TEXT, World

from studytui.memory.model import Rating


@pytest.fixture
def studied(home):
    """A journal with three reviews and today's backup; gives its path."""
    world = World(home, RECALL, TEXT, CHOICE)
    with world.desk() as desk:
        session = desk.day.session()
        session.begin()
        for _ in range(3):
            session.answer(None)
            session.rate(Rating.EASY)
        desk._journal.backup_if_due(world.clock())
    return world.path


def damage(path, table):
    """Overwrites the first page of a table, in the middle of the file."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    connection.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    path.write_bytes(content)


def test_doctor_of_a_sound_journal_exits_0(studied):
    result = run("doctor")
    assert result.exit_code == 0
    assert "3 entries, 3 cards in 1 decks, 0 orphans" in result.stdout
    assert "backups: 2026-03-02" in result.stdout
    assert result.stdout.splitlines()[-1] == "healthy"


def test_doctor_as_json(studied):
    table = json.loads(run("doctor", "--format", "json").stdout)
    assert table["healthy"] is True
    assert (table["entries"], table["cards"], table["problems"]) == (3, 3, [])
    assert [backup["label"] for backup in table["backups"]] == ["2026-03-02"]


def test_doctor_finds_a_memory_that_its_reviews_do_not_lead_to_and_rebuilds_it(studied):
    with sqlite3.connect(studied) as connection:
        connection.execute("UPDATE cards SET stability = 1000 WHERE id = 'deck/border'")
    connection.close()
    result = run("doctor")
    assert result.exit_code == 1
    assert "1 cards stand elsewhere than their reviews lead to; run `studytui doctor --rebuild`" in result.stdout
    result = run("doctor", "--rebuild")
    assert result.exit_code == 0
    assert "rebuilt the memory of all cards from the reviews; 1 stood elsewhere before" in result.stdout
    assert run("doctor").exit_code == 0


def test_doctor_tells_scripts_what_a_rebuild_did(studied):
    with sqlite3.connect(studied) as connection:
        connection.execute("UPDATE cards SET lapses = 9")
    connection.close()
    rebuilt = json.loads(run("doctor", "--rebuild", "--format", "json").stdout)["rebuilt"]
    assert (rebuilt["cards"], rebuilt["differed"], rebuilt["reviews"]) == (3, 3, 3)
    assert rebuilt["seconds"] >= 0
    assert json.loads(run("doctor", "--format", "json").stdout)["rebuilt"] is None


def test_a_rebuild_that_is_interrupted_leaves_the_journal_as_it_was(studied, monkeypatch):
    with sqlite3.connect(studied) as connection:
        connection.execute("UPDATE cards SET lapses = 9")
    connection.close()

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("studytui.journal.meta.set_scheduler", interrupted)  # the last that a rebuild does
    assert "stopped; the journal is as it was" in refused(run("doctor", "--rebuild"))
    with sqlite3.connect(studied) as connection:
        assert connection.execute("SELECT DISTINCT lapses FROM cards").fetchall() == [(9,)]
    connection.close()


@pytest.mark.parametrize("how", ["latest", "2026-03-02"])
def test_doctor_restores_a_backup_and_keeps_what_was_there(studied, how):
    studied.write_bytes(studied.read_bytes()[:5000])
    for arguments in (["due"], ["doctor", "--rebuild"]):
        assert "the journal is damaged" in refused(run(*arguments))
    result = run("doctor")
    assert result.exit_code == 1
    assert result.stderr == ""
    assert "the journal is damaged" in result.stdout.splitlines()[-1]
    result = run("doctor", "--restore", how)
    assert result.exit_code == 0
    assert "kept what was there as " in result.stdout
    assert "3 entries" in result.stdout


def test_doctor_salvages_what_can_still_be_read(studied):
    damage(studied, "cards")
    assert run("doctor").exit_code == 1
    result = run("doctor", "--salvage")
    assert result.exit_code == 0
    assert "salvaged 3 entries" in result.stdout
    assert "0 lost" in result.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"no database at all", "is no journal, and is left as it is"), (None, "is a folder, not a journal")],
)
def test_a_file_that_is_no_journal_is_left_as_it_is(home, content, words):
    path = home / "other.db"
    path.write_bytes(content) if content is not None else path.mkdir()
    assert words in refused(run("--journal", path, "due"))
    assert words in run("--journal", path, "doctor").stdout
    assert content is None or path.read_bytes() == content


@pytest.mark.parametrize("how", ["latest", "1999-12-31", "nowhere.db"])
def test_doctor_without_that_backup_says_so(home, how):
    assert run("due").exit_code == 0
    assert refused(run("doctor", "--restore", how))
