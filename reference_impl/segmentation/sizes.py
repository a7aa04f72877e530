"""Sizes through a network without dense layers: its map shrinks layer by layer, and is upsampled again.

Layers are listed from the input on. Sources: Long, Shelhamer and Darrell, “Fully convolutional networks for semantic
segmentation” (2015); the shapes of `torch.nn.Conv2d` and `ConvTranspose2d`.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reference_impl import checks
from reference_impl.convolution import jump, output_size, receptive_field
from reference_impl.domain import Domain, array, choice, whole
from reference_impl.reference import reference

#: Bounds: witnesses go through every layer place by place.
MOST_LAYERS = 32
LARGEST_SIZE = 10_000
LARGEST_STRIDE = 64
LARGEST_PADDING = 100
#: The smallest input is searched for from 1 up, or by halving.
LARGEST_LEAST = 1_000

Layers = list[tuple[int, int, int]]
#: What stands for strides or paddings that are left out.
_NOTHING: tuple[Sequence[int], ...] = ((), [])


def layers_of(kernel_sizes: Sequence[int], strides: Sequence[int], paddings: Sequence[int]) -> Layers:
    """The layers as (kernel_size, stride, padding). Without strides all are 1, without paddings all are 0."""
    kernels = checks.wholes("kernel_sizes", kernel_sizes, 1, checks.LARGEST_KERNEL, MOST_LAYERS)
    if strides in _NOTHING:
        strides = (1,) * len(kernels)
    if paddings in _NOTHING:
        paddings = (0,) * len(kernels)
    steps = checks.wholes("strides", strides, 1, LARGEST_STRIDE, MOST_LAYERS)
    borders = checks.wholes("paddings", paddings, 0, LARGEST_PADDING, MOST_LAYERS)
    checks.same_length(kernel_sizes=kernels, strides=steps, paddings=borders)
    return list(zip(kernels, steps, borders, strict=True))


def _fits(input_size: int, kernel_sizes: Iterable[int], strides: Iterable[int], paddings: Iterable[int]) -> bool:
    size = input_size
    for kernel_size, stride, padding in zip(kernel_sizes, strides, paddings, strict=True):
        if kernel_size > size + 2 * padding:
            return False
        size = (size + 2 * padding - kernel_size) // stride + 1
    return True


_LAYERS = {
    "kernel_sizes": array("layers", of=whole(1, 4)),
    "strides": array("layers", of=whole(1, 3)),
    "paddings": array("layers", of=whole(0, 1)),
}
_LEFT_OUT = {"strides": choice(()), "paddings": choice(())}


@reference(
    domain=Domain({"input_size": whole(1, 40), **_LAYERS}, where=_fits, sizes={"layers": whole(2, 4)})
    | Domain({"input_size": whole(4, 40), "kernel_sizes": array(1, of=whole(2, 4)), **_LEFT_OUT})
)
def map_size(
    input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int] = (), paddings: Sequence[int] = ()
) -> int:
    """Size, along one axis, of the map that a fully convolutional network gives for an input of any size.

    One entry per layer. Without `strides` all are 1, without `paddings` all are 0. It grows with the input, but not in
    proportion: one kernel of 4 gives 1, 2, 5 and 9 for 4, 5, 8 and 12 pixels. ValueError if a kernel does not fit.
    """
    checks.whole(1, LARGEST_SIZE, input_size=input_size)
    size = input_size
    for place, (kernel_size, stride, padding) in enumerate(layers_of(kernel_sizes, strides, paddings)):
        if kernel_size > size + 2 * padding:
            raise ValueError(
                f"kernel_sizes must fit into what they read: layer {place + 1} has {kernel_size} "
                f"for {size} + 2·{padding}"
            )
        # n ← ⌊(n + 2p − k) / s⌋ + 1
        size = (size + 2 * padding - kernel_size) // stride + 1
    return size


@map_size.slip("The map is not in proportion to the input: past the least size, each stride more adds one place.")
def in_proportion(input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int]) -> int:
    return input_size // receptive_field(kernel_sizes, strides or (1,) * len(kernel_sizes))


@map_size.slip("The windows themselves take room: it is not enough to divide by the strides.")
def divided_by_strides(input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int]) -> int:
    return input_size // jump(strides or (1,) * len(kernel_sizes))


@map_size.slip("Every layer changes the size, and reads what the layer before it gives.")
def last_layer_only(
    input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int], paddings: Sequence[int]
) -> int:
    kernel_size, stride, padding = layers_of(kernel_sizes, strides, paddings)[-1]
    return output_size(input_size, kernel_size, stride, padding)


@map_size.slip("The division counts the moves; in each layer the place where the window starts counts, too.")
def starts_not_counted(
    input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int], paddings: Sequence[int]
) -> int:
    size = input_size
    for kernel_size, stride, padding in layers_of(kernel_sizes, strides, paddings):
        size = (size + 2 * padding - kernel_size) // stride
    return size


@reference(domain=Domain(_LAYERS, sizes={"layers": whole(1, 4)}))
def least_input_size(kernel_sizes: Sequence[int], strides: Sequence[int] = (), paddings: Sequence[int] = ()) -> int:
    """Smallest input, along one axis, for which a network without dense layers gives a map at all.

    One entry per layer, as for `map_size`. A dense layer fixes the size; without one there is only this lower bound.
    """
    size = 1
    for kernel_size, stride, padding in reversed(layers_of(kernel_sizes, strides, paddings)):
        # n + 2p ≥ s·(o − 1) + k, and no map is smaller than 1
        size = max(1, stride * (size - 1) + kernel_size - 2 * padding)
        if size > LARGEST_LEAST:
            raise ValueError(f"kernel_sizes and strides must need an input of at most {LARGEST_LEAST:,} pixels")
    return size


@least_input_size.slip("The largest kernel alone is not enough: the layers before it have shrunk the map.")
def largest_kernel(kernel_sizes: Sequence[int]) -> int:
    return max(kernel_sizes)


@least_input_size.slip("Kernels overlap: each layer takes kernel_size − 1 off, not kernel_size.")
def all_kernels(kernel_sizes: Sequence[int]) -> int:
    return sum(kernel_sizes)


@least_input_size.slip("Padding helps the kernels to fit: take it off, on both sides.")
def padding_left_out(kernel_sizes: Sequence[int], strides: Sequence[int]) -> int:
    return least_input_size(kernel_sizes, strides)


@least_input_size.slip("Behind a stride, one step of a later layer is several pixels of the input.")
def strides_left_out(kernel_sizes: Sequence[int], paddings: Sequence[int]) -> int:
    return least_input_size(kernel_sizes, (), paddings)


def _never_empty(input_size: int, kernel_sizes: Iterable[int], strides: Iterable[int], paddings: Iterable[int]) -> bool:
    size = input_size
    for kernel_size, stride, padding in zip(kernel_sizes, strides, paddings, strict=True):
        size = stride * (size - 1) + kernel_size - 2 * padding
        if size < 1:
            return False
    return True


@reference(
    domain=Domain({"input_size": whole(1, 12), **_LAYERS}, where=_never_empty, sizes={"layers": whole(1, 3)})
    | Domain({"input_size": whole(1, 12), "kernel_sizes": array(2, of=whole(1, 4)), **_LEFT_OUT})
)
def upsampled_size(
    input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int] = (), paddings: Sequence[int] = ()
) -> int:
    """Size, along one axis, behind transposed convolutions that follow one another.

    One entry per layer. Without `strides` all are 1, without `paddings` all are 0. ValueError if nothing is left.
    """
    checks.whole(1, LARGEST_SIZE, input_size=input_size)
    size = input_size
    for place, (kernel_size, stride, padding) in enumerate(layers_of(kernel_sizes, strides, paddings)):
        # n ← s·(n − 1) + k − 2p
        size = stride * (size - 1) + kernel_size - 2 * padding
        if size < 1:
            raise ValueError(f"paddings must leave at least one pixel, and layer {place + 1} crops all of them")
        if size > LARGEST_SIZE:
            raise ValueError(f"strides must give at most {LARGEST_SIZE:,} pixels, and layer {place + 1} gives {size:,}")
    return size


@upsampled_size.slip("Strides times the input is right only where each kernel is its stride plus twice its padding.")
def strides_times_input(input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int]) -> int:
    return input_size * jump(strides or (1,) * len(kernel_sizes))


@upsampled_size.slip("That is the way down; a transposed convolution makes the map larger.")
def sizes_on_the_way_down(
    input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int], paddings: Sequence[int]
) -> int:
    return map_size(input_size, kernel_sizes, strides, paddings)


@upsampled_size.slip("The padding of a transposed convolution crops the output: take it off, on both sides.")
def paddings_added(
    input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int], paddings: Sequence[int]
) -> int:
    size = input_size
    for kernel_size, stride, padding in layers_of(kernel_sizes, strides, paddings):
        size = stride * (size - 1) + kernel_size + 2 * padding
    return size


@upsampled_size.slip("The last copy of a kernel starts at stride·(size − 1), not at stride·size.")
def copies_start_late(
    input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int], paddings: Sequence[int]
) -> int:
    size = input_size
    for kernel_size, stride, padding in layers_of(kernel_sizes, strides, paddings):
        size = stride * size + kernel_size - 2 * padding
    return size
