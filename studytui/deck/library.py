"""All the learner's decks, read when they have changed and taken from the cache when not.

Start-up looks at one small index and at the files' times; showing a card reads one line. Markdown is read only for
files that are new or changed.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from studytui.deck.cache import DAMAGED, Cache, DeckSummary, words_of
from studytui.deck.files import DeckFile, deck_files, fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studytui.deck.blocks import Text
    from studytui.deck.cache import CardSummary, StoredDeck
    from studytui.deck.files import Fingerprint
    from studytui.deck.model import Card, Deck, Finding

T = TypeVar("T")

#: How many decks' cards are kept in memory.
_KEPT = 4


class Library:
    """The decks among files and below folders. Without a cache folder every file is read anew when the program starts.

    One thread at a time.
    """

    def __init__(self, paths: Iterable[str | Path], cache: Path | None = None) -> None:
        self._paths = [Path(path).absolute() for path in paths]  # the cache outlives the working folder
        self.folder = cache
        self._cache = Cache(cache)
        self._index: dict[str, DeckSummary] | None = None
        self._files: dict[str, DeckFile] = {}
        self._decks: dict[str, DeckSummary] | None = None
        self._conflicts: list[Finding] = []
        self._open: dict[str, StoredDeck] = {}

    def twin(self) -> Library:
        """Another library of the same decks, for another thread."""
        return Library(self._paths, self.folder)

    def instead(self, paths: Iterable[Path], others: Iterable[Path]) -> Library:
        """A library with other paths in the place of some of these."""
        kept = list(self._paths)
        for path in paths:
            if path.absolute() in kept:
                kept.remove(path.absolute())
        return Library([*kept, *others], self.folder)

    def take(self, twin: Library) -> None:
        """Takes over what a twin has read, so that it is not read again; the twin's thread must be through with it."""
        self._index, self._open = twin._index, {}

    def decks(self, progress: Callable[[int, int], object] | None = None) -> tuple[DeckSummary, ...]:
        """All decks, in the order of their files; looks for new, changed and vanished files.

        `progress` is called with (files read, files to read) where files have to be read: that takes about half a
        millisecond a card. Of two decks with one id the second is left out, and is a finding.
        """
        if self._index is None:
            self._index = self._cache.index()
        self._files = {str(file.path): file for file in deck_files(self._paths)}
        prints = {name: fingerprint(file) for name, file in self._files.items()}
        stale = [name for name, found in prints.items() if self._is_stale(name, found)]
        for number, name in enumerate(stale):
            if progress is not None:
                progress(number, len(stale))
            self._read(name, prints[name])
        if stale:
            self._write_index()
        self._decks = self._distinct(self._index[name] for name in self._files)
        return tuple(self._decks.values())

    def deck(self, deck_id: str) -> DeckSummary | None:
        """The summary of a deck; None for an unknown one."""
        if self._decks is None:
            self.decks()
        return self._decks.get(deck_id) if self._decks else None

    def cards(self, deck_id: str) -> tuple[CardSummary, ...]:
        """A deck's cards in its order; empty for an unknown deck."""
        summary = self.deck(deck_id)
        return self._told(summary.file, lambda stored: stored.cards) if summary is not None else ()

    def ids(self, deck_id: str) -> list[str]:
        """The ids of a deck's cards in its order; empty for an unknown deck."""
        summary = self.deck(deck_id)
        return self._told(summary.file, lambda stored: stored.ids) if summary is not None else []

    def card(self, card_id: str, language: str = "") -> Card | None:
        """A card as its file has it now, in the language if it was translated; None when there is no such card."""
        summary = self.deck(card_id.partition("/")[0])
        if summary is None:
            return None
        return self._told(summary.file, lambda stored: stored.card(card_id, language))

    def read(self, card_ids: Iterable[str], language: str = "") -> dict[str, Card]:
        """`card` for many cards, deck by deck: each deck is opened once. Those that are gone are left out."""
        by_deck: dict[str, list[str]] = {}
        for card_id in card_ids:
            by_deck.setdefault(card_id.partition("/")[0], []).append(card_id)
        found: dict[str, Card] = {}
        for deck_id, ids in by_deck.items():
            summary = self.deck(deck_id)
            if summary is not None:
                found |= self._told(summary.file, partial(_cards, ids, language))
        return found

    def languages(self, card_id: str) -> tuple[str, ...]:
        """The languages into which a card was translated. A deck without translations is not looked into."""
        summary = self.deck(card_id.partition("/")[0])
        if summary is None or not summary.languages:
            return ()
        among = summary.languages
        return self._told(summary.file, lambda stored: stored.languages(card_id, among))

    def introduction(self, deck_id: str, language: str = "") -> Text:
        """What a deck says before its first card, in the language if it was translated."""
        summary = self.deck(deck_id)
        return self._told(summary.file, lambda stored: stored.introduction(language)) if summary is not None else ()

    def findings(self, deck_id: str = "") -> tuple[Finding, ...]:
        """What is wrong with a deck, or with all of them: what reading them found, not what `check` would."""
        if self._decks is None:
            self.decks()
        summaries = self._decks or {}
        chosen = (
            list(summaries.values()) if not deck_id else [each for each in [self.deck(deck_id)] if each is not None]
        )
        found = [] if deck_id else list(self._conflicts)
        for summary in chosen:
            if summary.errors or summary.warnings:
                found += self._told(summary.file, lambda stored: stored.findings)
        return tuple(found)

    # -- reading -------------------------------------------------------------------------------------------------------

    def _fingerprint(self, name: str) -> Fingerprint:
        return fingerprint(self._files.get(name) or DeckFile(Path(name)))

    def _is_stale(self, name: str, found: Fingerprint) -> bool:
        known = self._index.get(name) if self._index else None
        return known is None or known.fingerprint != found

    def _told(self, name: str, tell: Callable[[StoredDeck], T]) -> T:
        """What is kept of a deck; where the cache is damaged, what the file itself says."""
        try:
            return tell(self._opened(name))
        except DAMAGED:
            return tell(self._read(name, self._fingerprint(name)))

    def _opened(self, name: str) -> StoredDeck:
        """A deck's cards as the file has them now: from memory, from the cache, or read."""
        found = self._fingerprint(name)
        stored = self._open.get(name)
        if stored is None or stored.fingerprint != found:
            stored = self._cache.stored(name)
        if stored is None or stored.fingerprint != found:
            stored = self._read(name, found)
            self._write_index()
        self._keep(name, stored)
        return stored

    def _read(self, name: str, found: Fingerprint) -> StoredDeck:
        """Reads a deck's Markdown and keeps what it says."""
        from studytui.deck.load import load_file

        before = self._open.get(name) or self._cache.stored(name)
        deck = load_file(self._files.get(name) or DeckFile(Path(name))).deck
        if self._index is None:
            self._index = {}
        renames = _renames(self._index.get(name), before, deck)  # before what was there is written over
        stored = self._cache.store(deck, found)
        self._index[name] = _summary(deck, found, renames)
        if self._decks is not None and deck.id in self._decks and self._decks[deck.id].file == name:
            self._decks[deck.id] = self._index[name]
        self._keep(name, stored)
        return stored

    def _keep(self, name: str, stored: StoredDeck) -> None:
        self._open.pop(name, None)
        self._open[name] = stored
        while len(self._open) > _KEPT:
            del self._open[next(iter(self._open))]

    def _write_index(self) -> None:
        """Keeps the decks of other folders, too, as long as they are there."""
        index = self._index or {}
        for name in [name for name in index if name not in self._files and not Path(name).exists()]:
            del index[name]
        self._cache.write_index(index)

    def _distinct(self, summaries: Iterable[DeckSummary]) -> dict[str, DeckSummary]:
        self._conflicts = []
        decks: dict[str, DeckSummary] = {}
        for summary in summaries:
            first = decks.setdefault(summary.id, summary)
            if first is not summary:
                from studytui.deck.model import Finding

                message = f"{first.file} has the deck id “{summary.id}” already: write another in this deck's settings"
                self._conflicts.append(Finding(summary.file, 1, "duplicate-deck", message))
        return decks


def _summary(deck: Deck, found: Fingerprint, renames: tuple[tuple[str, str], ...]) -> DeckSummary:
    levels = Counter(finding.level.value for finding in deck.findings)
    return DeckSummary(
        id=deck.id,
        title=deck.title,
        file=deck.file,
        fingerprint=found,
        size=len(deck.cards),
        kinds=dict(Counter(card.kind for card in deck.cards)),
        tags=deck.tags,
        source=deck.source,
        languages=deck.languages,
        errors=levels["error"],
        warnings=levels["warning"],
        renames=renames,
        titles=dict(deck.titles),
    )


def _renames(known: DeckSummary | None, before: StoredDeck | None, deck: Deck) -> tuple[tuple[str, str], ...]:
    """Offers that still stand, and new ones for ids that this change made vanish."""
    cards = {card.id: card for card in deck.cards}
    offers = [(old, new) for old, new in (known.renames if known else ()) if old not in cards and new in cards]
    old_ids = _ids(before) if before is not None else set()
    gone, come = old_ids - set(cards), [card for card in deck.cards if card.id not in old_ids]
    if before is not None and gone and come:
        from studytui.deck.identity import renames

        old = {card_id: words_of(card) for card_id in sorted(gone) if (card := _card(before, card_id)) is not None}
        offers += [(offer.old, offer.new) for offer in renames(old, {card.id: words_of(card) for card in come})]
    return tuple(dict.fromkeys(offers))


def _cards(ids: Iterable[str], language: str, stored: StoredDeck) -> dict[str, Card]:
    cards = ((card_id, stored.card(card_id, language)) for card_id in ids)
    return {card_id: card for card_id, card in cards if card is not None}


def _ids(stored: StoredDeck) -> set[str]:
    try:
        return set(stored.ids)
    except DAMAGED:
        return set()


def _card(stored: StoredDeck, card_id: str) -> Card | None:
    try:
        return stored.card(card_id)
    except DAMAGED:
        return None
