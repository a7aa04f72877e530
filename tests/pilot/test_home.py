"""The home screen: decks, counts, one key to start, and the way to everything that was set aside."""

import pytest
from support.screens import NARROW, opened
from support.world import CHOICE, DAY, MINUTE, RECALL, TEXT, World

from studytui.journal import Journal, JournalError
from studytui.memory.model import Action
from studytui.settings import Settings
from studytui.tui.screens.home import HomeScreen
from studytui.tui.screens.study import StudyScreen


def two_decks(folder):
    world = World(folder, RECALL, TEXT)
    (world.decks / "other.md").write_text("# Another deck\n" + CHOICE)
    return world


async def test_home_lists_the_decks_with_their_counts_and_one_key_starts(tmp_path):
    async with opened(two_decks(tmp_path)) as screen:
        assert "3 cards for today" in screen.text
        assert "▸ A deck" in screen.text
        assert "streak 0 days" in screen.title
        assert screen.keys.startswith("enter study")
        await screen.press("enter")
        assert isinstance(screen.app.screen, StudyScreen)
        assert sum(screen.session.counts) == 3


async def test_leaving_a_sitting_comes_back_home_with_new_counts(tmp_path):
    async with opened(two_decks(tmp_path)) as screen:
        await screen.press("enter", "space", "1", "escape", "q")
        assert isinstance(screen.app.screen, HomeScreen)
        assert "3 cards for today · 1 answer given" in screen.text
        assert "streak 1 day" in screen.title
        await screen.press("u")
        await screen.over()
        assert screen.notices[-1] == "Undone: again on deck/why-padding"
        assert "3 cards for today\n" in screen.text


@pytest.mark.parametrize("keys", [["j", "d"], ["down", "right"], ["k", "d"]])
async def test_one_deck_is_studied_alone(tmp_path, keys):
    async with opened(two_decks(tmp_path)) as screen:
        await screen.press(*keys)
        assert screen.session.counts == (1, 0, 0)
        assert screen.question.card.id == "other/mover"


async def test_a_deck_is_chosen_by_a_click_and_studied_by_a_second_one(tmp_path):
    async with opened(two_decks(tmp_path)) as screen:
        await screen.click("Another deck")
        assert "▸ Another deck" in screen.text
        await screen.click("Another deck")
        assert screen.question.card.id == "other/mover"


async def test_q_ends_the_program(tmp_path):
    async with opened(two_decks(tmp_path)) as screen:
        await screen.press("q")
        assert screen.app._exit


async def test_without_decks_home_says_where_decks_go(tmp_path):
    world = World(tmp_path, RECALL)
    world.deck.unlink()
    async with opened(world) as screen:
        assert "No decks yet" in screen.text
        assert "studytui study FOLDER" in screen.text
        assert screen.keys == "u undo  , settings  q quit  ? help"
        await screen.press("enter", "d", "j", "e")
        assert isinstance(screen.app.screen, HomeScreen)


async def test_nothing_left_is_said(tmp_path):
    async with opened(World(tmp_path, RECALL, settings=Settings(learning_steps=()))) as screen:
        await screen.press("enter", "space", "4", "q")
        assert "Nothing left for today · 1 answer given" in screen.text


async def test_suspended_cards_are_listed_and_resumed(tmp_path):
    world = two_decks(tmp_path)
    async with opened(world) as screen:
        assert "r suspended" not in screen.keys
        await screen.press("enter", "s", "escape", "q")
        assert "1 suspended (r shows it)" in screen.text
        assert "r suspended" in screen.keys
        await screen.press("r")
        assert "▸ What does padding buy you?  deck/why-padding" in screen.text
        await screen.press("enter")
        assert screen.notices[-1] == "Resumed: deck/why-padding"
        assert "No card is suspended." in screen.text
        assert screen.keys == "esc back"
        await screen.press("enter", "j", "escape")
        assert "suspended" not in screen.text
        assert "3 cards for today" in screen.text
        await screen.press("u")
        await screen.over()
        assert screen.notices[-1] == "Undone: resume on deck/why-padding"
        assert "1 suspended (r shows it)" in screen.text
    assert [entry.action for entry in world.history("deck/why-padding")] == [
        Action.SUSPEND,
        Action.RESUME,
        Action.UNDO,
    ]


async def test_suspended_cards_are_chosen_by_keys_and_clicks(tmp_path):
    world = two_decks(tmp_path)
    async with opened(world, size=NARROW) as screen:
        await screen.press("enter", "s", "escape", "s", "s", "q", "r")
        assert screen.text.count("\n ▸") == 1
        await screen.press("j", "k", "k")
        await screen.click("What is added")
        await screen.click("What is added")
        assert screen.notices[-1] == "Resumed: deck/border"
        await screen.press("enter", "enter")
        assert "No card is suspended." in screen.text


async def test_many_suspended_cards_scroll_with_the_cursor(tmp_path):
    world = World(tmp_path, *(TEXT.replace("#border", f"#b{number}") for number in range(15)))
    with world.desk() as desk:
        session = desk.day.session()
        session.begin()
        while session.suspend():
            pass
    async with opened(world, size=NARROW) as screen:
        await screen.press("r", *["down"] * 14)
        assert "▸ What is added at the border?" in screen.text
        await screen.press("enter")
        assert screen.notices[-1] == "Resumed: deck/b14"
        assert "▸ What is added" in screen.text


async def test_a_card_that_cannot_be_resumed_stays_in_the_list(tmp_path, monkeypatch):
    world = two_decks(tmp_path)
    async with opened(world) as screen:
        await screen.press("enter", "s", "escape", "q", "r")
        monkeypatch.setattr(Journal, "record", refuse)
        await screen.press("enter")
        assert screen.notices[-1] == "the disk is full"
        assert "▸ What does padding buy you?" in screen.text


def refuse(*_, **__):
    raise JournalError("the disk is full")


@pytest.mark.parametrize("verb", ["due", "undo", "counts"])
async def test_errors_of_the_journal_are_told_and_home_stays(tmp_path, monkeypatch, verb):
    async with opened(two_decks(tmp_path)) as screen:
        monkeypatch.setattr(Journal, verb, refuse)
        await screen.press({"due": "enter"}.get(verb, "u"))
        await screen.over()
        assert "the disk is full" in screen.notices
        assert isinstance(screen.app.screen, HomeScreen)


async def test_problems_of_the_settings_are_told_once(tmp_path):
    world = World(tmp_path, RECALL, settings=Settings(problems=("settings.toml: unknown setting “x”",)))
    async with opened(world) as screen:
        assert screen.notices == ["settings.toml: unknown setting “x”"]
        await screen.press("enter", "q")
        assert len(screen.notices) == 1
    async with opened(world, study=True) as screen:
        assert screen.notices == ["settings.toml: unknown setting “x”"]


async def test_many_problems_of_the_settings_leave_the_screen_free(tmp_path):
    problems = tuple(f"settings.toml:{line}: unknown setting" for line in range(9))
    world = World(tmp_path, RECALL, settings=Settings(problems=problems))
    async with opened(world) as screen:
        assert screen.notices[:2] == list(problems[:2])
        assert screen.notices[2].startswith("7 more. The settings screen marks")
        assert len(screen.notices) == 3


async def test_a_backup_that_failed_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(Journal, "backup_if_due", refuse)
    async with opened(World(tmp_path, RECALL), study=True) as screen:
        await screen.until(lambda: screen.study._desk.problems or screen.notices)
        screen.study._wake()
        assert screen.notices == ["the disk is full"]


async def test_another_day_is_noticed_when_the_terminal_has_the_focus_again(tmp_path):
    from textual.events import AppFocus

    world = World(tmp_path, RECALL, settings=Settings(learning_steps=()))
    async with opened(world) as screen:
        await screen.press("enter", "space", "3", "q")
        assert "Nothing left" in screen.text
        world.clock.tick(40 * DAY + MINUTE)
        screen.app.screen.post_message(AppFocus())
        await screen.until(lambda: "1 card for today" in screen.text)


async def test_many_decks_scroll_with_the_cursor(tmp_path):
    world = World(tmp_path, RECALL)
    for number in range(30):
        (world.decks / f"more-{number:02}.md").write_text(f"# Number {number}\n" + TEXT)
    async with opened(world, size=NARROW) as screen:
        await screen.press("up")
        assert "▸ Number 29" in screen.text
        await screen.press("down")
        assert "▸ A deck" in screen.text
