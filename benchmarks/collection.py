"""Synthetic collections for the benchmarks: decks, and journals in which their cards were seen."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

import reference_impl
import studytui
from benchmarks.place import Place
from studytui.deck.builtin import builtin_decks
from studytui.journal import Journal
from studytui.memory.clock import now
from studytui.memory.model import Rating
from studytui.memory.schedule import Scheduler

DAY_MS = 86_400_000
_APPEND = (
    "INSERT INTO reviews"
    "(card, time, offset, day, action, rating, verdict, typed, seed, givens, slip, duration, engine) "
    "VALUES (?, ?, 0, ?, 'review', ?, '', '', 0, '', '', ?, 'benchmark')"
)

_COMPUTED = """# Computed

## One value of the output {#one-value}

An image {image} meets a kernel {kernel}, not flipped. What is the output's first value?

```toml
answer = "convolution.cross_correlation_at(image, kernel, 0, 0)"

[given]
image = { shape = [3, 3], of = "0..5" }
kernel = { shape = [2, 2], of = [-2, -1, 1, 2, 3] }
```
"""


def small(root: Path) -> Place:
    """The built-in decks, all cards due."""
    place = _empty(root, "small")
    with place.desk() as desk:
        due = [card.id for deck in desk.decks.library.decks() for card in desk.decks.library.cards(deck.id)]
    record(place, due, [])
    return place


def fresh(root: Path, name: str) -> Place:
    """An empty journal, and no decks but the built-in ones."""
    return _empty(root, name)


def program_with(root: Path, decks: int | None) -> Path:
    """A copy of the program, to run from, with so many of its built-in decks, or all of them."""
    copy = root / f"program-{decks or 'all'}"
    for package in (studytui, reference_impl):
        source = Path(str(package.__file__)).parent
        shutil.copytree(source, copy / source.name, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "decks").mkdir()
    files = sorted(builtin_decks().glob("*.md"))
    for deck in [file for file in files if file.name.count(".") == 1][:decks]:
        for file in files:
            if file.name.split(".")[0] == deck.stem:
                shutil.copy(file, copy / "decks")
    return copy


def large(root: Path) -> tuple[Place, float]:
    """100,000 cards in 200 decks, 5,000 of them due; and the seconds that reading the decks for the first time took."""
    place = _empty(root, "large")
    write_decks(place.decks, 200, 500)
    begun = time.perf_counter()
    with place.desk() as desk:
        seconds = time.perf_counter() - begun
        cards = [card for number in range(200) for card in desk.decks.library.ids(f"deck-{number:03}")]
    random.Random(1).shuffle(cards)  # noqa: S311 - a synthetic collection
    record(place, cards[:5_000], cards[5_000:])
    return place, seconds


def million(root: Path) -> Place:
    """100,000 cards in 200 decks with 1,000,000 reviews, the newest of yesterday."""
    from benchmarks.histories import histories

    place = _empty(root, "million")
    write_decks(place.decks, 200, 500)
    with place.desk() as desk:
        cards = [card for number in range(200) for card in desk.decks.library.ids(f"deck-{number:03}")]
    random.Random(1).shuffle(cards)  # noqa: S311 - a synthetic collection
    scheduler, moment = Scheduler(), now()
    made = histories(len(cards), 1_000_000, scheduler.day_of(moment))
    rows = zip(
        (cards[number] for number in made.card.tolist()), made.time.tolist(), made.day.tolist(), made.rating.tolist(),
        made.duration.tolist(), strict=True,
    )  # fmt: skip
    with contextlib.closing(sqlite3.connect(place.journal)) as connection, connection:
        connection.executemany(_APPEND, rows)
    with Journal.open(place.journal, scheduler) as journal:
        journal.rebuild()
        journal.backup_if_due(moment)
    return place


def computed(root: Path) -> Place:
    """Two new cards: deck `a-recall` with nothing to compute, and deck `b-computed` with an answer to prove."""
    place = _empty(root, "computed")
    place.decks.mkdir(parents=True)
    (place.decks / "a-recall.md").write_text("# Recall\n\n## Before it {#before}\n\nNothing to compute.\n")
    (place.decks / "b-computed.md").write_text(_COMPUTED)
    return place


def _empty(root: Path, name: str) -> Place:
    place = Place(root / name, root / "decks" / name, root / "cache")
    place.folder.mkdir(parents=True)
    place.write_settings()
    return place


def write_decks(folder: Path, decks: int, cards: int) -> None:
    """`decks` files of `cards` recall cards each."""
    folder.mkdir(parents=True)
    answer = "The answer of card **{}** in deck {}."
    for number in range(decks):
        sections = [f"# Deck {number:03}\n\nSynthetic cards.\n"]
        sections += [
            f"## Question {number:03}-{card:04} {{#card-{card:04}}}\n\n{answer.format(card, number)}\n"
            for card in range(cards)
        ]
        (folder / f"deck-{number:03}.md").write_text("\n".join(sections))


def record(place: Place, due: Iterable[str], later: Iterable[str]) -> None:
    """Gives each card one review, easy (a week's interval), so long ago that it is due today, or later; and a backup.

    The rows are written past the journal, and their memories are then derived from them: a hundred thousand durable
    answers would take minutes.
    """
    scheduler, moment, chance = Scheduler(), now(), random.Random(2)  # noqa: S311 - a synthetic collection
    today = scheduler.day_of(moment)
    ago = [(card, chance.randint(12, 40)) for card in due] + [(card, chance.randint(1, 6)) for card in later]
    ago.sort(key=lambda one: -one[1])
    rows = [
        (card, moment.ms - days * DAY_MS, today - days, Rating.EASY.value, chance.randrange(2_000, 20_000))
        for card, days in ago
    ]
    with contextlib.closing(sqlite3.connect(place.journal)) as connection, connection:
        connection.executemany(_APPEND, rows)
    with Journal.open(place.journal, scheduler) as journal:
        journal.rebuild()
        journal.backup_if_due(moment)
