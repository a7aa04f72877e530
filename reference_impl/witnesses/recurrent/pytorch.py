"""PyTorch: its recurrent modules in float64, with the weights put in; counts on the meta device, shapes by running."""

# ruff: noqa: A002 - `input` is PyTorch's name
# ruff: noqa: FBT001, FBT002 - booleans, as in PyTorch

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from reference_impl import recurrent as ref
from reference_impl.arrays import Matrix, Numbers, Rows, Shape, Vector, Weights, plain
from reference_impl.reference import NoOpinion

if TYPE_CHECKING:
    from torch import Tensor


def _count(kind: str, input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int) -> int:
    """The parameters of the module; of its two bias vectors, as many as there are to be."""
    from torch import nn

    module = getattr(nn, kind)(
        input_size, hidden_size, num_layers, bias=biases > 0, bidirectional=bidirectional, device="meta"
    )
    named = module.named_parameters()
    return sum(each.numel() for name, each in named if biases == 2 or not name.startswith("bias_hh"))


@ref.rnn_parameters.witness("PyTorch")
def rnn_module(
    input_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False, biases: int = 2
) -> int:
    """The parameters of nn.RNN."""
    return _count("RNN", input_size, hidden_size, num_layers, bidirectional, biases)


@ref.lstm_parameters.witness("PyTorch")
def lstm_module(
    input_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False, biases: int = 2
) -> int:
    """The parameters of nn.LSTM."""
    return _count("LSTM", input_size, hidden_size, num_layers, bidirectional, biases)


@ref.gru_parameters.witness("PyTorch")
def gru_module(
    input_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False, biases: int = 2
) -> int:
    """The parameters of nn.GRU."""
    return _count("GRU", input_size, hidden_size, num_layers, bidirectional, biases)


#: Most multiplications for which a layer is run, and how many of them each step's overhead is worth. The meta device
#: would multiply nothing, but takes a millisecond a step.
MOST_WORK, STEP_WORK = 50_000_000, 50_000


def check_work(steps: int, *factors: int) -> None:
    """Keeps silent where so many steps, each of so many multiplications, take too long to run."""
    if steps * (STEP_WORK + math.prod(factors)) > MOST_WORK:
        raise NoOpinion("so large a layer takes too long to run")


@ref.output_shape.witness("PyTorch")
def rnn_output(
    batch_size: int,
    time_steps: int,
    input_size: int,
    hidden_size: int,
    return_sequences: bool = False,
    bidirectional: bool = False,
) -> Shape:
    """The shape of nn.RNN's output, or of its last step."""
    import torch

    check_work(time_steps * (1 + bidirectional), batch_size, hidden_size, input_size + hidden_size)
    layer = torch.nn.RNN(input_size, hidden_size, batch_first=True, bidirectional=bidirectional)
    output, _ = layer(torch.zeros(batch_size, time_steps, input_size))
    return tuple((output if return_sequences else output[:, -1]).shape)


def _vector(value: Any) -> Tensor:
    """A vector of float64; a number is a vector of one."""
    import torch

    return torch.tensor(value, dtype=torch.float64).reshape(-1)


def _matrix(value: Any) -> Tensor:
    """A matrix of float64; a number is a matrix of one."""
    import torch

    tensor = torch.tensor(value, dtype=torch.float64)
    return tensor if tensor.dim() else tensor.reshape(1, 1)


def _like(pattern: Numbers, tensor: Tensor) -> Numbers:
    """A number where the pattern is one, else a vector."""
    values: Vector = plain(tensor.detach())
    return values[0] if isinstance(pattern, (int, float)) else values


def _cell(kind: str, arguments: Any, *weights: Tensor) -> Any:
    """What the cell gives with these weights: weight_ih, weight_hh, bias_ih, bias_hh."""
    from torch import nn
    from torch.func import functional_call

    cell = getattr(nn, kind)(weights[0].shape[1], weights[1].shape[1], device="meta")
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return functional_call(cell, dict(zip(names, weights, strict=True)), arguments)


@ref.gate_value.witness("PyTorch")
def torch_sigmoid(pre_activation: Numbers) -> Numbers:
    """torch.sigmoid."""
    return _like(pre_activation, _vector(pre_activation).sigmoid())


@ref.candidate_value.witness("PyTorch")
def torch_tanh(pre_activation: Numbers) -> Numbers:
    """torch.tanh."""
    return _like(pre_activation, _vector(pre_activation).tanh())


@ref.rnn_step.witness("PyTorch")
def rnn_cell(input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers) -> Numbers:
    """nn.RNNCell."""
    b = _vector(bias)
    arguments = (_vector(input), _vector(hidden))
    return _like(hidden, _cell("RNNCell", arguments, _matrix(weight_ih), _matrix(weight_hh), b, b * 0))


@ref.rnn_forward.witness("PyTorch")
def rnn_layer(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Vector | Matrix:
    """nn.RNN over the whole sequence."""
    import torch

    w, u, b = _matrix(weight_ih), _matrix(weight_hh), _vector(bias)
    layer = torch.nn.RNN(w.shape[1], u.shape[1], dtype=torch.float64)
    with torch.no_grad():
        for parameter, value in zip(layer.parameters(), (w, u, b, b * 0), strict=True):
            parameter.copy_(value)
        sequence = torch.tensor(inputs, dtype=torch.float64).reshape(len(inputs), -1)
        output, _ = layer(sequence, _vector(hidden)[None])
    states: Matrix = plain(output)
    return tuple([state[0] for state in states]) if isinstance(hidden, (int, float)) else states


@ref.lstm_gate.witness("PyTorch")
def gate_of_lstm_cell(
    gate: str, input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Numbers:
    """nn.LSTMCell with this block's weights, and all other blocks held at values from which the gate can be read."""
    import torch

    w, u, b = _matrix(weight_ih), _matrix(weight_hh), _vector(bias)
    half = torch.full_like(b, 0.5).atanh()  # its tanh is a half; sigmoids of 0 are a half, too
    place = ("input", "forget", "candidate", "output").index(gate.removesuffix(" gate"))
    bias_ih = [b * 0, b * 0, half if gate.startswith("input") else b * 0, b * 0]
    bias_ih[place] = b
    blocks = [torch.zeros_like(each).repeat(4, 1) for each in (w, u)]
    rows = slice(place * len(b), (place + 1) * len(b))
    blocks[0][rows], blocks[1][rows] = w, u
    # forget: C' = f·1; output: C' = ½·(2·half), h' = o·½; input: C' = i·½; candidate: C' = ½·g
    cell = {"forget": b * 0 + 1, "output": 2 * half}.get(gate.removesuffix(" gate"), b * 0)
    arguments = (_vector(input), (_vector(hidden), cell))
    new_hidden, new_cell = _cell("LSTMCell", arguments, *blocks, torch.cat(bias_ih), torch.zeros(4 * len(b)).double())
    if gate.startswith("forget"):
        return _like(hidden, new_cell)
    return _like(hidden, 2 * (new_hidden if gate.startswith("output") else new_cell))


def _held_cell(forget_gate: Tensor, cell: Tensor, input_gate: Tensor, candidate: Tensor, output_gate: Tensor) -> Any:
    """nn.LSTMCell without weights, its gates held at given values by their biases: hidden and cell state."""
    import torch

    nothing = torch.zeros(4 * len(cell), len(cell), dtype=torch.float64)
    bias = torch.cat([input_gate.logit(), forget_gate.logit(), candidate.atanh(), output_gate.logit()])
    arguments = (torch.zeros_like(cell), (torch.zeros_like(cell), cell))
    return _cell("LSTMCell", arguments, nothing, nothing, bias, torch.zeros_like(bias))


@ref.lstm_cell_state.witness("PyTorch")
def cell_of_lstm_cell(forget_gate: Numbers, cell: Numbers, input_gate: Numbers, candidate: Numbers) -> Numbers:
    """nn.LSTMCell, its gates held at these values by their biases."""
    f, c, i, g = map(_vector, (forget_gate, cell, input_gate, candidate))
    return _like(cell, _held_cell(f, c, i, g, f * 0)[1])


@ref.lstm_hidden_state.witness("PyTorch")
def hidden_of_lstm_cell(output_gate: Numbers, cell: Numbers) -> Numbers:
    """nn.LSTMCell that keeps its cell state whole and writes nothing, its output gate held at this value."""
    o, c = _vector(output_gate), _vector(cell)
    return _like(cell, _held_cell(o * 0 + 1, c, o * 0, o * 0, o)[0])


@ref.lstm_step.witness("PyTorch")
def lstm_cell(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> tuple[Vector, Vector]:
    """nn.LSTMCell."""
    b = _vector(bias)
    arguments = (_vector(input), (_vector(hidden), _vector(cell)))
    states = _cell("LSTMCell", arguments, _matrix(weight_ih), _matrix(weight_hh), b, b * 0)
    return plain(states[0]), plain(states[1])


@ref.lstm_step_hidden.witness("PyTorch")
def lstm_cell_hidden(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    """The hidden state of nn.LSTMCell."""
    return lstm_cell(input, hidden, cell, weight_ih, weight_hh, bias)[0]


@ref.lstm_step_cell.witness("PyTorch")
def lstm_cell_cell(
    input: Vector, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    """The cell state of nn.LSTMCell."""
    return lstm_cell(input, hidden, cell, weight_ih, weight_hh, bias)[1]


@ref.lstm_cell_gain.witness("PyTorch")
def gradient_of_cell(forget_gates: Vector | Rows) -> Numbers:
    """Autograd through steps of nn.LSTMCell without weights, so that only the direct path is there."""
    steps = [_vector(step) for step in forget_gates]
    start = (steps[0] * 0 + 0.5).requires_grad_()
    cell = start
    for forget_gate in steps:
        half = forget_gate * 0 + 0.5
        cell = _held_cell(forget_gate, cell, half, half, half)[1]
    cell.sum().backward()
    return _like(forget_gates[0], start.grad)


@ref.lstm_summary_length.witness("PyTorch")
def inputs_with_gradient(step: int, state: str = "current") -> int:
    """Autograd through nn.LSTM: the inputs, among a few too many, that have a gradient from the cell state."""
    import torch

    layer = torch.nn.LSTM(1, 1, dtype=torch.float64)
    for parameter in layer.parameters():
        torch.nn.init.constant_(parameter, 0.3)
    inputs = torch.full((step + 3, 1), 0.5, dtype=torch.float64, requires_grad=True)
    read = step + 1 if state == "current" else step
    if read == 0:
        return 0  # the state before the first step: nothing has run
    _, (_, cell) = layer(inputs[:read])
    cell.sum().backward()
    return int(inputs.grad.count_nonzero())


@ref.gru_state.witness("PyTorch")
def state_of_gru_cell(update_gate: Numbers, candidate: Numbers, hidden: Numbers, update_keeps: bool = True) -> Numbers:
    """nn.GRUCell without weights, gate and candidate held at these values by their biases. Its z is what is kept."""
    import torch

    z, n, h = map(_vector, (update_gate, candidate, hidden))
    nothing = torch.zeros(3 * len(h), len(h), dtype=torch.float64)
    kept = z.logit() if update_keeps else -z.logit()
    bias = torch.cat([torch.zeros_like(h), kept, n.atanh()])
    return _like(hidden, _cell("GRUCell", (h * 0, h), nothing, nothing, bias, torch.zeros_like(bias)))


@ref.gru_candidate.witness("PyTorch")
def candidate_of_cell(
    input: Numbers,
    hidden: Numbers,
    reset_gate: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias_ih: Numbers,
    bias_hh: Numbers,
    reset_after: bool = True,
) -> Numbers:
    """nn.GRUCell that keeps nothing of its state, its reset gate held; or nn.RNNCell on the reset state."""
    import torch

    x, h, r = map(_vector, (input, hidden, reset_gate))
    w, u, b_ih, b_hh = _matrix(weight_ih), _matrix(weight_hh), _vector(bias_ih), _vector(bias_hh)
    if not reset_after:
        return _like(hidden, _cell("RNNCell", (x, r * h), w, u, b_ih, b_hh))
    zeros = torch.zeros_like(b_ih)
    stacked = [torch.cat([torch.zeros_like(each).repeat(2, 1), each]) for each in (w, u)]
    from_input = torch.cat([r.logit(), zeros - torch.inf, b_ih])
    return _like(hidden, _cell("GRUCell", (x, h), *stacked, from_input, torch.cat([zeros, zeros, b_hh])))


@ref.gru_step.witness("PyTorch")
def gru_cell(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool = True,
    update_keeps: bool = True,
) -> Vector:
    """nn.GRUCell, its update rows negated for the other sign of z; or, to reset before the matrix, its parts.

    Source of the negation: σ(−a) = 1 − σ(a).
    """
    import torch
    from torch.nn import functional

    x, h = _vector(input), _vector(hidden)
    weights = [_matrix(weight_ih), _matrix(weight_hh), _vector(bias_ih), _vector(bias_hh)]
    if not update_keeps:
        for weight in weights:
            weight[len(h) : 2 * len(h)] *= -1
    w, u, b_ih, b_hh = weights
    if reset_after:
        return _vector_of(_cell("GRUCell", (x, h), w, u, b_ih, b_hh))
    gates, last = slice(0, 2 * len(h)), slice(2 * len(h), None)
    sums = functional.linear(x, w[gates], b_ih[gates]) + functional.linear(h, u[gates], b_hh[gates])
    r, z = sums.sigmoid().chunk(2)
    n = _cell("RNNCell", (x, r * h), w[last], u[last], b_ih[last], b_hh[last])
    return _vector_of(torch.lerp(n, h, z))


def _vector_of(tensor: Tensor) -> Vector:
    return tuple(tensor.tolist())
