"""Weak cards first: what the journal tells of the cards that were answered, and the paper that comes of it."""

from __future__ import annotations

from pathlib import Path

from support.world import CHOICE, DAY, ORDER, SEVERAL, TEXT, World

from studytui.memory.model import Action, Entry, Rating
from studytui.quiz.plan import Order, Plan

ALL = (CHOICE, SEVERAL, ORDER, TEXT)


def answer(world: World, card: str, rating: Rating, slip: str = "") -> None:
    with world.journal() as journal:
        day = world.scheduler.day_of(world.clock())
        journal.record(Entry(f"deck/{card}", Action.REVIEW, world.clock.ms, 0, day, rating=rating, slip=slip))
    world.clock.tick(60)


def told(world: World) -> dict[str, tuple[int, bool, bool]]:
    with world.journal() as journal:
        found = journal.remembered(["deck"])
    return {each.card.partition("/")[2]: (each.lapses, each.failed, each.slipped) for each in found}


def test_the_journal_tells_how_the_last_answer_went(tmp_path: Path) -> None:
    world = World(tmp_path, *ALL)
    world.desk().close()
    answer(world, "mover", Rating.AGAIN, slip="swapped")
    answer(world, "mover", Rating.EASY)
    answer(world, "border", Rating.EASY)
    world.clock.tick(DAY * 60)
    answer(world, "border", Rating.AGAIN, slip="padded_once")
    assert told(world) == {"mover": (0, False, False), "border": (1, True, True)}


def test_an_answer_that_was_taken_back_is_not_the_last_one(tmp_path: Path) -> None:
    world = World(tmp_path, *ALL)
    world.desk().close()
    answer(world, "mover", Rating.AGAIN)
    answer(world, "border", Rating.EASY)
    answer(world, "border", Rating.AGAIN)
    with world.journal() as journal:
        journal.undo(world.clock())
    assert told(world) == {"mover": (0, True, False), "border": (0, False, False)}
    with world.journal() as journal:
        journal.undo(world.clock())
    assert told(world) == {"mover": (0, True, False)}


def test_only_the_decks_that_are_asked_for_are_told(tmp_path: Path) -> None:
    world = World(tmp_path, *ALL)
    world.desk().close()
    answer(world, "mover", Rating.AGAIN)
    with world.journal() as journal:
        assert journal.remembered([]) == journal.remembered(["nowhere"]) == []


def test_a_paper_of_weak_cards_begins_with_what_was_not_known_and_ends_with_what_is_new(tmp_path: Path) -> None:
    world = World(tmp_path, *ALL)
    world.desk().close()
    answer(world, "border", Rating.EASY)
    answer(world, "what-changes", Rating.HARD)
    answer(world, "mover", Rating.AGAIN)
    world.clock.tick(DAY * 60 * 3)
    with world.desk() as desk:
        paper = desk.papers.paper(Plan(7, order=Order.WEAK))
        two = desk.papers.paper(Plan(7, count=2, order=Order.WEAK))
    assert [each.card.id.partition("/")[2] for each in paper.questions] == [
        "mover", "what-changes", "border", "detectors",
    ]  # fmt: skip
    assert two.questions == paper.questions[:2]
