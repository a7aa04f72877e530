"""Probability of a sequence: the chain rule, and the Markov model that keeps only the item just before.

States are numbered from 0.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from reference_impl import checks
from reference_impl.arrays import Rows, Vector
from reference_impl.domain import Axis, Domain, array, stepped, whole
from reference_impl.reference import reference

#: Most states, and most items of a sequence.
MOST_STATES = 16
LONGEST = 64
#: How far the sum of a distribution may be from 1, for 1 − 0.1 − 0.2 and the like.
ROUNDING = 1e-12


@reference(domain=Domain({"conditionals": array("items", of=stepped(0, 1, 0.0625))}, sizes={"items": whole(1, 6)}))
def chain_probability(conditionals: Vector) -> float:
    """Probability of a whole sequence by the chain rule, from P(x_1), P(x_2 | x_1), …, P(x_T | x_1, …, x_{T−1}).

    Each lies between 0 and 1. The rule holds for any sequence; nothing is assumed independent.
    """
    for probability in checks.vector("conditionals", conditionals):
        checks.number(0, 1, **{"every entry of conditionals": probability})
    # P(x_1, …, x_T) = P(x_1) · P(x_2 | x_1) · … · P(x_T | x_1, …, x_{T−1})
    return float(math.prod(conditionals))


@chain_probability.slip("“And” multiplies: the conditional probabilities are multiplied, not added.")
def conditionals_added(conditionals: Vector) -> float:
    return float(sum(conditionals))


@chain_probability.slip("That is the probability of the last item, given the others; the others have to occur, too.")
def last_conditional(conditionals: Vector) -> float:
    return float(conditionals[-1])


@chain_probability.slip(
    "Multiply the conditional probabilities; their mean says how likely an item is, not all of them."
)
def conditionals_averaged(conditionals: Vector) -> float:
    return sum(conditionals) / len(conditionals)


def _shares(states: int, portions: int) -> Axis:
    """Every way to share equal portions among the states, each of which gets one at least."""
    cuts = itertools.combinations(range(1, portions), states - 1)
    bounds = [(0, *cut, portions) for cut in cuts]
    return Axis([tuple([(b - a) / portions for a, b in itertools.pairwise(bound)]) for bound in bounds])


_CHAINS = [
    Domain(
        {
            "initial": _shares(states, 8),
            "transition": array(states, of=_shares(states, 8)),
            "sequence": array("items", of=whole(0, states - 1)),
        },
        sizes={"items": whole(1, 6)},
    )
    for states in (2, 3, 4)
]


def _distribution(name: str, values: Vector, states: int) -> Vector:
    """Probabilities of all the states."""
    row = checks.vector(name, values, MOST_STATES)
    for probability in row:
        checks.number(0, 1, **{f"every entry of {name}": probability})
    if len(row) != states:
        raise ValueError(f"{name} must have one probability for each of {states} states, not {len(row)}")
    if abs(math.fsum(row) - 1) > ROUNDING:
        raise ValueError(f"{name} must add up to 1, not {math.fsum(row):.6g}")
    return row


@reference(domain=_CHAINS[0] | _CHAINS[1] | _CHAINS[2])
def markov_probability(initial: Vector, transition: Rows, sequence: Sequence[int]) -> float:
    """Probability of a sequence of states under a Markov model, where each item depends on the one just before only.

    initial (K,) holds P(x_1); transition (K, K) holds P(x_t = j | x_{t−1} = i) in row i, column j: each row adds up to
    1. `sequence` lists states, 0 to K − 1.
    """
    states = len(checks.vector("initial", initial, MOST_STATES))
    start = _distribution("initial", initial, states)
    if len(rows := checks.matrix("transition", transition, MOST_STATES)) != states:
        raise ValueError(f"transition must have one row for each of {states} states, not {len(rows)}")
    table = [_distribution("each row of transition", row, states) for row in rows]
    items = checks.wholes("sequence", sequence, 0, checks.LARGEST, LONGEST)
    if max(items) >= states:
        raise ValueError(f"every entry of sequence must be a state from 0 to {states - 1}, not {max(items)}")
    # P(x_1, …, x_T) = P(x_1) · P(x_2 | x_1) · P(x_3 | x_2) · … · P(x_T | x_{T−1})
    return float(start[items[0]] * math.prod([table[before][item] for before, item in itertools.pairwise(items)]))


@markov_probability.slip("The first item has a probability, too: begin with its entry of initial.")
def start_forgotten(transition: Rows, sequence: Sequence[int]) -> float:
    return float(math.prod([transition[before][item] for before, item in itertools.pairwise(sequence)]))


@markov_probability.slip("Row i holds what follows state i: go to the row of the item before, the column of this one.")
def rows_for_columns(initial: Vector, transition: Rows, sequence: Sequence[int]) -> float:
    steps = [transition[item][before] for before, item in itertools.pairwise(sequence)]
    return float(initial[sequence[0]] * math.prod(steps))


@markov_probability.slip("Items are not independent: behind the first, each is read in the row of the item before it.")
def items_independent(initial: Vector, sequence: Sequence[int]) -> float:
    return float(math.prod([initial[item] for item in sequence]))


@markov_probability.slip("Each item is conditioned on the one just before it, not on the first one.")
def always_the_first(initial: Vector, transition: Rows, sequence: Sequence[int]) -> float:
    first, *rest = sequence
    return float(initial[first] * math.prod([transition[first][item] for item in rest]))


@markov_probability.slip("“And” multiplies: the probabilities along the sequence are multiplied, not added.")
def probabilities_added(initial: Vector, transition: Rows, sequence: Sequence[int]) -> float:
    steps = [transition[before][item] for before, item in itertools.pairwise(sequence)]
    return float(initial[sequence[0]] + sum(steps))
