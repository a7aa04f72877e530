"""The referee as the program sees it: calls in, opinions out later, without ever waiting for a process.

What happens between is in `process.py` (one server process) and `server.py` (its inside).
"""

from __future__ import annotations

import atexit
import json
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, Protocol

from reference_impl.arrays import plain
from reference_impl.compare import Only, Opinion
from studytui.frozen import frozen
from studytui.referee.process import Server, ServerLost

#: After so many failures in a row the server is left alone for a while.
MOST_FAILURES = 4
REST_SECONDS = 60.0
#: A request is sent once more when the server was lost over it.
_ATTEMPTS = 2
_CLOSING_SECONDS = 2.0


class Call(Protocol):
    """One use of a reference: its dotted name, the bound arguments by name, and what it gave."""

    @property
    def reference(self) -> str: ...  # noqa: D102 - said above
    @property
    def arguments(self) -> Mapping[str, object]: ...  # noqa: D102
    @property
    def value(self) -> object: ...  # noqa: D102


@frozen
class _Job:
    calls: tuple[Call, ...]
    only: Only
    future: Future[tuple[Opinion, ...]]


class Referee:
    """Asks witnesses in a subprocess. One for the program's life; nothing is started before the first question."""

    def __init__(
        self, command: Sequence[str] | None = None, *, timeout: float = 10.0, start_timeout: float = 60.0
    ) -> None:
        """`timeout` is the most seconds for one call, from when the server is ready; `start_timeout` is for that."""
        # -P: a folder of decks may hold a torch.py that is not PyTorch
        self._command = tuple(command or (sys.executable, "-P", "-m", "studytui.referee"))
        self._timeout, self._start_timeout = timeout, start_timeout
        self._lock = threading.Lock()
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._server: Server | None = None
        self._closed = False
        self._failures, self._resting_until = 0, 0.0

    @property
    def pid(self) -> int | None:
        """The server's process number, or None when none is running."""
        server = self._server
        return server.pid if server is not None else None

    def ask(self, calls: Sequence[Call], *, only: Only = "torch") -> Future[tuple[Opinion, ...]]:
        """What the witnesses say of the calls, one call after the other; those that need PyTorch, unless told.

        Returns at once. The future never raises: when the server fails, twice over, each call gets one opinion that
        neither agrees nor disagrees and says why. Callbacks of the future run on the referee's thread.
        """
        job = _Job(tuple(calls), only, Future())
        with self._lock:
            if not self._closed and job.calls:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._work, name="referee", daemon=True)
                    self._thread.start()
                    atexit.register(self.close)
                self._jobs.put(job)
                return job.future
        job.future.set_result(_unavailable(job.calls, "it is closed"))
        return job.future

    def close(self) -> None:
        """Ends the server; what is still asked is answered as unavailable. May be called more than once."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._jobs.put(None)
            server, thread = self._server, self._thread
        atexit.unregister(self.close)
        if server is not None:
            server.kill()
        if thread is not None and thread is not threading.current_thread():
            thread.join(_CLOSING_SECONDS)

    def _work(self) -> None:
        """The referee's thread: it starts the server and has to outlive it."""
        number = 0
        while (job := self._jobs.get()) is not None:
            if job.future.set_running_or_notify_cancel():
                job.future.set_result(self._answer(job, number))
            number += len(job.calls)
        self._drop_server()

    def _answer(self, job: _Job, first: int) -> tuple[Opinion, ...]:
        try:
            requests = [_request(first + place, call, job.only) for place, call in enumerate(job.calls)]
        except (TypeError, ValueError) as error:
            return _unavailable(job.calls, f"a call cannot be sent ({error})")
        if self._failures >= MOST_FAILURES and time.monotonic() < self._resting_until:
            return _unavailable(job.calls, f"it failed {self._failures} times in a row and rests for a minute")
        reason = "it is closed"
        for _ in range(_ATTEMPTS):
            if self._closed:
                break
            try:
                server = self._ready_server()
                replies = server.exchange(requests, len(requests), self._timeout * len(requests))
                by_id = {reply["id"]: _opinions(reply) for reply in replies}
                said = [opinion for place in range(len(requests)) for opinion in by_id[first + place]]
            except (ServerLost, LookupError, TypeError) as error:
                reason = str(error) if isinstance(error, ServerLost) else "its reply makes no sense"
                self._drop_server()
                self._failures += 1
                self._resting_until = time.monotonic() + REST_SECONDS
            else:
                self._failures = 0
                return tuple(said)
        return _unavailable(job.calls, reason)

    def _ready_server(self) -> Server:
        """The running server, started if there is none. Raises ServerLost."""
        if self._server is not None:
            return self._server
        server = Server(self._command)
        with self._lock:
            self._server = server
            closed = self._closed
        if closed:
            raise ServerLost("it is closed")
        server.exchange((), 1, self._start_timeout)
        return server

    def _drop_server(self) -> None:
        with self._lock:
            server, self._server = self._server, None
        if server is not None:
            server.discard()


def _request(number: int, call: Call, only: Only) -> bytes:
    """One line. TypeError or ValueError if JSON cannot hold the call."""
    arguments = {name: None if value is None else plain(value) for name, value in call.arguments.items()}
    request = {
        "id": number,
        "reference": call.reference,
        "arguments": arguments,
        "value": plain(call.value),
        "only": only,
    }
    return json.dumps(request).encode() + b"\n"


def _opinions(reply: Mapping[str, Any]) -> tuple[Opinion, ...]:
    if "error" in reply:
        return (Opinion("PyTorch", None, None, f"the referee cannot judge this: {reply['error']}"),)
    said = reply["opinions"]
    return tuple(
        [Opinion(each["name"], _tuples(each["value"]), each["agrees"], each["error"], each["seconds"]) for each in said]
    )


def _tuples(value: Any) -> Any:
    return plain(value) if isinstance(value, list) else value


def _unavailable(calls: Sequence[Call], reason: str) -> tuple[Opinion, ...]:
    return (Opinion("PyTorch", None, None, f"the referee is unavailable: {reason}"),) * len(calls)
