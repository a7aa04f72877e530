"""What is recorded in one go is taken back in one go; a card made new again; a history that moves to another card."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.world import DAY, RECALL, TEXT, World

from studytui.journal import JournalError
from studytui.memory.model import Action, Entry, Rating
from studytui.memory.replay import NEW

ONE, OTHER = "deck/why-padding", "deck/border"


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path, RECALL, TEXT)
    world.desk().close()  # the journal knows the deck
    return world


def entry(world, card, what):
    moment = world.clock()
    rating = what if isinstance(what, Rating) else None
    action = Action.REVIEW if rating else what
    return Entry(card, action, moment.ms, 0, world.scheduler.day_of(moment), rating=rating)


def answer(world, journal, card, *ratings):
    for rating in ratings:
        journal.record(entry(world, card, rating))
        world.clock.tick(3 * DAY)


def test_all_or_nothing_is_recorded_together(world):
    with world.journal() as journal:
        wrong = Entry(ONE, Action.UNDO, 0, 0, 0, target=99)
        with pytest.raises(JournalError, match="no entry 99"):
            journal.record_together([entry(world, OTHER, Action.SUSPEND), wrong])
        assert not journal.state(OTHER).suspended
        assert journal.history(OTHER) == []


def test_the_history_of_a_card_that_is_gone_moves_to_what_it_has_become(world):
    with world.journal() as journal:
        answer(world, journal, "deck/old", Rating.GOOD, Rating.AGAIN, Rating.GOOD)
        before = journal.state("deck/old").memory
        assert journal.decks.orphans() == ["deck/old"]
        assert journal.move("deck/old", ONE, world.clock()) == 3
        after = journal.state(ONE).memory
        assert (after.reviews, after.lapses, after.last_day) == (before.reviews, before.lapses, before.last_day)
        assert after.stability == before.stability
        assert journal.decks.orphans() == []
        assert journal.today(before.first_day).answers == 1
        assert journal.rebuild() == 0
        journal.undo(world.clock())
        assert journal.state(ONE) == NEW
        assert journal.state("deck/old").memory == before
        journal.redo(world.clock())
        assert journal.state(ONE).memory == after
    assert world.problems() == []


def test_what_both_cards_have_is_put_in_the_order_of_time(world):
    with world.journal() as journal:
        answer(world, journal, "deck/old", Rating.GOOD)
        answer(world, journal, ONE, Rating.EASY)
        answer(world, journal, "deck/old", Rating.AGAIN)
        assert journal.move("deck/old", ONE, world.clock()) == 3
        moved = [each for each in journal.history(ONE) if each.rating][-3:]
        assert [each.rating for each in moved] == [Rating.GOOD, Rating.EASY, Rating.AGAIN]
        assert journal.state(ONE).memory.reviews == 3
    assert world.problems() == []


def test_a_card_without_a_history_cannot_be_moved(world):
    with world.journal() as journal, pytest.raises(JournalError, match="nothing is recorded of deck/old"):
        journal.move("deck/old", ONE, world.clock())


def test_a_rename_that_was_declined_stays_so(world):
    with world.journal() as journal:
        journal.decks.decline("deck/old", ONE)
        journal.decks.decline("deck/old", ONE)
    with world.journal() as journal:
        assert journal.decks.declined() == {("deck/old", ONE)}


cards = st.sampled_from([ONE, OTHER, "deck/old", "deck/older"])
deeds = st.one_of(
    st.tuples(st.just("one"), cards, st.sampled_from([*Rating, Action.SUSPEND, Action.RESET, Action.BURY])),
    st.tuples(st.just("many"), st.lists(cards, min_size=1, max_size=4), st.sampled_from([Action.RESET, Action.RESUME])),
    st.tuples(st.just("move"), cards, cards),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(deeds, max_size=14))
def test_whatever_is_done_and_undone_the_journal_is_sound_and_undo_gives_back_what_was(tmp_path_factory, past):
    world = World(tmp_path_factory.mktemp("world"), RECALL, TEXT)
    with world.journal() as journal:

        def standing():
            return {card: journal.state(card) for card in (ONE, OTHER, "deck/old", "deck/older")}

        for what, *rest in past:
            before = standing()
            match what:
                case "one":
                    journal.record(entry(world, *rest))
                case "many":
                    journal.record_together([entry(world, card, rest[1]) for card in rest[0]])
                case "move":
                    if rest[0] == rest[1] or before[rest[0]] == NEW:
                        continue
                    journal.move(*rest, world.clock())
                case "undo":
                    journal.undo(world.clock())
                case "redo":
                    journal.redo(world.clock())
            world.clock.tick(DAY)
            if what in {"one", "many", "move"}:
                after = standing()
                journal.undo(world.clock())
                assert standing() == before
                journal.redo(world.clock())
                assert standing() == after
        assert journal.rebuild() == 0
    assert world.problems() == []
