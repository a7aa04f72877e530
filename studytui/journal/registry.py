"""Which cards the deck files hold, so that a sitting starts without reading any of them."""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.journal import meta
from studytui.journal.cards import EMPTY
from studytui.journal.shuffle import shuffle_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studytui.journal.store import Store


@frozen
class Registration:
    """One deck file as the journal knows it: `cards` are (card id, family) in the order of the file."""

    deck: str
    title: str
    file: str
    fingerprint: str
    cards: Sequence[tuple[str, str]] = ()


class Registry:
    """The decks as a journal knows them, and the cards that are in none of them any more."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def register(self, deck: str, title: str, file: str, fingerprint: str, cards: Sequence[tuple[str, str]]) -> None:
        """Makes the journal know a deck as it is now: `cards` are (card id, family) in the order of the file."""
        self.register_all([Registration(deck, title, file, fingerprint, cards)])

    def register_all(self, registrations: Iterable[Registration]) -> None:
        """Makes the journal know these decks as they are now, in one transaction.

        A deck is the same by its id; a file holds one deck. Cards that left a deck become orphans when anything was
        recorded of them.
        """
        with self._store.transaction():
            for registration in registrations:
                _register(self._store, registration)

    def forget(self, deck: str) -> None:
        """Forgets a deck; what was recorded of its cards is kept: they become orphans."""
        with self._store.transaction():
            row = self._store.row("SELECT key FROM decks WHERE id = ?", (deck,))
            if row is not None:
                _forget(self._store, row[0])

    def registered(self) -> dict[str, tuple[str, str]]:
        """By file: the deck's id, and the fingerprint with which it was registered."""
        rows = self._store.rows("SELECT file, id, fingerprint FROM decks")
        return {file: (deck, fingerprint) for file, deck, fingerprint in rows}

    def orphans(self) -> list[str]:
        """The cards of which something was recorded and that no deck holds any more. They are kept, and never asked."""
        return [card for (card,) in self._store.rows("SELECT id FROM cards WHERE deck IS NULL ORDER BY id")]

    def decline(self, old: str, new: str) -> None:
        """Notes that a card which is gone did not become another one."""
        meta.decline(self._store, old, new)

    def declined(self) -> set[tuple[str, str]]:
        """What was declined: (the card that is gone, the one that it did not become)."""
        return meta.declined(self._store)


def _register(store: Store, registration: Registration) -> None:
    forgotten = store.row("SELECT key FROM decks WHERE file = ? AND id <> ?", (registration.file, registration.deck))
    if forgotten is not None:
        _forget(store, forgotten[0])
    families = Counter(family for _, family in registration.cards if family)
    cards = {card: family if families[family] > 1 else None for card, family in registration.cards}
    row = store.row(
        "INSERT INTO decks(id, title, file, fingerprint, cards) VALUES (?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
        "title = excluded.title, file = excluded.file, fingerprint = excluded.fingerprint, cards = excluded.cards "
        "RETURNING key",
        (registration.deck, registration.title, registration.file, registration.fingerprint, len(cards)),
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was written
    deck = row[0]
    gone = [(card,) for (card,) in store.rows("SELECT id FROM cards WHERE deck = ?", (deck,)) if card not in cards]
    _leave(store, gone)
    store.write_all(
        "INSERT INTO cards(id, deck, position, family, shuffle) VALUES (?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
        "deck = excluded.deck, position = excluded.position, family = excluded.family "
        "WHERE deck IS NOT excluded.deck OR position IS NOT excluded.position OR family IS NOT excluded.family",
        ((card, deck, place, family, shuffle_of(card)) for place, (card, family) in enumerate(cards.items())),
    )


def _forget(store: Store, key: int) -> None:
    _leave(store, [tuple(row) for row in store.rows("SELECT id FROM cards WHERE deck = ?", (key,))])
    store.write("DELETE FROM decks WHERE key = ?", (key,))


def _leave(store: Store, cards: list[tuple[str]]) -> None:
    store.write_all(f"DELETE FROM cards WHERE id = ? AND {EMPTY}", cards)
    store.write_all("UPDATE cards SET deck = NULL, position = NULL, family = NULL WHERE id = ?", cards)
