"""The process that fits and forecasts, as the program sees it: started, heard, and ended at once when told to."""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Self, cast

from studytui.frozen import frozen
from studytui.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

    from studytui.fitting.requests import Answer, Request

_COMMAND = (sys.executable, "-P", "-m", "studytui.fitting")


@frozen
class Step:
    """So many steps are done, of how many, and what comes now."""

    done: int
    total: int
    what: str

    def __str__(self) -> str:
        return f"Step {self.done + 1} of {self.total}: {self.what}"


class Work:
    """One request, worked on. Leaving the context, from whatever reason, ends the process."""

    def __init__(self, request: Request, command: Sequence[str] = _COMMAND) -> None:
        self._request = request
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is the program's, which then ends this process
            )
        except OSError as error:
            raise Problem(f"fitting could not be started ({error})") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                cast("IO[bytes]", pipe).close()

    def cancel(self) -> None:
        """Ends the process now, from any thread; whoever listens then hears that it has ended."""
        self._process.kill()

    def heard(self) -> Iterator[Step | Answer]:
        """The steps as they begin, and last the answer. Raises Problem when there is none."""
        stdout = cast("IO[bytes]", self._process.stdout)
        try:
            with cast("IO[bytes]", self._process.stdin) as stdin:
                pickle.dump(self._request, stdin)
            while True:
                kind, *rest = pickle.load(stdout)  # noqa: S301 - from a process of our own
                if kind == "step":
                    yield Step(*rest)
                elif kind == "problem":
                    raise Problem(rest[0])
                else:
                    yield rest[0]
                    return
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise Problem(f"fitting ended before its time (status {self._process.wait()}); try again") from error
