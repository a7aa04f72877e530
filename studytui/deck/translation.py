"""Translations: `name.ko.md` beside `name.md` holds the same cards in other words. Ids and data stay the deck's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.deck.codes import Findings
from studytui.deck.draft import same_names
from studytui.deck.model import Card, Deck
from studytui.deck.parse import cards_of, decode, limited, read_introduction, read_section
from studytui.deck.registry import CLASSES, kind_of
from studytui.deck.scan import scan
from studytui.deck.table import Table
from studytui.frozen import frozen
from studytui.text import did_you_mean

if TYPE_CHECKING:
    from studytui.deck.blocks import Text
    from studytui.deck.draft import Draft
    from studytui.deck.kinds.kind import Kind
    from studytui.deck.parse import Parsed


@frozen
class Translation:
    """One language's cards by id, its title and introduction, and what is wrong with the file."""

    language: str
    cards: Mapping[str, Card]
    findings: Findings
    title: str = ""
    introduction: Text = ()


def parse_translation(data: bytes, file: str, language: str, base: Parsed) -> Translation:
    """Reads a translation against its deck. Cards that differ in structure are findings and fall back to the deck's."""
    findings = Findings(file)
    text, bad_lines = decode(data, findings)
    outline = scan(text, findings)
    originals = _by_section(base.deck)
    if outline.fence is not None:
        message = "a translation has no settings of its own: remove the fence, the deck's are used"
        findings.add(outline.fence.line, "translation-fence", message)
    introduction = read_introduction(outline, findings)
    cards: dict[str, Card] = {}
    seen: set[str] = set()
    for section in limited(outline.sections, findings):
        draft = read_section(section, base.deck.id, file, (), findings)
        if draft.id in seen:
            findings.add(draft.line, "duplicate-id", "this card was translated above already: remove one")
            continue
        seen.add(draft.id)
        if any(draft.line <= line < draft.line + section.text.count("\n") + 2 for line in bad_lines):
            findings.add(draft.line, "not-utf8", "this card holds bytes that are not UTF-8: retype them", draft.id)
        original = base.drafts.get(draft.id)
        if original is None:
            _orphan(draft, base, findings)
        elif draft.id in originals and not draft.unreadable:
            cards |= _translated(draft, original, originals[draft.id], findings)
    for missing in [card for card in originals if card not in seen]:
        local = missing.partition("/")[2]
        message = (
            f"“{local}” ({base.deck.file}:{base.drafts[missing].line}) is not translated: add it with {{#{local}}}"
        )
        findings.add(1, "translation-missing", message, missing)
    good = {card: cards[card] for card in cards if card not in findings.broken}
    return Translation(language, good, findings, outline.title or "", introduction)


def _by_section(deck: Deck) -> dict[str, list[Card]]:
    """The deck's good cards by the id of their section."""
    sections: dict[str, list[Card]] = {}
    for card in deck.cards:
        sections.setdefault(card.family or card.id, []).append(card)
    return sections


def _orphan(draft: Draft, base: Parsed, findings: Findings) -> None:
    local = draft.id.partition("/")[2]
    near = did_you_mean(local, [card.partition("/")[2] for card in base.drafts])
    message = f"the deck has no card “{local}”{near or ': remove it, or give it the id of the card that it translates'}"
    findings.add(draft.line, "translation-orphan", message, draft.id)


def _translated(draft: Draft, original: Draft, cards: Sequence[Card], findings: Findings) -> dict[str, Card]:
    """The section's cards in the other language, by the ids of the deck's."""
    kind = kind_of(cards[0].kind)
    own = set(draft.classes) & set(CLASSES)
    if own and own != set(original.classes) & set(CLASSES):
        message = f"the class differs from the deck's (line {original.line}): remove it, the deck's is used"
        findings.add(draft.line, "translation-differs", message, draft.id)
        return {}
    if draft.table is not None:
        for key in draft.table.values:
            if key not in kind.prose_keys:
                message = f"“{key}” belongs in the deck: a translation holds prose only, remove it"
                findings.add(draft.table.line_of(key), "translation-fence", message, draft.id)
    if draft.id in findings.broken:
        return {}
    try:
        aligned = _aligned(draft, original, kind) if kind.keys else draft
    except ValueError as stray:
        message = f"{stray} ({cards[0].file}:{cards[0].line}): give both the same structure"
        findings.add(draft.line, "translation-differs", message, draft.id)
        return {}
    if aligned is None:
        message = f"where does the explanation begin? put --- before it (in the deck it follows line {original.line})"
        findings.add(draft.line, "translation-differs", message, draft.id)
        return {}
    translated = cards_of(replace(aligned, classes=original.classes, tags=original.tags), kind, findings)
    if draft.id in findings.broken:
        return {}
    return _paired(translated, cards, draft, findings)


def _aligned(draft: Draft, original: Draft, kind: Kind) -> Draft | None:
    """The section with the deck's data, as if they stood where its own fence stands.

    Without a fence, question and explanation are told apart by a `---`, or by having as many blocks as the deck's;
    None when neither helps. Raises ValueError for prose that has no place in the deck's fence.
    """
    assert original.table is not None  # noqa: S101 - the deck's card is of a kind that has a fence
    values = original.table.values
    if draft.table is not None:
        return replace(draft, table=Table(draft.table.line, kind.retold(values, draft.table.values), draft.table.lines))
    body = draft.body
    rule = next((at for at, block in enumerate(body.blocks) if block.form == "rule" and block.level == 0), None)
    if rule is not None:
        line = body.lines[rule]
        blocks, lines = list(body.blocks), list(body.lines)
        del blocks[rule], lines[rule]
        return replace(draft, body=replace(body, blocks=blocks, lines=lines), table=Table(line, values, {}))
    if len(body.blocks) != len(original.body.blocks):
        return None
    before = len(original.split_at_fence()[0])
    line = body.lines[before] if before < len(body.lines) else draft.line + 1_000_000
    return replace(draft, table=Table(line, values, {}))


def _paired(translated: Sequence[Card], cards: Sequence[Card], draft: Draft, findings: Findings) -> dict[str, Card]:
    found: dict[str, Card] = {}
    for place, card in enumerate(cards):
        mine = _partner(card, place, translated, cards)
        wrong = (
            "it has other gaps" if mine is None else kind_of(card.kind).difference(card, mine) or same_names(card, mine)
        )
        if mine is None or wrong:
            message = f"{wrong} ({card.file}:{card.line}): give both the same structure"
            findings.add(draft.line, "translation-differs", message, draft.id)
            return {}
        found[card.id] = replace(
            mine, id=card.id, family=card.family, content=_with_data_of(card, mine), tags=card.tags
        )
    return found


def _partner(card: Card, place: int, translated: Sequence[Card], cards: Sequence[Card]) -> Card | None:
    """The translated card of one of the section's cards: that of the same id, else that at the same place."""
    if len(translated) != len(cards):
        return None
    same_id = next((mine for mine in translated if mine.id == card.id), None)
    taken = {mine.id for mine in translated} & {other.id for other in cards}
    if same_id is not None or translated[place].id in taken:
        return same_id
    return translated[place]


def _with_data_of(card: Card, mine: Card) -> object:
    """The content of the translation; where it holds data beside prose (computed), the deck's data."""
    if card.kind != "computed":
        return mine.content
    from studytui.deck.plan import Computed

    assert isinstance(card.content, Computed)  # noqa: S101 - the registry goes by the card's kind
    assert isinstance(mine.content, Computed)  # noqa: S101 - made by the same kind
    own = mine.content
    return replace(card.content, unit=own.unit, words=own.words, steps=own.steps, ask=own.ask)
