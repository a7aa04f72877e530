"""Ways back from a damaged journal: a backup in its place, or what can still be read of it. The file is always kept."""

# ruff: noqa: S608 - SQL is put together from constants of this room only

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.journal import backups as kept
from studytui.journal import quizzes, rebuild, together
from studytui.journal.errors import DamagedError, JournalError, guarded
from studytui.journal.rows import APPEND, ENTRY_COLUMNS
from studytui.journal.store import inspect_store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studytui.journal.store import Row, Store
    from studytui.memory.schedule import Scheduler

#: What SQLite keeps beside a database, by the end of the name.
_BESIDE = ("-wal", "-shm")
#: Ids that are read in one go while nothing is amiss.
_CHUNK = 4096
#: No row takes fewer bytes: with the file's size it bounds the ids when the last page cannot be read.
_SHORTEST_ROW = 32


@frozen
class Restored:
    """What took the journal's place, and where the file that was there is kept, with what SQLite kept beside it."""

    source: Path
    aside: tuple[Path, ...] = ()


@frozen
class Salvaged:
    """What could be saved: `read` entries of the damaged file and `added` ones from backups; `lost` ids are in none.

    `quizzes` were saved from either.
    """

    read: int
    added: int
    lost: int
    aside: tuple[Path, ...] = ()
    quizzes: int = 0


def restore(path: Path, which: Path | str = "latest") -> Restored:
    """Puts a backup in the journal's place: a file, a backup's name or label (`2026-02-28`), or the `latest` sound one.

    Raises JournalError, having changed nothing, when there is no such backup, when it is damaged, or while another
    program has the journal open.
    """
    source = _chosen(path, which)
    with guarded(path):
        fresh = path.with_name(f"{path.name}.{os.getpid()}.restored")
        try:
            shutil.copyfile(source, fresh)
            kept.synced(fresh)
            return Restored(source, _put_in_place(path, fresh))
        finally:
            fresh.unlink(missing_ok=True)


def _chosen(path: Path, which: Path | str) -> Path:
    known = kept.backups(path)
    if which == "latest":
        for backup in known:
            if _is_sound(backup.path):
                return backup.path
        raise JournalError(f"{path}: has no sound backup in {kept.backup_folder(path)}")
    source = next((backup.path for backup in known if str(which) in {backup.label, backup.path.name}), Path(which))
    if not source.is_file():
        labels = ", ".join(backup.label for backup in known) or "none"
        raise JournalError(f"{which}: is no backup of {path}; there are: {labels}")
    if not _is_sound(source):
        raise DamagedError(f"{source}: this backup is damaged itself; choose another, or `latest`")
    return source


def _is_sound(file: Path) -> bool:
    try:
        with contextlib.closing(inspect_store(file)) as store:
            return store.rows("PRAGMA quick_check(1)") == [("ok",)]
    except JournalError:
        return False


def _put_in_place(path: Path, fresh: Path) -> tuple[Path, ...]:
    """Sets what is there aside and puts a finished file in its place, so that at no moment there is no journal.

    Refuses while another program has the journal open: what it records would go into the file set aside.
    """
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    aside = path.with_name(f"{path.stem}.before-{stamp}{path.suffix}")
    moved = []
    if path.exists():
        try:
            os.link(path, aside)
        except OSError:  # a file system without hard links
            shutil.copy2(path, aside)
        if _in_use(aside):
            aside.unlink()
            raise JournalError(f"{path}: is open in another program; close it first, then try again")
        moved.append(aside)
    for end in _BESIDE:
        beside = path.with_name(path.name + end)
        if beside.exists():
            # It belongs to the old file; SQLite would apply it to the new one.
            moved.append(beside.replace(aside.with_name(aside.name + end)))
    fresh.replace(path)
    kept.synced(path.parent)
    return tuple(moved)


def _in_use(link: Path) -> bool:
    """Whether a program has a file open, asked by another name for it: by its own, SQLite would also apply its log."""
    with contextlib.closing(sqlite3.connect(link, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            return error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return False


# -- what can still be read --------------------------------------------------------------------------------------------


def salvage(path: Path, scheduler: Scheduler) -> Salvaged:
    """Makes a new journal of every entry that can still be read, in the damaged file or else in a backup of it.

    The decks are registered again when the program starts. Raises JournalError, having changed nothing, when no entry
    can be read anywhere, or while another program has the journal open.
    """
    with guarded(path), tempfile.TemporaryDirectory(dir=path.parent, prefix=".salvage-") as folder:
        entries, papers, ranges = _readable(_copied(path, Path(folder)))
        read = len(entries)
        for backup in kept.backups(path):
            older = _readable(_copied(backup.path, Path(folder)))
            entries, papers, ranges = older[0] | entries, older[1] | papers, older[2] | ranges
        if not entries and not papers:
            raise JournalError(f"{path}: no review can be read from it, and it has no backup that holds any")
        fresh = Path(folder) / "salvaged"
        written, quizzes_written = _written(fresh, entries, papers, ranges, scheduler)
        aside = _put_in_place(path, fresh)
    return Salvaged(read, written - read, max(entries, default=0) - written, aside, quizzes_written)


def _copied(path: Path, folder: Path) -> Path:
    """A copy to read from: to open a file can change it."""
    copy = folder / "copy"
    for end in ("", *_BESIDE):
        copy.with_name(copy.name + end).unlink(missing_ok=True)
    for end in ("", "-wal"):
        source = path.with_name(path.name + end)
        if source.is_file():
            shutil.copyfile(source, copy.with_name(copy.name + end))
    return copy


def _readable(file: Path) -> tuple[dict[int, Row], dict[int, Row], dict[int, Row]]:
    """All rows of `reviews`, of `quizzes` and of `together` that SQLite can read, by id."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        return (
            _table(connection, file, "reviews", ENTRY_COLUMNS),
            _table(connection, file, "quizzes", quizzes.COLUMNS),
            _table(connection, file, "together", together.COLUMNS),
        )


def _table(connection: sqlite3.Connection, file: Path, table: str, columns: str) -> dict[int, Row]:
    try:
        connection.execute("PRAGMA cell_size_check = ON")
        there = {column[0] for column in connection.execute(f"SELECT * FROM {table} LIMIT 0").description}
    except sqlite3.DatabaseError:
        return {}
    # A backup of an older version has fewer columns.
    columns = ", ".join(name if name in there else "NULL" for name in columns.split(", "))
    highest = _highest(connection, file, table)
    return {row[0]: row[1:] for row in _rows(connection, highest, table, columns)}


def _highest(connection: sqlite3.Connection, file: Path, table: str) -> int:
    try:
        return int(connection.execute(f"SELECT ifnull(max(rowid), 0) FROM {table}").fetchone()[0])
    except sqlite3.DatabaseError:
        return file.stat().st_size // _SHORTEST_ROW


def _rows(connection: sqlite3.Connection, highest: int, table: str, columns: str) -> Iterator[Row]:
    """The rows of all ids: where a range cannot be read, its halves are tried, down to single rows."""
    ranges = [(low, min(low + _CHUNK - 1, highest)) for low in range(1, highest + 1, _CHUNK)]
    ranges.reverse()
    while ranges:
        low, high = ranges.pop()
        try:
            rows = connection.execute(
                f"SELECT rowid, {columns} FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid", (low, high)
            ).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            if low < high:
                middle = (low + high) // 2
                ranges += [(middle + 1, high), (low, middle)]
        else:
            yield from rows


def _written(
    fresh: Path, entries: dict[int, Row], papers: dict[int, Row], ranges: dict[int, Row], scheduler: Scheduler
) -> tuple[int, int]:
    """Makes a new journal of entries and quizzes, whole and on the disk; returns how many of each were sound."""
    with contextlib.closing(open_store(fresh)) as store:
        with store.transaction():
            written = _appended(store, APPEND, (entries[id_] for id_ in sorted(entries)))
            quizzes_written = _appended(store, quizzes.APPEND, ((id_, *papers[id_]) for id_ in sorted(papers)))
            _appended(store, together.APPEND, (ranges[id_] for id_ in sorted(ranges)))
        rebuild.rebuild(store, scheduler)
        store.row("PRAGMA journal_mode = DELETE")
    kept.synced(fresh)
    return written, quizzes_written


def _appended(store: Store, sql: str, rows: Iterable[Row]) -> int:
    """Writes those rows that are sound; how many they were."""
    written = 0
    for row in rows:
        try:
            store.write(sql, row)
        except JournalError as error:
            if not isinstance(error.__cause__, sqlite3.IntegrityError):
                raise
        else:
            written += 1
    return written
