"""A collection to search: a hundred thousand cards that say what the built-in decks say, and a million reviews of them.

Sentences, tags and titles are drawn, seeded, from the built-in decks, so that pieces of words are as frequent as in
cards that people write: a collection in which every card says the same finds everything or nothing.
"""

from __future__ import annotations

import contextlib
import random
import re
import sqlite3
from pathlib import Path

from benchmarks.histories import histories
from benchmarks.place import Place
from studytui.deck.builtin import builtin_decks
from studytui.journal import Journal
from studytui.memory.clock import now
from studytui.memory.schedule import Scheduler

CARDS, REVIEWS = 100_000, 1_000_000
_DECKS = 200
_TAGS = ("cnn", "rnn", "arithmetic", "vision", "training", "detection", "history", "paper")
_SLIPS = ("no_bias", "padded_once", "one_gate_forgotten", "rows_for_columns")
_APPEND = (
    "INSERT INTO reviews"
    "(card, time, offset, day, action, rating, verdict, typed, seed, givens, slip, duration, engine) "
    "VALUES (?, ?, 0, ?, 'review', ?, '', '', 0, '', ?, ?, 'benchmark')"
)


def shelf(root: Path) -> Place:
    """200 decks of 500 cards, about 35 words each; every answer's memory derived, a slip at every tenth wrong one."""
    place = Place(root / "shelf", root / "decks" / "shelf", root / "cache")
    place.folder.mkdir(parents=True)
    place.write_settings(new_per_day=0)
    _write_decks(place.decks)
    with place.desk() as desk:
        cards = [card for number in range(_DECKS) for card in desk.decks.library.ids(f"shelf-{number:03}")]
    chance = random.Random(1)  # noqa: S311 - a synthetic collection
    chance.shuffle(cards)
    scheduler, moment = Scheduler(), now()
    made = histories(len(cards), REVIEWS, scheduler.day_of(moment))
    rows = (
        (cards[card], time, day, rating, chance.choice(_SLIPS) if rating == 1 and chance.random() < 0.1 else "", ms)
        for card, time, day, rating, ms in zip(
            made.card.tolist(), made.time.tolist(), made.day.tolist(), made.rating.tolist(), made.duration.tolist(),
            strict=True,
        )
    )  # fmt: skip
    with contextlib.closing(sqlite3.connect(place.journal)) as connection, connection:
        connection.executemany(_APPEND, rows)
    with Journal.open(place.journal, scheduler) as journal:
        journal.rebuild()
        journal.backup_if_due(moment)
    return place


def _write_decks(folder: Path) -> None:
    folder.mkdir(parents=True)
    chance = random.Random(2)  # noqa: S311 - a synthetic collection
    sentences = _sentences()
    for number in range(_DECKS):
        tags = ", ".join(f'"{tag}"' for tag in chance.sample(_TAGS, 2))
        parts = [f"# Shelf {number:03}\n\n```toml\ntags = [{tags}]\n```\n"]
        for card in range(CARDS // _DECKS):
            heading = chance.choice(sentences)[:60].strip()
            body = " ".join(chance.choice(sentences) for _ in range(2))
            parts.append(f"## {number:03}-{card:04} {heading} {{#card-{card:04}}}\n\n{body}\n")
        (folder / f"shelf-{number:03}.md").write_text("\n".join(parts))


def _sentences() -> list[str]:
    """What the built-in decks say in prose, in English, without what Markdown or TeX would make of it."""
    found = []
    for file in sorted(builtin_decks().glob("*.md")):
        if file.name.count(".") == 1:
            prose = re.sub(r"^```.*?^```", "", file.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
            for line in prose.splitlines():
                if line[:1].isalpha():
                    plain = re.sub(r"[^\w\s.,;:'’–-]", "", line.replace("_", " "))
                    found += [each for each in re.split(r"(?<=[.;:]) ", plain) if 20 < len(each) < 160]
    return found
