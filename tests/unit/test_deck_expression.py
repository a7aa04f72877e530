"""Expressions evaluate arithmetic and references, and nothing else, within bounds."""

from __future__ import annotations

import sys

import pytest

from studytui.deck.compute import compute, evaluate_text
from studytui.deck.expression import ExpressionError, Refusal, Scope, compile_expression
from studytui.problems import Problem


def value(source: str, **names: object) -> object:
    return compile_expression(source, names).evaluate(Scope(names))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3 - 4 / 2", 5.0),
        ("7 // 2", 3),
        ("-7 % 3", 2),
        ("2 ** 10", 1024),
        ("2 ** -1", 0.5),
        ("1 < 2 <= 2 != 3", True),
        ("1 < 2 and not 3 < 2 or 1 > 2", True),
        ("1 + (framework == 'PyTorch')", 2),
        ("min(n, 3) + max(1, 2, n) + abs(-n) + floor(n / 2) + ceil(n / 2)", 18),
        ("convolution.output_size(n, kernel_size=3, padding=1)", 5),
        ("convolution.output_size(convolution.output_size(n, 3), 3)", 1),
    ],
)
def test_what_evaluates(source: str, expected: object) -> None:
    assert value(source, n=5, framework="PyTorch") == expected


@pytest.mark.parametrize(
    "source",
    [
        "__import__('os')",
        "().__class__",
        "n.__class__",
        "n[0]",
        "lambda: 1",
        "[1 for _ in n]",
        "f'{n}'",
        "1 if n else 2",
        "(n := 1)",
        "{1: 2}",
        "[n for n in [1]]",
        "print(1)",
        "open('x')",
        "n @ n",
        "n << 9",
        "1 in n",
        "n is n",
        "*n",
        "max(*n)",
        "convolution.output_size(**n)",
        "convolution.output_size",
        "reference_impl.convolution.output_size(1)",
        "b'x'",
        "1j",
        "...",
        "None",
        "1e999",
        "9" * 31,
        "n; n",
        "n\nn",
        "'\\x41'",
        "",
        "(" * 250 + "1" + ")" * 250,
        "-" * 500 + "1",
        "lambda: " + "-" * 900 + "1",
        "+".join("1" * 400),
        "1" + "+1" * 5000,
        "\0",
    ],
)
def test_nothing_else_evaluates(source: str) -> None:
    with pytest.raises(ExpressionError):
        value(source, n=5)


@pytest.mark.parametrize(
    "source",
    [
        "9 ** 9 ** 9",
        "(2 ** 4000) * (2 ** 4000)",
        "n ** 99999999",
        "'a' * 9",
        "'a' + 'b'",
        "'a' < 'b'",
        "'a' == 1",
        "1 / 0",
        "1 // 0",
        "1 % 0",
        "10.0 ** 999",
        "(0 - 8) ** 0.5",
        "-'a'",
        "1 and 2",
        "not 1",
        "convolution.output_size('a', 3)",
        "convolution.output_size(1, 3)",
        "convolution.output_size(10 ** 30, 3)",
    ],
)
def test_what_has_no_value_is_refused(source: str) -> None:
    with pytest.raises(Refusal):
        value(source, n=5)


@pytest.mark.parametrize(
    ("source", "code", "says"),
    [
        ("input_siz + 1", "unknown-name", "did you mean “input_size”"),
        ("convolution.outputsize(1, 2)", "unknown-reference", "did you mean “convolution.output_size”"),
        ("convolutions.output_size(1, 2)", "unknown-reference", "did you mean “convolution”"),
        ("output_size(1, 2)", "unknown-reference", "convolution.output_size"),
        ("convolution.output_size(1, kernal_size=2)", "wrong-argument", "did you mean “kernel_size”"),
        ("convolution.output_size(1)", "wrong-argument", "kernel_size"),
        ("convolution.output_size(1, 2, 3, 4, 5, 6)", "wrong-argument", "at most 5"),
        ("min(1)", "wrong-argument", "2 to 16"),
        ("min", "bad-expression", "parentheses"),
        ("1 +", "bad-expression", "cannot be read"),
    ],
)
def test_errors_point_at_what_is_wrong(source: str, code: str, says: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        value(source, input_size=7)
    assert caught.value.code == code
    assert says in str(caught.value)


def test_references_are_not_looked_up_before_they_are_needed() -> None:
    compile_expression("convolution.no_such_thing(1)", ())


def test_calls_are_recorded_once_with_all_their_arguments() -> None:
    scope = Scope({"n": 7})
    source = "convolution.output_size(n, 3) + convolution.output_size(n, 3)"
    assert compile_expression(source, {"n"}).evaluate(scope) == 10
    (call,) = scope.calls
    assert (call.reference, call.value) == ("convolution.output_size", 5)
    assert call.arguments == {"input_size": 7, "kernel_size": 3, "stride": 1, "padding": 0, "dilation": 1}


def test_a_slip_stands_in_for_its_reference_everywhere() -> None:
    source = "convolution.output_size(convolution.output_size(n, 3), 3) + 1"
    scope = Scope({"n": 9}, replaced="convolution.output_size", slip=lambda input_size, **_: input_size - 4)
    assert compile_expression(source, {"n"}).evaluate(scope) == 2


def test_compute_takes_lists() -> None:
    evaluation = evaluate_text("convolution.full_convolution([1, 2], (3, 4))")
    assert evaluation.value == (3, 10, 8)
    assert [call.reference for call in evaluation.calls] == ["convolution.full_convolution"]


def test_compute_prints_value_and_witnesses() -> None:
    result = compute("recurrent.lstm_parameters(input_size=10, hidden_size=20)")
    table = result.as_dict()
    assert table["value"] == 2560
    witnesses = table["witnesses"]
    assert isinstance(witnesses, list)
    assert [(each["name"], each["value"], each["agrees"]) for each in witnesses] == [
        ("brute force", 2560, True),
        ("PyTorch", 2560, True),
    ]
    assert result.proved
    assert result.as_text().splitlines()[0] == "2560"
    assert "✓" in result.as_text()


def test_compute_says_what_is_wrong_in_one_line() -> None:
    for source in ("1 / 0", "nonsense", "convolution.output_size(1)", ""):
        with pytest.raises(Problem) as caught:
            compute(source)
        assert "\n" not in str(caught.value)


def test_reading_expressions_warns_of_nothing(recwarn: pytest.WarningsRecorder) -> None:
    with pytest.raises(ValueError, match="not arithmetic"):
        value("1if 1else 2")
    assert not recwarn.list


def test_python_has_the_limit_that_protects_long_numbers() -> None:
    assert sys.get_int_max_str_digits() > 1300  # 4,096 bits are at most 1,234 digits


def test_lists_of_values_may_be_written() -> None:
    assert value("[n, 2 * n]", n=5) == (5, 10)
    assert value("recurrent.lstm_cell_gain([0.5, n])", n=0.5) == 0.25
