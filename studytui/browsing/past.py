"""The past of one card: every entry, with where the card stood before and after it; and the page that shows it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from studytui.face import Row
from studytui.frozen import frozen
from studytui.memory.model import Action, Moment, Rating
from studytui.memory.replay import NEW, apply, taken_back
from studytui.memory.schedule import describe_interval
from studytui.text import clean_line, display_width, fitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.memory.model import Entry, Memory
    from studytui.memory.schedule import Scheduler

#: What stands in the rows below.
_HEAD = "  Answered          Rating   Interval before → after"
_SHORT_HEAD = "  Answered  Rating   Interval"
_DONE = {
    Action.SUSPEND: "suspended", Action.RESUME: "taken up again", Action.BURY: "buried until the next day",
    Action.RESET: "made new again",
}  # fmt: skip
_RATINGS = {Rating.AGAIN: "1 again", Rating.HARD: "2 hard", Rating.GOOD: "3 good", Rating.EASY: "4 easy"}


@frozen
class Review:
    """An entry of a card, whether it was taken back, and the card's memory before and after; None where it is new."""

    entry: Entry
    undone: bool
    before: Memory | None
    after: Memory | None


def past_of(entries: Sequence[Entry], scheduler: Scheduler) -> list[Review]:
    """All entries of a card but undos, oldest first; one that was taken back changes nothing."""
    gone = taken_back((entry.id, entry.target) for entry in entries if entry.action is Action.UNDO)
    state = NEW
    found = []
    for entry in entries:
        if entry.action is Action.UNDO:
            continue
        after = state if entry.id in gone else apply(state, entry, scheduler)
        found.append(Review(entry, entry.id in gone, state.memory, after.memory))
        state = after
    return found


def past_rows(past: Sequence[Review], width: int) -> list[Row]:
    """Newest first, two rows an entry: when, rating, interval before and after; below it what was typed."""
    if not past:
        return [Row((("Nothing is recorded of this card yet.", "muted"),))]
    short = width < 60
    rows = [Row(((_cut(_SHORT_HEAD if short else _HEAD, width), "muted"),))]
    for review in reversed(past):
        sign = "⤺ " if review.undone else "  "
        style = "muted" if review.undone else "plain"
        words = f"{sign}{_when(review.entry, short=short)}  {_what(review)}"
        rows.append(Row(((_cut(words, width), style),)))
        detail = _detail(review, short=short)
        if display_width(detail) > width - 4:
            detail = _detail(review, short=True)  # rather than to lose what was typed
        if detail:
            rows.append(Row(((_cut(f"    {detail}", width), "muted"),)))
    if any(review.undone for review in past):
        rows += [Row(), Row(((_cut("⤺ was taken back: it does not count", width), "muted"),))]
    return rows


def _what(review: Review) -> str:
    entry = review.entry
    if entry.rating is None:
        return f"due on {_date(entry.due_day)}" if entry.action is Action.SET_DUE else _DONE[entry.action]
    if review.undone or review.after is None:
        return _RATINGS[entry.rating]
    before = _interval(review.before, entry) if review.before is not None else "new"
    return f"{_RATINGS[entry.rating]:7}  {before} → {_interval(review.after, entry)}"


def _interval(memory: Memory, entry: Entry) -> str:
    """The time that a memory gave until its next answer, counted from its last one."""
    return describe_interval(memory, Moment(memory.last_ms, entry.offset))


def _date(day: int) -> str:
    try:
        return (datetime.date(1970, 1, 1) + datetime.timedelta(days=day)).isoformat()
    except OverflowError:
        return f"day {day}"


def _detail(review: Review, *, short: bool) -> str:
    entry = review.entry
    after = review.after if entry.rating is not None and not review.undone else None
    parts = (
        _memory(after, short=short) if after is not None else "",
        entry.verdict,
        f"slip: {clean_line(entry.slip)}" if entry.slip else "",
        f"typed: {clean_line(entry.typed)}" if entry.typed else "",
        f"{entry.duration_ms / 1000:.0f} s" if entry.duration_ms else "",
    )
    return " · ".join(part for part in parts if part)


def _memory(memory: Memory, *, short: bool) -> str:
    if short:
        return f"S {memory.stability:.1f} D {memory.difficulty:.1f}"
    return f"stability {memory.stability:.1f}d · difficulty {memory.difficulty:.1f}"


def _when(entry: Entry, *, short: bool) -> str:
    zone = datetime.timezone(datetime.timedelta(minutes=entry.offset))
    try:
        moment = datetime.datetime.fromtimestamp(entry.time_ms / 1000, zone)
    except (ValueError, OverflowError, OSError):
        return str(entry.time_ms)
    return moment.strftime("%y-%m-%d" if short else "%Y-%m-%d %H:%M")


def _cut(text: str, width: int) -> str:
    return text if display_width(text) <= width else fitting(text, width - 1) + "…"
