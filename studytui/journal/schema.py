"""The tables of the journal, and the steps from each version to the next. Imported only to create or migrate.

`reviews` is the truth and only grows; `quizzes` is the other thing that nothing else holds. All the rest can be derived
again: `undone` and the memory columns of `cards` from `reviews`, `decks` and the other columns of `cards` from the deck
files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

    #: Brings a journal from one version to the next, inside a transaction.
    Step = Callable[[Database], None]

#: `reviews` itself refuses anything but new, sound rows, whichever program writes them.
_TRIGGERS = (
    """CREATE TRIGGER reviews_keep_update BEFORE UPDATE ON reviews
    BEGIN SELECT raise(ABORT, 'reviews are never changed: append an entry instead'); END""",
    """CREATE TRIGGER reviews_keep_delete BEFORE DELETE ON reviews
    BEGIN SELECT raise(ABORT, 'reviews are never deleted: append an entry instead'); END""",
    """CREATE TRIGGER reviews_sound BEFORE INSERT ON reviews
    WHEN NEW.action NOT IN ('review', 'undo', 'suspend', 'resume', 'bury')
      OR (NEW.action = 'review') <> (NEW.rating IS NOT NULL) OR NEW.rating NOT BETWEEN 1 AND 4
      OR (NEW.action = 'undo') <> (NEW.target IS NOT NULL)
      OR EXISTS (SELECT 1 FROM reviews WHERE id = NEW.id)
    BEGIN SELECT raise(ABORT, 'not a sound entry'); END""",
)

#: Each serves queries that name it, or a search by its first columns. All columns that `standing.py` looks at are in
#: its index, so that counting reads no rows.
_INDEXES = (
    "CREATE INDEX reviews_card ON reviews(card)",
    "CREATE INDEX reviews_day ON reviews(day)",
    "CREATE UNIQUE INDEX cards_id ON cards(id)",
    "CREATE INDEX cards_deck ON cards(deck)",
    "CREATE INDEX cards_last ON cards(last_day, first_day, family)",
    "CREATE INDEX cards_orphans ON cards(id) WHERE deck IS NULL",
    "CREATE INDEX cards_suspended ON cards(deck) WHERE suspended = 1",
    "CREATE INDEX cards_new ON cards(deck, position, family, buried_day) WHERE state IS NULL AND suspended = 0",
    """CREATE INDEX cards_new_families ON cards(deck, family, buried_day)
    WHERE state IS NULL AND suspended = 0 AND family IS NOT NULL""",
    """CREATE INDEX cards_learning ON cards(due_ms, last_ms, deck, family, buried_day)
    WHERE state <> 'review' AND suspended = 0""",
    "CREATE INDEX cards_review ON cards(deck, due_day, family, buried_day) WHERE state = 'review' AND suspended = 0",
    """CREATE INDEX cards_review_families ON cards(family, due_day, buried_day)
    WHERE state = 'review' AND suspended = 0 AND family IS NOT NULL""",
    """CREATE INDEX cards_turn ON cards(due_day, shuffle, deck, family, buried_day)
    WHERE state = 'review' AND suspended = 0""",
)


def _first(database: Database) -> None:
    database.table("reviews").create(
        {
            "id": int, "card": str, "time": int, "offset": int, "day": int, "action": str, "rating": int,
            "verdict": str, "typed": str, "seed": int, "givens": str, "slip": str, "duration": int, "target": int,
            "engine": str,
        },
        pk="id",
        not_null={"card", "time", "offset", "day", "action", "verdict", "typed", "seed", "givens", "slip", "duration",
                  "engine"},
        strict=True,
    )  # fmt: skip
    database.table("undone").create({"id": int}, pk="id", strict=True)
    database.table("meta").create({"name": str, "value": str}, pk="name", not_null={"value"}, strict=True)
    database.table("decks").create(
        {"key": int, "id": str, "title": str, "file": str, "fingerprint": str, "cards": int},
        pk="key",
        not_null={"id", "title", "file", "fingerprint", "cards"},
        strict=True,
    )
    database.table("decks").create_index(["id"], unique=True, index_name="decks_id")
    database.table("decks").create_index(["file"], unique=True, index_name="decks_file")
    database.table("cards").create(
        {
            "key": int, "id": str, "deck": int, "position": int, "family": str, "shuffle": int,
            "state": str, "stability": float, "difficulty": float, "due_day": int, "due_ms": int, "step": int,
            "last_ms": int, "last_day": int, "reviews": int, "lapses": int, "first_day": int,
            "suspended": int, "buried_day": int,
        },
        pk="key",
        not_null={"id", "shuffle", "suspended", "buried_day"},
        defaults={"suspended": 0, "buried_day": 0},
        foreign_keys=[("deck", "decks", "key")],
        strict=True,
    )  # fmt: skip
    database.create_view(
        "memory",
        "SELECT id AS card, state, stability, difficulty, due_day, due_ms, step, last_ms, last_day, reviews, lapses, "
        "first_day, suspended, buried_day FROM cards WHERE state IS NOT NULL OR suspended = 1 OR buried_day > 0",
    )
    for statement in (*_TRIGGERS, *_INDEXES):
        database.execute(statement)


def _queue_from_index(database: Database) -> None:
    """The queue is read from `cards_turn` alone, the ids included."""
    database.execute("DROP INDEX cards_turn")
    database.execute(
        """CREATE INDEX cards_turn ON cards(due_day, shuffle, deck, family, buried_day, id)
        WHERE state = 'review' AND suspended = 0"""
    )


#: A quiz that is over is as fixed as a review; of one that goes on, what was asked is.
_QUIZ_TRIGGERS = (
    """CREATE TRIGGER quizzes_keep_over BEFORE UPDATE ON quizzes WHEN OLD.state <> 'open'
    BEGIN SELECT raise(ABORT, 'a quiz that is over is never changed'); END""",
    """CREATE TRIGGER quizzes_keep_asked BEFORE UPDATE OF id, started, offset, day, plan, items ON quizzes
    BEGIN SELECT raise(ABORT, 'what a quiz asks is never changed'); END""",
    """CREATE TRIGGER quizzes_keep_delete BEFORE DELETE ON quizzes
    BEGIN SELECT raise(ABORT, 'quizzes are never deleted'); END""",
    *(
        f"""CREATE TRIGGER quizzes_sound_{when.lower()} BEFORE {when} ON quizzes
        WHEN NEW.state NOT IN ('open', 'handed-in', 'given-up')
          OR (NEW.state = 'open') <> (NEW.ended IS NULL)
          OR (NEW.state = 'handed-in') <> (NEW.points IS NOT NULL)
          OR (NEW.state = 'handed-in') <> (NEW.report IS NOT NULL)
          {also}
        BEGIN SELECT raise(ABORT, 'not a sound quiz'); END"""
        for when, also in (("INSERT", "OR EXISTS (SELECT 1 FROM quizzes WHERE id = NEW.id)"), ("UPDATE", ""))
    ),
)


def _quizzes(database: Database) -> None:
    """Quizzes: what was asked and answered, and of those that were handed in the report."""
    database.table("quizzes").create(
        {
            "id": int, "started": int, "offset": int, "day": int, "header": str, "state": str, "generation": int,
            "questions": int, "ended": int, "points": str, "elapsed": int, "plan": str, "items": str, "sheet": str,
            "report": str,
        },
        pk="id",
        not_null={"started", "offset", "day", "header", "state", "generation", "questions", "plan", "items", "sheet"},
        strict=True,
    )  # fmt: skip
    for statement in (*_QUIZ_TRIGGERS, "CREATE INDEX quizzes_open ON quizzes(id) WHERE state = 'open'"):
        database.execute(statement)


#: As they were, with two actions more. `reviews_sound` is the last of the first ones.
_SOUND_WITH_RESET = """CREATE TRIGGER reviews_sound BEFORE INSERT ON reviews
    WHEN NEW.action NOT IN ('review', 'undo', 'suspend', 'resume', 'bury', 'reset', 'set-due')
      OR (NEW.action = 'review') <> (NEW.rating IS NOT NULL) OR NEW.rating NOT BETWEEN 1 AND 4
      OR (NEW.action = 'undo') <> (NEW.target IS NOT NULL)
      OR (NEW.action = 'set-due') <> (NEW.due_day IS NOT NULL)
      OR (NEW.spread IS NOT NULL AND NEW.action <> 'review') OR NOT (NEW.spread >= 0 AND NEW.spread < 1)
      OR EXISTS (SELECT 1 FROM reviews WHERE id = NEW.id)
    BEGIN SELECT raise(ABORT, 'not a sound entry'); END"""

_TOGETHER_TRIGGERS = (
    """CREATE TRIGGER together_keep_update BEFORE UPDATE ON together
    BEGIN SELECT raise(ABORT, 'what was recorded in one go stays so'); END""",
    """CREATE TRIGGER together_keep_delete BEFORE DELETE ON together
    BEGIN SELECT raise(ABORT, 'what was recorded in one go stays so'); END""",
    """CREATE TRIGGER together_sound BEFORE INSERT ON together
    WHEN NEW.first >= NEW.last OR NEW.first <= (SELECT ifnull(max(last), 0) FROM together)
    BEGIN SELECT raise(ABORT, 'not a sound range of entries'); END""",
)


#: No card with fewer lapses can be a leech: so few cards are in this index that it costs next to nothing.
LEAST_LAPSES = 3
_LEECHES = f"CREATE INDEX cards_leeches ON cards(lapses, id, suspended, deck) WHERE lapses >= {LEAST_LAPSES}"


def _reset_and_together(database: Database) -> None:
    """A card can be made new again or due on a day; entries recorded in one go; where in its range an interval was put.

    `together` holds ranges of ids: what has one row there is taken back, and brought back, in one go.
    """
    database.execute("ALTER TABLE reviews ADD COLUMN due_day INTEGER")
    database.execute("ALTER TABLE reviews ADD COLUMN spread REAL")
    database.execute("DROP TRIGGER reviews_sound")
    database.table("together").create({"first": int, "last": int}, pk="first", not_null={"last"}, strict=True)
    for statement in (_SOUND_WITH_RESET, *_TOGETHER_TRIGGERS, _LEECHES):
        database.execute(statement)


#: Statistics read all answers from the first index alone; they, and searches, find slips in the second.
_ANSWERS = (
    "DROP INDEX reviews_card",
    "CREATE INDEX reviews_card ON reviews(card, id, day, rating, duration, time, offset)",
    "CREATE INDEX reviews_slips ON reviews(slip, card, day) WHERE slip <> ''",
)


def _answers_from_indexes(database: Database) -> None:
    """A million answers are counted, and slips found, without reading their rows."""
    for statement in _ANSWERS:
        database.execute(statement)


#: Step n brings a journal from version n to version n + 1. Released steps are never edited; new ones are added.
STEPS: tuple[Step, ...] = (_first, _queue_from_index, _quizzes, _reset_and_together, _answers_from_indexes)

#: The version from which on `reviews` has all its columns, and what lets an older one be read as if it had them.
WHOLE_REVIEWS = 4
AS_WHOLE_REVIEWS = "CREATE TEMP VIEW reviews AS SELECT *, NULL AS due_day, NULL AS spread FROM main.reviews"
