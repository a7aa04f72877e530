"""The screen on which a quiz is set up: one column of fields, what comes of them, and the quiz that waits."""

from __future__ import annotations

import secrets
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from studytui.face import Row, sentence
from studytui.quiz.setting_up import LISTS, NUMBERS, Choice, Field, Waiting, set_up
from studytui.quiz_pages.setup import outlook_row, setup_rows, unfinished_words
from studytui.tui.keys import key, own_keys
from studytui.tui.reporting import reporting, show_problems, telling
from studytui.tui.widgets.bars import KeyBar, TitleBar
from studytui.tui.widgets.card_view import CardView
from studytui.tui.widgets.row_bar import RowBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studytui.desk import Desk
    from studytui.quiz.setting_up import SettingUp
    from studytui.quizzes import Choices, Unfinished

#: Seeds that are drawn have as many digits as can be read out in a classroom.
_SEEDS = 1_000_000


class QuizSetupScreen(Screen[None]):
    """All state is that of `SettingUp`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("setup.begin", "enter", "begin", "begin", "Begin the quiz"),
        key("setup.resume", "enter", "resume", "go on", "Go on with this unfinished quiz"),
        key("setup.give_up", "enter", "give_up", "give up", "Give this unfinished quiz up"),
        key("setup.press", "space", "press", "change", "Open a list, tick a choice, take the next of a few"),
        key("setup.all", "a", "tick_all", "all/none", "Tick all of a list, or none"),
        key("setup.right", "right,l", "change(1)", "more", "Raise a number, open a list, take the next", show=False),
        key("setup.left", "left,h", "change(-1)", "less", "Lower a number, close a list, take the last", show=False),
        key("setup.rub_out", "backspace,delete", "rub_out", "rub out", "Take the last digit away", show=False),
        key("setup.down", "down,j", "move(1)", "down", "Next field", show=False),
        key("setup.up", "up,k", "move(-1)", "up", "Field before", show=False),
        key("setup.reports", "r", "reports", "reports", "The reports of earlier quizzes"),
        key("setup.leave", "q,escape", "leave", "back", "Back"),
        key("setup.help", "question_mark,f1", "app.help", "help", "All keys and words"),
    ]

    def __init__(self, desk: Desk, decks: Sequence[str] | None = None, choices: Choices | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._choices = choices or desk.quizzes.choices()
        self._state: SettingUp = set_up(_lists(self._choices), secrets.randbelow(_SEEDS), decks=decks)

    def compose(self) -> ComposeResult:
        """The fields, and what comes of them, between two bars."""
        yield TitleBar("Quiz")
        yield CardView()
        yield KeyBar()
        yield RowBar()

    def on_mount(self) -> None:
        """The first field is ready to be changed."""
        own_keys(self)
        self.query_one(CardView).focus()
        self.call_after_refresh(self._desk.ahead.settle)
        self.call_after_refresh(self._desk.ahead.load_for_quiz)

    def on_screen_resume(self) -> None:
        """Here for the first time, or back from a quiz, which may wait now or no longer."""
        waiting: tuple[Waiting, ...] = ()
        with reporting(self):
            waiting = tuple(Waiting(each.number, _words(each)) for each in self._desk.quizzes.waiting())
        before = self._state.place.field
        self._state = replace(self._state, unfinished=waiting, cursor=0)
        self._show(self._state.on(Field.RESUME if waiting else before))
        show_problems(self, self._desk.problems)

    def _show(self, state: SettingUp) -> None:
        self._state = state
        self.query_one(CardView).show(self._rows, keep_scroll=True, below=0)
        self.query_one(CardView).reveal_cursor()
        outlook = state.outlook(self._choices.cards)
        self.query_one(RowBar).show(partial(outlook_row, outlook))
        self.refresh_bindings()

    def _rows(self, width: int) -> list[Row]:
        return setup_rows(self._state, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Only what can be done where the cursor is."""
        here = self._state.place.field
        waiting = here in {Field.RESUME, Field.GIVE_UP}
        match action:
            case "resume" | "give_up":
                return here is (Field.RESUME if action == "resume" else Field.GIVE_UP)
            case "begin" | "press" | "change":
                return not waiting
            case "tick_all":
                return here in LISTS
            case "rub_out":
                return here in NUMBERS
        return True

    # -- changing ------------------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Another field."""
        self._show(self._state.move(by))

    def action_change(self, by: int) -> None:
        """More or less of what is under the cursor."""
        self._show(self._redrawn() if self._state.place.field is Field.SEED else self._state.change(by))

    def action_press(self) -> None:
        """Space on what is under the cursor."""
        self._show(self._redrawn() if self._state.place.field is Field.SEED else self._state.press())

    def action_tick_all(self) -> None:
        """All of a list, or none."""
        self._show(self._state.tick_all())

    def action_rub_out(self) -> None:
        """The last digit goes."""
        self._show(self._state.rub_out())

    def action_row(self, row: int) -> None:
        """A row was clicked: the first click goes there, a click on a choice ticks it, the next one changes."""
        state = self._state.at(row)
        if row == self._state.cursor or state.place.choice is not None:
            self._state = state
            if state.place.field in {Field.RESUME, Field.GIVE_UP}:
                self.call_later(self.run_action, "resume" if state.place.field is Field.RESUME else "give_up")
            else:
                self.action_press()
        else:
            self._show(state)

    async def on_card_view_pressed(self, event: CardView.Pressed) -> None:
        """A row was clicked."""
        await self.run_action(event.action)

    def on_key(self, event: events.Key) -> None:
        """What is typed on a number goes into it, if it is no key of the screen."""
        free = event.is_printable and event.key not in self._bindings.key_to_bindings
        if free and event.character and self._state.place.field in NUMBERS:
            self._show(self._state.type(event.character))
            event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """A seed that was copied from somewhere."""
        self._show(self._state.type(event.text))

    def _redrawn(self) -> SettingUp:
        return self._state.redraw(secrets.randbelow(_SEEDS))

    # -- going on ------------------------------------------------------------------------------------------------------

    def action_begin(self) -> None:
        """Begins, or says why that cannot be."""
        outlook = self._state.outlook(self._choices.cards)
        if not outlook.sound:
            self.notify(f"Not yet: {outlook.words}", severity="warning", markup=False)
            return
        from studytui.tui.screens.quiz import QuizScreen

        with telling(self):
            quiz = self._desk.quizzes.begin(self._state.plan())
            self._state = replace(self._redrawn(), unfolded=None).at(0)  # the next quiz is another one
            self.app.push_screen(QuizScreen(self._desk, quiz))

    def action_resume(self) -> None:
        """Goes on with the quiz under the cursor; when its time has run out meanwhile, its report comes at once."""
        from studytui.tui.screens.quiz import QuizScreen

        waiting = self._state.place.waiting
        if waiting is not None:
            with telling(self):
                self.app.push_screen(QuizScreen(self._desk, self._desk.quizzes.resume(waiting.number)))

    def action_give_up(self) -> None:
        """Asks first."""
        from studytui.tui.screens.confirm import ConfirmScreen

        waiting = self._state.place.waiting
        if waiting is not None:
            about, give_up = partial(_about_giving_up, waiting), partial(self._give_up, waiting.number)
            self.app.push_screen(ConfirmScreen("Give up", about, give_up))

    def _give_up(self, number: int) -> None:
        with telling(self):
            self._desk.quizzes.give_up(number)
        self.on_screen_resume()

    def action_reports(self) -> None:
        """The reports of earlier quizzes."""
        from studytui.tui.screens.report import ReportsScreen

        with telling(self):
            self.app.push_screen(ReportsScreen(self._desk))

    def action_leave(self) -> None:
        """Back to home, or out of the program that began here."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.exit()


def _words(waits: Unfinished) -> str:
    """What there is to say of a quiz that waits."""
    if waits.problem:
        return f"cannot be taken up: {waits.problem}"
    return unfinished_words(waits.header, waits.answered, waits.questions, waits.left_ms, waits.when)


def _about_giving_up(waiting: Waiting, width: int) -> list[Row]:
    return [
        Row(((f"Give this quiz up? It is quiz {waiting.number}.", "title"),)),
        Row(),
        *sentence(waiting.words, width),
        Row(),
        *sentence("Its answers are not marked, and nothing of it counts. y gives it up; esc goes back.", width),
    ]


def _lists(choices: Choices) -> dict[Field, tuple[Choice, ...]]:
    """What can be ticked, field by field."""
    offered = {Field.DECKS: choices.decks, Field.TAGS: choices.tags, Field.KINDS: choices.kinds}
    return {field: tuple(Choice(each.name, each.title, each.cards) for each in all_) for field, all_ in offered.items()}
