"""`studytui doctor`: examines the journal, and where asked rebuilds, restores or salvages it; as text or JSON."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.journal import journal_path
from studytui.journal.doctor import examine, rebuild
from studytui.journal.restore import restore, salvage

if TYPE_CHECKING:
    from pathlib import Path

    from studytui.journal.doctor import Report
    from studytui.journal.rebuild import Progress, Rebuilt
    from studytui.memory.schedule import Scheduler


@frozen
class Rebuilding:
    """A rebuild, and the seconds that it took."""

    what: Rebuilt
    seconds: float

    def text(self) -> str:
        """One sentence."""
        done, reviews = self.what, f"{self.what.reviews:,} review{'' if self.what.reviews == 1 else 's'}"
        return (
            f"rebuilt the memory of all cards from the reviews; {done.differed} stood elsewhere before "
            f"({done.cards:,} cards, {reviews}, {self.seconds:.1f} s)"
        )

    def facts(self) -> dict[str, float]:
        """The same for JSON."""
        done = self.what
        return {"cards": done.cards, "differed": done.differed, "reviews": done.reviews, "seconds": self.seconds}


@frozen
class Checkup:
    """What was done, in sentences, and what the journal is like after it."""

    done: tuple[str, ...]
    report: Report
    rebuilt: Rebuilding | None = None

    @property
    def healthy(self) -> bool:
        """Whether nothing needs to be done."""
        return self.report.sound

    def text(self) -> str:
        """What was done, the facts, and each problem with what to do."""
        report = self.report
        cards = f"{report.cards:,} cards in {report.decks:,} decks, {len(report.orphans):,} orphans"
        quizzes = f"{report.quizzes} quiz{'' if report.quizzes == 1 else 'zes'}"
        facts = [
            f"{report.path}: {report.entries:,} entries, {cards}, {quizzes}, {report.size / 1e6:.1f} MB",
            f"backups: {', '.join(backup.label for backup in report.backups) or 'none yet'}",
        ]
        verdict = ["healthy"] if self.healthy else list(report.problems)
        return "\n".join([*self.done, *facts, *verdict])

    def json(self) -> str:
        """The same as one JSON object."""
        report = self.report
        return json.dumps(
            {
                "path": str(report.path),
                "healthy": self.healthy,
                "done": self.done,
                "rebuilt": self.rebuilt.facts() if self.rebuilt is not None else None,
                "problems": report.problems,
                "entries": report.entries,
                "quizzes": report.quizzes,
                "cards": report.cards,
                "decks": report.decks,
                "orphans": report.orphans,
                "differing": report.differing,
                "bytes": report.size,
                "version": report.version,
                "journal_mode": report.journal_mode,
                "backups": [{"label": backup.label, "path": str(backup.path)} for backup in report.backups],
            },
            ensure_ascii=False,
        )


def examine_journal(
    path: Path | None,
    scheduler: Scheduler,
    *,
    rebuild_cache: bool,
    restore_from: str | None,
    rescue: bool,
    progress: Progress | None = None,
) -> Checkup:
    """Does what was asked, in the order restore, salvage, rebuild, and then examines. Raises JournalError.

    `progress` is told how many reviews a rebuild has folded, and of how many.
    """
    path = journal_path(path)
    done: list[str] = []
    rebuilt = None
    if restore_from is not None:
        restored = restore(path, restore_from)
        done.append(f"restored {restored.source}")
        done += [f"kept what was there as {aside}" for aside in restored.aside]
    if rescue:
        saved = salvage(path, scheduler)
        done.append(
            f"salvaged {saved.read + saved.added} entries, {saved.added} of them from backups; {saved.lost} lost; "
            f"and {saved.quizzes} quiz{'' if saved.quizzes == 1 else 'zes'}"
        )
        done += [f"kept what was there as {aside}" for aside in saved.aside]
    if rebuild_cache:
        begun = time.perf_counter()
        what = rebuild(path, scheduler, progress)
        rebuilt = Rebuilding(what, round(time.perf_counter() - begun, 3))
        done.append(rebuilt.text())
    return Checkup(tuple(done), examine(path, scheduler), rebuilt)
