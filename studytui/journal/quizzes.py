"""Quizzes as the journal keeps them: their data are texts that the quiz itself reads and writes.

A quiz that goes on belongs to one program at a time. Whoever takes it up raises its `generation`, and who held it
before is refused from then on: two sheets would otherwise overwrite each other.
"""

# ruff: noqa: S608 - SQL is put together from constants of this room only

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.journal import cards
from studytui.journal.errors import JournalError
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from studytui.journal.journal import Recorded
    from studytui.journal.store import Store
    from studytui.memory.model import Entry, Moment
    from studytui.memory.replay import CardState

#: The version of the journal from which on there is the table.
SINCE = 3
#: Points as they are written here: `1e999999999` is a fraction, too, that no memory has room for.
_POINTS = re.compile(r"[0-9]{1,400}(/[1-9][0-9]{0,399})?")
OPEN, HANDED_IN, GIVEN_UP = "open", "handed-in", "given-up"

COLUMNS = (
    "started, offset, day, header, state, generation, questions, ended, points, elapsed, plan, items, sheet, report"
)
#: Takes an id and a row of COLUMNS.
APPEND = f"INSERT INTO quizzes(id, {COLUMNS}) VALUES ({', '.join('?' * (len(COLUMNS.split(',')) + 1))})"

_BEGIN = (
    "INSERT INTO quizzes(started, offset, day, header, state, generation, questions, plan, items, sheet) "
    "VALUES (?, ?, ?, ?, 'open', 0, ?, ?, ?, ?)"
)
_MINE = "WHERE id = ? AND generation = ? AND state = 'open' RETURNING id"
_KEEP = f"UPDATE quizzes SET sheet = ? {_MINE}"
_HAND_IN = (
    "UPDATE quizzes SET state = 'handed-in', ended = ?, header = ?, points = ?, questions = ?, elapsed = ?, sheet = ?, "
    f"report = ? {_MINE}"
)
_GIVE_UP = "UPDATE quizzes SET state = 'given-up', ended = ? WHERE id = ? AND state = 'open' RETURNING id"
_TAKE = (
    "UPDATE quizzes SET generation = generation + 1 WHERE id = ? AND state = 'open' AND sheet = ? RETURNING generation"
)
_KEPT = "SELECT id, started, offset, generation, header, questions, plan, items, sheet FROM quizzes"
_LINES = "SELECT id, started, offset, header, questions, points, elapsed, ended, plan FROM quizzes"


@frozen
class KeptQuiz:
    """A quiz that goes on. `plan`, `items` and `sheet` are JSON."""

    number: int
    started_ms: int
    offset: int
    generation: int
    header: str
    questions: int
    plan: str
    items: str
    sheet: str


@frozen
class Ending:
    """What is kept of a quiz that was handed in; `sheet` and `report` are JSON.

    Header and questions may be others than in the beginning: questions can have been withdrawn.
    """

    header: str
    points: Fraction
    questions: int
    elapsed_ms: int
    sheet: str
    report: str


@frozen
class QuizLine:
    """A quiz that was handed in, without its report. `plan` is JSON, `points` what `points_of` reads."""

    number: int
    started_ms: int
    offset: int
    header: str
    questions: int
    points: str
    elapsed_ms: int
    ended_ms: int
    plan: str


class KeptQuizzes:
    """The quizzes of one journal; what writes is durable on return, all or nothing. Raises JournalError."""

    def __init__(
        self, store: Store, day_of: Callable[[Moment], int], record: Callable[[Iterable[Entry]], list[Recorded]]
    ) -> None:
        """`record` appends reviews in one go, inside the transaction in which it is called."""
        self._store = store
        self._day_of = day_of
        self._record = record

    def begin(self, moment: Moment, header: str, questions: int, plan: str, items: str, sheet: str) -> int:
        """Keeps a quiz from its first moment; its number. The last three are JSON."""
        with self._store.transaction():
            values = (moment.ms, moment.offset, self._day_of(moment), header, questions, plan, items, sheet)
            return self._store.write(_BEGIN, values)

    def keep(self, number: int, generation: int, sheet: str) -> None:
        """Writes the sheet of a quiz; refused once the quiz goes on in another program."""
        with self._store.transaction():
            if self._store.row(_KEEP, (sheet, number, generation)) is None:
                raise _not_mine(self._store, number)

    def hand_in(
        self,
        number: int,
        generation: int,
        moment: Moment,
        end: Callable[[Callable[[str], CardState]], tuple[Ending, Sequence[Entry]]],
    ) -> list[Recorded]:
        """Closes a quiz that goes on here, and records the reviews that come of it.

        `end` gives both, from the states of cards, inside the transaction: no other program can change them in between.
        """
        with self._store.transaction():
            ending, entries = end(partial(cards.load, self._store))
            values = (
                moment.ms, ending.header, str(ending.points), ending.questions, ending.elapsed_ms, ending.sheet,
                ending.report, number, generation,
            )  # fmt: skip
            if self._store.row(_HAND_IN, values) is None:
                raise _not_mine(self._store, number)
            return self._record(entries)

    def give_up(self, number: int, moment: Moment) -> None:
        """Ends a quiz without a report, wherever it goes on."""
        with self._store.transaction():
            if self._store.row(_GIVE_UP, (moment.ms, number)) is None:
                raise _not_mine(self._store, number)

    def take(self, as_read: KeptQuiz) -> KeptQuiz | None:
        """Takes up a quiz as `kept` gave it: from now on another program that held it is refused.

        None, and nothing is taken, when its sheet was written meanwhile: then it is to be read once more.
        """
        with self._store.transaction():
            row = self._store.row(_TAKE, (as_read.number, as_read.sheet))
            if row is not None:
                return replace(as_read, generation=row[0])
            self.kept(as_read.number)
            return None

    def kept(self, number: int) -> KeptQuiz:
        """A quiz that was not handed in, as it stands; it goes on where it goes on."""
        row = self._store.row(f"{_KEPT} WHERE id = ? AND state = 'open'", (number,))
        if row is None:
            raise _not_mine(self._store, number)
        return KeptQuiz(*row)

    def unfinished(self) -> KeptQuiz | None:
        """The quiz that was begun last among those that were neither handed in nor given up."""
        row = self._store.row(f"{_KEPT} WHERE state = 'open' ORDER BY id DESC LIMIT 1")
        return KeptQuiz(*row) if row is not None else None

    def waiting(self) -> list[KeptQuiz]:
        """All quizzes that were neither handed in nor given up, the one that was begun last first."""
        return [KeptQuiz(*row) for row in self._store.rows(f"{_KEPT} WHERE state = 'open' ORDER BY id DESC")]

    def report(self, number: int) -> str:
        """The report of a quiz that was handed in, JSON."""
        row = self._store.row("SELECT report, state FROM quizzes WHERE id = ?", (number,))
        if row is None or row[0] is None:
            raise _without_report(self._store, number, row[1] if row is not None else None)
        return str(row[0])

    def lines(self) -> list[QuizLine]:
        """The quizzes that were handed in, newest first; without their reports, which are long."""
        rows = self._store.rows(f"{_LINES} WHERE state = 'handed-in' ORDER BY id DESC")
        return [QuizLine(*row) for row in rows]


def points_of(text: str, questions: int) -> Fraction:
    """The points of a quiz, at most one for each of its questions. Raises ValueError where the text says no such."""
    points = Fraction(text) if _POINTS.fullmatch(text) else None
    if points is None or not 0 <= points <= questions:
        raise ValueError(f"{clean_line(text[:20])} points of {questions}")
    return points


def _not_mine(store: Store, number: int) -> JournalError:
    row = store.row("SELECT state FROM quizzes WHERE id = ?", (number,))
    match row[0] if row is not None else None:
        case None:
            return _without_report(store, number, None)
        case state if state == OPEN:
            return JournalError(f"quiz {number} goes on in another terminal: leave it here, or resume it here again")
        case state if state == HANDED_IN:
            return JournalError(f"quiz {number} was handed in already: studytui quiz --report {number} shows it")
        case _:
            return JournalError(f"quiz {number} was given up: begin another with studytui quiz")


def _without_report(store: Store, number: int, state: str | None) -> JournalError:
    if state == OPEN:
        return JournalError(f"quiz {number} is not handed in yet: studytui quiz --resume goes on with it")
    if state == GIVEN_UP:
        return JournalError(f"quiz {number} was given up: it has no report")
    numbers = [str(found) for (found,) in store.rows("SELECT id FROM quizzes WHERE state = 'handed-in' ORDER BY id")]
    there = f"there are {', '.join(numbers[-10:])}" if numbers else "none was handed in yet"
    return JournalError(f"there is no quiz {number}: {there}")


# -- examining ---------------------------------------------------------------------------------------------------------


def count(store: Store) -> int:
    """How many quizzes there are; none in a journal of an older version."""
    row = store.row("SELECT count(*) FROM quizzes") if _there(store) else None
    return int(row[0]) if row is not None else 0


def unsound(store: Store) -> Iterator[str]:
    """What cannot be read of any quiz, a line for each, with what to do."""
    if not _there(store):
        return
    for number, state, points, questions, *texts in store.stream(
        "SELECT id, state, points, questions, plan, items, sheet, report FROM quizzes ORDER BY id"
    ):
        try:
            for text in texts:
                if text is not None:
                    json.loads(text)
            if state == HANDED_IN:
                points_of(points, questions)
        except (ValueError, RecursionError) as error:
            way = f"studytui quiz --give-up {number} ends it" if state == OPEN else "run `studytui doctor --restore`"
            yield f"quiz {number} cannot be read ({error}); {way}"


def _there(store: Store) -> bool:
    row = store.row("PRAGMA user_version")
    return row is not None and int(row[0]) >= SINCE
