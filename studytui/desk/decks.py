"""The open decks: which there are, what has changed in their files, and their cards in the learner's language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studytui.journal import Registration
from studytui.problems import Problem
from studytui.text import clean_line, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studytui.deck.cache import DeckSummary
    from studytui.deck.library import Library
    from studytui.deck.model import Card, Finding
    from studytui.desk import Desk
    from studytui.journal import Journal


class Decks:
    """The decks of a desk. `library` reads their files; `open` has what they are, by their ids."""

    def __init__(self, desk: Desk, journal: Journal, library: Library) -> None:
        self._desk, self._journal, self.library = desk, journal, library
        self._folders = desk.settings.decks
        self.open: Mapping[str, DeckSummary] = {}
        self.findings: tuple[Finding, ...] = ()
        self.refresh()

    def refresh(self) -> tuple[Finding, ...]:
        """Reads what has changed in the deck files, tells the journal, and gives the findings of what was read."""
        self.open = {deck.id: deck for deck in register(self.library, self._journal)}
        self.findings = self.library.findings()
        return self.findings

    # -- other decks than those that were opened -----------------------------------------------------------------------

    @property
    def are_as_set(self) -> bool:
        """Whether the folders of decks are those that the settings name."""
        return self._desk.settings.decks == self._folders

    def others(self) -> Library:
        """The decks that the settings name now, to be read beside the screen by `register_apart`."""
        named = self._desk.settings.decks
        before, after = ([Path(each).expanduser() for each in decks] for decks in (self._folders, named))
        return self.library.instead(before, after)

    def register_apart(self, library: Library, progress: Callable[[int, int], object]) -> None:
        """Reads decks and tells the journal, in another thread."""
        with self._journal.twin() as journal:
            register(library, journal, progress)

    def take(self, library: Library) -> None:
        """Goes on with other decks."""
        self.library, self._folders = library, self._desk.settings.decks
        self.refresh()

    def only_in_settings(self) -> list[str]:
        """What is set for decks that are not there and never were, such as mistyped ones; a line for each."""
        strange = [each.id for each in self._desk.settings.deck if each.id not in self.open]
        if not strange:
            return []
        known = {deck for deck, _ in self._journal.decks.registered().values()}
        listed = "; `studytui due` lists the decks"
        return [
            f"settings: there is no deck for [deck.{clean_line(deck)}]{did_you_mean(deck, self.open) or listed}"
            for deck in strange
            if deck not in known
        ]

    # -- which decks ---------------------------------------------------------------------------------------------------

    @property
    def ids(self) -> list[str]:
        """The ids of the open decks."""
        return list(self.open)

    def or_all(self, decks: Sequence[str] | None) -> Sequence[str]:
        """Some decks, or all that are open now: the journal also knows decks that were once named by path."""
        return self.ids if decks is None else decks

    def chosen(self, decks: Sequence[str]) -> list[str] | None:
        """The ids of the decks that were named by id or path; None for all. Raises Problem for an unknown one."""
        if not decks:
            return None
        ids = []
        for name in decks:
            if name in self.open:
                ids.append(name)
            elif is_path(name):
                place = Path(name).resolve()
                found = [deck.id for deck in self.open.values() if Path(deck.file).resolve().is_relative_to(place)]
                if not found:
                    why = [each for each in self.findings if Path(each.file).resolve().is_relative_to(place)]
                    raise Problem(str(why[0]) if why else f"{name}: no deck there; studytui check {name} says why")
                ids += found
            else:
                near = did_you_mean(name, self.open)
                raise Problem(f"there is no deck “{name}”{near or '; `studytui due` lists the decks'}")
        return ids

    # -- cards, in the learner's language ------------------------------------------------------------------------------

    def cards_of(self, decks: Sequence[str] | None = None) -> list[str]:
        """The ids of all cards of some decks, or of all."""
        return [card for deck in self.or_all(decks) for card in self.library.ids(deck)]

    def card(self, card_id: str) -> Card | None:
        """A card by its id, in the learner's language; None when no deck has it any more."""
        return self.library.card(card_id, self._desk.language)

    def title(self, deck_id: str) -> str:
        """A deck's title in the learner's language; the id of a deck that is not open."""
        deck = self.open.get(deck_id)
        return deck.title_in(self._desk.language) if deck is not None else deck_id

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages into which any open deck is translated."""
        return tuple(sorted({language for deck in self.open.values() for language in deck.languages}))

    def next_language(self, card_id: str) -> str:
        """The language behind the one in which a card is shown, round the end; the empty one is the deck's own."""
        all_, language = ("", *self.library.languages(card_id)), self._desk.language
        shown = all_.index(language) if language in all_ else 0
        return all_[(shown + 1) % len(all_)]


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


def is_path(name: str) -> bool:
    """Whether a deck is named by where it is, not by its id."""
    return name.endswith(".md") or "/" in name or "\\" in name or Path(name).exists()


def cache_path() -> Path:
    """Where decks are kept as they were read; it may be deleted at any time."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("studytui", appauthor=False))
