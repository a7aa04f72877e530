"""What `check` finds about translations that are none, and about decks that were forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytui.deck.check import check

DECK = """# T

## What is it all about? {#a}

It is about something (어떤 것) that is here.

## Which of them was it? {#b}

- [x] the very first one
- [ ] the one that came second

Because the first one comes first.

## Names in order {#c .order}

1. R-CNN
2. Fast R-CNN
"""
GOOD = """# 티

## 무엇에 관한 것인가? {#a}

여기 있는 것에 관한 것이다.

## 어느 것이었는가? {#b}

- [x] 첫째 것
- [ ] 둘째 것

첫째 것이 먼저 오기 때문이다.

## 이름의 순서 {#c .order}

1. R-CNN
2. Fast R-CNN
"""


def found(tmp_path: Path, translation: str, name: str = "deck.ko.md") -> list[tuple[str, int, str, str]]:
    (tmp_path / "deck.md").write_text(DECK, encoding="utf-8")
    (tmp_path / name).write_text(translation, encoding="utf-8")
    return [(Path(each.file).name, each.line, each.code, each.message) for each in check([tmp_path]).findings]


def test_a_translation_with_names_left_as_they_are(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("line", "part", "korean", "english"),
    [
        (3, "heading", "무엇에 관한 것인가?", "What is this all about?"),
        (3, "answer", "여기 있는 것에 관한 것이다.", "It is about something (어떤 것) that is here."),
        (7, "options", "- [x] 첫째 것\n- [ ] 둘째 것", "- [x] the first one\n- [ ] the second one"),
        (7, "explanation", "첫째 것이 먼저 오기 때문이다.", "Because it comes first."),
    ],
)
def test_a_part_that_is_still_in_the_decks_language(
    tmp_path: Path, line: int, part: str, korean: str, english: str
) -> None:
    ((file, at, code, message),) = found(tmp_path, GOOD.replace(korean, english))
    assert (file, at, code) == ("deck.ko.md", line, "translation-same")
    assert part in message


def test_a_language_of_the_same_script_must_differ(tmp_path: Path) -> None:
    assert {code for _, _, code, _ in found(tmp_path, DECK, "deck.de.md")} == {"translation-same"}
    changed = DECK.replace("about", "über").replace("first", "erste").replace("Which", "Welches")
    assert found(tmp_path, changed, "deck.de.md") == []


def test_a_deck_without_a_translation_among_translated_ones(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# Other\n\n## Quite another question {#a}\n\nText.\n")
    assert [each[:3] for each in found(tmp_path, GOOD)] == [("other.md", 1, "deck-not-translated")]


def test_decks_of_another_folder_need_no_translation(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "other.md").write_text("# Other\n\n## Quite another question {#a}\n\nText.\n")
    assert found(tmp_path, GOOD) == []


def test_a_translation_without_its_deck_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "lost.ko.md").write_text("# 티\n\n## 아주 다른 물음 {#a}\n\n답.\n")
    codes = [each[2] for each in found(tmp_path, GOOD)]
    assert codes == ["translation-without-deck"]
