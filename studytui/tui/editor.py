"""The learner's own editor, opened at a line of a deck."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

if TYPE_CHECKING:
    from typing import Any

    from textual.app import App
    from textual.screen import Screen

#: Editors that take the line as `file:line` behind an option, where the others take `+line file`.
_COLON = {"code": ["--wait", "--goto"], "codium": ["--wait", "--goto"], "subl": ["--wait"], "zed": ["--wait"], "hx": []}


def editor_command(file: str, line: int) -> list[str] | None:
    """The command that opens a file at a line: `$VISUAL`, `$EDITOR`, or the first of the usual editors there is.

    Raises ValueError when the variable's quotes do not match.
    """
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    words = shlex.split(chosen) if chosen else []
    if not words:
        found = next((name for name in ("nano", "vim", "vi") if shutil.which(name)), None)
        if found is None:
            return None
        words = [found]
    options = _COLON.get(Path(words[0]).name)
    if options is not None:
        return [*words, *options, f"{file}:{line}"]
    return [*words, f"+{line}", file]


def edited(screen: Screen[Any], file: str, line: int) -> bool:
    """Opens the editor and waits for it; shows what went wrong, else the file may have changed."""
    problem = open_editor(screen.app, file, line)
    if problem:
        screen.notify(problem, severity="error", markup=False, timeout=12)
    return not problem


def open_editor(app: App[None], file: str, line: int) -> str:
    """Opens the editor and waits for it; gives a sentence when that did not work, else nothing."""
    try:
        command = editor_command(file, line)
    except ValueError as error:
        return f"EDITOR cannot be understood ({error}); set it to a command, for example EDITOR=nano, and try again."
    if command is None:
        return "No editor found: set EDITOR, for example EDITOR=nano, and try again."
    if shutil.which(command[0]) is None:
        return f"The editor “{command[0]}” was not found: set EDITOR to one that is installed."
    try:
        with app.suspend():
            code = subprocess.run(command, check=False).returncode  # noqa: S603 - the learner's own editor
    except SuspendNotSupported:
        return f"This terminal cannot hand over to an editor; open {file} at line {line} yourself."
    except OSError as error:
        return f"The editor “{command[0]}” could not be started ({error.strerror}); set EDITOR to another."
    return f"The editor ended with code {code}; nothing was changed here." if code else ""
