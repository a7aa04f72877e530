"""Statistics are counted beside the screen: it says so and takes keys; only what was wanted last is shown."""

import asyncio
import threading

import pytest
from support.screens import opened
from support.studied import studied
from support.world import COMPUTED, RECALL, TEXT, World

from studytui.browsing import searcher
from studytui.journal import JournalError
from studytui.journal.counting import Counter
from studytui.problems import Problem
from studytui.tui.screens.stats import StatsScreen


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path, RECALL, COMPUTED, TEXT)
    studied(world)
    return world


class Slow:
    """Counting that begins and waits until it is let on, or is no longer wanted."""

    def __init__(self, monkeypatch):
        self.begun, self.ended = [], []
        self._on = threading.Event()
        real = Counter.count

        def count(counter, now, period, decks, **others):
            self.begun.append(period.key)
            while not self._on.wait(0.001):
                if not counter._goes_on():
                    self.ended.append(period.key)
                    raise JournalError("interrupted")
            return real(counter, now, period, decks, **others)

        monkeypatch.setattr(Counter, "count", count)

    def go_on(self):
        self._on.set()

    def wait(self):
        self._on.clear()


@pytest.fixture
def slow(monkeypatch):
    slow = Slow(monkeypatch)
    yield slow
    slow.go_on()


async def press(screen, *keys):
    """Presses keys without waiting for what is counted."""
    for key in keys:
        screen.app._driver.send_message(screen.event(key))
        await screen._turn()


async def until(screen, condition):
    while not condition():
        await screen._turn()
        await asyncio.sleep(0.005)


async def counted_once(screen, slow):
    slow.go_on()
    await screen.press("s")
    assert screen.title.endswith("all decks · last 30 days")
    slow.wait()


async def test_the_screen_says_that_it_counts_before_there_is_anything_to_show(world, slow):
    async with opened(world) as screen:
        await press(screen, "s")
        assert screen.title.startswith("Statistics")
        assert screen.title.endswith("counting … · all decks · last 30 days")
        assert "Counting …" in screen.text
        slow.go_on()
        await screen.settle()
        assert screen.title.startswith("1/14 Future due")
        assert "ounting" not in screen.text


async def test_pages_turn_while_another_period_is_counted(world, slow):
    async with opened(world) as screen:
        await counted_once(screen, slow)
        await press(screen, "d", "n", "n")
        assert screen.title.startswith("3/14 Answers per day")
        assert screen.title.endswith("counting … · all decks · last 90 days")
        assert "total: 8 answers" in screen.text
        slow.go_on()
        await screen.settle()
        assert screen.title.endswith("  all decks · last 90 days")
        assert "total: 17 answers" in screen.text


async def test_another_choice_ends_the_count_of_the_one_before_and_is_the_only_one_shown(world, slow):
    async with opened(world) as screen:
        await counted_once(screen, slow)
        await press(screen, "d")
        await until(screen, lambda: slow.begun[-1] == "90d")
        await press(screen, "d", "d", "tab")
        await until(screen, lambda: slow.begun[-1] == "all")
        assert "90d" in slow.ended
        slow.go_on()
        await screen.settle()
        assert screen.title.endswith(" · all days")
        assert "all decks" not in screen.title
        assert screen.notices == []


async def test_leaving_ends_the_count(world, slow):
    async with opened(world) as screen:
        await press(screen, "s")
        await until(screen, lambda: slow.begun)
        await press(screen, "q")
        await until(screen, lambda: slow.ended)
        await until(screen, lambda: not [each for each in threading.enumerate() if each.name == "count"])
        assert screen.title.startswith("StudyTUI")
        assert screen.notices == []


async def test_what_cannot_be_counted_is_one_line_and_what_was_shown_stays(world, monkeypatch):
    def broken(*_, **__):
        raise JournalError("journal.db: is damaged")

    async with opened(world, first=StatsScreen) as screen:
        await screen.press("n", "n")
        with monkeypatch.context() as patch:
            patch.setattr(Counter, "count", broken)
            await screen.press("d")
        assert screen.notices == ["journal.db: is damaged"]
        assert screen.title.endswith("all decks · last 30 days")
        assert "total: 8 answers" in screen.text
        await screen.press("d")
        assert screen.title.endswith("all decks · last 90 days")


async def test_what_cannot_be_counted_at_first_is_told_in_place_of_the_page_and_can_be_tried_again(world, monkeypatch):
    def broken(*_, **__):
        raise JournalError("journal.db: is damaged")

    with monkeypatch.context() as patch:
        patch.setattr(Counter, "__init__", broken)
        async with opened(world, first=StatsScreen) as screen:
            await screen.settle()
            assert [row.text for row in screen.app.screen._text.rows] == ["journal.db: is damaged"]
            patch.undo()
            await screen.press("d")
            assert screen.title.startswith("1/14 Future due")


async def test_a_search_is_told_to_end_when_it_is_no_longer_wanted(world, monkeypatch):
    begun, ended = threading.Event(), threading.Event()

    def slow_search(_collection, _query, progress):
        begun.set()
        while not progress(0, 1):
            pass
        ended.set()
        raise Problem("interrupted")

    monkeypatch.setattr(searcher, "found", slow_search)
    async with opened(world, first=StatsScreen) as screen:
        await screen.press("slash")
        await press(screen, *"cnn", "enter")
        await until(screen, begun.is_set)
        assert "searching … · “cnn” · all decks" in screen.title
        await press(screen, "slash", *["backspace"] * 3, "enter")
        await until(screen, ended.is_set)
        await screen.settle()
        assert screen.title.endswith("  all decks · last 30 days")
        assert screen.notices == []
