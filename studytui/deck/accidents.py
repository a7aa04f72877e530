"""Markdown that does not mean what its author wrote: signs that stay, and lines of prose that begin a list.

Works on markdown-it's tokens, where a sign that was escaped on purpose is still told from one that was not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

#: Signs in pairs; between spaces (`a == b`), or between letters and digits (`2**3`), they are meant as they stand.
_PAIRED = re.compile(r"(?<![*=~])(\*\*|==|~~)(?![*=~])")
#: A single star that opens, and one that should have closed; a formula with spaces inside its dollars; half a link.
_OTHERS = (
    (re.compile(r"(?:^|[\s(])\*(?=[^\s*])[^*]*(?<=[^\s*])\*(?!\*)"), "*"),
    (re.compile(r"`"), "`"),
    (re.compile(r"\$(?!\d)[^$]+\$"), "$"),
    (re.compile(r"\]\("), "]("),
)
_ANY = re.compile(r"[*=~`$\]]|\{$")
_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})


def leftover(token: Token, after: Token | None) -> str | None:
    """The sign of markup that a run of text shows, if it shows one; `after` is the token behind the text."""
    text = token.content
    if token.type != "text" or _ANY.search(text) is None:
        return None
    for found in _PAIRED.finditer(text):
        before, behind = text[: found.start()][-1:] or " ", text[found.end() :][:1] or " "
        if not (before.isspace() and behind.isspace()) and not (before.isalnum() and behind.isalnum()):
            return found[1]
    if after is not None and after.type == "name" and text.endswith("{"):
        return "{{"
    return next((sign for pattern, sign in _OTHERS if pattern.search(text)), None)


def accidental_lists(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The rows, from 0, at which prose has become a list of one item or a quote, and the sign that made it one.

    That is one right below a line of prose, or one whose number is not the first of a list. Within an item a list of
    one item is a list, unless its sign is that of a sum.
    """
    prose_ends = -1
    for place, token in enumerate(tokens):
        if token.type == "paragraph_open" and token.map is not None:
            prose_ends = token.map[1]
        elif token.type in {*_LISTS, "blockquote_open"} and token.map is not None:
            alone = token.type == "blockquote_open" or _items(tokens, place) == 1
            nested = token.level > 0 and token.markup in "-*.)"
            started = int(token.attrs.get("start", 1)) > 1
            if alone and not nested and (token.map[0] == prose_ends or started):
                number = token.attrs.get("start", 1) if token.type == "ordered_list_open" else ""
                yield token.map[0], f"{number}{token.markup}"


def _items(tokens: Sequence[Token], place: int) -> int:
    """The items of the list that opens at a place."""
    count, level = 0, tokens[place].level
    for token in tokens[place + 1 :]:
        if token.level == level:
            break
        count += token.type == "list_item_open" and token.level == level + 1
    return count
