"""Who a card is: slugs, missing ids written in, renames offered, translations paired."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studytui.answer.verdict import Outcome
from studytui.deck.ask import ask, grade
from studytui.deck.blocks import plain
from studytui.deck.check import check
from studytui.deck.files import deck_files, language_of
from studytui.deck.fix import fix_file, fix_ids
from studytui.deck.identity import Rename, is_id, renames, slug
from studytui.deck.load import load, translate
from studytui.deck.model import Finding
from studytui.problems import Problem

DECK = (
    "# T\n\n## First one?\n\nYes.\n\n## Gap {.cloze}\n\nA ==b==.\n\n## First one?\n\nNo.\n\n## Kept {#kept}\n\nYes.\n"
)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("How wide is the output?", "how-wide-is-the-output"),
        ("`AdaptiveAvgPool2d(1)` — what?", "adaptiveavgpool2d-1-what"),
        ("망각 게이트란?", "망각-게이트란"),
        ("For {input_size}?", "for-input_size"),
        ("⊙", "u2299"),
        ("", "card"),
        ("word " * 40, "word-" * 11 + "word"),
    ],
)
def test_a_heading_has_a_stable_slug(heading: str, expected: str) -> None:
    assert slug(heading) == expected
    assert is_id(slug(heading))
    assert len(slug(heading)) <= 60


def test_fix_writes_the_ids_that_the_cards_had_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    path.write_text(DECK)
    before = {card.id for card in load(path).cards}
    assert dict(fix_file(path)) == {3: "first-one", 7: "gap", 11: "first-one-2"}
    assert path.read_text() == (
        DECK.replace("## First one?\n\nYes", "## First one? {#first-one}\n\nYes")
        .replace("{.cloze}", "{#gap .cloze}")
        .replace("## First one?\n\nNo", "## First one? {#first-one-2}\n\nNo")
    )
    deck = load(path)
    assert deck.findings == ()
    assert before < {card.id for card in deck.cards}


def test_a_second_fix_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    path.write_text(DECK)
    assert fix_ids([tmp_path]) == {str(path): {3: "first-one", 7: "gap", 11: "first-one-2"}}
    content, stamp = path.read_bytes(), path.stat().st_mtime_ns
    assert fix_ids([tmp_path]) == {}
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, stamp)


def test_fix_keeps_line_ends_byte_order_mark_and_mode(tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    path.write_bytes(b"\xef\xbb\xbf# T\r\n\r\n## A ##\r\n\r\nOne\r## B\rTwo\n")
    path.chmod(0o640)
    fix_file(path)
    assert path.read_bytes() == b"\xef\xbb\xbf# T\r\n\r\n## A ## {#a}\r\n\r\nOne\r## B {#b}\rTwo\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in tmp_path.iterdir()) == ["deck.md"]


def test_fix_follows_a_link_and_leaves_it_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("# T\n\n## A\n\nText.\n")
    link = tmp_path / "link.md"
    link.symlink_to(tmp_path / "real.md")
    fix_file(link)
    assert link.is_symlink()
    assert "{#a}" in (tmp_path / "real.md").read_text()


def test_fix_leaves_what_is_not_utf8_alone(tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    path.write_bytes(b"# T\n\n## A\n\n\xff\n")
    assert fix_file(path) == {}
    assert path.read_bytes() == b"# T\n\n## A\n\n\xff\n"


def test_fix_says_when_a_file_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deck.md"
    path.write_text(DECK)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem, match=r"deck\.md: cannot be written \(No space left on device\)"):
        fix_file(path)
    assert path.read_text() == DECK
    assert [each.name for each in tmp_path.iterdir()] == ["deck.md"]


def test_a_changed_id_is_offered_as_a_rename() -> None:
    old = {"d/a": "How wide is the output of a convolution?", "d/b": "What is padding?"}
    new = {"d/c": "How wide is the output of the convolution?", "d/b": "What is padding?", "d/x": "Something else."}
    assert [(offer.old, offer.new) for offer in renames(old, new)] == [("d/a", "d/c")]


def test_renames_pair_each_card_once_and_the_best_first() -> None:
    text = "the quick brown fox jumps over the lazy dog"
    offers = renames({"a": text, "b": text + "s"}, {"x": text + "s", "y": text})
    assert set(offers) == {Rename("a", "y", 1.0), Rename("b", "x", 1.0)}


def test_renames_of_very_many_cards_are_bounded() -> None:
    old = {f"o{number}": f"card number {number} " * 20 for number in range(3000)}
    new = {f"n{number}": f"card number {number} " * 20 for number in range(3000)}
    assert len(renames(old, new)) == 3000  # equal texts are found without comparing
    assert len(renames(old, {f"n{n}": f"Card no. {n} " * 20 for n in range(3000)})) <= 3000


def test_which_files_are_decks(tmp_path: Path) -> None:
    names = ["a.md", "a.ko.md", "b.de.md", "README.md", "CHANGELOG.md", "notes.txt", ".hidden.md", "v2.notes.md"]
    for name in names:
        (tmp_path / name).write_text("# T\n")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.md").write_text("# T\n")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "d.md").write_text("# T\n")
    found = list(deck_files([tmp_path, tmp_path / "a.md", tmp_path / "nothing"]))
    assert [file.path.name for file in found] == ["a.md", "b.de.md", "v2.notes.md", "c.md"]
    assert found[0].translations == (("ko", tmp_path / "a.ko.md"),)
    assert [file.path.name for file in deck_files([tmp_path / "a.ko.md"])] == ["a.md"]
    assert [file.path.name for file in deck_files([tmp_path / "README.md"])] == ["README.md"]


def test_languages_in_file_names() -> None:
    assert language_of("a.ko.md") == ("a.md", "ko")
    assert language_of("a.b.pt-BR.md") == ("a.b.md", "pt-BR")
    assert all(language_of(name) is None for name in ("a.md", ".ko.md", "a.old.md", "a.KO.md", "a.ko.txt", "a.ko-.md"))


# -- translations ------------------------------------------------------------------------------------------------------

BASE = """# T

## Gap {#gap .cloze}

The ==one== before the ==two==.

## Pick {#pick}

- [x] yes
- [ ] no

Because.

## Sum {#sum}

What is {n} + 1?

```toml
answer = "n + 1"
[given]
n = [1]
```

It is {answer}.

## Word {#word}

```toml
accept = ["word"]
```

Said.
"""


def translated(tmp_path: Path, text: str, base: str = BASE) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """What the translated cards hold, and the translation's findings."""
    (tmp_path / "d.md").write_text(base)
    (tmp_path / "d.ko.md").write_text("# 티\n\n" + text)
    deck = load(tmp_path / "d.md")
    assert all(finding.file.endswith("d.ko.md") for finding in deck.findings)
    found = [(finding.line, finding.code) for finding in deck.findings if finding.code != "translation-missing"]
    return {card.id: str(card.content) for card in deck.translations["ko"].values()}, found


def test_a_translation_shares_ids_and_data() -> None:
    deck = load(Path(__file__).parent.parent / "data" / "decks" / "stride-and-padding.md")
    assert deck.languages == ("ko",)
    assert set(deck.translations["ko"]) == {card.id for card in deck.cards}
    for card in deck.cards:
        mine = translate(deck, card, "ko")
        assert (mine.id, mine.family, mine.kind, mine.tags) == (card.id, card.family, card.kind, card.tags)
        assert mine.file.endswith("stride-and-padding.ko.md")
        assert translate(deck, card, "fr") is card


def test_gaps_are_paired_by_id_or_else_by_place(tmp_path: Path) -> None:
    cards, findings = translated(tmp_path, "## 빈칸 {#gap}\n\n==둘=={#two} 앞의 ==하나=={#one}.\n")
    assert findings == []
    assert "gap='하나'" in cards["d/gap.one"]
    cards, _ = translated(tmp_path, "## 빈칸 {#gap}\n\n==하나== 뒤의 ==둘==.\n")
    assert "gap='하나'" in cards["d/gap.one"]


def test_a_fence_holds_prose_only(tmp_path: Path) -> None:
    cards, findings = translated(tmp_path, "## 말 {#word}\n\n```toml\naccept = ['말']\n```\n\n말했다.\n")
    assert findings == []
    assert "('말',)" in cards["d/word"]
    text = "## 합 {#sum}\n\n{n} + 1은?\n\n```toml\nanswer = 'n + 2'\n```\n\n{answer}이다.\n"
    assert translated(tmp_path, text) == ({}, [(8, "translation-fence")])


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("## 없음 {#gone}\n\n없다.\n", 3, "translation-orphan"),
        ("## 빈칸 {#gap}\n\n==하나==.\n", 3, "translation-differs"),
        ("## 고르기 {#pick}\n\n- [x] 예\n- [ ] 아니오\n- [ ] 글쎄\n", 3, "translation-differs"),
        ("## 고르기 {#pick}\n\n- [ ] 예\n- [x] 아니오\n", 3, "translation-differs"),
        ("## 고르기 {#pick .order}\n\n- [x] 예\n- [ ] 아니오\n", 3, "translation-differs"),
        ("## 합 {#sum}\n\n1을 더하면?\n\n---\n\n{answer}이다.\n", 3, "translation-differs"),
        ("## 합 {#sum}\n\n{n} + 1은?\n\n둘째.\n\n{answer}이다.\n", 3, "translation-differs"),
        ("## 합 {#sum}\n\n{m} + 1은?\n\n---\n\n{answer}이다.\n", 5, "unknown-placeholder"),
        ("## 말 {#word}\n\n말.\n\n## 말 {#word}\n\n말.\n", 7, "duplicate-id"),
        ("```toml\ntags = ['a']\n```\n\n## 말 {#word}\n\n말.\n", 3, "translation-fence"),
    ],
)
def test_a_translation_that_does_not_fit_is_a_finding(tmp_path: Path, text: str, line: int, code: str) -> None:
    _, findings = translated(tmp_path, text)
    assert (line, code) in findings


def test_cards_that_are_not_translated_stay_in_the_decks_language(tmp_path: Path) -> None:
    translated(tmp_path, "## 말 {#word}\n\n말했다.\n")
    deck = load(tmp_path / "d.md")
    missing = [finding.card for finding in deck.findings if finding.code == "translation-missing"]
    assert missing == ["d/gap", "d/pick", "d/sum"]
    assert [translate(deck, card, "ko").file.endswith("ko.md") for card in deck.cards] == [
        False,
        False,
        False,
        False,
        True,
    ]


def test_a_broken_translation_leaves_the_deck_alone(tmp_path: Path) -> None:
    (tmp_path / "d.md").write_text(BASE)
    (tmp_path / "d.ko.md").write_bytes(b"\xff\xfe\x00")
    deck = load(tmp_path / "d.md")
    assert len(deck.cards) == 5
    assert any(finding.code == "not-utf8" for finding in deck.findings)


def test_a_translation_without_its_deck(tmp_path: Path) -> None:
    (tmp_path / "d.ko.md").write_text(BASE)
    codes = {finding.code: finding for finding in check([tmp_path], variants=2).findings}
    assert isinstance(codes.get("translation-without-deck"), Finding)


def test_translated_cards_are_tried_too(tmp_path: Path) -> None:
    (tmp_path / "d.md").write_text(BASE)
    (tmp_path / "d.ko.md").write_text("# 티\n\n## 말 {#word}\n\n```toml\naccept = ['말']\n```\n\n말했다.\n")
    assert {finding.code for finding in check([tmp_path], variants=2).findings} == {
        "translation-missing",
        "no-slip",
        "answer-leaked",
    }


def test_texts_among_the_givens_have_words_in_the_language(tmp_path: Path) -> None:
    base = BASE.replace("n = [1]", 'n = ["forget gate"]').replace('"n + 1"', '"n"')
    words = '```toml\nwords = { "forget gate" = "망각 게이트" }\n```'
    _, findings = translated(tmp_path, f"## 합 {{#sum}}\n\n{{n}}는?\n\n{words}\n\n{{answer}}이다.\n", base)
    assert findings == []
    deck = load(tmp_path / "d.md")
    card = next(card for card in deck.cards if card.kind == "computed")
    question = ask(translate(deck, card, "ko"), 1)
    assert plain(question.prompt) == "합\n망각 게이트는?"
    assert plain(question.truth) == "망각 게이트"
    for typed in ("망각 게이트", "forget gate"):
        verdict = grade(question, typed)
        assert verdict is not None
        assert verdict.outcome is Outcome.RIGHT
