"""A sitting as a state machine: cards that are withdrawn, edited, or answered elsewhere while it lasts."""

import pytest
from support.sittings import give
from support.world import COMPUTED, DAY, RECALL, START_MS, TEXT, Clock

from reference_impl.compare import Opinion
from studytui.deck.blocks import plain
from studytui.memory.model import Action, Rating
from studytui.memory.queue import Due, DueCard, Queue
from studytui.session import Phase, Session

# -- proof -----------------------------------------------------------------------------------------------------------


def lying(monkeypatch, card="output"):
    from studytui import asking as module

    honest = module.prove

    def prove(call):
        if card not in call.reference:
            return honest(call)
        return (Opinion("brute force", 7, agrees=False),)

    monkeypatch.setattr(module, "prove", prove)


def test_a_card_that_a_brute_force_witness_contradicts_is_withdrawn_before_it_is_asked(start, monkeypatch):
    lying(monkeypatch)
    session = start(COMPUTED, RECALL)
    assert session.question.card.id == "deck/why-padding"
    assert session.counts == (1, 0, 0)
    assert session.withdrawn == {"deck/output-size": "the witness “brute force” disagrees (7)"}
    assert session.notices == ["deck/output-size is withdrawn: the witness “brute force” disagrees (7)"]
    assert start.world.history("deck/output-size") == []


@pytest.mark.parametrize("judged", [False, True])
def test_a_card_that_the_referee_contradicts_is_withdrawn_from_the_screen(start, judged):
    session = start(COMPUTED, RECALL)
    question = session.question
    if judged:
        give(session)
    assert not session.testify(question, {0: [Opinion("PyTorch", 3, agrees=True)]})
    assert session.testify(question, {0: [Opinion("PyTorch", 5, agrees=False)]})
    assert session.question.card.id == "deck/why-padding"
    assert "deck/output-size" in session.withdrawn
    assert start.world.history("deck/output-size") == []


def test_a_contradiction_that_comes_after_the_rating_withdraws_the_card_from_the_rest_of_the_sitting(start):
    session = start(COMPUTED, RECALL)
    question = give(session, "nothing")
    session.rate(Rating.AGAIN)
    shown = session.question
    assert session.testify(question, {0: [Opinion("PyTorch", 5, agrees=False)]})
    assert session.question is shown
    assert "undo takes its last review back" in session.notices[0]
    give(session)
    session.rate(Rating.EASY)
    assert session.phase is Phase.DONE


def test_a_contradiction_of_an_earlier_variant_withdraws_the_card_that_is_on_screen_again(start):
    session = start(COMPUTED)
    question = give(session, "nothing")
    session.rate(Rating.AGAIN)
    assert session.question.card.id == question.card.id
    assert session.testify(question, {0: [Opinion("PyTorch", 5, agrees=False)]})
    assert session.phase is Phase.DONE


def test_witnesses_that_cannot_speak_withdraw_nothing(start):
    session = start(COMPUTED)
    assert not session.testify(session.question, {0: [Opinion("PyTorch", None, None, "PyTorch is not installed")]})
    assert session.phase is Phase.ASKING
    assert [opinion.name for opinion in session.opinions[0]] == ["brute force", "PyTorch"]


def test_a_card_that_cannot_be_asked_is_withdrawn_with_its_place_and_hides_no_other(start):
    session = start(COMPUTED.replace('"7..64"', "[1]").replace('"1..3"', "[0]"), RECALL)
    assert session.question.card.id == "deck/why-padding"
    assert "deck.md:" in session.withdrawn["deck/output-size"]


# -- meanwhile -------------------------------------------------------------------------------------------------------


def test_a_card_that_another_program_answered_before_its_turn_is_not_asked(start):
    session = start(RECALL, TEXT)
    other = start.again()
    for _ in range(2):
        give(other)
        other.rate(Rating.EASY)
    session.suspend()
    assert session.phase is Phase.DONE


def test_an_answer_to_a_card_that_another_program_answered_meanwhile_is_not_counted_twice(start):
    session = start(RECALL, TEXT)
    card = give(session).card.id
    other = start.again()
    give(other)
    other.rate(Rating.EASY)
    held = start.world.state(card)
    session.rate(Rating.GOOD)
    assert start.world.state(card) == held
    assert session.tally.reviews == 0
    assert session.question.card.id != card
    assert session.notices == [f"{card} was answered in another program meanwhile; that answer counts"]


def test_a_card_that_another_program_suspended_is_not_asked(start):
    session = start(RECALL, TEXT)
    other = start.again()
    give(other)
    other.rate(Rating.EASY)
    gone = other.suspend()
    give(session)
    session.rate(Rating.EASY)
    assert session.phase is Phase.DONE
    assert start.world.history(gone)[-1].action is Action.SUSPEND


def test_an_edited_card_is_asked_again_as_it_now_stands_with_its_numbers_and_its_memory(start):
    session = start(COMPUTED)
    give(session, "nothing")
    session.rate(Rating.AGAIN)
    memory = start.world.state("deck/output-size").memory
    givens = session.question.variant.givens
    give(session)
    text = start.world.deck.read_text()
    start.world.deck.write_text(text.replace("How wide is the output?", "What is the output's width?"))
    start.desk.decks.refresh()
    start.clock.tick(30)
    session.reload()
    assert session.phase is Phase.ASKING
    assert plain(session.question.prompt).startswith("What is the output's width?")
    assert session.question.variant.givens == givens
    assert session.counts == (0, 1, 0)
    assert start.world.state("deck/output-size").memory == memory


def test_a_card_that_the_edit_removed_gives_way_to_the_next(start):
    session = start(RECALL, TEXT)
    start.world.deck.write_text("# A deck\n" + TEXT)
    start.desk.decks.refresh()
    session.reload()
    assert session.question.card.id == "deck/border"
    assert session.counts == (1, 0, 0)


def test_cards_that_no_deck_holds_are_passed_over():
    clock = Clock()
    due = Due(0, START_MS + DAY * 1000, new=(DueCard("deck/gone"),))
    session = Session(NoReviews(), lambda _: None, Queue(due), None, clock)
    assert session.phase is Phase.DONE


class NoReviews:
    def state(self, card):
        raise AssertionError("nothing was begun")
