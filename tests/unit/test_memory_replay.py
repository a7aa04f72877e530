from __future__ import annotations

import pytest

from studytui.memory.model import Action, Entry, Rating
from studytui.memory.replay import NEW, CardState, apply, replay, standing, taken_back
from studytui.memory.schedule import Scheduler

SCHEDULER = Scheduler()
DAY = 20_000


def entry(id_: int, action: Action = Action.REVIEW, *, rating: Rating | None = None, target: int = 0) -> Entry:
    if action is Action.REVIEW:
        rating = rating or Rating.GOOD
    return Entry("deck/card", action, id_ * 600_000, 0, DAY, id=id_, rating=rating, target=target)


def undo(id_: int, target: int) -> Entry:
    return entry(id_, Action.UNDO, target=target)


def test_a_card_without_entries_is_new() -> None:
    assert replay([], SCHEDULER) == NEW == CardState()


def test_an_undone_review_leaves_no_trace() -> None:
    assert replay([entry(1), entry(2, rating=Rating.AGAIN), undo(3, 2)], SCHEDULER) == replay([entry(1)], SCHEDULER)


def test_an_undone_undo_counts_again() -> None:
    entries = [entry(1), entry(2), undo(3, 2), undo(4, 3)]
    assert replay(entries, SCHEDULER) == replay(entries[:2], SCHEDULER)


def test_undos_are_undone_to_any_depth() -> None:
    assert taken_back([(2, 1), (3, 2), (4, 3), (5, 4)]) == {4, 2}
    assert taken_back([(2, 1), (3, 2), (4, 3)]) == {3, 1}


def test_a_review_in_the_middle_can_be_taken_back() -> None:
    entries = [entry(1), entry(2, rating=Rating.AGAIN), entry(3), undo(4, 2)]
    assert [one.id for one in standing(entries)] == [1, 3]


def test_suspending_keeps_the_memory() -> None:
    state = replay([entry(1), entry(2, Action.SUSPEND)], SCHEDULER)
    assert state.suspended
    assert state.memory == replay([entry(1)], SCHEDULER).memory
    assert not replay([entry(1), entry(2, Action.SUSPEND), entry(3, Action.RESUME)], SCHEDULER).suspended


def test_suspend_and_bury_can_be_undone() -> None:
    for action in (Action.SUSPEND, Action.BURY):
        assert replay([entry(1), entry(2, action), undo(3, 2)], SCHEDULER) == replay([entry(1)], SCHEDULER)


def test_burying_hides_a_card_for_the_day_only() -> None:
    state = replay([entry(1, Action.BURY)], SCHEDULER)
    assert state.buried(DAY)
    assert state.buried(DAY - 1)  # travel
    assert not state.buried(DAY + 1)
    assert not CardState().buried(0)


def test_resuming_also_unburies() -> None:
    assert replay([entry(1, Action.BURY), entry(2, Action.RESUME)], SCHEDULER) == NEW


def test_an_undo_by_itself_changes_no_card() -> None:
    with pytest.raises(ValueError, match="changes no card"):
        apply(NEW, undo(2, 1), SCHEDULER)
