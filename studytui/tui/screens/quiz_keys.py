"""The keys of the quiz screen, and when each of them is valid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.deck.model import Fill, Line
from studytui.entering import Arranging, Filling, Pairing, Picking
from studytui.frozen import frozen
from studytui.tui.keys import key

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import Binding

    from studytui.deck.model import Form
    from studytui.entering import Entering

BINDINGS: tuple[Binding, ...] = (
    key("quiz.submit", "enter", "submit", "answer", "Answer and go on"),
    key("quiz.on", "space,enter", "on", "next", "Go on to the next question"),
    key("quiz.take", "space", "take", "take", "Pick the option, or take hold of the item, under the cursor"),
    key("quiz.up", "up,k", "move(-1)", "up", "Cursor up", show=False),
    key("quiz.down", "down,j", "move(1)", "down", "Cursor down", show=False),
    key("quiz.carry_up", "shift+up,K", "carry(-1)", "move up", "Move the item up", show=False),
    key("quiz.carry_down", "shift+down,J", "carry(1)", "move down", "Move the item down", show=False),
    *(
        key(f"quiz.digit{digit}", str(digit), f"press({digit - 1})", str(digit), "Pick", show=False)
        for digit in range(1, 10)
    ),
    key("quiz.type", "enter,i,slash", "type", "type", "Go to the answer field"),
    key("quiz.next", "right,n,tab,ctrl+n", "go(1)", "next", "Next question; what stands here is kept"),
    key(
        "quiz.back",
        "left,p,shift+tab,ctrl+b",
        "go(-1)",
        "back",
        "Question before; what stands here is kept",
        show=False,
    ),
    key("quiz.flag", "f,ctrl+f", "flag", "flag", "Flag the question, to come back to it"),
    key("quiz.overview", "o,ctrl+o", "overview", "all", "All questions, and the way to any of them"),
    key("quiz.hand_in", "h", "hand_in", "hand in", "Hand in; asks first"),
    key(
        "quiz.language", "g,ctrl+g", "language", "language", "Show the question in its next language, and keep to that"
    ),
    # The field has keys of its own for some of these: the screen's come first.
    replace(
        key("quiz.next_typing", "ctrl+n,tab", "go_typing(1)", "next", "Next question, from the field"), priority=True
    ),
    replace(
        key("quiz.back_typing", "ctrl+b,shift+tab", "go_typing(-1)", "back", "Question before", show=False),
        priority=True,
    ),
    replace(key("quiz.flag_typing", "ctrl+f", "flag_typing", "flag", "Flag, from the answer field"), priority=True),
    replace(key("quiz.over_typing", "ctrl+o", "overview_typing", "all", "All questions"), priority=True),
    key("quiz.commands", "escape", "commands", "commands", "Leave the answer field, for the other keys"),
    key("quiz.leave", "q", "leave", "leave", "Leave; the quiz can be gone on with, and its clock goes on"),
    key("quiz.help", "question_mark,f1", "app.help", "help", "All keys and words"),
    key("quiz.page_down", "pagedown,ctrl+d", "scroll(1)", "page down", "Scroll down", show=False),
    key("quiz.page_up", "pageup,ctrl+u", "scroll(-1)", "page up", "Scroll up", show=False),
)


@frozen
class State:
    """What decides which keys are valid: the form on screen, whether it was judged, whether the field has the focus."""

    form: Form | None
    entering: Entering | None
    judged: bool
    typing: bool
    translated: bool

    @property
    def chosen(self) -> bool:
        """Whether an answer is being picked, arranged or paired, not typed."""
        return not self.judged and self.entering is not None and not isinstance(self.entering, Filling)


#: When an action is valid; an action that is not named here always is.
VALID: dict[str, Callable[[State], bool]] = {
    "submit": lambda state: state.chosen,
    "on": lambda state: state.judged,
    "take": lambda state: not state.judged and isinstance(state.entering, Picking | Arranging),
    "carry": lambda state: not state.judged and isinstance(state.entering, Arranging),
    "press": lambda state: not state.judged and state.entering is not None,
    "row": lambda state: not state.judged and isinstance(state.entering, Pairing),
    "type": lambda state: not state.judged and isinstance(state.form, Line | Fill) and not state.typing,
    "go": lambda state: not state.typing,
    "go_typing": lambda state: state.typing,
    "flag": lambda state: not state.typing,
    "flag_typing": lambda state: state.typing,
    "overview": lambda state: not state.typing,
    "overview_typing": lambda state: state.typing,
    "hand_in": lambda state: not state.typing,
    "commands": lambda state: state.typing,
    "language": lambda state: state.translated,
    "leave": lambda state: not state.typing,
}
