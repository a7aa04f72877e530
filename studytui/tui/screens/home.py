"""The home screen: decks, what is due, the streak, and one key to start."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from studytui.pages import overview_rows
from studytui.tui.doing import doing, waits
from studytui.tui.keys import key, own_keys
from studytui.tui.reporting import reporting, show_problems
from studytui.tui.widgets.bars import KeyBar, TitleBar
from studytui.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studytui.desk import Desk
    from studytui.desk.day import Overview
    from studytui.face import Row


class HomeScreen(Screen[None]):
    """All decks with their counts. Enter starts today's reviews of all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("home.study", "enter,space", "study_all", "study", "Today's reviews of all decks"),
        key("home.deck", "d,right", "study_deck", "this deck", "Today's reviews of the deck under the cursor"),
        key("home.quiz", "z", "quiz", "quiz", "Set up a quiz, go on with one, read a report"),
        # At once, in the application's loop: what comes in one go behind it is Browse's, and no key of this screen.
        replace(
            key(
                "home.browse", "slash", "browse", "browse", "All cards, by a search: suspend, tag, reset, their history"
            ),
            priority=True,
        ),
        key("home.findings", "f", "findings", "findings", "What is wrong in the deck files"),
        key("home.suspended", "r", "suspended", "suspended", "The suspended cards, to take them into study again"),
        key("home.stats", "s", "app.stats", "stats", "Statistics: what comes due, answers, retention", show=False),
        key("home.down", "down,j", "move(1)", "down", "Next deck", show=False),
        key("home.up", "up,k", "move(-1)", "up", "Previous deck", show=False),
        key("home.about", "i", "about", "about", "What the deck under the cursor is about: its introduction"),
        key("home.undo", "u,ctrl+z", "undo", "undo", "Take back the last review, suspension or burial"),
        key("home.redo", "U,ctrl+y", "redo", "redo", "Bring back what the last undo took back", show=False),
        key(
            "home.more",
            "m",
            "more",
            "ten more",
            "Ten cards beyond today's limits; go on after a finished day",
            show=False,
        ),
        key(
            "home.finish", "t", "finish", "finish today", "Finish for today: the rest waits until tomorrow", show=False
        ),
        key("home.leeches", "l", "leeches", "leeches", "The cards that are forgotten again and again", show=False),
        key("home.edit", "e", "edit", "edit", "Open the deck under the cursor in $EDITOR"),
        key("home.fit", "p", "fit", "fit", "Fit the memory model to your reviews; forecast the work", show=False),
        key("home.settings", "comma", "settings", "settings", "Limits, schedule, colours, keys: all settings"),
        key("home.cancel", "escape", "cancel", "cancel", "End what is being done; all is then as it was"),
        key("home.quit", "q", "app.quit", "quit", "Leave StudyTUI"),
        key("home.help", "question_mark,f1", "app.help", "help", "All keys and words"),
    ]

    def __init__(self, desk: Desk, overview: Overview) -> None:
        super().__init__()
        self._desk, self._overview = desk, overview
        self._cursor = 0
        self._is_new = True

    def compose(self) -> ComposeResult:
        """The decks, between two bars."""
        yield TitleBar("StudyTUI")
        yield CardView()
        yield KeyBar()

    def on_mount(self) -> None:
        """Shows the decks; what can wait is done after the first paint."""
        own_keys(self)
        self._show()
        self.query_one(CardView).focus()
        self.call_after_refresh(self._desk.ahead.settle)

    def on_screen_resume(self) -> None:
        """Back from a sitting. The first time the counts were made just before."""
        if not self._is_new:
            self._renew()
        self._is_new = False
        show_problems(self, self._desk.problems)

    def _renew(self) -> None:
        """The counts are new."""
        with reporting(self):
            self._overview = self._desk.day.overview()
        self._show()
        self.refresh_bindings()

    def _show(self) -> None:
        overview = self._overview
        self._cursor = min(self._cursor, max(len(overview.decks) - 1, 0))
        streak = f"streak {overview.streak} day{'' if overview.streak == 1 else 's'}"
        self.query_one(TitleBar).show("StudyTUI", doing(self).words or streak)
        self.query_one(CardView).show(self._rows, keep_scroll=True, below=0)

    def _rows(self, width: int) -> list[Row]:
        return overview_rows(self._overview, self._cursor, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Only what can be done now has a key."""
        match action:
            case "study_all" | "study_deck" | "quiz" | "browse" | "about" | "edit":
                return bool(self._overview.decks)
            case "finish":
                return self._overview.all.new + self._overview.all.due > 0
            case "suspended":
                return self._overview.all.suspended > 0
            case "cancel":
                return doing(self).is_on
            case "findings":
                return bool(self._desk.decks.findings)
            case _:
                return True

    def action_move(self, by: int) -> None:
        """Another deck."""
        if self._overview.decks:
            self._cursor = (self._cursor + by) % len(self._overview.decks)
            self._show()
            self.query_one(CardView).reveal_cursor()

    @waits
    def action_study_all(self) -> None:
        """Today's reviews of all decks."""
        self._study(None)

    @waits
    def action_study_deck(self) -> None:
        """Today's reviews of the deck under the cursor."""
        self._study([self._overview.decks[self._cursor].id])

    def action_row(self, row: int) -> None:
        """A deck was clicked: the first click chooses it, the next one studies it."""
        if row == self._cursor:
            self.action_study_deck()
        else:
            self.action_move(row - self._cursor)

    async def on_card_view_pressed(self, event: CardView.Pressed) -> None:
        """A row was clicked."""
        await self.run_action(event.action)

    def _study(self, decks: list[str] | None) -> None:
        from studytui.tui.screens.study import StudyScreen

        with reporting(self):
            session = self._desk.day.session(decks)
            session.begin()
            self.app.push_screen(StudyScreen(self._desk, session, decks))

    @waits
    def action_quiz(self) -> None:
        """A quiz is set up, or one that waits is gone on with."""
        from studytui.tui.screens.quiz_setup import QuizSetupScreen

        with reporting(self):
            self.app.push_screen(QuizSetupScreen(self._desk))

    def action_undo(self) -> None:
        """Takes back the journal's last entry."""
        doing(self).begin(self, "Undoing", self._desk.cards.undo_apart, self._show, self._undone)

    def action_redo(self) -> None:
        """Takes the last undo back."""
        doing(self).begin(self, "Redoing", self._desk.cards.redo_apart, self._show, self._undone)

    def _undone(self, said: str | None) -> None:
        if said is not None:
            self.notify(said, markup=False)
        self._renew()

    def action_cancel(self) -> None:
        """Ends what is being done."""
        doing(self).end()

    @waits
    def action_finish(self) -> None:
        """The rest of today's cards wait until tomorrow."""
        with reporting(self):
            self._desk.day.finish()
        self._renew()

    @waits
    def action_more(self) -> None:
        """Ten cards beyond the limits, asked at once."""
        with reporting(self):
            if self._desk.day.go_on():
                self._study(None)
            else:
                self.notify("Nothing is left beyond today's limits.", markup=False)

    @waits
    def action_leeches(self) -> None:
        """The leeches."""
        from studytui.tui.screens.leeches import LeechesScreen

        with reporting(self):
            self.app.push_screen(LeechesScreen(self._desk))

    @waits
    def action_suspended(self) -> None:
        """The suspended cards."""
        from studytui.tui.screens.suspended import SuspendedScreen

        with reporting(self):
            self.app.push_screen(SuspendedScreen(self._desk))

    def on_paste(self, event: events.Paste) -> None:
        """A slash and a search that are pasted together are the same as typed."""
        if event.text.startswith("/") and self.check_action("browse", ()):
            self.action_browse(event.text[1:])

    @waits
    def action_browse(self, search: str = "") -> None:
        """All cards, or those that a search finds; the cursor is in the search field."""
        from studytui.tui.screens.browse import BrowseScreen

        lines = search.splitlines()
        with reporting(self):
            self.app.push_screen(BrowseScreen(self._desk, lines[0] if lines else ""))

    @waits
    def action_fit(self) -> None:
        """Parameters and desired retention."""
        from studytui.tui.screens.fit import FitScreen

        with reporting(self):
            self.app.push_screen(FitScreen(self._desk))

    @waits
    def action_settings(self) -> None:
        """All settings."""
        from studytui.tui.screens.settings import SettingsScreen

        with reporting(self):
            self.app.push_screen(SettingsScreen(self._desk))

    def action_about(self) -> None:
        """The introduction of the deck under the cursor."""
        from studytui.tui.screens.about import AboutScreen

        deck = self._desk.decks.library.deck(self._overview.decks[self._cursor].id)
        if deck is not None:
            self.app.push_screen(AboutScreen(self._desk, deck))

    def action_findings(self) -> None:
        """What is wrong in the deck files."""
        from studytui.tui.screens.findings import FindingsScreen

        self.app.push_screen(FindingsScreen(self._desk.decks.findings))

    @waits
    def action_edit(self) -> None:
        """The deck under the cursor in $EDITOR."""
        from studytui.tui.editor import edited

        if edited(self, self._overview.decks[self._cursor].file, 1):
            with reporting(self):
                self._desk.decks.refresh()
            self._renew()

    def on_app_focus(self, _event: events.AppFocus) -> None:
        """The terminal has the focus again: another program, or another day, may have changed the counts."""
        self._renew()
