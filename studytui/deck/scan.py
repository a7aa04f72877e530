"""A deck's text cut into title, introduction, settings and sections, by lines. Fence-aware; looks into no line.

The text is clean already (`text.clean`). Line numbers count from 1 in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from studytui.deck.codes import Findings
from studytui.frozen import frozen

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}) *([^\n]*)$")
_HEADING = re.compile(r"^ {0,3}(#{1,2})(?:[ \t]+(.*))?$")
_ATTRIBUTES = re.compile(r"^(.*?)\s*\{\s*([#.][^{}]*)\}\s*$")
_CLOSERS = re.compile(r"(?:^|\s+)#+\s*$")


@frozen
class Fence:
    """The inside of a `toml` fence. `line` is that of its opening; its first row stands on the line after."""

    line: int
    text: str


@frozen
class Section:
    """What stands under one second-level heading. `text` has blank lines for its fence, and begins at `line` + 1.

    `id` is None where the heading names none. `attributes` are the words in the braces behind it, as written.
    """

    line: int
    heading: str
    attributes: tuple[str, ...]
    text: str
    fence: Fence | None

    @property
    def id(self) -> str | None:
        """The id that the heading names."""
        return next((word[1:] for word in self.attributes if word.startswith("#")), None)

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that the heading names."""
        return tuple(word[1:] for word in self.attributes if word.startswith("."))


@frozen
class Outline:
    """A deck file, cut. `introduction` begins at `introduction_line`; `title` is None where there is none."""

    title: str | None
    title_line: int
    introduction: str
    introduction_line: int
    fence: Fence | None
    sections: tuple[Section, ...]


def scan(text: str, findings: Findings) -> Outline:
    """Cuts a deck's clean text; what is wrong with fences, comments and titles becomes findings."""
    lines = text.split("\n")
    marks = _structure(lines, findings)
    starts = [line for line, level in marks.headings if level == 2]
    titles = [line for line, level in marks.headings if level == 1]
    title_line = next((line for line in titles if not starts or line < starts[0]), None)
    for line in titles:
        if line != title_line:
            message = "the deck has its title already: make this a card (##) or a third-level heading (###)"
            findings.add(line + 1, "second-title", message)
    if title_line:
        _check_above(lines, title_line, marks, findings)
    head_end = starts[0] if starts else len(lines)
    head_start = 0 if title_line is None else title_line + 1
    introduction, fence = _body(lines, head_start, head_end, marks, findings)
    sections = [
        _section(lines, start, end, marks, findings)
        for start, end in zip(starts, [*starts, len(lines)][1:], strict=True)
    ]
    title = None if title_line is None else _heading_text(lines[title_line])[0]
    return Outline(title or None, (title_line or 0) + 1, introduction, head_start + 1, fence, tuple(sections))


def _check_above(lines: list[str], title_line: int, marks: _Marks, findings: Findings) -> None:
    """What stands above the title is not read: settings there, as in YAML front matter, would be lost silently."""
    rows = lines[:title_line]
    for first, last in marks.comments_between(0, title_line):
        rows[first : last + 1] = [""] * (last + 1 - first)
    row = next((number for number, line in enumerate(rows) if line.strip()), None)
    if row is not None:
        message = "what stands above the title is not read: move it below, deck settings into a toml fence"
        findings.add(row + 1, "above-title", message)


def split_attributes(heading: str) -> tuple[str, tuple[str, ...]]:
    """A heading's text and the words of the `{#id .class}` behind it. `{name}` is a placeholder, no attributes."""
    match = _ATTRIBUTES.match(heading)
    if match is None:
        return heading.strip(), ()
    return match[1], tuple(match[2].split())


@dataclass(slots=True)
class _Marks:
    """Where things are, by line from 0: headings with levels; first and last lines of `toml` fences and comments."""

    headings: list[tuple[int, int]] = field(default_factory=list)
    fences: list[tuple[int, int]] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)

    def fences_between(self, start: int, end: int) -> list[tuple[int, int]]:
        """The `toml` fences that open on the lines from `start` to before `end`."""
        return self.fences[bisect_left(self.fences, (start,)) : bisect_left(self.fences, (end,))]

    def comments_between(self, start: int, end: int) -> list[tuple[int, int]]:
        """The comments that open on the lines from `start` to before `end`."""
        return self.comments[bisect_left(self.comments, (start,)) : bisect_left(self.comments, (end,))]


def _structure(lines: list[str], findings: Findings) -> _Marks:
    closings = _closings(lines)
    marks = _Marks()
    comments_close = True
    number = 0
    while number < len(lines):
        line = lines[number].lstrip(" ")
        start = line[:1]
        if start == "#":
            heading = _HEADING.match(lines[number])
            if heading:
                marks.headings.append((number, len(heading[1])))
        elif start in {"`", "~"} and number in closings:
            end = closings[number]
            if end is None:
                end = _recover(lines, number, findings)
            if _language(lines[number]) == "toml":
                marks.fences.append((number, end))
            number = end
        elif line.startswith("<!--") and comments_close:
            comment_end = _comment_end(lines, number)
            if comment_end is None:
                comments_close = False
                findings.add(number + 1, "unclosed-comment", "the comment is never closed: end it with -->")
            else:
                marks.comments.append((number, comment_end))
                number = comment_end
        number += 1
    return marks


def _closings(lines: list[str]) -> dict[int, int | None]:
    """For every line that can open a fence, the line that would close it, or None.

    One pass from the end. A closing line that is farther and no longer than a nearer one can never be chosen, so what
    is kept is sorted by length and by place at once: a file full of unclosed fences costs no more than any other.
    """
    closings: dict[int, int | None] = {}
    lengths: dict[str, list[int]] = {"`": [], "~": []}
    places: dict[str, list[int]] = {"`": [], "~": []}
    for number in range(len(lines) - 1, -1, -1):
        match = _FENCE.match(lines[number]) if "```" in lines[number] or "~~~" in lines[number] else None
        if match is None:
            continue
        size, info, kind = len(match[1]), match[2], match[1][0]
        if kind == "~" or "`" not in info:
            rung = bisect_right(lengths[kind], -size)
            closings[number] = places[kind][rung - 1] if rung else None
        if not info.strip():
            while lengths[kind] and -lengths[kind][-1] <= size:
                lengths[kind].pop()
                places[kind].pop()
            lengths[kind].append(-size)
            places[kind].append(number)
    return closings


def _recover(lines: list[str], opening: int, findings: Findings) -> int:
    """Where an unclosed fence is taken to end: before the next card, so that it hides no other."""
    message = "the fence is never closed: end it with the same ``` or ~~~ on a line of its own"
    findings.add(opening + 1, "unclosed-fence", message)
    number = opening + 1
    while number < len(lines) and not _is_card_heading(lines[number]):
        number += 1
    return number - 1


def _is_card_heading(line: str) -> bool:
    match = _HEADING.match(line) if "##" in line else None
    return match is not None and len(match[1]) == 2


def _language(line: str) -> str:
    return line.strip(" `~").split(" ", 1)[0].lower()


def _comment_end(lines: list[str], start: int) -> int | None:
    for number in range(start, len(lines)):
        if "-->" in lines[number]:
            return number
    return None


def _body(lines: list[str], start: int, end: int, marks: _Marks, findings: Findings) -> tuple[str, Fence | None]:
    """The text from line `start` to before `end`, without its `toml` fence and its comments, and the fence."""
    body = lines[start:end]
    fence: Fence | None = None
    for opening, closing in marks.fences_between(start, end):
        last = closing if _FENCE.match(lines[closing]) and closing > opening else closing + 1
        if fence is None:
            fence = Fence(opening + 1, "\n".join(lines[opening + 1 : last]))
        else:
            message = "there is a toml fence above already: put everything into one"
            findings.add(opening + 1, "second-fence", message)
        body[opening - start : closing + 1 - start] = [""] * (closing + 1 - opening)
    for first, last in marks.comments_between(start, end):
        body[first - start : last + 1 - start] = [""] * (last + 1 - first)
    return "\n".join(body), fence


def _section(lines: list[str], start: int, end: int, marks: _Marks, findings: Findings) -> Section:
    heading, attributes = _heading_text(lines[start])
    text, fence = _body(lines, start + 1, end, marks, findings)
    return Section(start + 1, heading, attributes, text, fence)


def _heading_text(line: str) -> tuple[str, tuple[str, ...]]:
    match = _HEADING.match(line)
    raw = (match[2] or "") if match else ""
    heading, attributes = split_attributes(raw)
    return _CLOSERS.sub("", heading).strip(), attributes
