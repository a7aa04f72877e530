"""A sitting as a state machine: what each verb does to the card on screen, to the queue and to the journal."""

from fractions import Fraction

import pytest
from support.sittings import Failing, give
from support.world import COMPUTED, DAY, MINUTE, RECALL, START_MS, TEXT, right_for, slip_for

from studytui.answer.verdict import Outcome
from studytui.journal import JournalError
from studytui.memory.model import Action, Rating, State
from studytui.memory.schedule import describe_interval
from studytui.session import Phase
from studytui.settings import Settings

NO_STEPS = Settings(learning_steps=(), relearning_steps=())


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
    failing.verbs = {"record_review"}
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


def test_the_tally_counts_what_this_sitting_recorded(start):
    session = start(RECALL, TEXT, settings=NO_STEPS)
    for rating in (Rating.GOOD, Rating.AGAIN):
        start.clock.tick(8)
        give(session)
        session.rate(rating)
    assert (session.tally.reviews, session.tally.right, session.tally.milliseconds) == (2, 1, 16_000)


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
