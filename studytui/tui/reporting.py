"""Journal errors become messages on the screen: nothing is lost, and the learner reads what to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from studytui.journal.errors import JournalError
from studytui.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from textual.screen import Screen


#: So many notes of three lines leave half of a small terminal free.
MOST_SHOWN = 3


@contextmanager
def reporting(screen: Screen[Any]) -> Iterator[None]:
    """Shows a journal error and stays where it happened, so that the same key can be pressed again."""
    try:
        yield
    except JournalError as error:
        _not_saved(screen, error)


@contextmanager
def reporting_once(screen: Screen[Any], told: set[str]) -> Iterator[None]:
    """As `reporting`, for what is tried again each second: a sentence is not repeated before all went well once."""
    try:
        yield
        told.clear()
    except JournalError as error:
        if str(error) not in told:
            told.add(str(error))
            _not_saved(screen, error)


def _not_saved(screen: Screen[Any], error: JournalError) -> None:
    screen.notify(str(error), title="Not saved", severity="error", timeout=30, markup=False)


@contextmanager
def telling(screen: Screen[Any]) -> Iterator[None]:
    """As `reporting`, and shows whatever else of the learner's world was not as it must be."""
    with reporting(screen):
        try:
            yield
        except JournalError:
            raise
        except Problem as problem:
            screen.notify(str(problem), severity="warning", timeout=12, markup=False)


def show_problems(screen: Screen[Any], problems: list[str]) -> None:
    """Shows what was found wrong outside (settings, the day's backup), each once.

    Of many the first few are shown: more would cover the screen that they are about.
    """
    if len(problems) > MOST_SHOWN:
        more = len(problems) - MOST_SHOWN + 1
        words = f"{more} more. The settings screen marks ✗ what cannot be used; `studytui due` says all of it"
        problems[MOST_SHOWN - 1 :] = [words]
    while problems:
        screen.notify(problems.pop(0), severity="warning", timeout=12, markup=False)
