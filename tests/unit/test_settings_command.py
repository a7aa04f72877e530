"""`studytui settings`: all settings, one, another value, the commented file."""

import json

import pytest
from click.testing import CliRunner

from studytui.cli import cli
from studytui.settings import load
from studytui.settings.commented import commented


@pytest.fixture
def path(tmp_path, monkeypatch):
    path = tmp_path / "config" / "settings.toml"
    monkeypatch.setenv("STUDYTUI_SETTINGS", str(path))
    return path


@pytest.fixture
def run(path):
    return lambda *arguments: CliRunner().invoke(cli, ["settings", *arguments])


def test_all_settings_are_listed_with_where_they_are_set(run, path):
    run("new_per_day", "7")
    run("keys.study.undo", "z")
    lines = run().stdout.splitlines()
    assert lines[0].split() == ["new_per_day", "7", "line", "1"]
    assert lines[1].split() == ["reviews_per_day", "200", "default"]
    assert lines[-2].split() == ["keys.study.undo", '"z"', "line", "4"]
    assert lines[-1] == str(path)


def test_one_value_is_printed_as_the_file_would_have_it(run):
    assert run("learning_steps").stdout == '["1m", "10m"]\n'
    assert run("deck.lstm.desired_retention").stdout == "none of its own\n"


def test_a_value_is_set_in_the_file_that_is_made_for_it(run, path):
    result = run("theme", "nord")
    assert result.stdout == 'theme = "nord"; at once\n'
    assert path.read_text() == 'theme = "nord"\n'


def test_what_moves_due_dates_says_so(run):
    assert run("desired_retention", "0.85").stdout.endswith("every due date follows\n")


def test_the_default_is_put_back_by_taking_the_setting_out(run, path):
    path.parent.mkdir()
    path.write_text("new_per_day = 7 # few\n[deck.lstm]\ndesired_retention = 0.8\n")
    assert run("new_per_day", "--reset").stdout.startswith("new_per_day = 20 (default)")
    run("deck.lstm.desired_retention", "--reset")
    assert path.read_text() == "# few\n[deck.lstm]\n"


def test_the_ids_of_keys_are_changed_as_the_file_spells_them(run, path):
    path.parent.mkdir()
    path.write_text('[keys]\nstudy.undo = "z"\n')
    run("keys.study.undo", "x")
    run("keys.home.quit", "ctrl+w")
    assert path.read_text() == '[keys]\n"home.quit" = "ctrl+w"\nstudy.undo = "x"\n'
    assert dict(load(path).keys) == {"study.undo": "x", "home.quit": "ctrl+w"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["new_per_day", "many"], "new_per_day must be a whole number"),
        (["new_per_dya"], "did you mean “new_per_day”?"),
        (["keys.study.udno", "z"], "did you mean “study.undo”?"),
        (["--reset"], "--reset needs the NAME"),
        (["theme", "nord", "--reset"], "takes no VALUE"),
        (["theme", "--write"], "--write goes without NAME"),
    ],
)
def test_a_mistake_is_one_line_and_changes_nothing(run, path, arguments, words):
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert not path.exists()


def test_a_file_that_cannot_be_changed_is_left_and_told(run, path):
    path.parent.mkdir()
    path.write_text("decks = [ # mine\n]\n")
    result = run("decks", "~/decks")
    assert result.exit_code == 2
    assert "cannot be changed safely: write decks = " in result.stderr
    assert path.read_text() == "decks = [ # mine\n]\n"


def test_every_setting_is_written_as_a_comment(run, path):
    assert run("--write").stdout == f"{path}: written, every setting as a comment\n"
    assert path.read_text() == commented("")
    assert "nothing to add" in run("--write").stdout
    path.write_text("new_per_day = 7\n")
    assert "added what it did not name" in run("--write").stdout
    assert path.read_text().startswith("new_per_day = 7\n")


def test_json_has_values_lines_and_problems(run, path):
    path.parent.mkdir()
    path.write_text("new_per_day = -1\nreviews_per_day = 9\n[deck.lstm]\ndesired_retention = 0.8\n")
    result = run("--format", "json")
    data = json.loads(result.stdout)
    settings = {each["name"]: each for each in data["settings"]}
    assert (settings["new_per_day"]["value"], settings["new_per_day"]["line"]) == (20, 1)
    assert (settings["reviews_per_day"]["value"], settings["reviews_per_day"]["default"]) == (9, 200)
    assert settings["deck.lstm.desired_retention"]["line"] == 4
    assert data["problems"] == [
        f"{path}:1: new_per_day must be a whole number from 0 to 9999; the default is used (20)"
    ]
    assert json.loads(run("theme", "nord", "--format", "json").stdout)["value"] == "nord"
    assert json.loads(run("--write", "--format", "json").stdout) == {"file": str(path), "changed": True}
