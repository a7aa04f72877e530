"""The way to the screen: `studytui` and `studytui study DECK…` load nothing that the first card does not need."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.screen import Screen

    from studytui.desk import Desk
    from studytui.quiz.plan import Plan


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
        app = StudyApp(desk, study=study, decks=desk.decks.chosen(decks))
        app.run()
    if app.return_code:
        sys.exit(app.return_code)


def run_cram(
    journal: Path | None, decks: Sequence[str], search: str = "", progress: Callable[[int, int], object] | None = None
) -> None:
    """Shows a cram session over the cards of the decks that are named, those that a search finds. Raises Problem."""
    gc.disable()
    os.environ.setdefault("TEXTUAL_FPS", "240")
    from studytui.desk import Desk
    from studytui.tui.app import StudyApp
    from studytui.tui.screens.study import StudyScreen

    with Desk.open(journal, decks) as desk:
        chosen = desk.decks.chosen(decks)
        session = desk.cramming.session(desk.cramming.cards(chosen, search, progress))
        session.begin()
        app = StudyApp(desk, first=lambda: StudyScreen(desk, session, chosen))
        app.run()
    if app.return_code:
        sys.exit(app.return_code)


def run_quiz(journal: Path | None, plan: Plan | None, decks: Sequence[str], *, resume: int | None = None) -> None:
    """Shows a quiz: of a plan, over the decks that are named; the one that waits; or how one is set up.

    Raises Problem where there is nothing to ask, or nothing waits.
    """
    gc.disable()
    os.environ.setdefault("TEXTUAL_FPS", "240")
    from studytui.desk import Desk
    from studytui.tui.app import StudyApp

    with Desk.open(journal, decks) as desk:
        app = StudyApp(desk, first=_first_of_quiz(desk, plan, desk.decks.chosen(decks), resume=resume))
        app.run()
    if app.return_code:
        sys.exit(app.return_code)


def _first_of_quiz(
    desk: Desk, plan: Plan | None, decks: Sequence[str] | None, *, resume: int | None
) -> Callable[[], Screen[None]]:
    """Makes the screen with which a quiz begins. What can go wrong goes wrong here, before the terminal is taken."""
    number = _to_resume(desk, resume) if plan is None else 0
    if plan is None and not number:
        from studytui.tui.screens.quiz_setup import QuizSetupScreen

        choices = desk.quizzes.choices()
        return lambda: QuizSetupScreen(desk, decks, choices)
    from dataclasses import replace

    from studytui.tui.screens.quiz import QuizScreen

    if plan is not None:
        quiz = desk.quizzes.begin(replace(plan, decks=tuple(decks or ())))
    else:
        quiz = desk.quizzes.resume(number)
    return lambda: QuizScreen(desk, quiz)


def _to_resume(desk: Desk, resume: int | None) -> int:
    """The number of the quiz to go on with; 0 where the learner chooses on the screen, as among several."""
    if resume != 0:
        return resume or 0
    from studytui.problems import Problem

    waiting = desk.quizzes.waiting()
    if not waiting:
        raise Problem("no quiz waits to be gone on with: `studytui quiz` begins one")
    return waiting[0].number if len(waiting) == 1 else 0


def shortcut(arguments: Sequence[str]) -> bool:
    """Runs the commands that people wait for when they come without options; False for anything else.

    Click, which reads all other commands, costs 8 ms of the 25 that the first card may take.
    """
    if any(argument.startswith("-") for argument in arguments) or not on_terminal():
        return False
    if not arguments or arguments[0] in {"study", "quiz"}:
        from studytui.problems import Problem

        try:
            if arguments and arguments[0] == "quiz":
                run_quiz(None, None, arguments[1:])
            else:
                run_app(None, arguments[1:], study=bool(arguments))
        except Problem as problem:
            sys.stderr.write(f"studytui: {problem}\n")
            sys.exit(2)
        return True
    return False
