"""A program that uses a journal until something happens to it. Run by test_journal_processes.py, one mode a run."""

from __future__ import annotations

import functools
import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from studytui.journal import Journal, JournalError
from studytui.journal.quizzes import Ending
from studytui.memory.model import Action, Entry, Moment, Rating
from studytui.memory.schedule import Scheduler

SCHEDULER = Scheduler()
START = 1_780_000_000_000


def review(number: int, card: str | None = None) -> Entry:
    now = Moment(START + number * 60_000)
    rating = Rating(1 + number % 4)
    name = card or f"deck/card-{number % 7}"
    return Entry(name, Action.REVIEW, now.ms, 0, SCHEDULER.day_of(now), rating=rating, typed="x" * 200, seed=number)


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def loop(path: Path) -> None:
    """Records without end and says each id, once it is acknowledged."""
    with Journal.open(path, SCHEDULER) as journal:
        number = 0
        while True:
            say(journal.record(review(number)).entry.id)
            number += 1


def together(path: Path, count: str) -> None:
    """Records a number of reviews when told to go."""
    say("ready")
    sys.stdin.readline()
    with Journal.open(path, SCHEDULER) as journal:
        for number in range(int(count)):
            journal.record(review(number))
    say("done")


class Dying(sqlite3.Connection):
    """Kills the program before the statement with a certain number, or after it."""

    countdown: int | None = None
    after = False

    def _step(self) -> bool:
        if Dying.countdown is None:
            return False
        Dying.countdown -= 1
        return Dying.countdown < 0

    def execute(self, *arguments):  # type: ignore[no-untyped-def]  # whatever sqlite3 takes
        last = self._step()
        if last and not Dying.after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = super().execute(*arguments)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    def executemany(self, *arguments):  # type: ignore[no-untyped-def]  # whatever sqlite3 takes
        last = self._step()
        if last and not Dying.after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = super().executemany(*arguments)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def die(folder: Path, life: str = "review") -> None:
    """For every statement of what a program does: one that is killed before it, and one killed after it.

    Says, a line for each journal, its name and the numbers that its program was told were recorded.
    """
    import sqlite_utils  # noqa: F401 - once, before the forks, and not in each of them

    sqlite3.connect = functools.partial(sqlite3.connect, factory=Dying)  # type: ignore[assignment]  # for this process
    survived = False
    statement = 0
    while not survived:
        for after in (False, True):
            path = folder / f"{statement}-{'after' if after else 'before'}.sqlite3"
            reading, writing = os.pipe()
            process = os.fork()
            if process == 0:
                LIVES[life](path, statement, writing, after=after)
            os.close(writing)
            with os.fdopen(reading) as pipe:
                told = [int(word) for word in pipe.read().split()]
            survived = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
            say(json.dumps([path.name, told]))
        statement += 1


def _one_life(path: Path, statement: int, told: int, *, after: bool) -> None:
    journal = Journal.open(path, SCHEDULER)
    for number in range(3):
        os.write(told, b"%d " % journal.record(review(number, "deck/card")).entry.id)
    Dying.countdown, Dying.after = statement, after
    os.write(told, b"%d " % journal.record(review(3, "deck/card")).entry.id)
    journal.undo(Moment(START + 9 * 60_000))
    os.write(told, b"5 ")
    os._exit(0)


def _one_quiz(path: Path, statement: int, told: int, *, after: bool) -> None:
    """A quiz of which a sheet is kept, and which is handed in with two reviews; says 1 after that, 2 after this."""
    journal = Journal.open(path, SCHEDULER)
    number = journal.quizzes.begin(Moment(START), "", 2, "{}", "{}", "[0]")
    Dying.countdown, Dying.after = statement, after
    journal.quizzes.keep(number, 0, "[1]")
    os.write(told, b"1 ")
    ending = Ending("", Fraction(1), 2, 0, "[2]", "{}")
    reviews = [review(0, "deck/a"), review(4, "deck/b")]
    journal.quizzes.hand_in(number, 0, Moment(START + 60_000), lambda _: (ending, reviews))
    os.write(told, b"2 ")
    os._exit(0)


LIVES: dict[str, Callable[..., None]] = {"review": _one_life, "quiz": _one_quiz}


def full(path: Path, room: str) -> None:
    """Records on a disk with little room until it refuses, says what it was told, makes room and goes on."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    journal = Journal.open(path, SCHEDULER)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), hard))
    acknowledged, message = [], ""
    for number in range(5000):
        try:
            acknowledged.append(journal.record(review(number)).entry.id)
        except JournalError as error:
            message = str(error)
            break
    still_there = len(journal.history("deck/card-0")) + journal.today(SCHEDULER.day_of(Moment(START))).answers
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    acknowledged.append(journal.record(review(9999)).entry.id)
    journal.close()
    say(json.dumps({"acknowledged": acknowledged, "message": message, "still_there": still_there}))


def unprivileged(path: Path) -> None:
    """Opens a journal as a user who may not write it, and says how that ends."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    try:
        Journal.open(path, SCHEDULER)
    except JournalError as error:
        say(error)


MODES: dict[str, Callable[..., None]] = {
    "loop": loop,
    "together": together,
    "die": die,
    "full": full,
    "unprivileged": unprivileged,
}

if __name__ == "__main__":
    mode, where, *rest = sys.argv[1:]
    MODES[mode](Path(where), *rest)
