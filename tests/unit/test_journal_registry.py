"""Decks in the journal: registered, edited, renamed, exchanged and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.journals import NOON, SCHEDULER, answer, at, deck, names

from studytui.journal import Journal, Registration
from studytui.memory.limits import Counts


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "journal.sqlite3", SCHEDULER) as journal:
        yield journal


def test_registered_decks_are_known_by_file(journal: Journal) -> None:
    deck(journal, "a", "1", fingerprint="old")
    deck(journal, "a", "1", fingerprint="new")
    assert journal.decks.registered() == {"/decks/a.md": ("a", "new")}


def test_an_edited_deck_keeps_its_schedule(journal: Journal) -> None:
    deck(journal, "d", "a", "b")
    answer(journal, "d/b")
    memory = journal.state("d/b")
    deck(journal, "d", "new", "b", "a", fingerprint="2")
    assert journal.state("d/b") == memory
    assert names(journal.due(NOON).new) == ["d/new", "d/a"]


def test_a_card_that_left_its_deck_becomes_an_orphan_and_comes_back(journal: Journal) -> None:
    deck(journal, "d", "a", "b")
    answer(journal, "d/a")
    memory = journal.state("d/a")
    deck(journal, "d", fingerprint="2")
    assert journal.decks.orphans() == ["d/a"]
    assert journal.counts(at(99)).all == Counts()
    assert journal.due(at(99)).review == ()
    deck(journal, "d", "a", fingerprint="3")
    assert (journal.decks.orphans(), journal.state("d/a")) == ([], memory)
    assert names(journal.due(at(99)).review) == ["d/a"]


def test_a_forgotten_deck_leaves_only_what_was_recorded(journal: Journal) -> None:
    deck(journal, "d", "a", "b")
    answer(journal, "d/a")
    journal.decks.forget("d")
    journal.decks.forget("never known")
    assert (journal.decks.registered(), journal.decks.orphans()) == ({}, ["d/a"])


def test_a_card_can_move_to_another_deck(journal: Journal) -> None:
    for order in (("a", "b"), ("b", "a")):
        journal.decks.register_all([
            Registration("a", "A", "/a.md", "1", [("x/card", "")]), Registration("b", "B", "/b.md", "1", [])
        ])  # fmt: skip
        answer(journal, "x/card")
        moved = {
            "a": Registration("a", "A", "/a.md", "2", []),
            "b": Registration("b", "B", "/b.md", "2", [("x/card", "")]),
        }
        journal.decks.register_all([moved[name] for name in order])
        assert journal.decks.orphans() == []
        assert [card.deck for card in journal.due(at(99)).review] == ["b"]


def test_files_can_be_renamed_and_exchanged(journal: Journal) -> None:
    journal.decks.register_all(
        [Registration("a", "A", "/1.md", "1", [("a/c", "")]), Registration("b", "B", "/2.md", "1", [("b/c", "")])]
    )
    answer(journal, "a/c")
    journal.decks.register_all(
        [Registration("a", "A", "/2.md", "2", [("a/c", "")]), Registration("b", "B", "/1.md", "2", [("b/c", "")])]
    )
    assert journal.decks.registered() == {"/2.md": ("a", "2"), "/1.md": ("b", "2")}
    assert journal.decks.orphans() == []
    assert journal.counts(NOON).all.total == 2


def test_a_deck_that_fails_to_register_changes_nothing(journal: Journal) -> None:
    deck(journal, "d", "a")
    with pytest.raises(Exception, match="not Unicode"):
        journal.decks.register_all(
            [Registration("d", "D", "/decks/d.md", "2", []), Registration("\udcff", "", "/x", "", [])]
        )
    assert journal.decks.registered() == {"/decks/d.md": ("d", "1")}
    assert names(journal.due(NOON).new) == ["d/a"]
