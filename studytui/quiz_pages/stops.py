"""Where one stops in the rows of a report: the questions that lost points, and the slips that can be practised."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.face import Row

#: What stands below a slip, and how a question begins that is worked out.
_PRACTISE, _QUESTION = "practise this", "── Question "


def question_rows(rows: Sequence[Row]) -> list[int]:
    """The rows at which questions begin that are worked out."""
    return [number for number, row in enumerate(rows) if row.text.startswith(_QUESTION)]


def with_slip_keys(rows: Sequence[Row], cursor: int | None) -> list[Row]:
    """The rows as a screen has them: below each slip the key that practises it, the slip under the cursor marked.

    On paper a command stands there.
    """
    shown: list[Row] = []
    for row in rows:
        place = _slip_of(row)
        first = row.text.lstrip().startswith(_PRACTISE)
        if place is None or not first:
            if not (place is not None and shown and shown[-1].action == row.action and _is_key(shown[-1])):
                shown.append(row)  # what is left out is the rest of a command that was too long for one row
            continue
        here = place == cursor
        keys = [*(["enter"] if here else []), *([str(place + 1)] if place < 9 else [])]
        words = f"{'▸ ' if here else ''}{_PRACTISE}" + (f" ({' or '.join(keys)})" if keys else "")
        indent = row.text[: len(row.text) - len(row.text.lstrip())]
        shown.append(replace(row, pieces=((indent, "plain"), (words, "cursor" if here else "link")), cursor=here))
    return shown


def _is_key(row: Row) -> bool:
    return row.text.lstrip(" ▸").startswith(_PRACTISE)


def _slip_of(row: Row) -> int | None:
    if not row.action.startswith("practise("):
        return None
    return int(row.action.removeprefix("practise(").removesuffix(")"))
