"""Which files are decks, which are translations of which, and whether a file has changed. Opens none of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

#: Larger files are no decks. (A thousand long cards take one megabyte.) With the bounds of `parse.py` this bounds the
#: time that any file can take to about ten seconds; a deck takes half a millisecond a card.
LARGEST = 2 * 1024 * 1024

#: Files that stand beside decks in every repository and are none. Named on the command line they are read all the same.
NOT_DECKS = frozenset(
    {
        "readme",
        "changelog",
        "contributing",
        "license",
        "licence",
        "code_of_conduct",
        "security",
        "authors",
        "history",
        "todo",
    }
)

#: Modification time in nanoseconds and size: of the deck, then of each translation by name.
Fingerprint = tuple[tuple[str, int, int], ...]


class DeckFile(NamedTuple):
    """A deck's file and its translations by language."""

    path: Path
    translations: tuple[tuple[str, Path], ...] = ()


def language_of(name: str) -> tuple[str, str] | None:
    """For the file name `name.ko.md`, the deck's file name `name.md` and the language `ko`; None for any other.

    A language is two letters of ISO 639-1, with a region or script if need be: `pt-BR`, `zh-Hant`.
    """
    if not name.endswith(".md"):
        return None
    deck, dot, language = name[:-3].rpartition(".")
    if not dot:
        return None
    letters, hyphen, region = language.partition("-")
    plain = len(letters) == 2 and letters.isascii() and letters.isalpha() and letters.islower()
    regional = 2 <= len(region) <= 8 and region.isascii() and region.isalnum() if hyphen else True
    return (f"{deck}.md", language) if deck and plain and regional else None


def deck_files(paths: Iterable[Path]) -> Iterator[DeckFile]:
    """The decks among files and below folders, each once, in the order of their paths. Hidden folders are skipped.

    A translation named by itself stands for its deck. Paths that do not exist give nothing.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _below(path) if path.is_dir() else _single(path):
            name = str(found.path)
            if name not in seen:
                seen.add(name)
                yield found


def fingerprint(file: DeckFile) -> Fingerprint:
    """What changes when a deck or a translation of it is written; empty when the deck cannot be found."""
    deck = _print(file.path)
    if not deck or not file.translations:
        return deck
    return deck + tuple([found for _, path in file.translations for found in _print(path)])


def _print(path: Path) -> Fingerprint:
    try:
        status = os.stat(path)  # noqa: PTH116 - twice as fast, and there may be thousands
    except OSError:
        return ()
    return ((path.name, status.st_mtime_ns, status.st_size),)


def translations_of(path: Path) -> tuple[tuple[str, Path], ...]:
    """The translations beside a deck."""
    try:
        names = os.listdir(path.parent)  # noqa: PTH208 - names are wanted, not paths
    except OSError:
        return ()
    return _translations(path.parent, path.name, names)


def _below(folder: Path) -> Iterator[DeckFile]:
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError:
        return
    names = {name for name, is_folder in found if not is_folder and name.endswith(".md") and not name.startswith(".")}
    by_deck: dict[str, list[tuple[str, Path]]] = {}
    decks = []
    for name in sorted(names):
        translation = language_of(name)
        if translation is not None and translation[0] in names:
            by_deck.setdefault(translation[0], []).append((translation[1], folder / name))
        elif name[:-3].lower() not in NOT_DECKS:
            decks.append(name)
    for name in decks:
        yield DeckFile(folder / name, tuple(by_deck.get(name, ())))
    for name, is_folder in found:
        if is_folder and not name.startswith("."):
            yield from _below(folder / name)


def _single(path: Path) -> Iterator[DeckFile]:
    if not path.exists():
        return
    translation = language_of(path.name)
    if translation is not None and (path.parent / translation[0]).exists():
        path = path.parent / translation[0]
    yield DeckFile(path, translations_of(path))


def _translations(folder: Path, deck: str, names: Iterable[str]) -> tuple[tuple[str, Path], ...]:
    found = []
    for name in sorted(names):
        translation = language_of(name)
        if translation is not None and translation[0] == deck and not name.startswith("."):
            found.append((translation[1], folder / name))
    return tuple(found)
