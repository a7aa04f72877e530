"""What a screen has done elsewhere, and never waits for: witnesses heard in their process, figures made in a thread."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reference_impl.compare import Opinion
    from reference_impl.figures import Figure
    from studytui.deck.model import Call, Question
    from studytui.desk import Desk


class Hearing:
    """The witnesses of the question asked last. `heard` is told of each opinion, by call, in the screen's loop."""

    def __init__(self, desk: Desk, heard: Callable[[Question, Mapping[int, Sequence[Opinion]]], None]) -> None:
        self._desk, self._tell = desk, heard
        self._question: Question | None = None
        self._unheard: set[int] = set()

    @property
    def pending(self) -> bool:
        """Whether a witness has still to speak."""
        return bool(self._unheard)

    def ask(self, question: Question, calls: Sequence[Call]) -> None:
        """Asks about a question's uses of references, once; the opinions come later, call by call."""
        if question is self._question:
            return
        self._question, self._unheard = question, set(range(len(calls)))
        if not calls:
            return
        loop = asyncio.get_running_loop()

        def heard(opinions: Mapping[int, Sequence[Opinion]]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: the program is closing
                loop.call_soon_threadsafe(self._heard, question, opinions)

        self._desk.witnesses.ask(calls, heard)

    def _heard(self, question: Question, opinions: Mapping[int, Sequence[Opinion]]) -> None:
        if question is self._question:
            self._unheard -= set(opinions)
        self._tell(question, opinions)


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
