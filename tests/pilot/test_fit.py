"""The Fit screen: fit, cancel, adopt, way back; the forecast with its retention, per deck and for all."""

from __future__ import annotations

import asyncio
import re
import sys
from dataclasses import replace

import pytest
from support.forgetful import FIRST_DAY, studied
from support.screens import NARROW, WIDE, opened
from support.world import CHOICE, RECALL, World

from studytui.desk import scheduler_of
from studytui.fitting import process
from studytui.journal import Journal
from studytui.memory.schedule import DEFAULT_PARAMETERS
from studytui.settings import load
from studytui.tui.screens.fit import FitScreen

#: The seeded learner's reviews, moved to end shortly before the world's first day.
SHIFT = 20_514 - FIRST_DAY - 240


@pytest.fixture
def world(tmp_path):
    return World(tmp_path, RECALL, CHOICE)


def study(world, cards=150, days=240):
    """Gives the world's journal the reviews of a learner who forgets fast."""
    with Journal.open(world.path, world.scheduler) as journal, journal._store.transaction():
        for entry in studied(cards=cards, days=days, new_per_day=10):
            ms = entry.time_ms + SHIFT * 86_400_000
            journal._record(replace(entry, day=entry.day + SHIFT, time_ms=ms))
    return world


async def fit_screen(screen):
    screen.app.action_fit()
    await screen.settle()
    assert isinstance(screen.app.screen, FitScreen)
    return screen.app.screen


async def done(screen):
    await screen.until(lambda: not (screen.app.screen._working.is_on or screen.app.doing.is_on), 60)


async def test_the_screen_says_what_is_in_use_and_how_much_there_is(world):
    async with opened(study(world, 20, 30)) as screen:
        await fit_screen(screen)
        assert "answers in the journal. In use: the default parameters." in screen.card.replace("\n", " ")
        assert "adopt" not in screen.keys


async def test_too_few_reviews_are_refused_with_a_reason(world):
    async with opened(world) as screen:
        await fit_screen(screen)
        await screen.press("enter")
        await done(screen)
        assert "Fitting needs 400 reviews" in screen.card
        assert "there are 0" in screen.card.replace("\n", " ")


async def test_a_fit_is_shown_adopted_and_taken_back(world):
    study(world)
    async with opened(world) as screen:
        fit = await fit_screen(screen)
        await screen.press("enter")
        assert "Step 1 of 1: starting · esc cancels" in screen.card
        await done(screen)
        assert "✓ Better" in screen.card
        assert "Held out by time" in screen.card
        assert "Held out by card" in screen.card
        assert "Calibration" in screen.card
        assert not world.settings_file.exists()
        await screen.press("a")
        await done(screen)
        written = load(world.settings_file)
        assert written.parameters == fit._fitted.fit.parameters
        assert written.parameters_since == "2026-03-02"
        assert "In use since 2026-03-02: your own parameters." in screen.card.replace("\n", " ")
        await screen.until(lambda: screen.notices, 10)
        assert any(re.match(r"In use now\. \d+ of 150 due dates move: ", notice) for notice in screen.notices)
        with Journal.inspect(world.path, scheduler_of(written)) as journal:
            assert journal._store.row("SELECT value FROM meta WHERE name = 'scheduler'") == (
                scheduler_of(written).identity,
            )
        await screen.press("b")
        await done(screen)
        assert load(world.settings_file).parameters == ()
        assert load(world.settings_file).parameters_before == written.parameters
        assert screen.app._desk.schedule.scheduler.parameters == DEFAULT_PARAMETERS
    assert world.problems() == []


async def test_esc_cancels_at_once_and_changes_nothing(world, monkeypatch):
    # A process that never answers stands for a fit that takes long.
    monkeypatch.setattr(process.Work.__init__, "__defaults__", ((sys.executable, "-c", "import time; time.sleep(60)"),))
    async with opened(world) as screen:
        fit = await fit_screen(screen)
        await screen.press("enter")
        await screen.until(lambda: fit._working._work is not None)
        child = fit._working._work._process
        await screen.press("escape")
        assert screen.notices == ["Cancelled; nothing was changed."]
        assert screen.app.screen is fit
        await screen.until(lambda: child.poll() is not None)
        await screen.press("escape")
        assert screen.app.screen is not fit
    assert not world.settings_file.exists()


async def test_leaving_the_program_ends_the_work(world, monkeypatch):
    monkeypatch.setattr(process.Work.__init__, "__defaults__", ((sys.executable, "-c", "import time; time.sleep(60)"),))
    async with opened(world) as screen:
        fit = await fit_screen(screen)
        await screen.press("enter")
        await screen.until(lambda: fit._working._work is not None)
        child = fit._working._work._process
    while child.poll() is None:
        await asyncio.sleep(0.01)
    assert child.returncode < 0  # it was ended, and did not end by itself


async def test_a_process_that_ends_before_its_time_is_a_sentence(world, monkeypatch):
    monkeypatch.setattr(process.Work.__init__, "__defaults__", ((sys.executable, "-c", "raise SystemExit(3)"),))
    async with opened(world) as screen:
        await fit_screen(screen)
        await screen.press("enter")
        await done(screen)
        assert "Fitting ended before its time (status 3); try again." in screen.card


async def test_the_retention_is_moved_with_its_work_beside_it_and_set(world):
    async with opened(study(world, 60, 60)) as screen:
        fit = await fit_screen(screen)
        await screen.press("f")
        await done(screen)
        assert "Desired retention 0.90, as it is set" in screen.card
        before = screen.card
        await screen.press("right", "right", "left")
        assert "Desired retention 0.91, set is 0.90" in screen.card
        assert screen.card != before
        await screen.press("s")
        await done(screen)
        assert load(world.settings_file).desired_retention == 0.91
        assert screen.app._desk.schedule.scheduler.desired_retention == 0.91
        assert fit._desk.settings.desired_retention == 0.91
        assert "as it is set" in screen.card
        await screen.press(*["right"] * 12)
        assert fit._retention == 0.97
        await screen.press(*["left"] * 40)
        assert fit._retention == 0.70


async def test_a_deck_is_given_a_retention_of_its_own(world):
    async with opened(world) as screen:
        await fit_screen(screen)
        await screen.press("f", "d")
        await done(screen)
        assert "A deck" in screen.card
        await screen.press("left", "s")
        await done(screen)
        assert load(world.settings_file).deck_retention == {"deck": 0.89}
        assert screen.app._desk.schedule.scheduler.retention_of("deck/mover") == 0.89
        assert screen.app._desk.schedule.scheduler.retention_of("other/mover") == 0.9
        await screen.press("d")
        assert "All decks" in screen.card
        assert "(1 deck has its own)" in screen.card.replace("\n", " ")


async def test_a_file_that_cannot_be_written_is_said_and_nothing_changes(world):
    world.settings_file.write_text("new_per_day = = 3")
    async with opened(world) as screen:
        fit = await fit_screen(screen)
        await screen.press("f")
        await done(screen)
        await screen.press("left", "s")
        assert any("is not valid TOML" in notice for notice in screen.notices)
        assert fit._desk.settings.desired_retention == 0.9
        assert not screen.app.doing.is_on


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_everything_fits_into_the_screen(world, size):
    async with opened(study(world), size=size) as screen:
        await fit_screen(screen)
        await screen.press("enter")
        await done(screen)
        assert "…" not in screen.card
        assert screen.card.count("Calibration") == 2
        assert all(len(line) <= size[0] - 3 for line in screen.card.splitlines())
        await screen.press("f")
        await done(screen)
        assert all(len(line) <= size[0] - 3 for line in screen.card.splitlines())
        assert "Least work" in screen.card


async def test_only_home_offers_it(world):
    async with opened(world) as screen:
        assert "Fit" in {command.title for command in screen.app.get_system_commands(screen.app.screen)}
    async with opened(world, study=True) as screen:
        assert "Fit" not in {command.title for command in screen.app.get_system_commands(screen.app.screen)}
