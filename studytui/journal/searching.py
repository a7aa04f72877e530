"""From a search to SQL: which cards a query finds, in terms of the journal and of the index of texts beside it."""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.journal.texts import folded
from studytui.search.tree import (
    All,
    Any,
    InDeck,
    Introduced,
    Is,
    Named,
    Not,
    OfKind,
    Prop,
    Rated,
    Slipped,
    Tagged,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.journal.standing import Today
    from studytui.search.tree import Query, Term

#: Forgotten so often, a card is a leech.
LEECH = 8
#: The smallest piece of text that trigrams find by themselves.
_TRIGRAM = 3

#: In SQL, each column's value; learning cards wait no whole day.
_PROPERTIES = {
    "d": "cards.difficulty",
    "s": "cards.stability",
    "ivl": "iif(cards.state = 'review', cards.due_day - cards.last_day, 0)",
    "due": "cards.due_day - :day",
    "reps": "cards.reviews",
    "lapses": "cards.lapses",
}
#: What is shown of these is rounded so, and `=` compares what is shown.
_SHOWN = {"d": 1, "s": 1}


@frozen
class Asked:
    """What a search depends on besides the journal: the day, how steeply memories fade, when a card is a leech.

    `trigrams` is whether the index has any.
    """

    today: Today
    decay: float
    leech: int = LEECH
    trigrams: bool = True


@frozen
class Condition:
    """SQL that holds for the rows of `cards` that a query finds, where the index is attached as `texts`."""

    sql: str
    values: dict[str, object]
    #: SQL for the keys of these cards, some of which may be none any more; without a look at `cards` where that can be.
    keys: str


def condition_of(query: Query, asked: Asked) -> Condition:
    """The condition that a query says."""
    writer = _Writer(asked)
    sql = writer.write(query)
    return Condition(sql, writer.values, writer.alone.get(sql, f"SELECT cards.key FROM cards WHERE {sql}"))


class _Writer:
    """Writes one condition and collects its values."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self.values: dict[str, object] = dict(asked.today.values)
        #: By condition: the keys that the index gives for it by itself.
        self.alone: dict[str, str] = {}

    def write(self, query: Query) -> str:
        """The condition of a part. What is unknown of a card, its stability before any answer, does not hold."""
        match query:
            case All(parts):
                return self._joined(parts, "AND") or "1"
            case Any(parts):
                return self._joined(parts, "OR") or "0"
            case Not(part):
                return f"({self.write(part)}) IS NOT TRUE"
            case _:
                return self._term(query)

    def _joined(self, parts: Sequence[Query], joiner: str) -> str:
        """Texts are looked for in one go."""
        texts = [folded(part.text) for part in parts if isinstance(part, Words)]
        long = [text for text in texts if len(text) >= _TRIGRAM] if self._asked.trigrams else []
        written = [self._matching(f" {joiner} ".join(map(_phrase, long)))] if long else []
        rest = [part for part in parts if not (isinstance(part, Words) and folded(part.text) in long)]
        if not rest:
            return "".join(written)
        return f" {joiner} ".join([*written, *(f"({self.write(part)})" for part in rest)])

    def _term(self, term: Term) -> str:  # noqa: C901, PLR0911 - one case a term
        match term:
            case Words(text):
                return self._words(folded(text))
            case InDeck(pattern):
                like, among = self._like(pattern, cased=True), self._like(pattern)
                return (
                    f"cards.deck IN (SELECT key FROM decks WHERE id {like} OR title {like} "
                    f"OR id IN (SELECT deck FROM texts.titles WHERE title {among}))"
                )
            case Tagged(pattern):
                return self._among(f"SELECT key FROM texts.tags WHERE tag {self._like(pattern)}")
            case OfKind(pattern):
                return self._among(f"SELECT key FROM texts.cards WHERE kind {self._like(pattern)}")
            case Named(pattern):
                name = "cards.id" if "/" in pattern else "substr(cards.id, instr(cards.id, '/') + 1)"
                return f"{name} {self._like(pattern, cased=True)}"
            case Slipped(pattern):
                return self._slipped(pattern)
            case Is(status):
                return self._is(status)
            case Rated(days, rating):
                return self._rated(days, rating)
            case Introduced(days):
                return f"cards.state IS NOT NULL AND cards.first_day > :day - {days}"
            case Prop():
                return self._prop(term)

    def _value(self, value: object) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def _like(self, pattern: str, *, cased: bool = False) -> str:
        """A comparison; of a column that is folded it asks an index where there is no `*`, one with `cased` does not.

        An index is for one way of comparing.
        """
        text = folded(pattern)
        if "*" not in text:
            return f"= {self._value(text)}{' COLLATE NOCASE' if cased else ''}"
        return f"LIKE {self._value(_escaped(text).replace('*', '%'))} ESCAPE '\\'"

    # -- texts ---------------------------------------------------------------------------------------------------------

    def _words(self, text: str) -> str:
        if not self._asked.trigrams or len(text) < 2:
            like = self._value(f"%{_escaped(text)}%")
            return self._among(f"SELECT key FROM texts.bodies WHERE folded LIKE {like} ESCAPE '\\'")
        if len(text) >= _TRIGRAM:
            return self._matching(_phrase(text))
        # Every character of a text begins a trigram, so two are found by the trigrams that begin with them.
        first, last = self._value(text), self._value(text + chr(0x10FFFF))
        every = (
            """SELECT group_concat('"' || replace(term, '"', '""') || '"', ' OR ') """
            f"FROM texts.trigrams WHERE term >= {first} AND term < {last}"
        )
        # In an empty text nothing can be found, but it is a search; no trigram at all is none.
        return self._among(f"""SELECT rowid FROM texts.words WHERE words MATCH ifnull(({every}), '""')""")

    def _matching(self, match: str) -> str:
        return self._among(f"SELECT rowid FROM texts.words WHERE words MATCH {self._value(match)}")

    def _among(self, keys: str) -> str:
        sql = f"cards.key IN ({keys})"
        self.alone[sql] = keys
        return sql

    # The plus keeps SQLite from going through `cards` by id: beside a list of keys it would try each id with each key.

    # -- memories and reviews ------------------------------------------------------------------------------------------

    def _is(self, status: str) -> str:
        today = self._asked.today
        return {
            "due": f"cards.deck IS NOT NULL AND (({today.review}) OR ({today.learning}))",
            "new": "cards.state IS NULL",
            "learning": "cards.state IS NOT NULL AND cards.state <> 'review'",
            "review": "cards.state = 'review'",
            "suspended": "cards.suspended = 1",
            "buried": today.hidden,
            "orphan": "cards.deck IS NULL",
            "leech": f"cards.lapses >= {self._asked.leech}",
        }[status]

    def _rated(self, days: int, rating: int | None) -> str:
        if rating is None:
            return f"cards.last_day > :day - {days}"
        # Of the newest days, by their index; of all, the table as it is: SQLite cannot know which is shorter.
        day = "day" if days <= 90 else "+day"
        return (
            f"+cards.id IN (SELECT card FROM reviews WHERE {day} > :day - {days} AND rating = {rating} "
            "AND id NOT IN (SELECT id FROM undone))"
        )

    def _slipped(self, pattern: str) -> str:
        """By the name, or by words of it; the names of several slips stand with commas between."""
        wanted = self._value(f"%\\_{_escaped(folded(pattern)).replace('*', '%')}\\_%")
        names = """'["' || replace(slip, ', ', '","') || '"]'"""
        return (
            "+cards.id IN (SELECT card FROM reviews WHERE id NOT IN (SELECT id FROM undone) AND slip <> '' "
            "AND slip IN (SELECT slip FROM (SELECT DISTINCT slip FROM reviews WHERE slip <> '') WHERE EXISTS ("
            f"SELECT 1 FROM json_each(iif(json_valid({names}), {names}, '[]')) "
            f"WHERE '_' || value || '_' LIKE {wanted} ESCAPE '\\')))"
        )

    def _prop(self, prop: Prop) -> str:
        known = "cards.state IS NOT NULL"
        if prop.name == "r":
            return f"{known} AND {self._retrievability(prop)}"
        number, value = _PROPERTIES[prop.name], self._value(prop.value)
        digits = _SHOWN.get(prop.name)
        if digits is not None and prop.comparison in {"=", "!="}:
            return f"{known} AND round({number}, {digits}) {prop.comparison} round({value}, {digits})"
        return f"{known} AND {number} {prop.comparison} {value}"

    def _retrievability(self, prop: Prop) -> str:
        """The curve turned round: a chance below x is a time above t(x), so that SQL compares only products.

        R(t, S) = (1 + f·t/S)^(−decay), hence t(x) = S·(x^(−1/decay) − 1) / f.
        """

        def elapsed(comparison: str, chance: float) -> str:
            time = self._value(_stabilities(chance, self._asked.decay))
            return f"max(:day - cards.last_day, 0) {comparison} {time} * cards.stability"

        match prop.comparison:
            case "=" | "!=":  # of what is shown, two digits
                within = f"({elapsed('<=', prop.value - 0.005)} AND {elapsed('>', prop.value + 0.005)})"
                return within if prop.comparison == "=" else f"NOT {within}"
            case comparison:
                return elapsed({"<": ">", "<=": ">=", ">": "<", ">=": "<="}[comparison], prop.value)


def _stabilities(chance: float, decay: float) -> float:
    """The time, in stabilities, after which a card is remembered with a chance; never with none, at once above 1."""
    if chance <= 0:
        return float("inf")
    if chance > 1:
        return -1.0
    try:
        return float((chance ** (-1 / decay) - 1) / (0.9 ** (-1 / decay) - 1))
    except OverflowError:
        return float("inf")


def _phrase(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _escaped(text: str) -> str:
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, f"\\{sign}")
    return text
