"""Browse on a screen: searching as one types, going about, and what is done to many cards."""

import pytest
from support.screens import NARROW, WIDE, opened
from support.world import CHOICE, COMPUTED, DAY, RECALL, TEXT, World, right_for
from textual import events

from studytui.memory.model import Action, Entry, Rating
from studytui.text import place
from studytui.tui.screens.browse import BrowseScreen
from studytui.tui.screens.browse_keys import SearchField
from studytui.tui.screens.browse_pages import GoneScreen, PastScreen, PreviewScreen
from studytui.tui.screens.home import HomeScreen
from studytui.tui.widgets.card_table import CardTable


@pytest.fixture
def world(tmp_path):
    return World(tmp_path, RECALL, COMPUTED, CHOICE, TEXT)


def review(world, card, rating=Rating.GOOD):
    with world.journal() as journal:
        moment = world.clock()
        day = world.scheduler.day_of(moment)
        journal.record(Entry(card, Action.REVIEW, moment.ms, 0, day, rating=rating))


def browse_of(screen):
    return next(each for each in screen.app.screen_stack if isinstance(each, BrowseScreen))


async def rest(screen):
    """Until what is being done is done, every search has been told of, and the index is whole."""
    browse = browse_of(screen)
    await screen.until(lambda: not screen.app.doing.is_on)
    await screen.until(lambda: browse._shown and not browse._seeker.pending and not browse._reading)
    await screen.settle()


async def browse(screen):
    """In the table of Browse."""
    await screen.press("slash", "enter")
    await rest(screen)


def send(screen, text):
    """Keys as they come in one go: nothing is awaited between them."""
    names = {"/": "slash", ":": "colon", " ": "space", "\n": "enter"}
    for character in text:
        screen.app._driver.send_message(screen.event(names.get(character, character)))


async def search(screen, text):
    await screen.press("slash")
    await screen.type(text)
    await rest(screen)


def rows(screen):
    """The cards that are in view, without the signs before them."""
    lines = screen.lines
    start = next(number for number, line in enumerate(lines) if line.startswith("  Card"))
    return [line[2:].split("  ")[0].strip() for line in lines[start + 1 : -1] if line[2:].strip()]


async def test_all_cards_are_there_and_fewer_with_every_key(world):
    async with opened(world) as screen:
        await browse(screen)
        assert screen.title.endswith("4 cards")
        assert rows(screen)[0] == "What does padding buy you?"
        await search(screen, "border")
        assert rows(screen) == ["What does padding buy you?", "What is added at the border?"]
        await screen.type(" kind:text")
        await rest(screen)
        assert rows(screen) == ["What is added at the border?"]
        await screen.press("enter", "enter")
        assert "One word." in screen.text
        assert "Answer: padding" in screen.text


async def test_a_mistake_is_explained_while_one_types_and_the_cards_stay(world):
    async with opened(world) as screen:
        await browse(screen)
        await search(screen, "padding")
        before = rows(screen)
        await screen.type(" prop:d>")
        await rest(screen)
        assert "✗ the number is missing" in screen.text
        assert rows(screen) == before
        await screen.press(*["backspace"] * 7)
        await screen.type('"')
        await rest(screen)
        assert "✗ this quote is never closed" in screen.text
        assert rows(screen) == before
        await screen.press("backspace")
        assert "✗" not in screen.text


async def test_a_search_in_a_deck_that_is_not_there_says_so(world):
    async with opened(world) as screen:
        await browse(screen)
        await search(screen, "deck:dek")
        assert "No card is found. There is no deck “dek” — did you mean “deck”?" in screen.text


async def test_letters_are_text_in_the_field_and_keys_in_the_table(world):
    async with opened(world) as screen:
        await browse(screen)
        await search(screen, "qsbtn")
        assert "No card is found." in screen.text
        assert world.history("deck/mover") == []
        await screen.press("escape", "q")
        assert isinstance(screen.app.screen, HomeScreen)


async def test_from_home_the_cursor_is_in_the_field_and_enter_down_or_esc_go_to_the_cards(world):
    async with opened(world) as screen:
        for key in ("enter", "down", "escape"):
            await screen.press("slash")
            assert isinstance(screen.app.focused, SearchField)
            assert "enter cards" in screen.keys
            await screen.type("border")
            await rest(screen)
            assert len(rows(screen)) == 2
            await screen.press(key)
            assert isinstance(screen.app.focused, CardTable)
            await screen.press("q")
            assert isinstance(screen.app.screen, HomeScreen)


@pytest.mark.parametrize("in_the_table", [False, True])
async def test_what_is_typed_in_one_go_behind_the_slash_is_text(world, in_the_table):
    """From home none of it is a key of home, which would quit, undo or open something, nor one of the table."""
    async with opened(world) as screen:
        if in_the_table:
            await browse(screen)
        send(screen, "/tag:bsnd /qiuz a/j")
        await screen.until(lambda: isinstance(screen.app.screen, BrowseScreen))
        await screen.until(lambda: browse_of(screen).query_one(SearchField).value == "tag:bsnd /qiuz a/j")
        await rest(screen)
        assert len(screen.app.screen_stack) == 2
        assert screen.notices == []
        assert world.history("deck/why-padding") == []
        assert isinstance(screen.app.focused, SearchField)


async def test_keys_behind_the_search_that_come_in_the_same_go_are_the_fields(world):
    async with opened(world) as screen:
        send(screen, "/borderx")
        screen.app._driver.send_message(screen.event("backspace"))
        send(screen, "\n")
        await screen.until(lambda: isinstance(screen.app.focused, CardTable))
        await rest(screen)
        assert browse_of(screen).query_one(SearchField).value == "border"
        assert len(rows(screen)) == 2


async def test_esc_in_one_go_with_the_slash_leaves_the_field_and_not_browse(world):
    async with opened(world) as screen:
        for key in ("slash", "escape"):
            screen.app._driver.send_message(screen.event(key))
        await screen.until(lambda: isinstance(screen.app.focused, CardTable))
        assert isinstance(screen.app.screen, BrowseScreen)


@pytest.mark.parametrize("pieces", [("/border",), ("/border\nq",), ("/", "border")])
async def test_a_search_that_is_pasted_at_home_is_in_the_field(world, pieces):
    """With the slash, or behind it."""
    async with opened(world) as screen:
        for piece in pieces:
            if piece == "/":
                send(screen, piece)
            else:
                screen.app._driver.send_message(events.Paste(piece))
        await screen.until(lambda: isinstance(screen.app.screen, BrowseScreen))
        await screen.until(lambda: browse_of(screen).query_one(SearchField).value == "border")
        await rest(screen)
        assert len(rows(screen)) == 2
        assert isinstance(screen.app.focused, SearchField)


async def test_a_pasted_search_with_a_mistake_is_explained(world):
    async with opened(world) as screen:
        screen.app._driver.send_message(events.Paste("/border prop:d>"))
        await screen.until(lambda: isinstance(screen.app.screen, BrowseScreen))
        await screen.until(lambda: "✗ the number is missing" in screen.text)
        await rest(screen)
        assert len(rows(screen)) == 2


async def test_while_the_terminal_has_not_the_focus_the_keys_of_the_table_stay(world):
    async with opened(world) as screen:
        await browse(screen)
        keys = screen.keys
        screen.app.post_message(events.AppBlur())
        await screen.until(lambda: screen.app.screen.focused is None)
        screen.app.screen.refresh_bindings()
        await screen.settle()
        assert screen.keys == keys
        screen.app.post_message(events.AppFocus())
        await screen.until(lambda: isinstance(screen.app.focused, CardTable))


async def test_what_is_pasted_at_home_without_a_slash_does_nothing(world):
    async with opened(world) as screen:
        screen.app._driver.send_message(events.Paste("quiz"))
        await screen.settle()
        assert isinstance(screen.app.screen, HomeScreen)


async def test_marked_cards_are_suspended_in_one_go_and_come_back_by_one_undo(world):
    async with opened(world) as screen:
        await browse(screen)
        await screen.press("space", "shift+down", "s")
        await rest(screen)
        assert screen.notices[-1] == "Suspended: 3 cards · one undo takes all back"
        assert "3 of 4 cards marked" in screen.title
        assert screen.text.count("suspended") == 3
        await screen.press("s")
        await rest(screen)
        assert screen.notices[-1].startswith("Resumed: 3 cards")
        await screen.press("u")
        await rest(screen)
        await screen.press("u")
        await rest(screen)
        assert screen.notices[-1] == "Undone: suspend on deck/mover and 2 more"
        assert "suspended" not in screen.text
    assert world.problems() == []


@pytest.mark.parametrize(("key", "word"), [("b", "buried"), ("n", "new")])
async def test_a_card_is_buried_and_made_new_again(world, key, word):
    review(world, "deck/why-padding")
    async with opened(world) as screen:
        await browse(screen)
        await screen.press(key)
        await rest(screen)
        line = next(line for line in screen.lines if "What does padding buy you?" in line)
        assert word in line


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_one_day_is_set_for_all_marked_cards_and_comes_and_goes_with_undo_and_redo(world, size):
    for card in ("deck/why-padding", "deck/mover"):
        review(world, card, Rating.EASY)
    before = world.state("deck/mover").memory.due_day
    async with opened(world, size=size) as screen:
        today = screen.app._desk.day.today
        await browse(screen)
        await screen.press("a", "d")
        assert "each of 4 cards" in " ".join(screen.text.split())
        await screen.type("40\n")
        await rest(screen)
        assert screen.notices[-1] == "Due in 40 days: 2 cards · one undo takes all back"
        assert world.state("deck/mover").memory.due_day == today + 40
        await screen.press("u")
        await rest(screen)
        assert screen.notices[-1] == "Undone: set due on deck/mover and 1 more"
        assert world.state("deck/mover").memory.due_day == before
        await screen.press("U")
        await rest(screen)
        assert screen.notices[-1].startswith("Redone: set due on")
        assert world.state("deck/why-padding").memory.due_day == today + 40
    assert world.problems() == []


async def test_the_marked_cards_are_crammed_or_else_all_found_ones_and_nothing_is_recorded(world):
    async with opened(world) as screen:
        await browse(screen)
        await search(screen, "kind:recall or kind:choice")
        await screen.press("enter", "c")
        assert screen.notices[-1] == "Cramming 2 cards: nothing is recorded, no schedule changes"
        assert screen.title.startswith("cram · recall")
        await screen.press("q")
        await rest(screen)
        await screen.press("down", "space", "c")
        assert screen.title.startswith("cram · choice")
        await screen.press("1", "enter", "space")
        assert screen.session.question is None
        await screen.press("q")
        assert isinstance(screen.app.screen, BrowseScreen)
        assert world.history("deck/mover") == []


async def test_cards_without_a_deck_cannot_be_crammed(world):
    review(world, "gone/card")
    async with opened(world) as screen:
        await browse(screen)
        await search(screen, "is:orphan")
        await screen.press("enter", "c")
        assert screen.notices[-1] == "None of these cards can be asked: their decks are gone."
        assert isinstance(screen.app.screen, BrowseScreen)


async def test_a_tag_is_written_searched_for_and_undone(world):
    before = world.deck.read_bytes()
    async with opened(world) as screen:
        await browse(screen)
        await screen.press("a", "t")
        assert "Tag for 4 cards" in screen.text
        await screen.type("exam\n")
        await rest(screen)
        assert screen.notices[-1] == "Tag “exam” written to 4 cards in 1 file"
        await search(screen, "tag:exam")
        await screen.until(lambda: screen.title.endswith("4 of 4 cards marked"))
        await screen.press("enter", "u")
        await rest(screen)
        await screen.until(lambda: "No card is found." in screen.text)
    assert world.deck.read_bytes() == before


async def test_a_tag_that_cannot_be_written_says_why(world):
    async with opened(world) as screen:
        await browse(screen)
        world.deck.unlink()
        await screen.press("t")
        await screen.type("exam\n")
        await rest(screen)
        assert "cannot be read" in screen.notices[-1]


async def test_sorting_by_key_and_by_a_click_on_a_title(world):
    review(world, "deck/border", Rating.EASY)
    async with opened(world) as screen:
        await browse(screen)
        await screen.press("o")
        await rest(screen)
        assert "Card▴" in screen.text
        assert rows(screen)[0] == "How wide is the output?"
        await screen.click("Due")
        await rest(screen)
        assert "Due▴" in screen.text
        assert rows(screen)[0] == "What is added at the border?"
        await screen.press("r")
        await rest(screen)
        assert "Due▾" in screen.text
        assert rows(screen)[0] == "What is added at the border?"  # what is not known comes last either way


async def test_the_history_of_a_card(world):
    review(world, "deck/why-padding", Rating.EASY)
    world.clock.tick(9 * DAY)
    review(world, "deck/why-padding", Rating.AGAIN)
    async with opened(world) as screen:
        await browse(screen)
        await screen.press("h")
        assert isinstance(screen.app.screen, PastScreen)
        assert "2026-03-11 10:00  1 again" in screen.card
        assert "4 easy   new → " in screen.card
        await screen.press("q", "enter", "h")
        assert isinstance(screen.app.screen, PastScreen)


async def test_the_preview_shows_the_variant_that_was_seen_last(world):
    async with opened(world, study=True) as screen:
        while screen.question.card.id != "deck/output-size":
            await screen.press("space", "3")
        shown, answer = screen.question.prompt, right_for(screen.question)
        await screen.type(f"{answer}\n")
        await screen.press("3")
    async with opened(world) as screen:
        await browse(screen)
        await screen.press("down", "enter")
        preview = screen.app.screen
        assert isinstance(preview, PreviewScreen)
        assert preview._question.prompt == shown
        where = screen.card.splitlines()[-1]
        assert where == place(str(world.deck), 7, len(where))


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_preview_goes_from_card_to_card_and_the_cursor_of_the_table_with_it(world, size):
    async with opened(world, size=size) as screen:
        await browse(screen)
        await screen.press("enter")
        assert "→ next" in screen.keys
        assert "previous" not in screen.keys
        assert screen.title.endswith("1 of 4")
        for key, card in (("right", "output-size"), ("J", "mover"), ("right", "border"), ("right", "border")):
            await screen.press(key)
            assert screen.title.startswith(f"deck/{card}")
        assert "next" not in screen.keys
        assert "Answer: padding" in screen.card
        for key in ("left", "K"):
            await screen.press(key)
        assert screen.title.startswith("deck/output-size")
        assert screen.title.endswith("2 of 4")
        await screen.press("h")
        assert "deck/output-size" in screen.title
        await screen.press("q", "q")
        assert "▸ How wide is the output?" in screen.text


async def test_the_preview_begins_each_card_at_its_top_and_down_scrolls(tmp_path):
    long = "\n\n".join(f"Line {number}." for number in range(40))
    world = World(tmp_path, f"\n## Long {{#long}}\n\n{long}\n", f"\n## Longer {{#longer}}\n\n{long}\n")
    async with opened(world, size=NARROW) as screen:
        await browse(screen)
        await screen.press("enter", "j", "down", "j")
        assert "Long" not in screen.text.replace("deck/long", "")
        await screen.press("right")
        assert "Longer" in screen.text


async def test_e_in_the_preview_edits_its_card_and_shows_it_as_it_then_stands(world, monkeypatch):
    opened_at = []

    def edit(_app, file, line):
        opened_at.append((file, line))
        world.deck.write_text(world.deck.read_text().replace("One word.", "A single word."))
        return ""

    monkeypatch.setattr("studytui.tui.editor.open_editor", edit)
    async with opened(world) as screen:
        await browse(screen)
        await screen.press("end", "enter", "e")
        line = next(n for n, text in enumerate(world.deck.read_text().splitlines(), 1) if "{#border}" in text)
        assert opened_at == [(str(world.deck), line)]
        assert isinstance(screen.app.screen, PreviewScreen)
        await screen.until(lambda: "A single word." in screen.card)
        await screen.press("question_mark")
        assert "[preview.next]" in screen.card
        assert "[preview.edit]" in screen.card


async def test_a_card_without_a_deck_is_not_edited_in_the_preview(world):
    review(world, "gone/card")
    async with opened(world) as screen:
        await browse(screen)
        await search(screen, "is:orphan")
        await screen.press("enter", "enter")
        assert "This card is in no deck any more." in screen.card
        assert "edit" not in screen.keys


async def test_a_rename_in_another_window_is_offered_without_leaving_browse(world):
    world.desk().close()
    review(world, "deck/mover")
    async with opened(world) as screen:
        await browse(screen)
        world.deck.write_text(world.deck.read_text().replace("#mover", "#what-moves"))
        await screen.press("g")
        assert "▸ deck/mover (1 recorded)" in screen.text
        await screen.press("d", "escape")
        await rest(screen)
        assert "deck/mover" in screen.text


async def test_a_card_that_is_gone_gets_its_history_back_in_what_it_has_become(world):
    world.desk().close()
    review(world, "deck/mover")
    world.deck.write_text(world.deck.read_text().replace("#mover", "#what-moves"))
    async with opened(world) as screen:
        await browse(screen)
        assert "deck/mover" in screen.text
        await screen.press("g")
        assert isinstance(screen.app.screen, GoneScreen)
        assert "▸ deck/mover (1 recorded)" in screen.text
        await screen.press("enter")
        assert screen.notices[-1].startswith("Moved: 1 entry of deck/mover to deck/what-moves")
        assert "No card that is gone looks like" in screen.text
        await screen.press("escape")
        await rest(screen)
        assert "deck/mover" not in screen.text
        assert world.state("deck/what-moves").memory.reviews == 1
        await screen.press("u")
        await rest(screen)
        assert world.state("deck/what-moves").memory is None
    assert world.problems() == []


async def test_e_opens_the_editor_at_the_line_and_the_change_is_found(world, monkeypatch):
    opened_at = []

    def edit(_app, file, line):
        opened_at.append((file, line))
        world.deck.write_text(world.deck.read_text().replace("padding buy you", "zeal buy you"))
        return ""

    monkeypatch.setattr("studytui.tui.editor.open_editor", edit)
    async with opened(world) as screen:
        await browse(screen)
        await screen.press("e")
        await screen.until(lambda: "What does zeal buy you?" in screen.text)
        assert opened_at == [(str(world.deck), 3)]


async def test_a_click_goes_to_a_card_and_another_one_opens_it(world):
    async with opened(world) as screen:
        await browse(screen)
        await screen.click("Which one moves")
        assert "▸ Which one moves" in screen.text
        await screen.click("Which one moves")
        assert isinstance(screen.app.screen, PreviewScreen)


async def test_many_cards_scroll_by_pages_and_the_cursor_stays_in_view(tmp_path):
    world = World(tmp_path, *(f"\n## Card {number:03} {{#c{number}}}\n\nText.\n" for number in range(300)))
    async with opened(world, size=NARROW) as screen:
        await browse(screen)
        await screen.press("pagedown", "pagedown")
        assert "▸ Card 014" in screen.text or "▸ Card 016" in screen.text
        await screen.press("end")
        assert "▸ Card 299" in screen.text
        await screen.press("up")
        assert "▸ Card 298" in screen.text
        await screen.resize(WIDE)
        assert "▸ Card 298" in screen.text
        await screen.press("home")
        assert "▸ Card 000" in screen.text


async def test_searching_while_the_index_is_made_ends_with_the_newest_search(tmp_path):
    world = World(tmp_path, RECALL)
    for number in range(12):
        (world.decks / f"more-{number:02}.md").write_text(f"# More {number}\n\n## Number {number} {{#it}}\n\nWords.\n")
    async with opened(world) as screen:
        await screen.press("slash")
        for character in "number 7":
            screen.app._driver.send_message(screen.event({" ": "space"}.get(character, character)))
        await screen.until(lambda: rows(screen) == ["Number 7"])
        await rest(screen)
        assert rows(screen) == ["Number 7"]


async def test_the_palette_of_home_and_its_keys_name_browse(world):
    async with opened(world) as screen:
        assert "/ browse" in screen.keys
        commands = [command.title for command in screen.app.get_system_commands(screen.app.screen)]
        assert "Browse" in commands


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_in_korean_it_says_what_the_translation_says(tmp_path, size):
    world = World(tmp_path, RECALL, TEXT).translate()
    async with opened(world, size=size) as screen:
        screen.app._desk.language = "ko"
        await browse(screen)
        assert rows(screen) == ["패딩은 왜 쓰는가?", "가장자리에 더하는 것은?"]
        await search(screen, "가장")
        assert len(rows(screen)) == 2
