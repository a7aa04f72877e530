from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from operator import attrgetter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from studytui.journal import Journal, Registration
from studytui.journal.doctor import examine
from studytui.memory.days import DAY_MS, day_end_ms, from_the_future, waiting_until
from studytui.memory.limits import Allowance, Limits, capped
from studytui.memory.model import Action, Entry, Moment, Rating, State
from studytui.memory.queue import Order
from studytui.memory.replay import replay
from studytui.memory.schedule import Scheduler

#: One of the two decks has a desired retention of its own.
SCHEDULER = Scheduler(deck_retention={"b": 0.97})
BEGIN = 20_600 * DAY_MS + DAY_MS // 2
#: Deck, card, family: two decks, some siblings.
CARDS = [("a", "a/1", ""), ("a", "a/2", "a/f"), ("a", "a/3", "a/f"), ("a", "a/4", "a/f"),
         ("b", "b/1", ""), ("b", "b/2", "b/f"), ("b", "b/3", "b/f"), ("b", "b/4", "")]  # fmt: skip

#: What a learner does, and the minutes or days that pass before it; a negative number is a clock set back.
VERBS = st.sampled_from(
    [*["review"] * 6, "undo", "undo", "redo", "suspend", "resume", "bury", "reset", "set-due", "together", "reopen"]
)
WAITS = st.one_of(st.integers(0, 15), st.integers(0, 40).map(lambda days: days * 1440), st.integers(-3000, 0))
LIVES = st.lists(st.tuples(VERBS, st.sampled_from(CARDS), st.sampled_from(Rating), WAITS), max_size=25)


@cache
def template() -> Path:
    """An empty journal with both decks, made once: to create one takes longer than a whole example."""
    path = Path(tempfile.mkdtemp()) / "journal.sqlite3"
    with Journal.open(path, SCHEDULER) as journal:
        journal.decks.register_all(
            Registration(
                name, name, f"/{name}.md", "1", [(card, family) for deck, card, family in CARDS if deck == name]
            )
            for name in ("a", "b")
        )
    return path


@contextmanager
def fresh() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copy(template(), folder))


def live(path: Path, life: list[tuple[str, tuple[str, str, str], Rating, int]]) -> tuple[Journal, Moment]:
    """Does all that to a journal; the journal, and the moment at the end."""
    journal = Journal.open(path, SCHEDULER)
    ms = BEGIN
    for verb, (_, card, _), rating, minutes in life:
        ms += minutes * 60_000
        now = Moment(ms, 60)
        if verb == "undo":
            journal.undo(now)
        elif verb == "redo":
            journal.redo(now)
        elif verb == "reopen":
            journal.close()
            journal = Journal.open(path, SCHEDULER)
        elif verb == "together":
            journal.record_together(several(card, rating, now))
        else:
            given_ = rating if verb == "review" else None
            due_day = SCHEDULER.day_of(now) + rating if verb == "set-due" else 0
            spread = minutes % 10 / 10 if verb == "review" and minutes % 3 == 0 else None
            journal.record(
                Entry(card, Action(verb), ms, 60, SCHEDULER.day_of(now), rating=given_, due_day=due_day, spread=spread)
            )
    return journal, Moment(ms, 60)


def several(card: str, rating: Rating, now: Moment) -> list[Entry]:
    """What a learner does to many cards at once: cards twice, and different things."""
    day = SCHEDULER.day_of(now)
    reviews = [Entry(each, Action.REVIEW, now.ms, 60, day, rating=rating) for _, each, _ in CARDS[: rating + 1]]
    return [*reviews, Entry(card, Action.RESET, now.ms, 60, day), Entry(card, Action.SUSPEND, now.ms, 60, day)]


@settings(max_examples=60, deadline=None)
@given(LIVES)
def test_what_is_kept_live_is_what_a_replay_gives_bit_for_bit(
    life: list[tuple[str, tuple[str, str, str], Rating, int]],
) -> None:
    with fresh() as path:
        journal, _ = live(path, life)
        with journal:
            for _, card, _ in CARDS:
                assert journal.state(card) == replay(journal.history(card), SCHEDULER)
        assert examine(path, SCHEDULER).problems == ()


@settings(max_examples=30, deadline=None)
@given(LIVES)
def test_undoing_everything_leaves_nothing_and_redoing_brings_it_back(
    life: list[tuple[str, tuple[str, str, str], Rating, int]],
) -> None:
    with fresh() as path:
        journal, now = live(path, life)
        with journal:
            before = {card: journal.state(card) for _, card, _ in CARDS}
            undone = []
            while (entry := journal.undo(now)) is not None:
                undone.append(entry.id)
            assert undone == sorted(undone, reverse=True)
            assert all(journal.state(card) == replay([], SCHEDULER) for _, card, _ in CARDS)
            assert journal.streak(SCHEDULER.day_of(now)) == 0
            redone = [entry.id for _ in undone if (entry := journal.redo(now)) is not None]
            assert redone == undone[::-1]
            assert {card: journal.state(card) for _, card, _ in CARDS} == before


def left(limit: int | None, more: int, done: int) -> int | None:
    return max(limit + more - done, 0) if limit is not None else None


def expected(
    journal: Journal, now: Moment, decks: list[str], limits: Limits, *, siblings: bool
) -> tuple[set[str], int, int, dict[str, set[str]]]:
    """The rules of a day, once more and card by card: who is in learning, how many reviews and new cards, from whom."""
    day, end = SCHEDULER.day_of(now), day_end_ms(now)
    states = {card: journal.state(card) for _, card, _ in CARDS}
    memories = {card: state.memory for card, state in states.items()}
    shown = {card for card, state in states.items() if not state.suspended and not state.buried(day)}
    learning, reviews, fresh_, asked = set(), set(), set(), set()
    for _, card, family in CARDS:
        memory = memories[card]
        if memory is not None and memory.last_day == day:
            asked.add(family)
        if card not in shown:
            continue
        if memory is None:
            fresh_.add(card)
        elif memory.state is not State.REVIEW:
            if waiting_until(memory.due_ms, memory.last_ms, now.ms) < end:
                learning.add(card)
                asked.add(family)
        elif memory.due_day <= day or from_the_future(memory.last_day, day):
            reviews.add(card)
    asked.discard("")
    families = {card: "" if siblings else family for _, card, family in CARDS}
    asked = set() if siblings else asked
    reviews = {card for card in reviews if families[card] not in asked}
    due_families = {families[card] for card in reviews} - {""}
    fresh_ = {card for card in fresh_ if families[card] not in asked | due_families}
    in_decks = {card for deck, card, _ in CARDS if deck in decks}

    done = {card: memory for card, memory in memories.items() if memory is not None and memory.last_day == day}
    new_done = {card for card, memory in done.items() if memory.first_day == day}
    allowed = journal.allowance(now)

    def number(cards: set[str], of: Callable[[Limits], int | None], more: int, done: set[str]) -> int:
        """Of each deck so many as it may have, and of all so many as the day may have."""
        total = 0
        for deck in decks:
            own, here = of(limits.decks.get(deck, Limits(None, None))), deck + "/"
            found = {families[card] or card for card in cards if card.startswith(here)}
            total += capped(len(found), left(own, more, sum(card.startswith(here) for card in done)))
        return capped(total, left(of(limits), more, len(done)))

    return (
        learning & in_decks,
        number(reviews, attrgetter("reviews"), allowed.reviews, done.keys() - new_done),
        number(fresh_, attrgetter("new"), allowed.new, new_done),
        {"review": reviews & in_decks, "new": fresh_ & in_decks},
    )


@settings(max_examples=100, deadline=None)
@given(
    LIVES,
    st.sampled_from([0, 1, 600, 1440, 5 * 1440, 60 * 1440, -20 * 1440]),
    st.sampled_from([["a", "b"], ["a"], ["b"], []]),
    st.builds(
        Limits,
        st.sampled_from([None, 0, 1, 2, 20]),
        st.sampled_from([None, 0, 1, 2, 200]),
        st.dictionaries(
            st.sampled_from(["a", "b"]),
            st.builds(Limits, st.sampled_from([None, 0, 1, 2]), st.sampled_from([None, 0, 1, 2])),
        ),
    ),
    st.sampled_from([None, Allowance(), Allowance(1, 2), Allowance(3, 0)]),
    st.booleans(),
    st.sampled_from(Order),
)
def test_due_and_counts_say_the_same_and_follow_the_rules(
    life: list[tuple[str, tuple[str, str, str], Rating, int]],
    later: int,
    decks: list[str],
    limits: Limits,
    allowed: Allowance | None,
    siblings: bool,
    order: Order,
) -> None:
    with fresh() as path:
        journal, last = live(path, life)
        with journal:
            now = Moment(last.ms + later * 60_000, 60)
            if allowed is not None:
                journal.allow(now, lambda _: allowed)
            learning, reviews, new, candidates = expected(journal, now, decks, limits, siblings=siblings)
            due = journal.due(now, decks, limits, order, siblings=siblings)
            assert {card.card for card in due.learning} == learning
            assert (len(due.review), len(due.new)) == (reviews, new)
            assert {card.card for card in due.review} <= candidates["review"]
            assert {card.card for card in due.new} <= candidates["new"]
            together = [card.family for card in (*due.review, *due.new) if card.family]
            assert len(together) == len(set(together))
            counts = journal.counts(now, decks, limits, siblings=siblings)
            assert (counts.all.new, counts.all.learning, counts.all.review) == (new, len(learning), reviews)
            for deck in decks:
                alone, one = journal.due(now, [deck], limits, order, siblings=siblings), counts.decks[deck]
                assert (one.new, one.learning, one.review) == (len(alone.new), len(alone.learning), len(alone.review))
            for card in (*due.learning, *due.review, *due.new):
                if card not in due.learning:
                    assert SCHEDULER.still_due(journal.state(card.card), now)
