"""Sizes, themes, colours, keys, help and palette; and that nothing from outside is obeyed."""

import pytest
from support.screens import NARROW, WIDE, opened
from support.world import CHOICE, COMPUTED, MATCH, ORDER, RECALL, SEVERAL, TEXT, World, right_for
from textual.events import Paste

from studytui.memory.model import Rating
from studytui.session import Phase
from studytui.settings import Settings
from studytui.tui.keys import with_hangul

LONG = """
## A long question with many words in its heading, more than one row has room for {#long}

- [x] the first option is rather long, so that it takes several rows on a narrow screen
- [ ] the second option is rather long, too, so that it takes several rows on a narrow screen
- [ ] the third option is rather long, too, so that it takes several rows on a narrow screen
- [ ] the fourth option is rather long, too, so that it takes several rows on a narrow screen

An explanation that goes on for a while, because there is always more to say about everything. And then some.
"""


def colours(screen):
    """Foreground and background of everything on the screen, with its text."""
    return [
        (segment.text, segment.style.color, segment.style.bgcolor)
        for strip in screen.app.screen._compositor.render_strips()
        for segment in strip
        if segment.style is not None
    ]


# -- sizes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "card",
    [RECALL, COMPUTED, SEVERAL, ORDER, MATCH, TEXT, LONG],
    ids=["recall", "computed", "several", "order", "match", "text", "long"],
)
async def test_a_narrow_screen_keeps_what_matters_in_view(tmp_path, card):
    async with opened(World(tmp_path, card), study=True, size=NARROW) as screen:
        assert screen.title.endswith("1 · 0 · 0")
        assert "help" in screen.keys
        if screen.field.display:
            await screen.press("enter", "enter")
        else:
            await screen.press("space" if card is RECALL else "x")
        assert screen.session.phase is Phase.JUDGED
        assert "✗ Wrong" in screen.text or "Answer: The filter" in screen.text
        assert "1 again 1m" in screen.text
        assert "4 easy" in screen.text
        assert "q leave" in screen.keys
        assert "? help" in screen.keys


@pytest.mark.parametrize("card", [LONG, ORDER, MATCH], ids=["choice", "order", "match"])
async def test_a_question_begins_at_its_top_and_then_the_cursor_is_always_in_view(tmp_path, card):
    async with opened(World(tmp_path, card), study=True, size=(40, 8)) as screen:
        assert card.split("\n")[1].removeprefix("## ")[:12] in screen.text
        for step in range(1, 8):
            await screen.press("down")
            assert screen.study._entering.cursor == (
                min(step, 2) if card is ORDER else step % (4 if card is LONG else 3)
            )
            assert "▸" in screen.text
        await screen.press("up", "home")
        assert screen.study._card.scroll_y == 0
        await screen.press("end")
        assert "q leave" in screen.keys


async def test_why_an_answer_was_not_read_is_in_view(tmp_path):
    card = COMPUTED.replace("stride {stride}.", "stride {stride}.\n\n" + "More words to read. " * 20)
    async with opened(World(tmp_path, card), study=True, size=NARROW) as screen:
        await screen.type("1,234\n")
        assert "? Not read, not counted" in screen.text


async def test_a_sitting_survives_resizing_in_the_middle_of_a_card(tmp_path):
    async with opened(World(tmp_path, LONG), study=True) as screen:
        await screen.press("j", "j")
        wide = screen.card
        await screen.resize(NARROW)
        assert "▸ 3 ( )" in screen.text
        assert max(map(len, screen.card.splitlines())) <= 40
        await screen.resize((20, 6))
        await screen.resize(WIDE)
        assert screen.card == wide
        await screen.press("x")
        await screen.resize(NARROW)
        assert "✗ Wrong" in screen.text
        assert "1 again 1m" in screen.text
        await screen.resize(WIDE)
        assert "[1 again 1m]  2 hard 6m   3 good 10m   4 easy" in screen.text
        await screen.press("1")


async def test_what_is_typed_survives_resizing(tmp_path):
    async with opened(World(tmp_path, TEXT), study=True) as screen:
        await screen.type("zero pad")
        await screen.resize(NARROW)
        await screen.type("ding\n")
        assert "✓ Right" in screen.text


async def test_a_long_card_scrolls_and_the_next_one_begins_at_its_top(tmp_path):
    long = RECALL + "\n" + "\n\n".join(f"Line {number}." for number in range(40)) + "\n"
    async with opened(World(tmp_path, long, LONG), study=True, size=NARROW) as screen:
        await screen.press("space")
        assert "Line 39." not in screen.text
        await screen.press("pagedown", "down")
        assert "What does padding" not in screen.text
        await screen.press(*["ctrl+d"] * 20)
        assert "Line 39." in screen.text
        view = screen.study._card
        await screen.press("3")
        assert "A long question" in screen.text
        assert view.scroll_y == 0
        assert view.vertical_scrollbar.position == 0


@pytest.mark.parametrize("size", [(1, 1), (8, 3), (300, 80)])
async def test_no_size_breaks_anything(tmp_path, size):
    world = World(tmp_path)
    async with opened(world, size=size) as screen:
        await screen.press("enter")
        for _ in range(9):
            await screen.press("escape", "x", "space", "v", "escape", "1")
        await screen.press("f1", "j", "escape")
    assert world.problems() == []


# -- themes and colours ------------------------------------------------------------------------------------------------


async def test_the_light_theme_comes_from_the_settings_and_every_colour_changes_with_it(tmp_path):
    world = World(tmp_path, RECALL, settings=Settings(theme="studytui-light"))
    async with opened(world, study=True) as screen:
        light = {background for _, _, background in colours(screen)}
        assert screen.app.theme == "studytui-light"
        screen.app.action_toggle_theme()
        await screen.pilot.pause()
        assert screen.app.theme == "studytui-dark"
        assert not light & {background for _, _, background in colours(screen)}
        screen.app.action_toggle_theme()
        await screen.pilot.pause()
        assert {background for _, _, background in colours(screen)} == light


@pytest.mark.parametrize("theme", ["studytui-dark", "studytui-light"])
async def test_right_and_wrong_differ_by_word_and_sign_and_not_by_colour_alone(tmp_path, theme):
    async with opened(World(tmp_path, SEVERAL, settings=Settings(theme=theme)), study=True) as screen:
        right = sorted(right_for(screen.question))
        wrong = next(place for place in range(4) if place not in right)
        await screen.press(str(right[0] + 1), str(wrong + 1), "enter")
        assert "✗ Wrong · score 1/2" in screen.text
        marks = sorted(line[1] for line in screen.lines if line[3:4] == "[" and line[1] in "✓✗○")
        assert marks == ["○", "✓", "✗"]
        assert "1 missed, 1 picked that should not be." in screen.text


async def test_no_color_leaves_only_shades_of_grey(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(World(tmp_path, COMPUTED), study=True) as screen:
        await screen.press("enter", "enter")
        shown = colours(screen)
        for text, *pair in shown:
            for colour in filter(None, pair):
                assert colour.triplet is None or len(set(colour.triplet)) == 1, text
        assert "✗ Wrong" in screen.text


# -- keys ------------------------------------------------------------------------------------------------------------


def test_every_latin_letter_has_the_hangul_letter_of_its_key():
    assert with_hangul("j,down") == "j,down,ㅓ"
    assert with_hangul("ctrl+j") == "ctrl+j"
    assert with_hangul("q, u") == "q,u,ㅂ,ㅕ"


async def test_keys_work_with_the_hangul_input_method_on(tmp_path):
    world = World(tmp_path, CHOICE, RECALL)
    async with opened(world) as screen:
        await screen.press("ㅓ", "ㅏ", "ㅇ")  # j, k, d
        assert screen.question.card.kind == "choice"
        await screen.press("ㅓ")
        assert screen.study._entering.cursor == 1
        await screen.press("ㅌ")  # x
        assert screen.session.phase is Phase.JUDGED
        await screen.press("ㄴ")  # s
        assert world.state("deck/mover").suspended
        await screen.press("ㅕ")  # u
        assert not world.state("deck/mover").suspended
        await screen.press("ㅂ")  # q
        assert "for today" in screen.text


async def test_in_the_answer_field_hangul_is_text(tmp_path):
    async with opened(World(tmp_path, TEXT), study=True) as screen:
        await screen.type("ㅕ패딩")
        assert screen.field.value == "ㅕ패딩"


async def test_keys_are_rebound_by_their_id_and_every_list_of_keys_follows(tmp_path):
    settings = Settings(keys=(("study.undo", "z"), ("home.study", "g"), ("study.digit1", "a"), ("nonsense", "y")))
    world = World(tmp_path, RECALL, CHOICE, settings=settings)
    async with opened(world) as screen:
        assert screen.notices == ["settings: [keys] has no “nonsense”; the ids are listed by `?`"]
        assert screen.keys.startswith("g study")
        await screen.press("enter")
        assert screen.keys.startswith("g study")
        await screen.press("ㅎ")  # g
        await screen.press("space", "a")
        assert world.history("deck/why-padding")[0].rating is Rating.AGAIN
        assert "z undo" in screen.keys
        await screen.press("u")
        assert world.state("deck/why-padding").memory is not None
        await screen.press("question_mark")
        assert "z                Take back the last review, suspension or burial [study.undo]" in screen.card
        await screen.press("q", "ㅋ")  # z
        assert world.state("deck/why-padding").memory is None


async def test_a_key_that_is_moved_leaves_what_else_is_on_its_old_key_and_on_its_new_one(tmp_path):
    settings = Settings(keys=(("study.accept", "n"), ("study.undo", "s"), ("study.bury", ""), ("page.close", "w")))
    async with opened(World(tmp_path, RECALL, CHOICE, settings=settings), study=True) as screen:
        await screen.press("space")
        assert screen.session.phase is Phase.JUDGED
        await screen.press("space", "enter", "b")
        assert screen.question.card.id == "deck/why-padding"
        await screen.press("n")
        assert screen.question.card.id == "deck/mover"
        await screen.press("s")
        assert screen.question.card.id == "deck/why-padding"
        await screen.press("question_mark", "q", "escape")
        assert screen.title == "Help"
        await screen.press("w")
        assert "s undo" in screen.keys
        assert "bury" not in screen.keys


# -- help and palette ------------------------------------------------------------------------------------------------


async def test_help_lists_every_key_of_the_screen_below_and_how_answers_are_written(tmp_path):
    async with opened(World(tmp_path, RECALL), study=True) as screen:
        await screen.press("question_mark")
        assert screen.title == "Help"
        for words in ("[study.undo]", "[study.proof]", "u ^z ", "28x28x4", "withdrawn", '"study.undo" = "z"'):
            assert words in screen.card
        assert "ㅕ" not in screen.card
        await screen.press("pagedown", "pagedown", "k", "space")
        assert screen.session.phase is Phase.ASKING
        assert screen.title.startswith("recall · A deck")


async def test_help_opens_from_the_answer_field_and_typing_goes_on(tmp_path):
    async with opened(World(tmp_path, TEXT), study=True) as screen:
        await screen.type("pad")
        await screen.press("f1")
        assert screen.title == "Help"
        await screen.press("escape")
        await screen.type("ding\n")
        assert "✓ Right" in screen.text


async def test_the_palette_offers_each_action_of_the_screen_once_and_runs_it(tmp_path):
    world = World(tmp_path, RECALL, CHOICE)
    async with opened(world, study=True) as screen:
        commands = [command.title for command in screen.app.get_system_commands(screen.app.screen)]
        assert len(commands) == len(set(commands))
        assert {"Answer", "Suspend", "Bury", "Edit", "Leave", "Light or dark", "Quit"} <= set(commands)
        assert "Proof" not in commands
        await screen.press("ctrl+p")
        await screen.type("suspend")
        await screen.until(lambda: "Take the card out of study" in screen.text)
        await screen.press("enter")
        await screen.until(lambda: screen.question.card.id == "deck/mover")
        assert world.state("deck/why-padding").suspended


async def test_the_palette_hands_in_what_is_typed(tmp_path):
    async with opened(World(tmp_path, TEXT), study=True) as screen:
        await screen.type("padding")
        await screen.press("ctrl+p")
        await screen.type("answer")
        await screen.until(lambda: "Hand in what is typed" in screen.text)
        await screen.press("enter")
        await screen.until(lambda: screen.session.phase is Phase.JUDGED)
        assert "✓ Right" in screen.text


# -- outside text ------------------------------------------------------------------------------------------------------

HOSTILE = """
## [bold red]Not bold[/] [@click=app.quit]no link[/] \x1b[31mred\x1b]0;title\x07 {#odd}

- [x] [reverse]one[/] \x1b[2J $primary
- [ ] two \x9b5m \u202e backwards

[/] [$error]because[/] \\[x] \u200b
"""


async def test_markup_and_control_sequences_in_a_deck_are_shown_or_removed_never_obeyed(tmp_path):
    async with opened(World(tmp_path, HOSTILE), study=True) as screen:
        assert "[bold red]Not bold[/] [@click=app.quit]no link[/] [31mred]0;title" in screen.text
        assert "[reverse]one[/] [2J $primary" in screen.text
        await screen.press("x")
        assert "[/] [$error]because[/]" in screen.text
        await screen.press("s")
        for line in screen.lines:
            assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(line)


async def test_a_hostile_title_and_a_hostile_finding_are_plain_text(tmp_path):
    world = World(tmp_path, RECALL)
    world.deck.write_text(
        "# [bold]Deck[/bold] \x1b[31m[/]\n" + RECALL + CHOICE.replace("[x]", "[ ]").replace("bias", "[/]")
    )
    async with opened(world) as screen:
        assert "[bold]Deck[/bold] [31m[/]" in screen.text
        await screen.press("f")
        assert "no-correct-option" in screen.card


@pytest.mark.parametrize("typed", ["[bold red]x[/]", "[/]", "$error", "[@click=app.quit]x[/]", "\\[x", "%s{x}"])
@pytest.mark.parametrize("card", [TEXT, COMPUTED], ids=["text", "computed"])
async def test_what_is_typed_is_shown_as_it_is(tmp_path, typed, card):
    async with opened(World(tmp_path, card), study=True) as screen:
        await screen.type(typed)
        assert typed in screen.lines[-2]
        await screen.press("enter")
        if screen.session.phase is Phase.JUDGED:
            assert f"You typed: {typed}" in screen.text
        else:
            assert "? Not read, not counted" in screen.text


async def test_pasted_control_sequences_are_not_obeyed(tmp_path):
    async with opened(World(tmp_path, TEXT), study=True) as screen:
        screen.field.post_message(Paste("\x1b[31mred\x07\u202e\nsecond line"))
        await screen.press("enter")
        assert "You typed: [31mred" in screen.text
        for line in screen.lines:
            assert not {"\x1b", "\x07", "\u202e"} & set(line)
