"""Outside text made safe: control characters out, NFC, display width. Every border of the program passes through here.

Nothing here knows of screens or decks; text that went through `clean` holds no character that a terminal obeys.
"""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

#: C0 and C1 controls but the line feed, and the characters that reorder or hide text:
#: bidirectional embeddings, overrides and isolates, line and paragraph separators, the byte-order mark,
#: tag characters. (U+200D, the zero-width joiner, stays: Korean and emoji text need it.)
_UNSAFE = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_LINE_ENDS = "\r\n?"


@cache
def _unsafe() -> re.Pattern[str]:
    """Compiled when it is first needed, which takes as long as loading two modules."""
    return re.compile(_UNSAFE)


def clean(text: str) -> str:
    """Text that is safe to show: NFC, line feeds, tabs as four spaces, no control or reordering characters."""
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(_LINE_ENDS, "\n", text)
    if "\t" in text:
        text = text.replace("\t", "    ")
    text = _unsafe().sub("", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """`clean`, on one line: runs of white space become one space, the ends are bare."""
    return " ".join(clean(text).split())


def counted(number: int, what: str) -> str:
    """`1 question`, `2 questions`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def there_is(number: int, what: str) -> str:
    """`there is 1 question`, `there are 2 questions`."""
    return f"there {'is' if number == 1 else 'are'} {counted(number, what)}"


def unsafe_characters(text: str) -> list[tuple[int, str]]:
    """The places at which `clean` would remove a character: (index, the character as `U+0007`)."""
    return [(match.start(), f"U+{ord(match[0]):04X}") for match in _unsafe().finditer(text) if match[0] not in "\t\r"]


def display_width(text: str) -> int:
    """Terminal columns that one line of text takes: Hangul and other wide characters take two, marks none."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if character < "\u0300":
        return 1
    if "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff":
        return 0  # a vowel or final consonant of old Hangul, which joins the syllable before it
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fitting(word: str, width: int) -> str:
    """The longest start of a word within `width` columns, at least one character."""
    used = 0
    for index, character in enumerate(word):
        used += _character_width(character)
        if used > width:
            return word[: max(index, 1)]
    return word


def place(file: str, line: int, width: int) -> str:
    """`file:line` within `width` columns: the home folder is `~`, and what does not fit is cut at the left."""
    home = os.path.join(os.path.expanduser("~"), "")  # noqa: PTH111, PTH118 - pathlib is another import
    shown = f"~{os.sep}{file[len(home) :]}" if len(home) > 1 and file.startswith(home) else file
    words = clean(f"{shown}:{line}").replace("\n", " ")
    if display_width(words) <= width:
        return words
    end = fitting(words[::-1], width - 1)[::-1]
    return f"…{end}"


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like a mistyped name, or the only one that begins with it; None when none is near."""
    names = list(candidates)
    found = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if not found and len(name) > 2:
        found = [each for each in names if each.startswith(name)]
    return found[0] if len(found) == 1 else None


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """` — did you mean “x”?`, or nothing when no candidate is near. For the end of a message."""
    near = nearest(name, candidates)
    return f" — did you mean “{near}”?" if near else ""
