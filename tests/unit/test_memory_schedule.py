from __future__ import annotations

from dataclasses import replace

import pytest

from studytui.memory.days import DAY_MS, MINUTE_MS
from studytui.memory.fuzz import chance, whole_days
from studytui.memory.model import Memory, Moment, Rating, State
from studytui.memory.replay import CardState
from studytui.memory.schedule import Scheduler, describe_interval

NOON = Moment(1_780_000_000_000 // DAY_MS * DAY_MS + 12 * 60 * MINUTE_MS)
CARD = "stride-and-padding/output-size"
AGAIN, HARD, GOOD, EASY = Rating


def later(days: float) -> Moment:
    return Moment(NOON.ms + round(days * DAY_MS))


def minutes(memory: Memory, now: Moment = NOON) -> float:
    return (memory.due_ms - now.ms) / MINUTE_MS


def graduated(scheduler: Scheduler) -> Memory:
    """A card that was right twice and is in review."""
    return scheduler.review(scheduler.review(None, CARD, GOOD, NOON), CARD, GOOD, NOON)


def test_a_new_card_takes_ankis_learning_steps() -> None:
    options = Scheduler().turn(None, CARD, NOON).options()
    assert minutes(options[AGAIN]) == 1
    assert minutes(options[HARD]) == 5.5
    assert minutes(options[GOOD]) == 10
    assert options[EASY].state is State.REVIEW
    assert {options[rating].state for rating in (AGAIN, HARD, GOOD)} == {State.LEARNING}


def test_good_twice_graduates_a_new_card() -> None:
    memory = graduated(Scheduler())
    assert memory.state is State.REVIEW
    assert memory.due_ms == 0
    assert memory.due_day > memory.last_day


def test_again_goes_back_to_the_first_step() -> None:
    scheduler = Scheduler()
    second = scheduler.review(None, CARD, GOOD, NOON)
    assert second.step == 1
    first = scheduler.review(second, CARD, AGAIN, NOON)
    assert (first.step, minutes(first), first.lapses) == (0, 1, 0)


def test_hard_repeats_a_later_step() -> None:
    scheduler = Scheduler(learning_steps=(1, 10, 60))
    second = scheduler.review(None, CARD, GOOD, NOON)
    assert minutes(scheduler.review(second, CARD, HARD, NOON)) == 10


def test_hard_on_an_only_step_is_half_as_long_again() -> None:
    assert minutes(Scheduler(learning_steps=(10,)).review(None, CARD, HARD, NOON)) == 15


def test_a_lapse_is_relearnt_before_it_is_reviewed_again() -> None:
    scheduler = Scheduler()
    lapsed = scheduler.review(graduated(scheduler), CARD, AGAIN, later(5))
    assert (lapsed.state, lapsed.lapses, minutes(lapsed, later(5))) == (State.RELEARNING, 1, 10)
    back = scheduler.review(lapsed, CARD, GOOD, later(5))
    assert (back.state, back.lapses) == (State.REVIEW, 1)
    assert back.due_day > back.last_day


def test_without_steps_every_rating_graduates() -> None:
    scheduler = Scheduler(learning_steps=(), relearning_steps=())
    days = [memory.due_day - memory.last_day for memory in scheduler.turn(None, CARD, NOON).options().values()]
    assert days[0] >= 1
    assert days[0] <= days[1] < days[2] < days[3]
    lapsed = scheduler.review(graduated(Scheduler()), CARD, AGAIN, later(30))
    assert (lapsed.state, lapsed.lapses) == (State.REVIEW, 1)
    assert lapsed.due_day > lapsed.last_day


def test_a_step_beyond_the_settings_counts_as_the_last_one() -> None:
    memory = replace(Scheduler().review(None, CARD, GOOD, NOON), step=7)
    options = Scheduler(learning_steps=(1, 10)).turn(memory, CARD, NOON).options()
    assert minutes(options[HARD]) == 10
    assert options[GOOD].state is State.REVIEW


def test_the_interval_never_exceeds_the_maximum() -> None:
    scheduler = Scheduler(maximum_interval=3)
    memory = graduated(scheduler)
    for _ in range(3):
        options = scheduler.turn(memory, CARD, Moment(memory.due_day * DAY_MS + 12 * 60 * MINUTE_MS)).options()
        assert all(1 <= option.due_day - option.last_day <= 3 for option in list(options.values())[1:])
        memory = options[EASY]


def test_reviews_lapses_and_days_are_counted() -> None:
    scheduler = Scheduler()
    memory = graduated(scheduler)
    again = scheduler.review(memory, CARD, AGAIN, later(9))
    assert (memory.reviews, again.reviews, again.lapses) == (2, 3, 1)
    assert again.first_day == memory.first_day == scheduler.day_of(NOON)
    assert (again.last_ms, again.last_day) == (later(9).ms, scheduler.day_of(later(9)))


def test_the_interval_of_a_key_is_the_same_all_day() -> None:
    scheduler = Scheduler()
    memory = graduated(scheduler)
    morning, evening = Moment(later(40).ms - 7 * 60 * MINUTE_MS), Moment(later(40).ms + 9 * 60 * MINUTE_MS)
    for rating in (HARD, GOOD, EASY):
        days = {scheduler.review(memory, CARD, rating, now).due_day for now in (morning, evening)}
        assert len(days) == 1


def test_a_learning_card_is_due_on_the_day_of_its_review() -> None:
    memory = Scheduler().review(None, CARD, GOOD, NOON)
    assert memory.due_day == memory.last_day


def test_the_day_of_a_replay_is_the_day_of_the_entry_not_of_todays_settings() -> None:
    early, late = Scheduler(day_start=0), Scheduler(day_start=6 * 60)
    assert early.reviewed(None, CARD, EASY, NOON.ms, 20_000) == late.reviewed(None, CARD, EASY, NOON.ms, 20_000)
    assert early.identity == late.identity


def test_identities_tell_settings_apart() -> None:
    schedulers = [Scheduler(), Scheduler(desired_retention=0.8), Scheduler(learning_steps=(1,)),
                  Scheduler(relearning_steps=()), Scheduler(maximum_interval=100),
                  Scheduler((0.3, *Scheduler().parameters[1:]))]  # fmt: skip
    assert len({scheduler.identity for scheduler in schedulers}) == len(schedulers)
    assert Scheduler().identity == Scheduler().identity


def test_the_engine_is_named_with_its_version() -> None:
    name, package, version = Scheduler().engine.split()
    assert (name, package) == ("FSRS-6", "fsrs-rs-python")
    assert version[0].isdigit()


@pytest.mark.parametrize(
    "settings",
    [
        {"parameters": (1.0, 2.0)},
        {"parameters": (float("nan"),) * 21},
        {"desired_retention": 1.0},
        {"desired_retention": 0.0},
        {"maximum_interval": 0},
        {"learning_steps": (0,)},
        {"relearning_steps": (float("inf"),)},
    ],
)
def test_settings_of_which_no_schedule_can_be_made_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"must|parameters"):
        Scheduler(**settings)  # type: ignore[arg-type]  # wrong on purpose


def test_long_absence_and_absurd_clocks_still_give_a_schedule() -> None:
    scheduler = Scheduler()
    memory = graduated(scheduler)
    for moment in (later(300_000), later(-20_000), Moment(0)):
        for option in scheduler.turn(memory, CARD, moment).options().values():
            assert option.due_day >= option.last_day


# -- fuzz --------------------------------------------------------------------------------------------------------------


def test_fuzz_comes_from_the_card_and_the_day_alone() -> None:
    assert chance(CARD, 20_000) == chance(CARD, 20_000)
    draws = {chance(card, day) for card in ("a/b", "a/c") for day in range(50)}
    assert len(draws) == 100
    assert all(0 <= draw < 1 for draw in draws)


def test_fuzz_spreads_as_anki_does() -> None:
    """Bounds of Anki's `fuzz_bounds` (rslib/src/scheduler/states/fuzz.rs), for some intervals in days."""
    bounds = {1: (1, 1), 2: (2, 2), 3: (2, 4), 5: (4, 6), 7: (5, 9), 10: (8, 12), 20: (17, 23), 100: (93, 107)}
    for interval, expected in bounds.items():
        drawn = [whole_days(interval, step / 1000, 1, 36_500) for step in range(1000)]
        assert (min(drawn), max(drawn)) == expected


def test_limits_win_over_fuzz() -> None:
    assert whole_days(50, 0.99, 1, 30) == 30
    assert whole_days(2, 0.0, 40, 30) == 30
    assert whole_days(10, 0.0, 12, 365) == 12


# -- labels ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(30, "30s"), (60, "1m"), (330, "6m"), (600, "10m"), (3570, "1h"), (5400, "1.5h"), (86_400, "1d"), (-5, "0s")],
)
def test_steps_are_described(seconds: int, text: str) -> None:
    memory = replace(Scheduler().review(None, CARD, GOOD, NOON), due_ms=NOON.ms + seconds * 1000)
    assert describe_interval(memory, NOON) == text


@pytest.mark.parametrize(
    ("days", "text"), [(1, "1d"), (30, "30d"), (31, "1mo"), (45, "1.5mo"), (363, "11.9mo"), (365, "1y"), (800, "2.2y")]
)
def test_intervals_are_described(days: int, text: str) -> None:
    memory = graduated(Scheduler())
    assert describe_interval(replace(memory, due_day=memory.last_day + days), NOON) == text


# -- whether a card can still be asked ---------------------------------------------------------------------------------


def test_a_card_answered_elsewhere_is_no_longer_due() -> None:
    scheduler = Scheduler()
    memory = graduated(scheduler)
    assert scheduler.still_due(CardState(), NOON)
    assert not scheduler.still_due(CardState(memory), NOON)
    assert scheduler.still_due(CardState(memory), later(memory.due_day - memory.last_day))


def test_a_learning_card_is_due_within_the_learn_ahead_window() -> None:
    scheduler = Scheduler(learning_steps=(1, 30))
    memory = scheduler.review(None, CARD, GOOD, NOON)
    assert not scheduler.still_due(CardState(memory), NOON)
    assert scheduler.still_due(CardState(memory), Moment(NOON.ms + 10 * MINUTE_MS))


def test_cards_set_aside_are_not_due() -> None:
    scheduler, today = Scheduler(), Scheduler().day_of(NOON)
    assert not scheduler.still_due(CardState(suspended=True), NOON)
    assert not scheduler.still_due(CardState(buried_day=today), NOON)
    assert scheduler.still_due(CardState(buried_day=today), later(1))
    assert scheduler.still_due(CardState(buried_day=today + 365), NOON)  # buried under a wrong clock
