"""Tags written into deck files: a line of a card's `toml` fence, or a fence of its own. Nothing else changes.

Tags are the deck's, not the learner's alone: they are read in git, and quizzes choose by them. So they are kept where
the cards are, and what was written is checked before it takes the file's place.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studytui.deck.atomic import write_atomically
from studytui.deck.builtin import builtin_decks
from studytui.deck.parse import parse_deck
from studytui.frozen import frozen
from studytui.problems import Problem
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Collection

    from studytui.deck.draft import Draft
    from studytui.deck.model import Deck

#: No tag is longer.
LONGEST_TAG = 60

_ROWS = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


@frozen
class Tagging:
    """One file before and after its tags were changed; `cards` is how many sections changed."""

    file: Path
    before: bytes
    after: bytes
    cards: int

    def write(self) -> None:
        """Puts the new content in the file's place. Raises Problem when the file is not as it was read."""
        self._replace(self.before, self.after)

    def take_back(self) -> None:
        """Puts the old content back. Raises Problem when the file has changed since."""
        self._replace(self.after, self.before)

    def _replace(self, expected: bytes, content: bytes) -> None:
        try:
            if self.file.read_bytes() != expected:
                raise Problem(f"{self.file}: has changed meanwhile and is left as it is; do it in the editor")
            write_atomically(self.file, content)
        except OSError as error:
            raise Problem(f"{self.file}: cannot be written ({error.strerror}): check its permissions") from error


def read_tag(text: str) -> str:
    """A tag as it was typed. Raises Problem for what is none."""
    tag = clean_line(text)
    if not tag or len(tag) > LONGEST_TAG:
        raise Problem(f"a tag has 1 to {LONGEST_TAG} characters: write one, as in cnn")
    return tag


def tagged(file: str, cards: Collection[str], tag: str, *, remove: bool = False) -> Tagging | None:
    """The file with a tag added to cards, or removed from them; None where all are so already.

    Raises Problem for a file that must not or cannot be changed, or whose other cards would change with it.
    """
    path = Path(file)
    if path.resolve().is_relative_to(builtin_decks().resolve()):
        raise Problem(
            f"{path.name} comes with the program, and an update would take the tag away: "
            "copy the deck into a folder of yours, with another id, and tag it there"
        )
    try:
        before = path.read_bytes()
        text = before.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"{path}: cannot be read as UTF-8: save it so, then try again") from error
    parsed = parse_deck(before, file, path.stem)
    sections = {card.family or card.id for card in parsed.deck.cards if card.id in cards}
    rows = [row for row in _ROWS.findall(text) if row]
    changed = 0
    for draft in sorted((parsed.drafts[each] for each in sections), key=lambda each: -each.line):
        value = draft.table.values.get("tags") if draft.table is not None else None
        own = [clean_line(str(each)) for each in value] if isinstance(value, list) else []
        wanted = [each for each in own if each != tag] if remove else [*own, tag]
        if wanted == own or (not remove and tag in draft.tags):
            continue
        _write(rows, draft, wanted)
        changed += 1
    if not changed:
        return None
    after = "".join(rows).encode()
    if _without_tags(parse_deck(after, file, path.stem).deck) != _without_tags(parsed.deck):
        raise Problem(f"{path}: the tag cannot be written without changing a card; do it in the editor")
    return Tagging(path, before, after, changed)


def _without_tags(deck: Deck) -> object:
    """All that must stay as it was."""
    cards = [replace(card, tags=(), line=0) for card in deck.cards]
    return cards, [(each.code, each.card) for each in deck.findings], deck.tags


def _write(rows: list[str], draft: Draft, tags: list[str]) -> None:
    """Writes a section's own tags into the rows of the file; with none left, their line goes."""
    end = "\r\n" if rows[draft.line - 1].endswith("\r\n") else "\n"
    line = [f"tags = {json.dumps(tags, ensure_ascii=False)}{end}"] if tags else []
    if draft.table is None:
        rows[draft.line : draft.line] = [end, f"```toml{end}", *line, f"```{end}"]
        return
    opening = draft.table.line
    if "tags" not in draft.table.values:
        rows[opening:opening] = line
        return
    first = draft.table.line_of("tags") - 1
    last = _end(rows, first)
    rows[first:last] = line
    if not line and rows[opening : opening + 1] and _closes(rows[opening - 1], rows[opening]):
        # The fence is empty now; with the blank line before it, it goes, too.
        start = opening - 2 if not rows[opening - 2].strip() and opening - 2 >= draft.line else opening - 1
        del rows[start : opening + 1]


def _closes(opening: str, row: str) -> bool:
    sign = opening.strip()[:3]
    return bool(sign) and row.strip().startswith(sign) and not row.strip().strip(sign[0])


def _end(rows: list[str], first: int) -> int:
    """Behind the last row of an assignment, which may go over several."""
    import tomllib

    for last in range(first + 1, len(rows) + 1):
        try:
            tomllib.loads("".join(rows[first:last]).replace("\r\n", "\n"))
        except tomllib.TOMLDecodeError:
            continue
        return last
    return first + 1
