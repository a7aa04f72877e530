"""The report on the screen: reading it, practising a slip, saving it, earlier ones."""

import json

import pytest
from support.quiz_screens import answer_right, pass_time, quiz_of, sitting
from support.screens import NARROW, opened
from support.world import CHOICE, COMPUTED, TEXT, World, slip_for

from studytui.quiz.plan import Order
from studytui.tui.screens.quiz import QuizScreen
from studytui.tui.screens.quiz_setup import QuizSetupScreen
from studytui.tui.screens.report import ReportScreen


@pytest.fixture
def world(tmp_path, monkeypatch):
    """A deck in a folder of which the report's file becomes part."""
    monkeypatch.chdir(tmp_path)
    return World(tmp_path, COMPUTED, TEXT, CHOICE)


async def hand_in(screen):
    await screen.press("ctrl+o", "h", "y")
    assert isinstance(screen.app.screen, ReportScreen)


async def make_a_slip(screen):
    await screen.type(slip_for(quiz_of(screen).question) + "\n")


async def test_the_report_leads_from_one_lost_question_to_the_next(world):
    async with sitting(world, order=Order.TOPIC) as screen:
        await make_a_slip(screen)
        await screen.type("nothing\n")
        await hand_in(screen)
        assert screen.title.endswith("0 of 3 (0 %)")
        await screen.press("n")
        assert "── Question 1 of 3" in screen.lines[1]
        await screen.press("n")
        assert "── Question 2 of 3" in screen.lines[1]
        await screen.press("p")
        assert "── Question 1 of 3" in screen.lines[1]


async def test_right_answers_are_worked_out_when_they_are_wanted(world):
    async with sitting(world, order=Order.TOPIC) as screen:
        await answer_right(screen)
        await hand_in(screen)
        assert "The padded input is" not in screen.card
        await screen.press("a")
        assert "The padded input is" in screen.card
        await screen.press("a")
        assert "The padded input is" not in screen.card


@pytest.mark.parametrize("keys", [["1"], ["s", "enter"]])
async def test_a_slip_that_was_made_is_practised(world, keys):
    async with opened(world, first=QuizSetupScreen) as screen:
        await screen.press("enter")
        while quiz_of(screen).question.card.id != "deck/output-size":
            await screen.press("tab")
        await make_a_slip(screen)
        await screen.press("escape")
        await hand_in(screen)
        assert "practise this (1)" in screen.card
        slip = screen.app.screen.report.slips[0].name
        await screen.press(*keys)
        assert isinstance(screen.app.screen, QuizScreen)
        assert quiz_of(screen).paper.plan.slip == slip
        assert f"drill: {slip}" in screen.title
        await make_a_slip(screen)
        assert "✗ A known slip" in screen.text
        await hand_in(screen)
        await screen.press("q")
        assert screen.app.screen.report.plan.slip == ""


async def test_slips_are_shown_with_the_key_under_the_cursor(world):
    async with sitting(world, order=Order.TOPIC) as screen:
        await make_a_slip(screen)
        await hand_in(screen)
        await screen.press("s")
        assert "▸ practise this (enter or 1)" in screen.text


async def test_without_slips_no_key_practises(world):
    async with sitting(world) as screen:
        await hand_in(screen)
        await screen.press("1", "s", "enter")
        assert isinstance(screen.app.screen, ReportScreen)


async def save(screen, name):
    await screen.press("w", "ctrl+u")
    await screen.type(name + "\n")


async def test_the_report_is_saved_in_the_form_of_its_name(world):
    async with sitting(world) as screen:
        await hand_in(screen)
        await screen.press("w", "enter")
        assert screen.notices[-1] == "Saved: quiz-1.html"
        await save(screen, "paper.md")
        await save(screen, "paper.json")
    assert (world.folder / "quiz-1.html").read_text().lower().startswith("<!doctype html>")
    assert (world.folder / "paper.md").read_text().startswith("# Quiz 1")
    assert json.loads((world.folder / "paper.json").read_text())["seed"] == 7


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("there.md", "there.md is there already: choose another name"),
        ("paper", "“paper” has none of the endings .html, .md or .json: add one"),
        ("", "has none of the endings"),
        ("nowhere/paper.md", "nowhere/paper.md cannot be written (No such file or directory)"),
    ],
)
async def test_a_name_that_cannot_be_used_is_told_and_nothing_is_lost(world, name, says):
    (world.folder / "there.md").write_text("mine")
    async with sitting(world) as screen:
        await hand_in(screen)
        await save(screen, name)
        assert says in screen.notices[-1]
        await screen.press("escape")
        assert isinstance(screen.app.screen, ReportScreen)
    assert (world.folder / "there.md").read_text() == "mine"


async def test_earlier_quizzes_are_compared_in_the_report(world):
    for _ in range(2):
        async with sitting(world) as screen:
            await pass_time(world, screen, 60)
            await hand_in(screen)
    async with sitting(world) as screen:
        await hand_in(screen)
        assert "Compared with earlier quizzes" in screen.card
        await screen.press("r")
        assert screen.text.count("0 of 3 (0 %)") == 3


async def test_leaving_the_report_of_a_quiz_that_the_program_began_with_ends_it(world):
    async with sitting(world) as screen:
        await hand_in(screen)
        await screen.press("q")
        assert screen.app._exit


async def test_a_narrow_terminal_shows_the_report(world):
    async with sitting(world, size=NARROW, order=Order.TOPIC) as screen:
        await make_a_slip(screen)
        await hand_in(screen)
        assert screen.title.endswith("0 of 3 (0 %)")
        await screen.press("s")
        assert "▸ practise this (enter or 1)" in screen.text
        assert max(map(len, screen.text.splitlines())) <= 40
