"""Numbers and arrays: their types, numpy loaded when it is first used, and `plain`, which turns results into tuples.

What an argument must be is said in `checks.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

__all__ = [
    "Matrix",
    "Numbers",
    "Operand",
    "Rows",
    "Shape",
    "Vector",
    "Weights",
    "alike",
    "each",
    "logistic",
    "np",
    "numbers",
    "plain",
    "product",
    "sigmoid",
    "tanh",
    "weighted",
]

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    #: One number, or an array that is computed with as a whole.
    Operand = float | NDArray[np.float64]
else:

    class _Numpy:
        """Stands for numpy until one of its names is asked for: the import takes 100 ms that few cards need."""

        def __getattr__(self, name: str) -> Any:
            import numpy

            vars(self)[name] = found = getattr(numpy, name)
            return found

    np = _Numpy()

#: What references give: a shape is sizes along axes, a vector is numbers, a matrix is its rows.
Shape = tuple[int, ...]
Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]
#: What references take where one number and a whole vector are both meant, element by element.
Numbers = float | Sequence[float]
#: What references take for a matrix: its rows. And where one weight and a whole matrix are both meant:
Rows = Sequence[Sequence[float]]
Weights = float | Rows

#: About the last power of e that a float holds, and its inverse as good as 0.
LARGEST_EXPONENT = 700

#: The types that a result is made of.
_PLAIN = frozenset((int, float, str, bool))


def plain(value: Any) -> Any:
    """The value as Python's own int, float, bool, str or nested tuples, from numpy's or PyTorch's.

    Raises TypeError for anything that is not made of these.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, (tuple, list)):  # a named tuple and torch.Size, too
        return tuple([plain(item) for item in value])
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    raise TypeError(f"neither a number, an array nor a text: {value!r}")


def alike(*matrices: Rows) -> tuple[Matrix, ...]:
    """The matrices as they are if all entries are whole, else with all entries as floats: one kind goes in and out."""
    if all(type(entry) is int for rows in matrices for row in rows for entry in row):
        return tuple([tuple(map(tuple, rows)) for rows in matrices])
    return tuple([tuple([tuple([float(entry) for entry in row]) for row in rows]) for rows in matrices])


def each(function: Callable[..., float], *values: Numbers) -> Numbers:
    """The function of some numbers, or, of vectors, of their first entries, their second entries, and so on."""
    if isinstance(values[0], (int, float)):
        return float(function(*values))
    rows: Any = values
    return tuple([float(function(*entries)) for entries in zip(*rows, strict=True)])


def weighted(weights: Weights, values: Numbers) -> Numbers:
    """W·x without numpy, for the few units of a cell: rows times a vector, or a number times a number."""
    if isinstance(weights, (int, float)):
        return weights * cast("float", values)
    entries = cast("Sequence[float]", values)
    # fsum, since the rounding of sum() is another from Python 3.12 on
    return tuple([math.fsum([weight * value for weight, value in zip(row, entries, strict=True)]) for row in weights])


def numbers(operand: Operand) -> Numbers:
    """`plain`, for what a computation on numbers or vectors gave."""
    return operand if isinstance(operand, float) else tuple(operand.tolist())


def logistic(z: float) -> float:
    """σ(z) = 1 / (1 + e^−z) of one number, without overflow for any z."""
    # of e^−z and e^z the one that is at most 1; below zero σ(z) = e^z / (1 + e^z)
    small = math.exp(-abs(z))
    return (1 if z >= 0 else small) / (1 + small)


def sigmoid(z: Operand) -> Operand:
    """σ(z) = 1 / (1 + e^−z), element by element, without overflow for any z."""
    if isinstance(z, float):
        return logistic(z)
    found: Operand = np.reciprocal(1 + np.exp(np.minimum(-z, LARGEST_EXPONENT)))
    return found


def tanh(z: Operand) -> Operand:
    """Hyperbolic tangent, element by element."""
    if isinstance(z, float):
        return math.tanh(z)
    found: Operand = np.tanh(z)
    return found


def product(weight: Operand, value: Operand) -> Operand:
    """W·x: a matrix times a vector, or a number times a number."""
    if isinstance(weight, float):
        return weight * value
    found: Operand = weight @ cast("NDArray[np.float64]", value)
    return found
