"""What is done to cards beside reviewing them: made new, due on a day, many in one go; taken back and brought back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from studytui.journal import Journal, JournalError, together
from studytui.journal.backups import back_up
from studytui.journal.doctor import examine
from studytui.journal.quizzes import Ending
from studytui.journal.restore import salvage
from studytui.memory.model import Action, Entry, Moment, Rating, State
from studytui.memory.replay import NEW
from studytui.memory.schedule import Scheduler

SCHEDULER = Scheduler()
NOON = Moment(1_780_000_000_000, 60)
TODAY = SCHEDULER.day_of(NOON)
DECK = ["deck/a", "deck/b", "deck/c"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal.open(path, SCHEDULER) as journal:
        journal.decks.register("deck", "A deck", "/deck.md", "1", [(card, "") for card in DECK])
        yield journal


def entry(card: str, action: Action = Action.REVIEW, *, rating: Rating = Rating.EASY, due_day: int = 0) -> Entry:
    given = rating if action is Action.REVIEW else None
    return Entry(card, action, NOON.ms, NOON.offset, TODAY, rating=given, due_day=due_day)


def all_of(action: Action) -> list[Entry]:
    return [entry(card, action) for card in DECK]


# -- reset and set due -------------------------------------------------------------------------------------------------


def test_a_card_that_is_reset_is_new_and_keeps_its_history(journal: Journal) -> None:
    journal.record(entry("deck/a"))
    assert journal.record(entry("deck/a", Action.RESET)).state == NEW
    assert [card.card for card in journal.due(NOON).new] == DECK
    assert len(journal.history("deck/a")) == 2
    again = journal.record(entry("deck/a"))
    assert again.state.memory is not None
    assert again.state.memory.reviews == 1


def test_a_reset_is_undone_and_redone(journal: Journal) -> None:
    before = journal.record(entry("deck/a")).state
    journal.record(entry("deck/a", Action.RESET))
    journal.undo(NOON)
    assert journal.state("deck/a") == before
    journal.redo(NOON)
    assert journal.state("deck/a") == NEW


def test_a_suspended_card_stays_suspended_when_it_is_reset(journal: Journal) -> None:
    journal.record(entry("deck/a"))
    journal.record(entry("deck/a", Action.SUSPEND))
    state = journal.record(entry("deck/a", Action.RESET)).state
    assert state.memory is None
    assert state.suspended


def test_a_card_in_no_deck_is_no_orphan_once_it_is_reset(journal: Journal) -> None:
    journal.record(entry("gone/a"))
    assert journal.decks.orphans() == ["gone/a"]
    journal.record(entry("gone/a", Action.RESET))
    assert journal.decks.orphans() == []


@pytest.mark.parametrize("rating", [Rating.AGAIN, Rating.EASY])
def test_a_card_is_due_on_the_day_that_is_set_and_not_before(journal: Journal, rating: Rating) -> None:
    before = journal.record(entry("deck/a", rating=rating)).state.memory
    after = journal.record(entry("deck/a", Action.SET_DUE, due_day=TODAY + 3)).state.memory
    assert before is not None
    assert after is not None
    assert (after.state, after.due_day, after.stability) == (State.REVIEW, TODAY + 3, before.stability)
    for days, asked in ((2, 0), (3, 1)):
        due = journal.due(Moment(NOON.ms + days * 86_400_000, 60))
        assert (len(due.learning), len(due.review)) == (0, asked)


def test_setting_a_day_leaves_a_new_card_new(journal: Journal) -> None:
    assert journal.record(entry("deck/a", Action.SET_DUE, due_day=TODAY + 3)).state == NEW


def test_rebuild_gives_what_reset_and_set_due_left(path: Path, journal: Journal) -> None:
    for card in DECK:
        journal.record(entry(card))
    journal.record(entry("deck/a", Action.RESET))
    journal.record(entry("deck/b", Action.SET_DUE, due_day=TODAY + 30))
    journal.record(entry("deck/b", rating=Rating.GOOD))
    assert examine(path, SCHEDULER).sound
    assert journal.rebuild() == 0


# -- where an interval was put -----------------------------------------------------------------------------------------


def test_where_an_interval_was_put_is_recorded_and_a_rebuild_keeps_to_it(path: Path, journal: Journal) -> None:
    days = set()
    for card, spread in zip(DECK, (0.0, 0.5, 0.99), strict=True):
        review = Entry(card, Action.REVIEW, NOON.ms, 60, TODAY, rating=Rating.EASY, spread=spread)
        memory = journal.record(review).state.memory
        assert memory is not None
        days.add(memory.due_day)
    assert len(days) == 3
    assert [each.spread for each in journal.history("deck/b")] == [0.5]
    assert journal.rebuild() == 0
    assert examine(path, SCHEDULER).sound


# -- many in one go ----------------------------------------------------------------------------------------------------


def test_what_was_recorded_in_one_go_is_taken_back_and_brought_back_in_one_go(journal: Journal) -> None:
    journal.record(entry("deck/a"))
    before = {card: journal.state(card) for card in DECK}
    assert journal.record_together(all_of(Action.SUSPEND)) == 3
    after = {card: journal.state(card) for card in DECK}
    undone = journal.undo(NOON)
    assert undone is not None
    assert [each.card for each in journal.recorded_with(undone)] == DECK[::-1]
    assert {card: journal.state(card) for card in DECK} == before
    assert journal.redo(NOON) is not None
    assert {card: journal.state(card) for card in DECK} == after
    journal.undo(NOON)
    alone = journal.undo(NOON)
    assert alone is not None
    assert [each.id for each in journal.recorded_with(alone)] == [1]
    assert journal.undo(NOON) is None


def test_one_card_may_stand_in_one_go_several_times(journal: Journal) -> None:
    journal.record(entry("deck/a"))
    before = journal.state("deck/a")
    journal.record_together([entry("deck/a"), entry("deck/a", Action.SUSPEND), entry("deck/a", Action.RESET)])
    assert journal.state("deck/a").suspended
    assert journal.state("deck/a").memory is None
    journal.undo(NOON)
    assert journal.state("deck/a") == before


def test_nothing_in_one_go_is_nothing(journal: Journal) -> None:
    assert journal.record_together([]) == 0
    assert journal.undo(NOON) is None


def test_a_group_of_which_one_entry_was_refused_leaves_nothing(journal: Journal) -> None:
    with pytest.raises(JournalError, match="not a sound entry"):
        journal.record_together([entry("deck/a"), Entry("deck/b", Action.REVIEW, NOON.ms, 0, TODAY)])
    assert journal.history("deck/a") == []
    assert journal.undo(NOON) is None


def test_the_reviews_of_a_quiz_are_taken_back_in_one_go_across_a_restart(path: Path, journal: Journal) -> None:
    number = journal.quizzes.begin(NOON, "seed 7", 3, "{}", "[]", "{}")
    ending = Ending("seed 7", Fraction(1), 3, 1000, "{}", "{}")
    journal.quizzes.hand_in(number, 0, NOON, lambda _: (ending, all_of(Action.REVIEW)))
    journal.close()
    with Journal.open(path, SCHEDULER) as again:
        again.undo(NOON)
        assert all(again.state(card) == NEW for card in DECK)
        assert len(again.quizzes.lines()) == 1


def test_two_programs_take_back_what_the_other_did_in_one_go(path: Path, journal: Journal) -> None:
    with Journal.open(path, SCHEDULER) as other:
        journal.record_together(all_of(Action.BURY))
        other.record(entry("deck/a"))
        journal.undo(NOON)
        other.undo(NOON)
        assert all(journal.state(card) == NEW for card in DECK)
        assert other.redo(NOON) is not None
        assert all(journal.state(card).buried(TODAY) for card in DECK)


@pytest.mark.parametrize("reviews_of_a_fold", [0, 10**9])
def test_many_cards_are_moved_on_part_by_part_and_folded_alone_or_with_all_others(
    path: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch, reviews_of_a_fold: int
) -> None:
    monkeypatch.setattr(together, "_AT_ONCE", 2)
    monkeypatch.setattr(together, "_REVIEWS_OF_A_FOLD", reviews_of_a_fold)
    journal.record_together([*all_of(Action.REVIEW), entry("gone/a"), entry("deck/a")])
    journal.record(entry("deck/b", Action.SUSPEND))
    before = {card: journal.state(card) for card in (*DECK, "gone/a")}
    for action in (Action.RESET, Action.SET_DUE, Action.BURY, Action.RESUME):
        assert journal.record_together(entry(card, action, due_day=TODAY + 9) for card in before) == 4
        after = {card: journal.state(card) for card in before}
        for _ in range(2):
            journal.undo(NOON)
            assert {card: journal.state(card) for card in before} == before
            journal.redo(NOON)
            assert {card: journal.state(card) for card in before} == after
        journal.undo(NOON)
        assert examine(path, SCHEDULER).problems == ()


def test_reviews_that_no_other_program_sees_yet_are_folded_with_all_others(
    path: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "_AT_ONCE", 1)
    monkeypatch.setattr(together, "_REVIEWS_OF_A_FOLD", 10**9)
    journal.record(entry("deck/b"))
    journal.record(entry("gone/a"))
    journal.move("gone/a", "deck/b", NOON)
    assert journal.state("gone/a") == NEW
    assert [each.action for each in journal.history("deck/b")].count(Action.REVIEW) == 3
    memory = journal.state("deck/b").memory
    assert memory is not None
    assert memory.reviews == 2
    assert examine(path, SCHEDULER).problems == ()


def test_what_ends_a_go_before_it_is_written_leaves_nothing_of_it(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "_AT_ONCE", 2)
    told: list[tuple[int, int]] = []
    journal.record_together(all_of(Action.REVIEW), lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1]
    before = list(journal.entries())
    states = {card: journal.state(card) for card in DECK}
    for place in range(len(told)):

        def end(done: int, _: int, place: int = place) -> None:
            if done >= told[place][0]:
                raise InterruptedError

        for work in (lambda: journal.record_together(all_of(Action.RESET), end), lambda: journal.undo(NOON, end)):
            with pytest.raises(InterruptedError):
                work()
            assert list(journal.entries()) == before
            assert {card: journal.state(card) for card in DECK} == states


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE together SET last = 99",
        "DELETE FROM together",
        "INSERT INTO together VALUES (2, 9)",
        "INSERT INTO together VALUES (9, 9)",
    ],
)
def test_what_belongs_together_is_never_changed(path: Path, journal: Journal, statement: str) -> None:
    journal.record_together(all_of(Action.SUSPEND))
    stranger = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match=r"stays so|not a sound range"):
        stranger.execute(statement)
    stranger.close()


def test_salvage_keeps_together_what_was_recorded_in_one_go(path: Path) -> None:
    with Journal.open(path, SCHEDULER) as journal:
        journal.record(entry("deck/a"))
        journal.record_together(all_of(Action.SUSPEND))
    back_up(path, "2026-01-01")
    salvage(path, SCHEDULER)
    with Journal.open(path, SCHEDULER) as journal:
        journal.undo(NOON)
        assert not any(journal.state(card).suspended for card in DECK)
        assert journal.state("deck/a").memory is not None
