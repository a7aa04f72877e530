"""CSV in and out: the deck that cards become, the rows that entries become, and what is said when it cannot be."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result as Run

from studytui.cli import cli
from studytui.deck.blocks import plain
from studytui.deck.check import check
from studytui.deck.files import LARGEST
from studytui.deck.kinds.recall import Recall
from studytui.deck.load import load
from studytui.deck.parse import LONGEST_CARD, MOST_CARDS
from studytui.interchange.csv_cards import read_cards
from studytui.interchange.csv_reviews import COLUMNS, defused, write_reviews
from studytui.interchange.decks import Imported, deck_text, write_deck
from studytui.interchange.files import LARGEST_IMPORT, created
from studytui.interchange.markup import markdown, markdown_line, normal
from studytui.journal import Journal, JournalError
from studytui.memory.model import Action, Entry, Moment, Rating
from studytui.memory.schedule import Scheduler
from studytui.problems import Problem

SCHEDULER = Scheduler()
START = 1_780_000_000_000

# -- text to Markdown -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("What is kernel_size = 3?", "What is kernel_size = 3?"),
        ("a < b && 2 * 3 > 4 | 5 ~ 6 == 7", "a < b && 2 * 3 > 4 | 5 ~ 6 \\=\\= 7"),
        ("# no heading", "\\# no heading"),
        ("1. no item", "1\\. no item"),
        ("- [x] no option", "\\- [x] no option"),
        ("---", "\\---"),
        ("{name} and {0}", "\\{name} and {0}"),
        ("$x$ costs $5", "\\$x\\$ costs \\$5"),
        ("`code` and **kwargs", "\\`code\\` and \\*\\*kwargs"),
        ("C:\\temp\\*", "C:\\temp\\\\\\*"),
        ("one\ntwo\n\nthree", "one\\\ntwo\n\nthree"),
    ],
)
def test_only_what_would_mean_something_is_escaped(text: str, written: str) -> None:
    assert markdown(text) == written


@pytest.mark.parametrize(("line", "written"), [("C #", "C \\#"), ("C#", "C#"), ("##", "\\#\\#"), ("- a", "- a")])
def test_a_heading_needs_other_escapes_than_a_paragraph(line: str, written: str) -> None:
    assert markdown_line(line) == written


def test_normal_text_has_single_spaces_and_single_blank_lines() -> None:
    assert normal("\n a\tb \r\nc\x1b[0m\n\n\n\n d\u202e \n\n") == "a b\nc[0m\n\nd"


# -- cards from CSV ---------------------------------------------------------------------------------------------------


def cards_of(tmp_path: Path, text: str | bytes) -> list[Imported]:
    path = tmp_path / "cards.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_cards(path)


def test_rows_become_cards_with_where_they_stood(tmp_path: Path) -> None:
    cards = cards_of(tmp_path, 'Q1,A1\n\n"Q2\nmore","A2, ""said"""\nQ3,A3\n')
    assert cards == [
        Imported("Q1", "A1", (), f"{tmp_path}/cards.csv:1"),
        Imported("Q2\nmore", 'A2, "said"', (), f"{tmp_path}/cards.csv:3"),
        Imported("Q3", "A3", (), f"{tmp_path}/cards.csv:5"),
    ]


@pytest.mark.parametrize("head", ["front,back,tags\n", "Front, Back ,TAGS\n", "\ufefffront,back,tags\r\n"])
def test_a_row_of_names_is_no_card(tmp_path: Path, head: str) -> None:
    (card,) = cards_of(tmp_path, f"{head}Q,A,one two;three, \n".replace(", \n", "\n"))
    assert (card.front, card.back, card.tags) == ("Q", "A", ("one", "two", "three"))


def test_named_columns_stand_in_any_order(tmp_path: Path) -> None:
    (card,) = cards_of(tmp_path, "tags,back,front\nt,A,Q\n")
    assert (card.front, card.back, card.tags) == ("Q", "A", ("t",))


def test_names_further_down_are_a_card(tmp_path: Path) -> None:
    assert len(cards_of(tmp_path, "Q,A\nfront,back\n")) == 2


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way_and_tags_are_told_apart(tmp_path: Path, ends: str) -> None:
    cards = cards_of(tmp_path, f'Q1,A1,"a, a b"{ends}Q2,A2,{ends}')
    assert [card.tags for card in cards] == [("a", "b"), ()]


def test_a_line_separator_in_a_cell_ends_no_row(tmp_path: Path) -> None:
    assert [card.back for card in cards_of(tmp_path, "Q,A\u2028B\x0cC\u0085D\n")] == ["ABCD"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Q,A\nQ,A,t,more\n", ":2: the row has 4 cells instead of front,back,tags: put cells that hold a comma"),
        ("front,back\nQ,A,t\n", ":2: the row has 3 cells instead of front,back: put cells that hold a comma in quotes"),
        ("Q;A\n", ":1: the row has one cell instead of front,back,tags: save the file with commas, not semicolons"),
        ("Q\tA\n", ":1: the row has one cell instead of front,back,tags: save the file with commas, not tabs, between"),
        ("Q\n", ":1: the row has one cell instead of front,back,tags: add what is missing"),
        ("Q,A\n\n ,A\n", ":3: the front is empty: fill it, or remove the row"),
        ('"Q\nQ",\x1b\n', ":1: the back is empty: fill it, or remove the row"),
        ('Q,A\nQ,"A\n', ":2: is no CSV (unexpected end of data): quote cells as"),
        ('Q,"A"B\n', ":1: is no CSV (',' expected after '\"'): quote cells as"),
        ("", ": holds no cards: write one a row, as front,back or front,back,tags"),
        ("front,back\n", ": holds no cards: "),
        (b"Q,A\n\xff,A\n", ":2: is not UTF-8: save the file as UTF-8, then import it"),
        ("Q,A\n".encode("utf-16"), ":1: is not UTF-8: "),
        (f"Q,{'x' * 200_000}\n", ":1: is no CSV (field larger than field limit"),
    ],
)  # fmt: skip
def test_what_is_no_card_is_named_by_its_line(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(Problem) as caught:
        cards_of(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path}/cards.csv{said}")


def test_files_that_cannot_be_read_are_one_line(tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(LARGEST_IMPORT + 1)
    with pytest.raises(Problem, match=r"has more than 16 MB: import it in parts$"):
        read_cards(large)
    with pytest.raises(Problem, match=r"cannot be read \(No such file or directory\): check the path$"):
        read_cards(tmp_path / "none.csv")
    with pytest.raises(Problem, match=r"cannot be read \(Is a directory\): check the path$"):
        read_cards(tmp_path)


# -- a deck of imported cards -----------------------------------------------------------------------------------------


def test_a_deck_reads_well() -> None:
    cards = [
        Imported("What is a kernel?", "The filter.", ("cnn", "basics")),
        Imported("What does this print?\nprint(2 * 3)", "6\n\nNot 23."),
        Imported("What is a kernel?", "Or the core of a system."),
    ]
    assert deck_text("my_first-cards", cards) == (
        '# my first cards\n\n```toml\nid = "my_first-cards"\n```\n\n'
        '## What is a kernel? {#what-is-a-kernel}\n\n```toml\ntags = ["cnn", "basics"]\n```\n\nThe filter.\n\n'
        "## What does this print? {#what-does-this-print}\n\nprint(2 * 3)\n\n---\n\n6\n\nNot 23.\n\n"
        "## What is a kernel? {#what-is-a-kernel-2}\n\nOr the core of a system.\n"
    )


@pytest.mark.parametrize("name", ["cards.md", "my cards {#x}.md", "#.md", "한글 카드.md", "...md", "a.b.c.md"])
def test_any_file_name_makes_a_deck_without_findings(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write_deck(path, [Imported("Q", "A")])
    assert check([path]).findings == ()
    assert load(path).title


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cards.txt", "a deck is a Markdown file: name it cards.md"),
        ("cards.ko.md", "this is the name of a translation of cards.md: leave out “.ko”"),
        ("README.md", "files of this name are not read as decks: choose another"),
        ("none/cards.md", "cannot be made (No such file or directory): check the folder"),
        ("there.md", "is there already, and is left as it is: name another file"),
    ],
)
def test_a_file_that_can_be_no_new_deck_is_refused(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "there.md").write_text("mine")
    with pytest.raises(Problem) as caught:
        write_deck(tmp_path / name, [Imported("Q", "A")])
    assert str(caught.value) == f"{tmp_path}/{name}: {said}"
    assert [path.name for path in tmp_path.iterdir()] == ["there.md"]
    assert (tmp_path / "there.md").read_text() == "mine"


def test_more_than_a_deck_holds_is_refused_and_nothing_written(tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    long = Imported("Q", "x" * LONGEST_CARD, (), "cards.csv:7")
    with pytest.raises(Problem, match=f"^cards.csv:7: the card has more than {LONGEST_CARD} characters: split it"):
        write_deck(path, [long])
    with pytest.raises(Problem, match=f"at most {MOST_CARDS} are: import it in parts$"):
        write_deck(path, [Imported("Q", "A")] * (MOST_CARDS + 1))
    big = Imported("Q", "x" * (LONGEST_CARD - 100))
    with pytest.raises(Problem, match=r"at most 2 MB are: import it in parts$"):
        write_deck(path, [big] * (LARGEST // (LONGEST_CARD - 100) + 1))
    assert not path.exists()


@pytest.mark.parametrize(
    ("failure", "seen"), [(OSError(28, "No space left on device"), Problem), (KeyboardInterrupt(), KeyboardInterrupt)]
)
def test_a_file_whose_writing_fails_is_gone_again(
    tmp_path: Path, failure: BaseException, seen: type[BaseException]
) -> None:
    path = tmp_path / "new.csv"

    def write() -> None:
        with created(path) as file:
            file.write(b"half")
            raise failure

    with pytest.raises(seen):
        write()
    assert not path.exists()


# -- entries as CSV ---------------------------------------------------------------------------------------------------


def rows_of(*entries: tuple[Entry, bool]) -> list[dict[str, str]]:
    file = io.BytesIO()
    write_reviews(entries, file)
    return list(csv.DictReader(io.StringIO(file.getvalue().decode(), newline="")))


def test_an_entry_is_one_row_with_every_word() -> None:
    entry = Entry(
        "deck/card", Action.REVIEW, START + 7, 540, 20_601, 5, Rating.HARD, "slip", '3 × 3, "9"', 42, '{"stride": 2}',
        "padded_once", 4321, 0, "of its time",
    )  # fmt: skip
    assert rows_of((entry, True)) == [
        {
            "id": "5", "time": "2026-05-29T05:26:40.007+09:00", "day": "2026-05-28", "card": "deck/card",
            "action": "review", "rating": "2", "verdict": "slip", "typed": '3 × 3, "9"', "seed": "42",
            "givens": '{"stride": 2}', "slip": "padded_once", "duration_ms": "4321", "undone": "true", "undoes": "",
            "engine": "of its time", "due": "",
        }
    ]  # fmt: skip


def test_an_undo_names_what_it_takes_back() -> None:
    (row,) = rows_of((Entry("d/c", Action.UNDO, START, -210, 20_600, 6, target=5), False))
    assert (row["action"], row["undoes"], row["undone"], row["rating"]) == ("undo", "5", "false", "")
    assert row["time"] == "2026-05-28T16:56:40.000-03:30"


def test_times_that_no_calendar_has_stay_numbers() -> None:
    (row,) = rows_of((Entry("d/c", Action.BURY, 10**18, 0, 10**9), False))
    assert (row["time"], row["day"]) == (str(10**18), str(10**9))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a", "'=1"]
)
def test_a_text_that_would_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-0.5", "+3", "-.5e-3", "1/2", "28×28×4", "", "a=1", "−1"])
def test_numbers_and_other_texts_stay(text: str) -> None:
    assert defused(text) == text


# -- the commands -----------------------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    monkeypatch.setenv("STUDYTUI_JOURNAL", str(tmp_path / "journal.sqlite3"))
    monkeypatch.setenv("STUDYTUI_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(cli, arguments)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal with a review, its undo, and another review."""
    with Journal.open(tmp_path / "journal.sqlite3", SCHEDULER) as journal:
        for minute, typed in ((0, "=1+1"), (2, "28")):
            now = Moment(START + minute * 60_000, 60)
            journal.record(
                Entry("d/c", Action.REVIEW, now.ms, 60, SCHEDULER.day_of(now), rating=Rating.GOOD, typed=typed)
            )
            if not minute:
                journal.undo(Moment(START + 60_000, 60))
        return journal


def test_the_journal_gives_all_entries_with_what_was_undone(tmp_path: Path, journal: Journal) -> None:
    with Journal.inspect(tmp_path / "journal.sqlite3", SCHEDULER) as opened:
        entries = list(opened.entries())
        assert [(entry.id, entry.action, undone) for entry, undone in entries] == [
            (1, Action.REVIEW, True),
            (2, Action.UNDO, False),
            (3, Action.REVIEW, False),
        ]
        assert [entry for entry, _ in entries] == opened.history("d/c")
        with pytest.raises(JournalError):
            opened.undo(Moment(START))


def test_export_writes_a_new_file(run: Callable[..., Run], journal: Journal, tmp_path: Path) -> None:
    done = run("export", "reviews.csv")
    assert (done.exit_code, done.stdout) == (0, "reviews.csv: wrote 3 entries\n")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "reviews.csv").read_bytes().decode(), newline="")))
    assert [(row["typed"], row["undone"], row["undoes"]) for row in rows] == [
        ("'=1+1", "true", ""), ("", "false", "1"), ("28", "false", ""),
    ]  # fmt: skip
    again = run("export", "reviews.csv")
    assert (again.exit_code, again.stderr) == (
        2, "studytui: reviews.csv: is there already, and is left as it is: name another file\n"
    )  # fmt: skip


def test_export_to_stdout_is_the_file_alone(run: Callable[..., Run], journal: Journal, tmp_path: Path) -> None:
    printed = run("export", "-")
    told = run("export", "reviews.csv", "--format", "json")
    assert json.loads(told.stdout) == {"file": "reviews.csv", "entries": 3}
    assert printed.stdout_bytes == (tmp_path / "reviews.csv").read_bytes()
    assert printed.stdout_bytes.startswith(",".join(COLUMNS).encode() + b"\r\n")


def test_a_full_disk_behind_stdout_is_one_line(run: Callable[..., Run], journal: Journal) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "studytui", "export", "-"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (
        2, b"studytui: there is no space left to write to: free some, then try again\n"
    )  # fmt: skip


def test_export_without_a_journal_makes_none(run: Callable[..., Run], tmp_path: Path) -> None:
    done = run("export", "reviews.csv")
    assert done.exit_code == 2
    assert done.stderr.endswith("there is no journal here yet; the first review begins one\n")
    assert list(tmp_path.iterdir()) == []


def test_export_writes_no_other_format(run: Callable[..., Run], journal: Journal, tmp_path: Path) -> None:
    done = run("export", "deck.md")
    assert (done.exit_code, done.stderr) == (
        2, "studytui: deck.md: only CSV can be exported: name it deck.csv, or - for stdout\n"
    )  # fmt: skip
    assert not (tmp_path / "deck.md").exists()


def test_a_damaged_journal_leaves_no_half_export(run: Callable[..., Run], tmp_path: Path, journal: Journal) -> None:
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 60_000)
    done = run("export", "reviews.csv")
    assert done.exit_code == 2
    assert "studytui doctor" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "reviews.csv").exists()


def test_import_makes_a_deck_that_check_and_study_take(run: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "cards.csv").write_text('front,back,tags\n"# What is {x} in `f`?\n$y$","**The** argument",a b\n')
    done = run("import", "cards.csv", "--deck", "cards.md")
    assert (done.exit_code, done.stdout) == (0, "cards.md: wrote 1 card; `studytui study cards.md` asks them\n")
    assert run("check", "cards.md").exit_code == 0
    (card,) = load(tmp_path / "cards.md").cards
    assert isinstance(card.content, Recall)
    assert plain(card.heading + card.question) == "# What is {x} in `f`?\n$y$"
    assert plain(card.content.answer) == "**The** argument"
    assert card.tags == ("a", "b")
    assert json.loads(run("due", "cards.md", "--format", "json").stdout)["decks"][0]["new"] == 1


def test_import_tells_json_what_it_wrote(run: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "cards.csv").write_text("Q,A\nP,B\n")
    done = run("import", "cards.csv", "--deck", "d.md", "--format", "json")
    assert json.loads(done.stdout) == {"deck": "d.md", "cards": 2}


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("cards.apkg", "studytui: cards.apkg: only CSV can be imported: save it as cards.csv\n"),
        ("none.csv", "studytui: none.csv: cannot be read (No such file or directory): check the path\n"),
        ("bad.csv", "studytui: bad.csv:1: the row has one cell instead of front,back,tags: add what is missing\n"),
    ],
)
def test_what_cannot_be_imported_is_one_line(run: Callable[..., Run], tmp_path: Path, file: str, message: str) -> None:
    (tmp_path / "bad.csv").write_text("Q\n")
    done = run("import", file, "--deck", "d.md")
    assert (done.exit_code, done.stderr) == (2, message)
    assert not (tmp_path / "d.md").exists()
