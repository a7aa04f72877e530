"""Whole days from FSRS's intervals: rounded, and spread a little so that cards learnt together part.

The spread is Anki's (rslib/src/scheduler/states/fuzz.rs). Its chance comes from the card and the day alone, so an
interval shown on a key is the interval that is given.
"""

from __future__ import annotations

import hashlib


def chance(card: str, day: int) -> float:
    """A number from 0 up to but not including 1 that looks random and is the same for a card all day."""
    digest = hashlib.sha256(f"{card}\0{day}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:6]) / 2**48


def whole_days(interval: float, where: float, least: int, most: int) -> int:
    """An interval in days, spread by `where` (from `chance`) among those that are possible."""
    first, count = possible_days(interval, least, most)
    return first + int(where * count)


def possible_days(interval: float, least: int, most: int) -> tuple[int, int]:
    """The days that an interval may have, from `least` to `most`, of which `most` wins: the first, and how many.

    To either side: nothing below 2.5 days, else 1 and 15 % of the days up to 7, 10 % of those up to 20, 5 % beyond.
    """
    if least >= most:
        return most, 1
    # Written out: to ask `min` and `max` for it would take longer than the rest.
    if interval > most:
        interval = most
    elif interval < least:
        interval = least
    if interval < 2.5:
        low = high = round(interval)
    else:
        if interval < 7:
            spread = 1.0 + 0.15 * (interval - 2.5)
        elif interval < 20:
            spread = 1.675 + 0.1 * (interval - 7)
        else:
            spread = 2.975 + 0.05 * (interval - 20)
        low, high = max(round(interval - spread), least), min(round(interval + spread), most)
    if low == high and 2 < high < most:
        high = low + 1
    return low, 1 + high - low
