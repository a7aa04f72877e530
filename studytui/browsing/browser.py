"""What Browse does to cards, many at once, and how it is taken back; what is known of one card."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from studytui.browsing.past import past_of
from studytui.deck.tagging import read_tag, tagged
from studytui.frozen import frozen
from studytui.journal.finding import Finder
from studytui.journal.texts import TextIndex
from studytui.memory.days import away
from studytui.memory.model import Action, Entry
from studytui.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from studytui.browsing.past import Review
    from studytui.browsing.searcher import Searched
    from studytui.deck.library import Library
    from studytui.deck.tagging import Tagging
    from studytui.journal import Journal
    from studytui.journal.finding import CardLine
    from studytui.journal.together import Progress

    #: Tells a journal what has changed in the deck files.
    Register = Callable[[Library, Journal, Progress], object]
    #: What is done to cards, by their lines; says so. Is given a progress that ends it by what it raises.
    Act = Callable[["Browser", Sequence[CardLine], Progress], str]

#: Cards whose lines are read at once.
_AT_ONCE = 1_000
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

    def __init__(
        self, journal: Journal, searched: Callable[[], Searched], refresh: Callable[[], object], register: Register
    ) -> None:
        self._journal, self._searched, self._refresh, self._register = journal, searched, refresh, register
        self._finder: Finder | None = None
        #: Tags that were written here: the last entry that stood then, the files, and what was said.
        self._written: list[tuple[int, list[Tagging], str]] = []
        #: Those that were taken back, to be brought back.
        self._unwritten: list[tuple[int, list[Tagging], str]] = []
        #: What was read apart and not taken over yet.
        self._read: list[Library] = []
        self._keep: Callable[[], object] = _nothing

    @contextmanager
    def apart(self, progress: Progress, keep: Callable[[], object]) -> Iterator[Browser]:
        """The same for another thread, with connections of its own: for work on many cards, one at a time.

        What was tagged is known to both. `progress` is told of decks that are read again because their files were
        written; `keep` is called before the first of them is: from then on nothing may raise. `back` comes behind it.
        """
        searched, read = self._searched(), self._read
        with self._journal.twin() as journal:

            def refresh() -> None:
                twin = searched.library.twin()
                self._register(twin, journal, progress)
                read.append(twin)

            apart = Browser(journal, lambda: searched, refresh, self._register)
            apart._written, apart._unwritten, apart._keep = self._written, self._unwritten, keep
            try:
                yield apart
            finally:
                apart.close()

    def back(self) -> None:
        """Takes over what was read apart."""
        if self._read:
            self._searched().library.take(self._read.pop())
            self._refresh()

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

    def chosen(self, keys: Sequence[int], language: str, progress: Progress) -> list[CardLine]:
        """`lines` for any number of cards; `progress` is told how many were read."""
        found = []
        for start in range(0, len(keys), _AT_ONCE):
            found += self.lines(keys[start : start + _AT_ONCE], language)
            progress(len(found), len(keys))
        return found

    def suspend(self, lines: Sequence[CardLine], progress: Progress | None = None) -> str:
        """Suspends; where all are suspended, resumes."""
        resume = bool(lines) and all(line.suspended for line in lines)
        return self.do(Action.RESUME if resume else Action.SUSPEND, lines, progress=progress)

    def do(self, action: Action, lines: Sequence[CardLine], due_day: int = 0, progress: Progress | None = None) -> str:
        """Suspends, resumes, buries, resets cards or sets their day in one go, which one undo takes back; says so.

        Cards that are so already are left as they are, and so are new ones when a day is set. Where `progress` raises,
        before the last is written, nothing was done.
        """
        chosen = [line for line in lines if _changes(action, line)]
        if not chosen:
            return f"Nothing to do: {counted(len(lines), 'card')} {_SO_ALREADY[action]}."
        searched = self._searched()
        moment = searched.clock()
        day = searched.scheduler.day_of(moment)
        self._journal.record_together(
            (Entry(line.id, action, moment.ms, moment.offset, day, due_day=due_day) for line in chosen), progress
        )
        self._unwritten.clear()
        what = chosen[0].id if len(chosen) == 1 else counted(len(chosen), "card")
        done = _DONE.get(action) or f"Due {away(due_day, day)}"
        return f"{done}: {what}" + (" · one undo takes all back" if len(chosen) > 1 else "")

    def tag(self, lines: Sequence[CardLine], text: str, progress: Progress | None = None) -> str:
        """Writes a tag into the decks of cards, or takes it out where a minus stands in front; says what was done.

        All files are read and checked before the first is written; `progress` is told how many cards were, and where it
        raises, nothing was done.
        """
        remove = text.strip().startswith("-")
        tag = read_tag(text.strip().removeprefix("-"))
        by_file: dict[str, list[str]] = defaultdict(list)
        for line in lines:
            if line.file:
                by_file[line.file].append(line.id)
        found, done = [], 0
        for file, ids in by_file.items():
            found.append(tagged(file, ids, tag, remove=remove))
            done += len(ids)
            if progress is not None:
                progress(done, len(lines))
        changes = [each for each in found if each is not None]
        if not changes:
            so = "without a tag of their own" if remove else "with the tag"
            return f"Nothing to do: {counted(len(lines), 'card')} {so} “{tag}” already."
        self._keep()
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

    def undo(self, progress: Progress | None = None) -> str:
        """Takes back what was done last, here or in a sitting; says what that was."""
        if self._written and self._journal.last_standing() <= self._written[-1][0]:
            _, changes, said = self._written[-1]
            self._keep()
            for change in changes:
                change.take_back()
            self._unwritten.append(self._written.pop())
            self._refresh()
            return f"Undone: {said}"
        entry = self._journal.undo(self._searched().clock(), progress)
        return f"Undone: {self._told(entry)}" if entry is not None else "Nothing to undo."

    def redo(self, progress: Progress | None = None) -> str:
        """Brings back what the last undo took back, here or in a sitting; says what that was."""
        if self._unwritten and self._journal.last_standing() == self._unwritten[-1][0]:
            _, changes, said = self._unwritten[-1]
            self._keep()
            for change in changes:
                change.write()
            self._written.append(self._unwritten.pop())
            self._refresh()
            return f"Redone: {said}"
        entry = self._journal.redo(self._searched().clock(), progress)
        return f"Redone: {self._told(entry)}" if entry is not None else "Nothing to redo."

    def _told(self, entry: Entry) -> str:
        more = self._journal.count_with(entry) - 1
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
        orphans = set(self._journal.decks.orphans())
        declined = self._journal.decks.declined()
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
        self._journal.decks.decline(old, new)
        return f"Declined: {new} is another card than {old}"


class Tell(Protocol):
    """A progress that may raise to end the work, until it is told to keep what comes."""

    def __call__(self, done: int, of: int) -> object:
        """So much is done, of so much."""

    def keep(self) -> object:
        """What comes now would be left half done."""


def done_apart(browser: Browser, keys: Sequence[int], language: str, act: Act) -> Callable[[Tell], str]:
    """Work for another thread: the lines of cards are read, then one thing is done to all of them."""

    def work(tell: Tell) -> str:
        with browser.apart(tell, tell.keep) as apart:
            lines = apart.chosen(keys, language, lambda done, of: tell(done, 3 * of))
            # Reading takes about a third of it.
            return act(apart, lines, (lambda done, of: tell(of + 2 * done, 3 * of)) if keys else tell)

    return work


_SO_ALREADY = {
    Action.SUSPEND: "suspended already",
    Action.RESUME: "not suspended",
    Action.BURY: "buried or suspended already",
    Action.RESET: "new already",
    Action.SET_DUE: "new, so due with the new cards",
}


def _nothing() -> None:
    """What Browse does in its own thread cannot be ended."""


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
