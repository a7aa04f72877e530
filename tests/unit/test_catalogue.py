"""`studytui catalogue` and docs/references.md: every reference with its parameters, witnesses, slips and an example."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from reference_impl.catalogue import references, topics
from studytui.catalogue.example import example_of
from studytui.catalogue.listing import kind
from studytui.cli import cli
from studytui.deck.compute import evaluate_text
from studytui.text import display_width

DOCS = Path(__file__).parents[2] / "docs"


def run(*arguments):
    return CliRunner().invoke(cli, ["catalogue", *arguments], prog_name="studytui")


@pytest.fixture(params=[40, 80, 120])
def width(request, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(request.param))
    return request.param


@pytest.fixture(autouse=True)
def piped(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)


def test_everything_is_one_line_a_reference_under_its_topic():
    lines = run().stdout.splitlines()
    assert [line.partition(":")[0] for line in lines if line and not line.startswith(" ")] == list(topics())
    told = [line.split()[0] for line in lines if line.startswith("  ")]
    assert told == [reference.function_name for reference in references()]
    summaries = [line.split(maxsplit=1)[1] for line in lines if line.startswith("  ")]
    assert summaries == [reference.summary for reference in references()]


def test_where_a_summary_is_too_long_its_first_sentence_is_told(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    lines = run().stdout.splitlines()
    assert "  padding_for           Smallest padding that gives the wanted output size." in lines
    assert max(map(len, lines)) <= 80


def test_a_topic_is_told_by_calls_summaries_witnesses_and_how_many_slips():
    text = run("convolution").stdout
    assert text.startswith("convolution: Convolution arithmetic: ")
    assert (
        "output_size(input_size, kernel_size, stride=1, padding=0, dilation=1) → int\n"
        "    Number of places at which a kernel fits along one axis: the size of the output.\n"
        "    brute force, PyTorch · 8 slips · figure\n"
    ) in text
    assert text.count(" slips") == len(references("convolution"))


def test_a_reference_is_told_in_full():
    lines = run("convolution.output_size").stdout.splitlines()
    assert lines[0] == "convolution.output_size(input_size, kernel_size, stride=1, padding=0, dilation=1) → int"
    assert "  kernel_size  a whole number" in lines
    assert "  dilation=1   a whole number" in lines
    assert lines[lines.index("Gives") + 1] == "  a whole number"
    assert lines[lines.index("Written out in") + 1] == "  reference_impl/convolution/sizes.py"
    assert "  brute force  Moves the kernel along and counts its places." in lines
    assert "  padded_once        Padding is added on both sides, so it counts twice." in lines
    command, value = lines[lines.index("Example") + 1 :]
    expression = command.split('"')[1]
    assert command == f'  studytui compute "{expression}" --figure'
    assert int(value) == evaluate_text(expression).value


def test_several_names_are_told_one_after_the_other_and_a_bare_name_in_every_topic():
    text = run("recurrent.lstm_gate", "output_shape").stdout
    heads = [line.partition("(")[0] for line in text.splitlines() if "→" in line]
    assert heads == ["recurrent.lstm_gate", "convolution.output_shape", "recurrent.output_shape"]


def test_a_wide_text_is_wrapped_in_a_terminal(width):
    for names in ((), topics(), [each.name for each in references()[:8]]):
        for line in run(*names).stdout.splitlines():
            assert display_width(line) <= width


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("convolutoin", "did you mean “convolution”?"),
        ("output_siz", "did you mean “output_size”?"),
        ("convolution.output_siz", "did you mean “convolution.output_size”?"),
        ("zzz", "“zzz”; `studytui catalogue` lists them"),
        ("\x1b[31m", "“[31m”"),
    ],
)
def test_an_unknown_name_is_one_line_with_the_nearest(name, words):
    result = run("convolution", name)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("studytui: there is no topic or reference “")
    assert words in line
    assert "\x1b" not in line


def test_json_has_one_shape_for_everything_a_topic_and_a_reference():
    every = json.loads(run("--format", "json").stdout)
    assert [topic["name"] for topic in every["topics"]] == list(topics())
    assert [each["name"] for topic in every["topics"] for each in topic["references"]] == [
        each.name for each in references()
    ]
    (topic,) = json.loads(run("convolution", "--format", "json").stdout)["topics"]
    assert topic == every["topics"][0]
    (alone,) = json.loads(run("convolution.pool_size", "--format", "json").stdout)["topics"]
    (reference,) = alone["references"]
    assert reference in topic["references"]
    assert set(reference) == {
        "name", "signature", "returns", "summary", "doc", "parameters", "witnesses", "slips", "figure", "example",
    }  # fmt: skip
    assert reference["parameters"][1:3] == [
        {"name": "kernel_size", "type": "int", "required": True},
        {"name": "stride", "type": "int | None", "required": False, "default": None},
    ]
    assert reference["witnesses"] == ["brute force", "PyTorch"]
    assert reference["slips"][0].keys() == {"name", "sentence"}


@pytest.mark.parametrize("reference", references(), ids=lambda each: each.name)
def test_every_example_computes_what_it_says(reference):
    example = example_of(reference)
    assert example is not None
    assert evaluate_text(example.expression).value == example.value
    assert example == example_of(reference)


def test_annotations_are_told_in_words():
    assert kind("int | None") == "a whole number, or None"
    assert kind("Shape") == "a shape: sizes along axes"
    assert kind("tuple[Vector, Vector]") == "tuple[Vector, Vector]"


def test_the_page_of_references_is_current():
    spec = importlib.util.spec_from_file_location("docs_references", DOCS / "references.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    current = (DOCS / "references.md").read_text(encoding="utf-8") == module.page()
    assert current, "docs/references.md differs from the docstrings: run `python -m docs.references`"
