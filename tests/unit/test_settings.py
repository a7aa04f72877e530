"""Settings: each value checked, defaults kept for the rest."""

import pytest

from studytui.settings import _READERS, Settings, load


def test_every_setting_has_a_reader():
    assert set(_READERS) | {"problems"} == set(Settings.__dataclass_fields__)


def test_a_missing_file_gives_the_defaults(tmp_path):
    assert load(tmp_path / "settings.toml") == Settings()


def write(tmp_path, text):
    path = tmp_path / "settings.toml"
    path.write_text(text)
    return path


def test_values_are_read(tmp_path):
    path = write(
        tmp_path,
        'day_start = "05:30"\nnew_per_day = 5\nlearning_steps = ["30s", "10m", "2h"]\ndesired_retention = 0.85\n'
        'decks = ["~/decks"]\n[keys]\n"study.undo" = "z"\n',
    )
    settings = load(path)
    assert settings.problems == ()
    assert (settings.day_start, settings.new_per_day, settings.desired_retention) == (330, 5, 0.85)
    assert settings.learning_steps == (0.5, 10.0, 120.0)
    assert settings.decks == ("~/decks",)
    assert settings.keys == (("study.undo", "z"),)


def test_the_ids_of_keys_may_stand_without_quotes(tmp_path):
    settings = load(write(tmp_path, '[keys]\nstudy.undo = "z"\n"home.quit" = "x"\n'))
    assert settings.problems == ()
    assert dict(settings.keys) == {"study.undo": "z", "home.quit": "x"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("new_per_day = -1", "new_per_day must be a whole number from 0 to 9999"),
        ("new_per_day = true", "new_per_day must be a whole number"),
        ("new_per_dy = 3", "did you mean “new_per_day”?"),
        ('day_start = "25:00"', 'day_start must be a time such as "04:00"'),
        ('learning_steps = ["3 days"]', "learning_steps must have steps of less than a day"),
        ("learning_steps = 5", "learning_steps must be a list"),
        ("desired_retention = 2", "desired_retention must be a number from 0.7 to 0.99"),
        ("desired_retention = nan", "desired_retention must be a number"),
        ('theme = "pink"', "theme must be one of"),
        ("decks = 3", "decks must be a list of folders"),
        ("keys = 3", "keys must be a table"),
    ],
)
def test_a_mistake_is_named_and_keeps_the_default(tmp_path, line, words):
    path = write(tmp_path, f"reviews_per_day = 7\n{line}\n")
    settings = load(path)
    assert settings.reviews_per_day == 7
    assert len(settings.problems) == 1
    assert words in settings.problems[0]
    assert str(path) in settings.problems[0]


def test_a_file_that_is_not_toml_says_so_and_keeps_all_defaults(tmp_path):
    settings = load(write(tmp_path, "new_per_day = = 3"))
    assert settings.new_per_day == 20
    assert "not valid TOML" in settings.problems[0]


def test_a_folder_in_place_of_the_file_is_a_problem_not_a_traceback(tmp_path):
    assert "cannot be read" in load(tmp_path).problems[0]
