"""The cache of read decks: one file a deck, so that starting up reads no Markdown and showing a card reads one line.

The first line says what the file was made from, the second where each line is, the third lists the deck's cards and
findings; every other line is one card in one language, behind its id and kind.
What cannot be read, or was written by another version, counts as missing; what cannot be written is not.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from binascii import crc32
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from studytui import __version__
from studytui.deck.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from studytui.deck.blocks import Text
    from studytui.deck.codec import Codec
    from studytui.deck.files import Fingerprint
    from studytui.deck.model import Card, Deck, Finding

#: Raised whenever cards are read or written in another way.
VERSION = f"{__version__}/7"


_encoded = json.JSONEncoder(ensure_ascii=False).encode
#: So much of a file is read at first: the places of 600 lines.
_START = 16_384
#: The bytes of one place: a checksum of the key, and where its line begins and how long it is, in hexadecimal.
_PLACE = 27
#: The fields whose text is what a card says.
_SAYING = frozenset(("text", "answer", "gap", "accept", "show", "where"))
#: What reading a damaged cache file raises.
DAMAGED = (ValueError, LookupError, TypeError, AttributeError)


class CardSummary(NamedTuple):
    """What the queue and a quiz need to know of a card before it is asked. `tags` are its deck's and its own."""

    id: str
    family: str
    kind: str
    line: int
    tags: tuple[str, ...] = ()


class DeckSummary(NamedTuple):
    """What a list of decks shows. `size` is the number of cards.

    `renames` are offers: (the id that is gone, the id that it seems to have become). `titles` are those of the
    translations that have one, by language.
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
    titles: Mapping[str, str] = {}

    def title_in(self, language: str) -> str:
        """The title in a language; the deck's own where its translation has none."""
        return self.titles.get(language, self.title)


class Cache:
    """A folder of cache files. Safe with several programs at once: files are replaced whole."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._names: dict[str, str] = {}

    def index(self) -> dict[str, DeckSummary]:
        """The summaries of all decks by file, from one small file; empty when there is none."""
        content = self._read("index.json")
        with contextlib.suppress(*DAMAGED):
            table = json.loads(content)
            if table["version"] == VERSION:
                return {summary.file: summary for summary in map(_summary, table["decks"])}
        return {}

    def write_index(self, summaries: Mapping[str, DeckSummary]) -> None:
        """Replaces the summaries."""
        table = {"version": VERSION, "decks": list(summaries.values())}
        self._write("index.json", json.dumps(table, ensure_ascii=False).encode())

    def store(self, deck: Deck, fingerprint: Fingerprint) -> StoredDeck:
        """Keeps a deck's cards, with their translations, and its findings; gives them as they are kept."""
        summary = {
            "cards": [(card.id, card.family, card.kind, card.line, card.tags) for card in deck.cards],
            "findings": [
                (each.file, each.line, each.code, each.message, each.level.value, each.card) for each in deck.findings
            ],
        }
        lines = [
            (_key("", language), _plain_codec().encode(text))
            for language, text in {"": deck.introduction, **deck.introductions}.items()
        ]
        for language, cards in (("", {card.id: card for card in deck.cards}), *deck.translations.items()):
            lines += [
                (_key(card_id, language), f"{card.kind}\t{_codec(card.kind).encode(card)}")
                for card_id, card in cards.items()
            ]
        head = {"version": VERSION, "fingerprint": fingerprint}
        content = _file(_encoded(head), _encoded(summary), lines)
        self._write(self._name(deck.file), content)
        return StoredDeck(content)

    def stored(self, file: str) -> StoredDeck | None:
        """A deck as it was kept last, whether the file has changed since or not; None when there is nothing usable."""
        if self._folder is None:
            return None
        path = f"{self._folder}/{self._name(file)}"
        with contextlib.suppress(*DAMAGED):
            return StoredDeck(_read(path, 0, _START), path)
        return None

    def _name(self, file: str) -> str:
        """The name of a deck's cache file; noted, since a card that is shown asks for it."""
        if file not in self._names:
            digest = hashlib.sha256(str(Path(file).absolute()).encode(errors="surrogateescape")).hexdigest()
            self._names[file] = f"{digest[:32]}.jsonl"
        return self._names[file]

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
    """One cache file: its first lines are in memory, the summary and each card's line are read when they are asked for.

    They raise one of `DAMAGED` when they are damaged, or when the file is another one by now.
    """

    def __init__(self, start: bytes, path: str = "") -> None:
        """`start` is the file, or begins it where `path` names it."""
        self._start, self._path = start, path
        self._head = start[: start.index(b"\n")]
        table = json.loads(self._head)
        if table["version"] != VERSION:
            raise ValueError("written by another version")
        self.fingerprint = _fingerprint(table["fingerprint"])

    @cached_property
    def _content(self) -> bytes:
        """The whole file."""
        content = _read(self._path) if self._path else self._start
        if not content.startswith(self._head + b"\n"):
            raise ValueError("another file by now")
        return content

    @cached_property
    def _places(self) -> bytes:
        """The line that says where the others are."""
        first = len(self._head) + 1
        end = self._start.find(b"\n", first)
        return self._start[first:end] if end >= 0 else self._content.split(b"\n", 2)[1]

    @cached_property
    def _summary(self) -> dict[str, list[list[Any]]]:
        summary: dict[str, list[list[Any]]] = json.loads(self._content.split(b"\n", 3)[2])
        return summary

    @property
    def ids(self) -> list[str]:
        """The ids of all cards in the deck's order."""
        return [row[0] for row in self._summary["cards"]]

    @property
    def cards(self) -> tuple[CardSummary, ...]:
        """All cards in the deck's order."""
        rows = self._summary["cards"]
        return tuple(
            [CardSummary(card, family, kind, int(line), tuple(tags)) for card, family, kind, line, tags in rows]
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the deck."""
        from studytui.deck.model import Finding, Level

        return tuple(
            Finding(file, int(line), code, message, Level(level), card)
            for file, line, code, message, level, card in self._summary["findings"]
        )

    def card(self, card_id: str, language: str = "") -> Card | None:
        """One card, in the language if it was translated."""
        row = self._row(card_id, language)
        if row is None:
            return None
        kind, _, encoded = row.partition(b"\t")
        card: Card = _codec(kind.decode()).decode(encoded)
        return card

    def introduction(self, language: str = "") -> Text:
        """What the deck says before its first card, in the language if it was translated."""
        row = self._row("", language)
        text: Text = _plain_codec().decode(row) if row is not None else ()
        return text

    def languages(self, card_id: str, among: Iterable[str]) -> tuple[str, ...]:
        """Those of some languages into which a card was translated."""
        return tuple([each for each in among if self._line(_key(card_id, each)) is not None])

    def _row(self, card_id: str, language: str) -> bytes | None:
        """The line of a card, or of the introduction for no card, behind its key."""
        for each in dict.fromkeys((language, "")):
            line = self._line(_key(card_id, each))
            if line is not None:
                return line
        return None

    def _line(self, key: bytes) -> bytes | None:
        """What stands behind a key; None where the file does not have it."""
        found = self._places.find(_mark(key))
        if found < 0:
            return None
        _, offset, length = self._places[found : found + _PLACE].split(b":")
        first, size = int(offset, 16), int(length, 16)
        line = _read(self._path, first, size) if self._path else self._start[first : first + size]
        if line.startswith(key) and line.endswith(b"\n"):
            return line[len(key) : -1]
        # Two keys look alike, or the file is another one.
        start = self._content.find(b"\n" + key) + 1
        return self._content[start + len(key) : self._content.index(b"\n", start)] if start else None


def _file(head: str, summary: str, lines: Iterable[tuple[bytes, str]]) -> bytes:
    """A cache file of its head and summary, and of lines behind their keys."""
    first, third = (f"{each}\n".encode(errors="replace") for each in (head, summary))
    whole = [(key, key + line.encode(errors="replace") + b"\n") for key, line in lines]
    offset = len(first) + _PLACE * len(whole) + 1 + len(third)
    places = []
    for key, line in whole:
        places.append(_mark(key) + b"%08x:%08x" % (offset, len(line)))
        offset += len(line)
    return b"".join((first, *places, b"\n", third, *(line for _, line in whole)))


def _mark(key: bytes) -> bytes:
    """What the place of a line is found by."""
    return b" %08x:" % crc32(key)


def _key(card_id: str, language: str) -> bytes:
    """What a card's line begins with; a JSON text, so that no id can look like another."""
    return f"{_encoded([card_id, language])}\t".encode(errors="replace")


def _read(path: str, first: int = 0, size: int = -1) -> bytes:
    """So many bytes of a file from a place on, or all of it. Raises ValueError where it cannot be read."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - twice as fast as Path
            file.seek(first)
            return file.read(size)
    except OSError as error:
        raise ValueError(str(error)) from error


@cache
def _codec(kind: str) -> Codec:
    """The codec for cards of one kind: no other kind's module is loaded for it."""
    from studytui.deck.blocks import Block, Span
    from studytui.deck.codec import Codec
    from studytui.deck.model import Card
    from studytui.deck.registry import kind_of

    return Codec((Card, Block, Span, *kind_of(kind).contents))


@cache
def _plain_codec() -> Codec:
    """The codec for text that is no card's."""
    from studytui.deck.blocks import Block, Span
    from studytui.deck.codec import Codec

    return Codec((Block, Span))


def words_of(card: Card) -> str:
    """All that a card says, for telling whether two cards are one under different names."""
    return " ".join(_words((card.heading, card.question, card.explanation, card.content)))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from _words(item)
        return
    for name in getattr(value, "__match_args__", ()):
        item = getattr(value, name)
        if isinstance(item, str):
            yield from (item,) if name in _SAYING else ()
        else:
            yield from _words(item)


def _summary(row: list[Any]) -> DeckSummary:
    """A summary as the index has it, its fields in their order. Raises TypeError or ValueError when it is damaged."""
    name, title, file, prints, size, kinds, tags, source, languages, errors, warnings, renames, titles = row
    if {*map(type, (name, title, file, source))} != {str}:
        raise TypeError("no summary of a deck")
    if {*map(type, titles.values())} - {str}:
        raise TypeError("no summary of a deck")
    if {*map(type, (size, errors, warnings, *kinds.values()))} != {int}:
        raise TypeError("no summary of a deck")
    return DeckSummary(
        name, title, file, _fingerprint(prints), size, kinds, tuple(map(str, tags)), source,
        tuple(map(str, languages)), errors, warnings, tuple([(str(old), str(new)) for old, new in renames]),
        titles,
    )  # fmt: skip


def _fingerprint(prints: list[list[Any]]) -> Fingerprint:
    return tuple([(str(name), int(time), int(size)) for name, time, size in prints])
