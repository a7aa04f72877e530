"""Around the plain recurrent cell: its one-matrix form, and the output layer that reads its state.

    h' = tanh(W·[h; x] + b)    y = W·h + b

[h; x] is the hidden state with the input below it. Source: `torch.nn.RNNCell`, `torch.nn.Linear`.
"""

# ruff: noqa: A002 - `input` is PyTorch's name
# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reference_impl import checks
from reference_impl.arrays import Numbers, Rows, Vector, Weights, np, numbers, product, tanh
from reference_impl.domain import Domain, array, whole
from reference_impl.recurrent.rnn import ENTRIES, SIZES
from reference_impl.reference import reference

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reference_impl.arrays import Operand


def _joined(input: Vector, hidden: Vector, weight: Rows, bias: Vector) -> tuple[NDArray[np.float64], ...]:
    """Input (n,), hidden (H,), weight (H, H + n) and bias (H,)."""
    x, h = checks.floats("input", input, 1), checks.floats("hidden", hidden, 1)
    w, b = checks.floats("weight", weight, 2, 2 * checks.LONGEST), checks.floats("bias", bias, 1)
    _check_size("weight", w, (len(h), len(h) + len(x)), "a row for each hidden unit, a column for each of [h; x]")
    _check_size("bias", b, (len(h),), "one for each hidden unit")
    return x, h, w, b


def _check_size(name: str, found: NDArray[np.float64], wanted: tuple[int, ...], rule: str) -> None:
    if found.shape != wanted:
        by, instead = "×".join(map(str, wanted)), "×".join(map(str, found.shape))
        raise ValueError(f"{name} must be {by}, {rule}, not {instead}")


def _fits_together(**arguments: Any) -> bool:
    return len(arguments["weight"][0]) == len(arguments["hidden"]) + len(arguments["input"])


@reference(
    domain=Domain(
        {
            "input": array("features", of=ENTRIES),
            "hidden": array("units", of=ENTRIES),
            "weight": array("units", "both", of=ENTRIES),
            "bias": array("units", of=ENTRIES),
        },
        sizes={**SIZES, "both": whole(2, 6)},
        where=_fits_together,
    )
)
def rnn_step_joined(input: Vector, hidden: Vector, weight: Rows, bias: Vector) -> Vector:
    """New hidden state (H,) of a plain recurrent cell whose two matrices are joined to one, (H, H + n).

    Its first H columns multiply the old hidden state, the other n the input: it equals `rnn_step` with these parts.
    """
    x, h, w, b = _joined(input, hidden, weight, bias)
    # h_t = tanh(W·[h_{t−1}; x_t] + b)
    return tuple(np.tanh(w @ np.concatenate([h, x]) + b).tolist())


@rnn_step_joined.slip("The hidden state stands above the input, so the first columns are those of the hidden state.")
def input_on_top(input: Vector, hidden: Vector, weight: Rows, bias: Vector) -> Vector:
    x, h, w, b = _joined(input, hidden, weight, bias)
    return tuple(np.tanh(w @ np.concatenate([x, h]) + b).tolist())


@rnn_step_joined.slip("The sum still goes through tanh.")
def joined_without_tanh(input: Vector, hidden: Vector, weight: Rows, bias: Vector) -> Vector:
    x, h, w, b = _joined(input, hidden, weight, bias)
    return tuple((w @ np.concatenate([h, x]) + b).tolist())


@rnn_step_joined.slip("The columns behind the first H belong to the input: it is read, too.")
def input_left_out(input: Vector, hidden: Vector, weight: Rows, bias: Vector) -> Vector:
    return rnn_step_joined((0.0,) * len(input), hidden, weight, bias)


@reference(
    domain=Domain(dict.fromkeys(("hidden", "weight", "bias"), ENTRIES))
    | Domain(
        {
            "hidden": array("units", of=ENTRIES),
            "weight": array("outputs", "units", of=ENTRIES),
            "bias": array("outputs", of=ENTRIES),
        },
        sizes={**SIZES, "outputs": whole(1, 4)},
    )
)
def rnn_output(hidden: Numbers, weight: Weights, bias: Numbers) -> Numbers:
    """Output of a recurrent network at one step: a dense layer that reads the hidden state.

    Numbers, or hidden (H,), weight (V, H) and bias (V,), which give (V,). For a class or a character these are scores:
    softmax turns them into probabilities.
    """
    h, w, b = _dense(hidden, weight, bias)
    # y_t = W·h_t + b
    return numbers(product(w, h) + b)


def _dense(hidden: Numbers, weight: Weights, bias: Numbers) -> Sequence[Operand]:
    """Hidden state, weight and bias: numbers, if the hidden state is one."""
    if type(hidden) in {int, float}:
        checks.number(hidden=hidden, weight=weight, bias=bias)
        return [float(value) for value in (hidden, weight, bias)]  # type: ignore[arg-type]  # numbers, as just checked
    h, w, b = checks.floats("hidden", hidden, 1), checks.floats("weight", weight, 2), checks.floats("bias", bias, 1)
    _check_size("weight", w, (len(b), len(h)), "a row for each entry of bias, a column for each hidden unit")
    return h, w, b


@rnn_output.slip("The output layer is linear: tanh has made the hidden state, and is not taken again.")
def squashed_again(hidden: Numbers, weight: Weights, bias: Numbers) -> Numbers:
    h, w, b = _dense(hidden, weight, bias)
    return numbers(tanh(product(w, h) + b))


@rnn_output.slip("The bias is added, too.")
def output_without_bias(hidden: Numbers, weight: Weights, bias: Numbers) -> Numbers:
    h, w, _ = _dense(hidden, weight, bias)
    return numbers(product(w, h))


@rnn_output.slip("The bias is added to the weighted sum, not multiplied with it.")
def bias_multiplied(hidden: Numbers, weight: Weights, bias: Numbers) -> Numbers:
    h, w, b = _dense(hidden, weight, bias)
    return numbers(product(w, h) * b)
