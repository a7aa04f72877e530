"""Where a measured program lives: journal, settings, decks and cache of its own; nothing of the user's is touched."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from studytui import settings as settings_file
from studytui.deck.builtin import builtin_decks
from studytui.deck.library import Library
from studytui.desk import Desk, scheduler_of
from studytui.entering import begin
from studytui.face import asking_face
from studytui.journal import Journal


@dataclass(frozen=True, slots=True)
class Place:
    """A home for the program: `folder` holds journal and settings, `decks` the synthetic decks."""

    folder: Path
    decks: Path
    cache: Path

    @property
    def journal(self) -> Path:
        """The file of all reviews."""
        return self.folder / "journal.db"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.folder / "settings.toml"

    def environment(self) -> dict[str, str]:
        """What makes the program live here, in a terminal with all colours."""
        return {
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.cache),
            "STUDYTUI_JOURNAL": str(self.journal),
            "STUDYTUI_SETTINGS": str(self.settings),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }

    def write_settings(self, **values: int) -> None:
        """Settings that name the synthetic decks; all that is not named keeps its default."""
        lines = [f'decks = ["{self.decks}"]', *(f"{name} = {value}" for name, value in values.items())]
        self.settings.write_text("\n".join(lines) + "\n")

    def copy(self, name: str, **settings: int) -> Place:
        """The same collection with a journal of its own, for a benchmark that answers cards."""
        place = Place(self.folder.with_name(name), self.decks, self.cache)
        shutil.copytree(self.folder, place.folder)
        place.write_settings(**settings)
        return place

    def desk(self) -> Desk:
        """Opens all of it in this process, as the program does."""
        settings = settings_file.load(self.settings)
        scheduler = scheduler_of(settings)
        library = Library([builtin_decks(), self.decks], self.cache / "studytui")
        return Desk(settings, library, Journal.open(self.journal, scheduler), scheduler)

    def first_words(self) -> tuple[bytes, str]:
        """Words that the first card of a sitting is sure to show, and the card's kind."""
        with self.desk() as desk:
            session = desk.day.session()
            session.begin()
            question = session.question
            assert question is not None  # noqa: S101 - every collection has cards that are due
            row = asking_face(question, begin(question.form), 78)[0]
        words = max(re.findall(r"[^\W\d_]+(?: [^\W\d_]+)*", row.pieces[0][0]), key=len)
        return words.encode(), question.card.kind
