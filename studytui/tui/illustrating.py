"""Making the figure of the card on screen: in a thread of its own, once the verdict is painted."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from reference_impl.figures import Figure
    from studytui.deck.model import Question


class Illustrator:
    """Makes one figure at a time: of the question that was asked for last. `made` is told in the screen's loop."""

    def __init__(self, made: Callable[[], None]) -> None:
        self._tell = made
        self._wanted: Question | None = None
        self._made: tuple[Question, Figure | None] | None = None
        self._at_work = False

    @property
    def pending(self) -> bool:
        """Whether a figure is being made."""
        return self._at_work

    def figure(self, question: Question | None) -> Figure | None:
        """The figure of a question, if it has been made and there is one."""
        return self._made[1] if self._made is not None and self._made[0] is question else None

    def want(self, question: Question) -> None:
        """Asks for a question's figure; a card that computes nothing has none."""
        if question.variant is None or not question.variant.calls or question is self._wanted:
            return
        self._wanted = question
        if not self._at_work:
            self._begin(question)

    def now(self, question: Question) -> Figure | None:
        """The figure of a question, made at once if it is not there yet."""
        if self._made is None or self._made[0] is not question:
            from studytui.deck.figure import figure_of_answer

            return figure_of_answer(question)
        return self._made[1]

    def _begin(self, question: Question) -> None:
        self._at_work = True
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._make, args=(question, loop), name="figure", daemon=True).start()

    def _make(self, question: Question, loop: asyncio.AbstractEventLoop) -> None:
        """In the thread: what is needed is imported here, too."""
        import studytui.illustrated  # noqa: F401 - the screen will draw with it
        from studytui.deck.figure import figure_of_answer

        figure = figure_of_answer(question)
        with contextlib.suppress(RuntimeError):  # the loop has ended: the program is closing
            loop.call_soon_threadsafe(self._done, question, figure)

    def _done(self, question: Question, figure: Figure | None) -> None:
        self._at_work = False
        self._made = (question, figure)
        if self._wanted is not None and self._wanted is not question:
            self._begin(self._wanted)
        elif figure is not None:
            self._tell()
