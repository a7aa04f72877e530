"""Whatever a learner does in whatever order, in one program or two: no review is lost or doubled."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from support.world import CHOICE, CLOZE, COMPUTED, DAY, RECALL, TEXT, World, right_for

from studytui.deck.ask import describe_response
from studytui.memory.model import Action, Entry, Rating
from studytui.memory.replay import standing
from studytui.session import Phase


class Sittings(RuleBasedStateMachine):
    """`steps` is what must stand in the journal, oldest first and by what one undo takes: what the verbs gave.

    `undone` is what redo brings back, the next one last.
    """

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.world = World(Path(self.folder.name), RECALL, COMPUTED, CHOICE, TEXT, CLOZE)
        self.desk = self.world.desk()
        self.steps, self.undone = [], []
        self.begin()

    def teardown(self):
        self.desk.close()
        assert self.world.problems() == []
        with self.world.journal() as journal:
            assert journal.rebuild() == 0
        self.folder.cleanup()

    def begin(self):
        self.session = self.desk.day.session()
        self.session.begin()

    @property
    def journal(self):
        return self.desk._journal

    # -- verbs ---

    @precondition(lambda self: self.session.phase is Phase.ASKING)
    @rule(how=st.sampled_from(["right", "nothing", "junk"]), seconds=st.sampled_from([0, 3, 30]))
    def answer(self, how, seconds):
        self.world.clock.tick(seconds)
        question = self.session.question
        self.session.answer({"right": right_for(question), "nothing": None, "junk": "1,234"}[how])
        assert self.session.question is question

    @precondition(lambda self: self.session.phase is Phase.JUDGED)
    @rule(rating=st.sampled_from(Rating))
    def rate(self, rating):
        question, judged = self.session.question, self.session.judged
        stale = self.journal.state(question.card.id).memory != self.session._memory
        self.session.rate(rating)
        if stale:  # the other program came first, and this one says so
            assert "another program" in self.session.notices[-1]
            return
        typed = describe_response(question, judged.response)
        self.did((question.card.id, Action.REVIEW, rating, typed))
        assert self.journal.state(question.card.id).memory == judged.options[rating]

    @rule(verb=st.sampled_from(["suspend", "bury"]))
    def set_aside(self, verb):
        card = getattr(self.session, verb)()
        if card is not None:
            self.did((card, Action(verb), None, ""))

    @rule()
    def undo(self):
        undone = self.session.undo()
        assert (undone is None) == (not self.steps)
        if undone is not None:
            self.undone.append(self.steps.pop())
            assert (undone.card, undone.action, undone.rating, undone.typed) == self.undone[-1][-1]

    @rule()
    def redo(self):
        redone = self.session.redo()
        assert (redone is None) == (not self.undone)
        if redone is not None:
            self.steps.append(self.undone.pop())
            assert (redone.card, redone.action, redone.rating, redone.typed) == self.steps[-1][-1]

    @rule(verb=st.sampled_from(["reset", "set_due"]), days=st.integers(0, 9))
    def reset_or_set_due(self, verb, days):
        if self.session.question is None:
            return
        card = self.session.reset() if verb == "reset" else self.session.set_due(self.desk.day.today + days)
        if card is not None:
            self.did((card, Action.RESET if verb == "reset" else Action.SET_DUE, None, ""))

    @rule(action=st.sampled_from([Action.SUSPEND, Action.BURY, Action.RESET]), count=st.integers(2, 4))
    def something_is_done_to_many(self, action, count):
        """As Browse does it, here or in another program."""
        now = self.world.clock()
        cards = self.desk.decks.cards_of()[:count]
        self.journal.record_together(Entry(card, action, now.ms, now.offset, self.desk.day.today) for card in cards)
        self.did(*((card, action, None, "") for card in cards))

    def did(self, *entries):
        self.steps.append(list(entries))
        self.undone.clear()

    @rule()
    def resume_one(self):
        for card in self.desk.cards.suspended()[:1]:
            self.desk.cards.resume(card.id)
            self.did((card.id, Action.RESUME, None, ""))

    @rule()
    def restart(self):
        self.desk.close()
        self.desk = self.world.desk()
        self.begin()

    @rule(rating=st.sampled_from(Rating))
    def another_program_reviews(self, rating):
        with self.world.desk() as desk:
            session = desk.day.session()
            session.begin()
            if session.question is not None:
                session.answer(None)
                card, typed = session.question.card.id, describe_response(session.question, None)
                session.rate(rating)
                self.did((card, Action.REVIEW, rating, typed))

    @rule(seconds=st.sampled_from([60, 700, DAY, 9 * DAY, -3600]))
    def time_goes_by(self, seconds):
        self.world.clock.tick(seconds)
        self.session.wake()

    @rule()
    def the_file_is_edited(self):
        self.world.deck.write_text(self.world.deck.read_text() + "\nMore words.\n")
        self.desk.decks.refresh()
        self.session.reload()

    # -- what always holds ---

    @invariant()
    def nothing_is_lost_or_doubled(self):
        entries = [entry for step in self.steps for entry in step]
        cards = dict.fromkeys(card for card, *_ in entries)
        stand = [entry for card in cards for entry in standing(self.journal.history(card))]
        found = [(each.card, each.action, each.rating, each.typed) for each in sorted(stand, key=lambda each: each.id)]
        assert found == entries

    @invariant()
    def the_screen_fits_the_phase(self):
        session = self.session
        assert (session.question is None) == (session.phase in {Phase.WAITING, Phase.DONE})
        assert (session.judged is None) == (session.phase is not Phase.JUDGED)
        if session.question is not None:
            assert sum(session.counts) >= 1
        if session.phase is Phase.DONE:
            assert session.counts == (0, 0, 0)
        assert session.tally.reviews >= session.tally.right >= 0


Sittings.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestSittings = Sittings.TestCase
