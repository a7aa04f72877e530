"""Everything a sitting needs, opened once: settings, decks, journal, scheduler, referee."""

from __future__ import annotations

import gc
import importlib
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from studytui.deck.builtin import builtin_decks
from studytui.deck.library import Library
from studytui.frozen import frozen
from studytui.journal import Journal, JournalError, Registration, journal_path
from studytui.memory.balance import COUNTED, Load
from studytui.memory.clock import now
from studytui.memory.limits import Allowance, Counts, Limits
from studytui.memory.model import Action, Entry
from studytui.memory.queue import Due, DueCard, Mix, Order, Queue
from studytui.memory.schedule import DEFAULT_PARAMETERS, Scheduler
from studytui.problems import Problem
from studytui.session import Session
from studytui.settings import load, settings_path
from studytui.text import clean_line, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from concurrent.futures import Future

    from reference_impl.compare import Opinion
    from studytui.browsing.browser import Browser
    from studytui.browsing.searcher import Searched
    from studytui.deck.cache import DeckSummary
    from studytui.deck.model import Call, Card, Finding
    from studytui.journal.learnt import Moved
    from studytui.memory.model import Moment
    from studytui.quiz.paper import Paper
    from studytui.quiz.plan import Plan
    from studytui.quiz.pool import Pool
    from studytui.quizzes import Quizzes
    from studytui.referee.client import Referee
    from studytui.settings import Settings
    from studytui.settings.kinds import Value
    from studytui.statistics import Period, Statistics


@frozen
class DeckLine:
    """A deck as the home screen lists it."""

    id: str
    title: str
    file: str
    counts: Counts


@frozen
class Overview:
    """What the home screen and `studytui due` show. `all` holds the day's limits: it may be less than the sum.

    `quiz` is the header of the quiz that waits to be gone on with; empty without one.
    """

    day: int
    decks: tuple[DeckLine, ...]
    all: Counts
    streak: int
    answers_today: int
    orphans: int
    findings: int
    finished: bool = False
    quiz: str = ""


@frozen
class Suspended:
    """A suspended card and its heading."""

    id: str
    heading: str


@frozen
class Leech:
    """A card that was forgotten again and again, with the slips that were made on it and how often."""

    id: str
    heading: str
    lapses: int
    slips: Sequence[tuple[str, int]]
    suspended: bool


class Desk:
    """The services of one run of the program."""

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
        self.language = self._kept_language = settings.language
        self._settings_file = settings_file
        self.problems: list[str] = list(settings.problems)
        self.findings: tuple[Finding, ...] = ()
        self.library = library
        self._journal, self._scheduler = journal, scheduler
        self._decks: dict[str, DeckSummary] = {}
        self._folders = settings.decks
        self._limits = _limits_of(settings)
        self._referee: Referee | None = None
        self._quizzes: Quizzes | None = None
        self._settled = False
        self.refresh()
        self.problems += self._settings_of_no_deck()

    @classmethod
    def open(cls, journal: Path | None = None, decks: Sequence[str] = ()) -> Self:
        """Opens everything: the built-in decks, those of the settings, and each of `decks` that is a path."""
        path = settings_path()
        settings = load(path)
        places = [builtin_decks(), *(Path(place).expanduser() for place in settings.decks)]
        places += [Path(deck) for deck in decks if _is_path(deck)]
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
        self.keep_language()
        if self._referee is not None:
            self._referee.close()
        self._journal.close()

    # -- settings ------------------------------------------------------------------------------------------------------

    @property
    def journal_file(self) -> Path:
        """Where the journal is."""
        return self._journal.path

    @property
    def settings_file(self) -> Path | None:
        """Where the learner's settings are written."""
        return self._settings_file

    def write_settings(self, values: Mapping[tuple[str, ...], Value | None]) -> str:
        """Writes settings into the learner's file and goes by them; gives why it could not, in a line, else nothing.

        None takes one out, and its default holds. What the scheduler needs holds from the next `reschedule` on, the
        folders of decks from `take_decks` on.
        """
        from studytui.settings.writing import keep

        if self._settings_file is None:
            return "there is no settings file to write to"
        why = keep(values, self._settings_file)
        if not why:
            self.take_settings({name for name, *_ in values})
        return why

    def take_settings(self, names: Collection[str]) -> None:
        """Goes by what the learner's file says of some settings."""
        written = load(self._settings_file)
        self.settings = replace(self.settings, **{name: getattr(written, name) for name in names})
        self._limits = _limits_of(self.settings)
        self._quizzes = None
        if "language" in names:
            self.language = self._kept_language = self.settings.language

    def _settings_of_no_deck(self) -> list[str]:
        """What is set for decks that are not there and never were, such as mistyped ones."""
        strange = [each.id for each in self.settings.deck if each.id not in self._decks]
        if not strange:
            return []
        known = {deck for deck, _ in self._journal.decks.registered().values()}
        listed = "; `studytui due` lists the decks"
        return [
            f"settings: there is no deck for [deck.{clean_line(deck)}]{did_you_mean(deck, self._decks) or listed}"
            for deck in strange
            if deck not in known
        ]

    @property
    def is_rescheduled(self) -> bool:
        """Whether the memory of all cards is the one that the settings ask for."""
        wanted = scheduler_of(self.settings)
        return (wanted.identity, wanted.day_start) == (self._scheduler.identity, self._scheduler.day_start)

    def reviews_count(self) -> int:
        """How many reviews the journal holds, but those that were taken back."""
        return self._journal.learnt.count()

    def moved(self) -> Moved:
        """Which due dates `reschedule` would move; takes as long."""
        return self._journal.learnt.moved(scheduler_of(self.settings))

    def reschedule(self) -> None:
        """Schedules by the settings as they are now. Computes the memory of all cards again if they ask for another."""
        self._scheduler = scheduler_of(self.settings)
        self._journal.reschedule(self._scheduler)
        self._quizzes = None

    def take_schedule(self) -> bool:
        """`reschedule` once the journal was computed by the settings beside this; whether it was."""
        if not self._journal.is_computed_by(scheduler_of(self.settings)):
            return False
        self.reschedule()
        return True

    @property
    def today(self) -> int:
        """The learner's day of this moment."""
        return self._scheduler.day_of(self.clock())

    # -- decks ---------------------------------------------------------------------------------------------------------

    def refresh(self) -> tuple[Finding, ...]:
        """Reads what has changed in the deck files, tells the journal, and gives the findings of what was read."""
        self._decks = {deck.id: deck for deck in register(self.library, self._journal)}
        self.findings = self.library.findings()
        return self.findings

    @property
    def has_its_decks(self) -> bool:
        """Whether the folders of decks are those that the settings name."""
        return self.settings.decks == self._folders

    def other_decks(self) -> Library:
        """The decks that the settings name now, to be read beside the screen by `register_apart`."""
        before, after = ([Path(each).expanduser() for each in decks] for decks in (self._folders, self.settings.decks))
        return self.library.instead(before, after)

    def register_apart(self, library: Library, progress: Callable[[int, int], object]) -> None:
        """Reads decks and tells the journal, in another thread."""
        with self._journal.twin() as journal:
            register(library, journal, progress)

    def take_decks(self, library: Library) -> None:
        """Goes on with other decks."""
        self.library, self._folders, self._quizzes = library, self.settings.decks, None
        self.refresh()

    @property
    def deck_ids(self) -> list[str]:
        """The ids of the open decks."""
        return list(self._decks)

    def chosen(self, decks: Sequence[str]) -> list[str] | None:
        """The ids of the decks that were named by id or path; None for all. Raises Problem for an unknown one."""
        if not decks:
            return None
        ids = []
        for name in decks:
            if name in self._decks:
                ids.append(name)
            elif _is_path(name):
                place = Path(name).resolve()
                found = [deck.id for deck in self._decks.values() if Path(deck.file).resolve().is_relative_to(place)]
                if not found:
                    why = [each for each in self.findings if Path(each.file).resolve().is_relative_to(place)]
                    raise Problem(str(why[0]) if why else f"{name}: no deck there; studytui check {name} says why")
                ids += found
            else:
                near = did_you_mean(name, self._decks)
                raise Problem(f"there is no deck “{name}”{near or '; `studytui due` lists the decks'}")
        return ids

    def card(self, card_id: str) -> Card | None:
        """A card by its id, in the learner's language; None when no deck has it any more."""
        return self.library.card(card_id, self.language)

    # -- the learner's language ----------------------------------------------------------------------------------------

    def title(self, deck_id: str) -> str:
        """A deck's title in the learner's language; the id of a deck that is not open."""
        deck = self._decks.get(deck_id)
        return deck.title_in(self.language) if deck is not None else deck_id

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages into which any open deck is translated."""
        return tuple(sorted({language for deck in self._decks.values() for language in deck.languages}))

    def next_language(self, card_id: str) -> str:
        """The language behind the one in which a card is shown, round the end; the empty one is the deck's own."""
        all_ = ("", *self.library.languages(card_id))
        shown = all_.index(self.language) if self.language in all_ else 0
        return all_[(shown + 1) % len(all_)]

    def keep_language(self) -> str:
        """Writes the language into the settings, if it has changed; gives why it could not, in a line, else nothing."""
        if self.language == self._kept_language or self._settings_file is None:
            return ""
        from studytui.settings import keep_language

        self._kept_language = self.language  # what cannot be written is told once
        return keep_language(self.language, self._settings_file)

    # -- sittings ------------------------------------------------------------------------------------------------------

    def session(self, decks: Sequence[str] | None = None) -> Session:
        """A sitting over what is due now in some decks, or in all."""
        session = Session(
            self._journal,
            self.card,
            Queue(self._due(decks), mix=Mix(self.settings.new_cards)),
            self._scheduler,
            self.clock,
            quick_seconds=self.settings.quick_seconds,
            load=self._load(),
            leech_lapses=self.settings.leech_lapses,
        )
        session.finished = not any(session.counts) and self.is_finished
        return session

    def cards_of(self, decks: Sequence[str] | None = None) -> list[str]:
        """The ids of all cards of some decks, or of all."""
        return [card for deck in self._ids(decks) for card in self.library.ids(deck)]

    def cards_to_cram(
        self, decks: Sequence[str] | None, search: str, progress: Callable[[int, int], object] | None = None
    ) -> list[str]:
        """The ids of the cards of some decks, or of all, that a search finds. Raises Problem where there is none."""
        cards = self.cards_of(decks)
        if search:
            among = set(cards)
            cards = [card for card in self.found(search, progress) if card in among]
        if not cards:
            raise Problem("no card is found to cram; `studytui search` shows what a search finds")
        return cards

    def cram(self, cards: Sequence[str]) -> Session:
        """A sitting over any cards, in this order, that records nothing: whatever is answered, no schedule changes.

        Cards that no deck holds are left out.
        """
        from studytui.cram import CramSession

        held = set(self.cards_of())
        asked = tuple([DueCard(card) for card in cards if card in held])
        day = Due(self._scheduler.day_of(self.clock()), 0, review=asked)
        return CramSession(self._journal, self.card, Queue(day), self._scheduler, self.clock)

    def _load(self) -> Load:
        counts = partial(self._journal.due_on_days, self._scheduler.day_of(self.clock()), COUNTED)
        return Load(counts if self.settings.load_balance else None, self.settings.easy_days)

    @property
    def quizzes(self) -> Quizzes:
        """Quizzes over the open decks, begun, kept and handed in."""
        if self._quizzes is None:
            from studytui.quizzes import Quizzes

            self._quizzes = Quizzes(
                self._journal, self._scheduler, self.clock, self.pool, load=self._load,
                reviews=self.settings.quiz_reviews,
            )  # fmt: skip
        return self._quizzes

    def load_for_quiz(self) -> None:
        """Loads the models that a paper of many decks needs, in a thread: for whoever is still setting up a quiz."""
        threading.Thread(target=_load_models, name="quiz", daemon=True).start()

    @property
    def searched(self) -> Searched:
        """What a search looks through: all cards of the open decks."""
        from studytui.browsing.searcher import Searched

        return Searched(
            self._journal.path, self.library, self._scheduler, self.clock, tuple(self._decks),
            self.settings.leech_lapses,
        )  # fmt: skip

    def found(self, query: str, progress: Callable[[int, int], object] | None = None) -> list[str]:
        """The ids of the cards that a search finds, deck by deck. Raises Problem for one that cannot be read.

        `progress` is called with (decks read, decks to read) where texts of decks are read for the first time.
        """
        from studytui.browsing.searcher import found

        return found(self.searched, query, progress)

    def why_nothing(self, query: str) -> str:
        """Why a search that can be read may have found nothing, in a sentence without a full stop; else nothing."""
        from studytui.search import parse
        from studytui.search.hints import no_such_deck

        return no_such_deck(
            parse(query), {deck.id: (deck.title, *deck.titles.values()) for deck in self._decks.values()}
        )

    def browser(self) -> Browser:
        """What Browse does to cards."""
        from studytui.browsing.browser import Browser

        return Browser(self._journal, lambda: self.searched, self.refresh, register)

    def pool(self, language: str | None = None) -> Pool:
        """What a quiz can be drawn from: the open decks, in the learner's language if no other is given.

        The decks stand in the order of their files' names, wherever these are: that is how one learns them.
        """
        from studytui.quiz.pool import Pool, PoolCard, PoolDeck

        spoken = self.language if language is None else language
        decks = tuple(
            PoolDeck(
                deck.id,
                deck.title_in(spoken),
                tuple([PoolCard(card.id, deck.id, card.kind, card.family, card.tags) for card in cards]),
            )
            for deck in sorted(self._decks.values(), key=lambda deck: (Path(deck.file).name, deck.id))
            if (cards := self.library.cards(deck.id))
        )
        return Pool(decks, self.library.read, spoken, self._weakest)

    def paper(self, plan: Plan) -> Paper:
        """The questions of a quiz. Raises Problem when there are none."""
        from studytui.quiz.paper import draw_paper

        return draw_paper(plan, self.pool())

    def _weakest(self, decks: Sequence[str]) -> list[str]:
        from studytui.memory.recall import weakest_first

        day = self._scheduler.day_of(self.clock())
        return weakest_first(self._journal.remembered(decks), day, self._scheduler.decay)

    def overview(self, decks: Sequence[str] | None = None) -> Overview:
        """The decks with what they have for today."""
        moment = self.clock()
        day = self._scheduler.day_of(moment)
        counts = self._journal.counts(moment, self._ids(decks), self._limits, siblings=not self.settings.bury_siblings)
        lines = tuple(
            DeckLine(deck, self._decks[deck].title_in(self.language), self._decks[deck].file, count)
            for deck, count in counts.decks.items()
            if deck in self._decks
        )
        done = self._journal.today(day)
        return Overview(
            day, lines, counts.all, self._journal.streak(day), done.answers, len(self._journal.decks.orphans()),
            len(self.findings), counts.finished, self._journal.waiting_quiz(),
        )  # fmt: skip

    def _due(self, decks: Sequence[str] | None, limits: Limits | None = None) -> Due:
        return self._journal.due(
            self.clock(),
            self._ids(decks),
            limits or self._limits,
            Order(self.settings.order),
            siblings=not self.settings.bury_siblings,
        )

    # -- a day as the learner wants it ---------------------------------------------------------------------------------

    def finish(self) -> None:
        """The rest of today's cards wait until tomorrow; their schedule stays as it is."""
        self._journal.allow(self.clock(), lambda allowed: replace(allowed, finished=True))

    @property
    def is_finished(self) -> bool:
        """Whether the learner has finished the present day."""
        return self._journal.allowance(self.clock()).finished

    def go_on(self, decks: Sequence[str] | None = None, count: int = 10) -> int:
        """Takes a finished day up as it was left; where nothing was left, and on any other, so many cards `more`."""
        if self.is_finished:
            self._journal.allow(self.clock(), lambda allowed: replace(allowed, finished=False))
            due = self._due(decks)
            if left := len(due.learning) + len(due.review) + len(due.new):
                return left
        return self.more(decks, count)

    def more(self, decks: Sequence[str] | None = None, count: int = 10) -> int:
        """Allows so many cards beyond today's limits, reviews before new ones, and takes a finished day up again.

        Gives how many cards there are then to ask; none when nothing is left beyond the limits.
        """
        self._journal.allow(self.clock(), lambda allowed: replace(allowed, finished=False))
        now, beyond = self._due(decks), self._due(decks, self._limits.raised(count, count))
        reviews = len(beyond.review) - len(now.review)
        new = min(len(beyond.new) - len(now.new), count - reviews)
        if reviews or new:
            self._journal.allow(self.clock(), lambda allowed: Allowance(allowed.new + new, allowed.reviews + reviews))
        return len(now.learning) + len(now.review) + len(now.new) + reviews + new

    def _ids(self, decks: Sequence[str] | None) -> Sequence[str]:
        """The journal also knows decks that were once named by path: a sitting is over those that are open now."""
        return list(self._decks) if decks is None else decks

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
        tables = self._journal.statistics(moment, period, self._ids(decks), everything=decks is None, cards=cards)
        today = iso(self._scheduler.day_of(moment))
        return Statistics(today, period, tuple(decks) if decks is not None else None, search, tables)

    def undo(self) -> Entry | None:
        """Takes back the journal's last entry, with what was recorded in one go with it."""
        return self._journal.undo(self.clock())

    def redo(self) -> Entry | None:
        """Takes the last undo back."""
        return self._journal.redo(self.clock())

    def told(self, entry: Entry) -> str:
        """What was taken back or brought back with an entry, in a few words."""
        return _told(self._journal, entry)

    def undo_apart(self, progress: Callable[[int, int], object]) -> str:
        """`undo`, in another thread; says what it was."""
        with self._journal.twin() as journal:
            entry = journal.undo(self.clock(), progress)
            return f"Undone: {_told(journal, entry)}" if entry is not None else "Nothing to undo."

    def redo_apart(self, progress: Callable[[int, int], object]) -> str:
        """`redo`, in another thread; says what it was."""
        with self._journal.twin() as journal:
            entry = journal.redo(self.clock(), progress)
            return f"Redone: {_told(journal, entry)}" if entry is not None else "Nothing to redo."

    def leeches(self) -> list[Leech]:
        """The leeches of the open decks, the worst first, with their slips. Reads each card: for a page."""
        found = self._journal.leeches(list(self._decks), self.settings.leech_lapses)
        return [
            Leech(card, self._heading(card), lapses, self._journal.slips(card), suspended)
            for card, lapses, suspended in found
        ]

    def suspended(self) -> list[Suspended]:
        """The suspended cards of the open decks. Reads each card: for a page, not for a hot path."""
        return [Suspended(card, self._heading(card)) for card in self._journal.suspended(list(self._decks))]

    def _heading(self, card_id: str) -> str:
        from studytui.deck.blocks import plain

        card = self.card(card_id)
        return clean_line(plain(card.heading)) if card is not None else ""

    def resume(self, card_id: str) -> None:
        """Takes a suspended card into study again."""
        self.do(Action.RESUME, card_id)

    def do(self, action: Action, card_id: str, due_day: int = 0) -> None:
        """Suspends, resumes, buries, resets a card or sets its due day; one undo takes it back."""
        moment = self.clock()
        day = self._scheduler.day_of(moment)
        self._journal.record(Entry(card_id, action, moment.ms, moment.offset, day, due_day=due_day))

    # -- after the first paint -----------------------------------------------------------------------------------------

    def settle(self) -> None:
        """What can wait until something is on the screen, in a thread: loading what answers need, the day's backup.

        Garbage is collected from now on, except of what start-up has made, which stays: collections during key presses
        have little to look at.
        """
        if not self._settled:
            self._settled = True
            gc.freeze()
            gc.enable()
            kinds = {kind for deck in self._decks.values() for kind in deck.kinds}
            threading.Thread(target=self._settle, args=(kinds,), name="settle", daemon=True).start()

    def _settle(self, kinds: Collection[str]) -> None:
        """Loads what the first card of each kind would wait for; then backs up."""
        from studytui.deck.registry import kind_of

        for kind in kinds:
            kind_of(kind)
        importlib.import_module("studytui.answer.grading")
        importlib.import_module("studytui.reviewing")
        if "computed" in kinds:
            importlib.import_module("studytui.referee.client")
        try:
            self._journal.backup_if_due(self.clock())
        except JournalError as error:
            self.problems.append(str(error))

    def look_ahead(self, card_id: str | None) -> None:
        """Loads the models of the card that comes next, in a thread, while the learner looks at the one before it."""
        card = self.card(card_id) if card_id is not None else None
        if card is not None and card.kind == "computed":
            from studytui.deck.proof import make_ready

            threading.Thread(target=make_ready, args=(card,), name="look ahead", daemon=True).start()

    # -- the referee ---------------------------------------------------------------------------------------------------

    def ask_referee(self, calls: Sequence[Call], heard: Callable[[Mapping[int, Sequence[Opinion]]], None]) -> None:
        """Asks PyTorch's witnesses about calls; `heard` is called from another thread with their opinions by call."""
        if self._referee is None:
            from studytui.referee.client import Referee

            self._referee = Referee()
        for number, call in enumerate(calls):
            self._referee.ask([call]).add_done_callback(partial(_tell, heard, number))


def _tell(
    heard: Callable[[Mapping[int, Sequence[Opinion]]], None], number: int, asked: Future[tuple[Opinion, ...]]
) -> None:
    heard({number: asked.result()})


def _told(journal: Journal, entry: Entry) -> str:
    count = journal.count_with(entry)
    what = entry.rating.name.lower() if entry.rating is not None else entry.action.value.replace("-", " ")
    return f"{what} on {entry.card}" + (f" and {count - 1} more, recorded in one go" if count > 1 else "")


def _load_models() -> None:
    """All references with their quick witnesses; numpy last, which no built-in card needs."""
    for module in ("studytui.quiz.paper", "studytui.deck.recast_siblings", "studytui.deck.recast_values"):
        importlib.import_module(module)
    from reference_impl.catalogue import references

    for reference in references():
        _ = reference.quick_witnesses
    importlib.import_module("numpy")


def _is_path(name: str) -> bool:
    return name.endswith(".md") or "/" in name or "\\" in name or Path(name).exists()


def register(
    library: Library, journal: Journal, progress: Callable[[int, int], object] | None = None
) -> tuple[DeckSummary, ...]:
    """Reads what has changed in the deck files and tells a journal; all decks."""
    known, decks = journal.decks.registered(), library.decks(progress)
    changed = [
        Registration(
            deck.id,
            deck.title,
            deck.file,
            str(deck.fingerprint),
            [(card.id, card.family) for card in library.cards(deck.id)],
        )
        for deck in decks
        if known.get(deck.file) != (deck.id, str(deck.fingerprint))
    ]
    if changed:
        journal.decks.register_all(changed)
    return decks


def _limits_of(settings: Settings) -> Limits:
    own = {deck: Limits(*limits) for deck, limits in settings.deck_limits.items()}
    return Limits(settings.new_per_day, settings.reviews_per_day, own)


def scheduler_of(settings: Settings) -> Scheduler:
    """The scheduler that the learner's settings ask for."""
    return Scheduler(
        settings.parameters or DEFAULT_PARAMETERS,
        desired_retention=settings.desired_retention,
        deck_retention=settings.deck_retention,
        learning_steps=settings.learning_steps,
        relearning_steps=settings.relearning_steps,
        maximum_interval=settings.maximum_interval,
        day_start=settings.day_start,
    )


def cache_path() -> Path:
    """Where decks are kept as they were read; it may be deleted at any time."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("studytui", appauthor=False))
