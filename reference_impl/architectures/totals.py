"""Whole nets: parameters, multiply-adds, the share of dense layers, and how many layers there are.

Each net has a variant "torchvision", the default. AlexNet has "two-gpu", too, the net of the paper, whose filters were
split between two GPUs; VGG "batchnorm"; GoogLeNet "paper"; ResNet-50 and deeper "keras", which counts as Keras does.
"""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - `aux_heads` and `bias` are given by place in decks, as in PyTorch

from __future__ import annotations

import functools
from collections.abc import Sequence

from reference_impl import checks
from reference_impl.architectures.googlenet import BLOCKS
from reference_impl.architectures.stack import (
    ADDITION,
    CONVOLUTION,
    LINEAR,
    NORMALISATION,
    POOLING,
    Layer,
)
from reference_impl.architectures.tables import IMAGE_SIZE, VARIANTS, check_net, rows_of, totals
from reference_impl.domain import Domain, choice, flag
from reference_impl.reference import reference

#: Convolutions of AlexNet that have two groups where the net is split between two GPUs.
GROUPED = ("conv2", "conv4", "conv5")
#: The kinds of layers that are counted.
KINDS = (CONVOLUTION, LINEAR, NORMALISATION, POOLING)

NAMES = choice(*VARIANTS)
ALL_VARIANTS = choice("torchvision", "two-gpu", "batchnorm", "paper", "keras")


def exists(name: str, variant: str, aux_heads: bool = False, **_: object) -> bool:
    """Whether there is such a net."""
    return variant in VARIANTS[name] and (not aux_heads or name == "googlenet")


_NETS = {"name": NAMES, "variant": ALL_VARIANTS, "aux_heads": flag()}


@reference(domain=Domain({**_NETS, "bias": flag()}, where=exists))
def parameters(name: str, variant: str = "torchvision", aux_heads: bool = False, bias: bool = True) -> int:
    """Number of parameters of a net for 1,000 classes: all numbers that training changes.

    `variant`: "torchvision", or "two-gpu" (AlexNet's paper), "batchnorm" (VGG), "paper" (GoogLeNet), "keras" (ResNet-50
    and deeper: convolutions have biases, and the running statistics of normalisations count). `aux_heads`: with the
    auxiliary heads of GoogLeNet, which exist in training. Without `bias`, weights only: no bias is counted, neither of
    convolutions and dense layers nor of normalisations (β). Source: the papers; the documentation of torchvision's
    models, num_params.
    """
    check_net(name, variant, aux_heads)
    checks.flag(bias=bias)
    sums = totals(name, variant, aux_heads)
    return sums.parameters if bias else sums.parameters - sums.biases


@parameters.slip("Each filter has a bias, where the layer has any: count them, unless only weights are asked for.")
def bias_mistaken(name: str, variant: str, aux_heads: bool, bias: bool) -> int:
    return parameters(name, variant, aux_heads, not bias)


@parameters.slip("A batch normalisation learns a scale γ and a shift β for each channel; they are parameters, too.")
def normalisation_left_out(name: str, variant: str, aux_heads: bool, bias: bool) -> int:
    return parameters(name, variant, aux_heads, bias) - _normalisations(name, variant, aux_heads, bias)


@parameters.slip("Running mean and variance are kept, not learned: PyTorch counts them as buffers, not as parameters.")
def running_statistics_counted(name: str, variant: str, aux_heads: bool, bias: bool) -> int:
    if variant == "keras":
        raise ValueError("Keras counts the running statistics")
    scales = _normalisations(name, variant, aux_heads, bias=False)
    return parameters(name, variant, aux_heads, bias) + 2 * scales


def _normalisations(name: str, variant: str, aux_heads: bool, bias: bool) -> int:
    """What batch normalisations have; ValueError where there are none."""
    rows = [row for row in rows_of(name, variant, aux_heads) if row.kind == NORMALISATION]
    found = sum([row.parameters if bias else row.parameters - row.biases for row in rows])
    if not found:
        raise ValueError(f"{name} ({variant}) has no batch normalisation")
    return found


@parameters.slip("The auxiliary heads have millions of parameters: see whether they are to be counted.")
def heads_mistaken(name: str, variant: str, aux_heads: bool, bias: bool) -> int:
    return parameters(name, variant, not aux_heads, bias)


@parameters.slip("The third branch of an Inception block has 5×5 kernels in the paper, and 3×3 in torchvision.")
def the_other_kernel(name: str, variant: str, aux_heads: bool, bias: bool) -> int:
    if name != "googlenet":
        raise ValueError("only GoogLeNet has 5×5 kernels")
    more = sum([(25 - 9) * ch5x5red * ch5x5 for *_, ch5x5red, ch5x5, _pool_proj in BLOCKS.values()])
    return parameters(name, variant, aux_heads, bias) + (more if variant == "torchvision" else -more)


@parameters.slip("The dense layers at the end belong to the net: count them, too.")
def head_left_out(name: str, variant: str, aux_heads: bool, bias: bool) -> int:
    rows = [row for row in rows_of(name, variant, aux_heads) if row.kind == LINEAR]
    return parameters(name, variant, aux_heads, bias) - sum([row.parameters - (not bias) * row.biases for row in rows])


@parameters.slip("A pooling stands before the dense layers: they read the map behind it, which is smaller.")
def last_pool_forgotten(name: str, variant: str, aux_heads: bool, bias: bool) -> int:
    return parameters(name, variant, aux_heads, bias) + unpooled_weights(rows_of(name, variant, aux_heads))


def unpooled_weights(rows: Sequence[Layer]) -> int:
    """Weights that the first dense layer would have more if it read the map before the last pooling."""
    last = max(place for place, row in enumerate(rows) if row.kind == POOLING)
    before, behind, dense = rows[last - 1], rows[last], rows[last + 1]
    # each weight once for every pixel that the pooling makes one of
    return dense.multiply_adds * before.output_shape[1] ** 2 // behind.output_shape[1] ** 2 - dense.multiply_adds


@parameters.slip("With groups=2 a filter reads only the channels on its own GPU: half of them.")
def groups_forgotten(name: str, variant: str, aux_heads: bool, bias: bool) -> int:
    rows = grouped_layers(name, variant)
    return parameters(name, variant, aux_heads, bias) + sum([row.parameters - row.biases for row in rows])


def grouped_layers(name: str, variant: str) -> list[Layer]:
    """The layers with groups=2; ValueError where there are none."""
    if variant != "two-gpu":
        raise ValueError("only AlexNet on two GPUs has groups")
    return [row for row in rows_of(name, variant) if row.name in GROUPED]


@parameters.slip("That is what one GPU holds; the net is spread over both of them.")
def one_gpu_counted(name: str, variant: str, aux_heads: bool, bias: bool) -> int:
    if variant != "two-gpu":
        raise ValueError("only one variant is spread over two GPUs")
    return parameters(name, variant, aux_heads, bias) // 2


@parameters.slip("Only a block whose input has another shape projects it; elsewhere the shortcut has no weights.")
def projections_everywhere(name: str, variant: str, aux_heads: bool, bias: bool) -> int:
    rows = rows_of(name, variant, aux_heads)
    added = [row for row in rows if row.kind == ADDITION]
    if not added:
        raise ValueError(f"{name} has no shortcuts")
    projected = {row.name.removesuffix(".downsample.0") for row in rows if row.name.endswith(".downsample.0")}
    widths = [row.output_shape[0] for row in added if row.name not in projected]
    return parameters(name, variant, aux_heads, bias) + sum([width * (width + 1 + bias) for width in widths])


#: The sizes at which a net's work is compared: every net on 224 pixels, and one of each family on two other sizes.
_WORK = Domain({**_NETS, "input_size": choice(IMAGE_SIZE)}, where=exists) | Domain(
    {
        **_NETS,
        "name": choice("alexnet", "vgg11", "googlenet", "resnet18", "resnet50", "densenet121"),
        "input_size": choice(160, 230),
    },
    where=lambda name, variant, aux_heads, input_size: (
        exists(name, variant, aux_heads)
        and (input_size == 230 or (variant == "torchvision" and name not in {"alexnet", "vgg11"}))
    ),
)


@reference(domain=_WORK)
def multiply_adds(name: str, variant: str = "torchvision", aux_heads: bool = False, input_size: int = 224) -> int:
    """Multiplications of a net for one image, each with its addition: those of convolutions and dense layers.

    Biases, normalisations, poolings and sums are left aside, as is usual. `input_size` in pixels, 32 to 1,024; AlexNet,
    VGG and the paper's GoogLeNet take only those that leave the map that their last layers are made for.
    """
    check_net(name, variant, aux_heads, input_size)
    # the sum of H·W·k·k·(C_in / g)·C_out over all layers
    return totals(name, variant, aux_heads, input_size).multiply_adds


@multiply_adds.slip("A multiplication with its addition counts once here; counted apart they are twice as many.")
def counted_apart(name: str, variant: str, aux_heads: bool, input_size: int) -> int:
    return 2 * multiply_adds(name, variant, aux_heads, input_size)


@multiply_adds.slip("These are the weights; a convolution uses each of them once at every place of its output.")
def weights_counted(name: str, variant: str, aux_heads: bool) -> int:
    rows = rows_of(name, variant, aux_heads)
    return sum([row.parameters - row.biases for row in rows if row.kind != NORMALISATION])


@multiply_adds.slip("Dense layers multiply, too: once for each of their weights.")
def dense_work_left_out(name: str, variant: str, aux_heads: bool, input_size: int) -> int:
    rows = rows_of(name, variant, aux_heads, input_size)
    return sum([row.multiply_adds for row in rows if row.kind == CONVOLUTION])


@multiply_adds.slip("Maps shrink on the way: a layer works on the pixels of its own output, not on those of the image.")
def whole_image_everywhere(name: str, variant: str, aux_heads: bool, input_size: int) -> int:
    rows = rows_of(name, variant, aux_heads, input_size)
    kernels = sum([row.parameters - row.biases for row in rows if row.kind == CONVOLUTION])
    return input_size**2 * kernels + sum([row.multiply_adds for row in rows if row.kind == LINEAR])


@multiply_adds.slip("With groups=2 a filter reads only the channels on its own GPU: half of them.")
def work_without_groups(name: str, variant: str, input_size: int) -> int:
    grouped = {row.name for row in grouped_layers(name, variant)}
    rows = rows_of(name, variant, input_size=input_size)
    return sum([row.multiply_adds * (2 if row.name in grouped else 1) for row in rows])


@reference(domain=Domain(_NETS, where=exists))
def dense_share(name: str, variant: str = "torchvision", aux_heads: bool = False) -> float:
    """Share of a net's parameters that its dense layers have, from 0 to 1. AlexNet's is 96 %, ResNet-50's 8 %."""
    check_net(name, variant, aux_heads)
    sums = totals(name, variant, aux_heads)
    return sums.dense / sums.parameters


@dense_share.slip("That is the share of all other layers; the dense ones have the rest.")
def share_of_the_others(name: str, variant: str, aux_heads: bool) -> float:
    return 1 - dense_share(name, variant, aux_heads)


@dense_share.slip("Compare the numbers of parameters, not the numbers of layers.")
def share_of_layers(name: str, variant: str, aux_heads: bool) -> float:
    dense, others = (_counted(name, kind, variant, aux_heads) for kind in (LINEAR, CONVOLUTION))
    return dense / (dense + others)


@dense_share.slip("A pooling stands before the dense layers: they read the map behind it, which is smaller.")
def share_without_last_pool(name: str, variant: str, aux_heads: bool) -> float:
    sums = totals(name, variant, aux_heads)
    more = unpooled_weights(rows_of(name, variant, aux_heads))
    return (sums.dense + more) / (sums.parameters + more)


@dense_share.slip("The share is a part of the whole: divide by all parameters, not by those of the other layers.")
def ratio_for_share(name: str, variant: str, aux_heads: bool) -> float:
    sums = totals(name, variant, aux_heads)
    return sums.dense / (sums.parameters - sums.dense)


@reference(domain=Domain({"name": NAMES}))
def weight_layers(name: str) -> int:
    """Number of layers that a net is said to have: convolutions and dense layers on its longest path.

    Of layers side by side one counts: GoogLeNet has 22, though it has 57 convolutions. The projections of a ResNet
    stand beside the blocks and do not count. Every variant has as many.
    """
    check_net(name, "torchvision")
    return _on_longest_path(name)


@functools.cache
def _on_longest_path(name: str) -> int:
    return sum([row.kind in {CONVOLUTION, LINEAR} and not _aside(row) for row in rows_of(name)])


def _aside(row: Layer) -> bool:
    """Whether a layer stands beside the longest path, which takes the second branch of an Inception block."""
    return ".downsample." in row.name or (".branch" in row.name and ".branch2." not in row.name)


@weight_layers.slip("Dense layers have weights, too: they count as layers.")
def convolutions_only(name: str) -> int:
    rows = rows_of(name)
    return sum([row.kind == CONVOLUTION and not _aside(row) for row in rows])


@weight_layers.slip("Layers side by side count once: go along the longest path from the image to the answer.")
def every_path_counted(name: str) -> int:
    rows = rows_of(name)
    if not any(map(_aside, rows)):
        raise ValueError(f"{name} has one path only")
    return sum([row.kind in {CONVOLUTION, LINEAR} for row in rows])


@weight_layers.slip("Poolings have no weights: they do not count as layers.")
def poolings_counted(name: str) -> int:
    rows = rows_of(name)
    return sum([row.kind in {CONVOLUTION, LINEAR, POOLING} and not _aside(row) for row in rows])


@weight_layers.slip("Normalisations do not count as layers: each belongs to its convolution.")
def normalisations_counted(name: str) -> int:
    rows = rows_of(name)
    if not any(row.kind == NORMALISATION for row in rows):
        raise ValueError(f"{name} has no normalisations")
    return sum([row.kind in {CONVOLUTION, LINEAR, NORMALISATION} and not _aside(row) for row in rows])


@reference(
    domain=Domain(
        {"name": NAMES, "kind": choice(*KINDS), "variant": ALL_VARIANTS, "aux_heads": flag()},
        where=lambda kind, **net: exists(**net),  # noqa: ARG005 - every net has layers of every kind, or none
    )
)
def layer_count(name: str, kind: str, variant: str = "torchvision", aux_heads: bool = False) -> int:
    """Number of layers of one kind, in all branches: "convolution", "linear", "normalisation" or "pooling".

    Projections of a ResNet are convolutions. An adaptive pooling that leaves its map as it is does not count.
    """
    check_net(name, variant, aux_heads)
    checks.one_of(KINDS, kind=kind)
    return _counted(name, kind, variant, aux_heads)


@functools.cache
def _counted(name: str, kind: str, variant: str, aux_heads: bool) -> int:
    return sum([row.kind == kind for row in rows_of(name, variant, aux_heads)])


@layer_count.slip("That is all layers with weights; only one kind is asked for.")
def all_weight_layers(name: str, variant: str, aux_heads: bool) -> int:
    return sum([_counted(name, kind, variant, aux_heads) for kind in (CONVOLUTION, LINEAR)])


@layer_count.slip("That is one path through the net; layers in all branches and projections are counted here.")
def one_path_counted(name: str, kind: str, variant: str, aux_heads: bool) -> int:
    rows = rows_of(name, variant, aux_heads)
    if not any(map(_aside, rows)):
        raise ValueError(f"{name} has one path only")
    return sum([row.kind == kind and not _aside(row) for row in rows])


@layer_count.slip("Convolutions slide a kernel over the map; dense layers read the whole map at once.")
def kinds_swapped(name: str, kind: str, variant: str, aux_heads: bool) -> int:
    if kind not in {CONVOLUTION, LINEAR}:
        raise ValueError("only two kinds have weights")
    return _counted(name, LINEAR if kind == CONVOLUTION else CONVOLUTION, variant, aux_heads)
