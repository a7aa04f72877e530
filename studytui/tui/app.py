"""The Textual application: themes, keys, the first screen. What it shows and does is in the screens."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual.app import App, SystemCommand
from textual.theme import BUILTIN_THEMES

from studytui.tui.keys import PRINTED, keymap
from studytui.tui.theme import THEMES
from studytui.tui.widgets.bars import valid_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import Binding
    from textual.notifications import SeverityLevel
    from textual.screen import Screen
    from textual.theme import Theme

    from studytui.desk import Desk
    from studytui.session import Session
    from studytui.tui.doing import Doing

#: Textual looks here three hundred times before the first paint.
_THEMES = {theme.name: theme for theme in (*THEMES, *BUILTIN_THEMES.values())}


class StudyApp(App[None]):
    """StudyTUI in a terminal. With `study` it goes straight to a sitting over `decks` and ends with it.

    With `first` it begins, and ends, with the screen that this makes; else it opens at home.
    """

    TITLE = "StudyTUI"
    ENABLE_COMMAND_PALETTE = True
    CSS = """
    Screen { background: $background; color: $foreground; }
    Toast { width: auto; max-width: 90%; margin: 0; padding: 0 1; }
    ToastRack { margin-bottom: 3; overflow-y: auto; }
    """

    def __init__(
        self,
        desk: Desk,
        *,
        study: bool = False,
        decks: list[str] | None = None,
        first: Callable[[], Screen[None]] | None = None,
    ) -> None:
        # Textual makes its style sheet from the theme in `__init__`: chosen after it, the sheet would be made twice.
        self.set_reactive(StudyApp.theme, desk.settings.theme)
        super().__init__()
        self._desk, self._first = desk, first
        self.chosen_keys: dict[str, str] = {}
        # Read before the terminal is taken: a damaged journal is then one line, not a broken screen.
        self._session: Session | None = None
        if study:
            self._session = desk.day.session(decks)
            self._session.begin()
            self._decks = decks
        elif first is None:
            self._overview = desk.day.overview()
        if desk.settings.keys:
            self.choose_keys()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Shows a note; a word about what was just done takes the place of the last such word, warnings stay."""
        if severity == "information":
            for earlier in list(self._notifications):
                if earlier.severity == "information":
                    self._unnotify(earlier, refresh=False)
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """The two themes of the program, then Textual's."""
        return _THEMES

    @cached_property
    def doing(self) -> Doing:
        """What is being done beside the screens."""
        from studytui.tui.doing import Doing

        return Doing(self)

    def choose_keys(self) -> None:
        """Takes the learner's own keys from the settings; screens that are open get them, too."""
        from studytui.tui.keys import own_keys
        from studytui.tui.rebinding import known_ids

        self.chosen_keys, problems = keymap(self._desk.settings.keys, known_ids())
        if not self.is_running:  # told once
            self._desk.problems.extend(problems)
            return
        for screen in self.screen_stack:
            own_keys(screen, again=True)
            screen.refresh_bindings()

    def get_default_screen(self) -> Screen[None]:
        """Home, or the sitting that was asked for: no screen is made only to be covered."""
        if self._first is not None:
            return self._first()
        if self._session is None:
            from studytui.tui.screens.home import HomeScreen

            return HomeScreen(self._desk, self._overview)
        from studytui.tui.screens.study import StudyScreen

        return StudyScreen(self._desk, self._session, self._decks)

    def on_mount(self) -> None:
        """A program that is told to end gives the terminal back first; its exit code is the one of that signal."""
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, or a thread of a test
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, partial(self.exit, return_code=143))

    def get_key_display(self, binding: Binding) -> str:
        """Keys as they are printed on a keyboard."""
        return PRINTED.get(binding.key) or super().get_key_display(binding)

    def action_help(self) -> None:
        """All keys and words."""
        from studytui.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def action_fit(self) -> None:
        """Parameters and desired retention."""
        from studytui.tui.reporting import reporting
        from studytui.tui.screens.fit import FitScreen

        with reporting(self.screen):
            self.push_screen(FitScreen(self._desk))

    def action_stats(self) -> None:
        """Statistics of all decks, over whatever screen is on; not twice."""
        from studytui.tui.screens.stats import StatsScreen

        if not isinstance(self.screen, StatsScreen):
            self.push_screen(StatsScreen(self._desk))

    def action_toggle_theme(self) -> None:
        """The other of the two themes."""
        dark, light = THEMES
        self.theme = light.name if self.theme == dark.name else dark.name

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers: the screen's own keys first, then themes, help and leaving."""
        for active in valid_keys(screen):
            node, binding = active.node, active.binding
            yield SystemCommand(
                binding.description.capitalize(),
                binding.tooltip,
                partial(self.call_later, self.run_action, binding.action, node),
            )
        if self._session is None and screen is self.screen_stack[0]:  # a sitting keeps the scheduler it began with
            yield SystemCommand("Fit", "Fit the memory model to your reviews; forecast the work", self.action_fit)
        yield SystemCommand("Statistics", "What comes due, answers, true retention, memory", self.action_stats)
        yield SystemCommand("Light or dark", "Switch between the two themes", self.action_toggle_theme)
        yield SystemCommand("Theme", "Choose among all themes", self.action_change_theme)
        yield SystemCommand("Quit", "Leave StudyTUI; everything is saved already", self.action_quit)
