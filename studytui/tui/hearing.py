"""Hearing PyTorch's witnesses about the card on screen: they answer from their own process, and no screen waits."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reference_impl.compare import Opinion
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

        self._desk.ask_referee(calls, heard)

    def _heard(self, question: Question, opinions: Mapping[int, Sequence[Opinion]]) -> None:
        if question is self._question:
            self._unheard -= set(opinions)
        self._tell(question, opinions)
