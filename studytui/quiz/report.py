"""The record of a quiz that is over: all that is shown, kept and written of it. It needs no deck and no journal.

Decks change; what was asked and answered does not. So texts are in here as they were shown, and scores are exact.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from studytui.answer.verdict import Mark, Outcome
from studytui.deck.blocks import Text
from studytui.deck.model import Value
from studytui.frozen import frozen
from studytui.memory.model import Moment, Rating
from studytui.problems import Problem
from studytui.quiz.plan import Plan
from studytui.quiz.result import Score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

#: Raised when a report is written in a way that earlier programs cannot read.
VERSION = 1
#: What to do about what cannot be read of a quiz that was handed in.
MENDING = "studytui doctor examines the journal, and its --restore brings a backup back"
#: The last millisecond that a calendar has a date for, and the most minutes that local time is ahead or behind.
_LAST_MS, _MOST_OFFSET = 253_402_300_799_999 - 24 * 60 * 60_000, 24 * 60


class Shape(StrEnum):
    """How a question is answered: a line typed, options picked, items ordered, rows paired, several parts filled in."""

    LINE = "line"
    PICK = "pick"
    SEVERAL = "several"
    ORDER = "order"
    PAIRS = "pairs"
    PARTS = "parts"


@frozen
class MadeSlip:
    """A slip that was made, or that an option stands for: its name, and the sentence that corrects it."""

    name: str
    sentence: str


@frozen
class Entry:
    """One option, item, row or part of a question, as it was answered and judged.

    Options stand as they were shown, `picked` or not; items as they were ordered, `place` being the right one, from 1;
    rows and parts as in the question, `given` being the partner or line that was given for it, `truth` the right one.
    Without an answer, items stand in their right order. `slips` are those made in a part, or those whose value an
    option is; `told` is the sentence of a part's verdict, or on an option.
    """

    text: Text
    mark: Mark = Mark.PLAIN
    picked: bool = False
    place: int = 0
    given: Text = ()
    truth: Text = ()
    outcome: Outcome | None = None
    score: Fraction = Fraction(0)
    told: str = ""
    slips: tuple[MadeSlip, ...] = ()


@frozen
class Asked:
    """One question as it was asked, answered and judged.

    `typed` is the answer on one line, or the line that could not be read. `outcome` is None without an answer.
    `recast` says that a card without options of its own was asked as a choice. `rating` is what was recorded as a
    review of the card, if anything was.
    """

    number: int
    card: str
    deck: str
    title: str
    kind: str
    file: str
    line: int
    seed: int
    prompt: Text
    truth: Text = ()
    explanation: Text = ()
    shape: Shape = Shape.LINE
    entries: tuple[Entry, ...] = ()
    recast: bool = False
    tags: tuple[str, ...] = ()
    givens: Mapping[str, Value] = field(default_factory=dict)
    typed: str = ""
    outcome: Outcome | None = None
    score: Fraction = Fraction(0)
    message: str = ""
    slips: tuple[MadeSlip, ...] = ()
    flagged: bool = False
    late: bool = False
    spent_ms: int = 0
    rating: Rating | None = None

    @property
    def answered(self) -> bool:
        """Whether there is an answer that was graded."""
        return self.outcome is not None and self.outcome is not Outcome.UNREADABLE


@frozen
class Group:
    """The questions of one deck, tag or kind: its id or name, what it is called, its score and the time it took."""

    name: str
    title: str
    score: Score
    spent_ms: int


@frozen
class SlipCount:
    """A slip, how often it was made in a quiz, and the cards that it was made on, in the paper's order."""

    name: str
    sentence: str
    count: int
    cards: tuple[str, ...]


@frozen
class ReportLine:
    """A quiz in a list: its number and when it began, the paper's header, its score and time.

    Quizzes of the same `comparable` may be compared: see `comparable_key`.
    """

    number: int
    when: Moment
    header: str
    score: Score
    elapsed_ms: int
    comparable: str = ""


@frozen
class DamagedLine:
    """A quiz in a list of which no more can be read than its number; `problem` says why, and what to do."""

    number: int
    problem: str


@frozen
class Report:
    """A quiz that was handed in. `number` is its number in the journal, 0 where it is not kept.

    `elapsed_ms` is the time in which it was sat, `away_ms` what passed while nothing showed it: that counts against the
    limit and for no question.
    """

    plan: Plan
    header: str
    questions: tuple[Asked, ...]
    started_ms: int
    offset: int
    elapsed_ms: int
    number: int = 0
    limit_ms: int | None = None
    out_of_time: bool = False
    away_ms: int = 0
    notices: tuple[str, ...] = ()

    @property
    def when(self) -> Moment:
        """When the quiz began."""
        return Moment(self.started_ms, self.offset)

    @property
    def score(self) -> Score:
        """The score of the whole paper."""
        return _score(self.questions)

    @property
    def answered(self) -> int:
        """How many questions have an answer that was graded."""
        return sum(each.answered for each in self.questions)

    @property
    def by_deck(self) -> tuple[Group, ...]:
        """The score of each deck, by title."""
        return self._by(lambda each: ((each.deck, each.title),))

    @property
    def by_tag(self) -> tuple[Group, ...]:
        """The score of each tag; a question counts for all its tags."""
        return self._by(lambda each: [(tag, tag) for tag in each.tags])

    @property
    def by_kind(self) -> tuple[Group, ...]:
        """The score of each kind."""
        return self._by(lambda each: ((each.kind, each.kind),))

    @property
    def slips(self) -> tuple[SlipCount, ...]:
        """The slips that were made, most made first."""
        made: dict[MadeSlip, list[str]] = {}
        for each in self.questions:
            for slip in each.slips:
                made.setdefault(slip, []).append(each.card)
        counts = [SlipCount(slip.name, slip.sentence, len(on), tuple(dict.fromkeys(on))) for slip, on in made.items()]
        return tuple(sorted(counts, key=lambda each: -each.count))

    @property
    def reviews(self) -> int:
        """How many answers were recorded as reviews."""
        return sum(each.rating is not None for each in self.questions)

    def _by(self, groups: Callable[[Asked], Iterable[tuple[str, str]]]) -> tuple[Group, ...]:
        found: dict[tuple[str, str], list[Asked]] = {}
        for each in self.questions:
            for group in groups(each):
                found.setdefault(group, []).append(each)
        made = [
            Group(name, title, _score(asked), sum(each.spent_ms for each in asked))
            for (name, title), asked in found.items()
        ]
        return tuple(sorted(made, key=lambda group: (group.title, group.name)))

    def to_json(self) -> str:
        """One line of JSON, from which `from_json` makes the same report."""
        from studytui.quiz.exact_json import as_plain

        return json.dumps({"version": VERSION, **as_plain(self)}, ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> Report:
        """The report that was written. Raises Problem for anything else."""
        from studytui.quiz.exact_json import as_written

        try:
            data = json.loads(text)
            version = data["version"]
            if type(version) is int and version > VERSION:
                raise Problem("the report was written by a newer StudyTUI: update this one to read it")
            report: Report = as_written(Report, data)
            _check(report)
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise Problem(f"the report is damaged ({_reason(error)}): {MENDING}") from error
        return report


def comparable_key(plan: Plan) -> str:
    """What two quizzes have in common that may be compared: the decks, tags and kinds chosen, and the slip of a drill.

    The seed, the number of questions and the time may differ: percentages are compared.
    """
    chosen = [sorted(set(names)) for names in (plan.decks, plan.tags, plan.kinds)]
    return json.dumps([*chosen, plan.slip], ensure_ascii=False, separators=(",", ":"))


def is_date(moment: Moment) -> bool:
    """Whether a calendar has a day for a moment that was read."""
    return 0 <= moment.ms <= _LAST_MS and abs(moment.offset) <= _MOST_OFFSET


def earlier(report: Report, lines: Iterable[ReportLine]) -> list[ReportLine]:
    """The quizzes that a report may be compared with and that began before it, oldest first.

    Their numbers tell which began first: a clock may have been set back. A report without a number is the latest.
    """
    key = comparable_key(report.plan)
    found = [line for line in lines if line.comparable == key and (not report.number or line.number < report.number)]
    return sorted(found, key=lambda line: line.number)


def _score(asked: Sequence[Asked]) -> Score:
    return Score(sum([each.score for each in asked], Fraction(0)), len(asked))


def _check(report: Report) -> None:
    """Whether the numbers can be those of a quiz. Raises ValueError."""
    if not report.questions:
        raise ValueError("it has no questions")
    if not is_date(report.when):
        raise ValueError("its date is none")
    times = [report.elapsed_ms, report.away_ms, report.limit_ms or 0, *(each.spent_ms for each in report.questions)]
    if min(times) < 0 or not all(0 <= each.score <= 1 for each in report.questions):
        raise ValueError("a score or a time is out of range")


def _reason(error: Exception) -> str:
    """In a few words, on one line, what is wrong with a text."""
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON at character {error.pos + 1}"
    return " ".join(str(error).split())[:120] or type(error).__name__
