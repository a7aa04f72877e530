"""What the keys do to the answer that is being entered: picking, arranging, pairing, going from part to part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.entering import Filling
from studytui.tui.entering_keys import EnteringKeys
from studytui.tui.parts import put_into, typed_into

if TYPE_CHECKING:
    from studytui.deck.model import Question
    from studytui.entering import Entering
    from studytui.tui.widgets.answer_field import AnswerField
    from studytui.tui.widgets.card_view import CardView


class EnteringScreen(EnteringKeys):
    """The field is there from the beginning, below every question."""

    _field: AnswerField

    @property
    def _question(self) -> Question:
        """The question that is open."""
        raise NotImplementedError

    def on_input_changed(self) -> None:
        """A part shows what is typed into it."""
        entering = typed_into(self._entering, self._field)
        if entering != self._entering:
            self._entering = entering
            self._card.show(self._face, keep_scroll=True, below=0)

    def action_press(self, place: int) -> None:
        """A digit: an option, an item, a partner."""
        if self._entering is not None:
            self._enter(typed_into(self._entering, self._field).press(place))

    def _enter(self, entering: Entering) -> None:
        self._entering = entering
        self._card.show(self._face, keep_scroll=True, below=0)
        self._card.reveal_cursor()
        if isinstance(entering, Filling):
            put_into(self._field, self._question.form, entering)

    async def on_card_view_pressed(self, event: CardView.Pressed) -> None:
        """A row was clicked."""
        await self.run_action(event.action)
