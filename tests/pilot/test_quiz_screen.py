"""The quiz screen: answering, moving, flags, handing in, feedback at once, and how it looks."""

import pytest
from support.quiz_screens import answer_right, go_to, place_of, quiz_of, responses, sitting
from support.screens import NARROW
from support.world import CHOICE, COMPUTED, MATCH, ORDER, RECALL, SEVERAL, STEPPED, TEXT, right_for, slip_for

from studytui.journal.quizzes import KeptQuizzes
from studytui.quiz.plan import Feedback, Order
from studytui.tui.screens.quiz_overview import OverviewScreen
from studytui.tui.screens.report import ReportScreen

# -- answering -------------------------------------------------------------------------------------------------------


async def test_a_whole_quiz_is_answered_and_handed_in_by_keyboard(world):
    async with sitting(world(COMPUTED, CHOICE, SEVERAL, ORDER, MATCH, TEXT)) as screen:
        assert screen.title.startswith("1 of 6 · ")
        assert "seed 7" in screen.title
        for _ in range(6):
            await answer_right(screen)
        assert "▸ Hand in" in screen.text
        await screen.press("enter")
        assert "6 of 6 questions answered." in screen.text
        await screen.press("y")
        assert "Score: 6 of 6 (100 %)" in screen.text


async def test_enter_answers_and_goes_on(world):
    async with sitting(world(TEXT, COMPUTED), order=Order.TOPIC) as screen:
        await screen.type("padding\n")
        assert screen.title.startswith("2 of 2")
        assert "■[·]" in screen.text
        assert "1/2" in screen.lines[-2]
        assert screen.lines[-3].strip() == "a whole number"


@pytest.mark.parametrize("press", ["enter", "ctrl+n"])
async def test_one_key_waits_for_the_disk_once(world, monkeypatch, press):
    kept = []
    keep = KeptQuizzes.keep
    async with sitting(world(TEXT, COMPUTED), order=Order.TOPIC) as screen:
        await screen.type("padding")
        with monkeypatch.context() as patch:
            patch.setattr(KeptQuizzes, "keep", lambda *sheet: (kept.append(sheet), keep(*sheet)))
            await screen.press(press)
        assert screen.title.startswith("2 of 2")
        assert len(kept) == 1
        assert responses(screen)["deck/border"] == "padding"


async def test_what_stands_in_the_field_is_the_answer_of_a_question_that_is_left(world):
    async with sitting(world(TEXT, COMPUTED), order=Order.TOPIC) as screen:
        await screen.type("padd")
        await screen.press("ctrl+n")
        assert responses(screen)["deck/border"] == "padd"
        await screen.press("ctrl+b")
        assert screen.lines[-3].strip() == "padd"
        await screen.type("ing\n")
        assert responses(screen)["deck/border"] == "padding"


async def test_nothing_entered_is_no_answer(world):
    async with sitting(world(TEXT, SEVERAL, ORDER, MATCH)) as screen:
        for _ in range(4):
            await screen.press("tab")
        assert isinstance(screen.app.screen, OverviewScreen)
        assert quiz_of(screen).open_places == (0, 1, 2, 3)


async def test_an_answer_is_taken_back_by_emptying_the_field(world):
    async with sitting(world(TEXT, COMPUTED), order=Order.TOPIC) as screen:
        await screen.type("padding\n")
        await screen.press("ctrl+b", "ctrl+u", "enter")
        assert responses(screen)["deck/border"] is None


async def test_picks_order_and_pairs_are_there_when_one_comes_back(world):
    async with sitting(world(SEVERAL, ORDER, MATCH)) as screen:
        await go_to(screen, "deck/what-changes")
        await screen.press("2", "4", "tab")
        await go_to(screen, "deck/detectors")
        await screen.press("J", "tab")
        await go_to(screen, "deck/symbols")
        await screen.press("3", "tab")
        answers = responses(screen)
        assert answers == {"deck/what-changes": {1, 3}, "deck/detectors": (1, 0, 2), "deck/symbols": (2, -1, -1)}
        await screen.press("escape")
        await go_to(screen, "deck/what-changes")
        assert screen.text.count("[x]") == 2
        await go_to(screen, "deck/symbols")
        assert "3 ← s" in screen.text


async def test_an_order_that_was_only_looked_at_is_not_answered_but_enter_answers_it_as_it_stands(world):
    async with sitting(world(ORDER, TEXT), order=Order.TOPIC) as screen:
        await screen.press("down", "tab", "shift+tab")
        assert responses(screen)["deck/detectors"] is None
        await screen.press("enter")
        assert responses(screen)["deck/detectors"] == (0, 1, 2)


async def test_a_line_that_cannot_be_read_stays_with_the_reason(world):
    async with sitting(world(COMPUTED, TEXT), order=Order.TOPIC) as screen:
        await screen.type("1,234\n")
        assert "? Not read, not counted" in screen.text
        assert screen.title.startswith("1 of 2")
        assert screen.lines[-3].strip() == "1,234"


async def test_leaving_a_line_that_cannot_be_read_says_so_and_keeps_it(world):
    async with sitting(world(COMPUTED, TEXT), order=Order.TOPIC) as screen:
        await screen.type("1,234")
        await screen.press("tab")
        assert screen.title.startswith("2 of 2")
        assert "Question 1 was not read, so it has no answer yet" in screen.notices[-1]
        await screen.press("shift+tab")
        assert screen.lines[-3].strip() == "1,234"
        assert "? Not read, not counted" in screen.text


async def test_parts_are_typed_one_after_the_other_and_kept_when_the_question_is_left(world):
    async with sitting(world(STEPPED, TEXT), order=Order.TOPIC) as screen:
        lines = right_for(quiz_of(screen).question).lines
        await screen.type(f"{lines[0]}\n1,234")
        await screen.press("tab")
        assert "Question 1 was not read, so it has no answer yet" in screen.notices[-1]
        await screen.press("shift+tab")
        assert f"▸ 1 Width of the padded row: {lines[0]}" in screen.text
        assert "2 Pixels that the kernel can move: 1,234" in screen.text
        await screen.press("down", "ctrl+u")
        await screen.type(f"{lines[1]}\n{lines[2]}\n")
        assert screen.title.startswith("2 of 2")
        assert responses(screen)["deck/padded-output"].lines == lines


async def test_a_choice_is_picked_by_its_digit_and_can_be_changed(world):
    async with sitting(world(CHOICE, TEXT), order=Order.TOPIC) as screen:
        await screen.press("3", "1")
        assert screen.text.count("(•)") == 1
        assert screen.title.startswith("1 of 2")
        await screen.press("enter", "shift+tab", "2", "enter")
        assert responses(screen)["deck/mover"] == {1}


async def test_options_and_rows_are_clicked(world):
    async with sitting(world(CHOICE)) as screen:
        await screen.click("( ) stride")
        assert "(•) stride" in screen.text


# -- moving ----------------------------------------------------------------------------------------------------------


async def test_letters_move_where_nothing_is_typed(world):
    async with sitting(world(CHOICE, SEVERAL)) as screen:
        await screen.press("n")
        assert screen.title.startswith("2 of 2")
        await screen.press("p")
        assert screen.title.startswith("1 of 2")
        await screen.press("ㅜ")
        assert screen.title.startswith("2 of 2")
        await screen.press("left", "left")
        assert screen.notices[-1] == "This is the first question."


async def test_a_question_is_flagged_also_while_typing(world):
    async with sitting(world(TEXT, CHOICE), order=Order.TOPIC) as screen:
        await screen.type("pad")
        await screen.press("ctrl+f")
        assert "flagged" in screen.title
        assert "[!]" in screen.text
        assert screen.lines[-3].strip() == "pad"
        await screen.press("tab", "f")
        assert "2 flagged" in screen.title
        await screen.press("f")
        assert "1 flagged" in screen.title


async def test_the_overview_tells_how_every_question_stands_and_opens_one_by_its_number(world):
    async with sitting(world(*(TEXT.replace("border", f"border{number}") for number in range(12)))) as screen:
        await screen.type("padding\n")
        await screen.press("ctrl+f", "ctrl+o")
        assert " 1   ■ answered · padding · A deck (text)" in screen.text
        assert "▸  2 ! · open · A deck (text)" in screen.text
        await screen.press("1", "2", "enter")
        assert screen.title.startswith("12 of 12")


async def test_the_overview_of_many_questions_opens_with_the_cursor_in_view(world):
    cards = [TEXT.replace("border", f"border{number}") for number in range(40)]
    async with sitting(world(*cards), count=40, size=NARROW) as screen:
        await screen.press("ctrl+o", "3", "0", "enter", "ctrl+o")
        assert "▸ 30" in screen.text
        await screen.press("home")
        assert "▸  1" in screen.text
        await screen.press("end")
        assert "▸ Hand in" in screen.text


async def test_a_number_that_is_too_large_begins_anew(world):
    async with sitting(world(TEXT, CHOICE, SEVERAL)) as screen:
        await screen.press("ctrl+o", "3", "2", "enter")
        assert screen.title.startswith("2 of 3")


async def test_the_overview_goes_from_one_open_or_flagged_question_to_the_next(world):
    async with sitting(world(TEXT, CHOICE, SEVERAL, COMPUTED), order=Order.TOPIC) as screen:
        await screen.type("padding\n")
        await screen.press("2", "enter", "1", "f", "ctrl+o", "home", "n", "enter")
        assert screen.title.startswith("3 of 4")
        await screen.press("ctrl+o", "n", "n")
        assert "▸ Hand in" in screen.text


# -- handing in ------------------------------------------------------------------------------------------------------


async def test_handing_in_names_what_is_open_and_what_is_flagged_and_needs_a_yes(world):
    async with sitting(world(TEXT, CHOICE, SEVERAL), order=Order.TOPIC) as screen:
        await screen.type("padding")
        await screen.press("ctrl+f", "escape", "h")
        assert "1 of 3 questions answered." in screen.text
        assert "Without an answer: 2, 3." in screen.text
        assert "Flagged: 1." in screen.text
        await screen.press("enter", "space")
        assert quiz_of(screen).result is None
        await screen.press("escape", "h", "ㅛ")
        assert isinstance(screen.app.screen, ReportScreen)


async def test_answers_become_reviews_when_the_quiz_is_handed_in(world):
    world = world(TEXT, COMPUTED)
    async with sitting(world, order=Order.TOPIC) as screen:
        await screen.type("nothing\n")
        await screen.press("ctrl+o", "h")
        assert world.history("deck/border") == []
        await screen.press("y")
    assert [entry.typed for entry in world.history("deck/border")] == ["nothing"]
    assert world.problems() == []


# -- feedback at once ------------------------------------------------------------------------------------------------


async def test_feedback_at_once_shows_the_slip_and_the_solution_and_then_goes_on(world):
    async with sitting(world(COMPUTED, TEXT), feedback=Feedback.AT_ONCE, order=Order.TOPIC) as screen:
        await screen.type(slip_for(quiz_of(screen).question) + "\n")
        assert "✗ A known slip" in screen.text
        assert "The padded input is " in screen.card
        assert "[✗]" in screen.text
        await screen.press("space")
        assert screen.title.startswith("2 of 2")


async def test_what_was_judged_cannot_be_changed(world):
    async with sitting(world(CHOICE, TEXT), feedback=Feedback.AT_ONCE, order=Order.TOPIC) as screen:
        (right,) = right_for(quiz_of(screen).question)
        await screen.press(str(right + 1), "enter")
        assert "✓ Right" in screen.text
        await screen.press("1", "2", "3", "n", "shift+tab")
        assert "✓ Right" in screen.text
        assert responses(screen)["deck/mover"] == {right}


async def test_with_feedback_at_once_a_question_that_is_left_is_not_judged(world):
    async with sitting(world(TEXT, CHOICE), feedback=Feedback.AT_ONCE, order=Order.TOPIC) as screen:
        await screen.type("padd")
        await screen.press("tab", "shift+tab")
        assert screen.lines[-3].strip() == "padd"
        assert responses(screen)["deck/border"] is None


# -- looks -----------------------------------------------------------------------------------------------------------


async def test_recall_cards_that_no_machine_can_grade_are_not_asked(world):
    async with sitting(world(RECALL, TEXT)) as screen:
        assert screen.title.startswith("1 of 1 · text")


async def test_the_language_changes_and_what_was_entered_stays(world):
    world = world(TEXT, SEVERAL).translate()
    async with sitting(world, order=Order.TOPIC) as screen:
        await screen.type("패")
        await screen.press("ctrl+g")
        assert "가장자리에 더하는 것은?" in screen.text
        await screen.type("딩\n")
        await screen.press("2", "g")
        assert "What change" in screen.text or "Which change" in screen.text
        assert screen.text.count("[x]") == 1
        await screen.press("o", "h", "y")
        assert "1 1/4 of 2" in screen.text or "1 3/4 of 2" in screen.text


GATES = """
## What does the forget gate decide? {#forget}

How much old memory stays.

## What does the input gate decide? {#input}

How many fresh values enter.

## What does the output gate decide? {#output}

How far state becomes visible.

## What does the update gate decide? {#update}

How slowly hidden units change.
"""
GATES_IN_KOREAN = """# 게이트

## 망각 게이트는 무엇을 정하나? {#forget}

옛 기억이 얼마나 남는지.

## 입력 게이트는 무엇을 정하나? {#input}

새 값이 얼마나 들어오는지.

## 출력 게이트는 무엇을 정하나? {#output}

상태가 얼마나 보이는지.

## 갱신 게이트는 무엇을 정하나? {#update}

은닉 유닛이 얼마나 느린지.
"""


async def test_a_recall_card_among_others_answers_is_told_in_the_other_language_with_its_options(world):
    world = world(GATES).translate(GATES_IN_KOREAN)
    async with sitting(world) as screen:
        in_english = screen.card
        await screen.press("g")
        assert "게이트는 무엇을 정하나?" in screen.card
        assert not any(line in screen.card for line in ("stays", "fresh values", "state becomes", "hidden units"))
        assert not any("stays in these words" in notice for notice in screen.notices)
        await screen.press("g")
        assert screen.card == in_english
        await screen.press("g")
        right = quiz_of(screen).question.recast.right
        await screen.press(str(right + 1), "enter")
        assert quiz_of(screen).sheet.answers[0].language == "ko"
    async with sitting(world, resume=True) as screen:
        await screen.press("1")
        quiz = quiz_of(screen)
        assert quiz.paper.questions[0].card.heading[0].spans[0].text.endswith("정하나?")
        assert quiz.hand_in(world.clock()).total.points == 1


async def test_a_recall_card_says_that_it_keeps_its_words_where_one_of_its_options_has_no_others(world):
    in_korean = GATES_IN_KOREAN.partition("## 갱신")[0]
    async with sitting(world(GATES).translate(in_korean), order=Order.TOPIC) as screen:
        await screen.press("1", "g")
        assert "gate decide?" in screen.card
        assert "stays in these words" in screen.notices[-1]


async def test_a_narrow_terminal_has_everything_that_matters(world):
    world = world(SEVERAL, COMPUTED, ORDER)
    async with sitting(world, size=NARROW, minutes=10) as screen:
        await go_to(screen, "deck/output-size")
        await screen.type("12")
        await screen.resize((80, 24))
        await screen.resize(NARROW)
        assert screen.lines[-3].strip() == "12"
        assert screen.title.endswith("10:00")
        assert screen.title.startswith(f"{place_of(screen, 'deck/output-size')} of 3")
        await screen.press("ctrl+o")
        assert "▸" in screen.text
        await screen.press("h")
        assert "y hands in" in screen.card
