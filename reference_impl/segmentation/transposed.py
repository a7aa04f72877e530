"""Transposed convolution: every pixel of the input lays a scaled copy of the kernel down, and the copies are added up.

It has the shape of a convolution's way back, not its values; `matrices.py` says why. Whole numbers give whole numbers,
exactly. Source: `torch.nn.ConvTranspose2d`; Dumoulin and Visin, “A guide to convolution arithmetic for deep learning”
(2016).
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from reference_impl import checks
from reference_impl.arrays import Matrix, Rows, Vector, alike
from reference_impl.convolution import convolution, full_convolution, transposed_size
from reference_impl.domain import Domain, array, choice, stepped, whole
from reference_impl.reference import reference

#: Bounds: an output of at most 64 × 64, small enough to compute it pixel by pixel.
LARGEST_STEP = 8
LONGEST_SIDE = 8

_ENTRIES = (whole(-3, 6), stepped(-2, 2, 0.25), choice(-1, 0, 0.5, 2, 2.5))


def _leaves_something(length: int, taps: int, stride: int, padding: int, output_padding: int) -> bool:
    return output_padding < stride and stride * (length - 1) + taps - 2 * padding + output_padding >= 1


_SIGNALS = [
    Domain(
        {
            "signal": array("length", of=entries),
            "kernel": array("taps", of=entries),
            "stride": whole(1, 3),
            "padding": whole(0, 1),
            "output_padding": whole(0, 1),
        },
        where=lambda signal, kernel, **steps: _leaves_something(len(signal), len(kernel), **steps),
        sizes={"length": whole(1, 4), "taps": whole(1, 4)},
    )
    for entries in _ENTRIES
]


@reference(domain=_SIGNALS[0] | _SIGNALS[1] | _SIGNALS[2])
def transposed_convolution1d(
    signal: Vector, kernel: Vector, stride: int = 1, padding: int = 0, output_padding: int = 0
) -> Vector:
    """Transposed convolution of a list: s·(n − 1) + k − 2·padding + output_padding values.

    `padding` crops both ends; `output_padding`, smaller than the stride, lengthens the far end. ValueError if nothing
    is left. Source: `torch.nn.ConvTranspose1d`.
    """
    (x, taps), size = _one_row(signal, kernel, stride, padding, output_padding)
    output = [type(taps[0])(0)] * size
    for i, value in enumerate(x):
        for a, weight in enumerate(taps):
            # y[i·s + a − p] += x[i]·k[a]
            place = i * stride + a - padding
            if 0 <= place < size:
                output[place] += value * weight
    return tuple(output)


def _one_row(
    signal: Vector, kernel: Vector, stride: int, padding: int, output_padding: int
) -> tuple[tuple[Vector, Vector], int]:
    (x,), (taps,) = alike((checks.vector("signal", signal),), (checks.vector("kernel", kernel),))
    _check_steps(stride, padding, output_padding)
    return (x, taps), transposed_size(len(x), len(taps), stride, padding, output_padding)


def _check_steps(stride: int, padding: int, output_padding: int) -> None:
    checks.whole(1, LARGEST_STEP, stride=stride)
    checks.whole(0, LARGEST_STEP, padding=padding, output_padding=output_padding)


@transposed_convolution1d.slip("Where copies of the kernel overlap they are added up, not written over one another.")
def later_copies_win(signal: Vector, kernel: Vector, stride: int, padding: int, output_padding: int) -> Vector:
    (x, taps), size = _one_row(signal, kernel, stride, padding, output_padding)
    output = [type(taps[0])(0)] * size
    for i, value in enumerate(x):
        for a, weight in enumerate(taps):
            if 0 <= i * stride + a - padding < size:
                output[i * stride + a - padding] = value * weight
    return tuple(output)


@transposed_convolution1d.slip("Each copy of the kernel is laid down as it is, not backwards.")
def copies_reversed(signal: Vector, kernel: Vector, stride: int, padding: int, output_padding: int) -> Vector:
    return transposed_convolution1d(signal, kernel[::-1], stride, padding, output_padding)


@transposed_convolution1d.slip("The copies stand a stride apart, not side by side.")
def copies_side_by_side(signal: Vector, kernel: Vector) -> Vector:
    return full_convolution(signal, kernel)


@transposed_convolution1d.slip("The padding of a transposed convolution crops both ends of the output.")
def not_cropped(signal: Vector, kernel: Vector, stride: int, output_padding: int) -> Vector:
    return transposed_convolution1d(signal, kernel, stride, 0, output_padding)


_IMAGES = [
    Domain(
        {
            "image": array("height", "width", of=entries),
            "kernel": array("rows", "columns", of=entries),
            "stride": whole(1, 3),
            "padding": whole(0, 1),
            "output_padding": whole(0, 1),
        },
        where=lambda image, kernel, **steps: (
            _leaves_something(len(image), len(kernel), **steps)
            and _leaves_something(len(image[0]), len(kernel[0]), **steps)
        ),
        sizes={"height": whole(1, 3), "width": whole(1, 3), "rows": whole(1, 3), "columns": whole(1, 3)},
    )
    for entries in _ENTRIES
]


def _plane(
    image: Rows, kernel: Rows, stride: int, padding: int, output_padding: int
) -> tuple[Matrix, Matrix, tuple[int, int]]:
    pixels, taps = alike(checks.matrix("image", image), checks.matrix("kernel", kernel))
    if max(len(pixels), len(pixels[0]), len(taps), len(taps[0])) > LONGEST_SIDE:
        raise ValueError(f"image and kernel must be at most {LONGEST_SIDE}×{LONGEST_SIDE}: choose smaller ones")
    _check_steps(stride, padding, output_padding)
    height = transposed_size(len(pixels), len(taps), stride, padding, output_padding)
    width = transposed_size(len(pixels[0]), len(taps[0]), stride, padding, output_padding)
    return pixels, taps, (height, width)


@reference(domain=_IMAGES[0] | _IMAGES[1] | _IMAGES[2])
def transposed_convolution(
    image: Rows, kernel: Rows, stride: int = 1, padding: int = 0, output_padding: int = 0
) -> Matrix:
    """Transposed convolution of one channel: image (H, W), kernel (kH, kW), output (s·(H − 1) + kH − 2p + op, …).

    `padding` crops all four sides; `output_padding`, smaller than the stride, lengthens bottom and right. ValueError if
    nothing is left. Source: `torch.nn.ConvTranspose2d`.
    """
    pixels, taps, (height, width) = _plane(image, kernel, stride, padding, output_padding)
    output = [[type(taps[0][0])(0)] * width for _ in range(height)]
    for i, line in enumerate(pixels):
        for j, pixel in enumerate(line):
            for a, weights in enumerate(taps):
                for b, weight in enumerate(weights):
                    # Y[i·s + a − p, j·s + b − p] += X[i, j]·K[a, b]
                    row, column = i * stride + a - padding, j * stride + b - padding
                    if 0 <= row < height and 0 <= column < width:
                        output[row][column] += pixel * weight
    return tuple(map(tuple, output))


@transposed_convolution.slip("Each copy of the kernel is laid down as it is, not turned by 180°.")
def copies_turned(image: Rows, kernel: Rows, stride: int, padding: int, output_padding: int) -> Matrix:
    return transposed_convolution(image, _turned(kernel), stride, padding, output_padding)


@transposed_convolution.slip("“Transposed” is the matrix of the convolution, not the kernel: its rows stay rows.")
def kernel_transposed(image: Rows, kernel: Rows, stride: int, padding: int, output_padding: int) -> Matrix:
    return transposed_convolution(image, tuple(zip(*kernel, strict=True)), stride, padding, output_padding)


@transposed_convolution.slip("The padding of a transposed convolution crops all four sides of the output.")
def sides_not_cropped(image: Rows, kernel: Rows, stride: int, output_padding: int) -> Matrix:
    return transposed_convolution(image, kernel, stride, 0, output_padding)


@transposed_convolution.slip("That is a convolution, which makes the map smaller; a transposed one makes it larger.")
def way_down(image: Rows, kernel: Rows, stride: int, padding: int) -> Matrix:
    return convolution(image, kernel, stride, padding)


def _turned(kernel: Rows) -> Matrix:
    return tuple([tuple(row)[::-1] for row in tuple(kernel)[::-1]])


_PLACES = [
    Domain(
        {
            "image": array("height", "width", of=entries),
            "kernel": array("rows", "columns", of=entries),
            "row": whole(0, 6),
            "column": whole(0, 6),
            "stride": whole(1, 3),
            "padding": whole(0, 1),
        },
        where=lambda image, kernel, row, column, stride, padding: (
            row < stride * (len(image) - 1) + len(kernel) - 2 * padding
            and column < stride * (len(image[0]) - 1) + len(kernel[0]) - 2 * padding
        ),
        sizes={"height": whole(2, 3), "width": whole(2, 3), "rows": whole(1, 4), "columns": whole(1, 4)},
    )
    for entries in _ENTRIES
]


@reference(domain=_PLACES[0] | _PLACES[1] | _PLACES[2])
def transposed_convolution_at(
    image: Rows, kernel: Rows, row: int, column: int, stride: int = 1, padding: int = 0
) -> float:
    """One value of `transposed_convolution`; row and column of the output count from 0.

    A whole number for whole numbers.
    """
    pixels, taps = _one_place(image, kernel, row, column, stride, padding)
    total = type(taps[0][0])(0)
    for i, line in enumerate(pixels):
        for j, pixel in enumerate(line):
            # Σ X[i, j] · K[row + p − i·s, column + p − j·s], where the copy of pixel (i, j) reaches that far
            a, b = row + padding - i * stride, column + padding - j * stride
            if 0 <= a < len(taps) and 0 <= b < len(taps[0]):
                total += pixel * taps[a][b]
    return total


def _one_place(image: Rows, kernel: Rows, row: int, column: int, stride: int, padding: int) -> tuple[Matrix, Matrix]:
    pixels, taps, (height, width) = _plane(image, kernel, stride, padding, 0)
    checks.whole(0, row=row, column=column)
    if row >= height or column >= width:
        raise ValueError(
            f"row and column must be a place of the output, which is {height}×{width}, not ({row}, {column})"
        )
    return pixels, taps


@transposed_convolution_at.slip("Each copy of the kernel is laid down as it is, not turned by 180°.")
def copies_turned_here(image: Rows, kernel: Rows, row: int, column: int, stride: int, padding: int) -> float:
    return transposed_convolution_at(image, _turned(kernel), row, column, stride, padding)


@transposed_convolution_at.slip("Where copies of the kernel overlap they are added up; the last one is not all.")
def last_copy_only(image: Rows, kernel: Rows, row: int, column: int, stride: int, padding: int) -> float:
    pixels, taps = _one_place(image, kernel, row, column, stride, padding)
    found = type(taps[0][0])(0)
    for i, line in enumerate(pixels):
        for j, pixel in enumerate(line):
            a, b = row + padding - i * stride, column + padding - j * stride
            if 0 <= a < len(taps) and 0 <= b < len(taps[0]):
                found = pixel * taps[a][b]
    return found


@transposed_convolution_at.slip("The padding crops the output: its row 0 is row “padding” of what the copies give.")
def crop_forgotten(image: Rows, kernel: Rows, row: int, column: int, stride: int) -> float:
    return transposed_convolution_at(image, kernel, row, column, stride, 0)


@transposed_convolution_at.slip("The row is counted downwards, the column to the right.")
def row_and_column_swapped(image: Rows, kernel: Rows, row: int, column: int, stride: int, padding: int) -> float:
    return transposed_convolution_at(image, kernel, column, row, stride, padding)
