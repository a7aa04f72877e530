"""The learner's own editor, at the card's line; and the card as it then stands."""

import contextlib
import sys

import pytest
from support.screens import opened
from support.world import CHOICE, COMPUTED, RECALL, World

from studytui.session import Phase
from studytui.tui.app import StudyApp
from studytui.tui.editor import editor_command

EDITOR = """
import pathlib, sys
line, file = sys.argv[1:]
path = pathlib.Path(file)
path.with_name("opened.txt").write_text(f"{line} {path.name}")
path.write_text(path.read_text().replace(OLD, NEW))
"""


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Makes an editor that replaces words in the file it is given. A screen in memory has nothing to hand over."""
    monkeypatch.setattr(StudyApp, "suspend", lambda _: contextlib.nullcontext())

    def make(old, new):
        script = tmp_path / "an editor.py"
        script.write_text(f"OLD, NEW = {old!r}, {new!r}{EDITOR}")
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")

    return make


async def test_a_new_heading_is_shown_at_once_and_the_schedule_is_kept(tmp_path, editor):
    editor("What does padding buy you?", "Why pad?")
    world = World(tmp_path, RECALL)
    async with opened(world, study=True) as screen:
        await screen.press("space", "1")
        memory = world.state("deck/why-padding").memory
        await screen.press("space", "e")
        assert "Why pad?" in screen.text
        assert screen.session.phase is Phase.ASKING
        assert screen.title.endswith("new 0 · learning 1 · review 0")
        assert world.state("deck/why-padding").memory == memory
    assert (world.decks / "opened.txt").read_text() == "+3 deck.md"


async def test_a_computed_card_keeps_its_numbers(tmp_path, editor):
    editor("How wide is the output?", "The output's width?")
    world = World(tmp_path, RECALL, COMPUTED)
    async with opened(world, study=True) as screen:
        await screen.press("space", "4")
        givens = screen.question.variant.givens
        world.clock.tick(30)
        await screen.press("escape", "e")
        assert "The output's width?" in screen.text
        assert screen.question.variant.givens == givens


async def test_a_card_that_the_edit_broke_is_left_out_and_the_finding_is_told(tmp_path, editor):
    editor("- [x] stride", "- [ ] stride")
    async with opened(World(tmp_path, CHOICE, RECALL), study=True) as screen:
        await screen.press("e")
        assert screen.question.card.id == "deck/why-padding"
        assert "error no-correct-option" in screen.notices[0]


async def test_a_deck_is_edited_from_home(tmp_path, editor):
    editor("# A deck", "# Another title")
    async with opened(World(tmp_path, RECALL)) as screen:
        assert "A deck" in screen.text
        await screen.press("e")
        assert "Another title" in screen.text


async def test_an_edit_that_breaks_a_card_is_listed_at_home(tmp_path, editor):
    editor("- [x] stride", "- [ ] stride")
    async with opened(World(tmp_path, CHOICE, RECALL)) as screen:
        assert "f findings" not in screen.keys
        await screen.press("e")
        assert "1 findings" not in screen.text
        assert "1 finding in the deck files (f shows it)" in screen.text
        await screen.press("f")
        assert "no-correct-option" in screen.card
        await screen.press("q")
        assert "for today" in screen.text


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ("no-such-editor", "The editor “no-such-editor” was not found"),
        ("nano 'unfinished", "EDITOR cannot be understood"),
        (f"{sys.executable} -c raise(SystemExit(3))", "The editor ended with code 3"),
    ],
)
async def test_an_editor_that_does_not_work_is_told_and_the_card_stays(tmp_path, monkeypatch, editor, chosen, words):
    editor("", "")
    monkeypatch.setenv("EDITOR", chosen)
    async with opened(World(tmp_path, RECALL), study=True) as screen:
        question = screen.question
        await screen.press("e")
        assert words in screen.notices[0]
        assert screen.question is question


async def test_a_terminal_that_cannot_be_handed_over_names_the_line(tmp_path, monkeypatch):
    monkeypatch.setenv("EDITOR", sys.executable)
    async with opened(World(tmp_path, RECALL), study=True) as screen:
        await screen.press("e")
        assert "deck.md at line 3 yourself" in screen.notices[0]


@pytest.mark.parametrize(
    ("chosen", "command"),
    [
        ("vim", ["vim", "+7", "a.md"]),
        ("emacs -nw", ["emacs", "-nw", "+7", "a.md"]),
        ("code", ["code", "--wait", "--goto", "a.md:7"]),
        ("/usr/bin/hx", ["/usr/bin/hx", "a.md:7"]),
    ],
)
def test_editors_are_told_the_line_in_their_own_way(monkeypatch, chosen, command):
    monkeypatch.setenv("EDITOR", "other")
    monkeypatch.setenv("VISUAL", chosen)
    assert editor_command("a.md", 7) == command


def test_without_an_editor_there_is_no_command(monkeypatch):
    for name in ("VISUAL", "EDITOR", "PATH"):
        monkeypatch.setenv(name, "")
    assert editor_command("a.md", 7) is None
