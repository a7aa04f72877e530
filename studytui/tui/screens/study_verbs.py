"""What the study screen does to cards and to the day beside asking: undo, redo, set aside, reset, finish, ten more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.tui.reporting import reporting
from studytui.tui.screens.study_answering import Answering

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.desk import Desk
    from studytui.memory.model import Entry
    from studytui.reviews import Progress, Turned
    from studytui.tui.doing import Doing

#: So many entries are taken back while a key is pressed: it takes no longer than a review does to be seen.
_FEW = 100


class ManyError(Exception):
    """More is to be taken back than while a key is pressed; nothing was."""


def _few(_done: int, steps: int) -> None:
    if steps > 2 * _FEW:  # an entry is appended, and its card moved on
        raise ManyError


@frozen
class _Turn:
    """Undo or redo: what is said meanwhile, afterwards, and when there is nothing; its two parts, at once or apart."""

    doing: str
    done: str
    nothing: str
    at_once: Callable[[Progress], Entry | None]
    apart: Callable[[Progress], Turned | None]
    goes_on: Callable[[Turned], Entry]


class Verbs(Answering):
    """The learner's other verbs. Each is recorded when it returns, and undone like a review."""

    _desk: Desk
    _decks: list[str] | None

    def __init__(self) -> None:
        super().__init__()
        #: What takes back many cards beside the screen, from the first time on.
        self._doing: Doing | None = None

    @property
    def _waits(self) -> bool:
        """Whether a key that needs the journal must wait, which is said then."""
        return self._doing is not None and self._doing.waits()

    def _show_bars(self) -> None:
        """Shows what is said above and below the card."""
        raise NotImplementedError

    def _show_notices(self) -> None:
        """Shows what the session has to say."""
        raise NotImplementedError

    def action_undo(self) -> None:
        """Takes back the journal's last entry."""
        session = self.session
        self._turn(
            _Turn("Undoing", "Undone", "Nothing to undo.", session.undo, self._desk.cards.undone_apart, session.undone)
        )

    def action_redo(self) -> None:
        """Takes the last undo back."""
        session = self.session
        self._turn(
            _Turn("Redoing", "Redone", "Nothing to redo.", session.redo, self._desk.cards.redone_apart, session.redone)
        )

    def _turn(self, turn: _Turn) -> None:
        """Few cards at once; of many the journal's part is done beside the screen, and the sitting goes on from it."""
        if self._waits:
            return
        with reporting(self):
            try:
                entry = turn.at_once(_few)
            except ManyError:
                self._turn_apart(turn)
                return
            if entry is None:
                self._say(turn.nothing)
                return
            self._say(f"{turn.done}: {self._desk.cards.told(entry)}")
        self._show()

    def _turn_apart(self, turn: _Turn) -> None:
        from studytui.tui.doing import doing

        def after(turned: Turned | None) -> None:
            shown = self.session.question
            if turned is not None:
                with reporting(self):
                    self._say(f"{turn.done}: {self._desk.cards.told(turn.goes_on(turned))}")
            if self.session.question is not shown:
                self._show()
                return
            self._show_notices()  # what was typed meanwhile stays
            self._show_bars()

        self._doing = doing(self)
        self._doing.begin(self, turn.doing, turn.apart, self._show_bars, after)
        self.refresh_bindings()

    def action_cancel(self) -> None:
        """Ends what is being done beside the screen."""
        if self._doing is not None:
            self._doing.end()

    def on_unmount(self) -> None:
        """What is being done ends."""
        if self._doing is not None:
            self._doing.leave()

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
        if self._waits:
            return
        if not self.session.can_set_due():
            self._show_notices()
            return
        from studytui.tui.screens.due_day import DueDayScreen

        self.app.push_screen(DueDayScreen(self._desk.day.today, self._set_due))

    def _set_due(self, day: int, words: str) -> None:
        self._aside(partial(self.session.set_due, day), f"Due {words}")

    def _aside(self, verb: Callable[[], str | None], done: str) -> None:
        if self._waits:
            return
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
        if self._waits:
            return
        with reporting(self):
            self._desk.day.finish()
            self.session.finish()
            self._say("Finished for today. m goes on all the same")
        self._show()

    def action_more(self) -> None:
        """Goes on with ten cards beyond today's limits; on a finished day with what was left."""
        if self._waits:
            return
        with reporting(self):
            if not self._desk.day.go_on(self._decks):
                self._say("Nothing is left beyond today's limits.")
                return
            tally = self.session.tally
            self.session = self._desk.day.session(self._decks)
            self.session.tally = tally
            self.session.begin()
        self._show()
