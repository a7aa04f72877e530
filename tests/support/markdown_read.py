"""Markdown read back by markdown-it: the words that a reader sees, without the markup."""

from __future__ import annotations

import html
import re

from markdown_it import MarkdownIt


def tokens(source):
    """The tokens of CommonMark with GitHub's tables and strike-through."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(source)


def words(source):
    """Everything that is seen, on one line; and what is markup (links, HTML) as it stands."""
    seen = []
    for token in tokens(source):
        if token.type == "inline":
            seen += [" " if part.type in {"softbreak", "hardbreak"} else part.content for part in token.children]
            seen.append(" ")
        elif token.type in {"fence", "code_block", "html_block"}:
            seen += [token.content, " "]
    return squeezed("".join(seen))


def shape(source):
    """The block tokens by their types, without what they hold."""
    return [token.type for token in tokens(source)]


def headings(source, level):
    """The texts of the headings of a level."""
    found, out = False, []
    for token in tokens(source):
        if token.type == "inline" and found:
            out.append("".join(part.content for part in token.children))
        found = token.type == "heading_open" and token.tag == f"h{level}"
    return out


def squeezed(text):
    """White space, also what does not break, as single spaces."""
    return re.sub(r"\s+", " ", html.unescape(text)).strip()
