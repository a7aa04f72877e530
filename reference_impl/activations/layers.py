"""Around activations: local response normalisation, and what two layers without an activation between them come to."""

# ruff: noqa: A002 - `input` is PyTorch's name
# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import math
import operator
from collections.abc import Callable

from reference_impl import checks
from reference_impl.arrays import Matrix, Rows, Vector, alike
from reference_impl.domain import Domain, array, choice, stepped, whole
from reference_impl.reference import reference

#: Bounds of the parameters of local response normalisation, which keep every divisor within what a float can hold.
_LARGEST_ALPHA = 1_000
_LARGEST_BETA = 10
_LEAST_K, _LARGEST_K = 0.001, 1_000

_NORMALISATION = {
    "size": whole(1, 6),
    "alpha": choice(0.0001, 0.0005, 0.01, 0.125),
    "beta": choice(0.5, 0.75, 1.25),
    "k": choice(0.5, 1.0, 2.0),
}
_RESPONSES = array("channels", of=stepped(-10, 60, 0.5))
_CHANNELS = {"channels": whole(1, 7)}


def _checked(input: Vector, size: int, alpha: float, beta: float, k: float) -> Vector:
    """The channels, once everything is found to be as it must be."""
    channels = checks.vector("input", input)
    checks.whole(1, checks.LONGEST, size=size)
    checks.number(0, _LARGEST_ALPHA, alpha=alpha)
    checks.number(0, _LARGEST_BETA, beta=beta)
    checks.number(0, _LARGEST_K, k=k)
    if k < _LEAST_K:
        raise ValueError(f"k must be at least {_LEAST_K}, so that silent channels are not divided by 0, not {k}")
    return channels


def _window(channel: int, size: int) -> range:
    """The channels of which the squares count: `size` of them around their own, one more before it if size is even."""
    first = channel - size // 2
    return range(first, first + size)


def _energy(channels: Vector, channel: int, size: int) -> float:
    """Σ_j a_j² over those channels of the window that exist."""
    return math.fsum(channels[near] ** 2 for near in _window(channel, size) if 0 <= near < len(channels))


def _damped(channels: Vector, channel: int, size: int, alpha: float, beta: float, k: float) -> float:
    """One channel, divided by what its energy makes of it."""
    # b_i = a_i / (k + α/n · Σ_j a_j²)^β
    return float(channels[channel] / (k + alpha / size * _energy(channels, channel, size)) ** beta)


@reference(domain=Domain({"input": _RESPONSES, **_NORMALISATION}, sizes=_CHANNELS))
def local_response_norm(input: Vector, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> Vector:
    """All channels of one pixel, each damped by the squares of the `size` channels around it; as many as before.

    At the first and last channels the window is cut off. PyTorch divides alpha by size, the paper does not: for the
    paper's n = 5, α = 1e−4, k = 2 give size=5, alpha=5e-4, k=2. Source: `torch.nn.LocalResponseNorm`; Krizhevsky and
    others (2012), section 3.3.
    """
    channels = _checked(input, size, alpha, beta, k)
    # b_i = a_i / (k + α/n · Σ_j a_j²)^β for each i
    return tuple([_damped(channels, channel, size, alpha, beta, k) for channel in range(len(channels))])


@reference(
    domain=Domain(
        {"input": _RESPONSES, "channel": whole(0, 6), **_NORMALISATION},
        where=lambda channel, **others: channel < len(others["input"]),
        sizes=_CHANNELS,
    )
)
def local_response_norm_at(
    input: Vector, channel: int, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> float:
    """One channel, counted from 0, of `local_response_norm`, whose conventions it has: alpha is divided by size."""
    channels = _checked(input, size, alpha, beta, k)
    checks.whole(0, channel=channel)
    if channel >= len(channels):
        raise ValueError(f"channel must be one from 0 to {len(channels) - 1}, not {channel}")
    return _damped(channels, channel, size, alpha, beta, k)


@local_response_norm.slip("PyTorch divides alpha by size; where a paper says α, give it size·α.")
def alpha_not_divided(input: Vector, size: int, alpha: float, beta: float, k: float) -> Vector:
    return local_response_norm(input, size, min(alpha * size, _LARGEST_ALPHA), beta, k)


@local_response_norm.slip("The divisor is raised to the power beta.")
def beta_forgotten(input: Vector, size: int, alpha: float, k: float) -> Vector:
    return local_response_norm(input, size, alpha, 1, k)


@local_response_norm.slip("Nothing wraps around: the first and the last channel have neighbours on one side only.")
def wrapped_around(input: Vector, size: int, alpha: float, beta: float, k: float) -> Vector:
    energies = [math.fsum(input[near % len(input)] ** 2 for near in _window(i, size)) for i in range(len(input))]
    return tuple([value / (k + alpha / size * sum_) ** beta for value, sum_ in zip(input, energies, strict=True)])


@local_response_norm.slip("The channels around count as well: their squares are added to the channel's own.")
def neighbours_forgotten(input: Vector, size: int, alpha: float, beta: float, k: float) -> Vector:
    return tuple([value / (k + alpha / size * value**2) ** beta for value in input])


@local_response_norm.slip("All channels are damped, and none is set to 0.")
def strongest_only(input: Vector, size: int, alpha: float, beta: float, k: float) -> Vector:
    damped = local_response_norm(input, size, alpha, beta, k)
    return tuple([value if value == max(damped) else 0.0 for value in damped])


@local_response_norm_at.slip("PyTorch divides alpha by size; where a paper says α, give it size·α.")
def alpha_not_divided_here(input: Vector, channel: int, size: int, alpha: float, beta: float, k: float) -> float:
    return local_response_norm_at(input, channel, size, min(alpha * size, _LARGEST_ALPHA), beta, k)


@local_response_norm_at.slip("The divisor is raised to the power beta.")
def beta_forgotten_here(input: Vector, channel: int, size: int, alpha: float, k: float) -> float:
    return local_response_norm_at(input, channel, size, alpha, 1, k)


@local_response_norm_at.slip("The channel's own square counts as well as those of the channels around it.")
def own_square_left_out(input: Vector, channel: int, size: int, alpha: float, beta: float, k: float) -> float:
    around = _energy(input, channel, size) - input[channel] ** 2
    return float(input[channel] / (k + alpha / size * max(around, 0.0)) ** beta)


@local_response_norm_at.slip("The channels around count as well: their squares are added to the channel's own.")
def neighbours_forgotten_here(input: Vector, channel: int, size: int, alpha: float, beta: float, k: float) -> float:
    return float(input[channel] / (k + alpha / size * input[channel] ** 2) ** beta)


@local_response_norm_at.slip("At the edge fewer channels are in the window, but alpha is still divided by size.")
def divided_by_those_there(input: Vector, channel: int, size: int, alpha: float, beta: float, k: float) -> float:
    there = sum(0 <= near < len(input) for near in _window(channel, size))
    return float(input[channel] / (k + alpha / there * _energy(input, channel, size)) ** beta)


_LAYER_SIZES = {"features": whole(1, 3), "middle": whole(1, 3), "outputs": whole(1, 3)}
_ENTRIES = (whole(-5, 9), stepped(-2, 2, 0.25), choice(-3, -1, 0, 1, 2, 0.5, -1.25))
_WEIGHTS = [
    Domain(
        {
            "weight1": array("middle", "features", of=entries),
            "weight2": array("outputs", "middle", of=entries),
        },
        sizes=_LAYER_SIZES,
    )
    for entries in _ENTRIES
]


@reference(domain=_WEIGHTS[0] | _WEIGHTS[1] | _WEIGHTS[2])
def collapsed_weight(weight1: Rows, weight2: Rows) -> Matrix:
    """Weights of the one linear layer that does what two do, the first before the second, with nothing in between.

    weight1 (m, n), weight2 (o, m), result (o, n): without an activation, depth adds nothing. Whole numbers stay whole
    where all are.
    """
    first, second = checks.matrix("weight1", weight1), checks.matrix("weight2", weight2)
    if len(second[0]) != len(first):
        raise ValueError(
            f"weight2 must have a column for each row of weight1: {len(second[0])} columns for {len(first)} rows"
        )
    first, second = alike(first, second)
    # W_2·(W_1·x) = (W_2·W_1)·x
    return tuple([tuple([_dot(row, column) for column in zip(*first, strict=True)]) for row in second])


def _dot(one: Vector, other: Vector) -> float:
    return sum(left * right for left, right in zip(one, other, strict=True))


@collapsed_weight.slip("The first layer stands on the right: W2·W1, since it meets the input first.")
def order_reversed(weight1: Rows, weight2: Rows) -> Matrix:
    return collapsed_weight(weight2, weight1)


@collapsed_weight.slip("Layers one after the other multiply their weights; only layers side by side add them.")
def weights_added(weight1: Rows, weight2: Rows) -> Matrix:
    return _entry_by_entry(operator.add, weight1, weight2)


@collapsed_weight.slip("This is the product of matrices, rows with columns, not entry with entry.")
def multiplied_by_entry(weight1: Rows, weight2: Rows) -> Matrix:
    return _entry_by_entry(operator.mul, weight1, weight2)


@collapsed_weight.slip("Outputs are rows and inputs are columns, as in each layer: the result need not be transposed.")
def result_transposed(weight1: Rows, weight2: Rows) -> Matrix:
    return tuple(zip(*collapsed_weight(weight1, weight2), strict=True))


def _entry_by_entry(combine: Callable[[float, float], float], one: Rows, other: Rows) -> Matrix:
    if (len(one), len(one[0])) != (len(other), len(other[0])):
        raise ValueError("only matrices of one shape meet entry by entry")
    return tuple([tuple(map(combine, *rows)) for rows in zip(*alike(one, other), strict=True)])


@reference(
    domain=Domain(
        {
            "weight2": array("outputs", "middle", of=_ENTRIES[1]),
            "bias1": array("middle", of=_ENTRIES[1]),
            "bias2": array("outputs", of=_ENTRIES[1]),
        },
        sizes=_LAYER_SIZES,
    )
)
def collapsed_bias(weight2: Rows, bias1: Vector, bias2: Vector) -> Vector:
    """Bias of the one linear layer that does what two do: weight2 (o, m), bias1 (m,), bias2 (o,), result (o,)."""
    second = checks.matrix("weight2", weight2)
    first_bias, second_bias = checks.vector("bias1", bias1), checks.vector("bias2", bias2)
    if len(first_bias) != len(second[0]):
        raise ValueError(f"bias1 must have an entry for each column of weight2: {len(first_bias)} for {len(second[0])}")
    if len(second_bias) != len(second):
        raise ValueError(f"bias2 must have an entry for each row of weight2: {len(second_bias)} for {len(second)}")
    # W_2·(W_1·x + b_1) + b_2 = W_2·W_1·x + (W_2·b_1 + b_2)
    return tuple([float(_dot(row, first_bias) + offset) for row, offset in zip(second, second_bias, strict=True)])


@collapsed_bias.slip("The first bias goes through the second layer: W2·b1 + b2.")
def biases_added(bias1: Vector, bias2: Vector) -> Vector:
    if len(bias1) != len(bias2):
        raise ValueError("biases of two lengths cannot be added")
    return tuple([float(one + other) for one, other in zip(bias1, bias2, strict=True)])


@collapsed_bias.slip("The first bias does not vanish: it goes through the second layer, W2·b1.")
def second_bias_only(bias2: Vector) -> Vector:
    return tuple([float(offset) for offset in bias2])


@collapsed_bias.slip("The second bias is added at the end: W2·b1 + b2.")
def second_bias_forgotten(weight2: Rows, bias1: Vector) -> Vector:
    return collapsed_bias(weight2, bias1, (0,) * len(weight2))
