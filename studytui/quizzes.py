"""Quizzes as a service: drawn from the open decks, kept in the journal while they are sat, handed in as one."""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.journal.errors import JournalError
from studytui.journal.quizzes import Ending, points_of
from studytui.memory.model import Moment
from studytui.problems import Problem
from studytui.quiz.asking import Asking, LeftOut, retake
from studytui.quiz.feeding import entries_of
from studytui.quiz.kept import fits, paper_json, plan_json, read_paper, read_plan, read_sheet, sheet_json
from studytui.quiz.paper import Paper, draw_paper
from studytui.quiz.plan import LARGEST_SEED, AskedAs, Feedback, Plan
from studytui.quiz.report import MENDING, DamagedLine, Report, ReportLine, comparable_key, is_date
from studytui.quiz.result import Score
from studytui.quiz.setting_up import Choice
from studytui.quiz.sheet import Answer, Sheet
from studytui.quiz.sitting import Quiz
from studytui.quiz.write_up import report_of
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from studytui.deck.model import Question
    from studytui.journal import Journal
    from studytui.journal.quizzes import KeptQuiz, QuizLine
    from studytui.memory.balance import Load
    from studytui.memory.model import Entry
    from studytui.memory.replay import CardState
    from studytui.memory.schedule import Scheduler
    from studytui.quiz.kept import KeptPaper
    from studytui.quiz.pool import Pool, PoolCard
    from studytui.quiz.result import Result

#: Questions of a drill: enough to tell whether the slip is gone.
DRILL = 10
#: Recall cards are counted as what they are good for up to so many, which takes a moment; of more, each counts.
MOST_LOOKED_AT = 2000


@frozen
class Choices:
    """What can be chosen for a quiz, in the order in which it is offered."""

    decks: tuple[Choice, ...]
    tags: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    pool: Pool

    def cards(self, plan: Plan) -> int:
        """How many questions there are for a plan; none where it names something that is not there."""
        try:
            return _questions(card for deck in self.pool.chosen(plan) for card in deck.cards)
        except Problem:
            return 0


@frozen
class Unfinished:
    """A quiz that was neither handed in nor given up.

    `left_ms` is None without a limit; `seen_ms` is when it was last kept: a moment ago, it may be open elsewhere.
    `problem` says why it cannot be taken up; empty when it can.
    """

    number: int
    plan: Plan
    header: str
    answered: int
    questions: int
    left_ms: int | None
    started_ms: int
    seen_ms: int
    offset: int = 0
    problem: str = ""

    @property
    def when(self) -> Moment:
        """When it was begun."""
        return Moment(self.started_ms, self.offset)


class Quizzes:
    """The learner's quizzes. `pool` gives what they are drawn from, in a language or, for None, in the learner's.

    `load` gives how much there is to do on each day, when a quiz is handed in.
    """

    def __init__(
        self,
        journal: Journal,
        scheduler: Scheduler,
        clock: Callable[[], Moment],
        pool: Callable[[str | None], Pool],
        *,
        load: Callable[[], Load],
        reviews: bool = True,
    ) -> None:
        self._journal, self._scheduler, self._clock, self._pool = journal, scheduler, clock, pool
        self._load, self._reviews = load, reviews

    # -- setting up ----------------------------------------------------------------------------------------------------

    def choices(self) -> Choices:
        """What can be chosen, with how many questions each has; what has none is left out."""
        pool = _askable(self._pool(None))
        cards = [card for deck in pool.decks for card in deck.cards]
        decks = [Choice(deck.id, deck.title, _questions(deck.cards)) for deck in pool.decks]
        tags = [Choice(tag, tag, _questions(card for card in cards if tag in card.tags)) for tag in pool.tags]
        kinds = [Choice(kind, kind, _questions(card for card in cards if card.kind == kind)) for kind in pool.kinds]
        return Choices(_some(decks), _some(tags), _some(kinds), pool)

    def paper(self, plan: Plan) -> Paper:
        """The questions of a plan. Raises Problem when there are none."""
        return draw_paper(plan, self._pool(None))

    def drill(self, slip: str, decks: Iterable[str] = ()) -> Plan:
        """A plan that practises one slip, told at once; nothing of it is recorded as a review."""
        return Plan(secrets.randbelow(LARGEST_SEED), tuple(decks), count=DRILL, feedback=Feedback.AT_ONCE, slip=slip)

    # -- sitting -------------------------------------------------------------------------------------------------------

    def begin(self, plan: Plan) -> Quiz:
        """A quiz over a fresh paper, kept from now on. Raises Problem when there are no questions."""
        paper = self.paper(plan)
        moment, count = self._clock(), len(paper.questions)
        sheet = Sheet((Answer(),) * count, seen_ms=moment.ms)
        places = tuple(range(count))
        number = self._journal.quizzes.begin(
            moment, paper.header, count, plan_json(plan), paper_json(paper), sheet_json(sheet, places, count)
        )
        return Quiz(paper, moment, sheet=sheet, keeper=self._keeper(number, 0, moment.ms, moment.offset, places, count))

    def unfinished(self) -> Unfinished | None:
        """The quiz that waits to be gone on with: of several, the one that was begun last."""
        kept = self._journal.quizzes.unfinished()
        return self._unfinished(kept) if kept is not None else None

    def waiting(self) -> list[Unfinished]:
        """All quizzes that wait to be gone on with, the one that was begun last first."""
        return [self._unfinished(kept) for kept in self._journal.quizzes.waiting()]

    def _unfinished(self, kept: KeptQuiz) -> Unfinished:
        header, when = clean_line(kept.header), Moment(kept.started_ms, kept.offset)
        try:
            plan, (sheet, _) = read_plan(kept.plan), read_sheet(kept.sheet)
            if not is_date(when):
                raise Problem("the day on which it was begun cannot be read")  # noqa: TRY301 - told as the others are
        except Problem as problem:
            return Unfinished(
                kept.number, Plan(0), header, 0, kept.questions, None, kept.started_ms, 0, problem=str(problem)
            )
        used = sheet.used_ms + max(self._clock().ms - sheet.seen_ms, 0)
        return Unfinished(
            kept.number,
            plan,
            header,
            sum(answer.response is not None for answer in sheet.answers),
            len(sheet.answers),
            None if plan.limit_ms is None else max(plan.limit_ms - used, 0),
            kept.started_ms,
            sheet.seen_ms,
            kept.offset,
        )

    def resume(self, number: int) -> Quiz:
        """Goes on with a quiz where it was left, in the language in which it was begun; elsewhere it goes on no more.

        Questions whose cards were changed since, or are gone, are withdrawn, with a notice. Raises Problem when none is
        left, or what was kept cannot be read; then it stays with whoever holds it. A quiz whose time has run out is
        handed in by this.
        """
        taken = None
        while taken is None:  # whoever holds it may write meanwhile, at most once in a second
            kept = self._journal.quizzes.kept(number)
            paper, sheet, places, count = self._read(kept)
            taken = self._journal.quizzes.take(kept)
        keeper = self._keeper(number, taken.generation, taken.started_ms, taken.offset, places, count)
        return Quiz(paper, self._clock(), sheet=sheet, keeper=keeper)

    def _read(self, kept: KeptQuiz) -> tuple[Paper, Sheet, tuple[int, ...], int]:
        """What a kept quiz goes on with, and how many questions it had; it stays where it is. Raises Problem."""
        try:
            plan, was = read_plan(kept.plan), read_paper(kept.items)
            self._check_open(kept.number, was)
            paper, sheet, places = self._taken_up(plan, was, *read_sheet(kept.sheet))
        except JournalError:
            raise
        except (Problem, IndexError) as problem:
            way = f"studytui quiz --give-up {kept.number} ends it"
            raise Problem(f"quiz {kept.number} cannot be taken up: {problem}; {way}") from problem
        return paper, sheet, places, len(was.items)

    def _check_open(self, number: int, was: KeptPaper) -> None:
        """Raises Problem for a deck that was opened by its path then and is not open now, though its file is there."""
        there = {deck.id for deck in self._pool(was.language).decks}
        asked = {item.card.partition("/")[0] for item in was.items}
        for file, (deck, _) in self._journal.decks.registered().items():
            if deck in asked - there and Path(file).exists():
                raise Problem(f"its deck “{deck}” is not open: studytui quiz --resume {number} {file} opens it, too")

    def _taken_up(
        self, plan: Plan, was: KeptPaper, sheet: Sheet, places: Sequence[int]
    ) -> tuple[Paper, Sheet, tuple[int, ...]]:
        """Paper and sheet as they are now, and the places that the questions had in the beginning.

        The time that a withdrawn question took stays lost, since the limit is a deadline, but as time away.
        """
        pool = self._pool(was.language)
        found = dict(zip(places, retake([was.items[place] for place in places], pool), strict=True))
        answers = dict(zip(places, sheet.answers, strict=True))
        told = {place: self._told(question, answers[place]) for place, question in found.items()}
        still = {
            place: question
            for place, question in told.items()
            if question is not None and fits(answers[place].response, question.form)
        }
        if not still:
            raise Problem("the cards of all its questions were changed or are gone")
        gone = [place for place in places if place not in still]
        notices = [
            f"question {place + 1} is withdrawn: its card was changed or is gone; that costs nothing" for place in gone
        ]
        lost = sum(answers[place].spent_ms for place in gone)
        here = next((at for at, place in enumerate(still) if place >= places[sheet.place]), len(still) - 1)
        sheet = replace(
            sheet,
            answers=tuple(_fitting(answers[place], question) for place, question in still.items()),
            place=here,
            elapsed_ms=max(sheet.elapsed_ms - lost, 0),
            away_ms=sheet.away_ms + lost,
        )
        paper = Paper(plan, tuple(still.values()), (*was.notices, *notices), pool.titles, was.language)
        return paper, sheet, tuple(still)

    def _told(self, question: Question | None, answer: Answer) -> Question | None:
        """The question in the words in which it was answered; None where these have changed."""
        if question is None or answer.language is None:
            return question
        from studytui.deck.retelling import retold

        others = question.recast.cards if question.recast is not None else ()
        return retold(question, self._pool(answer.language).cards([question.card.id, *others]).get)

    def give_up(self, number: int) -> None:
        """Ends a quiz without a report; nothing comes of its answers."""
        self._journal.quizzes.give_up(number, self._clock())

    def _keeper(
        self, number: int, generation: int, started_ms: int, offset: int, places: Sequence[int], count: int
    ) -> _Keeper:
        return _Keeper(self._journal, self._entries, number, generation, started_ms, offset, places, count)

    def _entries(self, result: Result, state_of: Callable[[str], CardState], now: Moment) -> list[Entry]:
        """The reviews that come of a result."""
        return entries_of(result, state_of, self._scheduler, now, self._load()) if self._reviews else []

    # -- reports -------------------------------------------------------------------------------------------------------

    def report(self, number: int) -> Report:
        """The report of a quiz that was handed in. Raises Problem for any other, and where it cannot be read."""
        text = self._journal.quizzes.report(number)
        try:
            return Report.from_json(text)
        except Problem as problem:
            raise Problem(f"quiz {number}: {problem}") from problem

    def reports(self) -> list[ReportLine]:
        """The quizzes that were handed in, newest first, but for those that cannot be read."""
        return [line for line in self.listed() if isinstance(line, ReportLine)]

    def listed(self) -> list[ReportLine | DamagedLine]:
        """All quizzes that were handed in, newest first."""
        return [_line(line) for line in self._journal.quizzes.lines()]


class _Keeper:
    """Keeps one sitting in the journal. `entries` gives the reviews that come of it in the end.

    `places` are those of the questions that are asked, among `count` there were in the beginning.
    """

    def __init__(
        self,
        journal: Journal,
        entries: Callable[[Result, Callable[[str], CardState], Moment], Sequence[Entry]],
        number: int,
        generation: int,
        started_ms: int,
        offset: int,
        places: Sequence[int],
        count: int,
    ) -> None:
        self.number = number
        self._journal, self._entries, self._generation = journal, entries, generation
        self._started_ms, self._offset = started_ms, offset
        self._places, self._count = places, count

    def keep(self, sheet: Sheet) -> None:
        """Writes the sheet. Raises JournalError once the quiz goes on elsewhere."""
        self._journal.quizzes.keep(self.number, self._generation, sheet_json(sheet, self._places, self._count))

    def hand_in(self, result: Result, sheet: Sheet, now: Moment) -> None:
        """Closes the quiz with its report, and records the reviews that come of it, all or nothing."""

        def end(state_of: Callable[[str], CardState]) -> tuple[Ending, Sequence[Entry]]:
            entries = self._entries(result, state_of, now)
            report = report_of(
                result,
                started_ms=self._started_ms,
                offset=self._offset,
                number=self.number,
                away_ms=result.away_ms,
                reviews={entry.card: entry.rating for entry in entries if entry.rating is not None},
            )
            total = result.total
            kept = sheet_json(sheet, self._places, self._count)
            header = result.paper.header
            return Ending(header, total.points, total.questions, result.elapsed_ms, kept, report.to_json()), entries

        self._journal.quizzes.hand_in(self.number, self._generation, now, end)


def _line(kept: QuizLine) -> ReportLine | DamagedLine:
    when = Moment(kept.started_ms, kept.offset)
    try:
        plan, score = read_plan(kept.plan), Score(points_of(kept.points, kept.questions), kept.questions)
        if kept.questions < 1 or kept.elapsed_ms < 0 or not is_date(when):
            raise ValueError("a number is out of range")  # noqa: TRY301 - found out here, told below
    except (Problem, ValueError) as error:
        return DamagedLine(kept.number, f"it cannot be read ({error}): {MENDING}")
    return ReportLine(kept.number, when, clean_line(kept.header), score, kept.elapsed_ms, comparable_key(plan))


def _fitting(answer: Answer, question: Question) -> Answer:
    """Without a draft that cannot have been made of this question."""
    return answer if fits(answer.draft, question.form) else replace(answer, draft=None)


def _some(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(each for each in choices if each.cards)


def _askable(pool: Pool) -> Pool:
    """The pool without the recall cards of which no fair choice can be made, where these are few enough to look at."""
    recall = [card.id for deck in pool.decks for card in deck.cards if card.kind == "recall"]
    if len(recall) > MOST_LOOKED_AT:
        return pool
    asking = Asking(pool)
    out = set(recall)
    for card in pool.cards(recall).values():
        with contextlib.suppress(LeftOut):
            if asking.question(card, 0, AskedAs.TYPED) is not None:
                out.discard(card.id)
    decks = tuple(deck._replace(cards=tuple(each for each in deck.cards if each.id not in out)) for deck in pool.decks)
    return replace(pool, decks=decks)


def _questions(cards: Iterable[PoolCard]) -> int:
    """How many questions cards are good for: a family's are one, since they give each other away."""
    return len({card.family or card.id for card in cards})
