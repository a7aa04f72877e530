"""A sitting as a state machine: undo, and cards that are suspended or buried."""

import pytest
from support.sittings import Failing, give
from support.world import CHOICE, COMPUTED, DAY, RECALL, TEXT

from studytui.journal import JournalError
from studytui.memory.model import Action, Rating
from studytui.session import Phase
from studytui.settings import Settings

ALL = (RECALL, COMPUTED, CHOICE, TEXT)
NO_STEPS = Settings(learning_steps=(), relearning_steps=())


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
    start.desk.cards.resume(suspended)
    assert start.again().counts == (2, 0, 0)


def test_the_suspended_cards_are_listed_with_their_headings_until_they_are_resumed(start):
    session = start(*ALL)
    ids = [session.suspend(), session.suspend()]
    listed = start.desk.cards.suspended()
    assert sorted(card.id for card in listed) == sorted(ids)
    assert "What does padding buy you?" in [card.heading for card in listed]
    start.desk.cards.resume(ids[0])
    assert [card.id for card in start.desk.cards.suspended()] == ids[1:]
    session = start.again()
    assert session.undo().action is Action.RESUME
    assert len(start.desk.cards.suspended()) == 2
    assert session.question.card.id not in ids


def test_an_error_while_setting_aside_keeps_the_card_on_the_screen(start):
    session = start(RECALL)
    session._reviews = failing = Failing(session._reviews)
    failing.verbs = {"record"}
    question = session.question
    with pytest.raises(JournalError):
        session.suspend()
    assert session.question is question
