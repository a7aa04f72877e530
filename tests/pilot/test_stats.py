"""The statistics screen: pages, periods and decks by keys, the numbers behind a drawing."""

import subprocess
import sys

import pytest
from support.screens import NARROW, WIDE, opened
from support.studied import studied
from support.world import COMPUTED, RECALL, SEVERAL, TEXT, World

from studytui.journal import JournalError
from studytui.journal.counting import Counter
from studytui.tui.screens.stats import StatsScreen

PAGES = 14


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path, RECALL, COMPUTED, TEXT)
    studied(world)
    return world


async def test_home_opens_it_and_q_leads_back(world):
    async with opened(world) as screen:
        await screen.press("s")
        assert screen.title.startswith("1/14 Future due")
        await screen.press("q")
        assert screen.title.startswith("StudyTUI")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["80x24", "40x12"])
async def test_every_page_shows_a_drawing_and_its_numbers(world, size):
    async with opened(world, size=size, first=StatsScreen) as screen:
        for page in range(1, PAGES + 1):
            assert screen.title.startswith(f"{page}/14 ")
            drawn = screen.text
            assert sum(bool(line.strip()) for line in screen.lines) > 3
            await screen.press("t")
            assert screen.text != drawn
            await screen.press("t")
            assert screen.text == drawn
            await screen.press("right")
        assert screen.title.startswith("1/14 ")


async def test_left_goes_round_to_the_last_page(world):
    async with opened(world, first=StatsScreen) as screen:
        await screen.press("left")
        assert screen.title.startswith("14/14 Slips made")
        assert "padded_once 1" in screen.text


async def test_keys_work_with_the_hangul_input_method_on(world):
    async with opened(world, first=StatsScreen) as screen:
        await screen.press("ㅜ", "ㅜ", "ㅔ", "ㅅ", "ㅇ")
        assert screen.title.startswith("2/14 Calendar")
        assert "last 90 days" in screen.title
        assert "2026-03-02" in screen.text


async def test_the_period_changes_what_is_counted(world):
    async with opened(world, first=StatsScreen) as screen:
        await screen.press("n", "n")
        assert "total: 8 answers" in screen.text
        await screen.press("d")
        assert "total: 17 answers" in screen.text
        await screen.press("d", "d", "d")
        assert "last 7 days" in screen.title
        assert "total: 3 answers" in screen.text


async def test_tab_goes_through_the_decks(world):
    (world.decks / "more.md").write_text("# 합성곱 신경망\n" + SEVERAL)
    async with opened(world, first=StatsScreen) as screen:
        await screen.press("n", "n", "tab")
        assert "all decks" not in screen.title
        await screen.press("tab")
        assert "합성곱 신경망 · last 30 days" in screen.title
        assert "There is nothing to count" in screen.text
        await screen.press("tab")
        assert "all decks" in screen.title


@pytest.mark.parametrize(("size", "deck"), [(WIDE, "합성곱 신경망과 순환 신…"), (NARROW, "합성곱 신경…")])
async def test_a_deck_with_a_long_title_is_named(world, size, deck):
    (world.decks / "more.md").write_text(
        "# 합성곱 신경망과 순환 신경망의 모든 것: 아주 긴 제목의 카드 묶음\n" + SEVERAL
    )
    async with opened(world, size=size, first=StatsScreen) as screen:
        await screen.press("n", "n", "shift+tab")
        assert f"{deck} · " in screen.title


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["80x24", "40x12"])
async def test_a_search_chooses_the_cards_and_an_empty_one_takes_all_again(world, size, monkeypatch):
    told = []  # a note that is shown goes by itself, which a slow machine may miss
    monkeypatch.setattr(StatsScreen, "notify", lambda _, words, **__: told.append(words))
    async with opened(world, size=size, first=StatsScreen) as screen:
        await screen.press("left", "slash")
        await screen.type("kind:text\n")
        await screen.until(lambda: "“kind:text” · " in screen.title)
        await screen.until(lambda: told == ["1 card found"])
        assert "padded_once" not in screen.text
        await screen.press("slash", *["backspace"] * len("text"))
        await screen.type("recall\n")
        await screen.until(lambda: "“kind:recall” · " in screen.title)
        assert "padded_once" in screen.text
        await screen.press("slash", *["backspace"] * len("kind:recall"), "enter")
        assert "kind" not in screen.title


async def test_a_search_that_cannot_be_read_is_explained_and_what_was_counted_stays(world):
    async with opened(world, first=StatsScreen) as screen:
        await screen.press("slash")
        await screen.type("kin:recall\n")
        await screen.until(lambda: screen.notices)
        assert screen.notices[0].startswith("there is no “kin:”")
        assert screen.notices[0].endswith("\n  kin:recall\n  ^^^^")
        await screen.press("slash", "escape")
        assert screen.title.startswith("1/14 Future due")
        assert "kin" not in screen.title


async def test_a_page_of_nothing_says_what_it_would_show_and_whether_a_longer_period_helps(world):
    (world.decks / "more.md").write_text("# 합성곱 신경망\n" + SEVERAL)
    async with opened(world, first=StatsScreen) as screen:
        await screen.press("n", "n", "tab", "tab")
        assert "nothing to count in this period; a longer one" in screen.text
        assert "Answers that stand" in screen.text
        await screen.press("d", "d", "d")
        assert "There is nothing to count yet." in screen.text


async def test_an_axis_of_cards_has_whole_numbers(world):
    async with opened(world, first=StatsScreen) as screen:
        assert screen.title.startswith("1/14 Future due")
        assert [line.split("┤")[0].strip() for line in screen.lines if "┤" in line] == ["1", "0"]


async def test_a_plot_follows_the_terminal(world):
    async with opened(world, first=StatsScreen) as screen:
        await screen.press("n", "n")
        assert "days studied: 6" in screen.text
        await screen.resize(NARROW)
        assert "days studied" not in screen.text
        assert max(map(len, screen.lines)) == NARROW[0]
        assert "03-02" in screen.text
        await screen.resize(WIDE)
        assert "days studied: 6" in screen.text


async def test_without_colours_all_pages_are_drawn(world, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(world, first=StatsScreen) as screen:
        await screen.press("n", "n")
        assert "█" in screen.text


async def test_a_journal_that_cannot_be_read_is_told_and_left(world, monkeypatch):
    def broken(*_, **__):
        raise JournalError("journal.db: is damaged; studytui doctor --restore latest")

    async with opened(world) as screen:
        monkeypatch.setattr(Counter, "count", broken)
        await screen.press("s")
        assert screen.notices == ["journal.db: is damaged; studytui doctor --restore latest"]
        await screen.press("s", "n", "q")
        assert screen.title.startswith("StudyTUI")


def test_home_loads_neither_plotext_nor_numpy():
    code = "import sys, studytui.tui.screens.home, studytui.desk; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"plotext", "textual_plotext", "numpy", "studytui.statistics"} & set(loaded)


async def test_the_command_palette_opens_it_once(world):
    async with opened(world) as screen:
        for _ in range(2):
            commands = {
                command.title: command.callback for command in screen.app.get_system_commands(screen.app.screen)
            }
            commands["Statistics"]()
            await screen.settle()
        assert [type(each) for each in screen.app.screen_stack].count(StatsScreen) == 1
