"""Convolution as a matrix: every output is a weighted sum of the inputs, so there is a matrix that does the same.

The transposed convolution is its transpose: the shapes go back, the values do not, since most of the input is lost.
Source: Dumoulin and Visin, “A guide to convolution arithmetic for deep learning” (2016), section 4.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from reference_impl import checks
from reference_impl.arrays import Matrix, Shape, Vector, alike
from reference_impl.convolution import output_size, transposed_size
from reference_impl.domain import Domain, array, choice, stepped, whole
from reference_impl.reference import reference

#: Bounds: matrices that a witness builds and reduces within milliseconds.
LARGEST_ROW = 32
LARGEST_IMAGE = 12
LARGEST_STEP = 8

_ENTRIES = (whole(-3, 6), stepped(-2, 2, 0.25), choice(-1, 0, 0.5, 2, 2.5))


def _check_row(kernel: Vector, input_size: int, stride: int, padding: int) -> Vector:
    """The kernel, all of one kind."""
    taps = checks.vector("kernel", kernel, LARGEST_ROW)
    checks.whole(1, LARGEST_ROW, input_size=input_size)
    checks.whole(1, LARGEST_STEP, stride=stride)
    checks.whole(0, LARGEST_STEP, padding=padding)
    ((taps,),) = alike((taps,))
    return taps


def _entries(taps: Vector, rows: int, columns: int, stride: int, padding: int) -> Matrix:
    """M[i, j] = k[j − i·s + p], and 0 where the kernel does not reach."""
    zero = type(taps[0])(0)
    return tuple(
        [
            tuple(
                [
                    taps[j - i * stride + padding] if 0 <= j - i * stride + padding < len(taps) else zero
                    for j in range(columns)
                ]
            )
            for i in range(rows)
        ]
    )


@reference(
    domain=Domain(
        {
            "kernel": array("taps", of=_ENTRIES[0]),
            "input_size": whole(1, 7),
            "stride": whole(1, 3),
            "padding": whole(0, 2),
        },
        where=lambda kernel, input_size, padding, **_: len(kernel) <= input_size + 2 * padding,
        sizes={"taps": whole(1, 4)},
    )
    | Domain(
        {"kernel": array(3, of=_ENTRIES[1]), "input_size": whole(3, 7), "stride": whole(1, 3), "padding": whole(0, 2)}
    )
    | Domain(
        {"kernel": array(3, of=_ENTRIES[2]), "input_size": whole(3, 7), "stride": whole(1, 3), "padding": whole(0, 2)}
    )
)
def convolution_matrix(kernel: Vector, input_size: int, stride: int = 1, padding: int = 0) -> Matrix:
    """Matrix M of a convolution along one axis: the layer gives M·x. One row per output, one column per input.

    Each row is the kernel, as a layer lays it on, moved on by the stride. ValueError if the kernel does not fit.
    """
    taps = _check_row(kernel, input_size, stride, padding)
    if len(taps) > input_size + 2 * padding:
        raise ValueError(f"kernel must fit into the padded input: {len(taps)} in {input_size} + 2·{padding}")
    return _entries(taps, output_size(input_size, len(taps), stride, padding), input_size, stride, padding)


@convolution_matrix.slip("A layer lays its kernel on as it is: the rows read like the kernel, not backwards.")
def rows_reversed(kernel: Vector, input_size: int, stride: int, padding: int) -> Matrix:
    return convolution_matrix(kernel[::-1], input_size, stride, padding)


@convolution_matrix.slip("There is one row for each output and one column for each input, not the other way round.")
def rows_for_inputs(kernel: Vector, input_size: int, stride: int, padding: int) -> Matrix:
    return tuple(zip(*convolution_matrix(kernel, input_size, stride, padding), strict=True))


@convolution_matrix.slip("From row to row the kernel moves by the stride.")
def moved_by_one(kernel: Vector, input_size: int, padding: int) -> Matrix:
    return convolution_matrix(kernel, input_size, 1, padding)


@convolution_matrix.slip("Padding gives the first and the last rows that the kernel reaches with a part of it only.")
def whole_kernels_only(kernel: Vector, input_size: int, stride: int) -> Matrix:
    return convolution_matrix(kernel, input_size, stride)


@reference(
    domain=Domain(
        {
            "kernel": array("taps", of=_ENTRIES[0]),
            "input_size": whole(1, 5),
            "stride": whole(1, 3),
            "padding": whole(0, 1),
        },
        where=lambda kernel, input_size, stride, padding: stride * (input_size - 1) + len(kernel) > 2 * padding,
        sizes={"taps": whole(1, 4)},
    )
    | Domain(
        {"kernel": array(3, of=_ENTRIES[1]), "input_size": whole(1, 5), "stride": whole(1, 3), "padding": whole(0, 1)}
    )
    | Domain(
        {"kernel": array(3, of=_ENTRIES[2]), "input_size": whole(1, 5), "stride": whole(1, 3), "padding": whole(0, 1)}
    )
)
def transposed_matrix(kernel: Vector, input_size: int, stride: int = 1, padding: int = 0) -> Matrix:
    """Matrix of a transposed convolution along one axis: Mᵀ, where M is the matrix of the convolution that goes back.

    One row for each of its stride·(input_size − 1) + k − 2·padding outputs, one column for each of its inputs.
    ValueError if nothing is left.
    """
    taps = _check_row(kernel, input_size, stride, padding)
    size = transposed_size(input_size, len(taps), stride, padding)
    # M is (input_size, size), and Mᵀ is (size, input_size)
    return tuple(zip(*_entries(taps, input_size, size, stride, padding), strict=True))


@transposed_matrix.slip("That is M, the matrix of the convolution; transpose it, so that each column holds a kernel.")
def not_transposed(kernel: Vector, input_size: int, stride: int, padding: int) -> Matrix:
    return tuple(zip(*transposed_matrix(kernel, input_size, stride, padding), strict=True))


@transposed_matrix.slip("Transposing turns the matrix, not the kernel: down each column the kernel reads forwards.")
def columns_reversed(kernel: Vector, input_size: int, stride: int, padding: int) -> Matrix:
    return transposed_matrix(kernel[::-1], input_size, stride, padding)


@transposed_matrix.slip("From column to column the kernel moves down by the stride.")
def moved_down_by_one(kernel: Vector, input_size: int, padding: int) -> Matrix:
    return transposed_matrix(kernel, input_size, 1, padding)


@transposed_matrix.slip("The padding of a transposed convolution crops rows of its matrix, at the top and the bottom.")
def rows_not_cropped(kernel: Vector, input_size: int, stride: int) -> Matrix:
    return transposed_matrix(kernel, input_size, stride)


_PLANES = Domain(
    {"input_size": whole(1, 8), "kernel_size": whole(1, 5), "stride": whole(1, 3)},
    where=lambda input_size, kernel_size, **_: kernel_size <= input_size,
)


def _check_plane(input_size: int, kernel_size: int, stride: int) -> None:
    checks.whole(1, LARGEST_IMAGE, input_size=input_size, kernel_size=kernel_size)
    checks.whole(1, LARGEST_STEP, stride=stride)
    if kernel_size > input_size:
        raise ValueError(f"kernel_size must fit into the image: {kernel_size} in {input_size}")


@reference(domain=_PLANES)
def convolution_matrix_shape(input_size: int, kernel_size: int, stride: int = 1) -> Shape:
    """Shape of the matrix of a convolution on a square image, without padding: (outputs, inputs), counted in pixels.

    A 3×3 kernel on 4×4 pixels has a matrix of 4×16.
    """
    _check_plane(input_size, kernel_size, stride)
    return (output_size(input_size, kernel_size, stride) ** 2, input_size**2)


@convolution_matrix_shape.slip("There is one row for each output and one column for each input.")
def inputs_first(input_size: int, kernel_size: int, stride: int) -> Shape:
    return (input_size**2, output_size(input_size, kernel_size, stride) ** 2)


@convolution_matrix_shape.slip("The image is flattened: its pixels are counted, not its sides.")
def sides_for_pixels(input_size: int, kernel_size: int, stride: int) -> Shape:
    return (output_size(input_size, kernel_size, stride), input_size)


@convolution_matrix_shape.slip("A row has an entry for each pixel of the image, not for each weight of the kernel.")
def weights_for_columns(input_size: int, kernel_size: int, stride: int) -> Shape:
    return (output_size(input_size, kernel_size, stride) ** 2, kernel_size**2)


@reference(domain=_PLANES)
def convolution_rank(input_size: int, kernel_size: int, stride: int = 1) -> int:
    """Rank of the matrix of a convolution on a square image, without padding, for any kernel that is not all zero.

    The first weight that is not zero meets another pixel at each place, further on than at all places before: the rows
    stand in echelon form. ValueError if the kernel does not fit.
    """
    _check_plane(input_size, kernel_size, stride)
    # one independent row for each output
    return output_size(input_size, kernel_size, stride) ** 2


@convolution_rank.slip("The rank is at most the number of rows, one for each output; the columns are more.")
def rank_of_all_inputs(input_size: int) -> int:
    return input_size**2


@convolution_rank.slip("That is the number of weights; each place of the kernel gives an independent row.")
def rank_of_weights(kernel_size: int) -> int:
    return kernel_size**2


@convolution_rank.slip("The output has rows and columns: its pixels are counted, not its side.")
def rank_of_one_side(input_size: int, kernel_size: int, stride: int) -> int:
    return output_size(input_size, kernel_size, stride)


@reference(domain=_PLANES)
def null_space_dimensions(input_size: int, kernel_size: int, stride: int = 1) -> int:
    """Dimensions of the input that a convolution loses: dimensions of the space of images that become all zero.

    Square image, no padding, any kernel that is not all zero. Above 0, no layer can restore the input: a 3×3 kernel on
    4×4 pixels loses 12 of 16 dimensions.
    """
    _check_plane(input_size, kernel_size, stride)
    # columns − rank
    return input_size**2 - convolution_rank(input_size, kernel_size, stride)


@null_space_dimensions.slip("A transposed convolution restores the shape, not the values: something is lost.")
def all_restored() -> int:
    return 0


@null_space_dimensions.slip("That is the rank, what is kept; the rest of the input's dimensions is lost.")
def what_is_kept(input_size: int, kernel_size: int, stride: int) -> int:
    return convolution_rank(input_size, kernel_size, stride)


@null_space_dimensions.slip("Take off the rank of the matrix, one for each output, not the weights of the kernel.")
def weights_taken_off(input_size: int, kernel_size: int) -> int:
    return input_size**2 - kernel_size**2
