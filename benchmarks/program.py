"""A program in a pseudo-terminal, timed from outside: bytes in, bytes out, nothing of the program's own clock."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self


class Program:
    """One run, killed at the end of its `with` block."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], *, rows: int = 24, columns: int = 80
    ) -> None:
        self.output = b""
        self._begun = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], list(command), {**os.environ, **environment})  # noqa: S606 - the program measured

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def wait_for(self, words: bytes, *, seconds: float = 30) -> float:
        """Milliseconds since the start, or since `press`, until `words` came."""
        return self.wait_until(lambda output: words in output, repr(words), seconds=seconds)

    def wait_until(self, shown: Callable[[bytes], object], what: str, *, seconds: float = 30) -> float:
        """Milliseconds until the output is as wanted; raises TimeoutError with what came instead."""
        end = time.perf_counter() + seconds
        while not shown(self.output):
            left = end - time.perf_counter()
            if left <= 0 or not select.select([self._fd], [], [], left)[0]:
                raise TimeoutError(f"{what} did not come; the end of the output is {self.output[-400:]!r}")
            try:
                self.output += os.read(self._fd, 65_536)
            except OSError as error:
                raise TimeoutError(f"the program ended: {self.output[-2000:]!r}") from error
        return 1000 * (time.perf_counter() - self._begun)

    def drain(self, seconds: float) -> None:
        """Reads what comes within a time."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0 and select.select([self._fd], [], [], left)[0]:
            self.output += os.read(self._fd, 65_536)

    def press(self, keys: bytes) -> None:
        """Sends keys; the clock of `wait_for` begins anew, and earlier output is forgotten."""
        self.output = b""
        self._begun = time.perf_counter()
        os.write(self._fd, keys)


def resident(pid: int) -> float:
    """The memory that a process holds, in MiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def children(pid: int) -> list[int]:
    """The processes that any thread of a process has started."""
    found: list[int] = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        found += map(int, (thread / "children").read_text().split())
    return found
