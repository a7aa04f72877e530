"""The cache of read decks: one file a deck, so that starting up reads no Markdown and showing a card reads one line.

The first line lists a deck's cards and findings; every other line is one card in one language, behind its id and kind.
What cannot be read, or was written by another version, counts as missing; what cannot be written is not.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from studytui import __version__
from studytui.deck.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studytui.deck.codec import Codec
    from studytui.deck.files import Fingerprint
    from studytui.deck.model import Card, Deck, Finding

#: Raised whenever cards are read or written in another way.
VERSION = f"{__version__}/2"


class CardSummary(NamedTuple):
    """What the queue needs to know of a card."""

    id: str
    family: str
    kind: str
    line: int


class DeckSummary(NamedTuple):
    """What a list of decks shows. `size` is the number of cards.

    `renames` are offers: (the id that is gone, the id that it seems to have become).
    """

    id: str
    title: str
    file: str
    fingerprint: Fingerprint
    size: int
    kinds: Mapping[str, int]
    tags: tuple[str, ...] = ()
    source: str = ""
    languages: tuple[str, ...] = ()
    errors: int = 0
    warnings: int = 0
    renames: tuple[tuple[str, str], ...] = ()


class Cache:
    """A folder of cache files. Safe with several programs at once: files are replaced whole."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def index(self) -> dict[str, DeckSummary]:
        """The summaries of all decks by file, from one small file; empty when there is none."""
        content = self._read("index.json")
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
            table = json.loads(content)
            if table["version"] == VERSION:
                return {summary.file: summary for summary in map(_summary, table["decks"])}
        return {}

    def write_index(self, summaries: Mapping[str, DeckSummary]) -> None:
        """Replaces the summaries."""
        table = {"version": VERSION, "decks": [summary._asdict() for summary in summaries.values()]}
        self._write("index.json", json.dumps(table, ensure_ascii=False).encode())

    def store(self, deck: Deck, fingerprint: Fingerprint) -> StoredDeck:
        """Keeps a deck's cards, with their translations, and its findings; gives them as they are kept."""
        head = {
            "version": VERSION,
            "fingerprint": fingerprint,
            "cards": [(card.id, card.family, card.kind, card.line) for card in deck.cards],
            "findings": [
                (each.file, each.line, each.code, each.message, each.level.value, each.card) for each in deck.findings
            ],
        }
        rows = [json.dumps(head, ensure_ascii=False)]
        for language, cards in (("", {card.id: card for card in deck.cards}), *deck.translations.items()):
            rows += [
                f"{_key(card_id, language)}{card.kind}\t{_codec(card.kind).encode(card)}"
                for card_id, card in cards.items()
            ]
        content = "\n".join(rows).encode(errors="replace") + b"\n"
        self._write(self._name(deck.file), content)
        return StoredDeck(content)

    def stored(self, file: str) -> StoredDeck | None:
        """A deck as it was kept last, whether the file has changed since or not; None when there is nothing usable."""
        content = self._read(self._name(file))
        with contextlib.suppress(ValueError, KeyError, TypeError, IndexError):
            return StoredDeck(content)
        return None

    def _name(self, file: str) -> str:
        digest = hashlib.sha256(str(Path(file).absolute()).encode(errors="surrogateescape")).hexdigest()
        return f"{digest[:32]}.jsonl"

    def _read(self, name: str) -> bytes:
        if self._folder is None:
            return b""
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            return b""

    def _write(self, name: str, content: bytes) -> None:
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._folder / name, content, durable=False)


class StoredDeck:
    """One cache file in memory: the summary line is read, a card's line only when it is asked for."""

    def __init__(self, content: bytes) -> None:
        head, _, self._rows = content.partition(b"\n")
        table = json.loads(head)
        if table["version"] != VERSION:
            raise ValueError("written by another version")
        self.fingerprint: Fingerprint = tuple(
            (str(name), int(time), int(size)) for name, time, size in table["fingerprint"]
        )
        self._cards: list[list[str]] = table["cards"]
        self._findings: list[list[str]] = table["findings"]

    @property
    def ids(self) -> list[str]:
        """The ids of all cards in the deck's order."""
        return [row[0] for row in self._cards]

    @property
    def cards(self) -> tuple[CardSummary, ...]:
        """All cards in the deck's order."""
        return tuple([CardSummary(card, family, kind, int(line)) for card, family, kind, line in self._cards])

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the deck."""
        from studytui.deck.model import Finding, Level

        return tuple(
            Finding(file, int(line), code, message, Level(level), card)
            for file, line, code, message, level, card in self._findings
        )

    def card(self, card_id: str, language: str = "") -> Card | None:
        """One card, in the language if it was translated. Raises ValueError and the like when the line is damaged."""
        for each in dict.fromkeys((language, "")):
            key = _key(card_id, each).encode()
            start = 0 if self._rows.startswith(key) else self._rows.find(b"\n" + key) + 1
            if start or self._rows.startswith(key):
                kind, _, row = self._rows[start + len(key) : self._rows.find(b"\n", start)].partition(b"\t")
                card: Card = _codec(kind.decode()).decode(row)
                return card
        return None


def _key(card_id: str, language: str) -> str:
    """What a card's line begins with; a JSON text, so that no id can look like another."""
    return f"{json.dumps([card_id, language], ensure_ascii=False)}\t"


@cache
def _codec(kind: str) -> Codec:
    """The codec for cards of one kind: no other kind's module is loaded for it."""
    from studytui.deck.blocks import Block, Span
    from studytui.deck.codec import Codec
    from studytui.deck.model import Card
    from studytui.deck.registry import kind_of

    return Codec((Card, Block, Span, *kind_of(kind).contents))


def words_of(card: Card) -> str:
    """All that a card says, for telling whether two cards are one under different names."""
    encoded = _codec(card.kind).encode((card.heading, card.question, card.explanation, card.content))
    return " ".join(re.findall(r'"(?:text|answer|gap|accept|show|where)":"((?:[^"\\]|\\.)*)"', encoded))


def _summary(table: dict[str, Any]) -> DeckSummary:
    """A summary as the index has it. Raises TypeError or ValueError when it is damaged."""
    table["fingerprint"] = tuple((str(name), int(time), int(size)) for name, time, size in table["fingerprint"])
    table["renames"] = tuple((str(old), str(new)) for old, new in table["renames"])
    table["tags"], table["languages"] = tuple(map(str, table["tags"])), tuple(map(str, table["languages"]))
    summary = DeckSummary(**table)
    texts = (summary.id, summary.title, summary.file, summary.source)
    counts = (summary.size, summary.errors, summary.warnings, *summary.kinds.values())
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(count, int) for count in counts):
        raise TypeError("no summary of a deck")
    return summary
