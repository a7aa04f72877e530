"""Fixtures: a learner's folders, sittings that can be begun again, and of quizzes a deck, its paper and the command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support.quizzes import BREAKFAST, cards_of, paper_of
from support.sittings import Starter

from studytui.cli import cli
from studytui.deck.model import Card
from studytui.quiz.paper import Paper


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's own folders, empty."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("STUDYTUI_JOURNAL", str(tmp_path / "journal.db"))
    monkeypatch.delenv("STUDYTUI_SETTINGS", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Starter]:
    """Opens a desk over some cards; `start.again()` is a new sitting, as after a restart."""
    with Starter(tmp_path) as starter:
        yield starter


@pytest.fixture
def breakfast(tmp_path: Path) -> dict[str, Card]:
    """The cards of a deck with every kind, by id."""
    path = tmp_path / "breakfast.md"
    path.write_text(BREAKFAST)
    return cards_of(path)


@pytest.fixture
def paper(breakfast: dict[str, Card]) -> Paper:
    """All that a machine grades of this deck."""
    return paper_of(breakfast)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs `studytui quiz` over this deck with typed lines, in a world of its own."""
    deck = tmp_path / "breakfast.md"
    deck.write_text(BREAKFAST)
    monkeypatch.setenv("STUDYTUI_JOURNAL", str(tmp_path / "journal.sqlite3"))
    monkeypatch.setenv("STUDYTUI_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def runner(*arguments: str, lines: str | bytes = "") -> Result:
        return CliRunner().invoke(cli, ["quiz", str(deck), *arguments], input=lines)

    return runner
