"""Which cards a query finds: the set of each term, kept while it stays true, and put together as the query says.

Of a line that is being typed only its last term is new. What a term costs is for SQLite to find its cards, and to hand
them over: in one value, as a row for each would take twice as long.
"""

# ruff: noqa: S608 - SQL is put together from constants of this room and whole numbers only

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studytui.journal import sets
from studytui.journal.searching import AtThisMoment, Listed, OfEach, WithText, ways
from studytui.search.tree import All, Any, Not, OfKind, Tagged, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studytui.journal.searching import Asked, Way
    from studytui.journal.store import Row, Store
    from studytui.search.tree import Query, Term

#: The smallest piece of text that trigrams find by themselves.
_TRIGRAM = 3
#: So many terms are kept: more than anyone types in a row, in a few megabytes.
_KEPT = 256


class Picker:
    """Finds sets of cards. `trigrams` is whether the index has any. Raises JournalError."""

    def __init__(self, store: Store, *, trigrams: bool) -> None:
        self._store = store
        self.trigrams = trigrams
        #: Of so many cards the texts are read one by one; of more, the trigrams tell sooner.
        self.few = 4_000
        #: What texts say changes with the index alone, what is known of cards with every answer.
        self._texts = _Kept(())
        self._known = _Kept(())
        self._pieces: dict[str, int] = {}
        self._every = 0
        #: Where keys are missing in between: all of them, the greatest first.
        self._keys: list[int] | None = None

    def pick(self, query: Query, asked: Asked) -> int:
        """The cards that a query finds, those in no open deck among them."""
        self._renew(asked)
        return self._pick(query, asked, self._every)

    def keys(self, query: str, values: Mapping[str, object]) -> list[int]:
        """The keys that a query has in its column `key`, in its order."""
        row = self._store.row(sets.PACKED.format(query), dict(values))
        return sets.unpacked(row[0] if row else None)

    def _renew(self, asked: Asked) -> None:
        """What is kept, but for what has changed."""
        journal, texts = (self._store.rows(f"PRAGMA {name}.data_version")[0][0] for name in ("main", "texts"))
        if self._texts.since != (texts,):
            self._texts, self._pieces = _Kept((texts,)), {}
        since = (journal, texts, asked.today.day, asked.leech)
        if self._known.since != since:
            self._every, self._keys = self._all()
            self._known = _Kept(since)  # last: a search that was stopped before this leaves all to the next

    def _all(self) -> tuple[int, list[int] | None]:
        """All cards; and their keys, the greatest first, where one is missing in between."""
        ((count, first, last),) = self._store.rows(
            "SELECT (SELECT count(*) FROM cards), (SELECT min(key) FROM cards), (SELECT max(key) FROM cards)"
        )
        if count and count == last - first + 1:
            return ((1 << count) - 1) << first, None
        keys = [key for (key,) in self._store.rows("SELECT key FROM cards ORDER BY key DESC")]
        return sets.of_keys(keys), keys

    def _pick(self, query: Query, asked: Asked, among: int) -> int:
        """Those of some cards that a query finds."""
        match query:
            case All(parts):
                # Texts last: of few cards they are read one by one.
                for part in sorted(parts, key=lambda part: isinstance(part, Words)):
                    among = self._pick(part, asked, among) if among else 0
                return among
            case Any(parts):
                found = 0
                for part in parts:
                    found |= self._pick(part, asked, among)
                return found
            case Not(part):
                return among & ~self._pick(part, asked, among)
            case _:
                return among & self._term(query, asked, among)

    def _term(self, term: Term, asked: Asked, among: int) -> int:
        """At least those of some cards that a term finds; it may give others that it finds, too."""
        kept = self._texts if isinstance(term, Words | Tagged | OfKind) else self._known
        found = 0
        for number, way in enumerate(ways(term, asked)):
            known = kept.terms.get((term, number))
            if known is None:
                known, whole = self._way(way, among)
                if whole:
                    kept.keep((term, number), known)
            found |= known
        return found

    def _way(self, way: Way, among: int) -> tuple[int, bool]:
        """The cards of a way, and whether these are all of them, for as long as nothing is written."""
        match way:
            case OfEach(condition, values):
                return self._of_each(condition, values), True
            case Listed(keys, values):
                return sets.of_keys(self.keys(keys, values)), True
            case AtThisMoment(keys, values):
                return sets.of_keys(self.keys(keys, values)), False
            case WithText(text):
                return self._with_text(text, among)

    def _of_each(self, condition: str, values: Mapping[str, object]) -> int:
        """One digit for each card: turned round they are the set already, where no key is missing.

        Without an index SQLite goes through a table by its keys.
        """
        row = self._store.row(
            f"SELECT group_concat(iif({condition}, '1', '0'), '') FROM cards NOT INDEXED",
            dict(values),
        )
        digits: str = ((row[0] if row else None) or "0")[::-1]
        if self._keys is not None:
            return sets.of_keys([key for key, digit in zip(self._keys, digits, strict=False) if digit == "1"])
        lowest = (self._every & -self._every).bit_length() - 1
        return int(digits, 2) << max(lowest, 0)

    # -- texts ---------------------------------------------------------------------------------------------------------

    def _with_text(self, text: str, among: int) -> tuple[int, bool]:
        """Short texts by their piece; longer ones have all their pieces, which often leaves few to look into."""
        if len(text) < _TRIGRAM:
            return self._piece(text), True
        possible = among
        for start in range(len(text) - 1):
            possible &= self._piece(text[start : start + 2])
            if not possible:
                return 0, among == self._every
        if possible.bit_count() <= self.few or not self.trigrams:
            return self._look(text, possible), among == self._every
        match = '"' + text.replace('"', '""') + '"'
        return sets.of_keys(
            self.keys("SELECT rowid AS key FROM texts.words WHERE words MATCH :text", {"text": match})
        ), True

    def _piece(self, piece: str) -> int:
        """The cards whose text has a piece of one or two characters; the index has a set for each."""
        known = self._pieces.get(piece)
        if known is None:
            rows: list[Row] = self._store.rows(
                "SELECT page, held FROM texts.pages CROSS JOIN texts.pieces ON at = key WHERE piece = ?", (piece,)
            )
            known = self._pieces[piece] = sets.of_pages(rows)
        return known

    def _look(self, text: str, among: int) -> int:
        """Those of some cards in whose texts something stands."""
        chosen = json.dumps(sets.to_keys(among))
        query = (
            "SELECT key FROM texts.bodies WHERE key IN (SELECT value FROM json_each(:among)) AND instr(folded, :text)"
        )
        return sets.of_keys(self.keys(query, {"among": chosen, "text": text}))


class _Kept:
    """The sets of terms, for as long as what they were found in stays as it was `since`."""

    def __init__(self, since: tuple[object, ...]) -> None:
        self.since = since
        self.terms: dict[tuple[Term, int], int] = {}

    def keep(self, term: tuple[Term, int], found: int) -> None:
        """Keeps one set, and forgets all when there are too many: they are found again."""
        if len(self.terms) >= _KEPT:
            self.terms = {}
        self.terms[term] = found
