"""Brute force for counts and shapes: units are wired up one by one, states are listed and the lists measured."""

# ruff: noqa: FBT001, FBT002 - `bidirectional` and `return_sequences` are booleans, as in PyTorch

from __future__ import annotations

from reference_impl import recurrent as ref
from reference_impl.arrays import Shape


def _count(
    blocks: tuple[str, ...], input_size: int, hidden_size: int, num_layers: int, bidirectional: bool, biases: int
) -> int:
    """Wires up one unit, then goes through the units, the blocks, the directions and the layers."""
    directions = ["forward", "backward"] if bidirectional else ["forward"]
    total, read = 0, input_size
    for _ in range(num_layers):
        wires = block = 0
        for _ in range(read):
            wires += 1
        for _ in range(hidden_size):
            wires += 1
        for _ in range(biases):
            wires += 1
        for _ in range(hidden_size):
            block += wires
        read = 0
        for _ in directions:
            for _ in blocks:
                total += block
            read += hidden_size
    return total


@ref.rnn_parameters.witness("brute force")
def count_rnn(
    input_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False, biases: int = 2
) -> int:
    """One block."""
    return _count(("state",), input_size, hidden_size, num_layers, bidirectional, biases)


@ref.lstm_parameters.witness("brute force")
def count_lstm(
    input_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False, biases: int = 2
) -> int:
    """Four blocks, by their names."""
    blocks = ("input gate", "forget gate", "candidate", "output gate")
    return _count(blocks, input_size, hidden_size, num_layers, bidirectional, biases)


@ref.gru_parameters.witness("brute force")
def count_gru(
    input_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False, biases: int = 2
) -> int:
    """Three blocks, by their names."""
    blocks = ("reset gate", "update gate", "candidate")
    return _count(blocks, input_size, hidden_size, num_layers, bidirectional, biases)


@ref.output_shape.witness("brute force")
def collect_states(
    batch_size: int,
    time_steps: int,
    input_size: int,  # noqa: ARG001 - a witness has the parameters of its reference
    hidden_size: int,
    return_sequences: bool = False,
    bidirectional: bool = False,
) -> Shape:
    """Collects a state at each step, keeps all or the last, does so for each sample, and measures the lists."""
    state = ["unit"] * hidden_size
    if bidirectional:
        state = state + state
    states: list[list[str]] = []
    for _ in range(time_steps):
        states.append(state)
        if not return_sequences:
            states = states[-1:]
    if return_sequences:
        samples = [states for _ in range(batch_size)]
        return (len(samples), len(samples[0]), len(samples[0][0]))
    last_states = [states[-1] for _ in range(batch_size)]
    return (len(last_states), len(last_states[0]))


@ref.lstm_summary_length.witness("brute force")
def trace_inputs(step: int, state: str = "current") -> int:
    """Goes through the steps and notes which inputs cell and hidden state were made from: bit i is x_i."""
    cell = hidden = 0
    for number in range(step + 1):
        if state == "previous" and number == step:
            break
        gates = 1 << number | hidden
        cell = cell | gates
        hidden = cell | gates
    return cell.bit_count()


@ref.unrolled_parameters.witness("brute force")
def name_the_weights(input_size: int, hidden_size: int, time_steps: int, biases: int = 2) -> int:
    """Writes down the parts that each step uses, by their names: a name that stands there already is the same part."""
    parts: dict[str, int] = {}
    for _ in range(time_steps):
        parts["weights for the input"] = input_size
        parts["weights for the state"] = hidden_size
        for bias in range(biases):
            parts[f"bias {bias}"] = 1
    total = 0
    for _ in range(hidden_size):
        total += sum(parts.values())
    return total


@ref.pytorch_output_shape.witness("brute force")
def pile_up_states(
    time_steps: int,
    batch_size: int,
    input_size: int,
    hidden_size: int,
    num_layers: int = 1,
    bidirectional: bool = False,
    batch_first: bool = False,
) -> Shape:
    """Lets each layer replace the vectors of all steps by its states, then measures the lists."""
    directions = ["forward", "backward"] if bidirectional else ["forward"]
    vector = ["feature"] * input_size
    for _ in range(num_layers):
        vector = [f"unit, {direction}" for direction in directions for _ in range(hidden_size)]
    if batch_first:
        samples = [[vector] * time_steps] * batch_size
        return (len(samples), len(samples[0]), len(samples[0][0]))
    steps = [[vector] * batch_size] * time_steps
    return (len(steps), len(steps[0]), len(steps[0][0]))


@ref.pytorch_state_shape.witness("brute force")
def collect_last_states(batch_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False) -> Shape:
    """Goes through the layers, and in each through the directions, and puts down a state for each sample."""
    states = []
    for _ in range(num_layers):
        states.append([["forward unit"] * hidden_size] * batch_size)
        if bidirectional:
            states.append([["backward unit"] * hidden_size] * batch_size)
    return (len(states), len(states[0]), len(states[0][0]))


@ref.layer_input_size.witness("brute force")
def climb_the_stack(input_size: int, hidden_size: int, layer: int, bidirectional: bool = False) -> int:
    """Starts with the input and climbs, layer by layer, with the list of what each hands on."""
    read = ["feature"] * input_size
    for _ in range(layer):
        read = ["forward unit"] * hidden_size
        if bidirectional:
            read += ["backward unit"] * hidden_size
    return len(read)


#: What each line of a cell's equations makes, and of what: biases and weights aside.
_EQUATIONS = {
    "rnn": ["h' x h"],
    "lstm": ["f x h", "i x h", "g x h", "o x h", "C' f C i g", "h' o C'"],
    "gru": ["r x h", "z x h", "n x r h", "h' z n h"],
}


@ref.cell_vectors.witness("brute force")
def go_through_equations(cell: str, side: str = "in") -> int:
    """Goes through the equations: what is used and made by none of them comes in; what is marked as new goes out."""
    lines = [line.split() for line in _EQUATIONS[cell]]
    made = {line[0] for line in lines}
    used = {name for line in lines for name in line[1:]}
    found = used - made if side == "in" else {name for name in made if name.endswith("'")}
    return len(found)
