"""Shapes of what recurrent layers read and give: in Keras, with and without `return_sequences`, and in PyTorch."""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - booleans are given by place in decks, as in PyTorch

from __future__ import annotations

from reference_impl import checks
from reference_impl.arrays import Shape
from reference_impl.domain import Domain, choice, flag, whole
from reference_impl.recurrent.counting import LARGEST_UNITS, MOST_LAYERS
from reference_impl.reference import reference

LARGEST_BATCH = 100_000
MOST_STEPS = 2_000


@reference(
    domain=Domain(
        {
            "batch_size": choice(1, 2, 5),
            "time_steps": choice(1, 4),
            "input_size": choice(1, 3),
            "hidden_size": choice(1, 4, 7),
            "return_sequences": flag(),
            "bidirectional": flag(),
        }
    )
)
def output_shape(
    batch_size: int,
    time_steps: int,
    input_size: int,
    hidden_size: int,
    return_sequences: bool = False,
    bidirectional: bool = False,
) -> Shape:
    """Shape of a recurrent layer's output, samples first, as in Keras.

    (batch_size, time_steps, units) with `return_sequences`, else (batch_size, units), of the last step. Two directions
    are joined: units is then 2·hidden_size. Source: `keras.layers.RNN`; `torch.nn.RNN` with `batch_first=True`.
    """
    checks.whole(1, LARGEST_BATCH, batch_size=batch_size)
    checks.whole(1, MOST_STEPS, time_steps=time_steps)
    checks.whole(1, LARGEST_UNITS, input_size=input_size, hidden_size=hidden_size)
    checks.flag(return_sequences=return_sequences, bidirectional=bidirectional)
    units = hidden_size * (1 + bidirectional)
    return (batch_size, time_steps, units) if return_sequences else (batch_size, units)


@output_shape.slip("With return_sequences all states are given; without it only the last, and no time axis is left.")
def other_return_sequences(
    batch_size: int, time_steps: int, input_size: int, hidden_size: int, return_sequences: bool, bidirectional: bool
) -> Shape:
    return output_shape(batch_size, time_steps, input_size, hidden_size, not return_sequences, bidirectional)


@output_shape.slip("The last axis is that of the units: hidden_size, not the width of the input.")
def input_width_kept(
    batch_size: int, time_steps: int, input_size: int, return_sequences: bool, bidirectional: bool
) -> Shape:
    return output_shape(batch_size, time_steps, input_size, input_size, return_sequences, bidirectional)


@output_shape.slip("The time axis is left out altogether, not kept with length 1.")
def time_axis_of_one(
    batch_size: int, time_steps: int, hidden_size: int, return_sequences: bool, bidirectional: bool
) -> Shape:
    steps = time_steps if return_sequences else 1
    return (batch_size, steps, hidden_size * (1 + bidirectional))


@output_shape.slip("Each sample's state has hidden_size numbers; the output has an axis for them.")
def units_left_out(batch_size: int, time_steps: int) -> Shape:
    return (batch_size, time_steps)


@reference(
    domain=Domain(
        {
            "time_steps": choice(1, 4),
            "batch_size": choice(1, 3),
            "input_size": choice(1, 5),
            "hidden_size": choice(2, 7),
            "num_layers": whole(1, 3),
            "bidirectional": flag(),
            "batch_first": flag(),
        }
    )
)
def pytorch_output_shape(
    time_steps: int,
    batch_size: int,
    input_size: int,
    hidden_size: int,
    num_layers: int = 1,
    bidirectional: bool = False,
    batch_first: bool = False,
) -> Shape:
    """Shape of `output`, the first of what PyTorch's RNN, LSTM and GRU return: all states of the last layer.

    (time_steps, batch_size, D·hidden_size), where D is 2 for a bidirectional layer, else 1; with `batch_first` the
    samples come first. Source: `torch.nn.RNN`.
    """
    checks.whole(1, MOST_STEPS, time_steps=time_steps)
    checks.whole(1, LARGEST_BATCH, batch_size=batch_size)
    checks.whole(1, LARGEST_UNITS, input_size=input_size)
    _check_layers(hidden_size, num_layers, bidirectional)
    checks.flag(batch_first=batch_first)
    units = hidden_size * (1 + bidirectional)
    return (batch_size, time_steps, units) if batch_first else (time_steps, batch_size, units)


def _check_layers(hidden_size: int, num_layers: int, bidirectional: bool) -> None:
    checks.whole(1, LARGEST_UNITS, hidden_size=hidden_size)
    checks.whole(1, MOST_LAYERS, num_layers=num_layers)
    checks.flag(bidirectional=bidirectional)


@pytorch_output_shape.slip("PyTorch puts the steps first and the samples second, unless batch_first says otherwise.")
def axes_in_other_order(
    time_steps: int, batch_size: int, hidden_size: int, bidirectional: bool, batch_first: bool
) -> Shape:
    units = hidden_size * (1 + bidirectional)
    return (time_steps, batch_size, units) if batch_first else (batch_size, time_steps, units)


@pytorch_output_shape.slip("Only the last layer's states are given, not those of all layers side by side.")
def layers_side_by_side(
    time_steps: int, batch_size: int, hidden_size: int, num_layers: int, bidirectional: bool, batch_first: bool
) -> Shape:
    units = hidden_size * num_layers * (1 + bidirectional)
    return (batch_size, time_steps, units) if batch_first else (time_steps, batch_size, units)


@pytorch_output_shape.slip("The states of both directions are joined: 2·hidden_size numbers at each step.")
def output_of_one_direction(time_steps: int, batch_size: int, hidden_size: int, batch_first: bool) -> Shape:
    return (batch_size, time_steps, hidden_size) if batch_first else (time_steps, batch_size, hidden_size)


@pytorch_output_shape.slip("The output has the states of all steps; the last one alone is in h_n.")
def last_step_only(batch_size: int, hidden_size: int, bidirectional: bool) -> Shape:
    return (batch_size, hidden_size * (1 + bidirectional))


@reference(
    domain=Domain(
        {
            "batch_size": choice(1, 2, 5),
            "hidden_size": choice(3, 4, 7),
            "num_layers": whole(1, 4),
            "bidirectional": flag(),
        }
    )
)
def pytorch_state_shape(batch_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False) -> Shape:
    """Shape of h_n, the final hidden states that PyTorch's RNN, LSTM and GRU return; an LSTM's c_n has the same.

    (D·num_layers, batch_size, hidden_size): one state for each layer and direction, D of them. `batch_first` changes
    nothing here. Source: `torch.nn.RNN`.
    """
    checks.whole(1, LARGEST_BATCH, batch_size=batch_size)
    _check_layers(hidden_size, num_layers, bidirectional)
    return ((1 + bidirectional) * num_layers, batch_size, hidden_size)


@pytorch_state_shape.slip("Every layer has its final state in h_n, not the last one alone.")
def last_layer_only(batch_size: int, hidden_size: int, bidirectional: bool) -> Shape:
    return (1 + bidirectional, batch_size, hidden_size)


@pytorch_state_shape.slip("Each direction has a final state of its own: 2·num_layers of them.")
def states_of_one_direction(batch_size: int, hidden_size: int, num_layers: int) -> Shape:
    return (num_layers, batch_size, hidden_size)


@pytorch_state_shape.slip("In h_n the directions stand below one another, along the first axis; they are not joined.")
def directions_joined(batch_size: int, hidden_size: int, num_layers: int, bidirectional: bool) -> Shape:
    return (num_layers, batch_size, hidden_size * (1 + bidirectional))


@pytorch_state_shape.slip("Layers and directions come first in h_n, the samples second, even with batch_first.")
def samples_first(batch_size: int, hidden_size: int, num_layers: int, bidirectional: bool) -> Shape:
    return (batch_size, (1 + bidirectional) * num_layers, hidden_size)


@reference(
    domain=Domain(
        {"input_size": choice(1, 3, 10), "hidden_size": choice(2, 4, 7), "layer": whole(0, 3), "bidirectional": flag()}
    )
)
def layer_input_size(input_size: int, hidden_size: int, layer: int, bidirectional: bool = False) -> int:
    """How many numbers a layer of a stack reads at each step; layers count from 0, as in PyTorch's `weight_ih_l0`.

    Layer 0 reads the input, every other one the hidden states of the layer below, of both directions if it has two.
    """
    checks.whole(1, LARGEST_UNITS, input_size=input_size, hidden_size=hidden_size)
    checks.whole(0, MOST_LAYERS - 1, layer=layer)
    checks.flag(bidirectional=bidirectional)
    return input_size if layer == 0 else hidden_size * (1 + bidirectional)


@layer_input_size.slip("From the second layer on, the input is the hidden state of the layer below.")
def input_read_by_all(input_size: int) -> int:
    return input_size


@layer_input_size.slip("Behind a bidirectional layer the input is 2·hidden_size wide: both hidden states are joined.")
def one_direction_read(input_size: int, hidden_size: int, layer: int) -> int:
    return layer_input_size(input_size, hidden_size, layer, bidirectional=False)


@layer_input_size.slip("Layers count from 0 here: only layer 0 reads the input.")
def layers_from_one(input_size: int, hidden_size: int, layer: int, bidirectional: bool) -> int:
    return layer_input_size(input_size, hidden_size, max(layer - 1, 0), bidirectional)


@layer_input_size.slip("A layer hands on its hidden state alone; the input does not go past it.")
def input_goes_on(input_size: int, hidden_size: int, layer: int, bidirectional: bool) -> int:
    below = layer_input_size(input_size, hidden_size, layer, bidirectional)
    return below if layer == 0 else below + input_size


@reference(domain=Domain({"cell": choice("rnn", "lstm", "gru"), "side": choice("in", "out")}))
def cell_vectors(cell: str, side: str = "in") -> int:
    """How many vectors a recurrent cell reads (side in) or hands on (side out) at each step.

    `cell` is rnn, lstm or gru. A cell reads its input and its old state; an LSTM's state is two vectors, h and C. A
    vector that goes two ways, as h does to the next step and to the output, counts once.
    """
    checks.one_of(("rnn", "lstm", "gru"), cell=cell)
    checks.one_of(("in", "out"), side=side)
    # LSTM: x_t, h_{t−1}, C_{t−1} → h_t, C_t; RNN and GRU: x_t, h_{t−1} → h_t
    state = 2 if cell == "lstm" else 1
    return state + 1 if side == "in" else state


@cell_vectors.slip("An LSTM has two states, the hidden state and the cell state.")
def cell_state_forgotten(side: str) -> int:
    return cell_vectors("rnn", side)


@cell_vectors.slip("The hidden state is drawn with two arrows, to the next step and to the output, but is one vector.")
def arrows_counted(cell: str, side: str) -> int:
    return cell_vectors(cell, side) + (side == "out")


@cell_vectors.slip("The input of the step is read, too, besides what the step before has left.")
def input_not_counted(cell: str, side: str) -> int:
    return _on_the_way_in(cell, side) - 1


def _on_the_way_in(cell: str, side: str) -> int:
    if side == "out":
        raise ValueError("nothing is read on that side")
    return cell_vectors(cell, side)


@cell_vectors.slip("The previous output is the previous hidden state: it is not read a second time.")
def old_output_read_too(cell: str, side: str) -> int:
    return _on_the_way_in(cell, side) + 1
