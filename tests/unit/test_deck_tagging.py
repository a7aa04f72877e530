"""Tags written into deck files: at the right place, nothing else, and not where a card would change."""

import pytest
from support.world import CHOICE, CLOZE, COMPUTED, RECALL, TEXT

from studytui.deck.builtin import builtin_decks
from studytui.deck.load import load
from studytui.deck.tagging import read_tag, tagged
from studytui.problems import Problem


@pytest.fixture
def deck(tmp_path):
    path = tmp_path / "deck.md"
    path.write_text('# A deck\n\n```toml\ntags = ["whole"]\n```\n' + RECALL + COMPUTED + CHOICE + TEXT + CLOZE)
    return path


def tags(path):
    return {card.id: card.tags for card in load(path).cards}


def change(path, cards, tag, **how):
    found = tagged(str(path), cards, tag, **how)
    assert found is not None
    found.write()
    return found


@pytest.mark.parametrize(
    "card", ["deck/why-padding", "deck/output-size", "deck/mover", "deck/border", "deck/forget-gate.forget"]
)
def test_a_tag_is_written_to_one_card_and_taken_out_again(deck, card):
    before = deck.read_bytes()
    found = change(deck, [card], "cnn")
    assert found.cards == 1
    family = card.partition(".")[0]
    for each, own in tags(deck).items():
        assert own == (("whole", "cnn") if each.partition(".")[0] == family else ("whole",))
    change(deck, [card], "cnn", remove=True)
    assert deck.read_bytes() == before


def test_tags_of_many_cards_are_written_in_one_go(deck):
    cards = [card.id for card in load(deck).cards]
    assert change(deck, cards, "all").cards == 5
    assert set(tags(deck).values()) == {("whole", "all")}
    change(deck, cards, "more")
    change(deck, cards, "all", remove=True)
    assert set(tags(deck).values()) == {("whole", "more")}


def test_a_tag_that_is_there_already_changes_nothing(deck):
    assert tagged(str(deck), ["deck/mover"], "whole") is None
    assert tagged(str(deck), ["deck/mover"], "cnn", remove=True) is None


def test_a_list_of_tags_over_several_lines_becomes_one(deck):
    deck.write_text(deck.read_text().replace("accept = [", 'tags = [\n  "a", # why\n  "b",\n]\naccept = ['))
    change(deck, ["deck/border"], "ㄱ ㄴ")
    assert 'tags = ["a", "b", "ㄱ ㄴ"]\naccept = [' in deck.read_text()


def test_line_ends_and_everything_else_stay(deck):
    content = b"\xef\xbb\xbf" + deck.read_bytes().replace(b"\n", b"\r\n")
    deck.write_bytes(content)
    change(deck, ["deck/why-padding"], "cnn")
    added = b'\r\n```toml\r\ntags = ["cnn"]\r\n```\r\n'
    assert deck.read_bytes().replace(added, b"", 1) == content


def test_what_was_written_can_be_taken_back_unless_the_file_has_changed_since(deck):
    before = deck.read_bytes()
    found = change(deck, ["deck/mover"], "cnn")
    found.take_back()
    assert deck.read_bytes() == before
    found.write()
    deck.write_text(deck.read_text() + "\nmore\n")
    with pytest.raises(Problem, match="has changed meanwhile"):
        found.take_back()


def test_a_built_in_deck_is_not_written_to():
    file = next(builtin_decks().glob("*.md"))
    with pytest.raises(Problem, match="comes with the program"):
        tagged(str(file), [load(file).cards[0].id], "cnn")


@pytest.mark.parametrize("text", ["", "  ", "x" * 61])
def test_a_tag_has_a_few_characters(text):
    with pytest.raises(Problem, match="1 to 60 characters"):
        read_tag(text)
