"""Cards with steps, read and checked: what is wrong with a step is found, in translations too."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.stepped import write_stepped
from support.world import IN_KOREAN, STEPPED, mistaken

from studytui.deck.ask import ask, grade, right_response
from studytui.deck.blocks import plain
from studytui.deck.check import check
from studytui.deck.load import load
from studytui.deck.model import Fill, Filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.deck.model import Finding

    Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a deck of some cards, changed by replacements."""
    return partial(write_stepped, tmp_path)


def codes(path: Path, variants: int = 20) -> list[tuple[int, str]]:
    return [(finding.line, finding.code) for finding in findings(path, variants)]


def findings(path: Path, variants: int = 20) -> tuple[Finding, ...]:
    return check([path], variants=variants).findings


# -- reading and checking ----------------------------------------------------------------------------------------------


def test_a_stepped_card_has_no_findings(make: Make) -> None:
    assert findings(make()) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "words"),
    [
        ('"padded - kernel_size"', '"paded - kernel_size"', 20, "unknown-name", "step 2: answer"),
        ('"input_size + 2 * padding"', '"room - padding"', 14, "unknown-name", "there is no value “room”"),
        ('name = "room"', 'name = "padded"', 18, "bad-name", "an earlier step already"),
        ('name = "room"', 'name = "stride"', 18, "bad-name", "a given already"),
        ('name = "room"', 'name = "answer"', 18, "bad-name", "a word of expressions"),
        ('name = "room"', "name = 4", 18, "wrong-value", "step 2: name must be a name in quotes"),
        ('ask = "Pixels that the kernel can move"', 'ask = ""', 19, "wrong-value", "step 2: ask must be a text"),
        ('unit = "px"', 'units = "px"', 15, "unknown-key", "did you mean “unit”"),
        ('unit = "px"', "digits = 0", 15, "wrong-value", "step 1: digits must be a whole number"),
        ("padding {padding} on", "padding {padding} ({padded}) on", 5, "unknown-placeholder", "its {padded}"),
        ("Pixels that", "Of {padded} that", 19, "unknown-placeholder", "its {padded}"),
        ("Pixels that", "Of {nothing} that", 19, "unknown-placeholder", "nothing is called “nothing”"),
        ('"padded - kernel_size"', '"nowhere.place(padded)"', 20, "unknown-reference", "step 2"),
        ('"padded - kernel_size"', '"padded / (stride - 2)"', 20, "outside-domain", "divides by zero"),
        ('"padded - kernel_size"', '"padded - hidden"', 27, "hidden-given", "depends on “hidden”"),
    ],
)
def test_what_is_wrong_with_a_step_is_found(make: Make, old: str, new: str, line: int, code: str, words: str) -> None:
    changes = [(old, new)]
    if "hidden" in new:
        changes.append(("stride = [2, 3]\n", "stride = [2, 3]\nhidden = [1, 2]\n"))
    found = findings(make(STEPPED, *changes))
    assert (line, code) in [(each.line, each.code) for each in found]
    assert any(words in each.message for each in found)


def test_a_step_that_is_no_table_is_found(make: Make) -> None:
    text = STEPPED.replace("[[step]]", "[[stop]]").replace("ask =", "step = 3\nask =", 1)
    assert "wrong-value" in [code for _, code in codes(make(text))]


def test_more_steps_than_a_learner_fills_in_are_found(make: Make) -> None:
    many = "".join(f'[[step]]\nname = "s{n}"\nask = "Again"\nanswer = "stride + {n}"\n\n' for n in range(9))
    found = findings(make(STEPPED, ("[given]", f"{many}[given]")))
    assert any("at most 8 steps" in each.message for each in found)


def test_a_step_that_the_question_shows_is_leaked(make: Make) -> None:
    shown = ("[given]", '[show]\nsum = "input_size + padding + padding"\n\n[given]')
    found = findings(make(STEPPED, shown, ("A row of", "Of {sum}: a row of")))
    assert [(each.code, "the step “padded”" in each.message) for each in found] == [("answer-leaked", True)]


def test_a_step_that_asks_the_same_again_is_found(make: Make) -> None:
    again = ('"padded - kernel_size"', '"convolution.output_size(padded, kernel_size, stride)"')
    answer = ('"convolution.output_size(room + kernel_size, kernel_size, stride)"', '"max(room, 0)"')
    found = findings(make(STEPPED, again, answer, ("⌊{room} / {stride}⌋ + 1 = **{answer}**", "**{answer}**")))
    assert [each.code for each in found] == ["repeated-step"]
    assert "“room” has the same answer as “answer”" in found[0].message


def test_a_solution_that_does_not_lead_to_a_step_is_found_at_its_line(make: Make) -> None:
    found = findings(make(STEPPED, ("{padded} pixels leave", "{input_size} + {padding} = {padded} pixels leave")))
    assert [(each.line, each.code) for each in found] == [(14, "solution-disagrees")]


def test_a_step_whose_type_changes_is_found(make: Make) -> None:
    extra = '[[step]]\nname = "extra"\nask = "More"\nanswer = "max(padded - 30, 0.5)"\n\n[given]'
    found = findings(make(STEPPED, ("[given]", extra)))
    assert [(each.line, each.code) for each in found] == [(25, "changing-type")]
    assert "the step “extra” is of type integer and real" in found[0].message


# -- translations ------------------------------------------------------------------------------------------------------


@pytest.fixture
def korean(make: Make) -> Callable[..., Path]:
    """The deck, with a translation changed by replacements."""
    own = next(part for part in IN_KOREAN.split("\n## ") if "{#padded-output}" in part)

    def write(*changes: tuple[str, str]) -> Path:
        path, text = make(), own
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.with_name("deck.ko.md").write_text("# 덱\n\n## " + text)
        return path

    return write


def test_a_translation_names_the_parts(korean: Callable[..., Path]) -> None:
    path = korean()
    assert [code for _, code in codes(path)] == []
    question = ask(load(path).translations["ko"]["deck/padded-output"], 7)
    assert isinstance(question.form, Fill)
    assert [(plain(part.ask), part.unit) for part in question.form.parts] == [
        ("패딩한 줄의 너비", "px"),
        ("커널이 움직일 수 있는 픽셀 수", "픽셀"),
        ("출력의 너비", ""),
    ]
    assert grade(question, Filled(mistaken(question, by=0))) == grade(question, right_response(question))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("padded =", "paded =", "has no step “paded”"),
        ('unit = "픽셀"', 'answer = "3"', "“answer” of a step belongs in the deck"),
        ("패딩한 줄의 너비", "패딩 {padding}인 줄의 너비", "question of a part has {padding}"),
    ],
)
def test_a_translation_that_differs_in_its_parts_is_found(
    korean: Callable[..., Path], old: str, new: str, words: str
) -> None:
    found = findings(korean((old, new)))
    assert [each.code for each in found] == ["translation-differs"]
    assert words in found[0].message


def test_parts_that_nobody_translated_are_found(korean: Callable[..., Path]) -> None:
    fence = '[step]\npadded = "패딩한 줄의 너비"\nroom = { ask = "커널이 움직일 수 있는 픽셀 수", unit = "픽셀" }\n'
    found = findings(korean((fence, ""), ("출력의 너비", "Width of it")))
    assert [(each.code, "parts" in each.message) for each in found] == [("translation-same", True)]


def test_the_example_of_the_documentation_has_no_findings(make: Make) -> None:
    page = (Path(__file__).parents[2] / "docs" / "decks.md").read_text()
    example = page.split("### Steps")[1].split("````markdown\n")[1].split("````")[0]
    assert findings(make("\n" + example)) == ()
