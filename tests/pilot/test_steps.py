"""A card with steps on the study screen: its parts are typed one after the other, and marked one by one."""

import json

import pytest
from support.screens import NARROW, opened
from support.world import COMPUTED, STEPPED, World, mistaken, right_for

from studytui.deck.model import Filled
from studytui.entering import Filling
from studytui.memory.model import Rating
from studytui.text import display_width


@pytest.fixture
def world(tmp_path):
    return World(tmp_path, STEPPED)


async def fill_in(screen, lines):
    """Types the parts, with enter behind each."""
    for line in lines:
        await screen.type(f"{line}\n")


def part_rows(screen):
    """The rows of the parts, without their signs."""
    return [line.strip() for line in screen.card.split("\n") if ": " in line]


async def test_enter_goes_on_to_the_next_part_and_hands_in_behind_the_last(world):
    async with opened(world, study=True) as screen:
        assert "▸ 1 Width of the padded row: (a whole number, px)" in screen.text
        assert "1 of 3 · a whole number · px" in screen.lines[-2]
        right = right_for(screen.question).lines
        await screen.type(f"{right[0]}\n")
        assert f"1 Width of the padded row: {right[0]} px" in screen.text
        assert "▸ 2 Pixels that the kernel can move: (a whole number)" in screen.text
        assert "2 of 3 · a whole number" in screen.lines[-2]
        await fill_in(screen, right[1:])
        assert "✓ Right" in screen.text
        assert screen.text.count("✓") >= 4
        assert "Answer:" not in screen.text
        await screen.press("3")
    (entry,) = world.history("deck/padded-output")
    assert (entry.verdict, entry.rating, entry.typed) == ("right", Rating.GOOD, "; ".join(right))


async def test_what_is_typed_stands_in_its_part_at_once(world):
    async with opened(world, study=True) as screen:
        await screen.type("12")
        assert "▸ 1 Width of the padded row: 12 px" in screen.text
        await screen.press("backspace")
        assert "▸ 1 Width of the padded row: 1 px" in screen.text


async def test_each_part_is_marked_and_a_mistake_is_carried_on(world):
    async with opened(world, study=True) as screen:
        right, typed = right_for(screen.question).lines, mistaken(screen.question)
        await fill_in(screen, typed)
        assert f"✗ Width of the padded row: {typed[0]} px" in screen.card
        assert f"right: {right[0]} px" in screen.card
        assert f"✓ Pixels that the kernel can move: {typed[1]}" in screen.card
        assert "Follows from your earlier step." in screen.card
        assert "✗ Wrong · score 2/3" in screen.card
        assert "2 of 3 parts are right." in screen.card
        await screen.press("enter")
    (entry,) = world.history("deck/padded-output")
    assert (entry.verdict, entry.rating, entry.typed) == ("wrong", Rating.AGAIN, "; ".join(typed))
    assert json.loads(entry.givens)


async def test_the_arrows_and_a_click_go_from_part_to_part(world):
    async with opened(world, study=True) as screen:
        right = right_for(screen.question).lines
        await screen.press("down", "down")
        await screen.type(right[2])
        await screen.press("up")
        await screen.type(right[1])
        await screen.click("Width of the padded row")
        assert screen.field.has_focus
        await screen.type(right[0])
        assert screen.study._entering == Filling(right, 0)
        await screen.press("down", "down", "down")
        assert screen.field.value == right[2]
        await screen.press("enter")
        assert "✓ Right" in screen.text


async def test_a_part_can_be_corrected_where_it_was_typed_first(world):
    async with opened(world, study=True) as screen:
        right = right_for(screen.question).lines
        await screen.type(f"9\n{right[1]}")
        await screen.press("up", "backspace")
        await screen.type(f"{right[0]}\n\n{right[2]}\n")
        assert "✓ Right" in screen.text


async def test_the_cursor_goes_to_the_part_that_cannot_be_read(world):
    async with opened(world, study=True) as screen:
        right = right_for(screen.question).lines
        await fill_in(screen, (right[0], "1,234", right[2]))
        assert "? Not read, not counted" in screen.text
        assert "Pixels that the kernel can move: Did you mean “1234”" in screen.text
        assert screen.field.value == "1,234"
        await screen.press("ctrl+u")
        await screen.type(f"{right[1]}\n\n")
        assert "✓ Right" in screen.text
    assert world.history("deck/padded-output") == []


async def test_empty_parts_are_handed_in_at_the_second_enter(world):
    async with opened(world, study=True) as screen:
        right = right_for(screen.question).lines
        await screen.type(f"{right[0]}\n\n\n")
        assert "Parts 2, 3 are empty: Enter once more hands in the others." in screen.notices
        assert screen.session.judged is None
        await screen.press("enter")
        assert "Nothing was typed here." in screen.card
        assert screen.session.judged.response == Filled((right[0], "", ""))


async def test_all_parts_empty_show_the_answer_at_the_second_enter(world):
    async with opened(world, study=True) as screen:
        await screen.type("\n\n\n")
        assert "Enter once more shows the answer and suggests “again”." in screen.notices
        await screen.press("enter")
        assert screen.session.judged.response is None
        assert "✗ Wrong" in screen.text
        assert [row for row in part_rows(screen) if row.startswith("Width of the padded row: ")]


async def test_out_of_the_field_a_digit_names_a_part_and_space_shows_the_answer(world):
    async with opened(world, study=True) as screen:
        await screen.press("escape")
        assert "enter type" in screen.keys
        await screen.press("3")
        assert screen.study._entering.cursor == 2
        assert screen.field.has_focus
        await screen.press("escape", "space")
        assert screen.session.judged.response is None


async def test_what_was_typed_stays_when_the_language_changes(world):
    world.translate()
    async with opened(world, study=True) as screen:
        await screen.type("12\n3")
        await screen.press("ctrl+g")
        assert "1 패딩한 줄의 너비: 12 px" in screen.text
        assert "▸ 2 커널이 움직일 수 있는 픽셀 수: 3 픽셀" in screen.text
        assert screen.field.value == "3"
        await screen.press("enter", "1", "enter", "ctrl+g")
        assert "Width of the padded row: 12 px" in screen.card
        assert screen.session.judged.response == Filled(("12", "3", "1"))


async def test_hangul_can_be_typed_and_is_asked_back(world):
    async with opened(world, study=True) as screen:
        await screen.type("열둘\n1\n1\n")
        assert "▸ 1 Width of the padded row: 열둘 px" in screen.text
        assert "? Not read, not counted" in screen.text


async def test_a_small_terminal_shows_the_part_that_is_typed(world):
    world.translate()
    async with opened(world, study=True, size=NARROW) as screen:
        typed = mistaken(screen.question)
        await screen.type(f"{typed[0]}\n")
        assert "▸ 2 Pixels that the kernel can move:" in screen.text
        await screen.press("ctrl+g")
        await screen.resize((80, 24))
        await screen.resize(NARROW)
        await fill_in(screen, typed[1:])
        assert "✗ Wrong · score 2/3" in screen.text
        assert all(display_width(line) <= 40 for line in screen.lines)


async def test_an_undone_review_asks_the_same_parts_empty(world):
    async with opened(world, study=True) as screen:
        before = screen.question
        await fill_in(screen, mistaken(before))
        await screen.press("1", "ctrl+z")
        assert screen.question.variant.givens == before.variant.givens
        assert screen.study._entering == Filling(("", "", ""))
        assert screen.field.value == ""


async def test_the_field_is_empty_for_the_next_card(tmp_path):
    world = World(tmp_path, STEPPED, COMPUTED)
    async with opened(world, study=True) as screen:
        for _ in range(2):
            right = right_for(screen.question)
            lines = right.lines if isinstance(right, Filled) else (right,)
            assert screen.field.value == ""
            await fill_in(screen, lines)
            assert "✓ Right" in screen.text
            await screen.press("4")
