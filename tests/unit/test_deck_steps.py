"""Computed cards with steps: how they are asked and marked."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.stepped import write_stepped
from support.world import STEPPED, mistaken

from studytui.answer.verdict import Mark, Outcome
from studytui.deck.ask import ask, describe_response, grade, read_response, right_response
from studytui.deck.blocks import plain
from studytui.deck.cache import Cache
from studytui.deck.figure import figure_of_answer
from studytui.deck.load import load
from studytui.deck.marking import BLANK, CARRIED, ROUNDED
from studytui.deck.model import Fill, Filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.answer.verdict import Verdict
    from studytui.deck.model import Card, Deck, Question, Response

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
    return partial(write_stepped, tmp_path)


def card_of(deck: Deck) -> Card:
    (card,) = deck.cards
    return card


def asked(make: Make, *changes: tuple[str, str], seed: int = 7, text: str = STEPPED) -> Question:
    return ask(card_of(load(make(text, *changes))), seed)


def graded(question: Question, *lines: str) -> Verdict:
    verdict = grade(question, Filled(lines))
    assert verdict is not None
    return verdict


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
