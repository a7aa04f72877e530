"""Pooling values: the largest number of each window, or its mean.

How many windows there are is in `sizes.py`. Source: `torch.nn.MaxPool2d`, `torch.nn.AvgPool2d`.
"""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - `count_include_pad` is given by place in decks, as in PyTorch

from __future__ import annotations

from reference_impl import checks
from reference_impl.arrays import Matrix, Rows, Vector, alike
from reference_impl.convolution.sizes import pool_size
from reference_impl.convolution.values import MIXED, MOST_WORK
from reference_impl.domain import Domain, Either, array, choice, flag, stepped, whole
from reference_impl.reference import reference


def _pooled_domain(**more: object) -> Either:
    """Images of whole numbers, of floats, and of both."""
    return Either(
        tuple(
            [
                Domain(
                    {
                        "image": array("height", "width", of=entries),
                        "kernel_size": whole(1, 4),
                        "stride": choice(None, 1, 2, 3),
                        "padding": whole(0, 1),
                        **more,  # type: ignore[dict-item]  # further axes
                    },
                    where=lambda image, kernel_size, padding, **_: (
                        2 * padding <= kernel_size <= min(len(image), len(image[0])) + 2 * padding
                    ),
                    sizes={"height": whole(1, 6), "width": whole(1, 6)},
                )
                for entries in (whole(-9, 9), stepped(-3, 3, 0.25), MIXED)
            ]
        )
    )


def _windows(image: Rows, kernel_size: int, stride: int | None, padding: int) -> list[list[Vector]]:
    """What each window sees of the image, as one list of numbers; the padding around the image is not among them."""
    (pixels,) = alike(checks.matrix("image", image))
    rows = pool_size(len(pixels), kernel_size, stride, padding)
    columns = pool_size(len(pixels[0]), kernel_size, stride, padding)
    if rows * columns * min(kernel_size, len(pixels)) * min(kernel_size, len(pixels[0])) > MOST_WORK:
        raise ValueError(f"kernel_size and stride must need at most {MOST_WORK:,} comparisons: choose a smaller image")
    step = kernel_size if stride is None else stride

    def seen(place: int) -> slice:
        start = place * step - padding
        return slice(max(start, 0), start + kernel_size)

    return [
        [tuple([pixel for line in pixels[seen(i)] for pixel in line[seen(j)]]) for j in range(columns)]
        for i in range(rows)
    ]


@reference(domain=_pooled_domain())
def max_pool(image: Rows, kernel_size: int, stride: int | None = None, padding: int = 0) -> Matrix:
    """The largest number of each window: image (H, W), output (pool_size of H, pool_size of W).

    `stride` is kernel_size unless it is given. The padding, at most half the kernel, never wins: it counts as −∞. Whole
    numbers stay whole. Source: `torch.nn.MaxPool2d`.
    """
    # Y[i, j] = max over a, b of X[i·s − p + a, j·s − p + b]
    return tuple([tuple([max(seen) for seen in row]) for row in _windows(image, kernel_size, stride, padding)])


@max_pool.slip("When no stride is given, a pooling window moves by its own size, not by 1.")
def max_one_apart(image: Rows, kernel_size: int, padding: int) -> Matrix:
    return max_pool(image, kernel_size, 1, padding)


@max_pool.slip("The largest number counts, not the largest magnitude: −7 is smaller than 2.")
def largest_magnitude(image: Rows, kernel_size: int, stride: int | None, padding: int) -> Matrix:
    windows = _windows(image, kernel_size, stride, padding)
    return tuple([tuple([max(seen, key=abs) for seen in row]) for row in windows])


@max_pool.slip("Padding counts as −∞ when the largest number is taken; it is no row of zeros.")
def padding_as_zeros(image: Rows, kernel_size: int, stride: int | None, padding: int) -> Matrix:
    zero = type(image[0][0])(0)
    side, line = (zero,) * padding, (zero,) * (len(image[0]) + 2 * padding)
    bordered = (*(line,) * padding, *[(*side, *row, *side) for row in image], *(line,) * padding)
    return max_pool(bordered, kernel_size, stride)


@reference(domain=_pooled_domain(count_include_pad=flag()))
def average_pool(
    image: Rows, kernel_size: int, stride: int | None = None, padding: int = 0, count_include_pad: bool = True
) -> Matrix:
    """The mean of each window: image (H, W), output (pool_size of H, pool_size of W).

    `stride` is kernel_size unless it is given. Padding is zeros, at most half the kernel; with `count_include_pad` they
    count when dividing, without it only pixels do. Source: `torch.nn.AvgPool2d`.
    """
    checks.flag(count_include_pad=count_include_pad)
    # Y[i, j] = Σ_a Σ_b X[i·s − p + a, j·s − p + b] / k², or / the pixels in the window
    return tuple(
        [
            tuple([sum(seen) / (kernel_size**2 if count_include_pad else len(seen)) for seen in row])
            for row in _windows(image, kernel_size, stride, padding)
        ]
    )


@average_pool.slip("Average pooling takes the mean of each window; the largest number is max pooling.")
def largest_for_mean(image: Rows, kernel_size: int, stride: int | None, padding: int) -> Matrix:
    return tuple([tuple(map(float, row)) for row in max_pool(image, kernel_size, stride, padding)])


@average_pool.slip("The sum of a window is still divided by how many numbers it has.")
def sums_not_divided(image: Rows, kernel_size: int, stride: int | None, padding: int) -> Matrix:
    return tuple([tuple([float(sum(seen)) for seen in row]) for row in _windows(image, kernel_size, stride, padding)])


@average_pool.slip("When no stride is given, a pooling window moves by its own size, not by 1.")
def mean_one_apart(image: Rows, kernel_size: int, padding: int, count_include_pad: bool) -> Matrix:
    return average_pool(image, kernel_size, 1, padding, count_include_pad)


@average_pool.slip(
    "Mind count_include_pad: with it the zeros of the padding count when dividing, without it they do not."
)
def padding_counted_otherwise(
    image: Rows, kernel_size: int, stride: int | None, padding: int, count_include_pad: bool
) -> Matrix:
    return average_pool(image, kernel_size, stride, padding, not count_include_pad)


@average_pool.slip("A window is kernel_size wide and high: it has kernel_size² numbers to divide by, not kernel_size.")
def divided_by_side(image: Rows, kernel_size: int, stride: int | None, padding: int) -> Matrix:
    windows = _windows(image, kernel_size, stride, padding)
    return tuple([tuple([sum(seen) / kernel_size for seen in row]) for row in windows])
