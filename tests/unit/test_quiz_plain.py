"""The quiz line by line, and the command."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result as Run
from support.quizzes import MINUTE, SECOND, Keyboard, at, paper_of, place_of, planned, typed

from studytui.cli import cli
from studytui.deck.model import Card
from studytui.memory.model import Moment
from studytui.quiz.paper import Paper
from studytui.quiz.plan import Feedback, Plan
from studytui.quiz.result import Result
from studytui.quiz.sheet import Sheet
from studytui.quiz.sitting import Quiz
from studytui.quiz_plain import asks_to_resume, asks_which, sit_plainly
from studytui.quizzes import Unfinished


def test_a_whole_quiz_in_a_pipe(run: Callable[..., Run], paper: Paper) -> None:
    done = run("--seed", "7", lines="".join(f"{line}\n" for line in typed(paper).values()))
    assert done.exit_code == 0
    assert "Quiz: seed 7 · 7 questions · Breakfast" in done.stdout
    assert "not 20: the paper has no more" in done.stdout
    assert "Every question has an answer." in done.stdout
    assert "Score: 7 of 7 (100 %)" in done.stdout


def test_skip_back_flag_jump_and_hand_in(run: Callable[..., Run], paper: Paper) -> None:
    place = place_of(paper, "spread")
    lines = ["", ":b", ":b", f":{place + 1}", "jam", f":{place + 1}", ":f", "butter", ":h"]
    done = run("--seed", "7", lines="\n".join(lines))
    assert "This is the first question." in done.stdout
    assert "Your answer so far: jam" in done.stdout
    assert "Flagged." in done.stdout
    assert "Score: 1 of 7 (14.3 %)" in done.stdout
    assert "Answered: 1 of 7" in done.stdout


def test_the_end_of_the_paper_lists_what_is_open_and_goes_there(run: Callable[..., Run], paper: Paper) -> None:
    skipped = ["", ":f", *[""] * 6]
    done = run("--seed", "7", lines="\n".join([*skipped, "", ":?", "", *[""] * 6, "9", "x", "7", ":h"]))
    assert "Without an answer: 1, 2, 3, 4, 5, 6, 7" in done.stdout
    assert "Flagged: 2" in done.stdout
    assert "The questions have numbers from 1 to 7." in done.stdout
    assert done.stdout.count("== 7 of 7") == 3
    assert done.stdout.count("– Not answered") == 7


def test_a_person_is_asked_an_unreadable_answer_again(paper: Paper) -> None:
    place, out = place_of(paper, "fruit") + 1, io.StringIO()
    result = sit_plainly(Quiz(paper, at(0)), lambda: at(0), Keyboard(f":{place}\n9\n:h\n"), out)
    assert out.getvalue().count(f"== {place} of 7") == 2
    assert result is not None
    assert result.total.points == 0


class Written:
    """A journal that counts how often it is written to, and what the lines were by then."""

    number = 3

    def __init__(self, out: io.StringIO) -> None:
        self.out, self.written = out, list[tuple[Sheet, str]]()

    def keep(self, sheet: Sheet) -> None:
        self.written.append((sheet, self.out.getvalue()))

    def hand_in(self, result: Result, sheet: Sheet, now: Moment) -> None:
        pass


@pytest.mark.parametrize("feedback", Feedback)
def test_an_answer_is_written_once_and_before_the_next_question_is_shown(
    breakfast: dict[str, Card], feedback: Feedback
) -> None:
    paper = paper_of(breakfast, feedback=feedback)
    out = io.StringIO()
    journal = Written(out)
    lines = [*typed(paper).values(), ":h"]
    sit_plainly(
        Quiz(paper, at(0), keeper=journal), lambda: at(0), Keyboard("".join(f"{each}\n" for each in lines)), out
    )
    answered = [sum(each.response is not None for each in sheet.answers) for sheet, _ in journal.written]
    assert answered == [1, 2, 3, 4, 5, 6, 7]
    assert [sheet.place for sheet, _ in journal.written] == [1, 2, 3, 4, 5, 6, 6]
    assert [shown.count("\n== ") for _, shown in journal.written] == [1, 2, 3, 4, 5, 6, 7]
    assert ("✓ Right" in out.getvalue()) == (feedback is Feedback.AT_ONCE)


def test_a_late_line_in_a_terminal_ends_the_quiz_and_counts(breakfast: dict[str, Card]) -> None:
    time = [0]

    class Slow(Keyboard):
        def readline(self, size: int | None = -1, /) -> str:
            time[0] += 40 * SECOND
            return super().readline(size)

    out = io.StringIO()
    paper = paper_of(breakfast, minutes=1)
    lines = Slow(f":{place_of(paper, 'spread') + 1}\nbutter\n:b\n:f\n")
    result = sit_plainly(Quiz(paper, at(0)), lambda: at(time[0]), lines, out)
    assert result is not None
    assert (result.total.points, result.elapsed_ms) == (1, 80 * SECOND)
    assert result.marked[place_of(paper, "spread")].answer.late
    assert out.getvalue().endswith("The time is over: the quiz is handed in.\n")


def test_in_a_file_an_unreadable_line_is_for_its_question_only(run: Callable[..., Run], paper: Paper) -> None:
    place = place_of(paper, "fruit") + 1
    done = run("--seed", "7", lines=f":{place}\n9\n:h\n")
    assert done.stdout.count(f"== {place} of 7") == 1
    assert "Not read, no answer: There is no option “9”: there are 2." in done.stdout
    assert "– Not answered: what was typed could not be read" in done.stdout
    assert "You typed: 9" in done.stdout
    again = run("--seed", "7", lines=f":{place}\n1\n:b\n9\n:h\n")
    assert "Your earlier answer stands." in again.stdout


def test_an_unknown_command_is_no_answer(run: Callable[..., Run]) -> None:
    done = run("--seed", "7", lines=":x\x1b[31m\n")
    assert "There is no command “:x[31m” here" in done.stdout
    assert "Answered: 0 of 7" in done.stdout
    assert "\x1b" not in done.stdout


def test_leaving_gives_no_result(run: Callable[..., Run]) -> None:
    done = run("--seed", "7", lines="1\n:q\n")
    assert done.exit_code == 1
    assert done.stdout.endswith("Left without handing in: studytui quiz --resume goes on with it.\n")


def test_the_id_of_a_cloze_is_not_shown_before_the_end(run: Callable[..., Run]) -> None:
    asked = run("--seed", "7", lines="\n" * 7).stdout.partition("Score:")[0]
    assert "Breakfast · cloze" in asked
    assert "gaps." not in asked


def test_the_json_report_stands_alone_on_stdout(run: Callable[..., Run], paper: Paper) -> None:
    lines = typed(paper) | {"breakfast/spread": "jam", "breakfast/eggs": "0x10"}
    done = run(
        "--seed", "7", "--minutes", "15", "--format", "json", lines="".join(f"{line}\n" for line in lines.values())
    )
    report = json.loads(done.stdout)
    assert "Quiz: seed 7 · 7 questions · 15 minutes · Breakfast" in done.stderr
    assert report["seed"] == 7
    assert report["score"] == {"points": "5", "questions": 7, "percent": 71.4}
    assert report["by_deck"] == {"breakfast": report["score"]}
    assert report["limit_ms"] == 15 * MINUTE
    assert len(report["notices"]) == 1
    by_card = {question["card"]: question for question in report["questions"]}
    jam = by_card["breakfast/spread"]
    assert (jam["typed"], jam["verdict"], jam["truth"], jam["explanation"]) == (
        "jam",
        "wrong",
        "butter",
        "Butter is soft.",
    )
    assert by_card["breakfast/fruit"]["typed"] == "apple"


def test_a_drawn_seed_is_shown_and_gives_the_same_paper_again(run: Callable[..., Run]) -> None:
    first = json.loads(run("--format", "json").stdout)
    again = json.loads(run("--format", "json", "--seed", str(first["seed"])).stdout)
    assert [each["question"] for each in first["questions"]] == [each["question"] for each in again["questions"]]


def test_bytes_that_are_no_text_are_no_answer(run: Callable[..., Run], paper: Paper) -> None:
    done = run("--seed", "7", lines=f":{place_of(paper, 'spread') + 1}\n".encode() + b"\xff\xfe\n:h\n")
    assert done.exit_code == 0
    assert "Answered: 0 of 7" in done.stdout


def test_decks_without_machine_graded_cards_are_one_line(run: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "breakfast.md").write_text("# B\n\n## Who eats? {#who}\n\nEverybody.\n")
    done = run()
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "studytui: no card chosen here is graded by machine: choose other decks or kinds\n"


@pytest.mark.parametrize(("setting", "entries"), [("true", 3), ("false", 0)])
def test_a_setting_says_whether_a_quiz_is_recorded(
    run: Callable[..., Run], tmp_path: Path, setting: str, entries: int
) -> None:
    (tmp_path / "settings.toml").write_text(f"quiz_reviews = {setting}\n")
    run("--seed", "7", lines="1\n" * 7)
    counted = json.loads(CliRunner().invoke(cli, ["doctor", "--format", "json"]).stdout)
    assert (counted["entries"], counted["quizzes"]) == (entries, 1)


# -- leaving and going on ---------------------------------------------------------------------------------------------


def test_a_quiz_that_was_left_is_gone_on_with(run: Callable[..., Run], paper: Paper) -> None:
    run("--seed", "7", lines="1\n:q\n")
    again = run("--resume", lines=":1\n:h\n")
    assert again.exit_code == 0
    assert again.stdout.startswith("Note: there are 7 questions")
    assert "\n== 2 of 7 · " in again.stdout
    assert "Your answer so far: " in again.stdout
    assert "Answered: 1 of 7" in again.stdout


def test_in_a_pipe_an_unfinished_quiz_is_named_and_another_begun(run: Callable[..., Run]) -> None:
    run("--seed", "7", lines=":q\n")
    other = run("--seed", "8", lines=":h\n")
    assert other.exit_code == 0
    assert other.stderr == (
        "studytui: Quiz 1 is not finished (0 of 7 answered): seed 7 · 7 questions · Breakfast; "
        "studytui quiz --resume goes on with it\n"
    )
    assert "Quiz: seed 8" in other.stdout


@pytest.mark.parametrize(
    ("typed", "goes_on"), [("\n", True), ("y\n", True), ("", True), ("n\n", False), ("No\n", False)]
)
def test_a_person_is_asked_whether_to_go_on(*, typed: str, goes_on: bool) -> None:
    waits = Unfinished(3, Plan(7), "seed 7", 4, 20, 190_000, 0, 0)
    out = io.StringIO()
    assert asks_to_resume(waits, Keyboard(typed), out) is goes_on
    assert out.getvalue() == ("Quiz 3 is not finished (4 of 20 answered, 3:10 left): seed 7\nGo on with it? [Y/n] ")


def test_a_quiz_can_be_given_up(run: Callable[..., Run]) -> None:
    run("--seed", "7", lines=":q\n")
    assert run("--give-up").stdout == "Quiz 1 is given up.\n"
    for option in ("--resume", "--give-up"):
        done = run(option)
        assert (done.exit_code, done.stderr) == (2, "studytui: no quiz was left: studytui quiz begins one\n")
    run("--seed", "7", lines=":q\n")
    assert json.loads(run("--give-up", "--format", "json").stdout) == {"given_up": 2}


@pytest.fixture
def three_left(run: Callable[..., Run]) -> Callable[..., Run]:
    for seed in ("7", "8", "9"):
        run("--seed", seed, "--minutes", "20", lines="1\n:q\n")
    return run


def test_each_of_several_can_be_gone_on_with_by_its_number(three_left: Callable[..., Run]) -> None:
    assert "Quiz: seed 8" in three_left("--resume", "2", lines=":h\n").stdout
    done = three_left("--resume", "2")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "studytui: quiz 2 was handed in already: studytui quiz --report 2 shows it\n"
    assert "there is no quiz 77" in three_left("--resume", "77").stderr


def test_in_a_pipe_the_latest_of_several_is_gone_on_with_and_the_others_are_named(
    three_left: Callable[..., Run],
) -> None:
    done = three_left("--resume", lines=":q\n")
    assert "Quiz: seed 9" in done.stdout
    assert [line.partition(", begun")[0] for line in done.stderr.splitlines()] == [
        "studytui: Quiz 2",
        "studytui: Quiz 1",
    ]
    assert done.stderr.count("answered, ") == done.stderr.count(" left): seed ") == 2
    assert done.stderr.endswith("studytui quiz --resume 1 goes on with it\n")
    other = three_left("--seed", "4", lines=":h\n")
    assert [line[:16] for line in other.stderr.splitlines()] == [
        "studytui: Quiz 3",
        "studytui: Quiz 2",
        "studytui: Quiz 1",
    ]


def test_of_several_one_is_given_up_only_by_its_number(three_left: Callable[..., Run]) -> None:
    done = three_left("--give-up")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(
        "studytui: several quizzes wait, say which: studytui quiz --give-up 3 (Quiz 3, begun "
    )
    assert done.stderr.count("\n") == 1
    assert three_left("--give-up", "2").stdout == "Quiz 2 is given up.\n"
    assert three_left("--give-up", "2").stderr == "studytui: quiz 2 was given up: begin another with studytui quiz\n"
    assert json.loads(three_left("--give-up", "3", "--format", "json").stdout) == {"given_up": 3}
    for none in ("0", "1a", "breakfast"):
        assert three_left("--give-up", none).exit_code == 2
    assert three_left("--resume", "0").stderr.startswith("studytui: there is no deck “0”")
    assert three_left("--give-up").stdout == "Quiz 1 is given up.\n"


@pytest.mark.parametrize(
    ("typed", "number"), [("\n", 5), ("", 5), ("3\n", 3), ("n\n", None), ("4\n3\n", 3), ("x\nNo\n", None)]
)
def test_a_person_is_asked_which_of_several_to_go_on_with(typed: str, number: int | None) -> None:
    waiting = [Unfinished(each, Plan(7), "seed 7", 4, 20, 190_000, at(0).ms, 0, 540) for each in (5, 3)]
    waiting.append(replace(waiting[0], number=1, problem="the plan cannot be read"))
    out = io.StringIO()
    chosen = asks_which(waiting, Keyboard(typed), out)
    assert (chosen.number if chosen is not None else None) == number
    assert out.getvalue().startswith(
        "Quiz 5, begun 2026-05-29 05:26 (4 of 20 answered, 3:10 left): seed 7\n"
        "Quiz 3, begun 2026-05-29 05:26 (4 of 20 answered, 3:10 left): seed 7\n"
        "Quiz 1 cannot be taken up: the plan cannot be read\n"
        "Go on with which? [5/3/1/n] "
    )


def test_a_deck_that_is_not_open_is_named_with_the_way_to_open_it(run: Callable[..., Run], tmp_path: Path) -> None:
    run("--seed", "7", lines=":q\n")
    done = CliRunner().invoke(cli, ["quiz", "--resume"])
    assert done.exit_code == 2
    assert f"its deck “breakfast” is not open: studytui quiz --resume 1 {tmp_path / 'breakfast.md'}" in done.stderr
    again = run("--resume", str(tmp_path / "breakfast.md"), lines=":h\n")
    assert (again.exit_code, again.stderr) == (0, "")


def test_what_is_over_when_it_is_taken_up_is_said_and_reported(paper: Paper) -> None:
    quiz = Quiz(planned(paper, minutes=1), at(0))
    late, out = Quiz(quiz.paper, at(2 * MINUTE), sheet=quiz.sheet), io.StringIO()
    assert sit_plainly(late, lambda: at(2 * MINUTE), Keyboard(""), out) is late.result
    assert out.getvalue().endswith("The time is over: the quiz is handed in.\n")
    assert "==" not in out.getvalue()


class Interrupting(Keyboard):
    """Someone presses ctrl+c."""

    def readline(self, size: int | None = -1, /) -> str:
        raise KeyboardInterrupt


def test_an_interrupt_leaves_the_quiz_to_be_gone_on_with(paper: Paper) -> None:
    quiz, out = Quiz(planned(paper, minutes=9), at(0)), io.StringIO()
    assert sit_plainly(quiz, lambda: at(0), Interrupting(), out) is None
    assert quiz.result is None
    assert "studytui quiz --resume goes on with it; its time goes on meanwhile." in out.getvalue()


# -- time and feedback ------------------------------------------------------------------------------------------------


def test_little_time_is_told_once_at_the_next_line(paper: Paper) -> None:
    times = iter(range(0, 60 * MINUTE, 20 * SECOND))
    moment = [0]

    class Slow(Keyboard):
        def readline(self, size: int | None = -1, /) -> str:
            moment[0] = next(times)
            return super().readline(size)

    out = io.StringIO()
    sit_plainly(Quiz(planned(paper, minutes=6), at(0)), lambda: at(moment[0]), Slow("\n" * 30), out)
    assert out.getvalue().count("Time: 5 minutes left.") == 1
    assert out.getvalue().count("Time: 1 minute left.") == 1


def test_with_feedback_at_once_the_answer_is_explained_and_stands(run: Callable[..., Run], paper: Paper) -> None:
    place = place_of(paper, "spread") + 1
    done = run("--seed", "7", "--feedback", "at-once", lines=f":{place}\njam\n:{place}\nbutter\n:h\n")
    asked = done.stdout.partition("Score:")[0]
    assert "Butter is soft." in asked
    assert "Your answer: jam" in asked
    assert "This question was answered and judged: its answer stands." in asked
    assert "Score: 0 of 7" in done.stdout
