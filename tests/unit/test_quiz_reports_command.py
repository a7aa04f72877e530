"""`studytui quiz --report` and `--reports`: reports out of the journal, in each form, to stdout or to a new file."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from support.world import COMPUTED, TEXT, World

from studytui.cli import cli
from studytui.deck.ask import right_response
from studytui.journal.quizzes import Ending
from studytui.quiz.plan import Plan


@pytest.fixture
def world(tmp_path, monkeypatch):
    """Two quizzes handed in, the first without an answer, the second all right."""
    made = World(tmp_path, TEXT, COMPUTED)
    monkeypatch.setenv("STUDYTUI_JOURNAL", str(made.path))
    monkeypatch.setenv("STUDYTUI_SETTINGS", str(made.settings_file))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with made.desk() as desk:
        for answers in (False, True):
            quiz = desk.quizzes.begin(Plan(7, count=2))
            for place in range(len(quiz.paper.questions) if answers else 0):
                quiz.go(place, made.clock())
                quiz.answer(right_response(quiz.question), made.clock())
            quiz.hand_in(made.clock())
    return made


def run(*arguments):
    return CliRunner().invoke(cli, ["quiz", *arguments])


def test_a_report_is_written_as_text_by_its_number(world):
    done = run("--report", "1")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Quiz 1 handed in\n\nScore: 0 of 2 (0 %)\n")
    assert "Compared with" not in done.stdout


def test_the_last_report_is_compared_with_those_before(world):
    done = run("--report", "last")
    assert done.stdout.startswith("Quiz 2 handed in\n")
    assert "Compared with earlier quizzes" in done.stdout
    assert "▸ " in done.stdout


def test_a_report_is_json(world):
    data = json.loads(run("--report", "2", "--format", "json").stdout)
    assert (data["number"], data["score"]["points"], len(data["questions"])) == (2, "2", 2)


def test_a_report_is_markdown_and_html(world):
    assert run("--report", "2", "--format", "markdown").stdout.startswith("# Quiz 2\n")
    page = run("--report", "2", "--format", "html").stdout
    assert ElementTree.fromstring(page).findtext("body/main/header/h1") == "Quiz 2"


def test_a_report_goes_into_a_new_file_and_never_over_another(world, tmp_path):
    file = tmp_path / "report.html"
    done = run("--report", "2", "--format", "html", "--output", str(file))
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"{file}: wrote the report of quiz 2\n")
    first = file.read_text(encoding="utf-8")
    again = run("--report", "1", "--format", "html", "--output", str(file))
    assert again.exit_code == 2
    assert again.stderr == f"studytui: {file}: is there already, and is left as it is: name another file\n"
    assert file.read_text(encoding="utf-8") == first


def test_quizzes_are_listed_newest_first(world):
    lines = run("--reports").stdout.splitlines()
    assert [line.split()[0] for line in lines if line[0].isdigit()] == ["2", "1"]
    assert [each["number"] for each in json.loads(run("--reports", "--format", "json").stdout)["quizzes"]] == [2, 1]


def test_a_quiz_that_cannot_be_read_is_a_line_among_the_others(world):
    with world.desk() as desk:
        number = desk.quizzes._journal.quizzes.begin(world.clock(), "seed 7", 1, "{", "{}", "{}")
        ending = Ending("seed 7", 1, 1, 1, "{}", "{")
        desk.quizzes._journal.quizzes.hand_in(number, 0, world.clock(), lambda _: (ending, ()))
    done = run("--reports")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines() if line[0].isdigit()] == ["3", "2", "1"]
    assert "3  it cannot be read (the plan that was kept cannot be read" in done.stdout
    listed = json.loads(run("--reports", "--format", "json").stdout)["quizzes"]
    assert sorted(listed[0]) == ["number", "problem"]
    assert run("--report", "2").exit_code == 0
    last = run("--report", "last")
    assert (last.exit_code, last.stdout) == (2, "")
    assert last.stderr.startswith("studytui: quiz 3: the report is damaged (no JSON at character 2): studytui doctor")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--report", "9"], "there is no quiz 9"),
        (["--report", "x\x1b[31m"], "“x[31m” is no number of a quiz: studytui quiz --reports lists them"),
        (["--report", "1" * 5000], "is no number of a quiz"),
        (["--reports", "--format", "html"], "the list of quizzes is text or JSON"),
        (["--reports", "--output", "x"], "--output is for one report"),
        (["--output", "x"], "--output is for --report"),
        (["--report", "1", "--print"], "exclude each other"),
        (["--reports", "--resume"], "exclude each other"),
        (["--print", "--give-up"], "exclude each other"),
    ],
)
def test_what_cannot_be_written_is_one_line(world, arguments, message):
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_a_quiz_there_is_nothing_last(tmp_path, monkeypatch):
    monkeypatch.setenv("STUDYTUI_JOURNAL", str(tmp_path / "journal.sqlite3"))
    monkeypatch.setenv("STUDYTUI_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert run("--report", "last").stderr == "studytui: no quiz was handed in yet: studytui quiz begins one\n"
    assert run("--reports").stdout == "No quiz was handed in yet: studytui quiz begins one\n"
