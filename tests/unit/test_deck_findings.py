"""Every finding of a deck: which code, at which line, with which next step; and that the other cards still work."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytui.deck.check import check, check_deck
from studytui.deck.codes import CODES, documentation
from studytui.deck.files import LARGEST, DeckFile
from studytui.deck.load import load, load_file
from studytui.deck.trial import Trial

DATA = Path(__file__).parent.parent / "data" / "decks"

GOOD = "## Still good {#good}\n\nYes.\n"


def computed(
    answer: str = "convolution.output_size(n, 3)",
    given: str = 'n = "5..9"',
    question: str = "For {n}?",
    key: str = "digits = 3",
    show: str = "",
) -> str:
    """A computed card of which one part is as the test wants it: question 9, answer 12, key 13, givens from 15."""
    return f"""## Q, stride 1, padding 0 {{#q}}

{question}

```toml
answer = "{answer}"
{key}
[given]
{given}
[show]
{show}
```

It is **{{answer}}**.
"""


def found(tmp_path: Path, text: str | bytes, *, tried: bool = False) -> list[tuple[int, str]]:
    """The findings of a deck that holds the text and a good card: (line, code)."""
    path = tmp_path / "deck.md"
    data = text.encode() if isinstance(text, str) else text
    path.write_bytes(b"# Title\n\n" + GOOD.encode() + b"\n" + data)
    loaded = load_file(DeckFile(path))
    assert "deck/good" in [card.id for card in loaded.deck.cards]
    findings = check_deck(loaded, Trial(30)) if tried else loaded.deck.findings
    assert all(finding.code in CODES for finding in findings)
    return [(finding.line, finding.code) for finding in findings]


def test_the_designs_example_has_no_finding() -> None:
    deck = load(DATA / "stride-and-padding.md")
    assert deck.findings == ()
    assert len(deck.cards) == 9
    assert check([DATA], variants=50).findings == ()


# The text begins at line 7 of the file.
READING = [
    ("setext-heading", 10, "## A {#a}\n\nA line\n---\nText.\n"),
    ("second-title", 7, "# Another title\n"),
    ("empty-heading", 7, "## {#a}\n\nText.\n"),
    ("unclosed-fence", 9, "## A {#a}\n\n```python\ncode\n\n## B {#b}\n\nText.\n"),
    ("unclosed-comment", 9, "## A {#a}\n\n<!-- note\n\nText.\n"),
    ("toml-error", 11, "## A {#a}\n\n```toml\naccept = ['a']\nanswer = = 1\n```\n"),
    ("toml-error", 10, "## A {#a}\n\n```toml\naccept = [\n```\n"),
    ("second-fence", 13, "## A {#a}\n\n```toml\naccept = ['a']\n```\n\n```toml\ntags = ['b']\n```\n"),
    ("unknown-key", 11, "## A {#a}\n\n```toml\naccept = ['a']\nacept = ['b']\n```\n"),
    ("unknown-key", 10, "## A {#a}\n\n```toml\nanwser = '1'\n```\n\nText.\n"),
    ("wrong-value", 10, "## A {#a}\n\n```toml\naccept = 'a'\n```\n"),
    ("wrong-value", 10, "## A {#a}\n\n```toml\ntags = 'a'\n```\n\nText.\n"),
    ("bad-id", 7, "## A {#a/b}\n\nText.\n"),
    ("bad-attributes", 7, "## A {#a b}\n\nText.\n"),
    ("bad-attributes", 7, "## A {#a #b}\n\nText.\n"),
    ("unknown-class", 7, "## A {#a .clozed}\n\nText.\n"),
    ("duplicate-id", 11, "## A {#a}\n\nText.\n\n## A {#a}\n\nText.\n"),
    ("duplicate-id", 7, "## Good\n\nText.\n"),
    ("tex-unsupported", 9, "## A {#a}\n\nText $\\begin{x}$.\n"),
    ("unknown-placeholder", 10, "## A {#a}\n\nText\n{kernel_size}.\n"),
    ("image-not-shown", 9, "## A {#a}\n\n![a cat](cat.png)\n"),
    ("two-kinds", 7, "## A {#a .order}\n\n```toml\naccept = ['a']\n```\n\n1. a\n2. b\n"),
    ("two-kinds", 7, "## A {#a}\n\n- [x] a\n- [ ] b\n\n```toml\naccept = ['c']\n```\n"),
    ("two-kinds", 7, "## A {#a}\n\n- [x] a\n- [ ] b\n\n```toml\nanswer = '1 + 1'\n```\n"),
    ("no-answer", 7, "## A {#a}\n"),
    ("no-gap", 7, "## A {#a .cloze}\n\nText.\n"),
    ("no-correct-option", 9, "## A {#a}\n\n- [ ] a\n- [ ] b\n"),
    ("too-few-options", 7, "## A {#a}\n\n- [x] a\n"),
    ("duplicate-option", 10, "## A {#a}\n\n- [x] a\n- [ ] a\n- [ ] b\n"),
    ("mixed-list", 10, "## A {#a}\n\n- [x] a\n- b\n- [ ] c\n"),
    ("mixed-list", 9, "## A {#a}\n\n- a\n- [x] b\n- [ ] c\n"),
    ("second-list", 14, "## A {#a}\n\n- [x] a\n- [ ] b\n\nText.\n\n- [x] c\n"),
    ("no-list", 7, "## A {#a .order}\n\n- a\n- b\n"),
    ("too-few-items", 7, "## A {#a .order}\n\n1. a\n"),
    ("duplicate-item", 10, "## A {#a .order}\n\n1. a\n2. a\n"),
    ("too-many-items", 7, "## A {#a .order}\n\n" + "".join(f"{n}. item {n}\n" for n in range(1, 30))),
    ("no-table", 7, "## A {#a .match}\n\nText.\n"),
    ("no-table", 7, "## A {#a .match}\n\n| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n"),
    ("no-table", 11, "## A {#a .match}\n\n| a | b |\n|---|---|\n| 1 |  |\n| 2 | 3 |\n"),
    ("no-accept", 10, "## A {#a}\n\n```toml\naccept = []\n```\n"),
    ("not-utf8", 9, b"## A {#a}\n\nText \xff.\n"),
    ("control-character", 9, "## A {#a}\n\nText \x1b[31m.\n"),
    ("control-character", 9, "## A {#a}\n\nText \u202e.\n"),
    ("card-too-large", 7, "## A {#a}\n\n" + "word " * 4000),
    ("bad-expression", 12, computed("1 +")),
    ("bad-expression", 12, computed("n[0]")),
    ("bad-expression", 12, computed("n.real")),
    ("bad-expression", 13, computed(key="where = ['lambda: 1']")),
    ("bad-expression", 17, computed(show="m = 'n +'")),
    ("unknown-name", 12, computed("n + m")),
    ("unknown-name", 13, computed(key="where = ['n < m']")),
    ("unknown-reference", 12, computed("output_size(n, 3)")),
    ("bad-name", 15, computed(given="class = [1]\nn = [1]")),
    ("bad-name", 15, computed(given="answer = [1]\nn = [1]")),
    ("bad-name", 17, computed(show="n = 'n + 1'")),
    ("bad-range", 15, computed(given='n = "9..5"')),
    ("bad-range", 15, computed(given='n = "1.0..5.0"')),
    ("bad-range", 15, computed(given='n = "one..two"')),
    ("bad-range", 15, computed(given="n = []")),
    ("bad-range", 15, computed(given="n = [1, 'a']")),
    ("bad-range", 15, computed(given="n = { shape = [9, 99], of = '1..2' }")),
    ("wrong-value", 13, computed(key="digits = 0")),
    ("wrong-value", 13, computed(key="slips = 'a'")),
    ("wrong-value", 13, computed(key="where = 1")),
    ("wrong-value", 13, computed(key="unit = 1")),
    ("unknown-placeholder", 9, computed(question="For {m} and {n}?")),
    ("unknown-placeholder", 9, computed(question="For {n}, is it {answer}?")),
]

# What only trying the card brings to light.
TRYING = [
    ("unknown-reference", 12, computed("convolution.outputsize(n, 3)")),
    ("unknown-reference", 17, computed(show="m = 'convolution.outputsize(n, 3)'")),
    ("wrong-argument", 12, computed("convolution.output_size(n, kernel=3)")),
    ("wrong-argument", 12, computed("convolution.output_size(n)")),
    ("wrong-argument", 17, computed(show="m = 'convolution.output_size(n)'")),
    ("bad-expression", 13, computed(key="where = ['n + 1']")),
    ("empty-domain", 13, computed(key="where = ['n > 9']")),
    ("mostly-rejected-domain", 13, computed(key="where = ['n == 77']", given='n = "5..99"')),
    ("outside-domain", 12, computed(given='n = "1..9"')),
    ("outside-domain", 12, computed("convolution.output_size(n, 3) / (n - 5)")),
    ("outside-domain", 17, computed(show="m = '1 / (n - 5)'")),
    ("hidden-given", 15, computed(question="For what?")),
    ("display-too-short", 12, computed(question="For {half}?", show="half = 'n // 2'")),
    ("unused-given", 16, computed(given='n = "5..9"\nm = [1]')),
    ("unused-show", 17, computed(show="m = 'n + 1'")),
    ("unknown-slip", 13, computed(key="slips = ['padded_one']")),
    ("slip-never-differs", 13, computed(key="slips = ['padded_once']")),
    ("no-slip", 12, computed("n + 1")),
    ("no-id", 7, "## A\n\nText.\n"),
]


@pytest.mark.parametrize(("code", "line", "text"), READING)
def test_reading_a_deck_finds(tmp_path: Path, code: str, line: int, text: str | bytes) -> None:
    assert (line, code) in found(tmp_path, text)


@pytest.mark.parametrize(("code", "line", "text"), TRYING)
def test_trying_a_card_finds(tmp_path: Path, code: str, line: int, text: str) -> None:
    assert (line, code) in found(tmp_path, text, tried=True)


def test_a_good_computed_card_has_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, computed(), tried=True) == []


def test_the_answers_type_must_not_change(tmp_path: Path) -> None:
    text = computed("max(n, 7.5)")
    assert (12, "changing-type") in found(tmp_path, text, tried=True)


def test_no_title_leaves_the_cards(tmp_path: Path) -> None:
    path = tmp_path / "untitled.md"
    path.write_text(GOOD)
    deck = load(path)
    assert [finding.code for finding in deck.findings] == ["no-title"]
    assert [card.id for card in deck.cards] == ["untitled/good"]


def test_a_deck_without_cards_says_so(tmp_path: Path) -> None:
    path = tmp_path / "empty.md"
    path.write_text("# Title\n")
    assert [finding.code for finding in load(path).findings] == ["no-cards"]


def test_a_heading_inside_a_fence_is_no_card(tmp_path: Path) -> None:
    assert found(tmp_path, "## A {#a}\n\n```markdown\n## not a card\n```\n") == []


def test_a_commented_card_is_no_card(tmp_path: Path) -> None:
    assert found(tmp_path, "<!--\n## not a card\n-->\n") == []


def test_deck_settings_have_a_whitelist(tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    path.write_text(f"# Title\n\n```toml\ntag = ['a']\nid = 'a/b'\n```\n\n{GOOD}")
    assert [(finding.line, finding.code) for finding in load(path).findings] == [(4, "unknown-key"), (5, "bad-id")]


def test_a_mistyped_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    path.write_text("# T\n\n" + computed(question="For {nn}?", given='n = "5..9"'))
    assert any("did you mean “n”" in finding.message for finding in load(path).findings)


def test_utf16_is_named(tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    path.write_bytes("# Title\n".encode("utf-16"))
    findings = load(path).findings
    assert findings[0].code == "not-utf8"
    assert "UTF-16" in findings[0].message


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    path.write_bytes(b"\xef\xbb\xbf# Title\r\n\r\n## A {#a}\r\n\r\nText.\r\n")
    assert load(path).findings == ()


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    path.write_bytes(b"# Title\n" * (10 * 1024 * 1024 // 8))
    deck = load(path)
    assert [finding.code for finding in deck.findings] == ["file-too-large"]
    assert path.stat().st_size > LARGEST


def test_too_many_cards_are_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studytui.deck.parse.MOST_CARDS", 2)
    path = tmp_path / "deck.md"
    path.write_text("# T\n\n" + "".join(f"## A {{#a{n}}}\n\nText.\n\n" for n in range(4)))
    deck = load(path)
    assert [(finding.line, finding.code) for finding in deck.findings] == [(11, "too-many-cards")]
    assert len(deck.cards) == 2


def test_very_many_findings_are_not_all_listed(tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    path.write_text("# T\n\n" + "".join(f"## A {{#a{n}}}\n\n" for n in range(1200)) + GOOD)
    deck = load(path)
    assert len(deck.findings) == 1001
    assert deck.findings[0].code == "too-many-findings"
    assert [card.id for card in deck.cards] == ["deck/good"]


def test_missing_files_and_empty_folders_are_findings(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Not a deck\n")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "deck.md").write_text("# Hidden\n")
    report = check([tmp_path, tmp_path / "nowhere.md"])
    assert [finding.code for finding in report.findings] == ["no-decks", "missing-file"]
    assert report.errors == 2
    assert load(tmp_path / "nowhere.md").findings[0].code == "missing-file"


def test_a_folder_named_like_a_deck_cannot_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "deck.md"
    folder.mkdir()
    assert load(folder).findings[0].code == "unreadable-file"


def test_two_decks_with_one_id(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "deck.md").write_text(f"# Title\n\n{GOOD}")
    codes = [(Path(finding.file).parent.name, finding.code) for finding in check([tmp_path]).findings]
    assert codes == [("b", "duplicate-deck")]


def test_a_handful_of_variants_says_nothing_of_slips(tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    path.write_text("# T\n\n" + computed(key="slips = ['padded_once']"), encoding="utf-8")
    codes = [{finding.code for finding in check([path], variants=variants).findings} for variants in (3, 30)]
    assert ["slip-never-differs" in found for found in codes] == [False, True]


def test_every_message_ends_with_a_next_step_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    for _, _, text in READING:
        path.write_bytes(b"# T\n\n" + (text.encode() if isinstance(text, str) else text))
        for finding in load(path).findings:
            assert "\n" not in finding.message
            assert any(sign in finding.message for sign in ":;?"), finding
            assert str(finding).startswith(f"{path}:{finding.line}: {finding.level}")


def test_the_documentation_lists_every_code() -> None:
    page = Path(__file__).parent.parent.parent / "docs" / "findings.md"
    assert page.read_text(encoding="utf-8") == documentation()
    assert all(f"`{code}`" in documentation() for code in CODES)


@pytest.mark.parametrize(
    ("above", "lines"),
    [
        ("---\nid: x\n---\n\n", [1]),
        ("\n```toml\nid = 'x'\n```\n\n", [2]),
        ("\nProse.\n\n", [2]),
        ("<!-- A licence,\nof two lines. -->\n\n", []),
        ("\n\n", []),
    ],
)
def test_what_stands_above_the_title_is_told_since_it_is_not_read(tmp_path: Path, above: str, lines: list[int]) -> None:
    (tmp_path / "a.md").write_text(above + "# A\n\n## Q {#q}\n\nText.\n")
    findings = check([tmp_path]).findings
    assert [(found.line, found.code) for found in findings] == [(line, "above-title") for line in lines]
