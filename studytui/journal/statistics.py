"""What statistics are made of, read in one pass over an index: standing answers, where cards stand, slips made.

Importing numpy takes as long as reading a quarter of a million answers, so nothing here does before it must.
"""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING

from studytui.memory.days import DAY_MS, MINUTE_MS, TRAVEL
from studytui.statistics.model import SlipMade
from studytui.statistics.packing import (
    BETWEEN,
    CODE_BITS,
    DURATION_BITS,
    HOUR_BITS,
    LEARNING,
    NEW,
    RELEARNING,
    RESET,
    REVIEW,
    SET_DUE,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.journal.store import Store
    from studytui.memory.model import Moment
    from studytui.statistics.held import Held

_STANDING = "id NOT IN (SELECT id FROM undone)"
_LONGEST = (1 << DURATION_BITS) - 1
#: What moves a card on its path. The action is read only where there is no rating: the index does not hold it.
_CODE = f"ifnull(rating, CASE action WHEN 'reset' THEN {RESET} WHEN 'set-due' THEN {SET_DUE} END)"
#: In its bits. A tenth faster than min() and max(), which are called.
_DURATION = f"CASE WHEN duration BETWEEN 0 AND {_LONGEST} THEN duration WHEN duration < 0 THEN 0 ELSE {_LONGEST} END"
#: An event as one whole number, as `packing` has it. The hour is that of the place of the answer.
_PACKED = (
    f"(day << {DURATION_BITS + CODE_BITS + HOUR_BITS}) "
    f"| ((time / {MINUTE_MS} + offset) / 60 % 24 << {DURATION_BITS + CODE_BITS}) "
    f"| ({_CODE} << {DURATION_BITS}) | {_DURATION}"
)
_STATE = (
    f"CASE state WHEN 'review' THEN {REVIEW} WHEN 'learning' THEN {LEARNING} WHEN 'relearning' THEN {RELEARNING} "
    f"ELSE {NEW} END"
)


def events(store: Store, decks: Sequence[str] | None, cards: Sequence[str] | None) -> str:
    """What happened to the cards of some decks, and of some ids, packed; None is no condition.

    All numbers are joined to one text by SQLite: a million rows would take Python longer to receive than all of
    statistics may take. The index gives those of a card in the order of ids, and grouping by its first column keeps
    that.
    """
    where, values = _chosen("card", decks, cards)
    row = store.row(
        f"SELECT group_concat(packed, ',{BETWEEN},') FROM (SELECT group_concat({_PACKED}) AS packed "
        f"FROM reviews INDEXED BY reviews_card WHERE {_STANDING} AND {where} GROUP BY card)",
        values,
    )
    return row[0] or "" if row else ""


def held(
    store: Store, decks: Sequence[str], cards: Sequence[str] | None, now: Moment, day: int, day_start: int
) -> Held:
    """Where the cards of some decks stand."""
    import numpy as np

    from studytui.statistics.held import Held

    where, values = _chosen("id", decks, cards)
    shift = (now.offset - day_start) * MINUTE_MS
    rows = store.stream(
        f"""SELECT {_STATE}, ifnull(stability, 0), ifnull(difficulty, 0),
        CASE WHEN state = 'review' THEN due_day ELSE ifnull(due_ms + :shift, 0) / {DAY_MS} END,
        ifnull(last_day, 0), suspended, buried_day BETWEEN :day AND :day + {TRAVEL}
        FROM cards WHERE {where}""",
        values | {"shift": shift, "day": day},
    )
    flat = np.fromiter(chain.from_iterable(rows), np.float64).reshape(-1, 7)
    return Held(*flat.T)


def slips(
    store: Store, decks: Sequence[str] | None, cards: Sequence[str] | None, first: int, last: int
) -> list[SlipMade]:
    """The slips that were made on days; an answer that several slips lead to counts for each of them."""
    where, values = _chosen("card", decks, cards)
    rows = store.stream(
        f"""SELECT slip, card, count(*) FROM reviews INDEXED BY reviews_slips
        WHERE slip <> '' AND day BETWEEN :first AND :last AND {_STANDING} AND {where} GROUP BY slip, card""",
        values | {"first": first, "last": last},
    )
    times: dict[str, int] = {}
    at: dict[str, set[str]] = {}
    for names, card, count in rows:
        for name in names.split(", "):
            times[name] = times.get(name, 0) + count
            at.setdefault(name, set()).add(card)
    return [SlipMade(name, count, len(at[name])) for name, count in times.items()]


def _chosen(column: str, decks: Sequence[str] | None, cards: Sequence[str] | None) -> tuple[str, dict[str, object]]:
    """The condition that a card is in one of these decks and among these ids, and its values."""
    conditions, values = ["1"], dict[str, object]()
    if decks is not None:
        among = "deck IN (SELECT key FROM decks WHERE id IN (SELECT value FROM json_each(:decks)))"
        conditions.append(among if column == "id" else f"{column} IN (SELECT id FROM cards WHERE {among})")
        values["decks"] = json.dumps(list(decks))
    if cards is not None:
        conditions.append(f"{column} IN (SELECT value FROM json_each(:cards))")
        values["cards"] = json.dumps(list(cards))
    return " AND ".join(conditions), values
