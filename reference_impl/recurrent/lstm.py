"""The LSTM cell in its parts: gates, cell state, hidden state, and how the cell state carries memory through time.

    i = σ(W_i·x + U_i·h + b_i)       f = σ(W_f·x + U_f·h + b_f)    C' = f ⊙ C + i ⊙ g
    g = tanh(W_g·x + U_g·h + b_g)    o = σ(W_o·x + U_o·h + b_o)    h' = o ⊙ tanh(C')

`bias` is the sum of PyTorch's two. Source: Hochreiter and Schmidhuber (1997), Gers and others (2000);
`torch.nn.LSTMCell`. Whole steps are in `lstm_steps.py`.
"""

# ruff: noqa: A002 - `input` is PyTorch's name
# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import math

from reference_impl import checks
from reference_impl.arrays import Numbers, Rows, Vector, Weights, each, numbers, product, sigmoid, tanh
from reference_impl.domain import Domain, array, choice, stepped, whole
from reference_impl.recurrent.rnn import ENTRIES, SIZES
from reference_impl.reference import reference

#: Most steps over which a gain is multiplied, and largest step of which a summary is counted.
MOST_STEPS = 256

_GATES = ("input", "forget", "candidate", "output", "input gate", "forget gate", "output gate")
_FRACTIONS = stepped(0, 1, 0.125)
_CANDIDATES = stepped(-1, 1, 0.125)
_STATES = stepped(-3, 3, 0.25)
_GATE = {"gate": choice(*_GATES)}
_WEIGHTS = ("input", "hidden", "weight_ih", "weight_hh", "bias")


@reference(
    domain=Domain({**_GATE, **dict.fromkeys(_WEIGHTS, ENTRIES)})
    | Domain(
        {
            **_GATE,
            "input": array("features", of=ENTRIES),
            "hidden": array("units", of=ENTRIES),
            "weight_ih": array("units", "features", of=ENTRIES),
            "weight_hh": array("units", "units", of=ENTRIES),
            "bias": array("units", of=ENTRIES),
        },
        sizes=SIZES,
    )
)
def lstm_gate(
    gate: str, input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Numbers:
    """Value of one gate, or of the candidate, from that block's own weights: a vector (H,), or a number for numbers.

    `gate` is input, forget, output (with or without the word gate) or candidate. Arrays: input (n,), hidden (H,),
    weight_ih (H, n), weight_hh (H, H), bias (H,).
    """
    checks.one_of(_GATES, gate=gate)
    x, h, w, u, b = checks.layer(1, input, hidden, weight_ih, weight_hh, bias=bias)
    # z = W·x_t + U·h_{t−1} + b
    z = product(w, x) + product(u, h) + b
    # i, f, o = σ(z), g = tanh(z)
    return numbers(tanh(z) if gate == "candidate" else sigmoid(z))


@lstm_gate.slip("Gates go through a sigmoid, between 0 and 1, the candidate through tanh, between −1 and 1.")
def other_activation(
    gate: str, input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Numbers:
    other = "forget" if gate == "candidate" else "candidate"
    return lstm_gate(other, input, hidden, weight_ih, weight_hh, bias)


@lstm_gate.slip("The sum still goes through its activation: a sigmoid for gates, tanh for the candidate.")
def activation_forgotten(
    input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Numbers:
    x, h, w, u, b = checks.layer(1, input, hidden, weight_ih, weight_hh, bias=bias)
    return numbers(product(w, x) + product(u, h) + b)


@lstm_gate.slip("Every gate reads the hidden state of the step before, too.")
def gate_without_hidden(
    gate: str, input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Numbers:
    x, _, w, _, b = checks.layer(1, input, hidden, weight_ih, weight_hh, bias=bias)
    z = product(w, x) + b
    return numbers(tanh(z) if gate == "candidate" else sigmoid(z))


@lstm_gate.slip("The bias is added before the activation.")
def gate_without_bias(
    gate: str, input: Numbers, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers
) -> Numbers:
    x, h, w, u, _ = checks.layer(1, input, hidden, weight_ih, weight_hh, bias=bias)
    z = product(w, x) + product(u, h)
    return numbers(tanh(z) if gate == "candidate" else sigmoid(z))


@reference(
    domain=Domain({"forget_gate": _FRACTIONS, "cell": _STATES, "input_gate": _FRACTIONS, "candidate": _CANDIDATES})
    | Domain(
        {
            "forget_gate": array("units", of=_FRACTIONS),
            "cell": array("units", of=_STATES),
            "input_gate": array("units", of=_FRACTIONS),
            "candidate": array("units", of=_CANDIDATES),
        },
        sizes=SIZES,
    )
)
def lstm_cell_state(forget_gate: Numbers, cell: Numbers, input_gate: Numbers, candidate: Numbers) -> Numbers:
    """New cell state: what is kept of the old one plus what is written of the candidate, element by element.

    Numbers, or vectors of one length. Gates lie between 0 and 1, the candidate between −1 and 1.
    """
    checks.elements(0, 1, forget_gate=forget_gate, input_gate=input_gate)
    checks.elements(-1, 1, candidate=candidate)
    checks.elements(cell=cell)
    checks.same_length(forget_gate=forget_gate, cell=cell, input_gate=input_gate, candidate=candidate)
    # C_t = f ⊙ C_{t−1} + i ⊙ g
    return each(lambda f, c, i, g: f * c + i * g, forget_gate, cell, input_gate, candidate)


@lstm_cell_state.slip("The new cell state is a sum: what is kept plus what is written, not their product.")
def multiplied_not_added(forget_gate: Numbers, cell: Numbers, input_gate: Numbers, candidate: Numbers) -> Numbers:
    return each(lambda f, c, i, g: f * c * i * g, forget_gate, cell, input_gate, candidate)


@lstm_cell_state.slip("The forget gate scales the old cell state, the input gate the candidate.")
def gates_swapped(forget_gate: Numbers, cell: Numbers, input_gate: Numbers, candidate: Numbers) -> Numbers:
    return each(lambda f, c, i, g: i * c + f * g, forget_gate, cell, input_gate, candidate)


@lstm_cell_state.slip("The forget gate is the fraction that is kept, not the fraction that is dropped.")
def forget_means_drop(forget_gate: Numbers, cell: Numbers, input_gate: Numbers, candidate: Numbers) -> Numbers:
    return each(lambda f, c, i, g: (1 - f) * c + i * g, forget_gate, cell, input_gate, candidate)


@lstm_cell_state.slip("The candidate is scaled by the input gate before it is added.")
def candidate_unscaled(forget_gate: Numbers, cell: Numbers, candidate: Numbers) -> Numbers:
    return each(lambda f, c, g: f * c + g, forget_gate, cell, candidate)


@lstm_cell_state.slip("The forget gate does not touch the candidate: scale the old cell state before adding.")
def all_forgotten_together(forget_gate: Numbers, cell: Numbers, input_gate: Numbers, candidate: Numbers) -> Numbers:
    return each(lambda f, c, i, g: f * (c + i * g), forget_gate, cell, input_gate, candidate)


@reference(
    domain=Domain({"output_gate": _FRACTIONS, "cell": _STATES})
    | Domain({"output_gate": array("units", of=_FRACTIONS), "cell": array("units", of=_STATES)}, sizes=SIZES)
)
def lstm_hidden_state(output_gate: Numbers, cell: Numbers) -> Numbers:
    """New hidden state from the output gate (between 0 and 1) and the new cell state, element by element.

    Numbers, or vectors of one length.
    """
    checks.elements(0, 1, output_gate=output_gate)
    checks.elements(cell=cell)
    checks.same_length(output_gate=output_gate, cell=cell)
    # h_t = o ⊙ tanh(C_t)
    return each(lambda o, c: o * math.tanh(c), output_gate, cell)


@lstm_hidden_state.slip("The cell state goes through tanh before the output gate scales it.")
def cell_not_squashed(output_gate: Numbers, cell: Numbers) -> Numbers:
    return each(lambda o, c: o * c, output_gate, cell)


@lstm_hidden_state.slip("First tanh, then the gate: tanh is taken of the cell state alone.")
def squashed_last(output_gate: Numbers, cell: Numbers) -> Numbers:
    return each(lambda o, c: math.tanh(o * c), output_gate, cell)


@lstm_hidden_state.slip("The output gate scales what is shown: multiply tanh of the cell state by it.")
def all_shown(cell: Numbers) -> Numbers:
    return each(math.tanh, cell)


_GAINS = stepped(0, 1, 0.0625)


@reference(
    domain=Domain({"forget_gates": array("steps", of=_GAINS)}, sizes={"steps": whole(1, 8)})
    | Domain({"forget_gates": array("steps", "units", of=_GAINS)}, sizes=SIZES)
)
def lstm_cell_gain(forget_gates: Vector | Rows) -> Numbers:
    """How strongly the last cell state depends on the one before the first step, along the direct path.

    The direct path is that through the cell states, the gates held fixed: ∂C_T / ∂C_0. T numbers give a number, T
    vectors of H entries give a vector (H,). Forget gates lie between 0 and 1.
    """
    steps = checks.steps("forget_gates", forget_gates, MOST_STEPS)
    for step in steps:
        checks.elements(0, 1, forget_gates=step)
        checks.same_length(forget_gates=steps[0], **{"every step of forget_gates": step})
    # ∂C_T / ∂C_0 = f_1 ⊙ f_2 ⊙ … ⊙ f_T
    return each(lambda *gates: math.prod(gates), *steps)


@lstm_cell_gain.slip("Every step multiplies what is left by its forget gate: multiply them, do not add them.")
def gates_added(forget_gates: Vector | Rows) -> Numbers:
    return each(lambda *gates: sum(gates), *forget_gates)


@lstm_cell_gain.slip("The mean, taken T times, is not the product of different gates.")
def mean_to_the_power(forget_gates: Vector | Rows) -> Numbers:
    return each(lambda *gates: (sum(gates) / len(gates)) ** len(gates), *forget_gates)


@lstm_cell_gain.slip("All steps on the way count, not only the last one.")
def last_gate_only(forget_gates: Vector | Rows) -> Numbers:
    return each(lambda *gates: gates[-1], *forget_gates)


@reference(domain=Domain({"step": whole(0, 40), "state": choice("current", "previous")}))
def lstm_summary_length(step: int, state: str = "current") -> int:
    """How many inputs a cell state sums up when step t has been computed; inputs and steps are counted from 0.

    `state` is current (C_t: x_0 to x_t, t + 1 inputs) or previous (C_{t−1}: x_0 to x_{t−1}, t inputs).
    """
    checks.whole(0, MOST_STEPS, step=step)
    checks.one_of(("current", "previous"), state=state)
    return step + 1 if state == "current" else step


@lstm_summary_length.slip("The current state C_t has read the input of step t; the previous one, C_{t−1}, has not.")
def other_state(step: int, state: str) -> int:
    return step if state == "current" else step + 1


@lstm_summary_length.slip("The state carries on what earlier states have read: it sums up all inputs so far.")
def newest_input_only() -> int:
    return 1
