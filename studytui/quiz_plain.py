"""A quiz as plain lines, for any terminal, for screen readers and pipes. No colours, no cursor movement."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.answer.verdict import Verdict
from studytui.deck.model import Arrange, Fill, Line, Pair, Pick
from studytui.entering import begin, read_line
from studytui.face import asking_face, result_face, sentence
from studytui.quiz.write_up import response_text
from studytui.quiz_pages.text import rows
from studytui.quiz_pages.words import minutes_text, moment_text
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TextIO

    from studytui.deck.model import Question
    from studytui.entering import Entering
    from studytui.face import Row
    from studytui.memory.model import Moment
    from studytui.quiz.report import Report, ReportLine
    from studytui.quiz.result import Result
    from studytui.quiz.sitting import Quiz
    from studytui.quizzes import Unfinished

WIDTH = 76
_COMMANDS = (
    "an empty line leaves a question as it is; :b goes back, :f flags, :7 goes to question 7, :h hands in, :q leaves, "
    "to go on later"
)
_HOW: dict[type, str] = {
    Pick: "type the numbers of the options, with spaces between",
    Arrange: "type the numbers in the right order, with spaces between",
    Pair: "for each row on the left, from the top, type the number of its partner",
    Fill: "type the answers, from the top, with ; between them",
}


def sit_plainly(quiz: Quiz, clock: Callable[[], Moment], lines: TextIO, out: TextIO) -> Result | None:
    """Asks line by line until a quiz is handed in, by `:h`, by the end of the time or of the input. None for `:q`.

    Without a screen nobody can be interrupted: a line that is entered after the end of the time was under way, counts,
    and is marked as late.
    """
    sitting = _Sitting(quiz, clock, lines, out)
    sitting.begin()
    try:
        while quiz.result is None:
            sitting.ask()
    except EOFError:
        quiz.hand_in(clock())
    except (_Left, KeyboardInterrupt):
        quiz.leave(clock())
        if quiz.result is None:
            time = "" if quiz.limit_ms is None else "; its time goes on meanwhile"
            sitting.say(f"Left without handing in: studytui quiz --resume goes on with it{time}.")
            return None
    if quiz.result is not None and quiz.result.out_of_time:
        sitting.say("The time is over: the quiz is handed in.")
    return quiz.result


def asks_to_resume(unfinished: Unfinished, lines: TextIO, out: TextIO) -> bool:
    """Asks whether to go on with a quiz that was left; no answer means yes."""
    out.write(f"{unfinished_line(unfinished)}\nGo on with it? [Y/n] ")
    out.flush()
    return lines.readline().strip().casefold() not in {"n", "no"}


def asks_which(waiting: Sequence[Unfinished], lines: TextIO, out: TextIO) -> Unfinished | None:
    """Asks which of several quizzes that were left to go on with: no answer means the latest, `n` none of them."""
    by_number = {str(waits.number): waits for waits in waiting}
    for waits in waiting:
        out.write(f"{waiting_line(waits)}\n")
    while True:
        out.write(f"Go on with which? [{'/'.join(by_number)}/n] ")
        out.flush()
        typed = lines.readline().strip().casefold()
        if not typed:
            return waiting[0]
        if typed in {"n", "no"}:
            return None
        if typed in by_number:
            return by_number[typed]
        out.write("Type one of these numbers, or n; studytui quiz --give-up NUMBER gives one up.\n")


def unfinished_line(unfinished: Unfinished) -> str:
    """A quiz that waits to be gone on with, in a line."""
    return f"Quiz {unfinished.number} is not finished ({_how_far(unfinished)}): {unfinished.header}"


def waiting_line(unfinished: Unfinished) -> str:
    """A quiz that waits among others, in a line."""
    if unfinished.problem:
        return f"Quiz {unfinished.number} cannot be taken up: {unfinished.problem}"
    begun = moment_text(unfinished.when)
    return f"Quiz {unfinished.number}, begun {begun} ({_how_far(unfinished)}): {unfinished.header}"


def _how_far(unfinished: Unfinished) -> str:
    left = unfinished.left_ms
    time = "" if left is None else f", {minutes_text(left)} left" if left else ", its time is over"
    return f"{unfinished.answered} of {unfinished.questions} answered{time}"


def print_report(report: Report, out: TextIO, lines: Iterable[ReportLine] = ()) -> None:
    """Writes the report; `lines` are the quizzes that it may be compared with."""
    _print(rows(report, WIDTH, lines), out)


class _Left(Exception):  # noqa: N818 - the learner's wish, no error
    """The learner leaves without a result."""


class _Sitting:
    """The lines that go to and fro. Behind the last question stands the overview, which asks for no answer."""

    def __init__(self, quiz: Quiz, clock: Callable[[], Moment], lines: TextIO, out: TextIO) -> None:
        self._quiz, self._clock, self._lines, self._out = quiz, clock, lines, out
        self._count = len(quiz.paper.questions)
        self._at_end = False
        # A person can answer again; in a file each line is for one question, and the next line for the next.
        self._asks_again = lines.isatty()

    def say(self, words: str) -> None:
        self._out.write(words + "\n")
        self._out.flush()

    def begin(self) -> None:
        """What is asked, and how."""
        paper = self._quiz.paper
        for notice in paper.notices:
            self.say(f"Note: {notice}")
        self.say(f"Quiz: {paper.header}")
        if self._quiz.result is None:
            _print(sentence(f"({_COMMANDS})", WIDTH), self._out)

    def ask(self) -> None:
        """Shows the open question, or the overview, and takes one line."""
        if self._at_end:
            self._show_overview()
        else:
            self._show_question()
        typed = self._read().strip()
        self._warn()
        if typed.startswith(":"):
            self._command(typed[1:].strip())
        elif not self._at_end:
            self._answer(typed)
        elif typed:
            self._choose(typed)
        else:
            self._to_first_open()

    def _warn(self) -> None:
        """Says once that little time is left: a line is the only occasion for it."""
        words = self._quiz.warning(self._clock())
        if words:
            self.say(f"Time: {words}.")

    # -- showing -------------------------------------------------------------------------------------------------------

    def _show_question(self) -> None:
        quiz, question, answer = self._quiz, self._quiz.question, self._quiz.here
        # The id of a cloze holds the words that are asked for.
        title = quiz.paper.title(question.card.deck)
        notes = [f"{quiz.sheet.place + 1} of {self._count}", title, question.card.kind]
        notes += ["flagged"] * answer.flagged + self._time_left()
        self.say(f"\n== {' · '.join(notes)}")
        _print(asking_face(question, _entering(question), WIDTH), self._out)
        if self._judged() is not None:
            self.say(f"Your answer: {response_text(question, answer.response)}")
            self.say("(it was judged and stands; an empty line goes on)")
            return
        if answer.response is not None:
            self.say(f"Your answer so far: {response_text(question, answer.response)}")
        self.say(f"({_how(question)})")

    def _judged(self) -> Verdict | None:
        return self._quiz.judged(self._quiz.sheet.place)

    def _show_overview(self) -> None:
        open_, flagged = self._quiz.open_places, self._quiz.flagged_places
        self.say(f"\n== {' · '.join(['The end of the paper', *self._time_left()])}")
        self.say(f"Without an answer: {_numbers(open_)}" if open_ else "Every question has an answer.")
        if flagged:
            self.say(f"Flagged: {_numbers(flagged)}")
        first = "an empty line goes to the first of them, " if open_ else ""
        self.say(f"({first}a number goes to that question, :h hands in)")

    def _time_left(self) -> list[str]:
        left = self._quiz.left_ms(self._clock())
        return [f"{minutes_text(left)} left"] if left is not None else []

    # -- what was typed ------------------------------------------------------------------------------------------------

    def _read(self) -> str:
        self._out.write("> ")
        self._out.flush()
        line = self._lines.readline()
        if not line:
            self._out.write("\n")
            raise EOFError
        return line

    def _answer(self, typed: str) -> None:
        quiz, now = self._quiz, self._clock()
        response = read_line(quiz.question.form, typed)
        if response is None:
            self._forward(now)
            return
        if self._judged() is not None:
            self.say("This question was answered and judged: its answer stands.")
            self._forward(now)
            return
        place, question = quiz.sheet.place, quiz.question
        if isinstance(response, Verdict):
            quiz.misread(typed, response, now)
            unread: Verdict | None = response
        else:
            unread = quiz.answer_and_go(response, now, place + 1)
        if unread is None:
            judged = quiz.judged(place)
            if judged is not None:
                _print(result_face(question, quiz.sheet.answers[place].response, judged, WIDTH), self._out)
            self._at_end = place + 1 == self._count
            return
        stands = " Your earlier answer stands." if quiz.here.response is not None else ""
        self.say(f"Not read, no answer: {unread.message}{stands}")
        if not self._asks_again:
            self._forward(now)

    def _command(self, name: str) -> None:
        quiz, now = self._quiz, self._clock()
        match name:
            case "b":
                self._back(now)
            case "f" if not self._at_end:
                quiz.flag(now)
                self.say("Flagged." if quiz.here.flagged else "No longer flagged.")
            case "h":
                quiz.hand_in(now)
            case "q":
                raise _Left
            case "?":
                _print(sentence(_COMMANDS, WIDTH), self._out)
            case _ if name.isascii() and name.isdigit():
                self._choose(name)
            case _:
                self.say(f"There is no command “:{clean_line(name)[:20]}” here: {_COMMANDS}")

    def _choose(self, typed: str) -> None:
        if typed.isascii() and typed.isdigit() and len(typed) < 6 and 1 <= int(typed) <= self._count:
            self._at_end = False
            self._quiz.go(int(typed) - 1, self._clock())
        else:
            self.say(f"The questions have numbers from 1 to {self._count}.")

    def _to_first_open(self) -> None:
        if self._quiz.open_places:
            self._choose(str(self._quiz.open_places[0] + 1))

    def _forward(self, now: Moment) -> None:
        place = self._quiz.sheet.place + 1
        self._at_end = place == self._count
        self._quiz.go(place, now)

    def _back(self, now: Moment) -> None:
        if self._at_end:
            self._at_end = False
        elif self._quiz.sheet.place == 0:
            self.say("This is the first question.")
        else:
            self._quiz.go(self._quiz.sheet.place - 1, now)


def _entering(question: Question) -> Entering | None:
    """What is to be picked, arranged or paired, without the cursor of a screen."""
    entering = begin(question.form)
    return replace(entering, cursor=-1) if entering is not None else None


def _how(question: Question) -> str:
    match question.form:
        case Line(hint=hint, unit=unit, optional=False) if hint:
            return f"type {hint}{f', in {unit}' if unit else ''}"
        case Pick(several=False):
            return "type an option's number"
    return _HOW.get(type(question.form), "type the answer")


def _numbers(places: Iterable[int]) -> str:
    return ", ".join(str(place + 1) for place in places)


def _print(rows: Iterable[Row], out: TextIO) -> None:
    for row in rows:
        out.write(row.text.rstrip() + "\n")
    out.flush()
