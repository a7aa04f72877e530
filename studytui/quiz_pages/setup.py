"""The setup of a quiz as rows: a field a row, the choices of the list that is unfolded below its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.face import Row
from studytui.quiz.plan import AskedAs, Feedback, Order
from studytui.quiz.setting_up import LISTS, NUMBERS, Field
from studytui.quiz_pages.sitting import clock_text
from studytui.quiz_pages.words import moment_text
from studytui.text import display_width, fitting

if TYPE_CHECKING:
    from studytui.memory.model import Moment
    from studytui.quiz.setting_up import Outlook, Place, SettingUp

_LABELS = {
    Field.DECKS: "Decks",
    Field.TAGS: "Tags",
    Field.KINDS: "Kinds",
    Field.COUNT: "Questions",
    Field.MINUTES: "Minutes",
    Field.ORDER: "Order",
    Field.FEEDBACK: "Feedback",
    Field.COMPUTED: "Computed",
    Field.SEED: "Seed",
}
_WORDS = {
    Order.RANDOM: "random",
    Order.TOPIC: "by topic",
    Order.WEAK: "weak cards first",
    Feedback.AT_ONCE: "after each answer",
    Feedback.AT_END: "at the end",
    AskedAs.TYPED: "answers are typed",
    AskedAs.CHOICE: "answers are picked",
}
_LABEL = 11


def setup_rows(state: SettingUp, width: int) -> list[Row]:
    """The fields, the place of the cursor marked; hints stand behind it where there is room."""
    rows: list[Row] = []
    for number, place in enumerate(state.places):
        here = number == state.cursor
        sign, style = ("▸ ", "cursor") if here else ("  ", "plain")
        match place.field:
            case Field.RESUME if place.waiting is not None:
                rows += [
                    cut(f"Unfinished quiz {place.waiting.number}", width, "accent"),
                    cut(place.waiting.words, width, "muted"),
                ]
                row = cut(f"{sign}Go on with it", width, style)
            case Field.GIVE_UP:
                row = cut(f"{sign}Give it up", width, style)
            case _ if place.choice is not None:
                row = _choice_row(state, place, sign, style, width)
            case _:
                row = _field_row(state, place, sign, style, width)
        rows.append(Row(row.pieces, f"row({number})", cursor=here))
        if place.field is Field.GIVE_UP:
            rows.append(Row())
            if place.waiting == state.unfinished[-1]:
                rows.append(cut("Another quiz", width, "accent"))
    return rows


def _field_row(state: SettingUp, place: Place, sign: str, style: str, width: int) -> Row:
    words = f"{sign}{_LABELS[place.field].ljust(_LABEL)}{_value(state, place.field, here=style == 'cursor')}"
    hint = _hint(state, place.field) if style == "cursor" else ""
    if hint and display_width(words) + display_width(hint) + 2 <= width:
        gap = width - display_width(words) - display_width(hint)
        return Row(((words, style), (" " * gap + hint, "muted")))
    return cut(words, width, style)


def _value(state: SettingUp, field: Field, *, here: bool) -> str:
    if field in LISTS:
        choices = state.lists[field]
        ticked = [choice for choice in choices if choice.name in state.ticked[field]]
        if len(ticked) == len(choices):
            return f"all {len(choices)}"
        return ticked[0].title if len(ticked) == 1 else f"{len(ticked)} of {len(choices)}"
    if field in NUMBERS:
        typed = state.typed[field]
        caret = "_" if here and not state.fresh else ""
        return typed + caret or ("no limit" if field is Field.MINUTES else "none")
    return f"‹ {_WORDS[state.picked[field]]} ›" if here else _WORDS[state.picked[field]]


def _hint(state: SettingUp, field: Field) -> str:
    if field in LISTS:
        return "space closes · a all or none" if state.unfolded is field else "space opens the list"
    if field is Field.SEED:
        return "digits · space draws another"
    return "digits · ← →" if field in NUMBERS else "← →"


def _choice_row(state: SettingUp, place: Place, sign: str, style: str, width: int) -> Row:
    assert place.choice is not None  # noqa: S101 - the caller looked
    count = str(place.choice.cards)
    words = f"{sign}  {'[x]' if state.is_ticked(place) else '[ ]'} {place.choice.title}"
    row = cut(words, width - len(count) - 1, style)
    gap = width - display_width(row.text) - len(count)
    return Row((*row.pieces, (" " * gap + count, "cursor" if style == "cursor" else "muted")))


def cut(words: str, width: int, style: str) -> Row:
    """One row, cut where it has no room."""
    return Row(((words if display_width(words) <= width else fitting(words, width - 1) + "…", style),))


def outlook_row(outlook: Outlook, width: int) -> Row:
    """What would come of beginning now, on one row; a sign stands before what is in the way."""
    return cut(outlook.words if outlook.sound else f"✗ {outlook.words}", width, "plain" if outlook.sound else "wrong")


def unfinished_words(header: str, answered: int, questions: int, left_ms: int | None, when: Moment) -> str:
    """What is said of a quiz that waits to be gone on with."""
    left = "" if left_ms is None else f"{clock_text(left_ms)} left" if left_ms else "its time is over"
    parts = (f"{answered} of {questions} answered", left, f"begun {moment_text(when)}", header)
    return " · ".join(part for part in parts if part)
