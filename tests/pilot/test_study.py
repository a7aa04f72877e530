"""The study screen: every kind by keyboard and by mouse, and the answer field."""

import pytest
from support.screens import NARROW, opened
from support.world import CHOICE, CLOZE, COMPUTED, MATCH, ORDER, RECALL, SEVERAL, TEXT, right_for, slip_for

from studytui.memory.model import Rating
from studytui.session import Phase
from studytui.settings import Settings


def verdicts(world, card):
    return [(entry.verdict, entry.rating) for entry in world.history(card)]


# -- every kind ------------------------------------------------------------------------------------------------------


async def test_a_recall_card_is_revealed_with_space_and_rated_with_a_digit(world):
    world = world(RECALL)
    async with opened(world, study=True) as screen:
        assert "The filter can be centred" not in screen.text
        assert screen.keys.startswith("space answer")
        await screen.press("space")
        assert "Answer: The filter can be centred on border pixels." in screen.text
        assert "[3 good 10m]" in screen.text
        await screen.press("2")
    assert verdicts(world, "deck/why-padding") == [("", Rating.HARD)]


async def test_space_takes_the_suggested_rating(world):
    world = world(RECALL)
    async with opened(world, study=True) as screen:
        await screen.press("space", "space")
    assert verdicts(world, "deck/why-padding") == [("", Rating.GOOD)]


async def test_a_computed_card_is_typed_and_a_slip_is_diagnosed(world):
    world = world(COMPUTED)
    async with opened(world, study=True) as screen:
        question = screen.question
        assert "a whole number" in screen.text
        await screen.type(slip_for(question))
        assert slip_for(question) in screen.lines[-2]
        await screen.press("enter")
        assert "✗ A known slip" in screen.text
        assert f"You typed: {slip_for(question)}" in screen.text
        assert f"Answer: {question.variant.answer}" in screen.text
        assert "Proved by brute force ✓ · PyTorch ✓" in screen.text
        assert "The padded input is " in screen.card
        assert "{" not in screen.card
        assert "[1 again 1m]" in screen.text
        await screen.press("enter")
    assert verdicts(world, "deck/output-size") == [("slip", Rating.AGAIN)]


async def test_an_unreadable_answer_stays_in_the_field_and_says_why(world):
    world = world(COMPUTED)
    async with opened(world, study=True) as screen:
        await screen.type("1,234\n")
        assert "? Not read, not counted" in screen.text
        assert "Did you mean “1234” or “1.234”?" in screen.text
        assert "1,234" in screen.lines[-2]
        await screen.press("ctrl+u")
        await screen.type(f"{right_for(screen.question)}\n")
        assert "✓ Right" in screen.text
        assert "Not read" not in screen.text
    assert verdicts(world, "deck/output-size") == []


async def test_a_cloze_card_can_be_typed_or_judged_by_the_learner(world):
    world = world(CLOZE, settings=Settings(learning_steps=()))
    async with opened(world, study=True) as screen:
        assert "The […] gate scales the old cell state." in screen.text
        await screen.press("enter")
        assert screen.session.judged.verdict is None
        assert "Answer: forget" in screen.text
        await screen.press("u")  # nothing yet: the card is not rated
        assert screen.notices[-1] == "Nothing to undo."
        await screen.press("4")
    assert verdicts(world, "deck/forget-gate.forget") == [("", Rating.EASY)]


async def test_a_text_card_is_typed(world):
    world = world(TEXT)
    async with opened(world, study=True) as screen:
        await screen.type("Zero  padding\n")
        assert "✓ Right" in screen.text
        assert "Mostly zeros." in screen.text


async def test_a_choice_is_made_by_its_digit_at_once(world):
    world = world(CHOICE)
    async with opened(world, study=True) as screen:
        (right,) = right_for(screen.question)
        await screen.press(str(right + 1))
        assert "✓ (•) stride" in screen.text
        assert "✓ Right" in screen.text


async def test_a_choice_is_made_with_the_cursor(world):
    world = world(CHOICE)
    async with opened(world, study=True) as screen:
        (right,) = right_for(screen.question)
        wrong = (right + 1) % 3
        await screen.press(*["down"] * wrong, "enter")
        assert "✗ Wrong" in screen.text
        assert "○ ( ) stride ← right" in screen.text


async def test_several_options_are_picked_with_space_and_handed_in_with_enter(world):
    world = world(SEVERAL)
    async with opened(world, study=True) as screen:
        assert "Several may be right." in screen.text
        right = right_for(screen.question)
        for place in range(4):
            if place in right:
                await screen.press("space")
            await screen.press("j")
        assert screen.text.count("[x]") == 2
        await screen.press("enter")
        assert "✓ Right" in screen.text
        assert "✓ [x] kernel size" in screen.text


async def test_an_order_is_arranged_by_taking_and_by_carrying(world):
    world = world(ORDER)
    async with opened(world, study=True) as screen:
        wanted = right_for(screen.question)
        for goal, item in enumerate(wanted):
            now = screen.study._entering
            here = now.order.index(item)
            await screen.press(*["up" if here < now.cursor else "down"] * abs(here - now.cursor))
            if goal:
                await screen.press("space", *["up"] * (here - goal), "space")
            else:
                await screen.press(*["shift+up"] * (here - goal))
        await screen.press("enter")
        assert "✓ Right" in screen.text


async def test_a_match_is_paired_by_digits(world):
    world = world(MATCH)
    async with opened(world, study=True) as screen:
        await screen.press(*(str(place + 1) for place in right_for(screen.question)))
        await screen.press("enter")
        assert "✓ Right" in screen.text
        assert "✓ s — stride" in screen.text


@pytest.mark.parametrize("card", [CHOICE, SEVERAL, ORDER, MATCH], ids=["choice", "several", "order", "match"])
async def test_whoever_does_not_know_has_the_answer_shown(world, card):
    world = world(card)
    async with opened(world, study=True) as screen:
        assert "x show" in screen.keys
        await screen.press("x")
        assert screen.session.phase is Phase.JUDGED
        assert screen.session.judged.suggested is Rating.AGAIN
        assert "← right" in screen.text or "The order is:" in screen.text or "s — stride" in screen.text


# -- by mouse --------------------------------------------------------------------------------------------------------


async def test_a_choice_by_mouse(world):
    async with opened(world(CHOICE), study=True) as screen:
        await screen.click("( ) stride")
        assert "✓ Right" in screen.text


async def test_a_match_by_mouse(world):
    async with opened(world(MATCH), study=True) as screen:
        for left, right in (("k", "kernel size"), ("s", "stride"), ("p", "padding")):
            await screen.click(f"← {left}")
            await screen.click(right)
        await screen.click("enter answer")
        assert "✓ Right" in screen.text


async def test_an_order_by_mouse(world):
    async with opened(world(ORDER), study=True) as screen:
        for place, words in enumerate(("R-CNN", "SPPNet", "Fast R-CNN")):
            items = screen.question.form.items
            texts = ["".join(span.text for span in items[number][0].spans) for number in screen.study._entering.order]
            if texts[place] != words:
                await screen.click(f"{texts.index(words) + 1}  {words}")
                await screen.click(f"{place + 1}  {texts[place]}")
        await screen.click("enter answer")
        assert "✓ Right" in screen.text


async def test_typed_answers_ratings_and_keys_can_be_clicked(world):
    world = world(TEXT)
    async with opened(world, study=True) as screen:
        await screen.type("padding")
        await screen.click("enter answer")
        assert "✓ Right" in screen.text
        await screen.click("2 hard")
        assert verdicts(world, "deck/border") == [("right", Rating.HARD)]
        await screen.click("^z undo")
        assert world.state("deck/border").memory is None


async def test_a_rating_on_the_second_row_can_be_clicked(world):
    world = world(RECALL)
    async with opened(world, study=True, size=NARROW) as screen:
        await screen.press("space")
        await screen.click("4 easy")
    assert verdicts(world, "deck/why-padding") == [("", Rating.EASY)]


# -- the answer field --------------------------------------------------------------------------------------------------


async def test_in_the_field_letters_are_text_and_escape_makes_them_keys(world):
    async with opened(world(TEXT, RECALL), study=True) as screen:
        card = screen.question.card.id
        await screen.type("usbq?")
        assert screen.field.value == "usbq?"
        assert screen.question.card.id == card
        assert screen.keys == "enter answer  ^z undo  esc commands  f1 help"
        await screen.press("escape")
        assert "s suspend" in screen.keys
        assert "enter type" in screen.keys
        await screen.press("enter")
        await screen.type("!")
        assert screen.field.value == "usbq?!"
        await screen.press("escape", "s")
        assert screen.question.card.id != card


async def test_keys_pressed_before_the_field_is_there_are_no_commands(world):
    world = world(TEXT)
    async with opened(world) as screen:
        for key in ("enter", "b", "s"):  # all at once, as a hasty learner's keyboard sends them
            screen.app._driver.send_message(screen.event(key))
        await screen.until(lambda: "esc commands" in screen.keys)
        assert screen.question.card.id == "deck/border"
    assert world.history("deck/border") == []


async def test_what_is_typed_before_the_field_is_there_goes_into_it(world):
    async with opened(world(TEXT), study=True) as screen:
        field, screen.study._field = screen.study._field, None
        screen.study._card.focus()
        await screen.type("bs?")
        screen.study._field = field
        assert screen.study._typed_ahead == "bs?"


async def test_an_empty_line_is_asked_back_and_the_second_one_shows_the_answer(world):
    async with opened(world(COMPUTED), study=True) as screen:
        await screen.press("enter")
        assert screen.notices == ["Enter once more shows the answer and suggests “again”."]
        assert screen.session.phase is Phase.ASKING
        await screen.press("enter")
        assert screen.session.phase is Phase.JUDGED
        assert screen.session.judged.suggested is Rating.AGAIN


async def test_space_outside_the_field_shows_the_answer(world):
    async with opened(world(COMPUTED), study=True) as screen:
        await screen.press("escape", "space")
        assert screen.session.phase is Phase.JUDGED


async def test_the_field_is_empty_for_the_next_card(world):
    async with opened(world(TEXT, COMPUTED), study=True) as screen:
        await screen.type("pad\n")
        await screen.press("1")
        assert screen.question.card.kind == "computed"
        assert screen.field.value == ""
        assert screen.field.has_focus


async def test_keys_that_mean_nothing_now_do_nothing(world):
    world = world(RECALL)
    async with opened(world, study=True) as screen:
        await screen.press("1", "9", "v", "x", "enter", "J", "i", "tab", "f5")
        assert screen.session.phase is Phase.ASKING
        await screen.press("space", "5", "9", "x", "i", "J")
        assert screen.session.phase is Phase.JUDGED
    assert verdicts(world, "deck/why-padding") == []
