"""What is opened for one run of the program, and the way to each thing that can be done with it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from studytui.deck.builtin import builtin_decks
from studytui.deck.library import Library
from studytui.desk.decks import Decks, cache_path, is_path
from studytui.desk.schedule import Schedule, scheduler_of
from studytui.desk.settings_file import SettingsFile
from studytui.journal import Journal, journal_path
from studytui.memory.clock import now
from studytui.settings import load, settings_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studytui.desk.ahead import Ahead
    from studytui.desk.cards import Cards
    from studytui.desk.cramming import Cramming
    from studytui.desk.day import Day
    from studytui.desk.papers import Papers
    from studytui.desk.search import Search
    from studytui.desk.witnesses import Witnesses
    from studytui.memory.model import Moment
    from studytui.memory.schedule import Scheduler
    from studytui.quizzes import Quizzes
    from studytui.settings import Settings
    from studytui.statistics import Period, Statistics


class Desk:
    """The services of one run of the program.

    `settings` are those in use, `language` is the one that the learner reads now, `problems` are lines to be shown.
    Facets that the first screen may do without are loaded when they are first asked for.
    """

    def __init__(
        self,
        settings: Settings,
        library: Library,
        journal: Journal,
        scheduler: Scheduler,
        *,
        clock: Callable[[], Moment] = now,
        settings_file: Path | None = None,
    ) -> None:
        self.settings, self.clock = settings, clock
        self.language = settings.language
        self.problems: list[str] = list(settings.problems)
        self._journal = journal
        self.settings_file = SettingsFile(self, settings_file)
        self.schedule = Schedule(self, journal, scheduler)
        self.decks = Decks(self, journal, library)
        self.problems += self.decks.only_in_settings()

    @classmethod
    def open(cls, journal: Path | None = None, decks: Sequence[str] = ()) -> Self:
        """Opens everything: the built-in decks, those of the settings, and each of `decks` that is a path."""
        path = settings_path()
        settings = load(path)
        places = [builtin_decks(), *(Path(place).expanduser() for place in settings.decks)]
        places += [Path(deck) for deck in decks if is_path(deck)]
        scheduler = scheduler_of(settings)
        library = Library(places, cache_path())
        opened = Journal.open(journal_path(journal), scheduler)
        return cls(settings, library, opened, scheduler, settings_file=path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Keeps the language, ends the referee and closes the journal."""
        self.settings_file.keep_language()
        if "witnesses" in vars(self):  # they were asked for
            self.witnesses.close()
        self._journal.close()

    @property
    def journal_file(self) -> Path:
        """Where the journal is."""
        return self._journal.path

    @cached_property
    def day(self) -> Day:
        """What there is to study today, and the sitting over it."""
        from studytui.desk.day import Day

        return Day(self, self._journal)

    @cached_property
    def cards(self) -> Cards:
        """What is done to cards outside a sitting, and how the last thing done is taken back."""
        from studytui.desk.cards import Cards

        return Cards(self, self._journal)

    @cached_property
    def cramming(self) -> Cramming:
        """Sittings that record nothing."""
        from studytui.desk.cramming import Cramming

        return Cramming(self, self._journal)

    @cached_property
    def search(self) -> Search:
        """Cards by what is written on them and known of them."""
        from studytui.desk.search import Search

        return Search(self, self._journal)

    @cached_property
    def papers(self) -> Papers:
        """What the questions of a quiz are drawn from."""
        from studytui.desk.papers import Papers

        return Papers(self, self._journal)

    @property
    def quizzes(self) -> Quizzes:
        """Quizzes over the open decks, begun, kept and handed in; by the settings of this moment."""
        from studytui.quizzes import Quizzes

        return Quizzes(
            self._journal, self.schedule.scheduler, self.clock, self.papers.pool, load=self.schedule.load,
            reviews=self.settings.quiz_reviews,
        )  # fmt: skip

    @cached_property
    def witnesses(self) -> Witnesses:
        """PyTorch's witnesses, in a process of their own."""
        from studytui.desk.witnesses import Witnesses

        return Witnesses()

    @cached_property
    def ahead(self) -> Ahead:
        """What is loaded before it is needed."""
        from studytui.desk.ahead import Ahead

        return Ahead(self, self._journal)

    def statistics(
        self,
        period: Period,
        decks: Sequence[str] | None = None,
        *,
        cards: Sequence[str] | None = None,
        search: str = "",
    ) -> Statistics:
        """All statistics of some decks over a period, or of `cards` in them alone: the ids that a search has found.

        Of all decks, answers to cards that no deck holds any more count, too: they were given all the same.
        """
        from studytui.statistics import Statistics
        from studytui.statistics.studied import iso

        moment = self.clock()
        tables = self._journal.statistics(
            moment, period, self.decks.or_all(decks), everything=decks is None, cards=cards
        )
        today = iso(self.schedule.scheduler.day_of(moment))
        return Statistics(today, period, tuple(decks) if decks is not None else None, search, tables)
