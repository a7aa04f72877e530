"""Line mode: a sitting by lines in and lines out."""

import io

import pytest
from support.world import CHOICE, COMPUTED, FIGURED, RECALL, SEVERAL, TEXT, World, right_for

from reference_impl.compare import Opinion
from studytui.deck.model import Arrange, Line, Pair, Pick
from studytui.memory.model import Rating
from studytui.plain import study_plainly
from studytui.session import Phase
from studytui.settings import Settings


def sit(world, lines):
    """Runs a sitting over all decks and gives what was printed."""
    out = io.StringIO()
    with world.desk() as desk:
        study_plainly(desk, None, lines if hasattr(lines, "readline") else io.StringIO(lines), out)
    return out.getvalue()


class Diligent:
    """Types the right answer to every question, and takes every suggestion."""

    def __init__(self, world, monkeypatch):
        self.world, self.kinds = world, []
        from studytui.desk import Desk

        original = Desk.session

        def session(desk, decks=None):
            self.session = original(desk, decks)
            return self.session

        monkeypatch.setattr(Desk, "session", session)

    def readline(self):
        self.world.clock.tick(8)
        question = self.session.question
        if self.session.phase is Phase.JUDGED:
            return "\n"
        self.kinds.append(question.card.kind)
        right = right_for(question)
        match question.form:
            case Pick():
                return " ".join(str(place + 1) for place in sorted(right)) + "\n"
            case Arrange() | Pair():
                return " ".join(str(place + 1) for place in right) + "\n"
            case Line():
                return f"{right}\n"
            case _:
                return "\n"


def test_a_whole_sitting_through_every_kind(tmp_path, monkeypatch):
    world = World(tmp_path, settings=Settings(learning_steps=()))
    diligent = Diligent(world, monkeypatch)
    printed = sit(world, diligent)
    assert set(diligent.kinds) == {"recall", "cloze", "choice", "order", "match", "text", "computed"}
    assert printed.count("✓ Right") == 6
    assert "Done for today" in printed
    assert "8 reviews, 100 % remembered, 1 min 4 s." in printed
    assert world.problems() == []


def test_the_right_answer_to_every_kind_is_right(tmp_path, monkeypatch):
    world = World(tmp_path, settings=Settings(learning_steps=()))
    sit(world, Diligent(world, monkeypatch))
    with world.journal() as journal:
        verdicts = {entry.verdict for card in _cards(world) for entry in journal.history(card)}
    assert verdicts == {"right", ""}


def _cards(world):
    with world.desk() as desk:
        return [card.id for card in desk.library.cards("stride-and-padding")]


def test_the_end_of_the_input_leaves_and_what_was_rated_is_saved(tmp_path):
    world = World(tmp_path, RECALL, TEXT)
    printed = sit(world, "\n4\npad")
    assert printed.endswith("Left; everything is saved.\n")
    assert world.state("deck/why-padding").memory.reviews == 1
    assert world.state("deck/border").memory is None


def test_q_leaves_at_the_rating_without_recording(tmp_path):
    world = World(tmp_path, RECALL)
    assert "Left; everything is saved." in sit(world, "\n:q\n")
    assert world.history("deck/why-padding") == []


def test_what_cannot_be_read_is_asked_again_without_repeating_the_question(tmp_path):
    world = World(tmp_path, COMPUTED)
    printed = sit(world, "1,234\nnan\n")
    assert printed.count("Not read, not counted: ") == 2
    assert printed.count("How wide is the output?") == 1
    assert world.history("deck/output-size") == []


@pytest.mark.parametrize("typed", ["4", "0", "1 2", "x"])
def test_an_option_that_is_not_there_is_not_read(tmp_path, typed):
    assert "Not read, not counted: " in sit(World(tmp_path, CHOICE), f"{typed}\n")


def test_a_rating_that_is_not_there_is_asked_again_and_the_verdict_is_not_repeated(tmp_path):
    printed = sit(World(tmp_path, RECALL), "\n9\ngood\n:?\n3\n")
    assert printed.count("Type 1, 2, 3 or 4") == 2
    assert printed.count("The filter can be centred") == 1
    assert "commands: " in printed


def test_undo_suspend_and_bury_are_commands_everywhere(tmp_path):
    world = World(tmp_path, RECALL, TEXT, CHOICE)
    printed = sit(world, ":u\n\n1\n:u\n:s\n\n:b\n:u\n:b\n:u\n")
    assert "Nothing to undo." in printed
    assert "Undone: again on deck/why-padding" in printed
    assert "Suspended: deck/why-padding" in printed
    assert "Buried until tomorrow: deck/border" in printed
    assert "Undone: bury on deck/border" in printed
    assert world.state("deck/why-padding").suspended
    assert not world.state("deck/border").buried_day


def test_the_suggested_rating_stands_in_brackets_and_an_empty_line_takes_it(tmp_path):
    world = World(tmp_path, TEXT)
    printed = sit(world, "wrong\n\n")
    assert "rate (1 again 1m, 2 hard 6m, 3 good 10m, 4 easy " in printed
    assert "[1]: " in printed
    assert world.history("deck/border")[0].rating is Rating.AGAIN


def test_the_verdict_has_its_word_the_answer_the_proof_and_the_solution_with_the_numbers_put_in(tmp_path):
    printed = sit(World(tmp_path, COMPUTED), "100000\n:q\n")
    after = printed.partition("> ")[2]
    assert "✗ Wrong\nYou typed: 100000\nAnswer: " in after
    assert "Proved by brute force ✓" in after
    assert "The padded input is " in after
    assert "{" not in printed
    assert "How wide is the output?" not in after


def test_a_figure_is_drawn_when_it_is_asked_for_after_the_answer(tmp_path):
    printed = sit(World(tmp_path, FIGURED), ":f\n100000\n:f\n:q\n")
    before, _, after = printed.partition("A figure is shown after the answer.")
    assert "places on" not in before
    told, _, drawn = after.partition("rate (")
    assert "places on" not in told
    assert " places on " in drawn
    assert "└" in drawn
    assert ":f figure" in sit(World(tmp_path, FIGURED), ":?\n")


def test_an_answer_without_a_figure_says_so(tmp_path):
    assert "This answer has no figure." in sit(World(tmp_path, RECALL), "\n:f\n:q\n")


def test_options_have_no_cursor_and_what_was_missed_is_said_in_words(tmp_path):
    printed = sit(World(tmp_path, SEVERAL), "1\n:q\n")
    assert "▸" not in printed
    assert "← right" in printed


def test_a_waiting_card_is_announced(tmp_path):
    world = World(tmp_path, RECALL, settings=Settings(learning_steps=(60.0,)))
    printed = sit(world, "\n1\n")
    assert "The next card comes in 60 min." in printed


def test_withdrawn_cards_are_said(tmp_path, monkeypatch):
    from studytui import session

    monkeypatch.setattr(session, "prove", lambda _: (Opinion("brute force", 0, agrees=False),))
    printed = sit(World(tmp_path, COMPUTED, RECALL), "")
    assert "deck/output-size is withdrawn: the witness “brute force” disagrees (0)" in printed


def test_nothing_that_a_terminal_obeys_is_printed(tmp_path):
    card = "\n## An [bold]odd[/bold] \x1b[31mcard\x07 {#odd}\n\nAnswer \x9b31m\u202e with signs.\n"
    printed = sit(World(tmp_path, card, TEXT), "\n4\n\x1b]0;title\x07\n")
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(printed)
    assert "[bold]odd[/bold]" in printed
