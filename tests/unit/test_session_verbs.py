"""What a sitting does beside asking: redo, many in one go, reset, due day, leeches, a finished day, ten more, cram."""

import pytest
from support.world import CHOICE, COMPUTED, DAY, RECALL, TEXT, World, slip_for

from studytui.memory.days import due_day_of
from studytui.memory.model import Action, Entry, Rating, State
from studytui.pages import overview_text
from studytui.session import Phase
from studytui.settings import DeckSettings, Settings

CARD = "deck/why-padding"
NO_STEPS = Settings(learning_steps=(), relearning_steps=(), load_balance=False)


@pytest.fixture
def at_desk(tmp_path):
    """Opens a world of some cards: the world, its desk, and a sitting that was begun."""
    desks = []

    def start(*cards, settings=None):
        world = World(tmp_path, *cards, settings=settings)
        desks.append(world.desk())
        session = desks[-1].day.session()
        session.begin()
        return world, desks[-1], session

    yield start
    for desk in desks:
        desk.close()


def answer(session, rating=Rating.GOOD):
    session.answer(None)
    session.rate(rating)


# -- redo --------------------------------------------------------------------------------------------------------------


def test_redo_brings_the_review_back_and_goes_on_with_the_next_card(at_desk):
    world, desk, session = at_desk(RECALL, TEXT, settings=NO_STEPS)
    answer(session, Rating.EASY)
    after, second = world.state(CARD), session.question.card.id
    session.undo()
    assert session.question.card.id == CARD
    assert session.tally.reviews == 0
    entry = session.redo()
    assert (entry.card, entry.rating) == (CARD, Rating.EASY)
    assert world.state(CARD) == after
    assert session.question.card.id == second
    assert session.tally.reviews == 1
    assert desk.cards.told(entry) == f"easy on {CARD}"


def test_there_is_nothing_to_redo_once_another_card_was_answered(at_desk):
    _, _, session = at_desk(RECALL, TEXT)
    answer(session)
    session.undo()
    answer(session)
    assert session.redo() is None


def test_redo_of_a_suspension_takes_the_card_out_again(at_desk):
    world, _, session = at_desk(RECALL, TEXT)
    session.suspend()
    session.undo()
    assert session.question.card.id == CARD
    session.redo()
    assert session.question.card.id != CARD
    assert world.state(CARD).suspended


# -- many in one go ----------------------------------------------------------------------------------------------------


def suspend_all(world, desk):
    now = world.clock()
    entries = [Entry(card, Action.SUSPEND, now.ms, 0, desk.day.today) for card in desk.decks.cards_of()]
    with world.journal() as journal:
        journal.record_together(entries)


def test_undo_of_many_in_one_go_leaves_the_card_on_the_screen(at_desk):
    world, desk, session = at_desk(RECALL, TEXT)
    suspend_all(world, desk)
    seed = session.question.seed
    entry = session.undo()
    assert desk.cards.told(entry) == "suspend on deck/border and 1 more, recorded in one go"
    assert (session.question.card.id, session.question.seed) == (CARD, seed)
    assert session.counts == (2, 0, 0)
    answer(session)
    assert session.notices == []


def test_redo_of_many_in_one_go_takes_them_all_out(at_desk):
    world, desk, session = at_desk(RECALL, TEXT)
    suspend_all(world, desk)
    session.undo()
    session.redo()
    assert session.phase is Phase.DONE
    assert len(desk.cards.suspended()) == 2


# -- reset and due day -------------------------------------------------------------------------------------------------


def test_a_card_that_is_reset_leaves_the_sitting_and_is_new_in_the_next(at_desk):
    world, desk, session = at_desk(RECALL, settings=NO_STEPS)
    answer(session, Rating.AGAIN)
    world.clock.tick(2 * DAY)
    session = desk.day.session()
    session.begin()
    assert session.reset() == CARD
    assert session.phase is Phase.DONE
    assert desk.day.overview().all.new == 1
    assert len(world.history(CARD)) == 2


def test_a_new_card_can_be_neither_reset_nor_given_a_day_and_says_so(at_desk):
    world, desk, session = at_desk(RECALL)
    assert session.reset() is None
    assert session.set_due(desk.day.today + 3) is None
    assert session.notices == [f"{CARD}: it is new already", f"{CARD}: it is new, and comes with the new cards"]
    assert session.question.card.id == CARD
    assert world.history(CARD) == []


@pytest.mark.parametrize(("days", "left"), [(3, 0), (0, 1)])
def test_a_card_comes_on_the_day_that_was_set(at_desk, days, left):
    world, desk, session = at_desk(RECALL)
    answer(session, Rating.AGAIN)
    world.clock.tick(90)
    session.wake()
    assert session.set_due(desk.day.today + days) == CARD
    assert sum(session.counts) == left
    memory = world.state(CARD).memory
    assert (memory.state, memory.due_day) == (State.REVIEW, desk.day.today + days)
    world.clock.tick(days * DAY)
    assert desk.day.overview().all.review == 1


@pytest.mark.parametrize(
    ("text", "day"), [("0", 20_000), (" 3 ", 20_003), ("2024-10-04", 20_000), ("2024-10-05", 20_001)]
)
def test_a_day_is_named_by_its_distance_or_its_date(text, day):
    assert due_day_of(text, 20_000) == day


@pytest.mark.parametrize("text", ["", "-1", "tomorrow", "2024-10-03", "9999-12-31", "123456", "٣", "3.5"])
def test_what_names_no_day_to_come_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="day"):
        due_day_of(text, 20_000)


# -- leeches -----------------------------------------------------------------------------------------------------------


def lapse(world, desk, times, respond=lambda _: None):
    """Forgets the one card so often; the notices by how often it was forgotten."""
    told = {}
    for count in range(1, times + 1):
        session = desk.day.session()
        session.begin()
        session.answer(respond(session.question))
        session.rate(Rating.AGAIN)
        told[count] = list(session.notices)
        world.clock.tick(3 * DAY)
    return {count: notices for count, notices in told.items() if notices}


def test_a_card_forgotten_so_often_is_told_as_a_leech_with_its_slips_and_again_after_half_as_often(at_desk):
    world, desk, session = at_desk(COMPUTED, settings=Settings(learning_steps=(), relearning_steps=(), leech_lapses=4))
    answer(session, Rating.EASY)
    world.clock.tick(100 * DAY)
    told = lapse(world, desk, 8, slip_for)
    assert list(told) == [4, 6, 8]
    (notice,) = told[4]
    assert notice.startswith("deck/output-size is a leech: forgotten 4 times; ")
    assert "×" in notice


def test_a_leech_is_marked_and_listed_until_it_is_reset(at_desk):
    world, desk, session = at_desk(RECALL, settings=Settings(learning_steps=(), relearning_steps=(), leech_lapses=3))
    answer(session, Rating.EASY)
    world.clock.tick(100 * DAY)
    assert desk.cards.leeches() == []
    lapse(world, desk, 3)
    session = desk.day.session()
    session.begin()
    assert session.leech
    (leech,) = desk.cards.leeches()
    assert (leech.id, leech.lapses, leech.suspended) == (CARD, 3, False)
    desk.cards.do(Action.SUSPEND, CARD)
    assert desk.cards.leeches()[0].suspended
    desk.cards.do(Action.RESET, CARD)
    assert desk.cards.leeches() == []


# -- the day -----------------------------------------------------------------------------------------------------------


def test_a_finished_day_ends_the_sitting_and_tomorrow_all_is_there(at_desk):
    world, desk, session = at_desk(RECALL, TEXT)
    answer(session, Rating.AGAIN)
    desk.day.finish()
    session.finish()
    assert session.phase is Phase.DONE
    assert (desk.day.overview().finished, desk.day.overview().all.due) == (True, 0)
    assert "today, which is finished" in overview_text(desk.day.overview())
    world.clock.tick(DAY)
    assert (desk.day.overview().finished, desk.day.overview().all.learning, desk.day.overview().all.new) == (
        False,
        1,
        1,
    )


def test_ten_more_are_reviews_first_and_take_a_finished_day_up_again(at_desk):
    limits = Settings(new_per_day=1, reviews_per_day=1, learning_steps=())
    world, desk, session = at_desk(RECALL, TEXT, CHOICE, COMPUTED, settings=limits)
    for _ in range(2):
        answer(session, Rating.AGAIN)
        desk.day.more(count=1)
        session = desk.day.session()
        session.begin()
    world.clock.tick(DAY * 5)
    desk.day.finish()
    assert desk.day.more(count=2) == 4
    overview = desk.day.overview()
    assert (overview.finished, overview.all.review, overview.all.new) == (False, 2, 2)
    assert desk.day.more() == 4


def test_a_deck_keeps_to_its_own_limits(at_desk):
    _, desk, session = at_desk(RECALL, TEXT, CHOICE, settings=Settings(deck=(DeckSettings("deck", new_per_day=2),)))
    assert session.counts == (2, 0, 0)
    assert desk.day.overview().decks[0].counts.new == 2


@pytest.mark.parametrize(("new_cards", "first"), [("first", CARD), ("last", "deck/border")])
def test_new_cards_stand_where_the_settings_have_them(at_desk, new_cards, first):
    world, desk, session = at_desk(TEXT, settings=Settings(learning_steps=(), new_cards=new_cards))
    answer(session, Rating.GOOD)
    world.deck.write_text("# A deck\n" + TEXT + RECALL)
    desk.decks.refresh()
    world.clock.tick(30 * DAY)
    session = desk.day.session()
    session.begin()
    assert session.question.card.id == first


# -- cram --------------------------------------------------------------------------------------------------------------


def test_cramming_asks_any_cards_and_records_nothing(at_desk):
    world, desk, session = at_desk(RECALL, TEXT, CHOICE)
    answer(session, Rating.EASY)
    desk.cards.do(Action.SUSPEND, "deck/border")
    before = [world.state(card) for card in desk.decks.cards_of()]
    cram = desk.cramming.session(desk.decks.cards_of())
    cram.begin()
    asked = []
    while cram.phase is Phase.ASKING:
        asked.append(cram.question.card.id)
        cram.answer(None)
        assert set(cram.judged.intervals.values()) == {"again", "done"}
        cram.rate(Rating.AGAIN if len(asked) == 1 else Rating.GOOD)
    assert asked == ["deck/why-padding", "deck/border", "deck/mover", "deck/why-padding"]
    assert [world.state(card) for card in desk.decks.cards_of()] == before
    assert (cram.tally.reviews, cram.tally.right) == (4, 3)
    assert desk.day.overview().answers_today == 1


def test_while_one_crams_undo_and_redo_stay_within_the_session(at_desk):
    world, desk, session = at_desk(RECALL, TEXT)
    answer(session, Rating.EASY)
    cram = desk.cramming.session(desk.decks.cards_of())
    cram.begin()
    assert cram.undo() is None
    seed = cram.question.seed
    answer(cram)
    assert cram.undo().card == CARD
    assert (cram.question.card.id, cram.question.seed) == (CARD, seed)
    assert cram.redo().card == CARD
    assert cram.question.card.id == "deck/border"
    assert cram.redo() is None
    assert len(world.history(CARD)) == 1


@pytest.mark.parametrize("verb", ["suspend", "bury", "reset"])
def test_while_one_crams_no_verb_changes_a_schedule(at_desk, verb):
    world, desk, _ = at_desk(RECALL)
    cram = desk.cramming.session([CARD])
    cram.begin()
    assert getattr(cram, verb)() is None
    assert "no schedule changes" in cram.notices[0]
    assert cram.question.card.id == CARD
    assert world.history(CARD) == []


def test_a_card_that_no_deck_holds_is_passed_over_while_one_crams(at_desk):
    _, desk, _ = at_desk(RECALL)
    cram = desk.cramming.session(["deck/gone", CARD])
    cram.begin()
    assert cram.question.card.id == CARD
