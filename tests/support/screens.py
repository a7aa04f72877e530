"""The program on a screen that exists only in memory: keys in, rows out."""

from __future__ import annotations

import asyncio
import time
import unicodedata
from contextlib import asynccontextmanager

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key

from studytui.tui.app import StudyApp
from studytui.tui.screens.stats import StatsScreen
from studytui.tui.screens.study import StudyScreen
from studytui.tui.widgets.card_view import CardView

WIDE, NARROW = (80, 24), (40, 12)


class Screen:
    """What a test sees and does."""

    def __init__(self, app, pilot):
        self.app, self.pilot = app, pilot

    async def press(self, *keys):
        """Presses keys one after the other."""
        for key in keys:
            self.app._driver.send_message(self.event(key))
            await self.settle()

    @staticmethod
    def event(key):
        """The event of a key, as `Pilot.press` makes it."""
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        try:
            character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
        except KeyError:
            character = name if len(name) == 1 else None
        return events.Key(name, character)

    async def settle(self):
        """Lets what was sent go from the app to the focus, to the screen, and onto it: `Pilot.pause`, without waiting
        20 ms for the processor to be idle.
        """
        await self._turn()
        if self._is_awaited:
            while self._is_awaited:
                await asyncio.sleep(0.001)  # it is made in a thread of its own
                await self._turn()
            await self._turn()  # it may have come behind the last one

    @property
    def _is_awaited(self):
        """Whether a figure or a statistic is on its way."""
        counting = (screen for screen in self.app.screen_stack if isinstance(screen, StatsScreen))
        return any(each._illustrator.pending for each in self._studies) or any(each.counting for each in counting)

    @property
    def _studies(self):
        return [screen for screen in self.app.screen_stack if isinstance(screen, StudyScreen)]

    async def _turn(self):
        for _ in range(4):
            await self.pilot._wait_for_screen()
            self.app.screen._on_timer_update()

    async def answer_without_figure(self, *, rate=True):
        """Has the answer shown, and rates it, while a figure is still being made."""
        for key in ("escape", "space", *(["4"] if rate else [])):
            self.app._driver.send_message(self.event(key))
            await self._turn()

    async def type(self, text):
        """Types into whatever has the focus; the text may hold anything that a keyboard can send."""
        names = {" ": "space", "\n": "enter"}
        await self.press(*(names.get(character, character) for character in text))

    async def click(self, words):
        """Clicks on the first place of the screen where words stand."""
        for y, line in enumerate(self.lines):
            x = line.find(words)
            if x >= 0:
                await self.pilot.click(offset=(x + 1, y))
                return
        raise AssertionError(f"“{words}” is not on the screen:\n{self.text}")

    async def resize(self, size):
        await self.pilot.resize_terminal(*size)
        await self.settle()

    async def over(self):
        """Waits until what is done beside the screen is done."""
        await self.until(lambda: not self.app.doing.is_on)
        await self.settle()

    async def until(self, condition, seconds=30):
        """Waits until something is so."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"it did not come to this:\n{self.text}")
            await self.settle()
            await asyncio.sleep(0.005)  # a loop that never rests keeps other threads from the interpreter

    @property
    def lines(self):
        """The whole screen as a terminal would show it, toasts included."""
        return ["".join(segment.text for segment in strip) for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self):
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def study(self):
        """The study screen, wherever it is on the stack."""
        return self._studies[0]

    @property
    def session(self):
        return self.study.session

    @property
    def question(self):
        return self.session.question

    @property
    def field(self):
        return self.study._field

    @property
    def card(self):
        """All rows of the view on top, those scrolled away, too."""
        return "\n".join(row.text for row in self.app.screen.query_one(CardView).rows)

    @property
    def keys(self):
        return self.lines[-1].strip()

    @property
    def title(self):
        return self.lines[0].strip()

    @property
    def notices(self):
        return [notice.message for notice in self.app._notifications]


@asynccontextmanager
async def opened(world, *, study=False, size=WIDE, referee=None, first=None):
    """The program over a world's decks: at home, in a sitting over all of them, or at the screen that `first` makes."""
    with world.desk(referee) as desk:
        app = StudyApp(desk, study=study, first=None if first is None else lambda: first(desk))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Screen(app, pilot)
