"""What the screens look like, at both sizes that are promised; with a figure, where there is more room, too.

After a wanted change: `pytest --snapshot-update`. The clock stands still, the journal is new, the referee is of straw;
the pictures are drawn by one release of Textual.
"""

import pytest
from support.screens import NARROW, WIDE, Screen
from support.world import CHOICE, COMPUTED, FIGURED, MATCH, ORDER, RECALL, SEVERAL, TEXT, World, right_for, slip_for

from studytui.settings import Settings
from studytui.tui.app import StudyApp

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
