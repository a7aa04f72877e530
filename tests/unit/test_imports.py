"""What a command loads is what a learner waits for: looked at in processes of their own, by `sys.modules`."""

import json
import subprocess
import sys

import pytest
from support.world import COMPUTED, FIGURED, RECALL, TEXT

COMMAND = """
import sys
from studytui.__main__ import main
sys.argv = ["studytui", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
sys.stderr.write(" ".join(sys.modules))
"""
FIRST_CARD = """
import asyncio, gc, os, sys
gc.disable()
os.environ["TEXTUAL_FPS"] = "240"
from studytui.desk import Desk
from studytui.tui.app import StudyApp

async def paint():
    with Desk.open(None, sys.argv[1:]) as desk:
        app = StudyApp(desk, study=True, decks=desk.decks.chosen(sys.argv[1:]))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            shown = "\\n".join(row.text for row in app.screen._card.rows)
            print(shown)
            sys.stderr.write(" ".join(sys.modules))

asyncio.run(paint())
"""


@pytest.fixture
def loaded(tmp_path, monkeypatch):
    """Runs a piece of Python in a fresh process; gives what it printed and the names of all modules then loaded."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("STUDYTUI_JOURNAL", str(tmp_path / "journal.db"))
    monkeypatch.chdir(tmp_path)

    def run(code, *arguments):
        result = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=True,
            timeout=60,
        )
        return result.stdout, set(result.stderr.split())

    return run


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "deck.md", "--variants", "2"],
        ["due"],
        ["stats"],
        ["compute", "convolution.output_size(5, 3)"],
        ["doctor"],
        ["catalogue"],
        ["search", "padding"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_commands_that_print_load_no_textual(loaded, tmp_path, arguments):
    (tmp_path / "deck.md").write_text("# Deck\n" + COMPUTED + RECALL)
    loaded(COMMAND, "due")
    assert not {"textual", "rich", "studytui.tui"} & loaded(COMMAND, *arguments)[1]


@pytest.mark.parametrize("names", [[], ["convolution"], ["convolution.output_size"]], ids=len)
def test_the_catalogue_loads_no_torch(loaded, names):
    printed, modules = loaded(COMMAND, "catalogue", *names)
    assert "output_size" in printed
    assert "torch" not in modules


def test_check_by_brute_force_loads_no_torch(loaded, tmp_path):
    (tmp_path / "deck.md").write_text("# Deck\n" + COMPUTED)
    modules = loaded(COMMAND, "check", "deck.md", "--variants", "2", "--witnesses", "brute-force")[1]
    assert "torch" not in modules


def test_due_loads_neither_torch_nor_sqlite_utils_nor_markdown_once_the_decks_are_known(loaded):
    loaded(COMMAND, "due")
    printed, modules = loaded(COMMAND, "due", "--format", "json")
    assert json.loads(printed)["new"] == 20
    assert not {"torch", "numpy", "sqlite_utils", "markdown_it", "tomllib"} & modules


PAPER = """
import sys
from studytui.desk import Desk
from studytui.quiz.plan import Plan
with Desk.open() as desk:
    everything = sum(len(deck.cards) for deck in desk.papers.pool().decks)
    print(len(desk.papers.paper(Plan(1, count=everything, kinds=("computed",))).questions))
sys.stderr.write(" ".join(sys.modules))
"""


def test_a_paper_of_every_computed_card_loads_no_array_library_and_no_screen(loaded):
    loaded(COMMAND, "due")
    printed, modules = loaded(PAPER)
    assert int(printed) > 100
    assert not {"torch", "numpy", "textual", "click"} & modules


WAITING = """
import sys
from studytui.desk import Desk
with Desk.open() as desk:
    if sys.argv[1:]:
        from studytui.quiz.plan import Plan
        desk.quizzes.begin(Plan(1, count=1))
    print(desk.day.overview().quiz)
sys.stderr.write(" ".join(sys.modules))
"""


def test_home_tells_of_a_quiz_that_waits_without_what_keeps_quizzes(loaded):
    begun, _ = loaded(WAITING, "begin")
    told, modules = loaded(WAITING)
    assert told == begun != "\n"
    assert not {"studytui.journal.quizzes", "studytui.quizzes", "studytui.quiz"} & modules


HEAVY = {"torch", "sqlite_utils", "markdown_it", "click", "tomllib", "numpy"}
ARRAYS = """
## Sum {#sum}

Image {image}, kernel {kernel}: the value in row 0, column 0?

```toml
answer = "convolution.cross_correlation_at(image, kernel, 0, 0)"

[given]
image = { shape = [3, 3], of = "0..5" }
kernel = { shape = [2, 2], of = [1, 2, 3] }
```
"""


@pytest.mark.parametrize(
    ("card", "words", "heavy"),
    [
        (RECALL, "What does padding buy you?", set()),
        (TEXT, "What is added at the border?", set()),
        (COMPUTED, "How wide is the output?", set()),
        (ARRAYS, "Image [[", {"numpy"}),
    ],
    ids=["recall", "text", "whole numbers", "arrays"],
)
def test_the_first_card_loads_only_what_it_needs(loaded, tmp_path, card, words, heavy):
    (tmp_path / "deck.md").write_text("# Deck\n" + card)
    loaded(COMMAND, "due", "deck.md")  # the journal and the cache are there, as on every day but the first
    shown, modules = loaded(FIRST_CARD, "deck.md")
    assert words in shown
    assert HEAVY & modules <= heavy


SECOND_CARD = """
import sys, threading
from studytui.desk import Desk
with Desk.open(None, sys.argv[1:]) as desk:
    session = desk.day.session(desk.decks.chosen(sys.argv[1:]))
    session.begin()
    before = {name for name in sys.modules if name.startswith("reference_impl")}
    desk.ahead.load_card(session.coming)
    [each.join() for each in threading.enumerate() if each.name == "look ahead"]
    print(session.question.card.id, session.coming, sorted(before))
sys.stderr.write(" ".join(sys.modules))
"""


def test_the_models_of_the_next_card_are_loaded_while_this_one_is_shown(loaded, tmp_path):
    (tmp_path / "deck.md").write_text("# Deck\n" + RECALL + COMPUTED)
    loaded(COMMAND, "due", "deck.md")
    printed, modules = loaded(SECOND_CARD, "deck.md")
    assert printed.split() == ["deck/why-padding", "deck/output-size", "[]"]
    assert {"reference_impl.convolution", "reference_impl.witnesses.convolution"} <= modules
    assert not {name for name in modules if "pytorch" in name or name in {"reference_impl.recurrent", "numpy"}}


def test_the_first_card_loads_no_figures(loaded, tmp_path):
    (tmp_path / "deck.md").write_text("# Deck\n" + FIGURED)
    loaded(COMMAND, "due", "deck.md")
    shown, modules = loaded(FIRST_CARD, "deck.md")
    assert "How many places?" in shown
    assert not {"reference_impl.figures", "studytui.drawing", "studytui.illustrated", "studytui.deck.figure"} & modules


def test_the_first_card_needs_no_screen_but_its_own(loaded, tmp_path):
    (tmp_path / "deck.md").write_text("# Deck\n" + RECALL)
    loaded(COMMAND, "due", "deck.md")
    modules = loaded(FIRST_CARD, "deck.md")[1]
    assert {each for each in modules if each.startswith("studytui.tui.screens.")} == {
        "studytui.tui.screens.study",
        "studytui.tui.screens.study_answering",
        "studytui.tui.screens.study_face",
        "studytui.tui.screens.study_keys",
        "studytui.tui.screens.study_verbs",
    }
