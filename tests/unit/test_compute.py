"""`studytui compute`: what may stand in an expression, how it is refused, how values and figures are told."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from reference_impl.catalogue import references
from reference_impl.compare import Opinion
from reference_impl.figures import Bar, Bars
from studytui.cli import cli
from studytui.deck.compute import Computation, compute, evaluate_text
from studytui.deck.expression import plain
from studytui.deck.figure import NoFigure, as_data, figure_of
from studytui.deck.model import Call
from studytui.deck.written import on_one_line, written
from studytui.problems import Problem


def run(*arguments):
    return CliRunner().invoke(cli, ["compute", *arguments], prog_name="studytui")


def refusal(expression):
    with pytest.raises(Problem) as caught:
        compute(expression)
    message = str(caught.value)
    assert "\n" not in message
    return message


# -- arguments -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("recurrent.lstm_summary_length(7, 'previous')", 7),
        ('recurrent.lstm_summary_length(7, state="previous")', 7),
        ("convolution.parameters(3, 4, 5, bias=False)", 300),
        ("convolution.pool_size(8, 3, None)", 2),
        ("convolution.pool_size(8, 3, stride=None, ceil_mode=True)", 3),
        ("convolution.cross_correlation([[1, -2], [3, 4]], [[-1]])", ((-1, 2), (-3, -4))),
        ("convolution.receptive_field((3, 3), [1, 1])", 5),
        ("recurrent.lstm_cell_state([1, 0], [3, 3], [0, 1], [0.5, 0.5])", (3.0, 0.5)),
        ("convolution.output_size(convolution.output_size(9, 3), 2 + 1)", 5),
        ("-convolution.output_size(9, 3) * 2", -14),
    ],
)
def test_texts_lists_flags_none_and_signs_are_arguments(expression, value):
    result = compute(expression)
    assert result.value == value
    assert result.proved


@pytest.mark.parametrize("reference", references(), ids=lambda each: each.name)
def test_every_reference_can_be_computed_as_it_is_written(reference):
    """A draw of its domain that is short enough to be typed gives the same value through text."""
    for arguments in reference.draws(3, 20):
        listed = ", ".join(f"{name}={on_one_line(value)}" for name, value in arguments.items())
        text = f"{reference.name}({listed})"
        if len(text) <= 1000:
            assert evaluate_text(text).value == plain(reference(**arguments))
            return
    pytest.fail(f"no draw of {reference.name} can be typed")


# -- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("convolution.output_size(5)", "needs the argument “kernel_size”"),
        ("convolution.output_size(5, 3, 1, 0, 1, 9)", "takes at most 5 arguments, not 6"),
        ("convolution.output_size(5, 3, input_size=5)", "is given “input_size” twice"),
        ("convolution.output_size(5, kernel=3)", "did you mean “kernel_size”?"),
        ("convolution.output_size('5', 3)", "input_size must be a whole number of at least 1, not “5”"),
        ("convolution.output_size(None, 3)", "input_size must be a whole number of at least 1, not None"),
        ("convolution.output_size(5, 3, padding=None)", "padding must be a whole number of at least 0, not None"),
        ("convolution.output_size(2, 3)", "kernel_size must fit into the padded input: 3 in 2 + 2·0"),
        ("recurrent.lstm_gate('forgot', 1, 0, 0, 5, 0)", "gate must be "),
        ("output_size(5, 3)", "the reference “output_size” needs its topic: convolution.output_size"),
        ("convolution.output_size", "convolution.output_size(input_size, kernel_size, stride=1"),
        ("convolution.output_siz", "did you mean “convolution.output_size”?"),
        ("convolution", "“convolution” is a topic: write convolution.reference(…)"),
        ("vgg19", "write a number, or a text in quotes"),
        ("None", "it can only be an argument"),
        ("[None]", "it can only be an argument"),
        ("None + 1", "it can only be an argument"),
        ("abs(None)", "abs needs a number, not nothing"),
    ],
)
def test_a_mistake_is_explained(expression, words):
    assert words in refusal(expression)


def test_a_refused_value_is_told_without_advice_that_is_not_asked_for():
    assert refusal("convolution.output_size(5, 0)") == "kernel_size must be a whole number of at least 1, not 0"


@pytest.mark.parametrize(
    "expression",
    [
        "convolution.output_size.function(5, 3)",
        "convolution.output_size(5, 3).real",
        "convolution.__dict__",
        "convolution.__builtins__['open']('x')",
        "convolution.np.zeros(9)",
        "convolution.importlib",
        "reference_impl.catalogue()",
        "__builtins__",
        "getattr(convolution, 'np')",
        "eval('1')",
        "print(1)",
        "open('x', 'w')",
        "''.join(['a'])",
        "'%s' % 'a'",
        "'a' * 10**9",
        "[1] * 10**9",
        "[each for each in [1]]",
        "{1: 2}",
        "{1, 2}",
        "[1, 2][0]",
        "(lambda: 1)()",
        "(yield)",
        "await 1",
        "a := 1",
        "1; 2",
        "1 if True else 2",
        "f'{1}'",
        "b'1'",
        "1j",
        "...",
        "1 is 1",
        "1 in [1]",
        "~1",
        "1 << 9",
        "1 @ 2",
        "9**9**9",
        "10**10000",
        "1e308 * 10",
        "9" * 31,
        "'" + "a" * 101 + "'",
        "-" * 40 + "1",
        "[" * 40 + "]" * 40,
        "1+" * 499 + "1+1",
        "[" + "1," * 300 + "]",
        "max(" + "1," * 17 + ")",
        "convolution.output_size(*[5, 3])",
        "convolution.output_size(**[5])",
        "#",
        "\u202e1",
    ],
    ids=lambda text: text[:24],
)
def test_nothing_else_evaluates_and_the_refusal_is_one_line(expression):
    result = run("--", expression)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("studytui: ")
    assert len(line) < 500


# -- values and witnesses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        (-0.5, "-0.5"),
        (True, "True"),
        ("forget gate", "forget gate"),
        ("red \x1b[31m", "red [31m"),
        ((4, 26, 26), "[4, 26, 26]"),
        (("a", "b"), "['a', 'b']"),
        ((), "[]"),
        (((1, 2), (-3, 40)), "[[ 1,  2],\n [-3, 40]]"),
        (((1,), (2, 3)), "[[1],\n [2, 3]]"),
        ((((1, 2), (3, 4)), ((50, 6), (7, 8))), "[[[ 1, 2],\n  [ 3, 4]],\n [[50, 6],\n  [ 7, 8]]]"),
        (((), ()), "[[],\n []]"),
    ],
)
def test_a_value_is_written_to_be_read(value, text):
    assert written(value) == text


def test_what_a_terminal_obeys_is_escaped_in_arguments():
    assert on_one_line(("\x1b[31m", "\u202e")) == r"['\x1b[31m', '\u202e']"


def test_a_long_value_is_told_once():
    lines = compute(f"convolution.cross_correlation({[list(range(10))] * 4}, [[1]])").as_text().splitlines()
    assert lines[0] == "[[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],"
    assert lines[4].endswith(", kernel=[[1]], stride=1, padding=0)")
    assert lines[5:] == ["  brute force  ✓ agrees", "  PyTorch      ✓ agrees"]


def test_witnesses_that_did_not_speak_say_why_and_a_silent_figure_is_told_quietly():
    call = Call("convolution.output_size", {"input_size": 5}, 3)
    said = (
        Opinion("brute force", 3, agrees=True),
        Opinion("PyTorch", None, None, "PyTorch is not installed"),
        Opinion("published", None, None, "the paper has no such layer"),
    )
    result = Computation(3, ((call, said),))
    assert result.as_text().splitlines()[2:] == [
        "  brute force  ✓ agrees: 3",
        "  PyTorch      – did not speak: PyTorch is not installed",
        "  published    – the paper has no such layer",
    ]
    assert result.proved
    assert [each["agrees"] for each in result.as_dict()["witnesses"]] == [True, None, None]


# -- figures ---------------------------------------------------------------------------------------------------------


def test_a_figure_is_drawn_below_the_witnesses():
    result = run("convolution.output_size(5, 3, 2)", "--figure")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines()[-6:] == [
        "",
        "2 places on 5 pixels with padding 0",
        "0 1 2 3 4",
        "└───┘ place 0",
        "    └───┘ place 1",
        "no column is left over",
    ]


def test_a_figure_as_json_is_its_data():
    table = json.loads(run("convolution.output_size(3, 3)", "--figure", "--format", "json").stdout)
    assert table["value"] == 1
    assert table["figure"] == {
        "kind": "grid",
        "title": "1 place on 3 pixels with padding 0",
        "cells": [["0", "1", "2"]],
        "frames": [{"name": "place 0", "row": 0, "column": 0, "rows": 1, "columns": 3}],
        "note": "no column is left over",
    }
    assert "figure" not in json.loads(run("convolution.output_size(3, 3)", "--format", "json").stdout)


def test_numbers_that_json_cannot_write_are_null():
    bars = Bars("", "", (Bar("a", float("inf")), Bar("b", 1)))
    assert [bar["value"] for bar in as_data(bars)["bars"]] == [None, 1]


@pytest.mark.parametrize("around", ["2 * {} + 1", "{}", "convolution.output_size({}, 1)", "max({}, 3)"])
def test_the_figure_is_of_the_outermost_reference(around):
    result = compute(around.format("convolution.output_size(9, 3)"))
    assert figure_of(result.outermost).title.startswith("7 places on ")


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("2 * 3", "a figure is of one reference"),
        ("convolution.output_size(9, 3) + convolution.output_size(9, 5)", "a figure is of one reference"),
        ("convolution.parameters(3, 4, 5)", "convolution.parameters offers none"),
        ("convolution.output_size(4000, 3)", "convolution.output_size offers none of these arguments"),
    ],
)
def test_without_a_figure_the_value_is_printed_and_one_line_says_why(expression, words):
    result = run(expression, "--figure")
    assert result.exit_code == 0
    assert result.stdout == run(expression).stdout
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"studytui: no figure: {words}")
    with pytest.raises(NoFigure):
        figure_of(compute(expression).outermost)
    assert json.loads(run(expression, "--figure", "--format", "json").stdout)["figure"] is None


def test_a_figure_keeps_to_the_terminals_width(monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    narrow = run("convolution.output_size(20, 3, 4)", "--figure").stdout.partition("\n\n")[2]
    assert max(map(len, narrow.splitlines())) <= 30
    monkeypatch.setenv("COLUMNS", "10")
    assert "10 columns are too few for it" in run("convolution.output_size(20, 3)", "--figure").stderr
