"""Sitting a quiz: what its verbs do to the answers, and what is kept."""

from __future__ import annotations

import pytest
from support.quizzes import SECOND, at, opened, place_of, planned

from studytui.answer.verdict import Outcome, Verdict
from studytui.deck.ask import right_response
from studytui.memory.model import Moment
from studytui.problems import Problem
from studytui.quiz.paper import Paper
from studytui.quiz.plan import Feedback
from studytui.quiz.result import Result
from studytui.quiz.sheet import Sheet
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
