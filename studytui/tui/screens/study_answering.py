"""The part of the study screen in which answers are entered: the field, the parts that it fills in, the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.model import Fill, Line
from studytui.entering import Filling
from studytui.session import Phase
from studytui.tui.entering_keys import EnteringKeys
from studytui.tui.parts import placeholder, put_into, typed_into, warning

if TYPE_CHECKING:
    from textual import events

    from studytui.entering import Entering
    from studytui.session import Session
    from studytui.tui.widgets.answer_field import AnswerField


class Answering(EnteringKeys):
    """A screen with a card and, below it, the field; the field comes after the first paint."""

    session: Session

    def __init__(self) -> None:
        super().__init__()
        self._field: AnswerField | None = None
        self._empty_once = False
        self._typed_ahead = ""

    def _show(self) -> None:
        """Shows the session as it stands."""
        raise NotImplementedError

    def _show_face(self, *, keep_scroll: bool = False) -> None:
        """Shows the card as it stands."""
        raise NotImplementedError

    def _say(self, words: str, seconds: float = 3) -> None:
        """A short word about what was just done."""
        self.notify(words, markup=False, timeout=seconds)

    def action_reveal(self) -> None:
        """Show me."""
        self.session.answer(None)
        self._show()

    @property
    def _field_is_to_come(self) -> bool:
        """Whether letters are text already: a hasty “b” must not bury the card."""
        question = self.session.question
        return self._field is None and question is not None and isinstance(question.form, Line | Fill)

    def _show_field(self) -> None:
        question = self.session.question
        wanted = self.session.phase is Phase.ASKING and question is not None and isinstance(question.form, Line | Fill)
        if self._field is None:
            return
        self._field.display = wanted
        if wanted and question is not None:
            self._field.value = ""
            self._field.placeholder = placeholder(question.form, self._entering)
            self._field.focus()
        else:
            self._card.focus()

    def on_key(self, event: events.Key) -> None:
        """What is typed before the answer field is there goes into it."""
        if self._field_is_to_come and event.is_printable:
            self._typed_ahead += event.character or ""
            event.stop()

    def on_answer_field_entered(self, event: AnswerField.Entered) -> None:
        """A line was entered."""
        event.stop()
        if isinstance(self._entering, Filling):
            self._part_typed(self._entering.write(event.text))
        else:
            self._typed(event.text)

    def on_input_changed(self) -> None:
        """The part that is being typed stands among the others."""
        if isinstance(self._entering, Filling):
            self._entering, self._empty_once = typed_into(self._entering, self._field), False
            self._card.show(self._face, keep_scroll=True)

    def _part_typed(self, filling: Filling) -> None:
        """Goes on to the next part; behind the last one all are handed in, empty ones at the second time."""
        words = warning(filling)
        if not filling.at_end:
            self._enter(filling.move(1))
        elif words and not self._empty_once:
            self._empty_once = True
            self._say(words, 4)
        elif len(filling.empty) == len(filling.lines):
            self.action_reveal()
        else:
            self._hand_in(filling)

    def _hand_in(self, filling: Filling) -> None:
        """Where a part cannot be read, the cursor goes to it."""
        self.session.answer(filling.response)
        if self.session.judged is not None:
            self._show()
            return
        parts = self.session.unread.parts if self.session.unread is not None else ()
        self._enter(filling.press(next((place for place, part in enumerate(parts) if not part.counts), 0)))
        self._show_face()

    def _typed(self, text: str) -> None:
        """An empty line reveals at once where typing is optional, else at the second time."""
        question = self.session.question
        if question is None or self.session.phase is not Phase.ASKING:
            return
        if not text.strip() and isinstance(question.form, Line):
            if question.form.optional or self._empty_once:
                self.action_reveal()
                return
            self._empty_once = True
            self._say("Enter once more shows the answer and suggests “again”.", 4)
        self.session.answer(text)
        if self.session.judged is None:
            self._show_face()
        else:
            self._show()

    def _enter(self, entering: Entering) -> None:
        self._entering = entering
        question = self.session.question
        if isinstance(entering, Filling) and self._field is not None and question is not None:
            put_into(self._field, question.form, entering)
        self._card.show(self._face, keep_scroll=True, below=0)
        self._card.reveal_cursor()
