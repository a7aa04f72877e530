"""Cards outside a sitting: which are set aside or forgotten again and again, what is done to them, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.memory.model import Action, Entry
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studytui.desk import Desk
    from studytui.journal import Journal
    from studytui.reviews import Turned


@frozen
class Suspended:
    """A suspended card and its heading."""

    id: str
    heading: str


@frozen
class Leech:
    """A card that was forgotten again and again, with the slips that were made on it and how often."""

    id: str
    heading: str
    lapses: int
    slips: Sequence[tuple[str, int]]
    suspended: bool


class Cards:
    """The cards of the open decks, and the journal's last entries."""

    def __init__(self, desk: Desk, journal: Journal) -> None:
        self._desk, self._journal = desk, journal

    def leeches(self) -> list[Leech]:
        """The leeches of the open decks, the worst first, with their slips. Reads each card: for a page."""
        found = self._journal.leeches(self._desk.decks.ids, self._desk.settings.leech_lapses)
        return [
            Leech(card, self._heading(card), lapses, self._journal.slips(card), suspended)
            for card, lapses, suspended in found
        ]

    def suspended(self) -> list[Suspended]:
        """The suspended cards of the open decks. Reads each card: for a page, not for a hot path."""
        return [Suspended(card, self._heading(card)) for card in self._journal.suspended(self._desk.decks.ids)]

    def _heading(self, card_id: str) -> str:
        from studytui.deck.blocks import plain

        card = self._desk.decks.card(card_id)
        return clean_line(plain(card.heading)) if card is not None else ""

    def resume(self, card_id: str) -> None:
        """Takes a suspended card into study again."""
        self.do(Action.RESUME, card_id)

    def do(self, action: Action, card_id: str, due_day: int = 0) -> None:
        """Suspends, resumes, buries, resets a card or sets its due day; one undo takes it back."""
        moment = self._desk.clock()
        day = self._desk.schedule.scheduler.day_of(moment)
        self._journal.record(Entry(card_id, action, moment.ms, moment.offset, day, due_day=due_day))

    # -- taking back ---------------------------------------------------------------------------------------------------

    def undo(self) -> Entry | None:
        """Takes back the journal's last entry, with what was recorded in one go with it."""
        return self._journal.undo(self._desk.clock())

    def redo(self) -> Entry | None:
        """Takes the last undo back."""
        return self._journal.redo(self._desk.clock())

    def told(self, entry: Entry) -> str:
        """What was taken back or brought back with an entry, in a few words."""
        return _told(self._journal, entry)

    def undo_apart(self, progress: Callable[[int, int], object]) -> str:
        """`undo`, in another thread; says what it was."""
        with self._journal.twin() as journal:
            entry = journal.undo(self._desk.clock(), progress)
            return f"Undone: {_told(journal, entry)}" if entry is not None else "Nothing to undo."

    def redo_apart(self, progress: Callable[[int, int], object]) -> str:
        """`redo`, in another thread; says what it was."""
        with self._journal.twin() as journal:
            entry = journal.redo(self._desk.clock(), progress)
            return f"Redone: {_told(journal, entry)}" if entry is not None else "Nothing to redo."

    def undone_apart(self, progress: Callable[[int, int], object]) -> Turned | None:
        """`undo`, in another thread, for a sitting to go on from."""
        from studytui.reviews import undone

        with self._journal.twin() as journal:
            return undone(journal, self._desk.clock(), progress)

    def redone_apart(self, progress: Callable[[int, int], object]) -> Turned | None:
        """`redo`, in another thread, for a sitting to go on from."""
        from studytui.reviews import redone

        with self._journal.twin() as journal:
            return redone(journal, self._desk.clock(), progress)


def _told(journal: Journal, entry: Entry) -> str:
    count = journal.count_with(entry)
    what = entry.rating.name.lower() if entry.rating is not None else entry.action.value.replace("-", " ")
    return f"{what} on {entry.card}" + (f" and {count - 1} more, recorded in one go" if count > 1 else "")
