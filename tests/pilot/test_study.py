"""The study screen: every kind by keyboard and by mouse, and the learner's other verbs."""

import threading

import pytest
from support.screens import NARROW, opened
from support.world import (
    CHOICE,
    CLOZE,
    COMPUTED,
    FIGURED,
    MATCH,
    ORDER,
    RECALL,
    SEVERAL,
    TEXT,
    StrawReferee,
    World,
    right_for,
    slip_for,
)

from studytui.journal import JournalError
from studytui.memory.model import Action, Rating
from studytui.session import Phase
from studytui.settings import Settings


@pytest.fixture
def world(tmp_path):
    """Makes a world of some cards."""

    def make(*cards, **options):
        return World(tmp_path, *cards, **options)

    return make


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


# -- undo, suspend, bury -----------------------------------------------------------------------------------------------


async def test_undo_brings_the_card_back_and_says_so(world):
    world = world(RECALL, CHOICE)
    async with opened(world, study=True) as screen:
        await screen.press("space", "4")
        assert screen.question.card.id == "deck/mover"
        await screen.press("u")
        assert screen.question.card.id == "deck/why-padding"
        assert screen.notices == ["Undone: easy on deck/why-padding"]
        await screen.press("u")
        assert screen.notices[-1] == "Nothing to undo."
    assert world.state("deck/why-padding").memory is None


async def test_undo_works_from_within_the_answer_field(world):
    world = world(RECALL, TEXT)
    async with opened(world, study=True) as screen:
        await screen.press("space", "4")
        assert screen.field.has_focus
        await screen.press("ctrl+z")
        assert screen.question.card.id == "deck/why-padding"


@pytest.mark.parametrize(("key", "action"), [("s", Action.SUSPEND), ("b", Action.BURY)])
async def test_setting_a_card_aside_says_so_and_undo_takes_it_back(world, key, action):
    world = world(RECALL, CHOICE)
    async with opened(world, study=True) as screen:
        await screen.press(key)
        assert screen.question.card.id == "deck/mover"
        assert "deck/why-padding" in screen.notices[0]
        assert world.history("deck/why-padding")[0].action is action
        await screen.press("u")
        assert screen.question.card.id == "deck/why-padding"


async def test_the_end_says_what_was_done_and_undo_goes_on(world):
    world = world(RECALL, settings=Settings(learning_steps=()))
    async with opened(world, study=True) as screen:
        world.clock.tick(75)
        await screen.press("space", "3")
        assert "Done for today" in screen.text
        assert "1 review, 100 % remembered, 1 min 15 s." in screen.text
        assert screen.keys == "u undo  m ten more  q leave  ? help"
        await screen.press("u")
        assert screen.session.phase is Phase.ASKING


async def test_a_card_that_has_to_wait_is_announced_and_comes(world):
    world = world(RECALL, settings=Settings(learning_steps=(60.0,)))
    async with opened(world, study=True) as screen:
        await screen.press("space", "1")
        assert "Nothing due at this moment" in screen.text
        assert "The next card comes in 60 min." in screen.text
        world.clock.tick(3600)
        screen.study._wake()
        await screen.pilot.pause()
        assert screen.session.phase is Phase.ASKING


@pytest.mark.parametrize("typing", [False, True])
async def test_leaving_a_sitting_that_the_program_began_with_ends_the_program(world, typing):
    async with opened(world(TEXT if typing else RECALL), study=True) as screen:
        await screen.press(*["escape"] * typing, "q")
        await screen.until(lambda: not screen.app.is_running or screen.app._exit)
        assert screen.app.return_code == 0


# -- errors ----------------------------------------------------------------------------------------------------------


async def test_a_review_that_cannot_be_saved_says_so_and_the_key_can_be_pressed_again(world, monkeypatch):
    world = world(RECALL, CHOICE)
    async with opened(world, study=True) as screen:
        await screen.press("space")
        with monkeypatch.context() as patch:
            patch.setattr(type(screen.session._reviews), "record", refuse)
            await screen.press("3")
        assert screen.notices == ["the disk is full: free some space, then try again"]
        assert screen.session.phase is Phase.JUDGED
        assert "Answer: The filter" in screen.text
        await screen.press("3")
        assert screen.question.card.id == "deck/mover"
    assert len(world.history("deck/why-padding")) == 1


@pytest.mark.parametrize(("verb", "keys"), [("record", ["s"]), ("undo", ["u"])])
async def test_other_verbs_that_fail_leave_the_card(world, monkeypatch, verb, keys):
    async with opened(world(RECALL), study=True) as screen:
        monkeypatch.setattr(type(screen.session._reviews), verb, refuse)
        await screen.press(*keys)
        assert screen.notices == ["the disk is full: free some space, then try again"]
        assert screen.question.card.id == "deck/why-padding"


async def test_a_journal_that_cannot_be_read_any_more_is_told_and_tried_again(world, monkeypatch):
    world = world(RECALL, CHOICE)
    async with opened(world, study=True) as screen:
        await screen.press("space")
        with monkeypatch.context() as patch:
            patch.setattr(type(screen.session._reviews), "seen", refuse)
            await screen.press("4")
            screen.study._wake()
            await screen.pilot.pause()
        assert set(screen.notices) == {"the disk is full: free some space, then try again"}
        screen.study._wake()
        await screen.pilot.pause()
        assert screen.question.card.id == "deck/mover"


async def test_a_journal_that_cannot_be_read_at_the_start_never_takes_the_terminal(world, monkeypatch):
    from studytui.journal import Journal
    from studytui.tui.app import StudyApp

    with world(RECALL).desk() as desk:
        for verb, study in (("due", True), ("counts", False)):
            monkeypatch.setattr(Journal, verb, refuse)
            with pytest.raises(JournalError):
                StudyApp(desk, study=study)


def refuse(*_, **__):
    raise JournalError("the disk is full: free some space, then try again")


# -- proof -----------------------------------------------------------------------------------------------------------


async def test_the_proof_view_shows_the_reference_its_arguments_every_witness_and_the_slips(world):
    async with opened(world(COMPUTED), study=True) as screen:
        variant = screen.question.variant
        await screen.press("enter", "enter", "v")
        assert screen.title == "Proof · deck/output-size"
        assert f"input_size  {variant.givens['input_size']}" in screen.card
        assert "convolution.output_size(input_size=" in screen.card
        assert f"reference  {variant.answer}" in screen.card
        assert f"brute force ✓ agrees {variant.answer}" in screen.card
        assert f"PyTorch ✓ agrees {variant.answer}" in screen.card
        assert variant.slips[0].sentence.split()[0] in screen.card
        await screen.press("escape")
        assert screen.session.phase is Phase.JUDGED


async def test_the_badge_says_that_pytorch_has_not_spoken_yet_and_then_what_it_says(world):
    referee = StrawReferee(later=True)
    async with opened(world(COMPUTED), study=True, referee=referee) as screen:
        await screen.press("enter", "enter")
        assert "Proved by brute force ✓ · PyTorch is loading…" in screen.text
        referee.speak()
        await screen.until(lambda: "PyTorch ✓" in screen.text)
        assert "loading" not in screen.text


@pytest.mark.parametrize("size", [NARROW, (80, 24)])
async def test_a_witness_that_could_not_speak_is_named(world, size):
    async with opened(world(COMPUTED), study=True, size=size, referee=StrawReferee(None)) as screen:
        await screen.press("enter", "enter")
        assert "PyTorch did not speak" in screen.card
        assert all(len(line) <= size[0] for line in screen.card.splitlines())


async def test_a_card_that_pytorch_contradicts_leaves_the_screen_and_says_why(world):
    referee = StrawReferee(agrees=False, later=True)
    async with opened(world(COMPUTED, RECALL), study=True, referee=referee) as screen:
        referee.speak()
        await screen.until(lambda: screen.question.card.id == "deck/why-padding")
        assert "deck/output-size is withdrawn: the witness “PyTorch” disagrees" in screen.notices[0]


async def test_a_contradiction_that_comes_late_leaves_what_is_being_typed(world):
    referee = StrawReferee(agrees=False, later=True)
    world = world(COMPUTED, TEXT)
    async with opened(world, study=True, referee=referee) as screen:
        await screen.press("enter", "enter", "1")
        await screen.type("padd")
        referee.speak()
        await screen.until(lambda: len(screen.notices) > 1)
        assert "undo takes its last review back" in screen.notices[-1]
        assert screen.field.value == "padd"
        assert "new 0 · learning 0" not in screen.title
        assert screen.title.endswith("new 1 · learning 0 · review 0")


# -- figures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["below", "beside"])
async def test_the_answers_figure_is_shown_after_the_verdict_only(world, size):
    async with opened(world(FIGURED), study=True, size=size) as screen:
        assert "places on" not in screen.text
        await screen.type(f"{slip_for(screen.question)}\n")
        title = f"{screen.question.variant.answer} places on "
        assert title in screen.text
        assert "└" in screen.text
        line = next(line for line in screen.text.splitlines() if title in line)
        assert ("✗ A known slip" in line) is (size == (120, 40))
        await screen.press("1")
        assert "places on" not in screen.text


async def test_the_figure_follows_the_size_of_the_window(world):
    async with opened(world(FIGURED), study=True, size=NARROW) as screen:
        await screen.press("enter", "enter")
        assert "places on" not in screen.card
        for size, lines in (((80, 24), 24), ((120, 40), 40), (NARROW, 12), ((80, 30), 30)):
            await screen.resize(size)
            assert ("places on" in screen.card) is (size != NARROW)
            assert all(len(line) <= size[0] for line in screen.lines)
            assert "4 easy" in "\n".join(screen.lines[lines - 3 :])


async def test_the_proof_view_has_the_figure_whatever_the_size(world):
    async with opened(world(FIGURED), study=True, size=NARROW) as screen:
        await screen.press("enter", "enter", "v")
        assert "Figure\n" in screen.card
        assert f"{screen.question.variant.answer} places on " in " ".join(screen.card.split())


async def test_a_card_without_a_figure_is_shown_as_before(world):
    async with opened(world(COMPUTED.replace('"7..64"', '"70..99"')), study=True, size=(120, 40)) as screen:
        await screen.press("enter", "enter")
        assert "Answer: " in screen.text
        await screen.press("v")
        assert "Figure" not in screen.card


async def test_a_figure_that_takes_long_is_not_waited_for(world, monkeypatch):
    from studytui.deck import figure

    slow, made, real = threading.Event(), [], figure.figure_of_answer

    def wait(question):
        slow.wait(10)
        made.append(question.card.id)
        return real(question)

    monkeypatch.setattr(figure, "figure_of_answer", wait)
    cards = [FIGURED.replace("{#places}", f"{{#places-{number}}}") for number in range(4)]
    async with opened(world(*cards), study=True, size=(120, 40)) as screen:
        for _ in range(3):
            await screen.answer_without_figure()
        asked = screen.question
        await screen.answer_without_figure(rate=False)
        assert "places on" not in screen.text
        slow.set()
        await screen.settle()
        assert f"{asked.variant.answer} places on " in screen.text
    assert made == ["deck/places-0", "deck/places-3"]  # those in between were left behind


async def test_a_word_takes_the_place_of_the_last_word_and_warnings_stay(world):
    async with opened(world(RECALL, CLOZE, CHOICE), study=True) as screen:
        screen.app.notify("a warning", severity="warning", timeout=60)
        for _ in range(3):
            await screen.press("u")
        assert sorted(each.message for each in screen.app._notifications) == ["Nothing to undo.", "a warning"]
