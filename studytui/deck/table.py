"""The data of a `toml` fence: read, cleaned, each key with its line in the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.text import clean, clean_line, did_you_mean

if TYPE_CHECKING:
    from studytui.deck.codes import Findings
    from studytui.deck.scan import Fence

#: Longest fence, in characters: tomllib's time grows faster than its input.
LONGEST = 8000

_TABLE = re.compile(r"^\s*\[\s*([\w-]+)\s*\]")
_ONE_OF_MANY = re.compile(r"^\s*\[\[\s*([\w-]+)\s*\]\]")
_KEY = re.compile(r"""^\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*=""")
_WHERE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


@frozen
class Table:
    """A fence's values by key.

    `lines` has the line of each key, those of a sub-table as `given.padding`, and of the first of several as
    `step.0.name`.
    """

    line: int
    values: Mapping[str, object]
    lines: Mapping[str, int]

    def line_of(self, *path: str) -> int:
        """The line of a key, or of what holds it."""
        for end in range(len(path), 0, -1):
            line = self.lines.get(".".join(path[:end]))
            if line is not None:
                return line
        return self.line


def read_table(fence: Fence, findings: Findings, card: str | None) -> Table | None:
    """The fence's values, every text clean; None when it cannot be read, which is a finding."""
    if len(fence.text) > LONGEST:
        message = f"the toml fence has {len(fence.text)} characters, at most {LONGEST} are read: shorten it"
        findings.add(fence.line, "toml-error", message, card)
        return None
    import tomllib

    try:
        values = tomllib.loads(fence.text)
    except (ValueError, RecursionError) as error:
        row, reason = _reason(error, fence.text)
        findings.add(fence.line + row, "toml-error", f"not valid TOML: {reason}; correct this line", card)
        return None
    cleaned = {clean_line(key): _cleaned(value) for key, value in values.items()}
    return Table(fence.line, cleaned, _key_lines(fence))


def check_keys(
    table: Table, allowed: Collection[str], findings: Findings, card: str | None, *, within: str = ""
) -> None:
    """A key that means nothing is a finding that names the nearest one."""
    for key in table.values:
        if key not in allowed:
            near = did_you_mean(key, allowed) or f": remove it, or use one of {', '.join(allowed)}"
            findings.add(table.line_of(key), "unknown-key", f"“{key}” means nothing{within}{near}", card)


def _reason(error: Exception, text: str) -> tuple[int, str]:
    """The row in the fence, from 1, and what is wrong."""
    if isinstance(error, RecursionError):
        return 1, "brackets are nested too deep"
    message = clean_line(str(error))
    where = _WHERE.search(message)
    row = int(where[1]) if where and where[1] else text.rstrip().count("\n") + 1 if where else 1
    return row, _WHERE.sub("", message)[:200]


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {clean_line(str(key)): _cleaned(item) for key, item in value.items()}
    return value


def _key_lines(fence: Fence) -> dict[str, int]:
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix = ""
    for number, row in enumerate(fence.text.split("\n"), fence.line + 1):
        table, one_of_many = _TABLE.match(row), _ONE_OF_MANY.match(row)
        key = _KEY.match(row)
        if one_of_many:
            name = one_of_many[1]
            place = counts[name] = counts.get(name, -1) + 1
            prefix = f"{name}.{place}."
            lines.setdefault(name, number)
            lines.setdefault(f"{name}.{place}", number)
        elif table:
            prefix = f"{table[1]}."
            lines.setdefault(table[1], number)
        elif key:
            lines.setdefault(prefix + (key[1] or key[2] or key[3] or ""), number)
    return lines
