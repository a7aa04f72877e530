"""What `check` finds in the texts of computed cards over their variants, and in those of translations."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytui.deck.check import check


def card(
    explanation: str = "It is {answer}.",
    question: str = "Stride 1, padding 0: how wide for {n}?",
    given: str = 'n = "20..90"',
    show: str = "",
    answer: str = "convolution.output_size(n, 3)",
    key: str = "",
) -> str:
    return f"""## Width {{#a}}

{question}

```toml
answer = "{answer}"
{key}
[given]
{given}
[show]
{show}
```

{explanation}
"""


def codes(tmp_path: Path, text: str, variants: int = 60) -> list[tuple[int, str]]:
    """The findings of a deck whose text begins on line 3; the answer stands on line 8."""
    path = tmp_path / "deck.md"
    path.write_text(f"# Title\n\n{text}", encoding="utf-8")
    return [(finding.line, finding.code) for finding in check([path], variants=variants).findings]


# -- numbers by hand ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "explanation",
    [
        "For an image of 32 it is {answer}.",
        "The answer is **45**.",
        "| input | output |\n|---|---|\n| 64 | {answer} |",
        "The width is $45$.",
    ],
)
def test_a_number_of_one_variant_in_the_solution(tmp_path: Path, explanation: str) -> None:
    assert codes(tmp_path, card(explanation), variants=300) == [(8, "number-by-hand")]


@pytest.mark.parametrize(
    "explanation",
    [
        "With a kernel of 3 it is {answer}.",
        "VGG-16 and a 32-bit float, 45% or 45° of it, in {answer}.",
        "In code `45`, and in {answer}.",
        "Round numbers such as 30, 50 and 0.5 stay: {answer}.",
        "A number that no variant has, 1234: {answer}.",
    ],
)
def test_a_number_that_is_a_constant(tmp_path: Path, explanation: str) -> None:
    assert codes(tmp_path, card(explanation), variants=300) == []


def test_a_number_of_the_question_or_of_an_expression_may_come_again(tmp_path: Path) -> None:
    question = "Stride 1, padding 0, as in a net for 45 classes: how wide for {n}?"
    assert codes(tmp_path, card("The 45 classes play no part: {answer}.", question)) == []
    show = 'm = "n + 32"'
    assert codes(tmp_path, card("With 32 more it is {m}: {answer}.", show=show)) == []


def test_a_number_by_hand_in_a_translation(tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text(f"# T\n\n{card(given='n = [27, 32]')}")
    (tmp_path / "deck.ko.md").write_text(
        "# 티\n\n## 너비 {#a}\n\n스트라이드 1, 패딩 0. {n}이면 너비는?\n\n---\n\n32라면 {answer} 이다.\n"
    )
    (finding,) = check([tmp_path]).findings
    assert (Path(finding.file).name, finding.line, finding.code) == ("deck.ko.md", 3, "number-by-hand")


def test_an_equation_of_a_translation_is_computed(tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text(f"# T\n\n{card('{n} − 3 + 1 = {answer}.')}")
    (tmp_path / "deck.ko.md").write_text(
        "# 티\n\n## 너비 {#a}\n\n스트라이드 1, 패딩 0. {n}이면 너비는?\n\n---\n\n{n} − 3 + 2 = {answer} 이다.\n"
    )
    (finding,) = check([tmp_path]).findings
    assert (Path(finding.file).name, finding.code) == ("deck.ko.md", "solution-disagrees")


# -- answers in the question -------------------------------------------------------------------------------------------


def test_a_value_of_the_question_that_is_always_the_answer(tmp_path: Path) -> None:
    question = "Stride 1, padding 0: how wide for {n}? Is it {m}?"
    assert (8, "answer-leaked") in codes(tmp_path, card(question=question, show='m = "n - 2"'))
    assert codes(tmp_path, card(question=question, show='m = "n - 1"')) == []


def test_the_only_given_of_the_question_that_is_the_answer(tmp_path: Path) -> None:
    same = "convolution.output_size(n, 3, 1, 1)"
    assert (8, "answer-leaked") in codes(tmp_path, card(answer=same))


def test_one_of_several_givens_may_be_the_answer(tmp_path: Path) -> None:
    two = card(
        question="Padding and stride 1: how wide for {n}, with {m} filters?",
        given='n = "20..90"\nm = [4, 8]',
        answer="convolution.output_size(n, 3, 1, 1) + 0 * m",
    )
    assert codes(tmp_path, two) == []


# -- slips -------------------------------------------------------------------------------------------------------------


def test_a_single_slip_is_told(tmp_path: Path) -> None:
    text = card(
        answer="convolution.output_size(n, 3, 1, 1)",
        question="Stride 1, padding 1: how wide for {n} + {m}?",
        given='n = "20..90"\nm = [1, 2]',
        key='slips = ["padded_once"]',
    )
    assert codes(tmp_path, text) == [(8, "one-slip")]


def test_two_slips_are_enough(tmp_path: Path) -> None:
    text = card(
        answer="convolution.output_size(n, 3, 2, 1)",
        question="Stride 2, padding 1: how wide for {n} + {m}?",
        given='n = "20..90"\nm = [1, 2]',
        key='slips = ["padded_once", "start_not_counted"]',
    )
    assert codes(tmp_path, text) == []
