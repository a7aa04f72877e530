"""Copies of the journal beside it: taken whole while the program runs, checked, the newest ten kept."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import time
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.journal.errors import DAMAGE, damaged, guarded

if TYPE_CHECKING:
    from pathlib import Path

KEPT = 10
#: Seconds after which a copy that was begun and never finished belongs to a program that was killed.
_STALE = 3600.0


@frozen
class Backup:
    """A copy of the journal. `label` is the learner's day on which it was taken, or why it was taken."""

    path: Path
    label: str
    size: int
    taken: float


def backup_folder(path: Path) -> Path:
    """Where the backups of a journal are."""
    return path.parent / "backups"


def backups(path: Path) -> list[Backup]:
    """The backups of a journal, newest first."""
    name = re.compile(re.escape(path.stem) + r"-(\d{4}-\d\d-\d\d|before-v\d+)" + re.escape(path.suffix))
    found = []
    with guarded(path):
        for file in backup_folder(path).glob("*"):
            match = name.fullmatch(file.name)
            if match is not None:
                status = file.stat()
                found.append(Backup(file, match[1], status.st_size, status.st_mtime))
    return sorted(found, key=lambda backup: (backup.taken, backup.label), reverse=True)


def label_of(day: int) -> str:
    """A learner's day as a date: `2026-02-28`."""
    return time.strftime("%Y-%m-%d", time.gmtime(day * 86_400))


def back_up_daily(path: Path, day: int) -> Path | None:
    """Takes the backup of a day, unless there is one or there is nothing to copy yet."""
    label = label_of(day)
    if _named(path, label).exists() or not path.exists():
        return None
    return back_up(path, label)


def back_up(path: Path, label: str) -> Path:
    """Copies the journal as it stands at this moment, while others read and write it; then keeps the newest ten.

    The copy gets its name only when it is whole, sound and on the disk. Raises DamagedError, and keeps all older
    backups, when what was copied is not sound.
    """
    target = _named(path, label)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    with guarded(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _copy(path, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        synced(target.parent)
        _prune(path)
    return target


def _named(path: Path, label: str) -> Path:
    return backup_folder(path) / f"{path.stem}-{label}{path.suffix}"


def _copy(path: Path, part: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(path, timeout=5)) as source,
        contextlib.closing(sqlite3.connect(part, isolation_level=None)) as target,
    ):
        try:
            source.backup(target)
            # One file that opens anywhere, without a log beside it.
            target.execute("PRAGMA journal_mode = DELETE")
            sound = target.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in DAMAGE:
                raise
            sound = str(error)
    if sound != "ok":
        raise damaged(path, f"found when backing it up: {sound}")
    synced(part)


def synced(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk. Windows has no way to do it for folders."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _prune(path: Path) -> None:
    for backup in backups(path)[KEPT:]:
        backup.path.unlink(missing_ok=True)
    for part in backup_folder(path).glob(f"{path.stem}-*.part"):
        if part.stat().st_mtime < time.time() - _STALE:
            part.unlink(missing_ok=True)
