"""Cards asked as a choice, for any values and any siblings: fair options, and picks that are graded and read back."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from studytui.answer.answer_type import AnswerType
from studytui.answer.verdict import Outcome
from studytui.deck.ask import describe_response, grade, read_response, right_response
from studytui.deck.blocks import Block, Span, plain
from studytui.deck.kinds.recall import Recall
from studytui.deck.model import Card, Filled, Pick, Question, Response, Value
from studytui.deck.recast import FEWEST_OPTIONS, MOST_OPTIONS, choice_of_computed
from studytui.deck.recast_siblings import WRONG_OPTIONS, Siblings
from studytui.face import judged_face
from studytui.text import display_width
from tests.support.recasting import asked_as_choice, made_up, options

INTEGERS = st.one_of(st.integers(-20, 60), st.integers(-(10**9), 10**9), st.just(10**400))
REALS = st.one_of(st.sampled_from([0.0, 0.5, 0.46, 0.462, 0.4619, 1.0, -0.5]), st.floats(-1e4, 1e4), INTEGERS)
WORDS = st.text(alphabet="abcdefgh 가나다", min_size=1, max_size=20).filter(str.strip)
TERMS = ["kilo", "lima", "mike", "nora", "oslo", "papa", "romeo"]
RESPONSES: st.SearchStrategy[Response] = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.frozensets(st.integers(-3, 9), max_size=4),
    st.lists(st.integers(-3, 9), max_size=5).map(tuple),
    st.lists(st.text(max_size=5), max_size=3).map(lambda lines: Filled(tuple(lines))),
)


@st.composite
def computed(draw: st.DrawFn) -> Question:
    """A typed question of any type, with up to eight slips, some of them of another type."""
    kind = draw(st.sampled_from(list(AnswerType)))
    size = draw(st.integers(1, 4))
    own: st.SearchStrategy[Value] = {
        AnswerType.INTEGER: INTEGERS,
        AnswerType.REAL: REALS.filter(lambda value: abs(value) < 10**300).map(float),
        AnswerType.SHAPE: st.tuples(*[st.integers(1, 60)] * size),
        AnswerType.VECTOR: st.tuples(*[REALS] * size),
        AnswerType.TEXT: WORDS,
        AnswerType.YES_NO: st.booleans(),
    }[kind]
    any_value: st.SearchStrategy[Value] = st.one_of(own, own, own, REALS, WORDS, st.just(float("nan")), st.just(()))
    answer, wrong = draw(own), draw(st.lists(any_value, max_size=8))
    numeric = kind in {AnswerType.INTEGER, AnswerType.REAL}
    digits, unit = draw(st.integers(1, 5)), draw(st.sampled_from(["", "MB", "%"])) if numeric else ""
    return made_up(answer, *wrong, answer_type=kind, digits=digits, unit=unit, seed=draw(st.integers(0, 99)))


def heading(words: str) -> tuple[Block, ...]:
    return (Block("paragraph", (Span(words),)),)


@st.composite
def recalls(draw: st.DrawFn) -> list[Card]:
    """Cards of one deck that ask the same of different terms."""
    ask = draw(st.sampled_from(["What is the capital of {}?", "{}", "{}란 무엇인가?", "Why is there a {}?"]))
    terms = draw(st.lists(st.sampled_from(TERMS), unique=True, max_size=7))
    answers = st.one_of(
        WORDS, st.integers(1, 3000).map(str), st.sampled_from(["Paris", "Lima", "Oslo", "Bern", "Rome"])
    )
    return [
        Card(f"d/{term}", "d", "recall", "d.md", 1, heading(ask.format(term)), (), (), Recall(heading(draw(answers))))
        for term in terms
    ]


@given(computed())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_a_choice_of_values_has_one_right_option_and_wrong_ones_that_are_told_apart(question: Question) -> None:
    choice = choice_of_computed(question)
    assume(choice is not None)
    assert choice is not None
    assert choice.recast is not None
    assert isinstance(choice.form, Pick)
    right, *wrong = options(choice)
    fewest = 2 if right.split()[0] in {"yes", "no"} else FEWEST_OPTIONS
    assert fewest <= len(wrong) + 1 <= MOST_OPTIONS
    assert len({right, *wrong}) == len(wrong) + 1
    assert sorted(choice.permutation) == list(range(len(wrong) + 1))
    assert right == plain(question.truth)
    for place, option in enumerate(choice.form.options):
        typed = grade(question, plain(option))
        assert typed is not None
        assert (typed.outcome is Outcome.RIGHT) is (place == choice.recast.right)
        assert bool(choice.recast.slips[place]) is bool(choice.recast.told[place])


@given(computed(), RESPONSES)
# Of drawn cards many make no fair choice, and are passed over.
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_any_response_is_graded_and_what_is_picked_reads_back(question: Question, response: Response) -> None:
    choice = choice_of_computed(question)
    assume(choice is not None)
    assert choice is not None
    assert choice.recast is not None
    verdict = grade(choice, response)
    assert verdict is not None
    assert (verdict.outcome is Outcome.RIGHT) is (response == right_response(choice))
    assert verdict.score == (verdict.outcome is Outcome.RIGHT)
    assert all(display_width(row.text) <= 40 for row in judged_face(choice, response, verdict, 40))
    describe_response(choice, response)
    for place in range(len(choice.recast.slips)):
        assert read_response(choice, describe_response(choice, frozenset({place}))) == {place}


@given(recalls(), st.integers(0, 99), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_a_choice_of_answers_does_not_depend_on_the_order_of_the_deck(
    cards: list[Card], seed: int, random: object
) -> None:
    shuffled = list(cards)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    ours, theirs = Siblings(cards), Siblings(shuffled)
    for card in cards:
        question = asked_as_choice(card, seed, ours)
        assert question == asked_as_choice(card, seed, theirs)
        if question is None:
            continue
        right, *wrong = options(question)
        assert right == plain(question.truth)
        assert len({right, *wrong}) == WRONG_OPTIONS + 1
        assert set(wrong) <= {plain(other.content.answer) for other in cards if isinstance(other.content, Recall)}
        verdict = grade(question, right_response(question))
        assert verdict is not None
        assert verdict.outcome is Outcome.RIGHT
