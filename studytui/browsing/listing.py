"""What Browse shows, without a screen: the cards that were found, the cursor, what is marked, how it is sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.browsing.searcher import Wanted
from studytui.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.journal.finding import Column


class Listing:
    """The keys of the cards in order. Marks are kept by key: they survive another order and another search."""

    def __init__(self) -> None:
        self.keys: Sequence[int] = ()
        self.cursor = 0
        self.marked: set[int] = set()
        self.wanted = Wanted()
        self._among: frozenset[int] | None = None

    def show(self, keys: Sequence[int], *, same: bool) -> None:
        """Other cards were found. The cursor stays on its card while that is among them.

        If not, it stays at its place when the search is the `same`, and else goes to the top.
        """
        before = self.current
        self.keys, self._among = keys, None
        place = _place(keys, before, self.cursor) if before is not None else None
        if place is not None:
            self.cursor = place
        elif not same:
            self.cursor = 0
        self.cursor = max(min(self.cursor, len(keys) - 1), 0)

    @property
    def current(self) -> int | None:
        """The key of the card under the cursor."""
        return self.keys[self.cursor] if self.keys else None

    def move(self, by: int, *, mark: bool = False) -> None:
        """The cursor goes so many cards on, not beyond an end; with `mark` it marks all that it passes."""
        if not self.keys:
            return
        start = self.cursor
        self.cursor = max(min(start + by, len(self.keys) - 1), 0)
        if mark:
            first, last = sorted((start, self.cursor))
            self.marked.update(self.keys[first : last + 1])

    def toggle(self) -> None:
        """Marks the card under the cursor, or takes its mark away."""
        if self.current is not None:
            self.marked.symmetric_difference_update({self.current})

    def toggle_all(self) -> None:
        """Marks all that was found; when all are marked, none."""
        every = self._every
        if every <= self.marked:
            self.marked -= every
        else:
            self.marked |= every

    @property
    def chosen(self) -> list[int]:
        """What an action is about: the marked cards among those found, in order, or else the one under the cursor."""
        return self._marked or ([self.current] if self.current is not None else [])

    @property
    def crammed(self) -> Sequence[int]:
        """What a cram session is about: the marked cards among those found, or else all that were found."""
        return self._marked or self.keys

    @property
    def _marked(self) -> list[int]:
        return [key for key in self.keys if key in self.marked] if self.marked else []

    def sort(self, column: Column) -> Wanted:
        """Sorts by a column; by the same one, the other way round."""
        backwards = not self.wanted.backwards if column == self.wanted.sort else False
        self.wanted = Wanted(self.wanted.text, column, backwards)
        return self.wanted

    def search(self, text: str) -> Wanted:
        """Another line to search by."""
        self.wanted = Wanted(text, self.wanted.sort, self.wanted.backwards)
        return self.wanted

    @property
    def _every(self) -> frozenset[int]:
        """The keys as a set, made once for what was found."""
        if self._among is None:
            self._among = frozenset(self.keys)
        return self._among

    @property
    def told(self) -> str:
        """How many cards there are, and how many of them are marked."""
        marked = len(self._every & self.marked) if self.marked else 0
        cards = counted(len(self.keys), "card") if len(self.keys) < 1_000 else f"{len(self.keys):,} cards"
        return f"{marked:,} of {cards} marked" if marked else cards


def _place(keys: Sequence[int], key: int, near: int) -> int | None:
    """Where a key is; looked for around its old place first."""
    if near < len(keys) and keys[near] == key:
        return near
    try:
        return keys.index(key)
    except ValueError:
        return None
