"""The proof view: the expression, the references it used, what each witness computed, the slips nearby, the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.pages import proof_rows
from studytui.tui.screens.page import Page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reference_impl.compare import Opinion
    from reference_impl.figures import Figure
    from studytui.deck.model import Question
    from studytui.face import Row


class ProofScreen(Page):
    """Shows why the answer of the card on screen can be believed."""

    def __init__(
        self, question: Question, opinions: Mapping[int, Sequence[Opinion]], figure: Figure | None = None
    ) -> None:
        super().__init__(f"Proof · {question.card.id}")
        self._question, self._opinions, self._figure = question, opinions, figure

    def rows(self, width: int) -> list[Row]:
        """The proof at a width."""
        return proof_rows(self._question, self._opinions, width, self._figure)
