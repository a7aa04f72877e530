"""What Browse does to cards, many at once, and how it is taken back; what is known of one card."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from studytui.browsing.past import past_of
from studytui.deck.tagging import read_tag, tagged
from studytui.frozen import frozen
from studytui.journal.finding import Finder
from studytui.journal.texts import TextIndex
from studytui.memory.days import away
from studytui.memory.model import Action, Entry
from studytui.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studytui.browsing.past import Review
    from studytui.browsing.searcher import Searched
    from studytui.deck.tagging import Tagging
    from studytui.journal import Journal
    from studytui.journal.finding import CardLine

_DONE = {
    Action.SUSPEND: "Suspended",
    Action.RESUME: "Resumed",
    Action.BURY: "Buried until tomorrow",
    Action.RESET: "Made new again",
}


@frozen
class Offer:
    """A card that is gone, with what is recorded of it, and the card that it seems to have become."""

    old: str
    new: str
    entries: int


class Browser:
    """The cards of the open decks, for one screen. Raises Problem, and JournalError among them."""

    def __init__(self, journal: Journal, searched: Callable[[], Searched], refresh: Callable[[], object]) -> None:
        self._journal, self._searched, self._refresh = journal, searched, refresh
        self._finder: Finder | None = None
        #: Tags that were written here: the last entry that stood then, the files, and what was said.
        self._written: list[tuple[int, list[Tagging], str]] = []
        #: Those that were taken back, to be brought back.
        self._unwritten: list[tuple[int, list[Tagging], str]] = []

    def close(self) -> None:
        """Closes the connection that reads lines."""
        if self._finder is not None:
            self._finder.close()
            self._finder = None

    def lines(self, keys: Sequence[int], language: str) -> list[CardLine]:
        """The lines of cards, for what is in view."""
        return self._reader.lines(keys, self._searched().clock(), language)

    @property
    def _reader(self) -> Finder:
        """The connection that reads lines, opened when it is needed first."""
        if self._finder is None:
            searched = self._searched()
            TextIndex.open(searched.index, searched.journal).close()
            self._finder = Finder.open(searched.journal, searched.index, searched.scheduler)
        return self._finder

    def ids(self, keys: Sequence[int]) -> list[str]:
        """The ids of cards, in the order of their keys."""
        return self._reader.ids(keys)

    # -- what is done to cards -----------------------------------------------------------------------------------------

    def do(self, action: Action, lines: Sequence[CardLine], due_day: int = 0) -> str:
        """Suspends, resumes, buries, resets cards or sets their day in one go, which one undo takes back; says so.

        Cards that are so already are left as they are, and so are new ones when a day is set.
        """
        chosen = [line for line in lines if _changes(action, line)]
        if not chosen:
            return f"Nothing to do: {counted(len(lines), 'card')} {_SO_ALREADY[action]}."
        searched = self._searched()
        moment = searched.clock()
        day = searched.scheduler.day_of(moment)
        self._journal.record_together(
            Entry(line.id, action, moment.ms, moment.offset, day, due_day=due_day) for line in chosen
        )
        self._unwritten.clear()
        what = chosen[0].id if len(chosen) == 1 else counted(len(chosen), "card")
        done = _DONE.get(action) or f"Due {away(due_day, day)}"
        return f"{done}: {what}" + (" · one undo takes all back" if len(chosen) > 1 else "")

    def tag(self, lines: Sequence[CardLine], text: str) -> str:
        """Writes a tag into the decks of cards, or takes it out where a minus stands in front; says what was done.

        All files are read and checked before the first is written.
        """
        remove = text.strip().startswith("-")
        tag = read_tag(text.strip().removeprefix("-"))
        by_file: dict[str, list[str]] = defaultdict(list)
        for line in lines:
            if line.file:
                by_file[line.file].append(line.id)
        found = [tagged(file, ids, tag, remove=remove) for file, ids in by_file.items()]
        changes = [each for each in found if each is not None]
        if not changes:
            so = "without a tag of their own" if remove else "with the tag"
            return f"Nothing to do: {counted(len(lines), 'card')} {so} “{tag}” already."
        written: list[Tagging] = []
        try:
            for change in changes:
                change.write()
                written.append(change)
        except BaseException:
            for change in reversed(written):
                change.take_back()
            raise
        cards = counted(sum(each.cards for each in changes), "card")
        said = f"tag “{tag}” {'taken from' if remove else 'written to'} {cards} in {counted(len(changes), 'file')}"
        self._written.append((self._journal.last_standing(), changes, said))
        self._unwritten.clear()
        self._refresh()
        return f"{said[0].upper()}{said[1:]}"

    def undo(self) -> str:
        """Takes back what was done last, here or in a sitting; says what that was."""
        if self._written and self._journal.last_standing() <= self._written[-1][0]:
            _, changes, said = self._written[-1]
            for change in changes:
                change.take_back()
            self._unwritten.append(self._written.pop())
            self._refresh()
            return f"Undone: {said}"
        entry = self._journal.undo(self._searched().clock())
        return f"Undone: {self._told(entry)}" if entry is not None else "Nothing to undo."

    def redo(self) -> str:
        """Brings back what the last undo took back, here or in a sitting; says what that was."""
        if self._unwritten and self._journal.last_standing() == self._unwritten[-1][0]:
            _, changes, said = self._unwritten[-1]
            for change in changes:
                change.write()
            self._written.append(self._unwritten.pop())
            self._refresh()
            return f"Redone: {said}"
        entry = self._journal.redo(self._searched().clock())
        return f"Redone: {self._told(entry)}" if entry is not None else "Nothing to redo."

    def _told(self, entry: Entry) -> str:
        more = len(self._journal.recorded_with(entry)) - 1
        return f"{entry.action.value.replace('-', ' ')} on {entry.card}" + (f" and {more:,} more" if more else "")

    # -- one card ------------------------------------------------------------------------------------------------------

    def past(self, card: str) -> list[Review]:
        """All that is recorded of a card, oldest first, with where it stood before and after."""
        return past_of(self._journal.history(card), self._searched().scheduler)

    def seed(self, card: str) -> int:
        """The seed of the variant that was seen last."""
        seen = self._journal.seen(card, 1).seeds
        return seen[0] if seen else 0

    # -- cards that are gone -------------------------------------------------------------------------------------------

    def offers(self) -> list[Offer]:
        """What the decks' changes offer for cards that are gone, but for what was declined."""
        orphans = set(self._journal.orphans())
        declined = self._journal.declined()
        found = []
        for deck in self._searched().library.decks():
            for old, new in deck.renames:
                if old in orphans and (old, new) not in declined:
                    found.append(Offer(old, new, len(self._journal.history(old))))
        return found

    def accept(self, old: str, new: str) -> str:
        """Makes what is recorded of a card that is gone that of another; says what was done."""
        moved = self._journal.move(old, new, self._searched().clock())
        self._unwritten.clear()
        entries = "1 entry" if moved == 1 else f"{moved} entries"
        return f"Moved: {entries} of {old} to {new} · one undo takes it back"

    def decline(self, old: str, new: str) -> str:
        """Does not offer this again; says so."""
        self._journal.decline(old, new)
        return f"Declined: {new} is another card than {old}"


_SO_ALREADY = {
    Action.SUSPEND: "suspended already",
    Action.RESUME: "not suspended",
    Action.BURY: "buried or suspended already",
    Action.RESET: "new already",
    Action.SET_DUE: "new, so due with the new cards",
}


def _changes(action: Action, line: CardLine) -> bool:
    match action:
        case Action.SUSPEND:
            return not line.suspended
        case Action.RESUME:
            return line.suspended or line.buried
        case Action.BURY:
            return not line.buried and not line.suspended
        case _:
            return line.state is not None
