"""Finding references by name, and what is said when there is none."""

from __future__ import annotations

import importlib

import pytest

from reference_impl import convolution
from reference_impl.catalogue import TOPICS, UnknownReference, find, references, topics


def test_topics_are_listed():
    assert topics() == TOPICS
    assert topics()[:2] == ("convolution", "activations")


def test_a_dotted_name_finds_its_reference():
    assert find("recurrent.lstm_parameters")(input_size=10, hidden_size=20) == 2560


def test_finding_twice_gives_the_same_object():
    assert find("convolution.jump") is find("convolution.jump")


def test_all_references_of_a_topic_are_listed_under_their_names():
    listed = references("convolution")
    assert {each.function_name for each in listed} == set(convolution.__all__)
    assert all(find(each.name) is each for each in listed)
    assert set(listed) < set(references())


@pytest.mark.parametrize("topic", topics())
def test_references_are_listed_in_the_order_in_which_one_learns_them(topic):
    module = importlib.import_module(f"reference_impl.{topic}")
    listed = [each.function_name for each in references(topic)]
    known = set(listed)
    assert listed == [name for name in getattr(module, "__all__", listed) if name in known]


def test_what_comes_first_needs_nothing_that_comes_later():
    listed = [each.function_name for each in references("convolution")]
    assert listed[0] == "output_size"
    assert listed.index("parameters") < listed.index("receptive_field") < listed.index("stacked_parameters")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "convolution.ouput_size",
            "there is no reference “convolution.ouput_size” — did you mean “convolution.output_size”?",
        ),
        ("convolutions.output_size", "there is no topic “convolutions” — did you mean “convolution”?"),
        ("poetry.metre", f"there is no topic “poetry”; topics are {', '.join(TOPICS)}"),
        ("same_padding", "the reference “same_padding” needs its topic: convolution.same_padding"),
        (
            "output_shape",
            "the reference “output_shape” needs its topic: convolution.output_shape or recurrent.output_shape",
        ),
        ("lstm_parameter", "there is no reference “lstm_parameter” — did you mean “recurrent.lstm_parameters”?"),
        ("zzz", f"there is no reference “zzz”; topics are {', '.join(TOPICS)}"),
        ("recurrent.zzz", "there is no reference “recurrent.zzz”; recurrent has "),
        ("convolution.checks", "there is no reference “convolution.checks”"),
        ("convolution.__class__", "there is no reference “convolution.__class__”"),
        ("", "there is no reference “”"),
    ],
)
def test_an_unknown_name_is_explained(name, sentence):
    with pytest.raises(UnknownReference) as raised:
        find(name)
    assert str(raised.value).startswith(sentence)


def test_an_unknown_topic_is_explained():
    with pytest.raises(UnknownReference, match="there is no topic “recurent” — did you mean “recurrent”"):
        references("recurent")
