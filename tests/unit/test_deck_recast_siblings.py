"""Recall cards asked as a choice: which siblings' answers are fair beside the right one."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytui.answer.verdict import Outcome
from studytui.deck.ask import describe_response, grade, read_response, right_response
from studytui.deck.load import load
from studytui.deck.model import Card, Deck, Question
from studytui.deck.recast_siblings import Siblings
from studytui.face import judged_face
from tests.support.recasting import asked_as_choice, built_in, options

DECKS = Path(__file__).parents[2] / "decks"
CAPITALS = {
    "What is the capital of France?": "Paris",
    "What is the capital of Peru?": "Lima",
    "What is the capital of Norway?": "Oslo",
    "What is the capital of Kenya?": "Nairobi",
}
GATES = {
    "What does the forget gate decide?": "How much of the old cell state stays.",
    "What does the input gate decide?": "How much of the new candidate comes in.",
    "What does the output gate decide?": "How much of the squashed memory is shown.",
    "What does the reset gate decide?": "What share of the past the proposal sees.",
}


def deck_of(tmp_path: Path, answers: dict[str, str]) -> Deck:
    path = tmp_path / "d.md"
    path.write_text("# T\n\n" + "\n".join(f"## {heading}\n\n{answer}\n" for heading, answer in answers.items()))
    return load(path)


def asked(tmp_path: Path, answers: dict[str, str], place: int = 0, seed: int = 1) -> Question | None:
    """The card at a place of a deck that is made of headings with answers, as a choice."""
    cards = deck_of(tmp_path, answers).cards
    return asked_as_choice(cards[place], seed, Siblings(cards))


def without(answers: dict[str, str], last: str, answer: str) -> dict[str, str]:
    """The answers with another heading and answer in the place of the last."""
    return {**dict(list(answers.items())[:-1]), last: answer}


# -- what is fair ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", [CAPITALS, GATES])
def test_siblings_that_ask_the_same_of_another_term_are_options(tmp_path: Path, answers: dict[str, str]) -> None:
    for place, answer in enumerate(answers.values()):
        found = options(asked(tmp_path, answers, place))
        assert found[0] == answer
        assert sorted(found) == sorted(answers.values())


def test_headings_that_are_terms_have_their_meanings_for_options(tmp_path: Path) -> None:
    answers = {
        "Stride": "How far the filter moves from one place to the next.",
        "Padding": "Extra values put round the border of the picture.",
        "Dilation": "The distance between the pixels that it reads.",
        "Channel": "One of the maps that lie over each other in a layer.",
    }
    assert sorted(options(asked(tmp_path, answers))) == sorted(answers.values())


def test_korean_cards_are_asked_among_korean_answers(tmp_path: Path) -> None:
    answers = {
        "스트라이드란 무엇인가?": "필터가 한 번에 움직이는 거리",
        "패딩이란 무엇인가?": "그림 둘레에 덧붙인 값",
        "팽창이란 무엇인가?": "읽는 픽셀 사이의 간격",
        "채널이란 무엇인가?": "겹쳐 놓인 특징 지도 하나",
    }
    assert sorted(options(asked(tmp_path, answers))) == sorted(answers.values())


def test_years_are_asked_among_years(tmp_path: Path) -> None:
    answers = {f"When was {net} published?": year for net, year in (("A", "2012"), ("B", "2014"), ("C", "2015"))}
    assert asked(tmp_path, {**answers, "When was D published?": "in spring"}) is None
    assert asked(tmp_path, {**answers, "When was D published?": "3"}) is None
    assert sorted(options(asked(tmp_path, {**answers, "When was D published?": "1998"})))[0] == "1998"


# -- what is left out --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "answer"),
    [
        pytest.param("Who rules France?", "Anna", id="another question"),
        pytest.param("What is the motto of Kenya?", "Harambee", id="a question of another matter"),
        pytest.param("What is the capital of Kenya?", "It is Nairobi", id="another beginning"),
        pytest.param("What is the capital of Kenya?", "Nairobi.", id="a full stop"),
        pytest.param("What is the capital of Kenya?", "nairobi", id="no capital letter"),
        pytest.param("What is the capital of Kenya?", "2012", id="a number"),
        pytest.param("What is the capital of Kenya?", "Nairobi, which lies near the equator", id="a long one"),
        pytest.param("What is the capital of Kenya?", "Paris", id="the same answer"),
        pytest.param("What is the capital of Kenya?", "New Paris", id="the same answer within"),
        pytest.param("What is the capital of Kenya?", "Kenya Town", id="its own term"),
        pytest.param("What is the capital of Kenya?", "`Nairobi`", id="code"),
        pytest.param("What is the capital of Kenya?", "Nairobi\n\nA second paragraph.", id="two paragraphs"),
        pytest.param("What is the capital of Kenya?", "- Nairobi", id="a list"),
        pytest.param("What is the capital of Kenya?", "Nairobi (케냐)", id="a gloss"),
    ],
)
def test_a_sibling_that_is_told_by_its_looks_or_right_itself_is_no_option(
    tmp_path: Path, heading: str, answer: str
) -> None:
    cards = deck_of(tmp_path, without(CAPITALS, heading, answer)).cards
    siblings = Siblings(cards)
    assert len(cards) == 4
    assert asked_as_choice(cards[0], 1, siblings) is None
    assert asked_as_choice(cards[3], 1, siblings) is None


def test_what_holds_of_a_part_is_no_option_for_the_whole(tmp_path: Path) -> None:
    answers = without(CAPITALS, "What is the capital of the old Peru?", "Cusco")
    assert asked(tmp_path, answers, place=0) is not None
    assert asked(tmp_path, answers, place=1) is None
    assert asked(tmp_path, answers, place=3) is None


@pytest.mark.parametrize("start", ["Why is there a", "Which net has a", "Give an example of a", "What may follow a"])
def test_questions_with_several_right_answers_stay_as_they_are(tmp_path: Path, start: str) -> None:
    answers = {f"{start} {term}?": answer for term, answer in zip("klmn", CAPITALS.values(), strict=True)}
    assert asked(tmp_path, answers) is None


def test_an_answer_that_says_the_term_asked_for_stays_as_it_is(tmp_path: Path) -> None:
    answers = {
        "What is the stride?": "The stride moves the window.",
        "What is the kernel?": "The kernel holds all weights.",
        "What is the map?": "The map shows each response.",
        "What is the pool?": "The pool keeps some maxima.",
    }
    assert asked(tmp_path, answers) is None


def test_an_answer_that_alone_echoes_the_question_stays_as_it_is(tmp_path: Path) -> None:
    echo = {**GATES, "What does the forget gate decide?": "It may decide what of the cell stays."}
    assert asked(tmp_path, echo) is None


def test_the_right_answer_is_not_the_only_long_or_short_one(tmp_path: Path) -> None:
    longest = {**CAPITALS, "What is the capital of France?": "Parisopolis"}
    shortest = dict(zip(CAPITALS, ("Ur", "Limassol", "Osloooo", "Nairobi"), strict=True))
    assert asked(tmp_path, longest) is None
    assert asked(tmp_path, shortest) is None


def test_two_wrong_answers_that_say_the_same_do_not_stand_together(tmp_path: Path) -> None:
    twins = {**CAPITALS, "What is the capital of Kenya?": "Oslo"}
    assert asked(tmp_path, twins) is None
    five = {**twins, "What is the capital of Chad?": "Yaren"}
    assert sorted(options(asked(tmp_path, five))) == ["Lima", "Oslo", "Paris", "Yaren"]


def test_with_fewer_than_three_fair_siblings_the_card_stays_as_it_is(tmp_path: Path) -> None:
    assert asked(tmp_path, dict(list(CAPITALS.items())[:3])) is None


def test_an_author_can_keep_a_card_out(tmp_path: Path) -> None:
    marked = {
        heading + (" {.nochoice}" if answer == "Lima" else ""): answer
        for heading, answer in {**CAPITALS, "What is the capital of Chad?": "Yaren"}.items()
    }
    deck = deck_of(tmp_path, marked)
    siblings = Siblings(deck.cards)
    assert [finding.code for finding in deck.findings] == []
    assert asked_as_choice(deck.cards[1], 1, siblings) is None
    assert "Lima" not in options(asked_as_choice(deck.cards[0], 1, siblings))


def test_the_mark_of_an_author_is_a_finding_where_it_means_nothing(tmp_path: Path) -> None:
    (tmp_path / "d.md").write_text("# T\n\n## Which? {#a .nochoice}\n\n- [x] b\n- [ ] c\n")
    (finding,) = load(tmp_path / "d.md").findings
    assert (finding.code, finding.line) == ("unknown-class", 3)


# -- asking and grading ------------------------------------------------------------------------------------------------


def test_without_siblings_a_recall_card_is_no_choice(tmp_path: Path) -> None:
    card = deck_of(tmp_path, CAPITALS).cards[0]
    assert asked_as_choice(card, 1) is None
    assert asked_as_choice(card, 1, Siblings([card])) is None


def test_a_card_that_was_changed_since_is_no_choice(tmp_path: Path) -> None:
    siblings = Siblings(deck_of(tmp_path, CAPITALS).cards)
    changed = deck_of(tmp_path, {**CAPITALS, "What is the capital of France?": "Lyon"}).cards[0]
    assert asked_as_choice(changed, 1, siblings) is None


def test_seeds_choose_other_siblings_of_a_large_deck(tmp_path: Path) -> None:
    names = [first + second for first in "BDFGKLMN" for second in ("axoru", "elipe", "ivant", "ostuc")]
    cards = deck_of(tmp_path, {f"What is the capital of {n[::-1]}ia?": n for n in names}).cards
    siblings = Siblings(cards)
    met = {text for seed in range(30) for text in options(asked_as_choice(cards[0], seed, siblings))}
    assert len(met) > 20


def test_a_wrong_pick_is_told_whose_answer_it_is(tmp_path: Path) -> None:
    question = asked(tmp_path, CAPITALS)
    assert question is not None
    verdict = grade(question, read_response(question, "Lima"))
    assert verdict is not None
    assert (verdict.outcome, verdict.score, verdict.slips) == (Outcome.WRONG, 0, ())
    assert verdict.message == "That answers: What is the capital of Peru?"


@pytest.mark.parametrize("width", [80, 40])
def test_every_wrong_option_says_afterwards_what_it_answers(tmp_path: Path, width: int) -> None:
    question = asked(tmp_path, GATES)
    assert question is not None
    for text in GATES.values():
        response = read_response(question, text)
        rows = [row.text for row in judged_face(question, response, grade(question, response), width)]
        said = " ".join(" ".join(rows).split())
        assert all(f"That answers: {heading}" in said for heading in list(GATES)[1:])
        assert all(len(row) <= width for row in rows)


# -- the built-in decks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "ko"])
def test_the_built_in_recall_cards_that_are_asked_as_a_choice_were_all_read(language: str) -> None:
    """Their answers are long and each asks in its own way, so none is fair. Whoever adds one that is reads its options.

    Those that qualify are listed here, with what may be picked, after a person has read them.
    """
    found = []
    for deck in built_in(DECKS):
        cards = [deck.translations.get(language, {}).get(card.id, card) for card in deck.cards]
        siblings = Siblings(cards)
        for card in cards:
            found += [question for seed in range(3) if (question := _recall(card, seed, siblings)) is not None]
    assert [(question.card.id, options(question)) for question in found] == []


def _recall(card: Card, seed: int, siblings: Siblings) -> Question | None:
    return asked_as_choice(card, seed, siblings) if card.kind == "recall" else None


def test_the_right_option_stands_in_the_same_place_in_every_language(tmp_path: Path) -> None:
    ids = ("france", "peru", "norway", "kenya")
    english = {f"{heading} {{#{name}}}": city for name, (heading, city) in zip(ids, CAPITALS.items(), strict=True)}
    cities = zip(("프랑스", "페루", "노르웨이", "케냐"), ("파리", "리마", "오슬로", "나이로비"), strict=True)
    korean = {f"{land}의 수도는? {{#{name}}}": city for name, (land, city) in zip(ids, cities, strict=True)}
    for seed in range(5):
        ours, theirs = asked(tmp_path, english, seed=seed), asked(tmp_path, korean, seed=seed)
        assert ours is not None
        assert theirs is not None
        assert ours.permutation == theirs.permutation
        assert right_response(ours) == right_response(theirs)
        assert describe_response(theirs, right_response(theirs)) == "파리"
