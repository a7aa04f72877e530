"""What a quiz that was handed in came to, and how it is told."""

from __future__ import annotations

from fractions import Fraction

import pytest
from support.quizzes import CARDS, MINUTE, at, opened, paper_of, place_of

from studytui.deck.ask import right_response
from studytui.deck.model import Card
from studytui.quiz.paper import Paper
from studytui.quiz.sitting import Quiz
from studytui.quiz_report import minutes_text, report_rows, response_text, score_text


def test_scores_are_exact_in_total_by_deck_and_by_kind(paper: Paper) -> None:
    quiz = opened(paper, "drinks")
    (form, right) = quiz.question.form, right_response(quiz.question)
    assert isinstance(right, frozenset)
    assert hasattr(form, "options")
    quiz.answer(frozenset(sorted(right)[:1]), at(0))
    quiz.go(place_of(paper, "places"), at(0))
    partners = right_response(quiz.question)
    assert isinstance(partners, tuple)
    quiz.answer((partners[0], -1, -1), at(0))
    result = quiz.hand_in(at(0))
    assert result.total.points == Fraction(3, 4) + Fraction(1, 3)
    assert {name: score.points for name, score in result.by_deck.items()} == {"breakfast": Fraction(13, 12)}
    assert {name: (score.points, score.questions) for name, score in result.by_kind.items()} == {
        "choice": (Fraction(3, 4), 2), "cloze": (0, 1), "computed": (0, 1), "match": (Fraction(1, 3), 1),
        "order": (0, 1), "text": (0, 1),
    }  # fmt: skip


def test_scores_can_be_had_by_any_topic(paper: Paper) -> None:
    result = Quiz(paper, at(0)).hand_in(at(0))
    assert {name: score.questions for name, score in result.by(lambda card: card.id[10]).items()} == {
        "d": 1, "e": 1, "f": 1, "g": 1, "p": 1, "s": 2,
    }  # fmt: skip


def test_a_slip_is_reported_with_its_sentence_and_the_worked_solution() -> None:
    paper = paper_of({"stride-and-padding/output-size": CARDS["stride-and-padding/output-size"]}, 1)
    variant = paper.questions[0].variant
    assert variant is not None
    slip = variant.slips[0]
    quiz = Quiz(paper, at(0))
    quiz.answer(str(slip.value), at(0))
    result = quiz.hand_in(at(0))
    report = " ".join(row.text for row in report_rows(result, 500))
    assert result.total.points == 0
    for said in (slip.sentence, f"You typed: {slip.value}", f"Answer: {variant.answer}", "places."):
        assert said in report


def test_a_report_of_right_answers_only_says_so(breakfast: dict[str, Card]) -> None:
    paper = paper_of({"breakfast/spread": breakfast["breakfast/spread"]}, 1)
    quiz = Quiz(paper, at(0))
    quiz.answer("butter", at(0))
    report = "\n".join(row.text for row in report_rows(quiz.hand_in(at(0)), 76))
    assert "Score: 1 of 1 (100 %)" in report
    assert report.endswith("Every answer is right.")


def test_responses_are_told_in_the_words_of_the_question(paper: Paper) -> None:
    told = {question.card.id: response_text(question, right_response(question)) for question in paper.questions}
    assert told["breakfast/fruit"] == "apple"
    assert set(told["breakfast/drinks"].split("; ")) == {"tea", "milk"}
    assert told["breakfast/sequence"] == "wake → cook → eat → wash"
    assert told["breakfast/places"] == "soup — bowl; tea — cup; toast — plate"
    assert told["breakfast/spread"] == "butter"
    assert response_text(paper.questions[0], None) == ""


@pytest.mark.parametrize(
    ("milliseconds", "text"), [(0, "0:00"), (59_999, "0:59"), (15 * MINUTE, "15:00"), (3_725_000, "1:02:05")]
)
def test_times_are_minutes_and_seconds(milliseconds: int, text: str) -> None:
    assert minutes_text(milliseconds) == text


def test_points_are_mixed_numbers(paper: Paper) -> None:
    total = Quiz(paper, at(0)).hand_in(at(0)).total
    shown = [
        score_text(type(total)(points, 3)) for points in (Fraction(0), Fraction(2, 3), Fraction(5, 2), Fraction(3))
    ]
    assert shown == ["0 of 3 (0 %)", "2/3 of 3 (22.2 %)", "2 1/2 of 3 (83.3 %)", "3 of 3 (100 %)"]
