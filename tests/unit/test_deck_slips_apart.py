"""The built-in decks: variants are chosen so that slips seldom give the answer, and seldom the same as each other."""

from __future__ import annotations

import functools
from collections import Counter
from pathlib import Path

import pytest
from support.apart import counted

from studytui.deck.load import load

DECKS = sorted(path for path in (Path(__file__).parents[2] / "decks").glob("*.md") if path.name.count(".") == 1)
#: Above the shares measured, which stand in the test report: of a deck, and of all decks together. In a deck of few
#: computed cards there are some whose slips have few variants that tell them apart.
MOST_OF_A_DECK, MOST_OF_ALL = 0.1, 0.03
SORTS = ("slip", "pair")


@pytest.fixture(scope="module")
def counts_of_decks():
    """What was counted by deck, each deck once."""
    return functools.cache(
        lambda path: {card.id: counted(card) for card in load(path).cards if card.kind == "computed"}
    )


def shares(counts, sort):
    """Of the variants as asked and of random ones: how many coincide."""
    return [counts[f"{how} {sort} same"] / max(1, counts[f"{how} {sort}"]) for how in ("asked", "random")]


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_variants_tell_slips_apart_better_than_random_draws(path, counts_of_decks, record_property):
    by_card = counts_of_decks(path)
    total = sum(by_card.values(), Counter())
    record_property("variants", [path.stem, {"cards": len(by_card), **total}])
    for card, counts in by_card.items():
        asked, random = (counts[f"{how} slip same"] + counts[f"{how} pair same"] for how in ("asked", "random"))
        assert asked <= random, card
    for sort in SORTS:
        assert shares(total, sort)[0] <= MOST_OF_A_DECK


def test_of_all_decks_a_few_variants_in_a_hundred_leave_slips_alike(counts_of_decks):
    total = sum((counts for path in DECKS for counts in counts_of_decks(path).values()), Counter())
    for sort in SORTS:
        asked, random = shares(total, sort)
        assert asked <= MOST_OF_ALL
        assert asked < random / 2
