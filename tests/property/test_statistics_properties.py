"""Statistics are what one counts by hand: over any journal, and over a year of simulated study."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.recount import Recount, expected, recount, write

from studytui.journal import Journal, Registration
from studytui.memory.days import DAY_MS, MINUTE_MS
from studytui.memory.model import Action, Entry, Memory, Moment, Rating
from studytui.memory.schedule import Scheduler
from studytui.statistics import Period, Statistics
from studytui.statistics.studied import iso

SCHEDULER = Scheduler()
BEGIN = 20_600
#: The last deck is for the year.
CARDS = {"a": ("a/1", "a/2", "a/3"), "b": ("b/1", "b/2"), "c": tuple(f"c/{number}" for number in range(40))}
SLIPS = ("", "", "", "padded_once", "padded_once, bias_forgotten")
#: Seoul, Kathmandu, London, New York, Kiribati, Niue: half hours, and more than a day between the last two.
ZONES = (540, 345, 0, -300, 840, -660)


@cache
def template() -> Path:
    """An empty journal with both decks; made once, as that takes longer than an example."""
    path = Path(tempfile.mkdtemp()) / "journal.sqlite3"
    with Journal.open(path, SCHEDULER) as journal:
        journal.decks.register_all(
            Registration(deck, deck, f"/{deck}.md", "1", [(card, "") for card in cards])
            for deck, cards in CARDS.items()
        )
    return path


@contextmanager
def holding(entries: list[Entry], scheduler: Scheduler = SCHEDULER) -> Iterator[Journal]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(template(), folder))
        write(path, entries, scheduler)
        with Journal.open(path, scheduler) as journal:
            yield journal


def counted(journal: Journal, now: Moment, period: Period, decks: tuple[str, ...] = ("a", "b")) -> Statistics:
    return Statistics("", period, None, "", journal.statistics(now, period, decks))


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[Entry], Moment]:
    """Entries as they come: in any zone, with clocks set back, taken back, brought back, suspended and buried."""
    ms, entries = BEGIN * DAY_MS, list[Entry]()
    for number in range(1, draw(st.integers(0, 30)) + 1):
        wait = draw(
            st.one_of(st.integers(0, 15), st.integers(0, 45).map(lambda days: days * 1440), st.integers(-4000, 0))
        )
        ms += wait * MINUTE_MS
        offset = draw(st.sampled_from(ZONES))
        day = SCHEDULER.day_of(Moment(ms, offset))
        verb = draw(st.sampled_from([*["review"] * 8, "undo", "suspend", "resume", "bury"]))
        if verb == "undo" and entries:
            target = draw(st.sampled_from(entries))
            entries.append(Entry(target.card, Action.UNDO, ms, offset, day, number, target=target.id))
            continue
        card = draw(st.sampled_from([*CARDS["a"], *CARDS["b"], "gone/1"]))
        if verb in {"review", "undo"}:
            rating = draw(st.sampled_from(Rating))
            duration, slip = draw(st.integers(0, 90_000)), draw(st.sampled_from(SLIPS))
            review = Entry(card, Action.REVIEW, ms, offset, day, number, rating, duration_ms=duration, slip=slip)
            entries.append(review)
        else:
            entries.append(Entry(card, Action(verb), ms, offset, day, number))
    later = draw(st.sampled_from([0, 1, 40, -3, -40]))
    return entries, Moment(ms + later * DAY_MS, draw(st.sampled_from(ZONES)))


def same(statistics: Statistics, count: Recount, now: Moment) -> None:
    """Every number of every row is the one that was counted by hand."""
    wanted = expected(count, statistics.period.days, now)
    facts = wanted.pop("facts")
    for name, series in wanted.items():
        for of, values in series.items():
            assert list(statistics[name].named(of).values) == pytest.approx(values), (name, of)
    assert {statistic.name for statistic in statistics} == set(wanted)
    sums = {fact.name: fact.value for fact in statistics["retrievability"].facts}
    assert [sums["sum"]] == pytest.approx(facts["remembered"])
    medians = {fact.name: fact.value for fact in statistics["stability"].facts}
    assert [medians["median"]] == pytest.approx(facts["median stability"])


@settings(max_examples=120, deadline=None)
@given(lives(), st.sampled_from(Period), st.sampled_from([("a", "b"), ("b",), ()]))
def test_every_number_is_the_one_counted_by_hand(
    life: tuple[list[Entry], Moment], period: Period, decks: tuple[str, ...]
) -> None:
    entries, now = life
    with holding(entries) as journal:
        cards = [card for deck in decks for card in CARDS[deck]]
        same(counted(journal, now, period, decks), recount(entries, cards, SCHEDULER, SCHEDULER.day_of(now)), now)


@settings(max_examples=20, deadline=None)
@given(lives(), st.sampled_from(Period))
def test_cards_that_a_search_names_are_counted_alone(life: tuple[list[Entry], Moment], period: Period) -> None:
    entries, now = life
    named = ["a/2", "b/1"]
    with holding(entries) as journal:
        found = Statistics("", period, None, "", journal.statistics(now, period, ("a", "b"), cards=named))
        same(found, recount(entries, named, SCHEDULER, SCHEDULER.day_of(now)), now)


@settings(max_examples=20, deadline=None)
@given(lives())
def test_answers_to_cards_that_are_gone_count_when_everything_does(life: tuple[list[Entry], Moment]) -> None:
    entries, now = life
    day = SCHEDULER.day_of(now)
    with holding(entries) as journal:
        tables = Statistics("", Period.ALL, None, "", journal.statistics(now, Period.ALL, ("a",), everything=True))
        all_cards = [*CARDS["a"], *CARDS["b"], "gone/1"]
        wanted = expected(recount(entries, all_cards, SCHEDULER, day), None, now)
        held = expected(recount(entries, CARDS["a"], SCHEDULER, day), None, now)
        assert list(tables["hours"].named("answers").values) == wanted["hours"]["answers"]
        assert list(tables["slips"].named("times").values) == wanted["slips"]["times"]
        assert list(tables["states"].named("cards").values) == held["states"]["cards"]


@settings(max_examples=20, deadline=None)
@given(lives(), st.sampled_from([(), (1.0,), (1.0, 10.0, 60.0)]), st.sampled_from([(), (10.0, 30.0)]))
def test_states_before_an_answer_are_those_of_the_steps_that_are_set(
    life: tuple[list[Entry], Moment], steps: tuple[float, ...], again: tuple[float, ...]
) -> None:
    entries, now = life
    scheduler = Scheduler(learning_steps=steps, relearning_steps=again)
    with holding(entries, scheduler) as journal:
        cards = [*CARDS["a"], *CARDS["b"]]
        same(counted(journal, now, Period.ALL), recount(entries, cards, scheduler, scheduler.day_of(now)), now)


def test_each_span_of_true_retention_holds_its_first_and_its_last_day() -> None:
    today = BEGIN + 400
    backs = (400, 365, 364, 30, 29, 7, 6, 1, 0)
    entries = [
        Entry("a/1", Action.REVIEW, (today - back) * DAY_MS + DAY_MS // 2, 0, today - back, number, Rating.EASY)
        for number, back in enumerate(backs, 1)
    ]
    with holding(entries) as journal:
        found = counted(journal, Moment(today * DAY_MS + DAY_MS // 2), Period.WEEK)
        assert found["true-retention"].named("all answered").values == (1, 1, 3, 5, 7, 8)
        assert [found[name].labels[0] for name in ("reviews", "time", "retention")] == [iso(today - 6)] * 3
        assert len(found["future-due"].labels) == 7


def a_year(seed: int) -> list[Entry]:
    """A year of forty cards, one begun every three days: most days, travelling in summer, with slips and undos."""
    chance = random.Random(seed)
    entries: list[Entry] = []
    states: dict[str, Memory | None] = dict.fromkeys(CARDS["c"])
    for day in range(365):
        if chance.random() < 0.15:
            continue
        offset = chance.choice(ZONES) if 180 <= day < 210 else 540
        ms = (BEGIN + day) * DAY_MS + chance.randrange(8, 20) * 60 * MINUTE_MS - offset * MINUTE_MS
        for card in CARDS["c"][: 2 + day // 3]:
            for _ in range(4):
                now = Moment(ms, offset)
                state = states[card]
                if state is not None and not SCHEDULER.is_due(state, now, ahead_ms=20 * MINUTE_MS):
                    break
                ms += chance.randrange(5_000, 90_000)
                rating = chance.choices(list(Rating), (1, 1, 6, 2))[0]
                slip = "padded_once" if rating is Rating.AGAIN and chance.random() < 0.5 else ""
                today = SCHEDULER.day_of(Moment(ms, offset))
                review = Entry(card, Action.REVIEW, ms, offset, today, len(entries) + 1, rating, slip=slip,
                               duration_ms=chance.randrange(2_000, 60_000))  # fmt: skip
                entries.append(review)
                if chance.random() < 0.05:
                    entries.append(Entry(card, Action.UNDO, ms, offset, today, len(entries) + 1, target=review.id))
                    continue
                states[card] = SCHEDULER.reviewed(state, card, rating, ms, today)
    return entries


@pytest.mark.parametrize("seed", [1, 2])
def test_a_year_of_study_is_told_as_it_was(seed: int) -> None:
    entries = a_year(seed)
    now = Moment((BEGIN + 365) * DAY_MS, 540)
    count = recount(entries, CARDS["c"], SCHEDULER, SCHEDULER.day_of(now))
    kinds = {answer.kind for answer in count.answers}
    assert kinds == {"learning", "relearning", "young", "mature"}
    assert len(count.answers) > 250
    with holding(entries) as journal:
        for period in Period:
            same(counted(journal, now, period, ("c",)), count, now)
