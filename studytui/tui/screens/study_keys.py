"""The keys of the study screen, and when each of them is valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.model import Fill, Line
from studytui.entering import Arranging, Filling, Pairing, Picking
from studytui.frozen import frozen
from studytui.session import Phase
from studytui.tui.keys import key

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import Binding

    from studytui.deck.model import Form
    from studytui.entering import Entering

BINDINGS: tuple[Binding, ...] = (
    key("study.reveal", "space", "reveal", "answer", "Show the answer; you judge yourself"),
    key("study.submit", "enter", "submit", "answer", "Hand in the answer"),
    key("study.take", "space", "take", "take", "Pick the option, or take hold of the item, under the cursor"),
    key("study.accept", "space,enter", "accept", "next", "Accept the suggested rating and go on"),
    key("study.up", "up,k", "move(-1)", "up", "Cursor up", show=False),
    key("study.down", "down,j", "move(1)", "down", "Cursor down", show=False),
    key("study.carry_up", "shift+up,K", "carry(-1)", "move up", "Move the item up", show=False),
    key("study.carry_down", "shift+down,J", "carry(1)", "move down", "Move the item down", show=False),
    *(
        key(f"study.digit{digit}", str(digit), f"press({digit - 1})", str(digit), "Pick, or rate 1–4", show=False)
        for digit in range(1, 10)
    ),
    key("study.show_me", "x", "show_me", "show", "Show the answer, which counts as wrong"),
    key("study.type", "enter,i,slash", "type", "type", "Go to the answer field"),
    key("study.undo", "u,ctrl+z", "undo", "undo", "Take back the last review, suspension or burial"),
    key("study.redo", "U,ctrl+y", "redo", "redo", "Bring back what the last undo took back", show=False),
    key("study.language", "g,ctrl+g", "language", "language", "Show the card in its next language, and keep to that"),
    key("study.proof", "v", "proof", "proof", "Show how the answer was computed and who confirms it"),
    key("study.edit", "e", "edit", "edit", "Open the card in $EDITOR at its line"),
    key("study.suspend", "s", "suspend", "suspend", "Take the card out of study"),
    key("study.bury", "b", "bury", "bury", "Hide the card until tomorrow"),
    key("study.reset", "R", "reset", "reset", "Make the card new again; its history stays", show=False),
    key("study.set_due", "d", "set_due", "due day", "Choose the day on which the card comes again", show=False),
    key("study.finish", "t", "finish", "finish today", "Finish for today: the rest waits until tomorrow", show=False),
    key("study.more", "m", "more", "ten more", "Ten cards beyond today's limits"),
    key("study.commands", "escape", "commands", "commands", "Leave the answer field, for the other keys"),
    key("study.cancel", "escape", "cancel", "cancel", "End what is being done; all is then as it was"),
    key("study.leave", "q", "leave", "leave", "Leave; everything is saved already"),
    key("study.help", "question_mark,f1", "help", "help", "All keys and words"),
    key("study.help_typing", "f1", "help_typing", "help", "All keys and words, from the answer field"),
    key("study.page_down", "pagedown,ctrl+d", "scroll(1)", "page down", "Scroll down", show=False),
    key("study.page_up", "pageup,ctrl+u", "scroll(-1)", "page up", "Scroll up", show=False),
)


@frozen
class State:
    """What decides which keys are valid: the phase, the form on screen, whether the field has the focus."""

    phase: Phase
    form: Form | None
    entering: Entering | None
    typing: bool
    computed: bool
    translated: bool
    cram: bool = False
    doing: bool = False

    @property
    def asking(self) -> bool:
        """Whether a question waits for its answer."""
        return self.phase is Phase.ASKING

    @property
    def judged(self) -> bool:
        """Whether an answer waits for its rating."""
        return self.phase is Phase.JUDGED

    @property
    def chosen(self) -> bool:
        """Whether the answer is picked, arranged or paired, not typed."""
        return self.entering is not None and not isinstance(self.entering, Filling)

    @property
    def card(self) -> bool:
        """Whether a card is on the screen."""
        return self.asking or self.judged


def _press(state: State, parameters: tuple[object, ...]) -> bool:
    return (state.asking and state.entering is not None) or (state.judged and parameters[0] in range(4))


#: When an action is valid; an action that is not named here always is.
VALID: dict[str, Callable[[State, tuple[object, ...]], bool]] = {
    "reveal": lambda state, _: state.asking and not state.chosen and not state.typing,
    "help": lambda state, _: not state.typing,
    "help_typing": lambda state, _: state.typing,
    "submit": lambda state, _: state.asking and state.chosen,
    "take": lambda state, _: state.asking and isinstance(state.entering, Picking | Arranging),
    "show_me": lambda state, _: state.asking and state.chosen,
    "accept": lambda state, _: state.judged,
    "carry": lambda state, _: state.asking and isinstance(state.entering, Arranging),
    "press": _press,
    "row": lambda state, _: state.asking and isinstance(state.entering, Pairing),
    "type": lambda state, _: state.asking and isinstance(state.form, Line | Fill) and not state.typing,
    "commands": lambda state, _: state.typing,
    "cancel": lambda state, _: state.doing and not state.typing,
    "language": lambda state, _: state.card and state.translated,
    "proof": lambda state, _: state.judged and state.computed,
    "edit": lambda state, _: state.card,
    "suspend": lambda state, _: state.card and not state.cram,
    "bury": lambda state, _: state.card and not state.cram,
    "reset": lambda state, _: state.card and not state.cram,
    "set_due": lambda state, _: state.card and not state.cram,
    "finish": lambda state, _: state.phase is not Phase.DONE and not state.typing and not state.cram,
    "more": lambda state, _: state.phase in {Phase.DONE, Phase.WAITING} and not state.cram,
}
