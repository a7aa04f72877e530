"""All keys that can be set, screen by screen: what the settings screen lists, and what `[keys]` may name.

A new screen with keys of its own is named here, and nowhere else. Loaded only where keys are set or listed.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.problems import Problem
from studytui.text import clean_line, did_you_mean
from studytui.tui.keys import latin

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Title, module and class. What comes first lists an id that several screens have.
_SCREENS = (
    ("Home", "home", "HomeScreen"),
    ("Study", "study", "StudyScreen"),
    ("Quiz", "quiz", "QuizScreen"),
    ("Quiz: all questions", "quiz_overview", "OverviewScreen"),
    ("Quiz: setting up", "quiz_setup", "QuizSetupScreen"),
    ("Report", "report", "ReportScreen"),
    ("Reports", "report", "ReportsScreen"),
    ("Browse", "browse", "BrowseScreen"),
    ("Browse: one card", "browse_pages", "PreviewScreen"),
    ("Browse: cards that are gone", "browse_pages", "GoneScreen"),
    ("A line to type", "one_line", "OneLine"),
    ("The day on which a card is due", "due_day", "DueDayScreen"),
    ("Statistics", "stats", "StatsScreen"),
    ("Fit", "fit", "FitScreen"),
    ("Suspended cards", "suspended", "SuspendedScreen"),
    ("Leeches", "leeches", "LeechesScreen"),
    ("Settings", "settings", "SettingsScreen"),
    ("Pages", "page", "Page"),
    ("Questions before something is done", "confirm", "ConfirmScreen"),
)


@frozen
class Bound:
    """What keys can be set for: its id, its own keys, what it does; the ids on the same screens that share a key."""

    id: str
    keys: str
    does: str
    shares: frozenset[str]


@frozen
class Bindings:
    """The keys of one screen."""

    title: str
    bound: tuple[Bound, ...]


@cache
def rebindable() -> tuple[Bindings, ...]:
    """All screens with what can be set on them; an id stands only on the first screen that has it."""
    seen: set[str] = set()
    screens = []
    for title, module, name in _SCREENS:
        screen = getattr(importlib.import_module(f"studytui.tui.screens.{module}"), name)
        found = []
        for binding in _declared(screen):
            if binding.id not in seen:
                seen.add(binding.id)
                found.append(binding)
        screens.append(Bindings(title, tuple(found)))
    return tuple(screens)


def _declared(screen: type) -> list[Bound]:
    bindings = [each for each in screen.BINDINGS if getattr(each, "id", None)]  # type: ignore[attr-defined]  # a Screen
    keys = {each.id: latin(each.key) for each in bindings}
    return [
        Bound(each.id, keys[each.id], each.tooltip or each.description, _sharing(each.id, keys)) for each in bindings
    ]


def _sharing(binding: str, keys: Mapping[str, str]) -> frozenset[str]:
    """The other bindings of a screen that have a key in common with one: what is valid decides between them."""
    own = set(keys[binding].split(","))
    return frozenset(other for other, theirs in keys.items() if other != binding and own & set(theirs.split(",")))


def known_ids() -> list[str]:
    """The ids of all keys that can be set."""
    return [bound.id for screen in rebindable() for bound in screen.bound]


def check_binding(name: str) -> None:
    """Raises Problem for an id that there is not."""
    known = known_ids()
    if name not in known:
        raise Problem(f"there is no key “{clean_line(name)}”{did_you_mean(name, known) or '; `?` lists the ids'}")


def conflicts(chosen: Mapping[str, str]) -> dict[str, list[str]]:
    """By id, the other ids on its screen that share a key only because of what was chosen."""
    found: dict[str, list[str]] = {}
    for screen in rebindable():
        keys = {each.id: set(latin(chosen.get(each.id, each.keys)).split(",")) - {""} for each in screen.bound}
        for each in screen.bound:
            others = [other for other in keys if other != each.id and other not in each.shares]
            shared = [other for other in others if keys[each.id] & keys[other]]
            if shared:
                found[each.id] = shared
    return found
