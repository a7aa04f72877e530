"""From a term of a search to SQL: which cards it finds, in terms of the journal and of the index of texts beside it."""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.journal.texts import folded
from studytui.search.tree import InDeck, Introduced, Is, Named, OfKind, Prop, Rated, Slipped, Tagged, Words

if TYPE_CHECKING:
    from studytui.journal.standing import Today
    from studytui.search.tree import Term

#: Forgotten so often, a card is a leech.
LEECH = 8

#: In SQL, each column's value; learning cards wait no whole day.
_PROPERTIES = {
    "d": "difficulty",
    "s": "stability",
    "ivl": "iif(state = 'review', due_day - last_day, 0)",
    "due": "due_day - :day",
    "reps": "reviews",
    "lapses": "lapses",
}
#: What is shown of these is rounded so, and `=` compares what is shown.
_SHOWN = {"d": 1, "s": 1}
_LEARNING = "cards INDEXED BY cards_learning"


@frozen
class Asked:
    """What a search depends on besides the journal: the day, how steeply memories fade, when a card is a leech."""

    today: Today
    decay: float
    leech: int = LEECH


@frozen
class OfEach:
    """SQL that holds for a row of `cards`, or not; NULL where what is asked is unknown, and then it does not hold."""

    condition: str
    values: dict[str, object]


@frozen
class Listed:
    """SQL for the keys of the cards, in a column `key`; some may be no cards any more."""

    keys: str
    values: dict[str, object]


@frozen
class AtThisMoment:
    """As `Listed`, of cards that may be others a moment later, though nothing is written."""

    keys: str
    values: dict[str, object]


@frozen
class WithText:
    """The cards whose text holds this, folded as theirs is."""

    text: str


Way = OfEach | Listed | AtThisMoment | WithText


def ways(term: Term, asked: Asked) -> tuple[Way, ...]:
    """How the cards of a term are found, where the index is attached as `texts`: it finds what any of these does."""
    writer = _Writer(asked)
    match term:
        case Words(text):
            return (WithText(folded(text)),)
        case Is("due"):
            today = asked.today
            return (
                OfEach(f"deck IS NOT NULL AND {today.review}", today.values),
                AtThisMoment(f"SELECT key FROM {_LEARNING} WHERE deck IS NOT NULL AND {today.learning}", today.values),
            )
        case Rated(days, None):
            return (OfEach(f"last_day > :day - {days}", writer.values),)
        case InDeck() | Tagged() | OfKind() | Rated() | Slipped():
            return (Listed(writer.keys(term), writer.values),)
        case _:
            return (OfEach(writer.condition(term), writer.values),)


class _Writer:
    """Writes one term's SQL and collects its values."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self.values: dict[str, object] = dict(asked.today.values)

    def keys(self, term: InDeck | Tagged | OfKind | Rated | Slipped) -> str:
        """SQL for the keys of a term's cards."""
        match term:
            case InDeck(pattern):
                like, among = self._like(pattern, cased=True), self._like(pattern)
                return (
                    f"SELECT key FROM cards WHERE deck IN (SELECT key FROM decks WHERE id {like} OR title {like} "
                    f"OR id IN (SELECT deck FROM texts.titles WHERE title {among}))"
                )
            case Tagged(pattern):
                return f"SELECT key FROM texts.tags WHERE tag {self._like(pattern)}"
            case OfKind(pattern):
                return f"SELECT key FROM texts.cards WHERE kind {self._like(pattern)}"
            case Slipped(pattern):
                return self._slipped(pattern)
            case Rated(days, rating):
                return self._rated(days, rating)

    def condition(self, term: Is | Named | Introduced | Prop) -> str:
        """What holds of the rows of a term's cards."""
        match term:
            case Named(pattern):
                name = "id" if "/" in pattern else "substr(id, instr(id, '/') + 1)"
                return f"{name} {self._like(pattern, cased=True)}"
            case Introduced(days):
                return f"state IS NOT NULL AND first_day > :day - {days}"
            case Is(status):
                return self._is(status)
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

    # -- memories and reviews ------------------------------------------------------------------------------------------

    def _is(self, status: str) -> str:
        return {
            "new": "state IS NULL",
            "learning": "state IS NOT NULL AND state <> 'review'",
            "review": "state = 'review'",
            "suspended": "suspended = 1",
            "buried": self._asked.today.hidden,
            "orphan": "deck IS NULL",
            "leech": f"lapses >= {self._asked.leech}",
        }[status]

    def _rated(self, days: int, rating: int | None) -> str:
        # Of the newest days, by their index; of many, all answers from the index that has what is asked of them.
        index = "reviews_day" if days <= 30 else "reviews_card"
        return (
            f"SELECT key FROM cards WHERE id IN (SELECT card FROM reviews INDEXED BY {index} "
            f"WHERE day > :day - {days} AND rating = {rating} AND id NOT IN (SELECT id FROM undone))"
        )

    def _slipped(self, pattern: str) -> str:
        """By the name, or by words of it; the names of several slips stand with commas between."""
        wanted = self._value(f"%\\_{_escaped(folded(pattern)).replace('*', '%')}\\_%")
        names = """'["' || replace(slip, ', ', '","') || '"]'"""
        return (
            "SELECT key FROM cards WHERE id IN (SELECT card FROM reviews "
            "WHERE id NOT IN (SELECT id FROM undone) AND slip <> '' "
            "AND slip IN (SELECT slip FROM (SELECT DISTINCT slip FROM reviews WHERE slip <> '') WHERE EXISTS ("
            f"SELECT 1 FROM json_each(iif(json_valid({names}), {names}, '[]')) "
            f"WHERE '_' || value || '_' LIKE {wanted} ESCAPE '\\')))"
        )

    def _prop(self, prop: Prop) -> str:
        known = "state IS NOT NULL"
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
            return f"max(:day - last_day, 0) {comparison} {time} * stability"

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


def _escaped(text: str) -> str:
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, f"\\{sign}")
    return text
