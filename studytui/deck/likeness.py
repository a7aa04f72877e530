"""Cards that ask nearly the same, within a deck and between the decks of one run.

Two questions are alike when most of their pairs of neighbouring words are the same. Not all pairs of cards are
compared: two that are alike share one of the few rarest word pairs of each (prefix filtering), so only those meet.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from studytui.deck.codes import CODES
from studytui.deck.kinds.cloze import Cloze
from studytui.deck.model import Finding
from studytui.deck.phrases import said
from studytui.deck.plan import Computed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studytui.deck.model import Card

#: The share of word pairs from which two questions are one. Different questions of the built-in decks stay below 0.65.
ALIKE = 0.8
#: Shorter questions are compared as a whole; so many cards that share a word pair are compared with the next; so many
#: findings of one file are told.
_FEWEST_WORDS, _MOST_COMPARED, _MOST_TOLD = 5, 30, 100

#: Words that make no question another one.
_SMALL = (
    "a an the of to in on at is are was be do does did has have it its this that these those what which how when where "
    "why who and or for with by from as into then than so if you your they their there here now also"
)
_SMALL_WORDS = frozenset(_SMALL.split())
_WORDS = re.compile(r"[\w{}]+|[-+−×·/=<>]")


class _Asked(NamedTuple):
    """Where a card stands, its words, the expression of its answer if it has one, and the hashes of its word pairs."""

    card: str
    file: str
    line: int
    words: str
    answer: str
    pairs: array[int]


class Questions:
    """The questions of one run; some 200 bytes a card are kept."""

    def __init__(self) -> None:
        self._asked: list[_Asked] = []

    def add(self, cards: Iterable[Card]) -> None:
        """Notes what the cards of a deck ask; the gaps of one sentence ask once."""
        families: set[str] = set()
        for card in cards:
            if card.family and card.family in families:
                continue
            families.add(card.family)
            own = card.content.text if isinstance(card.content, Cloze) else card.question
            words = _WORDS.findall(said(card.heading + own))
            answer = card.content.answer if isinstance(card.content, Computed) else ""
            pairs = array("L", _pairs(words))
            self._asked.append(_Asked(card.id, card.file, card.line, " ".join(words), answer, pairs))

    def alike(self) -> Iterator[Finding]:
        """A finding at the later of two cards that ask nearly the same; each card is told once."""
        often = Counter(pair for asked in self._asked for pair in asked.pairs)
        meeting: dict[int, list[int]] = {}
        told: Counter[str] = Counter()
        for number, asked in enumerate(self._asked):
            size = len(asked.pairs)
            rarest = sorted(asked.pairs, key=lambda pair: (often[pair], pair))[: size - ceil(ALIKE * size) + 1]
            candidates = {other for pair in rarest for other in meeting.get(pair, ())[-_MOST_COMPARED:]}
            other = self._like(asked, sorted(candidates))
            if other is not None and told[asked.file] < _MOST_TOLD:
                told[asked.file] += 1
                yield _finding(asked, other)
            for pair in rarest:
                meeting.setdefault(pair, []).append(number)

    def _like(self, asked: _Asked, candidates: Iterable[int]) -> _Asked | None:
        """The first of some cards that asks nearly the same."""
        pairs, size = set(asked.pairs), len(asked.pairs)
        for number in candidates:
            other = self._asked[number]
            count = len(other.pairs)
            if ALIKE * size <= count <= size / ALIKE:
                shared = len(pairs.intersection(other.pairs))
                if shared >= ALIKE * (size + count - shared) and not _are_of_one_pattern(asked, other):
                    return other
        return None


def _pairs(words: list[str]) -> Iterator[int]:
    """A hash for each pair of neighbouring words; a pair that comes again counts again."""
    if len(words) < _FEWEST_WORDS:
        yield crc32(" ".join(words).encode())
        return
    seen: dict[str, int] = {}
    for pair in map(" ".join, pairwise(words)):
        seen[pair] = seen.get(pair, 0) + 1
        yield crc32(f"{pair} {seen[pair]}".encode())


def _are_of_one_pattern(left: _Asked, right: _Asked) -> bool:
    """Whether a term of one stands where the other has another term: “forget gate” and “input gate”."""
    if left.answer and left.answer == right.answer:
        return False
    ours, theirs = Counter(left.words.split(" ")), Counter(right.words.split(" "))
    return all(any(word not in _SMALL_WORDS for word in own) for own in (ours - theirs, theirs - ours))


def _finding(asked: _Asked, other: _Asked) -> Finding:
    where = f"line {other.line}" if other.file == asked.file else f"{other.file}:{other.line}"
    message = f"this asks nearly the same as “{other.card}” ({where}): ask something else, or remove one"
    return Finding(asked.file, asked.line, "near-duplicate", message, CODES["near-duplicate"].level, asked.card)
