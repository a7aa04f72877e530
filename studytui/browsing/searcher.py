"""Finding cards, in a thread of its own: a second connection to the journal, and the index of texts kept up to date."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from studytui.deck.blocks import plain
from studytui.deck.wording import wording
from studytui.frozen import frozen
from studytui.journal.finding import Finder
from studytui.journal.searching import LEECH
from studytui.journal.texts import CardText, TextIndex, index_path
from studytui.problems import Problem
from studytui.search import SearchError, parse
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from studytui.deck.cache import DeckSummary
    from studytui.deck.library import Library
    from studytui.deck.model import Card
    from studytui.journal.finding import Column
    from studytui.memory.model import Moment
    from studytui.memory.schedule import Scheduler


@frozen
class Searched:
    """What is searched: the journal, the open decks, and how days and memories are counted."""

    journal: Path
    library: Library
    scheduler: Scheduler
    clock: Callable[[], Moment]
    decks: Collection[str]
    leech: int = LEECH

    @property
    def index(self) -> Path:
        """Where the index of texts is: with the cached decks, or beside the journal where none are cached."""
        return index_path(self.journal, self.library.folder or self.journal.parent)


@frozen
class Wanted:
    """A search as it is asked for: the line, the column to sort by, and which way."""

    text: str = ""
    sort: Column = "deck"
    backwards: bool = False


class Searcher:
    """One thread's way to search. Raises JournalError; a line that cannot be read raises SearchError."""

    def __init__(self, collection: Searched) -> None:
        self._collection = collection
        self._index = TextIndex.open(collection.index, collection.journal)
        try:
            self._finder = Finder.open(collection.journal, collection.index, collection.scheduler)
        except BaseException:
            self._index.close()
            raise

    def use(self, collection: Searched) -> None:
        """The open decks have changed."""
        self._collection = collection

    def close(self) -> None:
        """Closes both files."""
        self._finder.close()
        self._index.close()

    def stop(self) -> None:
        """Ends the search that runs in this thread; for another thread, which has a newer one."""
        self._finder.stop()

    def renew(self, progress: Callable[[int, int], object] | None = None) -> None:
        """Reads what the index does not have of the open decks yet.

        `progress` is called with (decks read, decks to read); when it gives True, the rest is left for another time.
        """
        stale = [deck for deck in self._index.stale() if deck in set(self._collection.decks)]
        if not stale:
            return
        library = self._collection.library.twin()
        for number, deck in enumerate(stale):
            if progress is not None and progress(number, len(stale)):
                return
            summary = library.deck(deck)
            if summary is not None:
                titles = (summary.title, *summary.titles.values())
                self._index.fill(deck, titles, str(summary.fingerprint), _texts(library, summary))
        if progress is not None:
            progress(len(stale), len(stale))

    def search(self, wanted: Wanted) -> list[int]:
        """The keys of the cards that are found, in the order that is wanted."""
        query = parse(wanted.text)
        chosen = self._collection
        return self._finder.find(
            query, chosen.clock(), chosen.decks, wanted.sort, backwards=wanted.backwards, leech=chosen.leech
        )

    @property
    def finder(self) -> Finder:
        """The lines of cards."""
        return self._finder


def found(collection: Searched, query: str, progress: Callable[[int, int], object] | None = None) -> list[str]:
    """The ids of the cards that a line finds, deck by deck. Raises Problem, with the place of a mistake in the line."""
    try:
        parse(query)  # before the decks are read
    except SearchError as error:
        raise Problem(error.pointed) from error
    with closing(Searcher(collection)) as searcher:
        searcher.renew(progress)
        return searcher.finder.ids(searcher.search(Wanted(query)))


def _texts(library: Library, summary: DeckSummary) -> Iterator[CardText]:
    """What the index keeps of a deck's cards."""
    cards = library.cards(summary.id)
    ids = [card.id for card in cards]
    read = library.read(ids)
    translated = {language: library.read(ids, language) for language in summary.languages}
    for card in cards:
        own = read.get(card.id)
        if own is None:
            continue
        others = {language: among[card.id] for language, among in translated.items() if card.id in among}
        others = {language: other for language, other in others.items() if other != own}
        body = " ".join(wording(each) for each in (own, *others.values()))
        headings = tuple((language, _heading(other)) for language, other in others.items())
        yield CardText(card.id, card.kind, card.line, _heading(own), body, card.tags, headings)


def _heading(card: Card) -> str:
    """The heading; behind that of a family's cards, which they share, what tells them apart."""
    heading = clean_line(plain(card.heading))
    return f"{heading} · {card.id.removeprefix(card.family + '.')}" if card.family else heading
