"""A drill: questions on which one slip shows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from support.quizzes import cards_of, pool_of

from reference_impl.compare import Opinion
from studytui.deck.model import Card, Pick
from studytui.problems import Problem
from studytui.quiz.asking import retake
from studytui.quiz.paper import Paper, draw_paper
from studytui.quiz.plan import AskedAs, Plan

#: Two cards on which `padded_once` can show, one of them seldom, and one on which it never does.
DECK = """# Places

## How wide? {#wide}

{input_size} pixels, kernel 3, padding {padding}.

```toml
answer = "convolution.output_size(input_size, 3, 1, padding)"

[given]
input_size = "7..64"
padding = "0..3"
```

## How wide with few? {#few}

Padding {padding}.

```toml
answer = "convolution.output_size(9, 3, 1, padding)"

[given]
padding = [0, 1, 2]
```

## How wide without padding? {#bare}

{input_size} pixels.

```toml
answer = "convolution.output_size(input_size, 3, 1, 0)"

[given]
input_size = "7..64"
```

## Which? {#which}

- [x] a
- [ ] b
"""
SLIP = "padded_once"


@pytest.fixture
def cards(tmp_path: Path) -> dict[str, Card]:
    path = tmp_path / "places.md"
    path.write_text(DECK)
    return cards_of(path)


def drill(cards: dict[str, Card], count: int = 10, seed: int = 7, computed: AskedAs = AskedAs.TYPED) -> Paper:
    return draw_paper(Plan(seed, count=count, slip=SLIP, computed=computed), pool_of(cards))


def test_the_slip_shows_on_every_question_and_no_variant_comes_twice(cards: dict[str, Card]) -> None:
    paper = drill(cards, 10)
    variants = [question.variant for question in paper.questions if question.variant is not None]
    assert len(variants) == 10
    assert all(SLIP in {slip.name for slip in variant.slips} for variant in variants)
    assert len({question.prompt for question in paper.questions}) == 10


def test_every_card_that_can_show_it_is_asked_before_one_is_asked_again(cards: dict[str, Card]) -> None:
    asked = [question.card.id.partition("/")[2] for question in drill(cards, 10).questions]
    assert set(asked[:2]) == {"wide", "few"} == set(asked[2:4])
    assert Counter(asked) == {"wide": 8, "few": 2}


def test_fewer_variants_than_asked_are_all_asked_and_said(cards: dict[str, Card]) -> None:
    paper = drill({"places/few": cards["places/few"]}, 10)
    assert len(paper.questions) == 2
    assert paper.notices == ("there are 2 variants on which this slip shows, not 10: the drill has no more",)


def test_the_same_seed_gives_the_same_drill_and_another_gives_another(cards: dict[str, Card]) -> None:
    assert drill(cards).questions == drill(dict(reversed(cards.items()))).questions
    assert len({drill(cards, seed=seed).questions[0].prompt for seed in range(8)}) > 4


def test_a_drill_among_options_offers_the_slips_value(cards: dict[str, Card]) -> None:
    paper = drill({"places/wide": cards["places/wide"]}, 8, computed=AskedAs.CHOICE)
    choices = [question for question in paper.questions if isinstance(question.form, Pick)]
    assert choices
    for question in choices:
        assert question.recast is not None
        assert SLIP in {slip.name for slips in question.recast.slips for slip in slips}


def test_the_questions_of_a_drill_can_be_taken_up_again(cards: dict[str, Card]) -> None:
    for computed in AskedAs:
        paper = drill(cards, computed=computed)
        assert retake(paper.items, pool_of(cards)) == paper.questions


def test_the_header_says_what_is_drilled(cards: dict[str, Card]) -> None:
    assert drill(cards, 3).header == "drill: padded_once · seed 7 · 3 questions · all decks"


@pytest.mark.parametrize(
    ("slip", "message"),
    [
        ("paded_once", "no card chosen here can show the slip “paded_once” — did you mean “padded_once”?"),
        ("xyz\x1b[1m", "no card chosen here can show the slip “xyz[1m”: choose other decks"),
    ],
)
def test_a_slip_that_no_card_has_is_told_in_one_line(cards: dict[str, Card], slip: str, message: str) -> None:
    with pytest.raises(Problem) as caught:
        draw_paper(Plan(7, slip=slip), pool_of(cards))
    assert str(caught.value) == message


def test_a_slip_that_never_shows_is_told_in_one_line(cards: dict[str, Card]) -> None:
    with pytest.raises(Problem, match=r"^no variant of these cards shows the slip “padded_once”: choose other decks$"):
        drill({"places/bare": cards["places/bare"]})


def test_a_card_that_a_witness_contradicts_is_left_out_of_a_drill(
    cards: dict[str, Card], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytui.quiz.asking.prove", lambda call: (Opinion("brute force", 5, agrees=False),))
    with pytest.raises(Problem, match=r"is left out: the witness “brute force” disagrees \(5\)$"):
        drill(cards)
