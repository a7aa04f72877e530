"""The commands as a shell sees them: what they print, on which stream, and the exit code."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest
from click.testing import CliRunner
from support.midday import write_midday
from support.world import CHOICE, COMPUTED, RECALL, TEXT, World

from studytui import __version__
from studytui.cli import cli
from studytui.deck.builtin import builtin_decks
from studytui.memory.model import Rating

LSTM = "recurrent.lstm_parameters(input_size=10, hidden_size=20)"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A learner's own folders, empty."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("STUDYTUI_JOURNAL", str(tmp_path / "journal.db"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments, typed=""):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=typed, prog_name="studytui")


def refused(result):
    """The one line on stderr of a command that could not do its work."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("studytui: ")
    return line


def program(*arguments, **options):
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "studytui", *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
        **options,
    )


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


# -- check -----------------------------------------------------------------------------------------------------------

BROKEN = COMPUTED.replace("output_size(input", "output_siz(input")


@pytest.fixture
def broken(home):
    path = home / "broken.md"
    path.write_text("# Broken\n" + BROKEN + CHOICE)
    return path


def test_check_of_a_sound_deck_exits_0_and_says_what_it_did(home):
    (home / "deck.md").write_text("# Deck\n" + COMPUTED + CHOICE)
    result = run("check", "deck.md", "--variants", "7", "--witnesses", "brute-force")
    assert result.exit_code == 0
    assert result.stdout == "2 cards, 7 variants: no findings\n"


def test_check_names_the_line_and_exits_1(broken):
    result = run("check", broken, "--variants", "1")
    assert result.exit_code == 1
    line = next(number for number, text in enumerate(broken.read_text().splitlines(), 1) if "answer =" in text)
    assert f"broken.md:{line}: error unknown-reference: " in result.stdout
    assert "did you mean “convolution.output_size”?" in result.stdout


def test_check_as_json(broken):
    result = run("check", broken, "--variants", "1", "--format", "json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert set(report) == {"cards", "variants", "findings"}
    for finding in report["findings"]:
        assert set(finding) == {"file", "line", "card", "code", "level", "message"}
    found = {(each["card"], each["code"]) for each in report["findings"] if each["level"] == "error"}
    assert found == {("broken/output-size", "unknown-reference")}


def test_check_for_github_makes_annotations(broken):
    result = run("check", broken, "--variants", "1", "--format", "github")
    assert result.exit_code == 1
    assert result.stdout.startswith("::error file=")


@pytest.mark.parametrize(("path", "code"), [("nowhere.md", "missing-file"), ("empty", "no-decks")])
def test_check_of_a_path_without_decks_is_a_finding(home, path, code):
    (home / "empty").mkdir()
    result = run("check", path)
    assert result.exit_code == 1
    assert f"error {code}: " in result.stdout


def test_check_fix_writes_missing_ids_and_nothing_else(home):
    path = home / "deck.md"
    path.write_text("# Deck\n\n## What is it?\n\nA thing.\n" + CHOICE)
    assert "warning no-id" in run("check", path, "--variants", "1").stdout
    result = run("check", path, "--fix", "--variants", "1")
    assert "deck.md: wrote 1 id" in result.stderr
    assert path.read_text() == "# Deck\n\n## What is it? {#what-is-it}\n\nA thing.\n" + CHOICE
    assert result.stdout == "2 cards, 0 variants: no findings\n"
    assert run("check", path, "--fix", "--variants", "1").stderr == ""


# -- compute ---------------------------------------------------------------------------------------------------------


def test_compute_prints_the_value_and_both_witnesses(home):
    result = run("compute", LSTM)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "2560"
    assert [line.split("✓ ")[1] for line in lines[2:]] == ["agrees: 2560", "agrees: 2560"]


def test_compute_as_json_has_the_shape_of_the_contract(home):
    table = json.loads(run("compute", LSTM, "--format", "json").stdout)
    assert table["value"] == 2560
    names = [(each["name"], each["value"], each["agrees"]) for each in table["witnesses"]]
    assert names == [("brute force", 2560, True), ("PyTorch", 2560, True)]


def test_compute_exits_1_when_a_witness_disagrees(home, monkeypatch):
    from reference_impl import compare

    opinion = compare.Opinion("brute force", 1, agrees=False)
    monkeypatch.setattr(compare, "opinions", lambda *_, **__: [opinion])
    result = run("compute", LSTM)
    assert result.exit_code == 1
    assert "✗ disagrees: 1" in result.stdout


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("2*3", "6"),
        ("1/4", "0.25"),
        ("2 * convolution.output_size(32, 5) + 1", "57"),
        ("max(3, 4) < 5", "True"),
    ],
)
def test_compute_knows_arithmetic(home, expression, words):
    result = run("compute", expression)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == words


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("convolution.output_siz(5, 3)", "did you mean “convolution.output_size”?"),
        ("convolutoin.output_size(5, 3)", "did you mean “convolution”?"),
        ("convolution.output_size(5, kernl=3)", "did you mean “kernel_size”?"),
        ("convolution.output_size()", "input_size"),
        ("convolution.output_size(5, 0)", "kernel_size must be a whole number of at least 1, not 0"),
        ("1/0", "divides by zero"),
        ("9**9**9", "too large"),
        ("", "empty"),
        ("1 +", "cannot be read"),
        ("x", "x"),
        ("__import__('os').system('true')", "is no reference"),
        ("().__class__.__bases__", "is not arithmetic"),
        ("open('/etc/passwd')", "open"),
        ("[x for x in (1, 2)]", "is not arithmetic"),
        ("lambda: 1", "is not arithmetic"),
        ("(a := 1)", "is not arithmetic"),
        ("f'{1}'", "is not arithmetic"),
        ("convolution.output_size.__globals__", "is not arithmetic"),
        ("convolution.np.load('x')", "convolution.np"),
        ("1 if 1 else 2", "is not arithmetic"),
        ("(" * 300 + ")" * 300, "too many nested parentheses"),
        ("1 + " * 5000 + "1", "at most 1000 are read"),
    ],
    ids=lambda text: text[:30],
)
def test_compute_refuses_everything_else_in_one_line(home, expression, words):
    assert words in refused(run("compute", expression))


# -- doctor ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def studied(home):
    """A journal with three reviews and today's backup; gives its path."""
    world = World(home, RECALL, TEXT, CHOICE)
    with world.desk() as desk:
        session = desk.session()
        session.begin()
        for _ in range(3):
            session.answer(None)
            session.rate(Rating.EASY)
        desk._journal.backup_if_due(world.clock())
    return world.path


def damage(path, table):
    """Overwrites the first page of a table, in the middle of the file."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    connection.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    path.write_bytes(content)


def test_doctor_of_a_sound_journal_exits_0(studied):
    result = run("doctor")
    assert result.exit_code == 0
    assert "3 entries, 3 cards in 1 decks, 0 orphans" in result.stdout
    assert "backups: 2026-03-02" in result.stdout
    assert result.stdout.splitlines()[-1] == "healthy"


def test_doctor_as_json(studied):
    table = json.loads(run("doctor", "--format", "json").stdout)
    assert table["healthy"] is True
    assert (table["entries"], table["cards"], table["problems"]) == (3, 3, [])
    assert [backup["label"] for backup in table["backups"]] == ["2026-03-02"]


def test_doctor_finds_a_memory_that_its_reviews_do_not_lead_to_and_rebuilds_it(studied):
    with sqlite3.connect(studied) as connection:
        connection.execute("UPDATE cards SET stability = 1000 WHERE id = 'deck/border'")
    connection.close()
    result = run("doctor")
    assert result.exit_code == 1
    assert "1 cards stand elsewhere than their reviews lead to; run `studytui doctor --rebuild`" in result.stdout
    result = run("doctor", "--rebuild")
    assert result.exit_code == 0
    assert "rebuilt the memory of all cards from the reviews; 1 stood elsewhere before" in result.stdout
    assert run("doctor").exit_code == 0


def test_doctor_tells_scripts_what_a_rebuild_did(studied):
    with sqlite3.connect(studied) as connection:
        connection.execute("UPDATE cards SET lapses = 9")
    connection.close()
    rebuilt = json.loads(run("doctor", "--rebuild", "--format", "json").stdout)["rebuilt"]
    assert (rebuilt["cards"], rebuilt["differed"], rebuilt["reviews"]) == (3, 3, 3)
    assert rebuilt["seconds"] >= 0
    assert json.loads(run("doctor", "--format", "json").stdout)["rebuilt"] is None


def test_a_rebuild_that_is_interrupted_leaves_the_journal_as_it_was(studied, monkeypatch):
    with sqlite3.connect(studied) as connection:
        connection.execute("UPDATE cards SET lapses = 9")
    connection.close()

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("studytui.journal.meta.set_scheduler", interrupted)  # the last that a rebuild does
    assert "stopped; the journal is as it was" in refused(run("doctor", "--rebuild"))
    with sqlite3.connect(studied) as connection:
        assert connection.execute("SELECT DISTINCT lapses FROM cards").fetchall() == [(9,)]
    connection.close()


@pytest.mark.parametrize("how", ["latest", "2026-03-02"])
def test_doctor_restores_a_backup_and_keeps_what_was_there(studied, how):
    studied.write_bytes(studied.read_bytes()[:5000])
    for arguments in (["due"], ["doctor", "--rebuild"]):
        assert "the journal is damaged" in refused(run(*arguments))
    result = run("doctor")
    assert result.exit_code == 1
    assert result.stderr == ""
    assert "the journal is damaged" in result.stdout.splitlines()[-1]
    result = run("doctor", "--restore", how)
    assert result.exit_code == 0
    assert "kept what was there as " in result.stdout
    assert "3 entries" in result.stdout


def test_doctor_salvages_what_can_still_be_read(studied):
    damage(studied, "cards")
    assert run("doctor").exit_code == 1
    result = run("doctor", "--salvage")
    assert result.exit_code == 0
    assert "salvaged 3 entries" in result.stdout
    assert "0 lost" in result.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"no database at all", "is no journal, and is left as it is"), (None, "is a folder, not a journal")],
)
def test_a_file_that_is_no_journal_is_left_as_it_is(home, content, words):
    path = home / "other.db"
    path.write_bytes(content) if content is not None else path.mkdir()
    assert words in refused(run("--journal", path, "due"))
    assert words in run("--journal", path, "doctor").stdout
    assert content is None or path.read_bytes() == content


@pytest.mark.parametrize("how", ["latest", "1999-12-31", "nowhere.db"])
def test_doctor_without_that_backup_says_so(home, how):
    assert run("due").exit_code == 0
    assert refused(run("doctor", "--restore", how))


def test_check_says_when_pytorch_was_not_heard(home, monkeypatch):
    from click.testing import CliRunner

    from studytui.cli import cli

    (home / "deck.md").write_text("# Deck\n" + RECALL)
    monkeypatch.setattr("reference_impl.compare.why_no_torch", lambda: "PyTorch is not installed")
    result = CliRunner().invoke(cli, ["check", str(home / "deck.md")])
    assert result.exit_code == 0
    assert "PyTorch's witnesses were not heard: PyTorch is not installed" in result.stderr
    result = CliRunner().invoke(cli, ["check", str(home / "deck.md"), "--witnesses", "brute-force"])
    assert result.stderr == ""
