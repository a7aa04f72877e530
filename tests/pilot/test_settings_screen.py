"""The settings screen: every setting by keyboard and mouse, written at once, in effect as soon as it can be."""

import importlib
import pkgutil

import pytest
from support.screens import NARROW, opened
from support.world import RECALL, TEXT, World, right_for
from textual.screen import Screen

import studytui.tui.screens
from studytui.journal import Journal
from studytui.memory.model import Rating
from studytui.settings import Settings, load
from studytui.tui.rebinding import known_ids, rebindable
from studytui.tui.screens.home import HomeScreen
from studytui.tui.screens.press_key import PressKeyScreen
from studytui.tui.screens.settings import SettingsScreen


@pytest.fixture
def world(tmp_path):
    return World(tmp_path, RECALL, TEXT)


async def go(screen, *place):
    """Moves the cursor to a setting, unfolding what it is in."""
    for fold in [place[:2]] if place[0] == "deck" and len(place) == 3 else []:
        await go(screen, *fold)
        await screen.press("right")
    for _ in range(200):
        if screen.app.screen.here.place == place:
            return
        await screen.press("down")
    raise AssertionError(f"{place} is not on the screen:\n{screen.card}")


def about(screen):
    """What is said below the list."""
    return " ".join(" ".join(screen.lines[-5:-1]).split())


async def test_home_leads_to_the_settings_and_back(world):
    async with opened(world) as screen:
        await screen.press("comma")
        assert isinstance(screen.app.screen, SettingsScreen)
        await screen.press("q")
        assert isinstance(screen.app.screen, HomeScreen)
        assert not world.settings_file.exists()


async def test_what_is_unfolded_comes_into_view(world):
    async with opened(world, first=SettingsScreen, size=NARROW) as screen:
        await go(screen, "deck", "deck")
        await screen.press("space")
        assert all(name in screen.text for name in ("desired_retention", "new_per_day", "reviews_per_day"))


async def test_what_differs_from_its_default_is_marked(world):
    world.settings_file.write_text("new_per_day = 5\n")
    world.settings = load(world.settings_file)
    async with opened(world, first=SettingsScreen) as screen:
        assert "• new_per_day" in screen.text
        assert "• reviews" not in screen.text


async def test_right_and_left_change_the_file_at_once(world):
    async with opened(world, first=SettingsScreen) as screen:
        await screen.press("right")
        assert world.settings_file.read_text() == "new_per_day = 25\n"
        await screen.press("left", "left")
        assert world.settings_file.read_text() == "new_per_day = 15\n"
        assert "‹ 15 ›" in screen.text


async def test_a_line_that_names_the_default_is_changed_there_and_back(world):
    world.settings_file.write_text("new_per_day = 20  # mine\n")
    async with opened(world, first=SettingsScreen) as screen:
        await screen.press("right", "left")
        assert world.settings_file.read_text() == "new_per_day = 20  # mine\n"
        await screen.press("d")
        assert world.settings_file.read_text() == "# mine\n"


async def test_the_language_chosen_in_study_stands_here(world):
    world.translate()
    async with opened(world) as screen:
        await screen.press("enter", "g", "q", "comma")
        assert "• language             ko" in screen.card
        assert world.settings_file.read_text() == 'language = "ko"\n'


async def test_the_hangul_letters_on_the_same_keys_do_the_same(world):
    async with opened(world, first=SettingsScreen) as screen:
        await screen.press("ㅓ", "ㅣ")
        assert world.settings_file.read_text() == "reviews_per_day = 210\n"


async def test_a_limit_holds_at_the_next_sitting(world):
    async with opened(world) as screen:
        await screen.press("comma", "1", "enter", "escape", "enter", "space", "3")
        assert sum(screen.session.counts) <= 1  # but the card that was just begun


async def test_a_digit_begins_a_value_and_enter_takes_it(world):
    async with opened(world, first=SettingsScreen) as screen:
        await screen.press("4", "2", "enter")
        assert world.settings_file.read_text() == "new_per_day = 42\n"


async def test_a_mistake_is_told_as_the_file_would_and_can_be_mended(world):
    async with opened(world, first=SettingsScreen) as screen:
        await screen.press("enter", *["backspace"] * 2)
        await screen.type("many\n")
        assert "✗ new_per_day must be a whole number from 0 to 9999" in about(screen)
        assert not world.settings_file.exists()
        await screen.press(*["backspace"] * 4, "7", "enter")
        assert world.settings_file.read_text() == "new_per_day = 7\n"


async def test_escape_leaves_the_value_as_it_is(world):
    async with opened(world, first=SettingsScreen) as screen:
        await screen.press("7", "escape")
        assert isinstance(screen.app.screen, SettingsScreen)
        assert not world.settings_file.exists()
        assert "escape" not in screen.keys


async def test_letters_that_are_keys_can_be_typed(world):
    async with opened(world, first=SettingsScreen) as screen:
        await go(screen, "decks")
        await screen.press("enter")
        await screen.type("~/qd, /ew\n")
        assert load(world.settings_file).decks == ("~/qd", "/ew")


async def test_the_default_is_put_back_and_comments_stay(world):
    world.settings_file.write_text("# mine\nnew_per_day = 5  # few\n")
    world.settings = load(world.settings_file)
    async with opened(world, first=SettingsScreen) as screen:
        await screen.press("d")
        assert world.settings_file.read_text() == "# mine\n# few\n"
        assert "‹ 20 ›" in screen.text
        assert "default" not in screen.keys


async def test_the_theme_is_seen_at_once(world):
    async with opened(world, first=SettingsScreen) as screen:
        await go(screen, "theme")
        await screen.press("right")
        assert screen.app.theme == "studytui-light"
        await screen.press("d")
        assert screen.app.theme == "studytui-dark"


async def test_the_language_goes_through_those_that_there_are(world):
    world.translate()
    async with opened(world) as screen:
        await screen.press("comma")
        await go(screen, "language")
        await screen.press("right")
        assert world.settings_file.read_text() == 'language = "ko"\n'
        await screen.press("escape")
        assert "합성곱" in screen.text
    assert world.settings_file.read_text() == 'language = "ko"\n'


async def test_what_moves_due_dates_moves_them_on_leaving(world):
    with world.desk() as desk:
        session = desk.day.session()
        session.begin()
        session.answer(right_for(session.question))
        session.rate(Rating.EASY)

    def due_day():
        with Journal.inspect(world.path, world.scheduler) as journal:
            return journal.state("deck/why-padding").memory.due_day

    before = due_day()
    async with opened(world) as screen:
        await screen.press("comma")
        await go(screen, "maximum_interval")
        await screen.press("1", "enter")
        assert due_day() == before
        await screen.press("escape")
        await screen.until(lambda: isinstance(screen.app.screen, HomeScreen))
        await screen.until(lambda: screen.notices == ["Every due date follows the new settings."])
    assert due_day() < before


async def test_a_deck_has_settings_of_its_own_below_its_title(world):
    async with opened(world, first=SettingsScreen) as screen:
        await go(screen, "deck", "deck", "desired_retention")
        assert "0.9 (as all)" in screen.text
        await screen.press("right")
        assert world.settings_file.read_text() == "[deck.deck]\ndesired_retention = 0.91\n"
        assert "1 set" in screen.text
        await screen.press("d")
        assert load(world.settings_file).deck_retention == {}


async def test_what_is_wrong_in_the_file_stands_at_its_row_with_the_line(world):
    world.settings_file.write_text("# mine\nnew_per_day = -1\n")
    world.settings = load(world.settings_file)
    async with opened(world, first=SettingsScreen) as screen:
        assert "✗ new_per_day" in screen.text
        assert "✗ line 2: new_per_day must be a whole number from 0 to 9999" in about(screen)
        await screen.press("7", "enter")
        assert "✗" not in screen.text
        assert world.settings_file.read_text() == "# mine\nnew_per_day = 7\n"


async def test_a_file_that_is_not_toml_is_never_touched(world):
    world.settings_file.write_text("new_per_day = =\n")
    async with opened(world, first=SettingsScreen) as screen:
        assert "✗ not valid TOML" in about(screen)
        await screen.press("right")
        assert "is not valid TOML" in about(screen)
    assert world.settings_file.read_text() == "new_per_day = =\n"


async def test_every_setting_is_written_into_the_file_as_a_comment(world):
    async with opened(world, first=SettingsScreen) as screen:
        await screen.press("w", "right")
        assert "# new_per_day = 20\nnew_per_day = 25\n" in world.settings_file.read_text()


async def test_the_editor_opens_at_the_settings_line_and_changes_hold(world, monkeypatch):
    world.settings_file.write_text('# mine\n\nnew_per_day = 5\ntheme = "nord"\n')
    world.settings = load(world.settings_file)
    opened_at = []

    def edit(_app, file, line):
        opened_at.append(line)
        world.settings_file.write_text('new_per_day = 9\ntheme = "dracula"\n')

    monkeypatch.setattr("studytui.tui.editor.open_editor", edit)
    async with opened(world, first=SettingsScreen) as screen:
        await screen.press("e")
        assert opened_at == [3]
        assert "‹ 9 ›" in screen.text
        assert screen.app.theme == "dracula"


async def test_the_mouse_chooses_and_changes(world):
    async with opened(world, first=SettingsScreen) as screen:
        await screen.click("reviews_per_day")
        assert screen.app.screen.here.place == ("reviews_per_day",)
        await screen.click("reviews_per_day")
        assert world.settings_file.read_text() == "reviews_per_day = 210\n"


# -- keys --------------------------------------------------------------------------------------------------------------


async def open_keys(screen, title, binding):
    await go(screen, "keys", title)
    await screen.press("space")
    await go(screen, "keys", binding)


async def test_a_key_that_is_pressed_is_set_and_holds_on_the_screen_below(world):
    async with opened(world) as screen:
        await screen.press("comma")
        await open_keys(screen, "Home", "home.quiz")
        await screen.press("enter")
        assert isinstance(screen.app.screen, PressKeyScreen)
        await screen.press("x", "escape")
        assert world.settings_file.read_text() == '[keys]\n"home.quiz" = "x"\n'
        assert "x quiz" in screen.keys
        await screen.press("z")
        assert isinstance(screen.app.screen, HomeScreen)
        await screen.press("ㅌ")
        assert not isinstance(screen.app.screen, HomeScreen)


async def test_a_key_pressed_with_the_hangul_input_method_is_its_latin_letter(world):
    async with opened(world, first=SettingsScreen) as screen:
        await open_keys(screen, "Home", "home.quiz")
        await screen.press("enter", "ㅌ")
        assert load(world.settings_file).keys == (("home.quiz", "x"),)


@pytest.mark.parametrize("key", ["tab", "enter", "space", "f5", "ctrl+b", "?", "up", "home", "pagedown"])
async def test_every_key_is_heard(world, key):
    async with opened(world, first=SettingsScreen) as screen:
        await open_keys(screen, "Home", "home.quiz")
        await screen.press("enter", key)
        assert isinstance(screen.app.screen, SettingsScreen)
        assert load(world.settings_file).keys == (("home.quiz", "question_mark" if key == "?" else key),)


async def test_escape_sets_no_key(world):
    async with opened(world, first=SettingsScreen) as screen:
        await open_keys(screen, "Home", "home.quiz")
        await screen.press("enter", "escape")
        assert isinstance(screen.app.screen, SettingsScreen)
        assert not world.settings_file.exists()


async def test_one_more_key_stands_beside_those_that_there_are(world):
    async with opened(world, first=SettingsScreen) as screen:
        await open_keys(screen, "Home", "home.quiz")
        await screen.press("a", "x")
        assert load(world.settings_file).keys == (("home.quiz", "z,x"),)


async def test_a_key_that_something_else_has_is_told_and_the_default_can_be_put_back(world):
    async with opened(world) as screen:
        await screen.press("comma")
        await open_keys(screen, "Home", "home.about")
        await screen.press("enter", "z")
        assert "! The same key is on home.quiz" in about(screen)
        assert "1 changed, clash" in screen.text
        await screen.press("d")
        assert "clash" not in screen.text
        assert load(world.settings_file).keys == ()
        await screen.press("escape", "z")
        assert not isinstance(screen.app.screen, HomeScreen)


async def test_keys_of_this_screen_can_be_set_too(world):
    async with opened(world, first=SettingsScreen) as screen:
        await open_keys(screen, "Settings", "settings.down")
        await screen.press("enter", "n")
        before = screen.app.screen.here.place
        await screen.press("n")
        assert screen.app.screen.here.place != before


async def test_keys_set_in_the_file_for_something_else_are_told(world):
    world.settings = Settings(keys=(("home.qiuz", "x"),))
    async with opened(world) as screen:
        assert any("did you mean “home.quiz”?" in notice for notice in screen.notices)


def test_every_screen_with_keys_of_its_own_is_listed():
    found = set()
    for module in pkgutil.iter_modules(studytui.tui.screens.__path__):
        for each in vars(importlib.import_module(f"studytui.tui.screens.{module.name}")).values():
            if isinstance(each, type) and issubclass(each, Screen) and "BINDINGS" in vars(each):
                found |= {binding.id for binding in each.BINDINGS if getattr(binding, "id", None)}
    assert found - set(known_ids()) == set()


def test_no_keys_clash_as_they_are():
    from studytui.tui.rebinding import conflicts

    assert conflicts({}) == {}
    assert all(screen.bound for screen in rebindable())


# -- small and without colours -----------------------------------------------------------------------------------------


async def test_all_of_it_fits_into_the_smallest_terminal(world):
    async with opened(world, first=SettingsScreen, size=NARROW) as screen:
        for _ in range(60):
            assert any("▸" in line for line in screen.lines[1:-4])
            await screen.press("down")
        await open_keys(screen, "Home", "home.quiz")
        await screen.press("enter")
        assert "Escape leaves it" in " ".join(screen.text.split())
