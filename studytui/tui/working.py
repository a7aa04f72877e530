"""Long work for a screen: in a process, heard in a thread, told in the screen's loop; ended at once when told to."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

from studytui.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.fitting.process import Step, Work
    from studytui.fitting.requests import Answer, Request


class Working:
    """One request at a time. `told` hears its steps and its answer, or the problem that there is instead."""

    def __init__(self, told: Callable[[Step | Answer | Problem], None]) -> None:
        self._told = told
        self._number = 0
        self._work: Work | None = None
        self.is_on = False

    def begin(self, request: Request) -> None:
        """Starts on a request, in the place of one that is being worked on."""
        self.cancel()
        self.is_on = True
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._listen, args=(request, self._number, loop), name="work", daemon=True).start()

    def cancel(self) -> None:
        """Ends the work; nothing more is heard of it."""
        self._number += 1
        self.is_on = False
        if self._work is not None:
            self._work.cancel()

    def _listen(self, request: Request, number: int, loop: asyncio.AbstractEventLoop) -> None:
        """In the thread."""
        from studytui.fitting.process import Work

        def tell(heard: Step | Answer | Problem) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: the program is closing
                loop.call_soon_threadsafe(self._hear, number, heard)

        try:
            with Work(request) as work:
                if number != self._number:  # cancelled while the process was starting
                    return
                self._work = work
                for heard in work.heard():
                    tell(heard)
        except Problem as problem:
            tell(problem)

    def _hear(self, number: int, heard: Step | Answer | Problem) -> None:
        from studytui.fitting.process import Step

        if number != self._number:
            return
        self.is_on = isinstance(heard, Step)
        self._told(heard)
