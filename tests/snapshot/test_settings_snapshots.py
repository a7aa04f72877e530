"""What the settings screen looks like, at both sizes that are promised."""

import pytest
from support.screens import NARROW, WIDE, Screen
from support.world import RECALL, TEXT, World

from studytui.settings import Settings, load
from studytui.tui.app import StudyApp
from studytui.tui.screens.settings import SettingsScreen


@pytest.fixture(params=[WIDE, NARROW], ids=["80x24", "40x12"])
def pictured(request, tmp_path, monkeypatch, snap_compare):
    """Compares the picture of the settings, after some keys, with the one that was accepted."""
    monkeypatch.delenv("NO_COLOR", raising=False)

    def compare(*keys, text="", settings=None):
        world = World(tmp_path, RECALL, TEXT)
        world.settings_file.write_text(text)
        world.settings = settings or load(world.settings_file)
        with world.desk() as desk:

            async def play(pilot):
                screen = Screen(pilot.app, pilot)
                await screen.settle()
                screen.app.screen.query_one("AnswerField").cursor_blink = False
                await screen.press(*keys)

            app = StudyApp(desk, first=lambda: SettingsScreen(desk))
            return snap_compare(app, terminal_size=request.param, run_before=play)

    return compare


def test_settings(pictured):
    assert pictured(text='new_per_day = 5\nreviews_per_day = "many"\n')


def test_a_value_that_cannot_be_used_while_it_is_typed(pictured):
    assert pictured("down", "down", "enter", "x", "enter")


def test_a_deck_and_the_keys_of_home_unfolded(pictured):
    text = 'theme = "studytui-light"\n[keys]\n"home.about" = "z"\n[deck.deck]\ndesired_retention = 0.95\n'
    assert pictured("up", *["up"] * 18, "space", "down", "down", text=text)


def test_a_file_that_is_not_toml(pictured):
    assert pictured(text="new_per_day = =\n", settings=Settings())
