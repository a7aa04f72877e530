"""Steps under any input: marking never raises, scores are exact, one mistake costs once, lines are read back."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from support.world import STEPPED, mistaken

from studytui.answer.verdict import Mark, Outcome, Verdict
from studytui.deck.ask import ask, describe_response, grade, read_response, right_response
from studytui.deck.load import load
from studytui.deck.marking import join_lines, split_lines
from studytui.deck.model import Card, Filled, Question
from studytui.entering import Filling, read_line
from studytui.face import judged_face
from studytui.text import clean_line

#: Steps of every type: a matrix, its shape, a yes or no, a text, a decimal.
MIXED = """
## Many types {#mixed}

The number {n}, times {factor}.

```toml
answer = "share * factor"

[[step]]
name = "rows"
ask = "Two rows"
answer = "[[n, factor], [factor, n]]"

[[step]]
name = "row"
ask = "The rows times one"
answer = "convolution.cross_correlation(rows, [[factor]])"

[[step]]
name = "larger"
ask = "Is n larger?"
answer = "n > factor"

[[step]]
name = "share"
ask = "Their quotient"
answer = "n / factor"

[given]
n = "1..9"
factor = "2..5"
```

{answer}
"""

seeds = st.integers(0, 10_000)
lines = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "3", "-1", "1/2", "0.25", "1e3", "7 px", "[[1, 2], [3, 4]]", "1 2; 3 4", "yes", "10^400"]
    ),
    st.integers(-100, 100).map(str),
)


@cache
def cards() -> tuple[Card, ...]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.md"
        path.write_text("# T\n" + STEPPED + MIXED)
        return load(path).cards


def verdict_on(question: Question, *typed: str) -> Verdict:
    verdict = grade(question, Filled(typed))
    assert verdict is not None
    return verdict


@given(seeds, st.sampled_from([0, 1]), st.lists(lines, max_size=7))
@example(0, 1, ["[[1,2],[3,4]]", "[[1],[2],[3]]", "no", "nan", "1"])
def test_any_lines_have_a_verdict(seed: int, which: int, typed: list[str]) -> None:
    question = ask(cards()[which], seed)
    verdict = verdict_on(question, *typed)
    assert isinstance(verdict.score, Fraction)
    assert 0 <= verdict.score <= 1
    assert verdict.counts or verdict.message
    if verdict.counts:
        assert verdict.score == sum((part.score for part in verdict.parts), Fraction(0)) / len(verdict.parts)
        assert [mark is Mark.RIGHT for mark in verdict.marks] == [part.score == 1 for part in verdict.parts]
        assert (verdict.outcome is Outcome.RIGHT) == (verdict.score == 1)
        assert judged_face(question, Filled(tuple(typed)), verdict, 40)


@given(seeds, st.sampled_from([0, 1]))
def test_the_right_response_is_right(seed: int, which: int) -> None:
    question = ask(cards()[which], seed)
    verdict = grade(question, right_response(question))
    assert verdict is not None
    assert (verdict.outcome, verdict.score) == (Outcome.RIGHT, 1)


@given(seeds, st.integers(0, 2), st.integers(-40, 40).filter(bool))
def test_one_mistake_costs_its_part_alone(seed: int, place: int, by: int) -> None:
    question = ask(cards()[0], seed)
    typed = mistaken(question, place, by)
    verdict = verdict_on(question, *typed)
    if int(typed[1]) < 0:  # more than the kernel: no output, so the reference refuses
        return
    assert verdict.score == Fraction(2, 3) + verdict.parts[place].score / 3
    assert verdict.parts[place].outcome is not Outcome.RIGHT


@given(st.lists(st.text().map(clean_line), min_size=1, max_size=8))
def test_lines_are_read_back(typed: list[str]) -> None:
    assert split_lines(join_lines(typed)) == tuple(typed)


@given(seeds, st.lists(st.text().map(clean_line), min_size=3, max_size=3))
def test_a_response_is_read_back(seed: int, typed: list[str]) -> None:
    question = ask(cards()[0], seed)
    described = describe_response(question, Filled(tuple(typed)))
    assert "\n" not in described
    assert read_response(question, described) == Filled(tuple(typed))


@given(st.text())
def test_a_typed_line_fills_the_parts_or_says_why_not(typed: str) -> None:
    response = read_line(ask(cards()[0], 0).form, typed)
    if isinstance(response, Verdict):
        assert not response.counts
    elif response is not None:
        assert isinstance(response, Filled)
        assert len(response.lines) == 3


@given(st.lists(st.tuples(st.sampled_from(["move", "press", "write"]), st.integers(-3, 8)), max_size=30))
def test_no_line_is_lost_on_the_way_through_the_parts(verbs: list[tuple[str, int]]) -> None:
    state, expected = Filling(("",) * 4), [""] * 4
    for verb, number in verbs:
        if verb == "write":
            state, expected[state.cursor] = state.write(str(number)), str(number)
        else:
            state = state.move(number) if verb == "move" else state.press(number)
        assert list(state.lines) == expected
        assert 0 <= state.cursor < 4
