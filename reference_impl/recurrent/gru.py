"""The GRU cell in its parts: its candidate, its new state, and how much of the old one goes on.

    r = σ(W_r·x + U_r·h + b_r)    z = σ(W_z·x + U_z·h + b_z)    n = tanh(W_n·x + b_in + r ⊙ (U_n·h + b_hn))
    h' = (1 − z) ⊙ n + z ⊙ h

That is PyTorch, and Keras by default. Two conventions differ elsewhere: with `reset_after=False` (Cho and others, 2014,
and Chung and others, 2014) the reset gate scales h before the matrix, n = tanh(W_n·x + b_in + U_n·(r ⊙ h) + b_hn); with
`update_keeps=False` (Chung and others; Cho and others mix as above) z is the share of the candidate,
h' = z ⊙ n + (1 − z) ⊙ h. Sources: Cho and others, “Learning phrase representations using RNN encoder–decoder for
statistical machine translation” (2014), equations 5 to 8; Chung and others, “Empirical evaluation of gated recurrent
neural networks on sequence modeling” (2014); `torch.nn.GRU`.
"""

# ruff: noqa: A002 - `input` is PyTorch's name
# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - the conventions are given by place or name in decks

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reference_impl import checks
from reference_impl.arrays import Numbers, Rows, Vector, Weights, each, numbers, product, sigmoid, tanh
from reference_impl.domain import Domain, array, flag, stepped, whole
from reference_impl.recurrent.rnn import ENTRIES, MOST_STEPS, SIZES
from reference_impl.reference import reference

if TYPE_CHECKING:
    from reference_impl.arrays import Operand

_FRACTIONS = stepped(0, 1, 0.125)
_CANDIDATES = stepped(-1, 1, 0.125)
_ONE_BLOCK = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


@reference(
    domain=Domain(
        {
            "update_gate": _FRACTIONS,
            "candidate": stepped(-1, 1, 0.25),
            "hidden": stepped(-1, 1, 0.25),
            "update_keeps": flag(),
        },
    )
    | Domain(
        {
            "update_gate": array("units", of=_FRACTIONS),
            "candidate": array("units", of=_CANDIDATES),
            "hidden": array("units", of=_CANDIDATES),
            "update_keeps": flag(),
        },
        sizes=SIZES,
    )
)
def gru_state(update_gate: Numbers, candidate: Numbers, hidden: Numbers, update_keeps: bool = True) -> Numbers:
    """New hidden state of a GRU from its update gate: a mixture of candidate and old state, element by element.

    Numbers, or vectors of one length. The gate lies between 0 and 1, the candidate between −1 and 1.
    """
    checks.elements(0, 1, update_gate=update_gate)
    checks.elements(-1, 1, candidate=candidate)
    checks.elements(hidden=hidden)
    checks.same_length(update_gate=update_gate, candidate=candidate, hidden=hidden)
    checks.flag(update_keeps=update_keeps)
    if update_keeps:
        # h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}
        return each(lambda z, n, h: (1 - z) * n + z * h, update_gate, candidate, hidden)
    # h_t = z ⊙ n + (1 − z) ⊙ h_{t−1}
    return each(lambda z, n, h: z * n + (1 - z) * h, update_gate, candidate, hidden)


@gru_state.slip("Mind the convention: does the update gate say how much is kept, or how much is new?")
def shares_swapped(update_gate: Numbers, candidate: Numbers, hidden: Numbers, update_keeps: bool) -> Numbers:
    return gru_state(update_gate, candidate, hidden, not update_keeps)


@gru_state.slip("Old state and candidate share: what one of them gets, z, the other lacks, 1 − z.")
def shares_exceed_one(update_gate: Numbers, candidate: Numbers, hidden: Numbers, update_keeps: bool) -> Numbers:
    if update_keeps:
        return each(lambda z, n, h: n + z * h, update_gate, candidate, hidden)
    return each(lambda z, n, h: z * n + h, update_gate, candidate, hidden)


@gru_state.slip("Not the candidate alone: the update gate keeps a share of the old state.")
def nothing_kept(candidate: Numbers) -> Numbers:
    return each(lambda n: n, candidate)


_GAINS = stepped(0, 1, 0.0625)


@reference(
    domain=Domain({"update_gates": array("steps", of=_GAINS), "update_keeps": flag()}, sizes={"steps": whole(1, 8)})
    | Domain({"update_gates": array("steps", "units", of=_GAINS), "update_keeps": flag()}, sizes=SIZES)
)
def gru_state_gain(update_gates: Vector | Rows, update_keeps: bool = True) -> Numbers:
    """How strongly the last hidden state depends on the one before the first step, along the direct path.

    The direct path is what is kept, gates and candidates held fixed: ∂h_T / ∂h_0. T numbers give a number, T vectors
    of H entries give a vector (H,). Update gates lie between 0 and 1.
    """
    steps = checks.steps("update_gates", update_gates, MOST_STEPS)
    checks.flag(update_keeps=update_keeps)
    for step in steps:
        checks.elements(0, 1, update_gates=step)
        checks.same_length(update_gates=steps[0], **{"every step of update_gates": step})
    # ∂h_T / ∂h_0 = z_1 ⊙ … ⊙ z_T, or (1 − z_1) ⊙ … ⊙ (1 − z_T)
    return each(lambda *gates: math.prod([z if update_keeps else 1 - z for z in gates]), *steps)


@gru_state_gain.slip("Mind the convention: does the update gate say how much is kept, or how much is new?")
def other_share(update_gates: Vector | Rows, update_keeps: bool) -> Numbers:
    return gru_state_gain(update_gates, not update_keeps)


@gru_state_gain.slip("Every step keeps a share of what is left: multiply the shares, do not add them.")
def shares_added(update_gates: Vector | Rows, update_keeps: bool) -> Numbers:
    return each(lambda *gates: sum(z if update_keeps else 1 - z for z in gates), *update_gates)


@gru_state_gain.slip("All steps on the way count, not only the last one.")
def last_share_only(update_gates: Vector | Rows, update_keeps: bool) -> Numbers:
    return gru_state_gain(update_gates[-1:], update_keeps)


def candidate_sum(
    x: Operand,
    h: Operand,
    r: Operand,
    weights: tuple[Operand, Operand, Operand, Operand],
    reset_after: bool,
) -> Operand:
    """n, before its tanh."""
    w, u, b_ih, b_hh = weights
    if reset_after:
        # W·x + b_ih + r ⊙ (U·h + b_hh)
        return product(w, x) + b_ih + r * (product(u, h) + b_hh)
    # W·x + b_ih + U·(r ⊙ h) + b_hh
    return product(w, x) + b_ih + product(u, r * h) + b_hh


def _candidate_arguments(
    input: Numbers,
    hidden: Numbers,
    reset_gate: Numbers,
    weights: tuple[Weights, Weights, Numbers, Numbers],
    reset_after: bool,
) -> tuple[Operand, Operand, Operand, tuple[Operand, Operand, Operand, Operand], bool]:
    x, h, w, u, b_ih, b_hh = checks.layer(1, input, hidden, *weights[:2], bias_ih=weights[2], bias_hh=weights[3])
    checks.elements(0, 1, reset_gate=reset_gate)
    checks.same_length(hidden=hidden, reset_gate=reset_gate)
    checks.flag(reset_after=reset_after)
    return x, h, checks.operand("reset_gate", reset_gate), (w, u, b_ih, b_hh), reset_after


@reference(
    domain=Domain(
        {
            "input": ENTRIES,
            "hidden": _CANDIDATES,
            "reset_gate": _FRACTIONS,
            **dict.fromkeys(_ONE_BLOCK, ENTRIES),
            "reset_after": flag(),
        }
    )
    | Domain(
        {
            "input": array("features", of=ENTRIES),
            "hidden": array("units", of=_CANDIDATES),
            "reset_gate": array("units", of=_FRACTIONS),
            "weight_ih": array("units", "features", of=ENTRIES),
            "weight_hh": array("units", "units", of=ENTRIES),
            "bias_ih": array("units", of=ENTRIES),
            "bias_hh": array("units", of=ENTRIES),
            "reset_after": flag(),
        },
        sizes=SIZES,
    )
)
def gru_candidate(
    input: Numbers,
    hidden: Numbers,
    reset_gate: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias_ih: Numbers,
    bias_hh: Numbers,
    reset_after: bool = True,
) -> Numbers:
    """Candidate of a GRU from that block's own weights and the reset gate: a vector (H,), or a number for numbers.

    Arrays: input (n,), hidden and reset_gate (H,), weight_ih (H, n), weight_hh (H, H), biases (H,).
    """
    weights = (weight_ih, weight_hh, bias_ih, bias_hh)
    return numbers(tanh(candidate_sum(*_candidate_arguments(input, hidden, reset_gate, weights, reset_after))))


@gru_candidate.slip("The reset gate scales what the old state contributes to the candidate.")
def reset_ignored(
    input: Numbers,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias_ih: Numbers,
    bias_hh: Numbers,
    reset_after: bool,
) -> Numbers:
    opened = each(lambda _: 1, hidden)
    return gru_candidate(input, hidden, opened, weight_ih, weight_hh, bias_ih, bias_hh, reset_after)


@gru_candidate.slip("Mind the place of the reset gate: PyTorch applies it behind the matrix and its bias.")
def reset_at_other_place(
    input: Numbers,
    hidden: Numbers,
    reset_gate: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias_ih: Numbers,
    bias_hh: Numbers,
    reset_after: bool,
) -> Numbers:
    return gru_candidate(input, hidden, reset_gate, weight_ih, weight_hh, bias_ih, bias_hh, not reset_after)


@gru_candidate.slip("The candidate goes through tanh; only the two gates go through a sigmoid.")
def candidate_through_sigmoid(
    input: Numbers,
    hidden: Numbers,
    reset_gate: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias_ih: Numbers,
    bias_hh: Numbers,
    reset_after: bool,
) -> Numbers:
    weights = (weight_ih, weight_hh, bias_ih, bias_hh)
    return numbers(sigmoid(candidate_sum(*_candidate_arguments(input, hidden, reset_gate, weights, reset_after))))
