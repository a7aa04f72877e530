"""The quiz screen: one question at a time, in any order, with a clock; the report follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from studytui.deck.model import Fill, Line
from studytui.entering import Filling, take_up
from studytui.quiz.plan import Feedback
from studytui.quiz_pages.sitting import hand_in_rows, is_blank, progress_row
from studytui.tui.keys import own_keys
from studytui.tui.parts import put_into, typed_into
from studytui.tui.reporting import reporting, reporting_once, show_problems
from studytui.tui.screens.quiz_face import entered, face, placeholder, title
from studytui.tui.screens.quiz_keys import BINDINGS, VALID, State
from studytui.tui.screens.quiz_telling import TellingScreen
from studytui.tui.widgets.answer_field import AnswerField
from studytui.tui.widgets.bars import KeyBar, TitleBar
from studytui.tui.widgets.card_view import CardView
from studytui.tui.widgets.row_bar import RowBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studytui.answer.verdict import Verdict
    from studytui.deck.model import Response
    from studytui.desk import Desk
    from studytui.face import Row
    from studytui.quiz.sitting import Quiz


class QuizScreen(TellingScreen):
    """One sitting over a paper. All state is the quiz's; what is kept here is what is being entered."""

    BINDINGS: ClassVar[list[BindingType]] = list(BINDINGS)

    def __init__(self, desk: Desk, quiz: Quiz) -> None:
        super().__init__(desk, quiz)
        self._unread: Verdict | None = None
        self._translated = False
        self._not_kept: set[str] = set()
        self._over = False

    def compose(self) -> ComposeResult:
        """One view for every question; where the learner is, above and below it."""
        yield TitleBar()
        yield CardView()
        yield AnswerField()
        yield KeyBar()
        yield RowBar()

    def on_mount(self) -> None:
        """The open question is in the first paint."""
        own_keys(self)
        self._card, self._bar, self._field = (
            self.query_one(CardView),
            self.query_one(TitleBar),
            self.query_one(AnswerField),
        )
        self._show()
        self.set_interval(1, self._tick)
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        self._desk.ahead.settle()
        show_problems(self, self._desk.problems)
        for notice in self.quiz.paper.notices:
            self.notify(notice, severity="warning", timeout=6, markup=False)
        self._tick()  # the time of a quiz that was left may have run out meanwhile

    # -- showing -------------------------------------------------------------------------------------------------------

    @property
    def _judged(self) -> Verdict | None:
        """With feedback at once: the verdict on what stands here, which can no longer be changed."""
        return self.quiz.judged(self.quiz.sheet.place)

    @property
    def _stands(self) -> Response:
        """What was entered here before, answered or not."""
        here = self.quiz.here
        return here.draft if here.draft is not None else here.response

    def _show(self) -> None:
        """Shows the open question: called after everything that opens another or judges it."""
        here = self.quiz.here
        self._tell_if_other()
        self._translated = bool(self._desk.decks.library.languages(self._question.card.id))
        self._unread = here.unread.verdict if here.unread is not None and self._judged is None else None
        self._entering = take_up(self._question.form, self._stands) if self._judged is None else None
        self._show_bars()
        self._show_face()
        self._show_field()
        self.refresh_bindings()

    def _show_bars(self) -> None:
        self._show_time()
        self.query_one(RowBar).show(lambda width: progress_row(self.quiz, width))

    def _show_time(self) -> None:
        line = title(self.quiz, self._desk.clock())
        self._bar.show(*line)

    def _show_face(self, *, keep_scroll: bool = False) -> None:
        """A question is read from its top; what was said of an answer must be in view."""
        below = 4 if self._judged is not None else 2 if self._unread is not None else None
        self._card.show(self._face, keep_scroll=keep_scroll, below=below)

    def _face(self, width: int) -> list[Row]:
        return face(self._question, self._entering, self.quiz.here.response, self._judged, self._unread, width)

    def _show_field(self) -> None:
        form = self._question.form
        self._field.display = isinstance(form, Line | Fill) and self._judged is None
        if not self._field.display:
            self._card.focus()
        elif isinstance(self._entering, Filling):
            put_into(self._field, form, self._entering)
        else:
            unread = self.quiz.here.unread
            stands = self._stands if unread is None else unread.typed
            self._field.value = stands if isinstance(stands, str) else ""
            self._field.cursor_position = len(self._field.value)
            self._field.placeholder = placeholder(form)
            self._field.focus()

    # -- which keys are valid now ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Only what is valid now is bound, and stands in the key bar."""
        rule = VALID.get(action)
        return rule is None or rule(self.state)

    @property
    def state(self) -> State:
        """What decides which keys are valid."""
        judged = self._judged is not None
        typing = self.focused is not None and self.focused is self._field
        return State(self._question.form, self._entering, judged, typing, self._translated)

    # -- the clock -----------------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        """Each second: what is being entered is kept, the clock shown; at the end of the time the report comes."""
        if self._over:
            return
        now = self._desk.clock()
        with reporting_once(self, self._not_kept):
            self._keep_draft()
            self.quiz.tick(now)
        if self.quiz.result is not None:
            self._show_report(late=True)
            return
        self._show_time()
        from studytui.tui.screens.quiz_overview import OverviewScreen

        if isinstance(self.app.screen, OverviewScreen):
            self.app.screen.tell_time(*title(self.quiz, now)[1:])
        words = self.quiz.warning(now)
        if words:
            self.app.notify(f"{words[0].upper()}{words[1:]}.", severity="warning", timeout=6, markup=False)

    def _entered(self) -> Response:
        """What stands in the field or under the cursor now."""
        entering = typed_into(self._entering, self._field)
        return entered(self._question.form, entering, self._field.value, self.quiz.here.response)

    def _keep_draft(self) -> None:
        """What was changed since it was kept last."""
        response = self._entered()
        if self._judged is None and response != self._stands:
            self._answer_in_these_words()
            self.quiz.draft(response, self._desk.clock())

    # -- answering -----------------------------------------------------------------------------------------------------

    def action_submit(self) -> None:
        """Answers with what is picked, arranged or paired."""
        if self._entering is not None:
            self._answer(self._entering.response)

    def on_answer_field_entered(self, event: AnswerField.Entered) -> None:
        """A line was entered; of several, each goes on to the next one, and the last one answers."""
        event.stop()
        filling = typed_into(self._entering, self._field)
        if not isinstance(filling, Filling):
            self._answer(event.text)
        elif filling.at_end:
            self._answer(filling.response)
        else:
            self._enter(filling.move(1))

    def _answer(self, response: Response) -> None:
        """Answers and goes on; nothing entered is no answer. What cannot be read stays, with the reason."""
        if self._judged is not None or self._over:
            return
        place = self.quiz.sheet.place
        with reporting(self):
            self._unread = self._hand_over(None if is_blank(response) else response, then=place + 1)
            if self.quiz.result is not None:
                self._show_report(late=True)
            elif self._unread is not None:
                self._show_bars()
                self._show_face()
            else:
                self._show()
                if place + 1 == len(self.quiz.sheet.answers) and self._judged is None:
                    self._show_end()

    def _hand_over(self, response: Response, then: int) -> Verdict | None:
        """Answers, and opens the place `then`; lines that cannot all be read are kept as they stand, to be mended."""
        self._answer_in_these_words()
        unread = self.quiz.answer(response, self._desk.clock(), then=then)
        if unread is not None and not isinstance(response, str):
            self.quiz.draft(response, self._desk.clock())
        return unread

    def action_on(self) -> None:
        """The next question; behind the last one the overview, with what is left to do."""
        place = self.quiz.sheet.place + 1
        if place < len(self.quiz.sheet.answers):
            self._open(place)
        else:
            self._show()
            self._show_end()

    def _show_end(self) -> None:
        self._show_overview(next(iter(self.quiz.open_places), len(self.quiz.sheet.answers)))

    # -- moving --------------------------------------------------------------------------------------------------------

    def action_go(self, by: int) -> None:
        """The question before or behind; behind the last one the overview."""
        place, count = self.quiz.sheet.place + by, len(self.quiz.sheet.answers)
        if place < 0:
            self.notify("This is the first question.", markup=False, timeout=3)
        elif place < count:
            self._open(place)
        else:
            self.action_overview()

    action_go_typing = action_go

    def _open(self, place: int) -> None:
        """Another question. What stands here is the answer; with feedback at once it waits to be answered."""
        with reporting(self):
            unread = self._put_down(place)
            if self.quiz.sheet.place != place:
                self.quiz.go(place, self._desk.clock())
            if self.quiz.result is not None:
                self._show_report(late=True)
                return
            self._show()
            if unread:
                self.notify(unread, severity="warning", timeout=8, markup=False)

    def _put_down(self, then: int) -> str:
        """Keeps what stands here before the place `then` is opened; a sentence, when it could not be read."""
        if self._judged is not None:
            return ""
        if self.quiz.paper.plan.feedback is Feedback.AT_ONCE:
            self._keep_draft()
            return ""
        response, here = self._entered(), self.quiz.here
        if response == here.response or (here.unread is not None and response == here.unread.typed):
            return ""
        number = self.quiz.sheet.place + 1
        unread = self._hand_over(response, then)
        if unread is None:
            return ""
        stands = "the earlier answer stands" if here.response is not None else "it has no answer yet"
        return f"Question {number} was not read, so {stands}: {unread.message}"

    def action_flag(self) -> None:
        """Flags the question, or takes its flag away."""
        with reporting(self):
            self.quiz.flag(self._desk.clock())
            if self.quiz.result is not None:
                self._show_report(late=True)
            else:
                self._show_bars()

    action_flag_typing = action_flag

    def action_overview(self) -> None:
        """All questions."""
        self._show_overview(self.quiz.sheet.place)

    action_overview_typing = action_overview

    def _show_overview(self, cursor: int) -> None:
        from studytui.quiz.write_up import response_text
        from studytui.tui.screens.quiz_overview import OverviewScreen

        def words(place: int) -> str:
            return response_text(self.quiz.paper.questions[place], self.quiz.sheet.answers[place].response)

        if not self._kept_here():
            return
        page = OverviewScreen(self.quiz, cursor, words, self._choose)
        self.app.push_screen(page)
        page.call_after_refresh(page.tell_time, *title(self.quiz, self._desk.clock())[1:])

    def _kept_here(self) -> bool:
        """Keeps what stands here, without going anywhere. False when the time had run out."""
        with reporting(self):
            unread = self._put_down(self.quiz.sheet.place)
            if unread:
                self.notify(unread, severity="warning", timeout=8, markup=False)
        if self.quiz.result is not None:
            self._show_report(late=True)
            return False
        return True

    def _choose(self, place: int) -> None:
        """Chosen on the overview: a question, or handing in."""
        if place == len(self.quiz.sheet.answers):
            self.action_hand_in()
        else:
            self._open(place)

    # -- the end -------------------------------------------------------------------------------------------------------

    def action_hand_in(self) -> None:
        """Asks first, and names what is open and what is flagged."""
        from studytui.tui.screens.confirm import ConfirmScreen

        if self._kept_here():
            self._show_bars()
            self.app.push_screen(ConfirmScreen("Hand in", lambda width: hand_in_rows(self.quiz, width), self._hand_in))

    def _hand_in(self) -> None:
        with reporting(self):
            self.quiz.hand_in(self._desk.clock())
        if self.quiz.result is not None:
            self._show_report(late=False)

    def _show_report(self, *, late: bool) -> None:
        """The report takes the place of the quiz, whatever page was over it."""
        if self._over:
            return
        self._over = True
        from studytui.tui.screens.report import ReportScreen

        while self.app.screen is not self:
            self.app.pop_screen()
        with reporting(self):
            report = self._desk.quizzes.report(self.quiz.number)
            if len(self.app.screen_stack) > 1:
                self.app.switch_screen(ReportScreen(self._desk, report))
            else:  # the program began here: Textual cannot switch its first screen, and does not come back to it
                self.app.push_screen(ReportScreen(self._desk, report, last=True))
        if late:
            words = "The time is over: the quiz is handed in, and what you were typing counts."
            self.app.notify(words, severity="warning", timeout=12, markup=False)

    def action_leave(self) -> None:
        """Back to where the quiz was begun. What stands here is kept; the quiz waits, its clock does not."""
        with reporting(self):
            self._keep_draft()
            self.quiz.leave(self._desk.clock())
        goes_on = self.quiz.paper.plan.minutes is not None
        if len(self.app.screen_stack) > 1:
            self.dismiss()
            words = f"The quiz is kept, and not handed in.{' Its clock goes on.' if goes_on else ''}"
            self.app.notify(words, markup=False, timeout=6)
        else:
            clock = "\nIts clock goes on meanwhile." if goes_on else ""
            self.app.exit(message=f"The quiz is kept, not handed in: studytui quiz --resume goes on with it.{clock}")
