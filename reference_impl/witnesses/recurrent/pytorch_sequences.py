"""PyTorch for whole sequences: nn.LSTM and nn.GRU with the weights put in, all gates at once, shapes and stacks."""

# ruff: noqa: A002 - `input` is PyTorch's name
# ruff: noqa: FBT001, FBT002 - booleans, as in PyTorch

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import recurrent as ref
from reference_impl.arrays import Matrix, Numbers, Rows, Shape, Vector, Weights, plain
from reference_impl.witnesses.recurrent.pytorch import candidate_of_cell, check_work, gru_cell

if TYPE_CHECKING:
    from torch import Tensor


def _tensor(value: Any) -> Tensor:
    import torch

    return torch.tensor(value, dtype=torch.float64)


def _run(kind: str, states: Any, inputs: Rows, *weights: Tensor) -> Any:
    """What nn.LSTM or nn.GRU returns with these weights: weight_ih, weight_hh, bias_ih, bias_hh."""
    from torch import nn
    from torch.func import functional_call

    layer = getattr(nn, kind)(weights[0].shape[1], weights[1].shape[1], device="meta")
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    return functional_call(layer, dict(zip(names, weights, strict=True)), (_tensor(inputs), states))


@ref.unrolled_parameters.witness("PyTorch")
def leaves_of_the_graph(input_size: int, hidden_size: int, time_steps: int, biases: int = 2) -> int:
    """Autograd: unrolls nn.RNNCell and goes back through the graph to the parameters, each of which counts once."""
    import torch

    check_work(time_steps, hidden_size, input_size + hidden_size)
    cell = torch.nn.RNNCell(input_size, hidden_size, bias=biases > 0)
    left_out = cell.bias_hh if biases == 1 else None
    hidden = torch.zeros(1, hidden_size)
    for _ in range(time_steps):
        hidden = cell(torch.zeros(1, input_size), hidden)
    nodes, seen, leaves = [hidden.grad_fn], set(), {}
    while nodes:
        node = nodes.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable"):
            leaves[id(node.variable)] = node.variable
        nodes.extend([before for before, _ in node.next_functions])
    return sum(leaf.numel() for leaf in leaves.values() if leaf is not left_out)


@ref.pytorch_output_shape.witness("PyTorch")
def output_of_rnn(
    time_steps: int,
    batch_size: int,
    input_size: int,
    hidden_size: int,
    num_layers: int = 1,
    bidirectional: bool = False,
    batch_first: bool = False,
) -> Shape:
    """The shape of the output of nn.RNN."""
    import torch

    directions = 1 + bidirectional
    widest = max(input_size, directions * hidden_size)
    check_work(time_steps * num_layers * directions, batch_size, hidden_size, widest + hidden_size)
    layer = torch.nn.RNN(input_size, hidden_size, num_layers, bidirectional=bidirectional, batch_first=batch_first)
    axes = (batch_size, time_steps) if batch_first else (time_steps, batch_size)
    output, _ = layer(torch.zeros(*axes, input_size))
    return tuple(output.shape)


@ref.pytorch_state_shape.witness("PyTorch")
def states_of_lstm(batch_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False) -> Shape:
    """The shape of h_n, and of c_n, of nn.LSTM."""
    import torch

    check_work(num_layers * (1 + bidirectional), batch_size, 4, hidden_size, 3 * hidden_size)
    layer = torch.nn.LSTM(1, hidden_size, num_layers, bidirectional=bidirectional)
    _, (hidden, cell) = layer(torch.zeros(1, batch_size, 1))
    if hidden.shape != cell.shape:
        raise AssertionError(f"h_n is {hidden.shape}, c_n {cell.shape}")
    return tuple(hidden.shape)


@ref.cell_vectors.witness("PyTorch")
def vectors_of_layer(cell: str, side: str = "in") -> int:
    """Takes the state that a layer returns after one step, hands it back beside an input, and counts the vectors."""
    import torch

    layer = getattr(torch.nn, cell.upper())(3, 5, device="meta")
    step = torch.empty(1, 3, device="meta")
    state = layer(step)[1]
    layer(step, state)  # accepted: it is the state that the next step reads
    states = state if isinstance(state, tuple) else (state,)
    return len(states) if side == "out" else len((step, *states))


@ref.layer_input_size.witness("PyTorch")
def width_of_weight(input_size: int, hidden_size: int, layer: int, bidirectional: bool = False) -> int:
    """The columns of weight_ih of that layer of nn.RNN."""
    from torch import nn

    module = nn.RNN(input_size, hidden_size, layer + 1, bidirectional=bidirectional, device="meta")
    return int(module.get_parameter(f"weight_ih_l{layer}").shape[1])


@ref.rnn_step_joined.witness("PyTorch")
def split_weight(input: Vector, hidden: Vector, weight: Rows, bias: Vector) -> Vector:
    """nn.RNNCell with the two matrices that the one is made of."""
    from torch import nn
    from torch.func import functional_call

    u, w = _tensor(weight).split([len(hidden), len(input)], dim=1)
    b = _tensor(bias)
    weights = {"weight_ih": w, "weight_hh": u, "bias_ih": b, "bias_hh": b * 0}
    cell = nn.RNNCell(len(input), len(hidden), device="meta")
    state: Vector = plain(functional_call(cell, weights, (_tensor(input), _tensor(hidden))))
    return state


@ref.rnn_output.witness("PyTorch")
def linear_layer(hidden: Numbers, weight: Weights, bias: Numbers) -> Numbers:
    """torch.nn.functional.linear; numbers are vectors and matrices of one."""
    import torch

    if isinstance(bias, (int, float)):
        return float(torch.nn.functional.linear(_tensor([hidden]), _tensor([[weight]]), _tensor([bias])))
    found: Vector = plain(torch.nn.functional.linear(_tensor(hidden), _tensor(weight), _tensor(bias)))
    return found


@ref.lstm_step_gates.witness("PyTorch")
def gates_of_lstm_cell(input: Vector, hidden: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector) -> Matrix:
    """nn.LSTMCell on four samples, in each of which switches hold gates open or shut so that one shows itself.

    A switch is an input more, with a weight so large that a sigmoid is 0 or 1, and tanh is 1.
    """
    import torch
    from torch import nn
    from torch.func import functional_call

    units = len(hidden)
    w, u, b = map(_tensor, (weight_ih, weight_hh, bias))
    # Sample i: g is 1, so that C' = i. Sample f: i is 0 and C is 1. Sample g: i is 1. Sample o: h' = o·tanh(C), C kept.
    held = _tensor([[0, -1, 1, -1], [0, 0, 0, 1], [1, 0, 0, 0], [0, 0, 0, 0]]) * 1e9  # blocks i, f, g, o by samples
    switched = torch.cat([w, held.repeat_interleave(units, 0)], 1)
    samples = torch.cat([_tensor(input).repeat(4, 1), torch.eye(4, dtype=torch.float64)], 1)
    cells = _tensor([[0], [1], [0], [1]]).expand(4, units)
    weights = {"weight_ih": switched, "weight_hh": u, "bias_ih": b, "bias_hh": b * 0}
    module = nn.LSTMCell(switched.shape[1], units, device="meta")
    shown, cell = functional_call(module, weights, (samples, (_tensor(hidden).repeat(4, 1), cells)))
    found: Matrix = plain(torch.stack([cell[0], cell[1], cell[2], shown[3] / cell[3].tanh()]))
    return found


def _lstm(inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector) -> Any:
    w, u, b = map(_tensor, (weight_ih, weight_hh, bias))
    return _run("LSTM", (_tensor([hidden]), _tensor([cell])), inputs, w, u, b, b * 0)


@ref.lstm_forward.witness("PyTorch")
def lstm_layer(inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector) -> Matrix:
    """The output of nn.LSTM."""
    output: Matrix = plain(_lstm(inputs, hidden, cell, weight_ih, weight_hh, bias)[0])
    return output


@ref.lstm_forward_cell.witness("PyTorch")
def lstm_final_cell(
    inputs: Rows, hidden: Vector, cell: Vector, weight_ih: Rows, weight_hh: Rows, bias: Vector
) -> Vector:
    """The c_n of nn.LSTM."""
    _, (_, last) = _lstm(inputs, hidden, cell, weight_ih, weight_hh, bias)
    return tuple(last[0].tolist())


@ref.gru_state_gain.witness("PyTorch")
def gradient_of_state(update_gates: Vector | Rows, update_keeps: bool = True) -> Numbers:
    """Autograd through steps of nn.GRUCell without weights, its gates held by their biases."""
    import torch
    from torch import nn
    from torch.func import functional_call

    steps = [_tensor(step).reshape(-1) for step in update_gates]
    start = torch.full_like(steps[0], 0.5, requires_grad=True)
    units = len(start)
    nothing = torch.zeros(3 * units, units, dtype=torch.float64)
    cell, state = nn.GRUCell(units, units, device="meta"), start
    for gate in steps:
        kept = gate.logit() if update_keeps else -gate.logit()
        bias = torch.cat([gate * 0, kept, gate * 0])
        weights = {"weight_ih": nothing, "weight_hh": nothing, "bias_ih": bias, "bias_hh": torch.zeros_like(bias)}
        state = functional_call(cell, weights, (start.detach(), state))
    state.sum().backward()
    gains: Vector = plain(start.grad)
    return gains[0] if isinstance(update_gates[0], (int, float)) else gains


@ref.gru_step_gates.witness("PyTorch")
def gates_of_gru_cell(
    input: Vector,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool = True,
) -> Matrix:
    """functional.linear and torch.sigmoid for the gates, nn.GRUCell or nn.RNNCell for the candidate that they reset."""
    import torch
    from torch.nn import functional

    w, u, b_ih, b_hh = map(_tensor, (weight_ih, weight_hh, bias_ih, bias_hh))
    gates = slice(0, 2 * len(hidden))
    z = functional.linear(_tensor(input), w[gates], b_ih[gates]) + functional.linear(
        _tensor(hidden), u[gates], b_hh[gates]
    )
    reset, update = torch.sigmoid(z).chunk(2)
    last = slice(2 * len(hidden), None)
    block = weight_ih[last], weight_hh[last], bias_ih[last], bias_hh[last]
    candidate: Any = candidate_of_cell(input, hidden, tuple(reset.tolist()), *block, reset_after)
    return tuple(reset.tolist()), tuple(update.tolist()), candidate


@ref.gru_forward.witness("PyTorch")
def gru_layer(
    inputs: Rows,
    hidden: Vector,
    weight_ih: Rows,
    weight_hh: Rows,
    bias_ih: Vector,
    bias_hh: Vector,
    reset_after: bool = True,
    update_keeps: bool = True,
) -> Matrix:
    """nn.GRU, its update rows negated for the other sign of z; nn.GRU resets after the matrix, so else step by step."""
    if reset_after:
        weights = [_tensor(weight) for weight in (weight_ih, weight_hh, bias_ih, bias_hh)]
        if not update_keeps:
            for weight in weights:
                weight[len(hidden) : 2 * len(hidden)] *= -1
        output: Matrix = plain(_run("GRU", _tensor([hidden]), inputs, *weights)[0])
        return output
    states = [hidden]
    for step in inputs:
        arguments = (tuple(step), states[-1], weight_ih, weight_hh, bias_ih, bias_hh)
        states.append(gru_cell(*arguments, reset_after=False, update_keeps=update_keeps))
    return tuple(states[1:])
