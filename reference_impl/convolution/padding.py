"""Paddings that give a wanted size: the same size, or any other.

Conventions and names are PyTorch's: the padding is what is added on each side.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from reference_impl import checks
from reference_impl.arrays import Vector
from reference_impl.domain import Domain, whole
from reference_impl.reference import reference

#: Bounds that keep the search of a brute-force witness short.
LARGEST_INPUT = 10_000
LARGEST_OUTPUT = 1_000
LARGEST_STRIDE = 100


@reference(
    domain=Domain(
        {"kernel_size": whole(1, 40), "dilation": whole(1, 25)},
        where=lambda kernel_size, dilation: dilation * (kernel_size - 1) % 2 == 0,
    )
)
def same_padding(kernel_size: int, dilation: int = 1) -> int:
    """Padding, on each side, that keeps the size at stride 1.

    ValueError if the kernel spans an even number of pixels: no padding that is equal on both sides keeps the size then.
    """
    checks.whole(1, checks.LARGEST_KERNEL, kernel_size=kernel_size)
    checks.whole(1, checks.LARGEST_DILATION, dilation=dilation)
    added = dilation * (kernel_size - 1)
    if added % 2:
        raise ValueError(
            f"kernel_size must span an odd number of pixels to have an equal padding on both sides, not {added + 1}"
        )
    # n + 2p − d·(k − 1) = n
    return added // 2


@same_padding.slip("That is the padding of both sides together; each side gets half of it.")
def both_sides(kernel_size: int, dilation: int) -> int:
    return dilation * (kernel_size - 1)


@same_padding.slip("Half of kernel_size − 1, not half of kernel_size: the middle tap stands on the pixel itself.")
def half_rounded_up(kernel_size: int, dilation: int) -> int:
    return (dilation * kernel_size + 1) // 2


@same_padding.slip("Dilation spreads the kernel, and the padding grows with it.")
def same_dilation_ignored(kernel_size: int) -> int:
    return (kernel_size - 1) // 2


def _padding_bounds(input_size: int, kernel_size: int, stride: int, output_size: int) -> range:
    """All paddings p ≥ 0 with s·(o − 1) ≤ n + 2p − k < s·o."""
    checks.whole(1, LARGEST_INPUT, input_size=input_size)
    checks.whole(1, LARGEST_OUTPUT, output_size=output_size)
    checks.whole(1, LARGEST_STRIDE, stride=stride)
    checks.whole(1, checks.LARGEST_KERNEL, kernel_size=kernel_size)
    needed = kernel_size + stride * (output_size - 1) - input_size
    # rounded up: ⌈(k + s·(o − 1) − n) / 2⌉ ≤ p ≤ ⌊(k + s·o − 1 − n) / 2⌋
    return range(max(0, -(needed // -2)), (needed + stride - 1) // 2 + 1)


_WANTED = Domain(
    {"input_size": whole(1, 12), "kernel_size": whole(1, 5), "stride": whole(1, 4), "output_size": whole(1, 9)}
)


@reference(domain=_WANTED)
def paddings_for(input_size: int, kernel_size: int, stride: int, output_size: int) -> Vector:
    """All paddings that give the wanted output size, smallest first; empty where none does. Dilation 1."""
    return tuple(_padding_bounds(input_size, kernel_size, stride, output_size))


@paddings_for.slip("The quotient is rounded down, so a larger padding may give the same size: look for all of them.")
def smallest_only(input_size: int, kernel_size: int, stride: int, output_size: int) -> Vector:
    return tuple(_padding_bounds(input_size, kernel_size, stride, output_size)[:1])


@paddings_for.slip("That is the padding of both sides together; each side gets half of it.")
def all_on_one_side(input_size: int, kernel_size: int, stride: int, output_size: int) -> Vector:
    needed = kernel_size + stride * (output_size - 1) - input_size
    return tuple(range(max(0, needed), needed + stride))


def _some_padding(input_size: int, kernel_size: int, stride: int, output_size: int) -> bool:
    return len(_padding_bounds(input_size, kernel_size, stride, output_size)) > 0


@reference(domain=Domain(_WANTED.axes, where=_some_padding))
def padding_for(input_size: int, kernel_size: int, stride: int, output_size: int) -> int:
    """Smallest padding that gives the wanted output size. Dilation 1. ValueError where no padding does."""
    bounds = _padding_bounds(input_size, kernel_size, stride, output_size)
    if not bounds:
        raise ValueError(
            f"output_size must be reachable: no padding turns {input_size} pixels into {output_size} "
            f"with kernel_size {kernel_size} and stride {stride}"
        )
    return bounds[0]


@padding_for.slip("The missing columns are shared by both sides: halve them.")
def padding_on_one_side(input_size: int, kernel_size: int, stride: int, output_size: int) -> int:
    return max(0, kernel_size + stride * (output_size - 1) - input_size)


@padding_for.slip("Half a column cannot be added: round the half up, or one place is missing.")
def half_rounded_down(input_size: int, kernel_size: int, stride: int, output_size: int) -> int:
    return max(0, (kernel_size + stride * (output_size - 1) - input_size) // 2)


@padding_for.slip("Half the kernel keeps the size at stride 1; another size or stride needs another padding.")
def half_the_kernel(kernel_size: int) -> int:
    return kernel_size // 2


@padding_for.slip("Larger paddings give this size too; the smallest was asked for.")
def largest_padding(input_size: int, kernel_size: int, stride: int, output_size: int) -> int:
    return _padding_bounds(input_size, kernel_size, stride, output_size)[-1]
