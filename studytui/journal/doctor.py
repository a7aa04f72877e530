"""Examining a journal and rebuilding what can be derived: functions that return what they found and print nothing."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.journal import backups as backups_
from studytui.journal import quizzes
from studytui.journal import rebuild as rebuild_
from studytui.journal.errors import JournalError, guarded
from studytui.journal.registry import Registry
from studytui.journal.store import inspect_store, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from studytui.journal.backups import Backup
    from studytui.journal.rebuild import Progress, Rebuilt
    from studytui.journal.store import Store
    from studytui.memory.schedule import Scheduler


@frozen
class Report:
    """What an examination found. `problems` are lines for the learner, each with what to do; none when all is well."""

    path: Path
    size: int = 0
    version: int = 0
    journal_mode: str = ""
    entries: int = 0
    quizzes: int = 0
    decks: int = 0
    cards: int = 0
    orphans: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    backups: tuple[Backup, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing needs to be done."""
        return not self.problems


def examine(path: Path, scheduler: Scheduler) -> Report:
    """Reads the whole file and changes nothing: SQLite's own checks, and whether every card stands where it must."""
    found: dict[str, object] = {"backups": tuple(backups_.backups(path))}
    problems: list[str] = []
    try:
        with guarded(path), contextlib.closing(inspect_store(path)) as store:
            found["size"] = path.stat().st_size
            problems += _integrity(path, store)
            found |= _contents(store)
            problems += [f"{path}: {line}" for line in quizzes.unsound(store)]
            found["differing"] = differing = _differing(store, scheduler)
            if differing:
                problems.append(
                    f"{path}: {len(differing)} cards stand elsewhere than their reviews lead to; "
                    "run `studytui doctor --rebuild`"
                )
    except JournalError as error:
        problems.append(str(error))
    return Report(path, problems=tuple(problems), **found)  # type: ignore[arg-type] # the keys are Report's fields


def _integrity(path: Path, store: Store) -> list[str]:
    broken = [str(line) for (line,) in store.rows("PRAGMA integrity_check(5)") if line != "ok"]
    broken += [f"a row of {row[0]} belongs to nothing in {row[2]}" for row in store.rows("PRAGMA foreign_key_check")]
    return [f"{path}: {line}; run `studytui doctor --restore`" for line in broken]


def _contents(store: Store) -> dict[str, object]:
    def one(sql: str) -> int:
        row = store.row(sql)
        return int(row[0]) if row is not None else 0

    mode = store.row("PRAGMA journal_mode")
    return {
        "version": one("PRAGMA user_version"),
        "journal_mode": str(mode[0]) if mode is not None else "",
        "entries": one("SELECT count(*) FROM reviews"),
        "quizzes": quizzes.count(store),
        "decks": one("SELECT count(*) FROM decks"),
        "cards": one("SELECT count(*) FROM cards WHERE deck IS NOT NULL"),
        "orphans": tuple(Registry(store).orphans()),
    }


def _differing(store: Store, scheduler: Scheduler) -> tuple[str, ...]:
    rows, gone = rebuild_.folded(store, scheduler)
    wrong = [card for card, *_ in rebuild_.differing(store, rows)]
    if rebuild_.undone_differs(store, gone):
        wrong.append("(what is undone)")
    return tuple(wrong)


def rebuild(path: Path, scheduler: Scheduler, progress: Progress | None = None) -> Rebuilt:
    """Folds all reviews again; `progress` is told how many are done, and of how many. All or nothing."""
    with contextlib.closing(open_store(path)) as store:
        return rebuild_.rebuild(store, scheduler, progress)
