"""A plain recurrent network written out along time: what the way forwards leaves for the way back.

    h_t = φ(W_ih·x_t + W_hh·h_{t−1} + b),   t = 1 … T

Arguments are numbers (one feature, one unit) or arrays: inputs (T, n), hidden (H,), which is h_0, weight_ih (H, n),
weight_hh (H, H), bias (H,). φ is what PyTorch calls the nonlinearity.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from reference_impl import checks
from reference_impl.arrays import Numbers, Rows, Vector, Weights, np, product, sigmoid, tanh
from reference_impl.domain import Array, Axis, Domain, Either, array, stepped, whole

if TYPE_CHECKING:
    from reference_impl.arrays import Operand

#: Most steps, most units or features, and the largest weight: together they keep every product within a float's range.
MOST_STEPS = 32
MOST_UNITS = 16
LARGEST_WEIGHT = 100

ENTRIES = stepped(-1.5, 1.5, 0.25)


def _relu(z: Operand) -> Operand:
    return max(z, 0.0) if isinstance(z, float) else np.maximum(z, 0.0)


def _above_zero(h: Operand) -> Operand:
    return float(h > 0) if isinstance(h, float) else np.heaviside(h, 0.0)


#: Each nonlinearity, and its slope as told from its value. At 0 the slope of ReLU is taken as 0, as in PyTorch.
NONLINEARITIES: dict[str, tuple[Callable[[Operand], Operand], Callable[[Operand], Operand]]] = {
    # tanh′ = 1 − h²
    "tanh": (tanh, lambda h: 1 - h * h),
    # ReLU′ = 1 for h > 0, else 0
    "relu": (_relu, _above_zero),
    # σ′ = h·(1 − h)
    "sigmoid": (sigmoid, lambda h: h * (1 - h)),
}


class Unrolled(NamedTuple):
    """What the way forwards leaves: x_1 … x_T, h_0 … h_T, φ′ at the steps 1 … T, and the weights."""

    inputs: list[Operand]
    states: list[Operand]
    slopes: list[Operand]
    weight_ih: Operand
    weight_hh: Operand

    @property
    def steps(self) -> int:
        """T."""
        return len(self.inputs)


def unroll(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    nonlinearity: str = "tanh",
) -> Unrolled:
    """The way forwards through all steps. ValueError for arguments that do not fit together."""
    checks.one_of(tuple(NONLINEARITIES), nonlinearity=nonlinearity)
    steps = checks.steps("inputs", inputs, MOST_STEPS)
    _, h, w, u, b = checks.layer(
        1, steps[0], hidden, weight_ih, weight_hh, bias=bias, input_name="every step of inputs"
    )
    _bounded(weight_ih=w, weight_hh=u)
    activation, slope = NONLINEARITIES[nonlinearity]
    run = Unrolled([], [h], [], w, u)
    for step in steps:
        checks.same_length(**{"the first step of inputs": steps[0], "every step of inputs": step})
        x = checks.operand("every step of inputs", step)
        # h_t = φ(W_ih·x_t + W_hh·h_{t−1} + b)
        h = activation(product(w, x) + product(u, h) + b)
        run.inputs.append(x)
        run.states.append(h)
        run.slopes.append(slope(h))
    return run


def _bounded(**weights: Operand) -> None:
    for name, weight in weights.items():
        if isinstance(weight, float):
            checks.number(-LARGEST_WEIGHT, LARGEST_WEIGHT, **{name: weight})
        elif max(weight.shape) > MOST_UNITS:
            raise ValueError(f"{name} must have at most {MOST_UNITS} rows and columns, not {max(weight.shape)}")
        elif np.abs(weight).max() > LARGEST_WEIGHT:
            raise ValueError(f"every entry of {name} must be a number from −{LARGEST_WEIGHT} to {LARGEST_WEIGHT}")


def check_step(run: Unrolled, step: int, first: int) -> None:
    """The step is one of the network's. ValueError if not."""
    checks.whole(first, step=step)
    if step > run.steps:
        raise ValueError(f"step must be at most the number of inputs, {run.steps}, not {step}")


def outer(column: Operand, row: Operand) -> Operand:
    """The matrix of all products of an entry of one with an entry of the other; of numbers their product."""
    if isinstance(column, float) or isinstance(row, float):
        return column * row
    found: Operand = np.outer(column, row)
    return found


def transposed(weight: Operand) -> Operand:
    """Wᵀ; a number is its own."""
    return weight if isinstance(weight, float) else weight.T


def networks(where: Callable[..., bool] | None = None, targets: bool = False, **others: Axis) -> Either:  # noqa: FBT001, FBT002 - one of two domains
    """Small networks of numbers, and of vectors, with a target if asked for, and with other arguments behind."""
    numbers: dict[str, Axis | Array] = {
        "inputs": array("steps", of=ENTRIES),
        **dict.fromkeys(("hidden", "weight_ih", "weight_hh", "bias"), ENTRIES),
    }
    vectors: dict[str, Axis | Array] = {
        "inputs": array("steps", "features", of=ENTRIES),
        "hidden": array("units", of=ENTRIES),
        "weight_ih": array("units", "features", of=ENTRIES),
        "weight_hh": array("units", "units", of=ENTRIES),
        "bias": array("units", of=ENTRIES),
    }
    if targets:
        numbers["target"] = ENTRIES
        vectors["target"] = array("units", of=ENTRIES)
    sizes = {"units": whole(2, 3), "features": whole(1, 2), "steps": whole(1, 4)}
    return Either(
        tuple(
            [Domain({**axes, **others}, where=where or (lambda **_: True), sizes=sizes) for axes in (numbers, vectors)]
        )
    )


def ones(run: Unrolled) -> Sequence[Any]:
    """A slope of 1 at every step."""
    return [1.0] * run.steps
