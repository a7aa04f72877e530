"""Sitting a quiz: what its verbs do to the answers, and how the time is counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.quizzes import MINUTE, SECOND, at, opened, place_of, planned

from studytui.answer.verdict import Outcome, Verdict
from studytui.deck.ask import right_response
from studytui.memory.model import Moment
from studytui.quiz.paper import Paper
from studytui.quiz.sitting import Quiz


def test_a_quiz_with_every_answer_right_has_every_point(paper: Paper) -> None:
    quiz = Quiz(paper, at(0))
    for place, question in enumerate(paper.questions):
        quiz.go(place, at(0))
        assert quiz.answer(right_response(question), at(0)) is None
    result = quiz.hand_in(at(0))
    assert result.total.share == 1
    assert quiz.open_places == ()


def test_an_answer_can_be_changed_until_the_quiz_is_handed_in(paper: Paper) -> None:
    quiz = opened(paper, "spread")
    quiz.answer("jam", at(1))
    quiz.answer("butter", at(2))
    result = quiz.hand_in(at(3))
    quiz.answer("jam", at(4))
    quiz.misread("?", Verdict(Outcome.UNREADABLE), at(4))
    quiz.flag(at(4))
    quiz.go(0, at(4))
    assert quiz.hand_in(at(5)) is result is quiz.result
    assert result.total.points == 1
    assert quiz.here.response == "butter"


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_an_answer_can_be_taken_back(paper: Paper, nothing: str | None) -> None:
    quiz = opened(paper, "spread")
    quiz.answer("butter", at(1))
    quiz.answer(nothing, at(2))
    assert quiz.here.response is None
    assert quiz.hand_in(at(3)).total.points == 0


def test_one_moves_to_any_place_and_stays_on_the_paper(paper: Paper) -> None:
    quiz = Quiz(paper, at(0))
    for place, arrives in ((5, 5), (0, 0), (-1, 0), (6, 6), (7, 6)):
        quiz.go(place, at(0))
        assert quiz.sheet.place == arrives
        assert quiz.question is paper.questions[arrives]


def test_a_flag_goes_up_and_down_and_changes_no_score(paper: Paper) -> None:
    quiz = opened(paper, "spread")
    quiz.flag(at(0))
    assert quiz.flagged_places == (place_of(paper, "spread"),)
    quiz.flag(at(0))
    assert quiz.flagged_places == ()


def test_what_is_unreadable_stays_unanswered_and_says_so(paper: Paper) -> None:
    quiz = opened(paper, "eggs")
    unread = quiz.answer("1,234", at(0))
    assert unread is not None
    assert unread.outcome is Outcome.UNREADABLE
    place = place_of(paper, "eggs")
    assert place in quiz.open_places
    marked = quiz.hand_in(at(0)).marked[place]
    assert (marked.answered, marked.score, marked.verdict) == (False, 0, unread)
    assert marked.answer.unread is not None
    assert marked.answer.unread.typed == "1,234"


def test_what_is_unreadable_leaves_the_earlier_answer(paper: Paper) -> None:
    quiz = opened(paper, "eggs")
    right = right_response(quiz.question)
    quiz.answer(right, at(0))
    quiz.answer("0x10", at(0))
    assert quiz.here.response == right
    assert quiz.hand_in(at(0)).total.points == 1


def test_a_readable_answer_takes_the_place_of_an_unreadable_one(paper: Paper) -> None:
    quiz = opened(paper, "eggs")
    quiz.answer("0x10", at(0))
    quiz.answer("1000", at(0))
    assert quiz.here.unread is None
    verdict = quiz.hand_in(at(0)).marked[place_of(paper, "eggs")].verdict
    assert verdict is not None
    assert verdict.outcome is Outcome.WRONG


def test_a_line_that_no_response_can_be_made_of_is_kept_clean(paper: Paper) -> None:
    quiz = opened(paper, "fruit")
    quiz.misread("\x1b[31m9", Verdict(Outcome.UNREADABLE, message="There is no option 9."), at(0))
    marked = quiz.hand_in(at(0)).marked[place_of(paper, "fruit")]
    assert marked.answer.unread is not None
    assert marked.answer.unread.typed == "[31m9"
    assert not marked.answered


# -- time -------------------------------------------------------------------------------------------------------------


def test_time_is_counted_for_the_question_that_is_open(paper: Paper) -> None:
    quiz = Quiz(paper, at(0))
    quiz.go(1, at(5 * SECOND))
    quiz.answer(right_response(quiz.question), at(7 * SECOND))
    quiz.go(0, at(8 * SECOND))
    result = quiz.hand_in(at(10 * SECOND))
    assert [each.answer.spent_ms for each in result.marked][:3] == [7 * SECOND, 3 * SECOND, 0]
    assert result.elapsed_ms == 10 * SECOND


def test_the_time_left_runs_down_to_nothing(paper: Paper) -> None:
    quiz = Quiz(planned(paper, minutes=1), at(0))
    quiz.flag(at(20 * SECOND))
    assert quiz.left_ms(at(30 * SECOND)) == 30 * SECOND
    assert quiz.left_ms(at(2 * MINUTE)) == 0
    assert Quiz(paper, at(0)).left_ms(at(MINUTE)) is None


@pytest.mark.parametrize("verb", [lambda quiz, now: quiz.go(0, now), lambda quiz, now: quiz.flag(now)])
def test_a_verb_after_the_time_only_hands_in(paper: Paper, verb: Callable[[Quiz, Moment], None]) -> None:
    quiz = opened(paper, "spread", minutes=1)
    quiz.answer("butter", at(SECOND))
    verb(quiz, at(MINUTE))
    assert quiz.result is not None
    assert quiz.result.out_of_time
    assert quiz.result.total.points == 1
    assert quiz.sheet.place == place_of(paper, "spread")
    assert quiz.flagged_places == ()


def test_the_answer_under_way_when_the_time_runs_out_counts_as_late(paper: Paper) -> None:
    quiz = opened(paper, "spread", minutes=1)
    quiz.answer("butter", at(MINUTE + SECOND))
    assert quiz.result is not None
    marked = quiz.result.marked[place_of(paper, "spread")]
    assert (marked.score, marked.answer.late) == (1, True)


def test_an_unreadable_line_after_the_time_hands_in_too(paper: Paper) -> None:
    quiz = opened(paper, "eggs", minutes=1)
    quiz.answer("0x10", at(MINUTE))
    assert quiz.result is not None
    assert not quiz.here.late


def test_a_clock_that_is_set_back_takes_no_time_away(paper: Paper) -> None:
    quiz = Quiz(planned(paper, minutes=1), at(0))
    quiz.flag(at(10 * SECOND))
    quiz.flag(at(-60 * MINUTE))
    assert quiz.left_ms(at(-60 * MINUTE)) == 50 * SECOND
    quiz.flag(at(-60 * MINUTE + SECOND))
    assert quiz.sheet.elapsed_ms == 11 * SECOND


def test_a_sheet_that_was_kept_goes_on_where_it_was(paper: Paper) -> None:
    first = opened(paper, "spread", minutes=1)
    first.answer("butter", at(20 * SECOND))
    second = Quiz(first.paper, at(25 * SECOND), sheet=first.sheet)
    assert (second.sheet.place, second.here.response) == (place_of(paper, "spread"), "butter")
    assert second.left_ms(at(35 * SECOND)) == 25 * SECOND
