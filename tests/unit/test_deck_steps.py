"""Computed cards with steps: how they are read, asked, marked and checked."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.world import IN_KOREAN, STEPPED, mistaken

from studytui.answer.verdict import Mark, Outcome
from studytui.deck.ask import ask, describe_response, grade, read_response, right_response
from studytui.deck.blocks import plain
from studytui.deck.cache import Cache
from studytui.deck.check import check
from studytui.deck.figure import figure_of_answer
from studytui.deck.load import load
from studytui.deck.marking import BLANK, CARRIED, ROUNDED
from studytui.deck.model import Fill, Filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.answer.verdict import Verdict
    from studytui.deck.model import Card, Deck, Finding, Question, Response

    Make = Callable[..., Path]

#: Real numbers in steps: the second rests on the first, the third on both.
REAL = """
## Three halves {#halves}

A number: {x}.

```toml
answer = "whole / 3 + half"
ask = "A third of it, and the half"

[[step]]
name = "half"
ask = "Its half"
answer = "x / 2"

[[step]]
name = "whole"
ask = "The half, squared"
answer = "half * half"
digits = 2

[given]
x = "1.11..9.99 step 0.01"
```

{half}, {whole}, {answer}
"""


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a deck of some cards, changed by replacements."""

    def write(text: str = STEPPED, *changes: tuple[str, str]) -> Path:
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        path = tmp_path / "deck.md"
        path.write_text("# A deck\n" + text)
        return path

    return write


def card_of(deck: Deck) -> Card:
    (card,) = deck.cards
    return card


def asked(make: Make, *changes: tuple[str, str], seed: int = 7, text: str = STEPPED) -> Question:
    return ask(card_of(load(make(text, *changes))), seed)


def graded(question: Question, *lines: str) -> Verdict:
    verdict = grade(question, Filled(lines))
    assert verdict is not None
    return verdict


def codes(path: Path, variants: int = 20) -> list[tuple[int, str]]:
    return [(finding.line, finding.code) for finding in findings(path, variants)]


def findings(path: Path, variants: int = 20) -> tuple[Finding, ...]:
    return check([path], variants=variants).findings


# -- asking ------------------------------------------------------------------------------------------------------------


def test_each_part_says_what_is_asked_how_and_in_which_unit(make: Make) -> None:
    question = asked(make)
    assert isinstance(question.form, Fill)
    assert [(plain(part.ask), part.hint, part.unit) for part in question.form.parts] == [
        ("Width of the padded row", "a whole number", "px"),
        ("Pixels that the kernel can move", "a whole number", ""),
        ("Width of the output", "a whole number", ""),
    ]


def test_the_last_part_is_the_answer_where_the_card_does_not_name_it(make: Make) -> None:
    question = asked(make, ('ask = "Width of the output"\n', ""))
    assert isinstance(question.form, Fill)
    assert plain(question.form.parts[-1].ask) == "Answer"


def test_a_part_is_asked_with_the_values_of_givens(make: Make) -> None:
    question = asked(make, ("Width of the padded row", "Width with padding {padding}"))
    assert isinstance(question.form, Fill)
    assert plain(question.form.parts[0].ask) == f"Width with padding {question.variant.givens['padding']}"  # type: ignore[union-attr]  # computed


def test_the_solution_shows_the_true_values_of_the_steps(make: Make) -> None:
    question = asked(make)
    padded, room, _ = mistaken(question, by=0)
    assert plain(question.explanation).startswith(f"{padded} pixels leave {room} to move:")


def test_the_truth_tells_all_parts(make: Make) -> None:
    question = asked(make)
    padded, room, answer = mistaken(question, by=0)
    assert plain(question.truth).split("\n") == [
        f"Width of the padded row: {padded} px",
        f"Pixels that the kernel can move: {room}",
        f"Width of the output: {answer}",
    ]


def test_all_uses_of_references_are_proved(make: Make) -> None:
    question = asked(make, ('"input_size + 2 * padding"', '"convolution.output_size(input_size, 1, 1, padding)"'))
    assert question.variant is not None
    assert [call.arguments["kernel_size"] for call in question.variant.calls] == [
        1,
        question.variant.givens["kernel_size"],
    ]
    assert question.variant.steps[0].slips


def test_the_figure_is_that_of_the_first_part_that_has_one(make: Make) -> None:
    first = ('"input_size + 2 * padding"', '"convolution.output_size(input_size, 1, 1, padding)"')
    for changes, places in (((), -1), ((first,), 0)):
        question = asked(make, *changes)
        figure = figure_of_answer(question)
        right = right_response(question)
        assert isinstance(right, Filled)
        assert figure is not None
        assert figure.title.startswith(f"{right.lines[places]} places on ")


def test_a_slip_of_a_step_is_focused_on(make: Make) -> None:
    first = ('"input_size + 2 * padding"', '"convolution.output_size(input_size, 1, stride, padding)"')
    card = card_of(load(make(STEPPED, first, ('"1..3"', '"0..3"'))))
    for seed in range(8):
        variant = ask(card, seed, focus="padded_once").variant
        assert variant is not None
        assert "padded_once" in [slip.name for slip in variant.steps[0].slips]


def test_the_cache_keeps_the_steps(make: Make, tmp_path: Path) -> None:
    deck = load(make())
    stored = Cache(tmp_path / "cache").store(deck, ())
    assert stored.card("deck/padded-output") == card_of(deck)


# -- marking -----------------------------------------------------------------------------------------------------------


def test_the_right_response_is_right_in_every_part(make: Make) -> None:
    question = asked(make)
    verdict = grade(question, right_response(question))
    assert verdict is not None
    assert (verdict.outcome, verdict.score, verdict.message) == (Outcome.RIGHT, 1, "")
    assert verdict.marks == (Mark.RIGHT,) * 3


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_mistake_costs_once_wherever_it_is_made(make: Make, place: int) -> None:
    question = asked(make)
    by = question.variant.givens["stride"]  # type: ignore[union-attr]  # computed
    verdict = graded(question, *mistaken(question, place, by=int(by)))  # type: ignore[arg-type]  # a whole number
    assert verdict.score == Fraction(2, 3)
    assert [mark is Mark.RIGHT for mark in verdict.marks] == [each != place for each in range(3)]
    assert [part.message == CARRIED for part in verdict.parts] == [each > place for each in range(3)]


def test_a_mistake_that_is_not_carried_on_costs_no_more(make: Make) -> None:
    question = asked(make)
    wrong, (_, room, answer) = mistaken(question), mistaken(question, by=0)
    verdict = graded(question, wrong[0], room, answer)
    assert verdict.score == Fraction(2, 3)
    assert [part.message for part in verdict.parts] == ["", "", ""]


def test_two_mistakes_cost_twice(make: Make) -> None:
    question = asked(make)
    padded, room, _ = mistaken(question, by=6)
    verdict = graded(question, padded, str(int(room) + 6), "999")
    assert (verdict.outcome, verdict.score) == (Outcome.WRONG, 0)


def test_a_slip_is_recognised_by_the_earlier_answer_that_the_learner_gave(make: Make) -> None:
    question = asked(make)
    stride = int(question.variant.givens["stride"])  # type: ignore[union-attr,arg-type]  # a whole number
    padded, room, answer = mistaken(question, by=6 * stride)
    verdict = graded(question, padded, room, str(int(answer) - 1))
    assert [slip.name for slip in verdict.slips] == ["start_not_counted"]
    assert [part.outcome for part in verdict.parts] == [Outcome.WRONG, Outcome.RIGHT, Outcome.SLIP]
    assert verdict.outcome is Outcome.WRONG


def test_a_slip_among_right_parts_makes_the_whole_a_slip(make: Make) -> None:
    question = asked(make)
    padded, room, answer = mistaken(question, by=0)
    verdict = graded(question, padded, room, str(int(answer) - 1))
    assert (verdict.outcome, verdict.score) == (Outcome.SLIP, Fraction(2, 3))
    assert "start_not_counted" in [slip.name for slip in verdict.slips]


def test_a_close_part_makes_the_whole_close(make: Make) -> None:
    question = asked(make)
    padded, room, answer = mistaken(question, by=0)
    verdict = graded(question, f"-{padded}", room, answer)
    assert (verdict.outcome, verdict.score) == (Outcome.CLOSE, Fraction(5, 6))
    assert verdict.parts[0].message == "Right but for the sign."


def test_an_earlier_answer_that_the_reference_refuses_is_not_carried(make: Make) -> None:
    question = asked(make)
    verdict = graded(question, "1", str(1 - int(mistaken(question, by=0)[0])), "3")
    assert [part.outcome for part in verdict.parts][2] is Outcome.WRONG


def test_an_empty_part_is_wrong_and_the_others_count(make: Make) -> None:
    question = asked(make)
    padded, _, answer = mistaken(question, by=0)
    verdict = graded(question, padded, " ", answer)
    assert (verdict.outcome, verdict.score) == (Outcome.WRONG, Fraction(2, 3))
    assert verdict.marks == (Mark.RIGHT, Mark.MISSED, Mark.RIGHT)
    assert verdict.parts[1].message == BLANK


def test_nothing_typed_at_all_is_asked_again(make: Make) -> None:
    verdict = graded(asked(make), "", "", "")
    assert not verdict.counts
    assert verdict.message == "Nothing was typed: type 3 answers, one for each part."


def test_what_cannot_be_read_names_its_part(make: Make) -> None:
    question = asked(make)
    verdict = graded(question, mistaken(question)[0], "1,234", "")
    assert not verdict.counts
    assert verdict.message.startswith("Pixels that the kernel can move: Did you mean “1234”")
    assert [part.counts for part in verdict.parts] == [True, False, True]


def test_show_me_is_wrong(make: Make) -> None:
    verdict = grade(asked(make), None)
    assert verdict is not None
    assert (verdict.outcome, verdict.score) == (Outcome.WRONG, 0)


def test_a_unit_of_a_step_is_accepted(make: Make) -> None:
    question = asked(make)
    padded, room, answer = mistaken(question, by=0)
    assert graded(question, f"{padded} px", room, answer).outcome is Outcome.RIGHT


def test_what_follows_from_a_rounded_step_is_right(make: Make) -> None:
    question = asked(make, ("digits = 2", "digits = 1"), ("x = ", "x = [2.64] # "), text=REAL)
    # The half is 1.32, its square 1.7424, to one digit 2: with 2, a third of it and the half are 1.99, not 1.90.
    verdict = graded(question, "1.32", "2", "1.99")
    assert [part.message for part in verdict.parts] == ["", "", ROUNDED]
    assert (verdict.outcome, verdict.score) == (Outcome.RIGHT, 1)


def test_a_mistake_in_decimals_is_carried(make: Make) -> None:
    question = asked(make, ("x = ", "x = [2.64] # "), text=REAL)
    verdict = graded(question, "5.28", "27.9", str(27.9 / 3 + 5.28))
    assert [part.message for part in verdict.parts[1:]] == [CARRIED, CARRIED]
    assert verdict.score == Fraction(2, 3)


TEXTS = """
## Which one? {#which}

Of {a} and {b}, which is larger, left or right?

```toml
answer = "a * (side == 'left') + b * (side == 'right') + 100 * (side == 'nowhere')"
ask = "The larger one"
where = ["a > b"]
words = { left = "왼쪽" }

[[step]]
name = "side"
ask = "Its side"
answer = "given"

[given]
a = "5..9"
b = "1..6"
given = ["left"]
```

{answer}
"""


def test_a_word_is_carried_and_one_that_is_right_is_the_truth_however_it_is_written(make: Make) -> None:
    question = asked(make, text=TEXTS)
    givens = question.variant.givens  # type: ignore[union-attr]  # computed
    left, right = str(givens["a"]), str(givens["b"])
    assert graded(question, "right", right).parts[1].message == CARRIED
    assert graded(question, "LEFT.", left).score == 1
    assert graded(question, "왼쪽", left).score == 1
    for written in ("LEFT.", "왼쪽"):
        assert graded(question, written, "0").score == Fraction(1, 2)


def test_numbers_too_large_for_any_reference_are_carried_nowhere(make: Make) -> None:
    question = asked(make, text=REAL)
    assert graded(question, "10^400", "10^400", "10^400").score == 0
    assert graded(asked(make), "7*10^400", "7*10^400", "7*10^400").score == 0


# -- the journal's line ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (("12", "9", "5"), "12; 9; 5"),
        (("12", "", "5"), "12; ; 5"),
        (("1 2; 3 4", "a\\", ";"), "1 2\\; 3 4; a\\\\; \\;"),
    ],
)
def test_a_response_is_one_line_and_read_back(make: Make, lines: tuple[str, ...], line: str) -> None:
    question = asked(make)
    assert describe_response(question, Filled(lines)) == line
    assert read_response(question, line) == Filled(lines)


@pytest.mark.parametrize("response", [Filled(("1",)), Filled(("1",) * 9), "12; 9", frozenset({1}), (2, 1)])
def test_a_response_of_another_form_never_raises(make: Make, response: Response) -> None:
    assert grade(asked(make), response) is not None


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
