"""Blocks of a DenseNet: how channels grow in a dense block and shrink in a transition, and what its layers learn.

Names are those of `torchvision.models.DenseNet`. Source: Huang, Liu, van der Maaten and Weinberger, “Densely connected
convolutional networks” (2016).
"""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - `batch_norm` is given by place in decks, as in PyTorch

from __future__ import annotations

from collections.abc import Sequence

from reference_impl import checks
from reference_impl.architectures.densenet import BN_SIZE
from reference_impl.arrays import Shape, Vector
from reference_impl.domain import Domain, array, choice, flag, whole
from reference_impl.reference import reference

LARGEST_WIDTH = 4_096
LARGEST_GROWTH = 128
MOST_LAYERS = 64
MOST_BLOCKS = 8


def _check_block(num_input_features: int, growth_rate: int, num_layers: int) -> None:
    checks.whole(1, LARGEST_WIDTH, num_input_features=num_input_features)
    checks.whole(1, LARGEST_GROWTH, growth_rate=growth_rate)
    checks.whole(1, MOST_LAYERS, num_layers=num_layers)


_BLOCKS = Domain(
    {
        "num_input_features": choice(1, 3, 16, 24, 64, 96),
        "growth_rate": choice(1, 4, 12, 32, 48),
        "num_layers": whole(1, 16),
    }
)


@reference(domain=_BLOCKS)
def dense_block_channels(num_input_features: int, growth_rate: int, num_layers: int) -> int:
    """Channels behind so many layers of a dense block: its input, and growth_rate more from each layer.

    Also what layer num_layers + 1 would read. The first block of DenseNet-121 ends with 64 + 6·32 = 256.
    """
    _check_block(num_input_features, growth_rate, num_layers)
    # c = k₀ + k·ℓ
    return num_input_features + growth_rate * num_layers


@dense_block_channels.slip("Each layer adds growth_rate channels; they do not double.")
def doubled(num_input_features: int, num_layers: int) -> int:
    return num_input_features << num_layers


@dense_block_channels.slip("The block's input is kept, too: it stands before what the layers write.")
def input_dropped(growth_rate: int, num_layers: int) -> int:
    return growth_rate * num_layers


@dense_block_channels.slip("That is what the last layer reads; behind it stand growth_rate channels more.")
def last_layer_missed(num_input_features: int, growth_rate: int, num_layers: int) -> int:
    return num_input_features + growth_rate * (num_layers - 1)


@dense_block_channels.slip("The layers' outputs are put behind one another, so every one of them adds channels.")
def added_once(num_input_features: int, growth_rate: int) -> int:
    return num_input_features + growth_rate


@reference(domain=_BLOCKS)
def dense_block_trace(num_input_features: int, growth_rate: int, num_layers: int) -> Vector:
    """Channels that each layer of a dense block reads, in order: num_layers numbers, the first the block's input.

    The first block of DenseNet-121: 64, 96, 128, 160, 192, 224.
    """
    _check_block(num_input_features, growth_rate, num_layers)
    # c_ℓ = k₀ + k·(ℓ − 1)
    return tuple(range(num_input_features, num_input_features + growth_rate * num_layers, growth_rate))


@dense_block_trace.slip("Each layer adds growth_rate channels; they do not double.")
def doubling_trace(num_input_features: int, num_layers: int) -> Vector:
    return tuple([num_input_features * 2**layer for layer in range(num_layers)])


@dense_block_trace.slip("The first layer reads the block's input alone; what it writes is there for the second.")
def trace_behind_layers(num_input_features: int, growth_rate: int, num_layers: int) -> Vector:
    return dense_block_trace(num_input_features + growth_rate, growth_rate, num_layers)


@dense_block_trace.slip("A layer reads all that the layers before it have written, not only what the last one wrote.")
def last_output_only(num_input_features: int, growth_rate: int, num_layers: int) -> Vector:
    return (num_input_features, *[growth_rate] * (num_layers - 1))


@reference(
    domain=Domain(
        {"in_channels": whole(1, 24), "growth_rate": choice(1, 2, 4, 12), "bn_size": whole(1, 4), "batch_norm": flag()}
    )
)
def dense_layer_parameters(in_channels: int, growth_rate: int, bn_size: int = BN_SIZE, batch_norm: bool = False) -> int:
    """Parameters of one layer of a dense block: 1×1 to bn_size·growth_rate channels, then 3×3 to growth_rate.

    Convolutions have no biases; `batch_norm` adds the normalisations, which stand before each of them: a scale and a
    shift for each channel that they read. The more channels a layer reads, the more parameters it has.
    """
    checks.whole(1, LARGEST_WIDTH, in_channels=in_channels)
    checks.whole(1, LARGEST_GROWTH, growth_rate=growth_rate)
    checks.whole(1, 64, bn_size=bn_size)
    checks.flag(batch_norm=batch_norm)
    width = bn_size * growth_rate
    # C_in·b·k + 9·b·k·k
    weights = in_channels * width + 9 * width * growth_rate
    # 2·(C_in + b·k)
    return weights + 2 * (in_channels + width) if batch_norm else weights


@dense_layer_parameters.slip("Before the 3×3 convolution a 1×1 reduces the channels; it has weights, too.")
def reduction_not_counted(in_channels: int, growth_rate: int, bn_size: int, batch_norm: bool) -> int:
    layer = dense_layer_parameters(in_channels, growth_rate, bn_size, batch_norm)
    return layer - in_channels * bn_size * growth_rate


@dense_layer_parameters.slip("The 3×3 kernels read what the 1×1 before them writes: bn_size·growth_rate channels.")
def kernels_read_all(in_channels: int, growth_rate: int, bn_size: int, batch_norm: bool) -> int:
    layer = dense_layer_parameters(in_channels, growth_rate, bn_size, batch_norm)
    return layer + 9 * growth_rate * (in_channels - bn_size * growth_rate)


@dense_layer_parameters.slip("The 1×1 convolution writes bn_size·growth_rate channels, several times the growth rate.")
def squeezed_to_growth_rate(in_channels: int, growth_rate: int, batch_norm: bool) -> int:
    return dense_layer_parameters(in_channels, growth_rate, 1, batch_norm)


@dense_layer_parameters.slip("Normalisations stand before both convolutions: 2·(in_channels + bn_size·growth_rate).")
def dense_norm_mistaken(in_channels: int, growth_rate: int, bn_size: int, batch_norm: bool) -> int:
    return dense_layer_parameters(in_channels, growth_rate, bn_size, not batch_norm)


def _compressed(channels: int, compression: float) -> int:
    """⌊θ·c⌋, where θ·c may fall short of a whole number by a float's rounding: 0.29·100 is 28.999999999999996."""
    return int(channels * compression + 1e-9)


def _kept(channels: int, compression: float) -> int:
    kept = _compressed(channels, compression)
    if not kept:
        raise ValueError(f"compression must leave at least one channel, and {compression} of {channels} leaves none")
    return kept


_COMPRESSIONS = choice(0.25, 0.3, 0.5, 0.75, 1.0)


@reference(
    domain=Domain(
        {
            "in_channels": choice(4, 7, 16, 33, 64, 256),
            "height": whole(2, 9),
            "width": choice(2, 5, 8),
            "compression": _COMPRESSIONS,
        }
    )
)
def transition_shape(in_channels: int, height: int, width: int, compression: float = 0.5) -> Shape:
    """Shape behind a transition: a 1×1 convolution to ⌊compression·in_channels⌋, and 2×2 average pooling.

    (channels, height, width); an odd last row or column is dropped. `compression` is the part of the channels that
    stays, at most 1. ValueError if nothing is left.
    """
    checks.whole(1, LARGEST_WIDTH, in_channels=in_channels)
    checks.whole(2, height=height, width=width)
    checks.number(0, 1, compression=compression)
    # (⌊θ·c⌋, ⌊H / 2⌋, ⌊W / 2⌋)
    return (_kept(in_channels, compression), height // 2, width // 2)


@transition_shape.slip("A transition halves height and width, too: a 2×2 pooling stands behind the 1×1 convolution.")
def map_not_halved(in_channels: int, height: int, width: int, compression: float) -> Shape:
    return (_compressed(in_channels, compression), height, width)


@transition_shape.slip("The 1×1 convolution of the transition reduces the channels.")
def channels_kept(in_channels: int, height: int, width: int) -> Shape:
    return (in_channels, height // 2, width // 2)


@transition_shape.slip("The compression is the part that stays, not the part that is taken away.")
def compressed_the_other_way(in_channels: int, height: int, width: int, compression: float) -> Shape:
    return (in_channels - _compressed(in_channels, compression), height // 2, width // 2)


@reference(
    domain=Domain(
        {
            "num_init_features": choice(8, 16, 24, 64, 96),
            "growth_rate": choice(4, 12, 32, 48),
            "block_config": array("blocks", of=whole(1, 12)),
            "compression": _COMPRESSIONS,
        },
        sizes={"blocks": whole(1, 4)},
    )
)
def densenet_trace(
    num_init_features: int, growth_rate: int, block_config: Sequence[int], compression: float = 0.5
) -> Vector:
    """Channels along a DenseNet: before the first block, then behind each block and each transition, in turn.

    `block_config` has the layers of each block; behind the last block there is no transition. DenseNet-121,
    (64, 32, (6, 12, 24, 16)): 64, 256, 128, 512, 256, 1024, 512, 1024.
    """
    checks.whole(1, LARGEST_WIDTH, num_init_features=num_init_features)
    checks.whole(1, LARGEST_GROWTH, growth_rate=growth_rate)
    block_config = checks.wholes("block_config", block_config, 1, MOST_LAYERS, MOST_BLOCKS)
    checks.number(0, 1, compression=compression)
    channels = num_init_features
    trace = [channels]
    for block, num_layers in enumerate(block_config, 1):
        # c ← c + k·ℓ
        channels += growth_rate * num_layers
        trace.append(channels)
        if block < len(block_config):
            # c ← ⌊θ·c⌋
            channels = _kept(channels, compression)
            trace.append(channels)
    return tuple(trace)


@densenet_trace.slip("Each layer adds growth_rate channels; a block does not double them.")
def blocks_double(num_init_features: int, block_config: Sequence[int], compression: float) -> Vector:
    trace = [num_init_features]
    for _ in block_config:
        trace += [2 * trace[-1], _compressed(2 * trace[-1], compression)]
    return tuple(trace[:-1])


@densenet_trace.slip("Each transition takes channels away: the next block starts from what it leaves.")
def transitions_keep(num_init_features: int, growth_rate: int, block_config: Sequence[int]) -> Vector:
    return densenet_trace(num_init_features, growth_rate, block_config, 1.0)


@densenet_trace.slip("A block keeps its input: the channels of its layers are put behind it.")
def inputs_dropped(num_init_features: int, growth_rate: int, block_config: Sequence[int], compression: float) -> Vector:
    trace = [num_init_features]
    for num_layers in block_config:
        written = growth_rate * num_layers
        trace += [written, _compressed(written, compression)]
    return tuple(trace[:-1])


@densenet_trace.slip("A transition stands between blocks: behind the last one there is none.")
def transition_behind_last(
    num_init_features: int, growth_rate: int, block_config: Sequence[int], compression: float
) -> Vector:
    trace = densenet_trace(num_init_features, growth_rate, block_config, compression)
    return (*trace, _compressed(int(trace[-1]), compression))


_EQUAL = choice(*[(width,) * count for width in range(1, 65, 2) for count in (2, 3, 4, 5)])


@reference(
    domain=Domain({"channels": _EQUAL, "operation": choice("add", "concatenate")})
    | Domain(
        {"channels": array("maps", of=choice(1, 2, 3, 8, 64)), "operation": choice("concatenate")},
        sizes={"maps": whole(2, 4)},
    )
)
def merged_channels(channels: Sequence[int], operation: str = "concatenate") -> int:
    """Channels where several maps meet: "add" as in ResNet keeps them, "concatenate" as in DenseNet adds them up.

    `channels` of each map. ValueError if maps of different channels are to be added.
    """
    channels = checks.wholes("channels", channels, 1, LARGEST_WIDTH, MOST_LAYERS)
    checks.one_of(("add", "concatenate"), operation=operation)
    if operation == "concatenate":
        return sum(channels)
    widths = set(channels)
    if len(widths) > 1:
        raise ValueError(f"channels must be equal to be added, not {', '.join(map(str, channels[:4]))}")
    return widths.pop()


@merged_channels.slip("Addition keeps the channels, as ResNet does; concatenation puts them behind one another.")
def operations_swapped(channels: Sequence[int], operation: str) -> int:
    return sum(channels) if operation == "add" else max(channels)


@merged_channels.slip("Channels never multiply: added maps keep them, concatenated ones stand behind one another.")
def multiplied(channels: Sequence[int]) -> int:
    product = 1
    for each in channels:
        product *= each
    return product
