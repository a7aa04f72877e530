"""A real terminal for tests: the program in a pty, its output on a pyte screen, keys as a keyboard sends them."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from unicodedata import east_asian_width

import pexpect
import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "ctrl+p": "\x10",
    "ctrl+c": "\x03",
    "backspace": "\x7f",
}

#: The environment of the tests, without what would speak of another terminal than the one that is opened here.
_OUTSIDE = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}


def _row(cells, columns):
    """One row: the second half of a wide letter gives nothing, an orphaned one a blank, as terminals show it."""
    letters = []
    for column in range(columns):
        data = cells[column].data
        if data:
            letters.append(data)
        elif not (column and east_asian_width(cells[column - 1].data[:1] or " ") in "WF"):
            letters.append(" ")
    return "".join(letters)


class Terminal:
    """One program in one terminal."""

    def __init__(self, arguments, *, environment=None, columns=80, rows=24, folder=None):
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.process = pexpect.spawn(
            sys.executable,
            ["-P", "-m", "studytui", *arguments],
            cwd=folder,
            dimensions=(rows, columns),
            env={**_OUTSIDE, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})},
            encoding=None,
            timeout=20,
        )

    @property
    def pid(self):
        return self.process.pid

    @property
    def rows(self):
        """The screen as it stands, row by row.

        Not pyte's own `display`: it fails on the empty second half of a wide letter whose first half has been
        written over, which is what stands there while a picture has arrived by halves.
        """
        return [_row(self.screen.buffer[row], self.screen.columns) for row in range(self.screen.lines)]

    @property
    def text(self):
        """The screen as it stands, a line a row."""
        return "\n".join(row.rstrip() for row in self.rows)

    def read(self, seconds=0.05):
        """Feeds what the program has written to the screen; False at the program's end."""
        try:
            data = self.process.read_nonblocking(65_536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(data)
        return True

    def wait_for(self, words, *, seconds=20, gone=False):
        """Waits until the screen shows words (or, `gone`, no longer does), and gives the screen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            alive = self.read()
            if (words in self.text) is not gone:
                return self.text
            if not alive:
                break
        raise AssertionError(f"“{words}” {'is still' if gone else 'is not'} on the screen:\n{self.text}")

    def wait_for_raw(self, data, *, seconds=20):
        """Waits until the program has written something, seen or not."""
        end = time.monotonic() + seconds
        while data not in self.raw:
            assert time.monotonic() < end, self.text
            assert self.read(), self.text

    def press(self, *keys):
        """Sends keys: names such as `enter`, or text as it is typed."""
        for key in keys:
            self.process.send(KEYS.get(key, key).encode())

    def resize(self, columns, rows):
        """As when a window is pulled."""
        self.screen.resize(rows, columns)
        self.process.setwinsize(rows, columns)

    def wait_for_end(self, seconds=20):
        """Waits until the program has ended, and gives its exit code."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read():
            pass
        # The terminal is closed a moment before the program has ended: `close` would end it by a signal then.
        while time.monotonic() < end and self.process.isalive():
            time.sleep(0.01)
        self.process.close(force=False)
        return self.process.exitstatus

    def kill(self):
        """`kill -9`."""
        self.process.kill(9)
        self.process.wait()

    def close(self):
        self.process.close(force=True)


def environment(folder: Path) -> dict[str, str]:
    """An environment in which the program finds nothing of the user's own."""
    return {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "STUDYTUI_JOURNAL": str(folder / "journal.db"),
    }
