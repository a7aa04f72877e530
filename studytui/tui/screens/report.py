"""The report of a quiz, the list of earlier ones, and saving one as a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from studytui.quiz_pages.listed import reports_rows
from studytui.quiz_pages.stops import question_rows, with_slip_keys
from studytui.quiz_pages.text import rows as report_rows
from studytui.quiz_pages.words import score_text, title
from studytui.tui.keys import key, own_keys
from studytui.tui.reporting import telling
from studytui.tui.screens.page import Page
from studytui.tui.widgets.bars import KeyBar, TitleBar
from studytui.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studytui.desk import Desk
    from studytui.face import Row
    from studytui.quiz.report import Report, ReportLine


class ReportScreen(Screen[None]):
    """One report. It scrolls; the slips in it can be practised. Behind the `last` one is nothing to come back to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("report.practise", "enter", "practise_here", "practise", "Practise the slip under the cursor"),
        key("report.next", "n,right", "question(1)", "next lost", "The next question that lost points"),
        key("report.before", "p,left", "question(-1)", "lost before", "The lost question before", show=False),
        key("report.slip", "s,tab", "slip(1)", "slips", "The next slip that was made, to practise it"),
        key("report.slip_before", "shift+tab", "slip(-1)", "slip before", "The slip before", show=False),
        key("report.down", "down,j", "scroll(1)", "scroll", "Scroll down", show=False),
        key("report.up", "up,k", "scroll(-1)", "up", "Scroll up", show=False),
        key("report.page_down", "pagedown,ctrl+d,space", "page(1)", "page", "A page down"),
        key("report.page_up", "pageup,ctrl+u", "page(-1)", "page up", "A page up", show=False),
        *(
            key(f"report.digit{digit}", str(digit), f"practise({digit - 1})", str(digit), "Practise a slip", show=False)
            for digit in range(1, 10)
        ),
        key("report.all", "a", "open_all", "all", "Work out the right answers, too, or fold them"),
        key("report.write", "w", "write", "save", "Save as HTML, Markdown or JSON"),
        key("report.reports", "r", "reports", "earlier", "The reports of earlier quizzes"),
        key("report.leave", "q,escape", "leave", "back", "Back"),
        key("report.help", "question_mark,f1", "app.help", "help", "All keys and words"),
    ]

    def __init__(self, desk: Desk, report: Report, *, last: bool = False) -> None:
        super().__init__()
        self._desk, self.report, self._last = desk, report, last
        self._lines: list[ReportLine] = []
        self._opened: frozenset[int] = frozenset()
        self._slip: int | None = None

    def compose(self) -> ComposeResult:
        """The report between two bars."""
        yield TitleBar()
        yield CardView()
        yield KeyBar()

    def on_mount(self) -> None:
        """From its top."""
        own_keys(self)
        with telling(self):
            self._lines = self._desk.quizzes.reports()
        score = score_text(self.report.score)
        self.query_one(TitleBar).show(title(self.report), score, score.partition(" (")[0])
        self._view.show(self._rows)
        self._view.focus()
        self.call_after_refresh(self._desk.ahead.settle)

    @property
    def _view(self) -> CardView:
        return self.query_one(CardView)

    def _rows(self, width: int) -> list[Row]:
        return with_slip_keys(report_rows(self.report, width, self._lines, self._opened), self._slip)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the report has."""
        slips = len(self.report.slips)
        match action:
            case "practise_here":
                return self._slip is not None
            case "slip":
                return slips > 0
            case "practise":
                return isinstance(parameters[0], int) and parameters[0] < slips
            case "question":
                return any(each.score < 1 for each in self.report.questions)
            case _:
                return True

    # -- reading -------------------------------------------------------------------------------------------------------

    def action_scroll(self, by: int) -> None:
        """Scrolls by rows."""
        self._view.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scrolls by pages, of which one row stays."""
        self.action_scroll(by * max(self._view.room[1] - 1, 1))

    def action_question(self, by: int) -> None:
        """The next question that is worked out goes to the top; behind the last one comes the first."""
        stops = question_rows(self._view.rows)
        if not stops:
            return
        top = int(self._view.scroll_y)
        if by > 0:
            row = next((stop for stop in stops if stop > top), None)
            row = stops[0] if row is None or self._view.max_scroll_y <= top else row
        else:
            row = next((stop for stop in reversed(stops) if stop < top), stops[-1])
        self._view.scroll_to(y=row, animate=False, immediate=True)

    def action_slip(self, by: int) -> None:
        """The next slip, round the ends."""
        slips = len(self.report.slips)
        self._slip = (-1 if self._slip is None and by > 0 else self._slip or 0) + by
        self._slip %= slips
        self._view.show(self._rows, keep_scroll=True, below=0)
        self._view.reveal_cursor()
        self.refresh_bindings()

    def action_open_all(self) -> None:
        """All right answers worked out, or none."""
        right = frozenset(each.number for each in self.report.questions if each.score == 1)
        self._open(frozenset() if self._opened == right else right)

    def _open(self, numbers: frozenset[int]) -> None:
        self._opened = numbers
        self._view.show(self._rows, keep_scroll=True)

    def action_open(self, number: int) -> None:
        """A right answer was clicked: it is worked out, or folded again."""
        self._open(self._opened ^ {number})

    async def on_card_view_pressed(self, event: CardView.Pressed) -> None:
        """A slip or a right answer was clicked."""
        await self.run_action(event.action.replace("question(", "open("))

    # -- going on ------------------------------------------------------------------------------------------------------

    def action_practise_here(self) -> None:
        """A drill of the slip under the cursor."""
        if self._slip is not None:
            self.action_practise(self._slip)

    def action_practise(self, place: int) -> None:
        """A drill of a slip: questions on which it shows, each answer judged at once."""
        from studytui.tui.screens.quiz import QuizScreen

        slip = self.report.slips[place]
        with telling(self):
            quizzes = self._desk.quizzes
            quiz = quizzes.begin(quizzes.drill(slip.name, self.report.plan.decks))
            self.app.push_screen(QuizScreen(self._desk, quiz))

    def action_reports(self) -> None:
        """The reports of earlier quizzes."""
        with telling(self):
            self.app.push_screen(ReportsScreen(self._desk))

    def action_write(self) -> None:
        """Asks for the file's name."""
        from studytui.tui.screens.save_report import SaveReportScreen

        self.app.push_screen(SaveReportScreen(self.report, self._lines))

    def action_leave(self) -> None:
        """Back to where the quiz was begun, or out of the program that began with it."""
        if len(self.app.screen_stack) > 1 and not self._last:
            self.dismiss()
        else:
            self.app.exit()


class ReportsScreen(Page):
    """The quizzes that were handed in, newest first. Enter opens the report under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("reports.open", "enter,space", "open", "open", "Open the report"),
        key("reports.down", "down,j", "move(1)", "down", "Next report"),
        key("reports.up", "up,k", "move(-1)", "up", "Report before", show=False),
        key("page.close", "escape,q", "close", "back", "Back to the screen below"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__("Reports")
        self._desk = desk
        self._lines = desk.quizzes.listed()
        self._cursor = 0

    def rows(self, width: int) -> list[Row]:
        """The reports at a width."""
        return reports_rows(self._lines, self._cursor, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Without a report there is only the way back."""
        return action not in {"open", "move"} or bool(self._lines)

    def action_move(self, by: int) -> None:
        """Another report."""
        self._cursor = (self._cursor + by) % max(len(self._lines), 1)
        view = self.query_one(CardView)
        view.show(self.rows, keep_scroll=True, below=1)
        view.reveal_cursor()

    def action_open(self) -> None:
        """The report under the cursor takes the place of this list."""
        with telling(self):
            report = self._desk.quizzes.report(self._lines[self._cursor].number)
            self.dismiss()
            self.app.call_later(partial(self.app.push_screen, ReportScreen(self._desk, report)))

    def action_row(self, row: int) -> None:
        """A report was clicked: it opens."""
        self.action_move(row - self._cursor)
        self.action_open()

    async def on_card_view_pressed(self, event: CardView.Pressed) -> None:
        """A row was clicked."""
        await self.run_action(event.action)
