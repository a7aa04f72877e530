"""Cards as a table: which columns fit, what stands in them, and how wide. For the screen and for what is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.memory.model import State
from studytui.text import clean_line, display_width, fitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.journal.finding import CardLine, Column


@frozen
class Head:
    """A column: its title, how wide it is, from which width of the table on it is shown, whether it holds numbers."""

    column: Column
    title: str
    width: int
    shown_from: int = 0
    number: bool = False


#: From left to right. The card takes the room that the others leave.
HEADS = (
    Head("card", "Card", 12),
    Head("deck", "Deck", 16, 100),
    Head("state", "State", 10, 56),
    Head("due", "Due", 7, 0, number=True),
    Head("stability", "Stab.", 6, 64, number=True),
    Head("difficulty", "Diff.", 5, 70, number=True),
    Head("recall", "Recall", 6, 112, number=True),
    Head("reps", "Reps", 5, 78, number=True),
    Head("lapses", "Lapses", 6, 90, number=True),
)


def heads(width: int) -> list[tuple[Head, int]]:
    """The columns that fit into a width, each with its own; one space stands before each but the first."""
    shown = [head for head in HEADS if head.shown_from <= width]
    rest = max(width - sum(head.width + 1 for head in shown[1:]), 1)
    return [(shown[0], rest), *((head, head.width) for head in shown[1:])]


def cell(line: CardLine, column: Column, titles: dict[str, str] | None = None) -> str:  # noqa: PLR0911 - one a column
    """What stands in a column; nothing where nothing is known."""
    match column:
        case "card":
            return line.heading or line.id
        case "deck":
            return (titles or {}).get(line.deck, line.deck) if line.deck else "no deck"
        case "state":
            return standing(line)
        case "due":
            return due(line)
        case "stability":
            return f"{line.stability:.1f}" if line.stability is not None else ""
        case "difficulty":
            return f"{line.difficulty:.1f}" if line.difficulty is not None else ""
        case "recall":
            return f"{100 * line.recall:.0f} %" if line.recall is not None else ""
        case "reps":
            return str(line.reps) if line.state is not None else ""
        case "lapses":
            return str(line.lapses) if line.state is not None else ""


def standing(line: CardLine) -> str:
    """How a card stands, in a word."""
    if line.suspended:
        return "suspended"
    if line.buried:
        return "buried"
    if not line.deck:
        return "orphan"
    return line.state.value if line.state is not None else "new"


def due(line: CardLine) -> str:
    """When a card is due, in days from today: `now` in its learning steps, `−3d` when overdue; or why it is not."""
    if line.suspended:
        return "susp."
    if not line.deck:
        return "gone"
    if line.buried:
        return "buried"
    if line.due is None:
        return "new"
    if line.state is not State.REVIEW:
        return "now"
    return "today" if line.due == 0 else f"{line.due}d".replace("-", "−")


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """A text that takes exactly so many columns: cut with an ellipsis, or filled up."""
    text = clean_line(text)
    size = display_width(text)
    if size > width:
        text = fitting(text, width - 1) + "…" if width > 1 else "…"
        size = display_width(text)
        if size > width:  # one wide character and no room for it
            text, size = "…", 1
    gap = " " * (width - size)
    return gap + text if right else text + gap


def head_text(width: int, sort: Column, *, backwards: bool) -> str:
    """The row of titles; the column that is sorted by has an arrow."""
    arrow = "▾" if backwards else "▴"
    return " ".join(
        fitted(head.title + (arrow if head.column == sort else ""), columns, right=head.number)
        for head, columns in heads(width)
    )


def line_text(line: CardLine, width: int, titles: dict[str, str] | None = None) -> str:
    """A card's row."""
    return " ".join(
        fitted(cell(line, head.column, titles), columns, right=head.number) for head, columns in heads(width)
    )


def column_at(x: int, width: int) -> Column:
    """The column that stands at a place of the row of titles."""
    start = 0
    shown = heads(width)
    for head, columns in shown:
        start += columns + 1
        if x < start:
            return head.column
    return shown[-1][0].column


def sorts(width: int) -> list[Column]:
    """The columns that can be sorted by at a width, from left to right; the deck's order is always among them."""
    return list(dict.fromkeys(("deck", *(head.column for head, _ in heads(width)))))


def as_text(lines: Sequence[CardLine]) -> str:
    """`studytui search`: a line a card: id, state, due, stability, heading."""
    ids = max((display_width(line.id) for line in lines), default=0)
    return "\n".join(
        f"{fitted(line.id, ids)}  {standing(line):10}  {fitted(due(line), 7, right=True)}  "
        f"{cell(line, 'stability'):>7}  {clean_line(line.heading)}".rstrip()
        for line in lines
    )


def as_dict(line: CardLine) -> dict[str, object]:
    """`studytui search --format json`."""
    return {
        "id": line.id,
        "deck": line.deck or None,
        "heading": line.heading,
        "kind": line.kind or None,
        "file": line.file or None,
        "line": line.line or None,
        "state": line.state.value if line.state is not None else "new",
        "suspended": line.suspended,
        "buried": line.buried,
        "due": line.due,
        "interval": line.interval,
        "stability": line.stability,
        "difficulty": line.difficulty,
        "retrievability": line.recall,
        "reviews": line.reps,
        "lapses": line.lapses,
    }
