"""What a sitting needs of the journal, so that it can be had with another; undo and redo as it needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studytui.memory.model import Entry, Memory, Moment
    from studytui.memory.replay import CardState

    #: Told of (done, of) while many entries are taken back; what it raises leaves all as it was.
    Progress = Callable[[int, int], object]


class Recorded(Protocol):
    """What the journal gives back for an entry."""

    @property
    def entry(self) -> Entry:
        """The entry with its id."""

    @property
    def state(self) -> CardState:
        """The card's state after it."""


class Seen(Protocol):
    """What the journal tells of what was seen of a card."""

    @property
    def seeds(self) -> Sequence[int]:
        """The seeds of its last variants."""

    @property
    def slip(self) -> str:
        """The slip that was made last and not set right since; several names stand with commas between."""


class Reviews(Protocol):
    """What a sitting needs of the journal."""

    def record(self, entry: Entry) -> Recorded:
        """Appends an entry; it is durable on return."""

    def record_review(self, entry: Entry, before: Memory | None) -> Recorded | None:
        """`record` for a review of a card that has a memory; None, with nothing recorded, where it has another one."""

    def undo(self, moment: Moment, progress: Progress | None = None) -> Entry | None:
        """Takes back the last entry that still stands, with what was recorded in one go with it."""

    def redo(self, moment: Moment, progress: Progress | None = None) -> Entry | None:
        """Takes the last undo back."""

    def recorded_with(self, entry: Entry) -> Sequence[Entry]:
        """The entries that were recorded in one go with an entry, itself among them."""

    def slips(self, card: str) -> Sequence[tuple[str, int]]:
        """The slips that were made on a card, and how often."""

    def state(self, card: str) -> CardState:
        """What is known of a card."""

    def seen(self, card: str, count: int) -> Seen:
        """The seeds of a card's last variants, and the slip that stands."""


@frozen
class Turned:
    """What was taken back or brought back: an entry, how many were recorded in one go with it, their cards as now."""

    entry: Entry
    count: int
    memories: Mapping[str, Memory | None]


def undone(reviews: Reviews, moment: Moment, progress: Progress | None = None) -> Turned | None:
    """Takes back the last entry that still stands, with what was recorded in one go with it; None without one."""
    return _turned(reviews, reviews.undo(moment, progress))


def redone(reviews: Reviews, moment: Moment, progress: Progress | None = None) -> Turned | None:
    """Takes the last undo back; None without one."""
    return _turned(reviews, reviews.redo(moment, progress))


def _turned(reviews: Reviews, entry: Entry | None) -> Turned | None:
    if entry is None:
        return None
    several = reviews.recorded_with(entry)
    return Turned(entry, len(several), {each.card: reviews.state(each.card).memory for each in several})
