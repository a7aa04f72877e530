"""A check's report in the three forms that are printed."""

from __future__ import annotations

import json

from studytui.deck.check import Report
from studytui.deck.model import Finding, Level
from studytui.deck.report import as_github, as_json, as_text

REPORT = Report(
    2,
    400,
    (
        Finding("decks/a,b.md", 7, "no-gap", "nothing is marked: 100 % of it", card="a/x"),
        Finding("decks/c.md", 0, "no-id", "the card has no id: write one", Level.WARNING),
    ),
)


def test_text_has_one_line_a_finding_and_counts() -> None:
    assert as_text(REPORT).splitlines() == [
        "decks/a,b.md:7: error no-gap: nothing is marked: 100 % of it",
        "decks/c.md:0: warning no-id: the card has no id: write one",
        "2 cards, 400 variants: 1 error, 1 warning",
    ]
    assert as_text(Report(1, 1, ())) == "1 card, 1 variant: no findings"


def test_json_is_the_documented_table() -> None:
    table = json.loads(as_json(REPORT))
    assert (table["cards"], table["variants"]) == (2, 400)
    assert table["findings"][0] == {
        "file": "decks/a,b.md",
        "line": 7,
        "card": "a/x",
        "code": "no-gap",
        "level": "error",
        "message": "nothing is marked: 100 % of it",
    }


def test_github_gets_escaped_annotations() -> None:
    assert as_github(REPORT).splitlines() == [
        "::error file=decks/a%2Cb.md,line=7,title=no-gap::nothing is marked: 100 %25 of it",
        "::warning file=decks/c.md,line=1,title=no-id::the card has no id: write one",
        "2 cards, 400 variants: 1 error, 1 warning",
    ]
