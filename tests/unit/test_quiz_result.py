"""What a quiz that was handed in came to."""

from __future__ import annotations

from fractions import Fraction

from support.quizzes import at, opened, place_of

from studytui.deck.ask import right_response
from studytui.quiz.paper import Paper
from studytui.quiz.sitting import Quiz


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
