"""Anki's side of the comparison: runs in an environment of its own, where `anki` is installed and StudyTUI is not.

`python peer.py JOURNAL FOLDER TODAY` builds a collection with the cards and the reviews of a journal, then takes one
command a line on its standard input, and answers each with one line of JSON. All work is done by Anki's own backend.
TODAY is the day since 1970.
"""

from __future__ import annotations

import json
import platform
import sqlite3
import sys
import time
from collections.abc import Iterable, Sequence
from typing import Any

from anki import buildinfo, deck_config_pb2, scheduler_pb2
from anki.collection import Collection

DAY_MS = 86_400_000
#: Anki's card types and queues for where a card stands in StudyTUI: a card that is being learnt comes at a time.
_TYPES = {"review": (2, 2), "learning": (1, 1), "relearning": (3, 1)}
ALL = "All"


class Peer:
    """One collection."""

    def __init__(self, path: str, journal: str, today: int) -> None:
        known = sqlite3.connect(journal)
        collection = Collection(path)
        note_type = collection.models.by_name("Basic")["id"]
        decks = {key: collection.decks.id(f"{ALL}::{name}") for key, name in known.execute("SELECT key, id FROM decks")}
        first_day = today - collection.sched.today
        collection.close()
        # By SQL: a hundred thousand calls would take minutes and give the same rows.
        filled = sqlite3.connect(path)
        with filled:
            _fill(filled, known, decks, note_type, first_day)
        filled.close()
        self.collection = Collection(path)
        self.collection.optimize()
        self._whole = self.collection.decks.id(ALL)
        self.collection.decks.set_current(self._whole)

    # -- commands ----------------------------------------------------------------------------------------------------

    def about(self) -> dict[str, object]:
        """Versions, what is in the collection, and how durable a commit is."""
        db = self.collection.db
        return {
            "anki": buildinfo.version,
            "python": platform.python_version(),
            "cards": db.scalar("SELECT count(*) FROM cards"),
            "reviews": db.scalar("SELECT count(*) FROM revlog WHERE ease > 0"),
            "journal_mode": db.scalar("PRAGMA journal_mode"),
            "synchronous": db.scalar("PRAGMA synchronous"),
            "due": self.collection.sched.deck_due_tree(self._whole).review_count,
            "remembered": db.scalar("SELECT count(*) FROM cards WHERE data LIKE '%\"s\":%'"),
        }

    def parameters(self, values: Sequence[float]) -> float:
        """Seconds for saving other parameters with "reschedule cards on change"."""
        backend = self.collection._backend  # noqa: SLF001 - what the deck options screen calls has no public name
        options = backend.get_deck_configs_for_update(self._whole)
        config = options.all_config[0].config
        del config.config.fsrs_params_6[:]
        config.config.fsrs_params_6.extend(values)
        config.config.reviews_per_day = 9_999
        config.config.new_per_day = 0
        begun = time.perf_counter()
        backend.update_deck_configs(
            target_deck_id=self._whole,
            configs=[config],
            removed_config_ids=[],
            mode=deck_config_pb2.UPDATE_DECK_CONFIGS_MODE_NORMAL,
            card_state_customizer="",
            limits=options.current_deck.limits,
            new_cards_ignore_review_limit=False,
            fsrs=True,
            apply_all_parent_limits=False,
            fsrs_reschedule=True,
            fsrs_health_check=False,
        )
        return time.perf_counter() - begun

    def answer(self, count: int) -> list[float]:
        """Seconds for each answer until the next card is there; only the first card is asked for beforehand."""
        scheduler = self.collection.sched
        taken = []
        queued = scheduler.get_queued_cards(fetch_limit=1).cards[0]
        for _ in range(count):
            card = self.collection.get_card(queued.card.id)
            card.start_timer()
            begun = time.perf_counter()
            answer = scheduler.build_answer(card=card, states=queued.states, rating=scheduler_pb2.CardAnswer.GOOD)
            scheduler.answer_card(answer)
            queued = scheduler.get_queued_cards(fetch_limit=1).cards[0]
            taken.append(time.perf_counter() - begun)
        return taken

    def tree(self, count: int) -> list[float]:
        """Seconds for each deck tree."""
        taken = []
        for _ in range(count):
            begun = time.perf_counter()
            self.collection.sched.deck_due_tree()
            taken.append(time.perf_counter() - begun)
        return taken


def _fill(
    filled: sqlite3.Connection, journal: sqlite3.Connection, decks: dict[int, int], note_type: int, first_day: int
) -> None:
    """Notes, cards and reviews; `first_day` is the day since 1970 on which the collection was made."""
    cards = journal.execute(
        "SELECT key, id, deck, state, due_day, due_ms, last_day, reviews, lapses FROM cards WHERE state IS NOT NULL"
    ).fetchall()
    filled.executemany(
        "INSERT INTO notes VALUES (?,?,?,0,-1,'',?,?,?,0,'')",
        ((key, f"guid{key}", note_type, f"{card}\x1fThe answer of {card}.", card, key) for key, card, *_ in cards),
    )
    filled.executemany(
        "INSERT INTO cards VALUES (?,?,?,0,0,-1,?,?,?,?,2500,?,?,?,0,0,0,'')",
        (
            (
                key, key, decks[deck], *_TYPES[state], due_day - first_day if state == "review" else due_ms // 1000,
                max(due_day - last_day, 1), reviews, lapses, 0 if state == "review" else 1001,
            )
            for key, _, deck, state, due_day, due_ms, last_day, reviews, lapses in cards
        ),
    )  # fmt: skip
    ids = {card: key for key, card, *_ in cards}
    filled.executemany("INSERT INTO revlog VALUES (?,?,-1,?,?,?,0,?,?)", _revlog(journal, ids))


def _revlog(journal: sqlite3.Connection, ids: dict[str, int]) -> Iterable[tuple[int, ...]]:
    """Every review as a row of the revlog, whose id is its time and so has to be unique.

    A second review of a card on one day is a learning step, as it is in these histories.
    """
    seen: dict[str, tuple[int, int]] = {}
    id_ = 0
    for card, time_ms, day, rating, duration in journal.execute(
        "SELECT card, time, day, rating, duration FROM reviews WHERE action = 'review' ORDER BY id"
    ):
        id_ = max(id_ + 1, time_ms)
        first, last = seen.get(card, (day, day))
        seen[card] = first, day
        kind = 0 if first == day else 2 if last == day else 1
        interval = max(day - last, 1)
        yield id_, ids[card], rating, interval, interval, duration, kind


def main() -> None:
    """Obeys until standard input ends."""
    peer = Peer(f"{sys.argv[2]}/collection.anki2", sys.argv[1], int(sys.argv[3]))
    commands: dict[str, Any] = {name: getattr(peer, name) for name in ("about", "parameters", "answer", "tree")}
    print("ready", flush=True)
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(commands[name](*arguments)), flush=True)
    peer.collection.close()


if __name__ == "__main__":
    main()
