"""What cannot be read, and how messages quote it. What was typed passes `tidy` before anything else looks at it."""

from __future__ import annotations

from studytui.answer.verdict import Outcome, Verdict
from studytui.text import clean_line

#: The longest line that is looked at at all, in characters; it bounds every computation of this room.
MAX_LINE = 1024
_MAX_QUOTE = 24


class UnreadableError(ValueError):
    """What was typed cannot be read. The text is one sentence for the learner; nothing was graded."""

    @property
    def verdict(self) -> Verdict:
        """The verdict that asks again."""
        return Verdict(Outcome.UNREADABLE, message=str(self))


def tidy(typed: str, limit: int = MAX_LINE) -> str:
    """One clean line of at most `limit` characters, as it would be shown; a longer one is an `UnreadableError`."""
    line = clean_line(typed[: 2 * limit])
    if len(line) > limit or typed[2 * limit :].strip():
        raise UnreadableError(f"This is too long to be read: at most {limit} characters.")
    return line


def quote(text: str) -> str:
    """A short piece of what was typed, in quotation marks, safe to show."""
    line = clean_line(text[: 4 * _MAX_QUOTE])
    return f"“{line[: _MAX_QUOTE - 1]}…”" if len(line) > _MAX_QUOTE else f"“{line}”"
