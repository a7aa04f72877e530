"""How fast the powers of a matrix grow, in whole numbers: the largest magnitude of its eigenvalues, without solving."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

#: The matrix is squared so often: its power is 2^45, of which a root leaves no trace of anything but growth.
_SQUARINGS = 45
#: Entries are whole multiples of 2^−_POINT at first, and cut to so many bits after each squaring.
_POINT = 200
_BITS = 160


def growth_rate(matrix: Sequence[Sequence[float]]) -> float:
    """The limit of ‖M^k‖^(1/k), by squaring again and again (Gelfand's formula)."""
    rows = [[round(Fraction(entry) * 2**_POINT) for entry in row] for row in matrix]
    point, power = _POINT, 1  # the matrix's power is rows · 2^−point
    for _ in range(_SQUARINGS):
        columns = list(zip(*rows, strict=True))
        rows = [[sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in rows]
        point, power = 2 * point, 2 * power
        surplus = max(abs(entry) for row in rows for entry in row).bit_length() - _BITS
        if surplus == -_BITS:
            return 0.0  # all entries are 0
        if surplus > 0:
            rows = [[entry >> surplus for entry in row] for row in rows]
            point -= surplus
    # ‖M^power‖ is about 2^(_BITS − point)
    return float(2.0 ** float(Fraction(_BITS - point, power)))
