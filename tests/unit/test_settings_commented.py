"""The commented settings file, the page of settings, and settings by their names."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES

from studytui.problems import Problem
from studytui.settings import Settings, load, read
from studytui.settings.commented import commented
from studytui.settings.declared import THEMES, DeckSettings, declared
from studytui.settings.naming import named, typed
from studytui.settings.writing import with_value
from studytui.tui.theme import THEMES as OWN_THEMES

DOCS = Path(__file__).parents[2] / "docs"


def uncommented(text):
    return "".join(
        line.removeprefix("# ") for line in text.splitlines(keepends=True) if re.match(r'# [a-z_]+ = |# \[|# "', line)
    )


def test_a_new_file_says_nothing_and_shows_every_setting_with_its_default():
    text = commented("")
    assert tomllib.loads(text) == {}
    shown = read(tomllib.loads(uncommented(text).partition("[deck")[0]), "here")
    assert (shown, shown.problems) == (Settings(), ())
    names = tomllib.loads(uncommented(text))
    assert set(names) == set(declared())
    assert set(names["deck"]["stride-and-padding"]) == set(declared(DeckSettings))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_that_is_there_gets_only_what_it_does_not_name(end):
    before = f'# mine{end}new_per_day = 5{end}# theme = "nord"{end}{end}# my keys{end}[keys]{end}"study.undo" = "z"'
    after = commented(before)
    assert tomllib.loads(after) == tomllib.loads(before)
    lines = iter(after.split(end))
    assert all(line in lines for line in before.split(end))  # all that stood there, in its order
    above = after.partition("# [deck")[0]
    assert above.count("new_per_day") == 1
    assert above.count("theme =") == 1
    assert "\n" not in after.replace(end, "")


def test_writing_the_comments_twice_changes_nothing_more():
    once = commented("new_per_day = 5\n[deck.lstm]\n")
    assert commented(once) == once
    assert commented(commented("")) == commented("")


def test_a_setting_is_put_below_the_comment_that_shows_it():
    text = with_value(commented(""), ("reviews_per_day",), 7)
    assert "# reviews_per_day = 200\nreviews_per_day = 7\n" in text


def test_the_comments_of_a_decks_table_are_not_those_of_the_settings_for_all():
    text = commented("").replace("# desired_retention = 0.9\n", "", 1)
    assert text.count("desired_retention = ") == 1
    assert commented(text).count("desired_retention = ") == 2
    after = with_value(text, ("desired_retention",), 0.8)
    assert after == f"{text}desired_retention = 0.8\n"


def test_a_file_that_is_not_toml_gets_no_comments():
    with pytest.raises(ValueError, match="is not valid TOML"):
        commented("new_per_day = =")


def test_the_page_of_settings_is_current():
    spec = importlib.util.spec_from_file_location("docs_settings", DOCS / "settings.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    current = (DOCS / "settings.md").read_text(encoding="utf-8") == module.page()
    assert current, "docs/settings.md differs from the declarations: run `python -m docs.settings`"


def test_the_themes_that_can_be_set_are_those_that_there_are():
    assert set(THEMES) == {*BUILTIN_THEMES, *(theme.name for theme in OWN_THEMES)}


# -- mistakes ----------------------------------------------------------------------------------------------------------


def test_a_mistake_is_told_with_its_line(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('theme = "nord"\n\nnew_per_day = -1\n[deck.lstm]\n# low\ndesired_retention = 2\n')
    settings = load(path)
    assert settings.theme == "nord"
    assert [problem.partition(" ")[0] for problem in settings.problems] == [f"{path}:3:", f"{path}:6:"]


# -- names and what is typed -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("new_per_day", ("new_per_day",)),
        ("keys.study.undo", ("keys", "study.undo")),
        ("deck.lstm.desired_retention", ("deck", "lstm", "desired_retention")),
        ("deck.a.b.desired_retention", ("deck", "a.b", "desired_retention")),
    ],
)
def test_a_setting_has_a_name(name, place):
    assert named(name)[0] == place


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("new_per_dya", "did you mean “new_per_day”?"),
        ("zzz", "`studytui settings` lists all"),
        ("keys", "write keys.study.undo"),
        ("deck", "write deck.ID.desired_retention"),
        ("deck.lstm.desired_retentoin", "did you mean “desired_retention”?"),
        ("deck.lstm.zzz", "a deck can have desired_retention"),
    ],
)
def test_a_name_that_there_is_not_says_what_to_write(name, words):
    with pytest.raises(Problem, match=re.escape(words)):
        named(name)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("new_per_day", "7", 7),
        ("desired_retention", "0.85", 0.85),
        ("quiz_reviews", "No", False),
        ("quiz_reviews", "true", True),
        ("day_start", "05:30", 330),
        ("day_start", '"05:30"', 330),
        ("learning_steps", "30s 10m, 2h", (0.5, 10.0, 120.0)),
        ("learning_steps", '["1m"]', (1.0,)),
        ("learning_steps", "", ()),
        ("decks", "~/decks, /more decks", ("~/decks", "/more decks")),
        ("theme", "nord", "nord"),
        ("language", "ko", "ko"),
        ("language", "", ""),
        ("keys.study.undo", "z, ctrl+z", "z,ctrl+z"),
    ],
)
def test_a_value_is_typed_with_or_without_quotes_and_brackets(name, text, value):
    assert typed(named(name)[1], text) == value


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("new_per_day", "many", "new_per_day must be a whole number from 0 to 9999"),
        ("new_per_day", "10000", "new_per_day must be a whole number from 0 to 9999"),
        ("day_start", "noon", "day_start must be a time such as"),
        ("learning_steps", "3 days", "learning_steps must have steps of less than a day"),
        ("theme", "pink", "theme must be one of studytui-dark"),
        ("keys.study.undo", "", "study.undo must be keys such as"),
        ("keys.study.undo", "z,,x", "study.undo must be keys such as"),
    ],
)
def test_what_is_typed_gets_the_sentence_that_the_file_would_get(name, text, words):
    with pytest.raises(Problem, match=re.escape(words)):
        typed(named(name)[1], text)
