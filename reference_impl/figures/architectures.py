"""Figures of the topic `architectures`: what the layers of a net weigh and see, and how channels grow.

A layer of a block counts to its block: the largest net has four hundred layers, and a dozen blocks.
"""

from __future__ import annotations

from collections.abc import Sequence

from reference_impl import architectures as ref
from reference_impl.architectures.stack import ADDITION, CONCATENATION, Layer
from reference_impl.architectures.tables import find_layer, rows_of, totals
from reference_impl.figures import Bar, Bars, Curves, Series


def _by_block(rows: Sequence[Layer], amounts: Sequence[int]) -> tuple[Bar, ...]:
    """One bar for each layer or block that has any of it, in the order of the net."""
    sums: dict[str, int] = {}
    for row, amount in zip(rows, amounts, strict=True):
        block = row.name.split(".", 1)[0]
        sums[block] = sums.get(block, 0) + amount
    return tuple([Bar(block, amount) for block, amount in sums.items() if amount])


@ref.parameters.figure
def parameters_by_layer(name: str, variant: str, aux_heads: bool, bias: bool) -> Bars:  # noqa: FBT001 - as in PyTorch
    """What each layer, or block of layers, has of the net's parameters."""
    rows = rows_of(name, variant, aux_heads)
    amounts = [row.parameters - (0 if bias else row.biases) for row in rows]
    return Bars(f"What {name} learns, layer by layer", "parameters" if bias else "weights", _by_block(rows, amounts))


@ref.multiply_adds.figure
def work_by_layer(name: str, variant: str, aux_heads: bool, input_size: int) -> Bars:  # noqa: FBT001 - as in PyTorch
    """What each layer, or block of layers, multiplies for one image."""
    rows = rows_of(name, variant, aux_heads, input_size)
    amounts = [row.multiply_adds for row in rows]
    return Bars(f"What {name} computes, layer by layer", "multiply-adds", _by_block(rows, amounts))


@ref.dense_share.figure
def dense_and_others(name: str, variant: str, aux_heads: bool) -> Bars:  # noqa: FBT001 - as in PyTorch
    """The parameters of the dense layers beside those of all others."""
    sums = totals(name, variant, aux_heads)
    bars = (Bar("dense layers", sums.dense), Bar("other layers", sums.parameters - sums.dense))
    return Bars(f"Where the parameters of {name} are", "parameters", bars)


@ref.layer_receptive_field.figure
def field_along_the_way(name: str, layer: str, variant: str) -> Curves:
    """Receptive field and jump of each layer from the image to the layer, where it is the widest branch."""
    heads = name == "googlenet"
    last = find_layer(name, layer, variant, heads)[-1]
    head = last.name.split(".", 1)[0]
    # an auxiliary head stands beside the way, unless the layer is in it
    rows = [row for row in rows_of(name, variant, heads) if not row.name.startswith("aux") or row.name.startswith(head)]
    way = [Layer("", "", (), 0, 0, 1, 1, 0)]  # a pixel of the image sees itself
    for row in rows[: rows.index(last) + 1]:
        if row.kind not in {ADDITION, CONCATENATION} and way[-1].receptive_field <= row.receptive_field:
            way.append(row)
    return Curves(
        f"What an output of {name} sees, on the way to {layer}",
        "layer",
        "pixels",
        tuple([float(place) for place in range(len(way))]),
        (
            Series("receptive field", tuple([float(row.receptive_field) for row in way])),
            Series("jump", tuple([float(row.jump) for row in way])),
        ),
        logarithmic=True,
    )


@ref.dense_block_trace.figure
def channels_read(num_input_features: int, growth_rate: int, num_layers: int) -> Bars:
    """The channels that each layer of the block reads."""
    trace = ref.dense_block_trace(num_input_features, growth_rate, num_layers)
    bars = tuple([Bar(f"layer {place}", channels) for place, channels in enumerate(trace, 1)])
    return Bars(f"Channels grow by {growth_rate} a layer", "channels", bars)


@ref.densenet_trace.figure
def channels_along_the_net(
    num_init_features: int, growth_rate: int, block_config: Sequence[int], compression: float
) -> Bars:
    """The channels behind each block and each transition."""
    trace = ref.densenet_trace(num_init_features, growth_rate, block_config, compression)
    labels = ["image read", *[f"{kind} {block + 1}" for block in range(len(block_config)) for kind in _KINDS]]
    bars = tuple([Bar(label, channels) for label, channels in zip(labels, trace, strict=False)])
    return Bars("Blocks add channels, transitions take them away", "channels", bars)


_KINDS = ("block", "transition")
