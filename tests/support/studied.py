"""A journal in which something was studied, for the pages and screens of statistics: the same every time."""

from __future__ import annotations

from studytui.memory.days import DAY_MS, MINUTE_MS
from studytui.memory.model import Action, Entry, Rating

#: Ratings by the days that the answer lies back, card by card in the order of the decks.
PAST = (
    {60: (3, 3), 55: (3,), 45: (3,), 20: (1, 3), 12: (3,)},
    {50: (1, 3, 3), 49: (4,), 30: (3,), 2: (2,)},
    {8: (3, 3), 6: (3,), 0: (3,)},
)


def studied(world) -> None:
    """Records it, as of the day that the world's clock shows."""
    with world.desk() as desk:
        cards = [card for deck in desk.decks.library.decks() for card in desk.decks.library.ids(deck.id)]
        now = desk.clock()
        day = now.ms // DAY_MS
        for card, past in zip(cards, PAST, strict=False):
            for back, ratings in past.items():
                for number, rating in enumerate(ratings):
                    ms = now.ms - back * DAY_MS + number * 15 * MINUTE_MS
                    slip = "padded_once" if rating == Rating.AGAIN else ""
                    entry = Entry(
                        card, Action.REVIEW, ms, 0, day - back, 0, Rating(rating), slip=slip, duration_ms=30_000
                    )
                    desk._journal.record(entry)
