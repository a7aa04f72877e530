"""The built-in decks teach the whole of the notes: every row of the coverage table has its cards."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from studytui.deck.builtin import builtin_decks
from studytui.deck.files import deck_files
from studytui.deck.load import load

TABLE = tomllib.loads((Path(__file__).parent.parent / "notes_coverage.toml").read_text())
ROWS: dict[str, list[str]] = TABLE["rows"]
COMPUTED: list[str] = TABLE["computed"]
#: How many rows each section of the table has.
SECTIONS = {
    "SEQ": 20, "RNN": 20, "TYP": 7, "CLM": 9, "BPT": 21, "LST": 29, "GRU": 11, "KER": 9, "S2S": 15, "CNV": 17,
    "ARI": 15, "ALX": 19, "ACT": 5, "VGG": 9, "GOO": 12, "RES": 12, "DEN": 8, "SEG": 14, "DET": 27, "EXT": 16,
}  # fmt: skip


@pytest.fixture(scope="module")
def kinds() -> dict[str, str]:
    """The kind of every card, and of every family, by id."""
    found = {}
    for file in deck_files([builtin_decks()]):
        for card in load(file.path).cards:
            found[card.id] = found[card.family or card.id] = card.kind
    return found


def test_the_table_has_every_row_of_the_notes():
    wanted = [f"{section}-{number:02}" for section, rows in SECTIONS.items() for number in range(1, rows + 1)]
    assert sorted(ROWS) == sorted(wanted)
    assert set(COMPUTED) <= set(ROWS)


def test_every_row_has_a_card():
    assert [row for row, cards in ROWS.items() if not cards] == []


def test_every_card_of_the_table_exists(kinds):
    assert {row: lost for row, cards in ROWS.items() if (lost := [card for card in cards if card not in kinds])} == {}


def test_every_row_that_can_be_computed_has_a_computed_card(kinds):
    assert [row for row in COMPUTED if "computed" not in {kinds.get(card) for card in ROWS[row]}] == []


def test_there_are_as_many_cards_as_the_notes_need(kinds):
    assert len(kinds) >= 350
    assert sum(kind == "computed" for kind in kinds.values()) >= 140
