"""Whatever is typed: a verdict comes back, and nothing is raised, printed or warned about."""

from __future__ import annotations

import contextlib
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from studytui.answer import (
    Outcome,
    Slip,
    UnreadableError,
    Verdict,
    evaluate,
    grade_choice,
    grade_match,
    grade_order,
    grade_text,
    grade_value,
    read_choice,
    read_order,
    read_pairs,
)
from studytui.text import unsafe_characters

_PIECES = [
    *"0123456789.,;+-*/^()[]%eExX×÷−·²³⁻ \t\0_'\":=!∞½٣１한ㅓ\ud800\u202e\u0301",
    "**",
    "//",
    "nan",
    "inf",
    "0x1f",
]
_PIECES += [
    "exp(",
    "sqrt(",
    "log2(",
    "floor(",
    "sigmoid(",
    "pi",
    "9**9**9",
    "1e999",
    "1e-586",
    "9^640",
    "1,234",
    "1_000",
]
_PIECES += ["lambda:", "__import__('os')", "1if", "28x28", "MB", "“”", "->", "1b", "\r\n", "a b"]


@st.composite
def _repeated(draw: st.DrawFn) -> str:
    """Few pieces, many times: deep brackets, unary chains, towers of powers, long digits."""
    unit = "".join(draw(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=3)))
    return unit * draw(st.sampled_from([1, 2, 24, 25, 128, 300, 5000])) + draw(st.sampled_from(["", "1", ")", "1)"]))


_LINES = st.one_of(
    st.text(st.characters(), max_size=60),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Nd", "No", "Lo"]), max_size=40),
    st.lists(st.sampled_from(_PIECES), max_size=60).map("".join),
    _repeated(),
)
_TRUTHS = st.sampled_from(
    [
        12,
        -1,
        0,
        10**400,
        0.333,
        0.0,
        -1e300,
        5e-324,
        (28, 28, 4),
        (1,),
        (),
        [0.1, -0.2],
        [[1, 2], [3, 4]],
        [],
        "gate",
        "",
        True,
    ]
)
_SLIPS = [Slip("a", "A sentence.", value) for value in (12, 0.3, (28, 28), [1.0, None], "forget", None, float("nan"))]


@settings(deadline=None, max_examples=300)
@given(_LINES, _TRUTHS, st.sampled_from(["", "MB", "%", "한"]), st.integers(-1, 20))
def test_any_line_gets_a_verdict_in_silence(typed, truth, unit, digits):
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        verdict = grade_value(typed, truth, unit=unit, digits=digits, slips=_SLIPS)
    assert isinstance(verdict, Verdict)
    assert out.getvalue() == ""


@settings(deadline=None, max_examples=200)
@given(_LINES, _TRUTHS)
def test_a_message_is_one_short_line_that_is_safe_to_show(typed, truth):
    message = grade_value(typed, truth).message
    assert "\n" not in message
    assert not unsafe_characters(message)
    assert len(message) < 250


@settings(deadline=None, max_examples=200)
@given(_LINES, _TRUTHS)
def test_only_a_right_answer_scores_one_and_only_a_read_one_scores(typed, truth):
    verdict = grade_value(typed, truth)
    assert (verdict.score == 1) == (verdict.outcome is Outcome.RIGHT)
    assert verdict.score == 0 or verdict.outcome in {Outcome.RIGHT, Outcome.CLOSE}


@settings(deadline=None, max_examples=300)
@given(_LINES)
def test_an_expression_has_a_bounded_value_or_cannot_be_read(typed):
    with contextlib.suppress(UnreadableError):
        value = evaluate(typed)
        assert max(value.numerator.bit_length(), value.denominator.bit_length()) <= 2048


@settings(deadline=None, max_examples=200)
@given(_LINES, st.lists(st.text(max_size=20), max_size=3))
def test_any_text_gets_a_verdict(typed, accept):
    assert isinstance(grade_text(typed, accept), Verdict)


@settings(deadline=None, max_examples=200)
@given(_LINES, st.integers(1, 30), st.booleans())
def test_any_line_is_a_selection_or_unreadable(typed, count, several):
    picked = read_choice(typed, count, several=several)
    order = read_order(typed, count)
    partners = read_pairs(typed, count)
    assert isinstance(picked, Verdict) or (picked and max(picked) < count and (several or len(picked) == 1))
    assert isinstance(order, Verdict) or sorted(order) == list(range(count))
    assert isinstance(partners, Verdict) or (len(partners) == count and max(partners) < count)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(-2, 9), max_size=8), st.sets(st.integers(-2, 9)), st.integers(0, 8), st.booleans())
def test_any_picks_get_a_verdict(places, correct, count, several):
    assert isinstance(grade_choice(places, correct, count, several=several), Verdict)
    assert isinstance(grade_order(places), Verdict)
    assert isinstance(grade_match(places, ["a", "b", "a"]), Verdict)
