"""What a person does, in a real terminal: the program in a pty, its output on an emulated screen."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from support.midday import write_midday
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

## What does padding buy you? {#why-padding}

The filter can be centred on border pixels.

## Which one is a gate? {#gate}

- [x] the forget gate
- [ ] the cell state

A gate is a sigmoid.
"""


@pytest.fixture
def home(tmp_path):
    (tmp_path / "terminal.md").write_text(DECK)
    write_midday(tmp_path / "config" / "studytui" / "settings.toml")
    return tmp_path


@pytest.fixture
def start(home):
    """Starts the program in a terminal of its own; all of them are closed at the end."""
    opened = []

    def run(*arguments, columns=80, rows=24, **variables):
        terminal = Terminal(
            arguments, environment={**environment(home), **variables}, columns=columns, rows=rows, folder=home
        )
        opened.append(terminal)
        return terminal

    yield run
    for terminal in opened:
        terminal.close()


def due(home):
    command = [sys.executable, "-m", "studytui", "due", "terminal.md", "--format", "json"]
    result = subprocess.run(
        command, cwd=home, env={**os.environ, **environment(home)}, capture_output=True, text=True, check=True
    )
    return json.loads(result.stdout)


def test_a_sitting_right_slip_unreadable_undo_quit_and_the_same_state_after_a_restart(home, start):
    terminal = start("study", "terminal.md")
    terminal.wait_for("Count the parameters")
    terminal.wait_for("a whole number")

    terminal.press("0x10", "enter")
    terminal.wait_for("Not read, not counted")

    terminal.press(*["backspace"] * 4, "3*4*5*5+4", "enter")
    terminal.wait_for("✓ Right")
    terminal.wait_for("PyTorch ✓", seconds=60)
    terminal.press("3")
    terminal.wait_for("What does padding buy you?")

    terminal.press("u")
    terminal.wait_for("Count the parameters")
    terminal.wait_for("a whole number")
    terminal.press("300", "enter")
    screen = terminal.wait_for("✗ A known slip")
    assert "304" in screen
    terminal.press("1")
    terminal.wait_for("What does padding buy you?")
    terminal.press("q")
    assert terminal.wait_for_end() == 0

    counts = due(home)
    assert (counts["new"], counts["learning"], counts["answers_today"]) == (2, 1, 1)
    again = start("study", "terminal.md")
    again.wait_for("What does padding buy you?")
    again.wait_for("learning 1")


def test_cramming_a_search_shows_its_cards_and_records_nothing(home, start):
    terminal = start("study", "--cram", "--search", "kind:recall", "terminal.md")
    terminal.wait_for("What does padding buy you?")
    assert "cram · recall" in terminal.wait_for("space answer")
    terminal.press(" ", "3")
    terminal.wait_for("q leave")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert due(home)["answers_today"] == 0


def test_leaving_gives_the_terminal_back(start):
    terminal = start("study", "terminal.md")
    terminal.wait_for("Count the parameters")
    terminal.wait_for("a whole number")
    terminal.press("escape")
    terminal.wait_for("q leave")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert b"\x1b[?1049h" in terminal.raw
    assert terminal.raw.rindex(b"\x1b[?1049l") > terminal.raw.rindex(b"\x1b[?1049h")
    assert b"\x1b[?25h" in terminal.raw


def test_a_program_that_is_told_to_end_gives_the_terminal_back(start):
    terminal = start("study", "terminal.md")
    terminal.wait_for("a whole number")
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.wait_for_end() == 143
    assert terminal.raw.rindex(b"\x1b[?1049l") > terminal.raw.rindex(b"\x1b[?1049h")
    assert terminal.raw.rindex(b"\x1b[?25h") > terminal.raw.rindex(b"\x1b[?25l")


def test_what_was_rated_before_the_program_was_killed_is_kept(home, start):
    terminal = start("study", "terminal.md")
    terminal.wait_for("a whole number")
    terminal.press("304", "enter")
    terminal.wait_for("✓ Right")
    terminal.press("3")
    terminal.wait_for("What does padding buy you?")
    terminal.kill()
    with sqlite3.connect(home / "journal.db") as journal:
        assert journal.execute("SELECT card, rating, typed FROM reviews").fetchall() == [("terminal/count", 3, "304")]
        assert journal.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    start("study", "terminal.md").wait_for("What does padding buy you?")


def referees_below(pid):
    """The processes that run witnesses for a program."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    lines = [line.split(None, 2) for line in listed.splitlines()]
    return [int(child) for child, parent, command in lines if int(parent) == pid and "studytui.referee" in command]


def running(process):
    """Whether a process is there and not a zombie."""
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return listed.stdout.strip()[:1] not in {"", "Z"}


def test_the_referee_is_gone_when_the_program_is_killed(start):
    terminal = start("study", "terminal.md")
    terminal.wait_for("a whole number")
    terminal.press("304", "enter")
    terminal.wait_for("PyTorch ✓", seconds=60)
    (referee,) = referees_below(terminal.pid)
    terminal.kill()
    for _ in range(200):
        if not running(referee):
            return
        time.sleep(0.05)
    pytest.fail("the referee outlived the program")


def test_everything_needed_is_on_a_screen_of_40_by_12(start):
    terminal = start("study", "terminal.md", columns=40, rows=12)
    terminal.wait_for("Count the parameters")
    terminal.wait_for("a whole number")
    terminal.press("304", "enter")
    screen = terminal.wait_for("✓ Right")
    assert "1 again" in screen
    assert "4 easy" in screen
    assert max(map(len, screen.splitlines())) <= 40


def test_a_terminal_of_16_colours_gets_no_others(start):
    terminal = start("study", "terminal.md", TERM="xterm", COLORTERM="")
    terminal.wait_for("a whole number")
    terminal.press("304", "enter")
    terminal.wait_for("✓ Right")
    colours = re.findall(rb"\x1b\[([0-9;]*)m", terminal.raw)
    assert colours
    assert not [colour for colour in colours if re.search(rb"[34]8;[25];", colour)]
    hidden = [
        cell.data for row in terminal.screen.buffer.values() for cell in row.values() if cell.fg == cell.bg != "default"
    ]
    assert not "".join(hidden).strip()


def test_home_opens_studies_and_comes_back(start):
    terminal = start()
    terminal.wait_for("LSTM gates")
    terminal.press("enter")
    terminal.wait_for("new 20")
    terminal.wait_for("q leave")
    terminal.press("q")
    terminal.wait_for("this deck")
    terminal.press("q")
    assert terminal.wait_for_end() == 0


@pytest.mark.parametrize(("begin", "end"), [("", ""), ("\x1b[200~", "\x1b[201~")], ids=["typed", "pasted"])
def test_a_search_that_comes_in_one_go_behind_the_slash_is_in_the_field_of_browse(start, begin, end):
    """Even before home is on the screen: what reached it would quit the program at the first q."""
    early, late = start(), start()
    late.wait_for("LSTM gates")
    search = "deck:quiz is:due tag:i squeeze"
    for terminal in (early, late):
        if terminal is early:
            terminal.wait_for_raw(b"\x1b[?2004h")
        terminal.press(f"{begin}/{search}{end}")
        screen = terminal.wait_for("No card is found.")
        assert screen.splitlines()[1].strip() == search
        terminal.press(" x")
        terminal.wait_for(f"{search} x")
        terminal.press("escape")
        terminal.wait_for("q back")
        terminal.press("q")
        terminal.wait_for("this deck")
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_hangul_keys_work_while_the_input_method_is_on(start):
    terminal = start()
    terminal.wait_for("LSTM gates")
    terminal.press("ㅓ", "ㅇ")
    terminal.wait_for("· RNN basics")
    terminal.press("escape")
    terminal.wait_for("q leave")
    terminal.press("ㅂ")
    terminal.wait_for("this deck")


def test_the_editor_gets_the_terminal_and_the_card_comes_back_with_its_new_words(home, start):
    script = home / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "line, file = sys.argv[1:]\n"
        "path = pathlib.Path(file)\n"
        "input(f'editing {path.name} at {line}: ')\n"
        "path.write_text(path.read_text().replace('Count the parameters', 'How many parameters?'))\n"
    )
    terminal = start("study", "terminal.md", EDITOR=f"{sys.executable} {script}", VISUAL="")
    terminal.wait_for("a whole number")
    terminal.press("escape")
    terminal.wait_for("e edit")
    terminal.press("e")
    terminal.wait_for("editing terminal.md at +3: ")
    terminal.press("enter")
    terminal.wait_for("How many parameters?")
    terminal.wait_for("a whole number")
    terminal.press("304", "enter")
    terminal.wait_for("✓ Right")


def test_a_terminal_that_changes_its_size_is_followed(start):
    terminal = start("study", "terminal.md")
    terminal.wait_for("new 3 · learning 0 · review 0")
    terminal.wait_for("a whole number")
    terminal.press("30")
    terminal.resize(40, 12)
    terminal.wait_for("3 · 0 · 0")
    terminal.press("4", "enter")
    screen = terminal.wait_for("✓ Right")
    assert max(map(len, screen.splitlines())) <= 40
    terminal.resize(80, 24)
    terminal.wait_for("new 3 · learning 0 · review 0")


def test_a_damaged_journal_is_one_line_on_an_ordinary_screen(home, start):
    (home / "journal.db").write_bytes(b"SQLite format 3\0" + b"\xa5" * 8000)
    for arguments in ((), ("study", "terminal.md")):
        terminal = start(*arguments, columns=200)
        assert terminal.wait_for_end() == 2
        assert b"\x1b" not in terminal.raw
        assert terminal.raw.count(b"\n") == 1
        assert b"studytui doctor" in terminal.raw
