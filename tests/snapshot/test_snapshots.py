"""What the screens look like, at both sizes that are promised; with a figure, where there is more room, too.

After a wanted change: `pytest --snapshot-update`. The clock stands still, the journal is new, the referee is of straw;
the pictures are drawn by one release of Textual.
"""

import pytest
from support.screens import NARROW, WIDE, Screen
from support.studied import studied
from support.world import CHOICE, COMPUTED, FIGURED, MATCH, ORDER, RECALL, SEVERAL, TEXT, World, right_for, slip_for

from studytui.quiz.plan import Feedback, Order, Plan
from studytui.settings import Settings
from studytui.tui.app import StudyApp
from studytui.tui.screens.browse import BrowseScreen
from studytui.tui.screens.quiz import QuizScreen
from studytui.tui.screens.quiz_setup import QuizSetupScreen
from studytui.tui.widgets.answer_field import AnswerField

LARGE = (120, 40)


@pytest.fixture(params=[WIDE, NARROW], ids=["80x24", "40x12"])
def pictured(request, tmp_path, monkeypatch, snap_compare):
    """Compares the picture of a world's screen, after a scene was played on it, with the one that was accepted."""
    monkeypatch.delenv("NO_COLOR", raising=False)

    def compare(*cards, scene=None, study=True, settings=None, korean=False):
        world = World(tmp_path, *cards, settings=Settings(language="ko") if korean else settings)
        if korean:
            world.translate()
        if not study:
            (world.decks / "more.md").write_text("# Another deck with a rather long title\n" + SEVERAL)
        with world.desk() as desk:

            async def play(pilot):
                screen = Screen(pilot.app, pilot)
                await screen.settle()
                if study and screen.field is not None:
                    screen.field.cursor_blink = False
                if scene is not None:
                    await scene(screen)
                screen.app.clear_notifications()  # they go by the time, which a picture must not
                await screen.settle()

            return snap_compare(StudyApp(desk, study=study), terminal_size=request.param, run_before=play)

    return compare


def keys(*names):
    async def scene(screen):
        await screen.press(*names)

    return scene


async def make_a_slip(screen):
    await screen.type(slip_for(screen.question) + "\n")


async def answer_right(screen):
    await screen.type(f"{right_for(screen.question)}\n")


def test_home(pictured):
    assert pictured(RECALL, TEXT, study=False)


def test_home_with_something_done_and_something_suspended(pictured):
    assert pictured(RECALL, CHOICE, study=False, scene=keys("enter", "space", "4", "s", "q"))


def test_a_question_to_be_typed(pictured):
    assert pictured(COMPUTED)


def test_an_answer_that_was_not_read(pictured):
    async def scene(screen):
        await screen.type("1,234\n")

    assert pictured(COMPUTED, scene=scene)


def test_a_verdict_with_a_slip(pictured):
    assert pictured(COMPUTED, scene=make_a_slip)


def test_a_right_verdict(pictured):
    assert pictured(COMPUTED, scene=answer_right)


def test_a_choice(pictured):
    assert pictured(SEVERAL, scene=keys("space", "j"))


def test_a_choice_judged(pictured):
    assert pictured(SEVERAL, scene=keys("space", "j", "space", "enter"))


def test_an_order(pictured):
    assert pictured(ORDER, scene=keys("space", "j"))


def test_a_match(pictured):
    assert pictured(MATCH, scene=keys("2"))


def test_the_proof(pictured):
    assert pictured(COMPUTED, scene=keys("enter", "enter", "v"))


@pytest.mark.parametrize("pictured", [WIDE, LARGE], ids=["80x24", "120x40"], indirect=True)
def test_a_verdict_with_a_figure(pictured):
    assert pictured(FIGURED, scene=answer_right)


@pytest.mark.parametrize("pictured", [WIDE, LARGE], ids=["80x24", "120x40"], indirect=True)
def test_the_proof_with_a_figure(pictured):
    assert pictured(FIGURED, scene=keys("enter", "enter", "v", "end"))


def test_help(pictured):
    assert pictured(RECALL, scene=keys("question_mark"))


def test_the_light_theme(pictured):
    assert pictured(COMPUTED, scene=make_a_slip, settings=Settings(theme="studytui-light"))


def test_the_end(pictured):
    assert pictured(RECALL, scene=keys("space", "4"))


# -- in Korean: the translation that stands beside the deck -----------------------------------------------------------


def test_home_in_korean(pictured):
    assert pictured(RECALL, TEXT, study=False, korean=True)


def test_a_question_to_be_typed_in_korean(pictured):
    assert pictured(COMPUTED, korean=True)


def test_a_verdict_with_a_slip_in_korean(pictured):
    assert pictured(COMPUTED, scene=make_a_slip, korean=True)


def test_an_explanation_with_a_table_in_korean(pictured):
    assert pictured(RECALL, scene=keys("space"), korean=True)


def test_a_choice_in_korean(pictured):
    assert pictured(SEVERAL, scene=keys("space", "j"), korean=True)


def test_an_order_judged_in_korean(pictured):
    assert pictured(ORDER, scene=keys("enter"), korean=True)


def test_a_match_in_korean(pictured):
    assert pictured(MATCH, scene=keys("2"), korean=True)


def test_a_choice_judged_in_korean_and_told_in_english(pictured):
    assert pictured(SEVERAL, scene=keys("space", "j", "enter", "g"), korean=True)


# -- quizzes -----------------------------------------------------------------------------------------------------------


@pytest.fixture(params=[WIDE, NARROW], ids=["80x24", "40x12"])
def quiz_pictured(request, tmp_path, monkeypatch, snap_compare):
    """The picture of a quiz after a scene was played on it, or of its setup."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("secrets.randbelow", lambda _: 7)

    def compare(*cards, scene=None, setup=False, **plan):
        world = World(tmp_path, *cards)
        with world.desk() as desk:

            def first():
                return QuizSetupScreen(desk) if setup else QuizScreen(desk, desk.quizzes.begin(Plan(7, **plan)))

            async def play(pilot):
                screen = Screen(pilot.app, pilot)
                await screen.settle()
                for field in pilot.app.screen.query(AnswerField):
                    field.cursor_blink = False
                if scene is not None:
                    await scene(screen)
                screen.app.clear_notifications()
                await screen.settle()

            return snap_compare(StudyApp(desk, first=first), terminal_size=request.param, run_before=play)

    return compare


# -- statistics -------------------------------------------------------------------------------------------------------


@pytest.fixture(params=[WIDE, NARROW], ids=["80x24", "40x12"])
def pictured_statistics(request, tmp_path, monkeypatch, snap_compare):
    """The same for the statistics of a journal in which something was studied."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    world = World(tmp_path, RECALL, COMPUTED, TEXT)
    studied(world)

    def compare(*names):
        with world.desk() as desk:

            async def play(pilot):
                await Screen(pilot.app, pilot).press("s", *names)

            return snap_compare(StudyApp(desk, study=False), terminal_size=request.param, run_before=play)

    return compare


async def make_the_quiz_slip(screen):
    await screen.type(slip_for(screen.app.screen.quiz.question) + "\n")


async def hand_in_a_slip(screen):
    await make_the_quiz_slip(screen)
    await screen.press("ctrl+o", "h", "y")


def test_setting_up_a_quiz(quiz_pictured):
    assert quiz_pictured(COMPUTED, CHOICE, TEXT, setup=True)


def test_setting_up_a_quiz_with_a_list_open(quiz_pictured):
    assert quiz_pictured(COMPUTED, CHOICE, TEXT, setup=True, scene=keys("down", "right", "down", "space"))


def test_a_quiz_question_with_a_clock(quiz_pictured):
    assert quiz_pictured(COMPUTED, CHOICE, TEXT, minutes=15, count=3, order=Order.TOPIC)


def test_a_quiz_with_feedback_at_once(quiz_pictured):
    plan = {"feedback": Feedback.AT_ONCE, "order": Order.TOPIC, "count": 3}
    assert quiz_pictured(COMPUTED, CHOICE, TEXT, scene=make_the_quiz_slip, **plan)


def test_the_overview_of_a_quiz(quiz_pictured):
    scene = keys("1", "enter", "ctrl+f", "ctrl+o")
    assert quiz_pictured(COMPUTED, CHOICE, TEXT, scene=scene, count=3, order=Order.TOPIC)


def test_handing_in(quiz_pictured):
    assert quiz_pictured(CHOICE, SEVERAL, TEXT, scene=keys("1", "f", "h"), count=3, order=Order.TOPIC)


def test_a_report(quiz_pictured):
    assert quiz_pictured(COMPUTED, CHOICE, scene=hand_in_a_slip, count=2, order=Order.TOPIC)


def test_a_report_with_the_cursor_on_a_slip(quiz_pictured):
    async def scene(screen):
        await hand_in_a_slip(screen)
        await screen.press("s")

    assert quiz_pictured(COMPUTED, CHOICE, scene=scene, count=2, order=Order.TOPIC)


async def browsed(screen):
    """The table of Browse, when every search has been told of and the index is whole."""
    await screen.press("slash", "enter")
    await browse_rests(screen)


async def browse_rests(screen):
    browse = next(each for each in screen.app.screen_stack if isinstance(each, BrowseScreen))
    browse.query_one("SearchField").cursor_blink = False
    await screen.until(lambda: browse._shown and not browse._seeker.pending and not browse._reading)
    await screen.settle()


def test_browse_with_marked_and_suspended_cards(pictured):
    async def scene(screen):
        await screen.press("enter", "space", "4", "escape", "q")
        await browsed(screen)
        await screen.press("down", "space", "s", "space")
        await browse_rests(screen)

    assert pictured(RECALL, CHOICE, TEXT, study=False, scene=scene)


def test_browse_explains_a_mistake_in_the_search(pictured):
    async def scene(screen):
        await browsed(screen)
        await screen.press("slash")
        await screen.type("padding prop:d>")
        await browse_rests(screen)

    assert pictured(RECALL, CHOICE, study=False, scene=scene)


def test_the_history_of_a_card_in_browse(pictured):
    async def scene(screen):
        await screen.press("enter", "space", "4", "u", "space", "3", "q")
        await browsed(screen)
        await screen.press("h")

    assert pictured(RECALL, study=False, scene=scene)


def test_the_calendar(pictured_statistics):
    assert pictured_statistics("n")


def test_answers_per_day(pictured_statistics):
    assert pictured_statistics("n", "n", "d")


def test_true_retention_by_interval_and_its_numbers(pictured_statistics):
    assert pictured_statistics(*["n"] * 6, "d", "t")


def test_retention_by_day_as_a_line(pictured_statistics):
    assert pictured_statistics(*["n"] * 5, "d")
