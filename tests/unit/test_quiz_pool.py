"""What a quiz is drawn from: which cards a plan lets through, and what is told of names that are not there."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from support.quizzes import pool_of
from support.world import CHOICE, COMPUTED, RECALL, TEXT, World

from studytui.deck.library import Library
from studytui.deck.model import Card
from studytui.problems import Problem
from studytui.quiz.plan import Plan
from studytui.quiz.pool import Pool


@pytest.fixture
def pool(breakfast: dict[str, Card]) -> Pool:
    """Breakfast, with a tag of its own on one card, and a deck of one card more."""
    tagged = {each: replace(card, tags=("meal",)) for each, card in breakfast.items()}
    tagged["breakfast/eggs"] = replace(tagged["breakfast/eggs"], tags=("meal", "arithmetic"))
    tagged["tea/leaf"] = replace(tagged["breakfast/fruit"], id="tea/leaf", deck="tea", tags=("drink",))
    return pool_of(tagged, titles={"breakfast": "Breakfast", "tea": "Tea"})


def chosen(
    pool: Pool, *, decks: tuple[str, ...] = (), tags: tuple[str, ...] = (), kinds: tuple[str, ...] = ()
) -> list[str]:
    return [card.id for deck in pool.chosen(Plan(7, decks, tags, kinds)) for card in deck.cards]


def test_without_names_every_card_is_chosen(pool: Pool) -> None:
    assert chosen(pool) == [card.id for deck in pool.decks for card in deck.cards]


def test_a_card_needs_one_of_the_decks_one_of_the_tags_and_one_of_the_kinds(pool: Pool) -> None:
    assert chosen(pool, decks=("tea",)) == ["tea/leaf"]
    assert chosen(pool, tags=("drink", "arithmetic")) == ["breakfast/eggs", "tea/leaf"]
    assert chosen(pool, kinds=("choice", "text"), tags=("meal",)) == [
        "breakfast/fruit", "breakfast/drinks", "breakfast/spread",
    ]  # fmt: skip


def test_tags_and_kinds_are_counted_by_card(pool: Pool) -> None:
    assert pool.tags == {"arithmetic": 1, "drink": 1, "meal": 9}
    assert pool.kinds == {"choice": 3, "cloze": 2, "computed": 1, "match": 1, "order": 1, "recall": 1, "text": 1}
    assert pool.titles == {"breakfast": "Breakfast", "tea": "Tea"}


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"decks": ("brekfast",)}, "there is no deck “brekfast” — did you mean “breakfast”?"),
        ({"decks": ("x",)}, "there is no deck “x”; `studytui due` lists the decks"),
        ({"tags": ("meals",)}, "no card has the tag “meals” — did you mean “meal”?"),
        ({"tags": ("x\x1b[1m",)}, "no card has the tag “x[1m”; tags are arithmetic, drink, meal"),
        ({"kinds": ("choise",)}, "there is no kind “choise” — did you mean “choice”?"),
        (
            {"kinds": ("x",)},
            "there is no kind “x”; kinds are choice, cloze, computed, match, order, recall, text",
        ),
        ({"decks": ("tea",), "tags": ("meal",)}, "this deck has no card with the tag meal: choose others"),
        (
            {"decks": ("tea", "breakfast"), "tags": ("drink",), "kinds": ("text", "order")},
            "these decks have no card of the kind text or order with the tag drink: choose others",
        ),
        (
            {"tags": ("drink", "arithmetic"), "kinds": ("text",)},
            "the decks have no card of the kind text with the tag drink or arithmetic: choose others",
        ),
    ],
)
def test_what_cannot_be_chosen_is_told_in_one_line(pool: Pool, names: dict[str, tuple[str, ...]], message: str) -> None:
    with pytest.raises(Problem) as caught:
        chosen(pool, **names)
    assert str(caught.value) == message


def test_without_tags_there_are_none_to_name(breakfast: dict[str, Card]) -> None:
    with pytest.raises(Problem, match=r"^no card has the tag “cnn”; these decks have no tags$"):
        chosen(pool_of(breakfast), tags=("cnn",))


def test_of_many_tags_only_some_are_named(breakfast: dict[str, Card]) -> None:
    many = {"breakfast/fruit": replace(breakfast["breakfast/fruit"], tags=tuple("abcdefghijklmnopq"))}
    with pytest.raises(Problem, match=r"; tags are a, b, c, d, e, f, g, h, i, j, k, l and 5 more$"):
        chosen(pool_of(many), tags=("zzz",))


# -- the learner's decks -----------------------------------------------------------------------------------------------


def test_a_pool_has_the_tags_of_decks_and_of_cards(tmp_path: Path) -> None:
    world = World(
        tmp_path, '\n```toml\ntags = ["cnn"]\n```\n', TEXT.replace("accept =", 'tags = ["border"]\naccept ='), CHOICE
    )
    with world.desk() as desk:
        assert desk.papers.pool().tags == {"border": 1, "cnn": 2}
    with world.desk() as desk:  # from the cache
        assert desk.papers.pool().tags == {"border": 1, "cnn": 2}


def test_decks_stand_in_the_order_of_their_files_names_wherever_they_are(tmp_path: Path) -> None:
    world = World(tmp_path, TEXT)
    for folder, name in (("z", "01-first.md"), ("a", "02-second.md")):
        (world.decks / folder).mkdir()
        (world.decks / folder / name).write_text(f"# {name}\n{CHOICE}")
    with world.desk() as desk:
        assert [deck.id for deck in desk.papers.pool().decks] == ["01-first", "02-second", "deck"]


def test_a_deck_is_opened_once_for_all_its_cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path, COMPUTED, TEXT, CHOICE, RECALL)
    library = Library([world.decks], tmp_path / "cache")
    ids = library.ids("deck")
    opened: list[str] = []
    opening = library._opened
    monkeypatch.setattr(library, "_opened", lambda name: opened.append(name) or opening(name))
    cards = library.read([*ids, "deck/gone", "nowhere/x"])
    assert list(cards) == ids
    assert len(opened) == 1
    assert cards["deck/border"] == library.card("deck/border")


def test_cards_are_read_in_a_language_where_they_have_been_translated(tmp_path: Path) -> None:
    world = World(tmp_path, TEXT, CHOICE).translate()
    library = Library([world.decks], tmp_path / "cache")
    cards = library.read(["deck/border", "deck/mover"], "ko")
    assert cards["deck/border"] == library.card("deck/border", "ko") != library.card("deck/border")
    assert cards["deck/mover"] == library.card("deck/mover")


def test_what_a_paper_needs_can_be_loaded_beforehand_and_pytorch_is_none_of_it() -> None:
    program = (
        "import sys; from studytui.desk.ahead import load_models; load_models();"
        "print('torch' in sys.modules, 'reference_impl.witnesses.detection' in sys.modules, 'numpy' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout
    assert said == "False True True\n"
