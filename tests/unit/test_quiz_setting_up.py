"""A quiz being set up: what the keys change, the plan that comes of it, and what is said of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytui.problems import Problem
from studytui.quiz.plan import AskedAs, Feedback, Order, Plan
from studytui.quiz.setting_up import Choice, Field, Waiting, set_up
from studytui.quiz_pages.setup import outlook_row, setup_rows
from studytui.text import display_width

LISTS = {
    Field.DECKS: (Choice("padding", "합성곱: 패딩과 스트라이드", 7), Choice("gates", "LSTM gates", 12)),
    Field.TAGS: (Choice("cnn", "cnn", 7), Choice("rnn", "rnn", 9)),
    Field.KINDS: (Choice("choice", "choice", 4), Choice("computed", "computed", 15)),
}


def setup(**options):
    return set_up(LISTS, 7, **options)


def cards(number):
    return lambda _plan: number


def typed(state, field, text):
    state = state.on(field)
    for letter in text:
        state = state.type(letter)
    return state


def test_everything_is_chosen_to_begin_with():
    assert setup().plan() == Plan(7)


def test_decks_that_were_named_are_the_ones_that_are_ticked():
    assert setup(decks=["gates"]).plan() == Plan(7, decks=("gates",))


def test_the_cursor_goes_round_the_ends():
    state = setup()
    assert state.place.field is Field.DECKS
    assert state.move(-1).place.field is Field.SEED
    assert state.move(-1).move(1).place.field is Field.DECKS


def test_a_list_unfolds_below_its_field_and_folds_again():
    state = setup().change(1)
    assert [place.choice.name for place in state.places if place.choice] == ["padding", "gates"]
    assert state.move(2).change(-1).place.field is Field.DECKS
    assert not any(place.choice for place in state.move(2).change(-1).places)


def test_one_list_is_unfolded_at_a_time():
    state = setup().press().on(Field.TAGS).press()
    assert {place.field for place in state.places if place.choice} == {Field.TAGS}
    assert state.place.field is Field.TAGS


def test_space_unticks_a_deck_and_ticks_it_again():
    state = setup().change(1).move(1).press()
    assert state.plan().decks == ("gates",)
    assert state.press().plan().decks == ()


def test_one_key_ticks_all_or_none():
    state = setup().tick_all()
    with pytest.raises(Problem, match="no deck is ticked: a ticks all decks"):
        state.plan()
    assert state.tick_all().plan().decks == ()
    assert setup(decks=["gates"]).tick_all().plan().decks == ()


@pytest.mark.parametrize("field", [Field.TAGS, Field.KINDS])
def test_tags_and_kinds_are_ticked_like_decks(field):
    state = setup().on(field).change(1).move(1).press()
    assert getattr(state.plan(), field.value) == (LISTS[field][1].name,)


def test_digits_replace_a_number_and_then_go_behind_it():
    state = typed(setup(), Field.COUNT, "35")
    assert state.plan().count == 35
    assert state.rub_out().plan().count == 3
    assert typed(state.move(1), Field.COUNT, "9").plan().count == 9


@pytest.mark.parametrize(
    ("start", "by", "count"), [("20", 1, 25), ("20", -1, 15), ("7", 1, 10), ("7", -1, 5), ("3", -1, 1)]
)
def test_left_and_right_go_by_five(start, by, count):
    assert typed(setup(), Field.COUNT, start).change(by).plan().count == count


def test_minutes_go_down_to_no_limit():
    state = setup().on(Field.MINUTES)
    assert state.plan().minutes is None
    assert state.change(1).plan().minutes == 5
    assert state.change(1).change(-1).plan().minutes is None
    assert typed(state, Field.MINUTES, "0").plan().minutes is None


def test_one_of_a_few_is_picked_round_the_end():
    state = setup().on(Field.ORDER)
    assert [state.plan().order, state.change(1).plan().order, state.change(-1).plan().order] == [
        Order.RANDOM,
        Order.TOPIC,
        Order.WEAK,
    ]
    assert setup().on(Field.FEEDBACK).press().plan().feedback is not setup().plan().feedback
    assert {Feedback.AT_END, AskedAs.TYPED} <= {setup().plan().feedback, setup().plan().computed}
    assert setup().on(Field.COMPUTED).press().plan().computed is AskedAs.CHOICE


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        (Field.SEED, "12a", "“12a” is no seed"),
        (Field.SEED, "9999999999", "“9999999999” is no seed"),
        (Field.COUNT, "0", "type a number from 1 to 1000"),
        (Field.COUNT, "1001", "type a number from 1 to 1000"),
        (Field.MINUTES, "1441", "from 1 to 1440, or nothing for no limit"),
        (Field.MINUTES, "٣", "“٣” cannot be used"),
    ],
)
def test_what_cannot_be_used_is_told_with_what_to_do(field, text, says):
    state = typed(setup(), field, text)
    outlook = state.outlook(cards(19))
    assert says in outlook.words
    assert not outlook.sound


def test_an_emptied_number_is_told_too():
    emptied = setup().on(Field.COUNT).rub_out().rub_out().outlook(cards(19))
    assert (emptied.words, emptied.sound) == ("questions: type a number from 1 to 1000", False)
    assert not setup().on(Field.SEED).rub_out().outlook(cards(19)).sound


def test_the_outlook_says_how_many_cards_there_are_and_how_many_are_asked():
    assert setup().outlook(cards(128)).words == "128 cards, 20 asked"
    assert setup().outlook(cards(7)).words == "7 cards: all asked, there are not 20"
    assert setup().outlook(cards(7)).sound
    nothing = setup().outlook(cards(0))
    assert "no card chosen here is graded by machine" in nothing.words
    assert not nothing.sound


def test_another_seed_takes_the_place_of_the_one_shown():
    assert setup().redraw(41).plan().seed == 41


def test_a_quiz_that_waits_comes_first():
    state = setup(unfinished=[Waiting(4, "3 of 20 answered")])
    assert [place.field for place in state.places[:3]] == [Field.RESUME, Field.GIVE_UP, Field.DECKS]
    assert state.plan() == Plan(7)


def test_of_several_that_wait_each_can_be_gone_on_with_or_given_up():
    waiting = [Waiting(4, "3 of 20 answered"), Waiting(2, "0 of 5 answered")]
    state = setup(unfinished=waiting)
    assert [(place.field, place.waiting.number) for place in state.places[:4]] == [
        (Field.RESUME, 4), (Field.GIVE_UP, 4), (Field.RESUME, 2), (Field.GIVE_UP, 2),
    ]  # fmt: skip
    texts = [row.text.strip() for row in setup_rows(state, 60)]
    assert texts[:8] == [
        "Unfinished quiz 4", "3 of 20 answered", "▸ Go on with it", "Give it up", "",
        "Unfinished quiz 2", "0 of 5 answered", "Go on with it",
    ]  # fmt: skip
    assert texts.count("Another quiz") == 1


def test_a_list_that_has_nothing_to_tick_is_left_out():
    state = set_up({**LISTS, Field.TAGS: ()}, 7)
    assert Field.TAGS not in [place.field for place in state.places]
    assert state.plan() == Plan(7)


KEYS = st.sampled_from(["up", "down", "left", "right", "space", "all", "rub", "7", "x", "패"])


@settings(max_examples=150)
@given(st.lists(KEYS, max_size=40), st.integers(12, 92), st.integers(0, 3))
def test_any_keys_leave_a_setup_that_can_be_shown_and_begun_or_says_why_not(keys, width, waits):
    state = setup(unfinished=[Waiting(9 - each, "12 of 20 answered · seed 7") for each in range(waits)])
    for key in keys:
        match key:
            case "up" | "down":
                state = state.move(1 if key == "down" else -1)
            case "left" | "right":
                state = state.change(1 if key == "right" else -1)
            case "space":
                state = state.press()
            case "all":
                state = state.tick_all()
            case "rub":
                state = state.rub_out()
            case _:
                state = state.type(key)
        rows = setup_rows(state, width)
        outlook = state.outlook(cards(19))
        assert all(display_width(row.text) <= width for row in [*rows, outlook_row(outlook, width)])
        assert sum(row.cursor for row in rows) == 1
        if outlook.sound:
            assert 1 <= state.plan().count <= 1000
