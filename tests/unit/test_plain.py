"""Line mode: a sitting by lines in and lines out."""

import io

import pytest
from support.world import CHOICE, COMPUTED, DAY, FIGURED, RECALL, SEVERAL, STEPPED, TEXT, World, mistaken, right_for

from reference_impl.compare import Opinion
from studytui.deck.model import Arrange, Line, Pair, Pick
from studytui.memory.model import Rating
from studytui.plain import study_plainly
from studytui.quiz.plan import Plan
from studytui.quiz.write_up import report_of
from studytui.quiz_pages import as_json
from studytui.quiz_plain import print_report, sit_plainly
from studytui.session import Phase
from studytui.settings import Settings, load
from studytui.text import display_width


def sit(world, lines):
    """Runs a sitting over all decks and gives what was printed."""
    out = io.StringIO()
    with world.desk() as desk:
        study_plainly(desk, None, lines if hasattr(lines, "readline") else io.StringIO(lines), out)
    return out.getvalue()


class Diligent:
    """Types the right answer to every question, and takes every suggestion."""

    def __init__(self, world, monkeypatch):
        self.world, self.kinds = world, []
        from studytui.desk.day import Day

        original = Day.session

        def session(day, decks=None):
            self.session = original(day, decks)
            return self.session

        monkeypatch.setattr(Day, "session", session)

    def readline(self):
        self.world.clock.tick(8)
        question = self.session.question
        if self.session.phase is Phase.JUDGED:
            return "\n"
        self.kinds.append(question.card.kind)
        right = right_for(question)
        match question.form:
            case Pick():
                return " ".join(str(place + 1) for place in sorted(right)) + "\n"
            case Arrange() | Pair():
                return " ".join(str(place + 1) for place in right) + "\n"
            case Line():
                return f"{right}\n"
            case _:
                return "\n"


def test_a_whole_sitting_through_every_kind(tmp_path, monkeypatch):
    world = World(tmp_path, settings=Settings(learning_steps=()))
    diligent = Diligent(world, monkeypatch)
    printed = sit(world, diligent)
    assert set(diligent.kinds) == {"recall", "cloze", "choice", "order", "match", "text", "computed"}
    assert printed.count("✓ Right") == 6
    assert "Done for today" in printed
    assert "8 reviews, 100 % remembered, 1 min 4 s." in printed
    assert world.problems() == []


def test_the_right_answer_to_every_kind_is_right(tmp_path, monkeypatch):
    world = World(tmp_path, settings=Settings(learning_steps=()))
    sit(world, Diligent(world, monkeypatch))
    with world.journal() as journal:
        verdicts = {entry.verdict for card in _cards(world) for entry in journal.history(card)}
    assert verdicts == {"right", ""}


def _cards(world):
    with world.desk() as desk:
        return [card.id for card in desk.decks.library.cards("stride-and-padding")]


def test_the_end_of_the_input_leaves_and_what_was_rated_is_saved(tmp_path):
    world = World(tmp_path, RECALL, TEXT)
    printed = sit(world, "\n4\npad")
    assert printed.endswith("Left; everything is saved.\n")
    assert world.state("deck/why-padding").memory.reviews == 1
    assert world.state("deck/border").memory is None


def test_q_leaves_at_the_rating_without_recording(tmp_path):
    world = World(tmp_path, RECALL)
    assert "Left; everything is saved." in sit(world, "\n:q\n")
    assert world.history("deck/why-padding") == []


def test_what_cannot_be_read_is_asked_again_without_repeating_the_question(tmp_path):
    world = World(tmp_path, COMPUTED)
    printed = sit(world, "1,234\nnan\n")
    assert printed.count("Not read, not counted: ") == 2
    assert printed.count("How wide is the output?") == 1
    assert world.history("deck/output-size") == []


@pytest.mark.parametrize("typed", ["4", "0", "1 2", "x"])
def test_an_option_that_is_not_there_is_not_read(tmp_path, typed):
    assert "Not read, not counted: " in sit(World(tmp_path, CHOICE), f"{typed}\n")


def test_a_rating_that_is_not_there_is_asked_again_and_the_verdict_is_not_repeated(tmp_path):
    printed = sit(World(tmp_path, RECALL), "\n9\ngood\n:?\n3\n")
    assert printed.count("Type 1, 2, 3 or 4") == 2
    assert printed.count("The filter can be centred") == 1
    assert "commands: " in printed


@pytest.mark.parametrize("typed", [":v", ":help", ":ㅁ"])
def test_a_command_that_is_not_there_is_no_answer(tmp_path, typed):
    world = World(tmp_path, TEXT)
    printed = sit(world, f"{typed}\n:q\n")
    assert f"There is no command {typed}; :? lists them." in printed
    assert "Wrong" not in printed


def test_undo_suspend_and_bury_are_commands_everywhere(tmp_path):
    world = World(tmp_path, RECALL, TEXT, CHOICE)
    printed = sit(world, ":u\n\n1\n:u\n:s\n\n:b\n:u\n:b\n:u\n")
    assert "Nothing to undo." in printed
    assert "Undone: again on deck/why-padding" in printed
    assert "Suspended: deck/why-padding" in printed
    assert "Buried until tomorrow: deck/border" in printed
    assert "Undone: bury on deck/border" in printed
    assert world.state("deck/why-padding").suspended
    assert not world.state("deck/border").buried_day


def test_redo_reset_and_a_due_day_are_commands_too(tmp_path):
    world = World(tmp_path, RECALL, TEXT, settings=Settings(learning_steps=(0.1,)))
    printed = sit(world, ":U\n\n1\n:u\n:U\n:due soon\n:due 3\n:reset\n:q\n")
    assert "Nothing to redo." in printed
    assert "Redone: again on deck/why-padding" in printed
    assert "Name a day: 3 is in three days, 2026-12-01 is a date, as in :due 3" in printed
    assert "deck/border: it is new, and comes with the new cards" in printed
    assert "deck/border: it is new already" in printed
    world.clock.tick(60)
    assert "Due 3: deck/why-padding" in sit(world, ":due 3\n:q\n")
    world.clock.tick(3 * DAY)
    assert "New again: deck/why-padding" in sit(world, ":s\n:reset\n:q\n")
    assert world.state("deck/why-padding").memory is None


def test_a_day_can_be_finished(tmp_path):
    world = World(tmp_path, RECALL, TEXT)
    assert "Done for today" in sit(world, ":finish\n")
    again = sit(world, "")
    assert "The day is finished: what is left waits until tomorrow" in again
    assert "nothing to review" not in again


def test_cramming_says_that_nothing_is_recorded(tmp_path):
    world, out = World(tmp_path, RECALL), io.StringIO()
    with world.desk() as desk:
        study_plainly(desk, None, io.StringIO("\n\n"), out, desk.cramming.session(desk.decks.cards_of()))
    printed = out.getvalue()
    assert "== cram, nothing is recorded · A deck (recall)" in printed
    assert "rate (1 again again, 2 hard done, 3 good done, 4 easy done) [3]" in printed
    assert "Nothing of it was recorded: every card comes again when it would have come." in printed
    assert world.history("deck/why-padding") == []


def test_the_suggested_rating_stands_in_brackets_and_an_empty_line_takes_it(tmp_path):
    world = World(tmp_path, TEXT)
    printed = sit(world, "wrong\n\n")
    assert "rate (1 again 1m, 2 hard 6m, 3 good 10m, 4 easy " in printed
    assert "[1]: " in printed
    assert world.history("deck/border")[0].rating is Rating.AGAIN


def test_the_verdict_has_its_word_the_answer_the_proof_and_the_solution_with_the_numbers_put_in(tmp_path):
    printed = sit(World(tmp_path, COMPUTED), "100000\n:q\n")
    after = printed.partition("> ")[2]
    assert "✗ Wrong\nYou typed: 100000\nAnswer: " in after
    assert "Proved by brute force ✓" in after
    assert "The padded input is " in after
    assert "{" not in printed
    assert "How wide is the output?" not in after


def test_a_figure_is_drawn_when_it_is_asked_for_after_the_answer(tmp_path):
    printed = sit(World(tmp_path, FIGURED), ":f\n100000\n:f\n:q\n")
    before, _, after = printed.partition("A figure, where there is one, is shown after the answer.")
    assert "places on" not in before
    told, _, drawn = after.partition("rate (")
    assert "places on" not in told
    assert " places on " in drawn
    assert "└" in drawn
    assert ":f figure" in sit(World(tmp_path, FIGURED), ":?\n")


def test_an_answer_without_a_figure_says_so(tmp_path):
    assert "This answer has no figure." in sit(World(tmp_path, RECALL), "\n:f\n:q\n")


def test_options_have_no_cursor_and_what_was_missed_is_said_in_words(tmp_path):
    printed = sit(World(tmp_path, SEVERAL), "1\n:q\n")
    assert "▸" not in printed
    assert "← right" in printed


def test_the_parts_of_a_stepped_card_are_typed_on_one_line(tmp_path):
    world = World(tmp_path, STEPPED)
    with world.desk() as desk:
        session = desk.day.session()
        session.begin()
        typed = mistaken(session.question)  # the clock stands still: the sitting below asks the same variant
    printed = sit(world, "; ".join(typed) + "\n\n")
    assert "(type the answers, from the top, with ; between them; :? for commands)" in printed
    assert "  1 Width of the padded row: (a whole number, px)" in printed
    assert "▸" not in printed
    assert f"✗ Width of the padded row: {typed[0]} px" in printed
    assert f"✓ Pixels that the kernel can move: {typed[1]}" in printed
    assert "✗ Wrong · score 2/3" in printed
    (entry,) = world.history("deck/padded-output")
    assert entry.typed == "; ".join(typed)


def test_more_answers_than_parts_are_not_read(tmp_path):
    printed = sit(World(tmp_path, STEPPED), "1; 2; 3; 4\n")
    assert "Not read, not counted: 3 answers are wanted, with ; between them, and 4 were typed" in printed


def test_a_quiz_asks_for_all_parts_on_one_line(tmp_path):
    out = io.StringIO()
    world = World(tmp_path, STEPPED)
    with world.desk() as desk:
        quiz = desk.quizzes.begin(Plan(seed=7, count=1))
        right = "; ".join(right_for(quiz.question).lines)
        result = sit_plainly(quiz, world.clock, io.StringIO(f"{right}\n:h\n"), out)
        report = desk.quizzes.report(quiz.number)
    assert "(type the answers, from the top, with ; between them)" in out.getvalue()
    assert result.total.points == 1
    names = ("Width of the padded row", "Pixels that the kernel can move", "Width of the output")
    told = zip(names, right.split("; "), strict=True)
    assert report.questions[0].typed == "; ".join(f"{name}: {value}" for name, value in told)


def test_a_waiting_card_is_announced(tmp_path):
    world = World(tmp_path, RECALL, settings=Settings(learning_steps=(60.0,)))
    printed = sit(world, "\n1\n")
    assert "The next card comes in 60 min." in printed


def test_withdrawn_cards_are_said(tmp_path, monkeypatch):
    from studytui import asking

    monkeypatch.setattr(asking, "prove", lambda _: (Opinion("brute force", 0, agrees=False),))
    printed = sit(World(tmp_path, COMPUTED, RECALL), "")
    assert "deck/output-size is withdrawn: the witness “brute force” disagrees (0)" in printed


def test_nothing_that_a_terminal_obeys_is_printed(tmp_path):
    card = "\n## An [bold]odd[/bold] \x1b[31mcard\x07 {#odd}\n\nAnswer \x9b31m\u202e with signs.\n"
    printed = sit(World(tmp_path, card, TEXT), "\n4\n\x1b]0;title\x07\n")
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(printed)
    assert "[bold]odd[/bold]" in printed


# -- the language ------------------------------------------------------------------------------------------------------


def test_the_card_and_its_deck_are_told_in_the_language_that_is_asked_for(tmp_path):
    world = World(tmp_path, RECALL).translate()
    printed = sit(world, ":language ko\n\n:language\n4\n")
    assert printed.count("== A deck (recall)") == 1
    assert "== 합성곱: 스트라이드와 패딩 (recall)" in printed
    asked, _, judged = printed.partition("패딩은 왜 쓰는가?")
    assert "What does padding buy you?" in asked
    assert "필터의 중심이 가장자리 픽셀에도 놓인다." in judged
    again = judged.partition("[3]:")[2]
    assert "What does padding buy you?" in again
    assert "The filter can be centred on border pixels." in again
    assert world.state("deck/why-padding").memory is not None
    assert load(world.settings_file).language == ""


def test_the_language_is_kept_for_the_next_sitting(tmp_path):
    world = World(tmp_path, RECALL).translate()
    sit(world, ":language ko\n:q\n")
    assert load(world.settings_file).language == "ko"
    world.settings = load(world.settings_file)
    assert "== 합성곱: 스트라이드와 패딩 (recall)" in sit(world, "")


def test_a_language_that_is_not_there_says_which_are(tmp_path):
    world = World(tmp_path, RECALL)
    assert "No deck is translated into “ko”; none is translated." in sit(world, ":language ko\n")
    printed = sit(world.translate(), ":language fr\n:language\x1b[31m\n")
    assert "No deck is translated into “fr”; there are: ko." in printed
    assert "\x1b" not in printed


def test_a_card_without_a_translation_says_so_and_stays(tmp_path):
    world = World(tmp_path, CHOICE)
    world.deck.with_name("deck.ko.md").write_text("# 덱\n")
    printed = sit(world, ":language ko\n")
    assert "This card is not translated into ko: it stays in its deck's own language." in printed
    assert "== 덱 (choice)" in printed
    assert printed.count("Which one moves the window?") == 2


def test_settings_that_cannot_be_written_are_told_and_the_language_holds(tmp_path):
    world = World(tmp_path, RECALL).translate()
    world.settings_file.mkdir()
    printed = sit(world, ":language ko\n")
    assert "settings.toml cannot be written" in printed
    assert "패딩은 왜 쓰는가?" in printed


def test_a_quiz_and_its_report_are_in_the_learners_language(tmp_path):
    world = World(tmp_path, SEVERAL, TEXT, settings=Settings(language="ko")).translate()
    out = io.StringIO()
    with world.desk() as desk:
        result = sit_plainly(desk.quizzes.begin(Plan(7, count=2)), world.clock, io.StringIO("모름\n1\n1\n:h\n"), out)
    written = report_of(result, started_ms=0, offset=0)
    print_report(written, out)
    asked, _, report = out.getvalue().partition("Quiz handed in")
    assert "of 2 · 합성곱: 스트라이드와 패딩 · " in asked
    assert "파라미터 수를 바꾸는 것은?" in asked
    assert "합성곱: 스트라이드와 패딩  " in report
    assert "대개 0이다." in report
    assert max(display_width(line) for line in report.splitlines()) <= 76
    table = as_json(written)
    assert list(table["by_deck"]) == ["deck"]
    assert {question["explanation"] for question in table["questions"]} == {"대개 0이다.", "세는 것은 가중치뿐이다."}
