"""The screen on which a quiz is set up: fields by keyboard and mouse, what is in the way, the quiz that waits."""

import pytest
from support.quiz_screens import quiz_of, sitting
from support.screens import NARROW, opened
from support.world import CHOICE, COMPUTED, RECALL, SEVERAL, TEXT, World
from textual import events

from studytui.launch import _first_of_quiz
from studytui.tui.screens.home import HomeScreen
from studytui.tui.screens.quiz import QuizScreen
from studytui.tui.screens.quiz_setup import QuizSetupScreen
from studytui.tui.screens.report import ReportScreen, ReportsScreen


@pytest.fixture
def world(tmp_path):
    """Two decks, the second one with a single card."""
    world = World(tmp_path, RECALL, TEXT, CHOICE, COMPUTED)
    (world.decks / "other.md").write_text("# Another deck\n" + SEVERAL)
    return world


async def test_home_leads_to_the_setup_and_back(world):
    async with opened(world) as screen:
        await screen.press("z")
        assert isinstance(screen.app.screen, QuizSetupScreen)
        await screen.press("q", "ㅋ")
        assert isinstance(screen.app.screen, QuizSetupScreen)
        await screen.press("escape")
        assert isinstance(screen.app.screen, HomeScreen)


async def test_home_tells_of_a_quiz_that_waits(world):
    async with sitting(world, minutes=15) as screen:
        header = quiz_of(screen).paper.header
    async with opened(world, size=NARROW) as screen:
        assert " ".join(f"A quiz waits (z goes on with it): {header}".split()) in " ".join(screen.text.split())
        await screen.press("z", "down", "enter", "y", "escape")
        assert isinstance(screen.app.screen, HomeScreen)
        assert "A quiz waits" not in screen.text


async def test_enter_begins_with_everything_that_is_graded_by_machine(world):
    async with opened(world, first=QuizSetupScreen) as screen:
        assert "4 cards: all asked, there are not 20" in screen.text
        assert "recall" not in screen.text
        await screen.press("enter")
        assert isinstance(screen.app.screen, QuizScreen)
        assert len(quiz_of(screen).paper.questions) == 4


async def test_the_seed_that_is_shown_gives_the_paper(world):
    async with opened(world, first=QuizSetupScreen) as screen:
        await screen.press("up", "4", "2", "enter")
        assert quiz_of(screen).paper.seed == 42


async def test_another_seed_is_drawn_with_space(world):
    async with opened(world, first=QuizSetupScreen) as screen:
        await screen.press("up")
        before = screen.lines[8]
        await screen.press("space")
        assert screen.lines[8] != before


async def test_decks_are_ticked_in_a_list(world):
    async with opened(world, first=QuizSetupScreen) as screen:
        await screen.press("space", "down", "space")
        assert "[ ] A deck" in screen.text
        assert "1 card: all asked" in screen.text
        await screen.press("enter")
        assert [question.card.id for question in quiz_of(screen).paper.questions] == ["other/what-changes"]


async def test_decks_that_were_named_are_ticked(world):
    async with opened(world, first=lambda desk: QuizSetupScreen(desk, ["other"])) as screen:
        assert "▸ Decks      Another deck" in screen.text


async def test_with_nothing_ticked_the_quiz_does_not_begin_and_says_why(world):
    async with opened(world, first=QuizSetupScreen) as screen:
        await screen.press("a")
        assert "✗ no deck is ticked: a ticks all decks" in screen.text
        await screen.press("enter")
        assert isinstance(screen.app.screen, QuizSetupScreen)
        assert screen.notices[-1].startswith("Not yet: no deck is ticked")
        await screen.press("a", "enter")
        assert isinstance(screen.app.screen, QuizScreen)


async def test_what_has_no_cards_together_is_told(world):
    async with opened(world, first=lambda desk: QuizSetupScreen(desk, ["other"])) as screen:
        await screen.press("down", "a", "right", "down", "down", "space")
        assert "✗ no card chosen here is graded by machine" in screen.text


async def test_a_seed_that_is_no_number_is_told(world):
    async with opened(world, first=QuizSetupScreen) as screen:
        await screen.press("up")
        screen.app.screen.post_message(events.Paste("seven\x1b[31m"))
        await screen.settle()
        assert "✗ “seven[31m” is no seed: give a whole number" in screen.text
        await screen.press("enter")
        assert isinstance(screen.app.screen, QuizSetupScreen)
        await screen.press(*["backspace"] * 12, "7", "enter")
        assert quiz_of(screen).paper.seed == 7


async def test_minutes_are_typed_and_make_a_limit(world):
    async with opened(world, first=QuizSetupScreen) as screen:
        await screen.press("down", "down", "down", "1", "2", "enter")
        assert "12:00 left" in screen.title


async def test_fields_are_clicked(world):
    async with opened(world, first=QuizSetupScreen) as screen:
        await screen.click("Order")
        assert "▸ Order" in screen.text
        await screen.click("Order")
        assert "by topic" in screen.text
        await screen.click("Decks")
        await screen.click("Decks")
        await screen.click("[x] Another deck")
        assert "[ ] Another deck" in screen.text


async def test_a_quiz_that_waits_is_offered_first_and_gone_on_with(world):
    async with sitting(world, minutes=15) as screen:
        await screen.press("tab")
    world.clock.tick(60)
    async with opened(world, first=QuizSetupScreen) as screen:
        assert "14:00 left" in screen.text
        assert "▸ Go on with it" in screen.text
        assert screen.keys.startswith("enter go on")
        await screen.press("enter")
        assert screen.title.startswith("2 of 4")


async def test_a_quiz_is_given_up_only_after_a_yes(world):
    async with sitting(world):
        pass
    async with opened(world, first=QuizSetupScreen) as screen:
        await screen.press("down", "enter")
        assert "Give this quiz up?" in screen.text
        await screen.press("escape")
        assert "Give it up" in screen.text
        await screen.press("down", "enter", "y")
        await screen.settle()
        assert "Unfinished quiz" not in screen.text
        assert "▸ Decks" in screen.text


async def test_of_several_that_wait_each_is_gone_on_with_or_given_up(world):
    for seconds in (0, 60, 0):
        async with sitting(world, minutes=15):
            world.clock.tick(seconds)
    async with opened(world, first=QuizSetupScreen) as screen:
        assert [line.strip() for line in screen.lines if "Unfinished quiz" in line] == [
            "Unfinished quiz 3", "Unfinished quiz 2", "Unfinished quiz 1",
        ]  # fmt: skip
        assert screen.text.count("15:00 left · begun ") == 1
        assert screen.text.count("14:00 left · begun ") == 2
        await screen.press("down", "down", "enter")
        assert quiz_of(screen).number == 2
        await screen.press("escape", "q")
        assert "▸ Go on with it" in screen.text
        await screen.press("down", "down", "down", "enter")
        assert "It is quiz 2." in screen.text
        await screen.press("y")
        await screen.settle()
        assert "Unfinished quiz 2" not in screen.text
        assert "Unfinished quiz 3" in screen.text
        await screen.click("Unfinished quiz 1")
        await screen.press("down", "down", "enter")
        assert quiz_of(screen).number == 1


async def test_to_go_on_with_one_of_several_is_to_choose_where_one_sets_up(world):
    def first(desk, number=0):
        return _first_of_quiz(desk, None, None, resume=number)()

    async with sitting(world):
        pass
    async with opened(world, first=first) as screen:
        assert isinstance(screen.app.screen, QuizScreen)
    async with sitting(world):
        pass
    async with opened(world, first=first) as screen:
        assert "▸ Go on with it" in screen.text
        assert "Unfinished quiz 1" in screen.text
    async with opened(world, first=lambda desk: first(desk, 1)) as screen:
        assert quiz_of(screen).number == 1


async def test_leaving_a_quiz_comes_back_to_the_setup_where_it_waits(world):
    async with opened(world, first=QuizSetupScreen) as screen:
        await screen.press("enter", "escape", "q")
        assert isinstance(screen.app.screen, QuizSetupScreen)
        assert "0 of 4 answered" in screen.text
        assert screen.notices[-1].startswith("The quiz is kept, and not handed in")


async def test_after_a_quiz_comes_its_report_then_the_setup_and_all_reports_are_there(world):
    async with opened(world, first=QuizSetupScreen) as screen:
        await screen.press("enter", "ctrl+o", "h", "y")
        assert isinstance(screen.app.screen, ReportScreen)
        await screen.press("q")
        assert isinstance(screen.app.screen, QuizSetupScreen)
        await screen.press("r")
        assert isinstance(screen.app.screen, ReportsScreen)
        assert "0 of 4 (0 %)" in screen.text
        await screen.press("enter")
        assert isinstance(screen.app.screen, ReportScreen)
        await screen.press("escape")
        assert isinstance(screen.app.screen, QuizSetupScreen)


async def test_without_reports_the_list_says_so(world):
    async with opened(world, first=QuizSetupScreen) as screen:
        await screen.press("r")
        assert "No quiz was handed in yet." in screen.text
        assert screen.keys == "esc back"


async def test_without_decks_the_setup_says_that_nothing_can_be_asked(world):
    for file in world.decks.iterdir():
        file.unlink()
    async with opened(world, first=QuizSetupScreen) as screen:
        assert "✗ no card chosen here is graded by machine" in screen.text
        await screen.press("enter", "down", "space", "a")
        assert isinstance(screen.app.screen, QuizSetupScreen)


async def test_a_narrow_terminal_shows_the_fields_and_what_comes_of_them(world):
    async with opened(world, first=QuizSetupScreen, size=NARROW) as screen:
        assert "▸ Decks      all 2" in screen.text
        await screen.press("up")
        assert "▸ Seed" in screen.text
        assert "4 cards: all asked, there are not 20" in screen.text
