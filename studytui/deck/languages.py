"""Whether a translation is one: parts that are still in the deck's language, decks that were forgotten."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from studytui.deck.codes import CODES
from studytui.deck.files import language_of
from studytui.deck.kinds.choice import Choice
from studytui.deck.kinds.cloze import Cloze
from studytui.deck.kinds.match import Match
from studytui.deck.kinds.order import Order
from studytui.deck.kinds.recall import Recall
from studytui.deck.model import Finding
from studytui.deck.plan import Computed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from studytui.deck.blocks import Text
    from studytui.deck.codes import Findings
    from studytui.deck.model import Card

#: By language: a character that every sentence of it has.
_SCRIPTS = {
    "ko": re.compile("[가-힣]"),
    "ja": re.compile("[ぁ-ヿ]"),
    "zh": re.compile("[一-鿿]"),
    "ru": re.compile("[а-яё]", re.IGNORECASE),
    "uk": re.compile("[а-яіїєґ]", re.IGNORECASE),
    "el": re.compile("[α-ωάέήίόύώ]", re.IGNORECASE),
    "ar": re.compile("[ء-ي]"),
    "he": re.compile("[א-ת]"),
    "hi": re.compile("[ऀ-ॿ]"),
    "th": re.compile("[ก-ฮ]"),
}
#: So many words make prose. Names, which are the same in all languages, begin with a capital.
_PROSE = 3
_WORD = re.compile(r"(?<![\w-])[^\W\d_A-Z][^\W\d_]+")
_GLOSS = re.compile(r"\([^()]*\)")
_NOT_PROSE = frozenset({"code", "math", "name", "mathname"})


def check_language(original: Card, translated: Card, language: str, findings: Findings) -> None:
    """Finds the parts of a translated card that nobody translated."""
    script = _SCRIPTS.get(language.partition("-")[0])
    own = dict(_parts(translated))
    left = []
    for name, text in _parts(original):
        before, after = _prose(text), _prose(own.get(name, ()))
        if len(_WORD.findall(before)) < _PROSE or (script is not None and script.search(before)):
            continue
        if after == before or (script is not None and after and script.search(after) is None):
            left.append(name)
    if left:
        message = f"still in the deck's language: {', '.join(left)}; translate it"
        findings.add(translated.line, "translation-same", message, translated.id)


def untranslated(languages: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    """For the languages of each deck by file: a finding where a deck lacks one that another deck of its folder has."""
    folders: dict[Path, list[str]] = {}
    for file in languages:
        if language_of(Path(file).name) is None:
            folders.setdefault(Path(file).parent, []).append(file)
    for together in folders.values():
        wanted = {language for file in together for language in languages[file]}
        for file in together:
            for language in sorted(wanted.difference(languages[file])):
                name = f"{Path(file).stem}.{language}.md"
                message = f"other decks of this folder are translated, this one is not: write {name}"
                yield Finding(file, 1, "deck-not-translated", message, CODES["deck-not-translated"].level)


def _parts(card: Card) -> Iterator[tuple[str, Text]]:
    yield "heading", card.heading
    yield "question", card.question
    match card.content:
        case Recall(answer):
            yield "answer", answer
        case Cloze(text):
            yield "sentence", text
        case Choice(options):
            yield "options", tuple(block for option in options for block in option)
        case Order(items):
            yield "items", tuple(block for item in items for block in item)
        case Match(left, right):
            yield "rows", tuple(block for side in (*left, *right) for block in side)
        case Computed() as computed:
            yield "parts", computed.asks
    yield "explanation", card.explanation


def _prose(text: Text) -> str:
    """The words of a text, without the glosses in parentheses, which are in the other language."""
    words = " ".join(
        span.text
        for block in text
        if block.form != "code"
        for spans in (block.spans, *block.cells)
        for span in spans
        if span.style not in _NOT_PROSE
    )
    return _GLOSS.sub(" ", words)
