"""The index of what cards say: a file of its own in the cache folder, made from the decks, safe to delete.

It is not part of the journal: that stays small, is backed up daily, and holds only what nothing else does. The index
belongs to one journal, because its rows have the keys that this journal gave the cards: so that a search joins whole
numbers.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from itertools import pairwise
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.journal import sets
from studytui.journal.errors import DAMAGE, JournalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

#: Raised whenever the tables change; an index of another version is made anew.
VERSION = 2
#: "StTX", in the header of every index.
APPLICATION_ID = 0x53745458

#: `pieces` has, for texts shorter than a trigram, which of a deck's cards on a page of keys have them. What a deck says
#: is written in one place, and a piece is looked for on a few hundred pages.
_TABLES = """
CREATE TABLE decks(key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL) STRICT;
CREATE TABLE titles(deck TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY(deck, title)) STRICT, WITHOUT ROWID;
CREATE TABLE cards(key INTEGER PRIMARY KEY, id TEXT NOT NULL, deck TEXT NOT NULL, kind TEXT NOT NULL,
    line INTEGER NOT NULL, heading TEXT NOT NULL) STRICT;
CREATE INDEX cards_deck ON cards(deck);
CREATE INDEX cards_kind ON cards(kind);
CREATE TABLE headings(key INTEGER NOT NULL, language TEXT NOT NULL, heading TEXT NOT NULL,
    PRIMARY KEY(key, language)) STRICT, WITHOUT ROWID;
CREATE TABLE tags(tag TEXT NOT NULL, key INTEGER NOT NULL, PRIMARY KEY(tag, key)) STRICT, WITHOUT ROWID;
CREATE INDEX tags_key ON tags(key);
CREATE TABLE bodies(key INTEGER PRIMARY KEY, folded TEXT NOT NULL) STRICT;
CREATE TABLE pages(key INTEGER PRIMARY KEY, deck INTEGER NOT NULL, page INTEGER NOT NULL, UNIQUE(deck, page)) STRICT;
CREATE TABLE pieces(at INTEGER NOT NULL, piece TEXT NOT NULL, held BLOB NOT NULL, PRIMARY KEY(at, piece))
    STRICT, WITHOUT ROWID;
"""
#: Trigrams find any part of a word in any language: Korean does not put spaces where a search would need them.
_WORDS = """
CREATE VIRTUAL TABLE words USING fts5(folded, content = 'bodies', content_rowid = 'key',
    tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE trigrams USING fts5vocab(words, row);
"""


@frozen
class CardText:
    """A card as the index keeps it. `body` is all that it says, in all languages; `headings` are those by language."""

    id: str
    kind: str
    line: int
    heading: str
    body: str
    tags: tuple[str, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()


def folded(text: str) -> str:
    """A text as it is compared: without case, whatever the language."""
    return text.casefold()


def index_path(journal: Path, folder: Path) -> Path:
    """Where the index of a journal is, in a folder."""
    digest = hashlib.sha256(str(journal.absolute()).encode(errors="surrogateescape")).hexdigest()
    return folder / f"search-{digest[:16]}.db"


class TextIndex:
    """The index, open to be written. Used from the thread that opened it; every method may raise JournalError."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path, journal: Path) -> TextIndex:
        """Opens the index of a journal; one that is damaged or of another version is made anew."""
        with _guarded(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = _opened(path)
            if connection is None:
                for end in ("", "-wal", "-shm"):
                    path.with_name(path.name + end).unlink(missing_ok=True)
                connection = _opened(path)
            if connection is None:
                raise OSError("it cannot be made anew")
            connection.execute("ATTACH ? AS journal", (str(journal),))
        return cls(path, connection)

    def close(self) -> None:
        """Closes the file."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def stale(self) -> list[str]:
        """The decks that the journal knows in another way than the index; what no deck holds is dropped."""
        with _guarded(self.path), self._transaction():
            gone = self._connection.execute(
                "SELECT id FROM main.decks WHERE id NOT IN (SELECT id FROM journal.decks)"
            ).fetchall()
            for (deck,) in gone:
                self._drop(deck)
            # A journal that was restored from a backup, or another in its place, may have given other keys.
            rows = self._connection.execute(
                """SELECT id FROM journal.decks AS deck WHERE fingerprint IS NOT (
                    SELECT fingerprint FROM main.decks WHERE id = deck.id)
                UNION SELECT text.deck FROM main.cards AS text LEFT JOIN journal.cards AS card ON card.key = text.key
                    WHERE card.id IS NOT text.id AND text.deck IN (SELECT id FROM journal.decks)"""
            ).fetchall()
        return [deck for (deck,) in rows]

    def fill(self, deck: str, titles: Iterable[str], fingerprint: str, cards: Iterable[CardText]) -> None:
        """Replaces what is known of a deck, all or nothing; cards that the journal does not know are left out."""
        with _guarded(self.path), self._transaction():
            self._drop(deck)
            execute, many = self._connection.execute, self._connection.executemany
            number = execute("INSERT INTO main.decks(id, fingerprint) VALUES (?, ?)", (deck, fingerprint)).lastrowid
            many("INSERT OR IGNORE INTO titles VALUES (?, ?)", ((deck, folded(title)) for title in titles))
            keys: Mapping[str, int] = dict(
                execute(
                    "SELECT id, key FROM journal.cards WHERE deck = (SELECT key FROM journal.decks WHERE id = ?)",
                    (deck,),
                ).fetchall()
            )
            known = [(keys[card.id], card) for card in cards if card.id in keys]
            # Another deck, of which a card had a key before it was swept, is not what it was: it is read again.
            held = (execute("SELECT deck FROM main.cards WHERE key = ?", (key,)).fetchone() for key, _ in known)
            for other in {row[0] for row in held if row is not None}:
                self._drop(other)
            many(
                "INSERT INTO main.cards VALUES (?, ?, ?, ?, ?, ?)",
                ((key, card.id, deck, card.kind, card.line, card.heading) for key, card in known),
            )
            headings = [(key, *each) for key, card in known for each in card.headings]
            many("INSERT INTO headings VALUES (?, ?, ?)", headings)
            tags = {(folded(tag), key) for key, card in known for tag in card.tags}
            many("INSERT INTO tags VALUES (?, ?)", tags)
            # Two spaces behind: every character then begins a trigram, and short texts are found by those.
            bodies = [(key, f"{folded(card.body)}  ") for key, card in known]
            many("INSERT INTO bodies VALUES (?, ?)", bodies)
            for page, pieces in _pieces(bodies).items():
                at = execute("INSERT INTO pages(deck, page) VALUES (?, ?)", (number, page)).lastrowid
                many("INSERT INTO pieces VALUES (?, ?, ?)", ((at, piece, held) for piece, held in pieces))
            if self._has_words:
                many("INSERT INTO words(rowid, folded) VALUES (?, ?)", bodies)

    def _drop(self, deck: str) -> None:
        execute, many = self._connection.execute, self._connection.executemany
        bodies = execute(
            "SELECT key, folded FROM bodies WHERE key IN (SELECT key FROM main.cards WHERE deck = ?)", (deck,)
        ).fetchall()
        if self._has_words:
            many("INSERT INTO words(words, rowid, folded) VALUES ('delete', ?, ?)", bodies)
        for table in ("main.cards", "headings", "tags", "bodies"):
            many(f"DELETE FROM {table} WHERE key = ?", ((key,) for key, _ in bodies))  # noqa: S608 - names from here
        pages = "(SELECT key FROM pages WHERE deck = (SELECT key FROM main.decks WHERE id = ?))"
        execute(f"DELETE FROM pieces WHERE at IN {pages}", (deck,))  # noqa: S608
        execute(f"DELETE FROM pages WHERE key IN {pages}", (deck,))  # noqa: S608
        execute("DELETE FROM titles WHERE deck = ?", (deck,))
        execute("DELETE FROM main.decks WHERE id = ?", (deck,))

    @property
    def _has_words(self) -> bool:
        """SQLite may have been built without FTS5, or be older than 3.34."""
        return self._connection.execute("SELECT 1 FROM main.sqlite_schema WHERE name = 'words'").fetchone() is not None

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


def _pieces(bodies: Iterable[tuple[int, str]]) -> dict[int, list[tuple[str, bytes]]]:
    """By page of keys: the pieces of one and two characters in alphabetical order, each with the cards that have it."""
    pages: dict[int, dict[str | tuple[str, str], int]] = {}
    for key, text in bodies:
        page, card = sets.place(key)
        found = pages.setdefault(page, {})
        known = found.get
        for piece in {*text, *pairwise(text)}:
            found[piece] = known(piece, 0) | card
    return {
        page: sorted(("".join(piece), sets.to_bytes(held)) for piece, held in found.items())
        for page, found in pages.items()
    }


def _opened(path: Path) -> sqlite3.Connection | None:
    """A connection to an index of this version; None where there is something else."""
    connection = sqlite3.connect(path, timeout=5, isolation_level=None)
    with contextlib.ExitStack() as stack:
        stack.callback(connection.close)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            # What a power cut takes is made again.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN IMMEDIATE")
            sound = _made(connection)
            connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in DAMAGE:
                raise
            sound = False
        if sound:
            stack.pop_all()
            return connection
    return None


def _made(connection: sqlite3.Connection) -> bool:
    """Makes the tables in an empty file; whether they are there now, as this version has them."""
    if connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is not None:
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        return bool((owner, version) == (APPLICATION_ID, VERSION))
    for statement in _TABLES.split(";"):
        connection.execute(statement)
    with contextlib.suppress(sqlite3.OperationalError):  # without them every text is looked through
        for statement in _WORDS.split(";"):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return True


@contextlib.contextmanager
def _guarded(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise JournalError(
            f"{path}: the index of texts cannot be used ({error}); delete it, or make its folder writable, then try "
            "again: it is made from the decks"
        ) from error
