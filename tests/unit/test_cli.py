"""The commands as a shell sees them: what they print, on which stream, and the exit code."""

import json
import os
import subprocess
import sys

import pytest
from support.commands import program, refused, run
from support.midday import write_midday
from support.world import CHOICE, RECALL, TEXT

from studytui import __version__
from studytui.deck.builtin import builtin_decks

LSTM = "recurrent.lstm_parameters(input_size=10, hidden_size=20)"


# -- the program -----------------------------------------------------------------------------------------------------


def test_the_version_is_told_by_the_module_and_the_command(home):
    assert program("--version").stdout == f"studytui, version {__version__}\n"
    assert run("--version").stdout == f"studytui, version {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["comptue", "1"], "Did you mean 'compute'? See `studytui --help`."),
        (["--jurnal", "x"], "See `studytui --help`."),
        (["due", "--format", "xml"], "See `studytui due --help`."),
        (["compute", "1", "b"], "extra argument (b). See `studytui compute --help`."),
        (["compute"], "Missing argument 'EXPRESSION'. See `studytui compute --help`."),
        (["due", "lstm-gate"], "did you mean “lstm-gates”?"),
        (["due", "lstm"], "did you mean “lstm-gates”?"),
        (["due", "zzz"], "`studytui due` lists the decks"),
        (["study", "lstm-gate"], "did you mean “lstm-gates”?"),
        (["due", "nowhere.md"], "nowhere.md: no deck there; studytui check nowhere.md says why"),
        ([], "the home screen needs a terminal; use `studytui study --plain` or `studytui due`"),
    ],
)
def test_a_users_mistake_is_one_line_that_says_what_to_do(home, arguments, words):
    assert words in refused(run(*arguments))


def test_a_deck_that_was_left_out_for_its_id_is_explained(home):
    (home / "mine.md").write_text('# Mine\n\n```toml\nid = "lstm-gates"\n```\n' + RECALL)
    line = refused(run("due", "mine.md"))
    assert "mine.md:1: error duplicate-deck: " in line
    assert "lstm-gates.md has the deck id “lstm-gates” already" in line


def test_a_setting_that_is_wrong_is_told_and_does_no_harm(home, monkeypatch):
    (home / "settings.toml").write_text("new_per_day = -1\n")
    monkeypatch.setenv("STUDYTUI_SETTINGS", str(home / "settings.toml"))
    result = run("due")
    assert result.exit_code == 0
    assert "new_per_day must be a whole number" in result.stderr
    assert "20 new" in result.stdout


def test_a_table_of_settings_for_a_deck_that_is_not_there_is_told(home, monkeypatch):
    (home / "settings.toml").write_text("[deck.lstm]\nnew_per_day = 3\n[deck.gru]\nnew_per_day = 3\n")
    monkeypatch.setenv("STUDYTUI_SETTINGS", str(home / "settings.toml"))
    told = run("due").stderr.splitlines()
    assert told == ["studytui: settings: there is no deck for [deck.lstm] — did you mean “lstm-gates”?"]


def test_the_default_that_is_used_is_told_as_the_file_would_have_it(home, monkeypatch):
    (home / "settings.toml").write_text('learning_steps = ["ten"]\norder = "x"\n')
    monkeypatch.setenv("STUDYTUI_SETTINGS", str(home / "settings.toml"))
    told = run("due").stderr
    assert 'the default is used (["1m", "10m"])' in told
    assert 'the default is used ("due")' in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["due"],
        ["check", "--variants", "1", "--witnesses", "brute-force"],
        ["compute", "2*3"],
        ["catalogue"],
    ],
)
def test_a_closed_pipe_ends_a_command_quietly(home, arguments):
    read, write = os.pipe()
    os.close(read)
    result = subprocess.run(
        [sys.executable, "-m", "studytui", *arguments],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    os.close(write)
    assert result.stderr == ""
    assert result.returncode != 0


def test_an_output_that_knows_few_signs_gets_question_marks_and_no_traceback(home):
    (home / "deck.md").write_text("# Deck\n" + RECALL)
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    result = program("study", "deck.md", "--plain", env=environment)
    assert result.returncode == 0
    assert "== Deck (recall) ? new 1" in result.stdout
    assert result.stderr == ""


def test_input_that_is_no_text_is_no_traceback(home):
    (home / "deck.md").write_text("# Deck\n" + TEXT)
    result = subprocess.run(
        [sys.executable, "-m", "studytui", "study", "deck.md", "--plain"],
        input=b"\xff\xfe\x1b[31m\n\n",
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 0
    assert result.stderr == b""
    assert b"\x1b" not in result.stdout


# -- study -----------------------------------------------------------------------------------------------------------


def test_study_without_a_terminal_is_line_mode(home, monkeypatch):
    monkeypatch.setenv("STUDYTUI_SETTINGS", str(write_midday(home / "settings.toml")))
    (home / "deck.md").write_text("# Deck\n" + RECALL)
    result = run("study", "deck.md", typed="\n3\n")
    assert result.exit_code == 0
    assert "The filter can be centred" in result.stdout
    due = json.loads(run("due", "deck.md", "--format", "json").stdout)
    assert (due["learning"], due["answers_today"], due["streak"]) == (1, 1, 1)


def test_study_of_one_deck_asks_nothing_else(home):
    (home / "deck.md").write_text("# Deck\n" + RECALL)
    result = run("study", "--plain", "deck.md", typed="\n4\n")
    assert "Done for today" in result.stdout
    assert result.stdout.count("== ") == 1


def test_cramming_a_search_asks_what_it_finds_and_records_nothing(home):
    (home / "deck.md").write_text("# Deck\n" + RECALL + TEXT + CHOICE)
    result = run("study", "--plain", "--cram", "--search", "kind:recall", "deck.md", typed="\n3\n")
    assert result.exit_code == 0
    assert "The filter can be centred" in result.stdout
    assert result.stdout.count("== cram, nothing is recorded") == 1
    assert json.loads(run("due", "deck.md", "--format", "json").stdout)["answers_today"] == 0


def test_a_search_that_finds_nothing_to_cram_and_one_without_cram_say_what_to_do(home):
    (home / "deck.md").write_text("# Deck\n" + RECALL)
    assert "`studytui search` shows" in refused(run("study", "--cram", "--search", "is:leech", "deck.md"))
    assert "add --cram" in refused(run("study", "--search", "is:leech", "deck.md"))
    wrong = run("study", "--cram", "--search", "is:lech", "deck.md")
    assert (wrong.exit_code, wrong.stderr.splitlines()[1:]) == (2, ["  is:lech", "  ^^^^^^^"])


# -- due -------------------------------------------------------------------------------------------------------------


def built_in_files():
    return sorted(path for path in builtin_decks().glob("*.md") if path.name.count(".") == 1)


def test_due_lists_every_deck_and_the_days_total(home):
    result = run("due")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    named = [line.partition(" due   ")[2].split(maxsplit=1) for line in lines[:-1]]
    listed = [name for name, _ in named]
    assert listed == [path.stem.partition("-")[2] for path in built_in_files()]
    assert listed.index("lstm-gates") < listed.index("stride-and-padding")  # in the order in which they are learned
    assert ["lstm-gates", "LSTM gates"] in named
    assert lines[-1] == "   20 new     0 learning     0 due   today, within the limits"


def test_due_as_json(home):
    table = json.loads(run("due", "lstm-gates", "--format", "json").stdout)
    assert table["total"] == table["new"] + table["learning"] + table["review"] == 20
    (deck,) = table["decks"]
    assert deck["id"] == "lstm-gates"
    assert deck["suspended"] == 0
    assert deck["cards"] >= 15
