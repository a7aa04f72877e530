"""`studytui doctor`: examines the journal, and where asked rebuilds, restores or salvages it; as text or JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.journal import journal_path
from studytui.journal.doctor import examine, rebuild
from studytui.journal.restore import restore, salvage

if TYPE_CHECKING:
    from pathlib import Path

    from studytui.journal.doctor import Report
    from studytui.memory.schedule import Scheduler


@frozen
class Checkup:
    """What was done, in sentences, and what the journal is like after it."""

    done: tuple[str, ...]
    report: Report

    @property
    def healthy(self) -> bool:
        """Whether nothing needs to be done."""
        return self.report.sound

    def text(self) -> str:
        """What was done, the facts, and each problem with what to do."""
        report = self.report
        cards = f"{report.cards} cards in {report.decks} decks, {len(report.orphans)} orphans"
        quizzes = f"{report.quizzes} quiz{'' if report.quizzes == 1 else 'zes'}"
        facts = [
            f"{report.path}: {report.entries} entries, {cards}, {quizzes}, {report.size / 1e6:.1f} MB",
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
    path: Path | None, scheduler: Scheduler, *, rebuild_cache: bool, restore_from: str | None, rescue: bool
) -> Checkup:
    """Does what was asked, in the order restore, salvage, rebuild, and then examines. Raises JournalError."""
    path = journal_path(path)
    done: list[str] = []
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
        differed = rebuild(path, scheduler)
        done.append(f"rebuilt the memory of all cards from the reviews; {differed} stood elsewhere before")
    return Checkup(tuple(done), examine(path, scheduler))
