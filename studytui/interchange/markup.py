r"""Plain text as the Markdown of decks that shows it: every importer's texts pass through here.

Only what would mean something gets a backslash, so that `kernel_size = 3` stays as it is and `**kwargs` becomes
`\*\*kwargs`. Tested against the parser itself.
"""

from __future__ import annotations

import re

from studytui.text import clean

#: What means something wherever it stands: code, mathematics, names in braces, emphasis, marks, strike-through, links,
#: entities, HTML, and a backslash before any of them.
_INLINE = re.compile(
    r"""
      [`$]
    | \\(?=[!-/:-@\[-`{-~]|$)
    | \{(?=[A-Za-z_]\w*\})
    | (?<!\ )\*|\*(?!\ )
    | (?<![^\W_])_|_(?![^\W_])
    | =(?==)|(?<==)=
    | ~(?=~)|(?<=~)~
    | \](?=[(\[:])
    | &(?=\#?\w+;)
    | <(?=\S)
    """,
    re.VERBOSE,
)
#: What means something at the start of a line: headings, quotes, items, rules, underlines of headings, tables.
_START = re.compile(r"\#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[|:\- ]+$|=+$")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
#: A closing sequence of a heading.
_CLOSER = re.compile(r"(?:(?<=\s)|^)#+$")


def normal(text: str) -> str:
    """A text as a deck can show it: safe, its white space joined, no blank line but single ones between paragraphs."""
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines).strip("\n"))


def markdown_line(line: str) -> str:
    """One line of normal text as the Markdown of a heading."""
    return _CLOSER.sub(lambda found: found[0].replace("#", "\\#"), _inline(line))


def markdown(text: str) -> str:
    """Normal text as Markdown paragraphs, each line on a line of its own."""
    paragraphs = text.split("\n\n")
    return "\n\n".join("\\\n".join(_line(line) for line in paragraph.split("\n")) for paragraph in paragraphs)


def _line(line: str) -> str:
    if _START.match(line):
        return f"\\{line[0]}{_inline(line[1:])}"
    number = _NUMBER.match(line)
    if number is not None:
        return f"{number[1]}\\{number[2]}{_inline(line[number.end() :])}"
    return _inline(line)


def _inline(line: str) -> str:
    return _INLINE.sub(r"\\\g<0>", line)
