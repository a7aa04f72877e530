"""One server process: started, spoken to within a time limit, ended. What is asked of it is in `client.py`."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from collections.abc import Sequence
from queue import SimpleQueue
from typing import IO, Any, cast

#: A killed process is gone within milliseconds; after so many seconds nobody waits for it any more.
_REAPING_SECONDS = 5


class ServerLost(Exception):  # noqa: N818 - named for what happened
    """The process has ended, was ended for taking too long, or could not be started; the text says which."""


class Server:
    """A running server process."""

    def __init__(self, command: Sequence[str]) -> None:
        """Starts the process. Raises ServerLost if it cannot be started.

        Linux ends the process together with the thread that starts it, so that thread has to live as long.
        """
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                [*command, str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is the program's, not the server's
            )
        except OSError as error:
            raise ServerLost(f"it could not be started ({error})") from error
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        self._late = False
        threading.Thread(target=self._read, name="referee reader", daemon=True).start()

    @property
    def pid(self) -> int:
        """The process number."""
        return self._process.pid

    def exchange(self, requests: Sequence[bytes], replies: int, seconds: float) -> list[dict[str, Any]]:
        """Sends lines and waits for so many replies. Raises ServerLost if they have not all come in time."""
        watchdog = threading.Timer(seconds, self._too_late)
        watchdog.daemon = True
        watchdog.start()
        try:
            stdin = cast("IO[bytes]", self._process.stdin)
            stdin.write(b"".join(requests))
            stdin.flush()
            return [self._receive(seconds) for _ in range(replies)]
        except (OSError, ValueError) as error:  # a broken pipe, or a line that is no JSON
            raise ServerLost(self._reason(seconds)) from error
        finally:
            watchdog.cancel()

    def _receive(self, seconds: float) -> dict[str, Any]:
        line = self._lines.get()
        if line is None:
            raise ServerLost(self._reason(seconds))
        message: dict[str, Any] = json.loads(line)
        return message

    def _reason(self, seconds: float) -> str:
        if self._late:
            return f"it gave no answer within {seconds:g} seconds"
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_REAPING_SECONDS)
        return f"it ended with status {self._process.returncode}"

    def _too_late(self) -> None:
        self._late = True
        self.kill()

    def kill(self) -> None:
        """Ends the process now, and wakes whoever waits for it. From any thread."""
        self._process.kill()
        self._lines.put(None)

    def discard(self) -> None:
        """Ends the process and lets go of it."""
        self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_REAPING_SECONDS)
        with contextlib.suppress(OSError):  # what was not yet written
            cast("IO[bytes]", self._process.stdin).close()

    def _read(self) -> None:
        with cast("IO[bytes]", self._process.stdout) as stdout:
            for line in stdout:
                self._lines.put(line)
        self._lines.put(None)
