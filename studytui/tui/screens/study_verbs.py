"""What the study screen does to cards and to the day beside asking: undo, redo, set aside, reset, finish, ten more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studytui.tui.reporting import reporting
from studytui.tui.screens.study_answering import Answering

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.desk import Desk
    from studytui.memory.model import Entry


class Verbs(Answering):
    """The learner's other verbs. Each is recorded when it returns, and undone like a review."""

    _desk: Desk
    _decks: list[str] | None

    def _show_notices(self) -> None:
        """Shows what the session has to say."""
        raise NotImplementedError

    def action_undo(self) -> None:
        """Takes back the journal's last entry."""
        self._turn(self.session.undo, "Undone", "Nothing to undo.")

    def action_redo(self) -> None:
        """Takes the last undo back."""
        self._turn(self.session.redo, "Redone", "Nothing to redo.")

    def _turn(self, verb: Callable[[], Entry | None], done: str, nothing: str) -> None:
        with reporting(self):
            entry = verb()
            if entry is None:
                self._say(nothing)
                return
            self._say(f"{done}: {self._desk.cards.told(entry)}")
        self._show()

    def action_suspend(self) -> None:
        """Out of study until resumed."""
        self._aside(self.session.suspend, "Suspended")

    def action_bury(self) -> None:
        """Hidden until tomorrow."""
        self._aside(self.session.bury, "Buried until tomorrow")

    def action_reset(self) -> None:
        """New again."""
        self._aside(self.session.reset, "New again")

    def action_set_due(self) -> None:
        """Asks for the day, then sets it; a new card has none, which is said at once."""
        if not self.session.can_set_due():
            self._show_notices()
            return
        from studytui.tui.screens.due_day import DueDayScreen

        self.app.push_screen(DueDayScreen(self._desk.day.today, self._set_due))

    def _set_due(self, day: int, words: str) -> None:
        self._aside(partial(self.session.set_due, day), f"Due {words}")

    def _aside(self, verb: Callable[[], str | None], done: str) -> None:
        card: str | None = None
        with reporting(self):
            card = verb()
        if card is None:
            self._show_notices()
            return
        self._say(f"{done}: {card}")
        self._show()

    def action_finish(self) -> None:
        """The rest of today's cards wait until tomorrow."""
        with reporting(self):
            self._desk.day.finish()
            self.session.finish()
            self._say("Finished for today. m goes on all the same")
        self._show()

    def action_more(self) -> None:
        """Goes on with ten cards beyond today's limits; on a finished day with what was left."""
        with reporting(self):
            if not self._desk.day.go_on(self._decks):
                self._say("Nothing is left beyond today's limits.")
                return
            tally = self.session.tally
            self.session = self._desk.day.session(self._decks)
            self.session.tally = tally
            self.session.begin()
        self._show()
