"""Filling in a choice, an order or a match, without a screen."""

from hypothesis import given
from hypothesis import strategies as st

from studytui.deck.model import Arrange, Line, Pair, Pick, Reveal
from studytui.entering import Arranging, Pairing, Picking, begin


def test_only_forms_without_typing_have_something_to_enter():
    assert begin(Reveal()) is None
    assert begin(Line()) is None
    assert begin(Pick(((), ()), several=True)) == Picking(2, several=True)
    assert begin(Arrange(((), ()))) == Arranging((0, 1))
    assert begin(Pair(((), ()), ((), ()))) == Pairing((-1, -1))


def test_a_single_choice_moves_to_the_option_pressed_last():
    assert Picking(3, several=False).press(1).press(2).response == frozenset({2})


def test_a_single_choice_without_a_pick_is_the_option_under_the_cursor():
    assert Picking(3, several=False).move(1).response == frozenset({1})


def test_several_options_are_picked_and_given_back():
    assert Picking(3, several=True).press(0).press(2).press(0).response == frozenset({2})


def test_the_cursor_goes_round_the_ends():
    assert Picking(3, several=False).move(-1).cursor == 2


def test_a_held_item_moves_with_the_cursor():
    state = Arranging((0, 1, 2)).press(0).move(1).move(1)
    assert state.response == (1, 2, 0)
    assert state.cursor == 2


def test_an_item_can_be_put_at_a_place_by_its_digit():
    assert Arranging((0, 1, 2)).press(2).press(0).response == (2, 0, 1)


def test_a_partner_given_to_one_row_is_taken_from_another():
    state = Pairing((-1, -1)).press(0)
    assert state.cursor == 1
    assert state.press(0).response == (-1, 0)


@given(st.lists(st.tuples(st.sampled_from(["move", "carry", "press"]), st.integers(-3, 8)), max_size=30))
def test_an_order_never_loses_or_doubles_an_item(steps):
    state = Arranging(tuple(range(5)))
    for verb, number in steps:
        state = getattr(state, verb)(number)
        assert sorted(state.response) == [0, 1, 2, 3, 4]
        assert 0 <= state.cursor < 5


@given(st.lists(st.tuples(st.sampled_from(["move", "press", "row"]), st.integers(-3, 8)), max_size=30))
def test_no_partner_is_ever_given_twice(steps):
    state = Pairing((-1,) * 4)
    for verb, number in steps:
        state = getattr(state, verb)(number)
        given_ones = [partner for partner in state.partners if partner >= 0]
        assert len(given_ones) == len(set(given_ones))
