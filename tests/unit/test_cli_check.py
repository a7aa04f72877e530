"""`check` and `compute` as a shell sees them: what they print, on which stream, and the exit code."""

import json

import pytest
from support.commands import refused, run
from support.world import CHOICE, COMPUTED, RECALL

LSTM = "recurrent.lstm_parameters(input_size=10, hidden_size=20)"


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
