"""What a quiz that was handed in came to."""

from __future__ import annotations

from fractions import Fraction

from support.quizzes import at, opened, place_of

from studytui.deck.ask import right_response
from studytui.quiz.paper import Paper


def test_scores_are_exact(paper: Paper) -> None:
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
