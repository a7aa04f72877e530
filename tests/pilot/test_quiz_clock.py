"""The quiz screen: the clock, leaving and coming back, and what cannot be kept."""

import pytest
from support.quiz_screens import pass_time, responses, sitting
from support.world import CHOICE, COMPUTED, SEVERAL, TEXT

from studytui.journal import JournalError
from studytui.journal.quizzes import KeptQuizzes
from studytui.quiz.plan import Order
from studytui.tui.screens.quiz import QuizScreen
from studytui.tui.screens.report import ReportScreen

# -- the clock -------------------------------------------------------------------------------------------------------


async def test_the_clock_goes_down_and_the_card_is_not_painted_again(world):
    world = world(TEXT)
    async with sitting(world, minutes=15) as screen:
        rows = screen.app.screen._card.rows
        assert "15:00 left" in screen.title
        await pass_time(world, screen, 61)
        assert "13:59 left" in screen.title
        assert screen.app.screen._card.rows is rows


async def test_without_a_limit_the_time_taken_is_shown(world):
    world = world(TEXT)
    async with sitting(world) as screen:
        await pass_time(world, screen, 65)
        assert screen.title.endswith("1:05")


async def test_five_minutes_and_one_minute_are_told_once_while_typing_goes_on(world):
    world = world(TEXT)
    async with sitting(world, minutes=6, count=1) as screen:
        await screen.type("pad")
        await pass_time(world, screen, 61)
        assert screen.notices == ["5 minutes left."]
        assert "last 5 minutes · 4:59" in screen.title
        await screen.type("ding")
        assert screen.app.screen._field.value == "padding"
        await pass_time(world, screen, 1)
        assert len(screen.notices) == 1
        await pass_time(world, screen, 240)
        assert screen.notices[-1] == "1 minute left."
        assert "last minute · 0:58" in screen.title


async def test_what_is_being_typed_when_the_time_ends_counts(world):
    world = world(TEXT, CHOICE)
    async with sitting(world, minutes=1, order=Order.TOPIC) as screen:
        await screen.type("padding")
        await pass_time(world, screen, 59)
        assert isinstance(screen.app.screen, QuizScreen)
        await pass_time(world, screen, 1)
        assert isinstance(screen.app.screen, ReportScreen)
        assert screen.notices[-1].startswith("The time is over: the quiz is handed in")
        assert "Score: 1 of 2 (50 %)" in screen.text


async def test_an_answer_entered_as_the_time_ends_counts(world):
    world = world(TEXT, CHOICE)
    async with sitting(world, minutes=1, order=Order.TOPIC) as screen:
        await screen.type("padding")
        world.clock.tick(60)
        await screen.press("enter")
        assert "Score: 1 of 2 (50 %)" in screen.text


@pytest.mark.parametrize("keys", [["o"], ["h"], ["question_mark"], ["o", "question_mark"], ["ctrl+p"]])
async def test_the_time_ends_whatever_page_is_open(world, keys):
    world = world(CHOICE, SEVERAL)
    async with sitting(world, minutes=1) as screen:
        await screen.press("1", *keys)
        assert not isinstance(screen.app.screen, QuizScreen)
        await pass_time(world, screen, 60)
        assert isinstance(screen.app.screen, ReportScreen)


async def test_the_clock_goes_on_in_the_overview(world):
    world = world(CHOICE)
    async with sitting(world, minutes=3) as screen:
        await screen.press("o")
        await pass_time(world, screen, 30)
        assert "2:30" in screen.title


# -- leaving and coming back -----------------------------------------------------------------------------------------


async def test_a_quiz_that_was_left_goes_on_where_it_was(world):
    world = world(TEXT, CHOICE, COMPUTED)
    async with sitting(world, minutes=10, order=Order.TOPIC) as screen:
        await screen.type("padding\n")
        await screen.press("2", "enter")
        await screen.type("12")
        await screen.press("ctrl+f", "escape", "q")
        assert screen.app._exit
    world.clock.tick(120)
    async with sitting(world, resume=True) as screen:
        assert screen.title.startswith("3 of 3 · flagged")
        assert "8:00 left" in screen.title
        assert screen.lines[-3].strip() == "12"
        assert "■■[!]" in screen.text


async def test_what_was_typed_is_kept_within_a_second_though_the_program_is_killed(world):
    world = world(TEXT, CHOICE)
    async with sitting(world, order=Order.TOPIC) as screen:
        await screen.type("pad")
        await pass_time(world, screen, 1)
        await pass_time(world, screen, 1)
        async with sitting(world, resume=True) as other:
            assert other.lines[-3].strip() == "pad"


async def test_a_quiz_whose_time_ran_out_meanwhile_shows_its_report(world):
    world = world(TEXT)
    async with sitting(world, minutes=1) as screen:
        await screen.type("padding")
        await screen.press("escape", "q")
    world.clock.tick(3600)
    async with sitting(world, resume=True) as screen:
        await screen.until(lambda: isinstance(screen.app.screen, ReportScreen))
        assert "Score: 1 of 1 (100 %)" in screen.text


async def test_what_cannot_be_kept_is_told_and_the_question_stays(world, monkeypatch):
    def refuse(*_):
        raise JournalError("the disk is full: free some space, then try again")

    async with sitting(world(TEXT, CHOICE), order=Order.TOPIC) as screen:
        await screen.type("padding")
        with monkeypatch.context() as patch:
            patch.setattr(KeptQuizzes, "keep", refuse)
            await screen.press("enter")
        assert "the disk is full" in screen.notices[-1]
        assert screen.title.startswith("1 of 2")
        assert screen.lines[-3].strip() == "padding"
        await screen.press("enter")
        assert responses(screen)["deck/border"] == "padding"


async def test_a_disk_that_stays_full_is_told_once_and_again_when_it_comes_back(world, monkeypatch):
    def refuse(*_):
        raise JournalError("the disk is full: free some space, then try again")

    world = world(TEXT)
    async with sitting(world, minutes=60) as screen:
        with monkeypatch.context() as patch:
            patch.setattr(KeptQuizzes, "keep", refuse)
            for _ in range(5):
                await pass_time(world, screen, 31)
        assert len([each for each in screen.notices if "disk" in each]) == 1
        await pass_time(world, screen, 31)
        with monkeypatch.context() as patch:
            patch.setattr(KeptQuizzes, "keep", refuse)
            await pass_time(world, screen, 31)
        assert len([each for each in screen.notices if "disk" in each]) == 2
