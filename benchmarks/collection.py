"""A large synthetic collection for the benchmarks: decks of recall cards, and a journal in which all of them were seen."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

from studytui.deck.library import Library
from studytui.desk import Desk
from studytui.journal import Journal
from studytui.memory.clock import now
from studytui.memory.schedule import Scheduler
from studytui.settings import Settings

DAY_MS = 86_400_000


def write_decks(folder: Path, decks: int, cards: int) -> None:
    """`decks` files of `cards` recall cards each."""
    folder.mkdir(parents=True)
    for number in range(decks):
        sections = [f"# Deck {number:03}\n\nSynthetic cards.\n"]
        sections += [
            f"## Question {number:03}-{card:04} {{#card-{card:04}}}\n\nThe answer of card **{card}** in deck {number}.\n"
            for card in range(cards)
        ]
        (folder / f"deck-{number:03}.md").write_text("\n".join(sections))


def fill_journal(path: Path, folder: Path, *, due: int) -> None:
    """Gives every card of the decks one review; `due` of them are due today, the others later."""
    scheduler = Scheduler()
    moment = now()
    today = scheduler.day_of(moment)
    chance = random.Random(1)  # noqa: S311 - a synthetic collection
    with Desk(Settings(), Library([folder], path.parent / "cache"), Journal.open(path, scheduler), scheduler) as desk:
        ids = [card.id for deck in desk.library.decks() for card in desk.library.cards(deck.id)]
    chance.shuffle(ids)
    rows = []
    for number, card in enumerate(ids):
        ago = 12 if number < due else 1
        rows.append((card, moment.ms - ago * DAY_MS, today - ago, 4, chance.randrange(2_000, 20_000)))
    connection = sqlite3.connect(path)
    connection.executemany(
        "INSERT INTO reviews(card, time, offset, day, action, rating, verdict, typed, seed, givens, slip, duration, engine) "
        "VALUES (?, ?, 0, ?, 'review', ?, '', '', 0, '', '', ?, 'benchmark')",
        rows,
    )
    connection.commit()
    connection.close()
    with Journal.open(path, scheduler) as journal:
        journal.rebuild()
