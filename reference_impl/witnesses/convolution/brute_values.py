"""Brute force for values: every pixel is multiplied with every weight, and each product is added where it belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from reference_impl import convolution as ref
from reference_impl.arrays import Matrix, Rows, Vector
from reference_impl.witnesses.convolution.brute_sizes import places


def _zero(*lists: Sequence[float]) -> float:
    """0, or 0.0 where any entry is a float."""
    return 0 * sum(sum(entries) for entries in lists)


@ref.cross_correlation.witness("brute force")
def hand_out_products(image: Rows, kernel: Rows, stride: int = 1, padding: int = 0) -> Matrix:
    """Goes through the pixels and gives each product to the output whose window has that weight on that pixel."""
    rows = {place: number for number, place in enumerate(places(len(image), len(kernel), stride, padding))}
    columns = {place: number for number, place in enumerate(places(len(image[0]), len(kernel[0]), stride, padding))}
    output = [[_zero(*image, *kernel)] * len(columns) for _ in rows]
    for y, line in enumerate(image):
        for x, pixel in enumerate(line):
            for a, weights in enumerate(kernel):
                for b, weight in enumerate(weights):
                    if y - a in rows and x - b in columns:
                        output[rows[y - a]][columns[x - b]] += pixel * weight
    return tuple([tuple(line) for line in output])


@ref.cross_correlation_at.witness("brute force")
def one_of_the_map(image: Rows, kernel: Rows, row: int, column: int) -> float:
    """Makes the whole output and reads off the value."""
    return hand_out_products(image, kernel)[row][column]


@ref.convolution.witness("brute force")
def overlay_kernels(image: Rows, kernel: Rows, stride: int = 1, padding: int = 0) -> Matrix:
    """Lays a copy of the kernel, scaled by the pixel, on every pixel, adds up, and keeps what whole windows gave.

    The definition (X ∗ K)[n] = Σ X[m] · K[n − m]: the product of pixel m with weight k belongs to n = m + k.
    """
    zero = _zero(*image, *kernel)
    sums: dict[tuple[int, int], float] = defaultdict(lambda: zero)
    for y, line in enumerate(image):
        for x, pixel in enumerate(line):
            for a, weights in enumerate(kernel):
                for b, weight in enumerate(weights):
                    sums[y + a, x + b] += pixel * weight
    rows = [top + len(kernel) - 1 for top in places(len(image), len(kernel), stride, padding)]
    columns = [left + len(kernel[0]) - 1 for left in places(len(image[0]), len(kernel[0]), stride, padding)]
    return tuple([tuple([sums[row, column] for column in columns]) for row in rows])


@ref.convolution_at.witness("brute force")
def one_of_the_overlay(image: Rows, kernel: Rows, row: int, column: int) -> float:
    """Makes the whole output and reads off the value."""
    return overlay_kernels(image, kernel)[row][column]


@ref.full_convolution.witness("brute force")
def multiply_polynomials(signal: Vector, kernel: Vector) -> Vector:
    """Reads both lists as polynomials and multiplies them out: powers add, coefficients multiply."""
    zero = _zero(signal, kernel)
    coefficients: dict[int, float] = defaultdict(lambda: zero)
    for power, coefficient in enumerate(signal):
        for other_power, other in enumerate(kernel):
            coefficients[power + other_power] += coefficient * other
    return tuple([coefficients[power] for power in sorted(coefficients)])
