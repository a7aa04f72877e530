"""Counting: the parameters of recurrent layers.

All weights are used again at every step, so the number of steps never enters a count. `biases` is the number of bias
vectors for each gate: 2 in PyTorch (b_ih and b_hh; `bias=True`) and in Keras's default GRU (`reset_after=True`), 1 in
Keras otherwise, 0 without biases (`bias=False`). Source: `torch.nn.RNN`, `LSTM`, `GRU`; `keras.layers`.
"""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - `bidirectional` is given by place in decks, as in PyTorch

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import checks
from reference_impl.domain import Domain, choice, flag, whole
from reference_impl.reference import reference

if TYPE_CHECKING:
    from reference_impl.reference import Reference

LARGEST_UNITS = 20_000
MOST_LAYERS = 16
#: Most steps over which a layer is unrolled.
MOST_UNROLLED = 100


def _count(blocks: int, input_size: int, hidden_size: int, num_layers: int, directions: int, biases: int) -> int:
    """Parameters of layers whose cells have `blocks` blocks: weights for the input and for the hidden state, biases."""
    total = 0
    for _ in range(num_layers):
        # g·(H·(n + H) + b·H), for each direction
        total += directions * blocks * (hidden_size * (input_size + hidden_size) + biases * hidden_size)
        # the next layer reads the hidden states of this one, of all its directions
        input_size = hidden_size * directions
    return total


def _checked_count(
    blocks: int, input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int
) -> int:
    checks.whole(1, LARGEST_UNITS, input_size=input_size, hidden_size=hidden_size)
    checks.whole(1, MOST_LAYERS, num_layers=num_layers)
    checks.flag(bidirectional=bidirectional)
    checks.whole(0, 2, biases=biases)
    return _count(blocks, input_size, hidden_size, num_layers, 1 + bidirectional, biases)


_LAYERS = Domain(
    {
        "input_size": choice(1, 2, 3, 5, 10),
        "hidden_size": choice(1, 2, 3, 4, 7, 20),
        "num_layers": whole(1, 3),
        "bidirectional": flag(),
        "biases": whole(0, 2),
    }
)


@reference(domain=_LAYERS)
def rnn_parameters(
    input_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False, biases: int = 2
) -> int:
    """Number of parameters of a plain recurrent layer: one block for each unit.

    `biases`: 2 vectors in PyTorch, 1 in Keras, 0 without. (10, 20) has 640 in PyTorch and 620 in Keras.
    """
    return _checked_count(1, input_size, hidden_size, num_layers, bidirectional, biases)


@reference(domain=_LAYERS)
def lstm_parameters(
    input_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False, biases: int = 2
) -> int:
    """Number of parameters of an LSTM layer: four blocks, for input gate, forget gate, candidate and output gate.

    `biases`: 2 vectors for each block in PyTorch, 1 in Keras, 0 without. (10, 20) has 2,560 in PyTorch, 2,480 in Keras.
    """
    return _checked_count(4, input_size, hidden_size, num_layers, bidirectional, biases)


@reference(domain=_LAYERS)
def gru_parameters(
    input_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False, biases: int = 2
) -> int:
    """Number of parameters of a GRU layer: three blocks, for reset gate, update gate and candidate.

    `biases`: 2 vectors for each block in PyTorch and in Keras by default, 1 in Keras with `reset_after=False`, 0
    without. (10, 20) has 1,920 with two and 1,860 with one.
    """
    return _checked_count(3, input_size, hidden_size, num_layers, bidirectional, biases)


def _common_slips(counted: Reference[..., int], blocks: int) -> None:
    """The mistakes that are made with every kind of cell."""

    @counted.slip("The hidden state of the step before is read, too: that takes hidden_size² weights in each block.")
    def recurrence_forgotten(
        input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int
    ) -> int:
        return blocks * hidden_size * (input_size + biases) * num_layers * (1 + bidirectional)

    @counted.slip("A bias is a vector with one entry for each unit, not one number for the layer.")
    def one_number_as_bias(input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int) -> int:
        directions = 1 + bidirectional
        weights = _count(blocks, input_size, hidden_size, num_layers, directions, 0)
        return weights + blocks * biases * num_layers * directions

    @counted.slip("Mind the number of bias vectors: PyTorch has two for each block, Keras (mostly) one.")
    def biases_of_the_other(
        input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int
    ) -> int:
        return _count(blocks, input_size, hidden_size, num_layers, 1 + bidirectional, 1 if biases == 2 else 2)

    @counted.slip("Biases count as parameters, too.")
    def biases_forgotten(input_size: int, hidden_size: int, num_layers: int, bidirectional: bool) -> int:
        return _count(blocks, input_size, hidden_size, num_layers, 1 + bidirectional, 0)

    @counted.slip("From the second layer on, the input is the hidden state of the layer below, not input_size wide.")
    def all_layers_read_input(
        input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int
    ) -> int:
        return num_layers * _count(blocks, input_size, hidden_size, 1, 1 + bidirectional, biases)

    @counted.slip("Both directions have weights of their own, and the next layer reads both hidden states.")
    def one_direction(input_size: int, hidden_size: int, num_layers: int, biases: int) -> int:
        return _count(blocks, input_size, hidden_size, num_layers, 1, biases)

    @counted.slip("Behind a bidirectional layer the input is 2·hidden_size wide: both hidden states are joined.")
    def next_layer_reads_half(
        input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int
    ) -> int:
        return (1 + bidirectional) * _count(blocks, input_size, hidden_size, num_layers, 1, biases)


_common_slips(rnn_parameters, 1)
_common_slips(lstm_parameters, 4)
_common_slips(gru_parameters, 3)


@lstm_parameters.slip("That is one block; an LSTM has four, for three gates and the candidate.")
def one_block_of_four(input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int) -> int:
    return _count(1, input_size, hidden_size, num_layers, 1 + bidirectional, biases)


@lstm_parameters.slip("Besides the three gates, the candidate has weights, too: four blocks.")
def three_gates_only(input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int) -> int:
    return _count(3, input_size, hidden_size, num_layers, 1 + bidirectional, biases)


@gru_parameters.slip("Besides the two gates, the candidate has weights, too: three blocks.")
def two_gates_only(input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int) -> int:
    return _count(2, input_size, hidden_size, num_layers, 1 + bidirectional, biases)


@gru_parameters.slip("Four blocks are an LSTM's; a GRU has three: reset gate, update gate and candidate.")
def four_blocks(input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int) -> int:
    return _count(4, input_size, hidden_size, num_layers, 1 + bidirectional, biases)


@reference(
    domain=Domain(
        {
            "input_size": choice(1, 2, 3, 5, 10),
            "hidden_size": choice(1, 2, 3, 4, 7, 20),
            "time_steps": choice(1, 2, 5, 12),
            "biases": whole(0, 2),
        }
    )
)
def unrolled_parameters(input_size: int, hidden_size: int, time_steps: int, biases: int = 2) -> int:
    """Number of parameters of a plain recurrent layer that is unrolled over so many steps: `time_steps` has no say.

    All steps use the same weights. (10, 20) has 640 in PyTorch and 620 in Keras (`biases=1`), over 1 step and over 50.
    """
    checks.whole(1, MOST_UNROLLED, time_steps=time_steps)
    # H·(n + H) + b·H
    return _checked_count(1, input_size, hidden_size, 1, bidirectional=False, biases=biases)


@unrolled_parameters.slip("The same weights are used again at every step, so they count once, not once a step.")
def counted_at_each_step(input_size: int, hidden_size: int, time_steps: int, biases: int) -> int:
    return time_steps * _count(1, input_size, hidden_size, 1, 1, biases)


@unrolled_parameters.slip("The matrix for the input is shared over time, too, like that for the hidden state.")
def input_weights_at_each_step(input_size: int, hidden_size: int, time_steps: int, biases: int) -> int:
    return time_steps * hidden_size * input_size + hidden_size * (hidden_size + biases)


@unrolled_parameters.slip("Mind the number of bias vectors: PyTorch has two, Keras has one.")
def unrolled_with_other_biases(input_size: int, hidden_size: int, biases: int) -> int:
    return _count(1, input_size, hidden_size, 1, 1, 1 if biases == 2 else 2)
