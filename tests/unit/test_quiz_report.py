"""The record of a quiz that is over: what it holds of every question, and of the whole."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from support.quizzes import CARDS, MINUTE, SECOND, at, paper_of, planned
from support.reports import asked, line, sat

from studytui.answer.verdict import Mark, Outcome, Slip, Verdict
from studytui.deck.ask import right_response
from studytui.deck.blocks import Block, Span, plain
from studytui.deck.model import Fill, Filled, Line, Part, Recast, StepAnswer
from studytui.memory.model import Rating
from studytui.quiz.plan import AskedAs, Plan
from studytui.quiz.report import MadeSlip, Report, Shape, comparable_key, earlier
from studytui.quiz.result import Marked, Result
from studytui.quiz.sheet import Answer
from studytui.quiz.sitting import Quiz
from studytui.quiz.write_up import report_of, response_text


def text(words):
    return (Block("paragraph", (Span(words),)),)


# -- questions --------------------------------------------------------------------------------------------------------


def test_options_are_kept_as_they_were_shown_with_their_marks(paper):
    right = sorted(right_response(next(q for q in paper.questions if q.card.id == "breakfast/drinks")))
    question = asked(sat(paper, {"drinks": frozenset(right[:1])}), "drinks")
    assert (question.shape, question.score, question.outcome) == (Shape.SEVERAL, Fraction(3, 4), Outcome.CLOSE)
    marks = {plain(entry.text): (entry.picked, entry.mark) for entry in question.entries}
    assert sorted(marks) == ["bread", "milk", "salt", "tea"]
    assert sorted(marks[drink] for drink in ("milk", "tea")) == [(False, Mark.MISSED), (True, Mark.RIGHT)]
    assert {marks[food] for food in ("bread", "salt")} == {(False, Mark.PLAIN)}


def test_without_an_answer_the_right_option_is_missed(paper):
    question = asked(sat(paper), "fruit")
    assert (question.shape, question.outcome, question.typed, question.answered) == (Shape.PICK, None, "", False)
    assert {plain(entry.text): entry.mark for entry in question.entries} == {"apple": Mark.MISSED, "bread": Mark.PLAIN}


def test_items_stand_as_they_were_ordered_each_with_its_right_place(paper):
    question = next(q for q in paper.questions if q.card.id == "breakfast/sequence")
    reversed_ = tuple(reversed(right_response(question)))
    entries = asked(sat(paper, {"sequence": reversed_}), "sequence").entries
    assert [plain(entry.text) for entry in entries] == ["wash", "eat", "cook", "wake"]
    assert [entry.place for entry in entries] == [4, 3, 2, 1]


def test_without_an_answer_items_stand_in_their_right_order(paper):
    entries = asked(sat(paper), "sequence").entries
    assert [(plain(entry.text), entry.place) for entry in entries] == [
        ("wake", 1), ("cook", 2), ("eat", 3), ("wash", 4),
    ]  # fmt: skip


def test_rows_have_the_partner_that_was_given_and_the_right_one(paper):
    question = next(q for q in paper.questions if q.card.id == "breakfast/places")
    first, second, _ = right_response(question)
    entries = asked(sat(paper, {"places": (first, first, -1)}), "places").entries
    assert second != first
    told = [(plain(entry.text), plain(entry.given), plain(entry.truth), entry.mark) for entry in entries]
    assert told == [
        ("soup", "bowl", "bowl", Mark.RIGHT),
        ("tea", "bowl", "cup", Mark.WRONG),
        ("toast", "", "plate", Mark.MISSED),
    ]


def test_a_computed_question_keeps_its_givens_its_slip_and_its_solution():
    paper = paper_of({"stride-and-padding/output-size": CARDS["stride-and-padding/output-size"]}, 1)
    variant = paper.questions[0].variant
    slip = variant.slips[0]
    report = sat(paper, {"output-size": str(slip.value)})
    (question,) = report.questions
    assert (question.shape, question.typed, question.outcome) == (Shape.LINE, str(slip.value), Outcome.SLIP)
    assert MadeSlip(slip.name, slip.sentence) in question.slips
    assert question.givens == variant.givens
    assert plain(question.truth) == str(variant.answer)
    assert "places." in plain(question.explanation)
    assert report.slips[0].cards == ("stride-and-padding/output-size",)


def test_what_could_not_be_read_is_kept_and_is_no_answer(paper):
    question = asked(sat(paper, {"eggs": "0x10"}), "eggs")
    assert (question.typed, question.outcome, question.score, question.answered) == (
        "0x10", Outcome.UNREADABLE, 0, False,
    )  # fmt: skip
    assert question.message


def test_time_flags_and_the_recorded_rating_are_kept(paper):
    report = sat(
        paper, {"spread": "jam"}, flagged=["fruit"], reviews={"breakfast/spread": Rating.AGAIN}, away_ms=MINUTE
    )
    assert (asked(report, "spread").spent_ms, asked(report, "spread").rating) == (5 * SECOND, Rating.AGAIN)
    assert asked(report, "fruit").flagged
    assert (report.reviews, report.away_ms, report.elapsed_ms) == (1, MINUTE, 5 * SECOND)


def test_an_answer_after_the_time_is_late(paper):
    quiz = Quiz(planned(paper, minutes=1), at(0))
    quiz.answer(right_response(quiz.question), at(MINUTE))
    report = report_of(quiz.result, started_ms=0, offset=0)
    assert report.questions[0].late
    assert report.out_of_time


def test_a_card_asked_as_a_choice_names_the_slip_behind_each_option():
    card = CARDS["stride-and-padding/output-size"]
    paper = paper_of({card.id: card}, 1, computed=AskedAs.CHOICE)
    (question,) = paper.questions
    assert isinstance(question.recast, Recast)
    report = sat(paper, {"output-size": frozenset({question.recast.right})})
    entries = report.questions[0].entries
    assert report.questions[0].recast
    assert not entries[question.recast.right].told
    others = [entry for place, entry in enumerate(entries) if place != question.recast.right]
    assert [entry.told for entry in others] == [
        told for place, told in enumerate(question.recast.told) if place != question.recast.right
    ]
    assert any(entry.slips for entry in others)


def test_the_parts_of_a_question_are_kept_each_with_its_verdict():
    (question,) = paper_of({"stride-and-padding/output-size": CARDS["stride-and-padding/output-size"]}, 1).questions
    slip = Slip("padded_once", "Padding is added on both sides.", 8)
    variant = replace(
        question.variant,
        steps=(StepAnswer("padded", 9, (slip,)),),
        values={**question.variant.values, "padded": "9", "answer": "5"},
    )
    form = Fill((Part(text("padded size"), unit="px"), Part(text("output size"))))
    question = replace(question, form=form, variant=variant)
    verdict = Verdict(
        Outcome.SLIP,
        Fraction(1, 2),
        "Counted once.",
        parts=(
            Verdict(Outcome.SLIP, message=slip.sentence, slips=(slip,)),
            Verdict(Outcome.RIGHT, Fraction(1), "Right for your padded size."),
        ),
    )
    marked = Marked(question, Answer(Filled(("8", "4"))), verdict)
    paper = paper_of({"stride-and-padding/output-size": CARDS["stride-and-padding/output-size"]}, 1)
    (told,) = report_of(Result(paper, (marked,), 0), started_ms=0, offset=0).questions
    assert (told.shape, told.typed) == (Shape.PARTS, "padded size: 8; output size: 4")
    assert told.slips == (MadeSlip("padded_once", slip.sentence),)
    first, second = told.entries
    assert (plain(first.text), plain(first.given), plain(first.truth)) == ("padded size", "8", "9 px")
    assert (first.mark, first.outcome, first.score, first.slips) == (Mark.WRONG, Outcome.SLIP, 0, told.slips)
    assert (second.mark, second.score, second.told) == (Mark.RIGHT, 1, "Right for your padded size.")


@pytest.mark.parametrize(("lines", "told"), [(("8", ""), "a: 8; b: –"), ((" 8 ", "9"), "a: 8; b: 9")])
def test_what_was_typed_for_parts_is_one_line(paper, lines, told):
    question = replace(paper.questions[0], form=Fill((Part(text("a")), Part(text("b")))))
    assert response_text(question, Filled(lines)) == told


def test_responses_are_told_in_the_words_of_the_question(paper):
    told = {question.card.id: response_text(question, right_response(question)) for question in paper.questions}
    assert told["breakfast/fruit"] == "apple"
    assert set(told["breakfast/drinks"].split("; ")) == {"tea", "milk"}
    assert told["breakfast/sequence"] == "wake → cook → eat → wash"
    assert told["breakfast/places"] == "soup — bowl; tea — cup; toast — plate"
    assert told["breakfast/spread"] == "butter"
    assert response_text(paper.questions[0], None) == ""


def test_what_was_typed_is_made_safe(paper):
    question = replace(paper.questions[0], form=Line())
    assert "\x1b" not in response_text(question, "\x1b[31mred\n\n")


# -- the whole --------------------------------------------------------------------------------------------------------


def test_groups_have_scores_and_times(paper):
    report = sat(paper, {"spread": "butter", "drinks": "right"})
    (deck,) = report.by_deck
    assert (deck.name, deck.score.points, deck.score.questions, deck.spent_ms) == ("breakfast", 2, 7, 10 * SECOND)
    assert {group.name: (group.score.points, group.spent_ms) for group in report.by_kind} == {
        "choice": (1, 5 * SECOND), "cloze": (0, 0), "computed": (0, 0), "match": (0, 0), "order": (0, 0),
        "text": (1, 5 * SECOND),
    }  # fmt: skip


def test_a_question_counts_for_each_of_its_tags(paper):
    first, *rest = sat(paper).questions
    report = replace(sat(paper), questions=(replace(first, tags=("tea", "milk")), *rest))
    assert [(group.name, group.score.questions) for group in report.by_tag] == [("milk", 1), ("tea", 1)]


def test_the_slip_made_most_comes_first(paper):
    once, twice = MadeSlip("once", "Once."), MadeSlip("twice", "Twice.")
    first, second, *rest = sat(paper).questions
    questions = (replace(first, slips=(once, twice)), replace(second, slips=(twice,)), *rest)
    slips = replace(sat(paper), questions=questions).slips
    assert [(slip.name, slip.count, slip.cards) for slip in slips] == [
        ("twice", 2, (first.card, second.card)),
        ("once", 1, (first.card,)),
    ]


# -- what may be compared ---------------------------------------------------------------------------------------------


def test_quizzes_over_the_same_choice_may_be_compared_whatever_seed_number_and_time():
    plan = Plan(7, ("a", "b"), ("x",), ("text",), 10, 5)
    assert comparable_key(plan) == comparable_key(Plan(8, ("b", "a"), ("x",), ("text",), 30))


@pytest.mark.parametrize("other", [{"decks": ("a",)}, {"tags": ()}, {"kinds": ("choice",)}, {"slip": "padded_once"}])
def test_quizzes_over_another_choice_are_not_compared(other):
    plan = Plan(7, ("a", "b"), ("x",), ("text",))
    assert comparable_key(plan) != comparable_key(replace(plan, **other))


def test_earlier_quizzes_are_those_before_oldest_first(paper):
    report = sat(paper, number=5)
    lines = [line(report, 6, 1, 7), line(report, 4, 1, 3), line(report, 5, 0, 2), line(report, 2, -3, 1)]
    lines.append(line(report, 3, -2, 7, comparable="another"))
    assert [each.number for each in earlier(report, lines)] == [2, 4]
    assert [each.number for each in earlier(replace(report, number=0), lines)] == [2, 4, 5, 6]


def test_a_report_of_a_real_quiz_is_read_back_the_same(paper):
    report = sat(paper, {"spread": "jam", "eggs": "0x10", "drinks": "right"}, number=9, flagged=["fruit"])
    assert Report.from_json(report.to_json()) == report


def test_marks_that_stand_behind_their_letter_are_read_back_so(paper):
    first, *rest = sat(paper).questions
    report = replace(sat(paper), questions=(replace(first, prompt=text("y\u0304")), *rest))
    assert Report.from_json(report.to_json()) == report


def test_a_text_that_was_tampered_with_is_safe_to_show(paper):
    tampered = sat(paper).to_json().replace("Breakfast", "Break\\u001b[31mfast").replace("breakfast", "b\\u202efast")
    report = Report.from_json(tampered)
    assert "\x1b" not in report.to_json()
    assert "\u202e" not in report.to_json()
    assert report.questions[0].deck == "bfast"
