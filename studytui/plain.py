"""Line mode: a sitting as plain lines, for screen readers and pipes. No colours, no cursor movement."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from studytui.answer.verdict import Verdict
from studytui.deck.model import Arrange, Fill, Line, Pair, Pick, Reveal
from studytui.entering import begin, read_line
from studytui.face import asking_face, badge_rows, judged_face, result_face
from studytui.memory.model import Rating
from studytui.pages import done_rows, figure_rows, waiting_rows
from studytui.session import Phase
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO

    from studytui.deck.model import Question
    from studytui.desk import Desk
    from studytui.face import Row
    from studytui.memory.model import Entry
    from studytui.session import Session

WIDTH = 76
_COMMANDS = (
    "commands: :u undo, :U redo, :s suspend, :b bury, :reset new again, :due 3 in three days,\n"
    ":finish for today, :f figure, :q leave, :? these lines,\n"
    ":language ko shows cards in Korean, :language in their deck's own language"
)
#: What can only be meant as a command: never an answer, so never counted as one.
_UNKNOWN = re.compile(r":[a-zA-Zㄱ-ㅎㅏ-ㅣ]+")
_HOW = {
    Reveal: "enter shows the answer",
    Line: "type the answer; an empty line shows it",
    Pick: "type the number of the option; several with spaces between",
    Arrange: "type the numbers in the right order, with spaces between",
    Pair: "for each row on the left, from the top, type the number of its partner",
    Fill: "type the answers, from the top, with ; between them",
}


def study_plainly(
    desk: Desk, decks: list[str] | None, lines: TextIO, out: TextIO, session: Session | None = None
) -> None:
    """Runs a sitting until it is done, `:q` or the end of the input. Every review is durable once it is rated.

    Another sitting than that of the decks can be given: one that crams.
    """
    session = session or desk.day.session(decks)
    sitting = _Sitting(desk, session, lines, out)
    session.begin()
    try:
        while session.phase in {Phase.ASKING, Phase.JUDGED}:
            if session.phase is Phase.ASKING:
                sitting.ask()
            else:
                sitting.rate()
    except EOFError:
        sitting.say("Left; everything is saved.")
        return
    sitting.notices()
    if session.phase is Phase.WAITING:
        sitting.print(waiting_rows(session.next_due_ms or 0, desk.clock(), WIDTH))
    else:
        finished = session.finished
        sitting.print(done_rows(session.tally, session.withdrawn, WIDTH, cram=session.cram, finished=finished))


class _Sitting:
    """The lines that go to and fro."""

    def __init__(self, desk: Desk, session: Session, lines: TextIO, out: TextIO) -> None:
        self._desk, self._session, self._lines, self._out = desk, session, lines, out
        self._asked: Question | None = None

    def print(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._out.write(row.text.rstrip() + "\n")
        self._out.flush()

    def say(self, sentence: str) -> None:
        self._out.write(sentence + "\n")
        self._out.flush()

    def notices(self) -> None:
        for notice in self._session.notices:
            self.say(notice)
        self._session.notices.clear()

    def ask(self) -> None:
        """Shows the question, unless it was the last one shown, and reads a line: an answer or a command."""
        session = self._session
        question = session.question
        if question is None:
            return
        self.notices()
        if question is not self._asked:
            self._asked = question
            new, learning, review = session.counts
            counts = f"new {new}, learning {learning}, review {review}"
            mark = "cram, nothing is recorded · " if session.cram else "leech · " if session.leech else ""
            self.say(f"\n== {mark}{self._desk.decks.title(question.card.deck)} ({question.card.kind}) · {counts}")
            entering = begin(question.form)
            self.print(asking_face(question, replace(entering, cursor=-1) if entering else None, WIDTH))
            self.say(f"({_HOW[type(question.form)]}; :? for commands)")
        typed = self._read("> ")
        if self._command(typed):
            return
        response = read_line(question.form, typed)
        if isinstance(response, Verdict):
            self.say(f"Not read, not counted: {response.message}")
            return
        session.answer(response)
        if session.unread is not None:
            self.say(f"Not read, not counted: {session.unread.message}")

    def rate(self) -> None:
        """Shows the verdict and reads a rating; an empty line takes the suggested one."""
        session = self._session
        question, judged = session.question, session.judged
        if question is None or judged is None:
            return
        badge = badge_rows(session.opinions, WIDTH)
        face = result_face if question is self._asked else judged_face  # in another language: the question, too
        self._asked = question
        self.print(face(question, judged.response, judged.verdict, WIDTH, badge))
        keys = ", ".join(f"{rating.value} {rating.name.lower()} {judged.intervals[rating]}" for rating in Rating)
        while session.judged is judged:
            typed = self._read(f"rate ({keys}) [{judged.suggested.value}]: ").strip()
            if self._command(typed):
                continue
            if typed in {"", "1", "2", "3", "4"}:
                session.rate(Rating(int(typed)) if typed else judged.suggested)
            else:
                self.say("Type 1, 2, 3 or 4, or an empty line for the one in brackets.")

    def _read(self, prompt: str) -> str:
        self._out.write(prompt)
        self._out.flush()
        line = self._lines.readline()
        if not line or line.strip() == ":q":
            raise EOFError
        return line.rstrip("\n")

    def _command(self, typed: str) -> bool:
        """Does what a command says; False for what is none."""
        name, _, words = typed.strip().partition(" ")
        session = self._session
        verbs: dict[str, Callable[[], object]] = {
            ":u": partial(self._turn, session.undo, "Undone", "Nothing to undo."),
            ":U": partial(self._turn, session.redo, "Redone", "Nothing to redo."),
            ":s": partial(self._aside, session.suspend, "Suspended"),
            ":b": partial(self._aside, session.bury, "Buried until tomorrow"),
            ":reset": partial(self._aside, session.reset, "New again"),
            ":due": partial(self._set_due, words),
            ":finish": self._finish,
            ":f": self._figure,
            ":language": partial(self._speak, clean_line(words)),
            ":?": partial(self.say, _COMMANDS),
        }
        verb = verbs.get(name)
        if verb is not None and (not words or name in {":due", ":language"}):
            verb()
        elif _UNKNOWN.fullmatch(typed.strip()):
            self.say(f"There is no command {clean_line(typed.strip())}; :? lists them.")
        else:
            return False
        return True

    def _turn(self, verb: Callable[[], Entry | None], done: str, nothing: str) -> None:
        entry = verb()
        self.say(f"{done}: {self._desk.cards.told(entry)}" if entry is not None else nothing)

    def _finish(self) -> None:
        """The rest of today's cards wait until tomorrow; a cram session is merely over."""
        if not self._session.cram:
            self._desk.day.finish()
        self._session.finish()

    def _aside(self, verb: Callable[[], str | None], done: str) -> None:
        card = verb()
        self.notices()
        if card is not None:
            self.say(f"{done}: {card}")

    def _set_due(self, words: str) -> None:
        from studytui.memory.days import due_day_of

        try:
            day = due_day_of(words, self._desk.day.today)
        except ValueError as error:
            self.say(f"{str(error).capitalize()}, as in :due 3")
        else:
            self._aside(partial(self._session.set_due, day), f"Due {words.strip()}")

    def _speak(self, language: str) -> None:
        """The card, and those that follow, in another language; the empty one is each deck's own."""
        desk, session = self._desk, self._session
        if language and language not in desk.decks.languages:
            there = f"there are: {', '.join(desk.decks.languages)}" if desk.decks.languages else "none is translated"
            self.say(f"No deck is translated into “{language[:20]}”; {there}.")
            return
        desk.language = language
        session.retell()
        question = session.question
        if language and question is not None and language not in desk.decks.library.languages(question.card.id):
            self.say(f"This card is not translated into {language}: it stays in its deck's own language.")
        problem = desk.settings_file.keep_language()
        if problem:
            self.say(problem)

    def _figure(self) -> None:
        """The figure of the answer, after the answer; a drawing says little to a screen reader, so it waits for :f."""
        from studytui.deck.figure import figure_of_answer

        question = self._session.question
        if self._session.judged is None or question is None:
            self.say("A figure, where there is one, is shown after the answer.")
            return
        rows = figure_rows(figure_of_answer(question), WIDTH)
        if rows:
            self.print(rows[2:])
        else:
            self.say("This answer has no figure.")
