"""Values: what a layer computes when its kernel is laid on an image, and what the mathematical convolution is.

A deep-learning layer computes a cross-correlation: its kernel is not turned. Whole numbers give whole numbers, exactly.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from reference_impl import checks
from reference_impl.arrays import Matrix, Rows, Vector, alike
from reference_impl.domain import Domain, Either, array, choice, stepped, whole
from reference_impl.reference import reference

#: Most multiplications that one call may ask for.
MOST_WORK = 200_000
LARGEST_STEP = 64

#: Whole numbers and floats beside each other, as they are written by hand.
MIXED = choice(-3, -1, -0.5, 0, 1, 1.25, 2, 2.5)

#: Entries of image and kernel: both whole, both floats, one of each, or both mixed.
_ENTRIES = (
    (whole(-5, 9), whole(-5, 9)),
    (stepped(-2, 2, 0.25), stepped(-2, 2, 0.25)),
    (stepped(-2, 2, 0.25), whole(-5, 9)),
    (MIXED, MIXED),
)


def _layer(image: Rows, kernel: Rows, padding: int) -> tuple[Matrix, Matrix]:
    """The image with its border of zeros, and the kernel."""
    image, kernel = alike(checks.matrix("image", image), checks.matrix("kernel", kernel))
    checks.whole(0, LARGEST_STEP, padding=padding)
    width = len(image[0]) + 2 * padding
    if len(kernel) > len(image) + 2 * padding or len(kernel[0]) > width:
        raise ValueError(
            f"kernel must fit into the padded image: {len(kernel)}×{len(kernel[0])} "
            f"in {len(image) + 2 * padding}×{width}"
        )
    if (len(image) + 2 * padding) * width * len(kernel) * len(kernel[0]) > MOST_WORK:
        raise ValueError(f"kernel and image must need at most {MOST_WORK:,} multiplications: choose smaller ones")
    zero = type(kernel[0][0])(0)
    side = (zero,) * padding
    above = ((zero,) * width,) * padding
    return (*above, *[(*side, *row, *side) for row in image], *above), kernel


def _weighted_sum(padded: Matrix, kernel: Matrix, top: int, left: int) -> float:
    """Σ_a Σ_b X[top + a, left + b] · K[a, b], the window at one place."""
    total: float = 0
    for offset, weights in enumerate(kernel):
        row = padded[top + offset]
        for place, weight in enumerate(weights, left):
            total += row[place] * weight
    return total


def _turned(kernel: Matrix) -> Matrix:
    """The kernel turned by 180°."""
    return tuple([row[::-1] for row in kernel[::-1]])


def _transposed(kernel: Rows) -> Matrix:
    """The kernel with rows and columns swapped."""
    return tuple(zip(*kernel, strict=True))


_SIZES = {"height": whole(1, 6), "width": whole(1, 6), "rows": whole(1, 3), "columns": whole(1, 3)}
_LAYERS = Either(
    tuple(
        [
            Domain(
                {
                    "image": array("height", "width", of=pixels),
                    "kernel": array("rows", "columns", of=weights),
                    "stride": whole(1, 3),
                    "padding": whole(0, 2),
                },
                where=lambda image, kernel, padding, **_: (
                    len(kernel) <= len(image) + 2 * padding and len(kernel[0]) <= len(image[0]) + 2 * padding
                ),
                sizes=_SIZES,
            )
            for pixels, weights in _ENTRIES
        ]
    )
)


@reference(domain=_LAYERS)
def cross_correlation(image: Rows, kernel: Rows, stride: int = 1, padding: int = 0) -> Matrix:
    """The kernel, as it is, laid on every place of the image: what a convolution layer computes for one channel.

    image (H, W), kernel (kH, kW), output (⌊(H + 2p − kH) / s⌋ + 1, the same for W). Source: `torch.nn.Conv2d`.
    """
    checks.whole(1, LARGEST_STEP, stride=stride)
    padded, taps = _layer(image, kernel, padding)
    # Y[i, j] = Σ_a Σ_b X[i·s + a, j·s + b] · K[a, b]
    return tuple(
        [
            tuple([_weighted_sum(padded, taps, i, j) for j in range(0, len(padded[0]) - len(taps[0]) + 1, stride)])
            for i in range(0, len(padded) - len(taps) + 1, stride)
        ]
    )


@reference(domain=_LAYERS)
def convolution(image: Rows, kernel: Rows, stride: int = 1, padding: int = 0) -> Matrix:
    """Convolution in the strict sense: the kernel is turned by 180°, then laid on every place of the image.

    image (H, W), kernel (kH, kW), output (⌊(H + 2p − kH) / s⌋ + 1, the same for W).
    """
    # (X ∗ K)[i, j] = Σ_a Σ_b X[i·s + a, j·s + b] · K[kH − 1 − a, kW − 1 − b]
    return cross_correlation(image, _turned(checks.matrix("kernel", kernel)), stride, padding)


@cross_correlation.slip("A layer lays its kernel on as it is; turning it by 180° makes it a strict convolution.")
def kernel_turned(image: Rows, kernel: Rows, stride: int, padding: int) -> Matrix:
    return convolution(image, kernel, stride, padding)


@cross_correlation.slip("The kernel is laid on row by row: do not swap its rows and columns.")
def kernel_transposed(image: Rows, kernel: Rows, stride: int, padding: int) -> Matrix:
    return cross_correlation(image, _transposed(kernel), stride, padding)


@convolution.slip("In the strict sense the kernel is turned by 180° before it is laid on.")
def kernel_not_turned(image: Rows, kernel: Rows, stride: int, padding: int) -> Matrix:
    return cross_correlation(image, kernel, stride, padding)


@convolution.slip("Turning by 180° mirrors rows and columns both; the kernel was mirrored in one direction only.")
def mirrored_once(image: Rows, kernel: Rows, stride: int, padding: int) -> Matrix:
    return cross_correlation(image, tuple([row[::-1] for row in kernel]), stride, padding)


@convolution.slip("Turning by 180° is not transposing: read the kernel backwards, entry by entry.")
def transposed_not_turned(image: Rows, kernel: Rows, stride: int, padding: int) -> Matrix:
    return cross_correlation(image, _transposed(kernel), stride, padding)


def _one_place(image: Rows, kernel: Rows, row: int, column: int) -> tuple[Matrix, Matrix]:
    pixels, taps = _layer(image, kernel, 0)
    checks.whole(0, row=row, column=column)
    if row > len(pixels) - len(taps) or column > len(pixels[0]) - len(taps[0]):
        raise ValueError(
            f"row and column must be a place of the output, which is {len(pixels) - len(taps) + 1}×"
            f"{len(pixels[0]) - len(taps[0]) + 1}, not ({row}, {column})"
        )
    return pixels, taps


_PLACES = Either(
    tuple(
        [
            Domain(
                {
                    "image": array("height", "width", of=pixels),
                    "kernel": array("rows", "columns", of=weights),
                    "row": whole(0, 4),
                    "column": whole(0, 4),
                },
                where=lambda image, kernel, row, column: (
                    row <= len(image) - len(kernel) and column <= len(image[0]) - len(kernel[0])
                ),
                sizes=_SIZES,
            )
            for pixels, weights in _ENTRIES
        ]
    )
)


@reference(domain=_PLACES)
def cross_correlation_at(image: Rows, kernel: Rows, row: int, column: int) -> float:
    """One value of `cross_correlation` at stride 1 without padding; row and column of the output count from 0.

    A whole number for whole numbers.
    """
    pixels, taps = _one_place(image, kernel, row, column)
    return _weighted_sum(pixels, taps, row, column)


@reference(domain=_PLACES)
def convolution_at(image: Rows, kernel: Rows, row: int, column: int) -> float:
    """One value of `convolution` (kernel turned by 180°) at stride 1 without padding; row and column count from 0.

    A whole number for whole numbers.
    """
    pixels, taps = _one_place(image, kernel, row, column)
    return _weighted_sum(pixels, _turned(taps), row, column)


@cross_correlation_at.slip("A layer lays its kernel on as it is; turning it by 180° makes it a strict convolution.")
def kernel_turned_here(image: Rows, kernel: Rows, row: int, column: int) -> float:
    return convolution_at(image, kernel, row, column)


@cross_correlation_at.slip("The row is counted downwards, the column to the right.")
def row_and_column_swapped(image: Rows, kernel: Rows, row: int, column: int) -> float:
    return cross_correlation_at(image, kernel, column, row)


@cross_correlation_at.slip("The kernel is laid on row by row: do not swap its rows and columns.")
def kernel_transposed_here(image: Rows, kernel: Rows, row: int, column: int) -> float:
    return cross_correlation_at(image, _transposed(kernel), row, column)


@convolution_at.slip("In the strict sense the kernel is turned by 180° before it is laid on.")
def kernel_not_turned_here(image: Rows, kernel: Rows, row: int, column: int) -> float:
    return cross_correlation_at(image, kernel, row, column)


@convolution_at.slip("Turning by 180° is not transposing: read the kernel backwards, entry by entry.")
def transposed_not_turned_here(image: Rows, kernel: Rows, row: int, column: int) -> float:
    return cross_correlation_at(image, _transposed(kernel), row, column)


@convolution_at.slip("The row is counted downwards, the column to the right.")
def row_and_column_swapped_here(image: Rows, kernel: Rows, row: int, column: int) -> float:
    return convolution_at(image, kernel, column, row)


_SIGNALS = Either(
    tuple(
        [
            Domain(
                {"signal": array("length", of=entries), "kernel": array("taps", of=weights)},
                sizes={"length": whole(1, 7), "taps": whole(1, 4)},
            )
            for entries, weights in _ENTRIES
        ]
    )
)


@reference(domain=_SIGNALS)
def full_convolution(signal: Vector, kernel: Vector) -> Vector:
    """Convolution of two lists in the strict sense, every overlap included: as long as both together, less one."""
    f, g = checks.vector("signal", signal), checks.vector("kernel", kernel)
    # (f ∗ g)[n] = Σ_m f[m] · g[n − m]
    values = [
        sum(f[m] * g[n - m] for m in range(max(0, n - len(g) + 1), min(n, len(f) - 1) + 1))
        for n in range(len(f) + len(g) - 1)
    ]
    # a float on either side makes a float of some value, and so of all
    ((found,),) = alike((values,))
    return found


@full_convolution.slip("In the strict sense the kernel is reversed; it was slid along as it is.")
def kernel_not_reversed(signal: Vector, kernel: Vector) -> Vector:
    return full_convolution(signal, tuple(kernel)[::-1])


@full_convolution.slip("“Full” counts every overlap, also that of a single entry at either end.")
def whole_overlaps_only(signal: Vector, kernel: Vector) -> Vector:
    short = min(len(signal), len(kernel))
    return full_convolution(signal, kernel)[short - 1 : len(signal) + len(kernel) - short]


@full_convolution.slip("The output is longer than the signal: the last overlaps count, too.")
def cut_to_the_signal(signal: Vector, kernel: Vector) -> Vector:
    return full_convolution(signal, kernel)[: len(signal)]
