"""The seven kinds: what a section becomes, how it is asked, and what grading says."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from studytui.answer.verdict import Mark, Outcome
from studytui.deck.ask import ask, describe_response, grade, read_response, right_response, varies
from studytui.deck.blocks import plain
from studytui.deck.load import load
from studytui.deck.model import Arrange, Card, Line, Pair, Pick, Reveal
from studytui.deck.registry import KINDS, all_kinds

DATA = Path(__file__).parent.parent / "data" / "decks" / "stride-and-padding.md"
CARDS = {card.id.partition("/")[2]: card for card in load(DATA).cards}


def card(tmp_path: Path, text: str) -> Card:
    path = tmp_path / "d.md"
    path.write_text(f"# T\n\n{text}")
    deck = load(path)
    assert deck.findings == ()
    return deck.cards[0]


def test_each_kind_is_registered_once_by_its_own_name() -> None:
    assert [kind.name for kind in all_kinds()] == list(KINDS)


@pytest.mark.parametrize("name", CARDS)
def test_what_was_seen_makes_no_difference_to_a_card_that_does_not_vary(name: str) -> None:
    card = CARDS[name]
    assert varies(card) == (card.kind == "computed")
    if not varies(card):
        assert ask(card, 7, avoid=(7, 8), focus="padded_once") == ask(card, 7)


def test_the_example_has_every_kind() -> None:
    assert {name: card.kind for name, card in CARDS.items()} == {
        "why-padding": "recall",
        "output-size": "computed",
        "what-changes-the-count": "choice",
        "detectors": "order",
        "forget-gate.forget": "cloze",
        "forget-gate.cell-state": "cloze",
        "symbols": "match",
        "border": "text",
        "same-size": "recall",
    }
    assert {card.kind for card in CARDS.values()} == set(KINDS)
    assert all(card.tags == ("cnn", "arithmetic") for card in CARDS.values())


@pytest.mark.parametrize("name", list(CARDS))
def test_the_right_response_is_right_and_reads_back(name: str) -> None:
    for seed in range(8):
        question = ask(CARDS[name], seed)
        response = right_response(question)
        if response is None:
            assert isinstance(question.form, Reveal)
            continue
        verdict = grade(question, response)
        assert verdict is not None
        assert verdict.outcome is Outcome.RIGHT
        assert read_response(question, describe_response(question, response)) == response


@pytest.mark.parametrize("name", list(CARDS))
def test_the_same_seed_asks_the_same_question(name: str) -> None:
    question = ask(CARDS[name], 5)
    assert ask(CARDS[name], question.seed) == question


@pytest.mark.parametrize("name", ["output-size", "what-changes-the-count", "detectors", "symbols", "border"])
def test_show_me_is_wrong_where_a_machine_grades(name: str) -> None:
    question = ask(CARDS[name], 1)
    verdict = grade(question, None)
    assert verdict is not None
    assert verdict.outcome is Outcome.WRONG
    assert describe_response(question, None) == ""


def test_recall_asks_with_its_heading_and_answers_with_its_body() -> None:
    question = ask(CARDS["why-padding"], 1)
    assert plain(question.prompt) == "What does padding buy you?"
    assert plain(question.truth).startswith("The filter can be centred")
    assert grade(question, "anything") is None


def test_a_rule_splits_a_longer_question_from_its_answer() -> None:
    question = ask(CARDS["same-size"], 1)
    assert plain(question.prompt) == "What keeps the size?\nThink of stride 1."
    assert plain(question.truth) == "Padding of (d(k−1))/2 on both sides."


def test_cloze_asks_for_one_gap_and_shows_the_others() -> None:
    forget, cell = CARDS["forget-gate.forget"], CARDS["forget-gate.cell-state"]
    assert forget.family == cell.family == "stride-and-padding/forget-gate"
    question = ask(cell, 1)
    assert plain(question.prompt) == "The forget gate scales the old […] element by element."
    assert question.form == Line("the missing words, or nothing to judge yourself", optional=True)
    assert plain(question.truth) == "cell state"
    assert plain(question.explanation) == "The forget gate scales the old cell state element by element."


def test_cloze_may_be_typed_or_left_to_the_learner() -> None:
    question = ask(CARDS["forget-gate.forget"], 1)
    outcomes = [
        verdict and verdict.outcome for verdict in (grade(question, typed) for typed in ("Forget", "input", "", None))
    ]
    assert outcomes == [Outcome.RIGHT, Outcome.WRONG, None, None]


def test_gaps_keep_their_ids_when_others_come_and_go(tmp_path: Path) -> None:
    def ids(sentence: str) -> list[str]:
        path = tmp_path / "d.md"
        path.write_text(f"# T\n\n## A {{#a .cloze}}\n\n{sentence}\n")
        return [each.id for each in load(path).cards]

    assert ids("==one== and ==two==.") == ["d/a.one", "d/a.two"]
    assert ids("==zero==, ==two== and ==one==.") == ["d/a.zero", "d/a.two", "d/a.one"]
    assert ids("==Won=={#one} and ==two==.") == ["d/a.one", "d/a.two"]
    assert ids("==two==, ==two==.") == ["d/a.two", "d/a.two-2"]
    assert ids("==⊙== and ==망각 게이트==.") == ["d/a.u2299", "d/a.망각-게이트"]


def test_what_stands_behind_a_rule_explains_a_cloze(tmp_path: Path) -> None:
    made = card(tmp_path, "## A {#a .cloze}\n\nThe ==gap==.\n\n---\n\nBecause, not a ==gap==.\n")
    assert plain(ask(made, 1).prompt) == "The […]."
    assert plain(ask(made, 1).explanation).endswith("Because, not a gap.")


def test_choice_shuffles_and_judges_every_option() -> None:
    made = CARDS["what-changes-the-count"]
    orders = {ask(made, seed).permutation for seed in range(60)}
    assert len(orders) > 15
    question = ask(made, 3)
    assert isinstance(question.form, Pick)
    assert question.form.several
    first = next(place for place, deck_place in enumerate(question.permutation) if deck_place == 0)
    verdict = grade(question, frozenset({first}))
    assert verdict is not None
    assert verdict.score == Fraction(3, 4)
    assert verdict.marks[first] is Mark.RIGHT
    assert describe_response(question, frozenset({first})) == "1"
    assert {plain((block,)) for block in question.truth} == {"kernel size", "number of filters"}


def test_options_may_hold_several_blocks(tmp_path: Path) -> None:
    made = card(tmp_path, "## A {#a}\n\n- [x] one\n\n  more\n- [ ] two\n  - nested\n")
    question = ask(made, 1)
    assert isinstance(question.form, Pick)
    assert {plain(option) for option in question.form.options} == {"one\nmore", "two\nnested"}
    assert not question.form.several


def test_order_never_shows_the_true_order() -> None:
    made = CARDS["detectors"]
    for seed in range(60):
        question = ask(made, seed)
        assert isinstance(question.form, Arrange)
        assert question.permutation != (0, 1, 2)
    shown = (0, 1, 2)
    assert describe_response(question, shown) == ",".join(str(place + 1) for place in question.permutation)


def test_match_pairs_rows_and_counts_missing_ones() -> None:
    question = ask(CARDS["symbols"], 2)
    assert isinstance(question.form, Pair)
    assert question.form.headings == ("symbol", "meaning")
    assert [plain(left) for left in question.form.left] == ["s", "p", "k"]
    right = right_response(question)
    assert isinstance(right, tuple)
    verdict = grade(question, (right[0], -1, -1))
    assert verdict is not None
    assert verdict.score == Fraction(1, 3)
    assert describe_response(question, (right[0], -1, -1)) == "1,-,-"
    assert read_response(question, "1,-,-") == (right[0], -1, -1)
    assert plain(question.truth).split("\n")[1] == "s | stride"


def test_equal_partners_may_be_exchanged(tmp_path: Path) -> None:
    made = card(tmp_path, "## A {#a .match}\n\n| x | y |\n|---|---|\n| a | same |\n| b | same |\n| c | other |\n")
    question = ask(made, 1)
    right = right_response(question)
    assert isinstance(right, tuple)
    verdict = grade(question, (right[1], right[0], right[2]))
    assert verdict is not None
    assert verdict.outcome is Outcome.RIGHT


def test_text_accepts_what_the_card_accepts() -> None:
    question = ask(CARDS["border"], 1)
    assert plain(question.prompt) == "What is added at the border?\nOne word."
    assert plain(question.truth) == "padding"
    assert plain(question.explanation) == "Mostly zeros."
    for typed, outcome in (("Zero-padding", Outcome.RIGHT), ("paddng", Outcome.CLOSE), ("stride", Outcome.WRONG)):
        verdict = grade(question, typed)
        assert verdict is not None
        assert verdict.outcome is outcome


def test_computed_names_the_slip_and_fills_in_the_solution() -> None:
    question = ask(CARDS["output-size"], 4)
    variant = question.variant
    assert variant is not None
    slip = next(slip for slip in variant.slips if slip.name == "padded_once")
    verdict = grade(question, str(slip.value))
    assert verdict is not None
    assert verdict.outcome is Outcome.SLIP
    assert slip.sentence in verdict.message
    assert "{" not in plain(question.prompt) + plain(question.explanation)
    assert f"{variant.values['padded']} wide" in plain(question.explanation)
    assert [call.reference for call in variant.calls] == ["convolution.output_size"]


def test_computed_asks_an_unreadable_answer_again() -> None:
    verdict = grade(ask(CARDS["output-size"], 4), "many")
    assert verdict is not None
    assert not verdict.counts


def test_text_from_toml_is_cleaned(tmp_path: Path) -> None:
    made = card(tmp_path, '## A {#a}\n\n```toml\naccept = ["\\u001b[31mred\\u202e"]\n```\n')
    assert plain(ask(made, 1).truth) == "[31mred"
