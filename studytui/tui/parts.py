"""Several lines typed in one field, which holds the part under the cursor until that moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from studytui.deck.model import Fill, Line
from studytui.entering import Filling

if TYPE_CHECKING:
    from studytui.deck.model import Form
    from studytui.entering import Entering
    from studytui.tui.widgets.answer_field import AnswerField

_Entered = TypeVar("_Entered", bound="Entering | None")


def typed_into(entering: _Entered, field: AnswerField | None) -> _Entered | Filling:
    """What is being entered, with what stands in the field."""
    return entering.write(field.value) if isinstance(entering, Filling) and field is not None else entering


def put_into(field: AnswerField, form: Form, filling: Filling) -> None:
    """The part under the cursor can be typed, from the end of what stands there."""
    if field.value != filling.line:
        field.value = filling.line
        field.cursor_position = len(filling.line)
    field.placeholder = placeholder(form, filling)
    field.focus()


def placeholder(form: Form, entering: Entering | None = None) -> str:
    """What the answer field says while it is empty."""
    if isinstance(form, Fill) and isinstance(entering, Filling):
        part = form.parts[entering.cursor]
        return " · ".join((f"{entering.cursor + 1} of {len(form.parts)}", *filter(None, (part.hint, part.unit))))
    return " · ".join(filter(None, (form.hint, form.unit))) if isinstance(form, Line) else ""


def warning(filling: Filling) -> str:
    """What to say before parts are handed in of which some are empty; nothing where none is."""
    empty = filling.empty
    if len(empty) == len(filling.lines):
        return "Enter once more shows the answer and suggests “again”."
    if not empty:
        return ""
    places = ", ".join(str(place + 1) for place in empty)
    which = f"Part {places} is" if len(empty) == 1 else f"Parts {places} are"
    return f"{which} empty: Enter once more hands in the others."
