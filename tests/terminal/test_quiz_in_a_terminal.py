"""A quiz as a person sits it, in a real terminal: the program in a pty, its output on an emulated screen."""

import json
import os
import re
import sqlite3
import subprocess
import sys
import time

import pytest
from terminal import Terminal, environment

DECK = """# Terminal

## Count the parameters {#count}

A layer reads {in_channels} channels and writes {out_channels}, with {kernel_size}×{kernel_size} filters and biases.

```toml
answer = "convolution.parameters(in_channels, out_channels, kernel_size)"

[given]
in_channels = [3]
out_channels = [4]
kernel_size = [5]
```

{kernel_size}·{kernel_size}·{in_channels}·{out_channels} + {out_channels} = **{answer}**

## Which one is a gate? {#gate}

- [x] the forget gate
- [ ] the cell state

A gate is a sigmoid.

## What is added at the border? {#border}

```toml
accept = ["padding", "패딩"]
```

## Count the numbers {#numbers}

```toml
answer = "convolution.parameters(out_channels, in_channels, kernel_size)"

[given]
in_channels = [3]
out_channels = [4]
kernel_size = [5]
```

**{answer}**
"""


@pytest.fixture
def home(tmp_path):
    (tmp_path / "terminal.md").write_text(DECK)
    return tmp_path


@pytest.fixture
def start(home):
    """Starts `studytui quiz` over the deck in a terminal of its own; all of them are closed at the end."""
    opened = []

    def run(*arguments, columns=80, rows=24):
        terminal = Terminal(
            ("quiz", "terminal.md", *arguments),
            environment=environment(home),
            columns=columns,
            rows=rows,
            folder=home,
        )
        opened.append(terminal)
        return terminal

    yield run
    for terminal in opened:
        terminal.close()


def kept(home, column):
    with sqlite3.connect(home / "journal.db") as journal:
        return [value for (value,) in journal.execute(f"SELECT {column} FROM quizzes ORDER BY id")]


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_whole_quiz_is_set_up_sat_and_reported_with_right_answers_a_slip_and_a_blank(home, start):
    terminal = start()
    terminal.wait_for("4 cards: all asked, there are not 20")
    terminal.press("k", "7")
    terminal.wait_for("Seed       7_")
    terminal.press("k", "k", "k", " ")
    terminal.wait_for("by topic")
    terminal.press("enter")

    terminal.wait_for("1 of 4 · computed · Terminal")
    terminal.wait_for("seed 7")
    terminal.press("300", "enter")
    terminal.wait_for("2 of 4 · choice")
    right = re.search(r"(\d) \( \) the forget gate", terminal.wait_for("the forget gate"))[1]
    terminal.press(right)
    terminal.wait_for("(•) the forget gate")
    terminal.press("enter")
    terminal.wait_for("3 of 4 · text")
    terminal.press("패딩", "enter")
    terminal.wait_for("4 of 4 · computed")
    terminal.press("enter")

    terminal.wait_for("Overview")
    terminal.wait_for("▸ 4   · open")
    terminal.wait_for("1   ■ answered · 300")
    terminal.press("h")
    terminal.wait_for("Without an answer: 4.")
    terminal.press("y")
    terminal.wait_for("Score: 2 of 4 (50 %)")
    terminal.press("n")
    terminal.wait_for("✗ A known slip")
    terminal.wait_for("304")
    terminal.press("q", "q")
    assert terminal.wait_for_end() == 0
    assert terminal.raw.rindex(b"\x1b[?1049l") > terminal.raw.rindex(b"\x1b[?1049h")

    command = [sys.executable, "-m", "studytui", "quiz", "--report", "1", "--format", "json"]
    result = subprocess.run(
        command, cwd=home, env={**os.environ, **environment(home)}, capture_output=True, text=True, check=True
    )
    report = json.loads(result.stdout)
    assert [question["verdict"] for question in report["questions"]] == ["slip", "right", "right", None]
    with sqlite3.connect(home / "journal.db") as journal:
        assert journal.execute("SELECT card, rating FROM reviews").fetchall() == [("terminal/count", 1)]


def test_time_that_runs_out_while_typing_counts_what_is_typed(home, start):
    terminal = start("--minutes", "1", "--seed", "7", "--order", "topic")
    terminal.wait_for("1 of 4")
    with sqlite3.connect(home / "journal.db") as journal:
        (sheet,) = journal.execute("SELECT sheet FROM quizzes").fetchone()
    terminal.kill()
    # The terminal was closed for 52 seconds of the minute.
    sheet = json.loads(sheet)
    sheet["seen_ms"] -= 52_000
    with sqlite3.connect(home / "journal.db") as journal:
        journal.execute("UPDATE quizzes SET sheet = ?", (json.dumps(sheet),))

    terminal = start("--resume")
    terminal.wait_for("last minute · 0:0")
    terminal.press("304")
    terminal.wait_for("The time is over: the quiz is handed in")
    terminal.wait_for("Score: 1 of 4 (25 %)")


def test_a_quiz_goes_on_after_kill_9_with_what_was_typed_and_with_its_clock(home, start):
    terminal = start("--minutes", "15", "--seed", "7", "--order", "topic")
    terminal.wait_for("1 of 4")
    terminal.press("304", "enter")
    terminal.wait_for("2 of 4 · choice")
    terminal.press("f", "n")
    terminal.wait_for("3 of 4 · text")
    terminal.press("padd")
    until(lambda: "padd" in kept(home, "sheet")[0])
    terminal.kill()

    again = start("--resume")
    again.wait_for("3 of 4 · text")
    again.wait_for("■![·]·")
    assert re.search(r"14:\d\d left", again.text)
    again.wait_for("padd")
    again.press("ing", "enter")
    again.wait_for("4 of 4")
    again.press("\x0f")  # ctrl+o
    again.wait_for("3   ■ answered · padding")


def test_a_quiz_that_is_left_says_how_to_go_on_and_the_setup_offers_it_first(home, start):
    terminal = start("--seed", "7", "--order", "topic")
    terminal.wait_for("1 of 4")
    terminal.wait_for("esc commands")  # in the first paint the field has not the focus yet, and “q” leaves
    terminal.press("escape")
    terminal.wait_for("q leave")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert b"studytui quiz --resume" in terminal.raw
    again = start()
    again.wait_for("▸ Go on with it")
    again.press("enter")
    again.wait_for("1 of 4")


@pytest.mark.parametrize("answer", ["y", "n"])
def test_line_mode_asks_whether_to_go_on_and_does_either(home, start, answer):
    terminal = start("--plain", "-n", "2", "--seed", "7", "--kind", "text", "--kind", "choice")
    terminal.wait_for("\n>")
    terminal.press(*":q", "enter")
    terminal.wait_for_end()
    again = start("--plain", "--seed", "8", "--kind", "text")
    again.wait_for("Go on with it? [Y/n]")
    again.press(answer, "enter")
    again.wait_for("1 of 2" if answer == "y" else "1 of 1")
    again.press(*":h", "enter")
    assert again.wait_for_end() == 0
    assert b"handed in" in again.raw
    assert kept(home, "state") == (["handed-in"] if answer == "y" else ["open", "handed-in"])


def test_a_terminal_that_becomes_small_in_the_middle_of_a_question_keeps_everything(start):
    terminal = start("--minutes", "15", "--seed", "7", "--order", "topic")
    terminal.wait_for("1 of 4")
    terminal.press("30")
    terminal.wait_for("30")
    terminal.resize(40, 12)
    terminal.wait_for("enter answer  esc commands  f1 help")
    terminal.press("4", "enter")
    terminal.wait_for("2 of 4")
    terminal.resize(80, 24)
    terminal.wait_for("seed 7")
    terminal.press("\x0f")
    terminal.wait_for("1   ■ answered · 304")


def test_what_cannot_be_asked_is_one_line_on_an_ordinary_screen(start):
    for arguments, says in (
        (("--seed", "seven"), b"is no seed: give a whole number"),
        (("--kind", "recall"), b"no card of the kind recall"),
        (("--resume",), b"studytui quiz"),
    ):
        terminal = start(*arguments, columns=250)
        assert terminal.wait_for_end() == 2
        assert says in terminal.raw
        assert b"\x1b" not in terminal.raw
        assert terminal.raw.count(b"\n") == 1
