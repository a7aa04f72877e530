"""Quizzes in the journal: kept from their first moment, closed once, in one program at a time, carried along whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from studytui.journal import Journal, JournalError
from studytui.journal.backups import back_up, backups
from studytui.journal.doctor import examine
from studytui.journal.quizzes import Ending, KeptQuiz, points_of
from studytui.journal.restore import restore, salvage
from studytui.journal.schema import STEPS
from studytui.journal.store import open_store
from studytui.memory.model import Action, Entry, Moment, Rating
from studytui.memory.replay import CardState
from studytui.memory.schedule import Scheduler

SCHEDULER = Scheduler()
NOON = Moment(1_780_000_000_000, 60)
ENDING = Ending("seed 7", Fraction(27, 2), 20, 600_000, '{"answers":[7]}', '{"version":1}')


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal.open(path, SCHEDULER) as journal:
        yield journal


def begin(journal: Journal) -> int:
    return journal.quizzes.begin(NOON, "seed 7 · 20 questions", 20, '{"seed":7}', "[]", '{"answers":[]}')


def take(journal: Journal, number: int) -> KeptQuiz:
    taken = journal.quizzes.take(journal.quizzes.kept(number))
    assert taken is not None
    return taken


def review(card: str = "deck/a") -> Entry:
    return Entry(card, Action.REVIEW, NOON.ms, NOON.offset, SCHEDULER.day_of(NOON), rating=Rating.AGAIN)


def hand_in(journal: Journal, number: int, *reviews: Entry, generation: int = 0, ending: Ending = ENDING) -> None:
    journal.quizzes.hand_in(number, generation, Moment(NOON.ms + 600_000), lambda _: (ending, reviews))


# -- from begin to end -------------------------------------------------------------------------------------------------


def test_a_quiz_is_there_from_its_first_moment(journal: Journal, path: Path) -> None:
    number = begin(journal)
    with Journal.open(path, SCHEDULER) as other:
        found = other.quizzes.unfinished()
    assert found is not None
    assert (found.number, found.started_ms, found.questions, found.plan) == (number, NOON.ms, 20, '{"seed":7}')


def test_the_sheet_that_was_kept_last_is_the_one_that_is_found(journal: Journal) -> None:
    number = begin(journal)
    journal.quizzes.keep(number, 0, '{"answers":[1]}')
    journal.quizzes.keep(number, 0, '{"answers":[2]}')
    assert take(journal, number).sheet == '{"answers":[2]}'


def test_a_quiz_that_was_handed_in_is_listed_with_its_exact_points_and_has_its_report(journal: Journal) -> None:
    first, second = begin(journal), begin(journal)
    hand_in(journal, first)
    hand_in(journal, second)
    lines = journal.quizzes.lines()
    assert [line.number for line in lines] == [second, first]
    assert (points_of(lines[0].points, 20), lines[0].questions, lines[0].elapsed_ms, lines[0].offset) == (
        Fraction(27, 2), 20, 600_000, 60,
    )  # fmt: skip
    assert journal.quizzes.report(first) == ENDING.report
    assert journal.quizzes.unfinished() is None


def test_the_unfinished_quiz_is_the_one_begun_last(journal: Journal) -> None:
    first, second = begin(journal), begin(journal)
    assert journal.quizzes.unfinished() == journal.quizzes.unfinished()
    journal.quizzes.give_up(second, NOON)
    found = journal.quizzes.unfinished()
    assert found is not None
    assert found.number == first
    assert journal.quizzes.lines() == []


def test_the_end_and_its_reviews_are_recorded_together_or_not_at_all(journal: Journal) -> None:
    number = begin(journal)
    unsound = Entry("deck/b", Action.REVIEW, NOON.ms, 0, 20_600)
    with pytest.raises(JournalError, match="not a sound entry"):
        hand_in(journal, number, review(), unsound)
    assert journal.history("deck/a") == []
    assert journal.quizzes.unfinished() is not None
    hand_in(journal, number, review())
    assert len(journal.history("deck/a")) == 1


def test_the_end_is_made_from_the_cards_as_they_stand_in_that_moment(journal: Journal) -> None:
    number = begin(journal)
    journal.record(review())
    seen: list[CardState] = []

    def end(state: Callable[[str], CardState]) -> tuple[Ending, Sequence[Entry]]:
        seen.append(state("deck/a"))
        return ENDING, ()

    assert journal.quizzes.hand_in(number, 0, NOON, end) == []
    assert seen == [journal.state("deck/a")]


# -- what is refused ---------------------------------------------------------------------------------------------------


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(JournalError) as caught:
        act()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_quiz_taken_up_elsewhere_cannot_be_written_here_any_more(journal: Journal, path: Path) -> None:
    number = begin(journal)
    with Journal.open(path, SCHEDULER) as other:
        taken = take(other, number)
        assert "goes on in another terminal" in refused(lambda: journal.quizzes.keep(number, 0, "{}"))
        assert "goes on in another terminal" in refused(lambda: hand_in(journal, number, review()))
        other.quizzes.keep(number, taken.generation, '{"answers":[3]}')
    assert journal.history("deck/a") == []
    assert take(journal, number).sheet == '{"answers":[3]}'


def test_a_quiz_that_was_written_since_it_was_read_is_not_taken(journal: Journal) -> None:
    number = begin(journal)
    read = journal.quizzes.kept(number)
    journal.quizzes.keep(number, 0, '{"answers":[1]}')
    assert journal.quizzes.take(read) is None
    journal.quizzes.keep(number, 0, '{"answers":[2]}')
    hand_in(journal, number)
    assert "was handed in already" in refused(lambda: journal.quizzes.take(read))


def test_a_quiz_ends_once(journal: Journal) -> None:
    handed_in, given_up = begin(journal), begin(journal)
    hand_in(journal, handed_in, review())
    journal.quizzes.give_up(given_up, NOON)
    for act in (
        lambda: hand_in(journal, handed_in, review()),
        lambda: journal.quizzes.keep(handed_in, 0, "{}"),
        lambda: take(journal, handed_in),
        lambda: journal.quizzes.give_up(handed_in, NOON),
    ):
        assert f"studytui quiz --report {handed_in} shows it" in refused(act)
    assert "was given up" in refused(lambda: take(journal, given_up))
    assert "was given up" in refused(lambda: journal.quizzes.report(given_up))
    assert len(journal.history("deck/a")) == 1


def test_a_number_that_is_none_is_told_with_those_that_there_are(journal: Journal) -> None:
    assert refused(lambda: journal.quizzes.report(9)).endswith("there is no quiz 9: none was handed in yet")
    number = begin(journal)
    assert "not handed in yet" in refused(lambda: journal.quizzes.report(number))
    hand_in(journal, number)
    assert refused(lambda: take(journal, 9)) == "there is no quiz 9: there are 1"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE quizzes SET sheet = '{}' WHERE id = 1",
        "UPDATE quizzes SET state = 'open', ended = NULL, points = NULL, report = NULL WHERE id = 1",
        "DELETE FROM quizzes WHERE id = 1",
        "UPDATE quizzes SET plan = '{}' WHERE id = 2",
        "DELETE FROM quizzes WHERE id = 2",
        "UPDATE quizzes SET state = 'handed-in', ended = 1 WHERE id = 2",
        "INSERT INTO quizzes SELECT * FROM quizzes WHERE id = 2",
        "INSERT INTO quizzes VALUES (9, 1, 0, 1, '', 'lost', 0, 1, 1, NULL, NULL, '', '', '', NULL)",
    ],
)
def test_no_program_changes_what_is_over_or_what_was_asked(journal: Journal, path: Path, statement: str) -> None:
    hand_in(journal, begin(journal))
    begin(journal)
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()


# -- keeping -----------------------------------------------------------------------------------------------------------


def test_a_journal_of_the_version_before_is_migrated_with_a_backup(path: Path) -> None:
    open_store(path, STEPS[:2]).close()
    older = sqlite3.connect(path)
    older.execute(
        "INSERT INTO reviews(card, time, offset, day, action, rating, verdict, typed, seed, givens, slip, duration, "
        "engine) VALUES ('deck/a', 1, 0, 20600, 'bury', NULL, '', '', 0, '', '', 0, 'e')"
    )
    older.execute("INSERT INTO cards(id, shuffle, buried_day) VALUES ('deck/a', 1, 20600)")
    older.commit()
    older.close()
    assert examine(path, SCHEDULER).quizzes == 0
    assert examine(path, SCHEDULER).sound
    with Journal.open(path, SCHEDULER) as journal:
        assert begin(journal) == 1
        assert len(journal.history("deck/a")) == 1
    assert [backup.label for backup in backups(path)] == [f"before-v{len(STEPS)}"]


def test_a_backup_brings_quizzes_back(path: Path) -> None:
    with Journal.open(path, SCHEDULER) as journal:
        hand_in(journal, begin(journal))
    back_up(path, "2026-01-01")
    path.unlink()
    restore(path)
    with Journal.open(path, SCHEDULER) as journal:
        assert journal.quizzes.report(1) == ENDING.report


def test_salvage_saves_quizzes_from_the_file_and_from_backups(path: Path) -> None:
    with Journal.open(path, SCHEDULER) as journal:
        hand_in(journal, begin(journal), review())
        back_up(path, "2026-01-01")
        journal.quizzes.keep(begin(journal), 0, '{"answers":[5]}')
    saved = salvage(path, SCHEDULER)
    assert (saved.read, saved.quizzes) == (1, 2)
    path.write_bytes(b"SQLite format 3\0" + bytes(3000))
    assert salvage(path, SCHEDULER).quizzes == 1
    with Journal.open(path, SCHEDULER) as journal:
        assert journal.quizzes.report(1) == ENDING.report
    assert examine(path, SCHEDULER).sound


def test_a_journal_with_quizzes_alone_can_be_salvaged(path: Path) -> None:
    with Journal.open(path, SCHEDULER) as journal:
        begin(journal)
    assert salvage(path, SCHEDULER).quizzes == 1
    with Journal.open(path, SCHEDULER) as journal:
        assert journal.quizzes.unfinished() is not None


@pytest.mark.parametrize(
    ("ending", "what"),
    [
        (Ending("seed 7", Fraction(1), 1, 0, "{}", "{"), "Expecting property name"),
        (Ending("seed 7", Fraction(3), 1, 0, "{}", "{}"), "3 points of 1"),
    ],
)
def test_doctor_names_a_quiz_that_cannot_be_read(path: Path, ending: Ending, what: str) -> None:
    with Journal.open(path, SCHEDULER) as journal:
        hand_in(journal, begin(journal), ending=ending)
        journal.quizzes.keep(begin(journal), 0, "[")
    first, second = examine(path, SCHEDULER).problems
    assert f"{path}: quiz 1 cannot be read ({what}" in first
    assert "doctor --restore" in first
    assert second.startswith(f"{path}: quiz 2 cannot be read")
    assert "studytui quiz --give-up" in second


def test_doctor_counts_quizzes(path: Path) -> None:
    with Journal.open(path, SCHEDULER) as journal:
        hand_in(journal, begin(journal))
        begin(journal)
    report = examine(path, SCHEDULER)
    assert (report.quizzes, report.sound) == (2, True)


# -- what was seen of a card -------------------------------------------------------------------------------------------


def answered(journal: Journal, slip: str, verdict: str, seed: int = 0) -> Entry:
    entry = Entry(
        "deck/a", Action.REVIEW, NOON.ms, 0, SCHEDULER.day_of(NOON), rating=Rating.GOOD, verdict=verdict, slip=slip,
        seed=seed, givens=json.dumps({}),
    )  # fmt: skip
    return journal.record(entry).entry


def test_a_slip_stands_until_an_answer_is_right(journal: Journal) -> None:
    assert journal.seen("deck/a", 3).slip == ""
    answered(journal, "padded_once", "slip", 1)
    assert journal.seen("deck/a", 3).slip == "padded_once"
    answered(journal, "", "wrong", 2)
    assert journal.seen("deck/a", 3).slip == "padded_once"
    answered(journal, "", "right", 3)
    assert journal.seen("deck/a", 2) == type(journal.seen("deck/a", 2))((3, 2), "")


def test_a_slip_that_was_taken_back_does_not_stand_but_its_variant_was_seen(journal: Journal) -> None:
    answered(journal, "rounded_up", "slip", 1)
    answered(journal, "padded_once", "slip", 2)
    journal.undo(NOON)
    seen = journal.seen("deck/a", 3)
    assert (seen.seeds, seen.slip) == ((2, 1), "rounded_up")
