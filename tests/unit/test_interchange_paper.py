"""A printed paper and its key: what stands on which, read back by a parser of Markdown; and the command that prints."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from support.bank_deck import DECK, built_in, questions
from support.gift_read import read_gift
from support.markdown_read import headings, shape, squeezed, tokens, words
from support.moodle_read import read_moodle

from studytui.cli import cli
from studytui.deck.blocks import plain
from studytui.deck.model import Pick
from studytui.deck.recast import choice_of_computed
from studytui.interchange.paper_markdown import key, letter, paper, paper_and_key

HEADER = "seed 7 · 3 questions · [x] *decks*"
NAMES = ("width", "third", "shape", "more", "steps", "one", "several", "order", "pairs", "text", "gap.forget")


def asked(*names):
    return [questions()[name] for name in names]


def test_a_paper_has_its_header_a_line_for_the_name_and_numbered_questions():
    text = paper(asked("width", "one"), HEADER)
    assert headings(text, 1) == ["Quiz"]
    assert headings(text, 2) == ["1. How wide is {it}? (1 point)", "2. Which one? (1 point)"]
    assert "seed 7 · 3 questions · [x] *decks* · 2 points" in words(text)
    assert "Name: ____" in words(text)


def test_every_built_in_question_says_on_paper_what_it_says_on_the_screen():
    for language in ("", "ko"):
        shown = words(paper(built_in(language), HEADER, language)).replace(" ", "")
        for question in built_in(language):
            for block in question.prompt:
                for spans in (block.spans, *block.cells):
                    said = "".join("".join(span.text for span in spans).split())
                    assert said.replace("[…]", "_" * 12) in shown, question.card.id


def test_every_built_in_key_says_the_answer_and_the_solution():
    shown = words(key(built_in(), HEADER)).replace(" ", "")
    for question in built_in():
        if question.variant is not None:
            assert f"Right:{''.join(question.variant.values['answer'].split())}" in shown
        for block in question.explanation:
            if block.form == "paragraph":
                assert "".join(plain((block,)).split()) in shown, question.card.id


@pytest.mark.parametrize(
    ("name", "room"),
    [
        ("width", "Answer: ________________________ px (a whole number)"),
        ("third", "(a number, 3 significant digits)"),
        ("shape", "(a shape such as 28×28×4)"),
        ("more", "(yes or no)"),
        ("text", "(a word or a few)"),
        ("order", "Answer: ____ ____ ____"),
        ("gap.forget", "The ____________ gate."),
    ],
)
def test_each_way_of_answering_has_its_room(name, room):
    assert room in words(paper(asked(name), HEADER))


def test_each_part_of_a_card_with_steps_has_its_room_and_its_share():
    shown = words(paper(asked("steps"), HEADER))
    assert "(each part counts 1/2)" in shown
    assert "(1) How wide is it? Answer: ________________________ px (a whole number) (2) How many pixels?" in shown
    solved = words(key(asked("steps"), HEADER))
    values = questions()["steps"].variant.values
    assert f"(1) How wide is it? Right: {values['padded']} px (2) How many pixels? Right: {values['answer']}" in solved


def test_options_have_letters_and_the_key_names_the_right_ones():
    (question,) = asked("several")
    text = paper([question], HEADER)
    assert "Tick all that are right." in words(text)
    assert shape(text).count("list_item_open") == 4
    right = [letter(place) for place, option in enumerate(question.form.options) if plain(option) != "four"]
    assert f"Right: {', '.join(right)}" in words(key([question], HEADER))


def test_a_partner_that_rows_share_stands_on_the_paper_once():
    text = paper(asked("pairs"), HEADER)
    assert words(text).count("shared") == 1
    assert "{own}" in words(text)
    assert shape(text).count("tr_open") == 4
    _, _, right = words(key(asked("pairs"), HEADER)).partition("Right: ")
    first, second, third = (each.split()[1] for each in right.partition(" a = b")[0].split(","))
    assert first == second != third


def test_the_key_tells_each_mistake_by_its_value_and_its_sentence():
    (question,) = asked("width")
    text = words(key([question], HEADER))
    assert "Known mistakes" in text
    for slip in question.variant.slips:
        assert squeezed(slip.sentence) in text
    assert "Known mistakes" not in words(paper([question], HEADER))
    assert "ways/width" in text


def test_options_of_a_choice_that_was_made_of_slips_tell_their_mistakes():
    choice = next(filter(None, (choice_of_computed(each) for each in built_in() if each.card.kind == "computed")))
    assert isinstance(choice.form, Pick)
    text = words(key([choice], HEADER))
    for slips in choice.recast.slips:
        for slip in slips:
            assert squeezed(slip.sentence) in text


def test_other_spellings_that_are_right_stand_in_the_key():
    assert "Right: C++ Also right: forget-gate, a * b, [html] x" in words(key(asked("text"), HEADER))


def test_the_key_begins_a_page_of_its_own():
    text = paper_and_key(asked("one"), HEADER)
    kinds = [token.type for token in tokens(text)]
    assert kinds.count("hr") == 1
    assert '<div style="page-break-after: always"></div>\n\n---\n\n# Quiz: Key' in text
    assert text.startswith(paper(asked("one"), HEADER))
    assert text.endswith(key(asked("one"), HEADER))


def test_a_korean_paper_has_korean_words():
    text = words(paper(asked("width", "third"), HEADER, "ko"))
    assert "이름: ____" in text
    assert "(정수)" in text
    assert "(수, 유효숫자 3자리)" in text
    assert "정답" in words(key(asked("width"), HEADER, "ko"))


def test_letters_go_on_behind_z():
    assert [letter(place) for place in (0, 25, 26, 27, 702)] == ["a", "z", "aa", "ab", "aaa"]


# -- the command -------------------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("STUDYTUI_JOURNAL", str(tmp_path / "journal.db"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ways.md").write_text(DECK, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(cli, ["quiz", "ways.md", "--seed", "7", "--print", *map(str, arguments)])


def test_the_paper_and_its_key_go_to_stdout_and_notes_to_stderr(home):
    result = run("-n", "20")
    assert result.exit_code == 0
    assert headings(result.stdout, 1) == ["Quiz", "Quiz: Key"]
    assert len(headings(result.stdout, 2)) == 22
    assert "seed 7 · 11 questions" in result.stdout
    assert "there are 11 questions for this quiz, not 20" in result.stderr


def test_a_paper_and_its_key_are_two_files_that_overwrite_nothing(home):
    assert run("--output", "test.md").stderr.splitlines()[-2:] == [
        "studytui: wrote test.md",
        "studytui: wrote test-key.md",
    ]
    assert headings((home / "test.md").read_text(), 1) == ["Quiz"]
    assert headings((home / "test-key.md").read_text(), 1) == ["Quiz: Key"]
    (home / "test.md").unlink()
    again = run("--output", "test.md")
    assert again.exit_code == 2
    assert "test-key.md: is there already" in again.stderr
    assert not (home / "test.md").exists()


def test_question_banks_get_so_many_variants_of_each_computed_card(home):
    gift = run("--format", "gift", "--variants", "3")
    assert [each.name for each in read_gift(gift.stdout)].count("How wide is {it}? · ways/width · 3") == 1
    assert "ways/steps is left out" in gift.stderr
    moodle = run("--format", "moodle", "--variants", "3", "--output", "bank.xml")
    assert moodle.stdout == ""
    found = read_moodle((home / "bank.xml").read_text())
    assert sum(each.number.startswith("ways/width:") for each in found) == 3
    assert sum(each.number.startswith("ways/one:") for each in found) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "json"], "a paper is not printed as json: choose --format markdown, gift, moodle"),
        (["--variants", "3"], "--variants is for --format gift and moodle"),
        (["--output", "x.txt"], "x.txt: markdown is not written to such a file: name it x.md"),
        (["--format", "moodle", "--output", "x.md"], "name it x.xml"),
        (["--language", "xx"], "no open deck is translated into “xx”: choose ko, or en"),
    ],
)
def test_what_cannot_be_printed_is_told_in_one_line(home, arguments, said):
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [["--variants", "2"], ["--format", "gift"], ["--language", "ko"]])
def test_options_of_a_printed_paper_need_print(home, arguments):
    result = CliRunner().invoke(cli, ["quiz", "ways.md", *arguments])
    assert result.exit_code == 2
    assert "add --print" in result.stderr


def test_a_paper_in_another_language_leaves_the_settings_alone(home):
    result = CliRunner().invoke(cli, ["quiz", "--print", "--seed", "7", "-n", "3", "--language", "ko"])
    assert headings(result.stdout, 1) == ["퀴즈", "퀴즈: 정답과 풀이"]
    assert not list(home.rglob("settings.toml"))
    assert headings(CliRunner().invoke(cli, ["quiz", "--print", "--seed", "7", "-n", "3"]).stdout, 1)[0] == "Quiz"


@pytest.mark.parametrize("form", ["markdown", "moodle"])
def test_a_seed_gives_the_same_bytes_in_every_process(home, form):
    more = ["--variants", "2"] if form != "markdown" else []
    command = [sys.executable, "-m", "studytui", "quiz", "ways.md", "--print", "--seed", "7", "--format", form, *more]
    first, second = (
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": each}).stdout
        for each in ("1", "2")
    )
    assert first == second
    assert first.decode()
