"""A section whose Markdown is read, on its way to becoming cards; and the cuts that kinds make in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.deck.blocks import Block, Text, names_in, plain
from studytui.deck.model import Card
from studytui.frozen import frozen
from studytui.text import did_you_mean

if TYPE_CHECKING:
    from studytui.deck.codes import Findings
    from studytui.deck.markdown import Converted
    from studytui.deck.table import Table

#: More options, items or rows than this no learner compares.
MOST_ITEMS = 20
#: Signs that are one sign to a reader.
_ON_PAPER = str.maketrans("×✕−–", "xx--")


@frozen
class Draft:
    """One section: `id` is the full `deck/card`, `body` the blocks under the heading, `table` the data of its fence.

    `names` are the placeholders with their lines. `named` says whether the heading names the id; `unreadable`, that the
    fence could not be read, so that nobody knows of which kind the section is.
    """

    id: str
    deck: str
    file: str
    line: int
    heading: Text
    classes: tuple[str, ...]
    body: Converted
    table: Table | None
    names: tuple[tuple[str, int], ...] = ()
    tags: tuple[str, ...] = ()
    named: bool = True
    unreadable: bool = False

    def has(self, key: str) -> bool:
        """Whether the fence has a key."""
        return self.table is not None and key in self.table.values

    def split_at_fence(self) -> tuple[Text, Text]:
        """The blocks before and after the fence."""
        line = self.table.line if self.table is not None else self.line
        before = tuple(block for block, at in zip(self.body.blocks, self.body.lines, strict=True) if at < line)
        return before, self.body.text[len(before) :]

    def split_at_rule(self) -> tuple[Text, Text | None]:
        """The blocks before and after the first rule; None when there is none."""
        for place, block in enumerate(self.body.blocks):
            if block.form == "rule" and block.level == 0:
                return self.body.text[:place], self.body.text[place + 1 :]
        return self.body.text, None

    def card(self, kind: str, question: Text, explanation: Text, content: object) -> Card:
        """The section's one card."""
        return Card(
            self.id, self.deck, kind, self.file, self.line, self.heading, question, explanation, content, tags=self.tags
        )

    def check_names(self, allowed: Collection[str], findings: Findings) -> None:
        """A placeholder that nothing fills is a finding."""
        for name, line in self.names:
            if name in allowed:
                continue
            if allowed:
                hint = did_you_mean(name, allowed) or f"; names are {', '.join(sorted(allowed))}"
            else:
                hint = f": only computed cards have values; write \\{{{name}\\}} for braces"
            findings.add(line, "unknown-placeholder", f"nothing is called “{name}” here{hint}", self.id)


@frozen
class Listing:
    """A list found in a section: what stands before it, its items with their lines and markers, what stands after."""

    before: Text
    items: tuple[Text, ...]
    lines: tuple[int, ...]
    markers: tuple[str, ...]
    after: Text
    #: Where a second list of the same form begins, or 0.
    second: int


def find_list(draft: Draft, begins: Callable[[Block], bool]) -> Listing | None:
    """The first run of top-level items whose blocks satisfy `begins`; an item holds what is nested below it."""
    blocks, lines = draft.body.blocks, draft.body.lines
    start = next((place for place, block in enumerate(blocks) if block.level == 0 and begins(block)), None)
    if start is None:
        return None
    form = blocks[start].form
    items: list[Text] = []
    item_lines: list[int] = []
    markers: list[str] = []
    end = start
    while end < len(blocks) and (blocks[end].level > 0 or blocks[end].form == form):
        if blocks[end].level == 0:
            items.append((_bare(blocks[end]),))
            item_lines.append(lines[end])
            markers.append(blocks[end].marker)
        else:
            items[-1] = (*items[-1], replace(blocks[end], level=blocks[end].level - 1))
        end += 1
    second = next((lines[p] for p in range(end, len(blocks)) if blocks[p].level == 0 and begins(blocks[p])), 0)
    return Listing(tuple(blocks[:start]), tuple(items), tuple(item_lines), tuple(markers), tuple(blocks[end:]), second)


def is_task(block: Block) -> bool:
    """Whether a block is an item with a box."""
    return block.form == "bullet" and block.marker in {"[ ]", "[x]"}


def check_distinct(texts: Sequence[Text], lines: Sequence[int], code: str, draft: Draft, findings: Findings) -> None:
    """Two parts that say the same are a finding at the second."""
    seen: dict[str, int] = {}
    for text, line in zip(texts, lines, strict=True):
        said = _spoken(plain(text))
        if said in seen:
            findings.add(line, code, f"this says the same as line {seen[said]}: change or remove one", draft.id)
        seen.setdefault(said, line)


def _spoken(text: str) -> str:
    """What is compared of an option or item: no case, no spaces, no full stop; `4x4` is `4×4`."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_ON_PAPER)
    return "".join(folded.split()).rstrip(".") or folded


def check_count(count: int, least: int, code: str, what: str, draft: Draft, findings: Findings) -> None:
    """Too few or too many parts are a finding."""
    if count < least:
        message = f"a card needs at least {least} {what} to compare, and this has {count}: add some"
        findings.add(draft.line, code, message, draft.id)
    if count > MOST_ITEMS:
        message = f"{count} {what} are too many to compare: write at most {MOST_ITEMS}, or split the card"
        findings.add(draft.line, "too-many-items", message, draft.id)


def same_names(base: Card, other: Card) -> str:
    """Whether a translation's question and explanation hold the same placeholders: empty, or what is wrong."""
    for what, left, right in (
        ("question", base.heading + base.question, other.heading + other.question),
        ("explanation", base.explanation, other.explanation),
    ):
        wrong = same_names_in(what, left, right)
        if wrong:
            return wrong
    return ""


def same_names_in(what: str, left: Text, right: Text) -> str:
    """Whether a text of the deck and its translation hold the same placeholders: empty, or what is wrong."""
    missing, added = names_in(left) - names_in(right), names_in(right) - names_in(left)
    if missing:
        return f"the {what} lacks {_braced(missing)}"
    return f"the {what} has {_braced(added)}, which the deck's has not" if added else ""


def _braced(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _bare(block: Block) -> Block:
    """An item without its marker, as a paragraph."""
    return Block("paragraph", block.spans)
