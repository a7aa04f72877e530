"""`studytui search` from outside: what it prints, its errors with carets, its exit codes."""

import json

import pytest
from click.testing import CliRunner
from support.world import CHOICE, RECALL, TEXT

from studytui.cli import cli

DECK = "# A deck\n" + RECALL + CHOICE + TEXT


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the program over one deck, with folders of its own."""
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "deck.md").write_text(DECK)
    (tmp_path / "settings.toml").write_text(f'decks = ["{tmp_path / "decks"}"]\n')
    for name in ("HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("STUDYTUI_JOURNAL", str(tmp_path / "journal.db"))
    monkeypatch.setenv("STUDYTUI_SETTINGS", str(tmp_path / "settings.toml"))
    return lambda *arguments: CliRunner().invoke(cli, ["search", *arguments])


def test_it_prints_a_line_a_card(run):
    result = run("deck:deck", "padding", "-kind:recall".replace("-", "not "))
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "deck/mover   new             new           Which one moves the window?",
        "deck/border  new             new           What is added at the border?",
    ]


def test_json_has_the_total_and_every_number(run):
    result = run('deck:"A deck"', "--format", "json", "--limit", "1", "--sort", "card", "--reverse")
    found = json.loads(result.stdout)
    assert (found["query"], found["total"], len(found["cards"])) == ('deck:"A deck"', 3, 1)
    card = found["cards"][0]
    assert card["id"] == "deck/mover"
    assert (card["state"], card["due"], card["line"]) == ("new", None, 7)


def test_a_limit_says_how_many_there_are(run):
    result = run("deck:deck", "--limit", "2")
    assert (len(result.stdout.splitlines()), result.stderr) == (2, "studytui: 2 of 3 cards\n")
    assert run("deck:deck", "--limit", "3").stderr == ""


def test_nothing_found_prints_nothing_but_a_word_beside(run):
    result = run("is:leech")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "studytui: no card is found\n"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("deck:dek", "studytui: no card is found. There is no deck “dek” — did you mean “deck”?\n"),
        ("is:leech (kind:cloze or -(deck:gru or deck:LSTM))", "There is no deck “LSTM” — did you mean “lstm-gates”?"),
        ('deck:"a DECK" is:leech', "studytui: no card is found\n"),
        ("deck:dek*", "studytui: no card is found\n"),
    ],
)
def test_a_deck_that_is_not_there_is_named_where_nothing_is_found(run, query, words):
    assert words in run(query).stderr


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("a dek:lstm", ["  a dek:lstm", "    ^^^^"]),
        ("게이트 is:learn", ["  게이트 is:learn", "         ^^^^^^^^"]),
    ],
)
def test_a_mistake_ends_with_2_and_carets_below_its_place(run, query, lines):
    result = run(query)
    assert result.exit_code == 2
    said = result.stderr.splitlines()
    assert said[0].startswith("studytui: ")
    assert "did you mean" in said[0]
    assert said[1:] == lines
