"""What a day brings: the cards that are due, how many there are by deck, and what was done already.

`due` and `counts` follow the same rules, so what the home screen says is what a sitting asks:

- suspended and buried cards, and cards in no deck, are left out;
- of a family, one card a day: none when one was answered today, else one in learning, else a review, else a new card;
  unless siblings are not buried: then each card stands for itself;
- limits hold for reviews and new cards of the whole day, over all decks, and those of a deck within them; learning
  cards are not limited; what the learner allowed beyond them today is added to each;
- on a day that the learner has finished there is nothing.
"""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from studytui.journal import meta
from studytui.journal.schema import LEAST_LAPSES
from studytui.memory.days import TRAVEL, day_end_ms, day_of, from_the_future, waiting_until
from studytui.memory.limits import Counts, Done, Limits, Overview, capped
from studytui.memory.queue import Due, DueCard, Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studytui.journal.store import Row, Store
    from studytui.memory.model import Moment
    from studytui.memory.recall import Remembered

_HIDDEN = f"buried_day BETWEEN :day AND :day + {TRAVEL}"
_LEARNING = f"""state <> 'review' AND suspended = 0 AND NOT {_HIDDEN}
    AND (CASE WHEN last_ms > :now THEN min(due_ms, :now + due_ms - last_ms) ELSE due_ms END) < :end"""
_REVIEW = f"state = 'review' AND suspended = 0 AND due_day <= :day AND NOT {_HIDDEN}"
#: After a clock that was wrong: what was answered in the future must not wait for it. No index serves this.
_REVIEW_AFTER_WRONG_CLOCK = (
    f"state = 'review' AND suspended = 0 AND (due_day <= :day OR last_day > :day + {TRAVEL}) AND NOT {_HIDDEN}"
)
_NEW = f"state IS NULL AND suspended = 0 AND NOT {_HIDDEN}"

_DECKS_WITH_NEW = (
    f"SELECT key FROM decks WHERE EXISTS (SELECT 1 FROM cards INDEXED BY cards_new WHERE deck = decks.key AND {_NEW})"
)

#: Families of which a card was answered today or is being learnt: their other cards wait until tomorrow.
_ASKED = f"""SELECT family FROM cards WHERE last_day = :day AND family IS NOT NULL
    UNION SELECT family FROM cards INDEXED BY cards_learning
    WHERE family IS NOT NULL AND deck IS NOT NULL AND {_LEARNING}"""

_ORDERS = {
    Order.DUE: "due_day, shuffle",
    # Retrievability falls with the time since the last review, measured in stabilities.
    Order.RETRIEVABILITY: "CAST(:day - last_day AS REAL) / stability, shuffle",
    Order.DECK: "(SELECT file FROM decks WHERE decks.key = cards.deck), position",
}


class Today:
    """One day as the queries need it."""

    def __init__(self, store: Store, now: Moment, day_start: int, *, siblings: bool = False) -> None:
        """`siblings` is whether cards of a family are asked on one day."""
        self.now, self.siblings = now, siblings
        self.family = "NULL" if siblings else "family"
        self.day = day_of(now, day_start)
        self.end_ms = day_end_ms(now, day_start)
        self.values: dict[str, object] = {"day": self.day, "now": now.ms, "end": self.end_ms}
        last = store.row("SELECT max(last_day) FROM cards")
        future = last is not None and last[0] is not None and from_the_future(last[0], self.day)
        self.review = _REVIEW_AFTER_WRONG_CLOCK if future else _REVIEW
        self.learning, self.hidden = _LEARNING, _HIDDEN
        self.allowance = meta.allowance(store, self.day)

    def left(self, store: Store, limits: Limits) -> Limits:
        """What is left of a day's limits, with what the learner allowed beyond them."""
        own = done_by_deck(store, self.day) if limits.decks else None
        return limits.raised(self.allowance.new, self.allowance.reviews).after(done(store, self.day), own)


# -- the cards of a day --------------------------------------------------------------------------------------------


def due(store: Store, today: Today, decks: Sequence[str] | None, limits: Limits, order: Order = Order.DUE) -> Due:
    """The cards for a sitting over some decks, in the order given, or over all; `limits` are those of a whole day."""
    if today.allowance.finished:
        return Due(today.day, today.end_ms)
    left = today.left(store, limits)
    names = _keys(store, decks)
    learning = tuple(_learning(store, today, names))
    asked = set() if today.siblings else {family for (family,) in store.rows(_ASKED, today.values)}
    review = tuple(_review(store, today, names, asked, left, order))
    new = tuple(_new(store, today, names, asked, left))
    return Due(today.day, today.end_ms, learning, review, new)


def _keys(store: Store, decks: Sequence[str] | None) -> dict[int, str]:
    """The decks' ids by the keys that `cards` has for them."""
    keys = {deck: key for key, deck in store.rows("SELECT key, id FROM decks ORDER BY file")}
    return {keys[deck]: deck for deck in (keys if decks is None else decks) if deck in keys}


def _learning(store: Store, today: Today, names: dict[int, str]) -> Iterator[DueCard]:
    rows = store.rows(
        "SELECT id, deck, family, due_ms, last_ms FROM cards INDEXED BY cards_learning "
        f"WHERE deck IS NOT NULL AND {_LEARNING} ORDER BY due_ms",
        today.values,
    )
    for card, deck, family, due_ms, last_ms in rows:
        if deck in names:
            together = "" if today.siblings else family or ""
            yield DueCard(card, names[deck], together, waiting_until(due_ms, last_ms, today.now.ms))


def _review(
    store: Store,
    today: Today,
    names: dict[int, str],
    asked: set[str],
    left: Limits,
    order: Order,
) -> Iterator[DueCard]:
    row = store.row("SELECT count(*) FROM decks")
    whole = row is not None and row[0] == len(names)
    where = "deck IS NOT NULL" if whole else f"deck IN ({', '.join(map(str, names))})"
    where = f"{where} AND {today.review}"
    if order is Order.BACKLOG:
        order = Order.RETRIEVABILITY if _more_than(store, today, where, left.reviews) else Order.DUE
    rows = store.stream(
        f"SELECT id, deck, {today.family} FROM cards WHERE {where} ORDER BY {_ORDERS[order]}", today.values
    )
    own = {key: left.of(deck).reviews for key, deck in names.items() if deck in left.decks}
    for card, deck, family in _with_room(rows, set(asked), left.reviews, own):
        yield DueCard(card, names[deck], family or "")


def _more_than(store: Store, today: Today, where: str, limit: int | None) -> bool:
    """Whether more reviews are due than the day allows. Looks at one more than that at most."""
    if limit is None:
        return False
    counted = f"SELECT count(*) FROM (SELECT 1 FROM cards WHERE {where} LIMIT :most)"
    row = store.row(counted, today.values | {"most": limit + 1})
    return row is not None and row[0] > limit


def _with_room(rows: Iterable[Row], taken: set[str], limit: int | None, decks: dict[int, int | None]) -> Iterator[Row]:
    """The cards for which there is room: in all, in their deck when it has a limit of its own, and one of a family.

    What is taken is noted in `taken` and `decks`.
    """
    count = 0
    for row in rows:
        if count == limit:
            return
        _, deck, family = row
        own = decks.get(deck)
        if own == 0 or family in taken:
            continue
        if own is not None:
            decks[deck] = own - 1
        if family is not None:
            taken.add(family)
        count += 1
        yield row


def _new(store: Store, today: Today, names: dict[int, str], asked: set[str], left: Limits) -> Iterator[DueCard]:
    own = {key: left.of(deck).new for key, deck in names.items() if deck in left.decks}
    if left.new == 0:
        return
    with_new = {key for (key,) in store.rows(_DECKS_WITH_NEW, today.values)}
    alone = "" if today.siblings else f"AND NOT {_sibling_due(today)}"
    sql = (
        f"SELECT id, deck, {today.family} FROM cards AS card INDEXED BY cards_new "
        f"WHERE deck = :deck AND {_NEW} {alone} ORDER BY position"
    )

    def rows() -> Iterator[Row]:
        for key in names:
            if key in with_new and own.get(key) != 0:
                for row in store.stream(sql, today.values | {"deck": key}):
                    yield row
                    if own.get(key) == 0:
                        break

    for card, deck, family in _with_room(rows(), set(asked), left.new, own):
        yield DueCard(card, names[deck], family or "")


def _sibling_due(today: Today) -> str:
    """Whether a card, called `card` around this expression, has a sibling whose review is due."""
    return (
        "(card.family IS NOT NULL AND EXISTS (SELECT 1 FROM cards INDEXED BY cards_review_families "
        f"WHERE family = card.family AND {today.review}))"
    )


def suspended(store: Store, decks: Sequence[str]) -> list[str]:
    """The suspended cards of some decks, deck by deck in the order given, each in the order of its file."""
    keys = _keys(store, decks)
    rows = store.rows(
        "SELECT deck, id FROM cards INDEXED BY cards_suspended WHERE suspended = 1 AND deck IS NOT NULL "
        "ORDER BY position"
    )
    cards: dict[int, list[str]] = {key: [] for key in keys}
    for key, card in rows:
        if key in cards:
            cards[key].append(card)
    return [card for of_deck in cards.values() for card in of_deck]


def remembered(store: Store, decks: Sequence[str]) -> list[Remembered]:
    """The cards of some decks that were answered, with how the last answer that stands went."""
    from studytui.memory.recall import Remembered

    rows = store.rows(
        f"""SELECT cards.id, stability, last_day, lapses, rating = 1, slip <> ''
        FROM cards JOIN reviews ON reviews.id = (
            SELECT id FROM reviews WHERE card = cards.id AND action = 'review' AND id NOT IN (SELECT id FROM undone)
            ORDER BY id DESC LIMIT 1)
        WHERE state IS NOT NULL AND deck IN ({", ".join(map(str, _keys(store, decks)))})"""
    )
    return [
        Remembered(card, stability, last_day, lapses, bool(failed), bool(slipped))
        for card, stability, last_day, lapses, failed, slipped in rows
    ]


def slips(store: Store, card: str) -> list[tuple[str, int]]:
    """The slips that were made on a card and not taken back, the most frequent first, each with how often."""
    rows = store.rows(
        "SELECT slip FROM reviews WHERE card = ? AND slip <> '' AND id NOT IN (SELECT id FROM undone) ORDER BY id",
        (card,),
    )
    return Counter(name for (names,) in rows for name in names.split(", ")).most_common()


def leeches(store: Store, decks: Sequence[str], lapses: int) -> list[tuple[str, int, bool]]:
    """The cards of some decks that were forgotten so often, the worst first: id, lapses, whether suspended."""
    keys = _keys(store, decks)
    rows = store.rows(
        "SELECT id, lapses, suspended, deck FROM cards INDEXED BY cards_leeches "
        f"WHERE lapses >= {LEAST_LAPSES} AND lapses >= ? ORDER BY lapses DESC, id",
        (lapses,),
    )
    return [(card, count, bool(suspended)) for card, count, suspended, deck in rows if deck in keys]


# -- how many ------------------------------------------------------------------------------------------------------


def counts(store: Store, today: Today, decks: Sequence[str] | None, limits: Limits) -> Overview:
    """What `due` would give for each deck alone, and for these decks together."""
    left = today.left(store, limits)
    names = _keys(store, decks)
    values = today.values | {"reviews": _sql_limit(left.reviews), "new": _sql_limit(left.new)}
    learning: dict[int, int] = dict(
        store.rows(
            "SELECT deck, count(*) FROM cards INDEXED BY cards_learning "
            f"WHERE deck IS NOT NULL AND {_LEARNING} GROUP BY deck",
            values,
        )
    )
    suspended: dict[int, int] = dict(store.rows("SELECT deck, count(*) FROM cards WHERE suspended = 1 GROUP BY deck"))
    by_deck = {
        names[key]: _within(
            Counts(new, learning.get(key, 0), review, total, suspended.get(key, 0)), left.of(names[key])
        )
        for key, total, review, new in store.rows(_by_deck(today, names), values)
    }
    if today.allowance.finished:
        by_deck = {deck: Counts(total=counts.total, suspended=counts.suspended) for deck, counts in by_deck.items()}
    return Overview(
        {deck: by_deck[deck] for deck in names.values()}, _within(_sum(by_deck.values()), left),
        today.allowance.finished,
    )  # fmt: skip


def _by_deck(today: Today, keys: Iterable[int]) -> str:
    """Deck, its cards, reviews and new cards: single cards and families, each up to the limit, as no more is asked."""
    if today.siblings:
        return f"""SELECT key, cards,
        (SELECT count(*) FROM (SELECT 1 FROM cards INDEXED BY cards_review
            WHERE deck = decks.key AND {today.review} LIMIT :reviews)),
        (SELECT count(*) FROM (SELECT 1 FROM cards INDEXED BY cards_new
            WHERE deck = decks.key AND {_NEW} LIMIT :new))
        FROM decks WHERE key IN ({", ".join(map(str, keys))})"""
    return f"""WITH asked(family) AS MATERIALIZED ({_ASKED}) SELECT key, cards,
    (SELECT count(*) FROM (SELECT 1 FROM cards INDEXED BY cards_review
        WHERE deck = decks.key AND family IS NULL AND {today.review} LIMIT :reviews))
    + (SELECT count(*) FROM (SELECT DISTINCT family FROM cards INDEXED BY cards_review
        WHERE deck = decks.key AND family IS NOT NULL AND family NOT IN asked AND {today.review} LIMIT :reviews)),
    (SELECT count(*) FROM (SELECT 1 FROM cards INDEXED BY cards_new
        WHERE deck = decks.key AND family IS NULL AND {_NEW} LIMIT :new))
    + (SELECT count(*) FROM (SELECT DISTINCT family FROM cards AS card INDEXED BY cards_new_families
        WHERE deck = decks.key AND family IS NOT NULL AND family NOT IN asked AND {_NEW} AND NOT {_sibling_due(today)}
        LIMIT :new))
    FROM decks WHERE key IN ({", ".join(map(str, keys))})"""


def _sql_limit(limit: int | None) -> int:
    return -1 if limit is None else limit


def _within(counts: Counts, left: Limits) -> Counts:
    return Counts(
        capped(counts.new, left.new), counts.learning, capped(counts.review, left.reviews), counts.total,
        counts.suspended,
    )  # fmt: skip


def _sum(several: Iterable[Counts]) -> Counts:
    new = learning = review = total = suspended = 0
    for one in several:
        new, learning, review = new + one.new, learning + one.learning, review + one.review
        total, suspended = total + one.total, suspended + one.suspended
    return Counts(new, learning, review, total, suspended)


def due_on_days(store: Store, first: int, days: int) -> dict[int, int]:
    """How many reviews fall due on each of some days, over all decks."""
    rows = store.rows(
        "SELECT due_day, count(*) FROM cards INDEXED BY cards_turn "
        "WHERE state = 'review' AND suspended = 0 AND due_day BETWEEN ? AND ? GROUP BY due_day",
        (first, first + days),
    )
    return dict(rows)


# -- what was done -------------------------------------------------------------------------------------------------


def done(store: Store, day: int) -> Done:
    """The cards answered on the present day, as the limits count them. Answers and time are left out."""
    row = store.row("SELECT count(*), total(first_day = ?) FROM cards WHERE last_day = ?", (day, day))
    if row is None:
        return Done()
    answered, new = row[0], int(row[1])
    return Done(new, answered - new)


def done_by_deck(store: Store, day: int) -> dict[str, Done]:
    """`done` for each deck of which cards were answered."""
    rows = store.rows(
        "SELECT decks.id, count(*), total(first_day = :day) FROM cards JOIN decks ON decks.key = cards.deck "
        "WHERE last_day = :day GROUP BY decks.key",
        {"day": day},
    )
    return {deck: Done(int(new), answered - int(new)) for deck, answered, new in rows}


def done_on(store: Store, day: int) -> Done:
    """All that was done on any day, and not taken back."""
    row = store.row(
        "SELECT count(DISTINCT card), count(DISTINCT iif(first_day = :day, card, NULL)), count(*), total(duration) "
        "FROM reviews JOIN cards ON cards.id = card "
        "WHERE day = :day AND action = 'review' AND reviews.id NOT IN (SELECT id FROM undone)",
        {"day": day},
    )
    if row is None:
        return Done()
    answered, new, answers, duration = row
    return Done(new, answered - new, answers, int(duration))


def streak(store: Store, day: int) -> int:
    """Days in a row with a review, up to a day, or up to the one before while it has none yet."""
    row = store.row(
        f"""WITH RECURSIVE run(day, studied) AS (
            SELECT :day, {_studied(":day")} UNION ALL SELECT run.day - 1, 1 FROM run WHERE {_studied("run.day - 1")}
        ) SELECT total(studied) FROM run""",
        {"day": day},
    )
    return int(row[0]) if row is not None else 0


def _studied(day: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM reviews WHERE reviews.day = {day} AND action = 'review' "
        "AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id))"
    )


def days_behind(store: Store, day: int) -> int:
    """Days by which the clock is behind the newest review, further than travel can explain; else none."""
    row = store.row("SELECT max(last_day) FROM cards")
    last = row[0] if row is not None and row[0] is not None else day
    return last - day if from_the_future(last, day) else 0
