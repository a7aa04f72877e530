from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.journals import NOON, SCHEDULER, TODAY, answer, at, deck, names, set_aside

from studytui.journal import Journal
from studytui.memory.limits import Allowance, Counts, Limits
from studytui.memory.model import Action, Rating
from studytui.memory.queue import Order


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "journal.sqlite3", SCHEDULER) as journal:
        yield journal


# -- what is due -------------------------------------------------------------------------------------------------------


def test_new_cards_come_deck_by_deck_in_the_order_of_the_file(journal: Journal) -> None:
    deck(journal, "b", "z", "a")
    deck(journal, "a", "q", "p")
    assert names(journal.due(NOON).new) == ["a/q", "a/p", "b/z", "b/a"]
    assert names(journal.due(NOON, ["b", "a"]).new) == ["b/z", "b/a", "a/q", "a/p"]
    assert names(journal.due(NOON, ["b"]).new) == ["b/z", "b/a"]
    assert journal.due(NOON, ["no such deck"]).new == ()


def test_a_review_is_due_on_its_day_and_not_before(journal: Journal) -> None:
    deck(journal, "d", "a")
    days = answer(journal, "d/a") - TODAY
    assert names(journal.due(at(days - 1)).review) == []
    assert names(journal.due(at(days)).review) == ["d/a"]
    assert names(journal.due(at(days + 400)).review) == ["d/a"]


def test_a_learning_card_is_due_with_its_step(journal: Journal) -> None:
    deck(journal, "d", "a")
    answer(journal, "d/a", rating=Rating.GOOD)
    (card,) = journal.due(NOON).learning
    assert (card.card, card.deck, card.due_ms) == ("d/a", "d", at(minutes=10).ms)


def test_reviews_come_by_day_and_then_in_an_order_that_is_not_the_files(journal: Journal) -> None:
    cards = [f"c{number:02}" for number in range(30)]
    deck(journal, "d", *cards)
    for card in cards:
        answer(journal, f"d/{card}")
    due = journal.due(at(60)).review
    assert sorted(names(due)) == [f"d/{card}" for card in cards]
    days = {card: memory.due_day for card in names(due) if (memory := journal.state(card).memory) is not None}
    assert list(days.values()) == sorted(days.values())
    for day in set(days.values()):
        together = [card for card in days if days[card] == day]
        if len(together) > 3:
            assert together != sorted(together)


def test_the_best_remembered_can_come_first(journal: Journal) -> None:
    deck(journal, "d", "strong", "weak", "fresh")
    answer(journal, "d/strong", at(-40))
    answer(journal, "d/strong", at(-30))
    answer(journal, "d/weak", at(-40))
    answer(journal, "d/fresh", at(-9))
    now = at(120)
    due = journal.due(now, order=Order.RETRIEVABILITY).review
    memories = [journal.state(card).memory for card in names(due)]
    elapsed = [(SCHEDULER.day_of(now) - memory.last_day) / memory.stability for memory in memories if memory]
    assert len(elapsed) == 3
    assert elapsed == sorted(elapsed)


def test_cards_set_aside_are_left_out(journal: Journal) -> None:
    deck(journal, "d", "a", "b", "c")
    set_aside(journal, "d/a", Action.SUSPEND)
    set_aside(journal, "d/b", Action.BURY)
    assert names(journal.due(NOON).new) == ["d/c"]
    assert names(journal.due(at(1)).new) == ["d/b", "d/c"]
    set_aside(journal, "d/a", Action.RESUME)
    assert names(journal.due(NOON).new) == ["d/a", "d/c"]


def test_an_undone_review_is_due_again(journal: Journal) -> None:
    deck(journal, "d", "a")
    answer(journal, "d/a")
    journal.undo(NOON)
    assert names(journal.due(NOON).new) == ["d/a"]


def test_a_card_of_the_future_is_due_when_the_clock_was_wrong(journal: Journal) -> None:
    deck(journal, "d", "a", "b")
    answer(journal, "d/a", at(365))
    assert names(journal.due(NOON).review) == ["d/a"]
    assert journal.counts(NOON).all.review == 1
    assert journal.days_behind(NOON) == 365
    assert journal.days_behind(at(365)) == 0


def test_a_learning_card_of_the_future_waits_no_longer_than_its_step(journal: Journal) -> None:
    deck(journal, "d", "a")
    answer(journal, "d/a", at(minutes=300), Rating.GOOD)
    (card,) = journal.due(NOON).learning
    assert card.due_ms == at(minutes=10).ms


# -- siblings ----------------------------------------------------------------------------------------------------------


def test_of_new_siblings_one_is_asked_a_day(journal: Journal) -> None:
    deck(journal, "d", "gap-1", "gap-2", "gap-3", family="d/cloze")
    assert names(journal.due(NOON).new) == ["d/gap-1"]
    answer(journal, "d/gap-1")
    assert journal.due(NOON).new == ()
    assert journal.counts(NOON).all.new == 0
    assert names(journal.due(at(1)).new) == ["d/gap-2"]


def test_a_review_goes_before_a_new_sibling(journal: Journal) -> None:
    deck(journal, "d", "gap-1", "gap-2", family="d/cloze")
    days = answer(journal, "d/gap-2") - TODAY
    due = journal.due(at(days))
    assert (names(due.review), names(due.new)) == (["d/gap-2"], [])
    assert journal.counts(at(days)).all == Counts(0, 0, 1, 2)


def test_a_review_waits_when_its_sibling_was_answered_today(journal: Journal) -> None:
    deck(journal, "d", "gap-1", "gap-2", family="d/cloze")
    answer(journal, "d/gap-1", at(-60))
    answer(journal, "d/gap-2", at(-59))
    (first,) = names(journal.due(NOON).review)
    answer(journal, first)
    assert journal.due(NOON).review == ()
    assert journal.counts(NOON).all.review == 0


def test_a_sibling_in_learning_holds_the_others_back(journal: Journal) -> None:
    deck(journal, "d", "gap-1", "gap-2", family="d/cloze")
    answer(journal, "d/gap-1", at(minutes=15 * 60 + 55), Rating.GOOD)  # its step ends after the day does
    tomorrow = at(minutes=16 * 60 + 1)
    due = journal.due(tomorrow)
    assert (names(due.learning), names(due.new)) == (["d/gap-1"], [])


def test_an_undone_sibling_sets_the_others_free(journal: Journal) -> None:
    deck(journal, "d", "gap-1", "gap-2", family="d/cloze")
    answer(journal, "d/gap-2")
    journal.undo(NOON)
    assert names(journal.due(NOON).new) == ["d/gap-1"]


def test_a_family_of_one_is_none(journal: Journal) -> None:
    deck(journal, "d", "only", family="d/cloze")
    assert [card.family for card in journal.due(NOON).new] == [""]


# -- limits and counts -------------------------------------------------------------------------------------------------


def test_limits_hold_for_the_day_and_not_for_the_sitting(journal: Journal) -> None:
    deck(journal, "d", *(f"c{number}" for number in range(10)))
    limits = Limits(new=4, reviews=3)
    assert len(journal.due(NOON, limits=limits).new) == 4
    answer(journal, "d/c0")
    answer(journal, "d/c1", rating=Rating.GOOD)
    answer(journal, "d/c1", at(minutes=10), Rating.GOOD)
    assert len(journal.due(NOON, limits=limits).new) == 2
    assert len(journal.due(at(1), limits=limits).new) == 4


def test_reviews_done_are_taken_off_the_limit_once_a_card(journal: Journal) -> None:
    deck(journal, "d", *(f"c{number}" for number in range(10)))
    for number in range(10):
        answer(journal, f"d/c{number}", at(-60))
    limits = Limits(new=0, reviews=4)
    (first, second, *_) = names(journal.due(NOON, limits=limits).review)
    answer(journal, first)
    answer(journal, second, rating=Rating.AGAIN)
    answer(journal, second, at(minutes=10), Rating.GOOD)
    assert len(journal.due(NOON, limits=limits).review) == 2
    assert journal.counts(NOON, limits=limits).all.review == 2


def test_new_cards_done_are_not_taken_off_the_limit_of_reviews(journal: Journal) -> None:
    deck(journal, "d", "a", "b")
    answer(journal, "d/a", at(-60))
    answer(journal, "d/b")
    assert len(journal.due(NOON, limits=Limits(new=1, reviews=1)).review) == 1


def test_counts_are_by_deck_and_over_all_within_the_limits(journal: Journal) -> None:
    deck(journal, "a", "1", "2", "3")
    deck(journal, "b", "1", "2")
    set_aside(journal, "b/2", Action.SUSPEND)
    overview = journal.counts(NOON, limits=Limits(new=3, reviews=9))
    assert overview.decks == {"a": Counts(3, 0, 0, 3), "b": Counts(1, 0, 0, 2, 1)}
    assert overview.all == Counts(3, 0, 0, 5, 1)
    assert journal.counts(NOON, ["b"]).all == Counts(1, 0, 0, 2, 1)
    assert list(journal.counts(NOON, ["b", "a"]).decks) == ["b", "a"]


def test_a_day_without_decks_counts_nothing(journal: Journal) -> None:
    assert journal.counts(NOON).all == Counts()
    assert journal.counts(NOON, []).decks == {}
    assert journal.due(NOON).new == ()


# -- what was done -----------------------------------------------------------------------------------------------------


def test_the_day_knows_what_was_done(journal: Journal) -> None:
    deck(journal, "d", "a", "b")
    answer(journal, "d/a", at(-30), ms=100)
    answer(journal, "d/a", NOON, ms=1000)
    answer(journal, "d/b", NOON, Rating.GOOD, ms=2000)
    answer(journal, "d/b", at(minutes=10), Rating.GOOD, ms=4000)
    done = journal.today(TODAY)
    assert (done.new, done.reviews, done.answers, done.duration_ms) == (1, 1, 3, 7000)
    assert (journal.today(TODAY - 30).new, journal.today(TODAY - 30).answers) == (1, 1)
    journal.undo(at(minutes=11))
    assert journal.today(TODAY).answers == 2


def test_a_streak_is_days_in_a_row_and_today_may_still_come(journal: Journal) -> None:
    deck(journal, "d", "a")
    assert journal.streak(TODAY) == 0
    for days in (-5, -3, -2, -1):
        answer(journal, "d/a", at(days))
    assert journal.streak(TODAY) == 3
    answer(journal, "d/a", NOON)
    assert journal.streak(TODAY) == 4
    journal.undo(NOON)
    assert journal.streak(TODAY) == 3
    assert journal.streak(TODAY + 1) == 0


def test_suspending_is_no_study(journal: Journal) -> None:
    set_aside(journal, "d/a", Action.SUSPEND)
    assert journal.streak(TODAY) == 0
    assert journal.today(TODAY).answers == 0


# -- a day as the learner wants it -------------------------------------------------------------------------------------


def test_a_deck_may_have_limits_of_its_own_within_those_of_the_day(journal: Journal) -> None:
    deck(journal, "a", *"12345")
    deck(journal, "b", *"12345")
    limits = Limits(new=6, reviews=9, decks={"a": Limits(2, None), "b": Limits(9, 9)})
    assert names(journal.due(NOON, limits=limits).new) == ["a/1", "a/2", "b/1", "b/2", "b/3", "b/4"]
    answer(journal, "a/1")
    assert names(journal.due(NOON, limits=limits).new) == ["a/2", "b/1", "b/2", "b/3", "b/4"]
    counts = journal.counts(NOON, limits=limits)
    assert (counts.decks["a"].new, counts.decks["b"].new, counts.all.new) == (1, 5, 5)


def test_reviews_of_a_full_deck_make_room_for_those_of_others(journal: Journal) -> None:
    deck(journal, "a", *"123")
    deck(journal, "b", *"123")
    day = max(answer(journal, f"{name}/{number}") for name in "ab" for number in "123")
    now = at(day - TODAY)
    due = journal.due(now, limits=Limits(0, 4, {"a": Limits(None, 1)}))
    assert sorted(name[0] for name in names(due.review)) == ["a", "b", "b", "b"]


def test_reviews_can_come_in_the_order_of_the_files(journal: Journal) -> None:
    deck(journal, "b", "z", "a")
    deck(journal, "a", "q", "p")
    cards = ["a/q", "a/p", "b/z", "b/a"]
    now = at(max(answer(journal, card) for card in cards) - TODAY)
    assert names(journal.due(now, order=Order.DECK).review) == cards


def test_when_more_is_due_than_the_day_allows_the_best_remembered_come_first(journal: Journal) -> None:
    deck(journal, "a", "often", "once")
    days = answer(journal, "a/often") - TODAY
    answer(journal, "a/often", at(days))
    answer(journal, "a/once", at(days))
    now = at(400)
    assert names(journal.due(now, order=Order.BACKLOG).review) == ["a/once", "a/often"]
    assert names(journal.due(now, limits=Limits(0, 1), order=Order.BACKLOG).review) == ["a/often"]


def test_siblings_come_on_one_day_when_they_are_not_buried(journal: Journal) -> None:
    deck(journal, "a", *"123", family="a/f")
    assert len(journal.due(NOON).new) == 1
    assert names(journal.due(NOON, siblings=True).new) == ["a/1", "a/2", "a/3"]
    assert journal.counts(NOON, siblings=True).all.new == 3
    answer(journal, "a/1")
    assert names(journal.due(NOON, siblings=True).new) == ["a/2", "a/3"]
    assert {card.family for card in journal.due(NOON, siblings=True).new} == {""}


def test_a_finished_day_has_nothing_and_the_next_one_all_that_waited(journal: Journal) -> None:
    deck(journal, "a", *"123")
    answer(journal, "a/1", rating=Rating.AGAIN)
    journal.allow(NOON, lambda _: Allowance(finished=True))
    due, counts = journal.due(NOON), journal.counts(NOON)
    assert (due.learning, due.review, due.new) == ((), (), ())
    assert counts.finished
    assert counts.all == Counts(total=3)
    assert len(journal.due(at(1)).learning) == 1
    assert not journal.counts(at(1)).finished


def test_what_was_allowed_beyond_the_limits_holds_for_that_day_alone(journal: Journal) -> None:
    deck(journal, "a", *"12345")
    limits = Limits(new=1, reviews=1, decks={"a": Limits(1, 1)})
    journal.allow(NOON, lambda allowed: Allowance(allowed.new + 2))
    assert len(journal.due(NOON, limits=limits).new) == journal.counts(NOON, limits=limits).all.new == 3
    assert len(journal.due(at(1), limits=limits).new) == 1
