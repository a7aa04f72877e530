"""The built-in decks: variants are chosen so that slips seldom give the answer, and seldom the same as each other."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from support.apart import counted

from studytui.deck.load import load

DECKS = sorted(path for path in (Path(__file__).parents[2] / "decks").glob("*.md") if path.name.count(".") == 1)
#: Above the shares measured, which stand in the test report, and far below those of random draws.
MOST_EQUAL, MOST_ALIKE = 0.04, 0.04


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_variants_tell_slips_apart_better_than_random_draws(path, record_property):
    by_card = {card.id: counted(card) for card in load(path).cards if card.kind == "computed"}
    total = sum(by_card.values(), Counter())
    record_property("variants", [path.stem, {"cards": len(by_card), **total}])
    for card, counts in by_card.items():
        asked, random = (counts[f"{how} slip same"] + counts[f"{how} pair same"] for how in ("asked", "random"))
        assert asked <= random, card
    for sort, most in (("slip", MOST_EQUAL), ("pair", MOST_ALIKE)):
        asked, random = (total[f"{how} {sort} same"] / max(1, total[f"{how} {sort}"]) for how in ("asked", "random"))
        assert asked <= most
        assert asked < random / 2 or random == 0
