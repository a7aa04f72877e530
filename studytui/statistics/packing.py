"""An answer as one whole number, which SQLite packs and `history` takes apart. No numpy here: the journal imports this.

From below: the duration in milliseconds, what happened (a rating or another code), the hour; above them the day.
"""

from __future__ import annotations

#: What happened to a card: the four ratings by their numbers; it was made new again; it was given a day to be due on.
RESET, SET_DUE = 5, 6
#: States of a card.
NEW, LEARNING, RELEARNING, REVIEW = range(4)
DURATION_BITS, CODE_BITS, HOUR_BITS = 32, 3, 5
#: Stands between the packed events of two cards. None of them is the same: no code is so large.
BETWEEN = -1
