"""Cards without options, asked as a choice: which options there are, when there are none, and how picks are graded."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from studytui.answer.answer_type import AnswerType
from studytui.answer.verdict import Mark, Outcome, Verdict
from studytui.deck.ask import ask, describe_response, grade, read_response, right_response
from studytui.deck.blocks import plain
from studytui.deck.load import load
from studytui.deck.model import Filled, Pick, Question, Response, StepAnswer
from studytui.deck.recast import FEWEST_OPTIONS, MOST_OPTIONS, as_choice, choice_of_computed
from studytui.deck.recast_values import WAYS, WrongValues, value_options
from studytui.deck.retelling import retold
from studytui.face import judged_face
from studytui.quiz.asking import item_of, retake
from tests.support.quizzes import pool_of
from tests.support.recasting import asked_as_choice, built_in, made_up, options

DECKS = Path(__file__).parents[2] / "decks"
DATA = Path(__file__).parent.parent / "data" / "decks" / "stride-and-padding.md"
CARDS = {card.id.partition("/")[2]: card for card in load(DATA).cards}


def choice(question: Question) -> Question:
    found = choice_of_computed(question)
    assert found is not None
    assert found.recast is not None
    assert isinstance(found.form, Pick)
    return found


def pick(question: Question, text: str) -> Verdict:
    verdict = grade(question, read_response(question, text))
    assert verdict is not None
    return verdict


# -- the options of a computed card ------------------------------------------------------------------------------------


def test_the_options_are_the_answer_and_what_the_slips_give() -> None:
    assert options(choice_of_computed(made_up(28, 26, 30))) == ["28", "26", "30"]


def test_slips_of_one_value_are_one_option() -> None:
    question = choice(made_up(28, 26, 30, 26))
    assert options(question) == ["28", "26", "30"]
    assert [slip.name for slip in pick(question, "26").slips] == ["a", "c"]


def test_slips_that_are_shown_alike_are_one_option() -> None:
    assert options(choice_of_computed(made_up(0.123, 0.45601, 0.45602, 0.789))) == ["0.123", "0.456", "0.789"]


def test_a_slip_that_is_shown_like_the_answer_is_no_option() -> None:
    assert options(choice_of_computed(made_up(0.12301, 0.12302, 0.456, 0.789))) == ["0.123", "0.456", "0.789"]


def test_a_slip_that_would_be_graded_as_right_is_no_option() -> None:
    question = made_up(12345.6, 12360.1, 23456.7, 34567.8)
    assert grade(question, "12360.1") == Verdict(Outcome.RIGHT, Fraction(1))
    assert options(choice_of_computed(question)) == ["12346", "23457", "34568"]


def test_a_rounding_of_the_answer_is_no_option() -> None:
    assert options(choice_of_computed(made_up(0.462, 0.46, 0.5, 0.622))) == ["0.462", "0.5", "0.622"]


def test_a_slip_that_only_rounding_tells_from_the_answer_is_no_option() -> None:
    assert options(choice_of_computed(made_up(2.639, 2.658, 2.2, 3.1, digits=2))) == ["2.6", "2.2", "3.1"]


def test_a_fraction_is_no_option_where_a_whole_number_is_asked_for() -> None:
    assert options(choice_of_computed(made_up(28, 27.5, 26, 30))) == ["28", "26", "30"]


def test_what_is_no_finite_number_is_no_option() -> None:
    wrong = (float("nan"), float("inf"), 0.3, 0.4)
    assert options(choice_of_computed(made_up(0.2, *wrong))) == ["0.2", "0.3", "0.4"]


def test_the_unit_stands_behind_every_option() -> None:
    assert options(choice_of_computed(made_up(28, 26, 30, unit="MB"))) == ["28 MB", "26 MB", "30 MB"]


def test_texts_are_options_in_the_cards_language() -> None:
    words = (("forget gate", "망각 게이트"), ("input gate", "입력 게이트"), ("output gate", "출력 게이트"))
    question = made_up("forget gate", "input gate", "output gate", words=words)
    assert options(choice_of_computed(question)) == ["망각 게이트", "입력 게이트", "출력 게이트"]


def test_two_options_that_are_one_word_in_the_cards_language_are_no_choice() -> None:
    words = (("forget gate", "게이트"), ("input gate", "게이트"))
    assert choice_of_computed(made_up("forget gate", "input gate", "output gate", words=words)) is None


def test_shapes_and_vectors_can_be_options() -> None:
    shapes = made_up((28, 28, 4), (28, 28, 8), (28, 28), answer_type=AnswerType.SHAPE)
    assert options(choice_of_computed(shapes)) == ["28×28×4", "28×28×8", "28×28"]
    vectors = made_up((1, 2), (2, 1), (1, 2, 3), answer_type=AnswerType.VECTOR)
    assert options(choice_of_computed(vectors)) == ["[1, 2]", "[2, 1]", "[1, 2, 3]"]


def test_yes_or_no_has_two_options_and_the_wrong_one_has_its_slips() -> None:
    question = choice(made_up(True))
    assert options(question) == ["yes", "no"]
    assert pick(question, "no").outcome is Outcome.WRONG
    assert pick(choice(made_up(True, False)), "no").slips[0].name == "a"


def test_there_are_five_options_at_most_and_those_like_the_answer_stay() -> None:
    for seed in range(10):
        question = choice_of_computed(made_up(500, 7, 510, 9, 520, 530, 540, seed=seed))
        assert options(question) == ["500", "510", "520", "530", "540"]


def test_where_there_are_more_slips_than_options_seeds_take_turns() -> None:
    found = [options(choice_of_computed(made_up(500, *range(510, 580, 10), seed=seed))) for seed in range(30)]
    assert {len(each) for each in found} == {5}
    assert {text for each in found for text in each} == {str(value) for value in range(500, 580, 10)}


def test_a_number_of_hundreds_of_digits_is_no_option() -> None:
    assert options(choice_of_computed(made_up(28, 10**600, 26, 30))) == ["28", "26", "30"]
    assert choice_of_computed(made_up(10**600, 10**600 + 1, 10**600 + 2)) is None


def test_with_one_wrong_value_the_card_is_typed() -> None:
    assert choice_of_computed(made_up(28, 26)) is None
    assert choice_of_computed(made_up(28)) is None


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        pytest.param(96, (1500, 2300, 7), id="the only one of its size"),
        pytest.param(0.5, (0.462, 0.731, 0.622), id="the only one that was not rounded"),
        pytest.param(0.462, (1, 0.5, 2), id="the only one with many digits"),
        pytest.param(3.0, (3.27, 3.81, 4.36), id="the only whole one"),
        pytest.param(5, (-5, -3, -4), id="the only one without a minus"),
        pytest.param(-5, (5, 3, 4), id="the only one with a minus"),
        pytest.param((1, 2), ((1,), (1, 2, 3)), id="the only one with two numbers"),
        pytest.param("a loss that falls slowly", ("ReLU", "tanh"), id="the only long one"),
    ],
)
def test_an_answer_that_is_told_by_its_looks_is_typed(answer: object, wrong: tuple[object, ...]) -> None:
    kind = AnswerType.VECTOR if isinstance(answer, tuple) else None
    assert choice_of_computed(made_up(answer, *wrong, answer_type=kind)) is None  # type: ignore[arg-type]


def test_numbers_of_nearly_one_size_are_alike_whatever_their_digits() -> None:
    assert options(choice_of_computed(made_up(96, 104, 1000))) == ["96", "104", "1000"]


def test_a_value_too_long_to_be_looked_over_is_typed() -> None:
    rows = [tuple(range(start, start + 20)) for start in (100, 200, 300)]
    assert choice_of_computed(made_up(*rows, answer_type=AnswerType.VECTOR)) is None


def test_an_author_can_keep_a_card_from_being_asked_as_a_choice(tmp_path: Path) -> None:
    text = DATA.read_text(encoding="utf-8").replace("{#output-size}", "{#output-size .nochoice}")
    (tmp_path / "d.md").write_text(text, encoding="utf-8")
    deck = load(tmp_path / "d.md")
    card = next(card for card in deck.cards if card.id.endswith("/output-size"))
    assert deck.findings == load(DATA).findings
    assert asked_as_choice(CARDS["output-size"], 1) is not None
    assert asked_as_choice(card, 1) is None


def test_a_card_with_steps_stays_one() -> None:
    question = made_up(28, 26, 30)
    assert question.variant is not None
    stepped = replace(question, variant=replace(question.variant, steps=(StepAnswer("padded", 30),)))
    assert choice_of_computed(stepped) is None


# -- asking ------------------------------------------------------------------------------------------------------------


def test_the_order_follows_from_card_and_seed() -> None:
    orders = {choice(made_up(28, 26, 30, seed=seed)).permutation for seed in range(40)}
    assert orders == {(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)}


def test_the_questions_own_seed_asks_it_again() -> None:
    question = asked_as_choice(CARDS["output-size"], 5)
    assert question is not None
    assert question.recast is not None
    assert asked_as_choice(CARDS["output-size"], question.seed) == question


def test_the_order_is_the_same_in_another_process() -> None:
    code = (
        "from pathlib import Path\n"
        "from studytui.deck.load import load\n"
        "from studytui.deck.ask import ask\n"
        "from studytui.deck.recast import choice_of_computed\n"
        f"cards = {{card.id: card for card in load(Path({str(DATA)!r})).cards}}\n"
        f"print(choice_of_computed(ask(cards[{CARDS['output-size'].id!r}], 5)).permutation)"
    )
    question = asked_as_choice(CARDS["output-size"], 5)
    assert question is not None
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.strip() == str(question.permutation)


@pytest.mark.parametrize("name", ["what-changes-the-count", "detectors", "forget-gate.forget", "symbols", "border"])
def test_cards_of_other_kinds_are_asked_as_they_are(name: str) -> None:
    assert asked_as_choice(CARDS[name], 1) is None


def test_the_slip_that_is_practised_is_among_the_options() -> None:
    for slip in ("padded_once", "rounded_up"):
        question = choice_of_computed(ask(CARDS["output-size"], 3, focus=slip), slip)
        if question is not None:
            assert question.recast is not None
            assert slip in {each.name for slips in question.recast.slips for each in slips}
    assert choice_of_computed(ask(CARDS["output-size"], 3, focus="padded_once"), "padded_once") is not None
    assert choice_of_computed(ask(CARDS["output-size"], 3), "no such slip") is None


@pytest.mark.parametrize(
    "wrong",
    [(14, 19), (24, 27), (24, 27, 29), (21, 23, 24), (21, 26, 30), (21, 23, 26, 29), (*range(21, 25), *range(26, 30))],
)
def test_the_answers_place_among_the_sizes_is_drawn_from_all_that_the_slips_allow(wrong: tuple[int, ...]) -> None:
    """An end is drawn three times as often as a place between, all values four times as often as all but one.

    None is left out where there are more than a choice has.
    """
    below, above = sum(value < 25 for value in wrong), sum(value > 25 for value in wrong)
    most = min(len(wrong), MOST_OPTIONS - 1)
    shares = {
        (count + 1, lower): (3 if lower in {0, count} else 1) * (4 if count == most else 1)
        for count in {most, most if len(wrong) > most else max(most - 1, FEWEST_OPTIONS - 1)}
        for lower in range(count + 1)
        if lower <= below and count - lower <= above
    }
    met: Counter[tuple[int, int]] = Counter()
    for seed in range(400):
        shown = [int(each) for each in options(choice(made_up(25, *wrong, seed=seed)))]
        met[len(shown), sorted(shown).index(25)] += 1
    assert set(met) == set(shares)
    for place, share in shares.items():
        assert met[place] / 400 == pytest.approx(share / sum(shares.values()), abs=0.1)


def test_no_place_among_the_sizes_is_right_much_oftener_than_by_chance() -> None:
    """Over the built-in cards: whoever always picks the place that is right most often is right in a third.

    Before the place was drawn it was 39 of 100; a quarter is chance. Not all slips allow more: where all of a
    card's slips are smaller than its answer, the answer is the largest.
    """
    met: dict[WrongValues, Counter[tuple[int, int]]] = {way: Counter() for way in WAYS}
    for card in (card for deck in built_in(DECKS) for card in deck.cards if card.kind == "computed"):
        for seed in range(6):
            typed = ask(card, seed)
            if typed.variant is None or not isinstance(typed.variant.answer, int | float):
                continue
            for way in WAYS:
                shown = value_options(typed, way)
                sizes = [each.slips[0].value for each in shown[1:]]
                if sizes and all(isinstance(size, int | float) for size in sizes):
                    met[way][len(shown), sum(size < typed.variant.answer for size in sizes)] += 1
    drawn, before = (_best_guess(met[way]) for way in WAYS)
    assert drawn < 0.35
    assert drawn < before - 0.04


def _best_guess(met: Counter[tuple[int, int]]) -> float:
    """How often one is right who knows for each number of options which place is right most often."""
    best = {count: max(met[each, place] for each, place in met if each == count) for count, _ in met}
    return sum(best.values()) / met.total()


@pytest.mark.parametrize("way", WAYS)
def test_a_choice_of_an_earlier_version_is_told_again_as_it_was(way: WrongValues) -> None:
    changed = 0
    for deck in built_in(DECKS):
        for card in (card for card in deck.cards if card.kind == "computed"):
            options_then = value_options(ask(card, 3), way)
            if not options_then:
                continue
            then = as_choice(ask(card, 3), options_then)
            changed += then != choice_of_computed(ask(card, 3))
            pool = pool_of({card.id: card})
            assert retake([item_of(then)], pool) == (then,)
            translated = deck.translations["ko"].get(card.id, card)
            told = retold(then, {card.id: translated}.get)
            if told is not None:
                assert told.recast is not None
                assert then.recast is not None
                assert [[slip.value for slip in slips] for slips in told.recast.slips] == [
                    [slip.value for slip in slips] for slips in then.recast.slips
                ]
    assert (changed > 20) is (way is not WAYS[0])


# -- grading -----------------------------------------------------------------------------------------------------------


def test_the_right_pick_is_right() -> None:
    question = choice(made_up(28, 26, 30))
    verdict = pick(question, "28")
    assert (verdict.outcome, verdict.score, verdict.slips) == (Outcome.RIGHT, 1, ())
    assert read_response(question, "28") == right_response(question)


def test_a_wrong_pick_is_the_slips_behind_it_with_their_sentences() -> None:
    question = choice(made_up(28, 26, 30, 26))
    verdict = pick(question, "26")
    assert (verdict.outcome, verdict.score, verdict.message) == (Outcome.SLIP, 0, "Not a. Or: Not c.")
    assert [slip.name for slip in verdict.slips] == ["a", "c"]
    marks = dict(zip(map(plain, question.form.options), verdict.marks, strict=True))  # type: ignore[union-attr]
    assert marks == {"28": Mark.MISSED, "26": Mark.WRONG, "30": Mark.PLAIN}


def test_a_pick_is_the_slip_that_typing_it_would_be() -> None:
    question = made_up(28, 26, 30)
    typed, picked = grade(question, "26"), pick(choice(question), "26")
    assert typed is not None
    assert (typed.outcome, typed.message, typed.slips) == (picked.outcome, picked.message, picked.slips)


def test_nothing_picked_is_asked_again_and_show_me_is_wrong() -> None:
    question = choice(made_up(28, 26, 30))
    for unread in (frozenset[int](), frozenset({0, 1})):
        verdict = grade(question, unread)
        assert verdict is not None
        assert verdict.outcome is Outcome.UNREADABLE
    shown = grade(question, None)
    assert shown is not None
    assert shown.outcome is Outcome.WRONG
    assert describe_response(question, None) == ""


@pytest.mark.parametrize("response", ["28", (0, 1), Filled(("28",)), frozenset({7}), frozenset({-1})])
def test_a_response_of_another_form_is_wrong(response: Response) -> None:
    question = choice(made_up(28, 26, 30))
    verdict = grade(question, response)
    assert verdict is not None
    assert verdict.outcome is Outcome.WRONG
    assert describe_response(question, response) == ""


def test_a_pick_is_kept_as_its_text() -> None:
    question = choice(made_up(28, 26, 30, unit="MB"))
    assert describe_response(question, read_response(question, "26 MB")) == "26 MB"
    assert read_response(question, "no option") == frozenset()


# -- what is shown -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [80, 40])
def test_every_wrong_option_names_its_mistake_afterwards(width: int) -> None:
    question = asked_as_choice(CARDS["output-size"], 5)
    assert question is not None
    assert question.recast is not None
    for response in (right_response(question), frozenset({(question.recast.right + 1) % 3}), None):
        rows = [row.text for row in judged_face(question, response, grade(question, response), width)]
        said = " ".join(" ".join(rows).split())
        assert all(told in said for told in question.recast.told)
        assert all(len(row) <= width for row in rows)


def test_the_mistake_stands_below_its_option() -> None:
    question = choice(made_up(28, 26, 30))
    response = read_response(question, "30")
    rows = [row.text for row in judged_face(question, response, grade(question, response), 40)]
    assert rows[rows.index("  ( ) 26") + 1] == "      Not a."
    assert "○ ( ) 28 ← right" in rows
    assert rows[rows.index("✗ A known slip") + 1] == "Not b."


# -- the built-in decks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "ko"])
def test_every_choice_of_a_built_in_computed_card_is_fair(language: str) -> None:
    made = 0
    for deck in built_in(DECKS):
        for base in deck.cards:
            question = asked_as_choice(deck.translations.get(language, {}).get(base.id, base), 1)
            if base.kind != "computed" or question is None:
                continue
            made += 1
            assert isinstance(question.form, Pick)
            assert question.recast is not None
            assert question.variant is not None
            typed = ask(question.card, question.seed)
            for place, option in enumerate(question.form.options):
                verdict = grade(typed, plain(option))
                picked = grade(question, frozenset({place}))
                assert verdict is not None
                assert picked is not None
                assert picked.outcome is verdict.outcome, (base.id, plain(option))
                assert picked.message == verdict.message, (base.id, plain(option))
    assert made > 150


def test_a_card_is_the_same_choice_in_every_language() -> None:
    for deck in built_in(DECKS):
        for card in deck.cards:
            ours, theirs = (asked_as_choice(each, 2) for each in (card, deck.translations["ko"].get(card.id, card)))
            if card.kind == "computed":
                assert (ours is None) is (theirs is None)
                assert ours is None or theirs is None or ours.permutation == theirs.permutation
