"""The study screen: the proof behind an answer, what PyTorch says of it, and its figure."""

import threading

import pytest
from support.screens import NARROW, opened
from support.world import COMPUTED, FIGURED, RECALL, TEXT, StrawReferee, slip_for

from studytui.session import Phase

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
