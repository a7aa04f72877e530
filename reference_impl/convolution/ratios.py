"""Comparing layers: what small kernels save against large ones, and when a 1×1 reduction pays.

Weights only, biases left aside. Source: Simonyan and Zisserman, “Very deep convolutional networks” (2015), section 2.3;
Szegedy and others, “Going deeper with convolutions” (2014).
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from reference_impl import checks
from reference_impl.domain import Domain, choice, whole
from reference_impl.reference import reference

MOST_LAYERS = 64


@reference(domain=Domain({"kernel_size": whole(1, 15), "other_kernel_size": whole(1, 15)}))
def kernel_ratio(kernel_size: int, other_kernel_size: int) -> float:
    """How many times the weights of one square kernel those of another are, with as many channels: 11 to 3 is 13.4.

    The multiplications at one place of the output stand in the same ratio.
    """
    checks.whole(1, checks.LARGEST_KERNEL, kernel_size=kernel_size, other_kernel_size=other_kernel_size)
    # k² / m²
    return kernel_size**2 / other_kernel_size**2


@kernel_ratio.slip("A kernel has kernel_size·kernel_size weights, so the ratio of the sides counts twice.")
def ratio_of_sides(kernel_size: int, other_kernel_size: int) -> float:
    return kernel_size / other_kernel_size


@kernel_ratio.slip("Mind which kernel is compared with which: this is the other way round.")
def other_way_round(kernel_size: int, other_kernel_size: int) -> float:
    return other_kernel_size**2 / kernel_size**2


@kernel_ratio.slip("Square both sides first and then divide; the difference of the sides says nothing.")
def difference_squared(kernel_size: int, other_kernel_size: int) -> float:
    return float((kernel_size - other_kernel_size) ** 2)


@reference(domain=Domain({"layers": whole(1, 8), "kernel_size": choice(2, 3, 5, 7, 9)}))
def stacked_ratio(layers: int, kernel_size: int) -> float:
    """Weights of a stack of equal kernels as a fraction of those of the one large kernel that sees as much.

    Stride and dilation 1, and everywhere as many channels, however many. Two 3×3 against one 5×5 are 0.72, three
    against one 7×7 are 0.551.
    """
    checks.whole(1, MOST_LAYERS, layers=layers)
    checks.whole(1, checks.LARGEST_KERNEL, kernel_size=kernel_size)
    # m layers see m·(k − 1) + 1 pixels
    large = layers * (kernel_size - 1) + 1
    # m·k²·C² / (large²·C²)
    return layers * kernel_size**2 / large**2


@stacked_ratio.slip("That share is saved; what the stack still has is the rest, up to 1.")
def saved_share(layers: int, kernel_size: int) -> float:
    return 1 - stacked_ratio(layers, kernel_size)


@stacked_ratio.slip("That is one layer of the stack; all of its layers have weights.")
def one_layer_against_large(layers: int, kernel_size: int) -> float:
    return stacked_ratio(layers, kernel_size) / layers


@stacked_ratio.slip("Kernels overlap: m layers see m·(kernel_size − 1) + 1 pixels, not m·kernel_size.")
def large_kernel_too_large(layers: int, kernel_size: int) -> float:
    return layers * kernel_size**2 / (layers * kernel_size) ** 2


@stacked_ratio.slip("Square kernels have kernel_size² weights: compare areas, not sides.")
def sides_compared(layers: int, kernel_size: int) -> float:
    return layers * kernel_size / (layers * (kernel_size - 1) + 1)


@reference(
    domain=Domain(
        {
            "in_channels": choice(2, 3, 4, 6, 8, 12, 16, 24),
            "out_channels": choice(1, 2, 4, 6, 8, 16, 32),
            "kernel_size": choice(1, 2, 3, 5, 7),
        }
    )
)
def break_even_channels(in_channels: int, out_channels: int, kernel_size: int) -> int:
    """Largest mid_channels with which a 1×1 reduction before a k×k convolution still saves weights; 0 where none does.

    128 to 128 channels with 3×3 kernels break even at 115.2, so 115 channels save and 116 do not.
    """
    checks.whole(1, in_channels=in_channels, out_channels=out_channels)
    checks.whole(1, checks.LARGEST_KERNEL, kernel_size=kernel_size)
    area = kernel_size**2
    # C_in·m + k²·m·C_out < k²·C_in·C_out, so m < k²·C_in·C_out / (C_in + k²·C_out)
    return (area * in_channels * out_channels - 1) // (in_channels + area * out_channels)


@break_even_channels.slip("The 1×1 convolution has weights, too: fewer channels alone are not enough to save.")
def reduction_is_free(in_channels: int) -> int:
    return in_channels - 1


@break_even_channels.slip("With that width nothing is saved any more; the largest that saves is one less.")
def first_without_saving(in_channels: int, out_channels: int, kernel_size: int) -> int:
    return break_even_channels(in_channels, out_channels, kernel_size) + 1


@break_even_channels.slip("A square kernel has kernel_size² weights for each pair of channels, not kernel_size.")
def side_for_area(in_channels: int, out_channels: int, kernel_size: int) -> int:
    return (kernel_size * in_channels * out_channels - 1) // (in_channels + kernel_size * out_channels)


@break_even_channels.slip(
    "That holds where input and output have as many channels; the k×k kernels write out_channels."
)
def channels_taken_as_equal(in_channels: int, kernel_size: int) -> int:
    return break_even_channels(in_channels, in_channels, kernel_size)
