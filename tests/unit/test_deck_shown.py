"""What `check` finds about what a terminal shows: too wide, signs of markup left over, lists that are none, TeX."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytui.deck.blocks import plain
from studytui.deck.check import check
from studytui.deck.fit import COLUMNS
from studytui.deck.layout import lay_out, row_width
from studytui.deck.load import load

Found = list[tuple[int, str]]


def codes(tmp_path: Path, text: str, variants: int = 30) -> Found:
    """The findings of a deck whose text begins on line 3."""
    path = tmp_path / "deck.md"
    path.write_text(f"# Title\n\n{text}", encoding="utf-8")
    return [(finding.line, finding.code) for finding in check([path], variants=variants).findings]


def recall(text: str) -> str:
    return f"## A question {{#a}}\n\n{text}\n"


# -- too wide ----------------------------------------------------------------------------------------------------------

WORD = "x" * 77
WIDE = [
    recall(WORD),
    recall("가" * 39),
    recall(f"**{'x' * 40}**{'y' * 40}"),
    recall(f"- {'x' * 75}"),
    recall(f"```\n{'x' * 75}\n```"),
    recall("$" + " + ".join(f"a_{n}" for n in range(20)) + "$"),
    recall(f"| a | b |\n|---|---|\n| {'x' * 40} | {'y' * 40} |"),
    f"## {WORD} {{#a}}\n\nText.\n",
    f"## A {{#a}}\n\n- [x] {'x' * 70}\n- [ ] b\n",
    f"## A {{#a .order}}\n\n1. {'x' * 72}\n2. b\n",
    f"## A {{#a .match}}\n\n| a | b |\n|---|---|\n| c | {'x' * 72} |\n| e | f |\n",
    f"## A {{#a .cloze}}\n\nThe =={WORD}== one.\n",
    f'## A {{#a}}\n\n```toml\naccept = ["b"]\n```\n\n{WORD}\n',
]
FITTING = [
    recall("x" * 76),
    recall("가" * 38),
    recall(f"- {'x' * 74}"),
    recall(f"```\n{'x' * 74}\n```"),
    recall("word " * 60),
    recall("$" + " + ".join(f"a_{n}" for n in range(10)) + "$"),
    recall(f"| a | b |\n|---|---|\n| {'word ' * 12} | {'other ' * 12} |"),
    f"## A {{#a}}\n\n- [x] {'x' * 68}\n- [ ] b\n",
]


@pytest.mark.parametrize("text", WIDE)
def test_what_is_wider_than_a_card(tmp_path: Path, text: str) -> None:
    assert [code for _, code in codes(tmp_path, text)] == ["too-wide"]


@pytest.mark.parametrize("text", FITTING)
def test_what_fits_a_card(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, text) == []


def computed(explanation: str, question: str = "Stride 1, padding 0: how wide for {n}?") -> str:
    """A computed card; the explanation stands on line 13 of the file."""
    return f"""## A {{#a}}

{question}

```toml
answer = "convolution.output_size(n, 3)"
[given]
n = "5..90"
```

{explanation}
"""


def test_a_computed_card_is_as_wide_as_its_widest_variant(tmp_path: Path) -> None:
    assert codes(tmp_path, computed("x" * 74 + "{n}")) == []
    assert codes(tmp_path, computed("x" * 75 + "{n}")) == [(3, "too-wide")]


def test_a_translation_has_widths_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text(f"# T\n\n{recall('Text of an answer.')}")
    (tmp_path / "deck.ko.md").write_text(f"# 티\n\n## 물음 {{#a}}\n\n{'가' * 39}\n")
    (finding,) = check([tmp_path]).findings
    assert (Path(finding.file).name, finding.line, finding.code) == ("deck.ko.md", 3, "too-wide")


def test_what_check_lets_through_is_never_cut(tmp_path: Path) -> None:
    for text in FITTING[:6]:
        (tmp_path / "deck.md").write_text(f"# T\n\n{text}")
        (card,) = load(tmp_path / "deck.md").cards
        rows = lay_out(getattr(card.content, "answer"), COLUMNS)  # noqa: B009 - recall's own data
        words = plain(getattr(card.content, "answer")).split()  # noqa: B009 - as above
        assert all(row_width(row) <= COLUMNS for row in rows)
        assert all(any(word in "".join(span.text for span in row) for row in rows) for word in words)


# -- markup that is shown ----------------------------------------------------------------------------------------------

SHOWN = [
    "단어 **낱말(word)**은 뜻이다.",
    "**$x$**는 값이다.",
    "A **bold word that never ends.",
    "A ==mark that never ends.",
    "A ~~stroke that never ends.",
    "An `open piece of code.",
    "A formula $ x + 1 $ with spaces.",
    "A [link](with a space.md) to nothing.",
    "단어 *낱말(word)*은 뜻이다.",
    "- an item **낱말(word)**은 뜻이다.",
    "| a | b |\n|---|---|\n| **낱말(word)**은 | c |",
]
MEANT = [
    "**낱말**은 뜻이고, **낱말(word)** 은 또 뜻이다.",
    "Is a == b, or 2**3 equal to 5*3 and 5 * 3?",
    "`**` and `==` in code, and \\*\\*escaped\\*\\* ones, \\`too\\`.",
    "It costs $5 and $6, or \\$x and \\$y.",
    "```\n**not** $ x $ `bold\n```",
    "A ==mark== and a ~~stroke~~ and a [link](https://example.org).",
    "$a^{*}$ and $f * g$ are formulas.",
]


@pytest.mark.parametrize("text", SHOWN)
def test_signs_of_markup_that_stay(tmp_path: Path, text: str) -> None:
    assert "markup-shown" in [code for _, code in codes(tmp_path, recall(text))]


@pytest.mark.parametrize("text", MEANT)
def test_signs_that_are_meant(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, recall(text)) == []


def test_bold_right_before_hangul_behind_a_value(tmp_path: Path) -> None:
    assert "markup-shown" in [code for _, code in codes(tmp_path, computed("답은 **{answer}**이다."))]
    assert codes(tmp_path, computed("답은 **{answer}** 이다.")) == []


def test_double_braces_outside_a_formula(tmp_path: Path) -> None:
    assert "markup-shown" in [code for _, code in codes(tmp_path, computed("It is {{answer}}."))]
    assert codes(tmp_path, computed("It is ${{answer}}$.")) == []


def test_signs_are_found_in_headings_and_introductions(tmp_path: Path) -> None:
    assert codes(tmp_path, "An **introduction.\n\n## A **heading {#a}\n\nText.\n") == [
        (3, "markup-shown"),
        (5, "markup-shown"),
    ]


# -- lists that are none -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (6, "What is left is five\n- 3 and so on."),
        (6, "What is left is five\n+ 3 and so on."),
        (6, "It holds for all x\n> 3 and so on."),
        (6, "The layer is number\n1. It comes first."),
        (5, "2012. That was the year of AlexNet."),
        (6, "1. The sum is 4\n   + 5 = 9."),
    ],
)
def test_prose_that_becomes_a_list(tmp_path: Path, line: int, text: str) -> None:
    assert codes(tmp_path, recall(text)) == [(line, "accidental-list")]


@pytest.mark.parametrize(
    "text",
    [
        "Two things:\n- one\n- two",
        "One thing:\n\n- one",
        "Two steps:\n1. one\n2. two",
        "- one\n  - nested\n- two",
        "1. one\n\n2. two",
        "> A quote.",
        "In\n2012. That was the year.",
    ],
)
def test_lists_that_are_meant(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, recall(text)) == []


# -- TeX ---------------------------------------------------------------------------------------------------------------

BAD = "$\\begin{x}$"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (3, f"Introduction {BAD}.\n\n{recall('Text.')}"),
        (3, f"## Heading {BAD} {{#a}}\n\nText.\n"),
        (6, recall(f"Text\n{BAD}.")),
        (5, f"## A {{#a}}\n\n{BAD}?\n\n---\n\nText.\n"),
        (6, f"## A {{#a}}\n\n- [x] b\n- [ ] {BAD}\n"),
        (6, f"## A {{#a .order}}\n\n1. b\n2. {BAD}\n"),
        (7, f"## A {{#a .match}}\n\n| a | b |\n|---|---|\n| c | {BAD} |\n| e | f |\n"),
        (5, f"## A {{#a .cloze}}\n\nThe =={BAD}== one.\n"),
        (10, f'## A {{#a}}\n\n```toml\naccept = ["b"]\n```\n\nBecause\n{BAD}.\n'),
        (13, computed(f"Because {BAD}.")),
    ],
)
def test_tex_is_looked_at_wherever_it_stands(tmp_path: Path, line: int, text: str) -> None:
    assert (line, "tex-unsupported") in codes(tmp_path, text)


@pytest.mark.parametrize("part", [f"## 물음 {BAD} {{#a}}\n\n답.\n", f"## 물음 {{#a}}\n\n답 {BAD}.\n"])
def test_tex_of_a_translation_is_looked_at(tmp_path: Path, part: str) -> None:
    (tmp_path / "deck.md").write_text(f"# T\n\n{recall('Text of an answer.')}")
    (tmp_path / "deck.ko.md").write_text(f"# 티\n\n{part}")
    found = [(Path(each.file).name, each.code) for each in check([tmp_path]).findings]
    assert ("deck.ko.md", "tex-unsupported") in found
