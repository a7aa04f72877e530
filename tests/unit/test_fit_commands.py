"""`studytui fit` and `studytui forecast` as a shell sees them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner
from support.forgetful import studied
from support.world import CHOICE, RECALL

from studytui.cli import cli
from studytui.desk import scheduler_of
from studytui.fitting import process
from studytui.fitting.process import Step, Work
from studytui.fitting.requests import FitRequest
from studytui.journal import Journal, JournalError
from studytui.memory.model import Action, Entry, Moment, Rating
from studytui.memory.replay import replay
from studytui.memory.schedule import DEFAULT_PARAMETERS, Scheduler
from studytui.problems import Problem
from studytui.settings import Settings, load

DECK = "# A deck\n" + RECALL + CHOICE


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """The built-in decks as they were read once: to read them takes longer than any of these tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def home(tmp_path, cache, monkeypatch):
    """A learner's own folders, empty."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.setenv("STUDYTUI_JOURNAL", str(tmp_path / "journal.db"))
    monkeypatch.setenv("STUDYTUI_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deck.md").write_text(DECK)
    return tmp_path


@pytest.fixture(scope="module")
def learnt(tmp_path_factory):
    """A journal of a learner who forgets fast, made once."""
    path = tmp_path_factory.mktemp("learnt") / "journal.db"
    with Journal.open(path, Scheduler()) as journal, journal._store.transaction():
        for entry in studied(cards=150, days=240, new_per_day=10):
            journal._record(entry)
    return path


@pytest.fixture
def studious(home, learnt):
    (home / "journal.db").write_bytes(learnt.read_bytes())
    return home


def run(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="studytui")


def settings(home):
    return load(home / "settings.toml")


def test_too_few_reviews_are_refused_in_one_line(home):
    result = run("fit")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("studytui: fitting needs 400 reviews, each on a later day")
    assert len(result.stderr.splitlines()) == 1
    assert not (home / "settings.toml").exists()


def test_a_dry_run_changes_nothing(studious):
    result = run("fit", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "✓ Better" in result.stdout
    assert "due dates move" in result.stdout.replace("\n", " ")
    assert "dry run: nothing was changed" in result.stdout
    assert not (studious / "settings.toml").exists()


def test_a_better_fit_is_adopted_and_the_journal_follows(studious):
    result = run("fit", "--format", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["better"]
    assert found["adopted"]
    assert list(settings(studious).parameters) == found["parameters"]
    for split in found["splits"].values():
        assert split["rows"]["fitted"]["log_loss"] < split["rows"]["defaults"]["log_loss"]
        assert len(split["rows"]["fitted"]["calibration"]) == 10
    scheduler = scheduler_of(settings(studious))
    moved = 0
    with Journal.inspect(studious / "journal.db", scheduler) as journal:
        for number in range(150):
            card = f"deck/card-{number}"
            state = journal.state(card)
            assert state == replay(journal.history(card), scheduler)
            before = replay(journal.history(card), Scheduler())
            moved += state.memory.due_day != before.memory.due_day
    assert moved == found["moved"]["earlier"] + found["moved"]["later"]


def test_a_second_fit_of_the_same_reviews_keeps_what_is_in_use(studious):
    assert run("fit").exit_code == 0
    before = (studious / "settings.toml").read_bytes()
    result = run("fit")
    assert result.exit_code == 1
    assert "nothing changes" in result.stdout
    assert "in use" in result.stdout
    assert (studious / "settings.toml").read_bytes() == before


def test_the_way_back_leads_to_what_was_before_and_to_and_fro(studious):
    own = list(DEFAULT_PARAMETERS)
    own[0] = 0.3
    (studious / "settings.toml").write_text(f"# mine\nparameters = {own} # by hand\n")
    assert run("fit").exit_code == 0
    fitted = settings(studious).parameters
    assert settings(studious).parameters_before == tuple(own)
    assert "# mine\n" in (studious / "settings.toml").read_text()
    result = run("fit", "--back")
    assert result.exit_code == 0
    assert settings(studious).parameters == tuple(own)
    with Journal.inspect(studious / "journal.db", Scheduler(own)) as journal:
        assert journal.state("deck/card-0") == replay(journal.history("deck/card-0"), Scheduler(own))
    assert run("fit", "--back").exit_code == 0
    assert settings(studious).parameters == fitted


def test_the_way_back_from_parameters_without_any_before_leads_to_the_defaults(home):
    (home / "settings.toml").write_text(f"parameters = {list(DEFAULT_PARAMETERS)}\n")
    result = run("fit", "--back")
    assert "The defaults are in use again" in result.stdout
    assert "No due date moves." in result.stdout.replace("\n", " ")
    assert settings(home).parameters == ()


def test_without_anything_before_there_is_no_way_back(home):
    result = run("fit", "--back")
    assert result.exit_code == 2
    assert "nothing was before them" in result.stderr


def test_back_and_dry_run_do_not_go_together(home):
    assert run("fit", "--back", "--dry-run").exit_code == 2


def test_settings_that_cannot_be_written_leave_everything_as_it_was(studious):
    (studious / "settings.toml").mkdir()
    result = run("fit")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr or "cannot be read" in result.stderr
    with Journal.inspect(studious / "journal.db", Scheduler()) as journal:
        assert journal.state("deck/card-0") == replay(journal.history("deck/card-0"), Scheduler())


@pytest.mark.parametrize("columns", [80, 40])
def test_what_is_printed_fits_into_the_terminal(studious, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    for command in (["fit", "--dry-run"], ["forecast", "deck.md"]):
        result = run(*command)
        assert result.exit_code == 0, result.output
        assert max(map(len, result.stdout.splitlines())) <= columns


# -- forecast ----------------------------------------------------------------------------------------------------------


def test_a_forecast_tells_the_work_of_each_retention(studious):
    (studious / "settings.toml").write_text("[deck.deck]\ndesired_retention = 0.93\n")
    result = run("forecast", "deck.md", "--days", 100, "--format", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["days"], found["cards"], found["new"]) == (100, 2, 2)
    assert found["desired_retention"] == 0.93
    assert [each["retention"] for each in found["retentions"]] == [round(0.7 + n / 100, 2) for n in range(28)]
    assert found["least_work"] in {each["retention"] for each in found["retentions"]}
    assert found["seconds"]["own"] == 5  # from the other decks' reviews


def test_a_forecast_leaves_suspended_cards_out(home):
    with Journal.open(home / "journal.db", Scheduler()) as journal:
        journal.record(Entry("deck/mover", Action.SUSPEND, 0, 0, 20_000))
    assert json.loads(run("forecast", "deck.md", "--format", "json").stdout)["cards"] == 1


def test_a_forecast_of_a_search_is_of_the_cards_that_it_finds(studious):
    (studious / "settings.toml").write_text("[deck.deck]\ndesired_retention = 0.93\n")
    found = json.loads(run("forecast", "deck.md", "--search", "kind:choice", "--format", "json").stdout)
    assert (found["cards"], found["new"], found["desired_retention"]) == (1, 1, 0.93)
    nothing = run("forecast", "deck.md", "--search", "nowhere-to-be-found")
    assert nothing.stdout == "There are no cards, and so there is no work.\n"  # nor a table of noughts


def test_a_forecast_refuses_a_search_that_cannot_be_read(home):
    result = run("forecast", "--search", "a dek:b")
    assert result.exit_code == 2
    assert "did you mean “deck”" in result.stderr


def test_a_forecast_goes_by_the_limit_of_a_deck(studious):
    (studious / "settings.toml").write_text("[deck.deck]\nnew_per_day = 1\n")
    found = json.loads(run("forecast", "deck.md", "--days", "1", "--format", "json").stdout)
    assert {each["new_a_day"] for each in found["retentions"]} == {1.0}


def test_an_unknown_deck_is_refused(home):
    result = run("forecast", "nowhere")
    assert result.exit_code == 2
    assert "there is no deck “nowhere”" in result.stderr


# -- the process -------------------------------------------------------------------------------------------------------


def test_steps_are_heard_before_the_answer(studious):
    with Work(FitRequest(studious / "journal.db", Settings())) as work:
        *steps, found = work.heard()
    assert all(isinstance(step, Step) for step in steps)
    assert [step.done for step in steps if step.total == 8] == list(range(8))
    assert found.fit.better


def test_what_goes_wrong_in_the_process_is_a_problem_here(home):
    with pytest.raises(Problem, match="no journal here yet"), Work(FitRequest(home / "none.db", Settings())) as work:
        list(work.heard())


def test_ctrl_c_ends_the_program_and_its_process_at_once(studious):
    code = (
        "import sys, time; from studytui.fitting import process; from studytui.cli import cli\n"
        "slow = (sys.executable, '-c', 'import time, sys; sys.stdin.buffer.read(); time.sleep(60)')\n"
        "process.Work.__init__.__defaults__ = (slow,)\n"
        "heard = process.Work.heard\n"
        "def told(self):\n    print(self._process.pid, flush=True)\n    yield from heard(self)\n"
        "process.Work.heard = told\n"
        "cli(['fit'], prog_name='studytui')\n"
    )
    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    child = int(program.stdout.readline())
    program.send_signal(signal.SIGINT)
    _, errors = program.communicate(timeout=20)
    assert program.returncode == 130
    assert errors == "studytui: cancelled; nothing was changed\n"
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)  # it was waited for


# -- the journal -------------------------------------------------------------------------------------------------------


def test_reviews_are_those_that_stand_card_by_card(home):
    scheduler = Scheduler()
    with Journal.open(home / "journal.db", scheduler) as journal:
        for number, (card, day) in enumerate([("b", 1), ("a", 1), ("b", 2), ("a", 3)]):
            journal.record(Entry(f"d/{card}", Action.REVIEW, number, 0, day, rating=Rating.GOOD, duration_ms=number))
        taken_back = journal.history("d/b")[1]
        journal.record(Entry("d/b", Action.UNDO, 9, 0, 3, target=taken_back.id))
        journal.record(Entry("d/b", Action.SUSPEND, 10, 0, 3))
        assert list(journal.learnt.reviews()) == [("d/a", 3, 1, 1), ("d/a", 3, 3, 3), ("d/b", 3, 1, 0)]
        assert journal.learnt.count() == 3


def test_rescheduling_computes_all_memories_by_the_new_rules(home):
    with Journal.open(home / "journal.db", Scheduler()) as journal:
        for day in (1, 2, 9, 30):
            journal.record(Entry("d/a", Action.REVIEW, day, 0, day, rating=Rating.GOOD))
        after = Scheduler(deck_retention={"d": 0.97})
        moved = journal.learnt.moved(after)
        before = journal.state("d/a").memory
        journal.reschedule(after)
        assert journal.state("d/a") == replay(journal.history("d/a"), after)
        assert journal.state("d/a").memory.due_day < before.due_day
        assert (moved.cards, moved.earlier, moved.later) == (1, 1, 0)


def test_a_fit_reads_a_journal_of_another_program_not_at_all(home):
    (home / "journal.db").write_bytes(b"something else" * 100)
    with pytest.raises(JournalError):
        Journal.inspect(home / "journal.db", Scheduler())
    assert run("fit").exit_code == 2


def test_the_fit_starts_its_own_program():
    assert process._COMMAND[1:] == ("-P", "-m", "studytui.fitting")


def test_a_card_that_was_made_new_is_learnt_from_only_since_then(tmp_path):
    with Journal.open(tmp_path / "journal.db", Scheduler()) as journal:
        for day, action in enumerate((Action.REVIEW, Action.RESET, Action.REVIEW, Action.RESET), start=1):
            rating = Rating.GOOD if action is Action.REVIEW else None
            journal.record(Entry("d/a", action, day * 86_400_000, 0, day, rating=rating))
        assert list(journal.learnt.reviews()) == []
        journal.undo(Moment(5 * 86_400_000))
        assert [day for _, _, day, _ in journal.learnt.reviews()] == [3]
