"""A sitting as a state machine: what each verb does to the card on screen, to the queue and to the journal."""

from fractions import Fraction

import pytest
from support.world import CHOICE, COMPUTED, DAY, MINUTE, RECALL, START_MS, TEXT, Clock, World, right_for, slip_for

from reference_impl.compare import Opinion
from studytui.answer.verdict import Outcome
from studytui.deck.blocks import plain
from studytui.journal import JournalError
from studytui.memory.model import Action, Rating, State
from studytui.memory.queue import Due, DueCard, Queue
from studytui.memory.schedule import describe_interval
from studytui.session import Phase, Session
from studytui.settings import Settings

ALL = (RECALL, COMPUTED, CHOICE, TEXT)
NO_STEPS = Settings(learning_steps=(), relearning_steps=())


@pytest.fixture
def start(tmp_path):
    """Opens a desk over some cards; `start.again()` is a new sitting, as after a restart."""
    with Starter(tmp_path) as starter:
        yield starter


class Starter:
    def __init__(self, folder):
        self.folder = folder
        self._open = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for desk in self._open:
            desk.close()

    def __call__(self, *cards, settings=None):
        self.world = World(self.folder, *cards, settings=settings)
        return self.again()

    def again(self):
        self.desk = self.world.desk()
        self._open.append(self.desk)
        session = self.desk.session()
        session.begin()
        return session

    @property
    def clock(self):
        return self.world.clock


def give(session, outcome="right"):
    """Answers the question on screen."""
    question = session.question
    session.answer({"right": right_for, "slip": slip_for, "nothing": lambda _: None}[outcome](question))
    return question


# -- answering -------------------------------------------------------------------------------------------------------


def test_a_sitting_begins_with_a_question_alone(start):
    session = start(RECALL)
    assert session.phase is Phase.ASKING
    assert session.question.card.id == "deck/why-padding"
    assert session.judged is None
    assert session.counts == (1, 0, 0)


def test_a_sitting_over_nothing_is_done_at_once(start):
    session = start(RECALL, settings=Settings(new_per_day=0))
    assert session.phase is Phase.DONE
    assert session.question is None


def test_what_cannot_be_read_changes_nothing_but_says_so(start):
    session = start(COMPUTED)
    question = session.question
    for typed in ("", "1,234", "0x10", "nan", "x = 3", "[bold red]x[/]", "\x1b[31m5"):
        session.answer(typed)
        assert session.phase is Phase.ASKING
        assert session.question is question
        assert session.unread.outcome is Outcome.UNREADABLE
        assert session.unread.message
    assert start.world.history(question.card.id) == []
    give(session)
    assert session.unread is None


def test_show_me_counts_as_wrong_where_the_machine_grades(start):
    session = start(COMPUTED)
    session.answer(None)
    assert session.judged.verdict.outcome is Outcome.WRONG
    assert session.judged.suggested is Rating.AGAIN


def test_show_me_is_how_a_recall_card_is_answered(start):
    session = start(RECALL)
    session.answer(None)
    assert session.judged.verdict is None
    assert session.judged.suggested is Rating.GOOD


@pytest.mark.parametrize(
    ("outcome", "seconds", "suggested"),
    [("right", 4, Rating.EASY), ("right", 5, Rating.GOOD), ("slip", 1, Rating.AGAIN), ("nothing", 1, Rating.AGAIN)],
)
def test_the_suggested_rating_follows_from_the_outcome_and_the_time(start, outcome, seconds, suggested):
    session = start(COMPUTED)
    start.clock.tick(seconds)
    give(session, outcome)
    assert session.judged.suggested is suggested


def test_close_suggests_hard(start):
    session = start(TEXT)
    session.answer("paddding")
    assert session.judged.verdict.outcome is Outcome.CLOSE
    assert session.judged.suggested is Rating.HARD


def test_a_clock_that_was_set_back_does_not_make_an_answer_quick(start):
    session = start(COMPUTED)
    start.clock.tick(-3600)
    give(session)
    assert session.judged.suggested is Rating.GOOD
    session.rate(Rating.GOOD)
    assert start.world.history("deck/output-size")[0].duration_ms == 0


def test_a_slip_is_named_with_the_sentence_that_corrects_it(start):
    session = start(COMPUTED)
    question = give(session, "slip")
    verdict = session.judged.verdict
    assert verdict.outcome is Outcome.SLIP
    assert question.variant.slips[0].name in [slip.name for slip in verdict.slips]
    assert question.variant.slips[0].sentence in verdict.message


def test_verbs_that_do_not_fit_the_phase_do_nothing(start):
    session = start(RECALL)
    session.rate(Rating.GOOD)
    session.wake()
    assert session.phase is Phase.ASKING
    give(session)
    judged = session.judged
    session.answer("again")
    assert session.judged is judged
    session.rate(Rating.EASY)
    assert session.phase is Phase.DONE
    for verb in (session.suspend, session.bury, session.reload, lambda: session.answer("x")):
        assert verb() is None
    assert session.phase is Phase.DONE


# -- rating ----------------------------------------------------------------------------------------------------------


def test_a_review_is_recorded_whole(start):
    session = start(COMPUTED)
    start.clock.tick(7)
    question = give(session, "slip")
    start.clock.tick(60)
    session.rate(Rating.HARD)
    (entry,) = start.world.history("deck/output-size")
    assert entry.action is Action.REVIEW
    assert entry.rating is Rating.HARD
    assert entry.verdict == "slip"
    assert entry.typed == slip_for(question)
    assert entry.seed == question.seed
    assert question.variant.slips[0].name in entry.slip
    assert '"kernel_size": ' in entry.givens
    assert entry.time_ms == START_MS + 7_000
    assert entry.duration_ms == 7_000


def test_what_was_typed_is_recorded_without_control_characters(start):
    session = start(TEXT)
    session.answer("\x1b[31mbo\trder\u202e")
    session.rate(Rating.AGAIN)
    assert start.world.history("deck/border")[0].typed == "[31mbo rder"


def test_a_text_without_end_is_unreadable(start):
    session = start(TEXT)
    session.answer("x" * 2000)
    assert session.unread is not None


@pytest.mark.parametrize("rating", list(Rating))
@pytest.mark.parametrize("settings", [Settings(), NO_STEPS])
def test_the_interval_on_the_key_is_the_one_that_the_journal_then_holds(start, rating, settings):
    session = start(COMPUTED, settings=settings)
    for _ in range(4):  # new, in learning, in review, perhaps in relearning
        start.clock.tick(3)
        give(session)
        key, moment = session.judged.intervals[rating], session.judged.moment
        start.clock.tick(90)  # the learner thinks about the rating; the interval holds from the answer
        session.rate(rating)
        memory = start.world.state("deck/output-size").memory
        assert describe_interval(memory, moment) == key
        assert memory == start.again()._reviews.state("deck/output-size").memory
        start.clock.tick(
            (memory.due_ms - start.clock.ms) / 1000 if memory.due_ms else (memory.due_day - memory.last_day) * DAY
        )
        session = start.again()
        assert session.phase is Phase.ASKING


def test_a_learning_card_comes_back_within_the_sitting(start):
    session = start(RECALL)
    session.answer(None)
    session.rate(Rating.AGAIN)
    assert session.phase is Phase.ASKING  # nothing else is left, so it comes before its minute is over
    assert session.counts == (0, 1, 0)
    session.answer(None)
    session.rate(Rating.GOOD)
    session.answer(None)
    session.rate(Rating.GOOD)
    assert session.phase is Phase.DONE


def test_a_card_that_has_to_wait_longer_is_waited_for(start):
    session = start(RECALL, settings=Settings(learning_steps=(60.0,)))
    session.answer(None)
    session.rate(Rating.AGAIN)
    assert session.phase is Phase.WAITING
    assert session.next_due_ms == START_MS + 3_600_000
    start.clock.tick(30 * MINUTE)
    session.wake()
    assert session.phase is Phase.WAITING
    start.clock.tick(30 * MINUTE)
    session.wake()
    assert session.phase is Phase.ASKING


def test_an_error_of_the_journal_leaves_the_card_judged_so_that_the_key_can_be_pressed_again(start):
    session = start(RECALL, TEXT)
    failing = Failing(session._reviews)
    session._reviews = failing
    question = give(session)
    failing.verbs = {"record"}
    for _ in range(2):
        with pytest.raises(JournalError):
            session.rate(Rating.GOOD)
        assert session.phase is Phase.JUDGED
        assert session.question is question
        assert session.tally.reviews == 0
    failing.verbs = set()
    session.rate(Rating.GOOD)
    assert len(start.world.history(question.card.id)) == 1
    assert session.question is not question


def test_a_journal_that_cannot_be_read_for_the_next_card_leaves_a_sitting_that_can_be_woken(start):
    session = start(RECALL, TEXT)
    session._reviews = failing = Failing(session._reviews)
    question = give(session)
    failing.verbs, failing.but = {"state"}, question.card.id
    with pytest.raises(JournalError):
        session.rate(Rating.EASY)
    assert session.phase is Phase.WAITING
    assert len(start.world.history(question.card.id)) == 1
    failing.verbs = set()
    session.wake()
    assert session.question.card.id != question.card.id


class Failing:
    """A journal of which some methods fail, but not for one card."""

    def __init__(self, journal):
        self.journal, self.verbs, self.but = journal, set(), ""

    def __getattr__(self, name):
        def verb(*arguments):
            if name in self.verbs and self.but not in arguments:
                raise JournalError("the disk is full")
            return getattr(self.journal, name)(*arguments)

        return verb


def test_the_tally_counts_what_this_sitting_recorded(start):
    session = start(RECALL, TEXT, settings=NO_STEPS)
    for rating in (Rating.GOOD, Rating.AGAIN):
        start.clock.tick(8)
        give(session)
        session.rate(rating)
    assert (session.tally.reviews, session.tally.right, session.tally.milliseconds) == (2, 1, 16_000)


# -- undo ------------------------------------------------------------------------------------------------------------


def test_undo_takes_back_every_step_across_restarts_until_nothing_is_left(start):
    session = start(*ALL)
    before = {}
    for rating in (Rating.GOOD, Rating.AGAIN, Rating.EASY):
        start.clock.tick()
        card = give(session).card.id
        before[card] = start.world.state(card)
        session.rate(rating)
    card = session.suspend()
    assert start.world.state(card).suspended
    session = start.again()
    undone = []
    while (entry := session.undo()) is not None:
        undone.append((entry.card, entry.action))
        assert session.question.card.id == entry.card
        assert session.phase is Phase.ASKING
    assert undone == [(card, Action.SUSPEND), *((each, Action.REVIEW) for each in reversed(before))]
    assert {each: start.world.state(each) for each in before} == before
    assert session.counts == (4, 0, 0)
    assert start.world.problems() == []


def test_undo_of_an_earlier_sitting_does_not_count_into_this_one(start):
    session = start(RECALL, settings=NO_STEPS)
    give(session)
    session.rate(Rating.GOOD)
    session = start.again()
    session.undo()
    assert (session.tally.reviews, session.tally.right, session.tally.milliseconds) == (0, 0, 0)


def test_undo_within_the_sitting_is_taken_off_the_tally_once(start):
    session = start(RECALL, settings=NO_STEPS)
    start.clock.tick(8)
    give(session)
    session.rate(Rating.GOOD)
    session.undo()
    assert (session.tally.reviews, session.tally.right, session.tally.milliseconds) == (0, 0, 0)
    give(session)
    session.rate(Rating.GOOD)
    assert session.tally.reviews == 1


def test_undo_shows_the_same_variant_again_and_a_quick_answer_to_it_is_not_easy(start):
    session = start(COMPUTED, TEXT)
    question = give(session)
    session.rate(session.judged.suggested)
    start.clock.tick(1)
    session.undo()
    assert session.question.card.id == question.card.id
    assert session.question.variant.givens == question.variant.givens
    give(session)
    assert session.judged.suggested is Rating.GOOD


def test_undo_with_an_answer_on_the_screen_puts_that_card_back_in_its_turn(start):
    session = start(RECALL, TEXT)
    first = give(session).card.id
    session.rate(Rating.EASY)
    second = give(session).card.id
    session.undo()
    assert session.question.card.id == first
    give(session)
    session.rate(Rating.EASY)
    assert session.question.card.id == second
    assert session.counts == (1, 0, 0)


def test_undo_with_nothing_recorded_changes_nothing(start):
    session = start(RECALL)
    question = session.question
    assert session.undo() is None
    assert session.question is question


def test_undo_after_the_last_card_goes_on_with_the_sitting(start):
    session = start(RECALL, settings=NO_STEPS)
    give(session)
    session.rate(Rating.GOOD)
    assert session.phase is Phase.DONE
    session.undo()
    assert session.phase is Phase.ASKING


def test_undo_of_a_card_that_is_in_no_deck_any_more_takes_it_back_all_the_same(start):
    session = start(RECALL, TEXT)
    card = give(session).card.id
    session.rate(Rating.EASY)
    start.world.deck.write_text("# A deck\n" + TEXT)
    session = start.again()
    assert session.undo().card == card
    assert start.world.state(card).memory is None
    assert session.question.card.id == "deck/border"


# -- suspend and bury --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("judged", [False, True])
@pytest.mark.parametrize("verb", ["suspend", "bury"])
def test_a_card_set_aside_leaves_the_sitting_and_the_next(start, verb, judged):
    session = start(RECALL, TEXT)
    card = session.question.card.id
    if judged:
        give(session)
    assert getattr(session, verb)() == card
    assert session.question.card.id != card
    assert session.counts == (1, 0, 0)
    assert start.again().question.card.id != card


def test_a_buried_card_comes_back_the_next_day_and_a_suspended_one_when_it_is_resumed(start):
    session = start(RECALL, TEXT)
    buried, suspended = session.bury(), session.suspend()
    start.clock.tick(DAY)
    assert start.again().counts == (1, 0, 0)
    assert start.again().question.card.id == buried
    start.desk.resume(suspended)
    assert start.again().counts == (2, 0, 0)


def test_the_suspended_cards_are_listed_with_their_headings_until_they_are_resumed(start):
    session = start(*ALL)
    ids = [session.suspend(), session.suspend()]
    listed = start.desk.suspended()
    assert sorted(card.id for card in listed) == sorted(ids)
    assert "What does padding buy you?" in [card.heading for card in listed]
    start.desk.resume(ids[0])
    assert [card.id for card in start.desk.suspended()] == ids[1:]
    session = start.again()
    assert session.undo().action is Action.RESUME
    assert len(start.desk.suspended()) == 2
    assert session.question.card.id not in ids


def test_an_error_while_setting_aside_keeps_the_card_on_the_screen(start):
    session = start(RECALL)
    session._reviews = failing = Failing(session._reviews)
    failing.verbs = {"record"}
    question = session.question
    with pytest.raises(JournalError):
        session.suspend()
    assert session.question is question


# -- proof -----------------------------------------------------------------------------------------------------------


def lying(monkeypatch, card="output"):
    from studytui import session as module

    honest = module.prove

    def prove(call):
        if card not in call.reference:
            return honest(call)
        return (Opinion("brute force", 7, agrees=False),)

    monkeypatch.setattr(module, "prove", prove)


def test_a_card_that_a_brute_force_witness_contradicts_is_withdrawn_before_it_is_asked(start, monkeypatch):
    lying(monkeypatch)
    session = start(COMPUTED, RECALL)
    assert session.question.card.id == "deck/why-padding"
    assert session.counts == (1, 0, 0)
    assert session.withdrawn == {"deck/output-size": "the witness “brute force” disagrees (7)"}
    assert session.notices == ["deck/output-size is withdrawn: the witness “brute force” disagrees (7)"]
    assert start.world.history("deck/output-size") == []


@pytest.mark.parametrize("judged", [False, True])
def test_a_card_that_the_referee_contradicts_is_withdrawn_from_the_screen(start, judged):
    session = start(COMPUTED, RECALL)
    question = session.question
    if judged:
        give(session)
    assert not session.testify(question, {0: [Opinion("PyTorch", 3, agrees=True)]})
    assert session.testify(question, {0: [Opinion("PyTorch", 5, agrees=False)]})
    assert session.question.card.id == "deck/why-padding"
    assert "deck/output-size" in session.withdrawn
    assert start.world.history("deck/output-size") == []


def test_a_contradiction_that_comes_after_the_rating_withdraws_the_card_from_the_rest_of_the_sitting(start):
    session = start(COMPUTED, RECALL)
    question = give(session, "nothing")
    session.rate(Rating.AGAIN)
    shown = session.question
    assert session.testify(question, {0: [Opinion("PyTorch", 5, agrees=False)]})
    assert session.question is shown
    assert "undo takes its last review back" in session.notices[0]
    give(session)
    session.rate(Rating.EASY)
    assert session.phase is Phase.DONE


def test_a_contradiction_of_an_earlier_variant_withdraws_the_card_that_is_on_screen_again(start):
    session = start(COMPUTED)
    question = give(session, "nothing")
    session.rate(Rating.AGAIN)
    assert session.question.card.id == question.card.id
    assert session.testify(question, {0: [Opinion("PyTorch", 5, agrees=False)]})
    assert session.phase is Phase.DONE


def test_witnesses_that_cannot_speak_withdraw_nothing(start):
    session = start(COMPUTED)
    assert not session.testify(session.question, {0: [Opinion("PyTorch", None, None, "PyTorch is not installed")]})
    assert session.phase is Phase.ASKING
    assert [opinion.name for opinion in session.opinions[0]] == ["brute force", "PyTorch"]


def test_a_card_that_cannot_be_asked_is_withdrawn_with_its_place_and_hides_no_other(start):
    session = start(COMPUTED.replace('"7..64"', "[1]").replace('"1..3"', "[0]"), RECALL)
    assert session.question.card.id == "deck/why-padding"
    assert "deck.md:" in session.withdrawn["deck/output-size"]


# -- meanwhile -------------------------------------------------------------------------------------------------------


def test_a_card_that_another_program_answered_before_its_turn_is_not_asked(start):
    session = start(RECALL, TEXT)
    other = start.again()
    for _ in range(2):
        give(other)
        other.rate(Rating.EASY)
    session.suspend()
    assert session.phase is Phase.DONE


def test_an_answer_to_a_card_that_another_program_answered_meanwhile_is_not_counted_twice(start):
    session = start(RECALL, TEXT)
    card = give(session).card.id
    other = start.again()
    give(other)
    other.rate(Rating.EASY)
    held = start.world.state(card)
    session.rate(Rating.GOOD)
    assert start.world.state(card) == held
    assert session.tally.reviews == 0
    assert session.question.card.id != card
    assert session.notices == [f"{card} was answered in another program meanwhile; that answer counts"]


def test_a_card_that_another_program_suspended_is_not_asked(start):
    session = start(RECALL, TEXT)
    other = start.again()
    give(other)
    other.rate(Rating.EASY)
    gone = other.suspend()
    give(session)
    session.rate(Rating.EASY)
    assert session.phase is Phase.DONE
    assert start.world.history(gone)[-1].action is Action.SUSPEND


def test_an_edited_card_is_asked_again_as_it_now_stands_with_its_numbers_and_its_memory(start):
    session = start(COMPUTED)
    give(session, "nothing")
    session.rate(Rating.AGAIN)
    memory = start.world.state("deck/output-size").memory
    givens = session.question.variant.givens
    give(session)
    text = start.world.deck.read_text()
    start.world.deck.write_text(text.replace("How wide is the output?", "What is the output's width?"))
    start.desk.refresh()
    start.clock.tick(30)
    session.reload()
    assert session.phase is Phase.ASKING
    assert plain(session.question.prompt).startswith("What is the output's width?")
    assert session.question.variant.givens == givens
    assert session.counts == (0, 1, 0)
    assert start.world.state("deck/output-size").memory == memory


def test_a_card_that_the_edit_removed_gives_way_to_the_next(start):
    session = start(RECALL, TEXT)
    start.world.deck.write_text("# A deck\n" + TEXT)
    start.desk.refresh()
    session.reload()
    assert session.question.card.id == "deck/border"
    assert session.counts == (1, 0, 0)


def test_cards_that_no_deck_holds_are_passed_over():
    clock = Clock()
    due = Due(0, START_MS + DAY * 1000, new=(DueCard("deck/gone"),))
    session = Session(NoReviews(), lambda _: None, Queue(due), None, clock)
    assert session.phase is Phase.DONE


class NoReviews:
    def state(self, card):
        raise AssertionError("nothing was begun")


def test_learning_cards_survive_the_end_of_a_sitting(start):
    session = start(RECALL)
    give(session)
    session.rate(Rating.AGAIN)
    session = start.again()
    assert session.counts == (0, 1, 0)
    assert start.world.state("deck/why-padding").memory.state is State.LEARNING


def test_a_choice_is_scored_in_parts(start):
    session = start(
        "\n## Which? {#which}\n\n- [x] a\n- [x] b\n- [ ] c\n- [ ] d\n\nBecause.\n",
    )
    right = right_for(session.question)
    session.answer(right - {min(right)})
    assert session.judged.verdict.score == Fraction(3, 4)
    session.rate(Rating.AGAIN)
    assert start.world.history("deck/which")[0].typed in {"1", "2"}
