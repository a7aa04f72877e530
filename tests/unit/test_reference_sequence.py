"""Sequences: known figures, refusals, what a slip gives, and laws that tie the references to each other."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from reference_impl import sequence
from reference_impl.arrays import plain
from reference_impl.catalogue import find, references
from reference_impl.compare import agree, opinions
from reference_impl.figures import Curves
from reference_impl.recurrent import rnn_forward, rnn_parameters

NAN = float("nan")
WEATHER = ((0.75, 0.25), (0.5, 0.5))
#: A decoder of two units and four tokens, of which 0 is sos and 1 is eos.
DECODER = {
    "weight_ih": ((0.5, -1.0, 1.5, -0.5), (1.0, 0.5, -1.5, 2.0)),
    "weight_hh": ((1.0, -0.5), (0.5, 1.5)),
    "weight_ho": ((-0.5, -1.0), (-1.0, 0.25), (1.5, -0.5), (0.5, 1.5)),
}
CONTEXT = (0.5, -0.25)


@pytest.mark.parametrize(
    ("call", "figure"),
    [
        ("chain_probability((0.5, 0.25, 0.5))", 0.0625),
        ("chain_probability((1,))", 1.0),
        ("markov_probability((0.5, 0.5), WEATHER, (0, 0, 1))", 0.5 * 0.75 * 0.25),
        ("markov_probability((0.25, 0.75), WEATHER, (1,))", 0.75),
        # the audit's tables for 4 states and 5 items
        ("joint_table_size(4, 5)", 1_023),
        ("joint_table_size(1000, 64)", 1000**64 - 1),
        ("markov_table_size(4, 5)", 15),
        ("markov_table_size(4, 5, False)", 51),
        ("markov_table_size(4, 1)", 3),
        ("markov_table_size(4, 1, homogeneous=False)", 3),
        ("context_length(1)", 0),
        ("context_length(8)", 7),
        ("context_length(8, 3)", 3),
        ("context_length(3, 5)", 2),
        ("context_length(100, order=1)", 1),
        ("conditioning_items(5)", 10),
        ("conditioning_items(5, 1)", 4),
        ("conditioning_items(5, 2)", 7),
        ("conditioning_items(1)", 0),
        ("vocabulary('hello')", "helo"),
        ("vocabulary('hello', alphabetical=True)", "ehlo"),
        ("vocabulary_size('hello')", 4),
        ("vocabulary_size('Hello, hello')", 7),
        ("character_index('l', 'hello')", 2),
        ("character_index('h', 'hello', True)", 1),
        ("one_hot(2, 4)", (0, 0, 1, 0)),
        ("training_inputs('hello')", "hell"),
        ("training_targets('hello')", "ello"),
        ("training_pairs('hello')", "h→e e→l l→l l→o"),
        # three units for four characters
        ("character_model_parameters(4, 3, 0)", 33),
        ("character_model_parameters(4, 3, 1)", 40),
        ("character_model_parameters(4, 3, 2)", 43),
        ("uniform_loss(4)", 1.3862943611198906),
        ("uniform_loss(1)", 0.0),
        ("encode((1, 0), 0.5 * math.log(3), 0)", 0.0),
        ("encode((1,), 0.5 * math.log(3), 7)", 0.5),
        ("one_to_many(0.5 * math.log(3), 3, 1, math.log(3))", (0.5, 0.5, 0.5)),
        ("one_to_many((1, 0), 1, ((0, 1), (0, 1)), ((1, 1), (1, 1)))", ((0.0, 0.0),)),
        ("teacher_inputs((3, 2, 1))", (0, 3, 2)),
        ("teacher_inputs((5,), sos=9)", (9,)),
        ("decoder_probabilities(0, (0,), ((1, 1),), ((1,),), ((0,), (0,)))", (0.5, 0.5)),
        ("decoder_scores(1, (5,), ((0, 0.5 * math.log(3)),), ((0,),), ((2,), (4,)))", (1.0, 2.0)),
        ("teacher_forced_loss((0,), ((1, 1),), ((1,),), ((0,), (0,)), (1, 0, 1))", 3 * math.log(2)),
    ],
)
def test_a_known_figure_is_found(call, figure):
    name, arguments = call.split("(", 1)
    reference = find(f"sequence.{name}")
    bound = eval(f"bind({arguments}", {"bind": reference.bind, "math": math, "WEATHER": WEATHER})
    value = plain(reference(**bound))
    assert agree(value, figure), value
    assert all(opinion.agrees is not False for opinion in opinions(reference, bound, value))


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("chain_probability", ((0.5, 1.5),), "every entry of conditionals must be a number from 0 to 1, not 1.5"),
        ("chain_probability", ((NAN,),), "every entry of conditionals must be a number from −1,000,000 to 1,000,000, "),
        ("chain_probability", ((),), "conditionals must be a list of 1 to 64 numbers, not ()"),
        ("markov_probability", ((0.5, 0.25), WEATHER, (0,)), "initial must add up to 1, not 0.75"),
        (
            "markov_probability",
            ((0.5, 0.5), ((0.5, 0.5), (1, 1)), (0,)),
            "each row of transition must add up to 1, not 2",
        ),
        (
            "markov_probability",
            ((0.5, 0.5), ((0.5, 0.5),), (0,)),
            "transition must have one row for each of 2 states, not 1",
        ),
        (
            "markov_probability",
            ((0.5, 0.5), ((1,), (1,)), (0,)),
            "each row of transition must have one probability for each of 2 states, not 1",
        ),
        ("markov_probability", ((1.5, -0.5), WEATHER, (0,)), "every entry of initial must be a number from 0 to 1"),
        (
            "markov_probability",
            ((0.5, 0.5), WEATHER, (0, 2)),
            "every entry of sequence must be a state from 0 to 1, not 2",
        ),
        ("markov_probability", ((0.5, 0.5), WEATHER, 0), "sequence must be a list of 1 to 64 whole numbers, not 0"),
        ("joint_table_size", (2, 65), "time_steps must be at most 64, not 65"),
        ("markov_table_size", (2, 3, 1), "homogeneous must be True or False, not 1"),
        ("context_length", (0,), "step must be a whole number of at least 1, not 0"),
        ("context_length", (3, 0), "order must be a whole number of at least 1, not 0"),
        ("conditioning_items", (3, 1.5), "order must be a whole number of at least 1, not 1.5"),
        ("vocabulary", ("",), "text must be a text of 1 to 100 characters, not “”"),
        ("vocabulary_size", (17,), "text must be a text of 1 to 100 characters, not 17"),
        ("character_index", ("x", "hello"), "character must be one of “helo”, not “x”"),
        ("character_index", ("he", "hello"), "character must be one of “helo”, not “he”"),
        ("one_hot", (4, 4), "index must be smaller than num_classes, which is 4, not 4"),
        ("training_inputs", ("h",), "text must be a text of 2 to 100 characters, not “h”"),
        ("character_model_parameters", (4, 3, 3), "biases must be at most 2, not 3"),
        ("encode", ((1, 2), (1,), 1), "weight_ih must be a number from −1,000,000 to 1,000,000, not (1,)"),
        ("encode", ((1, 2), 1, True), "weight_hh must be a number from −1,000,000 to 1,000,000, not True"),
        ("encode", (((1,), (2,)), ((1,),), 1), "weight_hh must be a list of 1 to 64 rows of numbers, not 1"),
        ("encode", ((None, 2), 1, 1), "every step of inputs must be a list of 1 to 64 numbers, not None"),
        ("encode", ((1, 2), NAN, 1), "weight_ih must be a number from −1,000,000 to 1,000,000, not nan"),
        ("one_to_many", ("x", 2, 1, 1), "input must be a list of 1 to 64 numbers, not “x”"),
        ("decoder_scores", (4, CONTEXT, *DECODER.values()), "token must be at most 3, not 4"),
        (
            "decoder_scores",
            (0, (1,), *DECODER.values()),
            "weight_ih must be 1×4 for 1 hidden units and 4 tokens, not 2×4",
        ),
        (
            "decoder_probabilities",
            (0, (1, 1), ((1, 1), (1, 1)), ((1, 1),), ((1, 1), (1, 1))),
            "weight_hh must be 2×2 for 2 hidden units and 2 tokens, not 1×2",
        ),
        (
            "greedy_decode",
            ((0,), ((0, 0),), ((0,),), ((1,), (1,)), 3),
            "weight_ho must leave a clear winner at each step: two tokens have the same highest score",
        ),
        ("greedy_decode", (CONTEXT, *DECODER.values(), 3, 0, 4), "eos must be at most 3, not 4"),
        ("teacher_inputs", ((),), "target must be a list of 1 to 16 whole numbers, not ()"),
        ("teacher_forced_loss", (CONTEXT, *DECODER.values(), (4,)), "every entry of target must be at most 3, not 4"),
    ],
)
def test_a_refusal_names_the_argument_and_the_rule(name, arguments, sentence):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the sentence is compared below
        find(f"sequence.{name}")(*arguments)
    assert str(raised.value).startswith(sentence)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "arguments", "slip", "value"),
    [
        ("joint_table_size", (4, 5), "states_times_items", 20),
        ("joint_table_size", (4, 5), "last_one_counted", 1_024),
        ("markov_table_size", (4, 5), "other_homogeneity", 51),
        ("markov_table_size", (4, 5), "rows_not_fixed", 20),
        ("context_length", (8,), "item_itself_counted", 8),
        ("conditioning_items", (5,), "items_themselves_counted", 15),
        ("vocabulary_size", ("hello",), "all_characters", 5),
        ("vocabulary_size", ("hello",), "single_characters", 3),
        ("character_model_parameters", (4, 3, 0), "output_layer_forgotten", 21),
        ("training_targets", ("hello",), "targets_not_shifted", "hell"),
        ("uniform_loss", (4,), "loss_in_bits", 2.0),
        ("teacher_inputs", ((3, 2, 1),), "target_not_shifted", (3, 2, 1)),
        ("teacher_inputs", ((3, 2, 1),), "last_token_read", (0, 3, 2, 1)),
    ],
)
def test_a_slip_gives_what_the_mistake_gives(name, arguments, slip, value):
    reference = find(f"sequence.{name}")
    (found,) = [each for each in reference.slips if each.name == slip]
    assert plain(found.function(**reference.bind(*arguments))) == value


def test_all_sequences_of_a_markov_model_add_up_to_one():
    initial, transition = (0.5, 0.25, 0.25), ((0.125, 0.5, 0.375), (0.25, 0.25, 0.5), (1, 0, 0))
    everything = itertools.product(range(3), repeat=5)
    assert math.fsum(sequence.markov_probability(initial, transition, each) for each in everything) == 1


def test_a_simulation_meets_the_probability():
    source = random.Random(5)
    wanted, hits = (0, 0, 1), 0
    for _ in range(20_000):
        walk = [source.choices((0, 1), (0.5, 0.5))[0]]
        while len(walk) < 3:
            walk += source.choices((0, 1), WEATHER[walk[-1]])
        hits += tuple(walk) == wanted
    assert hits / 20_000 == pytest.approx(sequence.markov_probability((0.5, 0.5), WEATHER, wanted), abs=0.01)


def test_the_chain_rule_holds_for_a_markov_model():
    conditionals = (0.5, 0.25, 0.5, 0.5)
    assert sequence.chain_probability(conditionals) == sequence.markov_probability((0.5, 0.5), WEATHER, (0, 1, 1, 0))


@pytest.mark.parametrize("order", [None, 1, 3])
def test_contexts_add_up(order):
    assert sequence.conditioning_items(9, order) == sum(sequence.context_length(t, order) for t in range(1, 10))


def test_the_character_model_is_a_recurrent_and_a_dense_layer():
    assert sequence.character_model_parameters(27, 100, 2) == rnn_parameters(27, 100) + 100 * 27 + 27


def test_an_rnn_notices_the_order_and_a_mean_does_not():
    words = (1.0, 0.5, -1.0)
    assert sequence.encode(words, 1, 1) != sequence.encode(words[::-1], 1, 1)
    assert sum(words) == sum(words[::-1])


def test_a_context_is_the_last_state_of_a_forward_pass():
    inputs, weight_ih, weight_hh = ((1, 0), (0, 1)), ((0.5, 1), (1, -1)), ((1, 0.5), (0, 1))
    states = rnn_forward(inputs, (0, 0), weight_ih, weight_hh, (0, 0))
    assert sequence.encode(inputs, weight_ih, weight_hh) == states[-1]


def test_decoding_ends_with_eos_or_at_the_greatest_length():
    decode = sequence.greedy_decode
    assert decode(CONTEXT, *DECODER.values(), max_length=8) == (3, 3, 3, 1)
    assert decode(CONTEXT, *DECODER.values(), max_length=2) == (3, 3)
    assert decode(CONTEXT, *DECODER.values(), max_length=8, eos=3) == (3,)


def test_teacher_forced_probabilities_of_all_targets_add_up_to_one():
    targets = itertools.product(range(4), repeat=3)
    losses = [sequence.teacher_forced_loss(CONTEXT, *DECODER.values(), target) for target in targets]
    assert math.fsum(math.exp(-loss) for loss in losses) == pytest.approx(1, rel=1e-12)


def test_a_decoder_that_predicts_right_needs_no_teacher():
    own = sequence.greedy_decode(CONTEXT, *DECODER.values(), max_length=4, sos=3)
    forced = sequence.teacher_forced_loss(CONTEXT, *DECODER.values(), own, sos=3)
    assert sequence.free_running_loss(CONTEXT, *DECODER.values(), own, sos=3) == forced


def test_free_running_differs_where_a_prediction_was_wrong():
    target = (3, 2, 1)
    forced = sequence.teacher_forced_loss(CONTEXT, *DECODER.values(), target)
    free = sequence.free_running_loss(CONTEXT, *DECODER.values(), target)
    assert free != forced
    first = sequence.teacher_forced_loss(CONTEXT, *DECODER.values(), target[:1])
    assert sequence.free_running_loss(CONTEXT, *DECODER.values(), target[:1]) == first


def test_texts_load_no_numpy():
    import subprocess
    import sys

    program = (
        "import sys; from reference_impl import sequence; sequence.vocabulary('hello'); "
        "sequence.greedy_decode((0.5,), ((1, 2, 3),), ((1,),), ((1,), (2,), (3,)), 4); print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_contexts_grow_or_stop_growing():
    figure = sequence.context_length.figure_for({"step": 4, "order": 2})
    assert figure.x == (1.0, 2.0, 3.0, 4.0)
    assert {series.name: series.values for series in figure.series} == {
        "whole past": (0.0, 1.0, 2.0, 3.0),
        "order 2": (0.0, 1.0, 2.0, 2.0),
        "Markov": (0.0, 1.0, 1.0, 1.0),
    }
    assert sequence.context_length.figure_for({"step": 1, "order": None}) is None


def test_tables_are_drawn_on_a_logarithmic_axis():
    figure = sequence.joint_table_size.figure_for({"num_states": 4, "time_steps": 5})
    assert figure.logarithmic
    assert [series.values[-1] for series in figure.series] == [1_023.0, 15.0]
    assert sequence.joint_table_size.figure_for({"num_states": 1, "time_steps": 5}) is None


def test_inputs_stand_above_their_targets():
    figure = sequence.training_pairs.figure_for({"text": "hello"})
    assert figure.cells == (tuple("hell"), tuple("ello"))
    assert sequence.training_pairs.figure_for({"text": "a \n'"}).cells == (("a", "␣", "\\n"), ("␣", "\\n", "'"))


def test_the_losses_of_all_steps_add_up():
    arguments = sequence.free_running_loss.bind(CONTEXT, *DECODER.values(), (3, 2, 1))
    bars = sequence.free_running_loss.figure_for(arguments).bars
    assert [bar.label for bar in bars] == ["step 1: token 3", "step 2: token 2", "step 3: token 1"]
    assert math.fsum(bar.value for bar in bars) == pytest.approx(sequence.free_running_loss(**arguments))


@pytest.mark.parametrize("reference", references("sequence"), ids=lambda each: each.name)
def test_figures_are_drawn_over_the_whole_domain(reference):
    for arguments in reference.draws(7, 40):
        figure = reference.figure_for(arguments)
        if isinstance(figure, Curves):
            assert {len(series.values) for series in figure.series} == {len(figure.x)}
            assert not figure.logarithmic or min(min(series.values) for series in figure.series) > 0


def test_a_mean_does_not_see_the_order_that_an_encoder_sees():
    inputs = ((1.0, 0.0), (0.5, -1.0), (0.0, 1.0))
    assert sequence.mean_pool(inputs) == sequence.mean_pool(inputs[::-1]) == (0.5, 0.0)
    assert sequence.mean_pool((1, 2, 6)) == 3.0
    weights = (((0.5, -0.5),), ((0.75,),))
    assert sequence.encode(inputs, *weights) != sequence.encode(inputs[::-1], *weights)


def test_inputs_of_which_a_mean_is_taken_are_all_alike():
    with pytest.raises(ValueError, match="every step of inputs must be a list of 2 like the first step of inputs"):
        sequence.mean_pool(((1, 2), (3,)))
