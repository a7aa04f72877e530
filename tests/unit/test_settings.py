"""Settings: each value checked, defaults kept for the rest."""

import tomllib

import pytest

from studytui.memory.schedule import DEFAULT_PARAMETERS
from studytui.settings import DeckSettings, Settings, keep_language, load
from studytui.settings.declared import declared
from studytui.settings.writing import keep, with_value


def test_every_field_is_declared_and_its_default_reads_back():
    assert set(declared()) | {"problems"} == set(Settings.__dataclass_fields__)
    assert set(declared(DeckSettings)) | {"id"} == set(DeckSettings.__dataclass_fields__)
    for setting in declared().values():
        assert setting.default == getattr(Settings(), setting.name)
        if setting.name not in {"keys", "deck"}:
            assert setting.kind.read(setting.kind.plain(setting.default)) == setting.default


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
        'quiz_reviews = false\ndecks = ["~/decks"]\n[keys]\n"study.undo" = "z"\n',
    )
    settings = load(path)
    assert settings.problems == ()
    assert (settings.day_start, settings.new_per_day, settings.desired_retention) == (330, 5, 0.85)
    assert settings.learning_steps == (0.5, 10.0, 120.0)
    assert settings.quiz_reviews is False
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
        ("quiz_reviews = 1", "quiz_reviews must be true or false"),
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


# -- decks and parameters --------------------------------------------------------------------------------------------


def test_a_deck_has_a_retention_of_its_own(tmp_path):
    settings = load(write(tmp_path, '[deck."stride-and-padding"]\ndesired_retention = 0.95\n[deck.lstm]\n'))
    assert settings.problems == ()
    assert settings.deck_settings("stride-and-padding").desired_retention == 0.95
    assert settings.deck_settings("lstm").desired_retention is None
    assert settings.deck_settings("unheard-of").desired_retention is None
    assert settings.deck_retention == {"stride-and-padding": 0.95}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("deck = 3", "deck must be tables such as"),
        ("[deck]\nlstm = 3", "deck must be tables such as"),
        ("[deck.lstm]\ndesired_retention = 2", '[deck."lstm"] desired_retention must be a number from 0.7 to 0.99'),
        ("[deck.lstm]\ndesired_retentoin = 0.8", "did you mean “desired_retention”?"),
    ],
)
def test_a_mistake_in_a_decks_table_is_named_and_the_other_decks_are_kept(tmp_path, text, words):
    path = write(
        tmp_path,
        f"{text}\n" + ("" if "deck = " in text or "[deck]" in text else "[deck.gru]\ndesired_retention = 0.8\n"),
    )
    settings = load(path)
    (problem,) = settings.problems
    assert words in problem
    assert str(path) in problem
    assert settings.deck_retention == ({} if "tables" in words else {"gru": 0.8})


def test_parameters_are_read_as_they_are_written(tmp_path):
    settings = load(write(tmp_path, f"parameters = {list(DEFAULT_PARAMETERS)}\nparameters_before = []\n"))
    assert settings.problems == ()
    assert settings.parameters == DEFAULT_PARAMETERS
    assert settings.parameters_before == ()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("3", "parameters must be a list of 21 numbers"),
        ("[1.0, 2.0]", "parameters must have 21 numbers, not 2"),
        (str(["a"] * 21), "parameters must be a list of 21 numbers"),
        (str([True] * 21).lower(), "parameters must be a list of 21 numbers"),
        (str([*DEFAULT_PARAMETERS[:20], 0.0]), "parameters must have a number from 0.1 to 0.8 in place 21, not 0"),
        (str([*DEFAULT_PARAMETERS[:20], "nan"]).replace("'", ""), "in place 21, not nan"),
    ],
)
def test_wrong_parameters_are_a_problem_and_the_defaults_are_used(tmp_path, value, words):
    settings = load(write(tmp_path, f"parameters = {value}\n"))
    (problem,) = settings.problems
    assert words in problem
    assert problem.endswith("the defaults are used")
    assert settings.parameters == ()


# -- writing the language ----------------------------------------------------------------------------------------------


def test_the_language_is_written_into_the_learners_own_file(tmp_path):
    path = write(tmp_path, '# mine\nnew_per_day = 5   # few\nlanguage = ""   # 언어\n\n[keys]\n"study.undo" = "z"\n')
    assert keep_language("ko", path) == ""
    assert path.read_text() == (
        '# mine\nnew_per_day = 5   # few\nlanguage = "ko"   # 언어\n\n[keys]\n"study.undo" = "z"\n'
    )
    assert load(path).language == "ko"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'language = "ko"\n'),
        ("# only words", '# only words\nlanguage = "ko"\n'),
        ("new_per_day = 5\n\n# mine\n[keys]\n", 'new_per_day = 5\nlanguage = "ko"\n\n# mine\n[keys]\n'),
        ("[keys]\nlanguage = 'l'\n", "language = \"ko\"\n[keys]\nlanguage = 'l'\n"),
        ("new_per_day = 5\r\n[keys]\r\n", 'new_per_day = 5\r\nlanguage = "ko"\r\n[keys]\r\n'),
        ("decks = [\n  [],\n]\n[keys]\n", 'decks = [\n  [],\n]\nlanguage = "ko"\n[keys]\n'),
    ],
)
def test_a_new_line_stands_before_the_first_table(before, after):
    assert with_value(before, ("language",), "ko") == after


def test_what_is_set_already_is_not_written(tmp_path):
    path = write(tmp_path, "language = 'ko'\n")
    stamp = path.stat().st_mtime_ns, path.stat().st_ino
    assert keep_language("ko", path) == ""
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == stamp


def test_a_missing_file_and_its_folder_are_made(tmp_path):
    path = tmp_path / "config" / "settings.toml"
    assert keep_language("ko", path) == ""
    assert load(path) == Settings(language="ko")
    assert keep_language("", path) == ""
    assert load(path) == Settings()


def test_no_file_is_made_for_the_decks_own_language(tmp_path):
    assert keep_language("", tmp_path / "settings.toml") == ""
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_a_link_and_the_mode_is_kept(tmp_path):
    real = write(tmp_path, "new_per_day = 5\n")
    real.chmod(0o640)
    link = tmp_path / "link.toml"
    link.symlink_to(real)
    assert keep_language("ko", link) == ""
    assert link.is_symlink()
    assert real.read_text() == 'new_per_day = 5\nlanguage = "ko"\n'
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"new_per_day = = 3\n", "is not valid TOML"),
        (b"# \xff\n", "is not UTF-8"),
        (b"language = [ # a list?\n]\n", 'cannot be changed safely: write language = "ko" into it yourself'),
        (b"[[language]]\nx = 1\n", "cannot be changed safely"),
    ],
)
def test_a_file_that_cannot_be_changed_is_left_and_told(tmp_path, content, why):
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    problem = keep_language("ko", path)
    assert problem.startswith(f"{path} {why}")
    assert problem.endswith("; the language holds until you leave")
    assert path.read_bytes() == content


def test_a_file_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    assert "cannot be written" in keep_language("ko", tmp_path)
    (tmp_path / "file").write_text("")
    assert "cannot be written" in keep_language("ko", tmp_path / "file" / "settings.toml")
    path = write(tmp_path, "new_per_day = 5\n")
    monkeypatch.setattr("os.access", lambda *_: False)
    assert "cannot be written (Permission denied)" in keep_language("ko", path)
    assert path.read_text() == "new_per_day = 5\n"


# -- writing other settings --------------------------------------------------------------------------------------------

RETENTION = ("deck", "stride-and-padding", "desired_retention")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[deck."stride-and-padding"]\ndesired_retention = 0.95\n'),
        ("new_per_day = 5", 'new_per_day = 5\n\n[deck."stride-and-padding"]\ndesired_retention = 0.95\n'),
        (
            '[deck."stride-and-padding"] # mine\n[keys]\n',
            '[deck."stride-and-padding"] # mine\ndesired_retention = 0.95\n[keys]\n',
        ),
        (
            (
                "desired_retention = 0.8\n[deck.lstm]\ndesired_retention = 0.8\n"
                "[ deck . 'stride-and-padding' ]\ndesired_retention=0.8# why\n"
            ),
            (
                "desired_retention = 0.8\n[deck.lstm]\ndesired_retention = 0.8\n"
                "[ deck . 'stride-and-padding' ]\ndesired_retention=0.95# why\n"
            ),
        ),
    ],
)
def test_a_decks_setting_is_written_into_its_own_table(before, after):
    assert with_value(before, RETENTION, 0.95) == after


def test_numbers_over_several_lines_are_replaced_as_a_whole():
    before = "parameters = [\n  1.0,\n  2.0,\n]  # fitted\nnew_per_day = 5\n"
    assert with_value(before, ("parameters",), (0.5, 0.25)) == "parameters = [0.5, 0.25]  # fitted\nnew_per_day = 5\n"


def test_a_number_that_is_nought_is_written_where_there_is_none():
    assert with_value("", ("new_per_day",), 0) == "new_per_day = 0\n"


def test_several_values_are_written_or_none(tmp_path):
    path = write(tmp_path, "parameters = [1.0, # first\n 2.0]\n")
    problem = keep({("parameters_since",): "2026-03-02", ("parameters",): (0.5,)}, path)
    assert "cannot be changed safely: write parameters = [0.5] into it yourself" in problem
    assert path.read_text() == "parameters = [1.0, # first\n 2.0]\n"


@pytest.mark.parametrize("text", ['a "quoted" \\ text', "한국어", "tab\tline\nend", "del\x7f"])
def test_any_text_can_be_written(text):
    assert tomllib.loads(with_value("", ("theme",), text)) == {"theme": text}
