"""The options of `studytui quiz`: what a quiz is made of, and what is told where none can be made."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result as Run
from support.quizzes import BREAKFAST

COMPUTED = """
## How wide? {#wide}

{input_size} pixels, kernel 3, padding {padding}.

```toml
answer = "convolution.output_size(input_size, 3, 1, padding)"
tags = ["arithmetic"]

[given]
input_size = "7..64"
padding = "1..3"
```
"""

NO_SLIP = "no card chosen here can show the slip"
WEAK = "weakest first, as you remember them today"


def header(done: Run) -> str:
    assert done.exit_code == 0, done.stderr
    return next(line for line in done.stdout.splitlines() if line.startswith("Quiz: "))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--count", "3"], "Quiz: seed 7 · 3 questions · Breakfast"),
        (["-n", "1", "--minutes", "5"], "Quiz: seed 7 · 1 question · 5 minutes · Breakfast"),
        (["--kind", "choice", "--kind", "text"], "Quiz: seed 7 · 3 questions · Breakfast · kinds choice, text"),
        (["--tag", "arithmetic"], "Quiz: seed 7 · 1 question · Breakfast · tag arithmetic"),
        (
            ["--order", "weak", "-n", "2"],
            "Quiz: seed 7 · 2 questions · Breakfast · weakest first, as you remember them today",
        ),
        (["--slip", "padded_once", "-n", "4"], "Quiz: drill: padded_once · seed 7 · 4 questions · Breakfast"),
        (["--feedback", "at-end", "--plain", "-n", "2"], "Quiz: seed 7 · 2 questions · Breakfast"),
    ],
)
def test_the_options_make_the_plan(
    run: Callable[..., Run], tmp_path: Path, arguments: list[str], expected: str
) -> None:
    (tmp_path / "breakfast.md").write_text(BREAKFAST + COMPUTED)
    assert header(run("--seed", "7", *arguments)) == expected


def test_by_topic_the_questions_stand_as_in_the_deck(run: Callable[..., Run]) -> None:
    report = json.loads(run("--seed", "7", "--order", "topic", "--format", "json").stdout)
    assert [question["kind"] for question in report["questions"]] == [
        "choice", "choice", "text", "computed", "order", "match", "cloze",
    ]  # fmt: skip


def test_computed_cards_can_be_asked_as_a_choice(run: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "breakfast.md").write_text(BREAKFAST + COMPUTED)
    asked = [run("--seed", str(seed), "--tag", "arithmetic", "--computed", "choice").stdout for seed in range(6)]
    assert any("type an option's number" in each for each in asked)
    assert "type a whole number" in run("--seed", "0", "--tag", "arithmetic").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--seed", "x"], "“x” is no seed: give a whole number from 0 to 999999999, such as 7"),
        (["--seed", "1000000000"], "“1000000000” is no seed: give a whole number from 0 to 999999999, such as 7"),
        (["-n", "0"], "a quiz has 1 to 1000 questions, not 0"),
        (["-n", "1001"], "a quiz has 1 to 1000 questions, not 1001"),
        (["-n", "x"], "Invalid value for '-n' / '--count': 'x' is not a valid integer. See `cli quiz --help`."),
        (["--minutes", "0"], "a quiz has 1 to 1440 minutes, not 0; without a number it has no limit"),
        (["--kind", "choise"], "there is no kind “choise” — did you mean “choice”?"),
        (["--kind", "recall"], "none of these recall cards can be asked as a choice: choose other kinds or decks"),
        (["--tag", "arithmetik"], "no card has the tag “arithmetik” — did you mean “arithmetic”?"),
        (["--tag", "rnn"], "this deck has no card with the tag rnn: choose others"),
        (
            ["--slip", "paded_once"],
            f"{NO_SLIP} “paded_once” — did you mean “padded_once”?",
        ),
        (["nowhere"], "there is no deck “nowhere”; `studytui due` lists the decks"),
        (["nowhere.md"], "nowhere.md: no deck there; studytui check nowhere.md says why"),
    ],
)
def test_what_cannot_be_a_quiz_is_one_line_and_exit_code_2(
    run: Callable[..., Run], tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "breakfast.md").write_text(BREAKFAST + COMPUTED)
    done = run(*arguments)
    assert (done.exit_code, done.stderr, done.stdout) == (2, f"studytui: {message}\n", "")


def test_more_questions_than_cards_are_a_shorter_paper_with_a_note(run: Callable[..., Run]) -> None:
    done = run("--seed", "7", "-n", "30")
    assert "Note: there are 7 questions for this quiz, not 30: the paper has no more\n" in done.stdout
    assert header(done) == "Quiz: seed 7 · 7 questions · Breakfast"
