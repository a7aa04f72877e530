"""Named filters: nine weights that blur an image, sharpen it, or draw its outlines, laid on as a layer does.

Source: the convolution matrices of GIMP's documentation; Sobel and Feldman (1968) for the edges.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from reference_impl import checks
from reference_impl.arrays import Matrix, Rows
from reference_impl.convolution.values import convolution, cross_correlation
from reference_impl.domain import Domain, array, choice, whole
from reference_impl.reference import reference

_KERNELS: dict[str, Matrix] = {
    "blur": ((1 / 9, 1 / 9, 1 / 9), (1 / 9, 1 / 9, 1 / 9), (1 / 9, 1 / 9, 1 / 9)),
    "sharpen": ((0.0, -1.0, 0.0), (-1.0, 5.0, -1.0), (0.0, -1.0, 0.0)),
    "outline": ((-1.0, -1.0, -1.0), (-1.0, 8.0, -1.0), (-1.0, -1.0, -1.0)),
    "emboss": ((-2.0, -1.0, 0.0), (-1.0, 1.0, 1.0), (0.0, 1.0, 2.0)),
    "horizontal edges": ((-1.0, -2.0, -1.0), (0.0, 0.0, 0.0), (1.0, 2.0, 1.0)),
    "vertical edges": ((-1.0, 0.0, 1.0), (-2.0, 0.0, 2.0), (-1.0, 0.0, 1.0)),
}
#: The filters that there are.
FILTERS = tuple(_KERNELS)


@reference(
    domain=Domain(
        {"image": array("height", "width", of=whole(0, 9)), "name": choice(*FILTERS)},
        sizes={"height": whole(3, 5), "width": whole(3, 5)},
    )
)
def filtered(image: Rows, name: str) -> Matrix:
    """A 3×3 filter of that name laid on every place of the image: image (H, W), output (H − 2, W − 2).

    The kernel is not turned. "blur" is the mean of nine pixels. The weights of "sharpen", "emboss" and "blur" add up to
    1, so that a plain area stays as it is; those of "outline", "horizontal edges" and "vertical edges" add up to 0, so
    that it becomes 0.
    """
    checks.one_of(FILTERS, name=name)
    return cross_correlation(image, _KERNELS[name])


@filtered.slip("A layer lays its kernel on as it is; turning it by 180° makes it a strict convolution.")
def filter_turned(image: Rows, name: str) -> Matrix:
    return convolution(image, _KERNELS[name])


@filtered.slip("Horizontal edges are where rows differ, vertical edges where columns differ: this is the other filter.")
def direction_swapped(image: Rows, name: str) -> Matrix:
    return cross_correlation(image, tuple(zip(*_KERNELS[name], strict=True)))


@filtered.slip("Without padding the output loses a row and a column on each side.")
def size_of_the_image(image: Rows, name: str) -> Matrix:
    return cross_correlation(image, _KERNELS[name], padding=1)


@filtered.slip("The middle weight is not the whole filter: the pixels around it count, too.")
def middle_only(image: Rows, name: str) -> Matrix:
    return cross_correlation([row[1:-1] for row in image[1:-1]], ((_KERNELS[name][1][1],),))
