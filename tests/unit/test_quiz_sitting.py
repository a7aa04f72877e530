"""Sitting a quiz: what its verbs do to the answers, and how the time is counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.quizzes import MINUTE, SECOND, at, opened, place_of, planned

from studytui.answer.verdict import Outcome, Verdict
from studytui.deck.ask import right_response
from studytui.deck.model import Response
from studytui.memory.model import Moment
from studytui.problems import Problem
from studytui.quiz.paper import Paper
from studytui.quiz.plan import Feedback
from studytui.quiz.result import Result
from studytui.quiz.sheet import Sheet
from studytui.quiz.sitting import Quiz, warning


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


# -- feedback at once -------------------------------------------------------------------------------------------------


def test_with_feedback_at_once_an_answer_is_judged_and_locked(paper: Paper) -> None:
    quiz = opened(planned(paper, feedback=Feedback.AT_ONCE), "spread")
    place = place_of(paper, "spread")
    assert quiz.judged(place) is None
    quiz.answer("jam", at(1))
    verdict = quiz.judged(place)
    assert verdict is not None
    assert verdict.outcome is Outcome.WRONG
    quiz.answer("butter", at(2))
    quiz.misread("?", Verdict(Outcome.UNREADABLE), at(2))
    quiz.draft("butter", at(2))
    assert quiz.here == quiz.sheet.answers[place]
    assert (quiz.here.response, quiz.here.unread, quiz.here.draft) == ("jam", None, None)
    quiz.flag(at(3))
    assert quiz.flagged_places == (place,)
    assert quiz.hand_in(at(4)).total.points == 0


def test_with_feedback_at_once_what_cannot_be_read_stays_open(paper: Paper) -> None:
    quiz = opened(planned(paper, feedback=Feedback.AT_ONCE), "eggs")
    assert quiz.answer("0x1", at(1)) is not None
    assert quiz.judged(quiz.sheet.place) is None
    quiz.answer(right_response(quiz.question), at(2))
    assert quiz.judged(quiz.sheet.place) is not None


def test_with_feedback_at_the_end_nothing_is_judged_before(paper: Paper) -> None:
    quiz = opened(paper, "spread")
    quiz.answer("jam", at(1))
    assert quiz.judged(quiz.sheet.place) is None


# -- keeping ----------------------------------------------------------------------------------------------------------


class Shelf:
    """Keeps sheets in memory, or refuses to."""

    number = 3

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.results: list[Result] = []
        self.full = False

    def keep(self, sheet: Sheet) -> None:
        if self.full:
            raise Problem("the disk is full")
        self.sheets.append(sheet)

    def hand_in(self, result: Result, sheet: Sheet, now: Moment) -> None:
        self.keep(sheet)
        self.results.append(result)


def test_each_verb_that_changes_something_is_kept(paper: Paper) -> None:
    shelf = Shelf()
    quiz = Quiz(paper, at(0), keeper=shelf)
    quiz.go(1, at(1))
    quiz.flag(at(2))
    quiz.answer(right_response(quiz.question), at(3))
    assert len(shelf.sheets) == 3
    assert shelf.sheets[-1] == quiz.sheet
    quiz.go(99, at(4))
    quiz.tick(at(5))
    assert len(shelf.sheets) == 3
    result = quiz.hand_in(at(6))
    quiz.hand_in(at(7))
    assert shelf.results == [result]
    assert quiz.number == 3


def test_an_answer_and_the_next_question_are_kept_as_one(paper: Paper) -> None:
    shelf = Shelf()
    quiz = Quiz(paper, at(0), keeper=shelf)
    quiz.answer(right_response(quiz.question), at(1 * SECOND), then=1)
    assert [(sheet.place, sheet.answers[0].response is None) for sheet in shelf.sheets] == [(1, False)]
    quiz.answer(right_response(quiz.question), at(3 * SECOND), then=2)
    assert [answer.spent_ms for answer in quiz.sheet.answers[:3]] == [1 * SECOND, 2 * SECOND, 0]


def test_an_answer_that_was_not_read_and_the_last_one_open_no_other_question(paper: Paper) -> None:
    quiz = opened(paper, "eggs")
    assert quiz.answer("1,234", at(1), then=0) is not None
    assert quiz.sheet.place == place_of(paper, "eggs")
    quiz.answer(None, at(1), then=len(paper.questions))
    assert quiz.sheet.place == place_of(paper, "eggs")


def test_what_is_judged_at_once_stays_open_and_what_is_left_blank_does_not(paper: Paper) -> None:
    quiz = opened(planned(paper, feedback=Feedback.AT_ONCE), "spread")
    here = quiz.sheet.place
    quiz.answer("jam", at(1), then=0)
    assert quiz.sheet.place == here
    quiz.go(0, at(1))
    quiz.answer(None, at(1), then=1)
    assert quiz.sheet.place == 1


def test_a_draft_is_kept_within_a_second_and_time_within_half_a_minute(paper: Paper) -> None:
    shelf = Shelf()
    quiz = Quiz(paper, at(0), keeper=shelf)
    quiz.go(place_of(paper, "spread"), at(0))
    for length in range(1, 7):
        quiz.draft("butter"[:length], at(100 * length))
        quiz.tick(at(100 * length))
    assert len(shelf.sheets) == 1
    quiz.tick(at(1100))
    assert [sheet.answers[quiz.sheet.place].draft for sheet in shelf.sheets] == [None, "butter"]
    quiz.tick(at(20 * SECOND))
    assert len(shelf.sheets) == 2
    quiz.tick(at(32 * SECOND))
    assert shelf.sheets[-1].elapsed_ms == 32 * SECOND


def test_a_change_that_cannot_be_kept_did_not_happen(paper: Paper) -> None:
    shelf = Shelf()
    quiz = Quiz(paper, at(0), keeper=shelf)
    shelf.full = True
    place = place_of(paper, "spread")
    for verb in (
        lambda: quiz.go(place, at(1)),
        lambda: quiz.flag(at(1)),
        lambda: quiz.answer(right_response(quiz.question), at(1)),
        lambda: quiz.hand_in(at(1)),
    ):
        with pytest.raises(Problem):
            verb()
    assert (quiz.sheet.place, quiz.flagged_places, quiz.result) == (0, (), None)
    assert len(quiz.open_places) == len(paper.questions)
    shelf.full = False
    assert quiz.hand_in(at(2)).elapsed_ms == 2


def test_leaving_keeps_the_time_that_the_question_took(paper: Paper) -> None:
    shelf = Shelf()
    quiz = Quiz(paper, at(0), keeper=shelf)
    quiz.leave(at(9 * SECOND))
    assert shelf.sheets[-1].elapsed_ms == 9 * SECOND
