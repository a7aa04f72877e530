"""The journal as CSV: every entry a row, for spreadsheets and statistics. The entries are passed in."""

from __future__ import annotations

import csv
import datetime
import io
import re
from typing import TYPE_CHECKING

from studytui.memory.model import Action

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from studytui.memory.model import Entry

COLUMNS = (
    "id", "time", "day", "card", "action", "rating", "verdict", "typed", "seed", "givens", "slip", "duration_ms",
    "undone", "undoes", "engine", "due",
)  # fmt: skip

#: How a formula begins, also full-width; and the apostrophe, so that taking one away always gives the text again.
_FORMULA = tuple("=+-@\t\r'＝＋－＠")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def write_reviews(entries: Iterable[tuple[Entry, bool]], out: BinaryIO) -> int:
    """Writes entries, each with whether it was taken back, as UTF-8 with a header; gives their number."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        count = 0
        for count, (entry, undone) in enumerate(entries, 1):  # noqa: B007 - the last one is the number
            writer.writerow(_cells(entry, undone=undone))
        text.flush()
    finally:
        text.detach()
    return count


def defused(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: it gets an apostrophe in front, unless it is a plain number."""
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def _cells(entry: Entry, *, undone: bool) -> tuple[object, ...]:
    return (
        entry.id,
        _time(entry.time_ms, entry.offset),
        _day(entry.day),
        defused(entry.card),
        entry.action.value,
        entry.rating.value if entry.rating is not None else "",
        defused(entry.verdict),
        defused(entry.typed),
        entry.seed,
        defused(entry.givens),
        defused(entry.slip),
        entry.duration_ms,
        "true" if undone else "false",
        entry.target or "",
        defused(entry.engine),
        _day(entry.due_day) if entry.action is Action.SET_DUE else "",
    )


def _time(milliseconds: int, offset: int) -> str:
    """ISO-8601 with the offset, to the millisecond; a time that no calendar has stays a number."""
    try:
        zone = datetime.timezone(datetime.timedelta(minutes=offset))
        moment = (_EPOCH + datetime.timedelta(milliseconds=milliseconds)).astimezone(zone)
    except (ValueError, OverflowError):
        return str(milliseconds)
    return moment.isoformat(timespec="milliseconds")


def _day(day: int) -> str:
    """The learner's day as ISO-8601; a day that no calendar has stays a number."""
    try:
        return (_EPOCH.date() + datetime.timedelta(days=day)).isoformat()
    except OverflowError:
        return str(day)
