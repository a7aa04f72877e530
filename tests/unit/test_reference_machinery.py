"""The reference machinery: what a decorated function is, how it is called, and what it refuses at definition."""

from __future__ import annotations

import pytest

from reference_impl.catalogue import references
from reference_impl.convolution import output_size
from reference_impl.domain import Domain, whole
from reference_impl.figures import Bar, Bars
from reference_impl.recurrent import lstm_gate
from reference_impl.reference import REQUIRED, ArgumentError, reference

SMALL = Domain({"sides": whole(1, 4), "colours": whole(1, 3)})


def dice():
    @reference(domain=SMALL)
    def outcomes(sides: int, colours: int = 2) -> int:
        """Number of outcomes.

        Counted apart by colour.
        """
        return sides * colours

    return outcomes


def test_a_reference_is_called_like_its_function():
    assert output_size(7, 3, stride=2) == 3


def test_a_reference_has_its_topic_and_its_dotted_name():
    assert (output_size.topic, output_size.name) == ("convolution", "convolution.output_size")


def test_a_reference_of_a_split_topic_keeps_the_short_name():
    assert output_size.__module__ == "reference_impl.convolution.sizes"
    assert lstm_gate.name == "recurrent.lstm_gate"


def test_parameters_come_with_their_defaults_and_types():
    assert [(each.name, each.default, each.type) for each in dice().parameters] == [
        ("sides", REQUIRED, "int"),
        ("colours", 2, "int"),
    ]
    assert [each.required for each in dice().parameters] == [True, False]


def test_the_signature_reads_like_a_call():
    assert output_size.signature == "(input_size, kernel_size, stride=1, padding=0, dilation=1)"
    assert repr(output_size) == f"<reference convolution.output_size{output_size.signature}>"


def test_summary_and_doc_come_from_the_docstring():
    assert dice().summary == "Number of outcomes."
    assert dice().doc == "Number of outcomes.\n\nCounted apart by colour."
    assert dice().__doc__ is not None
    assert dice().returns == "int"


def test_a_slip_is_named_after_its_function():
    outcomes = dice()

    @outcomes.slip("Multiply, do not add.")
    def added(sides: int, colours: int) -> int:
        return sides + colours

    (slip,) = outcomes.slips
    assert (slip.name, slip.sentence, slip.function(sides=3, colours=4)) == ("added", "Multiply, do not add.", 7)
    assert added(1, 1) == 2


def test_a_figure_is_of_arguments_that_the_reference_accepts():
    outcomes = dice()
    assert outcomes.figure_for({"sides": 2, "colours": 1}) is None

    @outcomes.figure
    def faces(sides: int) -> Bars:
        return Bars("Faces", "eyes", tuple([Bar(str(side), side) for side in range(1, sides + 1)]))

    assert outcomes.figure_for({"sides": 2, "colours": 1}) == faces(2)
    with pytest.raises(ValueError, match="kernel_size must fit"):
        output_size.figure_for(output_size.bind(3, 9))
    with pytest.raises(TypeError, match="has a figure already"):
        outcomes.figure(faces)


def test_witnesses_are_kept_in_order_and_know_whether_they_need_torch():
    outcomes = dice()

    @outcomes.witness("brute force")
    def count(sides: int, colours: int = 2) -> int:
        return len([(side, colour) for side in range(sides) for colour in range(colours)])

    @outcomes.witness("PyTorch")
    def cartesian(sides: int, colours: int = 2) -> int:
        return sides * colours

    assert [(each.name, each.needs_torch) for each in outcomes.witnesses] == [("brute force", False), ("PyTorch", True)]
    assert count(2) == cartesian(2) == 4


def test_a_slip_names_only_the_parameters_that_it_looks_at_and_is_called_with_all():
    outcomes = dice()

    @outcomes.slip("Multiply, do not add.")
    def squared(sides: int) -> int:
        return sides**2

    (slip,) = outcomes.slips
    assert slip.function(sides=3, colours=4) == squared(3) == 9


@pytest.mark.parametrize(
    "function",
    [
        lambda sides, colors: sides + colors,
        lambda colours, sides: sides + colours,
        lambda sides, colours=2: sides + colours,
    ],
    ids=["another parameter", "another order", "a default"],
)
def test_a_slip_with_other_parameters_is_refused_at_definition(function):
    with pytest.raises(TypeError, match=r"the slip <lambda>\(.*\) must take parameters of .*\(sides, colours=2\), in"):
        dice().slip("Multiply, do not add.")(function)


def test_a_witness_with_another_default_is_refused_at_definition():
    outcomes = dice()
    with pytest.raises(TypeError, match="the witness count"):

        @outcomes.witness("brute force")
        def count(sides: int, colours: int = 3) -> int:
            return sides * colours


def test_two_witnesses_of_one_name_are_refused():
    outcomes = dice()

    @outcomes.witness("brute force")
    def count(sides: int, colours: int = 2) -> int:
        return sides * colours

    with pytest.raises(TypeError, match="has a witness named “brute force” already"):
        outcomes.witness("brute force")(count)


def test_variadic_functions_are_no_references():
    with pytest.raises(TypeError, match="plain parameters only"):

        @reference(domain=SMALL)
        def total(*numbers: int) -> int:
            return sum(numbers)


def test_bind_fills_in_the_defaults_in_order():
    bound = output_size.bind(7, stride=2, kernel_size=3)
    assert bound == {"input_size": 7, "kernel_size": 3, "stride": 2, "padding": 0, "dilation": 1}
    assert list(bound) == [parameter.name for parameter in output_size.parameters]


@pytest.mark.parametrize(
    ("args", "kwargs", "sentence"),
    [
        ((7,), {"kernel": 3}, "output_size has no argument “kernel” — did you mean “kernel_size”?"),
        ((7, 3), {"banana": 3}, "output_size has no argument “banana”: output_size(input_size, "),
        ((7,), {}, "output_size needs the argument “kernel_size”: output_size(input_size, kernel_size, stride=1, "),
        ((), {"stride": 1}, "output_size needs the arguments “input_size” and “kernel_size”"),
        ((7, 3, 1, 0, 1, 9), {}, "output_size takes at most 5 arguments, not 6"),
        ((7, 3), {"input_size": 7}, "output_size is given “input_size” twice: by its place and by its name"),
    ],
)
def test_a_call_that_does_not_fit_is_explained(args, kwargs, sentence):
    with pytest.raises(ArgumentError) as raised:
        output_size.bind(*args, **kwargs)
    assert str(raised.value).startswith(sentence)


@pytest.mark.parametrize("each", references(), ids=lambda each: each.name)
def test_every_reference_is_documented_with_slips_and_witnesses(each):
    assert each.summary.endswith(".")
    assert each.summary
    assert len(each.slips) >= 2
    assert len(each.witnesses) >= 2
    assert sum(witness.needs_torch for witness in each.witnesses) == 1
    assert len({slip.name for slip in each.slips}) == len(each.slips)


@pytest.mark.parametrize("each", references(), ids=lambda each: each.name)
def test_slips_speak_in_whole_sentences(each):
    for slip in each.slips:
        assert slip.sentence[0].isupper() or slip.sentence.startswith(("tanh", "“"))
        assert slip.sentence.endswith((".", "?"))
        assert "\n" not in slip.sentence
        assert len(slip.sentence) <= 120
