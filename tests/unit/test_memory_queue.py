from __future__ import annotations

from studytui.memory.days import DAY_MS, MINUTE_MS
from studytui.memory.limits import Counts, Done, Limits
from studytui.memory.model import Memory, Moment, State
from studytui.memory.queue import Due, DueCard, Mix, Queue

START = 1_000_000 * MINUTE_MS
END = START + DAY_MS


def at(minutes: float) -> Moment:
    return Moment(START + round(minutes * MINUTE_MS))


def cards(*names: str, family: str = "") -> tuple[DueCard, ...]:
    return tuple(DueCard(name, family=family) for name in names)


def learning(name: str, minutes: float, family: str = "") -> DueCard:
    return DueCard(name, family=family, due_ms=at(minutes).ms)


def due(*, learning: tuple[DueCard, ...] = (), review: tuple[DueCard, ...] = (), new: tuple[DueCard, ...] = ()) -> Due:
    return Due(20_000, END, learning, review, new)


def memory(card: str, state: State, minutes: float = 0) -> Memory:
    due_ms = 0 if state is State.REVIEW else at(minutes).ms
    return Memory(card, state, 1.0, 5.0, 20_001, due_ms, 0, START, 20_000, 1, 0)


def asked(queue: Queue, minutes: float = 0) -> list[str]:
    """All cards in their order, each graduating at its first answer."""
    order = []
    while (card := queue.next(at(minutes))) is not None:
        order.append(card)
        queue.after(card, memory(card, State.REVIEW))
    return order


def test_reviews_come_in_the_order_given() -> None:
    assert asked(Queue(due(review=cards("c", "a", "b")))) == ["c", "a", "b"]


def test_new_cards_are_spread_among_reviews() -> None:
    queue = Queue(due(review=cards("r1", "r2", "r3", "r4"), new=cards("n1", "n2")))
    assert asked(queue) == ["r1", "n1", "r2", "r3", "n2", "r4"]


def test_new_cards_come_first_or_last_when_asked_for() -> None:
    today = due(review=cards("r1", "r2"), new=cards("n1"))
    assert asked(Queue(today, mix=Mix.NEW_FIRST)) == ["n1", "r1", "r2"]
    assert asked(Queue(today, mix=Mix.REVIEWS_FIRST)) == ["r1", "r2", "n1"]


def test_the_card_behind_the_one_that_is_shown_can_be_seen_beforehand() -> None:
    queue = Queue(due(review=cards("r1", "r2", "r3"), new=cards("n1")), mix=Mix.REVIEWS_FIRST)
    assert queue.next(at(0)) == "r1"
    assert queue.behind("r1") == queue.behind("r1") == "r2"
    queue.remove("r2")
    assert queue.behind("r1") == "r3"
    queue.remove("r1")
    assert (queue.behind(None), queue.behind("r3"), queue.next(at(0))) == ("r3", "n1", "r3")
    queue.clear()
    assert queue.behind(None) is None


def test_a_learning_card_comes_as_soon_as_its_step_is_over() -> None:
    queue = Queue(due(learning=(learning("l", 5),), review=cards("r1", "r2")))
    assert queue.next(at(4)) == "r1"
    assert queue.next(at(5)) == "l"


def test_learning_cards_come_up_to_twenty_minutes_early_when_nothing_else_is_left() -> None:
    queue = Queue(due(learning=(learning("l", 25),)))
    assert queue.next(at(4.9)) is None
    assert queue.next_due_ms() == at(25).ms
    assert queue.next(at(5)) == "l"


def test_the_card_just_answered_is_not_asked_again_while_there_is_another() -> None:
    queue = Queue(due(learning=(learning("l1", 0), learning("l2", 8))))
    assert queue.next(at(0)) == "l1"
    queue.after("l1", memory("l1", State.LEARNING, 1))
    assert queue.next(at(0.1)) == "l2"
    queue.remove("l2")
    assert queue.next(at(0.1)) == "l1"


def test_an_answered_learning_card_comes_again() -> None:
    queue = Queue(due(new=cards("n")))
    queue.after("n", memory("n", State.LEARNING, 10))
    assert queue.counts() == (0, 1, 0)
    assert queue.next(at(10)) == "n"


def test_a_step_that_ends_tomorrow_is_not_of_this_sitting() -> None:
    queue = Queue(due(new=cards("n")))
    queue.after("n", memory("n", State.LEARNING, 24 * 60))
    assert (queue.next(at(1)), queue.next_due_ms(), queue.counts()) == (None, None, (0, 0, 0))


def test_siblings_wait_until_tomorrow() -> None:
    queue = Queue(due(review=cards("r1", "r2", family="f"), new=cards("n", family="f") + cards("other")))
    assert queue.counts() == (1, 0, 1)
    assert set(asked(queue)) == {"r1", "other"}


def test_siblings_that_are_being_learnt_all_go_on() -> None:
    queue = Queue(due(learning=(learning("l1", 0, "f"), learning("l2", 0, "f")), new=cards("n", family="f")))
    assert asked(queue) == ["l1", "l2"]


def test_the_counts_include_the_card_on_screen() -> None:
    queue = Queue(due(learning=(learning("l", 0),), review=cards("r1", "r2"), new=cards("n")))
    assert queue.counts() == (1, 1, 2)
    queue.next(at(0))
    assert queue.counts() == (1, 1, 2)
    queue.remove("l")
    assert queue.counts() == (1, 0, 2)


def test_what_is_put_back_comes_at_once_as_what_it_was() -> None:
    queue = Queue(due(learning=(learning("l", 0),), review=cards("r"), new=cards("n")))
    queue.after("r", memory("r", State.REVIEW))
    queue.put_back("r", memory("r", State.REVIEW))
    assert queue.next(at(0)) == "r"
    assert queue.counts() == (1, 1, 1)


def test_undo_of_several_steps_brings_the_cards_back_newest_first() -> None:
    queue = Queue(due(review=cards("r1", "r2", "r3")))
    queue.after("r1", memory("r1", State.REVIEW))
    queue.after("r2", memory("r2", State.LEARNING, 10))
    queue.put_back("r2", memory("r2", State.REVIEW))
    queue.put_back("r1", memory("r1", State.REVIEW))
    assert queue.counts() == (0, 0, 3)
    assert asked(queue) == ["r1", "r2", "r3"]


def test_a_card_from_an_earlier_sitting_can_be_put_back() -> None:
    queue = Queue(due())
    queue.put_back("old", None)
    assert queue.next(at(0)) == "old"
    assert queue.counts() == (1, 0, 0)


def test_removing_what_is_not_there_changes_nothing() -> None:
    queue = Queue(due(review=cards("r")))
    queue.remove("nobody")
    queue.remove("r")
    queue.remove("r")
    assert queue.counts() == (0, 0, 0)


def test_a_clock_set_back_makes_nobody_wait_longer() -> None:
    queue = Queue(due(new=cards("n")))
    queue.next(at(60))
    queue.after("n", memory("n", State.LEARNING, 100))
    assert queue.next(at(60)) is None
    assert queue.next(at(0)) is None
    assert queue.next_due_ms() == at(40).ms
    assert queue.next(at(20)) == "n"


def test_a_card_given_twice_is_asked_once() -> None:
    assert asked(Queue(due(learning=(learning("a", 0),), review=cards("a", "a"), new=cards("a")))) == ["a"]


def test_what_was_done_is_taken_off_the_limits() -> None:
    assert Limits(20, 200).after(Done(new=5, reviews=250)) == Limits(15, 0)
    assert Limits(None, None).after(Done(new=5, reviews=250)) == Limits(None, None)


def test_due_is_what_is_not_new() -> None:
    assert Counts(new=3, learning=1, review=2).due == 3
