"""The study screen: undo, cards set aside, the end of a sitting, and what cannot be saved or read."""

import pytest
from support.screens import opened
from support.world import CHOICE, CLOZE, RECALL, TEXT

from studytui.journal import JournalError
from studytui.memory.model import Action
from studytui.session import Phase
from studytui.settings import Settings

# -- undo, suspend, bury -----------------------------------------------------------------------------------------------


async def test_undo_brings_the_card_back_and_says_so(world):
    world = world(RECALL, CHOICE)
    async with opened(world, study=True) as screen:
        await screen.press("space", "4")
        assert screen.question.card.id == "deck/mover"
        await screen.press("u")
        assert screen.question.card.id == "deck/why-padding"
        assert screen.notices == ["Undone: easy on deck/why-padding"]
        await screen.press("u")
        assert screen.notices[-1] == "Nothing to undo."
    assert world.state("deck/why-padding").memory is None


async def test_undo_works_from_within_the_answer_field(world):
    world = world(RECALL, TEXT)
    async with opened(world, study=True) as screen:
        await screen.press("space", "4")
        assert screen.field.has_focus
        await screen.press("ctrl+z")
        assert screen.question.card.id == "deck/why-padding"


@pytest.mark.parametrize(("key", "action"), [("s", Action.SUSPEND), ("b", Action.BURY)])
async def test_setting_a_card_aside_says_so_and_undo_takes_it_back(world, key, action):
    world = world(RECALL, CHOICE)
    async with opened(world, study=True) as screen:
        await screen.press(key)
        assert screen.question.card.id == "deck/mover"
        assert "deck/why-padding" in screen.notices[0]
        assert world.history("deck/why-padding")[0].action is action
        await screen.press("u")
        assert screen.question.card.id == "deck/why-padding"


async def test_the_end_says_what_was_done_and_undo_goes_on(world):
    world = world(RECALL, settings=Settings(learning_steps=()))
    async with opened(world, study=True) as screen:
        world.clock.tick(75)
        await screen.press("space", "3")
        assert "Done for today" in screen.text
        assert "1 review, 100 % remembered, 1 min 15 s." in screen.text
        assert screen.keys == "u undo  m ten more  q leave  ? help"
        await screen.press("u")
        assert screen.session.phase is Phase.ASKING


async def test_a_card_that_has_to_wait_is_announced_and_comes(world):
    world = world(RECALL, settings=Settings(learning_steps=(60.0,)))
    async with opened(world, study=True) as screen:
        await screen.press("space", "1")
        assert "Nothing due at this moment" in screen.text
        assert "The next card comes in 60 min." in screen.text
        world.clock.tick(3600)
        screen.study._wake()
        await screen.pilot.pause()
        assert screen.session.phase is Phase.ASKING


@pytest.mark.parametrize("typing", [False, True])
async def test_leaving_a_sitting_that_the_program_began_with_ends_the_program(world, typing):
    async with opened(world(TEXT if typing else RECALL), study=True) as screen:
        await screen.press(*["escape"] * typing, "q")
        await screen.until(lambda: not screen.app.is_running or screen.app._exit)
        assert screen.app.return_code == 0


# -- errors ----------------------------------------------------------------------------------------------------------


async def test_a_review_that_cannot_be_saved_says_so_and_the_key_can_be_pressed_again(world, monkeypatch):
    world = world(RECALL, CHOICE)
    async with opened(world, study=True) as screen:
        await screen.press("space")
        with monkeypatch.context() as patch:
            patch.setattr(type(screen.session._reviews), "record_review", refuse)
            await screen.press("3")
        assert screen.notices == ["the disk is full: free some space, then try again"]
        assert screen.session.phase is Phase.JUDGED
        assert "Answer: The filter" in screen.text
        await screen.press("3")
        assert screen.question.card.id == "deck/mover"
    assert len(world.history("deck/why-padding")) == 1


@pytest.mark.parametrize(("verb", "keys"), [("record", ["s"]), ("undo", ["u"])])
async def test_other_verbs_that_fail_leave_the_card(world, monkeypatch, verb, keys):
    async with opened(world(RECALL), study=True) as screen:
        monkeypatch.setattr(type(screen.session._reviews), verb, refuse)
        await screen.press(*keys)
        assert screen.notices == ["the disk is full: free some space, then try again"]
        assert screen.question.card.id == "deck/why-padding"


async def test_a_journal_that_cannot_be_read_any_more_is_told_and_tried_again(world, monkeypatch):
    world = world(RECALL, CHOICE)
    async with opened(world, study=True) as screen:
        await screen.press("space")
        with monkeypatch.context() as patch:
            patch.setattr(type(screen.session._reviews), "state", refuse)
            await screen.press("4")
            screen.study._wake()
            await screen.pilot.pause()
        assert set(screen.notices) == {"the disk is full: free some space, then try again"}
        screen.study._wake()
        await screen.pilot.pause()
        assert screen.question.card.id == "deck/mover"


async def test_a_journal_that_cannot_be_read_at_the_start_never_takes_the_terminal(world, monkeypatch):
    from studytui.journal import Journal
    from studytui.tui.app import StudyApp

    with world(RECALL).desk() as desk:
        for verb, study in (("due", True), ("counts", False)):
            monkeypatch.setattr(Journal, verb, refuse)
            with pytest.raises(JournalError):
                StudyApp(desk, study=study)


def refuse(*_, **__):
    raise JournalError("the disk is full: free some space, then try again")


async def test_a_word_takes_the_place_of_the_last_word_and_warnings_stay(world):
    async with opened(world(RECALL, CLOZE, CHOICE), study=True) as screen:
        screen.app.notify("a warning", severity="warning", timeout=60)
        for _ in range(3):
            await screen.press("u")
        assert sorted(each.message for each in screen.app._notifications) == ["Nothing to undo.", "a warning"]
