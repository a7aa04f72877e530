"""What `check` finds about questions that give their answer away, or leave open what decides it."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytui.deck.check import check

Found = list[tuple[int, str]]


def codes(tmp_path: Path, text: str, variants: int = 30) -> Found:
    """The findings of a deck whose text begins on line 3."""
    path = tmp_path / "deck.md"
    path.write_text(f"# Title\n\n{text}", encoding="utf-8")
    return [(finding.line, finding.code) for finding in check([path], variants=variants).findings]


def choice(right: str, *wrong: str, question: str = "What is so?", name: str = "q") -> str:
    options = "".join(f"- [ ] {option}\n" for option in wrong)
    return f"## {question} {{#{name}}}\n\n- [x] {right}\n{options}\nBecause.\n\n"


# -- answers that the question shows -----------------------------------------------------------------------------------

LEAKED = [
    "## A {#a .cloze}\n\nThe ==forget== gate forgets; to forget is its work.\n",
    "## A {#a .cloze}\n\nThe ==forget== gate (망각 게이트) scales the cell.\n",
    "## A {#a .cloze}\n\nThe ==forget gate== (망각 게이트) scales the cell.\n",
    "## A {#a .cloze}\n\n==망각 게이트==(forget gate)는 셀을 줄인다.\n",
    "## A {#a .cloze}\n\n==망각 게이트==는 망각 게이트가 하는 일을 한다.\n",
    "## A {#a .cloze}\n\nThe ==padding== is what 패딩 means.\n\n---\n\nPadding (패딩) is added.\n",
    '## Which gate is the forget gate? {#a}\n\n```toml\naccept = ["forget gate"]\n```\n',
    '## 망각 게이트의 이름은? {#a}\n\n```toml\naccept = ["망각 게이트", "forget gate"]\n```\n',
    choice("the forget gate", "the input gate", question="What does the forget gate do?"),
    "## Put A, that is first one, then second one, into order {#a .order}\n\n1. first one\n2. second one\n",
]
NOT_LEAKED = [
    "## The forget gate {#a .cloze}\n\nThe ==forget== gate scales the ==cell state==.\n",
    "## A {#a .cloze}\n\nThe ==depth== of a filter (필터) is the number of channels.\n",
    "## A {#a .cloze}\n\nA ==3==×3 filter has 3 rows.\n",
    "## A {#a .cloze}\n\nThe ==state== (h) is stateful.\n",
    "## A {#a .cloze}\n\n==입력==은 입력층과 다르다.\n",
    '## Is it the forget gate or the input gate? {#a}\n\n```toml\naccept = ["forget gate"]\n```\n',
    '## Which gate drops the old? {#a}\n\n```toml\naccept = ["forget gate", "f"]\n```\n',
    choice("the forget gate", "the input gate", question="Is it the forget gate, or is it the input gate?"),
    choice("3×3", "4×4", question="A 3×3 filter meets a 5×5 image. How large is the output?"),
    "## Put A, that is second one, then first one, into order {#a .order}\n\n1. first one\n2. second one\n",
]


@pytest.mark.parametrize("text", LEAKED)
def test_a_question_that_shows_its_answer(tmp_path: Path, text: str) -> None:
    assert [code for _, code in codes(tmp_path, text)] == ["answer-leaked"]


@pytest.mark.parametrize("text", NOT_LEAKED)
def test_a_question_that_does_not_show_its_answer(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, text) == []


def test_a_translated_gap_is_given_away_by_its_own_gloss(tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text("# T\n\n## A {#a .cloze}\n\nThe ==forget== gate scales the cell.\n")
    (tmp_path / "deck.ko.md").write_text("# 티\n\n## 가 {#a .cloze}\n\n==망각== 게이트(forget gate)는 셀을 줄인다.\n")
    (finding,) = check([tmp_path]).findings
    assert (Path(finding.file).name, finding.line, finding.code) == ("deck.ko.md", 5, "answer-leaked")


# -- options -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right"), [("4×4", "4x4"), ("one  two", "One two."), ("$x_t$", "$x_{t}$"), ("a−b", "a - b")]
)
def test_options_that_look_the_same(tmp_path: Path, left: str, right: str) -> None:
    assert "duplicate-option" in [code for _, code in codes(tmp_path, choice(left, right, "other"))]


@pytest.mark.parametrize(
    ("left", "right"), [("1,000", "1000"), ("0.5", "1/2"), ("50%", "0.5"), ("$\\frac{1}{2}$", ".5")]
)
def test_options_of_one_value(tmp_path: Path, left: str, right: str) -> None:
    right = right.replace(".5", "0.5") if right.startswith(".") else right
    assert codes(tmp_path, choice(left, right, "other")) == [(3, "equal-options")]


@pytest.mark.parametrize(("left", "right"), [("4×4", "2×8"), ("0.5", "0.05"), ("f·(a + b)", "f·a + b"), ("1/2", "2/1")])
def test_options_that_differ(tmp_path: Path, left: str, right: str) -> None:
    assert codes(tmp_path, choice(left, right, "other")) == []


def many(count: int, option: str = "long enough to be seen", wrong: str = "short") -> str:
    words = ["apples", "birds", "clouds", "doors", "eggs", "fish", "goats"]
    return "".join(
        choice(option, f"{wrong} {word}", "b", "c", question=f"Something about {word}?", name=word)
        for word in words[:count]
    )


def test_the_right_option_is_the_longest_in_a_whole_deck(tmp_path: Path) -> None:
    assert (3, "right-is-longest") in codes(tmp_path, many(5))


def test_a_few_choices_are_no_habit(tmp_path: Path) -> None:
    assert codes(tmp_path, many(4)) == []


def test_right_options_that_are_as_long_as_others_are_no_habit(tmp_path: Path) -> None:
    assert "right-is-longest" not in [code for _, code in codes(tmp_path, many(5, wrong="just as long as the right"))]


def test_the_right_option_is_written_in_one_place_in_a_whole_deck(tmp_path: Path) -> None:
    assert codes(tmp_path, many(5, option="a")) == [(3, "right-in-one-place")]


def test_chance_is_no_habit(tmp_path: Path) -> None:
    moved = many(5, option="a").replace("- [x] a\n- [ ] short goats\n", "- [ ] short goats\n- [x] a\n")
    moved = moved.replace("- [x] a\n- [ ] short eggs\n", "- [ ] short eggs\n- [x] a\n")
    assert codes(tmp_path, moved) == []


# -- the same question twice -------------------------------------------------------------------------------------------

LONG = "What decides how many numbers one filter of a convolution layer writes into its feature map"


def test_two_cards_of_a_deck_that_ask_nearly_the_same(tmp_path: Path) -> None:
    found = codes(tmp_path, f"## {LONG}? {{#a}}\n\nText.\n\n## {LONG} then? {{#b}}\n\nOther.\n")
    assert found == [(7, "near-duplicate")]


def test_two_decks_of_a_run_that_ask_nearly_the_same(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(f"# T\n\n## {LONG}? {{#q}}\n\nText {name}.\n")
    (finding,) = check([tmp_path]).findings
    assert (Path(finding.file).name, finding.code, finding.card) == ("b.md", "near-duplicate", "b/q")
    assert "a.md:3" in finding.message


def test_questions_to_one_pattern_are_different(tmp_path: Path) -> None:
    text = "".join(
        f"## How large is the {gate} gate? {{#{gate}}}\n\nBefore its activation, an entry of the {gate} gate is 2.\n"
        f"What is the value of the {gate} gate?\n\n---\n\nText.\n\n"
        for gate in ("forget", "input", "output")
    )
    assert codes(tmp_path, text) == []


def test_the_gaps_of_one_sentence_ask_once(tmp_path: Path) -> None:
    assert codes(tmp_path, "## A {#a .cloze}\n\nThe ==first== of all the words and the ==second== one here.\n") == []


def test_a_file_named_twice_is_checked_once(tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    path.write_text(f"# T\n\n## {LONG}? {{#a}}\n\nText.\n")
    report = check([path, tmp_path])
    assert (report.cards, report.findings) == (1, ())


# -- conventions -------------------------------------------------------------------------------------------------------


def counting(question: str, answer: str, introduction: str = "") -> str:
    return f"""{introduction}

## How many? {{#q}}

{question} {{n}} and {{m}}?

```toml
answer = "{answer}"
where = ["n != m"]
[given]
n = "3..9"
m = "3..9"
```

**{{answer}}**.
"""


PARAMETERS = "convolution.parameters(n, m, 3, bias=False)"
LSTM = "recurrent.lstm_parameters(n, m)"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Weights of a 3×3 layer for", PARAMETERS),
        ("Parameters of an LSTM for", LSTM),
        ("The size of a layer for", "recurrent.output_shape(2, 4, n, m)"),
        ("How wide is the output for padding 0,", "convolution.output_size(n + m, 3)"),
    ],
)
def test_a_convention_that_the_question_leaves_open(tmp_path: Path, question: str, answer: str) -> None:
    found = codes(tmp_path, counting(question, answer))
    assert (10, "convention-unstated") in found


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Weights only, no bias: a 3×3 layer for", PARAMETERS),
        ("가중치만 세라.", PARAMETERS),
        ("`Conv2d` of PyTorch, 3×3, for", PARAMETERS),
        ("Two bias vectors a gate: an LSTM for", LSTM),
        ("`torch.nn.LSTM` for", LSTM),
        ("The last output in Keras for", "recurrent.output_shape(2, 4, n, m)"),
        ("How wide is the output for stride 1, padding 0,", "convolution.output_size(n + m, 3)"),
        ("스트라이드 1, 패딩 0.", "convolution.output_size(n + m, 3)"),
    ],
)
def test_a_convention_that_the_question_states(tmp_path: Path, question: str, answer: str) -> None:
    assert "convention-unstated" not in [code for _, code in codes(tmp_path, counting(question, answer))]


def test_an_introduction_states_a_framework_but_no_stride(tmp_path: Path) -> None:
    introduction = "All counts are PyTorch's. Padding and stride are explained here."
    counts = codes(tmp_path, counting("Parameters for", LSTM, introduction))
    sizes = codes(tmp_path, counting("Size for", "convolution.output_size(n + m, 3)", introduction))
    assert "convention-unstated" not in [code for _, code in counts]
    assert [code for _, code in sizes].count("convention-unstated") == 2


def test_a_convention_that_is_drawn_is_shown_by_its_given(tmp_path: Path) -> None:
    text = counting("Convention {k} for", "recurrent.lstm_parameters(n, m, biases=k)").replace(
        'm = "3..9"', 'm = "3..9"\nk = [1, 2]'
    )
    assert "convention-unstated" not in [code for _, code in codes(tmp_path, text)]


def test_a_count_among_options_needs_its_convention(tmp_path: Path) -> None:
    question = "How many parameters has a 3×3 layer from 2 to 4 channels?"
    assert codes(tmp_path, choice("76", "72", "40", question=question)) == [(3, "convention-unstated")]
    assert codes(tmp_path, choice("76", "72", "40", question=f"{question[:-1]}, biases included?")) == []
    assert codes(tmp_path, choice("61 million", "7 million", question="How many parameters has AlexNet?")) == []


def test_a_convention_that_changes_nothing_needs_no_word(tmp_path: Path) -> None:
    same = counting("Stride 1: places in a row for", "convolution.pool_size(n * m, 1, 1)")
    differs = counting("Stride 2: places in a row for", "convolution.pool_size(n * m, 3, 2)")
    assert "ceil_mode" not in "".join(messages(tmp_path, same))
    assert "ceil_mode" in "".join(messages(tmp_path, differs))


def test_a_default_number_has_to_be_shown(tmp_path: Path) -> None:
    answer = "convolution.inception_parameters(n, m, 4, 8, 2, 4, 4, bias=False)"
    assert "kernel5" in "".join(messages(tmp_path, counting("Weights only, for", answer)))
    assert "kernel5" not in "".join(messages(tmp_path, counting("Weights only, branches up to 5×5, for", answer)))


def test_a_korean_translation_states_the_convention_itself(tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text(f"# T\n{counting('Weights only, no bias, for', PARAMETERS)}")
    silent = "# 티\n\n## 몇 개인가? {#q}\n\n{n}과 {m}에 대해 세라.\n\n---\n\n답은 **{answer}** 이다.\n"
    for text, codes_of_it in ((silent, ["convention-unstated"]), (silent.replace("세라", "편향 없이 세라"), [])):
        (tmp_path / "deck.ko.md").write_text(text)
        assert [each.code for each in check([tmp_path]).findings if each.file.endswith(".ko.md")] == codes_of_it


def messages(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "deck.md"
    path.write_text(f"# Title\n\n{text}", encoding="utf-8")
    return [each.message for each in check([path], variants=10).findings if each.code == "convention-unstated"]
