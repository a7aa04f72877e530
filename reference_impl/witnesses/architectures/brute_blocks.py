"""Brute force for blocks: weights are listed and counted, channels are put into lists and the lists measured."""

# ruff: noqa: FBT001, FBT002 - `batch_norm` is a boolean, as in the references

from __future__ import annotations

from collections.abc import Sequence

from reference_impl import architectures as ref
from reference_impl.arrays import Numbers, Shape, Vector
from reference_impl.witnesses.convolution.brute_sizes import count_weights, places


def _count_stack(layers: Sequence[tuple[int, int, int]], normalised: Sequence[int]) -> int:
    """The weights of convolutions (in, out, kernel), one after the other, and two numbers a normalised channel."""
    count = 0
    for in_channels, out_channels, kernel_size in layers:
        count += count_weights(in_channels, out_channels, kernel_size, bias=False)
    for channels in normalised:
        for _ in range(channels):
            count += len(("scale", "shift"))
    return count


@ref.bottleneck_parameters.witness("brute force")
def count_bottleneck(
    in_channels: int, mid_channels: int, out_channels: int, kernel_size: int = 3, batch_norm: bool = False
) -> int:
    """Lists the three convolutions and counts each."""
    layers = [
        (in_channels, mid_channels, 1),
        (mid_channels, mid_channels, kernel_size),
        (mid_channels, out_channels, 1),
    ]
    return _count_stack(layers, [written for _, written, _ in layers] if batch_norm else [])


@ref.basic_block_parameters.witness("brute force")
def count_basic_block(in_channels: int, out_channels: int, kernel_size: int = 3, batch_norm: bool = False) -> int:
    """Lists both convolutions and counts each."""
    layers = [(in_channels, out_channels, kernel_size), (out_channels, out_channels, kernel_size)]
    return _count_stack(layers, [written for _, written, _ in layers] if batch_norm else [])


@ref.shortcut_parameters.witness("brute force")
def count_shortcut(in_channels: int, out_channels: int, stride: int = 1, batch_norm: bool = False) -> int:
    """Compares the shapes of a map before and behind the block, and counts a 1×1 convolution where they differ."""
    size = 12
    before = (in_channels, size)
    behind = (out_channels, len(places(size, 3, stride, 1)))
    if before == behind:
        return 0
    return _count_stack([(in_channels, out_channels, 1)], [out_channels] if batch_norm else [])


@ref.residual_sum.witness("brute force")
def add_entries(input: Numbers, change: Numbers) -> Numbers:  # noqa: A002 - the reference's name
    """Goes through the entries; each one changes by its own amount."""
    if isinstance(input, (int, float)):
        return float(sum([input, change]))  # type: ignore[list-item]  # both are numbers, as checked
    output = list(input)
    for place, amount in enumerate(change):  # type: ignore[arg-type]  # both are vectors, as checked
        output[place] += amount
    return tuple(map(float, output))


def _grow(num_input_features: int, growth_rate: int, num_layers: int) -> list[list[str]]:
    """What lies there before each layer of a dense block, and behind the last: one entry a channel."""
    lying = ["input"] * num_input_features
    stages = [list(lying)]
    for layer in range(num_layers):
        for _ in range(growth_rate):
            lying.append(f"layer {layer}")
        stages.append(list(lying))
    return stages


@ref.dense_block_channels.witness("brute force")
def pile_up(num_input_features: int, growth_rate: int, num_layers: int) -> int:
    """Puts the channels of each layer behind those that lie there, and counts what lies there in the end."""
    return len(_grow(num_input_features, growth_rate, num_layers)[-1])


@ref.dense_block_trace.witness("brute force")
def pile_up_step_by_step(num_input_features: int, growth_rate: int, num_layers: int) -> Vector:
    """Counts what lies there before each layer."""
    return tuple(map(len, _grow(num_input_features, growth_rate, num_layers)[:-1]))


@ref.dense_layer_parameters.witness("brute force")
def count_dense_layer(in_channels: int, growth_rate: int, bn_size: int = 4, batch_norm: bool = False) -> int:
    """Lists both convolutions, and the channels that each of them reads."""
    width = sum([growth_rate for _ in range(bn_size)])
    layers = [(in_channels, width, 1), (width, growth_rate, 3)]
    return _count_stack(layers, [read for read, _, _ in layers] if batch_norm else [])


def _compress(channels: int, compression: float) -> int:
    """Each channel brings its part; whenever a whole one has come together, but for rounding, one is kept."""
    kept, heap = 0, 0.0
    for _ in range(channels):
        heap += compression
        if heap > 1 - 1e-9:
            heap -= 1
            kept += 1
    return kept


@ref.transition_shape.witness("brute force")
def keep_and_halve(in_channels: int, height: int, width: int, compression: float = 0.5) -> Shape:
    """Keeps a channel whenever enough has come together, and lays 2×2 windows side by side on the map."""
    return (_compress(in_channels, compression), len(places(height, 2, 2, 0)), len(places(width, 2, 2, 0)))


@ref.densenet_trace.witness("brute force")
def pile_and_thin(
    num_init_features: int, growth_rate: int, block_config: Sequence[int], compression: float = 0.5
) -> Vector:
    """Puts channels on a pile, layer by layer, and takes some away between the blocks."""
    pile = list(range(num_init_features))
    heights = [len(pile)]
    for place, num_layers in enumerate(block_config):
        if place:
            pile = pile[: _compress(len(pile), compression)]
            heights.append(len(pile))
        for _ in range(num_layers):
            pile.extend(range(growth_rate))
        heights.append(len(pile))
    return tuple(heights)


@ref.merged_channels.witness("brute force")
def lay_or_line_up(channels: Sequence[int], operation: str = "concatenate") -> int:
    """Lays the maps' channels over one another, or lines them up, and counts the places that they take."""
    taken = set()
    start = 0
    for width in channels:
        for channel in range(width):
            taken.add(start + channel)
        if operation == "concatenate":
            start = len(taken)
    return len(taken)
