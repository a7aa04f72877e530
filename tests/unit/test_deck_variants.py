"""Givens, how values are shown, and which variant is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from studytui.answer.grading import AnswerType
from studytui.deck.ask import ask
from studytui.deck.givens import Arrayed, BadRange, Given, Listed, Source, Stepped, read_domain, shuffled
from studytui.deck.load import load
from studytui.deck.model import Card, Line
from studytui.deck.proof import make_ready
from studytui.deck.show import show_answer, show_given, show_value
from studytui.deck.variants import CHOSEN, CardError, draw, variant_at

Make = Callable[..., Card]


@pytest.fixture
def computed(tmp_path: Path) -> Make:
    """Makes a computed card of a deck file that has no finding."""

    def make(answer: str, given: str, *lines: str, question: str = "?", after: str = "**{answer}**") -> Card:
        path = tmp_path / "deck.md"
        keys = "\n".join(lines)
        fence = f'```toml\nanswer = "{answer}"\n{keys}\n[given]\n{given}\n```'
        path.write_text(f"# T\n\n## Q {{#q}}\n\n{question}\n\n{fence}\n\n{after}\n")
        deck = load(path)
        assert deck.findings == ()
        return deck.cards[0]

    return make


SIZES = 'n = "7..64"\nk = [3, 5, 7]\np = "0..3"\ns = [1, 2, 3]'
OUTPUT = "convolution.output_size(n, k, s, p)"


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("0..3", [0, 1, 2, 3]),
        ("-2..-1", [-2, -1]),
        ("−2..−1", [-2, -1]),
        ("8..24 step 8", [8, 16, 24]),
        ("0..10 step 3", [0, 3, 6, 9]),
        ("-1.0..1.0 step 0.5", [-1.0, -0.5, 0.0, 0.5, 1.0]),
        ("0.1..0.3 step 0.1", [0.1, 0.2, 0.3]),
        (7, [7]),
        (0.5, [0.5]),
        (["a", "b"], ["a", "b"]),
        ([True, False], [True, False]),
        ([[1, 2], [3, 4]], [(1, 2), (3, 4)]),
    ],
)
def test_domains_hold_exactly_what_is_written(written: object, values: list[object]) -> None:
    domain = read_domain(written)
    assert [domain.at(place) for place in range(domain.count)] == values
    assert all(type(domain.at(0)) is type(value) for value in values)


@pytest.mark.parametrize("written", ["3", "3..", "5..1", "1..2 step 0", "0.5..1.0", "1e3..2e3", [], [1, "a"], {}, None])
def test_other_domains_are_refused(written: object) -> None:
    with pytest.raises(BadRange):
        read_domain(written)


def test_a_huge_range_costs_nothing() -> None:
    domain = read_domain("0..99999999999999")
    assert domain.count == 10**14
    assert 0 <= Source("d/c", 1).draw(Given("n", domain), 0) < 10**14  # type: ignore[operator]  # an int


def test_arrays_have_their_shape() -> None:
    domain = read_domain({"shape": [2, 3], "of": "0..9"})
    drawn = Source("d/c", 1).draw(Given("a", domain), 0)
    assert isinstance(drawn, tuple)
    assert [len(row) for row in drawn if isinstance(row, tuple)] == [3, 3]
    assert domain.count == 10**6


def test_all_arrays_can_be_counted() -> None:
    domain = Arrayed((2,), Listed((0, 1)))
    assert {domain.at(place) for place in range(domain.count)} == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_draw_hangs_on_card_seed_and_name_alone() -> None:
    domain = Stepped(0, 1, 1000, 0, real=False)
    first = Source("d/c", 7).draw(Given("n", domain), 0)
    assert first == Source("d/c", 7).draw(Given("n", domain), 0) == 246
    others = [
        Source("d/x", 7).draw(Given("n", domain), 0),
        Source("d/c", 8).draw(Given("n", domain), 0),
        Source("d/c", 7).draw(Given("m", domain), 0),
        Source("d/c", 7).draw(Given("n", domain), 1),
    ]
    assert all(other != first for other in others)


def test_shuffles_are_fixed_for_ever() -> None:
    assert shuffled(6, "d/c", 1) == shuffled(6, "d/c", 1)
    assert sorted(shuffled(50, "x")) == list(range(50))
    assert len({shuffled(4, "d/c", seed) for seed in range(200)}) == 24


@pytest.mark.parametrize(
    ("value", "shown"),
    [(12, "12"), (-3, "−3"), (0.5, "0.5"), (-2.0, "−2"), (0.1, "0.1"), (True, "True"), ("PyTorch", "PyTorch"),
     ((0.1, -0.2), "[0.1, −0.2]"), (((1, 2), (3, 4)), "[[1, 2], [3, 4]]"), (10**12, "1000000000000")],
)  # fmt: skip
def test_givens_are_shown_exactly(value: object, shown: str) -> None:
    assert show_given(value) == shown  # type: ignore[arg-type]  # all of them values


def test_values_on_the_way_keep_two_digits_more() -> None:
    assert show_value(0.1 + 0.2, 3) == "0.3"
    assert show_value(2 / 3, 3) == "0.66667"
    assert show_value(2 / 3, 1) == "0.6667"
    assert show_value(1 / 3e9, 3) == "3.3333e−10"


def test_answers_are_shown_to_their_digits() -> None:
    assert show_answer(2 / 3, AnswerType.REAL, 3) == "0.667"
    assert show_answer(1234.5, AnswerType.REAL, 3) == "1234"
    assert show_answer(1152.0, AnswerType.REAL, 3) == "1152"
    assert show_answer(0.0, AnswerType.REAL, 3) == "0"
    assert show_answer(0.6031, AnswerType.REAL, 2) == "0.60"
    assert show_answer(0.5, AnswerType.REAL, 3) == "0.5"
    assert show_answer((28, 28, 4), AnswerType.SHAPE, 3) == "28×28×4"
    assert show_answer((2 / 3, 1.0), AnswerType.VECTOR, 2) == "[0.67, 1]"
    assert show_answer(value=True, answer_type=AnswerType.YES_NO, digits=3) == "yes"


def test_where_holds_on_every_variant(computed: Make) -> None:
    made = computed(OUTPUT, SIZES, "where = ['k < n', 's <= k']", question="{n} {k} {p} {s}?")
    for seed in range(50):
        givens = variant_at(made, seed).givens
        assert givens["k"] < givens["n"]
        assert givens["s"] <= givens["k"]


def test_the_chosen_seed_gives_the_same_question_again(computed: Make) -> None:
    made = computed(OUTPUT, SIZES, question="{n} {k} {p} {s}?")
    for seed in range(20):
        question = ask(made, seed, avoid=[1, 2])
        assert question.seed >= CHOSEN
        assert question.seed < 2**63
        assert ask(made, question.seed, avoid=[question.seed]) == question
        assert variant_at(made, question.seed) == question.variant


def test_a_variant_on_which_the_slips_differ_is_preferred(computed: Make) -> None:
    made = computed("convolution.output_size(n, 3, 1, p)", 'n = "5..9"\np = "0..1"', question="{n} {p}?")
    paddings = {ask(made, seed).variant.givens["p"] for seed in range(30)}  # type: ignore[union-attr]  # computed
    assert paddings == {1}


def test_what_is_asked_has_its_turn_also_where_no_slip_shows(computed: Make) -> None:
    made = computed(
        "detection.cnn_passes(method, regions)",
        'method = ["R-CNN", "YOLO"]\nregions = [1000, 2000]',
        question="{method} {regions}?",
    )
    methods = Counter(draw(made, seed).givens["method"] for seed in range(60))
    assert min(methods.values()) >= 18


def test_the_variants_seen_last_are_avoided(computed: Make) -> None:
    made = computed("convolution.output_size(n, 3, 1, 1)", 'n = "5..7"', question="{n}?")
    seen: list[int] = []
    for seed in range(12):
        question = ask(made, seed, avoid=seen[-2:])
        assert question.variant is not None
        assert question.variant.givens not in [variant_at(made, each).givens for each in seen[-2:]]
        seen.append(question.seed)


def test_a_slip_can_be_asked_for(computed: Make) -> None:
    made = computed(
        "convolution.output_size(n, 3, s, p)", 'n = "9..30"\np = [0, 1]\ns = [1, 2]', question="{n} {p} {s}?"
    )
    for seed in range(20):
        slips = {slip.name for slip in draw(made, seed, focus="padded_once").slips}
        assert "padded_once" in slips


def test_a_card_names_the_slips_that_are_used(computed: Make) -> None:
    made = computed(OUTPUT, SIZES, "slips = ['padded_once']", question="{n} {k} {p} {s}?")
    assert {slip.name for seed in range(20) for slip in draw(made, seed).slips} == {"padded_once"}


def test_an_empty_domain_is_no_endless_search(computed: Make) -> None:
    made = computed("n + 1", 'n = "1..5"', "where = ['n > 5']", question="{n}?")
    with pytest.raises(CardError, match=r"deck\.md:3: where rejects every draw"):
        ask(made, 1)


def test_an_unknown_reference_is_said_when_the_card_is_asked(computed: Make) -> None:
    with pytest.raises(CardError, match=r"did you mean “convolution\.output_size”"):
        ask(computed("convolution.outputsize(n, 3)", 'n = "5..9"', question="{n}?"), 1)


@pytest.mark.parametrize(
    ("answer", "given", "key", "hint", "unit"),
    [
        ("n + 1", 'n = "1..5"', "", "a whole number", ""),
        ("n / 3", 'n = "1..5"', "digits = 2\nunit = 'MB'", "a number, 2 significant digits", "MB"),
        ("n < 3", 'n = "1..5"', "", "yes or no", ""),
        ("n", 'n = ["a", "b"]', "", "a word or a few", ""),
        ("n", "n = { shape = [2], of = '1..5' }", "", "2 numbers", ""),
        (
            "n",
            "n = { shape = [2, 2], of = '0.5..5.0 step 0.5' }",
            "",
            "4 numbers, row by row, 3 significant digits",
            "",
        ),
        ("convolution.weight_shape(n, 2, 3)", 'n = "1..5"', "", "a shape such as 28×28×4", ""),
    ],
)
def test_the_form_says_what_is_wanted(computed: Make, answer: str, given: str, key: str, hint: str, unit: str) -> None:
    question = ask(computed(answer, given, key, question="{n}?"), 1)
    assert question.form == Line(hint, unit)


def test_show_builds_on_what_was_shown_before(computed: Make) -> None:
    given = 'n = "3..3"\n[show]\na = "n + 1"\nb = "a + answer"'
    variant = draw(computed("n * 2", given, question="{n}?", after="{a} {b} {answer}"), 1)
    assert variant.values == {"n": "3", "a": "4", "b": "10", "answer": "6"}


@pytest.mark.parametrize("answer", ["convolution.output_sise(n, 3)", "nowhere.size(n)", "n +"])
def test_a_card_that_cannot_be_asked_can_be_made_ready_all_the_same(computed: Make, answer: str) -> None:
    card = computed("n", 'n = "1..3"')
    make_ready(replace(card, content=replace(card.content, answer=answer)))  # type: ignore[type-var]  # a dataclass
