"""The way to the screen: `studytui` and `studytui study DECK…` load nothing that the first card does not need."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def on_terminal() -> bool:
    """Whether a person can see and type."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def run_app(journal: Path | None, decks: Sequence[str], *, study: bool) -> None:
    """Opens the decks and the journal, and shows home or a sitting. Raises Problem.

    `TEXTUAL_FPS` has to stand before Textual is imported: a key press then takes 4 ms instead of 16. No garbage is
    collected until the first paint: what start-up makes stays, and looking through it would cost 10 ms.
    """
    gc.disable()
    os.environ.setdefault("TEXTUAL_FPS", "240")
    from studytui.desk import Desk
    from studytui.tui.app import StudyApp

    with Desk.open(journal, decks) as desk:
        app = StudyApp(desk, study=study, decks=desk.chosen(decks))
        app.run()
    if app.return_code:
        sys.exit(app.return_code)


def shortcut(arguments: Sequence[str]) -> bool:
    """Runs the two commands that people wait for when they come without options; False for anything else.

    Click, which reads all other commands, costs 8 ms of the 25 that the first card may take.
    """
    if any(argument.startswith("-") for argument in arguments) or not on_terminal():
        return False
    if not arguments or arguments[0] == "study":
        from studytui.problems import Problem

        try:
            run_app(None, arguments[1:], study=bool(arguments))
        except Problem as problem:
            sys.stderr.write(f"studytui: {problem}\n")
            sys.exit(2)
        return True
    return False
