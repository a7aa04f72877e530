"""Papers and sittings under any seed and any order of verbs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from support.quizzes import CARDS, paper_of, planned

from studytui.answer.verdict import Outcome, Verdict
from studytui.deck.ask import grade, right_response
from studytui.memory.model import Moment
from studytui.quiz.plan import LARGEST_SEED, Order
from studytui.quiz.report import Report
from studytui.quiz.sitting import Quiz
from studytui.quiz.write_up import report_of, response_text
from studytui.quiz_pages import as_json, rows

PAPER = paper_of(CARDS, 9, 7)
SEEDS = st.integers(0, LARGEST_SEED)


@given(SEEDS, st.permutations(list(CARDS)), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_a_paper_follows_from_seed_and_cards_alone(seed: int, cards: list[str], count: int) -> None:
    whole = paper_of(CARDS, 12, seed)
    paper = paper_of({card: CARDS[card] for card in cards}, count, seed)
    assert paper.questions == whole.questions[:count]


@given(SEEDS, st.sets(st.sampled_from(list(CARDS)), min_size=1))
@settings(max_examples=60, deadline=None)
def test_a_card_has_one_question_whatever_else_is_on_the_paper(seed: int, cards: set[str]) -> None:
    whole = {question.card.id: question for question in paper_of(CARDS, 12, seed).questions}
    part = paper_of({card: CARDS[card] for card in {*cards, "stride-and-padding/border"}}, 12, seed)
    for question in part.questions:
        assert question == whole.get(question.card.id, question)


CHOICE = next(card for card in CARDS.values() if card.kind == "choice")


@given(SEEDS, st.lists(st.integers(1, 9), min_size=1, max_size=5), st.data())
@settings(max_examples=40, deadline=None)
def test_by_topic_decks_follow_each_other_each_with_its_share(seed: int, sizes: list[int], data: st.DataObject) -> None:
    cards = {}
    for deck, size in enumerate(sizes):
        for number in range(size):
            cards[f"{deck}/{number}"] = replace(CHOICE, id=f"{deck}/{number}", deck=str(deck))
    count = data.draw(st.integers(1, len(cards)))
    asked = [question.card for question in paper_of(cards, count, seed, order=Order.TOPIC).questions]
    assert [card.id for card in asked] == [each for each in cards if each in {card.id for card in asked}]
    assert len(asked) == count
    for deck, size in enumerate(sizes):
        assert abs(sum(card.deck == str(deck) for card in asked) - count * size / len(cards)) < 2


VERBS = st.one_of(
    st.tuples(st.just("go"), st.integers(-2, 10)),
    st.tuples(st.just("flag"), st.none()),
    st.tuples(st.just("right"), st.none()),
    st.tuples(st.just("answer"), st.text(max_size=8) | st.sampled_from(["7", "1,234", "zeros", ""])),
    st.tuples(st.just("misread"), st.text(max_size=8)),
    st.tuples(st.just("clear"), st.none()),
)
STEPS = st.lists(st.tuples(VERBS, st.integers(-100_000, 100_000)), max_size=25)


Step = tuple[tuple[str, object], int]


def step(quiz: Quiz, verb: str, argument: object, now: Moment) -> None:
    match verb, argument:
        case "go", int() as place:
            quiz.go(place, now)
        case "flag", _:
            quiz.flag(now)
        case "answer", str() as typed:
            quiz.answer(typed, now)
        case "misread", str() as typed:
            quiz.misread(typed, Verdict(Outcome.UNREADABLE), now)
        case _:
            quiz.answer(right_response(quiz.question) if verb == "right" else None, now)


def sit(quiz: Quiz, steps: list[Step], now: Moment) -> Moment:
    for (verb, argument), milliseconds in steps:
        now = Moment(now.ms + milliseconds)
        step(quiz, verb, argument, now)
    return now


@given(STEPS, st.none() | st.integers(1, 8))
@settings(max_examples=150, deadline=None)
def test_any_sitting_ends_with_a_sound_result(steps: list[Step], minutes: int | None) -> None:
    quiz = Quiz(planned(PAPER, minutes=minutes), Moment(0))
    limit_ms = quiz.limit_ms
    now = sit(quiz, steps, Moment(0))
    before = quiz.sheet.answers
    result = quiz.hand_in(now)
    assert result is quiz.hand_in(Moment(now.ms + 1)) is quiz.result
    assert sum(answer.spent_ms for answer in quiz.sheet.answers) == result.elapsed_ms >= 0
    assert [each.answer.response for each in result.marked] == [answer.response for answer in before]
    for each in result.marked:
        assert 0 <= each.score <= 1
        if each.answer.response is None:
            assert not each.answered
            assert each.score == 0
        else:
            assert each.answered
            assert each.verdict == grade(each.question, each.answer.response)
    assert result.total.questions == len(PAPER.questions)
    assert result.out_of_time == (limit_ms is not None and result.elapsed_ms >= limit_ms)
    report = report_of(result, started_ms=0, offset=0)
    for groups in (report.by_deck, report.by_kind):
        assert sum((group.score.points for group in groups), Fraction(0)) == result.total.points
        assert sum(group.score.questions for group in groups) == result.total.questions
    assert Report.from_json(report.to_json()) == report
    assert as_json(report)["answered"] == sum(each.answered for each in result.marked)
    assert all("\x1b" not in row.text for row in rows(report, 40))


@given(STEPS, st.integers(0, 25))
@settings(max_examples=60, deadline=None)
def test_a_sitting_that_was_kept_ends_like_one_that_was_not(steps: list[Step], place: int) -> None:
    whole, first = Quiz(PAPER, Moment(0)), Quiz(PAPER, Moment(0))
    then = sit(first, steps[:place], Moment(0))
    second = Quiz(PAPER, then, sheet=first.sheet)
    assert second.hand_in(sit(second, steps[place:], then)) == whole.hand_in(sit(whole, steps, Moment(0)))


@given(SEEDS)
@settings(max_examples=30, deadline=None)
def test_right_responses_are_told_and_have_every_point(seed: int) -> None:
    quiz = Quiz(paper_of(CARDS, 9, seed), Moment(0))
    for place in range(len(quiz.paper.questions)):
        quiz.go(place, Moment(0))
        assert response_text(quiz.question, right_response(quiz.question))
        quiz.answer(right_response(quiz.question), Moment(0))
    assert quiz.hand_in(Moment(0)).total.share == 1
