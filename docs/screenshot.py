"""Makes `docs/screenshot.svg` from the running program: a computed card after a slip."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from studytui.deck.builtin import builtin_decks
from studytui.deck.library import Library
from studytui.desk import Desk
from studytui.journal import Journal
from studytui.memory.model import Moment
from studytui.memory.schedule import Scheduler
from studytui.settings import Settings
from studytui.tui.app import StudyApp
from studytui.tui.widgets.card_view import CardView

CARD = "stride-and-padding/weights-and-biases"
NOON = Moment(1_790_000_000_000, 540)


async def main() -> None:
    """Buries what stands before the card, answers with the slip's own value, and waits for PyTorch's witness."""
    folder = Path(tempfile.mkdtemp())
    scheduler = Scheduler()
    journal = Journal.open(folder / "journal.sqlite3", scheduler)
    desk = Desk(Settings(new_per_day=200), Library([builtin_decks()], None), journal, scheduler, clock=lambda: NOON)
    app = StudyApp(desk, study=True, decks=["stride-and-padding"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        while screen.session.question.card.id != CARD:
            await pilot.press("escape", "b")
        slip = screen.session.question.variant.slips[0]
        await pilot.press(*str(slip.value), "enter")
        while not any("PyTorch ✓" in row.text for row in screen.query_one(CardView).rows):
            await pilot.pause(0.1)
        Path(__file__).with_name("screenshot.svg").write_text(app.export_screenshot(title="studytui study"))
    desk.close()


if __name__ == "__main__":
    asyncio.run(main())
