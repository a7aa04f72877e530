"""A year of study in several zones, by two programs, under clocks that travel, change to summer time and are wrong.

Everything goes through the real journal, the sittings and the command: what the home screen says, what `due` prints and
what a sitting asks are one, no card is ever lost, and no graduated card is asked twice on one day.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from support.world import Clock

from studytui.deck.library import Library
from studytui.desk import Desk, scheduler_of
from studytui.journal import Journal
from studytui.journal.doctor import examine
from studytui.memory.days import DAY_MS, TRAVEL
from studytui.memory.model import Action, Rating, State
from studytui.pages import overview_dict
from studytui.session import Phase, Session
from studytui.settings import Settings

#: DST in both hemispheres, by half an hour, and both sides of the date line; Seoul has none.
ZONES = ["Asia/Seoul", "America/New_York", "Pacific/Apia", "Pacific/Kiritimati", "Australia/Lord_Howe",
         "Pacific/Pago_Pago", "Europe/Berlin"]  # fmt: skip
BEGIN = int(datetime(2026, 1, 10, 12, tzinfo=UTC).timestamp()) * 1000
#: A day before one side of the world or the other changes its clocks, and some days of the year besides.
TURNS = [
    int(datetime(2026, month, day, tzinfo=UTC).timestamp()) * 1000
    for month, day in ((3, 7), (3, 28), (4, 4), (10, 3), (10, 24), (10, 31))
]
DECK = """# Days

{}
## Two gaps {{#two .cloze}}

The ==forget== gate scales the ==cell state==.
"""
CARDS = "".join(f"## Question {number} {{#q{number}}}\n\nAnswer {number}.\n\n" for number in range(5))


@cache
def template(day_start: int) -> Path:
    """A folder with a deck, read once, and a journal that knows it."""
    folder = Path(tempfile.mkdtemp())
    (folder / "days.md").write_text(DECK.format(CARDS))
    open_desk(folder, day_start, Clock(BEGIN)).close()
    return folder


def open_desk(folder: Path, day_start: int, clock: Clock) -> Desk:
    chosen = Settings(day_start=day_start, new_per_day=4, reviews_per_day=4, learning_steps=(10.0,))
    scheduler = scheduler_of(chosen)
    library = Library([folder / "days.md"], folder / "cache")
    return Desk(chosen, library, Journal.open(folder / "journal.db", scheduler), scheduler, clock=clock)


class Year(RuleBasedStateMachine):
    """Two programs share a journal and a clock; `ms` is the true time, `wrong` by how much the clock is off."""

    @initialize(day_start=st.sampled_from([0, 240, 720, 1439]), zone=st.sampled_from(ZONES))
    def begin(self, day_start: int, zone: str) -> None:
        self.holder = tempfile.TemporaryDirectory()
        self.folder = Path(shutil.copytree(template(day_start), Path(self.holder.name) / "home"))
        self.ms, self.zone, self.wrong, self.day_start = BEGIN, zone, 0, day_start
        self.clock = Clock()
        self.turn()
        self.desks = [open_desk(self.folder, day_start, self.clock) for _ in range(2)]
        self.sessions: dict[int, Session] = {}
        #: Days on which a card was asked as a review, by card; set anew where the learner asked for it again.
        self.asked: dict[str, set[int]] = defaultdict(set)

    def teardown(self) -> None:
        if not hasattr(self, "desks"):
            return
        for desk in self.desks:
            desk.close()
        assert (
            examine(
                self.folder / "journal.db", scheduler_of(Settings(day_start=self.day_start, learning_steps=(10.0,)))
            ).problems
            == ()
        )
        self.holder.cleanup()

    def turn(self) -> None:
        """The clock shows what a clock in the zone shows, and by how much it is wrong."""
        self.clock.ms = self.ms + self.wrong
        offset = datetime.fromtimestamp(self.clock.ms / 1000, ZoneInfo(self.zone)).utcoffset()
        assert offset is not None
        self.clock.offset = int(offset.total_seconds()) // 60

    @property
    def day(self) -> int:
        return self.desks[0].day.today

    # -- what happens ---

    @rule(minutes=st.one_of(st.integers(1, 40), st.integers(0, 72).map(lambda hours: hours * 60)))
    def time_goes_by(self, minutes: int) -> None:
        self.ms += minutes * 60_000
        self.turn()

    @rule(days=st.integers(3, 60))
    def a_pause(self, days: int) -> None:
        self.ms += days * DAY_MS
        self.turn()

    @rule(turn=st.sampled_from(TURNS), minutes=st.integers(0, 2 * 24 * 60))
    def the_clocks_are_about_to_change(self, turn: int, minutes: int) -> None:
        if turn > self.ms:
            self.ms = turn + minutes * 60_000
            self.turn()

    @rule(zone=st.sampled_from(ZONES), hours=st.integers(0, 20))
    def a_flight(self, zone: str, hours: int) -> None:
        self.zone, self.ms = zone, self.ms + hours * 3_600_000
        self.turn()

    @rule(program=st.integers(0, 1), hours=st.integers(0, 30))
    def across_the_date_line_and_back_with_cards_in_relearning(self, program: int, hours: int) -> None:
        """A day comes twice, and what was forgotten on it is learnt again the day before."""
        for zone, rating, minutes in (
            ("Pacific/Kiritimati", Rating.AGAIN, 15),
            ("Pacific/Pago_Pago", Rating.GOOD, 60 * hours),
            ("Pacific/Kiritimati", Rating.GOOD, 0),
        ):
            self.a_flight(zone, 0)
            self.a_sitting(program, [rating] * 6, fresh=True)
            self.time_goes_by(minutes)

    @rule(days=st.one_of(st.integers(-40, 400), st.just(0)), minutes=st.integers(-300, 300))
    def the_clock_is_set(self, days: int, minutes: int) -> None:
        self.wrong = days * DAY_MS + minutes * 60_000
        self.turn()

    @rule()
    def the_clock_is_put_right(self) -> None:
        self.wrong = 0
        self.turn()

    @rule(
        program=st.integers(0, 1),
        ratings=st.lists(st.sampled_from([*Rating, Rating.EASY, Rating.EASY]), min_size=1, max_size=6),
        fresh=st.booleans(),
    )
    def a_sitting(self, program: int, ratings: list[Rating], fresh: bool) -> None:
        """Begins a sitting, or goes on with one that was left open, maybe for days."""
        desk = self.desks[program]
        if fresh or program not in self.sessions:
            self.sessions[program] = desk.day.session()
            self.sessions[program].begin()
        session = self.sessions[program]
        session.wake()
        for rating in ratings:
            if session.question is None:
                return
            self.answer(desk, session, rating)

    def answer(self, desk: Desk, session: Session, rating: Rating) -> None:
        assert session.question is not None
        card = session.question.card.id
        before = desk._journal.state(card).memory
        session.answer(None)
        assert session.judged is not None
        promised, day = session.judged.options[rating], self.day
        self.ms += 20_000
        self.turn()
        session.notices.clear()
        session.rate(rating)
        if any("another program" in notice for notice in session.notices):
            assert desk._journal.state(card).memory == before
            return
        assert desk._journal.state(card).memory == promised
        if before is not None and before.state is State.REVIEW:
            assert day not in self.asked[card]
            if not self.wrong:  # an answer under a wrong clock was given on another day than it says
                self.asked[card].add(day)

    @rule(program=st.integers(0, 1), verb=st.sampled_from(["undo", "redo"]), times=st.integers(1, 9))
    def undo_or_redo(self, program: int, verb: str, times: int) -> None:
        for _ in range(times):
            if (entry := getattr(self.desks[program].cards, verb)()) is not None:
                self.asked.pop(entry.card, None)  # it may be asked once more

    @rule(
        program=st.integers(0, 1),
        card=st.sampled_from(["days/q0", "days/q1"]),
        action=st.sampled_from([Action.RESET, Action.BURY]),
    )
    def something_is_done_to_a_card(self, program: int, card: str, action: Action) -> None:
        self.desks[program].cards.do(action, card)
        if action is Action.RESET:
            self.asked.pop(card, None)

    @rule(program=st.integers(0, 1), verb=st.sampled_from(["finish", "more"]))
    def the_day_is_finished_or_goes_on(self, program: int, verb: str) -> None:
        getattr(self.desks[program].day, verb)()
        assert self.desks[1 - program].day.overview().finished == (verb == "finish")

    @rule(program=st.integers(0, 1))
    def a_program_is_started_again(self, program: int) -> None:
        self.desks[program].close()
        self.sessions.pop(program, None)
        self.desks[program] = open_desk(self.folder, self.day_start, self.clock)

    # -- what always holds ---

    @invariant()
    def home_says_what_due_prints_and_a_sitting_asks(self) -> None:
        one, other = (desk.day for desk in self.desks)
        overview = one.overview()
        if overview.finished:
            assert overview.all.new + overview.all.due == 0
        assert overview_dict(other.overview()) == overview_dict(overview)
        session = one.session()
        assert session.counts == (overview.all.new, overview.all.learning, overview.all.review)
        session.begin()
        if sum(session.counts):
            assert session.phase is not Phase.DONE

    @invariant()
    def streak_and_answers_follow_the_day_of_the_reviews(self) -> None:
        reviews = [entry for entry, undone in self.desks[0]._journal.entries()
                   if entry.action is Action.REVIEW and not undone]  # fmt: skip
        days, day, streak = {entry.day for entry in reviews}, self.day, 0
        start = day if day in days else day - 1
        while start - streak in days:
            streak += 1
        overview = self.desks[0].day.overview()
        assert overview.streak == streak
        assert overview.answers_today == sum(entry.day == day for entry in reviews)

    @rule(program=st.integers(0, 1))
    def everything_is_asked_in_the_end(self, program: int) -> None:
        """Who studies every day without limits meets every card."""
        desk, seen = self.desks[program], set()
        journal = desk._journal
        longest = max(
            (m.due_day - m.last_day for card in desk.decks.cards_of() if (m := journal.state(card).memory)), default=0
        )
        before = self.ms
        for days in (
            0,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            longest + TRAVEL,
            longest + TRAVEL + 1,
            longest + TRAVEL + 2,
            longest + TRAVEL + 9,
        ):
            self.ms = before + days * DAY_MS
            self.turn()
            due = journal.due(self.clock(), siblings=True)
            seen |= {card.card for card in (*due.learning, *due.review, *due.new)}
        self.ms = before
        self.turn()
        assert seen == set(desk.decks.cards_of())


Year.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestYear = Year.TestCase
