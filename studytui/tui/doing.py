"""Work that a screen has done beside it: it says what and how far, and ends when told to; one at a time in the program.

SQLite has one writer at a time: while the work writes, a key that would write, too, is told to wait (`waits`).
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from studytui.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.screen import Screen

    from studytui.fitting.requests import Answer, Request
    from studytui.tui.app import StudyApp

T = TypeVar("T")
S = TypeVar("S", bound="Screen[Any]")
P = ParamSpec("P")

#: Seconds that a key waits for its work: most work is over by then, and the next key finds it so.
_SHORT = 0.05
#: Seconds from the beginning that the next key waits, which follows it at once.
_NEXT = 0.25
#: Seconds before anything is shown, and between two words of how far it is: nothing flickers.
_OFTEN = 0.1

UNCHANGED = "Cancelled; nothing was changed."


class EndedError(Exception):
    """The learner has ended the work."""


class Tell:
    """How the work tells, in its own thread, how far it is: there it ends when it was told to, by EndedError."""

    def __init__(self, heard: Callable[[str], None]) -> None:
        self._heard = heard
        self._lock = threading.Lock()
        self._also: Callable[[], None] | None = None
        self._said = time.monotonic()
        self.is_ended = self.is_kept = False

    def __call__(self, done: int, of: int) -> None:
        """So much is done, of so much."""
        self.step(f"{100 * done // max(of, 1)} %")

    def step(self, words: str) -> None:
        """What is done now."""
        if self.is_ended:
            raise EndedError
        if time.monotonic() - self._said >= _OFTEN:
            self._said = time.monotonic()
            self._heard(words)

    def keep(self) -> None:
        """From here on the work cannot be ended: what comes now would leave it half done."""
        with self._lock:
            if self.is_ended:
                raise EndedError
            self.is_kept = True

    def also_end(self, end: Callable[[], None]) -> None:
        """What else must be called where the work is told to end, from another thread."""
        with self._lock:
            self._also = end
        if self.is_ended:
            end()

    def end(self) -> None:
        """Tells the work to end, if it can still be ended."""
        with self._lock:
            self.is_ended = not self.is_kept
            also = self._also if self.is_ended else None
        if also is not None:
            also()


class _Work(Generic[T]):
    """One piece of work, in its thread."""

    def __init__(
        self, screen: Screen[Any], what: str, show: Callable[[], object], after: Callable[[T | None], object],
        cancelled: str,
    ) -> None:  # fmt: skip
        self.screen, self.what, self.show, self.after, self.cancelled = screen, what, show, after, cancelled
        self.far, self.is_shown, self.began = "", False, time.monotonic()
        self.over = threading.Event()
        self.result: T | None = None
        self.error: BaseException | None = None

    def run(self, work: Callable[[Tell], T], tell: Tell) -> None:
        try:
            self.result = work(tell)
        except BaseException as error:  # told, or raised again, in the screen's loop
            self.error = error
        self.over.set()


class Doing:
    """What is being done beside the screens of one program."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._work: _Work[Any] | None = None
        self._tell: Tell | None = None

    @property
    def is_on(self) -> bool:
        """Whether something is being done."""
        return self._work is not None

    @property
    def words(self) -> str:
        """What is being done and how far it is; empty when nothing is, or has been for a moment only."""
        return self._words if self._work is not None and self._work.is_shown else ""

    @property
    def short(self) -> str:
        """`words` for narrow terminals: how far it is, and the way out."""
        return " · ".join(self.words.split(" · ")[1:])

    @property
    def _words(self) -> str:
        if self._work is None or self._tell is None:
            return ""
        way = "cannot be cancelled now" if self._tell.is_kept else "ending …" if self._tell.is_ended else "esc cancels"
        return " · ".join(filter(None, (f"{self._work.what} …", self._work.far, way)))

    def begin(
        self,
        screen: Screen[Any],
        what: str,
        work: Callable[[Tell], T],
        show: Callable[[], object],
        after: Callable[[T | None], object],
        cancelled: str = UNCHANGED,
    ) -> None:
        """Has `work` done in a thread, if nothing else is being done: that is said then.

        `show` is called whenever `words` are others. At the end `after` is given what came of it; None where nothing
        did, and the screen has said why. Both are called in the screen's loop.
        """
        if self.waits():
            return
        begun = self._work = _Work(screen, what, show, after, cancelled)
        loop = asyncio.get_running_loop()

        def say(what: Callable[..., object], *arguments: object) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: the program is closing
                loop.call_soon_threadsafe(self._app.call_later, what, *arguments)

        tell = self._tell = Tell(lambda words: say(self._far, begun, words))

        def run() -> None:
            begun.run(work, tell)
            say(self._over, begun)

        threading.Thread(target=run, name="doing", daemon=True).start()
        if begun.over.wait(_SHORT):
            self._over(begun)
        else:
            loop.call_later(_OFTEN - _SHORT, say, self._far, begun, "")

    def waits(self) -> bool:
        """Whether something is being done that a key must wait for; says so, unless it is over in a moment."""
        if self._work is None:
            return False
        if self._work.over.wait(max(self._work.began + _NEXT - time.monotonic(), 0)):
            self._over(self._work)
            return False
        self._app.notify(f"Not now: {self._words}", severity="warning", timeout=4, markup=False)
        return True

    def end(self) -> bool:
        """Ends what is being done; whether anything was. What came of it is told all the same."""
        if self._work is None or self._tell is None:
            return False
        self._tell.end()
        self._work.is_shown = True
        self._work.show()
        return True

    def leave(self) -> None:
        """Ends what is being done, for a screen that is gone: it is told nothing more."""
        if self._tell is not None:
            self._tell.end()

    def _far(self, work: _Work[Any], words: str) -> None:
        if work is self._work and work.screen.is_attached:
            work.far, work.is_shown = words, True
            work.show()

    def _over(self, work: _Work[Any]) -> None:
        if work is not self._work:  # told at once already
            return
        self._work = self._tell = None
        screen, error = work.screen, work.error
        if error is not None and not isinstance(error, Problem | EndedError):
            raise error
        if isinstance(error, Problem):
            self._app.notify(str(error), severity="error", timeout=30, markup=False)
        elif error is not None:
            self._app.notify(work.cancelled, markup=False)
        if screen.is_attached:
            work.show()
            work.after(work.result)
            screen.refresh_bindings()


def doing(screen: Screen[Any]) -> Doing:
    """What is being done in a screen's program."""
    return cast("StudyApp", screen.app).doing


def waits(action: Callable[Concatenate[S, P], None]) -> Callable[Concatenate[S, P], None]:
    """For an action that needs the journal: while something is being done beside the screen, it says so instead."""

    @wraps(action)
    def wait(screen: S, /, *arguments: P.args, **named: P.kwargs) -> None:
        if not doing(screen).waits():
            action(screen, *arguments, **named)

    return wait


def answering(request: Request) -> Callable[[Tell], Answer]:
    """A request that is answered in a process of its own, as work: what takes seconds of computing, not of the disk."""

    def work(tell: Tell) -> Answer:
        from studytui.fitting.process import Step, Work

        with Work(request) as process:
            tell.also_end(process.cancel)
            try:
                for heard in process.heard():
                    if not isinstance(heard, Step):
                        return heard
                    tell.step(heard.what)
            except Problem:
                if tell.is_ended:
                    raise EndedError from None
                raise
        raise EndedError

    return work
