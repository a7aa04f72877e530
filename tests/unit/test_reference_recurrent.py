"""Recurrent layers: gates, whole sequences, shapes, and what is refused. Cells in parts are in the other tests."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from reference_impl import checks, recurrent
from reference_impl.arrays import plain
from reference_impl.catalogue import find, references
from reference_impl.compare import agree, opinions
from reference_impl.figures import Curves

NAN = float("nan")
INFINITY = float("inf")


def drawn(*shape, seed=0):
    source = random.Random(seed)

    def draw(shape):
        return tuple(draw(shape[1:]) for _ in range(shape[0])) if shape else source.choice((-1.0, -0.5, 0.25, 0.75))

    return draw(shape)


INPUTS = drawn(4, 3)
LSTM = dict(zip(("weight_ih", "weight_hh", "bias"), (drawn(8, 3), drawn(8, 2), drawn(8)), strict=True))
GRU = dict(
    zip(("weight_ih", "weight_hh", "bias_ih", "bias_hh"), (drawn(6, 3), drawn(6, 2), drawn(6), drawn(6)), strict=True)
)
HIDDEN, CELL = (0.5, -0.25), (1.0, -2.0)
HALF_TANH_2, HALF_TANH_1 = (0.5 * math.tanh(2),), (0.5 * math.tanh(1),)


@pytest.mark.parametrize(
    ("call", "figure"),
    [
        # the same 640 and 620 over 1 step and over 50, never 5 times 620
        ("unrolled_parameters(10, 20, 1)", 640),
        ("unrolled_parameters(10, 20, 5, biases=1)", 620),
        ("unrolled_parameters(10, 20, 50)", 640),
        # PyTorch's documentation: output (L, N, D·H_out), h_n (D·num_layers, N, H_out)
        ("pytorch_output_shape(5, 3, 10, 20, 2)", (5, 3, 20)),
        ("pytorch_output_shape(5, 3, 10, 20, 2, True)", (5, 3, 40)),
        ("pytorch_output_shape(5, 3, 10, 20, 2, batch_first=True)", (3, 5, 20)),
        ("pytorch_state_shape(3, 20, 2)", (2, 3, 20)),
        ("pytorch_state_shape(3, 20, 2, True)", (4, 3, 20)),
        ("cell_vectors('lstm')", 3),
        ("cell_vectors('lstm', 'out')", 2),
        ("cell_vectors('gru')", 2),
        ("cell_vectors('rnn', side='out')", 1),
        ("layer_input_size(10, 20, 0)", 10),
        ("layer_input_size(10, 20, 1)", 20),
        ("layer_input_size(10, 20, 1, True)", 40),
        ("lstm_step_gates((1,), (0,), ((0,),) * 4, ((0,),) * 4, (0,) * 4)", ((0.5,), (0.5,), (0.0,), (0.5,))),
        ("lstm_forward(((0,),) * 2, (0,), (4,), ((0,),) * 4, ((0,),) * 4, (0,) * 4)", (HALF_TANH_2, HALF_TANH_1)),
        ("lstm_forward_cell(((0,),) * 2, (0,), (4,), ((0,),) * 4, ((0,),) * 4, (0,) * 4)", (1.0,)),
        ("gru_step_gates((1,), (1,), ((0,),) * 3, ((0,),) * 3, (0,) * 3, (0,) * 3)", ((0.5,), (0.5,), (0.0,))),
        ("gru_forward(((0,),) * 2, (1,), ((0,),) * 3, ((0,),) * 3, (0,) * 3, (0,) * 3)", ((0.5,), (0.25,))),
        ("gru_state_gain((0.5, 0.5))", 0.25),
        ("gru_state_gain((0.25, 0.5), update_keeps=False)", 0.375),
        ("rnn_step_joined((1,), (0,), ((5, 0.5),), (-0.5,))", (0.0,)),
        ("rnn_output(0.5, 2, 1)", 2.0),
        ("rnn_output((0.5, 1), ((2, 0), (0, 3), (1, 1)), (0, 0, 1))", (1.0, 3.0, 2.5)),
    ],
)
def test_a_known_figure_is_found(call, figure):
    name, arguments = call.split("(", 1)
    reference = find(f"recurrent.{name}")
    bound = eval(f"bind({arguments}", {"bind": reference.bind})
    value = plain(reference(**bound))
    assert agree(value, figure), value
    assert all(opinion.agrees for opinion in opinions(reference, bound, value))


@pytest.mark.parametrize(
    ("name", "arguments", "slip", "value"),
    [
        ("unrolled_parameters", (10, 20, 5, 1), "counted_at_each_step", 3_100),
        ("pytorch_output_shape", (5, 3, 10, 20), "axes_in_other_order", (3, 5, 20)),
        ("pytorch_state_shape", (3, 20, 2, True), "directions_joined", (2, 3, 40)),
        ("layer_input_size", (10, 20, 2, True), "one_direction_read", 20),
        ("gru_state_gain", ((0.25, 0.5),), "other_share", 0.375),
        ("rnn_output", (0.5, 2, 1), "output_without_bias", 1.0),
    ],
)
def test_a_slip_gives_what_the_mistake_gives(name, arguments, slip, value):
    reference = find(f"recurrent.{name}")
    (found,) = [each for each in reference.slips if each.name == slip]
    assert plain(found.function(**reference.bind(*arguments))) == value


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("unrolled_parameters", (10, 20, 101), "time_steps must be at most 100, not 101"),
        ("layer_input_size", (10, 20, 16), "layer must be at most 15, not 16"),
        ("pytorch_output_shape", (5, 3, 10, 20, 17), "num_layers must be at most 16, not 17"),
        ("pytorch_state_shape", (3, 20, 2, 1), "bidirectional must be True or False, not 1"),
        ("lstm_step_gates", ((1,), (1,), ((1,),) * 4, ((1, 1),) * 4, (0,) * 4), "weight_hh must be 4×1, 4 rows for "),
        ("lstm_step_gates", ((1,), (1,), ((1,),) * 4, ((1,),) * 4, (0,) * 3), "bias must be 4 long, 4 rows for each "),
        ("lstm_step_gates", ((1,), (1,), ((True,),) * 4, ((1,),) * 4, (0,) * 4), "every entry of each row of weight"),
        ("lstm_step_gates", ((1,), (1,), ((1,),) * 4, ((1,),) * 4, (0, 0, 0, "0")), "every entry of bias must be a "),
        ("lstm_step_gates", ((1,), (1,), ((1,), (1, 2)) * 2, ((1,),) * 4, (0,) * 4), "weight_ih must have rows of "),
        ("lstm_step_gates", ((1,), (1,), (1,) * 4, ((1,),) * 4, (0,) * 4), "each row of weight_ih must be a list "),
        ("lstm_step_gates", ((10**400,), (1,), ((1,),) * 4, ((1,),) * 4, (0,) * 4), "every entry of input must be a "),
        ("lstm_step_gates", (("x",), (1,), ((1,),) * 4, ((1,),) * 4, (0,) * 4), "every entry of input must be a "),
        ("lstm_step_gates", ((1,) * 65, (1,), ((1,),) * 4, ((1,),) * 4, (0,) * 4), "input must be a list of 1 to 64 "),
        ("lstm_forward", ((), (1,), (1,), ((1,),) * 4, ((1,),) * 4, (0,) * 4), "inputs must be a list of 1 to 32 "),
        (
            "lstm_forward",
            (((1,), (1, 2)), (1,), (1,), ((1,),) * 4, ((1,),) * 4, (0,) * 4),
            "every step of inputs must be a list of 1 like the first step of inputs, not a list of 2",
        ),
        (
            "lstm_forward_cell",
            (((1,), (NAN,)), (1,), (1,), ((1,),) * 4, ((1,),) * 4, (0,) * 4),
            "every entry of every step of inputs must be a number from −1,000,000 to 1,000,000, not nan",
        ),
        ("gru_forward", ((5,), (1,), ((1,),) * 3, ((1,),) * 3, (0,) * 3, (0,) * 3), "every step of inputs must be a "),
        ("gru_forward", (5, (1,), ((1,),) * 3, ((1,),) * 3, (0,) * 3, (0,) * 3), "inputs must be a list of 1 to 32 "),
        ("gru_step_gates", ((1,), (1,), ((1,),) * 4, ((1,),) * 3, (0,) * 3, (0,) * 3), "weight_ih must be 3×1, 3 rows"),
        ("gru_state_gain", ((1.5,),), "update_gates must be a number from 0 to 1, not 1.5"),
        ("rnn_step_joined", ((1,), (1,), ((1,),), (0,)), "weight must be 1×2, a row for each hidden unit, a column "),
        ("rnn_step_joined", ((1,), (1,), ((1, 1),), (0, 0)), "bias must be 1, one for each hidden unit, not 2"),
        ("rnn_output", (1, None, 0), "weight must be a number from −1,000,000 to 1,000,000, not None"),
        ("rnn_output", ((1, 2), ((1, 2, 3),), (0,)), "weight must be 1×2, a row for each entry of bias, a column for "),
        ("rnn_output", (NAN, 1, 1), "hidden must be a number from −1,000,000 to 1,000,000, not nan"),
    ],
)
def test_a_refusal_names_the_argument_and_the_rule(name, arguments, sentence):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the sentence is compared below
        find(f"recurrent.{name}")(*arguments)
    assert str(raised.value).startswith(sentence)
    assert "\n" not in str(raised.value)


ARRAYS = {
    "input": np.full(3, 0.5),
    "hidden": np.full(2, 0.5),
    "cell": np.full(2, 0.5),
    "weight_ih": np.full((8, 3), 0.5),
    "weight_hh": np.full((8, 2), 0.5),
    "bias": np.full(8, 0.5),
}


@pytest.mark.parametrize("nested", [False, True], ids=["arrays", "tuples"])
@pytest.mark.parametrize("odd", [NAN, INFINITY, -INFINITY, 1.1e6, -1.1e6, 1e300])
@pytest.mark.parametrize("name", ARRAYS)
def test_a_step_refuses_an_odd_number_wherever_it_stands(name, odd, nested):
    spoiled = ARRAYS[name].copy()
    spoiled.flat[-1] = odd
    given = {**ARRAYS, name: spoiled}
    rule = f"every entry of (each row of )?{name} must be a number from −1,000,000"
    with pytest.raises(ValueError, match=rule):
        recurrent.lstm_step(**{each: plain(value) if nested else value for each, value in given.items()})


@pytest.mark.parametrize("nested", [False, True], ids=["arrays", "tuples"])
@pytest.mark.parametrize("name", list(ARRAYS)[2:])
def test_a_step_refuses_shapes_that_do_not_fit(name, nested):
    found = ARRAYS[name]
    for odd in (found[:-1], np.concatenate([found, found]), np.stack([found, found]), found[..., :0], found.sum()):
        with pytest.raises(ValueError, match=f"{name} must (be|have)"):
            recurrent.lstm_step(**{**ARRAYS, name: plain(odd) if nested else odd})


@pytest.mark.parametrize(
    "arguments",
    [
        (1, (1,), 1, 1, 1),
        ((1,), 1, ((1,),), ((1,),), (1,)),
        ((1, NAN), (1,), ((1, 1),), ((1,),), (1,)),
        ((), (1,), ((),), ((1,),), (1,)),
        ((1,), (1, 1), ((1,),), ((1, 1), (1, 1)), (1, 1)),
        ((1,), (1, 1), ((1,), (1,)), ((1, 1), (1,)), (1, 1)),
        ((1,), (1, 1), ((1,), (1,)), ((1, 1),) * 65, (1, 1)),
        ((1,), (1, 1), ((1,), (1,)), ((1, 1), (1, 1)), (1,)),
        ((1,), (1, 1), ((1,), (1,)), ((1, 1), (1, 1)), (1,) * 257),
        ((1,), (1,), 1, ((1,),), (1,)),
        ((1,), (1,), ((1,),), ((1,),), "b"),
    ],
    ids=str,
)
def test_a_plain_cell_refuses_in_the_words_of_the_other_cells(arguments):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the words are what is compared
        checks.cell(*arguments)
    *first, bias = arguments
    with pytest.raises(ValueError) as pattern:  # noqa: PT011 - likewise
        checks.layer(1, *first, bias=bias)
    assert str(refusal.value) == str(pattern.value)


def test_a_plain_cell_takes_arrays_for_lists():
    nested = ((1.0, 0.5), (0.25,), ((1.0, 2.0),), ((3.0,),), (0.5,))
    assert recurrent.rnn_step(*map(np.array, nested)) == recurrent.rnn_step(*nested) == (math.tanh(3.25),)


def test_numbers_at_the_bound_are_taken():
    many = np.full((8, 3), 1e6)
    assert recurrent.lstm_step(**{**ARRAYS, "weight_ih": many, "input": np.full(3, 1e6)})[1] == (1.5, 1.5)
    assert recurrent.lstm_step(**{**ARRAYS, "weight_ih": -many, "input": np.full(3, 1e6)})[1] == pytest.approx((0, 0))


def test_witnesses_take_whole_numbers_for_floats():
    arguments = recurrent.gru_state.bind(0, 1, 0)
    heard = opinions(recurrent.gru_state, arguments, recurrent.gru_state(0, 1, 0))
    assert [opinion.agrees for opinion in heard] == [True, True]


def test_gates_are_shut_and_open_where_an_exponential_would_overflow():
    weights = ((1e6,),) * 4
    shut = recurrent.lstm_step_gates((-1,), (0,), weights, weights, (0,) * 4)
    assert agree(shut, ((0.0,), (0.0,), (-1.0,), (0.0,)))
    assert recurrent.lstm_step_gates((1,), (0,), weights, weights, (0,) * 4) == ((1.0,),) * 4


def test_a_forward_pass_is_one_step_after_the_other():
    hidden, cell, shown = HIDDEN, CELL, []
    for step in INPUTS:
        hidden, cell = recurrent.lstm_step(step, hidden, cell, **LSTM)
        shown.append(hidden)
    assert recurrent.lstm_forward(INPUTS, HIDDEN, CELL, **LSTM) == tuple(shown)
    assert recurrent.lstm_forward_cell(INPUTS, HIDDEN, CELL, **LSTM) == cell
    hidden, shown = HIDDEN, []
    for step in INPUTS:
        hidden = recurrent.gru_step(step, hidden, **GRU)
        shown.append(hidden)
    assert recurrent.gru_forward(INPUTS, HIDDEN, **GRU) == tuple(shown)


def test_gates_make_the_states():
    i, f, g, o = recurrent.lstm_step_gates(INPUTS[0], HIDDEN, **LSTM)
    cell = recurrent.lstm_cell_state(f, CELL, i, g)
    shown = recurrent.lstm_hidden_state(o, cell)
    assert agree((shown, cell), recurrent.lstm_step(INPUTS[0], HIDDEN, CELL, **LSTM))
    _, z, n = recurrent.gru_step_gates(INPUTS[0], HIDDEN, **GRU)
    assert agree(recurrent.gru_state(z, n, HIDDEN), recurrent.gru_step(INPUTS[0], HIDDEN, **GRU))


def test_one_joined_matrix_does_what_two_do_apart():
    weight_ih, weight_hh, bias = drawn(2, 3), drawn(2, 2, seed=1), drawn(2)
    joined = tuple((*left, *right) for left, right in zip(weight_hh, weight_ih, strict=True))
    apart = recurrent.rnn_step(INPUTS[0], HIDDEN, weight_ih, weight_hh, bias)
    assert agree(recurrent.rnn_step_joined(INPUTS[0], HIDDEN, joined, bias), apart)


def test_an_unrolled_network_is_a_stack_with_tied_weights():
    weight_ih, weight_hh, bias = drawn(2, 3), drawn(2, 2, seed=1), drawn(2)
    activity = np.array(HIDDEN)
    for step in INPUTS:
        layer = np.concatenate([weight_hh, weight_ih], axis=1)
        activity = np.tanh(layer @ np.concatenate([activity, step]) + bias)
    assert agree(plain(activity), recurrent.rnn_forward(INPUTS, HIDDEN, weight_ih, weight_hh, bias)[-1])


def test_layers_add_up():
    widths = [recurrent.layer_input_size(10, 20, layer, bidirectional=True) for layer in range(3)]
    assert widths == [10, 40, 40]
    apart = sum(recurrent.lstm_parameters(width, 20, 1, True) for width in widths)
    assert recurrent.lstm_parameters(10, 20, 3, True) == apart


def test_gates_over_time_are_a_figure():
    arguments = {"inputs": INPUTS, "hidden": HIDDEN, "cell": CELL, **LSTM}
    figure = recurrent.lstm_forward.figure_for(arguments)
    assert figure.title == "Gates over time, mean of 2 units"
    assert figure.x == (1.0, 2.0, 3.0, 4.0)
    assert [series.name for series in figure.series] == ["input gate", "forget gate", "output gate"]
    first = recurrent.lstm_step_gates(INPUTS[0], HIDDEN, **LSTM)
    assert figure.series[1].values[0] == pytest.approx(sum(first[1]) / 2)
    assert figure.series[2].values[0] == pytest.approx(sum(first[3]) / 2)


def test_states_over_time_begin_before_the_first_step():
    figure = recurrent.rnn_forward.figure_for(recurrent.rnn_forward.bind((1, 0, 0), 0.25, 1, 0.5, 0))
    assert figure.x == (0.0, 1.0, 2.0, 3.0)
    ((name, values),) = figure.series
    assert (name, values[0]) == ("unit 1", 0.25)
    assert values[1:] == recurrent.rnn_forward((1, 0, 0), 0.25, 1, 0.5, 0)


def test_many_units_are_shown_as_their_mean():
    arguments = recurrent.rnn_forward.bind(((1,), (1,)), (0,) * 5, ((0,),) * 5, ((0,) * 5,) * 5, (0,) * 5)
    (series,) = recurrent.rnn_forward.figure_for(arguments).series
    assert series == ("mean of 5 units", (0.0, 0.0, 0.0))


def test_a_gain_shrinks_step_by_step():
    figure = recurrent.lstm_cell_gain.figure_for({"forget_gates": (0.5, 0.5)})
    assert figure.series[0].values == (1.0, 0.5, 0.25)
    kept = recurrent.gru_state_gain.figure_for({"update_gates": ((0.25, 1),), "update_keeps": False})
    assert [series.values for series in kept.series] == [(1.0, 0.75), (1.0, 0.0)]


def test_the_bars_of_a_stack_add_up_to_its_parameters():
    for name in ("rnn_parameters", "lstm_parameters", "gru_parameters"):
        reference = find(f"recurrent.{name}")
        arguments = reference.bind(10, 20, 3, True, 1)
        assert sum(bar.value for bar in reference.figure_for(arguments).bars) == reference(**arguments)


@pytest.mark.parametrize("reference", references("recurrent"), ids=lambda each: each.name)
def test_figures_are_drawn_over_the_whole_domain(reference):
    for arguments in reference.draws(7, 40):
        figure = reference.figure_for(arguments)
        if isinstance(figure, Curves):
            assert {len(series.values) for series in figure.series} == {len(figure.x)}
            assert all(type(value) is float for series in figure.series for value in series.values)
