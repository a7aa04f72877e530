"""The text of a deck file becomes a deck: cut into sections, settings read, each section given to its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from studytui.deck.codes import Findings
from studytui.deck.draft import Draft
from studytui.deck.identity import is_id, slug
from studytui.deck.markdown import Converted, convert, convert_line
from studytui.deck.model import Card, Deck
from studytui.deck.registry import CLASSES, NOT_AS_CHOICE, all_kinds, kind_of
from studytui.deck.scan import Outline, Section, scan
from studytui.deck.table import Table, check_keys, read_table
from studytui.frozen import frozen
from studytui.text import clean, clean_line, did_you_mean, unsafe_characters

if TYPE_CHECKING:
    from studytui.deck.blocks import Text
    from studytui.deck.kinds.kind import Kind

#: Most cards of a deck, and the longest text of one. They bound the time that any file can take.
MOST_CARDS, LONGEST_CARD = 10_000, 8_000
#: Findings about single characters that are told apart in one file.
_MOST_CHARACTERS = 20

_DECK_KEYS = ("id", "tags", "source")
_BAD_BYTES = re.compile("[\udc80-\udcff]")


@frozen
class Parsed:
    """A deck with its own findings, and the sections it came from, by id: what a translation is held against."""

    deck: Deck
    drafts: Mapping[str, Draft]


def parse_deck(data: bytes, file: str, default_id: str) -> Parsed:
    """Reads a deck file's bytes. Whatever they are, the result is a deck; what is wrong is among its findings."""
    findings = Findings(file)
    text, bad_lines = decode(data, findings)
    outline = scan(text, findings)
    settings = _settings(outline, findings)
    deck_id = _deck_id(settings, default_id, findings)
    tags = _tags(settings, findings, None)
    introduction = read_introduction(outline, findings)
    if outline.title is None:
        findings.add(outline.title_line, "no-title", f"the deck has no title: begin it with “# {default_id}”")
    if not outline.sections:
        findings.add(1, "no-cards", "the deck has no cards: write the first as “## Question” with its answer below")
    drafts: dict[str, Draft] = {}
    cards: list[Card] = []
    for section in limited(outline.sections, findings):
        draft = read_section(section, deck_id, file, tags, findings)
        if _is_duplicate(draft, drafts, findings):
            continue
        drafts[draft.id] = draft
        if any(draft.line <= line < draft.line + section.text.count("\n") + 2 for line in bad_lines):
            findings.add(draft.line, "not-utf8", "this card holds bytes that are not UTF-8: retype them", draft.id)
        cards += _cards(draft, findings)
    deck = Deck(
        id=deck_id,
        title=outline.title or default_id,
        file=file,
        introduction=introduction,
        tags=tags,
        source=_source(settings, findings),
        cards=_without_errors(_distinct(cards, findings), findings),
        findings=findings.found,
    )
    return Parsed(deck, drafts)


def read_introduction(outline: Outline, findings: Findings) -> Text:
    """What stands between the title and the first card."""
    if len(outline.introduction) > LONGEST_CARD:
        message = f"the introduction has more than {LONGEST_CARD} characters and is cut: shorten it"
        findings.add(outline.introduction_line, "card-too-large", message)
    introduction = convert(outline.introduction[:LONGEST_CARD], outline.introduction_line)
    _report(introduction, findings, None)
    for name, line in introduction.names:
        message = f"nothing is called “{name}” here: only computed cards have values; write \\{{{name}\\}} for braces"
        findings.add(line, "unknown-placeholder", message)
    return introduction.text


def decode(data: bytes, findings: Findings) -> tuple[str, list[int]]:
    """The clean text of a file, and the lines that hold bytes which are not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        findings.add(1, "not-utf8", "the file is UTF-16: save it as UTF-8")
    raw = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="surrogateescape")
    lines: list[int] = []
    if not raw.isascii():
        bad = [match.start() for match in _BAD_BYTES.finditer(raw)]
        lines = sorted({_line_at(raw, place) for place in bad[:_MOST_CHARACTERS]})
        if bad and not findings.found:
            findings.add(lines[0], "not-utf8", "bytes that are not UTF-8: save the file as UTF-8, or retype them")
    for place, name in unsafe_characters(_BAD_BYTES.sub("", raw))[:_MOST_CHARACTERS]:
        line = _line_at(_BAD_BYTES.sub("", raw), place)
        message = f"the character {name} is never shown: remove it"
        findings.add(line, "control-character", message)
    return clean(raw), lines


def limited(sections: Sequence[Section], findings: Findings) -> Sequence[Section]:
    """The sections that are read: not too many, none too long."""
    if len(sections) > MOST_CARDS:
        message = f"the deck has {len(sections)} cards, the first {MOST_CARDS} are read: split it into several files"
        findings.add(sections[MOST_CARDS].line, "too-many-cards", message)
    kept = []
    for section in sections[:MOST_CARDS]:
        if len(section.text) + len(section.heading) > LONGEST_CARD:
            message = f"the card has more than {LONGEST_CARD} characters and is left out: split it"
            findings.add(section.line, "card-too-large", message)
        else:
            kept.append(section)
    return kept


def read_section(section: Section, deck: str, file: str, tags: tuple[str, ...], findings: Findings) -> Draft:
    """A section's Markdown and fence, read; its id named or made from the heading."""
    local = section.id if section.id is not None else slug(section.heading)
    card = f"{deck}/{local}"
    if not is_id(local):
        message = f"“{clean_line(local)[:40]}” is no id: use letters, digits, - and _, as in {{#{slug(local)}}}"
        findings.add(section.line, "bad-id", message, card)
    _check_attributes(section, card, findings)
    if not section.heading:
        findings.add(section.line, "empty-heading", "the heading says nothing: write the question behind ##", card)
    heading, body = convert_line(section.heading, section.line), convert(section.text, section.line + 1)
    _report(heading, findings, card)
    _report(body, findings, card)
    table = read_table(section.fence, findings, card) if section.fence is not None else None
    own_tags = _tags(table, findings, card)
    return Draft(
        card,
        deck,
        file,
        section.line,
        heading.text,
        section.classes,
        body,
        table,
        (*heading.names, *body.names),
        tuple(dict.fromkeys(tags + own_tags)),
        named=section.id is not None,
        unreadable=section.fence is not None and table is None,
    )


def cards_of(draft: Draft, kind: Kind, findings: Findings) -> Sequence[Card]:
    """The cards that a kind makes of a section."""
    if draft.table is not None:
        allowed = ("tags", *kind.keys)
        everywhere = [key for each in all_kinds() for key in each.keys if key not in allowed]
        for key in draft.table.values:
            if key in everywhere:
                message = f"“{key}” means nothing in a {kind.name} card: remove it, or make the card of another kind"
                findings.add(draft.table.line_of(key), "unknown-key", message, draft.id)
        known = Table(
            draft.table.line, {k: v for k, v in draft.table.values.items() if k not in everywhere}, draft.table.lines
        )
        check_keys(known, (*allowed, *everywhere), findings, draft.id, within=" here")
    if "nochoice" in draft.classes and kind.name not in NOT_AS_CHOICE:
        message = f"“.nochoice” means nothing to a {kind.name} card, which is never asked in another way: remove it"
        findings.add(draft.line, "unknown-class", message, draft.id)
    return kind.parse(draft, findings)


def _cards(draft: Draft, findings: Findings) -> Sequence[Card]:
    if draft.unreadable:
        return ()
    kind = _kind(draft, findings)
    return cards_of(draft, kind, findings) if kind is not None else ()


def _kind(draft: Draft, findings: Findings) -> Kind | None:
    """The kind that a section asks for; two at once are a finding. Recall is what is left."""
    asked = [kind for kind in all_kinds() if kind.name != "recall" and kind.claims(draft)]
    if len(asked) > 1:
        names = " and ".join(kind.name for kind in asked)
        findings.add(draft.line, "two-kinds", f"the card asks to be {names}: keep one of them", draft.id)
        return None
    return asked[0] if asked else kind_of("recall")


def _is_duplicate(draft: Draft, drafts: Mapping[str, Draft], findings: Findings) -> bool:
    first = drafts.get(draft.id)
    if first is None:
        return False
    local = draft.id.partition("/")[2]
    message = f"line {first.line} has the id “{local}” already: give this card another, as in {{#{local[:80]}-2}}"
    findings.add(draft.line, "duplicate-id", message)
    return True


def _distinct(cards: Sequence[Card], findings: Findings) -> list[Card]:
    """Cards without those whose id another one has: a gap's id may meet that of a section."""
    kept: dict[str, Card] = {}
    for card in cards:
        if card.id in kept:
            message = f"line {kept[card.id].line} has the id “{card.id.partition('/')[2]}” already: write another"
            findings.add(card.line, "duplicate-id", message)
        else:
            kept[card.id] = card
    return list(kept.values())


def _without_errors(cards: Sequence[Card], findings: Findings) -> tuple[Card, ...]:
    broken = findings.broken
    return tuple(card for card in cards if card.id not in broken and card.family not in broken)


def _check_attributes(section: Section, card: str, findings: Findings) -> None:
    for word in section.attributes:
        if word.startswith(".") and word[1:] not in CLASSES:
            near = did_you_mean(word[1:], CLASSES) or f": classes are {', '.join(CLASSES)}"
            findings.add(section.line, "unknown-class", f"there is no class “{word}”{near}", card)
        elif not word.startswith((".", "#")):
            message = f"“{word}” is neither #id nor .class: write {{#id .class}}, with spaces between"
            findings.add(section.line, "bad-attributes", message, card)
    if sum(word.startswith("#") for word in section.attributes) > 1:
        findings.add(section.line, "bad-attributes", "the heading names two ids: keep one", card)


def _report(converted: Converted, findings: Findings, card: str | None) -> None:
    for line, code, message in converted.problems:
        findings.add(line, code, message, card)


def _settings(outline: Outline, findings: Findings) -> Table | None:
    table = read_table(outline.fence, findings, None) if outline.fence is not None else None
    if table is not None:
        check_keys(table, _DECK_KEYS, findings, None, within=" in a deck's settings")
    return table


def _deck_id(settings: Table | None, default: str, findings: Findings) -> str:
    value = settings.values.get("id", default) if settings is not None else default
    if isinstance(value, str) and is_id(value):
        return value
    if settings is not None and "id" in settings.values:
        message = f"“{clean_line(str(value))[:40]}” is no id: use letters, digits, - and _"
        findings.add(settings.line_of("id"), "bad-id", message)
    return slug(default)


def _tags(table: Table | None, findings: Findings, card: str | None) -> tuple[str, ...]:
    value = table.values.get("tags", []) if table is not None else []
    if isinstance(value, list) and all(isinstance(tag, str) for tag in value):
        return tuple(clean_line(tag) for tag in value)
    if table is not None:
        findings.add(table.line_of("tags"), "wrong-value", 'tags must be a list of texts: tags = ["cnn"]', card)
    return ()


def _source(settings: Table | None, findings: Findings) -> str:
    value = settings.values.get("source", "") if settings is not None else ""
    if isinstance(value, str):
        return clean_line(value)
    if settings is not None:
        findings.add(settings.line_of("source"), "wrong-value", 'source must be a text: source = "Lecture 4"')
    return ""


def _line_at(text: str, place: int) -> int:
    return len(re.findall("\r\n|\r|\n", text[:place])) + 1
