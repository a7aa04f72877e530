"""Blocks of a ResNet: their parameters, where a shortcut needs a projection, and how many blocks a net has.

Source: He, Zhang, Ren and Sun, “Deep residual learning for image recognition” (2015); `torchvision.models.resnet`.
"""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - `batch_norm` is given by place in decks, as in PyTorch

from __future__ import annotations

import functools

from reference_impl import checks
from reference_impl.architectures.resnet import BOTTLENECKS, STAGES
from reference_impl.architectures.stack import ADDITION
from reference_impl.architectures.tables import rows_of
from reference_impl.arrays import Numbers, each
from reference_impl.domain import Domain, array, choice, flag, stepped, whole
from reference_impl.reference import reference

LARGEST_WIDTH = 16_384


def _check_widths(**widths: int) -> None:
    checks.whole(1, LARGEST_WIDTH, **widths)


@reference(
    domain=Domain(
        {
            "in_channels": choice(2, 3, 8, 16, 24),
            "mid_channels": choice(1, 2, 4, 6),
            "out_channels": choice(2, 5, 8, 16),
            "kernel_size": choice(1, 3, 5),
            "batch_norm": flag(),
        }
    )
)
def bottleneck_parameters(
    in_channels: int, mid_channels: int, out_channels: int, kernel_size: int = 3, batch_norm: bool = False
) -> int:
    """Parameters of a bottleneck: 1×1 to mid_channels, k×k among them, 1×1 to out_channels; without its shortcut.

    Convolutions have no biases; `batch_norm` adds the scale and the shift of the normalisation behind each of them.
    (256, 64, 256) has 69,632 weights.
    """
    _check_widths(in_channels=in_channels, mid_channels=mid_channels, out_channels=out_channels)
    checks.whole(1, checks.LARGEST_KERNEL, kernel_size=kernel_size)
    checks.flag(batch_norm=batch_norm)
    # C_in·m + k²·m² + m·C_out
    weights = mid_channels * (in_channels + kernel_size**2 * mid_channels + out_channels)
    # 2·(m + m + C_out)
    return weights + 2 * (2 * mid_channels + out_channels) if batch_norm else weights


@bottleneck_parameters.slip("Behind the k×k convolution a 1×1 brings the channels back; it has weights, too.")
def last_one_forgotten(
    in_channels: int, mid_channels: int, out_channels: int, kernel_size: int, batch_norm: bool
) -> int:
    block = bottleneck_parameters(in_channels, mid_channels, out_channels, kernel_size, batch_norm)
    return block - out_channels * (mid_channels + 2 * batch_norm)


@bottleneck_parameters.slip(
    "The k×k convolution reads what the 1×1 before it has reduced: mid_channels, not in_channels."
)
def kernel_reads_input(
    in_channels: int, mid_channels: int, out_channels: int, kernel_size: int, batch_norm: bool
) -> int:
    block = bottleneck_parameters(in_channels, mid_channels, out_channels, kernel_size, batch_norm)
    return block + kernel_size**2 * mid_channels * (in_channels - mid_channels)


@bottleneck_parameters.slip("Those are two k×k convolutions at full width, which the bottleneck is there to avoid.")
def two_at_full_width(in_channels: int, out_channels: int, kernel_size: int, batch_norm: bool) -> int:
    return basic_block_parameters(in_channels, out_channels, kernel_size, batch_norm)


@bottleneck_parameters.slip(
    "A normalisation has a scale and a shift for each channel: 2·(2·mid_channels + out_channels)."
)
def bottleneck_norm_mistaken(
    in_channels: int, mid_channels: int, out_channels: int, kernel_size: int, batch_norm: bool
) -> int:
    return bottleneck_parameters(in_channels, mid_channels, out_channels, kernel_size, not batch_norm)


@reference(
    domain=Domain(
        {
            "in_channels": choice(1, 2, 3, 8, 16, 24),
            "out_channels": choice(1, 2, 5, 8, 16),
            "kernel_size": choice(1, 3, 5),
            "batch_norm": flag(),
        }
    )
)
def basic_block_parameters(in_channels: int, out_channels: int, kernel_size: int = 3, batch_norm: bool = False) -> int:
    """Parameters of a basic block: two k×k convolutions, to out_channels and among them; without its shortcut.

    Convolutions have no biases; `batch_norm` adds the scale and the shift of both normalisations.
    """
    _check_widths(in_channels=in_channels, out_channels=out_channels)
    checks.whole(1, checks.LARGEST_KERNEL, kernel_size=kernel_size)
    checks.flag(batch_norm=batch_norm)
    # k²·C_in·C_out + k²·C_out²
    weights = kernel_size**2 * out_channels * (in_channels + out_channels)
    return weights + 4 * out_channels if batch_norm else weights


@basic_block_parameters.slip("The block has two convolutions; the second has weights, too.")
def one_convolution(in_channels: int, out_channels: int, kernel_size: int, batch_norm: bool) -> int:
    return kernel_size**2 * in_channels * out_channels + 2 * out_channels * batch_norm


@basic_block_parameters.slip("The second convolution reads what the first has written: out_channels, not in_channels.")
def both_read_input(in_channels: int, out_channels: int, kernel_size: int, batch_norm: bool) -> int:
    return 2 * one_convolution(in_channels, out_channels, kernel_size, batch_norm)


@basic_block_parameters.slip("Both normalisations have a scale and a shift for each channel: 4·out_channels in all.")
def basic_norm_mistaken(in_channels: int, out_channels: int, kernel_size: int, batch_norm: bool) -> int:
    return basic_block_parameters(in_channels, out_channels, kernel_size, not batch_norm)


@reference(
    domain=Domain(
        {
            "in_channels": choice(1, 2, 4, 8, 16),
            "out_channels": choice(1, 2, 4, 8, 16),
            "stride": whole(1, 2),
            "batch_norm": flag(),
        }
    )
)
def shortcut_parameters(in_channels: int, out_channels: int, stride: int = 1, batch_norm: bool = False) -> int:
    """Parameters of a shortcut: none where the shapes are equal, else those of a 1×1 projection.

    The shapes are equal if the block keeps the channels and has stride 1. The projection has no biases; `batch_norm`
    adds the scale and the shift of the normalisation behind it.
    """
    _check_widths(in_channels=in_channels, out_channels=out_channels)
    checks.whole(1, stride=stride)
    checks.flag(batch_norm=batch_norm)
    if in_channels == out_channels and stride == 1:
        return 0
    # C_in·C_out + 2·C_out
    return in_channels * out_channels + (2 * out_channels if batch_norm else 0)


@shortcut_parameters.slip("Where the shapes are equal, the shortcut is the identity, which has no parameters.")
def projected_always(in_channels: int, out_channels: int, batch_norm: bool) -> int:
    return in_channels * out_channels + 2 * out_channels * batch_norm


@shortcut_parameters.slip("Where the shapes differ, a 1×1 convolution makes them equal, and that has weights.")
def never_projected() -> int:
    return 0


@shortcut_parameters.slip("A projection has 1×1 kernels: one weight for each pair of channels, not nine.")
def projected_by_3x3(in_channels: int, out_channels: int, stride: int, batch_norm: bool) -> int:
    shortcut = shortcut_parameters(in_channels, out_channels, stride, batch_norm)
    return shortcut + 8 * in_channels * out_channels if shortcut else 0


@shortcut_parameters.slip("The normalisation behind the projection has a scale and a shift for each channel.")
def shortcut_norm_mistaken(in_channels: int, out_channels: int, stride: int, batch_norm: bool) -> int:
    return shortcut_parameters(in_channels, out_channels, stride, not batch_norm)


_RESNETS = Domain({"name": choice(*STAGES)})


def _check_resnet(name: str) -> None:
    checks.one_of(tuple(STAGES), name=name)


@reference(domain=_RESNETS)
def residual_blocks(name: str) -> int:
    """Number of residual blocks of a ResNet, each with one shortcut: 8 in ResNet-18, 16 in ResNet-34 and -50."""
    _check_resnet(name)
    return sum(STAGES[name])


def _layers(name: str) -> int:
    return int(name.removeprefix("resnet"))


@residual_blocks.slip("The first convolution and the dense layer stand outside the blocks: take 2 layers off first.")
def ends_not_taken_off(name: str) -> int:
    return _layers(name) // (3 if name in BOTTLENECKS else 2)


@residual_blocks.slip("A bottleneck has three layers, a basic block two; from ResNet-50 on the blocks are bottlenecks.")
def layers_of_the_other_block(name: str) -> int:
    return (_layers(name) - 2) // (2 if name in BOTTLENECKS else 3)


@residual_blocks.slip("That is the number of stages; each of them has several blocks.")
def stages_counted(name: str) -> int:
    return len(STAGES[name])


@reference(domain=_RESNETS)
def projections(name: str) -> int:
    """Number of shortcuts of a ResNet that are projections: 3 of 8 in ResNet-18, 3 of 16 in -34, 4 of 16 in -50.

    One at the head of each stage whose input has another shape: in ResNet-18 and -34 the first stage keeps the 64
    channels, in the others its bottlenecks widen them to 256.
    """
    _check_resnet(name)
    return _projected(name)


@functools.cache
def _projected(name: str) -> int:
    return sum([row.name.endswith(".downsample.0") for row in rows_of(name)])


@projections.slip("Within a stage the shapes are equal, and the shortcut is the identity.")
def projection_in_every_block(name: str) -> int:
    return residual_blocks(name)


@projections.slip("See whether the first stage changes the number of channels: bottlenecks do, basic blocks do not.")
def first_stage_mistaken(name: str) -> int:
    return len(STAGES[name]) - 1 if name in BOTTLENECKS else len(STAGES[name])


@projections.slip("These are the shortcuts that are the identity; the projections are the others.")
def identities_counted(name: str) -> int:
    rows = rows_of(name)
    return sum([row.kind == ADDITION for row in rows]) - projections(name)


_ENTRIES = stepped(-3, 3, 0.25)
_PAIRS = Domain({"input": _ENTRIES, "change": _ENTRIES}) | Domain(
    {"input": array("units", of=_ENTRIES), "change": array("units", of=_ENTRIES)}, sizes={"units": whole(1, 4)}
)


@reference(domain=_PAIRS)
def residual_sum(input: Numbers, change: Numbers) -> Numbers:  # noqa: A002 - PyTorch's name
    """Output of a residual block, x + F(x): a number, or a vector, entry by entry.

    `change` is F(x), what the block's layers give for the input. Both must have one shape, as they are added. What
    comes before the last ReLU.
    """
    checks.elements(input=input, change=change)
    checks.same_length(input=input, change=change)
    # y = x + F(x)
    return each(lambda x, residual: x + residual, input, change)


@residual_sum.slip("The shortcut brings the input itself: add it to what the layers give.")
def shortcut_forgotten(change: Numbers) -> Numbers:
    return each(float, change)


@residual_sum.slip("The layers learn the difference; the block gives their output and the input, added up.")
def input_taken_off(input: Numbers, change: Numbers) -> Numbers:  # noqa: A002 - PyTorch's name
    return each(lambda x, residual: residual - x, input, change)
