"""Korean cards in a real terminal: a syllable takes two columns, and what stands behind it is where it should be."""

import unicodedata

import pytest
from terminal import Terminal, environment

DECK = """# Border

## What is added at the border? {#border}

| choice | width |
| --- | --- |
| none | narrower |
| same | as before |

```toml
accept = ["padding"]
```

Mostly zeros.

## Which symbol means what? {#symbols .match}

| symbol | meaning |
| --- | --- |
| s | stride |
| p | padding |
| k | kernel size |
"""
KOREAN = """# 합성곱의 가장자리: 패딩과 스트라이드

## 가장자리에 더하는 것은? {#border}

| 선택 | 너비 |
| --- | --- |
| 없음(none) | 입력보다 좁다 |
| 같은 크기 | 입력과 같다 |

```toml
accept = ["제로 패딩"]
```

대개 0이다.

## 기호의 뜻은? {#symbols}

| 기호 | 뜻 |
| --- | --- |
| s | 필터가 한 번에 움직이는 칸의 수를 뜻하는 스트라이드 |
| p | 가장자리에 더하는 칸의 수를 뜻하는 패딩 |
| k | 필터의 너비를 뜻하는 커널 크기 |
"""


@pytest.fixture
def home(tmp_path):
    (tmp_path / "border.md").write_text(DECK)
    return tmp_path


@pytest.fixture
def start(home):
    """Starts the program beside the deck and its translation, in a terminal of a size."""
    opened = []

    def run(*arguments, columns, rows, form="NFC"):
        # A file may hold decomposed syllables: what is shown is composed.
        (home / "border.ko.md").write_text(unicodedata.normalize(form, KOREAN))
        terminal = Terminal(arguments, environment=environment(home), columns=columns, rows=rows, folder=home)
        opened.append(terminal)
        return terminal

    yield run
    for terminal in opened:
        terminal.close()


def column(terminal, row, words):
    """The column in which words begin: cells, not characters."""
    line = terminal.rows[row]
    before = line[: line.index(words)]
    return sum(2 if unicodedata.east_asian_width(character) == "W" else 1 for character in before)


def row_of(terminal, words):
    return next(number for number, line in enumerate(terminal.rows) if words in line)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 12)])
def test_columns_stand_where_they_should(start, columns, rows, form):
    terminal = start("study", "border.md", columns=columns, rows=rows, form=form)
    terminal.wait_for("What is added")
    terminal.wait_for("esc commands")
    terminal.press("\x07")
    terminal.wait_for("가장자리에 더하는 것은?")
    terminal.wait_for("합성곱의 가장자리" if columns == 80 else "합성곱의")

    state = "new 2 · learning 0 · review 0" if columns == 80 else "2 · 0 · 0"
    assert column(terminal, 0, state) == columns - 1 - len(state)
    bars = {column(terminal, row_of(terminal, words), " │ ") for words in ("선택", "없음(none)", "같은 크기")}
    assert bars == {1 + len("없음(none)") + 2}
    assert column(terminal, row_of(terminal, "┼"), "┼") == bars.pop() + 1

    terminal.press(unicodedata.normalize("NFD", "제로 패딩"))
    terminal.wait_for("제로 패딩")
    assert column(terminal, row_of(terminal, "제로 패딩"), "제로 패딩") == 0
    terminal.press("enter")
    terminal.wait_for("✓ Right")
    terminal.wait_for("You typed: 제로 패딩")
    terminal.press("ㅎ")
    terminal.wait_for("Mostly zeros.")
    assert "합성곱" not in terminal.text


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 12)])
def test_options_that_take_several_rows_hang_below_their_first_word(start, home, columns, rows):
    config = home / "config" / "studytui"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text('language = "ko"\nnew_per_day = 20  # few\n')
    terminal = start("study", "border.md", columns=columns, rows=rows)
    terminal.wait_for("가장자리에 더하는 것은?")
    terminal.wait_for("esc commands")
    terminal.press("escape")
    terminal.wait_for("q leave")
    terminal.press(" ")
    terminal.wait_for("대개 0이다.")
    terminal.press("4")
    terminal.wait_for("기호의 뜻은?")
    terminal.press("\x1b[F")
    terminal.wait_for("스트라이드")
    first = next(line for line in terminal.rows if "필터가 한 번에" in line)
    place = first.index("필터가")
    number = terminal.rows.index(first)
    if columns == 40:
        assert terminal.rows[number + 1][:place].isspace()
        assert not terminal.rows[number + 1][place].isspace()
    terminal.press("g")
    terminal.wait_for("kernel size")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert (config / "settings.toml").read_text() == 'language = ""\nnew_per_day = 20  # few\n'


def test_home_has_its_counts_below_their_headings(start, home):
    config = home / "config" / "studytui"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text('language = "ko"\n')
    for columns, rows in ((80, 24), (40, 12)):
        terminal = start(columns=columns, rows=rows)
        terminal.wait_for("시퀀스 모델")
        head, deck = row_of(terminal, "Deck "), row_of(terminal, "시퀀스 모델")
        ends = [column(terminal, head, word) + len(word) for word in (" new", " learn", " due")]
        line = terminal.rows[deck].rstrip()
        cells = "".join(character * (2 if unicodedata.east_asian_width(character) == "W" else 1) for character in line)
        assert [cells[end - 2 : end] for end in ends] == ["20", " 0", " 0"]
