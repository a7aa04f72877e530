"""The keys for a day and for a card's place in it: redo, reset, due day, finish, ten more, leeches, cram."""

import pytest
from support.screens import NARROW, opened
from support.world import CHOICE, DAY, RECALL, TEXT, World

from studytui.memory.model import Action, Rating, State
from studytui.settings import Settings
from studytui.tui.screens.leeches import LeechesScreen
from studytui.tui.screens.study import StudyScreen

CARD = "deck/why-padding"
NO_STEPS = Settings(learning_steps=(), relearning_steps=(), leech_lapses=3)


@pytest.fixture
def world(tmp_path):
    def make(*cards, settings=NO_STEPS):
        return World(tmp_path, *cards, settings=settings)

    return make


def forgotten(world, times):
    """The one card, learnt and then forgotten so often."""
    with world.desk() as desk:
        for rating in (Rating.EASY, *[Rating.AGAIN] * times):
            session = desk.day.session()
            session.begin()
            session.answer(None)
            session.rate(rating)
            world.clock.tick(100 * DAY)
    return world


async def test_redo_brings_back_what_undo_took_in_study_and_at_home(world):
    world = world(RECALL, CHOICE)
    async with opened(world) as screen:
        await screen.press("enter", "space", "3", "u", "U")
        assert screen.notices[-1] == f"Redone: good on {CARD}"
        assert world.state(CARD).memory is not None
        await screen.press("q", "u")
        await screen.over()
        assert world.state(CARD).memory is None
        await screen.press("ctrl+y")
        await screen.over()
        assert screen.notices[-1] == f"Redone: good on {CARD}"
        await screen.press("U")
        await screen.over()
        assert screen.notices[-1] == "Nothing to redo."


async def test_a_card_is_reset_with_a_capital_r(world):
    world = forgotten(world(RECALL), 1)
    async with opened(world, study=True) as screen:
        await screen.press("R")
        assert screen.notices[-1] == f"New again: {CARD}"
    assert world.state(CARD).memory is None


@pytest.mark.parametrize("size", [(80, 24), NARROW])
async def test_a_due_day_is_asked_for_and_set(world, size):
    world = forgotten(world(RECALL), 1)
    async with opened(world, study=True, size=size) as screen:
        await screen.press("d")
        assert "When is this card to come again?" in screen.text
        await screen.press(*"soon", "enter")
        assert "name a day" in screen.notices[-1]
        await screen.press(*["backspace"] * 4, "9", "enter")
        assert screen.notices[-1] == f"Due in 9 days: {CARD}"
        assert "Done for today" in screen.text
    memory = world.state(CARD).memory
    assert memory.state is State.REVIEW
    assert memory.due_day - memory.last_day > 9


async def test_a_due_day_can_be_left_alone(world):
    world = forgotten(world(RECALL), 1)
    before = world.state(CARD)
    async with opened(world, study=True) as screen:
        await screen.press("d", "escape")
        assert isinstance(screen.app.screen, StudyScreen)
    assert world.state(CARD) == before


async def test_a_new_card_has_no_day_to_set_and_is_not_asked_for_one(world):
    async with opened(world(RECALL), study=True) as screen:
        await screen.press("d")
        assert screen.notices[-1] == f"{CARD}: it is new, and comes with the new cards"
        assert isinstance(screen.app.screen, StudyScreen)


async def test_a_day_is_finished_and_gone_on_with(world):
    world = world(RECALL, CHOICE)
    async with opened(world) as screen:
        await screen.press("t")
        assert "Finished for today (m goes on)" in screen.text
        await screen.press("m")
        assert "What does padding buy you?" in screen.text
        await screen.press("t")
        assert "Done for today" in screen.text
        await screen.press("m")
        assert "What does padding buy you?" in screen.text


async def test_a_finished_day_goes_on_with_what_was_left_and_only_then_with_more(world):
    world = world(RECALL, CHOICE, TEXT, settings=Settings(new_per_day=1, learning_steps=()))
    async with opened(world) as screen:
        await screen.press("t", "m")
        assert "new 1" in screen.title
        await screen.press("t")
        assert "The day is finished" in screen.text
        await screen.press("m", "space", "3")
        assert "Done for today" in screen.text
        await screen.press("m")
        assert "new 2" in screen.title


async def test_ten_more_says_when_nothing_is_left(world):
    world = world(RECALL, TEXT, CHOICE, settings=Settings(new_per_day=1, learning_steps=()))
    async with opened(world, study=True) as screen:
        await screen.press("space", "3")
        assert "Done for today" in screen.text
        await screen.press("m")
        assert "new 2" in screen.title
        assert screen.app.screen.session.tally.reviews == 1
    with world.desk() as desk:
        for card in ("deck/border", "deck/mover"):
            desk.cards.do(Action.SUSPEND, card)
    async with opened(world, study=True) as screen:
        await screen.press("m")
        assert screen.notices[-1] == "Nothing is left beyond today's limits."


@pytest.mark.parametrize("size", [(80, 24), NARROW])
async def test_a_leech_is_told_marked_and_listed(world, size):
    world = forgotten(world(RECALL), 2)
    async with opened(world, size=size) as screen:
        await screen.press("enter", "space", "1")
        assert any("is a leech: forgotten 3 times" in notice for notice in screen.notices)
        world.clock.tick(100 * DAY)
        await screen.press("q", "enter")
        assert screen.title.startswith("leech · recall")
        await screen.press("q", "l")
        assert isinstance(screen.app.screen, LeechesScreen)
        assert "Forgotten 3 times" in screen.text
        assert "No slip was named on it." in screen.text
        await screen.press("s")
        assert "Forgotten 3 times, suspended" in screen.text
        assert world.state(CARD).suspended
        await screen.press("s", "R")
        assert "No card is a leech." in screen.text
    assert not world.state(CARD).suspended
    assert world.state(CARD).memory is None


async def test_a_leech_is_given_a_day_and_all_is_taken_back_where_it_was_done(world):
    world = forgotten(world(RECALL), 3)
    before = world.state(CARD)
    async with opened(world) as screen:
        await screen.press("l", "d")
        await screen.type("5\n")
        assert screen.notices[-1] == f"Due in 5 days: {CARD}"
        assert world.state(CARD).memory.due_day == world.scheduler.day_of(world.clock()) + 5
        await screen.press("R")
        assert "No card is a leech." in screen.text
        await screen.press("u")
        assert screen.notices[-1] == f"Undone: reset on {CARD}"
        assert "Forgotten 3 times" in screen.text
        await screen.press("u")
        assert world.state(CARD) == before
        await screen.press("U")
        assert screen.notices[-1] == f"Redone: set due on {CARD}"


async def test_cramming_is_written_above_the_card_and_at_the_end(world):
    world = world(RECALL)
    desk = world.desk()
    async with opened(world) as screen:
        session = desk.cramming.session([CARD])
        session.begin()
        screen.app.push_screen(StudyScreen(desk, session, None))
        await screen.press("space")
        assert screen.title.startswith("cram · recall")
        assert "3 good done" in screen.text
        await screen.press("s", "t", "3")
        assert "Nothing of it was recorded" in screen.text
    desk.close()
    assert world.history(CARD) == []
