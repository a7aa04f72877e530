"""The Inception block of GoogLeNet: four branches read one input, and their channels are put behind one another.

Names are those of `torchvision.models.GoogLeNet`. Source: Szegedy and others, “Going deeper with convolutions” (2014).
"""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - `bias` is given by place in decks, as in PyTorch
# ruff: noqa: PLR0913, PLR0917 - the block has six widths, and decks name each of them

from __future__ import annotations

from reference_impl import checks
from reference_impl.arrays import Shape
from reference_impl.domain import Domain, choice, flag
from reference_impl.reference import reference

_WIDTHS = {
    "in_channels": choice(3, 4, 8),
    "ch1x1": choice(2, 5),
    "ch3x3red": choice(1, 3),
    "ch3x3": choice(4, 6),
    "ch5x5red": choice(1, 2),
    "ch5x5": choice(2, 3),
    "pool_proj": choice(1, 4),
}


@reference(domain=Domain({**_WIDTHS, "kernel5": choice(3, 5), "bias": flag()}))
def inception_parameters(
    in_channels: int,
    ch1x1: int,
    ch3x3red: int,
    ch3x3: int,
    ch5x5red: int,
    ch5x5: int,
    pool_proj: int,
    kernel5: int = 5,
    bias: bool = False,
) -> int:
    """Parameters of an Inception block: 1×1; 1×1 then 3×3; 1×1 then 5×5; 3×3 max pooling then 1×1.

    `kernel5` is 5 in the paper and 3 in torchvision. Without batch normalisation. Block 3a of the paper,
    (192, 64, 96, 128, 16, 32, 32), has 163,328 weights.
    """
    checks.whole(
        1,
        in_channels=in_channels,
        ch1x1=ch1x1,
        ch3x3red=ch3x3red,
        ch3x3=ch3x3,
        ch5x5red=ch5x5red,
        ch5x5=ch5x5,
        pool_proj=pool_proj,
    )
    checks.one_of((3, 5), kernel5=kernel5)
    checks.flag(bias=bias)
    # C_in·(b₁ + r₃ + r₅ + b_pool) + 9·r₃·b₃ + k₅²·r₅·b₅
    weights = (
        in_channels * (ch1x1 + ch3x3red + ch5x5red + pool_proj) + 9 * ch3x3red * ch3x3 + kernel5**2 * ch5x5red * ch5x5
    )
    # one bias for each channel that any of the six convolutions writes
    biases = ch1x1 + ch3x3red + ch3x3 + ch5x5red + ch5x5 + pool_proj
    return weights + biases if bias else weights


@inception_parameters.slip("The 3×3 and 5×5 kernels read what the 1×1 convolutions before them have reduced.")
def without_reducers(
    in_channels: int, ch1x1: int, ch3x3: int, ch5x5: int, pool_proj: int, kernel5: int, bias: bool
) -> int:
    weights = in_channels * (ch1x1 + 9 * ch3x3 + kernel5**2 * ch5x5 + pool_proj)
    return weights + (ch1x1 + ch3x3 + ch5x5 + pool_proj) * bias


@inception_parameters.slip("The 1×1 convolutions that reduce the channels have weights, too.")
def reducers_not_counted(
    in_channels: int,
    ch1x1: int,
    ch3x3red: int,
    ch3x3: int,
    ch5x5red: int,
    ch5x5: int,
    pool_proj: int,
    kernel5: int,
    bias: bool,
) -> int:
    weights = in_channels * (ch1x1 + pool_proj) + 9 * ch3x3red * ch3x3 + kernel5**2 * ch5x5red * ch5x5
    return weights + (ch1x1 + ch3x3 + ch5x5 + pool_proj) * bias


@inception_parameters.slip("Pooling itself has no weights, but the 1×1 convolution behind it has.")
def pool_branch_forgotten(
    in_channels: int,
    ch1x1: int,
    ch3x3red: int,
    ch3x3: int,
    ch5x5red: int,
    ch5x5: int,
    pool_proj: int,
    kernel5: int,
    bias: bool,
) -> int:
    block = inception_parameters(in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj, kernel5, bias)
    return block - (in_channels + bias) * pool_proj


@inception_parameters.slip("The third branch has 5×5 kernels in the paper; torchvision's version has 3×3 there.")
def the_other_kernel(
    in_channels: int,
    ch1x1: int,
    ch3x3red: int,
    ch3x3: int,
    ch5x5red: int,
    ch5x5: int,
    pool_proj: int,
    kernel5: int,
    bias: bool,
) -> int:
    return inception_parameters(in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj, 8 - kernel5, bias)


@reference(domain=Domain({name: choice(1, 2, 3, 5, 8, 16) for name in ("ch1x1", "ch3x3", "ch5x5", "pool_proj")}))
def inception_channels(ch1x1: int, ch3x3: int, ch5x5: int, pool_proj: int) -> int:
    """Output channels of an Inception block: those of its four branches, put behind one another."""
    checks.whole(1, ch1x1=ch1x1, ch3x3=ch3x3, ch5x5=ch5x5, pool_proj=pool_proj)
    return ch1x1 + ch3x3 + ch5x5 + pool_proj


@inception_channels.slip("The pooling branch ends in a 1×1 convolution, whose channels are put behind the others.")
def without_pool_branch(ch1x1: int, ch3x3: int, ch5x5: int) -> int:
    return ch1x1 + ch3x3 + ch5x5


@inception_channels.slip("The branches are put behind one another, not laid over one another: add up all of them.")
def widest_branch(ch1x1: int, ch3x3: int, ch5x5: int, pool_proj: int) -> int:
    return max(ch1x1, ch3x3, ch5x5, pool_proj)


@reference(
    domain=Domain(
        {
            "height": choice(3, 7),
            "width": choice(5, 6),
            "in_channels": choice(3, 8),
            "ch1x1": choice(1, 5),
            "ch3x3red": choice(2, 3),
            "ch3x3": choice(4),
            "ch5x5red": choice(1, 2),
            "ch5x5": choice(2),
            "pool_proj": choice(1, 4),
        }
    )
)
def inception_shape(
    height: int,
    width: int,
    in_channels: int,
    ch1x1: int,
    ch3x3red: int,
    ch3x3: int,
    ch5x5red: int,
    ch5x5: int,
    pool_proj: int,
) -> Shape:
    """Shape (channels, height, width) of an Inception block's output for one image.

    Every branch pads so that the map keeps its size. What is read, and what the 1×1 convolutions in the middle reduce
    it to, has no say in the shape. Block 3a of the paper gives (256, 28, 28).
    """
    checks.whole(1, height=height, width=width, in_channels=in_channels, ch3x3red=ch3x3red, ch5x5red=ch5x5red)
    # C = b₁ + b₃ + b₅ + b_pool
    return (inception_channels(ch1x1, ch3x3, ch5x5, pool_proj), height, width)


@inception_shape.slip("The 1×1 convolutions that reduce stand within a branch: only what ends a branch is put out.")
def reducers_put_out(
    height: int,
    width: int,
    ch1x1: int,
    ch3x3red: int,
    ch3x3: int,
    ch5x5red: int,
    ch5x5: int,
    pool_proj: int,
) -> Shape:
    return (ch1x1 + ch3x3red + ch3x3 + ch5x5red + ch5x5 + pool_proj, height, width)


@inception_shape.slip("Behind the pooling a 1×1 convolution reduces the channels: the input's do not go through.")
def pool_keeps_channels(height: int, width: int, in_channels: int, ch1x1: int, ch3x3: int, ch5x5: int) -> Shape:
    return (ch1x1 + ch3x3 + ch5x5 + in_channels, height, width)


@inception_shape.slip("The branches pad by half of their kernel, so that all of them keep the size of the map.")
def map_shrunk(height: int, width: int, ch1x1: int, ch3x3: int, ch5x5: int, pool_proj: int) -> Shape:
    if min(height, width) < 5:
        raise ValueError("no 5×5 kernel fits into so small a map without padding")
    return (ch1x1 + ch3x3 + ch5x5 + pool_proj, height - 4, width - 4)
