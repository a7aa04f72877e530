"""What a sitting needs of the journal, so that it can be had with another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.memory.model import Entry, Memory, Moment
    from studytui.memory.replay import CardState


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

    def undo(self, moment: Moment) -> Entry | None:
        """Takes back the last entry that still stands, with what was recorded in one go with it."""

    def redo(self, moment: Moment) -> Entry | None:
        """Takes the last undo back."""

    def recorded_with(self, entry: Entry) -> Sequence[Entry]:
        """The entries that were recorded in one go with an entry, itself among them."""

    def slips(self, card: str) -> Sequence[tuple[str, int]]:
        """The slips that were made on a card, and how often."""

    def state(self, card: str) -> CardState:
        """What is known of a card."""

    def seen(self, card: str, count: int) -> Seen:
        """The seeds of a card's last variants, and the slip that stands."""
