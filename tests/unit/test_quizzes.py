"""Quizzes with a desk: begun, killed, taken up again, handed in; and what Study knows of them afterwards."""

import contextlib
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support.world import (
    CHOICE,
    CLOZE,
    COMPUTED,
    DAY,
    MATCH,
    MINUTE,
    RECALL,
    START_MS,
    TEXT,
    World,
    right_for,
    slip_for,
)

import studytui.asking
from studytui.deck.retelling import retold
from studytui.journal import JournalError
from studytui.journal.quizzes import Ending
from studytui.memory.model import Action, Entry, Moment, Rating
from studytui.problems import Problem
from studytui.quiz.plan import Feedback, Plan
from studytui.quiz.report import DamagedLine, Report
from studytui.session import Phase
from studytui.settings import Settings

CHILD = Path(__file__).with_name("quiz_child.py")


@pytest.fixture
def open_desk(tmp_path):
    """Opens a desk over some cards; without any, the one of before again, as after a restart."""
    desks = []

    def opener(*cards, settings=None):
        if cards:
            opener.world = World(tmp_path, *cards, settings=settings)
        desks.append(opener.world.desk())
        return desks[-1]

    yield opener
    for desk in desks:
        desk.close()


def to(quiz, card, now):
    """Opens the question of a card."""
    quiz.go([each.card.id for each in quiz.paper.questions].index(f"deck/{card}"), now)
    return quiz.question


# -- choosing ----------------------------------------------------------------------------------------------------------


def test_what_can_be_chosen_is_told_with_its_questions(open_desk):
    choices = open_desk(RECALL, TEXT, CLOZE, MATCH, COMPUTED).quizzes.choices()
    assert [(each.name, each.title, each.cards) for each in choices.decks] == [("deck", "A deck", 4)]
    assert {each.name: each.cards for each in choices.kinds} == {"cloze": 1, "computed": 1, "match": 1, "text": 1}
    assert choices.tags == ()
    assert choices.cards(Plan(7)) == 4
    assert choices.cards(Plan(7, kinds=("text", "match"))) == 2
    assert choices.cards(Plan(7, decks=("elsewhere",))) == 0


def test_recall_cards_count_where_a_fair_choice_can_be_made_of_them(open_desk):
    capitals = {"France": "Paris", "Spain": "Madrid", "Italy": "Rome", "Greece": "Athens", "Norway": "Oslo"}
    cards = [f"\n## What is the capital of {land}?\n\n{city}\n" for land, city in capitals.items()]
    choices = open_desk(*cards, TEXT).quizzes.choices()
    paper = open_desk().quizzes.paper(Plan(7))
    assert choices.cards(Plan(7)) == len(paper.questions) > 1


def test_a_drill_is_a_plan_with_feedback_at_once_and_no_limit(open_desk):
    desk = open_desk(COMPUTED)
    plan = desk.quizzes.drill("rounded_up", ["deck"])
    assert (plan.slip, plan.decks, plan.feedback, plan.minutes) == ("rounded_up", ("deck",), Feedback.AT_ONCE, None)


# -- taking up again ---------------------------------------------------------------------------------------------------


def test_a_quiz_is_there_before_anything_was_answered(open_desk):
    quiz = open_desk(TEXT, CHOICE).quizzes.begin(Plan(7, minutes=15))
    waits = open_desk().quizzes.unfinished()
    assert (waits.number, waits.header, waits.answered, waits.questions) == (quiz.number, quiz.paper.header, 0, 2)
    assert (waits.left_ms, waits.plan, waits.started_ms, waits.problem) == (15 * 60_000, quiz.paper.plan, START_MS, "")


def test_a_quiz_goes_on_where_it_was_with_the_same_questions(open_desk):
    first = open_desk(TEXT, CHOICE, COMPUTED, MATCH).quizzes.begin(Plan(7, minutes=15))
    clock = open_desk.world.clock
    clock.tick(20)
    first.answer(right_for(first.question), clock())
    first.go(2, clock())
    first.flag(clock())
    clock.tick(5 * MINUTE)
    quizzes = open_desk().quizzes
    waits = quizzes.unfinished()
    assert (waits.answered, waits.left_ms) == (1, 15 * 60_000 - 320_000)
    second = quizzes.resume(waits.number)
    assert second.paper.questions == first.paper.questions
    assert second.paper.header == first.paper.header
    assert second.sheet.answers == first.sheet.answers
    assert (second.sheet.place, second.sheet.elapsed_ms, second.sheet.away_ms) == (2, 20_000, 300_000)
    second.hand_in(clock())
    report = quizzes.report(second.number)
    assert (report.elapsed_ms, report.away_ms, report.answered) == (20_000, 300_000, 1)


def test_a_quiz_whose_time_ran_out_is_handed_in_by_taking_it_up(open_desk):
    quizzes = open_desk(TEXT).quizzes
    quiz = quizzes.begin(Plan(7, minutes=1))
    quiz.answer("padding", open_desk.world.clock())
    open_desk.world.clock.tick(DAY)
    assert quizzes.unfinished().left_ms == 0
    over = quizzes.resume(quiz.number)
    assert over.result.out_of_time
    assert quizzes.report(quiz.number).out_of_time
    assert quizzes.unfinished() is None


def test_the_terminal_that_was_first_is_told_that_the_quiz_goes_on_elsewhere(open_desk):
    first = open_desk(TEXT, CHOICE).quizzes.begin(Plan(7))
    clock = open_desk.world.clock
    second = open_desk().quizzes.resume(first.number)
    with pytest.raises(JournalError, match="goes on in another terminal"):
        first.flag(clock())
    assert first.flagged_places == ()
    second.flag(clock())
    second.hand_in(clock())
    with pytest.raises(JournalError, match="was handed in already"):
        first.hand_in(clock())
    assert first.result is None


def test_a_question_whose_card_was_changed_is_withdrawn_and_costs_nothing(open_desk):
    quizzes = open_desk(TEXT, CHOICE, MATCH).quizzes
    world, clock = open_desk.world, open_desk.world.clock
    quiz = quizzes.begin(Plan(7, minutes=15))
    number = [each.card.id for each in quiz.paper.questions].index("deck/border") + 1
    to(quiz, "border", clock())
    clock.tick(30)
    quiz.answer("padding", clock())
    world.deck.write_text(world.deck.read_text().replace("What is added at the border?", "What is taken away?"))
    desk = open_desk()
    again = desk.quizzes.resume(quiz.number)
    assert again.paper.notices == (
        "there are 3 questions for this quiz, not 20: the paper has no more",
        f"question {number} is withdrawn: its card was changed or is gone; that costs nothing",
    )
    assert [each.card.id for each in again.paper.questions] == [
        each.card.id for each in quiz.paper.questions if each.card.id != "deck/border"
    ]
    assert (again.sheet.elapsed_ms, again.left_ms(clock())) == (0, 15 * 60_000 - 30_000)
    again.answer(right_for(again.question), clock())
    third = desk.quizzes.resume(quiz.number)
    assert third.sheet.answers == again.sheet.answers
    assert third.hand_in(clock()).total.questions == 2
    assert desk.quizzes.reports()[0].score.questions == 2
    assert world.history("deck/border") == []


def test_a_better_explanation_withdraws_nothing(open_desk):
    quiz = open_desk(TEXT, CHOICE).quizzes.begin(Plan(7))
    world = open_desk.world
    world.deck.write_text(world.deck.read_text().replace("Mostly zeros.", "Zeros, mostly."))
    assert len(open_desk().quizzes.resume(quiz.number).paper.questions) == 2


def test_a_quiz_of_which_nothing_is_left_says_how_to_end_it(open_desk):
    quizzes = open_desk(TEXT).quizzes
    quiz = quizzes.begin(Plan(7))
    world = open_desk.world
    world.deck.write_text(world.deck.read_text().replace("added", "put"))
    with pytest.raises(Problem, match=r"changed or are gone; studytui quiz --give-up 1 ends it$"):
        open_desk().quizzes.resume(quiz.number)
    quizzes.give_up(quiz.number)
    assert quizzes.unfinished() is None
    assert quizzes.reports() == []


@pytest.mark.parametrize("column", ["plan", "items", "sheet"])
def test_a_damaged_quiz_is_named_and_can_be_given_up(open_desk, column):
    quizzes = open_desk(TEXT).quizzes
    texts = {"plan": '{"seed":7}', "items": '{"items":[]}', "sheet": "{}"}
    quizzes.begin(Plan(7))
    journal = quizzes._journal
    number = journal.quizzes.begin(Moment(START_MS), "seed 7", 1, **texts | {column: "{"})
    waits = quizzes.unfinished()
    assert waits.number == number
    assert column == "items" or "cannot be read" in waits.problem
    with pytest.raises(Problem, match=r"cannot be taken up: .* cannot be read"):
        quizzes.resume(number)
    quizzes.give_up(number)
    assert quizzes.unfinished().number == number - 1


def test_a_response_that_cannot_be_one_to_its_question_withdraws_it(open_desk):
    quizzes = open_desk(TEXT, CHOICE).quizzes
    quiz = quizzes.begin(Plan(7))
    place = [each.card.kind for each in quiz.paper.questions].index("choice")
    answers = [{}, {}]
    answers[place] = {"response": {"picked": [17]}, "draft": "x"}
    sheet = {"place": 0, "elapsed_ms": 0, "away_ms": 0, "seen_ms": 0, "answers": answers}
    quizzes._journal.quizzes.keep(quiz.number, 0, json.dumps(sheet))
    assert [each.card.kind for each in quizzes.resume(quiz.number).paper.questions] == ["text"]


def test_a_quiz_goes_on_in_the_language_in_which_it_was_begun(open_desk):
    desk = open_desk(TEXT, MATCH)
    open_desk.world.translate()
    desk.decks.refresh()
    desk.language = "ko"
    quiz = desk.quizzes.begin(Plan(7))
    to(quiz, "border", open_desk.world.clock())
    quiz.answer("패딩", open_desk.world.clock())
    desk.language = ""
    again = desk.quizzes.resume(quiz.number)
    assert again.paper.questions == quiz.paper.questions
    assert again.hand_in(open_desk.world.clock()).total.points == 1


def test_an_answer_in_another_language_is_graded_in_it_when_the_quiz_is_taken_up(open_desk):
    desk = open_desk(TEXT, MATCH)
    open_desk.world.translate()
    desk.decks.refresh()
    clock = open_desk.world.clock
    quiz = desk.quizzes.begin(Plan(7))
    question = to(quiz, "border", clock())
    quiz.retell(retold(question, lambda card: desk.decks.library.card(card, "ko")), "ko")
    quiz.answer("패딩", clock())
    again = open_desk().quizzes.resume(quiz.number)
    assert [each.card.heading for each in again.paper.questions] == [each.card.heading for each in quiz.paper.questions]
    assert again.hand_in(clock()).total.points == 1


def test_a_quiz_that_cannot_be_taken_up_stays_with_the_program_that_holds_it(open_desk):
    quiz = open_desk(TEXT).quizzes.begin(Plan(7))
    world, clock = open_desk.world, open_desk.world.clock
    world.deck.write_text(world.deck.read_text().replace("added", "put"))
    with pytest.raises(Problem, match="cannot be taken up"):
        open_desk().quizzes.resume(quiz.number)
    quiz.answer("padding", clock())
    assert quiz.hand_in(clock()).total.points == 1


def test_what_is_written_while_a_quiz_is_taken_up_is_on_its_sheet(open_desk, monkeypatch):
    quiz = open_desk(TEXT, CHOICE).quizzes.begin(Plan(7))
    clock = open_desk.world.clock
    quizzes = open_desk().quizzes
    take = quizzes._journal.quizzes.take
    said = ["padding"]

    def slow(as_read):
        if said:
            to(quiz, "border", clock())
            quiz.answer(said.pop(), clock())
        return take(as_read)

    monkeypatch.setattr(quizzes._journal.quizzes, "take", slow)
    again = quizzes.resume(quiz.number)
    assert again.sheet.answers == quiz.sheet.answers
    assert again.hand_in(clock()).total.points == 1


# -- damage ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_damage(open_desk):
    """Quizzes of a desk, of which one is handed in as a test says and others round it as they should be."""

    def handed_in(points="1", questions=1, elapsed=1000, plan='{"seed":7}', report="{}", started=START_MS):
        desk = open_desk(TEXT)
        clock, journal = open_desk.world.clock, desk.quizzes._journal
        desk.quizzes.begin(Plan(7)).hand_in(clock())
        number = journal.quizzes.begin(Moment(started), "seed 7", 1, plan, "{}", "{}")
        ending = Ending("seed\x1b[31m 7", points, questions, elapsed, "{}", report)
        journal.quizzes.hand_in(number, 0, clock(), lambda _: (ending, ()))
        desk.quizzes.begin(Plan(7)).hand_in(clock())
        return desk.quizzes, number

    return handed_in


@pytest.mark.parametrize(
    "damage",
    [
        {"plan": "{"}, {"plan": '{"seed":-1}'}, {"plan": "null"}, {"points": "1e999999999"}, {"points": "2"},
        {"points": "1/0"}, {"points": "lots"}, {"questions": 0, "points": "0"}, {"elapsed": -1}, {"started": 2**62},
    ],
)  # fmt: skip
def test_one_quiz_that_cannot_be_read_hides_no_other(with_damage, damage):
    quizzes, number = with_damage(**damage)
    assert [line.number for line in quizzes.listed()] == [number + 1, number, number - 1]
    assert [line.number for line in quizzes.reports()] == [number + 1, number - 1]
    damaged = quizzes.listed()[1]
    assert isinstance(damaged, DamagedLine)
    assert "cannot be read" in damaged.problem
    assert "studytui doctor" in damaged.problem


def test_a_damaged_report_is_named_with_what_to_do(with_damage):
    quizzes, number = with_damage(report='{"version":1}')
    with pytest.raises(Problem, match=rf"^quiz {number}: the report is damaged \(.*\): studytui doctor .*--restore"):
        quizzes.report(number)
    assert [line.number for line in quizzes.reports()] == [number + 1, number, number - 1]
    assert quizzes.reports()[1].header == "seed[31m 7"


def test_doctor_finds_points_that_no_memory_has_room_for(open_desk, with_damage):
    _, number = with_damage(points="1e999999999")
    assert any(f"quiz {number} cannot be read" in line for line in open_desk.world.problems())


# -- other programs ----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def sitting_elsewhere(world):
    """Another program that sits a quiz in this world and has answered three questions; and what it said."""
    with subprocess.Popen(
        [sys.executable, CHILD, world.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process, [json.loads(process.stdout.readline()) for _ in range(3)]


def test_a_killed_quiz_goes_on_with_every_answer_and_the_clock_counted(open_desk):
    open_desk(TEXT, CHOICE, COMPUTED, MATCH)
    world = open_desk.world
    with sitting_elsewhere(world) as (process, said):
        process.send_signal(signal.SIGKILL)
    world.clock.tick(3 * MINUTE)
    quizzes = open_desk().quizzes
    quiz = quizzes.resume(quizzes.unfinished().number)
    assert [answer.response is not None for answer in quiz.sheet.answers] == [True, True, True, False]
    assert quiz.sheet.elapsed_ms == said[-1]["elapsed_ms"] == 30_000
    assert quiz.left_ms(world.clock()) == 15 * 60_000 - 180_000
    assert quiz.hand_in(world.clock()).total.points == 3
    assert world.problems() == []


def test_a_program_whose_quiz_was_taken_up_by_another_is_told_so(open_desk):
    open_desk(TEXT, CHOICE, COMPUTED, MATCH)
    with sitting_elsewhere(open_desk.world) as (process, _):
        quizzes = open_desk().quizzes
        quiz = quizzes.resume(quizzes.unfinished().number)
        said, _ = process.communicate("go on\n", timeout=60)
    assert said == f"quiz {quiz.number} goes on in another terminal: leave it here, or resume it here again\n"
    quiz.flag(open_desk.world.clock())
    assert quiz.flagged_places == (quiz.sheet.place,)


# -- memory ------------------------------------------------------------------------------------------------------------


def sat(desk, clock, how):
    """A whole quiz; `how` gives a response to a question."""
    quiz = desk.quizzes.begin(Plan(7))
    for place in range(len(quiz.paper.questions)):
        quiz.go(place, clock())
        clock.tick(10)
        quiz.answer(how(quiz.question), clock())
    quiz.hand_in(clock())
    return desk.quizzes.report(quiz.number)


def test_a_wrong_answer_introduces_a_card_and_a_right_one_leaves_it_new(open_desk):
    desk = open_desk(COMPUTED, TEXT)
    world = open_desk.world
    report = sat(
        desk, world.clock, lambda question: "nonsense" if question.card.kind == "text" else right_for(question)
    )
    (entry,) = world.history("deck/border")
    assert (entry.rating, entry.verdict, entry.typed, entry.duration_ms) == (Rating.AGAIN, "wrong", "nonsense", 10_000)
    assert world.history("deck/output-size") == []
    assert {each.card: each.rating for each in report.questions} == {
        "deck/border": Rating.AGAIN,
        "deck/output-size": None,
    }


def test_the_reviews_of_a_quiz_are_taken_back_and_brought_back_in_one_go(open_desk):
    desk = open_desk(COMPUTED, TEXT)
    world = open_desk.world
    sat(desk, world.clock, lambda question: "17777777")
    cards = ("deck/border", "deck/output-size")
    assert all(world.state(card).memory is not None for card in cards)
    assert desk.cards.undo().card in cards
    assert all(world.state(card).memory is None for card in cards)
    assert desk.cards.undo() is None
    assert desk.cards.redo().card in cards
    assert all(world.state(card).memory is not None for card in cards)
    assert world.problems() == []


def test_the_cards_of_a_quiz_do_not_all_fall_due_on_one_day(open_desk):
    cards = [TEXT.replace("{#border}", f"{{#border-{number}}}") for number in range(4)]
    desk = open_desk(*cards, settings=Settings(learning_steps=()))
    world = open_desk.world
    ids = [f"deck/border-{number}" for number in range(4)]
    for card in ids:
        desk._journal.record(Entry(card, Action.REVIEW, world.clock().ms, 0, desk.day.today, rating=Rating.EASY))
    world.clock.tick(40 * DAY)
    sat(desk, world.clock, right_for)
    assert len({world.state(card).memory.due_day for card in ids}) == 4
    assert world.problems() == []  # a replay puts them there again


def test_a_setting_keeps_quizzes_and_memory_apart(open_desk):
    desk = open_desk(TEXT, settings=Settings(quiz_reviews=False))
    report = sat(desk, open_desk.world.clock, lambda _: "nonsense")
    assert open_desk.world.history("deck/border") == []
    assert report.reviews == 0
    assert isinstance(report, Report)


def shows(question, slip):
    return slip in [each.name for each in question.variant.slips]


def test_a_slip_made_in_a_quiz_comes_back_in_study_with_a_variant_that_shows_it(open_desk):
    desk = open_desk(COMPUTED)
    clock = open_desk.world.clock
    report = sat(desk, clock, slip_for)
    made = report.questions[0].slips[0]
    for _ in range(12):
        clock.tick(2 * MINUTE)
        session = desk.day.session()
        session.begin()
        assert session.phase is Phase.ASKING
        assert shows(session.question, made.name)
        session.answer("123456")
        session.rate(Rating.AGAIN)


def test_a_slip_is_forgotten_once_the_card_is_answered_right(open_desk, monkeypatch):
    desk = open_desk(COMPUTED)
    clock = open_desk.world.clock
    sat(desk, clock, slip_for)
    asked = []
    ask = studytui.asking.ask
    monkeypatch.setattr(studytui.asking, "ask", lambda *card, **how: asked.append(how["focus"]) or ask(*card, **how))
    for response in (right_for, right_for):
        clock.tick(15 * MINUTE)
        session = desk.day.session()
        session.begin()
        session.answer(response(session.question))
        session.rate(Rating.AGAIN)
    assert asked[0] != ""
    assert set(asked[1:]) == {""}


def test_a_suspended_card_stays_as_it_was(open_desk):
    desk = open_desk(TEXT)
    world = open_desk.world
    session = desk.day.session()
    session.begin()
    session.suspend()
    sat(desk, world.clock, lambda _: "nonsense")
    assert [entry.action for entry in world.history("deck/border")] == [Action.SUSPEND]
