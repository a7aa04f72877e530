"""What is imported is what is shown, and what is exported can be read back: through the real parser, for any text."""

from __future__ import annotations

import csv
import io

from hypothesis import example, given, settings
from hypothesis import strategies as st

from studytui.deck.blocks import Text, plain
from studytui.deck.check import check_deck
from studytui.deck.kinds.recall import Recall
from studytui.deck.load import Loaded
from studytui.deck.parse import parse_deck
from studytui.deck.trial import Trial
from studytui.interchange.csv_cards import read_cards
from studytui.interchange.csv_reviews import COLUMNS, defused, write_reviews
from studytui.interchange.decks import Imported, deck_text
from studytui.interchange.markup import markdown, markdown_line, normal
from studytui.memory.model import Action, Entry, Rating
from studytui.problems import Problem
from studytui.text import clean

#: Pieces that mean something to Markdown, to the parser of decks, or to both.
PIECES = st.sampled_from(
    [
        *("#", "##", "# a", "{", "}", "{a}", "{#id}", "{.cloze}", "{{n}}", "$", "$$", "$x^2$", "`", "```", "```toml\n"),
        *(
            "\n",
            "\n\n",
            "\n---\n",
            "\n===\n",
            "\n=\n",
            "=",
            "==",
            "==a==",
            "-",
            "---",
            "- [x] a",
            "+ ",
            "1. ",
            "12) ",
            "> ",
            ">",
        ),
        *(
            "*",
            "**a**",
            "_",
            "_a_",
            "__",
            "~~",
            "~~~",
            "~",
            "[",
            "]",
            "](",
            "[a](b)",
            "[a]: b",
            "![",
            "|",
            "|-|",
            ":-:",
        ),
        *("\\", "\\\\", "\\*", "&", "&amp;", "&#8238;", "<", "<!--", "-->", "<a@b.c>", "<1@b.c>", "<http://a>", "<b>"),
        *(
            " ",
            "  ",
            "    ",
            "\t",
            "\r\n",
            "\u00a0",
            "\u202e",
            "\x1b[31m",
            "\u0338",
            "\u0301",
            "\u200d",
            "a",
            "b1",
            "가",
        ),
    ]
)
MESS = st.lists(PIECES | st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=14).map("".join)
CARDS = st.lists(
    st.builds(
        Imported,
        MESS.map(normal).filter(bool),
        MESS.map(normal).filter(bool),
        st.lists(st.text("ab가\"\\'", min_size=1)),
    ),
    min_size=1,
    max_size=3,
)


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def shown(text: Text) -> list[str]:
    """The lines of a text; in plain style all of them, as nothing was meant as markup."""
    assert all(span.style == "plain" for block in text for span in block.spans)
    return lines(plain(text))


@given(CARDS)
@settings(max_examples=300)
@example([Imported("# {a} `b` $c$ [d](e)\nf", "==g== ~~h~~\n\n---\n\n1. i")])
@example([Imported("C #", "a\n:-:\nb | c\n--|--")])
@example([Imported("{#id .cloze}", "\\")])
@example([Imported("a\nb\n=", "a\n-\nb\n=")])
def test_an_imported_card_shows_its_text_and_check_finds_nothing(cards: list[Imported]) -> None:
    parsed = parse_deck(deck_text("my cards", cards).encode(), "my cards.md", "my cards")
    assert check_deck(Loaded(parsed.deck, parsed.drafts), Trial(1)) == []
    assert parsed.deck.id == "my-cards"
    for card, read in zip(cards, parsed.deck.cards, strict=True):
        assert read.kind == "recall"
        assert isinstance(read.content, Recall)
        assert shown(read.heading) + shown(read.question) == lines(card.front)
        assert shown(read.content.answer) == lines(card.back)
        assert read.tags == tuple(dict.fromkeys(card.tags))


@given(MESS)
def test_normal_text_is_safe_and_stays_normal(text: str) -> None:
    once = normal(text)
    assert normal(once) == once == clean(once)
    assert "".join(once.split()) == "".join(clean(text).split())


@given(st.text("abcxyz가나다0123456789 .,;:?!()/%+'\"-", max_size=40).map(lambda text: normal(f"a {text} a")))
def test_common_text_needs_no_backslash(text: str) -> None:
    assert markdown_line(text) == text
    assert markdown(text) == text


@given(MESS, MESS)
def test_cells_read_from_csv_are_the_cells_written(tmp_path_factory: object, front: str, back: str) -> None:
    path = tmp_path_factory.mktemp("csv") / "cards.csv"  # type: ignore[attr-defined]  # pytest's own fixture
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["front", "back"], [front, back]])
    if not normal(front) or not normal(back):
        return
    (card,) = read_cards(path)
    assert (card.front, card.back) == (normal(front), normal(back))


@given(st.binary(max_size=200) | MESS.map(str.encode))
@settings(max_examples=150)
def test_any_file_gives_cards_or_one_line(tmp_path_factory: object, data: bytes) -> None:
    path = tmp_path_factory.mktemp("csv") / "cards.csv"  # type: ignore[attr-defined]  # pytest's own fixture
    path.write_bytes(data)
    problem = ""
    try:
        assert read_cards(path)
    except Problem as found:
        problem = str(found)
    assert not problem or (problem.startswith(str(path)) and "\n" not in problem)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | MESS.filter(lambda text: "\0" not in text)
TYPED = TEXTS | st.sampled_from(
    ["=1+1", "+1", "-0.5", "-1+cmd|' /C calc'!A0", "@SUM(1)", "'quoted", "＝1", "\t=1", ".5"]
)
ENTRIES = st.builds(
    Entry,
    card=TEXTS,
    action=st.sampled_from(Action),
    time_ms=st.integers(-(2**62), 2**62) | st.integers(0, 2**42),
    offset=st.integers(-1500, 1500),
    day=st.integers(-(10**7), 10**7),
    id=st.integers(1, 2**62),
    rating=st.none() | st.sampled_from(Rating),
    typed=TYPED,
    seed=st.integers(0, 2**63),
    givens=TEXTS,
    slip=TEXTS,
    target=st.integers(0, 9),
)


@given(st.lists(st.tuples(ENTRIES, st.booleans()), max_size=4))
def test_every_entry_can_be_read_back(entries: list[tuple[Entry, bool]]) -> None:
    file = io.BytesIO()
    assert write_reviews(entries, file) == len(entries)
    header, *rows = csv.reader(io.StringIO(file.getvalue().decode(), newline=""))
    assert tuple(header) == COLUMNS
    for (entry, undone), row in zip(entries, rows, strict=True):
        cells = dict(zip(COLUMNS, row, strict=True))
        assert int(cells["id"]) == entry.id
        assert int(cells["seed"]) == entry.seed
        assert cells["rating"] == ("" if entry.rating is None else str(entry.rating.value))
        assert cells["undone"] == ("true" if undone else "false")
        assert [cells[name].removeprefix("'") for name in ("card", "typed", "givens", "slip")] == [
            entry.card,
            entry.typed,
            entry.givens,
            entry.slip,
        ]


@given(TYPED)
def test_no_cell_begins_a_formula(text: str) -> None:
    cell = defused(text)
    if cell[:1] in set("=+-@\t\r"):
        float(cell)
