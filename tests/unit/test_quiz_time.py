"""Sitting a quiz: how the time is counted, what stands typed when it runs out, time away, and warnings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.quizzes import MINUTE, SECOND, at, opened, place_of, planned

from studytui.deck.ask import right_response
from studytui.deck.model import Response
from studytui.memory.model import Moment
from studytui.quiz.paper import Paper
from studytui.quiz.sitting import Quiz, warning

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


# -- what was typed and not entered -----------------------------------------------------------------------------------


def test_what_stands_typed_when_the_time_runs_out_counts_and_is_not_late(paper: Paper) -> None:
    quiz = opened(paper, "spread", minutes=1)
    quiz.draft("butter", at(59 * SECOND))
    quiz.tick(at(MINUTE + SECOND))
    assert quiz.result is not None
    marked = quiz.result.marked[place_of(paper, "spread")]
    assert (marked.score, marked.answer.late, marked.answer.response) == (1, False, "butter")


def test_what_stands_typed_takes_the_place_of_an_answer_only_if_it_can_be_read(paper: Paper) -> None:
    quiz = opened(paper, "eggs", minutes=1)
    quiz.answer(right_response(quiz.question), at(1))
    quiz.draft("0x1", at(2))
    result = quiz.hand_in(at(MINUTE))
    assert result.total.points == 1
    assert quiz.here.unread is not None
    assert quiz.here.unread.typed == "0x1"


def test_what_stands_typed_does_not_count_when_the_learner_hands_in_before(paper: Paper) -> None:
    quiz = opened(paper, "spread", minutes=1)
    quiz.draft("butter", at(SECOND))
    assert quiz.here.draft == "butter"
    assert quiz.hand_in(at(2 * SECOND)).total.points == 0


def test_what_was_typed_stays_with_its_question_until_it_is_entered_or_rubbed_out(paper: Paper) -> None:
    quiz = opened(paper, "spread")
    quiz.draft("but", at(0))
    quiz.go(0, at(1))
    quiz.go(place_of(paper, "spread"), at(2))
    assert quiz.here.draft == "but"
    quiz.answer("butter", at(3))
    assert quiz.here.draft is None
    quiz.draft("butter", at(4))
    assert quiz.here.draft is None
    quiz.draft("jam", at(5))
    quiz.draft(" ", at(6))
    assert quiz.here.draft is None
    assert quiz.here.response == "butter"


@pytest.mark.parametrize(("card", "nothing"), [("places", (-1, -1, -1)), ("drinks", frozenset())])
def test_nothing_picked_and_nothing_paired_is_no_draft(paper: Paper, card: str, nothing: Response) -> None:
    quiz = opened(paper, card)
    quiz.draft(nothing, at(0))
    assert quiz.here.draft is None


# -- time away --------------------------------------------------------------------------------------------------------


def test_time_away_counts_against_the_limit_and_for_no_question(paper: Paper) -> None:
    first = opened(paper, "spread", minutes=10)
    first.answer("butter", at(20 * SECOND))
    second = Quiz(first.paper, at(5 * MINUTE + 20 * SECOND), sheet=first.sheet)
    assert second.left_ms(at(5 * MINUTE + 20 * SECOND)) == 4 * MINUTE + 40 * SECOND
    result = second.hand_in(at(6 * MINUTE + 20 * SECOND))
    assert (result.elapsed_ms, result.away_ms) == (80 * SECOND, 5 * MINUTE)
    assert sum(each.answer.spent_ms for each in result.marked) == 80 * SECOND


def test_a_quiz_whose_time_ran_out_while_it_was_away_is_over_when_it_is_taken_up(paper: Paper) -> None:
    first = opened(paper, "spread", minutes=1)
    first.draft("butter", at(20 * SECOND))
    second = Quiz(first.paper, at(60 * MINUTE), sheet=first.sheet)
    assert second.result is not None
    assert second.result.out_of_time
    assert second.result.total.points == 1
    assert second.answer("jam", at(60 * MINUTE)) is None
    assert second.result.total.points == 1


def test_a_clock_set_back_gives_no_time(paper: Paper) -> None:
    quiz = opened(paper, "spread", minutes=1)
    quiz.flag(at(10 * SECOND))
    for second in range(1, 31):
        quiz.tick(at(-60 * MINUTE + second * SECOND))
    assert quiz.left_ms(at(-60 * MINUTE + 30 * SECOND)) == 21 * SECOND


def test_a_program_that_slept_past_the_end_charges_no_question_for_it(paper: Paper) -> None:
    quiz = opened(paper, "spread", minutes=1)
    quiz.tick(at(8 * 60 * MINUTE))
    assert quiz.result is not None
    assert quiz.result.elapsed_ms == MINUTE


# -- warnings ---------------------------------------------------------------------------------------------------------


def test_five_minutes_and_one_minute_are_told_once_each(paper: Paper) -> None:
    quiz = Quiz(planned(paper, minutes=7), at(0))
    told = [quiz.warning(at(second * SECOND)) for second in range(421)]
    assert [(second, words) for second, words in enumerate(told) if words] == [
        (120, "5 minutes left"),
        (360, "1 minute left"),
    ]


@pytest.mark.parametrize("minutes", [1, 5])
def test_a_quiz_no_longer_than_a_warning_does_not_begin_with_it(paper: Paper, minutes: int) -> None:
    assert Quiz(planned(paper, minutes=minutes), at(0)).warning(at(0)) == ""
    assert Quiz(planned(paper, minutes=minutes), at(0)).warning(at(SECOND)) == ""


def test_who_comes_late_to_a_warning_hears_the_last_one_as_it_is() -> None:
    assert warning(6 * MINUTE, 30 * SECOND) == "less than 1 minute left"
    assert warning(6 * MINUTE, 3 * MINUTE) == "less than 5 minutes left"
    assert warning(6 * MINUTE, 0) == ""
    assert warning(4 * MINUTE, 3 * MINUTE) == ""


def test_without_a_limit_nothing_is_told(paper: Paper) -> None:
    assert Quiz(paper, at(0)).warning(at(60 * MINUTE)) == ""
