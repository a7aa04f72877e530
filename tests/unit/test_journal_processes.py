"""The journal under what happens to real programs: kill -9, company, a full disk, a file that is somebody else's."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytui.journal import Journal
from studytui.journal.doctor import examine
from studytui.memory.model import Action, Entry
from studytui.memory.schedule import Scheduler

CHILD = Path(__file__).with_name("journal_child.py")
SCHEDULER = Scheduler()


def start(mode: str, path: Path, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, CHILD, mode, path, *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def run(mode: str, path: Path, *arguments: object) -> str:
    with start(mode, path, *arguments) as process:
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return said


def ids(path: Path) -> set[int]:
    with Journal.open(path, SCHEDULER) as journal:
        return {entry.id for number in range(7) for entry in journal.history(f"deck/card-{number}")}


def test_another_connection_of_this_program_takes_no_lock_away_from_the_first(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    seen = (
        "import sys\nfrom pathlib import Path\nfrom studytui.journal import Journal\n"
        "from studytui.memory.schedule import Scheduler\n"
        "with Journal.open(Path(sys.argv[1]), Scheduler()) as journal: print(len(list(journal.entries())))"
    )

    def other_program() -> int:
        done = subprocess.run([sys.executable, "-c", seen, path], capture_output=True, text=True, check=True)
        return int(done.stdout)

    with Journal.open(path, SCHEDULER) as journal:
        for count, again in enumerate((Journal.inspect, Journal.open), 1):
            again(path, SCHEDULER).close()
            other_program()  # closes the file as the last one, if it knows of no other
            journal.record(Entry("deck/a", Action.SUSPEND, 1_780_000_000_000, 0, 20_000))
            assert other_program() == count


@pytest.mark.parametrize("round_", range(4))
def test_kill_at_any_time_loses_nothing_that_was_acknowledged(tmp_path: Path, round_: int) -> None:
    path = tmp_path / "journal.sqlite3"
    with start("loop", path) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(random.Random(round_).uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        lines = [first, *process.stdout]
    acknowledged = {int(line) for line in lines if line.endswith("\n")}
    assert len(acknowledged) >= 1
    assert acknowledged <= ids(path)
    assert len(ids(path)) <= len(acknowledged) + 1
    assert examine(path, SCHEDULER).sound


def test_kill_between_any_two_steps_of_a_review_and_an_undo_leaves_it_whole_or_undone(tmp_path: Path) -> None:
    lives = [json.loads(line) for line in run("die", tmp_path).splitlines()]
    assert len(lives) > 20
    for name, told in lives:
        path = tmp_path / name
        with Journal.open(path, SCHEDULER) as journal:
            entries = journal.history("deck/card")
        found = [entry.id for entry in entries]
        assert found == list(range(1, len(found) + 1)), name
        assert len(told) <= len(found) <= len(told) + 1, name
        assert all((entry.action is Action.UNDO) == (entry.id == 5) for entry in entries), name
        assert examine(path, SCHEDULER).sound, name
    assert lives[0][1] == [1, 2, 3]
    assert lives[-1][1] == [1, 2, 3, 4, 5]


def test_kill_between_any_two_steps_of_a_quiz_leaves_it_open_or_handed_in_with_all_its_reviews(tmp_path: Path) -> None:
    lives = [json.loads(line) for line in run("die", tmp_path, "quiz").splitlines()]
    assert len(lives) > 20
    for name, told in lives:
        with Journal.open(tmp_path / name, SCHEDULER) as journal:
            waits = journal.quizzes.unfinished()
            reviews = len(journal.history("deck/a") + journal.history("deck/b"))
            handed_in = len(journal.quizzes.lines())
        assert (waits is None, reviews) == ((True, 2) if handed_in else (False, 0)), name
        assert handed_in or 2 not in told, name
        assert waits is None or waits.sheet == "[1]" or 1 not in told, name
        assert examine(tmp_path / name, SCHEDULER).sound, name
    assert [told for _, told in (lives[0], lives[-1])] == [[], [1, 2]]


def test_two_programs_record_at_once_without_loss(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    both = [start("together", path, 120) for _ in range(2)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in both:
        said, _ = process.communicate(timeout=60)
        assert (process.returncode, said) == (0, "done\n")
    with Journal.open(path, SCHEDULER) as journal:
        memories = [journal.state(f"deck/card-{number}").memory for number in range(7)]
    assert sum(memory.reviews for memory in memories if memory is not None) == 240
    assert ids(path) == set(range(1, 241))
    assert examine(path, SCHEDULER).sound


def test_a_full_disk_keeps_what_was_there_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    outcome = json.loads(run("full", path, 400_000))
    assert "free" in outcome["message"]
    assert "try again" in outcome["message"]
    assert "\n" not in outcome["message"]
    acknowledged = outcome["acknowledged"]
    assert len(acknowledged) > 5
    assert outcome["still_there"] > 0
    assert ids(path) == set(acknowledged) == set(range(1, len(acknowledged) + 1))
    assert examine(path, SCHEDULER).sound


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that other users can look into, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o755), (0o644, 0o555), (0o000, 0o755)])
def test_a_journal_that_may_not_be_written_is_one_clear_line(
    public_folder: Path, file_mode: int, folder_mode: int
) -> None:
    path = public_folder / "journal.sqlite3"
    Journal.open(path, SCHEDULER).close()
    path.chmod(file_mode)
    public_folder.chmod(folder_mode)
    said = run("unprivileged", path)
    assert said.startswith(f"{path}: ")
    assert said.count("\n") == 1
    assert "--journal" in said
