"""Brute force for values: every pixel is multiplied with every weight, and each product is added where it belongs."""

# ruff: noqa: FBT001, FBT002 - `count_include_pad` is a boolean, as in PyTorch

from __future__ import annotations

import math
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


def _windows(image: Rows, kernel_size: int, stride: int | None, padding: int) -> list[list[list[float]]]:
    """Hands every pixel to each of the windows that cover it."""
    step, zero = stride or kernel_size, _zero(*image)
    tops = places(len(image), kernel_size, step, padding)
    lefts = places(len(image[0]), kernel_size, step, padding)
    seen: list[list[list[float]]] = [[[] for _ in lefts] for _ in tops]
    for y, line in enumerate(image):
        for x, pixel in enumerate(line):
            for i, top in enumerate(tops):
                for j, left in enumerate(lefts):
                    if top <= y < top + kernel_size and left <= x < left + kernel_size:
                        seen[i][j].append(zero + pixel)
    return seen


@ref.max_pool.witness("brute force")
def last_of_the_sorted(image: Rows, kernel_size: int, stride: int | None = None, padding: int = 0) -> Matrix:
    """Sorts what each window covers and takes the last."""
    return tuple([tuple([sorted(seen)[-1] for seen in row]) for row in _windows(image, kernel_size, stride, padding)])


@ref.average_pool.witness("brute force")
def means_of_the_listed(
    image: Rows, kernel_size: int, stride: int | None = None, padding: int = 0, count_include_pad: bool = True
) -> Matrix:
    """Lists what each window covers, with its zeros or without, and takes the mean."""
    means: list[list[float]] = []
    for row in _windows(image, kernel_size, stride, padding):
        means.append([])
        for seen in row:
            while count_include_pad and len(seen) < kernel_size * kernel_size:
                seen.append(0)
            means[-1].append(math.fsum(seen) / len(seen))
    return tuple(map(tuple, means))


@ref.filtered.witness("brute force")
def filter_in_words(image: Rows, name: str) -> Matrix:
    """What each filter is made for, as sums of differences between a pixel and its neighbours."""

    def value(y: int, x: int) -> float:
        pixel = image[y][x]
        beside = [image[y - 1][x], image[y + 1][x], image[y][x - 1], image[y][x + 1]]
        corners = [image[y - 1][x - 1], image[y - 1][x + 1], image[y + 1][x - 1], image[y + 1][x + 1]]
        match name:
            case "blur":
                return math.fsum([pixel, *beside, *corners]) / 9
            case "sharpen":  # the pixel, and how much it exceeds those beside it
                return pixel + sum(pixel - other for other in beside)
            case "outline":  # how much the pixel exceeds all that surround it
                return sum(pixel - other for other in beside + corners)
            case "emboss":  # the pixel, and the rise towards the lower right
                return pixel + beside[1] - beside[0] + beside[3] - beside[2] + 2 * (corners[3] - corners[0])
            case "horizontal edges":  # the rise from the row above to the row below, the middle twice
                rises = [below - above for above, below in zip(image[y - 1], image[y + 1], strict=True)]
            case _:  # the rise from the column on the left to the column on the right
                rises = [line[x + 1] - line[x - 1] for line in image]
        middle = x if name == "horizontal edges" else y
        return rises[middle - 1] + 2 * rises[middle] + rises[middle + 1]

    return tuple([tuple([float(value(y, x)) for x in range(1, len(image[0]) - 1)]) for y in range(1, len(image) - 1)])
