"""A sitting whose event loop ticks every millisecond, in a process of its own: prints the longest gap as JSON.

`python -m benchmarks.ticking JOURNAL DECKS referee|silent`: the first card of DECKS has nothing to compute, the second
has, so that its proof is not asked for amid the start of the program.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytui.desk import Desk

#: Without the referee nothing says when PyTorch would have been there: the loop is watched for so long.
SILENT_SECONDS = 3.0


class Ticker:
    """Notes when the loop was free: at best every millisecond."""

    def __init__(self) -> None:
        self.ticks: list[float] = []

    async def run(self) -> None:
        """Ticks until it is cancelled."""
        while True:
            self.ticks.append(time.perf_counter())
            await asyncio.sleep(0.001)

    def longest(self, begin: float, end: float) -> float:
        """Milliseconds of the longest gap that overlaps a time."""
        gaps = zip(self.ticks, self.ticks[1:], strict=False)
        return 1000 * max(after - before for before, after in gaps if after > begin and before < end)


async def watch(desk: Desk, *, silent: bool) -> dict[str, float]:
    """From the key that brings the computed card until PyTorch's first opinion about it."""
    from studytui.tui.app import StudyApp

    heard = asyncio.Event()
    ask, loop = desk.witnesses.ask, asyncio.get_running_loop()
    asked = 0.0

    def asking(calls: Sequence[object], tell: Callable[[Mapping[int, Sequence[object]]], None]) -> None:
        nonlocal asked
        asked = time.perf_counter()

        def told(opinions: Mapping[int, Sequence[object]]) -> None:
            tell(opinions)
            loop.call_soon_threadsafe(heard.set)

        if not silent:
            ask(calls, told)  # type: ignore[arg-type]  # as above

    desk.witnesses.ask = asking  # type: ignore[method-assign,assignment]  # watched, and loosely typed
    app, ticker = StudyApp(desk, study=True), Ticker()
    async with app.run_test(size=(80, 24)) as pilot:
        ticking = asyncio.create_task(ticker.run())
        await pilot.pause(1)
        await pilot.press("space")
        await pilot.pause(0.5)
        await pilot.press("4")
        await (asyncio.sleep(SILENT_SECONDS) if silent else heard.wait())
        end = time.perf_counter()
        await pilot.pause(0.1)
        ticking.cancel()
    return {"longest": ticker.longest(asked, end), "seconds": end - asked}


def main() -> None:
    """Watches one sitting over the decks of a folder, in a journal of its own."""
    journal, decks, silent = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "silent"
    os.environ["TEXTUAL_FPS"] = "240"
    from studytui.deck.library import Library
    from studytui.desk import Desk, scheduler_of
    from studytui.journal import Journal
    from studytui.settings import Settings

    scheduler = scheduler_of(Settings())
    with Desk(Settings(), Library([decks]), Journal.open(journal, scheduler), scheduler) as desk:
        print(json.dumps(asyncio.run(watch(desk, silent=silent))))


if __name__ == "__main__":
    main()
