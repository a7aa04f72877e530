"""What is done beside a screen: keys are answered meanwhile, an end leaves all as it was, one thing is done at a time.

The journal is slow here because it waits for the test, at a place inside the transaction.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
from contextlib import closing

import pytest
from support.screens import NARROW, WIDE, opened
from support.world import CHOICE, COMPUTED, RECALL, TEXT, World

from studytui.browsing import browser
from studytui.deck.library import Library
from studytui.deck.tagging import Tagging
from studytui.fitting import process
from studytui.journal import JournalError, together
from studytui.memory.model import Action, Entry
from studytui.settings import load
from studytui.tui.screens.browse import BrowseScreen
from studytui.tui.screens.browse_pages import PastScreen, PreviewScreen
from studytui.tui.screens.fit import FitScreen
from studytui.tui.screens.home import HomeScreen
from studytui.tui.screens.settings import SettingsScreen


@pytest.fixture
def world(tmp_path):
    return World(tmp_path, RECALL, COMPUTED, CHOICE, TEXT)


class Held:
    """A function that waits, when it is called beside the screen, until it may go on."""

    def __init__(self, monkeypatch, place, name):
        self.entered, self.may_go = threading.Event(), threading.Event()
        whole = getattr(place, name)

        def wait(*arguments, **named):
            if threading.current_thread().name == "doing":
                self.entered.set()
                assert self.may_go.wait(20)
            return whole(*arguments, **named)

        monkeypatch.setattr(place, name, wait)


@pytest.fixture
def held(monkeypatch):
    """Cards are about to be written, inside the transaction."""
    held = Held(monkeypatch, together.cards, "correct")
    yield held
    held.may_go.set()


def entries(world):
    with world.journal() as journal:
        return list(journal.entries())


async def browse(screen):
    """In the table of Browse, when all cards are found."""
    await screen.press("slash", "enter")
    browse = screen.app.screen
    await screen.until(lambda: browse._shown and not browse._seeker.pending and not browse._reading)


async def begun(screen, held, *keys):
    """Begins something in Browse; until it waits in the journal, and the screen says so."""
    await browse(screen)
    await screen.press(*keys)
    await screen.until(held.entered.is_set)
    await screen.until(lambda: "esc cancels" in screen.title)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_keys_are_answered_while_cards_are_changed_and_the_result_is_the_same(world, held, size):
    async with opened(world, size=size) as screen:
        await begun(screen, held, "a", "s")
        if size == WIDE:
            assert screen.title.endswith("Suspending or resuming: 4 cards … · esc cancels")
        await screen.press("down")
        assert screen.app.screen.listing.cursor == 1
        await screen.press("enter")
        assert isinstance(screen.app.screen, PreviewScreen)
        await screen.press("q", "h")
        assert isinstance(screen.app.screen, PastScreen)
        await screen.press("q", "slash")
        await screen.type("border")
        await screen.until(lambda: len(screen.app.screen.listing.keys) == 2)
        await screen.press(*["backspace"] * 6, "enter")
        assert entries(world) == []
        held.may_go.set()
        await screen.over()
        assert screen.notices[-1] == "Suspended: 4 cards · one undo takes all back"
        assert screen.title.endswith("4 of 4 cards marked")
    assert [entry.action for entry, _ in entries(world)] == ["suspend"] * 4
    assert world.problems() == []


@pytest.mark.parametrize("key", ["s", "b", "n", "t", "d", "u", "U", "g", "e", "c"])
async def test_keys_that_need_the_journal_are_told_to_wait_and_two_things_are_never_done_at_once(world, held, key):
    async with opened(world) as screen:
        await begun(screen, held, "a", "s")
        await screen.press(key)
        assert screen.notices == ["Not now: Suspending or resuming: 4 cards … · esc cancels"]
        assert isinstance(screen.app.screen, BrowseScreen)
        assert [thread.name for thread in threading.enumerate()].count("doing") == 1
        held.may_go.set()
        await screen.over()
    assert len(entries(world)) == 4


@pytest.mark.parametrize(("before", "keys"), [((), ("a", "s")), (("a", "s"), ("u",)), (("a", "b", "u"), ("U",))])
async def test_esc_ends_it_and_all_is_as_it_was(world, monkeypatch, before, keys):
    async with opened(world) as screen:
        await browse(screen)
        for key in before:
            await screen.press(key)
            await screen.over()
        was = entries(world)
        held = Held(monkeypatch, together.cards, "correct")
        await screen.press(*keys)
        await screen.until(held.entered.is_set)
        await screen.press("escape")
        assert "ending …" in screen.title
        held.may_go.set()
        await screen.over()
        assert screen.notices[-1] == "Cancelled; nothing was changed."
        assert isinstance(screen.app.screen, BrowseScreen)
        assert entries(world) == was
        assert world.problems() == []
        await screen.press(keys[-1])
        await screen.over()
        assert len(entries(world)) == len(was) + 4
    assert world.problems() == []


async def test_leaving_the_program_ends_it(world, held):
    async with opened(world) as screen:
        await begun(screen, held, "a", "s")
        doing = next(thread for thread in threading.enumerate() if thread.name == "doing")
    held.may_go.set()
    doing.join(10)
    assert entries(world) == []
    assert world.problems() == []


async def test_the_screen_waits_for_no_other_program_that_writes(world):
    async with opened(world) as screen:
        await browse(screen)
        with closing(sqlite3.connect(world.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await screen.press("a", "s")
            await screen.until(lambda: "Suspending" in screen.title)
            await screen.press("down")
            assert screen.app.screen.listing.cursor == 1
            other.execute("ROLLBACK")
        await screen.over()
    assert len(entries(world)) == 4


async def test_what_goes_wrong_is_one_line_and_leaves_all_as_it_was(world, monkeypatch):
    def full(*_):
        raise JournalError("the disk is full")

    async with opened(world) as screen:
        await browse(screen)
        monkeypatch.setattr(together.cards, "correct", full)
        await screen.press("a", "s")
        await screen.over()
        assert screen.notices == ["the disk is full"]
        assert "4 of 4 cards marked" in screen.title
    assert entries(world) == []


async def test_a_tag_is_not_written_when_it_is_ended_while_the_files_are_checked(world, monkeypatch):
    before = world.deck.read_bytes()
    held = Held(monkeypatch, browser, "tagged")
    async with opened(world) as screen:
        await browse(screen)
        await screen.press("a", "t")
        await screen.type("exam\n")
        await screen.until(held.entered.is_set)
        await screen.press("escape")
        held.may_go.set()
        await screen.over()
        assert screen.notices[-1] == "Cancelled; nothing was changed."
    assert world.deck.read_bytes() == before


async def test_from_the_first_file_on_a_tag_is_written_whatever_comes_and_the_decks_are_read_beside_the_screen(
    world, monkeypatch
):
    held = Held(monkeypatch, Tagging, "write")
    async with opened(world) as screen:
        await browse(screen)
        await screen.press("a", "t")
        await screen.type("exam\n")
        await screen.until(held.entered.is_set)
        await screen.press("escape")
        assert "cannot be cancelled now" in screen.title
        read = []
        library = screen.app._desk.decks.library
        monkeypatch.setattr(library, "_read", lambda *_: read.append(1))
        held.may_go.set()
        await screen.over()
        assert screen.notices[-1] == "Tag “exam” written to 4 cards in 1 file"
        assert read == []
        assert all("exam" in card.tags for card in library.cards("deck"))
        await screen.press("u")
        await screen.over()
        assert screen.notices[-1].startswith("Undone: tag “exam” written")


# -- all memories ------------------------------------------------------------------------------------------------------


@pytest.fixture
def endless(monkeypatch):
    """A process that never answers stands for a journal of which all memories take long."""
    whole = process.Work.__init__.__defaults__
    monkeypatch.setattr(process.Work.__init__, "__defaults__", ((sys.executable, "-c", "import time; time.sleep(60)"),))
    return lambda: monkeypatch.setattr(process.Work.__init__, "__defaults__", whole)


async def shorter(screen):
    """In Settings: another longest interval, with which all due dates are others."""
    await screen.press("comma")
    while screen.app.screen.here.place != ("maximum_interval",):
        await screen.press("down")
    await screen.press("1", "enter")


async def test_settings_answers_keys_while_memories_are_computed_and_esc_ends_that(world, endless):
    async with opened(world) as screen:
        await shorter(screen)
        await screen.press("escape")
        await screen.until(lambda: "Computing the memory of all cards … · esc cancels" in screen.title)
        before = screen.app.screen._cursor
        await screen.press("down")
        assert screen.app.screen._cursor == before + 1
        await screen.press("up", "space")
        assert screen.notices == ["Not now: Computing the memory of all cards … · esc cancels"]
        await screen.press("7")
        assert not screen.app.screen._typing
        await screen.press("escape")
        await screen.over()
        assert screen.notices[-1].startswith("Cancelled: the settings stay")
        assert isinstance(screen.app.screen, SettingsScreen)
        assert load(world.settings_file).maximum_interval == 1
        assert not screen.app._desk.schedule.is_as_set
        endless()
        await screen.press("escape")
        await screen.until(lambda: isinstance(screen.app.screen, HomeScreen))
        assert screen.app._desk.schedule.is_as_set


async def test_a_retention_that_is_set_is_put_back_when_its_computing_is_ended(world, monkeypatch):
    world.settings_file.write_text("# mine\nnew_per_day = 7\n")
    async with opened(world) as screen:
        screen.app.action_fit()
        await screen.settle()
        fit = screen.app.screen
        assert isinstance(fit, FitScreen)
        await screen.press("f")
        await screen.until(lambda: not fit._working.is_on)
        monkeypatch.setattr(
            process.Work.__init__, "__defaults__", ((sys.executable, "-c", "import time; time.sleep(60)"),)
        )
        await screen.press("right", "s")
        await screen.until(
            lambda: "Computing the memory of all cards … · esc cancels" in screen.card.replace("\n", " ")
        )
        assert load(world.settings_file).desired_retention == 0.91
        await screen.press("right")
        assert fit._retention == 0.92
        await screen.press("escape")
        await screen.over()
        assert screen.notices[-1] == "Cancelled; nothing was changed."
        assert world.settings_file.read_text() == "# mine\nnew_per_day = 7\n"
        assert screen.app._desk.settings.desired_retention == 0.9
        assert screen.app._desk.schedule.is_as_set


async def test_a_computing_that_fails_is_one_line_and_the_screen_does_not_compute_itself(world, monkeypatch):
    async with opened(world) as screen:
        await shorter(screen)
        monkeypatch.setattr(process.Work.__init__, "__defaults__", ((sys.executable, "-c", "raise SystemExit(3)"),))
        await screen.press("escape")
        await screen.over()
        assert screen.notices[-1].endswith("ended before its time (status 3); try again")
        assert isinstance(screen.app.screen, SettingsScreen)
        assert not screen.app._desk.schedule.is_as_set


# -- home, and the folders of decks ------------------------------------------------------------------------------------


async def test_home_takes_back_many_cards_beside_the_screen_and_esc_ends_it(world, monkeypatch):
    async with opened(world) as screen:
        await browse(screen)
        await screen.press("a", "s")
        await screen.over()
        await screen.press("escape", "escape")
        assert isinstance(screen.app.screen, HomeScreen)
        was = entries(world)
        held = Held(monkeypatch, together.cards, "correct")
        await screen.press("u")
        await screen.until(held.entered.is_set)
        await screen.until(lambda: "Undoing" in screen.title)
        await screen.press("enter")
        assert isinstance(screen.app.screen, HomeScreen)
        assert screen.notices[-1].startswith("Not now: Undoing …")
        await screen.press("escape")
        held.may_go.set()
        await screen.over()
        assert screen.notices[-1] == "Cancelled; nothing was changed."
        assert entries(world) == was
        await screen.press("u")
        await screen.over()
        assert screen.notices[-1].endswith("and 3 more, recorded in one go")
    assert world.problems() == []


@pytest.fixture
def many(tmp_path):
    """For a sitting behind the suspension, in one go, of more cards than are taken back while a key is pressed."""
    world = World(tmp_path, *(f"\n## Card {number} {{#c{number}}}\n\nText.\n" for number in range(101)), TEXT)
    with world.journal() as journal:
        moment = world.clock()
        day = world.scheduler.day_of(moment)
        journal.record_together(
            [Entry(f"deck/c{number}", Action.SUSPEND, moment.ms, moment.offset, day) for number in range(101)]
        )
    return world


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_sitting_takes_back_many_cards_beside_the_screen_and_what_is_typed_meanwhile_stays(
    many, monkeypatch, size
):
    held = Held(monkeypatch, together.cards, "correct")
    async with opened(many, study=True, size=size) as screen:
        assert screen.question.card.id == "deck/border"
        await screen.press("escape", "u")
        await screen.until(held.entered.is_set)
        await screen.until(lambda: "esc cancels" in screen.title)
        if size == WIDE:
            assert screen.title.endswith("Undoing … · esc cancels")
        await screen.press("slash")
        await screen.type("paddin")
        held.may_go.set()
        await screen.over()
        assert screen.notices[-1] == "Undone: suspend on deck/c100 and 100 more, recorded in one go"
        assert "esc cancels" not in screen.title
        await screen.type("g")
        assert screen.field.value == "padding"
        await screen.press("enter", "3")
        await screen.press("u", "escape", "u")
        assert screen.question.card.id == "deck/border"
        assert many.state("deck/c7").suspended is False
        await screen.press("escape", "U", "U")
        await screen.over()
    assert many.problems() == []


@pytest.mark.parametrize("key", ["3", "space", "s", "b", "d", "t", "u", "U", "e"])
async def test_in_a_sitting_what_needs_the_journal_is_told_to_wait_while_many_cards_are_taken_back(
    many, monkeypatch, key
):
    held = Held(monkeypatch, together.cards, "correct")
    async with opened(many, study=True) as screen:
        was = entries(many)
        await screen.type("padding\n")
        await screen.press("u")
        await screen.until(held.entered.is_set)
        await screen.until(lambda: "esc cancels" in screen.title)
        await screen.press(key)
        assert screen.notices == ["Not now: Undoing … · esc cancels"]
        assert screen.session.judged is not None
        await screen.press("escape")
        held.may_go.set()
        await screen.over()
        assert screen.notices[-1] == "Cancelled; nothing was changed."
        assert entries(many) == was
        await screen.press("q")
    assert many.problems() == []


async def test_leaving_a_sitting_ends_what_is_taken_back_first(many, monkeypatch):
    held = Held(monkeypatch, together.cards, "correct")
    async with opened(many, study=True) as screen:
        was = entries(many)
        await screen.press("escape", "u")
        await screen.until(held.entered.is_set)
        await screen.press("q")
        assert "ending …" in screen.title
        held.may_go.set()
        await screen.over()
        assert entries(many) == was
        await screen.press("q")
        assert not screen.app.is_running or screen.app._exit


async def test_the_folders_of_decks_hold_when_one_leaves_the_settings(world, tmp_path):
    more = tmp_path / "more"
    more.mkdir()
    (more / "other.md").write_text("# Another\n## New {#new}\n\nText.\n")
    async with opened(world) as screen:
        await screen.press("comma")
        while screen.app.screen.here.place != ("decks",):
            await screen.press("down")
        await screen.press("enter")
        await screen.type(f"{more}\n")
        await screen.press("escape")
        await screen.until(lambda: isinstance(screen.app.screen, HomeScreen))
        await screen.settle()
        assert screen.app._desk.decks.ids == ["deck", "other"]
        assert "Another" in screen.text
        await screen.press("comma")
        while screen.app.screen.here.place != ("decks",):
            await screen.press("down")
        await screen.press("d", "escape")
        await screen.until(lambda: isinstance(screen.app.screen, HomeScreen))
        await screen.settle()
        assert screen.app._desk.decks.ids == ["deck"]
        assert "Another" not in screen.text


async def test_decks_that_take_long_to_read_are_read_beside_the_screen_and_esc_ends_that(world, tmp_path, monkeypatch):
    (tmp_path / "other.md").write_text("# Another\n## New {#new}\n\nText.\n")
    held = Held(monkeypatch, Library, "_read")
    async with opened(world) as screen:
        await screen.press("comma")
        screen.app._desk.settings_file.write({("decks",): [str(tmp_path / "other.md")]})
        await screen.press("escape")
        await screen.until(held.entered.is_set)
        await screen.until(lambda: "Reading the decks …" in screen.title)
        await screen.press("escape")
        held.may_go.set()
        await screen.until(lambda: not screen.app.doing.is_on)
        assert isinstance(screen.app.screen, HomeScreen | SettingsScreen)
        await screen.press("escape")
        await screen.until(lambda: isinstance(screen.app.screen, HomeScreen))
        assert screen.app._desk.decks.ids == ["deck", "other"]
