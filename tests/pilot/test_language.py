"""The card's language is switched with a key: at once, and with nothing else changed."""

import pytest
from support.screens import NARROW, WIDE, opened
from support.world import (
    CHOICE,
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

from studytui.deck.blocks import plain
from studytui.memory.model import Rating
from studytui.settings import Settings, load
from studytui.text import display_width
from studytui.tui.screens.home import HomeScreen
from studytui.tui.screens.study import StudyScreen

FIGURED_IN_KOREAN = """# 덱

## 몇 곳인가? {#places}

픽셀 {input_size}개, 커널 {kernel_size}, 패딩 {padding}, 스트라이드 {stride}.

---

패딩한 줄은 {padded}픽셀이고, 필터는 {stride}칸씩 움직여 **{answer}**곳에 놓인다.
"""


@pytest.fixture
def world(tmp_path):
    """Makes a world of some cards and their translation into Korean."""

    def make(*cards, **options):
        return World(tmp_path, *cards, **options).translate()

    return make


# -- before the answer -------------------------------------------------------------------------------------------------


async def test_the_question_is_told_in_korean_and_again_in_english(world):
    async with opened(world(RECALL), study=True) as screen:
        assert "g language" in screen.keys
        await screen.press("g")
        assert "패딩은 왜 쓰는가?" in screen.text
        assert "What does padding buy you?" not in screen.text
        assert screen.title.startswith("recall · 합성곱: 스트라이드와 패딩")
        await screen.press("ㅎ")
        assert "What does padding buy you?" in screen.text
        assert screen.title.startswith("recall · A deck")


async def test_options_keep_their_order_the_ticks_and_the_cursor(world):
    words = {"kernel size": "커널 크기", "stride": "스트라이드", "padding": "패딩", "number of filters": "필터의 개수"}
    async with opened(world(SEVERAL), study=True) as screen:
        await screen.press("space", "j", "j", "space", "j")
        english = [line.strip() for line in screen.lines if "[x]" in line or "[ ]" in line]
        assert [line.startswith("▸") for line in english] == [False, False, False, True]
        await screen.press("g")
        korean = [line.strip() for line in screen.lines if "[x]" in line or "[ ]" in line]
        for ours, theirs in zip(english, korean, strict=True):
            box, _, option = ours.partition("] ")
            assert theirs.startswith(f"{box}] {words[option.strip()]}")
        await screen.press("enter", "g")
        assert screen.text.count("[x]") == 2


async def test_an_item_that_is_held_stays_in_the_hand(world):
    async with opened(world(ORDER), study=True) as screen:
        await screen.press("space", "down")
        held = screen.study._entering
        await screen.press("g")
        assert screen.study._entering == held
        assert "▸ 2↕ " in screen.text
        await screen.press("space", "g", "enter")
        assert screen.session.judged.response == held.order


async def test_pairs_that_were_made_stay_made(world):
    async with opened(world(MATCH), study=True) as screen:
        right = right_for(screen.question)
        await screen.press(str(right[0] + 1), "g", str(right[1] + 1), "g", str(right[2] + 1), "g", "enter")
        assert "✓ Right" in screen.text
        assert "✓ s — 스트라이드" in screen.text


@pytest.mark.parametrize("keys", [["ctrl+g"], ["escape", "g", "enter"]], ids=["field", "commands"])
async def test_what_was_typed_stays_with_its_cursor(world, keys):
    async with opened(world(COMPUTED), study=True) as screen:
        variant = screen.question.variant
        await screen.type("3+25")
        await screen.press("left", "left", *keys)
        assert "이미지에" in screen.text
        assert screen.question.variant == variant
        assert (screen.field.value, screen.field.cursor_position) == ("3+25", 2)
        assert screen.field.has_focus
        await screen.type("1")
        assert screen.field.value == "3+125"


async def test_in_the_answer_field_g_is_a_letter(world):
    async with opened(world(TEXT), study=True) as screen:
        assert "^g language" in screen.keys
        await screen.type("gㅎ")
        assert screen.field.value == "gㅎ"
        assert "What is added at the border?" in screen.text


async def test_why_an_answer_was_not_read_is_still_said(world):
    async with opened(world(COMPUTED), study=True) as screen:
        await screen.type("1,234\n")
        await screen.press("ctrl+g")
        assert "? Not read, not counted" in screen.text
        assert screen.field.value == "1,234"


# -- after the answer --------------------------------------------------------------------------------------------------


async def test_the_verdict_and_the_worked_solution_switch_and_the_rating_waits(world):
    world = world(COMPUTED)
    async with opened(world, study=True) as screen:
        slip = slip_for(screen.question)
        await screen.type(f"{slip}\n")
        assert "The padded input is " in screen.card
        before = screen.session.judged
        await screen.press("g")
        assert "패딩한 입력의 너비는" in screen.card
        assert "이미지에" in screen.card
        for words in ("✗ A known slip", f"You typed: {slip}", "Proved by brute force ✓ · PyTorch ✓", "[1 again 1m]"):
            assert words in screen.card + screen.text
        assert screen.session.judged == before
        await screen.press("space")
    (entry,) = world.history("deck/output-size")
    assert (entry.verdict, entry.rating, entry.typed) == ("slip", Rating.AGAIN, slip)


async def test_pytorch_may_speak_after_the_switch(world):
    referee = StrawReferee(later=True)
    async with opened(world(COMPUTED), study=True, referee=referee) as screen:
        await screen.press("ctrl+g")
        await screen.type(f"{right_for(screen.question)}\n")
        assert "PyTorch is loading…" in screen.card
        await screen.press("g")
        assert len(referee.waiting) == 1
        referee.speak()
        await screen.settle()
        assert "Proved by brute force ✓ · PyTorch ✓" in screen.card
        await screen.press("v")
        assert screen.card.count("PyTorch") == 1


async def test_a_contradiction_withdraws_the_card_in_any_language(world):
    referee = StrawReferee(agrees=False, later=True)
    async with opened(world(COMPUTED), study=True, referee=referee) as screen:
        await screen.press("ctrl+g")
        referee.speak()
        await screen.settle()
        assert screen.question is None
        assert "deck/output-size is withdrawn" in screen.card


async def test_the_figure_stays(tmp_path):
    world = World(tmp_path, FIGURED).translate(FIGURED_IN_KOREAN)
    async with opened(world, study=True, size=(120, 40)) as screen:
        await screen.type(f"{right_for(screen.question)}\n")
        assert "└" in screen.text
        await screen.press("g")
        assert "└" in screen.text
        assert "패딩한 줄은" in screen.text
        await screen.press("v")
        assert "└" in screen.card


async def test_the_outcome_stays_in_view_and_what_was_scrolled_to_is_left(world):
    async with opened(world(COMPUTED), study=True, size=(40, 9)) as screen:
        await screen.type(f"{right_for(screen.question)}\n")
        assert "✓ Right" in screen.text
        await screen.press("g")
        assert "✓ Right" in screen.text
        await screen.press("end")
        assert "✓ Right" not in screen.text
        await screen.press("g")
        assert "✓ Right" not in screen.text


# -- where there is nothing to switch to -------------------------------------------------------------------------------


@pytest.mark.parametrize("settings", [Settings(), Settings(language="ko")], ids=["english", "korean"])
async def test_a_card_without_a_translation_has_no_such_key(world, settings):
    world = world(CHOICE, settings=settings)
    async with opened(world, study=True) as screen:
        assert "language" not in screen.keys
        await screen.press("g")
        assert "Which one moves the window?" in screen.text
        assert screen.app._desk.language == settings.language
    assert not world.settings_file.exists()


async def test_a_deck_without_translations_has_no_such_key(tmp_path):
    async with opened(World(tmp_path, RECALL), study=True) as screen:
        assert "language" not in screen.keys
        await screen.press("g")
        assert "What does padding buy you?" in screen.text


async def test_at_the_end_there_is_nothing_to_switch(world):
    async with opened(world(RECALL), study=True) as screen:
        await screen.press("space", "4")
        assert "Done for today" in screen.text
        assert "language" not in screen.keys


# -- the choice is kept ------------------------------------------------------------------------------------------------


async def test_the_next_card_and_the_next_start_are_in_the_language_chosen(world):
    world = world(RECALL, TEXT, settings=Settings(learning_steps=()))
    world.settings_file.write_text("# mine\nnew_per_day = 20\n")
    async with opened(world, study=True) as screen:
        await screen.press("g" if screen.question.card.kind == "recall" else "ctrl+g")
        assert world.settings_file.read_text() == '# mine\nnew_per_day = 20\nlanguage = "ko"\n'
        await screen.press("escape", "space", "4")
        assert plain(screen.question.prompt)[0] in "패가"
    world.settings = load(world.settings_file)
    async with opened(world, study=True) as screen:
        assert screen.title.split(" · ")[1].startswith("합성곱")


async def test_a_settings_file_that_cannot_be_written_is_told_and_the_switch_holds(world):
    world = world(RECALL, TEXT, settings=Settings(learning_steps=()))
    world.settings_file.mkdir()
    async with opened(world, study=True) as screen:
        await screen.press("escape", "g")
        assert len(screen.notices) == 1
        assert "settings.toml cannot be written" in screen.notices[0]
        assert "the language holds until you leave" in screen.notices[0]
        await screen.press("escape", "space", "4")
        assert screen.title.split(" · ")[1].startswith("합성곱")


async def test_home_has_the_titles_in_the_language_chosen(world):
    world = world(RECALL)
    async with opened(world) as screen:
        assert "A deck" in screen.text
        await screen.press("d", "g", "q")
        assert isinstance(screen.app.screen, HomeScreen)
        (line,) = [line for line in screen.lines if "합성곱: 스트라이드와 패딩" in line]
        head = next(line for line in screen.lines if "Deck" in line and "new" in line)
        assert display_width(line.partition("1     0     0")[0]) + 1 == head.index("new") + 3
        assert "A deck" not in screen.text


@pytest.mark.parametrize("language", ["", "ko"])
async def test_the_introduction_is_in_the_language_chosen(world, language):
    world = world(RECALL, settings=Settings(language=language))
    world.deck.write_text(world.deck.read_text().replace("# A deck\n", "# A deck\n\nHow far a filter moves.\n"))
    (world.decks / "other.md").write_text("# Other\n" + TEXT)
    async with opened(world, size=NARROW) as screen:
        assert "필터가" not in screen.text
        await screen.press("i")
        assert screen.title == "About · deck"
        if language:
            assert "합성곱: 스트라이드와 패딩" in screen.card
            assert "필터가 얼마나 움직이는지" in screen.card
        else:
            assert "A deck\n\nHow far a filter moves." in screen.card
        assert screen.card.endswith("1 card · translated: ko")
        await screen.press("q", "down", "i")
        assert screen.card == "Other\n\n1 card"
        await screen.press("ㅂ")
        assert isinstance(screen.app.screen, HomeScreen)


async def test_the_key_is_in_help_and_in_the_palette_and_can_be_chosen(world):
    world = world(RECALL, settings=Settings(keys=(("study.language", "t"),)))
    async with opened(world, study=True) as screen:
        assert "t language" in screen.keys
        commands = [command.title for command in screen.app.get_system_commands(screen.app.screen)]
        assert "Language" in commands
        await screen.press("question_mark")
        assert "[study.language]" in screen.card
        await screen.press("q", "ㅅ")
        assert "패딩은 왜 쓰는가?" in screen.text
        assert isinstance(screen.app.screen, StudyScreen)


async def test_a_card_that_was_edited_meanwhile_is_asked_as_it_stands(world):
    world = world(SEVERAL)
    async with opened(world, study=True) as screen:
        await screen.press("space")
        world.deck.write_text(world.deck.read_text().replace("- [ ] stride\n", "- [ ] stride\n- [ ] dilation\n"))
        await screen.press("g")
        assert "[x]" not in screen.text
        assert screen.text.count("[ ]") == 5


# -- widths ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["80x24", "40x12"])
@pytest.mark.parametrize("card", [RECALL, COMPUTED, SEVERAL, ORDER, MATCH, TEXT])
async def test_no_row_is_wider_than_the_screen_and_every_line_fills_it(world, size, card):
    world = world(card, settings=Settings(language="ko"))
    async with opened(world, study=True, size=size) as screen:
        for keys in ([], ["escape", "space"], ["x"], ["g"], ["g"]):
            await screen.press(*keys)
            assert {display_width(line) for line in screen.lines} == {size[0]}
            assert max(display_width(row) for row in screen.card.splitlines()) <= size[0] - 3


async def test_decomposed_hangul_is_read_and_shown_composed(world):
    import unicodedata

    world = world(TEXT, settings=Settings(language="ko"))
    async with opened(world, study=True) as screen:
        screen.field.insert_text_at_cursor(unicodedata.normalize("NFD", "제로 패딩"))
        await screen.settle()
        assert screen.field.value == "제로 패딩"
        assert "제로 패딩" in screen.lines[-2]
        await screen.press("enter")
        assert "✓ Right" in screen.text
        assert "You typed: 제로 패딩" in screen.text
