"""Deck files on disk become decks, with their translations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.deck.codes import Findings
from studytui.deck.files import LARGEST, DeckFile, language_of, translations_of
from studytui.deck.model import Card, Deck
from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studytui.deck.blocks import Text
    from studytui.deck.draft import Draft


@frozen
class Loaded:
    """A deck with all its findings, those of its translations included, and its sections by id."""

    deck: Deck
    drafts: Mapping[str, Draft]


def load(path: Path) -> Deck:
    """The deck of a file, with its translations. Whatever is wrong is among its findings; nothing is raised."""
    return load_file(DeckFile(path, translations_of(path))).deck


def load_file(file: DeckFile) -> Loaded:
    """The deck of a file whose translations are known."""
    from studytui.deck.parse import parse_deck
    from studytui.deck.translation import parse_translation

    name = str(file.path)
    findings = Findings(name)
    data = _read(file.path, findings)
    if data is None:
        return Loaded(Deck(file.path.stem, file.path.stem, name, findings=findings.found), {})
    parsed = parse_deck(data, name, file.path.stem)
    found = [*parsed.deck.findings]
    if language_of(file.path.name) is not None:
        base = language_of(file.path.name)
        message = (
            f"this is a translation of {base[0] if base else ''}, which is not there: write it, or rename this file"
        )
        findings.add(1, "translation-without-deck", message)
        found += findings.found
    translations: dict[str, Mapping[str, Card]] = {}
    titles: dict[str, str] = {}
    introductions: dict[str, Text] = {}
    for language, path in file.translations:
        own = Findings(str(path))
        content = _read(path, own)
        found += own.found
        if content is not None:
            translation = parse_translation(content, str(path), language, parsed)
            translations[language] = translation.cards
            if translation.title:
                titles[language] = translation.title
            if translation.introduction:
                introductions[language] = translation.introduction
            found += translation.findings.found
    deck = replace(
        parsed.deck,
        findings=tuple(found),
        languages=tuple(translations),
        translations=translations,
        titles=titles,
        introductions=introductions,
    )
    return Loaded(deck, parsed.drafts)


def translate(deck: Deck, card: Card, language: str) -> Card:
    """The card in a language, or as it is where the deck has no translation of it."""
    return deck.translations.get(language, {}).get(card.id, card)


def _read(path: Path, findings: Findings) -> bytes | None:
    """The file's bytes, or None with a finding."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            limit = LARGEST // 1024 // 1024
            message = f"the file has {size / 1024 / 1024:.1f} MB, a deck at most {limit}: split it into several decks"
            findings.add(0, "file-too-large", message)
            return None
        return path.read_bytes()
    except FileNotFoundError:
        findings.add(0, "missing-file", "there is no such file: check the path")
    except OSError as error:
        findings.add(0, "unreadable-file", f"the file cannot be opened ({error.strerror}): check its permissions")
    return None
