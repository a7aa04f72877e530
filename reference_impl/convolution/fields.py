"""Receptive fields: how much of the input a stack of layers sees, and how far apart neighbouring outputs look.

Source: Dumoulin and Visin (2016); Araujo, Norris and Sim, “Computing receptive fields of convolutional neural networks”
(2019).
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import math
from collections.abc import Sequence

from reference_impl import checks
from reference_impl.domain import Domain, array, choice, whole
from reference_impl.reference import reference

#: Bounds: no network that is built comes near them, and the witnesses stay within milliseconds.
MOST_LAYERS = 256
LARGEST_STRIDE = 64
LARGEST_FIELD = 10_000


def _check_layers(
    kernel_sizes: Sequence[int], strides: Sequence[int], dilations: Sequence[int]
) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    kernel_sizes = checks.wholes("kernel_sizes", kernel_sizes, 1, checks.LARGEST_KERNEL, MOST_LAYERS)
    strides = checks.wholes("strides", strides, 1, LARGEST_STRIDE, MOST_LAYERS)
    if dilations in ((), []):
        dilations = (1,) * len(strides)
    dilations = checks.wholes("dilations", dilations, 1, checks.LARGEST_DILATION, MOST_LAYERS)
    checks.same_length(kernel_sizes=kernel_sizes, strides=strides, dilations=dilations)
    return kernel_sizes, strides, dilations


@reference(
    domain=Domain(
        {
            "kernel_sizes": array("layers", of=whole(1, 5)),
            "strides": array("layers", of=whole(1, 3)),
            "dilations": array("layers", of=whole(1, 3)),
        },
        sizes={"layers": whole(1, 4)},
    )
    | Domain(
        {
            "kernel_sizes": array("layers", of=whole(1, 7)),
            "strides": array("layers", of=whole(1, 4)),
            "dilations": choice(()),
        },
        sizes={"layers": whole(1, 4)},
    )
)
def receptive_field(kernel_sizes: Sequence[int], strides: Sequence[int], dilations: Sequence[int] = ()) -> int:
    """Input pixels, along one axis, from the first to the last that one output of a stack of layers can see.

    One entry per layer, the layer nearest to the input first. Without `dilations`, every dilation is 1.
    """
    kernel_sizes, strides, dilations = _check_layers(kernel_sizes, strides, dilations)
    field, distance = 1, 1
    for kernel_size, stride, dilation in zip(kernel_sizes, strides, dilations, strict=True):
        # r ← r + d·(k − 1)·j, and only then j ← j·s
        field += dilation * (kernel_size - 1) * distance
        distance *= stride
        if max(field, distance) > LARGEST_FIELD:
            raise ValueError(f"kernel_sizes and strides must stay within {LARGEST_FIELD:,} pixels of the input")
    return field


@receptive_field.slip("Kernels overlap: each layer adds kernel_size − 1 steps, not kernel_size pixels.")
def kernels_summed(kernel_sizes: Sequence[int]) -> int:
    return sum(kernel_sizes)


@receptive_field.slip("Kernels do not multiply: each layer adds kernel_size − 1 steps.")
def kernels_multiplied(kernel_sizes: Sequence[int]) -> int:
    return math.prod(kernel_sizes)


@receptive_field.slip("Behind a stride, one step of a later layer is several pixels of the input.")
def strides_ignored(kernel_sizes: Sequence[int], strides: Sequence[int], dilations: Sequence[int]) -> int:
    return receptive_field(kernel_sizes, (1,) * len(strides), dilations)


@receptive_field.slip("A layer's own stride widens the steps of the layers after it, not its own.")
def own_stride_counted(kernel_sizes: Sequence[int], strides: Sequence[int], dilations: Sequence[int]) -> int:
    field, distance = 1, 1
    for kernel_size, stride, dilation in zip(kernel_sizes, strides, dilations or (1,) * len(strides), strict=True):
        distance *= stride
        field += dilation * (kernel_size - 1) * distance
    return field


@reference(domain=Domain({"strides": array("layers", of=whole(1, 4))}, sizes={"layers": whole(1, 6)}))
def jump(strides: Sequence[int]) -> int:
    """Input pixels between what two neighbouring outputs of a stack of layers look at, along one axis."""
    strides = checks.wholes("strides", strides, 1, LARGEST_STRIDE, MOST_LAYERS)
    # j = s₁·s₂·…
    distance = math.prod(strides)
    if distance > LARGEST_FIELD:
        raise ValueError(f"strides must stay within {LARGEST_FIELD:,} pixels of the input")
    return distance


@jump.slip("Strides multiply: a step of the second layer is as many steps of the first as its stride says.")
def strides_summed(strides: Sequence[int]) -> int:
    return sum(strides)


@jump.slip("All strides below count, not only that of the last layer.")
def last_stride(strides: Sequence[int]) -> int:
    return strides[-1]


@jump.slip("Strides that differ multiply one by one; the largest does not stand for all.")
def largest_stride_only(strides: Sequence[int]) -> int:
    return max(strides)
