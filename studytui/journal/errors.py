"""What can go wrong with the journal, as one line: what happened, where, and what to do next."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from typing import TYPE_CHECKING

from studytui.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAY_BACK = "run `studytui doctor` to examine it, and `studytui doctor --restore` to go back to a backup"


class JournalError(Problem):
    """The journal cannot do what was asked. The message is one line for the learner."""


class DamagedError(JournalError):
    """The file does not hold what SQLite needs to find in it."""


class NotAJournalError(JournalError):
    """The file is something else, or a newer program's; it is left as it is."""


def damaged(path: Path, reason: str) -> DamagedError:
    """The error for a file that cannot be read as it should."""
    return DamagedError(f"{path}: the journal is damaged ({reason}); {WAY_BACK}")


#: By SQLite's primary result code: what happened, and what to do. {reason} is SQLite's own sentence.
_SENTENCES = {
    sqlite3.SQLITE_BUSY: "another program is writing to the journal and does not end; close it, then try again",
    sqlite3.SQLITE_LOCKED: "another program has locked the journal; close it, then try again",
    sqlite3.SQLITE_FULL: "the disk is full: nothing was changed, all earlier reviews are kept; free some space, then "
    "try again",
    sqlite3.SQLITE_IOERR: "the disk refused ({reason}): nothing was changed, all earlier reviews are kept; see that it "
    "has free space and is connected, then try again",
    sqlite3.SQLITE_READONLY: "the journal cannot be written ({reason}); make the file and its folder writable, or "
    "choose another with --journal",
    sqlite3.SQLITE_CANTOPEN: "the journal cannot be opened ({reason}); see that its folder exists and is writable, or "
    "choose another with --journal",
    sqlite3.SQLITE_PERM: "the journal may not be opened; see who owns the file, or choose another with --journal",
}
#: The codes of a file that is damaged or is no database.
DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def explained(path: Path, error: sqlite3.Error) -> JournalError:
    """The journal's error for one of SQLite's."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    reason = str(error)
    if code in DAMAGE:
        return damaged(path, reason)
    sentence = _SENTENCES.get(code)
    if sentence is not None:
        return JournalError(f"{path}: {sentence.format(reason=reason)}")
    return JournalError(f"{path}: the journal refused ({reason}); {WAY_BACK}")


def unreachable(path: Path, error: OSError) -> JournalError:
    """The journal's error for one of the file system's."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return JournalError(f"{path}: {_SENTENCES[sqlite3.SQLITE_FULL]}")
    reason = error.strerror or str(error)
    return JournalError(
        f"{path}: cannot be read or written ({reason}); see who owns it, or choose another with --journal"
    )


@contextlib.contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turns every error of SQLite and the file system into a JournalError."""
    try:
        yield
    except sqlite3.Error as error:
        raise explained(path, error) from error
    except OSError as error:
        raise unreachable(path, error) from error
    except UnicodeEncodeError as error:
        raise JournalError(f"{path}: text that is not Unicode cannot be recorded ({error.reason})") from error
