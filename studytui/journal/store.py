"""One connection to the journal's file: opened with care, brought to this version, written in whole transactions.

Nothing here knows what a review is.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from studytui.journal.errors import JournalError, NotAJournalError, damaged, explained, guarded
from studytui.journal.schema import AS_WHOLE_REVIEWS, STEPS, WHOLE_REVIEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from studytui.journal.schema import Step

#: "StTU", in the header of every journal.
APPLICATION_ID = 0x53745455
_MAGIC = b"SQLite format 3\0"
#: Seconds to wait for another program that is writing.
TIMEOUT = 5.0

#: Steps of SQLite's machine between two looks at whether a query is wanted: a few milliseconds.
_WATCHED = 500_000
#: What a connection keeps of the file in memory: enough for a sitting over a hundred thousand cards.
_CACHE_KIB = 2_000
#: What it keeps while much is changed, so that it is written once.
LARGE_CACHE_KIB = 64_000

_NONE_YET = "there is no journal here yet; the first review begins one"

Row = tuple[Any, ...]


#: How many connections of this process each file has, by its name.
_held: Counter[str] = Counter()
_holding = threading.Lock()


class Store:
    """A connection whose errors are JournalErrors. Used from the thread that opened it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._closed = False
        self._changes = 0

    def rows(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[Row]:
        """All rows of a query."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except (sqlite3.Error, UnicodeEncodeError) as error:
            raise self._explained(error) from error

    def row(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> Row | None:
        """The first row of a query."""
        try:
            found: Row | None = self._connection.execute(sql, parameters).fetchone()
        except (sqlite3.Error, UnicodeEncodeError) as error:
            raise self._explained(error) from error
        return found

    def stream(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> Iterator[Row]:
        """The rows of a query, read as they are asked for."""
        with guarded(self.path):
            yield from self._connection.execute(sql, parameters)

    def batches(self, sql: str, size: int) -> Iterator[list[Row]]:
        """The rows of a query, so many at a time: `stream` takes a third of a second for a million."""
        with guarded(self.path):
            cursor = self._connection.execute(sql)
            while rows := cursor.fetchmany(size):
                yield rows

    def write(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Executes one statement; the id of the row that it inserted."""
        try:
            return self._connection.execute(sql, parameters).lastrowid or 0
        except (sqlite3.Error, UnicodeEncodeError) as error:
            raise self._explained(error) from error

    def write_all(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Executes one statement for each row."""
        with guarded(self.path):
            self._connection.executemany(sql, rows)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing of it, durable at its end; other programs can read, and wait to write."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._changes = self._connection.total_changes
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise explained(self.path, error) from error
        except BaseException:
            self._roll_back()
            raise

    @contextlib.contextmanager
    def large_cache(self) -> Iterator[None]:
        """While much is changed, more of the file stays in memory."""
        self.write(f"PRAGMA cache_size = {-LARGE_CACHE_KIB}")
        try:
            yield
        finally:
            with contextlib.suppress(JournalError):
                self.write(f"PRAGMA cache_size = {-_CACHE_KIB}")
                self.write("PRAGMA shrink_memory")

    @property
    def is_ahead(self) -> bool:
        """Whether this connection has written what no other sees yet."""
        return self._connection.in_transaction and self._connection.total_changes > self._changes

    def interrupt(self) -> None:
        """Ends the query that runs now, which then raises JournalError. May be called from any thread."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.interrupt()

    def watch(self, goes_on: Callable[[], bool]) -> None:
        """Asks again and again while a query runs; once it is no longer wanted, it ends and raises JournalError."""
        self._connection.set_progress_handler(lambda: not goes_on(), _WATCHED)

    def _roll_back(self) -> None:
        # SQLite may have rolled back by itself; where even this fails, closing does it.
        with contextlib.suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _explained(self, error: Exception) -> JournalError:
        if isinstance(error, sqlite3.Error):
            return explained(self.path, error)
        return JournalError(f"{self.path}: text that is not Unicode cannot be recorded ({error})")

    def close(self) -> None:
        """Closes the connection; the last one to close moves the log into the file. To do it twice is fine."""
        if not self._closed:
            self._closed = True
            _let_go(self.path, self._connection)


def open_store(path: Path, steps: Sequence[Step] = STEPS, timeout: float = TIMEOUT) -> Store:
    """Opens the journal, creates it when there is none, and migrates an older one after a backup.

    Raises JournalError, having changed nothing, for whatever cannot be opened as a journal of this program.
    """
    with guarded(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _hold(path, timeout)
        try:
            _prepare(path, connection, steps)
        except BaseException:
            _let_go(path, connection)
            raise
    return Store(path, connection)


def inspect_store(path: Path) -> Store:
    """Opens a journal only to read it, as it is: nothing is created, migrated or written."""
    with guarded(path):
        if not path.exists():
            raise JournalError(f"{path}: {_NONE_YET}")
        with contextlib.ExitStack() as stack:
            connection = _hold(path, TIMEOUT)
            stack.callback(_let_go, path, connection)
            connection.execute("PRAGMA trusted_schema = OFF")
            version = _version(path, connection, len(STEPS))
            if 0 < version < WHOLE_REVIEWS:
                connection.execute(AS_WHOLE_REVIEWS)
            connection.execute("PRAGMA query_only = ON")
            if version:
                stack.pop_all()
                return Store(path, connection)
    raise JournalError(f"{path}: {_NONE_YET}")


def _hold(path: Path, timeout: float) -> sqlite3.Connection:
    """Connects to a file that was looked at.

    A process that closes a file, however it had opened it, loses all its locks on it: another program would then take
    the log away from under a connection that is open here, with what that writes. So such a file is not looked at.
    """
    name = os.path.realpath(path)
    with _holding:
        if not _held[name]:
            _look(path)
        connection = sqlite3.connect(path, timeout=timeout, isolation_level=None)
        _held[name] += 1
    return connection


def _let_go(path: Path, connection: sqlite3.Connection) -> None:
    with contextlib.suppress(sqlite3.Error):
        connection.close()
    with _holding:
        _held[os.path.realpath(path)] -= 1


def _look(path: Path) -> None:
    """Refuses what SQLite must not touch: it would overwrite an empty file's log, and wait for a folder."""
    if path.is_dir():
        raise NotAJournalError(f"{path}: is a folder, not a journal; name a file with --journal")
    if not path.exists() or path.stat().st_size == 0:
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise damaged(path, f"it is empty, but {log.name} beside it holds reviews")
        return
    with path.open("rb") as file:
        head = file.read(512)
    if not head.startswith(_MAGIC[: len(head)]):
        raise NotAJournalError(f"{path}: is no journal, and is left as it is; name another file with --journal")
    if len(head) < 512:
        raise damaged(path, "it ends in its first page")
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise JournalError(
            f"{path}: the journal cannot be written; make the file and its folder writable, or choose another with "
            "--journal"
        )


def _prepare(path: Path, connection: sqlite3.Connection, steps: Sequence[Step]) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    version = _version(path, connection, len(steps))
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        _log_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Without it, INSERT OR REPLACE would delete a review and not fire the trigger that forbids it.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute(f"PRAGMA cache_size = {-_CACHE_KIB}")
    if version < len(steps):
        _migrate(path, connection, steps)


def _version(path: Path, connection: sqlite3.Connection, newest: int) -> int:
    """The version of the file, 0 for an empty one. Refuses other programs' files and newer versions."""
    # One look: between two, another program that is making the file would seem to be something else.
    alone = not connection.in_transaction
    if alone:
        connection.execute("BEGIN")
    try:
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        filled = connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is not None
    finally:
        if alone and connection.in_transaction:
            connection.execute("ROLLBACK")
    if owner != APPLICATION_ID:
        if owner or version or filled:
            raise NotAJournalError(
                f"{path}: is another program's database, and is left as it is; name another file with --journal"
            )
        return 0
    if version > newest:
        raise NotAJournalError(
            f"{path}: was written by a newer StudyTUI (version {version}; this one knows {newest}), and is left as it "
            "is; update StudyTUI, or name another file with --journal"
        )
    return version


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switches to WAL, which SQLite refuses at once, without waiting, while another program does the same."""
    deadline = time.monotonic() + TIMEOUT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.005)
        else:
            return


def _migrate(path: Path, connection: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """All missing steps in one transaction; an older journal is backed up before it."""
    from sqlite_utils import Database

    from studytui.journal.backups import back_up

    version = _version(path, connection, len(steps))
    backup = back_up(path, f"before-v{len(steps)}") if version else None
    try:
        connection.execute("BEGIN IMMEDIATE")
        # Another program may have migrated while this one waited.
        version = _version(path, connection, len(steps))
        database = Database(connection, execute_plugins=False)
        for step in steps[version:]:
            step(database)
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if backup is None:
            raise
        raise JournalError(
            f"{path}: could not be brought to version {len(steps)} ({error}); it is as it was, and {backup} is a backup"
        ) from error
