"""The index of texts, searches, what is done to cards, and the past of one: Browse without a screen."""

from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.world import CHOICE, CLOZE, COMPUTED, DAY, RECALL, TEXT, World

from studytui.browsing.browser import Offer
from studytui.browsing.past import past_of, past_rows
from studytui.browsing.searcher import Searcher, Wanted
from studytui.journal import JournalError
from studytui.journal.finding import COLUMNS
from studytui.memory.model import Action, Entry, Rating, State
from studytui.memory.schedule import Scheduler
from studytui.problems import Problem
from studytui.text import display_width

# -- a world -------------------------------------------------------------------------------------------------------


@pytest.fixture
def world(tmp_path):
    return World(tmp_path, RECALL, COMPUTED, CHOICE, TEXT, CLOZE)


def record(world, desk, card, rating, **more):
    moment = world.clock()
    desk._journal.record(
        Entry(card, Action.REVIEW, moment.ms, 0, world.scheduler.day_of(moment), rating=rating, **more)
    )


def found(desk, text, **how):
    with closing(Searcher(desk.search.searched)) as searcher:
        searcher.renew()
        return searcher.finder.lines(searcher.search(Wanted(text, **how)), desk.clock(), desk.language)


def ids(desk, text, **how):
    return [line.id for line in found(desk, text, **how)]


@pytest.mark.parametrize("sort", COLUMNS)
def test_every_order_has_every_card_and_what_is_not_known_comes_last(world, sort):
    with world.desk() as desk:
        for card, rating in (("deck/mover", Rating.EASY), ("deck/border", Rating.EASY)):
            record(world, desk, card, rating)
            world.clock.tick(9 * DAY)
        record(world, desk, "deck/border", Rating.AGAIN)
        forth, back = ids(desk, "", sort=sort), ids(desk, "", sort=sort, backwards=True)
        assert len(forth) == 6
        assert sorted(forth) == sorted(back)
        assert forth != back
        if sort not in {"deck", "card", "state"}:
            assert set(forth[:2]) == set(back[:2]) == {"deck/mover", "deck/border"}


def test_lines_tell_how_a_card_stands_and_tell_siblings_apart(world):
    with world.desk() as desk:
        record(world, desk, "deck/mover", Rating.EASY)
        world.clock.tick(2 * DAY)
        (line,) = found(desk, "id:mover")
        memory = desk._journal.state("deck/mover").memory
        assert (line.heading, line.kind, line.state) == ("Which one moves the window?", "choice", State.REVIEW)
        assert line.due == memory.due_day - world.scheduler.day_of(world.clock())
        assert line.interval == memory.due_day - memory.last_day
        assert 0.9 < line.recall < 1
        assert (world.decks / "deck.md").read_text().splitlines()[line.line - 1].startswith("## Which one")
        gaps = [line.heading for line in found(desk, "kind:cloze")]
        assert gaps == ["Forget gate · forget", "Forget gate · cell-state"]


def test_a_translation_is_found_and_shown_in_the_learners_language(world):
    world.translate()
    with world.desk() as desk:
        assert ids(desk, "가장자리") == ["deck/why-padding", "deck/border"]
        desk.language = "ko"
        assert [line.heading for line in found(desk, "id:border")] == ["가장자리에 더하는 것은?"]
        assert ids(desk, "border zero") == ["deck/border"]


def test_a_search_that_was_made_before_the_texts_were_read_is_made_again_behind_them(world):
    (world.decks / "over.md").write_text("# Über alles\n\n## Eins {#one}\n\nZwei.\n")
    with world.desk() as desk, closing(Searcher(desk.search.searched)) as searcher:
        assert [searcher.search(Wanted(line)) for line in ("deck:über*", "zw", "zwei")] == [[], [], []]
        searcher.renew()
        assert [len(searcher.search(Wanted(line))) for line in ("deck:über*", "zw", "zwei")] == [1, 1, 1]


def test_a_change_of_a_deck_is_found_and_what_is_gone_is_not(world):
    with world.desk() as desk:
        assert ids(desk, "stride") == ["deck/output-size", "deck/mover"]
        world.deck.write_text("# A deck\n" + RECALL + "\n## New one {#new-one}\n\nA stride.\n")
        desk.decks.refresh()
        assert ids(desk, "stride") == ["deck/new-one"]
        assert ids(desk, "") == ["deck/why-padding", "deck/new-one"]


def test_a_deck_that_is_not_open_is_not_searched_and_its_texts_are_dropped_with_it(world):
    other = world.decks / "other.md"
    other.write_text("# Other\n\n## Stride again {#again}\n\nYes.\n")
    with world.desk() as desk:
        assert "other/again" in ids(desk, "stride")
        other.unlink()
        desk.decks.refresh()
        assert "other/again" not in ids(desk, "stride")


@pytest.mark.parametrize("damage", [b"", b"no database at all, but long enough to look" * 30, None])
def test_an_index_that_is_damaged_or_of_another_version_is_made_anew(world, damage):
    with world.desk() as desk:
        index = desk.search.searched.index
        assert ids(desk, "stride")
        if damage is None:
            import sqlite3

            with closing(sqlite3.connect(index)) as connection:
                connection.execute("PRAGMA user_version = 99")
        else:
            index.write_bytes(damage)
        assert ids(desk, "stride")


def test_an_index_that_cannot_be_written_says_so(world):
    with world.desk() as desk:
        desk.search.searched.index.mkdir(parents=True)
        with pytest.raises(JournalError, match="the index of texts cannot be used"):
            Searcher(desk.search.searched)


def test_another_journal_has_an_index_of_its_own(world, tmp_path):
    with world.desk() as desk:
        first = desk.search.searched.index
    world.path = tmp_path / "another.db"
    with world.desk() as desk:
        assert desk.search.searched.index != first


def test_a_journal_with_other_keys_gets_its_texts_anew(world):
    with world.desk() as desk:
        assert ids(desk, "stride")
    for end in ("", "-wal", "-shm"):
        world.path.with_name(world.path.name + end).unlink(missing_ok=True)
    world.deck.with_name("a-first.md").write_text("# First\n\n## Before all {#it}\n\nNothing.\n")
    with world.desk() as desk:
        assert ids(desk, "stride") == ["deck/output-size", "deck/mover"]
        assert ids(desk, "nothing") == ["a-first/it"]


# -- the edges of terms --------------------------------------------------------------------------------------------


def test_days_count_from_today_and_the_first_one_is_not_missed(world):
    with world.desk() as desk:
        record(world, desk, "deck/mover", Rating.HARD)
        for query in ("rated:1", "rated:1:2", "rated:1:hard", "introduced:1"):
            assert ids(desk, query) == ["deck/mover"], query
        world.clock.tick(6 * DAY)
        for query in ("rated:7", "rated:7:2", "introduced:7", "rated:100:2"):
            assert ids(desk, query) == ["deck/mover"], query
        for query in ("rated:6", "rated:6:2", "introduced:6", "rated:7:3"):
            assert ids(desk, query) == [], query


def test_what_was_taken_back_was_neither_rated_nor_a_slip(world):
    with world.desk() as desk:
        record(world, desk, "deck/output-size", Rating.AGAIN, slip="padded_once, no_bias")
        for query in ("rated:1:1", "rated:200:1", "slip:padded_once", "slip:bias", "slip:p*d_once", "slip:NO_*"):
            assert ids(desk, query) == ["deck/output-size"], query
        assert ids(desk, "slip:once_no or slip:pad") == []
        desk.cards.undo()
        assert ids(desk, "rated:1 or rated:1:1 or rated:200:1 or slip:*") == []


def test_a_leech_was_forgotten_eight_times(world):
    with world.desk() as desk:
        for lapses in range(1, 9):
            for rating in (Rating.EASY, Rating.AGAIN):
                record(world, desk, "deck/mover", rating)
                world.clock.tick(20 * DAY)
            assert ids(desk, f"prop:lapses={lapses}") == ["deck/mover"]
            assert ids(desk, "is:leech") == (["deck/mover"] if lapses == 8 else [])


def test_a_leech_is_one_as_soon_as_the_settings_say(world):
    world.settings = replace(world.settings, leech_lapses=3)
    with world.desk() as desk:
        for lapses in range(1, 4):
            assert desk.search.found("is:leech") == []
            for rating in (Rating.EASY, Rating.AGAIN):
                record(world, desk, "deck/mover", rating)
                world.clock.tick(20 * DAY)
            assert desk.search.found(f"prop:lapses={lapses}") == ["deck/mover"]
        assert desk.search.found("is:leech") == ["deck/mover"]


def test_a_search_finds_ids_deck_by_deck_and_tells_of_the_decks_that_it_reads(world):
    told = []
    with world.desk() as desk:
        found = desk.search.found("kind:text or kind:recall", lambda *read: told.append(read))
        assert found == ["deck/why-padding", "deck/border"]
        assert told == [(0, 1), (1, 1)]
        assert desk.search.found("kind:order") == []


def test_a_search_that_cannot_be_read_is_a_problem_with_its_place(world):
    with world.desk() as desk, pytest.raises(Problem) as why:
        desk.search.found("합성곱 dek:lstm")
    first, line, carets = str(why.value).splitlines()
    assert first.startswith("there is no “dek:”")
    assert (line, carets) == ("  합성곱 dek:lstm", "         ^^^^")


def test_shown_numbers_are_equal_as_they_are_shown(world):
    with world.desk() as desk:
        record(world, desk, "deck/mover", Rating.EASY)
        world.clock.tick(3 * DAY)
        (line,) = found(desk, "id:mover")
        equal = f"prop:s={line.stability:.1f} prop:d={line.difficulty:.1f} prop:r={100 * line.recall:.0f}%"
        assert ids(desk, f"{equal} prop:ivl={line.interval} prop:due={line.due}") == ["deck/mover"]
        for part in equal.split():
            assert "deck/mover" not in ids(desk, part.replace("=", "!="))
        for always, never in (
            ("prop:r<1.5", "prop:r>1.5"),
            ("prop:r>0", "prop:r<=0"),
            ("prop:r>1e-90", "prop:r<1e-90"),
        ):
            assert ids(desk, always) == ["deck/mover"]
            assert ids(desk, never) == []


def test_a_suspended_or_buried_card_is_not_due_and_a_card_without_a_deck_is_none(world):
    with world.desk() as desk, closing(desk.search.browser()) as browser:
        for card in ("deck/mover", "deck/border", "deck/why-padding", "other/gone"):
            record(world, desk, card, Rating.AGAIN)
        browser.do(Action.SUSPEND, found(desk, "id:mover"))
        browser.do(Action.BURY, found(desk, "id:border"))
        assert ids(desk, "is:due") == ["deck/why-padding"]
        assert ids(desk, "is:buried") == ["deck/border"]
        assert ids(desk, "is:orphan") == ["other/gone"]


# -- what is done --------------------------------------------------------------------------------------------------


def test_cards_are_suspended_in_one_go_and_one_undo_takes_it_back(world):
    with world.desk() as desk, closing(desk.search.browser()) as browser:
        lines = found(desk, "")
        assert browser.do(Action.SUSPEND, lines) == "Suspended: 6 cards · one undo takes all back"
        assert browser.do(Action.SUSPEND, found(desk, "")) == "Nothing to do: 6 cards suspended already."
        assert len(ids(desk, "is:suspended")) == 6
        assert browser.undo() == "Undone: suspend on deck/forget-gate.cell-state and 5 more"
        assert ids(desk, "is:suspended") == []
    assert world.problems() == []


def test_only_cards_that_have_a_memory_are_made_new_again(world):
    with world.desk() as desk, closing(desk.search.browser()) as browser:
        record(world, desk, "deck/mover", Rating.GOOD)
        assert browser.do(Action.RESET, found(desk, "")) == "Made new again: deck/mover"
        assert ids(desk, "-is:new") == []
        assert browser.undo() == "Undone: reset on deck/mover"
        assert ids(desk, "-is:new") == ["deck/mover"]


def test_tags_are_undone_in_the_order_in_which_things_were_done(world):
    with world.desk() as desk, closing(desk.search.browser()) as browser:
        lines = found(desk, "kind:choice or kind:text")
        assert browser.tag(lines, "Exam 1") == "Tag “Exam 1” written to 2 cards in 1 file"
        assert ids(desk, 'tag:"exam 1"') == ["deck/mover", "deck/border"]
        browser.do(Action.SUSPEND, lines[:1])
        browser.do(Action.BURY, lines[1:])
        assert browser.undo().startswith("Undone: bury")
        assert browser.undo().startswith("Undone: suspend")
        assert browser.undo() == "Undone: tag “Exam 1” written to 2 cards in 1 file"
        assert ids(desk, "tag:*") == []
        assert browser.undo() == "Nothing to undo."


def test_redo_brings_back_tags_and_what_was_done_in_their_order_until_something_new_is_done(world):
    with world.desk() as desk, closing(desk.search.browser()) as browser:
        lines = found(desk, "kind:choice or kind:text")
        browser.do(Action.SUSPEND, lines[:1])
        browser.tag(lines, "exam")
        browser.do(Action.BURY, lines[1:])
        for _ in range(3):
            browser.undo()
        assert browser.redo() == "Redone: suspend on deck/mover"
        assert browser.redo() == "Redone: tag “exam” written to 2 cards in 1 file"
        assert ids(desk, "tag:exam") == ["deck/mover", "deck/border"]
        assert browser.redo() == "Redone: bury on deck/border"
        assert browser.redo() == "Nothing to redo."
        browser.undo()
        assert browser.undo().startswith("Undone: tag")
        browser.do(Action.BURY, lines[1:])
        assert browser.redo() == "Nothing to redo."
        assert ids(desk, "tag:exam") == []


def test_a_day_is_set_for_cards_that_have_a_memory_alone(world):
    with world.desk() as desk, closing(desk.search.browser()) as browser:
        assert browser.do(Action.SET_DUE, found(desk, "kind:choice"), desk.day.today + 1) == (
            "Nothing to do: 1 card new, so due with the new cards."
        )
        record(world, desk, "deck/mover", Rating.GOOD)
        assert browser.do(Action.SET_DUE, found(desk, ""), desk.day.today + 1) == "Due in 1 day: deck/mover"
        assert ids(desk, "prop:due=1") == ["deck/mover"]
        assert browser.do(Action.SET_DUE, found(desk, "id:mover"), desk.day.today) == "Due today: deck/mover"


def test_a_minus_takes_a_tag_out(world):
    with world.desk() as desk, closing(desk.search.browser()) as browser:
        lines = found(desk, "kind:choice")
        browser.tag(lines, "cnn")
        assert browser.tag(lines, "cnn").startswith("Nothing to do")
        assert browser.tag(lines, " -cnn") == "Tag “cnn” taken from 1 card in 1 file"
        assert ids(desk, "tag:*") == []
        with pytest.raises(Problem):
            browser.tag(lines, "-")


def test_a_renamed_card_is_offered_and_its_history_follows_when_that_is_accepted(world):
    with world.desk() as desk, closing(desk.search.browser()) as browser:
        record(world, desk, "deck/mover", Rating.GOOD)
        world.deck.write_text(world.deck.read_text().replace("#mover", "#what-moves"))
        desk.decks.refresh()
        assert browser.offers() == [Offer("deck/mover", "deck/what-moves", 1)]
        assert ids(desk, "is:orphan") == ["deck/mover"]
        assert browser.accept("deck/mover", "deck/what-moves").startswith("Moved: 1 entry of deck/mover")
        assert browser.offers() == []
        assert ids(desk, "-is:new") == ["deck/what-moves"]
        browser.undo()
        assert ids(desk, "is:orphan") == ["deck/mover"]
        browser.decline("deck/mover", "deck/what-moves")
        assert browser.offers() == []
    assert world.problems() == []


# -- the past of a card --------------------------------------------------------------------------------------------


def test_the_past_shows_every_entry_with_the_interval_before_and_after(world):
    with world.desk() as desk, closing(desk.search.browser()) as browser:
        record(world, desk, "deck/mover", Rating.EASY, verdict="right", duration_ms=3_400)
        world.clock.tick(8 * DAY)
        record(world, desk, "deck/mover", Rating.AGAIN, verdict="slip", slip="no_bias", typed="28")
        desk.cards.undo()
        world.clock.tick(60)
        record(world, desk, "deck/mover", Rating.GOOD)
        past = browser.past("deck/mover")
        assert [review.undone for review in past] == [False, True, False]
        assert past[0].before is None
        assert past[2].before == past[1].before == past[1].after == past[0].after
        assert past[2].after == desk._journal.state("deck/mover").memory
        text = "\n".join(row.text for row in past_rows(past, 78))
        days = past[0].after.due_day - past[0].after.last_day
        assert f"  2026-03-02 10:00  4 easy   new → {days}d" in text
        assert f"3 good   {days}d → 1.2mo" in text
        assert "⤺ 2026-03-10 10:00  1 again" in text
        assert "slip · slip: no_bias · typed: 28" in text
        assert "was taken back" in text
        after = past[2].after
        assert f"stability {after.stability:.1f}d · difficulty {after.difficulty:.1f}" in text
        assert text.startswith("  Answered          Rating   Interval before → after")


def test_the_past_shortens_its_words_before_it_loses_what_was_typed(world):
    with world.desk() as desk, closing(desk.search.browser()) as browser:
        record(world, desk, "deck/mover", Rating.AGAIN, verdict="slip", slip="padding_left_out", typed="28x28x64")
        text = "\n".join(row.text for row in past_rows(browser.past("deck/mover"), 78))
    assert "S " in text
    assert text.endswith("slip · slip: padding_left_out · typed: 28x28x64")


def test_the_past_tells_what_else_was_done_to_the_card_and_the_day_that_was_set(world):
    with world.desk() as desk, closing(desk.search.browser()) as browser:
        record(world, desk, "deck/mover", Rating.EASY)
        for action in (Action.SUSPEND, Action.RESUME, Action.BURY):
            desk.cards.do(action, "deck/mover")
        desk.cards.do(Action.SET_DUE, "deck/mover", desk.day.today + 3)
        desk.cards.do(Action.RESET, "deck/mover")
        text = "\n".join(row.text for row in past_rows(browser.past("deck/mover"), 78))
    assert "due on 2026-03-05" in text
    for words in ("suspended", "taken up again", "buried until the next day", "made new again"):
        assert words in text


@given(st.integers(1, 100))
def test_the_past_fits_every_width(width):
    entry = Entry("a/b", Action.REVIEW, 1_772_445_600_000, 60, 20_000, 1, Rating.GOOD, "right", "답" * 200, slip="x")
    past = past_of([entry], Scheduler())
    assert all(display_width(row.text) <= max(width, 2) for row in past_rows(past, width))
